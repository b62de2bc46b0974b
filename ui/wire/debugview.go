package wire

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/regexdbg/regexdbg/regex/syntax"
	"github.com/regexdbg/regexdbg/regex/trace"
	"github.com/regexdbg/regexdbg/regex/trace/narrator"
	"github.com/regexdbg/regexdbg/regex/trace/nomatch"
)

// A DebugView makes messages of what a trace says. Its methods are for one goroutine at a time.
type DebugView struct {
	version  int
	trace    trace.Trace
	narrator *narrator.Narrator
	pattern  *Positions
	text     *TextPositions
}

// NewDebugView makes those of a version.
func NewDebugView(version int, t trace.Trace, n *narrator.Narrator, pattern *Positions, text *TextPositions) *DebugView {
	return &DebugView{version: version, trace: t, narrator: n, pattern: pattern, text: text}
}

// SetVersion says that the state has another version by now.
func (v *DebugView) SetVersion(version int) { v.version = version }

// Program says what the run is of.
func (v *DebugView) Program(mode []string, threads bool, start *int, maxSteps int64) DebugProgram {
	p := DebugProgram{
		Type: TypeDebugProgram, Version: v.version, Tokens: []int{}, Groups: []Group{}, Start: start, MaxSteps: int(maxSteps),
		Mode: mode, Threads: threads,
	}
	for _, token := range v.trace.Tokens() {
		p.Tokens = append(p.Tokens, v.pattern.Unit(token.Span.Start), v.pattern.Unit(token.Span.End))
	}
	for _, group := range v.trace.Groups() {
		p.Groups = append(p.Groups, Group{Number: group.Number, Name: group.Name})
	}
	return p
}

// Event is one step.
func (v *DebugView) Event(e *trace.Event) DebugEvent {
	return DebugEvent{
		Step: int(e.Step), Kind: e.Kind.String(), Sign: e.Kind.Sign().String(), Token: e.Token,
		Attempt: v.text.Place(e.Attempt), From: v.text.Place(e.From), Pos: v.text.Place(e.Pos), Group: e.Group, Depth: e.Depth,
		Words: v.narrator.Say(e),
	}
}

// Step fills in what the machine holds behind a step. before are the groups before it.
func (v *DebugView) Step(m *DebugStep, s *trace.State, before []int) {
	m.Type, m.Version = TypeDebugStep, v.version
	m.Event = v.Event(&s.Event)
	m.Groups = make([]DebugGroup, len(v.trace.Groups()))
	for i := range m.Groups {
		m.Groups[i] = DebugGroup{Now: v.group(s.Event.Groups, i), Before: v.group(before, i)}
	}
	m.Choices = []DebugChoice{}
	for _, c := range slices.Backward(s.Choices) {
		m.Choices = append(m.Choices, DebugChoice{Token: c.Token, Pos: v.text.Place(c.Pos), What: c.What.String(), Left: c.Left})
	}
	m.HiddenChoices = s.HiddenChoices
	for _, t := range s.Threads {
		thread := DebugThread{Token: t.Token, Pos: v.text.Place(t.Pos), Attempt: v.text.Place(t.Attempt), AtEnd: t.AtEnd, Groups: []DebugGroup{}}
		for i := range v.trace.Groups() {
			thread.Groups = append(thread.Groups, DebugGroup{Now: v.group(t.Groups, i)})
		}
		m.Threads = append(m.Threads, thread)
	}
	m.HiddenThreads = s.HiddenThreads
	m.Loops = []DebugLoop{}
	for _, l := range s.Loops {
		loop := DebugLoop{Token: l.Token, Round: l.Round, Min: l.Min, Max: l.Max}
		if l.Max == syntax.Unlimited {
			loop.Max = -1
		}
		m.Loops = append(m.Loops, loop)
	}
	m.Calls = []DebugCall{}
	for _, c := range s.Calls {
		m.Calls = append(m.Calls, DebugCall{Token: c.Token, Group: c.Group})
	}
	m.Mark, m.Backtracks, m.Attempts = s.Mark, int(s.Backtracks), int(s.Attempts)
	m.Furthest, m.FurthestEver = v.text.Place(s.Furthest), v.text.Place(s.FurthestEver)
}

func (v *DebugView) group(groups []int, i int) *Range {
	if 2*i+1 >= len(groups) || groups[2*i] < 0 || groups[2*i+1] < groups[2*i] {
		return nil
	}
	r := v.text.Range(groups[2*i], groups[2*i+1])
	return &r
}

// Progress says how far the run is.
func (v *DebugView) Progress(c *trace.Counters, outcome trace.Outcome, wallMs float64) DebugProgress {
	return DebugProgress{
		Type: TypeDebugProgress, Version: v.version, Outcome: string(outcome), Steps: int(c.Steps), Backtracks: int(c.Backtracks),
		Attempts: int(c.Attempts), Matches: int(c.Matches), Furthest: v.text.Place(c.Furthest), WallMs: wallMs,
	}
}

