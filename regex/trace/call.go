package trace

import "github.com/regexdbg/regexdbg/regex/syntax"

// A call is a call of a group.
type call struct {
	// group is the number of the group, target its first instruction, and end its last; at is the instruction that calls.
	group, target, end, at int32
	node                   *syntax.Node
}

// call compiles a call of a group.
func (c *compiler) call(n *syntax.Node) {
	group := n.Number
	c.calls = append(c.calls, call{group: int32(group), at: c.here(), node: n})
	c.emit(opCall, c.token(n), int32(len(c.calls)-1), 0)
}

// resolveCalls gives calls their targets, when all groups have their places.
func (c *compiler) resolveCalls(whole body) {
	for i := range c.calls {
		call := &c.calls[i]
		if c.uncallable[int(call.group)] {
			c.insts[call.at].op = opFail
		}
		place := whole
		if call.group > 0 {
			var ok bool
			if place, ok = c.bodies[c.tree.Groups[call.group].Node]; !ok {
				c.unsupported(call.node, "a call of this group")
				return
			}
		}
		call.target, call.end = place.first, place.last
	}
}

// A frame of a call is some numbers in machine.frames: the frame of the call around it, the call, where it began, how many
// choices there were, how many calls are open with it, and from frameSaved on all registers as they were before it.
const (
	frameOuter int32 = iota
	frameCall
	framePos
	frameHeight
	frameLevel
	frameSaved
)

// call is the step with which a group is called.
func (m *machine) call(in *inst) {
	call := &m.calls[in.a]
	for frame := m.registers[regFrame]; frame >= 0; frame = m.frames[frame+frameOuter] {
		if m.frames[frame+framePos] != m.pos {
			break
		}
		if m.calls[m.frames[frame+frameCall]].target == call.target {
			m.outcome = Endless
			return
		}
	}
	pc, choices := m.pc, int32(len(m.choices))
	m.entered(KindCall, pc)
	if m.hasVerbs && !m.rules.lazyGroups {
		height := int32(len(m.choices))
		m.choices = append(m.choices, choice{pcBacktrack, m.pos, 0, int32(len(m.undo)), pc, choiceCall})
		defer func() { m.set(regThen, height+1) }()
	}
	if m.rules.lazyGroups { // where a call fails, Perl restores all groups
		m.choices = append(m.choices, choice{pcBacktrack, m.pos, 0, int32(len(m.undo)), pc, choiceQuiet})
	}
	if m.onigmo.levels >= 0 {
		m.push(m.onigmo.levels, levelCall, m.pos)
	}
	if len(m.choices) > 0 {
		m.undo = append(m.undo, undo{undoFrames, int32(len(m.frames))})
	}
	frame := int32(len(m.frames))
	m.frames = append(m.frames, m.registers[regFrame], in.a, m.pos, choices, m.level()+1)
	m.frames = append(m.frames, m.registers...)
	m.set(regFrame, frame)
	m.set(regDepth, m.registers[regDepth]+int32(in.depth)+1-int32(m.insts[call.target].depth))
	m.pc = call.target
}

// level is how many calls are open.
func (m *machine) level() int32 {
	if frame := m.registers[regFrame]; frame >= 0 {
		return m.frames[frame+frameLevel]
	}
	return 0
}

// maybeReturn is at the end of a group. When that is the end of the innermost call, it is the step with which the call
// is through; otherwise it goes on at next.
func (m *machine) maybeReturn(token, next int32) {
	frame := m.registers[regFrame]
	if frame < 0 || m.calls[m.frames[frame+frameCall]].end != m.pc {
		m.pc = next
		return
	}
	if m.rules.copies && next == pcMatch {
		m.closeCall(frame)
		return
	}
	if m.hidden >= 0 {
		m.hide(m.frames[frame+frameSaved+regLast], m.calls[m.frames[frame+frameCall]].group)
	}
	m.giveBack(frame, m.hidden)
}

// closeCall ends a call and drops its choices, as PCRE2 does where a call of the whole pattern, or one with (*ACCEPT), is
// through: its pcre2_match.c goes on in the frame of the call, at OP_END.
func (m *machine) closeCall(frame int32) {
	height := m.frames[frame+frameHeight]
	m.giveBack(frame, -1)
	m.cut(height)
}

// giveBack is the step with which a call is through. The registers of what is hidden, from the one given on, stay.
func (m *machine) giveBack(frame, hidden int32) {
	saved := m.frames[frame+frameSaved : frame+frameSaved+m.registerCount]
	for r := range m.registerCount {
		if m.registers[r] == saved[r] || r == regStart || m.rules.keepsCalled && m.isGroup[r] || hidden >= 0 && r >= hidden && r < hidden+2*int32(len(m.slots)) {
			continue
		}
		m.set(r, saved[r])
	}
	pc := m.calls[m.frames[frame+frameCall]].at
	if m.onigmo.levels >= 0 {
		m.push(m.onigmo.levels, levelReturn, m.pos)
	}
	if len(m.choices) == 0 && !m.rules.keepsCalled {
		m.frames = m.frames[:frame]
	}
	m.entered(KindReturn, pc)
	m.pc = pc + 1
}
