package replace

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// The codes of problems.
const (
	codeUnknownGroup = "unknown-group"          // there is no such group
	codeReference    = "bad-reference"          // the form is begun, and not good
	codeEscape       = "bad-escape"             // an escape that there is not
	codeCode         = "code-in-replacement"    // it would be run, or is a variable
	codePlain        = "plain-text"             // it looks like something, and is plain text
	codeUTF8         = "invalid-utf8"           // bytes that are no characters
	codeTooLong      = "too-long"               // longer than MaxTemplate
	codeTooDeep      = "too-deep"               // nested more than maxDepth
	codeCharacter    = "bad-character"          // a number that is no character
	codeOpenCase     = "open-case"              // \U without \E, where that matters
	codeDeprecated   = "deprecated-replacement" // it works, and is written otherwise today
)

// Parse reads a replacement. It takes time linear in the text.
func Parse(s *Syntax, pattern Pattern, text string) *Template {
	t := &Template{Syntax: s, Text: text, pattern: pattern}
	p := &parser{t: t, s: s, text: text, end: len(text), parts: &t.Parts}
	switch {
	case len(text) > MaxTemplate:
		p.bad(codeTooLong, len(text), fmt.Sprintf("the replacement has %d bytes, and at most %d are read", len(text), MaxTemplate), "")
		return t
	case pattern.UTF && !utf8.ValidString(text):
		p.bad(codeUTF8, len(text), "the replacement is not valid UTF-8", "")
		return t
	}
	p.read()
	p.finish()
	t.Parts = joined(t.Parts)
	slices.SortStableFunc(t.Problems, func(a, b *syntax.Error) int { return a.Span.Start - b.Span.Start })
	p.color()
	return t
}

// PatternOf is what a replacement has to know of a pattern in a flavor, with these
// flags and groups.
func PatternOf(f *flavor.Flavor, pattern, flags string, groups []engine.Group) Pattern {
	if f.Set == flavor.InGo {
		return Pattern{Groups: groups}
	}
	return Pattern{Groups: groups, UTF: f.Set != flavor.InPCRE2 || strings.Contains(flags, "u") || saysUTF(pattern)}
}

// saysUTF reports whether a pattern of PCRE2 says itself that it is about characters:
// with (*UTF), which may only be preceded by other options.
func saysUTF(pattern string) bool {
	for strings.HasPrefix(pattern, "(*") {
		option, rest, ok := strings.Cut(pattern[2:], ")")
		if !ok {
			return false
		}
		if option == "UTF" {
			return true
		}
		pattern = rest
	}
	return false
}

// GroupsOf returns the groups of a pattern that was read, in the order in which
// engines have them.
func GroupsOf(tree *syntax.Tree) []engine.Group {
	groups := make([]engine.Group, 0, len(tree.Groups))
	for number, group := range tree.Groups {
		if number == 0 || group.Node != nil {
			groups = append(groups, engine.Group{Number: number, Name: group.Name})
		}
	}
	return groups
}

// A parser reads a replacement.
type parser struct {
	t     *Template
	s     *Syntax
	text  string
	pos   int
	end   int     // of what is being read
	parts *[]Part // where parts go
	depth int
	open  []open // Perl's cases that are open

	// verbatim is true in PCRE2 between \Q and \E, and quote where that \Q is.
	verbatim bool
	quote    syntax.Span
}

// read reads up to p.end.
func (p *parser) read() {
	for p.pos < p.end {
		if p.verbatim || strings.IndexByte(p.s.Leads, p.text[p.pos]) < 0 || !p.element() {
			p.literal()
		}
	}
}

// element reads an element of the syntax, if there is one.
func (p *parser) element() bool {
	for i := range p.s.Elements {
		if read := p.s.Elements[i].read; read != nil && read(p, p.pos) {
			return true
		}
	}
	return p.s.otherwise != nil && p.s.otherwise(p, p.pos)
}

