package ui

import (
	"context"
	"sync"
	"time"

	"github.com/regexdbg/regexdbg/eventloop"
	"github.com/regexdbg/regexdbg/executor"
	"github.com/regexdbg/regexdbg/regex/engine"
)

// leg is one job of a search on a worker: from the search's cursor to an
// outcome. The loop makes it and reads it; work runs on the worker.
type leg struct {
	search  *search
	budget  time.Duration // wall time
	matches int           // how many it may find; 0 for as many as the limits allow

	wake *eventloop.Event // the worker has something, or a tick is over, or the job has ended
	job  *eventloop.Future[struct{}]

	mu         sync.Mutex
	state      legState
	running    *executor.Job
	result     engine.Result
	unfinished bool          // ended only because the page does not keep up
	err        error         // what kept the search from running
	wall       time.Duration // without waiting for the page
	cpu        time.Duration // on the worker's thread, and in a runtime's process, where cpuOK
	cpuOK      bool
}

// legState is how far the worker has got.
type legState int

const (
	legQueued    legState = iota // no worker has it yet
	legPreparing                 // making the text, compiling
	legSearching
	legEnded
	legAbandoned // cancelled while queued: a worker that gets it does nothing
)

// work is the leg's part on a worker thread.
func (l *leg) work(ctx context.Context) {
	job := executor.JobFrom(ctx)
	if !l.start(job) {
		return
	}
	x := l.search
	var result engine.Result
	var page delay
	var mark string
	err := x.prepare(ctx)
	before, start := job.Usage(), time.Now()
	if err == nil {
		l.searching()
		result = x.program.Search(ctx, x.text, x.cursor,
			engine.Budget{Timeout: l.budget, MaxMatches: l.limit(), Progress: &x.stream.progress, Mark: &mark},
			x.stream.adder(ctx, &page, &mark))
	}
	wall, after := time.Since(start)-page.waited, job.Usage()

	l.mu.Lock()
	defer l.mu.Unlock()
	l.state, l.result, l.err = legEnded, result, err
	l.unfinished = page.stalled && result.Outcome == engine.Stopped ||
		page.waited > 0 && result.Outcome == engine.Timeout && wall < l.budget
	l.wall, l.cpu, l.cpuOK = wall, after.CPU-before.CPU+result.ChildCPU, after.CPUKnown && result.ChildCPU >= 0
	// The job's future wakes the task, unless it was cancelled meanwhile.
	x.session.server.threadsafe(l.wake.Set)
}

func (l *leg) start(job *executor.Job) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.state != legQueued {
		return false
	}
	l.state, l.running = legPreparing, job
	return true
}

func (l *leg) searching() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.state = legSearching
}

// limit is how many matches this leg may find.
func (l *leg) limit() int {
	if l.matches > 0 {
		return l.matches
	}
	limits := l.search.session.server.options.Limits
	return max(1, min(limits.Matches, limits.Spans/len(l.search.program.Groups())))
}

// look returns the state and, once it has ended, what kept it from searching.
func (l *leg) look() (legState, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.state, l.err
}

// settled reports whether no worker will touch the search for this leg any
// more. A leg that is still queued never will: it is abandoned.
func (l *leg) settled() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.state == legQueued {
		l.state = legAbandoned
	}
	return l.state == legEnded || l.state == legAbandoned
}

// usage returns what the job has cost up to now, from outside.
func (l *leg) usage() executor.Usage {
	l.mu.Lock()
	job := l.running
	l.mu.Unlock()
	if job == nil {
		return executor.Usage{}
	}
	return job.Usage()
}
