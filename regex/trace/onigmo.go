package trace

import (
	"slices"
	"strconv"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// onigmo is what a program of Ruby needs, as Onigmo's regcomp.c and regexec.c have it.
type onigmo struct {
	// pushed says, for each of Program.groups, that backtracking restores what it held when it began: setup_tree sets its
	// bit of bt_mem_start.
	pushed []bool
	// starts is the register of the list of what pushed groups held when they began, and levels that of the list of where
	// groups and calls began and ended; -1 for none.
	starts, levels int32
}

// What the list of levels has besides groups, which have their places times two, and one more for their ends.
const (
	levelCall   = -1
	levelReturn = -2
)

// surveyOnigmo decides which groups are pushed, and which lists are needed.
func (c *compiler) surveyOnigmo() {
	c.onigmo = onigmo{pushed: make([]bool, len(c.groups)), starts: -1, levels: -1}
	if c.tree.Flavor.Set != flavor.InRuby {
		return
	}
	push := func(n *syntax.Node) {
		for _, i := range c.targets(n) {
			c.onigmo.pushed[i] = true
		}
	}
	levels := false
	var walk func(n *syntax.Node, pushed bool)
	walk = func(n *syntax.Node, pushed bool) {
		switch {
		case n.Kind == syntax.KindAlternation, n.Kind == syntax.KindConditional, n.IsLook() && n.Negated, n.Kind == syntax.KindRepetition && n.Min != n.Max:
			pushed = true
		case n.Kind == syntax.KindBackreference, n.Kind == syntax.KindCall:
			push(n)
			levels = levels || n.Kind == syntax.KindBackreference && n.Other != ""
		case n.IsCapture():
			i := c.index[n.Number]
			c.onigmo.pushed[i] = c.onigmo.pushed[i] || pushed
			pushed = pushed || c.isCalled(n)
		}
		for _, sub := range n.Sub {
			walk(sub, pushed)
		}
	}
	walk(c.tree.Root, false)
	if slices.Contains(c.onigmo.pushed, true) {
		c.onigmo.starts = c.register(1)
	}
	if levels {
		c.onigmo.levels = c.register(1)
	}
}

// isCalled reports whether there is a call of a group.
func (c *compiler) isCalled(group *syntax.Node) bool {
	called := false
	c.tree.Root.Walk(func(n *syntax.Node) bool {
		called = called || n.Kind == syntax.KindCall && n.Number == group.Number
		return !called
	})
	return called
}

// onigmoLoop sets what Onigmo does about rounds that match nothing.
func (c *compiler) onigmoLoop(n *syntax.Node, l *loop) {
	l.mems = -1
	if c.tree.Flavor.Set != flavor.InRuby || !l.mayBeEmpty {
		return
	}
	size := c.onigmoSize(n.Sub[0])
	unlimitedLoop := n.Max == syntax.Unlimited
	switch {
	case unlimitedLoop && n.Min == 1 && size > onigmoExpands:
	case unlimitedLoop && (n.Min <= 1 || size*n.Min <= onigmoExpands):
		l.unchecked = limitOf(n.Min) // these are copies
	case !unlimitedLoop && n.Greed != syntax.Lazy && (n.Max == 1 || (size+onigmoJump)*n.Max <= onigmoExpands):
		l.mayBeEmpty = false // all of them are
	case !unlimitedLoop && n.Max == 1:
		l.mayBeEmpty = false
	default:
		l.emptyEnds = true
	}
	if l.mayBeEmpty && capturesDirectly(n.Sub[0]) && c.onigmo.starts >= 0 {
		l.mems = c.register(1)
	}
}

// capturesDirectly reports whether there is a group that captures in a node, but for those in lookarounds, as
// quantifiers_memory_node_info has it.
func capturesDirectly(n *syntax.Node) bool {
	found := false
	n.Walk(func(n *syntax.Node) bool {
		found = found || n.IsCapture() || n.Kind == syntax.KindCall
		return !found && !n.IsLook() && !(n.Kind == syntax.KindRepetition && n.Max == 0)
	})
	return found
}

// open unsets a group that begins.
func (m *machine) open(i int32) {
	slot := m.slots[i]
	if m.onigmo.levels >= 0 {
		m.push(m.onigmo.levels, 2*i, m.pos)
	}
	if !m.onigmo.pushed[i] {
		m.registers[slot], m.registers[slot+1] = m.pos, -1
		return
	}
	m.push(m.onigmo.starts, m.registers[slot], m.registers[slot+1])
	m.set(slot, m.pos)
	m.set(slot+1, -1)
}

// closeOpened sets a group that began with open: backtracking into it leaves its end.
func (m *machine) closeOpened(i, start, end int32) {
	if m.onigmo.levels >= 0 {
		m.push(m.onigmo.levels, 2*i+1, end)
	}
	slot := m.slots[i]
	if m.onigmo.pushed[i] {
		m.set(slot, start)
	}
	m.registers[slot+1] = end
}

// An emptiness is what Onigmo makes of a round that matched nothing.
type emptiness uint8

const (
	emptyRound   emptiness = iota
	changedRound           // groups have changed, so that it counts
	failedRound            // groups that were empty have moved
)

// emptyRound says it of the round that a loop is at the end of: STACK_NULL_CHECK_MEMST.
func (m *machine) emptyRound(l *loop) emptiness {
	found := emptyRound
	for i := m.registers[m.onigmo.starts]; i != m.registers[l.mems]; i = m.frames[i] {
		start, end := m.frames[i+1], m.frames[i+2]
		switch {
		case end < 0, start != end:
			return changedRound
		case end != m.pos:
			found = failedRound
		}
	}
	return found
}

// A levelReference is a backreference with a level.
type levelReference struct {
	reference
	level int32
}

// levelReference compiles one.
func (c *compiler) levelReference(n *syntax.Node, r reference) {
	level, err := strconv.Atoi(n.Other)
	if err != nil {
		c.unsupported(n, "a backreference with this level")
		return
	}
	c.levelRefs = append(c.levelRefs, levelReference{r, int32(level)})
	c.emit(opRefLevel, c.token(n), int32(len(c.levelRefs)-1), 0)
}

// referLevel matches the text that a group had at a level of calls: backref_match_at_nested_level.
func (m *machine) referLevel(in *inst) {
	r := &m.levelRefs[in.a]
	level, end := int32(0), int32(-1)
	for i := m.registers[m.onigmo.levels]; i >= 0; i = m.frames[i] {
		what, at := m.frames[i+1], m.frames[i+2]
		switch {
		case what == levelCall:
			level--
		case what == levelReturn:
			level++
		case level != r.level, !slices.Contains(r.slots, what/2):
		case what%2 == 1:
			end = at
		case end >= 0:
			if pos, ok := m.same(&r.reference, at, end, false); ok {
				m.matched(m.pc, pos)
			} else {
				m.failed(m.pc)
			}
			return
		}
	}
	m.failed(m.pc)
}
