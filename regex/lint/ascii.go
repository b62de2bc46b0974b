package lint

import (
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// checkASCIIClass hints at \w, \d, \b, [a-z] and [:alpha:] that know ASCII only,
// when the text has more.
func checkASCIIClass(l *linter, n *syntax.Node) {
	if !l.text.NonASCII {
		return
	}
	switch n.Kind {
	case syntax.KindClassEscape:
		if n.Rune != 'w' && n.Rune != 'd' || !l.asciiWords(n) {
			return
		}
	case syntax.KindAssertion:
		if n.Rune != 'b' && n.Rune != 'B' || n.Text != "" || !l.asciiWords(n) {
			return
		}
	case syntax.KindPosix:
		if !strings.Contains(" alpha alnum digit upper lower word ", " "+n.Text+" ") || !l.asciiWords(n) {
			return
		}
	case syntax.KindRange:
		low, high := n.Sub[0].Runes()[0], n.Sub[1].Runes()[0]
		if !(low == 'a' && high == 'z' || low == 'A' && high == 'Z') {
			return
		}
	}
	l.warn(n.Span, nil, l.unicodeHint(n), "%s knows ASCII only, and the text has more", l.tree.Source(n))
}

// asciiWords reports whether an escape, a \b or a POSIX class goes by ASCII where it
// stands: whether it leaves out a letter and a digit that are not ASCII.
func (l *linter) asciiWords(n *syntax.Node) bool {
	means := l.tree.Flavor.Semantics
	switch {
	case n.Kind == syntax.KindPosix:
		return !means.PosixUnicode.With(n.Flags)
	case n.Kind == syntax.KindAssertion:
		return !means.Boundary.With(n.Flags).Contains('é')
	case n.Rune == 'd':
		return !means.Digit.With(n.Flags).Contains('٣')
	}
	return !means.Word.With(n.Flags).Contains('é')
}

func (l *linter) unicodeHint(n *syntax.Node) string {
	switch {
	case l.is(flavor.InPCRE2) && !n.Flags.Has('u'):
		return "set the flag u"
	case l.is(flavor.InJava) && n.Kind != syntax.KindRange:
		return "set the flag U"
	case n.Flags.Has('a') && l.is(flavor.InPython|flavor.InPerl|flavor.InRuby) && n.Kind != syntax.KindRange:
		return "leave the flag a out"
	case l.is(flavor.InPython):
		return `write [^\W\d_]`
	}
	written := l.inUnicode(n)
	if written == "" {
		return ""
	}
	if l.is(flavor.InJS) && !n.Flags.Has('u') && !n.Flags.Has('v') {
		written += " with the flag u"
	}
	return "write " + written
}

// posixProperties are the properties of Unicode that POSIX classes stand for.
var posixProperties = map[string]string{
	"alpha": `\p{L}`, "digit": `\p{Nd}`, "upper": `\p{Lu}`, "lower": `\p{Ll}`, "alnum": `\p{L}\p{N}`, "word": wordProperties,
}

// wordProperties are \w in most flavors that go by Unicode.
const wordProperties = `\p{L}\p{N}_`

// inUnicode is what knows all characters instead of a set of ASCII, or "" where that is not one thing to write.
func (l *linter) inUnicode(n *syntax.Node) string {
	set := `\p{L}` // of a range
	switch {
	case n.Kind == syntax.KindAssertion:
		return ""
	case n.Kind == syntax.KindPosix:
		set = posixProperties[n.Text]
	case n.Kind == syntax.KindClassEscape && n.Rune == 'd':
		set = `\p{Nd}`
	case n.Kind == syntax.KindClassEscape:
		set = wordProperties
	}
	single := strings.Count(set, `\p`) == 1
	switch {
	case !n.Negated && (single || l.inClass()):
		return set
	case !n.Negated:
		return "[" + set + "]"
	case single:
		return `\P` + set[len(`\p`):]
	case l.inClass():
		return ""
	}
	return "[^" + set + "]"
}
