package coverage

import (
	"context"
	"fmt"
	"math/rand/v2"

	"github.com/regexdbg/regexdbg/regex/sample"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A Kind is what of a part of a pattern can be exercised.
type Kind string

// The kinds.
const (
	Alternative Kind = "alternative" // of an alternation or a conditional
	Set         Kind = "set"         // of characters
	None        Kind = "none"        // no round of a repetition
	One         Kind = "one"         // one round
	Many        Kind = "many"        // two rounds or more
)

// A Gap is something that no text has exercised.
type Gap struct {
	Kind Kind
	Span syntax.Span // of the alternative, the set, or the repetition, in bytes of the pattern
	node *syntax.Node
	// alternative is the index of it among the node's children.
	alternative int
}

// maxSource is how much of a part is quoted, in bytes.
const maxSource = 40

// Say says in a clause what is missing, of a pattern.
func (g Gap) Say(pattern string) string {
	source := pattern[g.Span.Start:g.Span.End]
	if len(source) > maxSource {
		source = source[:maxSource] + "..."
	}
	switch g.Kind {
	case Alternative:
		if source == "" {
			return "the empty alternative was never taken"
		}
		return fmt.Sprintf("the alternative %s was never taken", source)
	case Set:
		return fmt.Sprintf("%s never matched", source)
	case None:
		return fmt.Sprintf("%s was never left out", source)
	case One:
		return fmt.Sprintf("%s never took one round", source)
	}
	return fmt.Sprintf("%s never took two rounds or more", source)
}

// Gaps returns what no text has exercised, in the order of the pattern, how many parts there are in all, and how many
// were exercised. What is in an alternative that was never taken, or in a repetition without a round, is no gap of its
// own.
func (c *Coverage) Gaps() (gaps []Gap, parts, exercised int) {
	hidden := 0 // how many nodes the walk is in that are gaps themselves
	var walk func(n *syntax.Node)
	add := func(ok bool, g Gap) {
		parts++
		if ok {
			exercised++
		}
		if !ok && hidden == 0 {
			gaps = append(gaps, g)
		}
	}
	below := func(n *syntax.Node, ran bool) {
		if !ran {
			hidden++
			defer func() { hidden-- }()
		}
		walk(n)
	}
	walk = func(n *syntax.Node) {
		s := c.of(n)
		switch n.Kind {
		case syntax.KindDot, syntax.KindClassEscape, syntax.KindProperty, syntax.KindClass:
			add(s.matched, Gap{Kind: Set, Span: n.Span, node: n})
		case syntax.KindGroup:
			if !negative(n) {
				walk(n.Body())
			}
		case syntax.KindAlternation, syntax.KindConditional:
			if defines(n) {
				for _, sub := range n.Sub[1:] {
					walk(sub)
				}
				return
			}
			first := 0
			if n.Kind == syntax.KindConditional {
				first = 1
			}
			for i, sub := range n.Sub[first:] {
				ran := s.alternatives[first+i]
				add(ran, Gap{Alternative, sub.Span, n, i})
				below(sub, ran)
			}
		case syntax.KindRepetition:
			if n.Min == 0 {
				add(s.none, Gap{Kind: None, Span: n.Span, node: n})
			}
			if n.Min <= 1 && n.Max != 0 && n.Min != n.Max {
				add(s.one, Gap{Kind: One, Span: n.Span, node: n})
			}
			if n.Max != n.Min && (n.Max > 1 || n.Max == syntax.Unlimited) {
				add(s.many, Gap{Kind: Many, Span: n.Span, node: n})
			}
			below(n.Sub[0], s.one || s.many || n.Min == n.Max) // of which there is no gap
		default:
			for _, sub := range n.Sub {
				walk(sub)
			}
		}
	}
	walk(c.tree.Root)
	return gaps, parts, exercised
}

// tries is how many texts are made for a gap: what is around it may ask for more than is known of it.
const tries = 60

// Example returns a text that exercises a gap, which running it has shown; false when none was found. The error is that
// of ctx. The same pattern has the same examples.
func (c *Coverage) Example(ctx context.Context, g Gap) (string, bool, error) {
	s := sample.New(c.tree)
	random := rand.New(rand.NewPCG(uint64(g.Span.Start), uint64(g.Span.End)))
	wish := &sample.Wish{Node: g.node, Alternative: g.alternative}
	switch g.Kind {
	case One:
		wish.Rounds = 1
	case Many:
		wish.Rounds = max(2, g.node.Min)
	}
	best, found := "", false
	for i := range tries {
		text := s.Text(random, wish)
		if found && len(text) >= len(best) || len(text) == 0 && g.Kind != None && g.Kind != Alternative {
			continue
		}
		tried := &Coverage{tree: c.tree, program: c.program, seen: map[*syntax.Node]*seen{}}
		if err := tried.Add(ctx, []byte(text)); err != nil {
			if ctx.Err() != nil {
				return "", false, context.Cause(ctx)
			}
			continue // it takes too long
		}
		if tried.has(g) {
			best, found = text, true
		}
		if found && i >= tries/4 {
			break
		}
	}
	return best, found, nil
}

// has reports whether something was exercised.
func (c *Coverage) has(g Gap) bool {
	s := c.of(g.node)
	switch g.Kind {
	case Alternative:
		first := 0
		if g.node.Kind == syntax.KindConditional {
			first = 1
		}
		return s.alternatives[first+g.alternative]
	case Set:
		return s.matched
	case None:
		return s.none
	case One:
		return s.one
	}
	return s.many
}
