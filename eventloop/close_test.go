package eventloop

import (
	"errors"
	"runtime"
	"testing"
	"testing/synctest"
	"time"
)

func TestRun(t *testing.T) {
	on(t, "128 Run", func(e *env) {
		handler := WithExceptionHandler(func(_ *Loop, x Exception) { e.exceptions = append(e.exceptions, x) })
		began := time.Now()
		v, err := Run(func(t *Task) (int, error) {
			e.true(t.Name() == "main", "name")
			l := t.Loop()
			Go(l, func(t *Task) (int, error) {
				err := Sleep(t, time.Hour)
				e.cancelledBy(err, ErrClosed)
				e.ok(Sleep(t, time.Second)) // cleanup is awaited
				e.add("cleaned")
				return 0, errBoom
			}, WithName("other"))
			Go(l, func(t *Task) (int, error) { return 0, Sleep(t, time.Hour) })
			return 42, Sleep(t, time.Minute)
		}, handler)
		e.true(v == 42 && err == nil, "main's result")
		e.want(e.T, "cleaned")
		e.true(time.Since(began) == time.Minute+time.Second, "no longer than needed")
		e.true(e.reported("never retrieved: boom").Name == "other", "its error is reported")
		_, err = Run(func(*Task) (int, error) { return 0, errBoom }, handler)
		e.is(err, errBoom)
	})
	on(t, "128 Run whose main calls Goexit closes its loop", func(e *env) {
		var l *Loop
		done := make(chan bool)
		go func() {
			defer close(done)
			Run(func(t *Task) (int, error) { l = t.Loop(); runtime.Goexit(); return 0, nil })
		}()
		<-done
		e.true(l.Closed(), "closed")
	})
}

func TestClose(t *testing.T) {
	on(t, "a stubborn task is killed after the grace", func(e *env) {
		refused := 0
		e.spawn("stubborn", func(t *Task) error {
			defer e.fn("deferred 1")()
			defer func() {
				Sleep(t, time.Hour) // refused by a panic, which does not end the other defers
			}()
			for {
				if Sleep(t, time.Hour) == ErrClosed {
					if refused++; refused == 2 {
						e.add("not reached")
					}
				}
			}
		})
		e.passes(1)
		began := time.Now()
		e.ok(e.l.Close())
		e.true(time.Since(began) == 5*time.Second, "after the grace")
		e.want(e.T, "deferred 1")
		e.reported("killed by Close")
	})
	on(t, "a killed task may still end by itself", func(e *env) {
		f := NewFuture[int](e.l)
		task := e.spawn("late", func(t *Task) error {
			Sleep(t, time.Hour)
			_, err := f.Await(t)
			e.is(err, ErrClosed)
			return errBoom
		})
		e.passes(1)
		e.ok(e.l.Close())
		e.is(task.Exception(), errBoom)
		e.reported("killed by Close")
		e.reported("never retrieved: boom")
	}, WithCloseGrace(0))
	on(t, "killed waiters leave what they await", func(e *env) {
		f := NewFuture[int](e.l)
		f.AddDoneCallback(e.fn("callback"))
		for range 2 {
			e.spawn("", func(t *Task) error {
				for {
					if err := WithTimeout(t, time.Hour, func() error { _, err := f.Await(t); return err }); err == ErrClosed {
						e.true(f.rest == nil || len(*f.rest) < 2, "left")
						return nil
					}
					f = NewFuture[int](e.l)
					f.AddDoneCallback(e.fn("never"))
				}
			})
		}
		e.passes(1)
		e.ok(e.l.Close())
		e.want(e.T, "callback") // of the first one, which was cancelled
		e.reported("killed by Close")
		e.reported("killed by Close")
	}, WithCloseGrace(time.Second))
	on(t, "a killed task that calls Goexit", func(e *env) {
		e.spawn("quitter", func(t *Task) error {
			Sleep(t, time.Hour)
			Sleep(t, time.Hour)
			runtime.Goexit()
			return nil
		})
		e.passes(1)
		e.ok(e.l.Close())
		e.reported("killed by Close")
		e.reported("Goexit")
	}, WithCloseGrace(time.Second))
	on(t, "tasks started by a cleanup get their time, too", func(e *env) {
		e.spawn("parent", func(t *Task) error {
			defer e.spawn("child", func(t *Task) error {
				Sleep(t, time.Second)
				e.add("child")
				return nil
			}).Await(t)
			return Sleep(t, time.Hour)
		})
		e.passes(1)
		e.l.AllTasks()[0].Cancel(nil)
		e.passes(1)
		e.ok(e.l.Close())
		e.want(e.T, "child")
	})
	on(t, "tasks that start tasks for ever end", func(e *env) {
		n := 0
		var again func(t *Task) error
		again = func(t *Task) error {
			n++
			defer e.spawn("", again)
			Sleep(t, time.Hour)
			return Sleep(t, time.Hour)
		}
		e.spawn("", again)
		e.passes(1)
		e.ok(e.l.Close())
		e.reported("killed by Close")
		e.true(n == 1, "its successor never starts")
	})
	on(t, "what is ready runs, what waits is dropped", func(e *env) {
		e.l.Post(e.fn("ready"))
		e.ok(e.l.CallSoonThreadsafe(e.fn("inbox")))
		h := e.l.CallLater(time.Hour, e.fn("timer"))
		var again func()
		again = func() { e.l.Post(again) }
		again()
		e.ok(e.l.Close())
		e.want(e.T, "ready", "inbox")
		h.Cancel()
		e.true(e.l.timers.len() == 0, "empty")
	})
	on(t, "a task never started is cancelled", func(e *env) {
		task := e.spawn("", func(*Task) error { e.add("ran"); return nil })
		e.ok(e.l.Close())
		e.true(task.Cancelled(), "cancelled")
		e.cancelledBy(task.Exception(), ErrClosed)
		e.want(e.T)
	})
	on(t, "Stop during Close does not cut it short", func(e *env) {
		task := e.spawn("", func(t *Task) error {
			Sleep(t, time.Hour)
			e.l.Stop()
			return Sleep(t, time.Second)
		})
		e.passes(1)
		e.ok(e.l.Close())
		e.ok(task.Exception())
	})
}

// A task that recovers from everything cannot be ended; Close must come back all the same.
// Not in a bubble: the task's goroutine stays parked, which a bubble would call a deadlock.
func TestCloseAbandonsTheUnkillable(t *testing.T) {
	var reports []string
	l := New(WithCloseGrace(0), WithExceptionHandler(func(_ *Loop, x Exception) {
		reports = append(reports, x.Message)
	}))
	released := false
	task := Go(l, func(t *Task) (int, error) {
		for !released {
			func() {
				defer func() { _ = recover() }()
				Sleep(t, time.Hour)
			}()
		}
		return 0, nil
	}, WithName("unkillable"))
	l.Stop()
	if err := l.RunForever(); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	(&journal{reports}).want(t, "a task was killed by Close", "a task could not be killed and was abandoned")
	if err := task.Exception(); !errors.Is(err, ErrClosed) {
		t.Error(err)
	}
	released = true // other tests count goroutines
	task.co.resume()
	task.co.end()
}

// A loop without parked tasks leaves no goroutine behind: the bubble would report it.
func TestNoGoroutineIsLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for range 3 {
			if _, err := Run(func(t *Task) (int, error) {
				for range 100 {
					Go(t.Loop(), func(t *Task) (int, error) { return 0, Sleep(t, time.Hour) })
				}
				return 0, Sleep(t, time.Second)
			}); err != nil {
				t.Error(err)
			}
		}
	})
}
