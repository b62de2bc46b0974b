package eventloop

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// opened counts what a factory of pools did.
type opened struct {
	made, ended int
	last        *pool
}

func (o *opened) open() (Executor, func(context.Context) error) {
	o.made++
	p := newPool(1)
	o.last = p
	done := make(chan struct{})
	return p, func(ctx context.Context) error {
		o.ended++
		if o.ended == 1 {
			go func() { p.close(); close(done) }()
		}
		select {
		case <-done:
			return nil
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

func TestDefaultExecutor(t *testing.T) {
	type ctx = context.Context
	seven := func(ctx) (int, error) { return 7, nil }
	// lazily runs body on a loop with a factory.
	lazily := func(t *testing.T, name string, body func(e *env, o *opened), opts ...Option) {
		o := &opened{}
		on(t, name, func(e *env) { body(e, o) }, append(opts, WithDefaultExecutor(o.open))...)
	}
	lazily(t, "124 the default is made lazily and joined", func(e *env, o *opened) {
		e.true(o.made == 0, "not yet")
		e.ok(e.main(func(t *Task) error {
			for range 2 {
				v, err := RunInExecutor(e.l, nil, seven).Await(t)
				e.true(v == 7 && err == nil && o.made == 1, "once")
			}
			slow := RunInExecutor(e.l, nil, func(ctx) (int, error) { time.Sleep(time.Minute); return 1, nil })
			_, err := e.l.ShutdownDefaultExecutor().Await(t)
			e.ok(err)
			e.true(e.l.Time() == time.Minute, "waited for")
			_, err = RunInExecutor(e.l, nil, seven).Await(t)
			e.is(err, ErrShutdown)
			e.is(e.l.SetDefaultExecutor(o.last, nil), ErrShutdown)
			e.ok(Yield(t))
			v, err := slow.Result()
			e.true(v == 1, "finished")
			return err
		}))
	})
	lazily(t, "124 a shutdown that takes too long, then again", func(e *env, o *opened) {
		RunInExecutor(e.l, nil, func(ctx) (int, error) { time.Sleep(time.Minute); return 1, nil })
		e.ok(e.main(func(t *Task) error {
			_, err := WaitFor(t, time.Second, e.l.ShutdownDefaultExecutor())
			e.is(err, ErrTimeout)
			_, err = e.l.ShutdownDefaultExecutor().Await(t)
			e.true(e.l.Time() == time.Minute && o.ended == 2, "the second waits for the rest")
			return err
		}))
	})
	lazily(t, "124 Close shuts it down, within the grace", func(e *env, o *opened) {
		f := RunInExecutor(e.l, nil, func(ctx ctx) (int, error) {
			<-ctx.Done()
			time.Sleep(time.Second)
			return 0, ctx.Err()
		})
		synctest.Wait()
		e.ok(e.l.Close())
		e.true(o.ended == 1 && e.l.Time() == time.Second && f.Cancelled(), "joined")
	})
	lazily(t, "124 Close does not wait for ever", func(e *env, o *opened) {
		RunInExecutor(e.l, nil, func(ctx) (int, error) { time.Sleep(time.Hour); return 0, nil })
		waiting := e.l.ShutdownDefaultExecutor()
		synctest.Wait()
		e.ok(e.l.Close())
		e.true(e.l.Time() == time.Minute, "the grace")
		e.cancelledBy(waiting.Exception(), ErrClosed)
		e.is(e.reported("could not be shut down").Err, context.DeadlineExceeded)
		time.Sleep(2 * time.Hour)
	}, WithCloseGrace(time.Minute))
	on(t, "124 no default, and one that is set", func(e *env) {
		e.is(RunInExecutor(e.l, nil, seven).Exception(), ErrNoExecutor)
		first, second := &opened{}, &opened{}
		set := func(o *opened) {
			ex, shutdown := o.open()
			e.ok(e.l.SetDefaultExecutor(ex, shutdown))
		}
		set(first)
		set(second)
		p := newPool(1)
		e.ok(e.l.SetDefaultExecutor(p, nil)) // somebody else's
		v, err := RunUntilComplete(e.l, RunInExecutor(e.l, nil, seven))
		e.true(v == 7 && err == nil, "7")
		_, err = RunUntilComplete(e.l, e.l.ShutdownDefaultExecutor())
		e.ok(err)
		e.true(first.ended == 1 && second.ended == 1, "also the one that was replaced")
		p.close()
		e.true(e.panics(func() { e.l.SetDefaultExecutor(nil, nil) }) != nil, "nil")
		e.ok(e.l.Close())
		e.is(e.l.SetDefaultExecutor(p, nil), ErrClosed)
	})
	on(t, "124 nothing to shut down, and what panics", func(e *env) {
		e.true(e.l.ShutdownDefaultExecutor().Done(), "at once")
		other := New()
		e.ok(other.SetDefaultExecutor(&pool{}, func(ctx) error { panic("oops") }))
		_, err := RunUntilComplete(other, other.ShutdownDefaultExecutor())
		var p *PanicError
		e.true(errors.As(err, &p) && p.Value == "oops", "PanicError")
	})
	on(t, "124 a factory that gives nothing", func(e *env) {
		e.is(RunInExecutor(e.l, nil, seven).Exception(), ErrNoExecutor)
	}, WithDefaultExecutor(func() (Executor, func(ctx) error) { return nil, nil }))
	on(t, "122 Running tells when the function has started", func(e *env) {
		p := newPool(0)
		f := RunInExecutor(e.l, p, seven)
		g := RunInExecutor(e.l, p, func(ctx) (int, error) { time.Sleep(time.Second); return 0, nil })
		e.true(!f.Running() && !NewFuture[int](e.l).Running(), "queued")
		go func() {
			for range 2 {
				(<-p.jobs)()
			}
		}()
		synctest.Wait()
		e.true(f.Running() && g.Running(), "started, its result not delivered")
		e.passes(1)
		e.true(!f.Running() && f.Done(), "done")
		g.Cancel(nil)
		e.true(!g.Running(), "cancelled: it runs on, but this is no longer its future")
		time.Sleep(time.Minute)
	})
}
