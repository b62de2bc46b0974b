package convert

import (
	"strings"

	"github.com/regexdbg/regexdbg/regex/syntax"
)

// nearest writes the source's own text where the other flavor takes it, and says
// with an example what differs.
func (w *writer) nearest(n *syntax.Node, want syntax.CharSet) {
	texts := append([]string{w.from.Source(n), w.itemwise(n, true), w.itemwise(n, false)}, alternativesOf(n)...)
	if n.Flags.Has('i') && !w.icase { // the source's own text would heed case
		texts = nil
		if len(want) > 0 {
			w.lost(n, "such a set: "+w.from.Source(n)+" is left out")
		}
	}
	for _, text := range texts {
		got, ok := w.setOf(text, w.to, w.targetFlags())
		if says := strings.Contains(text, `\p`) || strings.Contains(text, `\P`); !ok || says && !hasProperty(syntax.Parse(text, w.to, w.flags).Root) {
			continue // \p is just a p there
		}
		if len(got) == 0 && len(want) > 0 {
			continue // a class of which nothing is left
		}
		w.put(text)
		only, in := want.Minus(got), w.from.Flavor
		if len(only) == 0 {
			only, in = got.Minus(want), w.to
		}
		from, to := w.units()
		switch {
		case from != to && w.beyond(want, from) != noneBeyond || from != to && w.beyond(got, to) != noneBeyond:
			w.takesUnits(n)
		case len(only) > 0:
			w.change(n, syntax.SeverityWarning, "%s matches %s in %s only", w.from.Source(n), samplesText(only), in.Label)
		}
		return
	}
	w.lostSet(n, want)
}

func hasProperty(n *syntax.Node) bool {
	found := false
	n.Walk(func(sub *syntax.Node) bool {
		found = found || sub.Kind == syntax.KindProperty
		return !found
	})
	return found
}

// lostSet writes what matches all that a set does, and more.
func (w *writer) lostSet(n *syntax.Node, want syntax.CharSet) {
	text := w.wider(want, true)
	if n.Kind == syntax.KindClass && !n.Negated && (text == anything || text == `\S`) {
		inner := ""
		for _, item := range n.Sub {
			set, _ := w.nodeSet(item, item.Flags.Without('i'))
			part, ok := w.classItem(item, false)
			if got, ok2 := w.setOf("["+part+"]", w.to, w.targetFlags()); !ok || !ok2 || len(set.Minus(got)) > 0 {
				part = w.wider(set, false)
			}
			inner += part
		}
		if !strings.Contains(inner, anything) && !strings.Contains(inner, `\S`) {
			text = "[" + inner + "]"
		}
	}
	w.put(text)
	w.lost(n, w.from.Source(n)+": "+text+" stands in its place")
}

const (
	// lettersOnly is how letters are written where there are no properties: they
	// are the characters of words that are no digits, as are some other numbers.
	lettersOnly = `[^\W\d_]`
	anything    = `[\s\S]`
)

// wider is a set that has another one, which may be known, either any or one that
// can stand in a class.
func (w *writer) wider(want syntax.CharSet, whole bool) string {
	texts := []string{`\d`, `\p{L}`, `\w`, `\S`}
	if whole {
		texts = []string{`\d`, `\p{L}`, lettersOnly, `\w`, `[\p{L}\p{M}]`, `[\p{L}\p{M}\p{N}\p{S}]`, `\S`}
	}
	for _, text := range texts {
		got, ok := w.setOf(text, w.to, w.targetFlags())
		if ok && len(want) > 0 && len(want.Intersect(noSurrogates).Minus(got)) == 0 {
			return text
		}
	}
	return anything
}
