package eventloop

import (
	"errors"
	"fmt"
	"slices"
)

// Completion is what futures and tasks of every type have in common.
type Completion interface {
	Done() bool
	Cancelled() bool
	Cancel(cause error) bool
	Exception() error
	AddDoneCallback(fn func()) CallbackToken
	RemoveDoneCallback(CallbackToken) bool

	core() *future
}

// Awaitable is a *Future[T] or a *TaskOf[T].
type Awaitable[T any] interface {
	Completion
	Await(t *Task) (T, error)
	Result() (T, error)
}

const (
	pending uint8 = iota
	succeeded
	failed
	cancelled
)

// CallbackToken names one registration of a done callback on one future.
type CallbackToken uint32

// callback is a done callback, or the task that waits.
type callback struct {
	fn    func()
	task  *Task
	token CallbackToken
}

// canceller is told synchronously when its future is cancelled.
type canceller interface{ futureCancelled(cause error) }

// delegate decides instead of its future what a cancellation of that means.
type delegate interface {
	canceller
	cancelInstead(cause error) bool
}

// future is the part of a future or a task that does not depend on its type.
type future struct {
	loop  *Loop
	err   error
	hook  canceller
	task  *Task      // the task whose result this is
	lost  *lostError // set while the error is unseen
	first callback   // most futures have one waiter: it needs no slice
	rest  *[]callback
	token CallbackToken
	state uint8
	// looked is set when the error was seen before it came to lost
	looked bool
}

func (f *future) core() *future { return f }

// Loop returns the loop to which it belongs.
func (f *future) Loop() *Loop { return f.loop }

// Done reports whether there is a result, an error, or a cancellation.
func (f *future) Done() bool { return f.state != pending }

// Cancelled reports whether it ended by cancellation.
func (f *future) Cancelled() bool { return f.state == cancelled }

// Exception returns the error with which it ended, nil for none, an error that is
// ErrCancelled when it was cancelled, and ErrInvalidState while it is pending.
func (f *future) Exception() error {
	if f.state == pending {
		return fmt.Errorf("%w: result is not set", ErrInvalidState)
	}
	f.look()
	return f.err
}

// AddDoneCallback has fn called on the loop in the pass after the one in which this is
// done; when it is done already, in the next pass. Callbacks run in order of registration.
// It panics as [Loop.CallAt] does.
func (f *future) AddDoneCallback(fn func()) CallbackToken {
	f.loop.mustBeUsable("AddDoneCallback", fn == nil)
	return f.whenDone(fn)
}

// whenDone is AddDoneCallback for those who have checked the loop already.
func (f *future) whenDone(fn func()) CallbackToken {
	if f.state != pending {
		f.loop.ready.push(entry{fn: fn})
		return 0
	}
	return f.add(callback{fn: fn})
}

func (f *future) add(c callback) CallbackToken {
	f.token++
	c.token = f.token
	switch {
	case f.rest != nil:
		*f.rest = append(*f.rest, c)
	case f.first.token == 0:
		f.first = c
	default:
		f.rest = &[]callback{c}
	}
	return c.token
}

// RemoveDoneCallback takes back one registration. It reports false when that is unknown
// or already scheduled. O(number of callbacks).
func (f *future) RemoveDoneCallback(token CallbackToken) bool {
	if token == 0 {
		return false
	}
	if f.first.token == token {
		f.first = callback{}
		return true
	}
	return f.removeRest(func(c callback) bool { return c.token == token })
}

func (f *future) removeRest(which func(callback) bool) bool {
	if f.rest == nil {
		return false
	}
	n := len(*f.rest)
	*f.rest = slices.DeleteFunc(*f.rest, which)
	left := len(*f.rest)
	if left == 0 {
		f.rest = nil
	}
	return left < n
}

func (f *future) removeWaiter(t *Task) {
	if f.first.task == t {
		f.first = callback{}
		return
	}
	f.removeRest(func(c callback) bool { return c.task == t })
}

