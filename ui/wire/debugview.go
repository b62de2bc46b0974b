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
	tree     *syntax.Tree
	trace    trace.Trace
	narrator *narrator.Narrator
	pattern  *Positions
	text     *TextPositions
}

// NewDebugView makes those of a version.
func NewDebugView(version int, tree *syntax.Tree, t trace.Trace, n *narrator.Narrator, pattern *Positions, text *TextPositions) *DebugView {
	return &DebugView{version: version, tree: tree, trace: t, narrator: n, pattern: pattern, text: text}
}

// SetVersion says that the state has another version by now.
func (v *DebugView) SetVersion(version int) { v.version = version }

// Program says what the run is of.
func (v *DebugView) Program(mode []string, threads bool, start *int, maxSteps, mostSteps int64) DebugProgram {
	p := DebugProgram{
		Type: TypeDebugProgram, Version: v.version, Tokens: []int{}, Groups: []Group{}, Repeats: []DebugRepeat{}, Start: start, MaxSteps: int(maxSteps),
		MostSteps: int(mostSteps), Mode: mode, Threads: threads,
	}
	for _, token := range v.trace.Tokens() {
		p.Tokens = append(p.Tokens, v.pattern.Unit(token.Span.Start), v.pattern.Unit(token.Span.End))
	}
	p.Breaks = v.breaks()
	for i, token := range v.trace.Tokens() {
		if token.Node.Kind == syntax.KindRepetition {
			p.Repeats = append(p.Repeats, v.repeat(i))
		}
	}
	for _, group := range v.trace.Groups() {
		p.Groups = append(p.Groups, Group{Number: group.Number, Name: group.Name})
	}
	return p
}

// breakMark is the comment that debuggers of other tools take for a breakpoint in the pattern.
const breakMark = "(?#BREAK)"

// breaks are the comments that ask for a stop.
func (v *DebugView) breaks() []DebugBreak {
	var all []DebugBreak
	v.tree.Root.Walk(func(n *syntax.Node) bool {
		if n.Kind != syntax.KindComment || v.tree.Source(n) != breakMark {
			return true
		}
		next := 0
		for i, t := range v.trace.Tokens() {
			if i > 0 && t.Span.Start >= n.Span.End && (next == 0 || t.Span.Start < v.trace.Tokens()[next].Span.Start) {
				next = i
			}
		}
		all = append(all, DebugBreak{Span: v.pattern.Range(n.Span.Start, n.Span.End), Token: next, Kinds: v.firstKinds(next)})
		return true
	})
	return all
}

// firstKinds are the kinds of steps with which a token is tried, its later ones left out.
func (v *DebugView) firstKinds(token int) []string {
	kinds := []trace.Kind{trace.KindMatched, trace.KindFailed}
	switch node := v.trace.Tokens()[token].Node; {
	case token == 0:
		kinds = []trace.Kind{trace.KindMatch}
	case node.Kind == syntax.KindGroup || node.Kind == syntax.KindConditional:
		kinds = []trace.Kind{trace.KindEnter}
	case node.Kind == syntax.KindCall:
		kinds = []trace.Kind{trace.KindCall}
	}
	var names []string
	for _, kind := range kinds {
		names = append(names, kind.String())
	}
	return names
}

// groupAround returns the span of the innermost group that a token is in or is, or that of the whole pattern.
func (v *DebugView) groupAround(token int) syntax.Span {
	span := v.trace.Tokens()[token].Span
	around := v.tree.Root.Span
	v.tree.Root.Walk(func(n *syntax.Node) bool {
		if n.Kind == syntax.KindGroup && n.Span.Start <= span.Start && span.End <= n.Span.End {
			around = n.Span
		}
		return true
	})
	return around
}

// Event is one step.
func (v *DebugView) Event(e *trace.Event) DebugEvent {
	words, mentions := v.narrator.SayPlaced(e)
	offsets := make([]int, 0, 3*len(mentions))
	for _, m := range mentions {
		offsets = append(offsets, Units([]byte(words[:m.Start]), true), m.End-m.Start, v.text.Place(m.Offset).At)
	}
	return DebugEvent{
		Step: int(e.Step), Kind: e.Kind.String(), Sign: e.Kind.Sign().String(), Token: e.Token,
		Attempt: v.text.Place(e.Attempt), From: v.text.Place(e.From), Pos: v.text.Place(e.Pos), Group: e.Group, Depth: e.Depth,
		Words: words, Offsets: offsets,
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
	m.Looks = []DebugLook{}
	for _, l := range s.Looks {
		m.Looks = append(m.Looks, DebugLook{Token: l.Token, Pos: v.text.Place(l.Pos), Name: narrator.LookName(v.trace.Tokens()[l.Token].Node)})
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
func (v *DebugView) Progress(c *trace.Counters, outcome trace.Outcome, maxSteps int64, wallMs float64) DebugProgress {
	return DebugProgress{
		Type: TypeDebugProgress, Version: v.version, Outcome: string(outcome), Steps: int(c.Steps), Backtracks: int(c.Backtracks),
		Attempts: int(c.Attempts), Matches: int(c.Matches), Furthest: v.text.Place(c.Furthest), MaxSteps: int(maxSteps), WallMs: wallMs,
	}
}

// Counts is what was counted.
func (v *DebugView) Counts(c *trace.Counters) DebugCounts {
	m := DebugCounts{
		Type: TypeDebugCounts, Version: v.version, Steps: int(c.Steps), Tokens: countedTokens(c.Tokens),
		Attempts: []DebugAttempt{}, Ribbon: make([]int, 0, 6*len(c.Ribbon)), StretchSteps: int(c.StretchSteps),
	}
	v.heat(&m, c)
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
		flat = append(flat, i, int(c.Entered), int(c.Matched), int(c.Failed), int(c.Backtracks+c.Merged))
	}
	return flat
}

func stepsOf(c trace.TokenCount) int64 {
	return c.Entered + c.Matched + c.Failed + c.Backtracks + c.Merged
}

// heat adds up the heat of neighbours until there are few enough stretches.
func (v *DebugView) heat(m *DebugCounts, c *trace.Counters) {
	together := max(1, (len(c.Heat)+MaxDebugHeat-1)/MaxDebugHeat)
	m.Heat, m.HeatAt, m.HeatBytes = []int{}, []int{}, together*c.HeatWidth
	for i := 0; i < len(c.Heat); i += together {
		var sum trace.PlaceCount
		for _, n := range c.Heat[i:min(i+together, len(c.Heat))] {
			sum.Tries += n.Tries
			sum.Matched += n.Matched
			sum.Backtracks += n.Backtracks
		}
		m.Heat, m.HeatAt = append(m.Heat, int(sum.Tries), int(sum.Matched), int(sum.Backtracks)), append(m.HeatAt, v.text.Place(i*c.HeatWidth).At)
	}
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
	if d.Around != nil {
		if *d.Around < 0 || *d.Around >= len(v.trace.Tokens()) {
			return c, fmt.Errorf("there is no token %d", *d.Around)
		}
		group := v.groupAround(*d.Around)
		c.When = func(e *trace.Event) bool { return group.Start <= e.Span.Start && e.Span.End <= group.End }
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

// Tokens returns the tokens of a span in UTF-16 units of the pattern: there are several of a group that is all there is.
func (v *DebugView) Tokens(from, to int) []int {
	var all []int
	for i, t := range v.trace.Tokens() {
		if v.pattern.Unit(t.Span.Start) == from && v.pattern.Unit(t.Span.End) == to {
			all = append(all, i)
		}
	}
	return all
}
