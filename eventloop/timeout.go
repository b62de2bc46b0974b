package eventloop

import (
	"errors"
	"time"
)

// WithTimeout runs body and cancels the calling task when body takes longer than d: the
// await at which body stands returns a cancellation whose cause is ErrTimeout. Only when
// body hands a cancellation back, and nobody else has cancelled the task meanwhile, does
// WithTimeout return an ErrTimeout; every other error, and success, is returned as it is.
// Afterwards the task is not cancelled by this scope.
//
// d <= 0 still starts body and cuts its first await that has to wait. Scopes nest.
func WithTimeout(t *Task, d time.Duration, body func() error) error {
	if t == nil || t.loop.current != t {
		return ErrNotCurrent
	}
	before := t.cancelling
	mark := &timeoutError{after: d} // tells this scope's cancellation from all others
	expired := false
	timer := t.loop.CallLater(d, func() {
		expired = true
		t.Cancel(mark)
	})
	defer timer.Cancel() // body may panic
	err := body()
	if !expired {
		return err
	}
	if t.Uncancel() > before {
		return err // somebody else's cancellation stands
	}
	if t.mustCancel && t.cause == error(mark) {
		t.mustCancel, t.cause = false, nil // not delivered: must not reach beyond the scope
	}
	if errors.Is(err, ErrCancelled) {
		return mark
	}
	return err
}

// WaitFor awaits f for at most d. When d passes, f is cancelled and waited for, and WaitFor
// returns ErrTimeout, unless f ends with a result or an error of its own: that is returned.
// d <= 0 takes what is done, and cancels f at once otherwise. Cancelling the task cancels f.
func WaitFor[T any](t *Task, d time.Duration, f Awaitable[T]) (v T, err error) {
	if t == nil || t.loop.current != t {
		return v, ErrNotCurrent
	}
	if d <= 0 && !f.Done() {
		if f.core().loop != t.loop {
			return v, ErrOtherLoop
		}
		if f.core() == &t.future {
			return v, ErrSelfAwait
		}
		before := t.cancelling
		f.Cancel(ErrTimeout)
		v, err = f.Await(t)
		if errors.Is(err, ErrCancelled) && t.cancelling <= before && !t.mustCancel {
			err = ErrTimeout
		}
		return v, err
	}
	err = WithTimeout(t, d, func() error {
		v, err = f.Await(t)
		return err
	})
	if errors.Is(err, ErrTimeout) && f.Done() && !f.Cancelled() {
		return f.Result() // done in the pass in which the time was up
	}
	return v, err
}
