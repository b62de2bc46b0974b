package ui

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/regexdbg/regexdbg/eventloop"
	"github.com/regexdbg/regexdbg/executor"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/trace"
	"github.com/regexdbg/regexdbg/ui/socket"
	"github.com/regexdbg/regexdbg/ui/wire"
)

// laneDebug is the lane of a page's connection for the step debugger.
const laneDebug = 5

// errAsked ends a job early because the page has asked for something else.
var errAsked = errors.New("the page asks for something else")

const (
	// debugSlice is how many steps a run goes on for in one job: some 0.1 s, after which other pages' jobs have their turn.
	debugSlice = 1 << 22
	// debugFirst is how many steps are run before the first answer: less than a millisecond.
	debugFirst = 1 << 14
	// debugReport is how often the page hears how far a run is, and debugCount how often it gets the counts, which are
	// some 100 KB.
	debugReport = 125 * time.Millisecond
	debugCount  = time.Second
	// calloutTries is how many tries are compared with PCRE2's callouts, and calloutTime for how long: a tenth of a second
	// is the usual.
	calloutTries = 100_000
	calloutTime  = time.Second
)

// A debugging is a run of a page's state that is looked at step by step. It belongs to the loop; the run is its jobs',
// which run one after another.
//
// The newest request wins: it ends the job that runs, if that is not about it, within [trace.PollSteps] steps. Between
// requests the run goes on in slices of background jobs, as long as the page shows the panel.
type debugging struct {
	session  *session
	version  int // of the latest update with this state
	query    wire.Query
	engine   string // that the page asks for, or ""
	flavor   *flavor.Flavor
	document *document
	start    *int
	optimize string

	task      *eventloop.TaskOf[struct{}]
	wake      *eventloop.Event
	request   *wire.Debug // that is not answered
	interrupt context.CancelCauseFunc
	ended     bool // the run
	reported  time.Time
	counted   time.Time
	uncounted bool  // the run has gone on since the page got the counts
	explained bool  // why nothing matches, if that is so
	compared  bool  // with the real engine
	allowed   int64 // steps that the page allows, once the run has heard of it 0

	run debugRun
}

// debugStep takes a request of the page.
func (s *session) debugStep(m *wire.Debug) {
	if m.Version != s.version || s.debugState == nil {
		return // of a state that is not the present one, or cannot be run: the page knows
	}
	d := s.debug
	if d == nil || !reflect.DeepEqual(d.start, m.Start) || d.optimize != m.Optimize {
		s.dropDebug()
		d = &debugging{
			session: s, version: s.version, query: s.debugState.query, engine: s.debugState.engine, flavor: s.debugState.flavor,
			document: s.document, start: m.Start, optimize: m.Optimize, wake: eventloop.NewEvent(s.server.loop),
		}
		s.debug = d
		d.request = m
		d.raise(m)
		d.begin()
		return
	}
	d.request = m
	d.raise(m)
	d.stopJob()
	d.wake.Set()
}

// raise takes down how many steps a request allows.
func (d *debugging) raise(m *wire.Debug) {
	d.allowed = max(d.allowed, min(int64(m.MaxSteps), d.session.server.options.Limits.MaxDebugSteps))
}

// debugState is what of an update a debugging runs.
type debugState struct {
	query  wire.Query
	engine string
	flavor *flavor.Flavor
}

// keepDebug goes on with the run of before when an update has changed nothing about it, and else ends it. Another engine is
// asked whether it finds the same.
func (s *session) keepDebug(query wire.Query, engine string, f *flavor.Flavor) {
	s.debugState = &debugState{query: query, engine: engine, flavor: f}
	d := s.debug
	if d == nil {
		return
	}
	if d.query != query || d.document != s.document {
		s.dropDebug()
		return
	}
	d.version = s.version
	if d.engine == engine {
		return
	}
	d.engine, d.compared = engine, false
	d.wake.Set()
}

// dropDebug ends the run.
func (s *session) dropDebug() {
	s.conn.Lane(laneDebug).Supersede(s.version)
	if s.debug != nil {
		s.debug.task.Cancel(errSuperseded)
		s.debug = nil
	}
}

// visible reports whether the page shows the panel.
func (d *debugging) visible() bool {
	i := panelIndex("debug")
	return i < len(d.session.shown) && d.session.shown[i]
}

// stopJob ends the job that runs, if there is one; the task waits until it has ended.
func (d *debugging) stopJob() {
	if d.interrupt != nil {
		d.interrupt(errAsked)
	}
}

