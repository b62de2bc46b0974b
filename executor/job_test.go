package executor

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestJobReturns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 2})
		a := submit(t, p, t.Context())
		<-a.started
		if s := settled(t, p); s.Running != 1 || s.Idle != 1 {
			t.Errorf("while it runs: %+v", s)
		}
		a.end(t)
		// The books are up to date when finished is called, so nothing has to be waited for.
		if s := p.Stats(); s.Running != 0 || s.Idle != 2 || s.Done != 1 {
			t.Errorf("after: %+v", s)
		}
	})
}

func TestContextHandedToRun(t *testing.T) {
	type key struct{}
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 1})
		a := submit(t, p, context.WithValue(t.Context(), key{}, "v"))
		ctx := <-a.started
		if ctx.Value(key{}) != "v" {
			t.Error("the submitter's values are lost")
		}
		derived, cancel := context.WithCancel(ctx)
		if j := JobFrom(derived); j == nil || j.Client() != "" || j.Priority() != Interactive {
			t.Errorf("JobFrom = %+v", j)
		}
		cancel()
		if ctx.Err() != nil {
			t.Error("the context ended before the job")
		}
		a.end(t)
		<-ctx.Done()
	})
}

func TestCancelBeforeSubmit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 1})
		why := errors.New("superseded")
		ctx, cancel := context.WithCancelCause(t.Context())
		cancel(why)
		a := submit(t, p, ctx)
		a.wantResult(t, why)
		if a.running() {
			t.Error("it ran")
		}
		if s := settled(t, p); s.Cancelled != 1 || s.Submitted != 1 {
			t.Errorf("%+v", s)
		}
	})
}

func TestCancelWhileQueued(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 1})
		first := submit(t, p, t.Context())
		why := errors.New("superseded")
		ctx, cancel := context.WithCancelCause(t.Context())
		second := submit(t, p, ctx)
		third := submit(t, p, t.Context())
		cancel(why)
		second.wantResult(t, why) // although the only worker is busy
		if s := settled(t, p); s.QueuedInteractive != 1 || s.Cancelled != 1 {
			t.Errorf("%+v", s)
		}
		first.end(t)
		third.end(t)
		if second.running() {
			t.Error("it ran")
		}
	})
}

// lateContext is a context whose end reaches derived contexts by a goroutine, as that of any type from outside the
// standard library.
type lateContext struct {
	context.Context
	done chan struct{}
}

func (c lateContext) Done() <-chan struct{} { return c.done }

func (c lateContext) Err() error {
	select {
	case <-c.done:
		return context.Canceled
	default:
		return nil
	}
}

func TestForeignContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 1})
		first := submit(t, p, t.Context())
		ctx := lateContext{t.Context(), make(chan struct{})}
		second := submit(t, p, ctx)
		close(ctx.done)
		second.wantResult(t, context.Canceled)
		third := submit(t, p, ctx)
		third.wantResult(t, context.Canceled)
		first.end(t)
		if second.running() || third.running() {
			t.Error("a cancelled job ran")
		}
	})
}

func TestCancelWhileRunning(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 1})
		why := errors.New("superseded")
		ctx, cancel := context.WithCancelCause(t.Context())
		var seen error
		result := make(chan error, 1)
		err := p.Submit(ctx, func(ctx context.Context) {
			<-ctx.Done()
			seen = context.Cause(ctx)
		}, func(err error) { result <- err })
		if err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		cancel(why)
		if err := <-result; err != nil {
			t.Errorf("finished(%v), want nil: run has returned", err)
		}
		if seen != why {
			t.Errorf("run saw %v", seen)
		}
	})
}

func TestPanic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 1})
		for _, value := range []any{"boom", context.Canceled} {
			result := make(chan error, 1)
			if err := p.Submit(t.Context(), func(context.Context) { panic(value) }, func(err error) { result <- err }); err != nil {
				t.Fatal(err)
			}
			err := <-result
			var pe *PanicError
			if !errors.As(err, &pe) || pe.Value != value || !strings.Contains(string(pe.Stack), "TestPanic") {
				t.Errorf("finished(%v)", err)
			}
			if errors.Is(err, context.Canceled) {
				t.Error("a panic passes for a cancellation")
			}
		}
		a := submit(t, p, t.Context())
		a.end(t)
		if s := settled(t, p); s.Panicked != 2 || s.Done != 1 || s.Idle != 1 {
			t.Errorf("%+v", s)
		}
	})
}

