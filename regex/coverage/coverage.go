// Package coverage finds out which parts of a pattern texts have exercised: which alternatives matched, which sets of
// characters, and how many rounds repetitions took, none, one or many. What counts is the way on which a match was
// found, and not what was tried besides.
//
// It follows the steps of [trace]: each backtrack takes back what has come since the choice. The machine of Go's flavor
// runs all ways at once, and a group that is called runs in another place than where it is written: patterns of that
// flavor, and with calls, cannot be measured.
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

// ErrFlavor is returned by [New] for patterns of a flavor whose machine has no single way.
var ErrFlavor = errors.New("coverage is measured on a machine that backtracks, which Go's does not")

// ErrCalls is returned by [New] for patterns that call their groups.
var ErrCalls = errors.New("a pattern that calls its groups cannot be measured")

// A Coverage gathers what texts exercise of one pattern. It is for one goroutine at a time.
type Coverage struct {
	tree *syntax.Tree
	seen map[*syntax.Node]*seen
}

// seen is what was exercised of a node.
type seen struct {
	matched         bool   // a set of characters
	alternatives    []bool // of an alternation, or the branches of a conditional
	none, one, many bool   // rounds of a repetition
}

// New is for a pattern without errors.
func New(tree *syntax.Tree) (*Coverage, error) {
	if tree.Flavor.Set == flavor.InGo {
		return nil, ErrFlavor
	}
	calls := false
	tree.Root.Walk(func(n *syntax.Node) bool {
		calls = calls || n.Kind == syntax.KindCall
		return true
	})
	if calls {
		return nil, ErrCalls
	}
	if _, err := trace.Compile(tree); err != nil {
		return nil, err
	}
	return &Coverage{tree: tree, seen: map[*syntax.Node]*seen{}}, nil
}

// Add runs the pattern on a text. The error is that of ctx, or that the run did not get to its end.
func (c *Coverage) Add(ctx context.Context, text []byte) error {
	run, err := trace.New(c.tree, text, trace.Limits{Steps: MaxSteps})
	if err != nil {
		return err
	}
	outcome, err := run.Advance(ctx, -1)
	if err != nil {
		return err
	}
	w := way{tokens: run.Tokens()}
	err = run.Window(ctx, 0, int(run.Steps()), func(e *trace.Event) bool {
		if w.step(e) {
			c.take(c.tree.Root, w.steps)
			w.steps = w.steps[:0]
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

// A taken is a step on the way.
type taken struct {
	node      *syntax.Node
	kind      trace.Kind
	from, pos int
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
	case trace.KindMatched, trace.KindEnter, trace.KindRound, trace.KindCapture:
		w.long = len(w.steps) == maxWay
		w.steps = append(w.steps, taken{node, e.Kind, e.From, e.Pos})
	case trace.KindBacktrack:
		w.back(node, e.Pos)
	case trace.KindMatch:
		return true
	}
	return false
}

// back takes back what has come since a choice of a node at an offset: the steps that led away from there, and those of
// the node itself that began there.
func (w *way) back(node *syntax.Node, pos int) {
	n := len(w.steps)
	for n > 0 && w.steps[n-1].pos != pos {
		n--
	}
	for n > 0 && w.steps[n-1].from == pos && inside(w.steps[n-1].node, node) {
		n--
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
	case syntax.KindConditional:
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
		if body.Kind == syntax.KindGroup {
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

// negative reports whether a group is a lookaround that has to fail: nothing in it is on the way to a match.
func negative(n *syntax.Node) bool { return n.IsLook() && n.Negated }
