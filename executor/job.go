package executor

import (
	"context"
	"runtime/debug"
	"time"
)

// A Job is one accepted call of Submit. Its methods can be called from any goroutine, before, while and after it runs.
type Job struct {
	client   *Client
	priority Priority
	state    state   // guarded by the pool's mutex
	outcome  outcome // of the goroutine that has the job, as err
	ctx      jobContext
	unwatch  func() bool // stops the pool's watch over the submitter's context; nil when that cannot end

	meter meter

	// Of the goroutine that has the job: the submitter's, then that of its worker or of whoever drops it.
	task Task
	err  error

	// Guarded by the pool's mutex.
	node  node[*Job] // in the lane's jobs, the pool's running or its overdue list
	grace *time.Timer
}

// state is where the pool has a job.
type state uint8

const (
	stateNew       state = iota // in no list yet
	stateQueued                 // in its lane
	stateRunning                // in Pool.running; holds a place
	stateOverdue                // in Pool.overdue: cancelled, not returned; holds a place
	stateAbandoned              // in no list: cancelled, not returned; its place was given away
	stateEnded                  // in no list; finished is being or has been called
)

// outcome is how a job ended.
type outcome uint8

const (
	outcomeReturned outcome = iota
	outcomeCancelled
	outcomePanicked
	outcomeExited
)

// Client returns the name of the client that submitted the job.
func (j *Job) Client() string { return j.client.name }

// Priority returns the priority the job was submitted at.
func (j *Job) Priority() Priority { return j.priority }

// Usage returns what the job has cost: up to now while it waits or runs, in total after. No field ever decreases.
// The call costs one or two microseconds while the job runs (it asks the kernel), so poll it at a human pace.
func (j *Job) Usage() Usage { return j.meter.read(j.client.pool.clock) }

// Cancel ends the job's context with the cause, context.Canceled for nil, as the end of the context given to Submit
// does: a job that waits is dropped, one that runs is told. A job that has ended, or was cancelled before, is left
// alone. finished is not called from within Cancel.
func (j *Job) Cancel(cause error) {
	j.ctx.cancel(cause)
	p := j.client.pool
	if p.withdraw(j) {
		p.drop([]*Job{j}, nil)
	}
}

// JobFrom returns the job that ctx was handed to, or whose context ctx descends from, and nil when there is none.
func JobFrom(ctx context.Context) *Job {
	j, _ := ctx.Value(jobKey{}).(*Job)
	return j
}

// UsageFrom is JobFrom(ctx).Usage(), and false when ctx belongs to no job.
func UsageFrom(ctx context.Context) (Usage, bool) {
	j := JobFrom(ctx)
	if j == nil {
		return Usage{}, false
	}
	return j.Usage(), true
}

func (j *Job) stopWatch() {
	if j.unwatch != nil {
		j.unwatch()
	}
}

// execute calls run, unless the job was cancelled, and notes how it ended. It does not return when run ends its
// goroutine, but notes that as well.
func (j *Job) execute() {
	if err := j.ctx.reason(); err != nil {
		j.meter.skip(j.client.pool.clock)
		j.err, j.outcome = err, outcomeCancelled
		return
	}
	if after := j.client.pool.opts.LongAfter; after > 0 {
		defer time.AfterFunc(after, func() { j.meter.lower(longNiceness) }).Stop()
	}
	returned := false
	defer func() {
		if returned {
			return
		}
		if v := recover(); v != nil {
			j.err, j.outcome = &PanicError{Value: v, Stack: debug.Stack()}, outcomePanicked
			return
		}
		j.err, j.outcome = ErrGoexit, outcomeExited
	}()
	j.task.Run(&j.ctx)
	returned = true
}