func (d *debugging) begin() {
	task := eventloop.Go(d.session.server.loop, d.loop)
	d.task = task
	task.AddDoneCallback(func() {
		if err := task.Exception(); err != nil && !errors.Is(err, eventloop.ErrCancelled) {
			d.session.server.options.Log.Error("ui: debugging failed", "err", err)
		}
	})
}

// loop is the task's function.
func (d *debugging) loop(t *eventloop.Task) (struct{}, error) {
	ok, err := d.prepare(t)
	if err != nil || !ok {
		return struct{}{}, err
	}
	for {
		err := d.turn(t)
		if err == nil {
			err = d.session.awaitRoom(t)
		}
		if err != nil {
			return struct{}{}, err
		}
	}
}

// turn does one thing: answers, goes on, counts, or waits for a reason to do one of these.
func (d *debugging) turn(t *eventloop.Task) error {
	switch {
	case d.allowed > 0:
		return d.allow(t)
	case d.request != nil && (d.ended || !d.run.waits(d.request)):
		return d.answer(t)
	case !d.visible():
	case !d.ended:
		return d.advance(t)
	case d.uncounted:
		return d.count(t)
	case !d.explained:
		return d.explain(t)
	case !d.compared && d.start == nil: // a single attempt is no search that an engine does
		return d.compare(t)
	}
	d.wake.Clear()
	return d.wake.Wait(t)
}

// work has a worker do something with the run. stopped says that a newer request ended it early, and err that the task
// was cancelled.
func (d *debugging) work(t *eventloop.Task, at executor.Priority, do func(ctx context.Context) ([]byte, error)) (data []byte, stopped bool, err error) {
	ctx, interrupt := context.WithCancelCause(context.Background())
	defer interrupt(nil)
	job := eventloop.RunInExecutor(d.session.server.loop, d.session.client.At(at), func(outer context.Context) ([]byte, error) {
		defer context.AfterFunc(outer, func() { interrupt(context.Cause(outer)) })()
		return do(ctx)
	})
	d.interrupt = interrupt
	data, err = job.Await(t)
	d.interrupt = nil
	switch {
	case err != nil && t.Cancelling() > 0:
		return nil, false, err
	case errors.Is(err, errAsked):
		return nil, true, nil
	case err != nil:
		d.fail(err)
		return nil, false, errDebugEnded
	}
	return data, false, nil
}

// errDebugEnded ends the task of a run that failed; the page has been told.
var errDebugEnded = fmt.Errorf("the run has failed: %w", eventloop.ErrCancelled)

func (d *debugging) put(data []byte) {
	if data != nil {
		d.session.conn.Lane(laneDebug).PutText(d.version, data)
	}
}

// fail tells the page why the run does not go on.
func (d *debugging) fail(err error) {
	m := d.run.failure(err)
	m.Version = d.version
	var panicked *executor.PanicError
	switch {
	case errors.Is(err, executor.ErrQueueFull):
		m.Message = "Too many searches are waiting. Change the pattern to try again."
	case errors.As(err, &panicked):
		d.session.server.options.Log.Error("ui: the debugger panicked", "flavor", d.flavor.Name,
			"value", panicked.Value, "stack", string(panicked.Stack))
		m.Message = fmt.Sprintf("This failed: %.200v. It is a defect; the program's log has its stack.", panicked.Value)
	}
	d.put(socket.Marshal(m))
}

// prepare compiles the pattern. It returns false when there is nothing to run.
func (d *debugging) prepare(t *eventloop.Task) (bool, error) {
	limits := d.session.server.options.Limits
	version := d.version
	for {
		data, stopped, err := d.work(t, executor.Interactive, func(ctx context.Context) ([]byte, error) {
			if err := d.run.prepare(ctx, d, limits, version); err != nil {
				return nil, err
			}
			return socket.Marshal(d.run.view.Program(d.run.mode, d.run.threads, d.start, limits.DebugSteps, limits.MaxDebugSteps)), nil
		})
		if errors.Is(err, errDebugEnded) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		if !stopped {
			d.put(data)
			d.uncounted = true
			return true, nil
		}
	}
}

