package trace

import (
	"context"
	"slices"
	"sort"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// New compiles a pattern and returns a trace of its search in a text, which has not begun: by a machine of threads for
// Go, and by one that backtracks for all other flavors. The errors are those of [Compile] and [Program.NewRun].
func New(tree *syntax.Tree, text []byte, limits Limits) (Trace, error) {
	if tree.Flavor.Set != flavor.InGo {
		p, err := Compile(tree)
		if err != nil {
			return nil, err
		}
		return p.NewRun(text, limits)
	}
	p, err := compileThreads(tree)
	if err != nil {
		return nil, err
	}
	return p.newRun(text, limits)
}

// A threadRun is a search of one text by the machine of threads. It is a [Trace].
type threadRun struct {
	program *threadProgram
	machine *threadMachine // that runs on
	points  []*threadPoint
	every   int64 // steps between two of them
	size    int64 // what they take, in bytes
	summary summaries
	ribbon  ribbon
	matches [][]int
	limits  Limits
	replay  *threadMachine // for windows; nil until it is needed
}

var _ Trace = (*threadRun)(nil)

func (p *threadProgram) newRun(text []byte, limits Limits) (*threadRun, error) {
	if err := limits.check(text); err != nil {
		return nil, err
	}
	limits = limits.withDefaults()
	r := &threadRun{program: p, limits: limits, ribbon: ribbon{width: 1}, every: firstEvery, machine: p.newMachine(text, limits)}
	r.machine.found = func() { r.matches = append(r.matches, r.machine.spans(nil)) }
	r.machine.attempted = r.summary.add
	r.keep()
	return r, nil
}

// keep makes a checkpoint. When there are too many, every second one is dropped, and they come half as often.
func (r *threadRun) keep() {
	p := r.machine.save()
	r.points = append(r.points, p)
	r.size += p.bytes()
	for len(r.points) > 1 && (len(r.points) > maxCheckpoints || r.size > r.limits.Checkpoints) {
		r.every *= 2
		kept := r.points[:0]
		r.size = 0
		for i, p := range r.points {
			if i == 0 || p.state.steps%r.every == 0 {
				kept = append(kept, p)
				r.size += p.bytes()
			}
		}
		clear(r.points[len(kept):])
		r.points = kept
	}
}

// before is the index of the last checkpoint that has run at most so many steps.
func (r *threadRun) before(steps int64) int {
	return sort.Search(len(r.points), func(i int) bool { return r.points[i].state.steps > steps }) - 1
}

// Tokens implements [Trace].
func (r *threadRun) Tokens() []Token { return r.program.tokens }

// Groups implements [Trace].
func (r *threadRun) Groups() []Group { return r.program.groups }

// Steps implements [Trace].
func (r *threadRun) Steps() int64 { return r.machine.steps }

// Matches implements [Trace].
func (r *threadRun) Matches() [][]int { return r.matches }

// Advance implements [Trace].
func (r *threadRun) Advance(ctx context.Context, steps int64) (Outcome, error) {
	m := r.machine
	until := r.limits.Steps
	if steps >= 0 {
		until = min(until, m.steps+steps)
	}
	for m.outcome == Running && m.steps < until {
		if err := context.Cause(ctx); err != nil {
			return m.outcome, err
		}
		due, stretch := (m.steps/r.every+1)*r.every, r.ribbon.due()
		m.run(min(until, m.steps+PollSteps, due, stretch))
		if m.steps == stretch {
			r.ribbon.end(&m.progress)
		}
		if m.steps == due && m.outcome == Running {
			r.keep()
		}
	}
	if m.outcome == Running && m.steps >= r.limits.Steps {
		m.outcome = OutOfSteps
	}
	return m.outcome, nil
}

// Counters implements [Trace].
func (r *threadRun) Counters() *Counters {
	m := r.machine
	return &Counters{
		Steps: m.steps, Attempts: m.attempts, Matches: int64(m.matches), Furthest: int(m.ever),
		Tokens: slices.Clone(m.counts), Heat: slices.Clone(m.heat.buckets), HeatWidth: m.heat.width(),
		Summaries: r.summary.all(), Ribbon: r.ribbon.all(&m.progress), StretchSteps: r.ribbon.width,
	}
}

// seek sets the machine for windows to where it has run so many steps.
func (r *threadRun) seek(ctx context.Context, steps int64) error {
	if steps < 0 || steps > r.machine.steps {
		return ErrStep
	}
	if r.replay == nil {
		r.replay = r.program.newMachine(r.machine.reader.text, r.limits)
	}
	point := r.points[r.before(steps)]
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
func (r *threadRun) Window(ctx context.Context, from int64, n int, visit func(*Event) bool) error {
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

// State implements [Trace].
func (r *threadRun) State(ctx context.Context, step int64) (*State, error) {
	if step < -1 || step >= r.machine.steps {
		return nil, ErrStep
	}
	if err := r.seek(ctx, step+1); err != nil {
		return nil, err
	}
	s := &State{Attempts: r.replay.attempts}
	r.replay.describe(&s.Event)
	r.replay.fill(s)
	return s, nil
}

// Find implements [Trace].
func (r *threadRun) Find(ctx context.Context, step int64, backward bool, c Condition) (found Event, ok bool, err error) {
	none := func(int) int64 { return 0 } // it does not backtrack
	scan := func(from, to int64) error {
		if !r.mayHold(from, &c) {
			return nil
		}
		return r.Window(ctx, from, int(to-from), func(e *Event) bool {
			if c.holds(e, none) {
				groups := append(found.Groups[:0], e.Groups...)
				found, ok = *e, true
				found.Groups = groups
			}
			return !ok || backward
		})
	}
	if backward {
		for to := min(step, r.machine.steps); to > 0 && !ok && err == nil; {
			from := r.points[r.before(to-1)].state.steps
			err = scan(from, to)
			to = from
		}
		return found, ok, err
	}
	for from := max(step+1, 0); from < r.machine.steps && !ok && err == nil; {
		to := r.machine.steps
		if i := r.before(from) + 1; i < len(r.points) {
			to = r.points[i].state.steps
		}
		err = scan(from, to)
		from = to
	}
	return found, ok, err
}

// mayHold reports whether an event between the checkpoint before a step and the next one may meet a condition, as far
// as what both have counted tells.
func (r *threadRun) mayHold(step int64, c *Condition) bool {
	i := r.before(step)
	before, after, counts := r.points[i], &r.machine.progress, r.machine.counts
	if i+1 < len(r.points) {
		after, counts = &r.points[i+1].state.progress, r.points[i+1].counts
	}
	if len(c.Kinds) > 0 && !slices.ContainsFunc(c.Kinds, func(kind Kind) bool { return before.state.tally[kind] != after.tally[kind] }) {
		return false
	}
	return c.Token == nil || before.counts[*c.Token] != counts[*c.Token]
}
