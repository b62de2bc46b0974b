package trace

import (
	"slices"
	"strings"

	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A verb is a backtracking verb that machines come by.
type verb struct {
	kind verbKind
	name string // or ""
}

type verbKind uint8

const (
	verbMark verbKind = iota
	verbCommit
	verbPrune
	verbSkip
	verbThen
)

var verbKinds = map[string]verbKind{
	"": verbMark, "MARK": verbMark, "COMMIT": verbCommit, "PRUNE": verbPrune, "SKIP": verbSkip, "THEN": verbThen,
}

// An accept is an (*ACCEPT).
type accept struct {
	// look is the lookaround that it is in, or in Perl the atomic group, or nil, and end that one's last instruction.
	look *syntax.Node
	end  int32
	// groups are the numbers of those that it is in, up to the lookaround.
	groups []int32
}

// verb compiles a verb, or an option at the pattern's start.
func (c *compiler) verb(n *syntax.Node) {
	name, _, _ := strings.Cut(n.Text, "=")
	switch name {
	case "FAIL", "F":
		c.emit(opFail, c.token(n), 0, 0)
	case "ACCEPT":
		c.accept(n)
	case "UTF", "UTF8", "UCP", "CR", "LF", "CRLF", "ANYCRLF", "ANY", "NUL", "BSR_ANYCRLF", "BSR_UNICODE":
	case "NO_AUTO_POSSESS", "NO_START_OPT", "NO_JIT", "NO_DOTSTAR_ANCHOR", "LIMIT_HEAP", "LIMIT_MATCH", "LIMIT_DEPTH", "LIMIT_RECURSION":
		// There are no optimisations here, and limits of our own.
	case "NOTEMPTY":
		c.rules.notEmpty = true
	case "NOTEMPTY_ATSTART":
		c.rules.notEmptyAtStart = true
	default:
		kind, ok := verbKinds[name]
		if !ok {
			c.unsupported(n, "the verb "+n.Text)
			return
		}
		c.verbs = append(c.verbs, verb{kind, n.Other})
		c.emit(opVerb, c.token(n), int32(len(c.verbs)-1), 0)
	}
}

// accept compiles (*ACCEPT): the groups that it is in are set, up to a lookaround, which holds.
func (c *compiler) accept(n *syntax.Node) {
	c.emit(opPass, c.token(n), 0, 0)
	var a accept
	for _, outer := range slices.Backward(c.around) {
		if !outer.IsCapture() {
			a.look = outer
			break
		}
		a.groups = append(a.groups, int32(outer.Number))
		i := int32(c.index[outer.Number])
		c.emit(opClose, c.token(outer), c.open[i], i)
	}
	c.accepts = append(c.accepts, a)
	c.emit(opAccept, c.token(n), int32(len(c.accepts)-1), 0)
}

// patchAccepts tells those that are in a lookaround where it ends.
func (c *compiler) patchAccepts(look *syntax.Node, end int32) {
	for i := range c.accepts {
		if c.accepts[i].look == look {
			c.accepts[i].end = end
		}
	}
}

// thenAlternatives compiles some alternatives of a node. In a pattern with (*THEN), they note where that goes on.
func (c *compiler) thenAlternatives(n *syntax.Node, count int, compile func(int)) {
	if !c.hasThen || count == 1 {
		c.alternatives(n, count, compile)
		return
	}
	token, register := c.token(n), c.register(2)
	c.emit(opAlternation, token, register, 0)
	c.alternatives(n, count, func(i int) {
		more := int32(1)
		if i == count-1 {
			more = 0
		}
		c.emit(opAlternative, token, register, more)
		compile(i)
		c.emit(opAlternationEnd, token, register, 0)
	})
}

// verb runs what verbs are made of.
func (m *machine) verb(in *inst) {
	switch in.op {
	case opVerb:
		m.pass(in)
		return
	case opAccept:
		m.accept(&m.accepts[in.a])
		return
	case opAlternation:
		m.set(in.a, m.registers[regThen])
		m.set(in.a+1, int32(len(m.choices)))
	case opAlternative:
		m.set(regThen, m.registers[in.a+1]+in.b)
	case opAlternationEnd:
		m.set(regThen, m.registers[in.a])
	}
	m.pc++
}

// pass is the step in which a verb is come by.
func (m *machine) pass(in *inst) {
	v, pc := m.verbs[in.a], m.pc
	m.matched(pc, m.pos)
	if v.name != "" && v.kind != verbSkip {
		m.push(regMark, in.a, m.pos)
	}
	if v.kind == verbCommit && m.rules.lazyGroups {
		m.skip = int32(len(m.text)) + 1 // Perl tries no other place, whatever drops the choice
	}
	kind := choiceVerb
	switch {
	case v.kind == verbMark && m.namesSkips:
		kind = choiceMark
	case v.kind == verbMark:
		return
	case v.kind == verbSkip && v.name != "" && m.namesSkips:
		if m.passed++; m.passed <= m.ignored {
			return
		}
	}
	m.choices = append(m.choices, choice{pcBacktrack, m.pos, m.registers[regThen], int32(len(m.undo)), pc, kind})
}

// push adds two numbers to the list that begins with a register: each is the next one, and the two.
func (m *machine) push(register, a, b int32) {
	if len(m.choices) > 0 {
		m.undo = append(m.undo, undo{undoFrames, int32(len(m.frames))})
	}
	m.frames = append(m.frames, m.registers[register], a, b)
	m.set(register, int32(len(m.frames))-3)
}

// accept goes on behind the innermost call, lookaround or pattern that an (*ACCEPT) ends.
func (m *machine) accept(a *accept) {
	if frame := m.registers[regFrame]; frame >= 0 && (a.look == nil || slices.Contains(a.groups, m.calls[m.frames[frame+frameCall]].group)) {
		m.closeCall(frame)
		return
	}
	m.pc = pcMatch
	if a.look != nil {
		m.pc = a.end
		if m.insts[a.end].op != opCut {
			m.choices = m.choices[:m.registers[m.insts[a.end].a]+1] // one that is not atomic is so here, too
		}
	}
}

// confine keeps what (*THEN) does from here on to the choices above a height, that of a lookaround.
func (m *machine) confine(register, height int32) {
	if m.hasVerbs && !m.rules.lazyGroups {
		m.set(register, m.registers[regThen])
		m.set(regThen, height+1)
	}
}

// release ends that.
func (m *machine) release(register int32) {
	if m.hasVerbs && !m.rules.lazyGroups {
		m.set(regThen, m.registers[register])
	}
}

// trigger does what a verb is for: the choices below its own are dropped, up to one that ends its effect.
func (m *machine) trigger(c choice) {
	if m.rules.lazyGroups {
		m.triggerPerl(c)
		return
	}
	m.pc = pcBacktrack
	skip := int32(-1)
	v := m.verbs[m.insts[c.owner].a]
	searching := v.kind == verbSkip && v.name != "" && m.namesSkips // for the choice of its mark
	switch {
	case v.kind == verbThen && c.low >= 0:
		m.choices = m.choices[:c.low]
		return
	case v.kind == verbCommit:
		skip = int32(len(m.text)) + 1
	case v.kind == verbSkip && v.name == "":
		skip = c.pos
	case v.kind == verbSkip && !searching:
		if skip = m.marked(v.name); skip < 0 {
			return // as if it were not there
		}
	}
	group := m.calledGroup()
	for i := len(m.choices) - 1; i >= 0; i-- {
		below := &m.choices[i]
		switch owner := &m.insts[below.owner]; {
		case below.kind == choiceMark && searching && m.verbs[owner.a].name == v.name:
			skip, searching = below.pos, false
		case below.kind == choiceCall && m.calls[owner.a].group == group, !searching && m.stops(below):
			m.choices = m.choices[:i+1]
			return
		}
	}
	m.choices = m.choices[:0]
	m.pc = pcNoMatch
	m.skip, m.again = skip, searching
}

// stops reports whether a verb has no effect beyond a choice: that of a negative lookaround, which holds then, and in PCRE2
// that of the lookaround of a conditional.
func (m *machine) stops(c *choice) bool {
	return c.kind == choiceNot || c.kind == choiceLook && c.pc != pcBacktrack
}

// calledGroup is the number of the group that is called, or -1.
func (m *machine) calledGroup() int32 {
	if frame := m.registers[regFrame]; frame >= 0 {
		return m.calls[m.frames[frame+frameCall]].group
	}
	return -1
}

// marked is where the latest (*MARK) of a name was come by, or -1.
func (m *machine) marked(name string) int32 {
	for i := m.registers[regMark]; i >= 0; i = m.frames[i] {
		if v := m.verbs[m.frames[i+1]]; v.kind == verbMark && v.name == name {
			return m.frames[i+2]
		}
	}
	return -1
}

// mark is the name that the latest verb with one set, or "".
func (m *machine) mark() string {
	if i := m.registers[regMark]; i >= 0 {
		return m.verbs[m.frames[i+1]].name
	}
	return ""
}
