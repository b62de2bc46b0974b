package convert

import (
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// setNotation writes a class with its operations as JavaScript has them with v: each
// operand in brackets of its own, unless it is one escape. It is "[", which is refused,
// when an item cannot be written, and "" without v.
func (w *writer) setNotation(n *syntax.Node) string {
	if !w.is(flavor.InJS) || !w.flags.Has('v') {
		return ""
	}
	var b strings.Builder
	b.WriteByte('[')
	if n.Negated {
		b.WriteByte('^')
	}
	alone := 0 // what stands beside an operation has to be in brackets, and so has the operation
	for _, item := range n.Sub {
		if !item.Kind.IsTrivia() {
			alone++
		}
	}
	for _, item := range n.Sub {
		switch {
		case item.Kind.IsTrivia():
		case item.Kind == syntax.KindClass:
			b.WriteString(w.setNotation(item))
		case item.Kind == syntax.KindClassOp && alone == 1:
			b.WriteString(w.operationOf(item))
		case item.Kind == syntax.KindClassOp:
			b.WriteString("[" + w.operationOf(item) + "]")
		case item.Kind == syntax.KindClassSet:
			b.WriteString(w.setNotation(item))
		default:
			text, ok := w.classItem(item, false)
			if !ok {
				return "["
			}
			b.WriteString(text)
		}
	}
	b.WriteByte(']')
	return b.String()
}

// operationOf writes an operation between the brackets around it.
func (w *writer) operationOf(n *syntax.Node) string {
	operands := make([]string, len(n.Sub))
	for i, sub := range n.Sub {
		operands[i] = w.operandOf(sub)
	}
	switch n.Op {
	case syntax.OpIntersection:
		return strings.Join(operands, "&&")
	case syntax.OpDifference:
		return strings.Join(operands, "--")
	case syntax.OpUnion:
		return strings.Join(operands, "")
	}
	either := operands[0] // what is in one of two and not in both
	for i, other := range operands[1:] {
		if i > 0 {
			either = "[" + either + "]"
		}
		either = "[" + either + "--" + other + "][" + other + "--" + either + "]"
	}
	return either
}

// operandOf writes an operand: a class, or one escape.
func (w *writer) operandOf(n *syntax.Node) string {
	switch n.Kind {
	case syntax.KindClass, syntax.KindClassSet:
		return w.setNotation(n)
	case syntax.KindClassOp:
		return "[" + w.operationOf(n) + "]"
	}
	text, ok := w.classItem(n, false)
	switch {
	case !ok:
		return "["
	case isEscape(text):
		return text
	}
	return "[" + text + "]"
}

// isEscape reports whether a text is one escape of a set: \w or \p{L}.
func isEscape(text string) bool {
	if len(text) > 2 && (text[:2] == `\p` || text[:2] == `\P`) {
		return strings.IndexByte(text, '}') == len(text)-1
	}
	return len(text) == 2 && text[0] == '\\'
}