// settle ends the future and schedules whoever waits for it.
func (f *future) settle(state uint8, err error) {
	f.state, f.err, f.hook = state, err, nil
	first, rest := f.first, f.rest
	f.first, f.rest = callback{}, nil
	l := f.loop
	if l.state.Load() == stateClosed {
		return // nothing runs there any more
	}
	if first.token != 0 {
		l.ready.push(entry{fn: first.fn, task: first.task})
	}
	if rest != nil {
		for _, c := range *rest {
			l.ready.push(entry{fn: c.fn, task: c.task})
		}
	}
	if state == failed && !f.looked {
		l.lost.watch(f)
	}
}

// settable says why a result cannot be given now.
func (f *future) settable() error {
	if err := f.loop.checkGoroutine(); err != nil {
		return err
	}
	if f.state != pending {
		return fmt.Errorf("%w: already done", ErrInvalidState)
	}
	return nil
}

func (f *future) cancel(cause error) bool {
	if f.state != pending {
		return false
	}
	hook := f.hook
	if d, ok := hook.(delegate); ok {
		return d.cancelInstead(cause)
	}
	f.settle(cancelled, newCancelled(cause))
	if hook != nil {
		hook.futureCancelled(cause)
	}
	return true
}

// cancelAwaited cancels what a task waits for, which may be another task.
func (f *future) cancelAwaited(cause error) bool {
	if f.task != nil {
		return f.task.Cancel(cause)
	}
	return f.cancel(cause)
}

// Future is a result that comes later. Its methods belong to the loop's goroutine.
type Future[T any] struct {
	future
	value T
}

// NewFuture returns a pending future of l.
func NewFuture[T any](l *Loop) *Future[T] {
	f := &Future[T]{}
	f.loop = l
	return f
}

// Running reports whether this is a pending future of [RunInExecutor] whose function has started.
func (f *Future[T]) Running() bool {
	r, ok := f.hook.(interface{ running() bool })
	return ok && r.running()
}

// Result returns the value and the error with which the future ended. It is
// ErrInvalidState while pending and ErrCancelled after a cancellation.
func (f *Future[T]) Result() (T, error) {
	err := f.Exception()
	return f.value, err
}

// Await parks the task until the future is done and returns its result; when it is done
// already, at once. Cancelling the task cancels the future. When the task is cancelled
// between the future's completion and its own wake-up, the cancellation wins.
//
// t must be the task that runs this very call.
func (f *Future[T]) Await(t *Task) (T, error) {
	if err := t.await(&f.future); err != nil {
		var zero T
		return zero, err
	}
	return f.value, f.err
}

// SetResult ends the future with v. ErrInvalidState when it is done already.
func (f *Future[T]) SetResult(v T) error {
	if err := f.settable(); err != nil {
		return err
	}
	f.value = v
	f.settle(succeeded, nil)
	return nil
}

// SetResultUnlessCancelled is SetResult for those who cannot know of a cancellation yet.
func (f *Future[T]) SetResultUnlessCancelled(v T) error {
	if f.state == cancelled {
		return nil
	}
	return f.SetResult(v)
}

// SetException ends the future with err, which must not be nil. An error at which nobody
// looks afterwards goes to the exception handler. ErrInvalidState when it is done already.
func (f *Future[T]) SetException(err error) error {
	if err == nil {
		return errors.New("eventloop: SetException(nil)")
	}
	if err := f.settable(); err != nil {
		return err
	}
	f.settle(failed, err)
	return nil
}

// Cancel ends a pending future with ErrCancelled and the cause, which may be nil.
// It reports false when the future is done already.
func (f *Future[T]) Cancel(cause error) bool {
	f.loop.mustBeOn("Cancel")
	return f.cancel(cause)
}

// CopyFrom ends the future as src ended. A future that is cancelled already is left alone.
// ErrInvalidState when src is pending or the future is done.
func (f *Future[T]) CopyFrom(src Awaitable[T]) error {
	if f.state == cancelled {
		return nil
	}
	if err := f.settable(); err != nil {
		return err
	}
	if !src.Done() {
		return fmt.Errorf("%w: source is pending", ErrInvalidState)
	}
	v, err := src.Result()
	f.value = v
	f.settle(src.core().state, err)
	return nil
}
