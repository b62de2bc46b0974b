package regextest

import (
	"context"
	"fmt"

	"github.com/regexdbg/regexdbg/regex/coverage"
)

// A Covered says what the inputs of a pattern exercise of it, by the stepping machine.
type Covered struct {
	Pattern *Pattern
	// Parts is how many alternatives, sets and numbers of rounds there are to be exercised, and Exercised how many are.
	Parts, Exercised int
	// Matches is how many matches the inputs have that could be followed. With none, no part is exercised.
	Matches int
	Gaps    []CoverageGap
	// Left names inputs that could not be followed, each with the reason.
	Left []string
	// Err says why nothing is known.
	Err error
}

// A CoverageGap is a part that no input exercises.
type CoverageGap struct {
	coverage.Gap
	// Example is a text that exercises it, which was found by running it, or nil.
	Example *string
}

// maxExamples is for how many gaps of a pattern examples are looked for: each takes some milliseconds.
const maxExamples = 50

// Cover measures what the inputs of a pattern exercise. The error is the cause of ctx when that ended it.
func Cover(ctx context.Context, p *Pattern) (*Covered, error) {
	covered := &Covered{Pattern: p}
	tree, err := p.tree()
	if err != nil {
		covered.Err = err
		return covered, nil
	}
	c, err := coverage.New(tree)
	if err != nil {
		covered.Err = err
		return covered, nil
	}
	for _, in := range p.Inputs {
		err := c.Add(ctx, in.Text)
		if err := context.Cause(ctx); err != nil {
			return nil, err
		}
		if err != nil {
			covered.Left = append(covered.Left, fmt.Sprintf("%s: %v", in.Name, err))
		}
	}
	gaps, parts, exercised := c.Gaps()
	covered.Parts, covered.Exercised, covered.Matches = parts, exercised, c.Matches()
	for i, g := range gaps {
		gap := CoverageGap{Gap: g}
		if i < maxExamples {
			text, ok, err := c.Example(ctx, g)
			if err != nil {
				return nil, err
			}
			if ok {
				gap.Example = &text
			}
		}
		covered.Gaps = append(covered.Gaps, gap)
	}
	return covered, nil
}
