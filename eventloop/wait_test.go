package eventloop

import (
	"errors"
	"reflect"
	"testing"
	"time"
)

func TestWait(t *testing.T) {
	// inTask runs body as a task that must succeed.
	inTask := func(t *testing.T, name string, body func(e *env, t *Task)) {
		on(t, name, func(e *env) {
			e.ok(e.main(func(t *Task) error { body(e, t); return nil }))
		})
	}
	inTask(t, "84 ALL_COMPLETED raises nothing and cancels nothing", func(e *env, t *Task) {
		good, bad := e.after(time.Minute, 1, nil), e.after(time.Second, 0, errBoom)
		done, open, err := Wait(t, Forever, AllCompleted, []*TaskOf[int]{good, bad})
		e.true(err == nil && len(open) == 0 && len(done) == 2 && done[0] == good && done[1] == bad, "in order")
		e.true(e.l.Time() == time.Minute, "all")
		e.is(bad.Exception(), errBoom)
		began := e.l.Passes()
		done, _, err = Wait(t, 0, AllCompleted, done)
		e.true(err == nil && len(done) == 2 && e.l.Passes() == began, "done already: at once")
	})
	inTask(t, "85 FIRST_COMPLETED tells all that is done by then", func(e *env, t *Task) {
		fs := e.futures(3)
		e.l.CallLater(time.Second, func() {
			e.ok(fs[1].SetResult(1))
			e.l.Post(func() { e.ok(fs[2].SetResult(2)) }) // its callback has not run when Wait returns
		})
		done, open, err := Wait(t, Forever, FirstCompleted, fs)
		e.true(err == nil && len(done) == 2 && done[0] == fs[1] && done[1] == fs[2], "really done")
		e.true(len(open) == 1 && open[0] == fs[0] && fs[0].first.token == 0, "no callback is left behind")
	})
	inTask(t, "86 FIRST_EXCEPTION", func(e *env, t *Task) {
		gone, bad, slow := e.after(time.Hour, 0, nil), e.after(time.Minute, 0, errBoom), e.after(time.Hour, 0, nil)
		e.l.CallLater(time.Second, func() { gone.Cancel(nil) })
		done, open, err := Wait(t, Forever, FirstException, []*TaskOf[int]{gone, bad, slow})
		e.true(err == nil && e.l.Time() == time.Minute, "at the failure, not at the cancellation")
		e.true(len(done) == 2 && len(open) == 1 && open[0] == slow, "one is open")
		passes := e.l.Passes()
		done, _, err = Wait(t, Forever, FirstException, []*TaskOf[int]{slow, bad})
		e.true(err == nil && len(done) == 1 && e.l.Passes() == passes, "failed already: without waiting")
		e.is(bad.Exception(), errBoom)
		done, open, err = Wait(t, Forever, FirstException, []*TaskOf[int]{gone, slow})
		e.true(err == nil && len(done) == 2 && len(open) == 0, "no failure: all")
	})
	inTask(t, "87 a timeout", func(e *env, t *Task) {
		a, b := e.after(time.Second, 1, nil), e.after(time.Minute, 2, nil)
		done, open, err := Wait(t, 2*time.Second, AllCompleted, []Completion{a, b})
		e.true(err == nil && e.l.Time() == 2*time.Second, "no error")
		e.true(len(done) == 1 && len(open) == 1 && b.Cancelling() == 0, "nothing cancelled")
		e.true(e.l.timers.len() == 1, "only b's timer is left")
		same := NewFuture[int](e.l)
		e.l.CallLater(time.Second, func() { e.l.Post(func() { e.ok(same.SetResult(8)) }) })
		done, _, err = Wait(t, time.Second, AllCompleted, []Completion{same})
		e.true(err == nil && len(done) == 1, "in one pass with the timeout")
		done, open, err = Wait(t, 0, AllCompleted, []Completion{b})
		e.true(err == nil && len(done) == 0 && len(open) == 1, "no time at all")
		e.is(b.Exception(), ErrInvalidState)
	})
	inTask(t, "88 bad arguments, duplicates", func(e *env, t *Task) {
		_, _, err := Wait[*Future[int]](t, 0, AllCompleted, nil)
		e.true(err != nil, "nothing to wait for")
		_, _, err = Wait(t, 0, WaitMode(3), e.futures(1))
		e.true(err != nil, "unknown mode")
		_, _, err = Wait(nil, 0, AllCompleted, e.futures(1))
		e.is(err, ErrNotCurrent)
		e.true(!reflect.TypeOf(Wait[*Future[int]]).IsVariadic(), "a bare future does not compile")
		f := e.after(time.Second, 1, nil)
		done, open, err := Wait(t, Forever, AllCompleted, []*TaskOf[int]{f, f, f})
		e.true(err == nil && len(done) == 1 && len(open) == 0, "one")
	})
	on(t, "89 cancelling the waiter", func(e *env) {
		child := e.after(time.Minute, 1, nil)
		task := e.spawn("", func(t *Task) error {
			_, _, err := Wait(t, time.Hour, AllCompleted, []*TaskOf[int]{child})
			return err
		})
		e.passes(1)
		task.Cancel(errBoom)
		e.passes(1)
		e.cancelledBy(task.Exception(), errBoom)
		e.true(child.Cancelling() == 0 && child.first.token == 0 && e.l.timers.len() == 1, "no trace")
		_, err := RunUntilComplete(e.l, child)
		e.ok(err)
	})
}

