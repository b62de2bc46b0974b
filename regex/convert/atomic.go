package convert

import (
	"fmt"
	"slices"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// atomic writes what is matched in one way only.
func (w *writer) atomic(n *syntax.Node, next byte, what string, write func()) {
	switch {
	case w.to.Has(flavor.Atomic):
		if n.Kind == syntax.KindRepetition {
			w.change(n, syntax.SeverityHint, "%s is an atomic group in %s", what, w.to.Label)
		}
		w.put("(?>")
		write()
		w.put(")")
	case w.oneWayOnly(n):
		w.change(n, syntax.SeverityHint, "%s makes no difference here: giving characters back would not help what follows", what)
		start := len(w.b)
		write()
		if text := string(w.b[start:]); n.Kind == syntax.KindGroup && !w.isOneItem(text) && w.needsGroup(n) {
			w.wrap(start)
		}
	case w.mayAddGroup(n):
		w.added++
		reference := fmt.Sprintf(`\%d`, len(w.from.Groups)-1+w.added)
		if next != 0 {
			reference = "(?:" + reference + ")"
		}
		w.change(n, syntax.SeverityHint, "%s is written as a lookahead and a reference to it: the result has a group more", what)
		w.put("(?=(")
		write()
		w.put("))", reference)
	default:
		w.change(n, syntax.SeverityError, "%s has no possessive repeats and no atomic groups: without them this may match more", w.to.Label)
		w.put("(?:")
		write()
		w.put(")")
	}
}

// needsGroup reports whether what is in a group would become a part of something
// else without it.
func (w *writer) needsGroup(n *syntax.Node) bool {
	up := w.parent[n]
	return n.Body().Kind == syntax.KindAlternation || up != nil && up.Kind == syntax.KindRepetition
}

// mayAddGroup reports whether a group can be added where a node stands, so that
// the others keep their numbers.
func (w *writer) mayAddGroup(n *syntax.Node) bool {
	for up := n; up != nil; up = w.parent[up] {
		if up.IsBehind() {
			return false // which is matched backwards
		}
	}
	if len(w.calls) > 0 {
		return false // where it would be added again
	}
	for _, group := range w.from.Groups[1:] {
		if group.Node == nil || group.Node.Span.Start >= n.Span.Start {
			return false
		}
	}
	return w.to.Has(flavor.Lookahead) && w.to.Has(flavor.Backreference) && !w.is(flavor.InDotNet|flavor.InRuby)
}

// oneWayOnly reports whether a possessive repeat or an atomic group matches the
// same when it may give characters back: each repeat in it is of one character out
// of a set, and what follows the repeat cannot begin with one of them.
func (w *writer) oneWayOnly(n *syntax.Node) bool {
	switch n.Kind {
	case syntax.KindLiteral, syntax.KindDot, syntax.KindClass, syntax.KindClassEscape, syntax.KindProperty:
		least, most := w.from.Width(n)
		return least == most
	case syntax.KindAssertion, syntax.KindEmpty, syntax.KindSpace, syntax.KindComment, syntax.KindFlags, syntax.KindQuoteMark:
		return true
	case syntax.KindConcat:
		return !slices.ContainsFunc(n.Sub, func(sub *syntax.Node) bool { return !w.oneWayOnly(sub) })
	case syntax.KindGroup:
		switch n.Op {
		case syntax.OpAtomic, syntax.OpNonCapture, syntax.OpCapture, syntax.OpFlagsGroup:
			return w.oneWayOnly(n.Body())
		}
	case syntax.KindRepetition:
		if n.Min == n.Max {
			return w.oneWayOnly(n.Sub[0])
		}
		taken, ok := w.begins(n.Sub[0])
		if least, most := w.from.Width(n.Sub[0]); !ok || least != 1 || most != 1 || n.Greed == syntax.Lazy {
			return false
		}
		follows, ok := w.follows(n, taken)
		return ok && len(taken.Intersect(follows)) == 0
	}
	return false
}

// begins returns the characters that the text of a node, which is not empty, can
// begin with.
func (w *writer) begins(n *syntax.Node) (syntax.CharSet, bool) {
	switch n.Kind {
	case syntax.KindLiteral:
		r := n.Runes()[0]
		if r > limits[w.sourceUnit()] { // which is several units
			return nil, false
		}
		if !n.Flags.Has('i') {
			return syntax.CharSet{{First: r, Last: r}}, true
		}
		return foldChar(w.from.Flavor, n.Flags, r), !isFull(w.from.Flavor.Semantics.Fold.With(n.Flags))
	case syntax.KindDot, syntax.KindClass, syntax.KindClassEscape, syntax.KindProperty:
		if len(w.from.ClassStrings(n)) > 0 || n.Flags.Has('i') && isFull(w.from.Flavor.Semantics.Fold.With(n.Flags)) {
			return nil, false
		}
		return w.nodeSet(n, n.Flags)
	case syntax.KindRepetition:
		return w.begins(n.Sub[0])
	case syntax.KindGroup:
		return w.begins(n.Body())
	case syntax.KindAlternation:
		var all syntax.CharSet
		for _, sub := range n.Sub {
			set, ok := w.begins(sub)
			if !ok {
				return nil, false
			}
			all = all.Union(set)
		}
		return all, true
	case syntax.KindConcat:
		var all syntax.CharSet
		for _, sub := range n.Sub {
			set, stops, ok := w.next(sub, nil)
			if !ok {
				return nil, false
			}
			if all = all.Union(set); stops {
				return all, true
			}
		}
		return all, true
	}
	return nil, false
}

// next returns the characters that can follow where a node stands, as far as it
// decides, and whether it decides for all ways.
func (w *writer) next(n *syntax.Node, taken syntax.CharSet) (set syntax.CharSet, stops, ok bool) {
	switch n.Kind {
	case syntax.KindSpace, syntax.KindComment, syntax.KindFlags, syntax.KindQuoteMark, syntax.KindEmpty:
		return nil, false, true
	case syntax.KindAssertion:
		return w.nextOfPlace(n, taken)
	}
	least, most := w.from.Width(n)
	if n.IsLook() {
		inner, _ := w.from.Width(n.Body())
		if n.IsBehind() || n.Negated || inner == 0 {
			return nil, false, false
		}
		least = inner
	} else if most == 0 {
		return nil, false, false
	}
	set, ok = w.begins(n)
	return set, least > 0, ok
}

// nextOfPlace is next for an anchor: there has to be the end of the text, of a
// line, or of a word that what stands before is within.
func (w *writer) nextOfPlace(n *syntax.Node, taken syntax.CharSet) (set syntax.CharSet, stops, ok bool) {
	p := placeOf(w.from.Flavor, n)
	switch {
	case n.Rune == 'b' && n.Text == "" && taken != nil:
		words := syntax.WordChars(w.from.Flavor, n.Flags)
		return nil, true, len(taken.Minus(words)) == 0 && !w.from.Flavor.Semantics.BoundaryMarks.With(n.Flags)
	case p.kind != endOf && p.kind != endOrNewline:
		return nil, false, false
	case p.ends != nil:
		for _, r := range p.ends.Ranges() {
			set = set.Union(syntax.CharSet{{First: r[0], Last: r[1]}})
		}
	}
	return set, true, true
}

// maxFollowing is how many nodes behind a node are looked at: a pattern has
// seldom as many in a row that can all match nothing, and looking at all would take
// quadratic time.
const maxFollowing = 64

// follows returns the characters that what follows a node can begin with.
func (w *writer) follows(n *syntax.Node, taken syntax.CharSet) (syntax.CharSet, bool) {
	var all syntax.CharSet
	looked := 0
	for up := w.parent[n]; up != nil; n, up = up, w.parent[up] {
		switch up.Kind {
		case syntax.KindConcat:
			for _, sub := range up.Sub[slices.Index(up.Sub, n)+1:] {
				if looked++; looked > maxFollowing {
					return nil, false
				}
				set, stops, ok := w.next(sub, taken)
				if !ok {
					return nil, false
				}
				if all = all.Union(set); stops {
					return all, true
				}
			}
		case syntax.KindAlternation:
		case syntax.KindGroup:
			switch {
			case up.IsBehind() || up.Op == syntax.OpAbsent || up.Op == syntax.OpBalancing || up.Op == syntax.OpScriptRun || up.IsLook() && up.Negated:
				return nil, false
			case up.IsLook():
				return all, true // nothing behind its end is a reason to go back
			}
			if up.IsCapture() && w.isCalled(up) {
				return nil, false
			}
		case syntax.KindRepetition:
			if up.Max == 1 {
				continue
			}
			set, ok := w.begins(up.Sub[0])
			if least, _ := w.from.Width(up.Sub[0]); !ok || least == 0 {
				return nil, false
			}
			all = all.Union(set)
		default:
			return nil, false
		}
	}
	return all, !w.isCalled(nil)
}
