package explain

import (
	"strings"

	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A Wording says in a few words what single nodes of one tree mean, without what is in them. It keeps what it has said,
// and is for one goroutine at a time.
type Wording struct {
	x     *explainer
	known map[*syntax.Node]string
}

// NewWording takes time linear in the size of the tree.
func NewWording(tree *syntax.Tree) *Wording {
	return &Wording{newExplainer(tree), map[*syntax.Node]string{}}
}

// Of returns what a node means, such as "a digit", "the start of a line" or "group 2, named year", or "" for nodes that
// mean nothing by themselves, such as a concatenation.
func (w *Wording) Of(n *syntax.Node) string {
	words, ok := w.known[n]
	if !ok {
		words = w.x.wording(n)
		w.known[n] = words
	}
	return words
}

func (x *explainer) wording(n *syntax.Node) string {
	switch n.Kind {
	case syntax.KindLiteral, syntax.KindDot, syntax.KindClassEscape, syntax.KindProperty, syntax.KindPosix, syntax.KindClass:
		return x.phrase(n).one
	case syntax.KindAssertion, syntax.KindKeep:
		return x.assertion(n).Title
	case syntax.KindGroup:
		switch {
		case !n.IsLook():
			return x.groupTitle(n)
		case n.Body().Kind == syntax.KindEmpty:
			return x.group(n).Title
		}
		return lookWords(n)
	case syntax.KindCondition:
		return x.condition(n)
	case syntax.KindBackreference:
		return x.backreference(n).Title
	case syntax.KindCall:
		return x.call(n).Title
	case syntax.KindVerb:
		return x.verb(n).Title
	case syntax.KindRepetition:
		return times(n)
	}
	return ""
}

// lookWords names a lookaround.
func lookWords(n *syntax.Node) string {
	words := strings.ReplaceAll(n.Form(), "-", " ")
	if n.Negated {
		words = "negative " + words
	}
	return "a " + words
}

// Quote returns a text in quotes, or the name or number of a single character that has no shape of its own, such as
// space. Control characters and bytes that are not UTF-8 are shown as escapes. Of a text longer than 40 characters,
// the rest is left out, and dots say so.
func Quote(text string) string {
	characters := 0
	for i := range text {
		if characters == maxText {
			return quoted(text[:i]) + "..."
		}
		characters++
	}
	return quoted(text)
}

// Escape returns a piece of a pattern for a line of text: control characters and bytes that are not UTF-8 as escapes,
// and of more than 40 characters the first ones and dots.
func Escape(source string) string {
	characters := 0
	for i := range source {
		if characters == maxText {
			return escaped(source[:i]) + "..."
		}
		characters++
	}
	return escaped(source)
}
