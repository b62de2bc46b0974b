package trace

import (
	"fmt"
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// conditional compiles a conditional.
func (c *compiler) conditional(n *syntax.Node) {
	condition, token := n.Sub[0], c.token(n)
	c.depth++
	defer func() { c.depth-- }()
	if condition.Kind == syntax.KindGroup {
		c.lookCondition(n, condition)
		return
	}
	switch condition.Op {
	case syntax.OpDefine:
		over := c.emit(opJump, token, 0, 0)
		c.branch(n, 1)
		c.insts[over].a = c.here()
	case syntax.OpVersion:
		if versionHolds(condition.Text) {
			c.emit(opPass, c.token(condition), 0, 0)
			c.branch(n, 1)
			return
		}
		c.branch(n, 2)
	case syntax.OpRecursion:
		c.branches(n, c.emit(opInCall, c.token(condition), int32(condition.Number), 0))
	default:
		slots := c.targets(condition)
		if c.tree.Flavor.Set == flavor.InRuby && len(slots) > 1 {
			slots = slots[:1] // the parser of Onigmo asks about the first group of a name only
		}
		c.refs = append(c.refs, reference{slots: slots})
		c.branches(n, c.emit(opCondition, c.token(condition), int32(len(c.refs)-1), 0))
	}
}

// branch compiles the branch for yes, 1, or that for no, 2, if there is one.
func (c *compiler) branch(n *syntax.Node, i int) {
	if i < len(n.Sub) {
		c.node(n.Sub[i])
	}
}

// branches compiles both behind the instruction that tests, which goes on at its b for no.
func (c *compiler) branches(n *syntax.Node, test int32) {
	c.branch(n, 1)
	end := c.emit(opJump, c.token(n), 0, 0)
	c.insts[test].b = c.here()
	c.branch(n, 2)
	c.insts[end].a = c.here()
}

// lookCondition compiles a conditional whose condition is a lookaround, or any pattern in .NET, which looks ahead.
func (c *compiler) lookCondition(n, look *syntax.Node) {
	if c.rules.lazyGroups && look.Op == syntax.OpLookahead && !look.Negated && look.Body().Kind == syntax.KindEmpty {
		c.refs = append(c.refs, reference{}) // Perl leaves (?=) out, and then there is nothing that holds
		c.branches(n, c.emit(opCondition, c.token(look), int32(len(c.refs)-1), 0))
		return
	}
	c.depth++
	begin, end := c.lookParts(look, look.Negated)
	c.depth--
	if look.Negated {
		c.insts[begin].b = end + 1
		if c.rules.copies {
			c.insts[end].op = opNotKept
		}
		c.branches(n, end)
		return
	}
	c.branches(n, begin)
}

// versionHolds compares the version of the engine that the flavor's table was made with, 10.42.
func versionHolds(text string) bool {
	version, least := strings.CutPrefix(text, ">")
	version = strings.TrimPrefix(version, "=")
	var major, minor int
	if parts := strings.SplitN(version, ".", 2); len(parts) == 2 && len(parts[1]) == 1 {
		version += "0"
	}
	if _, err := fmt.Sscanf(version, "%d.%d", &major, &minor); err != nil {
		minor = 0
	}
	if least {
		return major < 10 || major == 10 && minor <= 42
	}
	return major == 10 && minor == 42
}

// condition runs the tests of conditionals.
func (m *machine) condition(in *inst) {
	holds := false
	switch in.op {
	case opInCall:
		if frame := m.registers[regFrame]; frame >= 0 {
			holds = in.a < 0 || m.calls[m.frames[frame+frameCall]].group == in.a
		}
	default:
		for _, i := range m.refs[in.a].slots {
			holds = holds || m.registers[m.slots[i]+1] >= 0
		}
	}
	if holds {
		m.matched(m.pc, m.pos)
		return
	}
	m.failed(m.pc)
	m.pc = in.b
}
