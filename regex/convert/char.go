package convert

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// literal writes characters.
func (w *writer) literal(n *syntax.Node) {
	if n.Op != syntax.OpVerbatim && (n.Rune > w.narrow() && w.sourceUnit() == flavor.Byte || utf16.IsSurrogate(n.Rune)) {
		w.lost(n, fmt.Sprintf("way to write a part of a character: %s", w.from.Source(n)))
		return
	}
	expand := n.Flags.Has('i') && !w.icase
	for _, r := range n.Runes() {
		if !n.Flags.Has('i') || !hasCase(r) {
			w.put(w.written(n, r, false))
			continue
		}
		want := foldChar(w.from.Flavor, n.Flags, r)
		switch {
		case !expand:
			w.put(w.written(n, r, false))
			w.foldsTo(n, want, foldChar(w.to, w.flags, r))
		case want.Len() > 1:
			w.put("[")
			for _, r := range want.Intersect(noSurrogates) {
				for c := r.First; c <= r.Last; c++ {
					w.put(w.char(c, true))
				}
			}
			w.put("]")
		default:
			w.put(w.written(n, r, false))
		}
	}
	if n.Flags.Has('i') {
		w.longFold(n, string(n.Runes()))
		w.shortInRuby(n)
	}
}

// joinSurrogates makes one character of two that are written as its halves.
func (w *writer) joinSurrogates(nodes []*syntax.Node) []*syntax.Node {
	if !w.fromIs(flavor.InJS | flavor.InJava) { // elsewhere they are two characters, of which there are none in a text
		return nodes
	}
	for i := 0; i+1 < len(nodes); i++ {
		a, b := nodes[i], nodes[i+1]
		if a.Kind != syntax.KindLiteral || b.Kind != syntax.KindLiteral || a.Op == syntax.OpVerbatim || b.Op == syntax.OpVerbatim {
			continue
		}
		if r := utf16.DecodeRune(a.Rune, b.Rune); r != unicode.ReplacementChar {
			both := syntax.NewNode(syntax.KindLiteral, syntax.OpUnicode, a.Flags, syntax.Span{Start: a.Span.Start, End: b.Span.End})
			both.Rune = r
			w.parent[both] = w.parent[a]
			nodes = slices.Concat(nodes[:i:i], []*syntax.Node{both}, nodes[i+2:])
		}
	}
	return nodes
}

// written writes the character of a literal as the source does, by its number or
// letter, where the other flavor has the same.
func (w *writer) written(n *syntax.Node, r rune, class bool) string {
	text := w.from.Source(n)
	switch {
	case n.Op == syntax.OpVerbatim, text == `\/`: // which only JavaScript needs
		return w.char(r, class)
	case n.Op == syntax.OpIdentity && r < utf8.RuneSelf && isAlphanumeric(byte(r)): // it might be an escape with what follows
		return w.char(r, class)
	}
	if r > w.narrow() {
		return w.number(r)
	}
	wrapped := text
	if class {
		wrapped = "[" + text + "]"
	}
	root := syntax.Parse(wrapped, w.to, w.flags)
	if len(root.Errors) == 0 {
		same := root.Root
		if class && same.Kind == syntax.KindClass && len(same.Sub) == 1 {
			same = same.Sub[0]
		}
		if runes := same.Runes(); same.Kind == syntax.KindLiteral && len(runes) == 1 && runes[0] == r && n.Op != syntax.OpOctal {
			return text
		}
	}
	if r >= 0x7F {
		return w.number(r)
	}
	return w.char(r, class)
}

func isAlphanumeric(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// char writes one character so that it means itself, in a class or outside.
func (w *writer) char(r rune, class bool) string {
	special := `\^$.[|()*+?{`
	if class {
		special = `\^]-[&~`
		if w.flags.Has('v') && w.is(flavor.InJS) {
			special += "(){}/|!#$%*+,.:;<=>?@`"
		}
	} else if w.is(flavor.InJS) {
		special += "]}"
	}
	switch {
	case r == '\n':
		return `\n`
	case r == '\r':
		return `\r`
	case r == '\t':
		return `\t`
	case r == '\f':
		return `\f`
	case r == '&' && class && !w.is(flavor.InJava|flavor.InRuby) && !w.flags.Has('v'), r == '~' && !w.flags.Has('v'):
		return string(r)
	case strings.ContainsRune(special, r):
		return `\` + string(r)
	case w.spaced && (r == ' ' || r == '#'):
		if w.is(flavor.InJava) { // whose x ignores white space in classes too
			return fmt.Sprintf(`\x%02x`, r)
		}
		return `\` + string(r)
	case r < ' ' || r == 0x7F:
		return fmt.Sprintf(`\x%02x`, r)
	case r < 0x7F || unicode.IsPrint(r) && !unicode.Is(unicode.M, r):
		return string(r)
	}
	return w.number(r)
}

// number writes a character by its number, where the other flavor can.
func (w *writer) number(r rune) string {
	_, unit := w.units()
	switch {
	case r > limits[unit], r > 0xFFFF && w.is(flavor.InDotNet):
		return string(r)
	case r <= 0x7F, r <= 0xFF && !w.is(flavor.InRuby): // where \x is for bytes
		return fmt.Sprintf(`\x%02x`, r)
	case r <= 0xFFFF && w.to.Has(flavor.EscapeUnicode):
		return fmt.Sprintf(`\u%04x`, r)
	case w.to.Has(flavor.EscapeHexBraces):
		return fmt.Sprintf(`\x{%x}`, r)
	case w.to.Has(flavor.EscapeUnicodeBraces):
		return fmt.Sprintf(`\u{%x}`, r)
	}
	return fmt.Sprintf(`\U%08x`, r)
}