// literal reads one character, or byte, that stands for itself, or the end of \Q.
func (p *parser) literal() {
	if p.verbatim && strings.HasPrefix(p.rest(p.pos), `\E`) {
		p.verbatim = false
		p.token(p.pos, p.pos+2, syntax.TokenQuote)
		p.pos += 2
		return
	}
	end := p.pos + 1
	for end < p.end && (p.verbatim && p.text[end] != '\\' || !p.verbatim && strings.IndexByte(p.s.Leads, p.text[end]) < 0) {
		end++
	}
	p.put(Part{Kind: KindText, Span: syntax.Span{Start: p.pos, End: end}, Text: p.text[p.pos:end]})
	p.pos = end
}

// rest is what is still to read from at on.
func (p *parser) rest(at int) string {
	if at >= p.end {
		return ""
	}
	return p.text[at:p.end]
}

// byte returns the byte at a place, or 0 behind the end, which no syntax gives a meaning.
func (p *parser) byte(at int) byte {
	if at < p.end {
		return p.text[at]
	}
	return 0
}

// rune returns the character at a place and its length, 0 behind the end.
func (p *parser) rune(at int) (rune, int) { return utf8.DecodeRuneInString(p.rest(at)) }

func (p *parser) put(part Part) { *p.parts = append(*p.parts, part) }

// joined returns parts with texts side by side as one. Where one was read as several
// pieces, the span is of all of them.
func joined(parts []Part) []Part {
	if parts == nil {
		return nil // which is not the same as none
	}
	all := make([]Part, 0, len(parts))
	for i := 0; i < len(parts); {
		part := parts[i]
		part.Parts, part.Else = joined(part.Parts), joined(part.Else)
		end := i + 1
		if part.Kind == KindText {
			var text strings.Builder
			for end = i; end < len(parts) && parts[end].Kind == KindText; end++ {
				text.WriteString(parts[end].Text)
			}
			part.Text, part.Span.End = text.String(), parts[end-1].Span.End
		}
		all = append(all, part)
		i = end
	}
	return all
}

// to adds a part that is written from p.pos to end, and goes on there.
func (p *parser) to(end int, kind syntax.TokenKind, part Part) bool {
	part.Span = syntax.Span{Start: p.pos, End: end}
	p.token(p.pos, end, kind)
	if kind == syntax.TokenReference && len(part.Groups) > 0 {
		p.t.Tokens[len(p.t.Tokens)-1].Number = p.t.pattern.Groups[part.Groups[0]].Number
	}
	p.put(part)
	p.pos = end
	return true
}

// char adds one character that is written as an escape.
func (p *parser) char(end int, r rune) bool {
	return p.to(end, syntax.TokenEscape, Part{Kind: KindText, Text: string(r)})
}

func (p *parser) token(start, end int, kind syntax.TokenKind) {
	p.t.Tokens = append(p.t.Tokens, Token{Span: syntax.Span{Start: start, End: end}, Kind: kind})
}

// color fills the gaps between tokens, which are literals.
func (p *parser) color() {
	var all []Token
	at := 0
	for _, token := range append(p.t.Tokens, Token{Span: syntax.Span{Start: len(p.text), End: len(p.text)}}) {
		if at < token.Span.Start {
			all = append(all, Token{Span: syntax.Span{Start: at, End: token.Span.Start}, Kind: syntax.TokenLiteral})
		}
		if token.Span.Start < token.Span.End {
			all = append(all, token)
		}
		at = max(at, token.Span.End)
	}
	p.t.Tokens = all
}

func (p *parser) problem(severity syntax.Severity, code syntax.Code, span syntax.Span, message, hint string) {
	if len(p.t.Problems) >= maxProblems && (severity != syntax.SeverityError || p.t.Err() != nil) {
		return
	}
	e := &syntax.Error{Code: code, Message: message, Span: span, Hint: hint, Severity: severity}
	p.t.Problems = append(p.t.Problems, e)
}

func (p *parser) fail(code syntax.Code, span syntax.Span, message, hint string) {
	p.problem(syntax.SeverityError, code, span, message, hint)
}

// bad reports an error from p.pos to end, and goes on there.
func (p *parser) bad(code syntax.Code, end int, message, hint string) bool {
	end = min(end, p.end)
	p.fail(code, syntax.Span{Start: p.pos, End: end}, message, hint)
	p.token(p.pos, end, syntax.TokenError)
	p.pos = end
	return true
}

