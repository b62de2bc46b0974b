package eventloop

import (
	"errors"
	"time"
)

// WaitFor awaits f for at most d. When d passes, f is cancelled and waited for, and WaitFor
// returns ErrTimeout, unless f ends with a result or an error of its own: that is returned.
// d <= 0 takes what is done, and cancels f at once otherwise; [Forever] is a plain await.
//
// Cancelling the task cancels f and waits for it, too; then WaitFor returns the cancellation,
// whatever f made of it. A second cancellation does not wait: an f that does not end cannot
// hold the task.
func WaitFor[T any](t *Task, d time.Duration, f Awaitable[T]) (v T, err error) {
	if err := t.mayAwait(f.core().loop); err != nil {
		return v, err
	}
	if err := t.waitFor(d, f.core()); err != nil {
		return v, err
	}
	return f.Result()
}

// waitFor returns nil when the result of f is the one to give.
func (t *Task) waitFor(d time.Duration, f *future) error {
	switch {
	case f == &t.future:
		return ErrSelfAwait
	case f.state != pending:
		return nil
	case d == Forever:
		return t.await(f)
	}
	if d > 0 {
		w := &forwarding{f: f}
		w.loop = t.loop
		w.hook = w
		timer := t.loop.CallLater(d, w.open)
		token := f.whenDone(w.open)
		err := w.wait(t)
		timer.Cancel()
		f.RemoveDoneCallback(token)
		if err != nil {
			if errors.Is(err, ErrCancelled) && f.state == pending {
				if w.state != cancelled { // it came after the time was up
					f.cancelAwaited(err)
				}
				if again := t.waitEnd(f); again != nil {
					return again
				}
			}
			return err
		}
		if f.state != pending {
			return nil // also when the time was up in the same pass
		}
	}
	mark := &timeoutError{after: d}
	f.cancelAwaited(mark)
	if err := t.waitEnd(f); err != nil {
		return err
	}
	if errors.Is(f.err, ErrCancelled) {
		f.look()
		return mark
	}
	return nil
}

// waitEnd waits for f without cancelling it when the task is cancelled.
func (t *Task) waitEnd(f *future) error {
	w := newLatch(t.loop)
	token := f.whenDone(w.open)
	defer f.RemoveDoneCallback(token)
	return w.wait(t)
}

// forwarding is a latch that hands a cancellation on at once.
type forwarding struct {
	latch
	f *future
}

func (w *forwarding) futureCancelled(cause error) { w.f.cancelAwaited(cause) }
