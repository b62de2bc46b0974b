package eventloop

import (
	"testing"
	"time"
)

// A hundred futures that end in one pass, gathered: the time is for all of them.
func BenchmarkGather(b *testing.B) {
	benchMain(b, func(t *Task) error {
		fs := make([]*Future[int], 100)
		for range b.N {
			for i := range fs {
				fs[i] = NewFuture[int](t.Loop())
			}
			g := Gather(t.Loop(), fs...)
			for i, f := range fs {
				if err := f.SetResult(i); err != nil {
					return err
				}
			}
			if _, err := g.Await(t); err != nil {
				return err
			}
		}
		return nil
	})
}

// A hundred tasks of one await each, gathered.
func BenchmarkGatherTasks(b *testing.B) {
	benchMain(b, func(t *Task) error {
		fs := make([]*TaskOf[int], 100)
		fn := func(t *Task) (int, error) { return 1, Yield(t) }
		for range b.N {
			for i := range fs {
				fs[i] = Go(t.Loop(), fn)
			}
			if _, err := Gather(t.Loop(), fs...).Await(t); err != nil {
				return err
			}
		}
		return nil
	})
}

// The first of a hundred futures: the others keep no trace of it.
func BenchmarkWaitFirst(b *testing.B) {
	benchMain(b, func(t *Task) error {
		fs := make([]*Future[int], 100)
		for i := range fs {
			fs[i] = NewFuture[int](t.Loop())
		}
		for range b.N {
			f := NewFuture[int](t.Loop())
			fs[50] = f
			t.Loop().Post(func() { _ = f.SetResult(1) })
			if _, _, err := Wait(t, Forever, FirstCompleted, fs); err != nil {
				return err
			}
		}
		return nil
	})
}

// A hundred futures, taken one by one.
func BenchmarkAsCompleted(b *testing.B) {
	benchMain(b, func(t *Task) error {
		fs := make([]*Future[int], 100)
		for range b.N {
			for i := range fs {
				fs[i] = NewFuture[int](t.Loop())
			}
			hs := AsCompleted(t.Loop(), Forever, fs)
			for i, f := range fs {
				if err := f.SetResult(i); err != nil {
					return err
				}
			}
			for _, h := range hs {
				if _, err := h.Await(t); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// A task that ends in time.
func BenchmarkWaitFor(b *testing.B) {
	benchMain(b, func(t *Task) error {
		fn := func(t *Task) (int, error) { return 1, Yield(t) }
		for range b.N {
			if _, err := WaitFor(t, time.Minute, Go(t.Loop(), fn)); err != nil {
				return err
			}
		}
		return nil
	})
}

// A scope that does not expire.
func BenchmarkTimeoutScope(b *testing.B) {
	benchMain(b, func(t *Task) error {
		for range b.N {
			if err := WithTimeout(t, time.Minute, func() error { return nil }); err != nil {
				return err
			}
		}
		return nil
	})
}

// A group of ten tasks of one await each.
func BenchmarkTaskGroup(b *testing.B) {
	benchMain(b, func(t *Task) error {
		fn := func(t *Task) (int, error) { return 1, Yield(t) }
		for range b.N {
			if err := WithTaskGroup(t, func(g *TaskGroup) error {
				for range 10 {
					GoIn(g, fn)
				}
				return nil
			}); err != nil {
				return err
			}
		}
		return nil
	})
}

// duel has the calling task and another one do fn in turn.
func duel(b *testing.B, prepare func(l *Loop) (fn func(t *Task) error)) {
	benchMain(b, func(t *Task) error {
		fn := prepare(t.Loop())
		half := func(t *Task) (int, error) {
			for range b.N / 2 {
				if err := fn(t); err != nil {
					return 0, err
				}
			}
			return 0, nil
		}
		_, err := Gather(t.Loop(), Go(t.Loop(), half), Go(t.Loop(), half)).Await(t)
		return err
	})
}

// A lock that always has somebody waiting.
func BenchmarkLockHandover(b *testing.B) {
	duel(b, func(l *Loop) func(*Task) error {
		k := NewLock(l)
		return func(t *Task) error {
			if err := k.Acquire(t); err != nil {
				return err
			}
			if err := Yield(t); err != nil {
				return err
			}
			return k.Release()
		}
	})
}

// A lock that is free.
func BenchmarkLockFree(b *testing.B) {
	benchMain(b, func(t *Task) error {
		k := NewLock(t.Loop())
		for range b.N {
			if err := k.Acquire(t); err != nil {
				return err
			}
			if err := k.Release(); err != nil {
				return err
			}
		}
		return nil
	})
}

// Two tasks that meet.
func BenchmarkBarrier(b *testing.B) {
	duel(b, func(l *Loop) func(*Task) error {
		m := NewBarrier(l, 2)
		return func(t *Task) error { _, err := m.Wait(t); return err }
	})
}
