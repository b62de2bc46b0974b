package compare

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/explain"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// sameSpan reports whether both sides have the match, with the same ends: then only
// groups differ.
func (d *dispute) sameSpan() bool {
	a, b := d.difference.A, d.difference.B
	return a != nil && b != nil && a[0] == b[0] && a[1] == b[1]
}

// numbering looks at groups that have other numbers on the two sides, or are none
// on one. The difference shows it, when the groups by their places are equal.
func (d *dispute) numbering() []suspect {
	numbersA, numbersB := numbersOf(d.a.tree), numbersOf(d.b.tree)
	var s suspect
	found, evident := false, d.sameSpan()
	d.a.tree.Root.Walk(func(n *syntax.Node) bool {
		a, isA := numbersA[n.Span]
		b, isB := numbersB[n.Span]
		if n.Kind != syntax.KindGroup || !isA && !isB {
			return true
		}
		if isA && isB {
			startA, endA := d.a.group(d.difference.A, a)
			startB, endB := d.b.group(d.difference.B, b)
			evident = evident && startA == startB && endA == endB
		}
		if a == b || found {
			return true
		}
		found = true
		s.span = n.Span
		source := quoted(d.pattern[n.Span.Start:n.Span.End])
		switch {
		case !isB:
			s.reason = fmt.Sprintf("%s is a group that captures in %s, not in %s%s", source, d.a.name, d.b.name, whyNone(d.b))
		case !isA:
			s.reason = fmt.Sprintf("%s is a group that captures in %s, not in %s%s", source, d.b.name, d.a.name, whyNone(d.a))
		case shared(numbersA, a) != shared(numbersB, b):
			one, number := d.a, a
			if shared(numbersB, b) {
				one, number = d.b, b
			}
			s.reason = fmt.Sprintf("groups of one name are one group in %s, not in %s: %s is group %d there too", one.name, d.other(one).name, source, number)
		default:
			s.reason = fmt.Sprintf("%s is group %d in %s, group %d in %s%s", source, a, d.a.name, b, d.b.name, whyNumbers(d.a, d.b))
		}
		return true
	})
	if !found {
		return nil
	}
	// With another number of groups, all that can be equal are the ends of the match.
	s.evident = evident || d.sameSpan() && len(d.a.Groups) != len(d.b.Groups)
	return []suspect{s}
}

// shared reports whether several places have a number.
func shared(numbers map[syntax.Span]int, number int) bool {
	places := 0
	for _, n := range numbers {
		if n == number {
			places++
		}
	}
	return places > 1
}

// whyNone says why a plain group is none.
func whyNone(p *party) string {
	if p.Side.Flavor.Semantics.Numbering == flavor.NamedOnly && !p.tree.Flags.Has('n') {
		return ", where plain groups capture only when there are no named ones"
	}
	return ""
}

func whyNumbers(a, b *party) string {
	for _, p := range []*party{a, b} {
		switch p.Side.Flavor.Semantics.Numbering {
		case flavor.NamedLast:
			return fmt.Sprintf(": %s numbers named groups behind all others", p.name)
		case flavor.NamedOnly:
			return fmt.Sprintf(": %s numbers only named groups where there are such", p.name)
		}
	}
	return ""
}

// emptyRule looks at what the search does behind a match. The difference shows it.
func (d *dispute) emptyRule() []suspect {
	before := d.before
	if before == nil {
		return nil
	}
	x, y := d.a.Side.Flavor.Semantics, d.b.Side.Flavor.Semantics
	starts := func(m Match, empty bool) bool { return m != nil && m[0] == before[1] && (m[0] == m[1]) == empty }
	s := suspect{span: d.whole()}
	for _, p := range []*party{d.a, d.b} {
		m, own, others := d.difference.A, x, y
		if p == d.b {
			m, own, others = d.difference.B, y, x
		}
		switch other := d.other(p); {
		case before[0] == before[1] && m != nil && inside(d.text.Bytes(), m[0]) && d.a.character(d.a.tree.Flags) == d.b.character(d.b.tree.Flags):
			s.reason = fmt.Sprintf("behind an empty match, %s goes on by less than a character, into the middle of one; %s does not", p.name, other.name)
		case before[0] == before[1] && starts(m, false) && own.Empty == flavor.EmptyRetries && others.Empty == flavor.EmptySteps:
			s.reason = fmt.Sprintf("behind an empty match, %s tries the same place again for one that is not empty; %s goes on one character further", p.name, other.name)
		case before[0] != before[1] && starts(m, true) && own.EmptyTouches && !others.EmptyTouches:
			s.reason = fmt.Sprintf("an empty match may begin where the match before it ended in %s, not in %s", p.name, other.name)
		default:
			continue
		}
		s.evident = true
		return []suspect{s}
	}
	return nil
}

// searchStart looks at \G behind an empty match. The difference shows it where no
// match can do without it: one side has one further on, and the other none.
func (d *dispute) searchStart(p pair) []suspect {
	moves, stays, n, m, other := d.a, d.b, p.a[0], d.difference.A, d.difference.B
	if d.b.Side.Flavor.Semantics.StartMoves {
		moves, stays, n, m, other = d.b, d.a, p.b[0], d.difference.B, d.difference.A
	}
	if d.before == nil || d.before[0] != d.before[1] || d.a.Side.Flavor.Semantics.StartMoves == d.b.Side.Flavor.Semantics.StartMoves {
		return nil
	}
	return []suspect{{
		span: p.span, near: true, evident: m != nil && m[0] > d.before[1] && other == nil && needed(moves.tree.Root, n),
		reason: fmt.Sprintf("behind an empty match, %s is where the search goes on in %s, one character further; in %s it stays where that match ended",
			quoted(d.source(p)), moves.name, stays.name),
	}}
}

