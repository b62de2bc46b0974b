package eventloop

import (
	"errors"
	"testing"
	"time"
)

func TestWaitForCancelled(t *testing.T) {
	// stubborn swallows n cancellations, a second for each, and then gives 42.
	stubborn := func(e *env, n int) *TaskOf[int] {
		return Go(e.l, func(t *Task) (int, error) {
			for range n {
				e.is(Sleep(t, time.Hour), ErrCancelled)
				e.ok(Sleep(t, time.Second))
			}
			return 42, nil
		})
	}
	on(t, "92 no timeout is a plain await", func(e *env) {
		f := e.after(1000*time.Hour, 5, nil)
		v, err := RunUntilComplete(e.l, Go(e.l, func(t *Task) (int, error) { return WaitFor(t, Forever, f) }))
		e.true(v == 5 && err == nil, "5")
	})
	on(t, "93 a gather that is cut off is a timeout", func(e *env) {
		e.is(e.main(func(t *Task) error {
			_, err := WaitFor(t, time.Second, Gather(e.l, e.after(time.Hour, 0, nil)))
			e.true(t.Cancelling() == 0, "the task itself is not cancelled")
			return err
		}), ErrTimeout)
	})
	on(t, "96 what the inner makes of the cancellation does not matter", func(e *env) {
		in := stubborn(e, 1)
		task := Go(e.l, func(t *Task) (int, error) { return WaitFor(t, time.Minute, in) })
		e.passes(1)
		task.Cancel(errBoom)
		_, err := RunUntilComplete(e.l, task)
		e.cancelledBy(err, errBoom)
		e.true(in.Done() && in.Cancelling() == 1 && e.l.Time() == time.Second, "waited for")
	})
	on(t, "96 a stubborn inner does not hold the task", func(e *env) {
		for _, timedOut := range []bool{false, true} {
			in := stubborn(e, 2)
			task := Go(e.l, func(t *Task) (int, error) { return WaitFor(t, time.Second, in) })
			e.passes(1)
			if timedOut {
				e.ok(e.main(func(t *Task) error { return Sleep(t, time.Second) }))
			} else {
				task.Cancel(nil)
			}
			e.passes(2)
			e.true(in.Cancelling() == 1 && !task.Done(), "waited for")
			task.Cancel(errBoom)
			e.passes(1)
			e.true(task.Cancelled() && !in.Done() && in.Cancelling() == 1, "not any longer")
			e.true(in.first.token == 0, "no trace")
			e.ok(e.main(func(t *Task) error { return Sleep(t, 2*time.Second) }))
			in.Cancel(nil)
			_, err := RunUntilComplete(e.l, in)
			e.ok(err)
		}
	})
	on(t, "96 cancelled in the pass of the timeout", func(e *env) {
		in := stubborn(e, 1)
		var task *TaskOf[int]
		task = Go(e.l, func(t *Task) (int, error) {
			e.l.CallLater(time.Second, func() { e.l.Post(func() { task.Cancel(errBoom) }) })
			return WaitFor(t, time.Second, in)
		})
		_, err := RunUntilComplete(e.l, task)
		e.cancelledBy(err, errBoom)
		e.true(in.Done() && in.Cancelling() == 1, "cancelled and waited for")
	})
	on(t, "97 a result after the timer, in its pass", func(e *env) {
		f := NewFuture[int](e.l)
		e.ok(e.main(func(t *Task) error {
			e.l.Post(func() { e.l.CallLater(time.Second, func() { e.ok(f.SetResult(1)) }) })
			v, err := WaitFor(t, time.Second, f)
			e.true(v == 1, "the result wins")
			return err
		}))
	})
	on(t, "killed in WaitFor", func(e *env) {
		e.spawn("", func(t *Task) error {
			Sleep(t, time.Hour)
			_, err := WaitFor(t, time.Hour, NewFuture[int](e.l))
			e.is(err, ErrClosed)
			return err
		})
		e.passes(1)
		e.ok(e.l.Close())
		e.reported("killed by Close")
	}, WithCloseGrace(0))
}