// Counts is what was counted.
func (v *DebugView) Counts(c *trace.Counters) DebugCounts {
	m := DebugCounts{
		Type: TypeDebugCounts, Version: v.version, Steps: int(c.Steps), Tokens: countedTokens(c.Tokens),
		Attempts: []DebugAttempt{}, Ribbon: make([]int, 0, 6*len(c.Ribbon)), StretchSteps: int(c.StretchSteps),
	}
	m.Heat, m.HeatAt = v.heat(c)
	if a, b, ok := trace.Multiplying(v.trace.Tokens(), c, v.text.Len()); ok {
		m.Multiplying = []DebugRepeat{v.repeat(a), v.repeat(b)}
	}
	for _, a := range c.Summaries {
		m.Attempts = append(m.Attempts, DebugAttempt{
			At: v.text.Place(a.Offset), First: int(a.First), Steps: int(a.Steps), Furthest: v.text.Place(a.Furthest),
			Matched: a.Matched, Failed: a.Failed,
		})
	}
	for _, s := range c.Ribbon {
		m.Ribbon = append(m.Ribbon, int(s.Tried), int(s.Matched), int(s.Failed), int(s.Backtracked), int(s.Matches), v.text.Place(s.Pos).At)
	}
	return m
}

func (v *DebugView) repeat(token int) DebugRepeat {
	span := v.trace.Tokens()[token].Node.Span
	return DebugRepeat{Token: token, Span: v.pattern.Range(span.Start, span.End)}
}

// WhyNot says why nothing matches. first is the first step of the attempt that got furthest.
func (v *DebugView) WhyNot(r *nomatch.Report, first int64) DebugWhyNot {
	m := DebugWhyNot{
		Type: TypeDebugWhyNot, Version: v.version, Attempt: v.text.Place(r.Attempt), First: int(first), Furthest: v.text.Place(r.Furthest),
		Found: r.Found, Expected: []DebugExpected{}, Changes: []DebugChange{}, Complete: r.Complete,
	}
	for _, e := range r.Expected {
		m.Expected = append(m.Expected, DebugExpected{Span: v.pattern.Range(e.Span.Start, e.Span.End), Words: e.Words})
	}
	for _, f := range r.Fixes {
		change := DebugChange{
			Span: v.pattern.Range(f.Span.Start, f.Span.End), Words: f.Says, Pattern: f.Pattern, Match: v.text.Range(f.Match[0], f.Match[1]),
		}
		if f.Flag != 0 {
			change.Flag = string(rune(f.Flag))
		}
		m.Changes = append(m.Changes, change)
	}
	return m
}

// countedTokens are five numbers for each token that was in a step.
func countedTokens(counts []trace.TokenCount) []int {
	var used []int
	for i, c := range counts {
		if c != (trace.TokenCount{}) {
			used = append(used, i)
		}
	}
	if len(used) > MaxDebugTokens {
		slices.SortFunc(used, func(a, b int) int { return cmp.Compare(stepsOf(counts[b]), stepsOf(counts[a])) })
		used = used[:MaxDebugTokens]
		slices.Sort(used)
	}
	flat := make([]int, 0, 5*len(used))
	for _, i := range used {
		c := counts[i]
		flat = append(flat, i, int(c.Entered), int(c.Matched), int(c.Failed), int(c.Backtracks))
	}
	return flat
}

func stepsOf(c trace.TokenCount) int64 { return c.Entered + c.Matched + c.Failed + c.Backtracks }

// heat adds up the heat of neighbours until there are few enough stretches.
func (v *DebugView) heat(c *trace.Counters) (heat, at []int) {
	together := max(1, (len(c.Heat)+MaxDebugHeat-1)/MaxDebugHeat)
	heat, at = []int{}, []int{}
	for i := 0; i < len(c.Heat); i += together {
		sum := int64(0)
		for _, n := range c.Heat[i:min(i+together, len(c.Heat))] {
			sum += n
		}
		heat, at = append(heat, int(sum)), append(at, v.text.Place(i*c.HeatWidth).At)
	}
	return heat, at
}

// Condition is what the page looks for. The error is that there is no such kind, token or place.
func (v *DebugView) Condition(d DebugCondition) (trace.Condition, error) {
	c := trace.Condition{Token: d.Token, Group: d.Group, MaxDepth: d.MaxDepth, Backtrack: int64(d.Backtrack)}
	for _, name := range d.Kinds {
		kind, ok := trace.KindOf(name)
		if !ok {
			return c, fmt.Errorf("there is no kind %.40q", name)
		}
		c.Kinds = append(c.Kinds, kind)
	}
	if d.Token != nil && (*d.Token < 0 || *d.Token >= len(v.trace.Tokens())) {
		return c, fmt.Errorf("there is no token %d", *d.Token)
	}
	if d.Pos != nil {
		pos, ok := v.text.Offset(*d.Pos)
		if !ok {
			return c, fmt.Errorf("there is no place %d in the text", *d.Pos)
		}
		c.Pos = &pos
	}
	return c, nil
}

// Token returns the token of a span in UTF-16 units of the pattern, or -1.
func (v *DebugView) Token(from, to int) int {
	return slices.IndexFunc(v.trace.Tokens(), func(t trace.Token) bool {
		return v.pattern.Unit(t.Span.Start) == from && v.pattern.Unit(t.Span.End) == to
	})
}