// warn reports a warning about what is written from p.pos to end.
func (p *parser) warn(code syntax.Code, end int, message, hint string) {
	p.problem(syntax.SeverityWarning, code, syntax.Span{Start: p.pos, End: end}, message, hint)
}

// plain has what is written from p.pos to end stand for itself, with a warning that
// says why. Only the first byte is passed: what follows may begin something.
func (p *parser) plain(end int, message, hint string) bool {
	p.warn(codePlain, min(end, p.end), message, hint)
	p.put(Part{Kind: KindText, Span: syntax.Span{Start: p.pos, End: p.pos + 1}, Text: p.text[p.pos : p.pos+1]})
	p.pos++
	return true
}

// group adds a reference.
func (p *parser) group(end int, groups ...int) bool {
	return p.to(end, syntax.TokenReference, Part{Kind: KindGroup, Groups: groups})
}

// empty adds a reference to a group that is not there, where that is no error but
// nothing, with a warning.
func (p *parser) empty(end int, what, hint string) bool {
	p.warn(codeUnknownGroup, end, p.none(what)+": it stands for nothing", p.or(hint))
	return p.group(end)
}

// none says that there is no such group.
func (p *parser) none(what string) string { return "the pattern has no group " + what }

// or adds which groups there are to a hint.
func (p *parser) or(hint string) string {
	var words []string
	for _, g := range p.t.pattern.Groups {
		word := strconv.Itoa(g.Number)
		if g.Name != "" && g.Name != word {
			word += " " + g.Name
		}
		if words = append(words, word); len(words) == mostGroups && len(p.t.pattern.Groups) > mostGroups {
			words = append(words, "…")
			break
		}
	}
	have := "the groups are " + strings.Join(words, ", ")
	if len(words) == 1 {
		have = "it has only group 0, the whole match"
	}
	if hint == "" {
		return have
	}
	return hint + "; " + have
}

// maxProblems is after how many problems only the first error is still reported:
// nobody reads more of them.
const maxProblems = 100

// mostGroups is how many groups a hint lists: as many as fit into a line or two.
const mostGroups = 12

// unknown reports a reference to a group that is not there as an error.
func (p *parser) unknown(end int, what string) bool {
	return p.bad(codeUnknownGroup, end, p.none(what), p.or(""))
}

// byNumber returns the index of a group.
func (p *parser) byNumber(number int) (index int, ok bool) {
	return slices.BinarySearchFunc(p.t.pattern.Groups, number, func(g engine.Group, n int) int { return g.Number - n })
}

// byName returns the indexes of the groups with a name, in order.
func (p *parser) byName(name string) (indexes []int) {
	for i, g := range p.t.pattern.Groups {
		if g.Name == name && i > 0 && name != "" {
			indexes = append(indexes, i)
		}
	}
	return indexes
}

// named reports whether the pattern has named groups.
func (p *parser) named() bool {
	return slices.ContainsFunc(p.t.pattern.Groups, func(g engine.Group) bool { return g.Name != "" })
}

// top is the highest number of a group.
func (p *parser) top() int { return p.t.pattern.Groups[len(p.t.pattern.Groups)-1].Number }

// digits returns where the digits end that start at a place, at most so many (0 for
// any), and their value, which is no more than math.MaxInt32 for any number.
func (p *parser) digits(at, most int) (end, value int) {
	for end = at; end < p.end && isDigit(p.text[end]) && (most == 0 || end < at+most); end++ {
		value = min(10*value+int(p.text[end]-'0'), maxNumber)
	}
	return end, value
}

const maxNumber = 1<<31 - 1

// span returns where the bytes end that start at a place and are in a set.
func (p *parser) span(at int, in func(byte) bool) int {
	for at < p.end && in(p.text[at]) {
		at++
	}
	return at
}

// based reads at most so many digits of a base of 8 or 16.
func (p *parser) based(at, most, base int) (end, value int) {
	for end = at; end < p.end && end < at+most; end++ {
		digit, err := strconv.ParseUint(p.text[end:end+1], base, 8)
		if err != nil {
			break
		}
		value = min(base*value+int(digit), maxNumber)
	}
	return end, value
}

func isDigit(b byte) bool  { return '0' <= b && b <= '9' }
func isLetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }
func isWord(b byte) bool   { return isDigit(b) || isLetter(b) || b == '_' }
