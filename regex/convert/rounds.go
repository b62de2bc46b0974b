package convert

import (
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// checkRounds warns of groups in repeats that may keep in one flavor what they
// matched in an earlier round, and not in the other one.
func (w *writer) checkRounds() {
	from, to := w.from.Flavor, w.to
	perl := w.fromIs(flavor.InPerl) != w.is(flavor.InPerl)
	for number, group := range w.from.Groups {
		if group.Node == nil {
			continue
		}
		if within := w.neverMatched(group.Node); within != "" && perl {
			w.change(group.Node, syntax.SeverityWarning, "group %d is within %s: in Perl it can match all the same", number, within)
		}
		if w.fromIs(flavor.InJava) != w.is(flavor.InJava) && w.countedTwice(group.Node) {
			w.change(group.Node, syntax.SeverityWarning, "in Java, group %d can keep what it matched in an earlier round of the outer repeat", number)
		}
		if !w.missesRounds(group.Node) {
			continue
		}
		if from.Semantics.RoundsForget != to.Semantics.RoundsForget {
			forgets, keeps := from, to
			if to.Semantics.RoundsForget {
				forgets, keeps = to, from
			}
			w.change(group.Node, syntax.SeverityWarning, "each round of the repeat begins without group %d in %s; in %s the group keeps what it matched in an earlier round",
				number, forgets.Label, keeps.Label)
			return
		}
		if perl {
			w.change(group.Node, syntax.SeverityWarning, "in Perl, group %d can keep what it matched on a way through the repeat that was given up", number)
			return
		}
	}
}

// countedTwice reports whether a group is repeated with counts, and that again.
func (w *writer) countedTwice(group *syntax.Node) bool {
	repeat := w.parent[group]
	if repeat == nil || repeat.Kind != syntax.KindRepetition || repeat.Rune != '{' {
		return false
	}
	for up := w.parent[repeat]; up != nil; up = w.parent[up] {
		if up.Kind == syntax.KindRepetition && up.Max != 1 {
			return true
		}
	}
	return false
}

// neverMatched says what a group is in that keeps it from taking part in a match,
// or "".
func (w *writer) neverMatched(group *syntax.Node) string {
	for up := w.parent[group]; up != nil; up = w.parent[up] {
		switch {
		case up.Kind == syntax.KindRepetition && up.Max == 0:
			return "a repeat of no times"
		case up.IsLook() && up.Negated:
			return "a negated lookaround"
		}
	}
	return ""
}

// missesRounds reports whether a group is in a repeat of which there can be a
// round without it.
func (w *writer) missesRounds(group *syntax.Node) bool {
	optional := false
	for up := w.parent[group]; up != nil; up = w.parent[up] {
		switch {
		case up.Kind == syntax.KindRepetition && up.Max != 1 && up.Max != 0 && optional:
			return true
		case up.Kind == syntax.KindRepetition && up.Min == 0, up.Kind == syntax.KindAlternation, up.Kind == syntax.KindConditional,
			up.IsLook() && up.Negated:
			optional = true
		}
	}
	return false
}

// checkEmptyRounds warns of a repeat whose rounds can match nothing: JavaScript
// gives such a round up, others end the repeat with it.
func (w *writer) checkEmptyRounds(n *syntax.Node) {
	body := n.Sub[0]
	if least, _ := w.from.Width(body); least > 0 || w.fromIs(flavor.InJS) == w.is(flavor.InJS) || n.Min == n.Max || !choosesEmpty(body) {
		return
	}
	w.change(n, syntax.SeverityWarning, "a round of this repeat can match nothing: in JavaScript it is given up, and groups in it are not set")
}

// choosesEmpty reports whether it shows that a repeat gives up an empty round of a
// body: it has groups, or prefers nothing to something.
func choosesEmpty(body *syntax.Node) bool {
	shows := false
	body.Walk(func(n *syntax.Node) bool {
		shows = shows || n.IsCapture() || n.Kind == syntax.KindAlternation || n.Kind == syntax.KindConditional || n.IsLook() ||
			n.Kind == syntax.KindRepetition && n.Greed == syntax.Lazy
		return !shows
	})
	return shows
}
