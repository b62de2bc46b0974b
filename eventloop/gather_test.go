package eventloop

import (
	"errors"
	"testing"
	"time"
)

// after returns a task that gives v after d, with what cancels it meanwhile.
func (e *env) after(d time.Duration, v int, err error) *TaskOf[int] {
	return Go(e.l, func(t *Task) (int, error) {
		if err := Sleep(t, d); err != nil {
			return 0, err
		}
		return v, err
	})
}

// futures returns n pending ones.
func (e *env) futures(n int) []*Future[int] {
	fs := make([]*Future[int], n)
	for i := range fs {
		fs[i] = NewFuture[int](e.l)
	}
	return fs
}

func (e *env) equal(got, want []int) {
	e.Helper()
	e.true(len(got) == len(want), "as many")
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			e.Errorf("got %v, want %v", got, want)
			return
		}
	}
}

func TestGather(t *testing.T) {
	on(t, "77 Gather keeps the order of the arguments", func(e *env) {
		fs := []*TaskOf[int]{e.after(3*time.Second, 1, nil), e.after(time.Second, 2, nil), e.after(2*time.Second, 3, nil)}
		g := Gather(e.l, fs...)
		fs[0] = nil // its own copy
		v, err := RunUntilComplete(e.l, g)
		e.ok(err)
		e.equal(v, []int{1, 2, 3})
	})
	on(t, "77 a future given twice gives its result twice", func(e *env) {
		a, b := e.after(time.Second, 1, nil), NewFuture[int](e.l)
		e.ok(b.SetResult(2))
		v, err := RunUntilComplete(e.l, Gather[Awaitable[int]](e.l, a, b, a))
		e.ok(err)
		e.equal(v, []int{1, 2, 1})
	})
	on(t, "78 Gather of nothing", func(e *env) {
		g, o := Gather[*TaskOf[int]](e.l), GatherOutcomes[*TaskOf[int]](e.l)
		e.true(!g.Done() && !o.Done() && !g.Cancel(nil), "not before the next pass")
		e.passes(1)
		v, err := g.Result()
		e.true(g.Done() && o.Done() && len(v) == 0 && err == nil, "empty")
	})
	on(t, "79 the first error ends Gather, the others run on", func(e *env) {
		slow := e.after(time.Hour, 7, nil)
		e.is(e.main(func(t *Task) error {
			_, err := Gather(e.l, slow, e.after(time.Second, 0, errBoom), e.after(time.Minute, 0, errors.New("later"))).Await(t)
			e.true(e.l.Time() == time.Second, "at once")
			return err
		}), errBoom)
		v, err := RunUntilComplete(e.l, slow)
		e.true(v == 7 && err == nil, "not cancelled")
		// "later" is swallowed: the end of the test would complain of a report.
	})
	on(t, "79 an error of Gather that nobody sees is reported once", func(e *env) {
		Gather(e.l, e.after(0, 0, errBoom))
		e.passes(5)
		e.ok(e.l.Close())
		e.reported("never retrieved: boom")
	})
	on(t, "80 outcomes come in place", func(e *env) {
		gone := e.after(time.Hour, 0, nil)
		fs := []*TaskOf[int]{e.after(time.Minute, 1, nil), e.after(time.Second, 0, errBoom), gone}
		g := GatherOutcomes(e.l, fs...)
		e.l.CallLater(time.Second, func() { gone.Cancel(errBoom) })
		v, err := RunUntilComplete(e.l, g)
		e.ok(err)
		e.true(e.l.Time() == time.Minute, "when all are done")
		e.true(v[0] == Outcome[int]{1, nil} && v[1].Err == errBoom, "values and errors")
		e.cancelledBy(v[2].Err, errBoom)
	})
	on(t, "81 a child that is cancelled does not make Gather cancelled", func(e *env) {
		a, b := e.after(time.Hour, 0, nil), e.after(time.Second, 5, nil)
		g := Gather(e.l, a, b)
		e.passes(1)
		a.Cancel(errBoom)
		_, err := RunUntilComplete(e.l, g)
		e.cancelledBy(err, errBoom)
		e.true(g.Done() && !g.Cancelled() && !b.Done(), "failed")
		_, err = RunUntilComplete(e.l, b)
		e.ok(err)
		unseen := Gather(e.l, NewFuture[int](e.l))
		unseen.Cancel(nil)
		e.passes(1)
		e.true(unseen.Done(), "and that needs nobody to look")
	})
	on(t, "82 Cancel cancels the children, each once", func(e *env) {
		done := e.after(0, 1, nil)
		e.passes(2)
		a, b := e.after(time.Hour, 0, nil), e.after(time.Hour, 0, nil)
		g := Gather(e.l, a, done, b, a)
		e.passes(1)
		e.true(g.Cancel(errBoom) && !g.Done(), "accepted")
		_, err := RunUntilComplete(e.l, g)
		e.cancelledBy(err, errBoom)
		e.passes(1)
		e.true(a.Cancelled() && b.Cancelled() && a.Cancelling() == 1 && !done.Cancelled(), "the unfinished")
		e.true(!g.Cancelled() && !g.Cancel(nil), "Gather has failed")
	})
	on(t, "82 cancelling the task that awaits Gather", func(e *env) {
		a := e.after(time.Hour, 0, nil)
		task := Go(e.l, Gather(e.l, a).Await)
		e.passes(1)
		task.Cancel(errBoom)
		_, err := RunUntilComplete(e.l, task)
		e.cancelledBy(err, errBoom)
		e.true(task.Cancelled() && a.Cancelled(), "both")
	})
	on(t, "82 outcomes: only when all are done", func(e *env) {
		stubborn := Go(e.l, func(t *Task) (int, error) {
			e.is(Sleep(t, time.Hour), ErrCancelled)
			return 1, Sleep(t, time.Minute)
		})
		quick := e.after(time.Hour, 0, nil)
		g := GatherOutcomes(e.l, stubborn, quick)
		e.passes(1)
		e.true(g.Cancel(errBoom), "accepted")
		_, err := RunUntilComplete(e.l, g)
		e.cancelledBy(err, errBoom)
		e.true(e.l.Time() == time.Minute && stubborn.Done() && quick.Cancelled(), "all done")
	})
	on(t, "82 children that ignore it do not save Gather", func(e *env) {
		stubborn := Go(e.l, func(t *Task) (int, error) { Sleep(t, time.Hour); return 1, nil })
		g := Gather(e.l, stubborn)
		e.passes(1)
		e.true(g.Cancel(errBoom), "accepted")
		_, err := RunUntilComplete(e.l, g)
		e.cancelledBy(err, errBoom)
	})
	on(t, "82 all children done already: the results stand", func(e *env) {
		f := NewFuture[int](e.l)
		g := Gather(e.l, f)
		e.ok(f.SetResult(3))
		e.true(!g.Cancel(nil), "refused")
		v, err := RunUntilComplete(e.l, g)
		e.ok(err)
		e.equal(v, []int{3})
	})
	on(t, "83 futures of two loops", func(e *env) {
		other := New()
		for _, f := range []Completion{
			Gather(e.l, NewFuture[int](e.l), NewFuture[int](other)),
			GatherOutcomes(e.l, NewFuture[int](other)),
			AsCompleted(e.l, Forever, []*Future[int]{NewFuture[int](other)})[0],
		} {
			e.is(f.Exception(), ErrOtherLoop)
		}
		e.ok(e.main(func(t *Task) error {
			_, _, err := Wait(t, 0, AllCompleted, []*Future[int]{NewFuture[int](other)})
			e.is(err, ErrOtherLoop)
			return nil
		}))
		e.ok(other.Close())
		f := NewFuture[int](other)
		e.is(Gather(other, f).Exception(), ErrClosed)
		e.is(AsCompleted(other, Forever, []*Future[int]{f})[0].Exception(), ErrClosed)
	})
}

