package replace

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A Line says what one part of a replacement stands for.
type Line struct {
	Span  syntax.Span
	Depth int    // in other parts, 0 for none
	Words string // a phrase without a final period
}

// maxQuoted is how many characters of a text a line quotes.
const maxQuoted = 60

// Explain says what the parts stand for, in their order, those of others behind them.
func (t *Template) Explain() []Line {
	var lines []Line
	t.explain(&lines, t.Parts, 0)
	return lines
}

func (t *Template) explain(lines *[]Line, parts []Part, depth int) {
	add := func(part *Part, words string) {
		*lines = append(*lines, Line{Span: part.Span, Depth: depth, Words: words})
	}
	for i := range parts {
		switch part := &parts[i]; part.Kind {
		case KindText:
			add(part, "the text "+quoteText(part.Text))
		case KindGroup:
			add(part, t.groupWords(part.Groups, "nothing: there is no such group"))
		case KindLast:
			add(part, "the group with the highest number that took part")
		case KindBefore:
			add(part, "the text before the match")
		case KindAfter:
			add(part, "the text after the match")
		case KindInput:
			add(part, "the whole text")
		case KindState:
			add(part, stateWords[part.Case])
		case KindCase:
			add(part, caseWords[part.Case])
			t.explain(lines, part.Parts, depth+1)
		case KindIf:
			group := t.groupWords(part.Groups, "")
			if part.Parts == nil {
				add(part, group+"; where it took no part")
			} else {
				add(part, "where "+group+" took part")
				t.explain(lines, part.Parts, depth+1)
				add(part, "where it took no part")
			}
			t.explain(lines, part.Else, depth+1)
			if len(part.Else) == 0 {
				*lines = append(*lines, Line{Span: part.Span, Depth: depth + 1, Words: "nothing"})
			}
		}
	}
}

var stateWords = map[Case]string{
	CaseNone: "from here on letters stay as they are", CaseUpper: "upper case from here on", CaseLower: "lower case from here on",
	CaseFirstUpper: "upper case for the next character", CaseFirstLower: "lower case for the next character",
}

var caseWords = map[Case]string{
	CaseUpper: "in upper case", CaseLower: "in lower case", CaseFold: "in folded case", CaseQuote: "with a backslash before all that is no word character",
	CaseFirstUpper: "with the first character in upper case", CaseFirstLower: "with the first character in lower case",
}

// groupWords names the groups of which the first that took part counts.
func (t *Template) groupWords(groups []int, none string) string {
	words := make([]string, len(groups))
	for i, index := range groups {
		words[i] = groupName(t.pattern.Groups[index])
	}
	switch len(words) {
	case 0:
		return none
	case 1:
		return words[0]
	}
	return "the first that took part of " + strings.Join(words, ", ")
}

func groupName(g engine.Group) string {
	switch number := strconv.Itoa(g.Number); {
	case g.Number == 0:
		return "the whole match"
	case g.Name == "" || g.Name == number:
		return "group " + number
	default:
		return fmt.Sprintf("group %s, %q", number, g.Name)
	}
}

func quoteText(text string) string {
	short := []rune(text)
	if len(short) <= maxQuoted {
		return strconv.Quote(text)
	}
	return strconv.Quote(string(short[:maxQuoted])) + "…"
}
