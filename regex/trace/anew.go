package trace

import "github.com/regexdbg/regexdbg/regex/syntax"

// Java sets the group of a repeat once more when all behind it has matched: GroupCurly.match0 in java.util.regex.Pattern, of a
// greedy repeat of a group that captures and matches in one way, which did more rounds than it has to. All behind it is the
// rest of the pattern, or of the lookaround, the atomic group or the round of a possessive repeat that it is in. What ran last
// is through first. So where such a repeat runs again and again, its group is the last round of the first time.

// setsAnew reports whether a node is such a repeat.
func (c *compiler) setsAnew(n *syntax.Node) bool {
	return c.rules.keepsLooked && n.Greed == syntax.Greedy && isGroupCurly(n) && n.Sub[0].IsCapture()
}

// surveyAnew decides whether there is a list of what is to be set, and notes the groups that are repeated round by round.
func (c *compiler) surveyAnew() {
	c.anew, c.rounds = -1, map[*syntax.Node]bool{}
	c.tree.Root.Walk(func(n *syntax.Node) bool {
		if n.Kind != syntax.KindRepetition || !c.rules.keepsLooked || !isGroupCurly(n) {
			return true
		}
		c.rounds[n.Sub[0]] = true
		if c.setsAnew(n) && c.anew < 0 {
			c.anew = c.register(1)
		}
		return true
	})
}

// noteAnew notes, where a loop has stopped, what its group is to be set to.
func (m *machine) noteAnew(in *inst) {
	if l := &m.loops[in.a]; m.registers[l.count] > l.min {
		slot := m.slots[in.b]
		m.push(m.anew, in.b, m.registers[slot])
		m.push(m.anew, 0, m.registers[slot+1])
	}
	m.pc++
}

// setAnew sets the groups that are noted since the list was this one.
func (m *machine) setAnew(until int32) {
	if m.anew < 0 || m.registers[m.anew] == until {
		return
	}
	for i := m.registers[m.anew]; i != until; {
		end := m.frames[i+2]
		i = m.frames[i]
		slot := m.slots[m.frames[i+1]]
		m.set(slot, m.frames[i+2])
		m.set(slot+1, end)
		i = m.frames[i]
	}
	m.set(m.anew, until)
}
