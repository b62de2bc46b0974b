package eventloop

import (
	"errors"
	"testing"
	"time"
)

func TestCancellation(t *testing.T) {
	on(t, "63 before the first step", func(e *env) {
		task := e.spawn("", func(*Task) error { e.add("ran"); return nil })
		e.true(task.Cancel(errBoom) && !task.Done(), "accepted")
		e.passes(1)
		e.true(task.Cancelled(), "cancelled")
		e.cancelledBy(task.Exception(), errBoom)
		e.want(e.T)
	})
	on(t, "64 while parked", func(e *env) {
		f := NewFuture[int](e.l)
		task := Go(e.l, f.Await)
		e.passes(1)
		e.true(task.Cancel(errBoom) && f.Cancelled() && !task.Done(), "the future at once")
		e.passes(1)
		e.true(task.Cancelled(), "the task next pass")
		_, err := task.Result()
		e.cancelledBy(err, errBoom)
	})
	on(t, "65 swallowed", func(e *env) {
		task := Go(e.l, func(t *Task) (int, error) { Sleep(t, time.Hour); return 42, nil })
		e.passes(1)
		task.Cancel(nil)
		v, err := RunUntilComplete(e.l, task)
		e.true(v == 42 && err == nil && !task.Cancelled(), "42")
	})
	on(t, "66 swallowed, then a second one", func(e *env) {
		task := e.spawn("", func(t *Task) error {
			e.is(Sleep(t, time.Hour), ErrCancelled)
			e.ok(Sleep(t, time.Second))
			e.add("went on")
			return Sleep(t, time.Hour)
		})
		e.passes(1)
		task.Cancel(nil)
		e.l.CallLater(time.Minute, func() { task.Cancel(errBoom) })
		_, err := RunUntilComplete(e.l, task)
		e.cancelledBy(err, errBoom)
		e.want(e.T, "went on")
		e.true(e.l.Time() == time.Minute, "at the second")
	})
	on(t, "67 a task cancels itself, then awaits", func(e *env) {
		f := NewFuture[int](e.l)
		inner := Go(e.l, f.Await)
		e.passes(1)
		err := e.main(func(t *Task) error {
			e.true(t.Cancel(errBoom), "accepted")
			_, err := inner.Await(t)
			return err
		})
		e.cancelledBy(err, errBoom)
		e.true(f.Cancelled() && inner.Cancelled(), "and what it would have awaited")
		err = e.main(func(t *Task) error {
			t.Cancel(errBoom)
			return Sleep(t, 0)
		})
		e.cancelledBy(err, errBoom)
	})
	on(t, "68 a task cancels itself and returns", func(e *env) {
		task := e.spawn("", func(t *Task) error { t.Cancel(errBoom); return nil })
		e.passes(1)
		e.true(task.Cancelled(), "cancelled")
		e.cancelledBy(task.Exception(), errBoom)
	})
	on(t, "69 done: false; twice: counted, delivered once", func(e *env) {
		task := e.spawn("", func(t *Task) error {
			e.is(Sleep(t, time.Hour), ErrCancelled)
			return Sleep(t, time.Second)
		})
		e.passes(1)
		e.true(task.Cancel(nil), "first")
		e.true(task.Cancel(nil) && task.Cancelling() == 2, "second")
		_, err := RunUntilComplete(e.l, task)
		e.ok(err)
		e.true(!task.Cancel(nil) && task.Cancelling() == 2, "done")
	})
	on(t, "70 somebody else cancels the future", func(e *env) {
		f := NewFuture[int](e.l)
		task := Go(e.l, f.Await)
		e.passes(1)
		f.Cancel(errBoom)
		e.passes(1)
		e.true(task.Cancelled() && task.Cancelling() == 0, "cancelled, not by Cancel")
		e.cancelledBy(task.Exception(), errBoom)
	})
	on(t, "71 completed, then cancelled before the wake-up", func(e *env) {
		f := NewFuture[int](e.l)
		task := Go(e.l, f.Await)
		e.passes(1)
		e.ok(f.SetResult(1))
		e.true(task.Cancel(errBoom), "accepted")
		e.passes(1)
		e.cancelledBy(task.Exception(), errBoom)
		v, err := f.Result()
		e.true(v == 1 && err == nil, "the value stays")
	})
	on(t, "71 ... with an error, which is not lost", func(e *env) {
		f := NewFuture[int](e.l)
		task := Go(e.l, f.Await)
		e.passes(1)
		e.ok(f.SetException(errBoom))
		task.Cancel(nil)
		e.passes(1)
		e.ok(e.l.Close())
		e.reported("never retrieved: boom")
	})
	on(t, "72 cleanup fails", func(e *env) {
		task := e.spawn("", func(t *Task) error { Sleep(t, time.Hour); return errBoom })
		e.passes(1)
		task.Cancel(nil)
		e.passes(1)
		e.true(!task.Cancelled(), "failed")
		e.is(task.Exception(), errBoom)
	})
	on(t, "73 cleanup awaits", func(e *env) {
		task := e.spawn("", func(t *Task) error {
			defer func() {
				e.ok(Sleep(t, time.Second))
				e.add("clean")
			}()
			return Sleep(t, time.Hour)
		})
		e.passes(1)
		task.Cancel(nil)
		_, err := RunUntilComplete(e.l, task)
		e.is(err, ErrCancelled)
		e.want(e.T, "clean")
		e.true(e.l.Time() == time.Second, "one second")
	})
	on(t, "74 Uncancel", func(e *env) {
		task := e.spawn("", func(t *Task) error {
			t.Cancel(nil)
			t.Cancel(nil)
			e.true(t.Uncancel() == 1 && t.Uncancel() == 0 && t.Uncancel() == 0, "to 0")
			return Sleep(t, time.Second) // not cut
		})
		_, err := RunUntilComplete(e.l, task)
		e.ok(err)
		gone := e.spawn("", func(*Task) error { return nil })
		gone.Cancel(nil)
		e.passes(1)
		e.true(gone.Uncancel() == 1 && gone.Cancelled(), "too late")
	})
	on(t, "75 outer, inner, and inner's future", func(e *env) {
		f := NewFuture[int](e.l)
		inner := Go(e.l, f.Await)
		outer := Go(e.l, func(t *Task) (int, error) { return inner.Await(t) })
		e.passes(1)
		outer.Cancel(errBoom)
		e.true(f.Cancelled(), "at once")
		e.passes(2)
		e.true(inner.Cancelled() && outer.Cancelled(), "both")
		e.cancelledBy(outer.Exception(), errBoom)
	})
	on(t, "tasks that await each other can be cancelled", func(e *env) {
		var a, b *TaskOf[int]
		a = Go(e.l, func(t *Task) (int, error) { return b.Await(t) })
		b = Go(e.l, func(t *Task) (int, error) { return a.Await(t) })
		e.passes(1)
		e.true(a.Cancel(errBoom), "no endless recursion")
		e.passes(3)
		e.true(a.Cancelled() && b.Cancelled(), "both")
	})
	on(t, "taken back after it has ended a wait: that returns it all the same", func(e *env) {
		never := NewFuture[int](e.l)
		event, queue := NewEvent(e.l), NewQueue[int](e.l, 1)
		for name, wait := range map[string]func(t *Task) error{
			"future": func(t *Task) error { _, err := Shield(never).Await(t); return err },
			"sleep":  func(t *Task) error { return Sleep(t, time.Hour) },
			"event":  event.Wait,
			"queue":  func(t *Task) error { _, err := queue.Get(t); return err },
		} {
			parked := e.spawn(name, wait)
			itself := e.spawn(name, func(t *Task) error { t.Cancel(errBoom); return wait(t) })
			e.passes(1)
			e.true(parked.Cancel(errBoom) && parked.Uncancel() == 0, name)
			e.true(itself.Uncancel() == 0, name)
			e.passes(1)
			e.cancelledBy(parked.Exception(), errBoom)
			e.cancelledBy(itself.Exception(), errBoom)
		}
		e.true(e.l.timers.len() == 0 && event.waiters.head == nil && queue.getters.head == nil, "no trace")
	})
	on(t, "of two causes before one delivery the first is told", func(e *env) {
		task := e.spawn("", func(t *Task) error { return nil })
		task.Cancel(errBoom)
		task.Cancel(errors.New("other"))
		e.passes(1)
		e.cancelledBy(task.Exception(), errBoom)
	})
}

