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
		if x.is(flavor.InPython) {
			return "the end of the text", "", nil
		}
		return "the end of the text, or before a line end that is the last", "", x.lineEndDetails(n)
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

// start explains ^.
func (x *explainer) start(n *syntax.Node) (title, flags string, details []string) {
	switch {
	case x.is(flavor.InRuby):
		details = append(x.lineEndDetails(n), "In Ruby that is so whatever the flags.")
		details = append(details, "Behind a line end that is the last there is no start of a line.")
		return "the start of a line", "", details
	case !n.Flags.Has('m'):
		return "the start of the text", "", nil
	}
	details = x.lineEndDetails(n)
	if x.is(flavor.InPCRE2 | flavor.InPerl | flavor.InJava) {
		details = append(details, "Behind a line end that is the last there is no start of a line.")
	}
	return "the start of a line", "m", details
}

// end explains $.
func (x *explainer) end(n *syntax.Node) (title, flags string, details []string) {
	switch {
	case x.is(flavor.InRuby):
		return "the end of a line", "", append(x.lineEndDetails(n), "In Ruby that is so whatever the flags.")
	case n.Flags.Has('m'):
		return "the end of a line", "m", x.lineEndDetails(n)
	case x.is(flavor.InGo | flavor.InJS):
		return "the end of the text", "", nil
	case x.is(flavor.InPCRE2) && n.Flags.Has('D'):
		return "the end of the text", "D", nil
	}
	return "the end of the text, or before a line end that is the last", "", x.lineEndDetails(n)
}

func (x *explainer) lineEndDetails(n *syntax.Node) []string {
	details := []string{sentence("line ends are " + x.newlines(n.Flags))}
	if x.is(flavor.InJava) && !n.Flags.Has('d') {
		details = append(details, "A carriage return and a line feed together are one.")
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
	if x.is(flavor.InJava) && !n.Flags.Has('U') {
		return []string{"Up to Java 18 letters and digits of Unicode and _ are word characters here, from Java 19 those of ASCII."}
	}
	key := setKey{n.Kind, 'b', "", n.Flags, ""}
	details, ok := x.defined[key]
	if !ok {
		universe := x.universe(n)
		set := syntax.WordChars(x.flavor, n.Flags).Intersect(syntax.CharSet{universe})
		details = []string{sentence("a word character is one of " + describe(set, universe))}
		x.defined[key] = details
	}
	return details
}
