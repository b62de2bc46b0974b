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

// asciiWords reports whether \w, \d and \b go by ASCII where the node stands.
func (l *linter) asciiWords(n *syntax.Node) bool {
	switch {
	case l.is(flavor.InGo | flavor.InJS | flavor.InRuby):
		return !(l.is(flavor.InRuby) && n.Kind != syntax.KindClassEscape) // in Ruby only \w and \d are ASCII
	case l.is(flavor.InPCRE2):
		return !n.Flags.Has('u')
	case l.is(flavor.InJava):
		return !n.Flags.Has('U') && n.Kind != syntax.KindAssertion
	case l.is(flavor.InPython | flavor.InPerl):
		return n.Flags.Has('a')
	}
	return false
}

func (l *linter) unicodeHint(n *syntax.Node) string {
	switch {
	case l.is(flavor.InPCRE2) && !n.Flags.Has('u'):
		return "set the flag u"
	case l.is(flavor.InJava) && n.Kind != syntax.KindRange:
		return "set the flag U"
	case l.is(flavor.InPython|flavor.InPerl) && n.Kind != syntax.KindRange:
		return "leave the flag a out"
	case n.Kind == syntax.KindAssertion:
		return ""
	case n.Kind == syntax.KindClassEscape && n.Rune == 'd':
		return `write \p{Nd}`
	case l.is(flavor.InJS) && !n.Flags.Has('u') && !n.Flags.Has('v'):
		return `write \p{L} with the flag u`
	case l.is(flavor.InPython):
		return `write [^\W\d_]`
	}
	return `write \p{L}`
}
