package compare

import (
	"slices"

	"github.com/regexdbg/regexdbg/regex/explain"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A party is one of two sides that differ.
type party struct {
	*Report
	tree      *syntax.Tree
	isFirst   bool
	name      string // in a sentence about both
	explained []*explain.Item
}

func newParty(r *Report, pattern string) *party {
	return &party{Report: r, tree: syntax.Parse(pattern, r.Side.Flavor, flavor.FlagsOf(r.Side.Flags))}
}

// A pair is a part of the pattern as two flavors read it: one node each where
// they read the same construct, otherwise what each reads there.
type pair struct {
	span syntax.Span
	a, b []*syntax.Node
}

// same reports whether both read the same construct.
func (p *pair) same() bool {
	return len(p.a) == 1 && len(p.b) == 1 && p.a[0].Kind == p.b[0].Kind
}

// pairs are the parts of a pattern in two trees, in the order of the pattern,
// parents first. What both read as the same text is left out, unless case matters.
func pairs(a, b *syntax.Tree) []pair {
	w := &pairing{}
	w.pair(a.Root, b.Root)
	return w.found
}

type pairing struct{ found []pair }

// pair notes two nodes with the same span and what is in them.
func (w *pairing) pair(a, b *syntax.Node) {
	if a.Kind != b.Kind || a.Kind == syntax.KindRepetition && (a.Min != b.Min || a.Max != b.Max || a.Greed != b.Greed) {
		w.other([]*syntax.Node{a}, []*syntax.Node{b})
		if a.Kind != b.Kind || a.Sub[0].Span != b.Sub[0].Span {
			return
		}
	} else {
		w.found = append(w.found, pair{a.Span, []*syntax.Node{a}, []*syntax.Node{b}})
	}
	if a.Kind != syntax.KindClass { // a class is a set, whatever is in it
		w.align(a.Sub, b.Sub)
	}
}

// other notes what two flavors read in different ways.
func (w *pairing) other(a, b []*syntax.Node) {
	a, b = meaningful(a), meaningful(b)
	if len(a)+len(b) == 0 || sameText(a, b) {
		return
	}
	span := syntax.Span{Start: -1}
	for _, n := range slices.Concat(a, b) {
		if span.Start < 0 || n.Span.Start < span.Start {
			span.Start = n.Span.Start
		}
		span.End = max(span.End, n.Span.End)
	}
	w.found = append(w.found, pair{span, a, b})
}

// align pairs the nodes of two sequences that have the same spans; what lies
// between such pairs is read in different ways.
func (w *pairing) align(a, b []*syntax.Node) {
	var restA, restB []*syntax.Node
	flush := func() {
		w.other(restA, restB)
		restA, restB = nil, nil
	}
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(a) > 0 && len(b) > 0 && a[0].Span == b[0].Span:
			flush()
			w.pair(a[0], b[0])
			a, b = a[1:], b[1:]
		case len(b) == 0 || len(a) > 0 && a[0].Span.End <= b[0].Span.End:
			restA, a = append(restA, a[0]), a[1:]
		default:
			restB, b = append(restB, b[0]), b[1:]
		}
		if len(restA)+len(restB) > 0 && endOf(restA) == endOf(restB) {
			flush()
		}
	}
	flush()
}

func endOf(nodes []*syntax.Node) int {
	if len(nodes) == 0 {
		return -1
	}
	return nodes[len(nodes)-1].Span.End
}

// meaningful leaves out what means nothing to the match.
func meaningful(nodes []*syntax.Node) []*syntax.Node {
	return slices.DeleteFunc(slices.Clone(nodes), func(n *syntax.Node) bool {
		return n.Kind.IsTrivia() || n.Kind == syntax.KindEmpty || n.Kind == syntax.KindFlags
	})
}

// sameText reports whether both are literals of the same text that heed case.
func sameText(a, b []*syntax.Node) bool {
	textA, okA := plainText(a)
	textB, okB := plainText(b)
	return okA && okB && textA == textB
}

func plainText(nodes []*syntax.Node) (text string, ok bool) {
	for _, n := range nodes {
		switch {
		case n.Kind == syntax.KindConcat:
			inner, ok := plainText(meaningful(n.Sub))
			if !ok {
				return "", false
			}
			text += inner
		case n.Kind == syntax.KindLiteral && !n.Flags.Has('i'):
			text += string(n.Runes())
		default:
			return "", false
		}
	}
	return text, true
}
