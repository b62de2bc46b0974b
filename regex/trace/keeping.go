package trace

import (
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// What flavors do about groups when there is backtracking. Most restore what they held at the choice that is taken up.
// Java does not restore what was set in a lookaround or an atomic group that is through. Perl and CPython restore by the
// kind of the choice: [restoring].

// A restoring is what Perl restores of groups when a choice is taken up, as regexec.c has it; for CPython see marks.go.
type restoring uint8

const (
	restoreAll   restoring = iota // regcppop: a repeat of what can have different lengths stops
	restoreLater                  // UNWIND_PAREN: groups that were not set then, by their numbers, are unset
	restoreNone
)

// flavorLoop sets what flavors do about groups in a loop.
func (c *compiler) flavorLoop(n *syntax.Node, l *loop) {
	l.emptyFails = c.rules.emptyFails
	group := n.Sub[0]
	switch {
	case c.rules.keepsLooked: // Java
		l.emptyFails = isGroupCurly(n) && group.IsCapture()
		l.emptyEnds = group.Kind == syntax.KindGroup && !isDeterministic(group.Body())
	case c.tree.Flavor.Set == flavor.InPython:
		l.unchecked = l.min // it does not look at what the rounds that there have to be matched
	case !c.rules.lazyGroups: // not Perl
	case group.IsCapture() && c.isFixed(group.Body()):
		l.restores = restoreLater
		l.unset = int32(c.index[group.Number])
		l.unsets = n.Min == 0
	case c.isFixed(group):
		l.restores = restoreNone
	}
}

// isGroupCurly reports whether Java repeats a group as what matches in one way, round by round: its GroupCurly.
func isGroupCurly(n *syntax.Node) bool {
	group := n.Sub[0]
	return n.Greed != syntax.Possessive && !(n.Min == 0 && n.Max == 1) && (group.IsCapture() || group.Kind == syntax.KindGroup && group.Op == syntax.OpNonCapture) &&
		isDeterministic(group.Body())
}

// isDeterministic reports whether Java takes a group for one that matches in one way: its groups are then set without
// going through the parts of a repeat one by one.
func isDeterministic(n *syntax.Node) bool {
	deterministic := true
	n.Walk(func(n *syntax.Node) bool {
		if n.Kind == syntax.KindAlternation || n.Kind == syntax.KindRepetition && n.Min != n.Max {
			deterministic = false
		}
		return deterministic && !n.IsLook()
	})
	return deterministic
}

// isFixed reports whether Perl repeats a node as what has one length and no groups: a CURLYM, CURLYN or STAR.
func (c *compiler) isFixed(n *syntax.Node) bool {
	least, most := c.tree.Width(n)
	fixed := least == most && least > 0
	n.Walk(func(n *syntax.Node) bool {
		if n.IsCapture() || n.Kind == syntax.KindCall || n.Kind == syntax.KindBackreference {
			fixed = false
		}
		return fixed
	})
	return fixed
}

// unset unsets a group.
func (m *machine) unset(i int32) {
	if slot := m.slots[i]; m.registers[slot+1] >= 0 {
		m.set(slot+1, -1)
	}
}

// keepGroups forgets what groups held before, back to a length of the undo log.
func (m *machine) keepGroups(length int32) {
	kept := length
	for _, u := range m.undo[length:] {
		if u.register < 0 || !m.isGroup[u.register] {
			m.undo[kept] = u
			kept++
		}
	}
	m.undo = m.undo[:kept]
}

// unwindPerl restores what registers held when a choice was made, but for groups that Perl does not restore there.
func (m *machine) unwindPerl(c choice) {
	how, own := restoreAll, int32(-1)
	switch owner := &m.insts[c.owner]; {
	case c.kind == choiceLook, c.kind == choiceNot, c.kind == choiceWidth:
		how = restoreNone
	case owner.op == opAlt && m.tries[owner.tok] == trieWords:
		how = restoreNone
	case owner.op == opAlt, owner.op == opLoopInit:
		how = restoreLater
	case owner.op == opLoop && m.loops[owner.a].lazy:
		how = restoreNone
	case owner.op == opLoop, owner.op == opRun:
		l := &m.loops[owner.a]
		how = l.restores
		if l.unset >= 0 {
			own = m.slots[l.unset]
		}
	}
	if how == restoreAll {
		m.unwind(c.undo)
		return
	}
	m.unwindKeeping(c.undo, how, own)
}

// unwindKeeping restores what registers held when the undo log had this length, but for those of groups, unless they are own
// or the next one.
func (m *machine) unwindKeeping(length int32, how restoring, own int32) {
	kept := int32(len(m.undo))
	last := m.registers[regLast]
	for i := kept - 1; i >= length; i-- {
		switch u := m.undo[i]; {
		case u.register < 0:
			m.frames = m.frames[:u.old]
		case !m.isGroup[u.register], u.register == own, u.register == own+1 && own >= 0:
			m.registers[u.register] = u.old
		default:
			if u.register == regLast {
				last = u.old
			}
			kept--
			m.undo[kept] = u
		}
	}
	m.undo = append(m.undo[:length], m.undo[kept:]...)
	if how == restoreLater {
		for i := last + 1; int(i) < len(m.slots); i++ {
			m.unset(i)
		}
		m.set(regLast, last)
	}
}

// tidy drops what the undo log has more than once for a register since the latest choice: only what came first is ever
// restored. It takes a time that is constant for each entry that was added, as it waits until there are enough of them.
func (m *machine) tidy() {
	from := int32(0)
	if n := len(m.choices); n > 0 {
		from = m.choices[n-1].undo
	} else {
		m.undo = m.undo[:0]
	}
	if len(m.undo)-int(from) < 4*len(m.registers) {
		return
	}
	kept, frames := from, false
	seen := make([]bool, len(m.registers))
	for _, u := range m.undo[from:] {
		first := &frames
		if u.register >= 0 {
			first = &seen[u.register]
		}
		if !*first {
			*first = true
			m.undo[kept] = u
			kept++
		}
	}
	m.undo = m.undo[:kept]
}
