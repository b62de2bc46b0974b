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
