package executor

import (
	"errors"
	"fmt"
)

var (
	// ErrQueueFull is returned by Submit when no worker is free and the client or the pool as a whole has as many
	// jobs waiting as its limit allows. Nothing was queued; trying again later can succeed.
	ErrQueueFull = errors.New("executor: queue full")

	// ErrShutdown is returned by Submit once Shutdown was called. It is also what queued jobs finish with when
	// Shutdown drops them, and the cause with which it cancels running ones.
	ErrShutdown = errors.New("executor: shut down")

	// ErrClientClosed is returned by Submit of a closed client, and is what its queued jobs finish with.
	ErrClientClosed = errors.New("executor: client closed")

	// ErrGoexit is what a job finishes with that called runtime.Goexit (as testing.T.FailNow does).
	ErrGoexit = errors.New("executor: job called runtime.Goexit")
)

// PanicError is what a job finishes with that panicked.
//
// It does not unwrap to a Value that is an error: a panic with context.Canceled is a defect of the job and must not
// pass for a cancellation.
type PanicError struct {
	Value any    // the argument of panic
	Stack []byte // the stack of the panicking goroutine, as debug.Stack prints it
}

// Error names the panic value and shows the stack.
func (e *PanicError) Error() string {
	return fmt.Sprintf("executor: job panicked: %v\n\n%s", e.Value, e.Stack)
}

// ShutdownError is returned by Shutdown when its context ended before the pool was empty. The counts are those of
// that moment.
type ShutdownError struct {
	Stuck   int   // jobs cancelled and not returned: only the end of the process is sure to end them
	Running int   // jobs running that nobody cancelled
	Queued  int   // jobs not started
	Err     error // the context's error
}

// Error says how many jobs are left.
func (e *ShutdownError) Error() string {
	return fmt.Sprintf("executor: shutdown: %v: %d stuck, %d running, %d queued", e.Err, e.Stuck, e.Running, e.Queued)
}

// Unwrap returns the context's error.
func (e *ShutdownError) Unwrap() error { return e.Err }
