package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
	"github.com/regexdbg/regexdbg/regex/trace"
	"github.com/regexdbg/regexdbg/regex/trace/narrator"
	"github.com/regexdbg/regexdbg/regex/trace/nomatch"
	"github.com/regexdbg/regexdbg/regex/verify"
	"github.com/regexdbg/regexdbg/ui/socket"
	"github.com/regexdbg/regexdbg/ui/wire"
)

// A debugRun is what the jobs of a [debugging] work on, one after another.
type debugRun struct {
	positions *wire.Positions
	source    *engine.Text
	text      *wire.TextPositions
	view      *wire.DebugView
	tree      *syntax.Tree
	trace     trace.Trace
	with      engine.Optimizations // that the steps are with
	mode      []string             // see wire.DebugProgram
	threads   bool
	outcome   trace.Outcome
	wall      time.Duration
	limit     int64 // of steps

	// What was searched for last, and up to which step: a search goes on with the steps that have come since.
	searching *wire.Debug
	searched  int64
}

// prepare makes the run, and runs its first steps.
func (r *debugRun) prepare(ctx context.Context, d *debugging, limits Limits, version int) error {
	text, err := d.document.resolve()
	if err != nil {
		return err
	}
	if r.trace == nil {
		r.source = text
		r.positions = wire.NewPositions(d.query.Pattern)
		r.text = wire.NewTextPositions(text.Bytes(), text.IsASCII(), text.Valid())
		start, attempts := 0, int64(0)
		if d.start != nil {
			attempts = 1
			var ok bool
			if start, ok = r.text.Offset(*d.start); !ok {
				return errors.New("the place to start at is not in the text")
			}
		}
		r.tree, err = r.newTrace(d, text.Bytes(), trace.Limits{
			Steps: limits.DebugSteps, Memory: limits.DebugBytes / 2, Checkpoints: limits.DebugBytes / 4, Matches: limits.Matches,
			Start: start, Attempts: attempts,
		})
		if err != nil {
			return err
		}
		r.limit = limits.DebugSteps
		say := narrator.New(r.tree, r.trace.Tokens(), r.trace.Groups(), text.Bytes())
		r.view = wire.NewDebugView(version, r.tree, r.trace, say, r.positions, r.text)
	}
	_, err = r.advance(ctx, debugFirst)
	return err
}

// newTrace compiles the pattern for the machine that the flavor's engines are like, and says which that is.
func (r *debugRun) newTrace(d *debugging, text []byte, limits trace.Limits) (*syntax.Tree, error) {
	flags, err := d.flavor.CheckFlags(d.query.Flags)
	if err != nil {
		return nil, err
	}
	tree := syntax.Parse(d.query.Pattern, d.flavor, flavor.FlagsOf(flags))
	if r.with, err = engine.ParseOptimizations(d.optimize); err != nil {
		return nil, err
	}
	optimized, err := verify.Optimized(tree, flags, r.with)
	if err != nil {
		return nil, err
	}
	if r.trace, err = trace.NewOptimized(tree, text, limits, optimized); err != nil {
		return nil, err
	}
	r.mode = []string{modeWords(r.with)}
	if d.flavor.Set != flavor.InGo {
		return tree, nil
	}
	r.threads = true
	matcher, err := trace.GoMatcherOf(tree, len(text))
	if err != nil {
		return nil, err
	}
	r.mode = append(r.mode, goWords(matcher))
	return tree, nil
}

// modeWords says by what rules the machine runs.
func modeWords(with engine.Optimizations) string {
	words := "Plain semantics: every step that the rules ask for, without an engine's optimisations."
	if names := with.String(); names != "" {
		words = "With " + strings.ReplaceAll(names, ",", " and ") + ", as PCRE2 tells what it does with this pattern."
	}
	return words + " No step count here is an engine's."
}

// goWords says how Go itself runs a pattern.
func goWords(m trace.GoMatcher) string {
	words := "A machine of threads, as RE2 and Go have: it follows all possibilities at once and never backtracks. "
	if m.Name != "" {
		words += "On this text Go's regexp runs its " + m.Name + " matcher, which finds the same. "
	}
	words += m.Why
	if m.Prefix != "" {
		words += fmt.Sprintf(" It skips to where %q stands, which this machine does not.", m.Prefix)
	}
	return words
}

