package ui

import (
	"context"
	"errors"
	"time"

	"github.com/regexdbg/regexdbg/eventloop"
	"github.com/regexdbg/regexdbg/executor"
	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/ui/wire"
)

// Causes with which a search is cancelled.
var (
	errSuperseded = errors.New("superseded by a newer version")
	errByUser     = errors.New("cancelled by the user")
)

// errNoEngine says that a machine that was still being searched has no engine.
var errNoEngine = errors.New("no engine")

const (
	// tick is how often matches are sent after the first ones: once a frame of
	// the page, which could not show them earlier.
	tick = 16 * time.Millisecond
	// slow is when a search has become one that shows its progress, and how
	// often it does.
	slow = 250 * time.Millisecond
)

// search is what one version of the page's state asks for. It belongs to the
// loop; the fields below the line are the worker's while a leg runs.
type search struct {
	session  *session
	version  int
	query    wire.Query
	name     string // of the engine that is asked for, or ""
	document *document
	flavor   *flavor.Flavor

	stream    *stream
	leg       *leg
	budget    time.Duration // of this run, all its legs together
	sent      int           // matches
	searched  int           // bytes; all matches before are sent
	started   bool          // the page knows engine and groups
	resumable bool          // the last run ended early and may be continued
	cancelled bool          // the user does not want this run to go on

	// ----
	engine  engine.Engine // nil until it is found
	program engine.Program
	text    *engine.Text
	cursor  engine.Cursor
}

func newSearch(s *session, m *wire.Update, doc *document, f *flavor.Flavor, eng engine.Engine) *search {
	x := &search{
		session: s, version: m.Version, query: m.Query, name: m.Engine, document: doc, flavor: f, engine: eng,
		budget: s.server.options.Limits.Budget,
	}
	if m.BudgetMs > 0 {
		most := s.server.options.Limits.MaxBudget
		x.budget = time.Duration(min(int64(m.BudgetMs), most.Milliseconds())) * time.Millisecond
	}
	x.stream = newStream(func() {
		s.server.threadsafe(func() { x.leg.wake.Set() })
	})
	return x
}

// cost is what a run has cost so far.
type cost struct {
	queue, wall, cpu time.Duration
	cpuOK            bool
}

// ownCPU reports whether what a search uses of CPU time is that of its worker. A runtime
// tells what its process has used when it has ended.
func (x *search) ownCPU() bool { return x.engine == nil || engine.InProcess(x.engine) }

// run searches until an outcome and tells the page. It is a task's function;
// being cancelled means being superseded, and then it says nothing more.
//
// It takes more than one leg only when the page reads slower than the engine
// finds, see stream.
func (x *search) run(t *eventloop.Task) (struct{}, error) {
	if x.started {
		x.put(x.startedMessage(true))
	}
	if err := x.awaitFormerWorker(t); err != nil {
		return struct{}{}, err
	}
	// Both want the same processors, and the page draws what it hears first. Where that is not told by
	// then, workers are short, and the search takes its place in their queue.
	if err := x.session.analysis.awaitTold(t, tick); err != nil {
		return struct{}{}, err
	}
	var spent cost
	if x.cancelled {
		x.finishCancelled(spent)
		return struct{}{}, nil
	}
	next := &leg{budget: x.budget}
	for {
		l := next
		if err := x.runLeg(t, l, &spent); err != nil {
			return struct{}{}, err
		}
		if l.job.Cancelled() || !l.unfinished {
			x.finish(l, spent)
			return struct{}{}, nil
		}
		x.cursor = l.result.Cursor
		next = &leg{
			budget:  max(l.budget-l.wall, time.Millisecond),
			matches: max(l.limit()-l.result.Count, 1),
		}
	}
}

// awaitFormerWorker waits for the worker of the run before, which may still be
// on its way out of an engine that cannot be interrupted; only it knows where
// to go on.
func (x *search) awaitFormerWorker(t *eventloop.Task) error {
	if x.leg == nil {
		return nil
	}
	for !x.leg.settled() && !x.cancelled {
		x.leg.wake.Clear()
		if err := x.leg.wake.Wait(t); err != nil {
			return err
		}
	}
	if state, err := x.leg.look(); state == legEnded && err == nil {
		x.cursor = x.leg.result.Cursor
	}
	return nil
}

