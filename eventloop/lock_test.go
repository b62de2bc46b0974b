package eventloop

import (
	"slices"
	"testing"
)

func TestLock(t *testing.T) {
	// taker acquires k, notes its name, and keeps the lock.
	taker := func(e *env, k *Lock, name string) *TaskOf[int] {
		return e.spawn(name, func(t *Task) error {
			err := k.Acquire(t)
			if err == nil {
				e.add("%s", name)
			}
			return err
		})
	}
	on(t, "112 Lock is handed over in order", func(e *env) {
		k := NewLock(e.l)
		e.is(k.Release(), ErrNotAcquired)
		for _, s := range []string{"a", "b", "c"} {
			taker(e, k, s)
		}
		e.passes(1)
		e.want(e.T, "a")
		e.true(k.Locked(), "taken")
		e.ok(k.Release())
		e.is(k.Release(), ErrNotAcquired) // b has not run yet
		e.passes(1)
		e.ok(k.Release())
		e.passes(1)
		e.want(e.T, "a", "b", "c")
		e.ok(k.Release())
		e.true(!k.Locked(), "free")
	})
	on(t, "112 a waiter cancelled in the pass of the release", func(e *env) {
		for _, first := range []bool{true, false} {
			k := NewLock(e.l)
			a, b, c := taker(e, k, "a"), taker(e, k, "b"), taker(e, k, "c")
			e.passes(1)
			if first {
				b.Cancel(errBoom)
				e.ok(k.Release())
			} else {
				e.ok(k.Release())
				b.Cancel(errBoom)
			}
			e.passes(2)
			e.true(a.Done() && b.Cancelled() && c.Done() && k.Locked(), "the next one gets it")
			e.cancelledBy(b.Exception(), errBoom)
			e.ok(k.Release())
			e.true(!k.Locked() && k.waiters.head == nil, "not taken twice")
		}
		e.want(e.T, "a", "c", "a", "c")
	})
	on(t, "112 the last waiter is cancelled after its wake-up", func(e *env) {
		k := NewLock(e.l)
		taker(e, k, "a")
		b := taker(e, k, "b")
		e.passes(1)
		e.ok(k.Release())
		b.Cancel(nil)
		e.passes(1)
		e.true(b.Cancelled() && !k.Locked(), "free again")
		taker(e, k, "c")
		e.passes(1)
		e.want(e.T, "a", "c")
	})
	on(t, "113 a newcomer does not overtake a woken waiter", func(e *env) {
		k := NewLock(e.l)
		taker(e, k, "a")
		e.passes(1)
		newcomer := func() { taker(e, k, "new") }
		e.l.Post(newcomer) // its step comes before that of b
		taker(e, k, "b")
		e.passes(1)
		e.ok(k.Release())
		e.passes(1)
		e.want(e.T, "a", "b")
		e.ok(k.Release())
		e.passes(1)
		e.want(e.T, "a", "b", "new")
	})
	on(t, "locks used wrongly", func(e *env) {
		other := New()
		e.ok(e.main(func(t *Task) error {
			for _, acquire := range []func(*Task) error{
				NewLock(other).Acquire, NewSemaphore(other, 1).Acquire, NewCondition(NewLock(other)).Wait,
				func(t *Task) error { _, err := NewBarrier(other, 1).Wait(t); return err },
			} {
				e.is(acquire(nil), ErrNotCurrent)
				e.is(acquire(t), ErrOtherLoop)
			}
			return nil
		}))
	})
}

