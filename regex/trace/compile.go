package trace

import (
	"errors"
	"math"
	"slices"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// Compile makes a program of a pattern's tree, for the machine that backtracks. The error is the first of the tree's
// errors, when it has some, or an [*UnsupportedError]. It takes time and memory linear in the pattern, and in the
// sets of characters of its classes.
//
// Go's regexp does not backtrack. A program of its flavor finds what the machine of threads prefers, but for repeats of
// what may match nothing; who uses one compares. [New] takes the machine of threads.
func Compile(tree *syntax.Tree) (*Program, error) {
	return CompileOptimized(tree, Optimizations{})
}

// CompileOptimized makes a program that has some of an engine's optimizations.
func CompileOptimized(tree *syntax.Tree, o Optimizations) (*Program, error) {
	if len(tree.Errors) > 0 {
		return nil, tree.Errors[0]
	}
	c := &compiler{Program: &Program{tree: tree}, tokens: map[*syntax.Node]int32{}, sets: map[setKey]int32{}, bodies: map[*syntax.Node]body{}, innermost: -1}
	c.possessive, c.starts = o.Possessive, o.Starts
	c.survey()
	c.setting()
	c.registerCount = regGroups
	c.numberGroups()
	c.stackGroups()
	c.surveyOnigmo()
	c.surveyMarks()
	c.surveyAnew()
	c.surveyHidden()
	root := c.tokenAt(tree.Root, syntax.Span{End: len(tree.Pattern)})
	for _, op := range []opcode{opBacktrack, opAttempt, opNoMatch} {
		c.emit(op, root, 0, 0)
	}
	c.emit(opMatch, root, 0, 0)
	c.node(tree.Root)
	end := c.emit(opEnd, root, 0, 0)
	if c.err == nil {
		c.resolveCalls(body{pcFirst, end})
	}
	if c.err != nil {
		return nil, c.err
	}
	if c.rules.lazyGroups {
		c.findTries()
	}
	c.isGroup = make([]bool, c.registerCount)
	c.isGroup[regLast] = true
	for i, slot := range c.slots {
		c.isGroup[slot], c.isGroup[slot+1] = i > 0, i > 0
		if stack := c.stacks[i]; stack >= 0 {
			c.isGroup[stack] = true
		}
	}
	for _, list := range []int32{c.onigmo.starts, c.onigmo.levels} {
		if list >= 0 {
			c.isGroup[list] = true
		}
	}
	return c.Program, nil
}

// A compiler makes one program.
type compiler struct {
	*Program
	err error

	tokens map[*syntax.Node]int32
	sets   map[setKey]int32
	// index is the place in groups of a number, and names the numbers of a name.
	index map[int]int
	names map[string][]int
	// open are the registers in which groups remember where they began.
	open []int32
	// uncallable are the numbers of groups that no call gets to, see repeat.
	uncallable map[int]bool

	back      bool // matching goes to the left
	depth     uint16
	innermost int32 // loop, or -1
	// kinds and verbs are what the pattern has of them.
	kinds      [256]bool
	possessive []int // see Optimizations
	// rounds are the groups that Java repeats round by round.
	rounds map[*syntax.Node]bool
	// saving is how many repeats what is compiled is in that restore all groups, see marks.go.
	// possessing is how many are possessive.
	saving, possessing int
	// around are the groups that what is compiled is in, from the outermost on.
	around []*syntax.Node
	// inScriptRun says that one of them is a script run.
	inScriptRun bool
	// bodies are where groups are, by their nodes, for calls.
	bodies map[*syntax.Node]body
}

// A body is where a group is: its first instruction and its last.
type body struct{ first, last int32 }

// A setKey is what a set is made from.
type setKey struct {
	node *syntax.Node
	char rune // of a literal, or -1
}

func (c *compiler) unsupported(n *syntax.Node, what string) {
	if c.err == nil {
		c.err = &UnsupportedError{Span: n.Span, What: what}
	}
}

// survey looks for what makes a difference for all of the program.
func (c *compiler) survey() {
	c.tree.Root.Walk(func(n *syntax.Node) bool {
		c.kinds[n.Kind] = true
		if n.Kind == syntax.KindVerb {
			switch n.Text {
			case "COMMIT", "PRUNE", "SKIP":
				c.hasVerbs = true
				c.namesSkips = c.namesSkips || n.Text == "SKIP" && n.Other != "" && c.tree.Flavor.Set == flavor.InPCRE2
			case "THEN":
				c.hasVerbs, c.hasThen = true, true
			}
		}
		return true
	})
}

// has reports whether the pattern has such a node.
func (c *compiler) has(kind syntax.Kind) bool { return c.kinds[kind] }

// setting takes from the flavor what machines go by.
func (c *compiler) setting() {
	f, flags := c.tree.Flavor, c.tree.Flags
	switch syntax.Universe(f, c.tree.Root.Flags|flags).Last {
	case 0xFF:
		c.unit = flavor.Byte
	case 0xFFFF:
		c.unit = flavor.UTF16
	default:
		c.unit = flavor.CodePoint
	}
	c.rules = rules{
		anchored:    f.Set == flavor.InJS && flags.Has('y') || f.Set == flavor.InPCRE2 && flags.Has('A'),
		retries:     f.Semantics.Empty == flavor.EmptyRetries,
		touches:     f.Semantics.EmptyTouches,
		emptyFails:  f.Set == flavor.InJS,
		halves:      f.Set == flavor.InJava && !slices.ContainsFunc([]rune(c.tree.Pattern), func(r rune) bool { return r > 0xFFFF }),
		keepsLooked: f.Set == flavor.InJava,
		keepsCalled: f.Set == flavor.InRuby,
		opens:       f.Set == flavor.InRuby,
		lazyGroups:  f.Set == flavor.InPerl,
		copies:      f.Set == flavor.InPCRE2,
	}
	c.pairs()
	if c.starts != nil {
		c.rules.anchored = c.rules.anchored || c.starts.Anchored
		if newline := c.newline(); c.starts.LineStart && newline != "" && newline != "LF" {
			c.unsupported(c.tree.Root, "a search for line starts with (*"+newline+")")
		}
	}
}

// pairs sets what PCRE2 does about CR LF when an option says that it is one line end.
func (c *compiler) pairs() {
	switch c.newline() {
	case "CRLF", "ANY", "ANYCRLF":
		c.rules.skipsPairs, c.rules.skipsLF = true, true
	}
	c.tree.Root.Walk(func(n *syntax.Node) bool {
		if n.Kind == syntax.KindLiteral && slices.ContainsFunc(n.Runes(), func(r rune) bool { return r == '\r' || r == '\n' }) {
			c.rules.skipsLF = false
		}
		return true
	})
}

// numberGroups gives each group its place and its registers.
func (c *compiler) numberGroups() {
	c.index, c.names = map[int]int{}, map[string][]int{}
	for number, g := range c.tree.Groups {
		if number > 0 && g.Node == nil {
			continue // a number that .NET's patterns leave out
		}
		c.index[number] = len(c.groups)
		c.groups = append(c.groups, Group{Number: number, Name: g.Name})
		if number == 0 {
			c.slots, c.open = append(c.slots, regStart), append(c.open, -1)
			continue
		}
		c.slots = append(c.slots, c.register(2))
	}
	for range c.groups[1:] {
		c.open = append(c.open, c.register(1))
	}
	c.tree.Root.Walk(func(n *syntax.Node) bool {
		if n.IsCapture() && n.Text != "" {
			c.names[n.Text] = append(c.names[n.Text], n.Number)
		}
		return true
	})
}

// register returns the first of some new registers.
func (c *compiler) register(count int32) int32 {
	first := c.registerCount
	c.registerCount += count
	return first
}

// token returns the token of a node.
func (c *compiler) token(n *syntax.Node) int32 {
	if i, ok := c.tokens[n]; ok {
		return i
	}
	i := c.tokenAt(n, tokenSpan(n))
	c.tokens[n] = i
	return i
}

// tokenSpan is what of a node is shown when a step is of it.
func tokenSpan(n *syntax.Node) syntax.Span {
	if n.Kind == syntax.KindRepetition {
		return n.Operator()
	}
	return n.Span
}

func (c *compiler) tokenAt(n *syntax.Node, span syntax.Span) int32 {
	c.Program.tokens = append(c.Program.tokens, Token{span, n})
	return int32(len(c.Program.tokens) - 1)
}

// emit adds an instruction and returns its place.
func (c *compiler) emit(op opcode, token, a, b int32) int32 {
	if len(c.insts) >= MaxInsts {
		if c.err == nil {
			c.err = errors.New("the pattern is too long to be shown step by step")
		}
		return 0
	}
	if c.rules.marks {
		c.restores = append(c.restores, c.restoringOf())
	}
	c.insts = append(c.insts, inst{op: op, depth: c.depth, loop: c.innermost, tok: token, a: a, b: b})
	return int32(len(c.insts) - 1)
}

// here is where the next instruction will be.
func (c *compiler) here() int32 { return int32(len(c.insts)) }

// node compiles a node.
func (c *compiler) node(n *syntax.Node) {
	if c.err != nil || n.Kind.IsTrivia() {
		return
	}
	switch n.Kind {
	case syntax.KindEmpty, syntax.KindFlags:
	case syntax.KindConcat:
		c.concat(n)
	case syntax.KindAlternation:
		c.alternation(n)
	case syntax.KindLiteral:
		c.literal(n)
	case syntax.KindDot, syntax.KindPosix:
		c.set(n)
	case syntax.KindClassEscape:
		c.classEscape(n)
	case syntax.KindClass, syntax.KindProperty:
		c.class(n)
	case syntax.KindAssertion:
		c.assertion(n)
	case syntax.KindKeep:
		c.emit(opKeep, c.token(n), 0, 0)
	case syntax.KindGroup:
		c.group(n)
	case syntax.KindConditional:
		c.conditional(n)
	case syntax.KindBackreference:
		c.reference(n)
	case syntax.KindCall:
		c.call(n)
	case syntax.KindRepetition:
		c.repetition(n)
	case syntax.KindVerb:
		c.verb(n)
	case syntax.KindCallout:
		c.emit(opPass, c.token(n), 0, 0)
	default:
		c.unsupported(n, "this")
	}
}

func (c *compiler) concat(n *syntax.Node) {
	for i := range n.Sub {
		if c.back {
			i = len(n.Sub) - 1 - i
		}
		c.node(n.Sub[i])
	}
}

func (c *compiler) alternation(n *syntax.Node) {
	c.thenAlternatives(n, len(n.Sub), func(i int) { c.node(n.Sub[i]) })
}

// alternatives compiles some alternatives of a node.
func (c *compiler) alternatives(n *syntax.Node, count int, compile func(int)) {
	token := c.token(n)
	var ends []int32
	for i := range count {
		if i == count-1 {
			if (c.rules.lazyGroups || c.restoresLast()) && n.Kind == syntax.KindAlternation {
				c.emit(opAlt, token, pcBacktrack, 0)
			}
			compile(i)
			break
		}
		alt := c.emit(opAlt, token, 0, int32(count-1-i))
		compile(i)
		ends = append(ends, c.emit(opJump, token, 0, 0))
		c.insts[alt].a = c.here()
	}
	for _, end := range ends {
		c.insts[end].a = c.here()
	}
}

// directed is the one of two instructions that goes the way that matching goes.
func (c *compiler) directed(forward, back opcode) opcode {
	if c.back {
		return back
	}
	return forward
}

func (c *compiler) setOf(key setKey, set syntax.CharSet) int32 {
	if i, ok := c.sets[key]; ok {
		return i
	}
	c.Program.sets = append(c.Program.sets, newCharSet(set))
	i := int32(len(c.Program.sets) - 1)
	c.sets[key] = i
	return i
}

// set compiles a node that matches one character of a set.
func (c *compiler) set(n *syntax.Node) {
	key := setKey{n, -1}
	i, ok := c.sets[key]
	if !ok {
		set, known := c.tree.CharSet(n)
		switch {
		case known:
		case n.Kind == syntax.KindDot, n.Kind == syntax.KindClassEscape: // where PCRE2 takes CR LF for the end of a line
			c.emit(c.directed(opLine, opLineBack), c.token(n), 0, 0)
			return
		default:
			c.unsupported(n, "the set "+c.tree.Source(n)+" (its characters are not known)")
			return
		}
		i = c.setOf(key, set)
	}
	c.emit(c.directed(opSet, opSetBack), c.token(n), i, 0)
}

func (c *compiler) classEscape(n *syntax.Node) {
	switch n.Rune {
	case 'R':
		c.newlineSequence(n)
	case 'X':
		c.emit(c.directed(opCluster, opClusterBack), c.token(n), 0, 0)
	case 'C':
		c.emit(opUnit, c.token(n), 0, 0)
	default:
		c.set(n)
	}
}

// unlimited is the largest count of a loop.
const unlimited = math.MaxInt32
