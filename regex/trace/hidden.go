package trace

import "github.com/regexdbg/regexdbg/regex/syntax"

// What PCRE2 does about groups where a call returns, as OP_KET and OP_RECURSE in its pcre2_match.c have it: it restores those up
// to the highest that was set before the call. What the call has set beyond is hidden, until a group that is higher still is set.
// Its manual says that all are restored, and so does its JIT.

// surveyHidden gives each group registers for what is hidden, if there are calls.
func (c *compiler) surveyHidden() {
	c.hidden = -1
	if c.rules.copies && c.has(syntax.KindCall) {
		c.hidden = c.register(2 * int32(len(c.slots)))
	}
}

// hide hides the groups that a call has set, where it is through, which are beyond the highest that was set before it. The
// group that was called is not set at the end of a call: what was hidden of it still is.
func (m *machine) hide(highest, called int32) {
	for i := max(highest, 0) + 1; int(i) < len(m.slots); i++ {
		if i <= m.registers[regLast] && m.groups[i].Number != int(called) {
			m.set(m.hidden+2*i, m.registers[m.slots[i]])
			m.set(m.hidden+2*i+1, m.registers[m.slots[i]+1])
		}
	}
}

// uncover shows what is hidden of groups up to one that is set.
func (m *machine) uncover(highest int32) {
	for i := max(m.registers[regLast], 0) + 1; i < highest; i++ {
		m.set(m.slots[i], m.registers[m.hidden+2*i])
		m.set(m.slots[i]+1, m.registers[m.hidden+2*i+1])
	}
	m.set(regLast, highest)
}
