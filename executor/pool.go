package executor

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// A Pool runs jobs, a bounded number at a time. Its methods can be called from any goroutine. A pool without jobs
// has no goroutines and no threads.
type Pool struct {
	opts Options // resolved
	own  *Client // of Pool.Submit

	clock stopwatch

	// avoid is the thread that no job may run on: see Job.work.
	avoid int

	mu      sync.Mutex
	turns   [priorities]list[*lane] // lanes in which jobs wait, the next to be served first
	queued  [priorities]int         // jobs waiting, in all lanes
	passed  int                     // interactive jobs started in a row while background ones waited
	running list[*Job]
	overdue [priorities]list[*Job] // oldest cancellation first
	holding [priorities]int        // places held: by running and overdue jobs
	totals  Stats                  // its totals; the rest is filled in by Stats

	abandoned int           // jobs in stateAbandoned
	drained   chan struct{} // closed when shutdown is set and pending is 0
	isDrained bool

	// These two change so that the end of a job need not take the mutex for them: pending grows, and shutdown is set,
	// under the mutex only.
	pending  atomic.Int64 // jobs accepted whose finished has not returned
	shutdown atomic.Bool
}

// New returns a pool. It starts nothing; see RaiseMaxProcs for the one setting that the whole program has to make.
func New(o Options) *Pool {
	p := &Pool{opts: o.withDefaults(), clock: stopwatch{time.Now()}, avoid: mainThreadID(), drained: make(chan struct{})}
	p.own = newClient(p, "")
	return p
}

// NewClient returns a new client. The name is for people and need not be unique.
func (p *Pool) NewClient(name string) *Client { return newClient(p, name) }

// Submit queues run at Interactive for a client that the pool has of its own. See View.Submit.
func (p *Pool) Submit(ctx context.Context, run func(ctx context.Context), finished func(error)) error {
	return p.own.Submit(ctx, run, finished)
}

// SubmitTask queues t as Submit does two functions. See View.SubmitTask.
func (p *Pool) SubmitTask(ctx context.Context, t Task) (Canceller, error) {
	return p.own.SubmitTask(ctx, t)
}

func (p *Pool) submit(j *Job) error {
	// The watch is set before the job is in a queue, so that unwatch is there for whoever takes it out. Should it
	// fire before that, it finds stateNew and leaves the job to the check in enqueue.
	if j.ctx.parent.Done() != nil {
		j.unwatch = context.AfterFunc(j.ctx.parent, func() { p.onCancel(j) })
	}

	p.mu.Lock()
	err := p.enqueue(j)
	p.mu.Unlock()
	if err != nil {
		j.stopWatch()
	}
	return err
}

// enqueue accepts j and starts it if a place is free, or returns why not. The mutex is held.
func (p *Pool) enqueue(j *Job) error {
	switch {
	case p.shutdown.Load():
		return ErrShutdown
	case j.client.closed:
		return ErrClientClosed
	case j.ctx.ended():
		p.accept()
		p.end(j, outcomeCancelled)
		p.drop([]*Job{j}, nil)
		return nil
	}
	p.push(j)
	p.dispatch()
	// Only a job that has to wait can be too many: so the limits are looked at after its chance to start.
	if j.state == stateQueued && (j.client.waiting() > p.opts.ClientQueueLimit || p.waiting() > p.opts.QueueLimit) {
		p.unqueue(j)
		j.state = stateNew
		p.totals.Rejected++
		return ErrQueueFull
	}
	p.accept()
	return nil
}

// accept counts a job for which finished has to be called. The mutex is held.
func (p *Pool) accept() {
	p.totals.Submitted++
	p.pending.Add(1)
}

// onCancel is called on a goroutine of its own when the context given to Submit has ended before j.
func (p *Pool) onCancel(j *Job) {
	if p.withdraw(j) {
		p.reportDropped(j, nil)
	}
}

// withdraw deals with a job whose context has ended: one that runs is overdue, one that waits is taken out of the
// queue, and then its finished is for the caller, who is told by true.
func (p *Pool) withdraw(j *Job) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch j.state {
	case stateQueued:
		p.unqueue(j)
		p.end(j, outcomeCancelled)
		return true
	case stateRunning:
		p.expire(j)
	}
	return false
}

// drop finishes jobs that have been taken out of the queue, with cause unless they have one of their own. It does
// so on a new goroutine, because the caller may hold a lock that finished wants.
func (p *Pool) drop(jobs []*Job, cause error) {
	if len(jobs) == 0 {
		return
	}
	go func() {
		for _, j := range jobs {
			p.reportDropped(j, cause)
		}
	}()
}

// reportDropped finishes one job that never ran.
func (p *Pool) reportDropped(j *Job, cause error) {
	j.stopWatch()
	j.err = j.ctx.reason()
	j.ctx.cancel(cause)
	if j.err == nil {
		j.err = cause
	}
	j.meter.skip(p.clock)
	p.report(j)
}

// report makes the one call of finished.
func (p *Pool) report(j *Job) {
	task := j.task
	j.task = nil       // what it holds must not live as long as a handle on the job does
	defer p.reported() // also when finished ends this goroutine
	task.Finished(j.err)
}

// reported notes that a call of finished has returned.
func (p *Pool) reported() {
	if p.pending.Add(-1) == 0 && p.shutdown.Load() {
		p.mu.Lock()
		p.checkDrained()
		p.mu.Unlock()
	}
}

// checkDrained wakes Shutdown when nothing is left. The mutex is held.
func (p *Pool) checkDrained() {
	if p.shutdown.Load() && p.pending.Load() == 0 && !p.isDrained {
		p.isDrained = true
		close(p.drained)
	}
}