// runLeg hands the leg to the executor and streams until its job has ended.
func (x *search) runLeg(t *eventloop.Task, l *leg, spent *cost) error {
	loop := x.session.server.loop
	l.search, l.wake = x, eventloop.NewEvent(loop)
	x.leg = l
	begun := time.Now()
	l.job = eventloop.RunInExecutor(loop, x.session.client.At(executor.Interactive),
		func(ctx context.Context) (struct{}, error) {
			l.work(ctx)
			return struct{}{}, nil
		})
	l.job.AddDoneCallback(l.wake.Set)
	// A superseded task stops awaiting; the job must not go on for it.
	defer l.job.Cancel(errSuperseded)

	reported := begun
	for {
		timer := loop.CallLater(tick, l.wake.Set)
		err := l.wake.Wait(t)
		timer.Cancel()
		if err != nil {
			return err
		}
		l.wake.Clear()
		var state legState
		if x.session.analysis.isTold() || x.cancelled {
			ended := l.job.Done()
			if state, err = x.tell(t, l); err != nil {
				return err
			}
			if ended {
				spent.add(l, time.Since(begun))
				return nil
			}
		} else if state, _ = l.look(); state != legQueued {
			continue // what it finds waits for that
		}
		if now := time.Now(); now.Sub(reported) >= slow {
			reported = now
			x.report(l, state, *spent)
		}
	}
}

// tell sends what the worker has left, and returns how far it is.
func (x *search) tell(t *eventloop.Task, l *leg) (legState, error) {
	// In this order: matches are there only once the state is searching, so
	// the page hears of groups before it gets any.
	frames, count, searched := x.stream.take()
	state, failure := l.look()
	if !x.started && (state == legSearching || state == legEnded && failure == nil) {
		x.started = true
		x.put(x.startedMessage(false))
	}
	return state, x.sendMatches(t, frames, count, searched)
}

// add adds up what a leg has cost whose job has ended. The worker of a job that
// the user cancelled may be running still; then the costs are those so far.
func (c *cost) add(l *leg, wall time.Duration) {
	usage := l.usage()
	c.queue += usage.Queue
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.state == legEnded {
		c.wall += l.wall
		c.cpu += l.cpu
		c.cpuOK = l.cpuOK
		return
	}
	c.wall += max(wall-usage.Queue, 0)
	c.cpu += usage.CPU
	c.cpuOK = usage.CPUKnown && (l.state != legSearching || l.search.ownCPU()) // before that the engine is its worker's
}

// sendMatches sends what the worker has left, and waits for a slow page. count
// is the number of matches with these, before searched all there are.
func (x *search) sendMatches(t *eventloop.Task, frames [][]byte, count, searched int) error {
	x.sent, x.searched = count, searched
	for _, data := range frames {
		x.session.conn.PutBinary(x.version, data)
	}
	return x.session.awaitRoom(t)
}

// prepare makes the text and the program, once for all legs. It runs on the
// worker.
func (x *search) prepare(ctx context.Context) error {
	if x.program != nil {
		return nil
	}
	text, err := x.document.resolve()
	if err != nil {
		return err
	}
	if err := context.Cause(ctx); err != nil {
		return err
	}
	if x.engine == nil {
		if x.engine, err = x.session.server.options.Engines.Lookup(x.flavor.Name, x.name); err != nil {
			return errNoEngine
		}
		if err := context.Cause(ctx); err != nil {
			return err
		}
	}
	program, err := x.engine.Compile([]byte(x.query.Pattern), x.query.Flags)
	if err != nil {
		return err
	}
	x.stream.begin(x.version, text)
	x.text, x.program = text, program
	return nil
}

// cancel is the user's: what was found stays, and so does the way on.
func (x *search) cancel() {
	x.cancelled = true
	if x.leg != nil {
		x.leg.job.Cancel(errByUser)
		x.leg.wake.Set()
	}
}

// nextBudget is what continue gives.
func (x *search) nextBudget() time.Duration {
	return min(4*x.budget, x.session.server.options.Limits.MaxBudget)
}

func (x *search) put(message any) { x.session.conn.Put(x.version, message) }
