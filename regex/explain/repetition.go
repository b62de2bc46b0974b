package explain

import (
	"fmt"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// repetition explains a repeat. What it repeats is a part of its title when that
// is characters, and an item below it otherwise.
func (x *explainer) repetition(n *syntax.Node) *Item {
	child := n.Sub[0]
	item := x.item(n, "")
	switch child.Kind {
	case syntax.KindLiteral, syntax.KindDot, syntax.KindClassEscape, syntax.KindProperty, syntax.KindPosix, syntax.KindClass:
		p := x.phrase(child)
		item.Title = quantity(n, p.one, p.many)
		item.Details = append(x.greed(n), p.details...)
		item.Flags = p.flags
		if child.Kind == syntax.KindLiteral && x.universe(child).Last == 0xFFFF && child.Runes()[0] > 0xFFFF {
			unit := "the second unit of " + quoted(literalText(child))
			item.Title = quantity(n, unit, "times "+unit)
			item.Details = append(item.Details, "Its first unit comes once before that.")
		}
	default:
		below := x.explain(child)
		item.Children = []*Item{below}
		item.Title = times(n)
		item.Details = append(x.greed(n), x.rounds(n, child)...)
	}
	for _, trivia := range n.Sub[1:] {
		if trivia.Kind == syntax.KindComment {
			item.Children = append(item.Children, x.explain(trivia))
		}
	}
	return item
}

// quantity is how often, and what.
func quantity(n *syntax.Node, one, many string) string {
	switch low, high := n.Min, n.Max; {
	case low == 0 && high == 1:
		return "optionally " + one
	case low == 1 && high == 1:
		return one + ", exactly once"
	case low == high:
		return fmt.Sprintf("exactly %s %s", count(low), many)
	case low == 0 && high == syntax.Unlimited:
		return "zero or more " + many
	case low == 1 && high == syntax.Unlimited:
		return "one or more " + many
	case high == syntax.Unlimited:
		return fmt.Sprintf("%s or more %s", count(low), many)
	case low == 0:
		return fmt.Sprintf("at most %s %s", count(high), many)
	}
	return fmt.Sprintf("%s to %s %s", count(n.Min), count(n.Max), many)
}

// times is how often.
func times(n *syntax.Node) string {
	switch {
	case n.Min == 0 && n.Max == 1:
		return "optional"
	case n.Min == 1 && n.Max == 1:
		return "exactly once"
	}
	return quantity(n, "", "times")
}

// greed says which numbers are tried first.
func (x *explainer) greed(n *syntax.Node) []string {
	if n.Max == 0 {
		return []string{"So it is never matched."}
	}
	optional := n.Min == 0 && n.Max == 1
	switch {
	case n.Min == n.Max && n.Greed == syntax.Possessive:
		return []string{"Nothing of it is tried another way when what follows fails (possessive)."}
	case n.Min == n.Max:
		return nil
	case n.Greed == syntax.Lazy && optional:
		return []string{"Left out if possible, and taken when what follows fails (lazy)."}
	case n.Greed == syntax.Lazy:
		return []string{"As few as possible, more when what follows fails (lazy)."}
	case n.Greed == syntax.Possessive && optional:
		return []string{"Taken if possible, and never given back, even if what follows fails (possessive)."}
	case n.Greed == syntax.Possessive:
		return []string{"As many as possible, and none is given back, even if what follows fails (possessive)."}
	case optional:
		return []string{"Taken if possible, and left out when what follows fails (greedy)."}
	}
	return []string{"As many as possible, fewer when what follows fails (greedy)."}
}

// rounds says what becomes of a group that is repeated.
func (x *explainer) rounds(n, child *syntax.Node) []string {
	if n.Max == 0 || n.Max == 1 || child.Kind != syntax.KindGroup {
		return nil
	}
	switch {
	case !x.captures(child):
		return nil
	case x.is(flavor.InDotNet):
		return []string{"A group keeps the text of each round; its value is that of the last."}
	case x.flavor.Semantics.RoundsForget:
		return []string{"Its groups are reset at the start of each round, and keep the text of the last."}
	case child.IsCapture():
		return []string{fmt.Sprintf("Group %d keeps the text of the last round.", child.Number)}
	}
	return []string{"A group in it keeps the text of the last round in which it took part."}
}
