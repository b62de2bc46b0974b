package trace

import (
	"strconv"

	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A balance is a balancing group of .NET, (?<push-pop>...).
type balance struct {
	// push and pop are places in Program.groups; push is -1 for none.
	push, pop int32
	open      int32 // the register of where it began
}

// balancing compiles a balancing group.
func (c *compiler) balancing(n *syntax.Node) {
	b := balance{push: -1, open: c.register(1)}
	pop, ok := c.groupNamed(n.Other)
	if !ok {
		c.unsupported(n, "a balancing group without a group")
		return
	}
	b.pop = pop
	if n.Number > 0 {
		b.push = int32(c.index[n.Number])
	}
	c.balances = append(c.balances, b)
	token := c.token(n)
	c.emit(opOpen, token, b.open, b.pop)
	c.node(n.Body())
	c.emit(c.directed(opBalance, opBalanceBack), token, int32(len(c.balances)-1), 0)
}

// groupNamed returns the place of a group by its name or its number.
func (c *compiler) groupNamed(name string) (int32, bool) {
	if numbers := c.names[name]; len(numbers) > 0 {
		return int32(c.index[numbers[0]]), true
	}
	number, err := strconv.Atoi(name)
	if err != nil {
		return 0, false
	}
	i, ok := c.index[number]
	return int32(i), ok
}

// stackGroups gives the groups that balancing groups take captures from a stack of them.
func (c *compiler) stackGroups() {
	c.stacks = make([]int32, len(c.groups))
	for i := range c.stacks {
		c.stacks[i] = -1
	}
	c.tree.Root.Walk(func(n *syntax.Node) bool {
		if n.Kind == syntax.KindGroup && n.Op == syntax.OpBalancing {
			if i, ok := c.groupNamed(n.Other); ok && c.stacks[i] < 0 {
				c.stacks[i] = c.register(1)
			}
		}
		return true
	})
}

// setGroup sets a group, by its place.
func (m *machine) setGroup(i, start, end int32) {
	if m.rules.opens {
		m.closeOpened(i, start, end)
		return
	}
	if stack := m.stacks[i]; stack >= 0 {
		m.push(stack, start, end)
	}
	if m.hidden >= 0 && i > m.registers[regLast] {
		m.uncover(i)
	}
	slot := m.slots[i]
	m.set(slot, start)
	m.set(slot+1, end)
	if (m.rules.lazyGroups || m.rules.marks) && i > m.registers[regLast] {
		m.set(regLast, i)
	}
}

// balance is the step in which a balancing group takes the last capture from a group, and captures what is between it
// and this one.
func (m *machine) balance(in *inst, back bool) {
	b := &m.balances[in.a]
	slot := m.slots[b.pop]
	if m.registers[slot+1] < 0 {
		m.failed(m.pc)
		return
	}
	start, end := m.registers[b.open], m.pos
	if back {
		start, end = end, start
	}
	popped, poppedEnd := m.registers[slot], m.registers[slot+1]
	m.entered(KindCapture, m.pc)
	top := m.frames[m.registers[m.stacks[b.pop]]]
	m.set(m.stacks[b.pop], top)
	if top >= 0 {
		m.set(slot, m.frames[top+1])
		m.set(slot+1, m.frames[top+2])
	} else {
		m.set(slot, -1)
		m.set(slot+1, -1)
	}
	m.changed = b.pop
	m.pc++
	if b.push < 0 {
		return
	}
	switch {
	case start >= poppedEnd:
		start, end = poppedEnd, start
	case end <= popped:
		start, end = popped, popped
	default:
		start, end = max(start, popped), min(end, poppedEnd)
	}
	m.setGroup(b.push, start, end)
	m.changed = b.push
}
