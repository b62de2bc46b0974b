package eventloop

import (
	"context"
	"errors"
	"iter"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestTask(t *testing.T) {
	on(t, "51 tasks start in the next pass in order", func(e *env) {
		for _, s := range []string{"a", "b", "c"} {
			e.spawn(s, func(*Task) error { e.add("%s", s); return nil })
		}
		e.want(e.T)
		e.passes(1)
		e.want(e.T, "a", "b", "c")
	})
	on(t, "52 value, error, panic", func(e *env) {
		v, err := RunUntilComplete(e.l, Go(e.l, func(*Task) (string, error) { return "v", nil }))
		e.true(v == "v" && err == nil, "value")
		partial, err := RunUntilComplete(e.l, Go(e.l, func(*Task) (string, error) { return "so far", errBoom }))
		e.is(err, errBoom)
		e.true(partial == "so far", "a value beside the error is kept")
		for _, park := range []bool{false, true} {
			err = e.main(func(t *Task) error {
				if park {
					e.ok(Sleep(t, 0))
				}
				panic(errBoom)
			})
			var p *PanicError
			e.true(errors.As(err, &p) && p.Value == errBoom && strings.Contains(string(p.Stack), "task_test.go"), "stack of the panic")
		}
		err = e.main(func(*Task) error { panic(ErrCancelled) })
		var p *PanicError
		e.true(errors.As(err, &p) && !errors.Is(err, ErrCancelled), "a panic stays a panic")
	})
	on(t, "53 a task cannot be given a result", func(e *env) {
		task := Go(e.l, func(*Task) (int, error) { return 1, nil })
		_, can := any(task).(interface{ SetResult(int) error })
		_, could := any(task).(interface{ SetException(error) error })
		e.true(!can && !could, "no such methods")
		e.passes(1)
	})
	on(t, "54 a task awaits itself", func(e *env) {
		var self *TaskOf[int]
		self = Go(e.l, func(t *Task) (int, error) {
			_, err := WaitFor(t, 0, self)
			e.is(err, ErrSelfAwait)
			return self.Await(t)
		})
		_, err := RunUntilComplete(e.l, self)
		e.is(err, ErrSelfAwait)
	})
	on(t, "55 Sleep(0) is one pass", func(e *env) {
		e.spawn("", func(t *Task) error {
			e.l.Post(e.fn("queued before"))
			for _, s := range []string{"1", "2"} {
				e.ok(Sleep(t, 0))
				e.add("%s", s)
			}
			return nil
		})
		e.passes(2)
		e.want(e.T, "queued before", "1")
		e.passes(1)
		e.want(e.T, "queued before", "1", "2")
	})
	on(t, "56 Sleep, and its timer when cancelled", func(e *env) {
		e.ok(e.main(func(t *Task) error {
			began := e.l.Time()
			e.ok(Sleep(t, time.Hour))
			e.true(e.l.Time()-began == time.Hour, "an hour")
			return nil
		}))
		task := e.spawn("", func(t *Task) error { return Sleep(t, time.Hour) })
		e.passes(1)
		e.true(e.l.timers.len() == 1, "armed")
		task.Cancel(nil)
		e.true(e.l.timers.len() == 0, "gone at once")
		e.passes(1)
		e.true(task.Cancelled(), "cancelled")
	})
	on(t, "57 a failed task fails every awaiter, each time", func(e *env) {
		bad := e.spawn("bad", func(t *Task) error { return errBoom })
		for range 2 {
			e.spawn("", func(t *Task) error {
				for range 2 {
					_, err := bad.Await(t)
					e.is(err, errBoom)
					e.add("x")
				}
				return nil
			})
		}
		e.passes(3)
		e.want(e.T, "x", "x", "x", "x")
	})
	on(t, "58 done callbacks in the pass after the end", func(e *env) {
		task := e.spawn("", func(*Task) error { e.l.Post(e.fn("same pass")); return nil })
		task.AddDoneCallback(e.fn("done"))
		e.passes(1)
		e.true(task.Done(), "ended")
		e.want(e.T)
		e.passes(1)
		e.want(e.T, "same pass", "done")
	})
	on(t, "59 a parked task survives a stop", func(e *env) {
		f := NewFuture[int](e.l)
		task := Go(e.l, f.Await)
		e.passes(3)
		e.true(!task.Done(), "pending")
		e.ok(f.SetResult(5))
		v, err := RunUntilComplete(e.l, task)
		e.true(v == 5 && err == nil, "5")
	})
	on(t, "60 AllTasks and names", func(e *env) {
		nop := func(t *Task) error { return Sleep(t, time.Second) }
		a, b, c := Go(e.l, func(*Task) (int, error) { return 0, nil }), e.spawn("b", nop), e.spawn("", nop)
		e.true(a.Name() == "Task-1" && b.Name() == "b" && c.Name() == "Task-3", "names")
		c.SetName("c")
		e.passes(1)
		all := e.l.AllTasks()
		e.true(len(all) == 2 && all[0] == &b.Task && all[1].Name() == "c", "the pending ones")
		b.Cancel(nil)
		_, err := RunUntilComplete(e.l, c)
		e.ok(err)
		e.true(len(e.l.AllTasks()) == 0, "none")
	})
	on(t, "61 a task that never awaits runs in one step", func(e *env) {
		task := e.spawn("", func(*Task) error {
			for i := range 3 {
				e.l.Post(e.fn("post"))
				e.add("%d", i)
			}
			return nil
		})
		e.passes(1)
		e.true(task.Done(), "done")
		e.want(e.T, "0", "1", "2")
	})
	on(t, "62 Goexit ends the task only", func(e *env) {
		for _, park := range []bool{false, true} {
			task := e.spawn("", func(t *Task) error {
				defer e.fn("deferred")()
				if park {
					e.ok(Sleep(t, 0))
				}
				runtime.Goexit()
				return nil
			})
			e.spawn("", func(t *Task) error {
				_, err := task.Await(t)
				e.is(err, ErrGoexit)
				e.add("lives")
				return nil
			})
			e.passes(4)
		}
		e.want(e.T, "deferred", "lives", "deferred", "lives")
		ended := make(chan bool)
		go func() { // RunUntilComplete hands it on, as testing expects of FailNow
			normal := false
			defer func() { ended <- normal }()
			e.main(func(t *Task) error { runtime.Goexit(); return nil })
			normal = true
		}()
		e.true(!<-ended, "the caller is ended likewise")
	})
	on(t, "await outside the own step", func(e *env) {
		f := NewFuture[int](e.l)
		other := e.spawn("other", func(t *Task) error { return Sleep(t, 0) })
		e.ok(e.main(func(t *Task) error {
			for _, wrong := range []*Task{nil, &other.Task} {
				_, err := f.Await(wrong)
				e.is(err, ErrNotCurrent)
				_, err = WaitFor(wrong, 1, f)
				e.is(err, ErrNotCurrent)
				e.is(Sleep(wrong, 0), ErrNotCurrent)
				e.is(Sleep(wrong, 1), ErrNotCurrent)
				e.is(WithTimeout(wrong, 1, nil), ErrNotCurrent)
				e.is(NewEvent(e.l).Wait(wrong), ErrNotCurrent)
			}
			e.l.Post(func() { e.is(Sleep(t, 0), ErrNotCurrent) })
			return Sleep(t, 0)
		}))
	})
	on(t, "await from a nested coroutine and inside a range over func", func(e *env) {
		e.ok(e.main(func(t *Task) error {
			seq := func(yield func(int) bool) {
				for i := range 3 {
					if Sleep(t, time.Second) != nil || !yield(i) {
						return
					}
				}
			}
			for i := range seq {
				e.ok(Sleep(t, time.Second))
				e.add("%d", i)
			}
			next, stop := iter.Pull(seq)
			defer stop()
			i, ok := next()
			e.true(i == 0 && ok, "first")
			return nil
		}))
		e.want(e.T, "0", "1", "2")
		e.true(e.l.Time() == 7*time.Second, "7 s")
	})
	on(t, "many tasks, coroutines used again", func(e *env) {
		sum := 0
		for range 3 {
			for i := range 500 {
				e.spawn("", func(t *Task) error {
					err := Sleep(t, time.Duration(i%7)*time.Millisecond)
					sum++
					return err
				})
			}
			e.ok(e.main(func(t *Task) error { return Sleep(t, time.Second) }))
			e.true(len(e.l.idle) == 0, "dropped at the end of the run")
		}
		e.true(sum == 1500, "all ran")
	})
	on(t, "a locked loop runs tasks", func(e *env) {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		e.ok(e.main(func(t *Task) error { return Sleep(t, time.Second) }))
		e.ok(e.l.Close())
	})
	on(t, "Context is cancelled with the task, with the cause", func(e *env) {
		var early, late context.Context
		task := e.spawn("", func(t *Task) error {
			early = t.Context()
			e.true(early == t.Context() && early.Err() == nil, "one, alive")
			err := Sleep(t, time.Hour)
			late = t.Context()
			e.is(context.Cause(late), errBoom)
			e.true(t.Uncancel() == 0, "dealt with")
			e.true(t.Context().Err() == nil, "a fresh one")
			late = t.Context()
			return errors.Unwrap(err)
		})
		e.passes(1)
		task.Cancel(errBoom)
		e.is(context.Cause(early), errBoom)
		e.passes(1)
		e.is(task.Exception(), errBoom)
		e.is(late.Err(), context.Canceled)
		e.is(task.Context().Err(), context.Canceled)

		wait := e.spawn("", func(t *Task) error { Sleep(t, time.Hour); return t.Context().Err() })
		e.passes(1)
		wait.Cancel(nil)
		e.passes(1)
		e.true(wait.Cancelled(), "a context's error is taken for the cancellation it stands for")
	})
}
