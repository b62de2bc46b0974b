package trace

import (
	"context"
	"errors"
	"math"
	"slices"
	"unsafe"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A Run is a search of one text by the machine that backtracks. It is a [Trace].
type Run struct {
	program *Program
	machine *machine // that runs on
	points  checkpoints
	summary summaries
	ribbon  ribbon
	matches [][]int
	limits  Limits
	// replay is a machine that runs what was run again, for windows; nil until it is needed.
	replay *machine
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
	r := &Run{program: p, limits: limits, ribbon: ribbon{width: 1}}
	r.machine = p.newMachine(text, limits)
	r.machine.found = func() { r.matches = append(r.matches, r.machine.spans(nil)) }
	r.machine.attempted = r.attempted
	r.points = checkpoints{every: firstEvery, limit: limits.Checkpoints}
	r.points.add(r.machine)
	return r, nil
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

// attempted keeps what came of an attempt.
func (r *Run) attempted(matched bool) {
	m := r.machine
	failed := -1
	if m.stuck >= 0 {
		failed = int(m.insts[m.stuck].tok)
	}
	r.summary.add(Attempt{
		Offset: int(m.attempt), First: m.begun, Steps: m.steps - m.begun, Furthest: int(m.far), Matched: matched, Failed: failed,
	})
}

// Tokens implements [Trace].
func (r *Run) Tokens() []Token { return r.program.tokens }

// Groups implements [Trace].
func (r *Run) Groups() []Group { return r.program.groups }

// Steps implements [Trace].
func (r *Run) Steps() int64 { return r.machine.steps }

// Matches implements [Trace].
func (r *Run) Matches() [][]int { return r.matches }

// Advance implements [Trace].
func (r *Run) Advance(ctx context.Context, steps int64) (Outcome, error) {
	m := r.machine
	until := r.limits.Steps
	if steps >= 0 {
		until = min(until, m.steps+steps)
	}
	for m.outcome == Running && m.steps < until {
		if err := context.Cause(ctx); err != nil {
			return m.outcome, err
		}
		due, stretch := r.points.due(m.steps), r.ribbon.due()
		m.run(min(until, m.steps+PollSteps, due, stretch))
		if m.steps == stretch {
			r.ribbon.end(&m.progress)
		}
		if m.steps == due && m.outcome == Running {
			r.points.add(m)
		}
		if m.memory() > r.limits.Memory {
			m.outcome = OutOfMemory
		}
	}
	if m.outcome == Running && m.steps >= r.limits.Steps {
		m.outcome = OutOfSteps
	}
	return m.outcome, nil
}

// memory is what the stacks take in bytes.
func (m *machine) memory() int64 {
	return int64(cap(m.choices))*int64(unsafe.Sizeof(choice{})) + int64(cap(m.undo))*int64(unsafe.Sizeof(undo{})) + int64(cap(m.frames))*4
}

// Counters implements [Trace].
func (r *Run) Counters() *Counters {
	m := r.machine
	c := &Counters{
		Steps: m.steps, Backtracks: m.backtracks, Attempts: m.attempts, Matches: int64(m.matches), Furthest: int(m.ever),
		Tokens: make([]TokenCount, len(r.program.tokens)), Heat: slices.Clone(m.heat.buckets), HeatWidth: m.heat.width(),
		Summaries: r.summary.all(), Ribbon: r.ribbon.all(&m.progress), StretchSteps: r.ribbon.width,
	}
	for i, count := range m.counts {
		c.Tokens[r.program.insts[i].tok].add(count)
	}
	return c
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
	if steps < 0 || steps > r.machine.steps {
		return ErrStep
	}
	if r.replay == nil {
		r.replay = r.program.newMachine(r.machine.text, r.limits)
	}
	point := r.points.all[r.points.before(steps)]
	if r.replay.steps > steps || r.replay.steps < point.state.steps {
		r.replay.load(point)
	}
	for r.replay.steps < steps {
		if err := context.Cause(ctx); err != nil {
			return err
		}
		r.replay.run(min(steps, r.replay.steps+PollSteps))
	}
	return nil
}

// Window implements [Trace].
func (r *Run) Window(ctx context.Context, from int64, n int, visit func(*Event) bool) error {
	if from < 0 || from > r.machine.steps {
		return ErrStep
	}
	if err := r.seek(ctx, from); err != nil {
		return err
	}
	m := r.replay
	var e Event
	for i := 0; i < n && m.steps < r.machine.steps; i++ {
		if i%PollSteps == 0 {
			if err := context.Cause(ctx); err != nil {
				return err
			}
		}
		m.run(m.steps + 1)
		m.describe(&e)
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
	}
	if m.changed >= 0 {
		e.Group = m.groups[m.changed].Number
	}
	switch {
	case m.kind == KindBacktrack && in.op == opAlt:
		e.Left = int(in.b)
	case m.kind == KindFailed && in.op == opStepBack:
		e.Reason = ReasonShort
	case m.kind == KindFailed && in.op == opLookAt:
		e.Reason = ReasonElsewhere
	}
}

// State implements [Trace].
func (r *Run) State(ctx context.Context, step int64) (*State, error) {
	if step < -1 || step >= r.machine.steps {
		return nil, ErrStep
	}
	if err := r.seek(ctx, step+1); err != nil {
		return nil, err
	}
	m := r.replay
	s := &State{Backtracks: m.backtracks, Furthest: int(m.far), FurthestEver: int(m.ever), Attempts: m.attempts}
	m.describe(&s.Event)
	s.HiddenChoices = max(0, len(m.choices)-MaxShown)
	for i := range m.choices[s.HiddenChoices:] {
		if c := &m.choices[s.HiddenChoices+i]; c.kind != choiceQuiet {
			s.Choices = append(s.Choices, m.describeChoice(c))
		}
	}
	s.Loops = m.openLoops()
	s.Calls = m.openCalls()
	s.Mark = m.mark()
	return s, nil
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
	case choiceLook, choiceNot, choiceCall:
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
