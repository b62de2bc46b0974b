package executor

import (
	"context"
	"sync/atomic"
)

// A Future is the result of a function that a Pool runs, for programs without an event loop. Its methods can be called
// from any goroutine.
type Future[T any] struct {
	job    *Job // nil when it was refused
	cancel context.CancelCauseFunc
	called atomic.Bool

	done  chan struct{} // closed when value and err are final
	value T
	err   error
}

// Go has the view's pool call fn, and returns at once. The future is done when fn has returned or when it is certain
// that it will not be called: when ctx ends before, when the pool is shut down, or at once when Submit refuses it, for
// one of the reasons named there.
//
// Unlike that of package eventloop, a future whose running function ignores its cancellation is not done until the
// function returns: what fn returns is the result in any case, and so may be a part of it together with an error. Who
// does not want to wait for that gives Wait a context.
func Go[T any](ctx context.Context, v View, fn func(ctx context.Context) (T, error)) *Future[T] {
	if fn == nil {
		panic("executor: Go with a nil function")
	}
	f := &Future[T]{done: make(chan struct{})}
	ctx, f.cancel = context.WithCancelCause(ctx)
	finished := func(err error) {
		if err != nil {
			f.err = err
		}
		f.cancel(nil)
		close(f.done)
	}
	job, err := v.SubmitJob(ctx, func(ctx context.Context) {
		f.called.Store(true)
		f.value, f.err = fn(ctx)
	}, finished)
	if err != nil {
		finished(err)
	}
	f.job = job
	return f
}

// Wait returns what fn has returned, or zero and why there is nothing: the cause of the cancellation, ErrShutdown,
// ErrQueueFull, ErrClientClosed, a *PanicError or ErrGoexit. When ctx ends before, Wait returns its cause, and nothing
// becomes of the future by that. A job of the same pool that waits holds a place that fn may need.
func (f *Future[T]) Wait(ctx context.Context) (T, error) {
	select {
	case <-f.done:
		return f.value, f.err
	default:
	}
	select {
	case <-f.done:
		return f.value, f.err
	case <-ctx.Done():
		var zero T
		return zero, context.Cause(ctx)
	}
}

// Done returns a channel that is closed when Wait returns at once.
func (f *Future[T]) Done() <-chan struct{} { return f.done }

// Running says whether fn has been called and the future is not done.
func (f *Future[T]) Running() bool { return f.called.Load() && !f.isDone() }

// Cancel ends the context of fn with the cause context.Canceled: a call that waits is never made, one that runs is
// told. It says whether the future was not done before. Further calls do no harm.
func (f *Future[T]) Cancel() bool {
	f.cancel(context.Canceled)
	return !f.isDone()
}

// Cancelled says whether the pool had accepted fn and did not call it, and never will.
func (f *Future[T]) Cancelled() bool { return f.isDone() && f.job != nil && !f.called.Load() }

// Usage returns what the call has cost. See Job.Usage. It is zero when the pool has refused it.
func (f *Future[T]) Usage() Usage {
	if f.job == nil {
		return Usage{}
	}
	return f.job.Usage()
}

func (f *Future[T]) isDone() bool {
	select {
	case <-f.done:
		return true
	default:
		return false
	}
}
