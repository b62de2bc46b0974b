package eventloop

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"
)

// Random schedules of tasks that take, hold, give back, wait, and are cancelled at any
// moment. Whatever happens: a lock has one holder, a semaphore as many as it has permits,
// both serve in order; all of it is back in the end; nobody sleeps on a condition that
// holds; and no round of a barrier hangs.
func TestRandomLocks(t *testing.T) {
	for name, schedule := range map[string]func(*testing.T, *Loop, *rand.Rand) (check func()){
		"lock":      randomLock,
		"semaphore": randomSemaphore,
		"condition": randomCondition,
		"barrier":   randomBarrier,
		"group":     randomGroup,
	} {
		for i := range 40 {
			seed := rand.Uint64()
			t.Run(fmt.Sprintf("%s %d", name, i), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					l := New(WithExceptionHandler(func(_ *Loop, x Exception) { t.Errorf("%s: %v", x.Message, x.Err) }))
					rng := rand.New(rand.NewPCG(seed, 2))
					check := schedule(t, l, rng)
					for range 60 {
						l.CallLater(time.Duration(rng.IntN(40))*time.Millisecond, func() {
							if all := l.AllTasks(); len(all) > 0 {
								victim := all[rng.IntN(len(all))]
								l.Post(func() { victim.Cancel(errBoom) }) // before or after its wake-up
							}
						})
					}
					l.CallLater(time.Minute, l.Stop)
					if err := l.RunForever(); err != nil {
						t.Fatal(err)
					}
					check()
					if err := l.Close(); err != nil {
						t.Error(err)
					}
				})
				if t.Failed() {
					t.Logf("seed %#x", seed)
				}
			})
		}
	}
}

// dawdle awaits in one of several ways, or not at all. Whether it was cancelled does not matter.
func dawdle(t *Task, rng *rand.Rand) {
	switch rng.IntN(4) {
	case 0:
		Yield(t)
	case 1:
		Sleep(t, time.Duration(rng.IntN(3))*time.Millisecond)
	case 2:
		WithTimeout(t, time.Millisecond, func() error { return Sleep(t, time.Duration(rng.IntN(3))*time.Millisecond) })
	}
}

// workers starts tasks that dawdle and do step, several times, cancelled or not.
func workers(l *Loop, rng *rand.Rand, n int, step func(t *Task)) {
	for range n {
		Go(l, func(t *Task) (int, error) {
			for range 1 + rng.IntN(5) {
				dawdle(t, rng)
				step(t)
			}
			return 0, nil
		})
	}
}

// holders counts who holds something, and sees that those who wait get it in their order.
// Who takes what is free may do so before one runs who was given it already.
type holders struct {
	t             *testing.T
	locked        func() bool
	now, most     int
	asked, served int
}

func (h *holders) during(acquire func() error, work func(), release func()) {
	h.asked++
	ticket, waits := h.asked, h.locked()
	if acquire() != nil {
		return
	}
	h.now++
	if h.now > h.most {
		h.t.Errorf("%d holders", h.now)
	}
	if waits {
		if ticket < h.served {
			h.t.Errorf("%d served after %d", ticket, h.served)
		}
		h.served = ticket
	}
	work()
	h.now--
	release()
}

func randomLock(t *testing.T, l *Loop, rng *rand.Rand) func() {
	k := NewLock(l)
	h := &holders{t: t, most: 1, locked: k.Locked}
	workers(l, rng, 8, func(task *Task) {
		h.during(func() error { return k.Acquire(task) }, func() { dawdle(task, rng) }, func() {
			if err := k.Release(); err != nil {
				t.Error(err)
			}
		})
	})
	return func() {
		if k.Locked() || k.passing || k.waiters.head != nil || len(l.AllTasks()) > 0 {
			t.Errorf("lock %+v, %d tasks left", k, len(l.AllTasks()))
		}
	}
}

