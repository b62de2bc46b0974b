package explain

import (
	"fmt"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// assertion explains a place in the text.
func (x *explainer) assertion(n *syntax.Node) *Item {
	if n.Kind == syntax.KindKeep {
		return x.item(n, "the match starts here", "What was matched before this place has to be there, and is not part of the reported match.")
	}
	title, flags, details := x.place(n)
	item := x.item(n, title, details...)
	item.Flags = flags
	return item
}

func (x *explainer) place(n *syntax.Node) (title, flags string, details []string) {
	switch n.Rune {
	case '^':
		return x.start(n)
	case '$':
		return x.end(n)
	case 'A':
		return "the start of the text", "", nil
	case 'z':
		return "the end of the text", "", nil
	case 'Z':
		if x.flavor.Semantics.UpperZ == flavor.UpperZEnd {
			return "the end of the text", "", nil
		}
		return lastLine, "", x.lineEndDetails(n)
	case 'G':
		return "where the search began", "", []string{"That is where the last match ended, or the start of the text."}
	case 'b', 'B':
		return x.boundary(n)
	case 'y':
		return "a border between grapheme clusters or words", "", nil
	case 'Y':
		return "no border between grapheme clusters or words", "", nil
	case '<':
		return "the start of a word", "", x.wordDetails(n)
	case '>':
		return "the end of a word", "", x.wordDetails(n)
	}
	panic(fmt.Sprintf("explain: no words for the place %q", n.Rune))
}

// lastLine is where $ and \Z match in most flavors.
const lastLine = "the end of the text, or before a line end at its very end"

// start explains ^.
func (x *explainer) start(n *syntax.Node) (title, flags string, details []string) {
	semantics := x.flavor.Semantics
	if !semantics.AtLines.With(n.Flags) {
		return "the start of the text", "", nil
	}
	details = x.lineEndDetails(n)
	switch {
	case semantics.StartNeverAtEnd:
		details = append(details, "There is no start of a line at the very end of the text, not even in an empty one.")
	case !semantics.StartBehindLast:
		details = append(details, "After a line end at the very end of the text there is no start of a line.")
	}
	if semantics.AtLines.Plain {
		return "the start of a line", "", append(details, "That is so whatever the flags.")
	}
	return "the start of a line", "m", details
}

// end explains $.
func (x *explainer) end(n *syntax.Node) (title, flags string, details []string) {
	semantics := x.flavor.Semantics
	switch {
	case semantics.AtLines.Plain:
		return "the end of a line", "", append(x.lineEndDetails(n), "That is so whatever the flags.")
	case semantics.AtLines.With(n.Flags):
		return "the end of a line", "m", x.lineEndDetails(n)
	case semantics.EndBeforeLast.With(n.Flags):
		return lastLine, "", x.lineEndDetails(n)
	case semantics.EndBeforeLast.Plain:
		return "the end of the text", "D", nil
	}
	return "the end of the text", "", nil
}

func (x *explainer) lineEndDetails(n *syntax.Node) []string {
	details := []string{x.newlines(x.flavor.Semantics.LineEnds.With(n.Flags))}
	if x.flavor.Semantics.PairIsOne.With(n.Flags) {
		details = append(details, `\r and \n together are one line end.`)
	}
	return details
}

// boundaryTypes are the boundaries of \b{type}.
var boundaryTypes = map[string]string{
	"g": "grapheme clusters", "gcb": "grapheme clusters", "wb": "words, by Unicode's rules",
	"sb": "sentences", "lb": "places where a line can be broken",
}

// boundary explains \b and \B.
func (x *explainer) boundary(n *syntax.Node) (title, flags string, details []string) {
	if n.Text != "" {
		what, ok := boundaryTypes[n.Text]
		if !ok {
			what = n.Text
		}
		if n.Rune == 'B' {
			return "no border between " + what, "", nil
		}
		return "a border between " + what, "", nil
	}
	if n.Rune == 'B' {
		return "no word boundary", "", append([]string{
			"Between two word characters, or where there is none on either side.",
		}, x.wordDetails(n)...)
	}
	return "a word boundary", "", append([]string{
		"Between a word character and something else, or an end of the text.",
	}, x.wordDetails(n)...)
}

// wordDetails says what a word character is.
func (x *explainer) wordDetails(n *syntax.Node) []string {
	key := setKey{n.Kind, 'b', "", n.Flags, ""}
	details, ok := x.defined[key]
	if !ok {
		flags := n.Flags
		if flags&flavor.UCP != 0 {
			flags = flags.With('u')
		}
		boundary := x.flavor.Semantics.Boundary.With(flags)
		details = x.membership("a word character", boundary.Words, unicodeVersion, syntax.WordChars(x.flavor, n.Flags), x.universe(n))
		if x.flavor.Semantics.BoundaryMarks.With(n.Flags) {
			details = append(details, "Marks that follow one belong to the word too.", "From Java 19 on, only those of ASCII are word characters here.")
		}
		x.defined[key] = details
	}
	return details
}
