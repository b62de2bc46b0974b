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
	ctx, cancel := context.WithCancelCause(context.Background())
	j.cancelCtx = cancel
	j.hook = j
	l.own(j)
	if err := ex.Submit(ctx, j.run, j.finished); err != nil {
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
	fn        func(ctx context.Context) (T, error)
	cancelCtx context.CancelCauseFunc
	started   atomic.Bool

	result T
	fnErr  error
	exErr  error // what the executor itself reports
}

// run is the worker's part.
func (j *job[T]) run(ctx context.Context) {
	j.started.Store(true)
	j.result, j.fnErr = j.fn(ctx)
}

// finished comes on any goroutine.
func (j *job[T]) finished(err error) {
	j.exErr = err
	// A closed loop takes nothing: the future was cancelled when it closed.
	_ = j.loop.CallSoonThreadsafe(j.deliver)
}

// deliver is the loop's part.
func (j *job[T]) deliver() {
	j.end()
	if j.state != pending {
		// Cancelled meanwhile. The result is unwanted, but an executor's error, such as a
		// panic of fn, has no other way out. Its answer to the cancellation is none.
		if err := j.exErr; err != nil && !errors.Is(err, j.err) && !errors.Is(j.err, err) {
			j.loop.CallExceptionHandler(Exception{Message: "a cancelled job failed", Err: err})
		}
		return
	}
	switch {
	case j.exErr != nil:
		j.settle(failed, j.exErr)
	case j.fnErr != nil:
		j.value = j.result
		j.settle(failed, j.fnErr)
	default:
		j.value = j.result
		j.settle(succeeded, nil)
	}
}

// end releases the context and what fn holds on to.
func (j *job[T]) end() {
	delete(j.loop.owned, j)
	j.cancelCtx(nil)
}

func (j *job[T]) running() bool               { return j.started.Load() }
func (j *job[T]) futureCancelled(cause error) { j.cancelCtx(contextCause(cause)) }
func (j *job[T]) loopClosing(cause error)     { j.cancel(cause) }
