package executor

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

func TestFuture(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 1})
		v := p.NewClient("c").At(Interactive)
		failed := errors.New("failed")
		release := make(chan struct{})
		first := Go(t.Context(), v, func(context.Context) (int, error) {
			<-release
			return 7, failed
		})
		second := Go(t.Context(), v, func(context.Context) (string, error) { return "x", nil })
		synctest.Wait()
		if !first.Running() || second.Running() || first.Cancelled() || len(first.Done()) != 0 {
			t.Error("before")
		}
		impatient, stop := context.WithCancelCause(t.Context())
		why := errors.New("why")
		stop(why)
		if n, err := first.Wait(impatient); n != 0 || err != why {
			t.Errorf("%d, %v", n, err)
		}
		close(release)
		if n, err := first.Wait(t.Context()); n != 7 || err != failed {
			t.Errorf("%d, %v", n, err)
		}
		if s, err := second.Wait(t.Context()); s != "x" || err != nil {
			t.Errorf("%s, %v", s, err)
		}
		if n, err := first.Wait(impatient); n != 7 || err != failed {
			t.Errorf("what is there is given to whom will not wait: %d, %v", n, err)
		}
		<-first.Done()
		if first.Running() || first.Cancelled() || first.Cancel() || second.Usage().Queue != 0 && second.Usage().Wall < 0 {
			t.Error("after")
		}
		if err := p.Shutdown(t.Context(), Drain); err != nil {
			t.Error(err)
		}
		refused := Go(t.Context(), v, func(context.Context) (int, error) { return 1, nil })
		if n, err := refused.Wait(t.Context()); n != 0 || err != ErrShutdown || refused.Cancelled() || refused.Usage() != (Usage{}) {
			t.Errorf("%d, %v", n, err)
		}
	})
}

func TestFutureCancel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 1})
		v := p.NewClient("c").At(Interactive)
		obeys := Go(t.Context(), v, func(ctx context.Context) (int, error) {
			<-ctx.Done()
			return 3, context.Cause(ctx) // the part that was ready
		})
		queued := Go(t.Context(), v, func(context.Context) (int, error) { t.Error("called"); return 1, nil })
		synctest.Wait()
		if !queued.Cancel() {
			t.Error("was not done")
		}
		if n, err := queued.Wait(t.Context()); n != 0 || err != context.Canceled || !queued.Cancelled() {
			t.Errorf("%d, %v", n, err)
		}
		if !obeys.Cancel() {
			t.Error("was not done")
		}
		if n, err := obeys.Wait(t.Context()); n != 3 || err != context.Canceled || obeys.Cancelled() {
			t.Errorf("%d, %v", n, err)
		}
		for name, fn := range map[string]func(context.Context) (int, error){
			"panic": func(context.Context) (int, error) { panic("bang") },
			"exit":  func(context.Context) (int, error) { runtime.Goexit(); return 1, nil },
		} {
			_, err := Go(t.Context(), v, fn).Wait(t.Context())
			if _, ok := err.(*PanicError); name == "panic" && !ok || name == "exit" && err != ErrGoexit {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestNilFunctionsOfFutures(t *testing.T) {
	v := New(Options{}).NewClient("c").At(Interactive)
	for name, call := range map[string]func(){
		"Go":  func() { Go[int](t.Context(), v, nil) },
		"Map": func() { _, _ = Map[int, int](t.Context(), v, nil, nil) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Error(name)
				}
			}()
			call()
		}()
	}
}

func TestMap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, prio := range []Priority{Interactive, Background} {
			p := New(Options{Workers: 3, MaxBackground: 2})
			v := p.NewClient("c").At(prio)
			items := make([]int, 50)
			for i := range items {
				items[i] = i
			}
			var now, most atomic.Int32
			got, err := Map(t.Context(), v, items, func(_ context.Context, i int) (string, error) {
				n := now.Add(1)
				for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
				}
				runtime.Gosched()
				now.Add(-1)
				return fmt.Sprint(i), nil
			})
			if err != nil || len(got) != len(items) || int(most.Load()) > v.places() {
				t.Fatalf("%d results, %v, %d at a time", len(got), err, most.Load())
			}
			for i := range got {
				if got[i] != fmt.Sprint(i) {
					t.Errorf("result %d is %s", i, got[i])
				}
			}
			if got, err := Map(t.Context(), v, nil, func(context.Context, int) (int, error) { return 0, nil }); err != nil || len(got) != 0 {
				t.Errorf("%v, %v", got, err)
			}
		}
	})
}

func TestMapFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 2})
		v := p.NewClient("c").At(Interactive)
		items := make([]int, 100)
		for i := range items {
			items[i] = i
		}
		bad := errors.New("bad")
		deaf, began := make(chan struct{}), make(chan struct{})
		var calls, told atomic.Int32
		got, err := Map(t.Context(), v, items, func(ctx context.Context, i int) (int, error) {
			calls.Add(1)
			switch i {
			case 3:
				<-began // or the failure keeps the other one from beginning
				return 1, bad
			case 2:
				close(began)
				<-ctx.Done()
				told.Add(1)
				<-deaf // Map does not wait for it
			}
			return i, nil
		})
		if got != nil || err != bad {
			t.Errorf("%v, %v", got, err)
		}
		synctest.Wait()
		if calls.Load() != 4 || told.Load() != 1 {
			t.Errorf("%d calls, %d told", calls.Load(), told.Load())
		}
		close(deaf)

		_, err = Map(t.Context(), v, items, func(context.Context, int) (int, error) { panic(bad) })
		if _, ok := err.(*PanicError); !ok {
			t.Error(err)
		}
		ctx, cancel := context.WithCancelCause(t.Context())
		_, err = Map(ctx, v, items, func(ctx context.Context, i int) (int, error) {
			cancel(bad)
			<-ctx.Done()
			return 0, context.Cause(ctx)
		})
		if err != bad {
			t.Error(err)
		}
	})
}

// A queue that is full of other people's jobs delays Map, or makes it fail when there is nothing to wait for.
func TestMapFullQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 2, QueueLimit: -1})
		other := submit(t, p, t.Context())
		v := p.NewClient("c").At(Interactive)
		double := func(_ context.Context, i int) (int, error) { return 2 * i, nil }
		if got, err := Map(t.Context(), v, []int{1, 2, 3}, double); err != nil || fmt.Sprint(got) != "[2 4 6]" {
			t.Errorf("%v, %v", got, err)
		}
		another := submit(t, p, t.Context())
		if _, err := Map(t.Context(), v, []int{1, 2, 3}, double); err != ErrQueueFull {
			t.Error(err)
		}
		other.end(t)
		another.end(t)
	})
}

// Property: for any items, any of which may fail, Map gives all results in order or one of the errors.
func TestMapRandom(t *testing.T) {
	seed := rand.Uint64()
	for round := range uint64(50) {
		rng := rand.New(rand.NewPCG(seed, round))
		p := New(Options{Workers: 1 + rng.IntN(4), QueueLimit: rng.IntN(4) - 1})
		items := make([]int, rng.IntN(40))
		bad := make(map[int]error)
		for i := range items {
			items[i] = i
			if rng.IntN(40) == 0 {
				bad[i] = errors.New("bad")
			}
		}
		got, err := Map(t.Context(), p.NewClient("c").At(Interactive), items, func(_ context.Context, i int) (int, error) {
			runtime.Gosched()
			return -i, bad[i]
		})
		if err != nil {
			known := false
			for _, b := range bad {
				known = known || err == b
			}
			if !known || got != nil {
				t.Errorf("seed %d,%d: %v", seed, round, err)
			}
		} else {
			if len(bad) > 0 || len(got) != len(items) {
				t.Errorf("seed %d,%d: %d results, %d errors", seed, round, len(got), len(bad))
			}
			for i := range got {
				if got[i] != -i {
					t.Errorf("seed %d,%d: %v", seed, round, got)
				}
			}
		}
		if err := p.Shutdown(t.Context(), CancelAll); err != nil {
			t.Error(err)
		}
	}
}
