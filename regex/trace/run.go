package trace

import (
	"bytes"
	"context"
	"errors"
	"math"
	"slices"
	"unsafe"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A Run is a search of one text. It is a [Trace].
type Run struct {
	program *Program
	machine stepper // that runs on
	points  checkpoints
	summary summaries
	ribbon  ribbon
	matches [][]int
	limits  Limits
	// replay is a machine that runs what was run again, for windows; nil until it is needed, when again makes it.
	replay stepper
	again  func() stepper
}

var _ Trace = (*Run)(nil)

// MaxText is the longest text in bytes that a machine takes.
const MaxText = math.MaxInt32 - 1

// NewRun returns a run of a program that has not begun. The text must not change. The error is that the text is longer
// than [MaxText], or that the search would begin outside of it.
func (p *Program) NewRun(text []byte, limits Limits) (*Run, error) {
	if err := limits.check(text); err != nil {
		return nil, err
	}
	limits = limits.withDefaults()
	m := p.newMachine(text, limits)
	r := newRun(p, m, limits, func() stepper { return p.newMachine(text, limits) })
	m.found = func() { r.matches = append(r.matches, m.spans(nil)) }
	m.attempted = func(matched bool) { r.summary.add(m.attemptNow(matched)) }
	return r, nil
}

// newRun returns a run by a machine that has not begun.
func newRun(p *Program, m stepper, limits Limits, again func() stepper) *Run {
	r := &Run{program: p, machine: m, limits: limits, ribbon: ribbon{width: 1}, again: again}
	r.points = checkpoints{every: firstEvery, limit: limits.Checkpoints}
	r.points.add(m)
	return r
}

// check reports what is wrong with a text or a start.
func (l Limits) check(text []byte) error {
	switch {
	case len(text) > MaxText:
		return errors.New("the text is too long to be shown step by step")
	case l.Start < 0 || l.Start > len(text):
		return errors.New("the search begins outside of the text")
	}
	return nil
}

func (p *Program) newMachine(text []byte, limits Limits) *machine {
	m := &machine{Program: p, text: text, limits: limits, counts: make([]TokenCount, len(p.insts)), heat: newHeat(len(text))}
	m.wide = p.asksWide && bytes.ContainsFunc(text, func(r rune) bool { return r > 0xFF })
	m.start()
	return m
}

// spans appends the starts and ends of the groups.
func (m *machine) spans(to []int) []int {
	for _, slot := range m.slots {
		start, end := m.registers[slot], m.registers[slot+1]
		if end < 0 {
			start = -1
		}
		to = append(to, int(start), int(end))
	}
	return to
}

// attemptNow is what came of the attempt that ends.
func (m *machine) attemptNow(matched bool) Attempt {
	failed := -1
	if m.stuck >= 0 {
		failed = int(m.insts[m.stuck].tok)
	}
	return Attempt{
		Offset: int(m.attempt), First: m.begun, Steps: m.steps - m.begun, Furthest: int(m.far), Matched: matched, Failed: failed,
	}
}

// Tokens implements [Trace].
func (r *Run) Tokens() []Token { return r.program.tokens }

// Groups implements [Trace].
func (r *Run) Groups() []Group { return r.program.groups }

// Steps implements [Trace].
func (r *Run) Steps() int64 { return r.machine.status().steps }

// Matches implements [Trace].
func (r *Run) Matches() [][]int { return r.matches }

// Advance implements [Trace].
func (r *Run) Advance(ctx context.Context, steps int64) (Outcome, error) {
	now := r.machine.status()
	until := r.limits.Steps
	if steps >= 0 {
		until = min(until, now.steps+steps)
	}
	for now.outcome == Running && now.steps < until {
		if err := context.Cause(ctx); err != nil {
			return now.outcome, err
		}
		due, stretch := r.points.due(now.steps), r.ribbon.due()
		r.machine.run(min(until, now.steps+PollSteps, due, stretch))
		if now.steps == stretch {
			r.ribbon.end(now)
		}
		if now.steps == due && now.outcome == Running {
			r.points.add(r.machine)
		}
		if r.machine.memory() > r.limits.Memory {
			now.outcome = OutOfMemory
		}
	}
	if now.outcome == Running && now.steps >= r.limits.Steps {
		now.outcome = OutOfSteps
	}
	return now.outcome, nil
}

// Allow implements [Trace].
func (r *Run) Allow(steps int64) {
	if steps <= r.limits.Steps {
		return
	}
	r.limits.Steps = steps
	if now := r.machine.status(); now.outcome == OutOfSteps {
		now.outcome = Running
	}
}

// memory is what the stacks take in bytes.
func (m *machine) memory() int64 {
	return int64(cap(m.choices))*int64(unsafe.Sizeof(choice{})) + int64(cap(m.undo))*int64(unsafe.Sizeof(undo{})) + int64(cap(m.frames))*4
}

// Counters implements [Trace].
func (r *Run) Counters() *Counters {
	now, places := r.machine.status(), r.machine.warm()
	return &Counters{
		Steps: now.steps, Backtracks: now.backtracks, Attempts: now.attempts, Matches: int64(now.matches), Furthest: int(now.ever),
		Tokens: r.machine.tokenCounts(), Heat: slices.Clone(places.buckets), HeatWidth: places.width(),
		Summaries: r.summary.all(), Closest: r.summary.nearest(), Ribbon: r.ribbon.all(now), StretchSteps: r.ribbon.width,
	}
}

func (m *machine) warm() *heat { return m.heat }

func (m *machine) tokenCounts() []TokenCount {
	counts := make([]TokenCount, len(m.tokens))
	for i, count := range m.counts {
		counts[m.insts[i].tok].add(count)
	}
	return counts
}

func (c *TokenCount) add(other TokenCount) {
	c.Entered += other.Entered
	c.Matched += other.Matched
	c.Failed += other.Failed
	c.Backtracks += other.Backtracks
	c.Merged += other.Merged
}

// seek sets the machine for windows to where it has run so many steps.
func (r *Run) seek(ctx context.Context, steps int64) error {
	if steps < 0 || steps > r.Steps() {
		return ErrStep
	}
	if r.replay == nil {
		r.replay = r.again()
	}
	p := r.points.all[r.points.before(steps)]
	if at := r.replay.status().steps; at > steps || at < p.status().steps {
		r.replay.load(p)
	}
	for at := r.replay.status(); at.steps < steps; {
		if err := context.Cause(ctx); err != nil {
			return err
		}
		r.replay.run(min(steps, at.steps+PollSteps))
	}
	return nil
}

// Window implements [Trace].
func (r *Run) Window(ctx context.Context, from int64, n int, visit func(*Event) bool) error {
	if from < 0 || from > r.Steps() {
		return ErrStep
	}
	if err := r.seek(ctx, from); err != nil {
		return err
	}
	at, steps := r.replay.status(), r.Steps()
	var e Event
	for i := 0; i < n && at.steps < steps; i++ {
		if i%PollSteps == 0 {
			if err := context.Cause(ctx); err != nil {
				return err
			}
		}
		r.replay.run(at.steps + 1)
		r.replay.describe(&e)
		if !visit(&e) {
			return nil
		}
	}
	return nil
}

// describe makes the event of the machine's last step.
func (m *machine) describe(e *Event) {
	in := &m.insts[m.last]
	*e = Event{
		Step: m.steps - 1, Kind: m.kind, Token: int(in.tok), Span: m.tokens[in.tok].Span, Attempt: int(m.lastAttempt),
		From: int(m.tried), Pos: int(m.pos), Group: -1, Groups: m.spans(e.Groups[:0]), Depth: int(in.depth) + int(m.within),
		Level: int(m.level()),
	}
	if m.changed >= 0 {
		e.Group = m.groups[m.changed].Number
	}
	switch {
	case m.kind == KindBacktrack && in.op == opAlt:
		e.Left = int(in.b)
	case m.kind == KindBacktrack && in.op == opAbsent && m.pc == m.last+1:
		e.Left = 1
	case m.kind == KindFailed && in.op == opStepBack:
		e.Reason = ReasonShort
	case m.kind == KindFailed && in.op == opLookAt:
		e.Reason = ReasonElsewhere
	case m.kind == KindNoMatch && m.attempt == m.lastAttempt && m.outcome == Running:
		e.Reason = ReasonAgain
	case m.kind == KindBacktrack && in.op == opRun && m.tokens[in.tok].Node.Greed == syntax.Lazy:
		e.Reason = ReasonPossessive
	case m.kind == KindNoMatch && m.last == pcAttempt:
		e.Reason = ReasonRejected
	}
}

// State implements [Trace].
func (r *Run) State(ctx context.Context, step int64) (*State, error) {
	if step < -1 || step >= r.Steps() {
		return nil, ErrStep
	}
	if err := r.seek(ctx, step+1); err != nil {
		return nil, err
	}
	at := r.replay.status()
	s := &State{Backtracks: at.backtracks, Furthest: int(at.far), FurthestEver: int(at.ever), Attempts: at.attempts}
	r.replay.describe(&s.Event)
	r.replay.fill(s)
	return s, nil
}

func (m *machine) fill(s *State) {
	s.HiddenChoices = max(0, len(m.choices)-MaxShown)
	for i := range m.choices[s.HiddenChoices:] {
		if c := &m.choices[s.HiddenChoices+i]; c.kind != choiceQuiet && c.kind != choiceMark {
			s.Choices = append(s.Choices, m.describeChoice(c))
		}
	}
	s.Loops = m.openLoops()
	s.Calls = m.openCalls()
	s.Looks = m.openLooks()
	s.Mark = m.mark()
}

func (m *machine) describeChoice(c *choice) Choice {
	owner := &m.insts[c.owner]
	d := Choice{Token: int(owner.tok), Pos: int(c.pos), Left: 1}
	switch c.kind {
	case choiceRun:
		d.What = ChooseFewer
		d.Left = m.units(c.low, c.pos) + 1
		return d
	case choiceRunBack:
		d.What = ChooseFewer
		d.Left = m.units(c.pos, c.low) + 1
		return d
	case choiceShorter:
		d.What, d.Left = ChooseAlternative, m.shorterStrings(c)
		return d
	case choiceLook, choiceNot, choiceCall, choiceAbsent:
		d.What = ChooseOutcome
		return d
	case choiceVerb:
		d.What = ChooseVerb
		return d
	case choiceWidth:
		d.What, d.Left = ChooseWidth, int(c.low)
		return d
	}
	switch owner.op {
	case opAbsent:
		d.What = ChooseFewer
	case opAlt:
		d.What, d.Left = ChooseAlternative, int(c.low)
	case opLoop, opRun:
		d.What = ChooseFewer
		if m.loops[owner.a].lazy {
			d.What = ChooseMore
		}
	}
	return d
}

// units counts the characters between two offsets.
func (m *machine) units(from, to int32) int {
	if m.unit == flavor.Byte {
		return int(to - from)
	}
	count := 0
	for from < to {
		_, from = m.decode(from)
		count++
	}
	return count
}

// openLoops are the repeats around the last step's token.
func (m *machine) openLoops() []Loop {
	var open []Loop
	for i := m.insts[m.last].loop; i >= 0; i = m.loops[i].outer {
		l := &m.loops[i]
		loop := Loop{Token: int(l.token), Round: int(max(0, m.registers[l.count])), Min: int(l.min), Max: int(l.max)}
		if l.max == unlimited {
			loop.Max = syntax.Unlimited
		}
		open = append(open, loop)
	}
	slices.Reverse(open)
	return open
}

// openCalls are the calls that the machine is in.
func (m *machine) openCalls() []Call {
	var open []Call
	for frame := m.registers[regFrame]; frame >= 0 && len(open) < MaxShown; frame = m.frames[frame+frameOuter] {
		call := &m.calls[m.frames[frame+frameCall]]
		open = append(open, Call{Token: int(m.insts[call.at].tok), Group: int(call.group)})
	}
	slices.Reverse(open)
	return open
}
