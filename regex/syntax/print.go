package syntax

import "strings"

// Print writes the pattern from its tree. replace may give another text for a
// node; it is asked for parents first, and not for what is below a node that
// it has replaced. Without replacements the result is the pattern.
func (t *Tree) Print(replace func(n *Node) (text string, ok bool)) string {
	w := printer{tree: t, replace: replace}
	w.print(t.Root)
	return w.b.String()
}

type printer struct {
	tree    *Tree
	replace func(*Node) (string, bool)
	b       strings.Builder
}

func (w *printer) print(n *Node) {
	if w.replace != nil {
		if text, ok := w.replace(n); ok {
			w.b.WriteString(text)
			return
		}
	}
	at := n.Span.Start
	for _, sub := range n.Sub {
		w.b.WriteString(w.tree.Pattern[at:sub.Span.Start])
		w.print(sub)
		at = sub.Span.End
	}
	w.b.WriteString(w.tree.Pattern[at:n.Span.End])
}
