package eventloop

import (
	"context"
	"runtime/debug"
)

// Remote is the handle that another goroutine holds of a task. Any goroutine may use it.
type Remote[T any] struct {
	loop  *Loop
	task  *TaskOf[T] // loop only
	done  chan struct{}
	value T
	err   error
}

// GoThreadsafe is [Go] for other goroutines: asyncio's run_coroutine_threadsafe.
func GoThreadsafe[T any](l *Loop, fn func(t *Task) (T, error), opts ...TaskOption) *Remote[T] {
	r := &Remote[T]{loop: l, done: make(chan struct{})}
	err := l.CallSoonThreadsafe(func() {
		defer func() {
			if v := recover(); v != nil {
				r.finish(r.value, &PanicError{v, debug.Stack()})
				panic(v) // the exception handler sees it too
			}
		}()
		r.task = Go(l, fn, opts...)
		r.task.AddDoneCallback(func() {
			v, err := r.task.Result()
			r.finish(v, err)
		})
	})
	if err != nil {
		r.finish(r.value, err)
	}
	return r
}

func (r *Remote[T]) finish(v T, err error) {
	r.value, r.err = v, err
	close(r.done)
}

// Done is closed once Result returns at once, but for a loop that closes first.
func (r *Remote[T]) Done() <-chan struct{} { return r.done }

// Result blocks until the task is done and returns its result; when ctx ends first, its
// cause, and the task runs on; when the loop closes first, ErrClosed. It must not be called
// on the loop's goroutine, which it would block.
func (r *Remote[T]) Result(ctx context.Context) (T, error) {
	var zero T
	select {
	case <-r.done:
	case <-ctx.Done():
		return zero, context.Cause(ctx)
	case <-r.loop.done:
		select {
		case <-r.done:
		default:
			return zero, ErrClosed
		}
	}
	return r.value, r.err
}

// Cancel cancels the task, see [Task.Cancel]. It returns ErrClosed when the loop is closed.
func (r *Remote[T]) Cancel(cause error) error {
	return r.loop.CallSoonThreadsafe(func() {
		if r.task != nil {
			r.task.Cancel(cause)
		}
	})
}
