package eventloop

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"testing"
	"time"
)

func TestFuture(t *testing.T) {
	on(t, "36 a new future", func(e *env) {
		f := NewFuture[int](e.l)
		e.true(!f.Done() && !f.Cancelled() && f.Loop() == e.l, "pending")
		_, err := f.Result()
		e.is(err, ErrInvalidState)
		e.is(f.Exception(), ErrInvalidState)
	})
	on(t, "37 SetResult once", func(e *env) {
		f := NewFuture[int](e.l)
		e.ok(f.SetResult(42))
		v, err := f.Result()
		e.true(f.Done() && v == 42 && err == nil && f.Exception() == nil, "42")
		e.is(f.SetResult(1), ErrInvalidState)
		e.is(f.SetException(errBoom), ErrInvalidState)
	})
	on(t, "38 SetException", func(e *env) {
		f := NewFuture[int](e.l)
		e.true(f.SetException(nil) != nil && !f.Done(), "nil refused")
		e.ok(f.SetException(errBoom))
		_, err := f.Result()
		e.is(err, errBoom)
		e.is(f.Exception(), errBoom)
	})
	on(t, "39 Cancel", func(e *env) {
		f := NewFuture[int](e.l)
		e.true(f.Cancel(nil) && f.Done() && f.Cancelled(), "cancelled")
		_, err := f.Result()
		e.cancelledBy(err, nil)
		e.cancelledBy(f.Exception(), nil)
		e.true(!f.Cancel(nil), "second is false")
	})
	on(t, "40 Cancel when done; SetResultUnlessCancelled", func(e *env) {
		f, g := NewFuture[int](e.l), NewFuture[int](e.l)
		e.ok(f.SetResultUnlessCancelled(1))
		e.true(!f.Cancel(nil) && !f.Cancelled(), "unchanged")
		e.is(f.SetResultUnlessCancelled(2), ErrInvalidState)
		g.Cancel(nil)
		e.ok(g.SetResultUnlessCancelled(2))
		e.is(g.SetResult(2), ErrInvalidState)
		e.true(g.Cancelled(), "still")
	})
	on(t, "41 done callbacks are scheduled in order", func(e *env) {
		for i, end := range []func(*Future[int]){
			func(f *Future[int]) { f.SetResult(1) },
			func(f *Future[int]) { f.Cancel(nil) },
		} {
			f := NewFuture[int](e.l)
			for _, s := range []string{"a", "b", "c"} {
				f.AddDoneCallback(e.fn(s))
			}
			end(f)
			e.true(len(e.lines) == 3*i, "not inline")
			e.passes(1)
		}
		e.want(e.T, "a", "b", "c", "a", "b", "c")
	})
	on(t, "42 a callback on a done future waits for the next pass", func(e *env) {
		f := NewFuture[int](e.l)
		e.ok(f.SetResult(1))
		e.true(f.AddDoneCallback(e.fn("a")) == 0, "nothing to remove")
		e.want(e.T)
		e.passes(1)
		e.want(e.T, "a")
	})
	on(t, "43 repeated and removed callbacks", func(e *env) {
		f := NewFuture[int](e.l)
		var tokens []CallbackToken
		for _, s := range []string{"a", "a", "a", "b", "c"} {
			tokens = append(tokens, f.AddDoneCallback(e.fn(s)))
		}
		e.true(f.RemoveDoneCallback(tokens[0]) && f.RemoveDoneCallback(tokens[3]), "removed")
		e.true(!f.RemoveDoneCallback(tokens[0]) && !f.RemoveDoneCallback(99) && !f.RemoveDoneCallback(0), "unknown")
		f.AddDoneCallback(e.fn("d")) // keeps its place though the first one has left
		e.ok(f.SetResult(1))
		e.passes(1)
		e.want(e.T, "a", "a", "c", "d")
	})
	on(t, "44 callbacks that change callbacks", func(e *env) {
		f := NewFuture[int](e.l)
		var b CallbackToken
		f.AddDoneCallback(func() {
			e.add("a")
			e.true(!f.RemoveDoneCallback(b), "scheduled already")
			f.AddDoneCallback(e.fn("new"))
		})
		b = f.AddDoneCallback(e.fn("b"))
		e.ok(f.SetResult(1))
		e.passes(1)
		e.want(e.T, "a", "b")
		e.passes(1)
		e.want(e.T, "a", "b", "new")
	})
	on(t, "45 the cause travels", func(e *env) {
		f := NewFuture[int](e.l)
		e.l.Post(func() { f.Cancel(errBoom) })
		err := e.main(func(t *Task) error { _, err := f.Await(t); return err })
		e.cancelledBy(err, errBoom)
		e.true(err.Error() == "eventloop: cancelled: boom", err.Error())
	})
	on(t, "46 Await on a done future does not park", func(e *env) {
		f := NewFuture[int](e.l)
		e.ok(f.SetResult(7))
		e.ok(e.main(func(t *Task) error {
			e.l.Post(e.fn("next pass"))
			v, err := f.Await(t)
			e.true(v == 7 && err == nil && len(e.lines) == 0, "at once")
			return nil
		}))
	})
	on(t, "47 all waiters wake in order", func(e *env) {
		f := NewFuture[int](e.l)
		for i := range 5 {
			e.spawn("", func(t *Task) error {
				v, err := f.Await(t)
				e.add("%d:%d", i, v)
				return err
			})
		}
		e.passes(1)
		e.ok(f.SetResult(9))
		e.passes(1)
		e.want(e.T, "0:9", "1:9", "2:9", "3:9", "4:9")
	})
	on(t, "48 a future of another loop", func(e *env) {
		other := New()
		f := NewFuture[int](other)
		e.ok(e.main(func(t *Task) error {
			_, err := f.Await(t)
			e.is(err, ErrOtherLoop)
			e.is(NewEvent(other).Wait(t), ErrOtherLoop)
			_, err = NewQueue[int](other, 1).Get(t)
			e.is(err, ErrOtherLoop)
			_, err = WaitFor(t, 0, f)
			e.is(err, ErrOtherLoop)
			return nil
		}))
	})
	on(t, "49 errors nobody looked at, at close", func(e *env) {
		f, seen, caught := NewFuture[int](e.l), NewFuture[int](e.l), NewFuture[int](e.l)
		for i, f := range []*Future[int]{f, seen, caught} {
			e.ok(f.SetException(fmt.Errorf("%w %d", errBoom, i)))
		}
		seen.Exception()
		e.spawn("loser", func(t *Task) error {
			_, err := caught.Await(t)
			e.is(err, errBoom)
			return errors.New("lost")
		})
		e.passes(1)
		e.true(len(e.exceptions) == 0, "not yet")
		e.ok(e.l.Close())
		e.is(e.reported("a future was never retrieved").Err, errBoom)
		e.true(e.reported("a task was never retrieved: lost").Name == "loser", "with the name")
		runtime.KeepAlive(f)
	})
	on(t, "50 copying the outcome", func(e *env) {
		good, bad, gone, open := NewFuture[int](e.l), NewFuture[int](e.l), NewFuture[int](e.l), NewFuture[int](e.l)
		e.ok(good.SetResult(3))
		e.ok(bad.SetException(errBoom))
		gone.Cancel(errBoom)
		to := func(src Awaitable[int]) *Future[int] {
			f := NewFuture[int](e.l)
			e.ok(f.CopyFrom(src))
			return f
		}
		v, err := to(good).Result()
		e.true(v == 3 && err == nil, "value")
		_, err = to(bad).Result()
		e.is(err, errBoom)
		c := to(gone)
		e.true(c.Cancelled(), "cancelled")
		e.cancelledBy(c.Exception(), errBoom)
		e.ok(c.CopyFrom(good))
		e.true(c.Cancelled(), "left alone")
		e.is(NewFuture[int](e.l).CopyFrom(open), ErrInvalidState)
		e.is(good.CopyFrom(gone), ErrInvalidState)
	})
}

