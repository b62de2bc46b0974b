package eventloop

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

func TestTimers(t *testing.T) {
	on(t, "16 CallLater keeps its delay", func(e *env) {
		began := e.l.Time()
		e.l.CallLater(3*time.Hour, func() {
			e.true(e.l.Time()-began == 3*time.Hour, "three hours")
			e.l.Stop()
		})
		e.ok(e.l.RunForever())
	})
	on(t, "17 past deadlines run next pass in order of deadline", func(e *env) {
		e.l.CallLater(-1, e.fn("-1"))
		e.l.CallLater(-2, e.fn("-2"))
		e.passes(1)
		e.want(e.T, "-2", "-1")
	})
	on(t, "18 equal deadlines in order of scheduling", func(e *env) {
		var want []string
		for i := range 50 {
			s := fmt.Sprint(i)
			want = append(want, s)
			e.l.CallAt(time.Second, e.fn(s))
		}
		time.Sleep(time.Second)
		e.passes(1)
		e.want(e.T, want...)
	})
	on(t, "19 a cancelled timer neither runs nor wakes", func(e *env) {
		h := e.l.CallLater(time.Second, e.fn("dead"))
		e.l.CallLater(time.Minute, e.l.Stop)
		h.Cancel()
		e.ok(e.l.RunForever())
		e.want(e.T)
		e.true(e.l.Passes() == 1 && e.l.Time() == time.Minute, "one pass, one minute")
	})
	on(t, "20 cancelled timers leave the heap at once", func(e *env) {
		var hs []*TimerHandle
		for i := range 1000 {
			hs = append(hs, e.l.CallLater(time.Duration(i)*time.Second, e.fn("x")))
		}
		rand.Shuffle(len(hs), func(i, j int) { hs[i], hs[j] = hs[j], hs[i] })
		for i, h := range hs {
			h.Cancel()
			e.true(e.l.timers.len() == len(hs)-i-1, "one less")
		}
	})
	on(t, "21 a timer may cancel another of the same pass", func(e *env) {
		var b *TimerHandle
		e.l.CallAt(1, func() { b.Cancel() })
		b = e.l.CallAt(2, e.fn("b"))
		time.Sleep(time.Second)
		e.passes(1)
		e.want(e.T)
	})
	on(t, "22 due timers join behind what is ready", func(e *env) {
		e.l.CallLater(0, e.fn("timer"))
		e.l.Post(e.fn("posted"))
		e.ok(e.l.CallSoonThreadsafe(e.fn("threadsafe")))
		e.passes(1)
		e.want(e.T, "posted", "threadsafe", "timer")
	})
	on(t, "23 When, and Cancel after firing", func(e *env) {
		time.Sleep(time.Second)
		h := e.l.CallLater(time.Second, e.fn("x"))
		e.true(h.When() == 2*time.Second, "absolute")
		time.Sleep(time.Second)
		e.passes(1)
		h.Cancel()
		e.true(!h.Cancelled(), "it ran")
		e.want(e.T, "x")
		far := e.l.CallLater(math.MaxInt64, e.fn("never"))
		e.true(far.When() == math.MaxInt64, "no overflow")
	})
	on(t, "24 one timer, bounded passes", func(e *env) {
		e.l.CallLater(time.Hour+time.Nanosecond, e.l.Stop)
		e.ok(e.l.RunForever())
		e.true(e.l.Passes() == 1, "one pass")
	})
	on(t, "25 overdue timers run once each in order", func(e *env) {
		for i := 5; i > 0; i-- {
			e.l.CallAt(time.Duration(i)*time.Second, e.fn(fmt.Sprint(i)))
		}
		e.l.Post(func() { time.Sleep(time.Minute) })
		e.passes(2)
		e.want(e.T, "1", "2", "3", "4", "5")
	})
}

// The heap against a sorted slice.
func TestTimerHeapModel(t *testing.T) {
	l := New()
	var model []*TimerHandle
	for range 20_000 {
		switch n := len(model); {
		case n > 0 && rand.IntN(5) == 0:
			i := rand.IntN(n)
			model[i].Cancel()
			model = slices.Delete(model, i, i+1)
		case n > 0 && rand.IntN(5) == 0:
			if h := l.timers.remove(0).h; h != model[0] {
				t.Fatalf("popped %v, want %v", h.when, model[0].when)
			}
			model = model[1:]
		default:
			h := l.CallAt(time.Duration(rand.IntN(100)), func() {})
			i, _ := slices.BinarySearchFunc(model, h.when, func(m *TimerHandle, w time.Duration) int {
				if m.when <= w {
					return -1
				}
				return 1
			})
			model = slices.Insert(model, i, h)
		}
	}
}