func TestTimeout(t *testing.T) {
	const hour = time.Hour
	on(t, "76 converts only its own cancellation", func(e *env) {
		e.ok(e.main(func(t *Task) error {
			err := WithTimeout(t, time.Second, func() error {
				err := Sleep(t, hour)
				e.cancelledBy(err, ErrTimeout)
				return err
			})
			e.is(err, ErrTimeout)
			e.true(!errors.Is(err, ErrCancelled) && t.Cancelling() == 0, "not cancelled")
			e.true(t.Context().Err() == nil, "nor its context")
			e.ok(WithTimeout(t, time.Second, func() error { return Sleep(t, time.Millisecond) }))
			return Sleep(t, time.Minute) // no timer is left to cut this
		}))
		task := e.spawn("", func(t *Task) error {
			return WithTimeout(t, time.Second, func() error { return Sleep(t, hour) })
		})
		e.passes(1)
		task.Cancel(errBoom)
		e.passes(1)
		e.true(task.Cancelled(), "a foreign cancel stays one")
		both := e.spawn("", func(t *Task) error {
			return WithTimeout(t, 0, func() error {
				t.Cancel(errBoom)
				return Sleep(t, hour)
			})
		})
		_, err := RunUntilComplete(e.l, both)
		e.cancelledBy(err, errBoom)
	})
	on(t, "92-95, 97 WaitFor", func(e *env) {
		// inner answers a cancellation after its cleanup with v and err.
		inner := func(v int, err error) *TaskOf[int] {
			return Go(e.l, func(t *Task) (int, error) {
				cancel := Sleep(t, hour)
				e.ok(Sleep(t, time.Second))
				e.add("cleaned")
				if err == ErrCancelled {
					err = cancel
				}
				return v, err
			})
		}
		e.ok(e.main(func(t *Task) error {
			quick := Go(e.l, func(t *Task) (int, error) { return 5, Sleep(t, time.Second) })
			v, err := WaitFor(t, time.Minute, quick)
			e.true(v == 5 && err == nil, "92 in time")

			_, err = WaitFor(t, time.Minute, inner(0, ErrCancelled))
			e.is(err, ErrTimeout)
			e.want(e.T, "cleaned") // 93

			v, err = WaitFor(t, time.Minute, inner(7, nil))
			e.true(v == 7 && err == nil, "94 inner ignores the cancel")
			_, err = WaitFor(t, time.Minute, inner(0, errBoom))
			e.is(err, errBoom)

			done, open := NewFuture[int](e.l), NewFuture[int](e.l)
			e.ok(done.SetResult(1))
			v, err = WaitFor(t, 0, done)
			e.true(v == 1 && err == nil, "95 done")
			_, err = WaitFor(t, 0, open)
			e.is(err, ErrTimeout)
			e.true(open.Cancelled(), "95 pending")
			never := e.spawn("", func(*Task) error { e.add("started"); return nil })
			_, err = WaitFor(t, -1, never)
			e.is(err, ErrTimeout)
			e.want(e.T, "cleaned", "cleaned", "cleaned")

			same := NewFuture[int](e.l)
			e.l.CallLater(time.Minute, func() { e.ok(same.SetResult(8)) })
			v, err = WaitFor(t, time.Minute, same)
			e.true(v == 8 && err == nil, "97 the result wins")
			e.true(t.Cancelling() == 0, "nothing left")
			return Sleep(t, time.Minute)
		}))
	})
	on(t, "96 cancelling the task in WaitFor", func(e *env) {
		in := e.spawn("", func(t *Task) error { return Sleep(t, hour) })
		task := Go(e.l, func(t *Task) (int, error) { return WaitFor(t, time.Minute, in) })
		e.passes(1)
		task.Cancel(errBoom)
		e.passes(3)
		e.true(in.Cancelled() && task.Cancelled(), "both")
		e.cancelledBy(task.Exception(), errBoom)
		zero := Go(e.l, func(t *Task) (int, error) {
			t.Cancel(errBoom)
			return WaitFor(t, 0, NewFuture[int](e.l))
		})
		e.passes(2)
		e.true(zero.Cancelled(), "also when the time is 0")
	})
	on(t, "99 the body's own error stands", func(e *env) {
		e.ok(e.main(func(t *Task) error {
			e.is(WithTimeout(t, time.Second, func() error { return errBoom }), errBoom)
			e.is(WithTimeout(t, time.Second, func() error { Sleep(t, hour); return errBoom }), errBoom)
			return nil
		}))
	})
	on(t, "100 nested scopes", func(e *env) {
		e.ok(e.main(func(t *Task) error {
			for _, d := range []struct{ outer, inner time.Duration }{{1, 2}, {2, 1}} {
				var in error
				out := WithTimeout(t, d.outer*time.Second, func() error {
					in = WithTimeout(t, d.inner*time.Second, func() error { return Sleep(t, hour) })
					return in
				})
				e.is(out, ErrTimeout)
				e.true(errors.Is(in, ErrCancelled) == (d.outer < d.inner), "only the one whose timer fired")
				e.true(t.Cancelling() == 0, "none left")
			}
			return nil
		}))
	})
	on(t, "101, 102 past deadline; undelivered and earlier cancellations", func(e *env) {
		e.ok(e.main(func(t *Task) error {
			err := WithTimeout(t, -1, func() error { e.add("started"); return Sleep(t, hour) })
			e.is(err, ErrTimeout)
			e.want(e.T, "started")
			f := NewFuture[int](e.l)
			e.l.CallLater(time.Second, func() { e.ok(f.SetResult(1)) })
			err = WithTimeout(t, time.Second, func() error { f.Await(t); return nil })
			e.ok(err) // the body succeeded although it was cut
			return Sleep(t, time.Second)
		}))
		task := e.spawn("", func(t *Task) error {
			err := Sleep(t, hour)
			e.is(WithTimeout(t, time.Second, func() error { return Sleep(t, hour) }), ErrTimeout)
			return err
		})
		e.passes(1)
		task.Cancel(errBoom)
		_, err := RunUntilComplete(e.l, task)
		e.cancelledBy(err, errBoom)
		e.true(task.Cancelling() == 1, "the earlier one")
	})
}
