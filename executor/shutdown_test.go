package executor

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// shutdown calls Shutdown on another goroutine.
func shutdown(t *testing.T, p *Pool, mode ShutdownMode) <-chan error {
	done := make(chan error, 1)
	go func() { done <- p.Shutdown(t.Context(), mode) }()
	synctest.Wait()
	return done
}

func refused(t *testing.T, p *Pool) {
	t.Helper()
	err := p.Submit(t.Context(), func(context.Context) {}, func(error) {})
	if err != ErrShutdown {
		t.Errorf("Submit after Shutdown: %v", err)
	}
}

func TestShutdownEmpty(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{})
		for range 2 {
			if err := p.Shutdown(t.Context(), Drain); err != nil {
				t.Error(err)
			}
		}
		refused(t, p)
	})
}

func TestShutdownDrain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 1})
		a, b := submit(t, p, t.Context()), submit(t, p, t.Context())
		done := shutdown(t, p, Drain)
		refused(t, p)
		a.end(t)
		if !b.running() {
			t.Error("the queue was not drained")
		}
		if len(done) != 0 {
			t.Error("Shutdown returned before the last job")
		}
		b.end(t)
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

func TestShutdownCancelQueued(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 1})
		a := submit(t, p, t.Context())
		var queued []*probe
		for _, prio := range []Priority{Interactive, Background} {
			for range 2 {
				queued = append(queued, submit(t, p.NewClient("c").At(prio), t.Context()))
			}
		}
		done := shutdown(t, p, CancelQueued)
		for _, q := range queued {
			q.wantResult(t, ErrShutdown)
		}
		if ctx := <-a.started; ctx.Err() != nil {
			t.Error("a running job was cancelled")
		}
		a.end(t)
		if err := <-done; err != nil {
			t.Error(err)
		}
		if s := settled(t, p); s.Cancelled != 4 || s.Done != 1 {
			t.Errorf("%+v", s)
		}
	})
}

func TestShutdownCancelAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 2})
		var seen [2]error
		result := make(chan error, 2)
		for i := range seen {
			err := p.Submit(t.Context(), func(ctx context.Context) {
				<-ctx.Done()
				seen[i] = context.Cause(ctx)
			}, func(err error) { result <- err })
			if err != nil {
				t.Fatal(err)
			}
		}
		synctest.Wait()
		queued := submit(t, p, t.Context())
		if err := p.Shutdown(t.Context(), CancelAll); err != nil {
			t.Error(err)
		}
		queued.wantResult(t, ErrShutdown)
		for i := range seen {
			if err := <-result; err != nil {
				t.Errorf("finished(%v)", err)
			}
			if seen[i] != ErrShutdown {
				t.Errorf("cause %v", seen[i])
			}
		}
	})
}

func TestShutdownStuck(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 2})
		ctx, cancel := context.WithCancel(t.Context())
		stuck := submit(t, p, ctx)
		deaf := submit(t, p, t.Context())
		if !stuck.running() || !deaf.running() {
			t.Fatal("not started")
		}
		cancel()
		synctest.Wait()
		queued := submit(t, p, t.Context()) // takes the stuck one's place
		last := submit(t, p, t.Context())
		if !queued.running() || last.running() {
			t.Fatal("wrong start")
		}

		wait, stop := context.WithTimeout(t.Context(), time.Second)
		defer stop()
		err := p.Shutdown(wait, Drain)
		var se *ShutdownError
		if !errors.As(err, &se) || se.Stuck != 1 || se.Running != 2 || se.Queued != 1 {
			t.Errorf("%v", err)
		}
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v does not wrap the context's error", err)
		}
		const want = "executor: shutdown: context deadline exceeded: 1 stuck, 2 running, 1 queued"
		if err.Error() != want {
			t.Errorf("%q, want %q", err, want)
		}

		done := shutdown(t, p, CancelAll)
		last.wantResult(t, ErrShutdown)
		if s := settled(t, p); s.Stuck != 3 || s.Running != 0 {
			t.Errorf("%+v", s)
		}
		for _, x := range []*probe{stuck, deaf, queued} {
			x.end(t)
		}
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

// A job dropped by Shutdown that its submitter had cancelled as well tells the submitter's reason.
func TestShutdownKeepsTheCause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		why := errors.New("superseded")
		p := New(Options{})
		j := p.own.At(Interactive).newJob(ctx, functions{finished: func(error) {}})
		cancel(why)
		p.reportDropped(j, ErrShutdown)
		if j.err != why {
			t.Errorf("finished(%v)", j.err)
		}
	})
}