func TestAsCompleted(t *testing.T) {
	on(t, "90 the k-th gives the k-th to finish", func(e *env) {
		e.ok(e.main(func(t *Task) error {
			a, b, c := e.after(3*time.Second, 1, nil), e.after(time.Second, 2, errBoom), e.after(2*time.Second, 3, nil)
			gone := NewFuture[int](e.l)
			gone.Cancel(nil)
			hs := AsCompleted(e.l, Forever, []Awaitable[int]{a, b, a, c, gone})
			e.true(len(hs) == 4, "duplicates collapse")
			for _, h := range hs {
				f, err := h.Await(t)
				e.ok(err)
				v, err := f.Result()
				e.add("%d %v", v, errors.Is(err, errBoom))
			}
			e.want(e.T, "0 false", "2 true", "3 false", "1 false")
			e.true(gone.Cancelled() && len(AsCompleted(e.l, 0, []Completion{})) == 0, "none for none")
			return nil
		}))
	})
	on(t, "90 out of order, concurrently, and without those that are cancelled", func(e *env) {
		fs := e.futures(3)
		hs := AsCompleted(e.l, Forever, fs)
		for _, i := range []int{2, 0, 1} {
			e.spawn("", func(t *Task) error {
				f, err := hs[i].Await(t)
				if err == nil {
					v, _ := f.Result()
					e.add("%d:%d", i, v)
				}
				return err
			})
		}
		e.passes(1)
		hs[0].Cancel(nil)
		for i, f := range fs {
			e.ok(f.SetResult(i))
		}
		e.passes(3)
		e.want(e.T, "1:0", "2:1")
	})
	on(t, "90 when all are cancelled nothing is left behind", func(e *env) {
		fs := e.futures(2)
		for _, h := range AsCompleted(e.l, time.Hour, fs) {
			h.Cancel(nil)
		}
		e.true(e.l.timers.len() == 0 && fs[0].first.token == 0 && fs[1].first.token == 0, "no trace")
	})
	on(t, "91 a timeout", func(e *env) {
		e.ok(e.main(func(t *Task) error {
			a, b, c := e.after(time.Second, 1, nil), e.after(time.Hour, 2, nil), e.after(time.Hour, 3, nil)
			hs := AsCompleted(e.l, time.Minute, []*TaskOf[int]{c, b, a})
			f, err := hs[0].Await(t)
			e.true(err == nil && f == a, "the finished one")
			for _, h := range hs[1:] {
				_, err := h.Await(t)
				e.is(err, ErrTimeout)
			}
			e.true(e.l.Time() == time.Minute && b.Cancelling() == 0 && b.first.token == 0, "children go on")
			_, err = AsCompleted(e.l, time.Minute, []*TaskOf[int]{a})[0].Await(t)
			e.true(err == nil && e.l.timers.len() == 2, "an unused timer is removed")
			AsCompleted(e.l, time.Second, []*TaskOf[int]{b}) // nobody has to look at its timeout
			return Sleep(t, time.Minute)
		}))
	})
}
