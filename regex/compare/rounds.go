package compare

import (
	"fmt"
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// rounds looks at groups in repeats: at what they keep of an earlier round, and at rounds that match nothing.
func (d *dispute) rounds() (all []suspect) {
	var visit func(n *syntax.Node, repeated bool)
	visit = func(n *syntax.Node, repeated bool) {
		if n.Kind == syntax.KindRepetition {
			all = append(all, d.emptyRound(n, repeated)...)
			all = append(all, d.counted(n)...)
		}
		if n.IsCapture() && repeated {
			all = append(all, d.earlierRound(n)...)
		}
		for _, sub := range n.Sub {
			visit(sub, repeated || n.Kind == syntax.KindRepetition && n.Max != 1)
		}
	}
	visit(d.a.tree.Root, false)
	return all
}

// emptyRound looks at a repeat of nothing but a group. When the group took part on one side only, and is empty there, this
// side has taken a round that matches nothing, and the other none at all: that is evident, unless the repeat is in another
// one, of which an earlier round may have left the group.
func (d *dispute) emptyRound(repeat *syntax.Node, repeated bool) []suspect {
	group, ok := d.repeated(repeat)
	if !ok || repeat.Min > 0 {
		return nil
	}
	startA, endA := d.a.group(d.difference.A, group.Number)
	startB, endB := d.b.group(d.difference.B, group.Number)
	counts, undoes := d.a, d.b
	switch {
	case startA < 0 && startB >= 0 && startB == endB:
		counts, undoes = d.b, d.a
	case startB < 0 && startA >= 0 && startA == endA:
	default:
		return nil
	}
	return []suspect{{
		span: repeat.Span, near: true, evident: d.sameSpan() && !repeated,
		reason: fmt.Sprintf("a round of %s that matches nothing counts in %s, where it sets group %d, and is undone in %s", quoted(d.pattern[repeat.Span.Start:repeat.Span.End]), counts.name, group.Number, undoes.name),
	}}
}

// repeated is the group that a repeat has, if it has nothing else, rounds of it can match nothing, and it has the same number
// on both sides.
func (d *dispute) repeated(repeat *syntax.Node) (group *syntax.Node, ok bool) {
	group = repeat.Sub[0]
	for group.Kind == syntax.KindGroup && group.Op == syntax.OpNonCapture {
		group = group.Body()
	}
	least, _ := d.a.tree.Width(group)
	return group, group.IsCapture() && least == 0 && numbersOf(d.b.tree)[group.Span] == group.Number
}

// maxCopies is how many rounds a counted repeat is written out with.
const maxCopies = 8

// counted looks at a counted repeat of a group, of which a round can match nothing: .NET then leaves it, and others that make
// copies of the group for it go on with the next one. In .NET several groups can have one number, so that this can be
// written there.
func (d *dispute) counted(repeat *syntax.Node) []suspect {
	group, ok := d.repeated(repeat)
	leaves, copies := d.a, d.b
	if d.b.Side.Flavor.Set == flavor.InDotNet {
		leaves, copies = d.b, d.a
	}
	if !ok || group.Text != "" || repeat.Max < 2 || repeat.Max > maxCopies || repeat.Greed == syntax.Possessive ||
		leaves.Side.Flavor.Set != flavor.InDotNet || copies.Side.Flavor.Set == flavor.InDotNet {
		return nil
	}
	body := group.Body()
	round := fmt.Sprintf("(?<%d>%s)", group.Number, d.pattern[body.Span.Start:body.Span.End])
	optional := "?"
	if repeat.Greed == syntax.Lazy {
		optional = "??"
	}
	text := ""
	for range repeat.Max - repeat.Min {
		text = "(?:" + round + text + ")" + optional
	}
	source := quoted(d.pattern[repeat.Span.Start:repeat.Span.End])
	return []suspect{{
		span:   repeat.Span,
		reason: fmt.Sprintf("behind a round of %s that matches nothing, %s tries another one, and %s goes on behind the repeat", source, copies.name, leaves.name),
		edits:  []edit{{on: leaves, as: copies, span: repeat.Span, text: "(?:" + strings.Repeat(round, repeat.Min) + text + ")"}},
	}}
}

// earlierRound looks at a group in a repeat of several rounds: whether it keeps what it matched in an earlier one. The
// difference shows that, where it cannot come from a round that matches nothing.
func (d *dispute) earlierRound(group *syntax.Node) []suspect {
	forgets, m, keeps, k := d.a, d.difference.A, d.b, d.difference.B
	if d.b.Side.Flavor.Semantics.RoundsForget {
		forgets, m, keeps, k = d.b, d.difference.B, d.a, d.difference.A
	}
	if d.a.Side.Flavor.Semantics.RoundsForget == d.b.Side.Flavor.Semantics.RoundsForget {
		return nil
	}
	gone, _ := forgets.group(m, group.Number)
	start, end := keeps.group(k, group.Number)
	return []suspect{{
		span: group.Span, evident: d.sameSpan() && gone < 0 && start >= 0 && (start < end || !d.inEmptyRounds(group)),
		reason: fmt.Sprintf("each round of the repeat begins with group %d unset in %s; in %s the group keeps what it matched in an earlier round", group.Number, forgets.name, keeps.name),
	}}
}

// inEmptyRounds reports whether a group is in a repeat of which a round can match nothing.
func (d *dispute) inEmptyRounds(group *syntax.Node) bool {
	in := false
	d.a.tree.Root.Walk(func(n *syntax.Node) bool {
		if n.Kind == syntax.KindRepetition && n.Span.Start <= group.Span.Start && group.Span.End <= n.Span.End {
			least, _ := d.a.tree.Width(n.Sub[0])
			in = in || least == 0
		}
		return !in
	})
	return in
}
