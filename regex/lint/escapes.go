package lint

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// checkEscape hints at a backslash before a character that means itself. It says
// nothing where source code wants the backslash: before the delimiters of
// JavaScript, Perl, Ruby and PHP, before quotes, and before what a
// language puts in.
func checkEscape(l *linter, n *syntax.Node) {
	if n.Op != syntax.OpIdentity || n.Span.End-n.Span.Start < 2 {
		return
	}
	r := n.Rune
	switch {
	case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsSpace(r), r >= utf8.RuneSelf:
		return
	case strings.ContainsRune("\"'`/#@~%!-&<>=", r) && !(r == '-' && !l.inClass()):
		return
	case l.inClass():
		if strings.ContainsRune(`\]^[-|{}()`, r) || l.is(flavor.InJS) || r == '$' && l.is(flavor.InPerl) {
			return // [ and with v the others too are not free in some flavors; Perl's source puts variables in
		}
	case strings.ContainsRune(`\^$.[]|()?*+{}`, r):
		return
	}
	l.warn(n.Span, &syntax.Fix{Span: n.Span, Text: string(r)}, "leave the backslash out", "%c needs no backslash here", r)
}

// inClass reports whether the node is in brackets.
func (l *linter) inClass() bool {
	for _, n := range l.path {
		if n.Kind == syntax.KindClass {
			return true
		}
	}
	return false
}

// elsewhere says what letters mean behind a backslash in other flavors, and what
// to write instead: by the letter, in the order of the alphabet.
var elsewhere = map[rune]string{
	'A': "elsewhere the start of the text: write ^",
	'z': "elsewhere the end of the text: write $",
	'Z': "elsewhere the end of the text: write $",
	'G': "elsewhere where the search began",
	'K': "elsewhere the start of what is reported: use a lookbehind",
	'h': `elsewhere horizontal white space: write [ \t]`,
	'R': `elsewhere a line break: write (?:\r\n|\n|\r)`,
	'Q': "elsewhere the start of quoted text",
	'E': "elsewhere the end of quoted text",
	'X': "elsewhere a grapheme cluster",
	'a': `elsewhere the bell: write \x07`,
	'e': `elsewhere the escape character: write \x1b`,
	'p': `a Unicode property needs the flag u or v`,
	'P': `a Unicode property needs the flag u or v`,
	'u': `four hexadecimal digits have to follow, or braces with the flag u or v`,
	'x': `two hexadecimal digits have to follow`,
	'k': `a backreference by name needs a named group`,
	'c': `a letter has to follow`,
	'N': "elsewhere any character but a line feed, or a character by its name",
	'H': "elsewhere what is no horizontal white space",
	'V': "elsewhere what is no vertical white space",
	'U': "elsewhere a character by eight digits",
	'g': "elsewhere a backreference or a call",
}

// checkUnknownEscape warns of \A in JavaScript, which is an A there.
func checkUnknownEscape(l *linter, n *syntax.Node) {
	if n.Op != syntax.OpIdentity || !(isUpper(n.Rune) || isLower(n.Rune)) || n.Span.End-n.Span.Start != 2 {
		return
	}
	l.warn(n.Span, nil, elsewhere[n.Rune], `%s has no \%c: it matches the letter %c`, l.tree.Flavor.Label, n.Rune, n.Rune)
}
