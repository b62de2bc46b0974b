package eventloop

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Errors that callers compare with errors.Is.
var (
	// ErrCancelled is what Await returns when the awaited thing, or the task
	// itself, was cancelled. A delivered cancellation also satisfies
	// errors.Is(err, context.Canceled) and errors.Is(err, cause).
	ErrCancelled error = &cancelledError{}

	// ErrTimeout reports that a deadline of this package passed. It satisfies
	// errors.Is(err, context.DeadlineExceeded) and never errors.Is(err, ErrCancelled):
	// a task that returns it has failed, it was not cancelled.
	ErrTimeout error = &timeoutError{}

	// ErrClosed reports a use of a closed loop. It is also the cause that Close
	// gives when it cancels tasks, and what a killed task's Await returns.
	ErrClosed = errors.New("eventloop: loop is closed")

	// ErrRunning reports that the loop, or another one on the same goroutine, is running.
	ErrRunning = errors.New("eventloop: a loop is already running")

	// ErrStopped reports that Stop ended RunUntilComplete before the future was done.
	ErrStopped = errors.New("eventloop: loop stopped before the future completed")

	// ErrInvalidState reports a result asked of a pending future, or given to a done one,
	// and a Timeout that is used after its end.
	ErrInvalidState = errors.New("eventloop: invalid state")

	// ErrOtherLoop reports that futures or tasks of two loops were mixed.
	ErrOtherLoop = errors.New("eventloop: future belongs to another loop")

	// ErrSelfAwait reports a task that awaits itself.
	ErrSelfAwait = errors.New("eventloop: task awaits itself")

	// ErrNotCurrent reports an Await outside the running step of the task it was given:
	// from a callback, from another task, or with a nil task.
	ErrNotCurrent = errors.New("eventloop: await outside the task's own step")

	// ErrForeignGoroutine reports, in debug mode, a call from a goroutine that is not the loop's.
	ErrForeignGoroutine = errors.New("eventloop: not called from the loop's goroutine")

	// ErrLockedThread reports a run, or Close, whose thread lock does not match the one under
	// which parked tasks began; continuing them would end the process.
	ErrLockedThread = errors.New("eventloop: parked tasks belong to a goroutine with another thread lock")

	// ErrGoexit is the result of a task whose function called runtime.Goexit.
	ErrGoexit = errors.New("eventloop: task function called runtime.Goexit")

	// ErrGroupClosed is the error of a task that came too late into its TaskGroup.
	ErrGroupClosed = errors.New("eventloop: task group is shutting down or at its end")

	// ErrNotAcquired reports the release of a lock that nobody holds, of a bounded semaphore
	// all of whose permits are back, and a use of a Condition without its lock.
	ErrNotAcquired = errors.New("eventloop: not acquired")

	// ErrBrokenBarrier is what those get who wait at a Barrier that is aborted or reset.
	ErrBrokenBarrier = errors.New("eventloop: barrier is broken")

	// ErrNoExecutor reports a RunInExecutor without an executor on a loop that has no default.
	ErrNoExecutor = errors.New("eventloop: no default executor, see WithDefaultExecutor and SetDefaultExecutor")

	// ErrShutdown reports a RunInExecutor after ShutdownDefaultExecutor.
	ErrShutdown = errors.New("eventloop: default executor was shut down")

	// ErrFull and ErrEmpty are returned by the Nowait methods of Queue.
	ErrFull  = errors.New("eventloop: queue is full")
	ErrEmpty = errors.New("eventloop: queue is empty")
)

// cancelledError is a cancellation with its cause, which may be nil.
type cancelledError struct{ cause error }

// newCancelled does not wrap a cancellation in another one, so that an error
// handed on as the cause of the next Cancel does not grow at every hop.
func newCancelled(cause error) error {
	if cause == nil {
		return ErrCancelled
	}
	if c, ok := cause.(*cancelledError); ok {
		return c
	}
	return &cancelledError{cause}
}

func (e *cancelledError) Error() string {
	if e.cause == nil {
		return "eventloop: cancelled"
	}
	return "eventloop: cancelled: " + e.cause.Error()
}

func (e *cancelledError) Unwrap() error { return e.cause }

func (e *cancelledError) Is(target error) bool {
	return target == ErrCancelled || target == context.Canceled
}

// contextCause is what a context cancelled together with a task or a future reports.
func contextCause(cause error) error {
	if cause == nil {
		return ErrCancelled
	}
	return cause
}

// timeoutError is the end of one timeout. Its address tells scopes apart, so it must not
// have size zero.
type timeoutError struct{ after time.Duration }

func (e *timeoutError) Error() string {
	if e.after <= 0 {
		return "eventloop: timeout"
	}
	return "eventloop: timeout after " + e.after.String()
}

// Timeout is what os.IsTimeout asks for.
func (*timeoutError) Timeout() bool { return true }

func (*timeoutError) Is(target error) bool {
	return target == ErrTimeout || target == context.DeadlineExceeded
}

// PanicError is a panic of a callback or of a task, with the stack of its goroutine.
// It does not unwrap to a value that is an error: a panic with a cancellation is a defect,
// and must not pass for a cancellation.
type PanicError struct {
	Value any    // what was given to panic
	Stack []byte // as debug.Stack gives it, with the frame that panicked
}

func (e *PanicError) Error() string { return fmt.Sprintf("eventloop: panic: %v", e.Value) }
