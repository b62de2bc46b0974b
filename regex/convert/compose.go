package convert

import (
	"strings"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// components are what a class may be composed of besides ranges: where a flavor
// does not have one, or means something else by it, it is not used.
var components = []string{
	`\w`, `\W`, `\d`, `\D`, `\s`, `\S`, `\p{L}`, `\p{Lu}`, `\p{Ll}`, `\p{Lt}`, `\p{Lm}`, `\p{Lo}`, `\p{Alphabetic}`, `\p{M}`, `\p{Mn}`, `\p{N}`, `\p{Nd}`, `\p{Nl}`, `\p{No}`,
	`\p{P}`, `\p{Pc}`, `\p{S}`, `\p{Z}`, `\p{Zs}`, `\P{L}`, `\P{N}`,
}

// compose returns the shortest text that it finds for a set between the brackets
// of a class, or "" when that has more than maxRanges. Of the components within
// the set it takes the one that spares the most ranges, as long as there is one;
// then it drops those without which the text is shorter. The properties in n, and
// what they exclude, are components too.
func (w *writer) compose(n *syntax.Node, want syntax.CharSet) string {
	if w.to.Semantics.Unit.With(w.flags) != flavor.CodePoint {
		if len(want) > maxRanges {
			return ""
		}
		return w.rangeText(want)
	}
	type part struct {
		text string
		set  syntax.CharSet
	}
	var fitting, chosen []part
	for _, text := range append(w.propertiesOf(n), components...) {
		if set, ok := w.setOf(text, w.to, w.targetFlags()); ok {
			if set = set.Intersect(noSurrogates); len(set) > 0 && len(set.Minus(want)) == 0 {
				fitting = append(fitting, part{text, set})
			}
		}
	}
	for rest := want; ; {
		best, spared := -1, 0
		for i, p := range fitting {
			if less := len(rest) - len(rest.Minus(p.set)); less > spared {
				best, spared = i, less
			}
		}
		if best < 0 {
			break
		}
		chosen = append(chosen, fitting[best])
		rest = rest.Minus(fitting[best].set)
	}
	write := func(parts []part) string {
		rest, text := want, ""
		for _, p := range parts {
			rest = rest.Minus(p.set)
			text += p.text
		}
		if len(rest) > maxRanges {
			return ""
		}
		return text + w.rangeText(rest)
	}
	text := write(chosen)
	for i := len(chosen) - 1; i >= 0; i-- {
		fewer := append(chosen[:i:i], chosen[i+1:]...)
		if shorter := write(fewer); shorter != "" && runes(shorter) <= runes(text) {
			text, chosen = shorter, fewer
		}
	}
	return text
}

// propertiesOf returns the properties in a node as the other flavor has them, each
// with its opposite.
func (w *writer) propertiesOf(n *syntax.Node) []string {
	var all []string
	n.Walk(func(sub *syntax.Node) bool {
		if sub.Kind != syntax.KindProperty {
			return true
		}
		want, ok := w.nodeSet(sub, sub.Flags.Without('i'))
		for _, text := range append([]string{w.from.Source(sub)}, alternativesOf(sub)...) {
			got, ok2 := w.setOf(text, w.to, w.targetFlags())
			if ok && ok2 && w.sameSet(want, got) && strings.HasPrefix(text, `\`) {
				all = append(all, text, opposite(text))
				break
			}
		}
		return true
	})
	return all
}

// opposite is the escape for all other characters: \d and \D.
func opposite(escape string) string { return `\` + string(escape[1]^0x20) + escape[2:] }

func runes(text string) int { return utf8.RuneCountInString(text) }

// shorter returns the shorter one of two texts that are not "", the first one if
// they are as long.
func shorter(a, b string) string {
	if a == "" || b != "" && runes(b) < runes(a) {
		return b
	}
	return a
}

// classOperation returns a class that is an intersection or a difference as the
// other flavor has it, if it has, or "".
func (w *writer) classOperation(n *syntax.Node) string {
	if len(n.Sub) != 1 || n.Sub[0].Kind != syntax.KindClassOp || !w.is(flavor.InJava|flavor.InRuby|flavor.InDotNet) {
		return ""
	}
	op := n.Sub[0]
	want, ok := w.nodeSet(n, n.Flags.Without('i'))
	if !ok || op.Op != syntax.OpIntersection && op.Op != syntax.OpDifference || w.narrow() <= 0xFFFF {
		return ""
	}
	inner := want.Intersect(noSurrogates)
	if n.Negated {
		inner = noSurrogates.Minus(inner)
	}
	all, ok := w.operandSet(op.Sub[0])
	if !ok {
		return ""
	}
	base := w.operandText(op.Sub[0], all)
	out := w.compose(n, all.Minus(inner))
	in := ""
	if out == "" && op.Op == syntax.OpIntersection && len(op.Sub) == 2 {
		if set, ok := w.operandSet(op.Sub[1]); ok {
			in = w.operandText(op.Sub[1], set)
		}
	}
	if base == "" || out == "" && in == "" {
		return ""
	}
	not := map[bool]string{true: "^"}[n.Negated]
	if w.is(flavor.InDotNet) {
		return "[" + not + base + "-[" + shorter(out, caret(in)) + "]]"
	}
	return "[" + not + base + "&&[" + shorter(caret(out), in) + "]]"
}

// operandSet is the set of an operand of an operation on classes.
func (w *writer) operandSet(n *syntax.Node) (syntax.CharSet, bool) {
	source := w.from.Source(n)
	if n.Kind != syntax.KindClass {
		source = "[" + source + "]"
	}
	set, ok := w.setOf(source, w.from.Flavor, n.Flags.Without('i'))
	return set.Intersect(noSurrogates), ok
}

// operandText writes an operand as it stands between brackets, or "".
func (w *writer) operandText(n *syntax.Node, set syntax.CharSet) string {
	text := ""
	if n.Kind == syntax.KindProperty || n.Kind == syntax.KindClassEscape {
		text = w.classPart(n)
	} else {
		text = w.compose(n, set)
	}
	if got, ok := w.setOf("["+text+"]", w.to, w.targetFlags()); text == "" || !ok || !w.sameSet(set, got) {
		return ""
	}
	return text
}

// caret negates what stands between brackets.
func caret(inner string) string {
	if inner == "" {
		return ""
	}
	return "^" + inner
}

// bracketed puts brackets around what stands between them, but for one escape.
func bracketed(inner string) string {
	escape, negated := strings.CutPrefix(inner, "^")
	isEscape := len(escape) == 2 && escape[0] == '\\' && strings.IndexByte("dDwWsS", escape[1]) >= 0
	isProperty := (strings.HasPrefix(escape, `\p{`) || strings.HasPrefix(escape, `\P{`)) && strings.IndexByte(escape, '}') == len(escape)-1
	switch {
	case !isEscape && !isProperty:
		return "[" + inner + "]"
	case negated:
		return opposite(escape)
	}
	return escape
}
