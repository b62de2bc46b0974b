package trace

import (
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// group compiles a pair of parentheses.
func (c *compiler) group(n *syntax.Node) {
	c.depth++
	defer func() { c.depth-- }()
	token := c.token(n)
	switch n.Op {
	case syntax.OpCapture:
		c.capture(n)
	case syntax.OpNonCapture, syntax.OpFlagsGroup, syntax.OpBranchReset:
		c.emit(opEnter, token, 0, 0)
		c.body(n)
	case syntax.OpAtomic:
		c.emit(opEnter, token, 0, 0)
		if c.rules.lazyGroups {
			c.around = append(c.around, n)
			defer func() { c.around = c.around[:len(c.around)-1] }()
		}
		c.atomic(token, func() { c.node(n.Body()) })
		c.patchAccepts(n, c.here()-1)
	case syntax.OpBalancing:
		c.balancing(n)
	case syntax.OpScriptRun, syntax.OpAtomicScriptRun:
		c.scriptRun(n)
	case syntax.OpAbsent:
		c.absent(n)
	default:
		c.look(n)
	}
}

// capture compiles a group that captures.
func (c *compiler) capture(n *syntax.Node) {
	token, i := c.token(n), int32(c.index[n.Number])
	first := c.emit(opOpen, token, c.open[i], i)
	c.around = append(c.around, n)
	c.body(n)
	c.around = c.around[:len(c.around)-1]
	c.emit(c.directed(opClose, opCloseBack), token, c.open[i], i)
	if c.has(syntax.KindCall) {
		c.bodies[n] = body{first, c.emit(opReturn, token, 0, 0)}
	}
}

// body compiles what is in a group. Where Java repeats the group round by round, what groups in it matched in a round stays,
// whatever fails later.
func (c *compiler) body(n *syntax.Node) {
	if c.rounds[n] && capturesDirectly(n.Body()) {
		c.atomic(c.token(n), func() { c.node(n.Body()) })
		return
	}
	c.node(n.Body())
}

// atomic compiles what is matched once.
func (c *compiler) atomic(token int32, compile func()) {
	register := c.register(3)
	c.emit(opAtomic, token, register, 0)
	compile()
	c.emit(opCut, token, register, 0)
}

// targets are the places in groups of those that a reference or a condition may mean, in the order in which they are
// looked at.
func (c *compiler) targets(n *syntax.Node) []int32 {
	numbers := []int{n.Number}
	if n.Text != "" {
		if named := c.names[n.Text]; len(named) > 0 {
			numbers = named
		}
	}
	var slots []int32
	for _, number := range numbers {
		if i, ok := c.index[number]; ok {
			slots = append(slots, int32(i))
		}
	}
	return slots
}