func TestCombinatorsInDebugMode(t *testing.T) {
	on(t, "13 debug mode refuses foreign goroutines, before anything is changed", func(e *env) {
		e.ok(e.main(func(t *Task) error {
			fs := e.futures(1)
			k, s, b := NewLock(e.l), NewBoundedSemaphore(e.l, 1), NewBarrier(e.l, 1)
			c := NewCondition(k)
			e.ok(k.Acquire(t))
			var g *TaskGroup
			e.ok(WithTaskGroup(t, func(in *TaskGroup) error { g = in; return nil }))
			nothing := func() error { return nil }
			done := make(chan struct{})
			go func() {
				defer close(done)
				for _, fn := range []func(){
					func() { Gather(e.l, fs...) },
					func() { GatherOutcomes(e.l, fs...) },
					func() { AsCompleted(e.l, 0, fs) },
					func() { Shield[int](fs[0]) },
					func() { GoIn(g, func(*Task) (int, error) { return 0, nil }) },
					func() { s.Semaphore.Release() },
					func() { b.Reset() },
					func() { b.Abort() },
					func() { e.l.ShutdownDefaultExecutor() },
				} {
					e.is(e.panics(fn), ErrForeignGoroutine)
				}
				for _, fn := range []func() error{
					func() error { _, _, err := Wait(t, 0, AllCompleted, fs); return err },
					func() error { _, err := WaitFor(t, time.Hour, fs[0]); return err },
					func() error { return WithTimeout(t, time.Hour, nothing) },
					func() error { return NewTimeout(e.l, 0).Reschedule(0) },
					func() error { return WithTaskGroup(t, func(*TaskGroup) error { return nil }) },
					func() error { return k.Acquire(t) },
					func() error { return k.Release() },
					func() error { return c.Wait(t) },
					func() error { return c.Notify(1) },
					func() error { return c.NotifyAll() },
					func() error { return s.Acquire(t) },
					func() error { return s.Release() },
					func() error { _, err := b.Wait(t); return err },
					func() error { return e.l.SetDefaultExecutor(&pool{}, nil) },
				} {
					e.is(fn(), ErrForeignGoroutine)
				}
			}()
			<-done
			e.true(fs[0].first.token == 0 && e.l.timers.len() == 0, "nothing was changed")
			return k.Release()
		}))
	}, WithDebug(time.Hour))
}

