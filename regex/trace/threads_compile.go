package trace

import (
	"errors"

	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A threadProgram is a compiled pattern for the machine of threads. It does not change.
type threadProgram struct {
	*Program
	threads []threadInst
	start   int32 // where the pattern begins
}

// A threadOp is what an instruction does.
type threadOp uint8

const (
	threadFail  threadOp = iota // no character is one that it takes
	threadMatch                 // the end of the pattern
	threadRune                  // takes the character a
	threadSet                   // takes a character of set a
	threadPlace                 // holds at places[a]
	threadAlt                   // goes on at out, and with a thread behind that at arg
	threadEnter                 // a step and nothing else
	threadOpen                  // group a begins
	threadClose
)

// A threadInst is an instruction.
type threadInst struct {
	op       threadOp
	depth    uint16
	tok      int32
	a        int32
	out, arg int32
}

// A threadCompiler makes a threadProgram, from the pattern's end to its start: each part is told where it goes on. It
// repeats what is repeated, as Go's does (the file compile.go of regexp/syntax).
type threadCompiler struct {
	*compiler
	program *threadProgram
	leaves  map[*syntax.Node][]inst
}

// compileThreads makes a program of a pattern's tree for the machine of threads, like Compile.
func compileThreads(tree *syntax.Tree) (*threadProgram, error) {
	if len(tree.Errors) > 0 {
		return nil, tree.Errors[0]
	}
	program := &Program{tree: tree}
	c := &threadCompiler{
		compiler: &compiler{Program: program, tokens: map[*syntax.Node]int32{}, sets: map[setKey]int32{}, innermost: -1},
		program:  &threadProgram{Program: program}, leaves: map[*syntax.Node][]inst{},
	}
	c.setting()
	c.registerCount = regGroups
	c.numberGroups()
	root := c.tokenAt(tree.Root, syntax.Span{End: len(tree.Pattern)})
	c.name(tree.Root)
	c.add(threadInst{op: threadFail, tok: root})
	end := c.add(threadInst{op: threadMatch, tok: root})
	c.program.start = c.compile(tree.Root, end)
	if c.err != nil {
		return nil, c.err
	}
	return c.program, nil
}

// name gives all nodes their tokens, in the order of the pattern.
func (c *threadCompiler) name(n *syntax.Node) {
	switch n.Kind {
	case syntax.KindGroup, syntax.KindRepetition, syntax.KindAlternation:
		c.token(n)
	case syntax.KindConcat:
	default:
		c.leaf(n)
		return
	}
	for _, sub := range n.Sub {
		c.name(sub)
	}
}

// leaf returns what the other compiler makes of a node that has no parts: tests of one character or place.
func (c *threadCompiler) leaf(n *syntax.Node) []inst {
	if leaf, known := c.leaves[n]; known || c.err != nil {
		return leaf
	}
	c.node(n)
	leaf := c.insts
	c.insts = nil
	c.leaves[n] = leaf
	return leaf
}

func (c *threadCompiler) add(in threadInst) int32 {
	if len(c.program.threads) >= MaxInsts {
		if c.err == nil {
			c.err = errors.New("the pattern is too long to be shown step by step")
		}
		return 0
	}
	in.depth = c.depth
	c.program.threads = append(c.program.threads, in)
	return int32(len(c.program.threads) - 1)
}

// compile compiles a node that goes on at next, and returns where it begins.
func (c *threadCompiler) compile(n *syntax.Node, next int32) int32 {
	if c.err != nil || n.Kind.IsTrivia() {
		return next
	}
	switch n.Kind {
	case syntax.KindConcat:
		for i := len(n.Sub) - 1; i >= 0; i-- {
			next = c.compile(n.Sub[i], next)
		}
		return next
	case syntax.KindAlternation:
		first := c.compile(n.Sub[len(n.Sub)-1], next)
		for i := len(n.Sub) - 2; i >= 0; i-- {
			first = c.add(threadInst{op: threadAlt, tok: c.token(n), out: c.compile(n.Sub[i], next), arg: first})
		}
		return first
	case syntax.KindGroup:
		return c.pair(n, next)
	case syntax.KindRepetition:
		return c.rounds(n, next)
	}
	leaf := c.leaf(n)
	for i := len(leaf) - 1; i >= 0; i-- {
		next = c.test(n, &leaf[i], next)
	}
	return next
}

// test compiles one test of a leaf.
func (c *threadCompiler) test(n *syntax.Node, in *inst, next int32) int32 {
	t := threadInst{tok: in.tok, a: in.a, out: next}
	switch in.op {
	case opByte, opRune:
		t.op = threadRune
	case opSet:
		t.op = threadSet
	case opPlace:
		t.op = threadPlace
	case opFail:
		t.op = threadFail
	default:
		c.unsupported(n, "this")
		return next
	}
	return c.add(t)
}

func (c *threadCompiler) pair(n *syntax.Node, next int32) int32 {
	c.depth++
	defer func() { c.depth-- }()
	token := c.token(n)
	if n.Op != syntax.OpCapture {
		return c.add(threadInst{op: threadEnter, tok: token, out: c.compile(n.Body(), next)})
	}
	i := int32(c.index[n.Number])
	end := c.add(threadInst{op: threadClose, tok: token, a: i, out: next})
	return c.add(threadInst{op: threadOpen, tok: token, a: i, out: c.compile(n.Body(), end)})
}

// rounds compiles a repeat: x{2,4} as xx(x(x)?)?, x{2,} as xx+, and x* of an x that may be empty as (x+)?.
func (c *threadCompiler) rounds(n *syntax.Node, next int32) int32 {
	least, most := n.Min, n.Max
	token := c.token(n)
	if most == syntax.Unlimited {
		width, _ := c.tree.Width(n.Sub[0])
		switch {
		case least == 0 && width > 0:
			return c.star(n, token, next)
		case least == 0:
			return c.choice(n, token, c.plus(n, token, next), next)
		}
		next = c.plus(n, token, next)
		least--
	} else {
		after := next
		for range most - least {
			next = c.choice(n, token, c.body(n, next), after)
		}
	}
	for range least {
		next = c.body(n, next)
	}
	return next
}

// body compiles what is repeated, once.
func (c *threadCompiler) body(n *syntax.Node, next int32) int32 {
	for i := len(n.Sub) - 1; i >= 0; i-- {
		next = c.compile(n.Sub[i], next)
	}
	return next
}

// choice goes on with one more round or without, whichever the repeat prefers.
func (c *threadCompiler) choice(n *syntax.Node, token, more, without int32) int32 {
	if n.Greed == syntax.Lazy {
		more, without = without, more
	}
	return c.add(threadInst{op: threadAlt, tok: token, out: more, arg: without})
}

// star compiles x*, and returns where it decides.
func (c *threadCompiler) star(n *syntax.Node, token, next int32) int32 {
	decide := c.choice(n, token, 0, next)
	more := c.body(n, decide)
	if n.Greed == syntax.Lazy {
		c.program.threads[decide].arg = more
	} else {
		c.program.threads[decide].out = more
	}
	return decide
}

// plus compiles x+, and returns where it begins.
func (c *threadCompiler) plus(n *syntax.Node, token, next int32) int32 {
	decide := c.star(n, token, next)
	if n.Greed == syntax.Lazy {
		return c.program.threads[decide].arg
	}
	return c.program.threads[decide].out
}