// 49, as soon as the collector knows. Outside a bubble: it is real garbage.
func TestLostErrorIsReportedWhenCollected(t *testing.T) {
	var got []error
	l := New(WithExceptionHandler(func(l *Loop, x Exception) { got = append(got, x.Err) }))
	defer l.Close()
	func() { NewFuture[[64]byte](l).SetException(errBoom) }()
	_, err := RunUntilComplete(l, Go(l, func(t *Task) (int, error) {
		for len(got) == 0 {
			runtime.GC()
			runtime.Gosched()
			if err := Yield(t); err != nil {
				return 0, err
			}
		}
		return 0, nil
	}))
	if err != nil || len(got) != 1 || !errors.Is(got[0], errBoom) {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestErrors(t *testing.T) {
	c := newCancelled(errBoom)
	for _, x := range []struct {
		err, target error
		want        bool
	}{
		{c, ErrCancelled, true}, {c, context.Canceled, true}, {c, errBoom, true}, {c, ErrTimeout, false},
		{newCancelled(nil), context.Canceled, true}, {newCancelled(c), errBoom, true},
		{ErrTimeout, context.DeadlineExceeded, true}, {ErrTimeout, ErrCancelled, false},
		{&timeoutError{after: time.Second}, ErrTimeout, true},
		{newCancelled(ErrTimeout), ErrTimeout, true},
		{&PanicError{Value: c}, errBoom, false}, {&PanicError{Value: c}, ErrCancelled, false},
	} {
		if errors.Is(x.err, x.target) != x.want {
			t.Errorf("errors.Is(%v, %v) is %v", x.err, x.target, !x.want)
		}
	}
	if !os.IsTimeout(ErrTimeout) || ErrTimeout.Error() != "eventloop: timeout" || ErrCancelled.Error() != "eventloop: cancelled" {
		t.Error(ErrTimeout, ErrCancelled)
	}
	if s := (&timeoutError{after: time.Second}).Error(); s != "eventloop: timeout after 1s" {
		t.Error(s)
	}
}
