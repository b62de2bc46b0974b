package eventloop

import (
	"context"
	"testing"
	"time"
)

// benchMain measures fn as a loop's main task.
func benchMain(b *testing.B, fn func(t *Task) error) {
	b.ReportAllocs()
	if _, err := Run(func(t *Task) (int, error) { b.ResetTimer(); return 0, fn(t) }); err != nil {
		b.Fatal(err)
	}
}

func BenchmarkCallSoon(b *testing.B) {
	for name, add := range map[string]func(*Loop, func()){
		"CallSoon": func(l *Loop, fn func()) { l.CallSoon(fn) },
		"Post":     (*Loop).Post,
	} {
		b.Run(name, func(b *testing.B) {
			benchMain(b, func(t *Task) error {
				nop := func() {}
				for i := range b.N {
					add(t.Loop(), nop)
					if i%1000 == 999 {
						Yield(t)
					}
				}
				return nil
			})
		})
	}
}

func BenchmarkSpawnAwait(b *testing.B) {
	benchMain(b, func(t *Task) error {
		fn := func(*Task) (int, error) { return 1, nil }
		for range b.N {
			if _, err := Go(t.Loop(), fn).Await(t); err != nil {
				return err
			}
		}
		return nil
	})
}

func BenchmarkSleepZero(b *testing.B) {
	benchMain(b, func(t *Task) error {
		for range b.N {
			Sleep(t, 0)
		}
		return nil
	})
}

func BenchmarkTimeoutArmCancel(b *testing.B) {
	benchMain(b, func(t *Task) error {
		var hs [1000]*TimerHandle
		for i := range b.N {
			if h := hs[i%1000]; h != nil {
				h.Cancel()
			}
			hs[i%1000] = t.Loop().CallLater(30*time.Second, func() {})
		}
		return nil
	})
}

func BenchmarkQueue(b *testing.B) {
	for name, size := range map[string]int{"maxsize 1": 1, "unbounded": 0} {
		b.Run(name, func(b *testing.B) {
			benchMain(b, func(t *Task) error {
				q := NewQueue[int](t.Loop(), size)
				Go(t.Loop(), func(t *Task) (int, error) {
					for i := range b.N {
						if err := q.Put(t, i); err != nil {
							return 0, err
						}
						if size == 0 && i%1000 == 999 {
							Yield(t)
						}
					}
					return 0, nil
				})
				for range b.N {
					if _, err := q.Get(t); err != nil {
						return err
					}
				}
				return nil
			})
		})
	}
}

// A ping-pong between the loop and another goroutine: one wake-up in each direction.
func BenchmarkThreadsafeWake(b *testing.B) {
	l := New()
	defer l.Close()
	b.ReportAllocs()
	pong := make(chan struct{})
	go func() {
		for range b.N {
			l.CallSoonThreadsafe(func() { pong <- struct{}{} })
			<-pong
		}
		l.Stop()
	}()
	l.RunForever()
}

func BenchmarkThreadsafeBurst(b *testing.B) {
	l := New()
	defer l.Close()
	b.ReportAllocs()
	go func() {
		nop := func() {}
		for range b.N {
			l.CallSoonThreadsafe(nop)
		}
		l.CallSoonThreadsafe(l.Stop)
	}()
	l.RunForever()
}

func BenchmarkRunInExecutor(b *testing.B) {
	p := newPool(2)
	defer p.close()
	fn := func(context.Context) (int, error) { return 1, nil }
	benchMain(b, func(t *Task) error {
		for range b.N {
			if _, err := RunInExecutor(t.Loop(), p, fn).Await(t); err != nil {
				return err
			}
		}
		return nil
	})
}
