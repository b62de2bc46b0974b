package eventloop

import (
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestCallbacks(t *testing.T) {
	on(t, "1 CallSoon runs once each in order", func(e *env) {
		e.l.CallSoon(e.fn("a"))
		e.l.Post(e.fn("b"))
		e.l.CallSoon(e.fn("c"))
		e.passes(2)
		e.want(e.T, "a", "b", "c")
	})
	on(t, "2 what a callback queues waits for the next pass", func(e *env) {
		e.l.CallSoon(func() {
			e.add("a")
			e.l.CallSoon(e.fn("c"))
		})
		e.l.CallSoon(e.fn("b"))
		e.passes(1)
		e.want(e.T, "a", "b")
		e.passes(1)
		e.want(e.T, "a", "b", "c")
	})
	on(t, "3 a cancelled handle does not run", func(e *env) {
		var b, ran *Handle
		ran = e.l.CallSoon(func() { b.Cancel() })
		b = e.l.CallSoon(e.fn("b"))
		c := e.l.CallSoon(e.fn("c"))
		c.Cancel()
		c.Cancel()
		e.passes(1)
		ran.Cancel()
		e.want(e.T)
		e.true(b.Cancelled() && c.Cancelled() && !ran.Cancelled(), "b and c cancelled, ran not")
	})
	on(t, "4 a panic is reported and the rest still runs", func(e *env) {
		h := e.l.CallSoon(func() { panic(errBoom) })
		e.l.CallSoon(e.fn("b"))
		e.l.CallLater(0, func() { panic("timer") })
		e.passes(1)
		e.want(e.T, "b")
		x := e.reported("a callback panicked: eventloop: panic: boom")
		p, ok := x.Err.(*PanicError)
		e.true(ok && p.Value == errBoom && x.Handle == h, "PanicError and handle")
		e.true(strings.Contains(string(p.Stack), "TestCallbacks"), "stack shows the callback")
		e.reported("panic: timer")
	})
	on(t, "5 a panicking handler is logged and the loop goes on", func(e *env) {
		e.l.SetExceptionHandler(func(*Loop, Exception) { panic("handler") })
		e.l.Post(func() { panic("first") })
		e.l.Post(e.fn("b"))
		e.passes(1)
		e.want(e.T, "b")
		for _, s := range []string{"panic: first", "panic: handler", "exception handler panicked"} {
			e.true(strings.Contains(e.log.String(), s), "log has "+s)
		}
		e.l.SetExceptionHandler(nil)
		e.l.Post(func() { panic("default") })
		e.passes(1)
		e.true(strings.Contains(e.log.String(), "panic: default"), "the default handler logs")
	})
	on(t, "6 Stop finishes the pass and keeps what was queued", func(e *env) {
		e.l.Post(func() {
			e.l.Stop()
			e.add("a")
			e.l.Post(e.fn("c"))
		})
		e.l.Post(e.fn("b"))
		e.ok(e.l.RunForever())
		e.want(e.T, "a", "b")
		e.passes(1)
		e.want(e.T, "a", "b", "c")
	})
	on(t, "7 Stop before a run gives one pass without waiting", func(e *env) {
		e.l.CallLater(time.Hour, e.fn("late"))
		before := time.Now()
		e.l.Stop()
		e.ok(e.l.RunForever())
		e.true(time.Since(before) == 0 && e.l.Passes() == 1, "one pass, no time")
	})
	on(t, "8 a second run is refused", func(e *env) {
		other := New()
		e.ok(e.main(func(t *Task) error {
			e.is(e.l.RunForever(), ErrRunning)   // the same loop, from a task
			e.is(other.RunForever(), ErrRunning) // another loop on this goroutine
			_, err := Run(func(*Task) (int, error) { return 1, nil })
			e.is(err, ErrRunning)
			done := make(chan error)
			go func() { done <- e.l.RunForever() }()
			e.is(<-done, ErrRunning)
			e.l.Post(func() { e.is(other.RunForever(), ErrRunning) })
			return Sleep(t, 0)
		}))
		e.ok(other.Close())
	})
	on(t, "9 RunUntilComplete of a done future", func(e *env) {
		good, bad := NewFuture[int](e.l), NewFuture[int](e.l)
		e.ok(good.SetResult(42))
		e.ok(bad.SetException(errBoom))
		v, err := RunUntilComplete(e.l, good)
		e.true(v == 42 && err == nil, "42")
		_, err = RunUntilComplete(e.l, bad)
		e.is(err, errBoom)
		_, err = RunUntilComplete(New(), good)
		e.is(err, ErrOtherLoop)
	})
	on(t, "10 stopped before completed, then run again", func(e *env) {
		f := NewFuture[int](e.l)
		e.l.Stop()
		_, err := RunUntilComplete(e.l, f)
		e.is(err, ErrStopped)
		e.true(!f.Done(), "pending")
		e.l.Post(func() { e.ok(f.SetResult(1)) })
		v, err := RunUntilComplete(e.l, f)
		e.true(v == 1 && err == nil, "1")
	})
	on(t, "11 an early end takes its stop-callback back", func(e *env) {
		f, g := NewFuture[int](e.l), NewFuture[int](e.l)
		e.l.Stop()
		_, err := RunUntilComplete(e.l, f)
		e.is(err, ErrStopped)
		e.ok(f.SetResult(1))
		// The same with the callback scheduled already when the run ends.
		e.l.Post(func() { e.l.Stop(); e.ok(g.SetResult(2)) })
		v, err := RunUntilComplete(e.l, g)
		e.true(v == 2 && err == nil, "2")
		e.l.CallLater(time.Second, func() { e.add("ran on"); e.l.Stop() })
		e.ok(e.l.RunForever())
		e.want(e.T, "ran on")
	})
	on(t, "12 after Close everything is refused", func(e *env) {
		e.ok(e.main(func(*Task) error { e.is(e.l.Close(), ErrRunning); return nil }))
		e.ok(e.l.Close())
		e.ok(e.l.Close())
		e.true(e.l.Closed() && !e.l.Running(), "closed")
		e.is(e.l.RunForever(), ErrClosed)
		e.is(e.l.CallSoonThreadsafe(e.fn("x")), ErrClosed)
		e.is(e.panics(func() { e.l.CallSoon(e.fn("x")) }), ErrClosed)
		e.is(e.panics(func() { e.l.Post(e.fn("x")) }), ErrClosed)
		e.is(e.panics(func() { e.l.CallLater(1, e.fn("x")) }), ErrClosed)
		_, err := Go(e.l, func(*Task) (int, error) { return 1, nil }).Result()
		e.is(err, ErrClosed)
		_, err = RunUntilComplete(e.l, NewFuture[int](e.l))
		e.is(err, ErrClosed)
		f := NewFuture[int](e.l)
		e.ok(f.SetResult(1)) // harmless: nobody is told
		e.want(e.T)
	})
	on(t, "13 debug mode refuses foreign goroutines", func(e *env) {
		e.ok(e.main(func(t *Task) error {
			e.l.CallSoon(e.fn("own"))
			f := NewFuture[int](e.l)
			done := make(chan struct{})
			go func() {
				defer close(done)
				e.is(e.panics(func() { e.l.CallSoon(e.fn("x")) }), ErrForeignGoroutine)
				e.is(e.panics(func() { e.l.CallLater(0, e.fn("x")) }), ErrForeignGoroutine)
				e.is(e.panics(func() { Go(e.l, func(*Task) (int, error) { return 0, nil }) }), ErrForeignGoroutine)
				e.is(e.panics(func() { f.Cancel(nil) }), ErrForeignGoroutine)
				e.is(f.SetResult(1), ErrForeignGoroutine)
				_, err := f.Await(t)
				e.is(err, ErrForeignGoroutine)
				e.is(Sleep(t, 0), ErrForeignGoroutine)
				e.is(Sleep(t, 1), ErrForeignGoroutine)
				q := NewQueue[int](e.l, 0)
				_, err = q.GetNowait()
				e.is(err, ErrForeignGoroutine)
				e.is(q.PutNowait(1), ErrForeignGoroutine)
				e.is(q.TaskDone(), ErrForeignGoroutine)
				e.ok(e.l.CallSoonThreadsafe(e.fn("threadsafe")))
			}()
			<-done
			e.ok(Sleep(t, 0))
			e.l.CallSoon(e.fn("own after a park"))
			return Sleep(t, time.Second)
		}))
		e.want(e.T, "own", "threadsafe", "own after a park")
	}, WithDebug(0))
	on(t, "14 debug mode reports slow callbacks", func(e *env) {
		e.l.Post(func() { time.Sleep(150 * time.Millisecond) })
		e.l.Post(func() { time.Sleep(50 * time.Millisecond) })
		e.spawn("slowpoke", func(*Task) error { time.Sleep(200 * time.Millisecond); return nil })
		e.passes(1)
		log := e.log.String()
		e.true(strings.Contains(log, "took=150ms") && strings.Contains(log, "what=slowpoke took=200ms"), log)
		e.true(!strings.Contains(log, "50ms what"), "the fast one is not reported")
	}, WithDebug(100*time.Millisecond))
	on(t, "15 CurrentTask", func(e *env) {
		e.true(e.l.CurrentTask() == nil, "none outside")
		e.l.Post(func() { e.true(e.l.CurrentTask() == nil, "none in a callback") })
		for range 2 {
			e.spawn("", func(t *Task) error {
				for range 3 {
					e.true(e.l.CurrentTask() == t, "itself")
					e.ok(Sleep(t, 0))
				}
				return nil
			})
		}
		e.passes(5)
		e.true(e.l.CurrentTask() == nil, "none afterwards")
	})
	on(t, "a Goexit in a callback ends the caller and leaves a usable loop", func(e *env) {
		e.l.Post(runtime.Goexit)
		e.l.Post(e.fn("next run"))
		done := make(chan bool)
		go func() {
			defer func() { done <- true }()
			e.l.RunForever()
		}()
		<-done
		e.passes(1)
		e.want(e.T, "next run")
	})
	on(t, "a run under another thread lock is refused while tasks are parked", func(e *env) {
		task := e.spawn("parked", func(t *Task) error { return Sleep(t, time.Second) })
		e.passes(1)
		runtime.LockOSThread()
		e.is(e.l.RunForever(), ErrLockedThread)
		e.is(e.l.Close(), ErrLockedThread)
		runtime.UnlockOSThread()
		_, err := RunUntilComplete(e.l, task)
		e.ok(err)
		runtime.LockOSThread() // with no task parked the owner may change
		defer runtime.UnlockOSThread()
		e.ok(e.main(func(t *Task) error { return Sleep(t, time.Second) }))
		e.ok(e.l.Close())
	})
}