// verify compares the run, which has ended, with an engine.
func (r *debugRun) verify(ctx context.Context, eng engine.Engine, query wire.Query, timeout time.Duration) *verify.Report {
	return verify.With(ctx, eng, verify.Subject{
		Pattern: query.Pattern, Flags: query.Flags, Text: r.source, Trace: r.trace, Outcome: r.outcome, Timeout: timeout,
	})
}

// verifySteps compares the steps with what the flavor's engine tells of its own, in the same process; nil where it tells
// none or this could not be done. The error is that the page asks for something else.
func (r *debugRun) verifySteps(ctx context.Context, query wire.Query) (*verify.StepReport, error) {
	if !verify.HasCallouts(r.tree.Flavor) {
		return nil, nil
	}
	limited, cancel := context.WithTimeout(ctx, calloutTime)
	defer cancel()
	report, err := verify.Callouts(limited, r.tree, query.Flags, r.with, r.source, calloutTries)
	if asked := context.Cause(ctx); asked != nil {
		return nil, asked
	}
	if err != nil {
		return nil, nil // a limit of the engine's own, or the time: the verdict on the matches stands
	}
	return report, nil
}

// whyNot says why the run, which has ended, found nothing; nil when it found something or stopped before the end.
func (r *debugRun) whyNot(ctx context.Context, version int) (*wire.DebugWhyNot, error) {
	closest := r.trace.Counters().Closest
	if r.outcome != trace.NoMatch || closest == nil {
		return nil, nil
	}
	report, err := nomatch.Explain(ctx, r.tree, r.source.Bytes(), r.trace)
	if err != nil {
		return nil, err
	}
	r.view.SetVersion(version)
	m := r.view.WhyNot(report, closest.First)
	return &m, nil
}

// failure is the message that there is no run.
func (r *debugRun) failure(err error) wire.DebugFailed {
	m := wire.DebugFailed{Type: wire.TypeDebugFailed, Message: err.Error()}
	var unsupported *trace.UnsupportedError
	var broken *syntax.Error
	switch {
	case errors.As(err, &unsupported):
		span := r.positions.Range(unsupported.Span.Start, unsupported.Span.End)
		m.Span = &span
		m.Message = "The stepping machine does not have " + unsupported.What + " yet."
	case errors.As(err, &broken):
		m.Message = "The pattern is not valid: see the message under it."
	}
	return m
}

// advance runs on, for at most so many steps.
func (r *debugRun) advance(ctx context.Context, steps int64) (trace.Outcome, error) {
	begun := time.Now()
	outcome, err := r.trace.Advance(ctx, steps)
	r.wall += time.Since(begun)
	r.outcome = outcome
	return outcome, err
}

// allow raises the limit of steps.
func (r *debugRun) allow(steps int64) {
	r.limit = max(r.limit, steps)
	r.trace.Allow(steps)
	if r.outcome == trace.OutOfSteps && r.trace.Steps() < r.limit {
		r.outcome = trace.Running
	}
}

// report makes the messages of how far the run is.
func (r *debugRun) report(version int, counts bool) [][]byte {
	r.view.SetVersion(version)
	c := r.trace.Counters()
	messages := [][]byte{socket.Marshal(r.view.Progress(c, r.outcome, r.limit, milliseconds(r.wall)))}
	if counts {
		messages = append(messages, socket.Marshal(r.view.Counts(c)))
	}
	return messages
}

// waits reports whether a request can only be answered when there are more steps.
func (r *debugRun) waits(m *wire.Debug) bool {
	switch m.Move {
	case wire.MoveEnd:
		return true
	case wire.MoveTo:
		return int64(m.Step) >= r.trace.Steps()
	case wire.MoveList:
		return int64(m.Step+m.Count) > r.trace.Steps()
	}
	return r.searching == m && r.searched >= r.trace.Steps()
}

// answer is the answer to a request, or nil when steps to come may meet it. final says that there will be none.
func (r *debugRun) answer(ctx context.Context, m *wire.Debug, final bool) (*wire.DebugStep, error) {
	switch m.Move {
	case wire.MoveEnd:
		return r.step(ctx, m, r.trace.Steps()-1, true)
	case wire.MoveTo:
		return r.step(ctx, m, int64(m.Step), true)
	case wire.MoveFind:
		return r.find(ctx, m, final)
	case wire.MovePlace:
		return r.place(ctx, m, final)
	}
	return nil, errors.New("there is no such move")
}

