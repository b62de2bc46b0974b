package eventloop

import (
	"context"
	"fmt"
	"runtime/debug"
)

// OpenExecutor makes an executor and the function that ends it, which may be nil for one that
// somebody else ends. shutdown refuses new jobs and waits for those that it has, or until ctx
// ends. It may be called again, also while it runs, and is called on other goroutines.
type OpenExecutor func() (ex Executor, shutdown func(ctx context.Context) error)

// WithDefaultExecutor sets what makes the executor of [RunInExecutor] with a nil executor. It is
// called when the first one needs it. The loop owns what it makes: Close shuts it down.
//
//	eventloop.WithDefaultExecutor(func() (eventloop.Executor, func(context.Context) error) {
//		p := executor.New(executor.Options{})
//		return p, func(ctx context.Context) error { return p.Shutdown(ctx, executor.Drain) }
//	})
func WithDefaultExecutor(open OpenExecutor) Option {
	return func(l *Loop) { l.executors.open = open }
}

// defaultExecutors are the default executor of a loop and those that it had before.
type defaultExecutors struct {
	open      OpenExecutor
	current   Executor
	shutdowns []func(context.Context) error
	ended     bool
}

// get returns the default executor and makes it at the first call.
func (d *defaultExecutors) get() (Executor, error) {
	switch {
	case d.ended:
		return nil, ErrShutdown
	case d.current != nil:
	case d.open == nil:
		return nil, ErrNoExecutor
	default:
		ex, shutdown := d.open()
		if ex == nil {
			return nil, ErrNoExecutor
		}
		d.set(ex, shutdown)
	}
	return d.current, nil
}

func (d *defaultExecutors) set(ex Executor, shutdown func(context.Context) error) {
	d.current = ex
	if shutdown != nil {
		d.shutdowns = append(d.shutdowns, shutdown)
	}
}

// shutdown calls all shutdown functions, the youngest first. Any goroutine.
func shutdown(ctx context.Context, all []func(context.Context) error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &PanicError{v, debug.Stack()}
		}
	}()
	for i := len(all) - 1; i >= 0; i-- {
		if e := all[i](ctx); e != nil && err == nil {
			err = e
		}
	}
	return err
}

// SetDefaultExecutor makes ex the executor of [RunInExecutor] with a nil executor. shutdown may
// be nil, see [OpenExecutor]. One that the loop owned before goes on with its jobs and is shut down
// together with ex. It returns ErrShutdown after [Loop.ShutdownDefaultExecutor], ErrClosed on
// a closed loop, and panics with a nil ex. Loop's goroutine only.
func (l *Loop) SetDefaultExecutor(ex Executor, shutdown func(ctx context.Context) error) error {
	if ex == nil {
		panic(fmt.Errorf("eventloop: SetDefaultExecutor: nil executor"))
	}
	if err := l.usable(); err != nil {
		return err
	}
	if l.executors.ended {
		return ErrShutdown
	}
	l.executors.set(ex, shutdown)
	return nil
}

// ShutdownDefaultExecutor shuts the default executor down for good: RunInExecutor with a nil
// executor fails with ErrShutdown from now on. The future ends, on the loop, when the jobs
// that were there have ended, with the error of the shutdown function, at once if there is no
// executor. The wait takes a goroutine of its own; cancelling the future ends the ctx of the
// shutdown function. It may be called again, for instance after a WaitFor that ran out. It
// panics as [Loop.CallAt] does.
func (l *Loop) ShutdownDefaultExecutor() *Future[struct{}] {
	l.mustBeUsable("ShutdownDefaultExecutor", false)
	l.executors.ended = true
	s := &shutdownWait{}
	s.loop = l
	all := l.executors.shutdowns
	if len(all) == 0 {
		s.settle(succeeded, nil)
		return &s.Future
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	s.cancelCtx = cancel
	s.hook = s
	l.own(s)
	go func() {
		err := shutdown(ctx, all)
		// A closed loop takes nothing: the future was cancelled when it closed.
		_ = l.CallSoonThreadsafe(func() { s.ended(err) })
	}()
	return &s.Future
}

type shutdownWait struct {
	Future[struct{}]
	ownership
	cancelCtx context.CancelCauseFunc
}

func (s *shutdownWait) ended(err error) {
	s.loop.disown(s)
	s.cancelCtx(nil)
	switch {
	case s.state != pending:
	case err != nil:
		s.settle(failed, err)
	default:
		s.settle(succeeded, nil)
	}
}

func (s *shutdownWait) futureCancelled(cause error) { s.cancelCtx(contextCause(cause)) }
func (s *shutdownWait) loopClosing(cause error)     { s.cancel(cause) }

// closeExecutors shuts the default executors down when the loop closes, within the grace period.
func (l *Loop) closeExecutors() {
	l.executors.ended = true
	if len(l.executors.shutdowns) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), l.grace)
	defer cancel()
	if err := shutdown(ctx, l.executors.shutdowns); err != nil {
		l.CallExceptionHandler(Exception{Message: "the default executor could not be shut down", Err: err})
	}
	l.executors = defaultExecutors{ended: true}
}
