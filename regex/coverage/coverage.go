// Package coverage finds out which parts of a pattern texts have exercised: which alternatives matched, which sets of
// characters, and how many rounds repetitions took, none, one or many. What counts is the way on which a match was
// found, and not what was tried besides.
//
// It follows the steps of [trace]: each backtrack takes back what has come since the choice. What runs in a call counts for
// the group that is called. Go's own machine runs all ways at once, so that a pattern of its flavor is run on one that
// backtracks, and counts only where both find the same: then it is the way that Go prefers.
package coverage

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
	"github.com/regexdbg/regexdbg/regex/trace"
)

// MaxSteps is where the run of one text ends: its steps are looked at one by one, a million in some 0.2 s.
const MaxSteps = 1_000_000

// maxWay is the longest way to a match that is kept, in steps: some 30 MB.
const maxWay = 1 << 20

// ErrWay is returned by [Coverage.Add] for a text on which a machine that backtracks finds something else than Go's does.
var ErrWay = errors.New("by backtracking, which coverage follows, this text has other matches than by Go's rules")

// A Coverage gathers what texts exercise of one pattern. It is for one goroutine at a time.
type Coverage struct {
	tree    *syntax.Tree
	program *trace.Program
	seen    map[*syntax.Node]*seen
	matches int
}

// seen is what was exercised of a node.
type seen struct {
	matched         bool   // a set of characters
	alternatives    []bool // of an alternation, or the branches of a conditional
	none, one, many bool   // rounds of a repetition
}

// New is for a pattern without errors.
func New(tree *syntax.Tree) (*Coverage, error) {
	program, err := trace.Compile(tree)
	if err != nil {
		return nil, err
	}
	return &Coverage{tree: tree, program: program, seen: map[*syntax.Node]*seen{}}, nil
}

// Matches is how many matches of all texts have been followed: with none, nothing is exercised.
func (c *Coverage) Matches() int { return c.matches }

// Add runs the pattern on a text. The error is that of ctx, or that the run did not get to its end.
func (c *Coverage) Add(ctx context.Context, text []byte) error {
	run, err := c.program.NewRun(text, trace.Limits{Steps: MaxSteps})
	if err != nil {
		return err
	}
	outcome, err := run.Advance(ctx, -1)
	if err != nil {
		return err
	}
	if err := c.compare(ctx, text, run, outcome); err != nil {
		return err
	}
	w := way{tokens: run.Tokens()}
	last := -1 // the end of the match before
	err = run.Window(ctx, 0, int(run.Steps()), func(e *trace.Event) bool {
		if w.step(e) {
			if c.counts(e.Groups, last) {
				c.take(c.tree.Root, nest(w.steps))
				c.matches++
			}
			w.steps, last = w.steps[:0], e.Groups[1]
		}
		return !w.long
	})
	switch {
	case err != nil:
		return err
	case w.long:
		return fmt.Errorf("a match has more than %d steps", maxWay)
	case outcome != trace.Matched && outcome != trace.NoMatch:
		return fmt.Errorf("the run ended early: %s", outcome)
	}
	return nil
}

// counts reports whether a match is one of the flavor: Go has no empty one at the end of the one before.
func (c *Coverage) counts(groups []int, last int) bool {
	return c.tree.Flavor.Set != flavor.InGo || groups[0] != groups[1] || groups[0] != last
}

// compare runs a pattern of Go's flavor on Go's machine. The error is that it does not find the same.
func (c *Coverage) compare(ctx context.Context, text []byte, run trace.Trace, outcome trace.Outcome) error {
	if c.tree.Flavor.Set != flavor.InGo || outcome == trace.OutOfSteps {
		return nil
	}
	threads, err := trace.New(c.tree, text, trace.Limits{Steps: MaxSteps})
	if err != nil {
		return err
	}
	found, err := threads.Advance(ctx, -1)
	if err != nil {
		return err
	}
	if found != outcome {
		return ErrWay
	}
	var matches [][]int
	last := -1
	for _, groups := range run.Matches() {
		if c.counts(groups, last) {
			matches = append(matches, groups)
		}
		last = groups[1]
	}
	if !slices.EqualFunc(matches, threads.Matches(), slices.Equal) {
		return ErrWay
	}
	return nil
}

// A taken is a step on the way.
type taken struct {
	node      *syntax.Node
	kind      trace.Kind
	from, pos int
	level     int     // how many calls are open behind it
	called    []taken // of a call: the steps in it
}

// nest puts the steps of calls into them.
func nest(steps []taken) []taken {
	open := [][]taken{nil}
	last := func() *[]taken { return &open[len(open)-1] }
	closeCall := func() {
		called := *last()
		open = open[:len(open)-1]
		(*last())[len(*last())-1].called = called
	}
	for _, t := range steps {
		switch {
		case t.kind == trace.KindReturn && len(open) > 1:
			closeCall()
		case t.kind == trace.KindCall:
			*last() = append(*last(), t)
			open = append(open, nil)
		default:
			*last() = append(*last(), t)
		}
	}
	for len(open) > 1 { // a verb has ended the match in them
		closeCall()
	}
	return open[0]
}

// A way is the steps of an attempt that are not taken back.
type way struct {
	tokens []trace.Token
	steps  []taken
	long   bool
}