func randomSemaphore(t *testing.T, l *Loop, rng *rand.Rand) func() {
	n := 1 + rng.IntN(3)
	s := NewBoundedSemaphore(l, n)
	h := &holders{t: t, most: n, locked: s.Locked}
	workers(l, rng, 10, func(task *Task) {
		h.during(func() error { return s.Acquire(task) }, func() { dawdle(task, rng) }, func() {
			if err := s.Release(); err != nil {
				t.Error(err)
			}
		})
	})
	return func() {
		if s.value != n || s.passing != 0 || s.waiters.head != nil || len(l.AllTasks()) > 0 {
			t.Errorf("semaphore %+v of %d, %d tasks left", s, n, len(l.AllTasks()))
		}
	}
}

func randomCondition(t *testing.T, l *Loop, rng *rand.Rand) func() {
	c := NewCondition(NewLock(l))
	items, holding := 0, 0
	locked := func(task *Task, body func()) {
		if c.Acquire(task) != nil {
			return
		}
		body()
		holding--
		if err := c.Release(); err != nil {
			t.Error(err)
		}
	}
	enter := func() {
		holding++
		if holding != 1 {
			t.Errorf("%d hold the lock", holding)
		}
	}
	workers(l, rng, 8, func(task *Task) {
		locked(task, func() {
			enter()
			if rng.IntN(2) == 0 {
				items++
				if err := c.Notify(1); err != nil {
					t.Error(err)
				}
				dawdle(task, rng)
				return
			}
			for items == 0 {
				holding--
				err := c.Wait(task)
				enter()
				if err != nil {
					return
				}
			}
			items--
		})
	})
	return func() {
		if c.Locked() || c.waiters.head != nil {
			t.Error("the lock is taken or waited for")
		}
		asleep := 0
		for w := c.sleepers.head; w != nil; w = w.next {
			asleep++
		}
		if items > 0 && asleep > 0 || len(l.AllTasks()) != asleep {
			t.Errorf("%d items, %d asleep of %d tasks: a wake-up was lost", items, asleep, len(l.AllTasks()))
		}
	}
}

func randomBarrier(t *testing.T, l *Loop, rng *rand.Rand) func() {
	b := NewBarrier(l, 1+rng.IntN(4))
	var seen map[int]bool
	workers(l, rng, 9, func(task *Task) {
		if rng.IntN(12) == 0 {
			if rng.IntN(2) == 0 {
				b.Abort()
			}
			b.Reset()
		}
		i, err := b.Wait(task)
		if err != nil {
			return
		}
		if i == b.parties-1 {
			seen = make(map[int]bool)
		}
		if seen[i] || i < 0 || i >= b.parties {
			t.Errorf("index %d again", i)
		}
		seen[i] = true
	})
	return func() {
		if b.state != barrierFilling || b.gate.head != nil || b.inside >= b.parties {
			t.Errorf("barrier %+v", b)
		}
		if n := len(l.AllTasks()); n != b.inside {
			t.Errorf("%d tasks left, %d in the barrier", n, b.inside)
		}
	}
}

// A group's end finds no task of it alive, and the task's own cancellations are kept.
func randomGroup(t *testing.T, l *Loop, rng *rand.Rand) func() {
	alive := 0
	child := func(task *Task) (int, error) {
		alive++
		defer func() { alive-- }()
		for range rng.IntN(4) {
			dawdle(task, rng)
		}
		if rng.IntN(6) == 0 {
			return 0, errBoom
		}
		return 0, Sleep(task, time.Duration(rng.IntN(5))*time.Millisecond)
	}
	for range 3 {
		Go(l, func(task *Task) (int, error) {
			for range 3 {
				var children []*TaskOf[int]
				before := task.Cancelling()
				mine := 0
				err := WithTaskGroup(task, func(g *TaskGroup) error {
					for range 1 + rng.IntN(4) {
						children = append(children, GoIn(g, child))
						dawdle(task, rng)
					}
					return nil
				})
				for _, c := range children {
					if !c.Done() {
						t.Error("a child outlives its group")
					}
					if c.Exception() == errBoom {
						mine++
					}
				}
				if mine > 0 != (err != nil && !task.isCancellation(err)) {
					t.Errorf("%d children failed, the group with %v", mine, err)
				}
				if n := task.Cancelling(); n < before {
					t.Errorf("%d cancellations of %d left", n, before)
				}
			}
			return 0, nil
		})
	}
	return func() {
		if n := len(l.AllTasks()); n != 0 || alive != 0 {
			t.Errorf("%d tasks left, %d children", n, alive)
		}
	}
}