func TestCondition(t *testing.T) {
	// waiter waits for one notification and notes its name with the lock held.
	waiter := func(e *env, c *Condition, name string) *TaskOf[int] {
		return e.spawn(name, func(t *Task) error {
			if err := c.Acquire(t); err != nil {
				return err
			}
			defer func() { e.ok(c.Release()) }()
			err := c.Wait(t)
			e.true(c.Locked(), "held again")
			if err == nil {
				e.add("%s", name)
			}
			return err
		})
	}
	// notify runs fn with the lock held.
	notify := func(e *env, c *Condition, fn func()) {
		e.ok(e.main(func(t *Task) error {
			e.ok(c.Acquire(t))
			fn()
			return c.Release()
		}))
	}
	on(t, "115 Wait releases, parks and takes the lock again", func(e *env) {
		c := NewCondition(NewLock(e.l))
		a, b := waiter(e, c, "a"), waiter(e, c, "b")
		e.passes(2)
		e.true(!c.Locked() && !a.Done() && !b.Done(), "both wait, the lock is free")
		notify(e, c, func() { e.ok(c.NotifyAll()) })
		e.passes(3)
		e.want(e.T, "a", "b")
		e.true(!c.Locked(), "free")
	})
	on(t, "115 a cancellation is delayed until the lock is held", func(e *env) {
		c := NewCondition(NewLock(e.l))
		a := waiter(e, c, "a")
		e.passes(1)
		e.ok(e.main(func(t *Task) error {
			e.ok(c.Acquire(t))
			a.Cancel(errBoom)
			for range 3 {
				e.ok(Yield(t))
				e.true(!a.Done(), "delayed")
				a.Cancel(nil) // and further ones do not shorten that
			}
			return c.Release()
		}))
		e.passes(2)
		e.cancelledBy(a.Exception(), errBoom)
		e.true(!c.Locked() && c.sleepers.head == nil, "no trace")
	})
	on(t, "115 without the lock", func(e *env) {
		c := NewCondition(NewLock(e.l))
		e.ok(e.main(func(t *Task) error {
			e.is(c.Wait(t), ErrNotAcquired)
			e.is(c.WaitFor(t, func() bool { return true }), ErrNotAcquired)
			e.is(c.WaitFor(nil, func() bool { return true }), ErrNotAcquired)
			return nil
		}))
	})
	on(t, "116 Notify wakes at most n, in order", func(e *env) {
		c := NewCondition(NewLock(e.l))
		for _, s := range []string{"a", "b", "c", "d"} {
			waiter(e, c, s)
		}
		e.passes(1)
		notify(e, c, func() { e.ok(c.Notify(0)); e.ok(c.Notify(-1)); e.ok(c.Notify(2)) })
		e.passes(3)
		e.want(e.T, "a", "b")
		notify(e, c, func() { e.ok(c.Notify(1)); e.ok(c.Notify(9)) })
		e.passes(3)
		e.want(e.T, "a", "b", "c", "d")
		notify(e, c, func() { e.ok(c.Notify(1)); e.ok(c.NotifyAll()) }) // nobody is there
		e.is(c.Notify(1), ErrNotAcquired)
		e.is(c.NotifyAll(), ErrNotAcquired)
	})
	on(t, "116 WaitFor tests again after each wake-up", func(e *env) {
		c := NewCondition(NewLock(e.l))
		n, tests := 0, 0
		task := e.spawn("", func(t *Task) error {
			e.ok(c.Acquire(t))
			defer c.Release()
			return c.WaitFor(t, func() bool { tests++; return n == 2 })
		})
		for range 2 {
			e.passes(2)
			e.true(!task.Done(), "not yet")
			notify(e, c, func() { n++; e.ok(c.Notify(1)) })
		}
		e.passes(2)
		e.ok(task.Exception())
		e.true(tests == 3, "three tests")
		cut := e.spawn("", func(t *Task) error {
			e.ok(c.Acquire(t))
			defer c.Release()
			return c.WaitFor(t, func() bool { return false })
		})
		e.passes(1)
		cut.Cancel(errBoom)
		e.passes(1)
		e.cancelledBy(cut.Exception(), errBoom)
	})
	on(t, "116 a notified waiter that is cancelled hands the notification on", func(e *env) {
		for _, running := range []bool{false, true} {
			c := NewCondition(NewLock(e.l))
			a, b := waiter(e, c, "a"), waiter(e, c, "b")
			e.passes(1)
			e.ok(c.hold())
			e.ok(c.Notify(1))
			if running { // it waits for the lock already
				e.passes(1)
				a.Cancel(errBoom)
				e.passes(1)
			} else {
				a.Cancel(errBoom)
			}
			e.ok(c.Release())
			e.passes(3)
			e.cancelledBy(a.Exception(), errBoom)
			e.true(b.Done() && !c.Locked(), "the next one")
		}
		e.want(e.T, "b", "b")
	})
	on(t, "115 cancelled just as the lock comes back", func(e *env) {
		c := NewCondition(NewLock(e.l))
		a := waiter(e, c, "a")
		e.passes(1)
		e.ok(c.hold())
		e.ok(c.Notify(1))
		e.passes(1) // a waits for the lock
		e.ok(c.Release())
		a.Cancel(errBoom)
		e.passes(1)
		e.cancelledBy(a.Exception(), errBoom)
		e.true(!c.Locked(), "it keeps the lock that it was given, and releases it")
	})
	on(t, "killed in Wait", func(e *env) {
		c := NewCondition(NewLock(e.l))
		e.spawn("", func(t *Task) error {
			e.ok(c.Acquire(t))
			err := c.Wait(t)
			e.is(err, ErrClosed)
			return err
		})
		e.passes(1)
		e.ok(c.hold()) // for ever: the task cannot come back with the lock
		e.ok(e.l.Close())
		e.reported("killed by Close")
	}, WithCloseGrace(0))
}