// answer answers the request, unless a newer one takes its place. One that may be met by steps to come stays.
func (d *debugging) answer(t *eventloop.Task) error {
	request, version, final := d.request, d.version, d.ended
	answered := false
	data, _, err := d.work(t, executor.Interactive, func(ctx context.Context) ([]byte, error) {
		if request.Move == wire.MoveList {
			m, err := d.run.list(ctx, request)
			if err != nil {
				return nil, err
			}
			answered = true
			m.Version, m.Request = version, request.Request
			return socket.Marshal(m), nil
		}
		m, err := d.run.answer(ctx, request, final)
		if err != nil || m == nil {
			return nil, err
		}
		answered = true
		m.Version, m.Request = version, request.Request
		return socket.Marshal(m), nil
	})
	if err != nil || d.request != request {
		return err
	}
	if answered {
		d.request = nil
	}
	d.put(data)
	return nil
}

// advance runs a slice, and tells the page from time to time how far that is.
func (d *debugging) advance(t *eventloop.Task) error {
	version := d.version
	now := time.Now()
	report := now.Sub(d.reported) >= debugReport
	counts := now.Sub(d.counted) >= debugCount
	var messages [][]byte
	_, stopped, err := d.work(t, executor.Background, func(ctx context.Context) ([]byte, error) {
		outcome, err := d.run.advance(ctx, debugSlice)
		if err != nil {
			return nil, err
		}
		if outcome != trace.Running || report {
			messages = d.run.report(version, counts || outcome != trace.Running)
		}
		return nil, nil
	})
	if err != nil || stopped {
		return err
	}
	d.ended = d.run.outcome != trace.Running
	d.uncounted = true
	if messages == nil {
		return nil
	}
	d.reported = now
	if len(messages) > 1 {
		d.counted = now
		d.uncounted = false
	}
	for _, data := range messages {
		d.put(data)
	}
	return nil
}

// allow raises the limit of steps.
func (d *debugging) allow(t *eventloop.Task) error {
	version, steps := d.version, d.allowed
	d.allowed = 0
	data, stopped, err := d.work(t, executor.Interactive, func(context.Context) ([]byte, error) {
		d.run.allow(steps)
		return d.run.report(version, false)[0], nil
	})
	if stopped {
		d.allowed = max(d.allowed, steps) // it may not have been heard
	}
	if err != nil || stopped {
		return err
	}
	if d.ended && d.run.outcome == trace.Running {
		d.ended, d.compared = false, false
	}
	d.put(data)
	return nil
}

// count sends the counts of a run that has ended.
func (d *debugging) count(t *eventloop.Task) error {
	version := d.version
	var messages [][]byte
	_, stopped, err := d.work(t, executor.Background, func(context.Context) ([]byte, error) {
		messages = d.run.report(version, true)
		return nil, nil
	})
	if err != nil || stopped {
		return err
	}
	d.uncounted = false
	for _, data := range messages {
		d.put(data)
	}
	return nil
}

// explain tells the page why a run found nothing.
func (d *debugging) explain(t *eventloop.Task) error {
	version := d.version
	data, stopped, err := d.work(t, executor.Background, func(ctx context.Context) ([]byte, error) {
		m, err := d.run.whyNot(ctx, version)
		if m == nil || err != nil {
			return nil, err
		}
		return socket.Marshal(m), nil
	})
	if err != nil || stopped {
		return err
	}
	d.explained = true
	d.put(data)
	return nil
}

// compare runs the engine that the page has chosen on the same text, and tells the page whether it finds the same.
func (d *debugging) compare(t *eventloop.Task) error {
	version, name, limits := d.version, d.engine, d.session.server.options.Limits
	data, stopped, err := d.work(t, executor.Background, func(ctx context.Context) ([]byte, error) {
		eng, err := d.session.native.lookup(d.session.server.options.Engines, d.flavor, name, version, d.run.source)
		if err != nil {
			eng = nil // the report says so
		}
		r := d.run.verify(ctx, eng, d.query, limits.Budget)
		if errors.Is(r.Err, errAsked) {
			return nil, errAsked
		}
		m := wire.DebugAgreement{Type: wire.TypeDebugAgreement, Version: version, Verdict: string(r.Verdict), Words: sentence(r.String())}
		steps, err := d.run.verifySteps(ctx, d.query)
		if err != nil {
			return nil, err
		}
		if steps != nil {
			m.Steps, m.StepsDiffer = sentence(steps.String()), !steps.Same
		}
		return socket.Marshal(m), nil
	})
	if err != nil || stopped {
		return err
	}
	// A newer version may be about another engine, and its text is not the page's own of before any more.
	d.compared = version == d.version
	if d.compared {
		d.put(data)
	}
	return nil
}

// sentence makes one of words.
func sentence(words string) string { return strings.ToUpper(words[:1]) + words[1:] + "." }