// needed reports whether no match of a tree can do without an assertion.
func needed(in, assertion *syntax.Node) bool {
	switch {
	case in == assertion:
		return true
	case in.Kind == syntax.KindConcat, in.Kind == syntax.KindGroup && !in.IsLook(), in.Kind == syntax.KindRepetition && in.Min > 0:
		return slices.ContainsFunc(in.Sub, func(sub *syntax.Node) bool { return needed(sub, assertion) })
	case in.Kind == syntax.KindAlternation:
		return !slices.ContainsFunc(in.Sub, func(sub *syntax.Node) bool { return !needed(sub, assertion) })
	}
	return false
}

// keeps looks at \K before which a match ended that looks empty then: one side
// searches again from its end, and the other goes on one character further. That
// the next match began there is what a group before all of the pattern shows.
func (d *dispute) keeps(ctx context.Context) []suspect {
	if d.before == nil || d.before[0] != d.before[1] {
		return nil
	}
	for _, p := range []*party{d.a, d.b} {
		other := d.other(p)
		if p.Side.Flavor.Semantics.Empty != flavor.EmptyRetries || other.Side.Flavor.Semantics.Empty != flavor.EmptySteps {
			continue
		}
		keep := keepOf(p.tree.Root)
		if keep == nil {
			return nil
		}
		return []suspect{{
			span: keep.Span, near: true, evident: d.beganBehind(ctx, p),
			reason: fmt.Sprintf("a match that %s makes empty is followed by one from the same place in %s; %s goes on one character further",
				quoted(d.pattern[keep.Span.Start:keep.Span.End]), p.name, other.name),
		}}
	}
	return nil
}

// keepOf returns the first \K of a tree, or nil.
func keepOf(root *syntax.Node) (keep *syntax.Node) {
	root.Walk(func(n *syntax.Node) bool {
		if n.Kind == syntax.KindKeep && keep == nil {
			keep = n
		}
		return keep == nil
	})
	return keep
}

// beganBehind reports whether the search for a party's match, with all that \K has
// left out, began where the match before ended.
func (d *dispute) beganBehind(ctx context.Context, p *party) bool {
	numbered := false
	p.tree.Root.Walk(func(n *syntax.Node) bool {
		numbered = numbered || n.Kind == syntax.KindBackreference || n.Kind == syntax.KindCondition || n.Kind == syntax.KindCall
		return !numbered
	})
	if numbered {
		return false // one more group would change what they mean
	}
	const name = "regexdbgBegan"
	r, ok := d.rerun(ctx, p.Side, "(?<"+name+">)(?:"+d.pattern+")")
	if !ok {
		return false
	}
	m, err := r.match(ctx, d.difference.Index, d.text, d.limits)
	place := slices.IndexFunc(r.Groups, func(g engine.Group) bool { return g.Name == name })
	return err == nil && m != nil && place >= 0 && m[2*place] == d.before[1] && m[0] > d.before[1]
}

// inside reports whether an offset is within a character.
func inside(text []byte, at int) bool {
	return at < len(text) && !utf8.RuneStart(text[at])
}

// reading looks at a text that is another construct on the two sides.
func (d *dispute) reading(p pair) []suspect {
	if d.a.explained == nil {
		d.a.explained, d.b.explained = explain.Explain(d.a.tree).Items, explain.Explain(d.b.tree).Items
	}
	a, b := titles(d.a.explained, p.span), titles(d.b.explained, p.span)
	if a == b {
		a, b = "read in one way", "in another"
	}
	reason := fmt.Sprintf("%s is %s in %s, %s in %s", quoted(d.source(p)), a, d.a.name, b, d.b.name)
	switch {
	case d.a.readsMore():
		reason = fmt.Sprintf("%s is %s in %s, and something else in %s", quoted(d.source(p)), b, d.b.name, d.a.name)
	case d.b.readsMore():
		reason = fmt.Sprintf("%s is %s in %s, and something else in %s", quoted(d.source(p)), a, d.a.name, d.b.name)
	}
	return []suspect{{span: p.span, near: true, edits: d.edits(p), reason: reason}}
}

// titles are the words for what a part of a pattern is.
func titles(items []*explain.Item, span syntax.Span) string {
	var words []string
	var visit func(items []*explain.Item)
	visit = func(items []*explain.Item) {
		for _, item := range items {
			within := item.Span[0] >= span.Start && item.Span[1] <= span.End
			touches := item.Span[0] < span.End && item.Span[1] > span.Start
			switch {
			case within, touches && len(item.Children) == 0:
				title := item.Title
				if _, alone, ok := strings.Cut(title, ": "); ok && strings.HasPrefix(title, "alternative ") {
					title = alone // what it is, and not which one
				}
				words = append(words, title)
			case touches:
				visit(item.Children)
			}
		}
	}
	visit(items)
	if len(words) == 0 {
		return "nothing"
	}
	return strings.Join(slices.Compact(words), ", then ")
}
