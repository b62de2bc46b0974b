package eventloop

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestThreadsafe(t *testing.T) {
	on(t, "26 CallSoonThreadsafe wakes a blocked loop", func(e *env) {
		go func() {
			synctest.Wait() // the loop sleeps, without a deadline
			e.ok(e.l.CallSoonThreadsafe(e.l.Stop))
		}()
		e.ok(e.l.RunForever())
		go func() { // Stop itself wakes, too
			synctest.Wait()
			e.l.Stop()
		}()
		e.ok(e.l.RunForever())
	})
	on(t, "27 CallSoonThreadsafe before CallSoon on the loop", func(e *env) {
		e.l.Post(func() {
			e.ok(e.l.CallSoonThreadsafe(e.fn("a")))
			e.l.CallSoon(e.fn("b"))
			e.ok(e.l.CallSoonThreadsafe(e.fn("c")))
			e.l.Post(e.fn("d"))
		})
		e.passes(2)
		e.want(e.T, "a", "b", "c", "d")
	})
	on(t, "28 goroutines keep their order and lose nothing", func(e *env) {
		const k, m = 8, 500
		var last [k]int
		total := 0
		for g := range k {
			go func() {
				for i := 1; i <= m; i++ {
					e.ok(e.l.CallSoonThreadsafe(func() {
						e.true(last[g] == i-1, "order")
						last[g] = i
						if total++; total == k*m {
							e.l.Stop()
						}
					}))
				}
			}()
		}
		e.ok(e.l.RunForever())
	})
	on(t, "29 calls before the first run are in its first pass", func(e *env) {
		e.ok(e.l.CallSoonThreadsafe(e.fn("a")))
		e.passes(1)
		e.want(e.T, "a")
	})
	on(t, "30 a burst at a sleeping loop is coalesced", func(e *env) {
		n := 0
		go func() {
			synctest.Wait()
			e.l.inbox.mu.Lock() // holds the loop at its door, so that the burst is one
			e.true(e.l.inbox.sleeping, "asleep")
			for range 1000 {
				e.l.inbox.queue = append(e.l.inbox.queue, func() { n++ })
			}
			e.l.inbox.mu.Unlock()
			e.ok(e.l.CallSoonThreadsafe(e.l.Stop))
		}()
		e.ok(e.l.RunForever())
		e.true(n == 1000 && e.l.Passes() == 1, "all in one pass")
	})
	on(t, "31 threads meet a closing loop", func(e *env) {
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				for {
					if err := e.l.CallSoonThreadsafe(func() {}); err != nil {
						e.is(err, ErrClosed)
						return
					}
					time.Sleep(time.Millisecond)
				}
			})
		}
		e.l.CallLater(time.Second, e.l.Stop)
		e.ok(e.l.RunForever())
		e.ok(e.l.Close())
		wg.Wait()
	})
}

func TestGoThreadsafe(t *testing.T) {
	// remote runs the loop while fn talks to it from another goroutine.
	remote := func(t *testing.T, name string, fn func(e *env)) {
		on(t, name, func(e *env) {
			go func() {
				fn(e)
				e.l.Stop()
			}()
			e.ok(e.l.RunForever())
			e.true(len(e.l.AllTasks()) == 0, "no task is left")
		})
	}
	sleepy := func(t *Task) (int, error) { return 42, Sleep(t, time.Minute) }
	bg := context.Background()

	remote(t, "32 value or error", func(e *env) {
		v, err := GoThreadsafe(e.l, sleepy).Result(bg)
		e.true(v == 42 && err == nil, "42")
		_, err = GoThreadsafe(e.l, func(*Task) (int, error) { return 0, errBoom }).Result(bg)
		e.is(err, errBoom)
	})
	remote(t, "33 a deadline, then cancel", func(e *env) {
		ctx, stop := context.WithTimeout(bg, time.Second)
		defer stop()
		r := GoThreadsafe(e.l, sleepy)
		_, err := r.Result(ctx)
		e.is(err, context.DeadlineExceeded)
		e.ok(r.Cancel(errBoom))
		<-r.Done()
		_, err = r.Result(bg)
		e.cancelledBy(err, errBoom)
	})
	remote(t, "34 the task is cancelled", func(e *env) {
		r := GoThreadsafe(e.l, sleepy)
		e.ok(e.l.CallSoonThreadsafe(func() { e.l.AllTasks()[0].Cancel(nil) }))
		_, err := r.Result(bg)
		e.cancelledBy(err, nil)
	})
	remote(t, "35 creating the task fails", func(e *env) {
		_, err := GoThreadsafe[int](e.l, nil).Result(bg)
		var p *PanicError
		e.true(errors.As(err, &p), "a PanicError")
		e.ok(e.l.CallSoonThreadsafe(func() { e.reported("nil function") }))
	})
	on(t, "a loop that closes leaves nobody waiting", func(e *env) {
		r := GoThreadsafe(e.l, func(t *Task) (int, error) { return 0, nil })
		e.l.Stop()
		e.l.inbox.mu.Lock()
		e.l.inbox.queue = nil // as when Close comes between the call and the pass
		e.l.inbox.count.Store(0)
		e.l.inbox.mu.Unlock()
		e.ok(e.l.Close())
		_, err := r.Result(bg)
		e.is(err, ErrClosed)
		_, err = GoThreadsafe(e.l, sleepy).Result(bg)
		e.is(err, ErrClosed)
		e.is(r.Cancel(nil), ErrClosed)
	})
}