// step follows a step of the machine, and reports whether it is a match.
func (w *way) step(e *trace.Event) bool {
	node := w.tokens[e.Token].Node
	switch e.Kind {
	case trace.KindAttempt:
		w.steps = w.steps[:0]
	case trace.KindMatched, trace.KindEnter, trace.KindRound, trace.KindCapture, trace.KindCall, trace.KindReturn:
		w.long = len(w.steps) == maxWay
		w.steps = append(w.steps, taken{node: node, kind: e.Kind, from: e.From, pos: e.Pos, level: e.Level})
	case trace.KindBacktrack:
		w.back(node, e.Pos, e.Level)
	case trace.KindMatch:
		return true
	}
	return false
}

// back takes back what has come since a choice of a node at an offset: the steps that led away from there, and those of
// the node itself that began there. level is how many calls are open at the choice.
func (w *way) back(node *syntax.Node, pos, level int) {
	n := len(w.steps)
	for n > 0 && (w.steps[n-1].pos != pos || w.steps[n-1].level != level) {
		n--
	}
	for n > 0 {
		first := n - 1
		if w.steps[first].kind == trace.KindReturn { // a call that is through goes as one
			for first--; first > 0 && (w.steps[first].kind != trace.KindCall || w.steps[first].level != level+1); first-- {
			}
		} else if w.steps[first].kind == trace.KindCall {
			break // the choice is in this call
		}
		if w.steps[first].from != pos || !inside(w.steps[first].node, node) {
			break
		}
		n = first
	}
	w.steps = w.steps[:n]
}

func inside(n, outer *syntax.Node) bool {
	return outer.Span.Start <= n.Span.Start && n.Span.End <= outer.Span.End
}

func (c *Coverage) of(n *syntax.Node) *seen {
	s := c.seen[n]
	if s == nil {
		s = &seen{alternatives: make([]bool, len(n.Sub))}
		c.seen[n] = s
	}
	return s
}

// take notes what the steps of one run of a node exercised.
func (c *Coverage) take(n *syntax.Node, steps []taken) {
	switch n.Kind {
	case syntax.KindDot, syntax.KindClassEscape, syntax.KindProperty, syntax.KindClass:
		if len(steps) > 0 {
			c.of(n).matched = true
		}
	case syntax.KindGroup:
		if !negative(n) {
			c.take(n.Body(), within(steps, n.Body()))
		}
	case syntax.KindConcat:
		for _, sub := range n.Sub {
			c.take(sub, within(steps, sub))
		}
	case syntax.KindAlternation:
		c.branch(n, 0, steps)
	case syntax.KindCall:
		for _, t := range steps {
			if t.node != n || t.kind != trace.KindCall {
				continue
			}
			target := c.tree.Root
			if n.Number > 0 {
				target = c.tree.Groups[n.Number].Node.Body()
			}
			c.take(target, within(t.called, target))
		}
	case syntax.KindConditional:
		if defines(n) {
			return // it runs where it is called
		}
		c.take(n.Sub[0], within(steps, n.Sub[0]))
		c.branch(n, 1, steps)
	case syntax.KindRepetition:
		c.rounds(n, steps)
	}
}

// branch finds out which of a node's children, from first on, ran: the one that has a step, or else the first one that
// may match nothing.
func (c *Coverage) branch(n *syntax.Node, first int, steps []taken) {
	s := c.of(n)
	for i, sub := range n.Sub[first:] {
		if own := within(steps, sub); len(own) > 0 {
			s.alternatives[first+i] = true
			c.take(sub, own)
			return
		}
	}
	for i, sub := range n.Sub[first:] {
		if least, _ := c.tree.Width(sub); least == 0 {
			s.alternatives[first+i] = true
			c.take(sub, nil)
			return
		}
	}
}

// rounds splits the steps of a repetition.
func (c *Coverage) rounds(n *syntax.Node, steps []taken) {
	body := n.Sub[0]
	begins := func(t taken) bool { return t.node == n && t.kind == trace.KindRound }
	if !slices.ContainsFunc(steps, begins) {
		begins = func(t taken) bool { return inside(t.node, body) && t.kind == trace.KindMatched }
		switch body.Kind {
		case syntax.KindCall:
			begins = func(t taken) bool { return t.node == body && t.kind == trace.KindCall }
		case syntax.KindGroup:
			begins = func(t taken) bool { return t.node == body && t.kind == trace.KindEnter }
		}
	}
	var all [][]taken
	for _, t := range steps {
		if begins(t) {
			all = append(all, nil)
		}
		if len(all) > 0 && t.node != n {
			all[len(all)-1] = append(all[len(all)-1], t)
		}
	}
	s := c.of(n)
	switch len(all) {
	case 0:
		s.none = true
	case 1:
		s.one = true
	default:
		s.many = true
	}
	for _, round := range all {
		c.take(body, within(round, body))
	}
}

// within returns the steps of a node. The order in which they ran stays, which in a lookbehind is from right to left.
func within(steps []taken, n *syntax.Node) (own []taken) {
	for _, t := range steps {
		if inside(t.node, n) {
			own = append(own, t)
		}
	}
	return own
}

// defines reports whether a conditional only defines groups.
func defines(n *syntax.Node) bool {
	return n.Kind == syntax.KindConditional && n.Sub[0].Kind == syntax.KindCondition && n.Sub[0].Op == syntax.OpDefine
}

// negative reports whether a group is a lookaround that has to fail: nothing in it is on the way to a match.
func negative(n *syntax.Node) bool { return n.IsLook() && n.Negated }
