package trace

import (
	"github.com/regexdbg/regexdbg/regex/flavor"
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
		c.node(n.Body())
	case syntax.OpAtomic:
		c.emit(opEnter, token, 0, 0)
		c.atomic(token, func() { c.node(n.Body()) })
	case syntax.OpLookahead, syntax.OpLookbehind:
		c.look(n)
	case syntax.OpBalancing:
		c.unsupported(n, "a balancing group")
	case syntax.OpScriptRun, syntax.OpAtomicScriptRun:
		c.unsupported(n, "a script run")
	case syntax.OpAbsent:
		c.unsupported(n, "an absent group")
	default:
		c.unsupported(n, "a lookaround that is not atomic")
	}
}

// capture compiles a group that captures.
func (c *compiler) capture(n *syntax.Node) {
	token, i := c.token(n), int32(c.index[n.Number])
	first := c.emit(opOpen, token, c.open[i], i)
	c.node(n.Body())
	last := c.emit(c.directed(opClose, opCloseBack), token, c.open[i], i)
	if c.bodies == nil {
		c.bodies = map[*syntax.Node]body{}
	}
	if _, known := c.bodies[n]; !known {
		c.bodies[n] = body{first, last}
	}
}

// atomic compiles what is matched once.
func (c *compiler) atomic(token int32, compile func()) {
	register := c.register(1)
	c.emit(opAtomic, token, register, 0)
	compile()
	c.emit(opCut, token, register, 0)
}

// look compiles a lookaround.
func (c *compiler) look(n *syntax.Node) {
	token, register := c.token(n), c.register(1)
	negative := int32(0)
	if n.Negated {
		negative = 1
	}
	begin := c.emit(opLook, token, register, negative)
	back := c.back
	c.lookBody(n, register)
	c.back = back
	if n.Negated {
		c.emit(opNotEnd, token, register, 0)
	} else {
		c.emit(opLookEnd, token, register, 0)
	}
	c.insts[begin].b = negative * c.here()
}

// lookBody compiles what is in a lookaround.
func (c *compiler) lookBody(n *syntax.Node, register int32) {
	f := c.tree.Flavor.Set
	switch {
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
	if f != flavor.InPython && f != flavor.InJava && n.Body().Kind == syntax.KindAlternation {
		branches = n.Body().Sub
	}
	token := c.token(n)
	c.alternatives(n.Body(), len(branches), func(i int) {
		least, most := c.tree.Width(branches[i])
		if most == syntax.Unlimited {
			most = unlimited
		}
		c.emit(opStepBack, token, int32(least), int32(most))
		c.node(branches[i])
		c.emit(opLookAt, token, register, 0)
	})
}

// conditional compiles a conditional.
func (c *compiler) conditional(n *syntax.Node) {
	condition := n.Sub[0]
	token := c.token(n)
	c.depth++
	defer func() { c.depth-- }()
	branch := func(i int) {
		if i < len(n.Sub) {
			c.node(n.Sub[i])
		}
	}
	switch {
	case condition.Kind == syntax.KindCondition && condition.Op == syntax.OpDefine:
		over := c.emit(opJump, token, 0, 0)
		branch(1)
		c.insts[over].a = c.here()
		return
	case condition.Kind == syntax.KindCondition && condition.Op == syntax.OpGroup:
		slots := c.targets(condition)
		if slots == nil {
			return
		}
		c.refs = append(c.refs, reference{slots: slots})
		test := c.emit(opCondition, c.token(condition), int32(len(c.refs)-1), 0)
		branch(1)
		end := c.emit(opJump, token, 0, 0)
		c.insts[test].b = c.here()
		branch(2)
		c.insts[end].a = c.here()
	default:
		c.unsupported(condition, "this condition")
	}
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

func (c *compiler) call(n *syntax.Node) { c.unsupported(n, "a call of a group") }

func (c *compiler) resolveCalls() {}