func TestShield(t *testing.T) {
	on(t, "103 result, error and cancellation pass through", func(e *env) {
		fs := e.futures(3)
		var shields []Awaitable[int]
		for _, f := range fs {
			shields = append(shields, Shield[int](f))
		}
		e.ok(fs[0].SetResult(1))
		e.ok(fs[1].SetException(errBoom))
		fs[2].Cancel(errBoom)
		e.passes(1)
		v, err := shields[0].Result()
		e.true(v == 1 && err == nil, "result")
		e.is(shields[1].Exception(), errBoom)
		e.true(shields[2].Cancelled(), "cancelled")
		e.cancelledBy(shields[2].Exception(), errBoom)
	})
	on(t, "103 cancelling the outer leaves the inner", func(e *env) {
		inner := e.after(time.Minute, 5, nil)
		outer := Go(e.l, func(t *Task) (int, error) { return Shield[int](inner).Await(t) })
		e.passes(1)
		outer.Cancel(errBoom)
		e.passes(1)
		e.true(outer.Cancelled() && inner.Cancelling() == 0, "only the outer")
		v, err := RunUntilComplete(e.l, inner)
		e.true(v == 5 && err == nil, "5")
	})
	on(t, "104 an error behind a cancelled shield is reported", func(e *env) {
		for _, late := range []bool{true, false} {
			f := NewFuture[int](e.l)
			s := Shield[int](f)
			if late {
				s.Cancel(nil)
			}
			e.ok(f.SetException(errBoom))
			s.Cancel(nil)
			e.passes(1)
			e.true(s.Cancelled(), "cancelled")
		}
		e.ok(e.l.Close())
		e.reported("never retrieved: boom")
		e.reported("never retrieved: boom")
	})
	on(t, "104 Shield of what is done is that itself", func(e *env) {
		f := NewFuture[int](e.l)
		e.ok(f.SetResult(1))
		e.true(Shield[int](f) == Awaitable[int](f), "itself")
	})
}