// list is the steps from one on.
func (r *debugRun) list(ctx context.Context, m *wire.Debug) (*wire.DebugListing, error) {
	listing := &wire.DebugListing{Type: wire.TypeDebugListing, Events: []wire.DebugEvent{}}
	if m.Step < 0 || int64(m.Step) >= r.trace.Steps() {
		return listing, nil
	}
	return listing, r.trace.Window(ctx, int64(m.Step), max(0, min(m.Count, wire.MaxDebugListing)), func(e *trace.Event) bool {
		listing.Events = append(listing.Events, r.view.Event(e))
		return true
	})
}

// find searches for a step. A search to the right goes on, in a later call, with the steps that were not there yet.
func (r *debugRun) find(ctx context.Context, m *wire.Debug, final bool) (*wire.DebugStep, error) {
	c, problem, err := r.condition(m)
	if err != nil {
		return nil, err
	}
	if problem != nil {
		answer, err := r.step(ctx, m, int64(m.Step), false)
		if answer != nil {
			answer.Problem = problem
		}
		return answer, err
	}
	from := r.begin(m, int64(m.Step))
	e, ok, err := r.trace.Find(ctx, from, m.Backward, c)
	switch {
	case err != nil:
		return nil, err
	case ok:
		return r.step(ctx, m, e.Step, true)
	case m.Backward || final:
		return r.step(ctx, m, int64(m.Step), false)
	}
	r.searched = r.trace.Steps()
	return nil, nil
}

// condition is what a request looks for, or what is wrong with its words.
func (r *debugRun) condition(m *wire.Debug) (trace.Condition, *wire.DebugProblem, error) {
	if m.Search != "" {
		return r.view.Search(m.Search, m.Unit)
	}
	var c trace.Condition
	for _, d := range m.Any {
		one, err := r.view.Condition(d)
		if err != nil {
			return c, nil, err
		}
		c.Any = append(c.Any, one)
	}
	if len(c.Any) == 1 {
		c = c.Any[0]
	}
	return c, nil, nil
}

// begin returns the step behind which a search begins.
func (r *debugRun) begin(m *wire.Debug, step int64) int64 {
	if r.searching == m {
		return r.searched - 1
	}
	r.searching, r.searched = m, step+1
	return step
}

// place searches for a step by what it is of.
func (r *debugRun) place(ctx context.Context, m *wire.Debug, final bool) (*wire.DebugStep, error) {
	if m.Place == nil {
		return nil, errors.New("a place is missing")
	}
	tokens := r.view.Tokens(m.Place.From, m.Place.To)
	pos, ok := r.text.Offset(m.Place.Pos)
	kind, known := trace.KindOf(m.Place.Kind)
	if len(tokens) == 0 || !ok || !known {
		return r.step(ctx, m, 0, false)
	}
	var c trace.Condition
	for _, token := range tokens {
		c.Any = append(c.Any, trace.Condition{Token: &token})
	}
	there := c
	there.Pos, there.Kinds = &pos, []trace.Kind{kind}
	e, found, err := r.trace.Find(ctx, r.begin(m, -1), false, there)
	if err != nil {
		return nil, err
	}
	r.searched = r.trace.Steps()
	switch {
	case found:
		return r.step(ctx, m, e.Step, true)
	case !final:
		return nil, nil
	}
	if e, found, err = r.trace.Find(ctx, -1, false, c); err != nil {
		return nil, err
	}
	return r.step(ctx, m, max(e.Step, 0), found)
}

// step is what the machine holds behind a step, or behind the last one when there are fewer, and the steps around it.
func (r *debugRun) step(ctx context.Context, m *wire.Debug, step int64, found bool) (*wire.DebugStep, error) {
	step = max(0, min(step, r.trace.Steps()-1))
	around := int64(max(1, min(m.Around, wire.MaxDebugAround)))
	answer := &wire.DebugStep{Found: found}
	from := max(0, step-around)
	var before []int
	collect := func(e *trace.Event) bool {
		if e.Step == step-1 {
			before = append(before, e.Groups...)
		}
		answer.Events = append(answer.Events, r.view.Event(e))
		return true
	}
	if err := r.trace.Window(ctx, from, int(step-from+1), collect); err != nil {
		return nil, err
	}
	state, err := r.trace.State(ctx, step)
	if err != nil {
		return nil, err
	}
	r.view.Step(answer, state, before)
	return answer, r.trace.Window(ctx, step+1, int(around), collect)
}
