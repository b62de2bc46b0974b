package convert

import (
	"fmt"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// call writes a call of a group, or the group itself for a flavor that has no
// calls.
func (w *writer) call(n *syntax.Node) {
	if !w.hasCalls() {
		w.inline(n)
		return
	}
	if w.onlyOne(flavor.InRuby) && n.Number > 0 {
		w.change(n, syntax.SeverityWarning, "a call sets the group that it calls, and those in it, in Ruby only")
	}
	if w.onlyOne(flavor.InPCRE2) && w.inCalled(n) {
		w.change(n, syntax.SeverityWarning, "PCRE2 tries the ways through a recursion in another order than others do")
	}
	number, name := w.numbers[n.Number], w.names[n.Number]
	switch {
	case w.is(flavor.InRuby) && name != "":
		w.put(`\g<`, name, ">")
	case w.is(flavor.InRuby):
		w.put(fmt.Sprintf(`\g<%d>`, number))
	case name != "":
		w.put("(?&", name, ")")
	case n.Number == 0:
		w.put("(?R)")
	default:
		w.put(fmt.Sprintf("(?%d)", number))
	}
}

// hasCalls reports whether the other flavor has calls.
func (w *writer) hasCalls() bool { return w.is(flavor.InRuby) || w.to.Has(flavor.CallNumber) }

// inCalled reports whether a call is within the group that it calls.
func (w *writer) inCalled(n *syntax.Node) bool {
	if n.Number == 0 {
		return true
	}
	group := w.from.Groups[n.Number].Node
	return group == nil || w.inside(n, group)
}

// inline writes the group that is called in the place of its call: with the flags
// that are in force in the group, and without capturing, since what a call
// captures is undone behind it, but in Ruby.
func (w *writer) inline(n *syntax.Node) {
	group := w.callable(n)
	if group == nil || len(w.b) > MaxPattern {
		w.lost(n, "recursion: "+w.from.Source(n)+" is left out")
		return
	}
	if w.fromIs(flavor.InRuby) {
		w.change(n, syntax.SeverityWarning, "a call sets the group that it calls, and those in it, in Ruby only")
	}
	w.change(n, syntax.SeverityHint, "%s has no calls: the group is written out where it is called", w.to.Label)
	start := len(w.b)
	w.calls = append(w.calls, group)
	w.alternatives(group.Body())
	w.calls = w.calls[:len(w.calls)-1]
	if text := string(w.b[start:]); !w.isOneItem(text) || text[0] >= '0' && text[0] <= '9' {
		w.wrap(start)
	}
}

// callable returns the group that a call runs, if it can stand in the place of the
// call, or nil: it must not run itself, and what is in it must not depend on
// groups.
func (s *source) callable(call *syntax.Node) *syntax.Node {
	if call.Number <= 0 || call.Number >= len(s.from.Groups) {
		return nil
	}
	group := s.from.Groups[call.Number].Node
	if group == nil || s.callDepth(group) < 0 {
		return nil
	}
	return group
}

// maxCalls is how deep calls in called groups are written out: each level can
// double the size of the result.
const maxCalls = 16

// callDepth returns how many calls are within each other in a group, or -1 for a
// group that cannot be written out.
func (s *source) callDepth(group *syntax.Node) int {
	if depth, known := s.depths[group]; known {
		return depth
	}
	s.depths[group] = -1 // as long as it is not known: what calls itself stays so
	depth := 0
	if s.captures[group.Number] > 1 {
		depth = -1
	}
	group.Body().Walk(func(n *syntax.Node) bool {
		switch n.Kind {
		case syntax.KindBackreference, syntax.KindConditional, syntax.KindKeep, syntax.KindVerb, syntax.KindCode, syntax.KindCallout:
			depth = -1
		case syntax.KindCall:
			called := s.callable(n)
			if called == nil {
				depth = -1
				break
			}
			depth = max(depth, 1+s.callDepth(called))
		}
		return depth >= 0
	})
	if depth > maxCalls {
		depth = -1
	}
	s.depths[group] = depth
	return depth
}

// isCalled reports whether a group is called, or for nil the whole pattern.
func (s *source) isCalled(group *syntax.Node) bool {
	if group == nil {
		return s.called[0]
	}
	return s.called[group.Number]
}

// dropDefinitions leaves out the groups that only calls run, where the calls are
// written out, and the groups that stay keep their numbers.
func (w *writer) dropDefinitions() {
	if w.hasCalls() {
		return
	}
	defined := map[int]bool{}
	first := len(w.from.Groups)
	w.from.Root.Walk(func(n *syntax.Node) bool {
		if n.Kind != syntax.KindConditional || !isDefine(n) {
			return true
		}
		n.Walk(func(sub *syntax.Node) bool {
			if sub.IsCapture() {
				defined[sub.Number] = true
				first = min(first, sub.Number)
			}
			return true
		})
		return false
	})
	good := true
	w.from.Root.Walk(func(n *syntax.Node) bool {
		switch {
		case n.IsCapture():
			good = good && (defined[n.Number] || n.Number < first)
		case n.Kind == syntax.KindBackreference || n.Kind == syntax.KindCondition && n.Op == syntax.OpGroup:
			good = good && !defined[n.Number]
		case n.Kind == syntax.KindCall:
			good = good && w.callable(n) != nil
		}
		return good
	})
	if good {
		w.dropped = len(defined)
	}
}

// isDefine reports whether a conditional is (?(DEFINE)...).
func isDefine(n *syntax.Node) bool {
	return n.Sub[0].Kind == syntax.KindCondition && n.Sub[0].Op == syntax.OpDefine
}
