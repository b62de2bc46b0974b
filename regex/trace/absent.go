package trace

import "github.com/regexdbg/regexdbg/regex/syntax"

// An absent group of Ruby, (?~X), matches any text that has no match of X in it, as much as it can. At each place from
// its start on, X is tried; where it matches, the group can get to one character before the end of that. The two registers
// are where it began, and the index of its choice.
const absentRegisters = 2

// absent compiles one: a test of whether there is a next place, X, and what to do when X has matched.
func (c *compiler) absent(n *syntax.Node) {
	token, register := c.token(n), c.register(absentRegisters)
	begin := c.emit(opAbsent, token, register, 0)
	c.node(n.Body())
	c.emit(opAbsentEnd, token, register, 0)
	c.insts[begin].b = c.here()
}

// absent is the step with which one begins. It can end here, which is a choice, or somewhere behind, which is another one
// as long as X is tried here: taken up, it goes on at the next place, see absentNext.
func (m *machine) absent(in *inst) {
	m.entered(KindEnter, m.pc)
	m.set(in.a, m.pos)
	m.choices = append(m.choices, choice{in.b, m.pos, 0, int32(len(m.undo)), m.pc, choicePlain})
	m.set(in.a+1, int32(len(m.choices)))
	m.choices = append(m.choices, choice{m.pc, m.pos, int32(len(m.text)), int32(len(m.undo)), m.pc, choiceAbsent})
	m.pc++
}

// absentEnd is the step in which X has matched: how far the group can get is in its choice.
func (m *machine) absentEnd(in *inst) {
	c := &m.choices[m.registers[in.a+1]]
	if m.pos > c.low {
		m.failed(m.pc) // X has to match without what the group cannot get to
		return
	}
	if _, before := m.decodeLast(m.pos); before < m.pos {
		c.low = min(c.low, before)
	} else {
		c.low = -1 // before the start of the text
	}
	m.choices = m.choices[:m.registers[in.a+1]+1]
	m.failed(m.pc)
}

// absentNext takes the choice up at an index: the next place is looked at, as OP_ABSENT of Onigmo's regexec.c does. It
// returns false when there is none, which is no step.
func (m *machine) absentNext(c choice, n int) bool {
	in := &m.insts[c.owner]
	start, limit := m.registers[in.a], c.low
	_, next := m.decode(c.pos)
	if next == c.pos {
		next++ // behind the end of the text
	}
	m.choices = m.choices[:n]
	switch {
	case start > limit: // X has matched the empty text at the start: the group matches nothing at all
		m.choices = m.choices[:n-1]
		return false
	case next > limit:
		return false
	case next == limit:
		m.pos, m.pc = next, in.b
		return true
	}
	m.pos = next
	m.choices = append(m.choices, choice{in.b, next, 0, c.undo, c.owner, choicePlain})
	m.set(in.a+1, int32(len(m.choices)))
	m.choices = append(m.choices, choice{c.pc, next, limit, c.undo, c.owner, choiceAbsent})
	m.pc = c.owner + 1
	return true
}
