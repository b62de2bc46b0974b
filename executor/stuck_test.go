package executor

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

func TestReplacement(t *testing.T) {
	for _, test := range []struct {
		name string
		k    int // stuck jobs, all the workers there are
	}{{"one", 1}, {"three", 3}, {"eight", 8}} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := New(Options{Workers: test.k})
				ctx, cancel := context.WithCancel(t.Context())
				var stuck []*probe
				for range test.k {
					stuck = append(stuck, submit(t, p, ctx))
				}
				waiting := submit(t, p, t.Context())
				if waiting.running() {
					t.Fatal("more jobs run than there are workers")
				}
				cancel()
				if !waiting.running() {
					t.Error("work waited and was not started at once")
				}
				if s := settled(t, p); s.Stuck != test.k || s.Running != 1 || s.Abandoned != 1 {
					t.Errorf("%+v", s)
				}
				// And work that comes later finds as many workers as before.
				later := []*probe{waiting}
				for range test.k - 1 {
					later = append(later, submit(t, p, t.Context()))
				}
				for i, l := range later {
					if !l.running() {
						t.Errorf("job %d does not run beside the stuck ones", i)
					}
				}
				if s := settled(t, p); s.Abandoned != test.k || s.Idle != 0 || s.Saturated() {
					t.Errorf("%+v", s)
				}
				for _, x := range append(stuck, later...) {
					x.end(t)
				}
				if s := settled(t, p); s.Abandons != uint64(test.k) || s.Idle != test.k || s.Stuck != 0 {
					t.Errorf("%+v", s)
				}
			})
		})
	}
}

func TestDeadlineMakesStuck(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 1})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		stuck := submit(t, p, ctx)
		waiting := submit(t, p, t.Context())
		if waiting.running() {
			t.Fatal("started too early")
		}
		<-waiting.started // the bubble's clock moves on to the deadline
		stuck.end(t)
		waiting.end(t)
	})
}

func TestPromptJobKeepsItsThread(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 1})
		ctx, cancel := context.WithCancel(t.Context())
		a := submit(t, p, ctx)
		<-a.started
		cancel()
		if s := settled(t, p); s.Stuck != 1 || s.Abandoned != 0 {
			t.Errorf("abandoned although nothing waits: %+v", s)
		}
		a.end(t)
		time.Sleep(time.Hour)
		if s := settled(t, p); s.Abandons != 0 || s.Discarded != 0 {
			t.Errorf("%+v", s)
		}
	})
}

func TestGrace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, grace := range []time.Duration{-1, time.Second} {
			p := New(Options{Workers: 1, Grace: grace})
			ctx, cancel := context.WithCancel(t.Context())
			a := submit(t, p, ctx)
			<-a.started
			cancel()
			if s := settled(t, p); (grace < 0) != (s.Abandoned == 1) {
				t.Errorf("grace %v, at once: %+v", grace, s)
			}
			time.Sleep(grace)
			if s := settled(t, p); s.Abandoned != 1 || s.Idle != 1 {
				t.Errorf("grace %v, after: %+v", grace, s)
			}
			a.end(t)
		}
	})
}

func TestMaxStuck(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 1, MaxStuck: 2, Grace: time.Second})
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var stuck []*probe
		for range 3 {
			jobCtx, jobCancel := context.WithCancel(ctx)
			s := submit(t, p, jobCtx)
			<-s.started
			jobCancel()
			stuck = append(stuck, s)
		}
		waiting := submit(t, p, t.Context())
		time.Sleep(time.Hour) // the grace of the last one ends without effect
		if waiting.running() {
			t.Error("the bound is exceeded")
		}
		if s := settled(t, p); s.Stuck != 3 || s.Abandoned != 2 || s.Idle != 0 || s.QueuedInteractive != 1 || !s.Saturated() {
			t.Errorf("%+v", s)
		}
		stuck[0].end(t) // an abandoned one: now the last one can be abandoned
		if !waiting.running() {
			t.Error("not started when the bound allowed it")
		}
		if s := settled(t, p); s.Stuck != 2 || s.Abandoned != 2 || s.Running != 1 || s.Saturated() {
			t.Errorf("%+v", s)
		}
		waiting.end(t)
		stuck[1].end(t)
		stuck[2].end(t)
	})
}

func TestMaxStuckHolderReturns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 1, MaxStuck: -1})
		ctx, cancel := context.WithCancel(t.Context())
		stuck := submit(t, p, ctx)
		waiting := submit(t, p, t.Context())
		synctest.Wait()
		cancel()
		if s := settled(t, p); waiting.running() || !s.Saturated() {
			t.Errorf("%+v", s)
		}
		stuck.end(t)
		waiting.end(t)
		if s := settled(t, p); s.Abandons != 0 || s.Discarded != 0 {
			t.Errorf("%+v", s)
		}
	})
}

func TestAbandonedJobPanics(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 1, Grace: -1})
		ctx, cancel := context.WithCancel(t.Context())
		result, release := make(chan error, 1), make(chan struct{})
		err := p.Submit(ctx, func(context.Context) { <-release; panic("late") }, func(err error) { result <- err })
		if err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		cancel()
		synctest.Wait()
		close(release)
		if pe, ok := (<-result).(*PanicError); !ok || pe.Value != "late" {
			t.Errorf("%v", pe)
		}
		if s := settled(t, p); s.Panicked != 1 || s.Stuck != 0 {
			t.Errorf("%+v", s)
		}
	})
}
