package wire

import (
	"encoding/base64"
	"errors"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/regextest"
)

// NewTestFile is what reading a file of tests brought.
func NewTestFile(serial int, text string, f *regextest.File, err error) TestFile {
	m := TestFile{Type: TypeTestFile, Serial: serial, Problems: []TestProblem{}, Patterns: []TestPattern{}}
	positions := NewPositions(text)
	if problems, ok := errors.AsType[regextest.Problems](err); ok {
		for _, p := range problems[:min(len(problems), MaxErrors)] {
			at := positions.Range(p.Offset, p.Offset)
			m.Problems = append(m.Problems, TestProblem{At: at.From, Line: p.Line, Column: p.Column, Message: p.Message, Hint: p.Hint})
		}
		return m
	}
	for _, p := range f.Patterns {
		m.Patterns = append(m.Patterns, newTestPattern(p, positions))
	}
	return m
}

func newTestPattern(p *regextest.Pattern, positions *Positions) TestPattern {
	block := positions.Range(p.Block.Start, p.Block.End)
	m := TestPattern{
		From: block.From, To: block.To, Flavor: p.Flavor, Engine: p.Engine, Flags: p.Flags, Pattern: p.Pattern, Replacement: p.Replacement,
		Steps: int(p.Budget.Steps), MSPerMB: p.Budget.MSPerMB, Linear: p.Linear, Inputs: []TestInput{},
	}
	if p.Name != p.Pattern {
		m.Name = p.Name
	}
	for i, in := range p.Inputs {
		input := newTestInput(in, positions)
		if in.Name != regextest.DefaultName(i) {
			input.Name = in.Name
		}
		if input.From == input.To {
			m.To = m.From // it is written in the pattern's own block
		}
		m.Inputs = append(m.Inputs, input)
	}
	return m
}

func newTestInput(in *regextest.Input, positions *Positions) TestInput {
	block := positions.Range(in.Block.Start, in.Block.End)
	m := TestInput{
		From: block.From, To: block.To, Match: in.Match, All: in.Matches != nil, Matches: []TestMatch{}, Replaced: in.Replaced,
		Steps: int(in.Budget.Steps), MSPerMB: in.Budget.MSPerMB,
	}
	text := in.Text[:len(in.Text)/in.Times]
	if utf8.Valid(text) {
		m.Text = string(text)
	} else {
		m.TextBase64 = base64.StdEncoding.EncodeToString(text)
	}
	if in.Times > 1 {
		m.Times = in.Times
	}
	if in.First != nil {
		first := newTestMatch(*in.First)
		m.First = &first
	}
	for _, e := range in.Matches {
		m.Matches = append(m.Matches, newTestMatch(e))
	}
	return m
}

func newTestMatch(e regextest.Expected) TestMatch {
	m := TestMatch{Span: testSpan(e.Span), Text: e.Text, Groups: []TestGroup{}}
	for _, g := range e.Groups {
		m.Groups = append(m.Groups, TestGroup{Key: g.Key, Span: testSpan(g.Span), Text: g.Text, None: g.None})
	}
	return m
}

func testSpan(span *[2]int) []int {
	if span == nil {
		return nil
	}
	return span[:]
}

// NewTestCoverage is what the inputs of the pattern with this index exercise.
func NewTestCoverage(serial, pattern int, c *regextest.Covered) TestCoverage {
	m := TestCoverage{
		Type: TypeTestCoverage, Serial: serial, Pattern: pattern, Parts: c.Parts, Exercised: c.Exercised, Matches: c.Matches, Gaps: []TestCoverageGap{},
		Left: append([]string{}, c.Left...),
	}
	if c.Err != nil {
		m.Error = c.Err.Error()
	}
	positions := NewPositions(c.Pattern.Pattern)
	for _, g := range c.Gaps {
		at := positions.Range(g.Span.Start, g.Span.End)
		m.Gaps = append(m.Gaps, TestCoverageGap{From: at.From, To: at.To, Message: g.Say(c.Pattern.Pattern), Example: g.Example})
	}
	return m
}

// maxDetails is the most that is sent of what is wrong with one test: a line of a text may have 64 KiB, and a file
// thousands of tests.
const maxDetails = 4 << 10

// NewTestResult is what came of an input, with the indexes of the pattern and the input.
func NewTestResult(r *regextest.Result, pattern, input int) TestResult {
	m := TestResult{
		Pattern: pattern, Input: input, Status: string(r.Status), Engine: Engine{Name: r.Engine.Name, Version: r.Engine.Version, Note: r.Engine.Note}, Details: r.Describe(),
		Ms: float64(r.Elapsed.Microseconds()) / 1e3, Steps: int(r.Steps), MSPerMB: r.MSPerMB,
	}
	if input == len(r.Pattern.Inputs) && r.Status != regextest.Passed && utf8.Valid(r.Input.Text) {
		m.Text = string(r.Input.Text)
	}
	if len(m.Details) > maxDetails {
		end := maxDetails
		for end > 0 && !utf8.RuneStart(m.Details[end]) {
			end--
		}
		m.Details = m.Details[:end] + "…\n"
	}
	return m
}