func TestGoexit(t *testing.T) {
	for name, run := range map[string]func(context.Context){
		"plain":             func(context.Context) { runtime.Goexit() },
		"during a panic":    func(context.Context) { defer runtime.Goexit(); panic("boom") },
		"with a lock extra": func(context.Context) { runtime.LockOSThread(); runtime.Goexit() },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := New(Options{Workers: 1})
				result := make(chan error, 1)
				if err := p.Submit(t.Context(), run, func(err error) { result <- err }); err != nil {
					t.Fatal(err)
				}
				next := submit(t, p, t.Context())
				if err := <-result; err != ErrGoexit {
					t.Errorf("finished(%v)", err)
				}
				next.end(t)
				if s := settled(t, p); s.Exited != 1 || s.Done != 1 || s.Idle != 1 {
					t.Errorf("%+v", s)
				}
			})
		})
	}
}

func TestFinishedEndsItsGoroutine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 1})
		err := p.Submit(t.Context(), func(context.Context) {}, func(error) { runtime.Goexit() })
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Shutdown(t.Context(), Drain); err != nil {
			t.Error(err)
		}
	})
}

func TestNilFunctions(t *testing.T) {
	p := New(Options{})
	mustPanic := func(f func()) {
		t.Helper()
		defer func() {
			if recover() == nil {
				t.Error("no panic")
			}
		}()
		f()
	}
	mustPanic(func() { _ = p.Submit(t.Context(), nil, func(error) {}) })
	mustPanic(func() { _ = p.Submit(t.Context(), func(context.Context) {}, nil) })
	mustPanic(func() { p.NewClient("x").At(7) })
}

func TestUsageWallAndQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 1})
		if _, ok := UsageFrom(t.Context()); ok {
			t.Error("usage without a job")
		}
		first := submit(t, p, t.Context())
		second := newProbe()
		job, err := p.NewClient("me").At(Background).SubmitJob(t.Context(), second.run, second.finished)
		if err != nil {
			t.Fatal(err)
		}
		// Fake time: it passes only where this goroutine sleeps.
		time.Sleep(3 * time.Second)
		if u := job.Usage(); u != (Usage{Queue: 3 * time.Second}) {
			t.Errorf("queued: %+v", u)
		}
		first.end(t)
		ctx := <-second.started
		time.Sleep(5 * time.Second)
		u, ok := UsageFrom(ctx)
		if !ok || u.Queue != 3*time.Second || u.Wall != 5*time.Second {
			t.Errorf("running: %+v, %v", u, ok)
		}
		second.end(t)
		time.Sleep(time.Second)
		if u := job.Usage(); u.Queue != 3*time.Second || u.Wall != 5*time.Second {
			t.Errorf("ended: %+v", u)
		}
		if job.Client() != "me" || job.Priority() != Background || JobFrom(ctx) != job {
			t.Errorf("wrong job: %s, %v", job.Client(), job.Priority())
		}
	})
}

func TestUsageOfJobThatNeverRan(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 1})
		first := submit(t, p, t.Context())
		second := newProbe()
		ctx, cancel := context.WithCancel(t.Context())
		job, err := p.NewClient("me").At(Interactive).SubmitJob(ctx, second.run, second.finished)
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Second)
		cancel()
		second.wantResult(t, context.Canceled)
		time.Sleep(time.Second)
		if u := job.Usage(); u != (Usage{Queue: 2 * time.Second}) {
			t.Errorf("%+v", u)
		}
		first.end(t)
	})
}

// A cancellation can come between the start of the worker and that of run.
func TestCancelledOnWorker(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		why := errors.New("superseded")
		cancel(why)
		p := New(Options{})
		j := p.own.At(Interactive).newJob(ctx, functions{run: func(context.Context) { t.Error("it ran") }})
		time.Sleep(time.Second)
		j.meter.begin(threadID(), p.clock)
		j.execute()
		j.meter.end(p.clock)
		if u := j.Usage(); u != (Usage{Queue: time.Second}) {
			t.Errorf("%+v", u)
		}
		if j.err != why || j.outcome != outcomeCancelled {
			t.Errorf("err %v, outcome %v", j.err, j.outcome)
		}
	})
}