// hold takes a free lock for nobody in particular.
func (k *Lock) hold() error {
	if k.locked {
		return ErrInvalidState
	}
	k.locked = true
	return nil
}

func TestSemaphore(t *testing.T) {
	taker := func(e *env, s *Semaphore, name string) *TaskOf[int] {
		return e.spawn(name, func(t *Task) error {
			err := s.Acquire(t)
			if err == nil {
				e.add("%s", name)
			}
			return err
		})
	}
	on(t, "117 bounds, and order also with releases between", func(e *env) {
		e.true(e.panics(func() { NewSemaphore(e.l, -1) }) != nil, "-1")
		e.true(e.panics(func() { NewBoundedSemaphore(e.l, -1) }) != nil, "-1")
		s := NewSemaphore(e.l, 0)
		e.true(s.Locked(), "0 is locked")
		s.Release()
		e.true(!s.Locked(), "1 is not")
		for _, x := range []string{"a", "b", "c"} {
			taker(e, s, x)
		}
		e.passes(1)
		e.want(e.T, "a")
		s.Release()
		e.true(s.Locked(), "waiters are ahead")
		taker(e, s, "d")
		e.passes(1)
		s.Release()
		s.Release()
		e.passes(1)
		e.want(e.T, "a", "b", "c", "d")
		s.Release()
		e.true(!s.Locked(), "a permit is there")
	})
	on(t, "118 a cancelled waiter's permit goes to the next", func(e *env) {
		for _, woken := range []bool{false, true} {
			s := NewSemaphore(e.l, 0)
			a, b := taker(e, s, "a"), taker(e, s, "b")
			e.passes(1)
			if woken {
				s.Release()
				a.Cancel(errBoom)
			} else {
				a.Cancel(errBoom)
				s.Release()
			}
			e.passes(2)
			e.true(a.Cancelled() && b.Done() && s.Locked(), "one permit")
			s.Release()
			c := taker(e, s, "c")
			e.passes(1)
			e.true(c.Done() && s.Locked() && s.waiters.head == nil, "none lost, no hang")
		}
		e.want(e.T, "b", "c", "b", "c")
	})
	on(t, "118 the bound", func(e *env) {
		s := NewBoundedSemaphore(e.l, 1)
		e.is(s.Release(), ErrNotAcquired)
		a, b := taker(e, &s.Semaphore, "a"), taker(e, &s.Semaphore, "b")
		e.passes(1)
		e.ok(s.Release())
		e.is(s.Release(), ErrNotAcquired) // b has it, and has not run
		e.passes(1)
		e.ok(s.Release())
		e.is(s.Release(), ErrNotAcquired)
		e.true(a.Done() && b.Done(), "both")
	})
}

