package trace

import (
	"slices"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// What CPython's re does about groups where there is backtracking, as Modules/_sre/sre_lib.h has it. Where a choice fails, it
// forgets the groups that were not set when it was made, by their numbers. What the others held it restores only within a
// repeat that is not possessive, where it has saved it. So a group of a possessive repeat can keep what it matched in a way
// that failed, and where it has only begun, its start alone. Without such a repeat no group is matched twice, or it is within
// another one, and this is what other flavors do.

// surveyMarks decides whether groups are restored as CPython does.
func (c *compiler) surveyMarks() {
	if c.tree.Flavor.Set != flavor.InPython {
		return
	}
	c.tree.Root.Walk(func(n *syntax.Node) bool {
		c.rules.marks = c.rules.marks || c.repeatsRounds(n)
		return true
	})
	if len(c.groups) > 1 {
		c.firstOpen = c.open[1]
	}
}

// repeatsRounds reports whether a node is a possessive repeat whose rounds CPython or Java matches one by one: each is then
// atomic. In Java this is Curly.match.
func (c *compiler) repeatsRounds(n *syntax.Node) bool {
	return n.Kind == syntax.KindRepetition && n.Greed == syntax.Possessive && c.tree.Flavor.Set&(flavor.InPython|flavor.InJava) != 0 && !c.isUnit(n.Sub[0])
}

// isUnit reports whether CPython repeats a node as one character, in a group that does not capture or not: _simple in
// Lib/re/_compiler.py.
func (c *compiler) isUnit(n *syntax.Node) bool {
	switch {
	case n.Kind == syntax.KindGroup && (n.Op == syntax.OpNonCapture || n.Op == syntax.OpFlagsGroup):
		return c.isUnit(n.Body())
	case n.Kind == syntax.KindConcat:
		only := slices.DeleteFunc(slices.Clone(n.Sub), func(n *syntax.Node) bool { return n.Kind.IsTrivia() })
		return len(only) == 1 && c.isUnit(only[0])
	case n.Kind == syntax.KindAlternation:
		return c.isClass(n.Sub)
	}
	return c.single(n)
}

// isClass reports whether CPython makes a class of alternatives: each is one character or a class that is not negated.
func (c *compiler) isClass(alternatives []*syntax.Node) bool {
	return !slices.ContainsFunc(alternatives, func(n *syntax.Node) bool {
		return n.Negated && n.Kind == syntax.KindClass || n.Kind == syntax.KindDot || n.Kind == syntax.KindGroup || !c.isUnit(n)
	})
}

// restoringOf is what is restored where a choice of an instruction fails that is compiled now.
func (c *compiler) restoringOf() restoring {
	if c.saving > 0 {
		return restoreAll
	}
	return restoreLater
}

// savesLoop sets what is restored where a loop stops, whose instruction is the last one.
func (c *compiler) savesLoop(n *syntax.Node) {
	if c.rules.marks && n.Greed != syntax.Lazy && !c.isUnit(n.Sub[0]) {
		c.restores[len(c.restores)-1] = restoreAll
	}
}

// saves compiles the body of a loop, within which all is restored unless it is possessive.
func (c *compiler) saves(n *syntax.Node, body func()) {
	counter := &c.saving
	if n.Greed == syntax.Possessive {
		counter = &c.possessing
	}
	if c.isUnit(n.Sub[0]) {
		counter = new(int)
	}
	*counter++
	body()
	*counter--
}

// restoresLast reports whether it matters that CPython also restores groups where the last alternative fails, or the last
// length of a repeat of one character: what then fails around it may not.
func (c *compiler) restoresLast() bool { return c.rules.marks && c.saving > 0 && c.possessing > 0 }

// unwindMarks restores what registers held when a choice was made, but for groups that CPython does not restore there.
func (m *machine) unwindMarks(c choice) {
	how := m.restores[c.owner]
	if c.kind == choiceLook {
		how = restoreNone
	}
	m.unwindTo(c.undo, how)
}

// unwindTo does so back to a length of the undo log.
func (m *machine) unwindTo(length int32, how restoring) {
	if how == restoreAll {
		m.unwind(length)
		return
	}
	for _, u := range slices.Clone(m.undo[length:]) {
		if i := u.register - m.firstOpen + 1; i > 0 && int(i) < len(m.slots) {
			m.beganAgain(i, m.registers[u.register])
		}
	}
	m.unwindKeeping(length, how, -1)
}

// beganAgain is what a group is that began again and may not have ended: its end is that of before. Nothing that asks for it
// finds it where that is before its start; a match with such a group is an error in CPython since 3.11, and has it unset here.
func (m *machine) beganAgain(i, start int32) {
	switch slot := m.slots[i]; {
	case start < 0, m.registers[slot+1] < 0:
	case start > m.registers[slot+1]:
		m.unset(i)
	default:
		m.set(slot, start)
	}
}
