package convert

import (
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// checkRounds warns of groups that may keep in one flavor what they matched in an
// earlier round of a repeat, or on a way that was given up, and not in the other.
// It says so of the first such group.
func (w *writer) checkRounds() {
	from, to := w.from.Flavor, w.to
	for number, group := range w.from.Groups {
		if group.Node == nil {
			continue
		}
		in := w.surroundings(group.Node)
		switch {
		case in.optional && from.Semantics.RoundsForget != to.Semantics.RoundsForget:
			forgets, keeps := from, to
			if to.Semantics.RoundsForget {
				forgets, keeps = to, from
			}
			w.change(group.Node, syntax.SeverityWarning, "each round of the repeat begins without group %d in %s; in %s the group keeps what it matched in an earlier round",
				number, forgets.Label, keeps.Label)
		case in.never && w.onlyOne(flavor.InPerl):
			w.change(group.Node, syntax.SeverityWarning, "group %d is in a repeat of 0 times: in Perl it can match all the same", number)
		case (in.optional || in.negated) && w.onlyOne(flavor.InPerl):
			w.change(group.Node, syntax.SeverityWarning, "in Perl, group %d can keep what it matched on a way that was given up", number)
		case ((in.missing || in.repeated) && in.atomic || in.missing && in.looked || in.negated) && w.onlyOne(flavor.InJava):
			w.change(group.Node, syntax.SeverityWarning, "in Java, group %d can keep what it matched on a way that was given up", number)
		case in.countedTwice && w.onlyOne(flavor.InJava):
			w.change(group.Node, syntax.SeverityWarning, "in Java, group %d can keep what it matched in an earlier round of the outer repeat", number)
		default:
			continue
		}
		return
	}
}

// onlyOne reports whether one of the two flavors is in a set, and the other not.
func (w *writer) onlyOne(set flavor.Set) bool { return w.fromIs(set) != w.is(set) }

// surroundings are what a group is in.
type surroundings struct {
	missing      bool // an alternative, or so: the group need not take part
	repeated     bool // a repeat of several times
	optional     bool // a repeat of which there can be a round without the group
	countedTwice bool // a repeat with counts, in another one
	atomic       bool // an atomic group or a possessive repeat
	looked       bool // a lookaround
	negated      bool // a negated one
	never        bool // a repeat of 0 times
}

func (w *writer) surroundings(group *syntax.Node) surroundings {
	var in surroundings
	missing := false
	repeat := w.parent[group]
	counted := repeat != nil && repeat.Kind == syntax.KindRepetition && repeat.Rune == '{'
	for up := repeat; up != nil; up = w.parent[up] {
		switch up.Kind {
		case syntax.KindAlternation, syntax.KindConditional:
			missing = true
		case syntax.KindGroup:
			in.looked = in.looked || up.IsLook()
			in.negated = in.negated || up.IsLook() && up.Negated
			in.atomic = in.atomic || up.Op == syntax.OpAtomic
		case syntax.KindRepetition:
			in.repeated = in.repeated || up.Max != 1
			in.never = in.never || up.Max == 0
			in.atomic = in.atomic || up.Greed == syntax.Possessive
			in.countedTwice = in.countedTwice || counted && up != repeat && up.Max != 1
			missing = missing || up.Min == 0 && up.Max == 1
			in.optional = in.optional || missing && (up.Max != 1 || up.Greed == syntax.Possessive)
			missing = missing || up.Min == 0
		}
	}
	in.missing = missing
	return in
}

// Engines that end a repeat in the same way when a round of it matches nothing.
var sameEmptyRounds = []flavor.Set{flavor.InDotNet | flavor.InPCRE2 | flavor.InPerl | flavor.InPython, flavor.InGo, flavor.InJS, flavor.InJava, flavor.InRuby}

// Those that do with a repeat of a counted number of rounds: others make copies of it, which go on behind an empty one, and
// Python does for those that have to be. (|a){1,2}b on "ab" and (|a){0,2}b tell them apart.
var sameCountedRounds = []flavor.Set{flavor.InDotNet | flavor.InPerl, flavor.InPCRE2, flavor.InPython, flavor.InGo, flavor.InJS, flavor.InJava, flavor.InRuby}

// checkEmptyRounds warns of a repeat whose rounds can match nothing, where that
// shows: JavaScript gives such a round up, others end the repeat with it, with or
// without its groups.
func (w *writer) checkEmptyRounds(n *syntax.Node) {
	body := n.Sub[0]
	if n.Max == 0 || n.Min == n.Max && n.Max == 1 || n.Min < 2 && !choosesEmpty(body) || !w.from.CanBeEmpty(body) {
		return
	}
	if n.Min == 0 && n.Max == 1 && !w.onlyOne(flavor.InJS) && !w.onlyOne(flavor.InJava) {
		return
	}
	alike := sameEmptyRounds
	if n.Max > 1 && prefersEmpty(body) {
		alike = sameCountedRounds
	}
	for _, same := range alike {
		if w.fromIs(same) && w.is(same) {
			return
		}
	}
	w.change(n, syntax.SeverityWarning, "a round of this repeat can match nothing: %s and %s go on in different ways then", w.from.Flavor.Label, w.to.Label)
}

// choosesEmpty reports whether it shows what a repeat does about an empty round of
// its body: the body has groups, or prefers nothing to something.
func choosesEmpty(body *syntax.Node) bool {
	captures := false
	body.Walk(func(n *syntax.Node) bool {
		captures = captures || n.IsCapture()
		return !captures
	})
	return captures || prefersEmpty(body)
}

// prefersEmpty reports whether a round may match nothing where it could match something: only then another round, or
// none, makes a difference but for what groups have.
func prefersEmpty(body *syntax.Node) bool {
	shows := false
	body.Walk(func(n *syntax.Node) bool {
		shows = shows || n.Kind == syntax.KindAlternation || n.Kind == syntax.KindConditional || n.IsLook() ||
			n.Kind == syntax.KindRepetition && n.Greed == syntax.Lazy
		return !shows
	})
	return shows
}