func TestBarrier(t *testing.T) {
	// comer waits n times at b and keeps the indexes.
	comer := func(e *env, b *Barrier, indexes *[]int) *TaskOf[int] {
		return e.spawn("", func(t *Task) error {
			i, err := b.Wait(t)
			if err == nil {
				*indexes = append(*indexes, i)
			}
			return err
		})
	}
	on(t, "rounds of a barrier", func(e *env) {
		e.true(e.panics(func() { NewBarrier(e.l, 0) }) != nil, "0")
		b := NewBarrier(e.l, 3)
		var got []int
		var last *TaskOf[int]
		for n := 1; n <= 7; n++ {
			last = comer(e, b, &got)
			e.passes(3)
			e.true(b.Waiting() == n%3, "waiting")
			e.true(len(got) == n/3*3, "let go together")
		}
		e.equal(got, []int{2, 0, 1, 2, 0, 1})
		e.true(b.Parties() == 3 && !b.Broken(), "fine")
		b.Abort()
		e.passes(1)
		e.is(last.Exception(), ErrBrokenBarrier)
	})
	on(t, "a barrier for one", func(e *env) {
		e.ok(e.main(func(t *Task) error {
			for range 3 {
				i, err := NewBarrier(e.l, 1).Wait(t)
				e.true(i == 0 && err == nil, "at once")
			}
			return nil
		}))
	})
	on(t, "more than a round arrives at a barrier", func(e *env) {
		b := NewBarrier(e.l, 2)
		var got []int
		for range 6 {
			comer(e, b, &got)
		}
		e.passes(8)
		slices.Sort(got)
		e.equal(got, []int{0, 0, 0, 1, 1, 1})
		e.true(b.Waiting() == 0 && b.gate.head == nil, "empty")
	})
	on(t, "a cancelled task leaves the round", func(e *env) {
		b := NewBarrier(e.l, 2)
		var got []int
		a := comer(e, b, &got)
		e.passes(1)
		a.Cancel(errBoom)
		e.passes(1)
		e.cancelledBy(a.Exception(), errBoom)
		e.true(b.Waiting() == 0, "left")
		c, d := comer(e, b, &got), comer(e, b, &got)
		e.passes(1)
		c.Cancel(nil) // the round is complete: it is cancelled, the other one goes on
		gated := comer(e, b, &got)
		e.passes(1)
		e.true(c.Cancelled() && d.Done(), "complete")
		e.equal(got, []int{1})
		e.true(b.Waiting() == 1, "the next round")
		gated.Cancel(nil)
	})
	on(t, "a task cancelled before the gate", func(e *env) {
		b := NewBarrier(e.l, 2)
		var got []int
		for range 2 {
			comer(e, b, &got)
		}
		gated := comer(e, b, &got)
		e.passes(1)
		e.true(b.gate.head != nil && b.Waiting() == 0, "draining")
		gated.Cancel(nil)
		e.passes(2)
		e.true(gated.Cancelled() && len(got) == 2, "gone")
	})
	on(t, "Reset and Abort of a barrier", func(e *env) {
		b := NewBarrier(e.l, 3)
		var got []int
		b.Reset() // of nobody
		a := comer(e, b, &got)
		e.passes(1)
		b.Reset()
		late := comer(e, b, &got) // waits for the end of the reset
		e.passes(2)
		e.is(a.Exception(), ErrBrokenBarrier)
		e.true(!b.Broken() && b.Waiting() == 1, "a new round")
		b.Abort()
		gone := comer(e, b, &got)
		e.passes(2)
		e.is(late.Exception(), ErrBrokenBarrier)
		e.is(gone.Exception(), ErrBrokenBarrier)
		e.true(b.Broken(), "until Reset")
		b.Reset()
		for range 3 {
			comer(e, b, &got)
		}
		e.passes(2)
		e.true(len(got) == 3 && !b.Broken(), "mended")
	})
	on(t, "Reset while a round leaves", func(e *env) {
		b := NewBarrier(e.l, 2)
		var got []int
		a, c := comer(e, b, &got), comer(e, b, &got)
		gated := comer(e, b, &got)
		e.passes(1)
		b.Reset()
		e.passes(2)
		e.is(a.Exception(), ErrBrokenBarrier)
		e.ok(c.Exception())
		e.true(b.Waiting() == 1, "the gated one")
		gated.Cancel(nil)
	})
}
