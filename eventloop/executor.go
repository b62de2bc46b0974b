package eventloop

import (
	"context"
	"errors"
	"sync/atomic"
)

// Executor runs functions on worker threads.
type Executor interface {
	// Submit queues run. ctx is handed to run; when ctx is cancelled before run has started, run never starts.
	// Exactly one call of finished follows every Submit that returned nil, on an arbitrary goroutine:
	// finished(nil) after run returned; finished(context.Cause(ctx)) when it never started;
	// finished(err) with the executor's own error, such as a recovered panic or a shutdown.
	Submit(ctx context.Context, run func(ctx context.Context), finished func(error)) error
}

// TaskExecutor is an Executor that also takes a job as one value and gives a handle on it. [RunInExecutor] uses
// SubmitTask where there is one, as no functions and no context have to be made for it then. What embeds such an
// Executor and has a Submit of its own needs a SubmitTask of its own as well.
type TaskExecutor interface {
	Executor

	// SubmitTask is Submit with t's methods as the two functions. The handle cancels the context that Run gets, with
	// the cause, and has all the effects of a cancellation; it does not call Finished. Its Cancel may be called at any
	// time and on any goroutine.
	SubmitTask(ctx context.Context, t interface {
		Run(ctx context.Context)
		Finished(err error)
	}) (interface{ Cancel(cause error) }, error)
}

// RunInExecutor runs fn on one of ex's workers and returns the future of what fn returns,
// value and error both. With a nil ex it takes the loop's default executor, see
// [WithDefaultExecutor]. It fails with the executor's error when ex refuses the job or ends
// it otherwise, with ErrNoExecutor or ErrShutdown when there is no default or no longer one,
// and with ErrClosed on a closed loop. [Future.Running] tells whether fn has started. Loop's
// goroutine only.
//
// Cancelling the future (as does cancelling the task that awaits it) ends it at once and
// cancels fn's ctx with the cause, ErrCancelled when that is nil. A function that has not
// started never does; one that runs has to watch its ctx, and what it returns is dropped.
// Close cancels the jobs of its loop, with ErrClosed; nothing reaches a closed loop.
func RunInExecutor[T any](l *Loop, ex Executor, fn func(ctx context.Context) (T, error)) *Future[T] {
	if fn == nil {
		panic("eventloop: nil function")
	}
	l.mustBeOn("RunInExecutor")
	j := &job[T]{fn: fn}
	j.loop = l
	if l.Closed() {
		j.settle(failed, ErrClosed)
		return &j.Future
	}
	if ex == nil {
		var err error
		if ex, err = l.executors.get(); err != nil {
			j.settle(failed, err)
			return &j.Future
		}
	}
	j.hook = j
	l.own(j)
	if err := j.submit(ex); err != nil {
		j.end()
		j.hook = nil
		j.settle(failed, err)
	}
	return &j.Future
}

// job is a future and the way of its result from the worker to the loop. The worker writes
// its own fields only: the future may be cancelled and read meanwhile.
type job[T any] struct {
	Future[T]
	handle interface{ Cancel(cause error) } // nil when it was refused, and in the end
	ownership

	// The worker's.
	progress atomic.Uint32
	fn       func(ctx context.Context) (T, error)
	result   T
	workErr  error
}

// Bits of a job's progress.
const (
	jobStarted = 1 << iota
	jobFailed  // and workErr is the executor's
)

// contextCanceller is the handle on a job of an Executor that gives none: it cancels the job's context.
type contextCanceller context.CancelCauseFunc

func (c contextCanceller) Cancel(cause error) { c(cause) }

func (j *job[T]) submit(ex Executor) (err error) {
	if ex, ok := ex.(TaskExecutor); ok {
		j.handle, err = ex.SubmitTask(context.Background(), j)
		return err
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	j.handle = contextCanceller(cancel)
	return ex.Submit(ctx, j.Run, j.Finished)
}

// Run is the worker's part.
func (j *job[T]) Run(ctx context.Context) {
	j.progress.Store(jobStarted)
	j.result, j.workErr = j.fn(ctx)
}

// Finished comes on any goroutine.
func (j *job[T]) Finished(err error) {
	if err != nil {
		j.workErr = err
		j.progress.Or(jobFailed)
	}
	// A closed loop takes nothing: the future was cancelled when it closed.
	_ = j.loop.CallSoonThreadsafe(j.deliver)
}

// deliver is the loop's part.
func (j *job[T]) deliver() {
	j.end()
	broken := j.progress.Load()&jobFailed != 0
	if j.state != pending {
		// Cancelled meanwhile. The result is unwanted, but an executor's error, such as a
		// panic of fn, has no other way out. Its answer to the cancellation is none.
		if err := j.workErr; broken && !errors.Is(err, j.err) && !errors.Is(j.err, err) {
			j.loop.CallExceptionHandler(Exception{Message: "a cancelled job failed", Err: err})
		}
		return
	}
	if !broken {
		j.value = j.result
	}
	if j.workErr != nil {
		j.settle(failed, j.workErr)
	} else {
		j.settle(succeeded, nil)
	}
}

// end releases what is held for the job, which no worker has any more.
func (j *job[T]) end() {
	j.loop.disown(j)
	if c, ok := j.handle.(contextCanceller); ok {
		c(nil)
	}
	j.handle, j.fn = nil, nil
}

func (j *job[T]) running() bool               { return j.progress.Load()&jobStarted != 0 }
func (j *job[T]) futureCancelled(cause error) { j.handle.Cancel(contextCause(cause)) }
func (j *job[T]) loopClosing(cause error)     { j.cancel(cause) }