func TestTimeoutScope(t *testing.T) {
	const hour = time.Hour
	inTask := func(t *testing.T, name string, body func(e *env, t *Task)) {
		on(t, name, func(e *env) {
			e.ok(e.main(func(t *Task) error { body(e, t); return nil }))
		})
	}
	inTask(t, "98 the scope expires", func(e *env, t *Task) {
		s := NewTimeout(e.l, time.Minute)
		e.true(s.When() == time.Minute && !s.Expired(), "before")
		var seen error
		err := s.Run(t, func() error { seen = Sleep(t, hour); return seen })
		e.is(err, ErrTimeout)
		e.cancelledBy(seen, err) // the timeout is the very cause of the cancellation
		e.true(!errors.Is(err, ErrCancelled) && err.Error() == "eventloop: timeout after 1m0s", err.Error())
		e.true(s.Expired() && t.Cancelling() == 0 && e.l.timers.len() == 0, "after")
		e.ok(Sleep(t, hour))
	})
	inTask(t, "98 a context's error is converted, too", func(e *env, t *Task) {
		e.is(WithTimeout(t, time.Second, func() error {
			ctx := t.Context()
			Sleep(t, hour)
			return ctx.Err()
		}), ErrTimeout)
	})
	inTask(t, "99 the body's own error, before and after", func(e *env, t *Task) {
		s := NewTimeout(e.l, time.Second)
		e.is(s.Run(t, func() error { return errBoom }), errBoom)
		e.true(!s.Expired(), "before")
		s = NewTimeout(e.l, time.Second)
		err := s.Run(t, func() error { Sleep(t, hour); return errBoom })
		e.true(err == errBoom && s.Expired(), "while being cancelled")
	})
	inTask(t, "100 both scopes at once: the outer converts", func(e *env, t *Task) {
		outer, inner := NewTimeoutAt(e.l, time.Second), NewTimeoutAt(e.l, time.Second)
		var in error
		out := outer.Run(t, func() error {
			in = inner.Run(t, func() error { return Sleep(t, hour) })
			return in
		})
		e.is(in, ErrCancelled)
		e.is(out, ErrTimeout)
		e.true(inner.Expired() && outer.Expired() && t.Cancelling() == 0, "both")
	})
	inTask(t, "101 a past deadline cuts the first await, be it a yield", func(e *env, t *Task) {
		for _, when := range []time.Duration{0, -hour} {
			s := NewTimeoutAt(e.l, when)
			e.is(s.Run(t, func() error { e.add("started"); return Yield(t) }), ErrTimeout)
		}
		e.want(e.T, "started", "started")
		e.ok(WithTimeout(t, 0, func() error { return nil })) // no await, no timeout
		e.ok(Yield(t))
	})
	inTask(t, "101 none, moved, disabled, over", func(e *env, t *Task) {
		e.ok(WithTimeout(t, Forever, func() error {
			e.true(e.l.timers.len() == 0, "no timer")
			return Sleep(t, hour)
		}))
		now := e.l.Time()
		s := NewTimeout(e.l, Forever)
		e.ok(s.Reschedule(now + hour)) // before it begins
		e.ok(s.Run(t, func() error {
			e.ok(s.Reschedule(now + time.Second))
			e.ok(s.Reschedule(Forever))
			e.ok(Sleep(t, 2*hour))
			e.ok(s.Reschedule(now)) // past
			e.is(Yield(t), ErrCancelled)
			e.is(s.Reschedule(Forever), ErrInvalidState)
			return nil
		}))
		e.true(s.Expired() && s.When() == now, "expired")
		e.is(s.Reschedule(Forever), ErrInvalidState)
		e.is(s.Run(t, func() error { e.add("ran"); return nil }), ErrInvalidState)
		s = NewTimeout(e.l, hour)
		e.ok(s.Run(t, func() error { return nil }))
		e.is(s.Reschedule(now), ErrInvalidState)
		e.is(NewTimeout(New(), 1).Run(t, nil), ErrOtherLoop)
		e.is(NewTimeout(e.l, 1).Run(nil, nil), ErrNotCurrent)
		e.want(e.T)
	})
	on(t, "102 a cancellation from before is not the scope's", func(e *env) {
		pending := e.spawn("pending", func(t *Task) error {
			t.Cancel(errBoom)
			return WithTimeout(t, 2*hour, func() error {
				err := Sleep(t, hour) // the one from before arrives here
				e.cancelledBy(err, errBoom)
				e.is(WithTimeout(t, time.Second, func() error { return Sleep(t, hour) }), ErrTimeout)
				return err
			})
		})
		_, err := RunUntilComplete(e.l, pending)
		e.cancelledBy(err, errBoom)
		e.true(pending.Cancelled() && pending.Cancelling() == 1, "still")
		handled := e.spawn("handled", func(t *Task) error {
			Sleep(t, hour)
			err := WithTimeout(t, time.Second, func() error { return Sleep(t, hour) })
			e.is(err, ErrTimeout)
			e.true(t.Cancelling() == 1, "the earlier one stays")
			return nil
		})
		e.passes(1)
		handled.Cancel(nil)
		_, err = RunUntilComplete(e.l, handled)
		e.ok(err)
	})
	on(t, "a panic disarms the scope", func(e *env) {
		err := e.main(func(t *Task) error { return WithTimeout(t, hour, func() error { panic(1) }) })
		var p *PanicError
		e.true(errors.As(err, &p) && e.l.timers.len() == 0, "no timer")
	})
}
