package trace

import (
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A lookaround has two registers: how many choices there were when it began, which is the index of its own, and with verbs
// what regThen held, or regMark in Perl, or in Java the list of groups to set once more.
const lookRegisters = 2

// look compiles a lookaround.
func (c *compiler) look(n *syntax.Node) {
	begin, end := c.lookParts(n, n.Negated)
	if n.Negated {
		c.insts[begin].b = end + 1
	}
}

// lookParts compiles a lookaround and returns its first and its last instruction.
func (c *compiler) lookParts(n *syntax.Node, negated bool) (begin, end int32) {
	token, register := c.token(n), c.register(lookRegisters)
	op, endOp := opLook, opLookEnd
	switch {
	case negated:
		op, endOp = opNot, opNotEnd
	case n.Op == syntax.OpNonAtomicLookahead || n.Op == syntax.OpNonAtomicLookbehind:
		endOp = opLookDone
	}
	begin = c.emit(op, token, register, 0)
	back := c.back
	c.around = append(c.around, n)
	c.lookBody(n, register)
	c.around = c.around[:len(c.around)-1]
	c.back = back
	end = c.emit(endOp, token, register, 0)
	c.patchAccepts(n, end)
	return begin, end
}

// lookBody compiles what is in a lookaround.
func (c *compiler) lookBody(n *syntax.Node, register int32) {
	f := c.tree.Flavor.Set
	switch {
	case !n.IsLook(): // the condition of a conditional of .NET
		c.node(n.Body())
		return
	case !n.IsBehind():
		c.back = false
		c.node(n.Body())
		return
	case f == flavor.InDotNet || f == flavor.InJS:
		c.back = true
		c.node(n.Body())
		return
	}
	c.back = false
	branches := []*syntax.Node{n.Body()}
	if f != flavor.InPython && f != flavor.InJava && f != flavor.InPerl && n.Body().Kind == syntax.KindAlternation {
		branches = n.Body().Sub
	}
	token := c.token(n)
	c.thenAlternatives(n.Body(), len(branches), func(i int) {
		least, most := c.behind(n, branches[i])
		c.emit(opStepBack, token, int32(least), int32(most))
		c.node(branches[i])
		c.emit(opLookAt, token, register, 0)
	})
}

// behind is how many characters a branch of a lookbehind has at least and at most.
func (c *compiler) behind(look, branch *syntax.Node) (least, most int) {
	least, most = c.tree.Width(branch)
	switch {
	case c.tree.Flavor.Set == flavor.InJava:
		most = c.tree.JavaBehind(look)
	case c.tree.Flavor.Set == flavor.InPCRE2 && endsEarly(branch):
		least = c.widthToEnd(branch)
		most = least
	case most == syntax.Unlimited:
		most = unlimited
	}
	return least, most
}

// endsEarly reports whether there is an (*ACCEPT) or (*FAIL) in a node.
func endsEarly(n *syntax.Node) bool {
	found := false
	n.Walk(func(n *syntax.Node) bool {
		found = found || isEnd(n)
		return !found
	})
	return found
}

func isEnd(n *syntax.Node) bool {
	return n.Kind == syntax.KindVerb && (n.Text == "ACCEPT" || n.Text == "FAIL" || n.Text == "F")
}

// widthToEnd is the width of a part of a lookbehind as PCRE2 has it, which does not count what is behind an (*ACCEPT) or a
// (*FAIL) in the same alternative.
func (c *compiler) widthToEnd(n *syntax.Node) int {
	switch n.Kind {
	case syntax.KindConcat:
		sum := 0
		for _, sub := range n.Sub {
			if isEnd(sub) {
				break
			}
			sum += c.widthToEnd(sub)
		}
		return sum
	case syntax.KindGroup:
		if !n.IsLook() {
			return c.widthToEnd(n.Body())
		}
	case syntax.KindAlternation:
		return c.widthToEnd(n.Sub[0])
	}
	_, most := c.tree.Width(n)
	return max(most, 0)
}

// look runs what lookarounds are made of.
func (m *machine) look(in *inst) {
	switch pc := m.pc; in.op {
	case opLook, opNot:
		m.entered(KindEnter, pc)
		height := int32(len(m.choices))
		m.set(in.a, height)
		kind := choiceLook
		if in.op == opNot {
			kind = choiceNot
		}
		m.choices = append(m.choices, choice{in.b, m.pos, 0, int32(len(m.undo)), pc, kind})
		switch {
		case m.rules.lazyGroups:
			m.set(in.a+1, m.registers[regMark])
		case m.anew >= 0:
			m.set(in.a+1, m.registers[m.anew])
		}
		m.confine(in.a+1, height)
		m.pc++
	case opLookEnd:
		height := m.registers[in.a]
		if !m.succeeds(height + 1) {
			return
		}
		pos := m.choices[height].pos
		if m.rules.keepsLooked {
			m.setAnew(m.registers[in.a+1])
			m.keepGroups(m.choices[height].undo)
		}
		if m.rules.lazyGroups {
			m.through(m.choices[height].undo, m.registers[in.a+1])
		}
		m.cut(height)
		m.leave(pc, in, pos)
	case opLookDone:
		m.leave(pc, in, m.choices[m.registers[in.a]].pos)
	case opNotEnd:
		height := m.registers[in.a]
		if !m.succeeds(height + 1) {
			return
		}
		c := m.choices[height]
		if m.rules.keepsLooked {
			m.setAnew(m.registers[in.a+1])
			m.keepGroups(c.undo)
		}
		switch {
		case m.rules.lazyGroups:
			m.unwindPerl(c)
		case m.rules.marks:
			m.unwindTo(c.undo, restoreNone)
		default:
			m.unwind(c.undo)
		}
		m.choices = m.choices[:height]
		m.failed(pc)
		m.pos, m.pc = c.pos, in.b
	case opNotKept:
		height := m.registers[in.a]
		pos := m.choices[height].pos
		m.release(in.a + 1)
		m.cut(height)
		m.failed(pc)
		m.pos, m.pc = pos, in.b
	case opStepBack:
		m.stepBack(in)
	case opLookAt:
		if m.choices[m.registers[in.a]].pos != m.pos {
			m.failed(pc)
			return
		}
		m.pc++
	}
}

// openLooks are the lookarounds around the last step's token that have not ended: their own choices are there still.
func (m *machine) openLooks() []Look {
	var open []Look
	span := m.tokens[m.insts[m.last].tok].Span
	for pc := range m.insts {
		in := &m.insts[pc]
		if in.op != opLook && in.op != opNot {
			continue
		}
		node, height := m.tokens[in.tok].Node, m.registers[in.a]
		if !node.IsLook() || span.Start < node.Span.Start || span.End > node.Span.End || height < 0 || int(height) >= len(m.choices) {
			continue
		}
		if c := &m.choices[height]; int(c.owner) == pc && (c.kind == choiceLook || c.kind == choiceNot) {
			open = append(open, Look{Token: int(in.tok), Pos: int(c.pos)})
		}
	}
	return open
}

// leave is the step with which a lookaround holds.
func (m *machine) leave(pc int32, in *inst, pos int32) {
	tried := m.pos
	m.release(in.a + 1)
	m.matched(pc, pos)
	m.tried = tried
}

// stepBackPerl goes back as many characters as a lookbehind has at most, and leaves a choice for fewer.
func (m *machine) stepBackPerl(in *inst) {
	pos, count := m.pos, int32(0)
	for count < in.b {
		_, before := m.decodeLast(pos)
		if before == pos {
			break
		}
		pos = before
		count++
	}
	if count < in.a {
		m.failed(m.pc)
		return
	}
	if count > in.a {
		_, next := m.decode(pos)
		m.choices = append(m.choices, choice{m.pc + 1, next, count - in.a, int32(len(m.undo)), m.pc, choiceWidth})
	}
	m.pos = pos
	m.pc++
}

// before is where a lookbehind goes back to from an offset by one: a character, or in Java, unless the pattern has a character
// beyond U+FFFF itself, one UTF-16 unit: its Behind, and not its BehindS.
func (m *machine) before(pos int32) int32 {
	if m.rules.halves {
		return m.unitBefore(pos)
	}
	_, before := m.decodeLast(pos)
	return before
}

// stepBack goes back as many characters as a lookbehind has at least, and leaves a choice for more.
func (m *machine) stepBack(in *inst) {
	if m.rules.lazyGroups {
		m.stepBackPerl(in)
		return
	}
	pos, most := m.pos, in.b
	if most < 0 && pos-most < 0 {
		most = unlimited // Java's numbers have 32 bits
	}
	if most < in.a {
		m.failed(m.pc)
		return
	}
	for range in.a {
		before := m.before(pos)
		if before == pos {
			m.failed(m.pc)
			return
		}
		pos = before
	}
	if before := m.before(pos); most > in.a && before < pos {
		m.choices = append(m.choices, choice{m.pc + 1, before, most - in.a, int32(len(m.undo)), m.pc, choiceWidth})
	}
	m.pos = pos
	m.pc++
}
