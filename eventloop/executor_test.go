package eventloop

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// pool is the least Executor that keeps the contract.
type pool struct {
	jobs    chan func()
	workers sync.WaitGroup
}

func newPool(workers int) *pool {
	p := &pool{jobs: make(chan func(), 64)}
	for range workers {
		p.workers.Go(func() {
			for j := range p.jobs {
				j()
			}
		})
	}
	return p
}

func (p *pool) close() {
	close(p.jobs)
	p.workers.Wait()
}

var errFull = errors.New("pool is full")

func (p *pool) Submit(ctx context.Context, run func(context.Context), finished func(error)) error {
	job := func() {
		var err error
		defer func() {
			if v := recover(); v != nil {
				err = fmt.Errorf("job panicked: %v", v)
			}
			finished(err)
		}()
		if err = context.Cause(ctx); err == nil {
			run(ctx)
		}
	}
	select {
	case p.jobs <- job:
		return nil
	default:
		return errFull
	}
}

// taskPool is a pool that is also a TaskExecutor.
type taskPool struct{ *pool }

// Submit is here to see that it is not called.
func (taskPool) Submit(context.Context, func(context.Context), func(error)) error {
	panic("Submit although there is SubmitTask")
}

func (p taskPool) SubmitTask(ctx context.Context, t interface {
	Run(ctx context.Context)
	Finished(err error)
}) (interface{ Cancel(cause error) }, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	if err := p.pool.Submit(ctx, t.Run, t.Finished); err != nil {
		cancel(err)
		return nil, err
	}
	return contextCanceller(cancel), nil
}

func TestRunInExecutor(t *testing.T) {
	// with runs the test beside a pool of n workers, of either kind.
	with := func(t *testing.T, name string, n int, body func(e *env, p *pool, ex Executor)) {
		for kind, wrap := range map[string]func(p *pool) Executor{
			"Executor":     func(p *pool) Executor { return p },
			"TaskExecutor": func(p *pool) Executor { return taskPool{p} },
		} {
			on(t, name+", "+kind, func(e *env) {
				p := newPool(n)
				body(e, p, wrap(p))
				e.ok(e.l.Close())
				p.close()
			})
		}
	}
	type ctx = context.Context
	with(t, "122 results, errors, panics, refusals", 1, func(e *env, p *pool, ex Executor) {
		e.ok(e.main(func(t *Task) error {
			v, err := RunInExecutor(e.l, ex, func(ctx) (int, error) {
				time.Sleep(time.Second)
				return 42, nil
			}).Await(t)
			e.true(v == 42 && err == nil && e.l.Time() == time.Second, "42")
			v, err = RunInExecutor(e.l, ex, func(ctx) (int, error) { return 7, errBoom }).Await(t)
			e.is(err, errBoom)
			e.true(v == 7, "what was found before the error")
			_, err = RunInExecutor(e.l, ex, func(ctx) (int, error) { panic("oops") }).Await(t)
			e.true(err != nil && err.Error() == "job panicked: oops", "panic")
			full := &pool{}
			for _, ex := range []Executor{full, taskPool{full}} {
				f := RunInExecutor(e.l, ex, func(ctx) (int, error) { return 0, nil })
				_, err = f.Await(t)
				e.is(err, errFull)
				e.true(!f.Cancel(nil), "done")
			}
			return nil
		}))
		e.true(len(e.l.owned) == 0, "nothing is kept")
	})
	with(t, "123 cancelled before the start", 0, func(e *env, p *pool, ex Executor) {
		f := RunInExecutor(e.l, ex, func(ctx) (int, error) { e.add("ran"); return 0, nil })
		e.true(f.Cancel(errBoom) && f.Cancelled(), "at once")
		go (<-p.jobs)()
		synctest.Wait()
		e.passes(1)
		e.want(e.T)
		e.true(len(e.l.owned) == 0, "nothing is kept")
	})
	with(t, "123 cancelled while running", 1, func(e *env, p *pool, ex Executor) {
		seen := make(chan error, 1)
		task := Go(e.l, func(t *Task) (int, error) {
			return RunInExecutor(e.l, ex, func(ctx ctx) (int, error) {
				<-ctx.Done()
				seen <- context.Cause(ctx)
				time.Sleep(time.Hour) // it cannot be killed
				return 1, errors.New("dropped")
			}).Await(t)
		})
		e.passes(1)
		synctest.Wait()
		task.Cancel(errBoom)
		e.passes(1)
		e.true(task.Cancelled(), "without waiting for the job")
		e.cancelledBy(task.Exception(), errBoom)
		e.true(<-seen == errBoom, "the very cause")
		e.ok(e.main(func(t *Task) error { return Sleep(t, 2*time.Hour) }))
	})
	with(t, "123 a panic after the cancellation is reported", 1, func(e *env, p *pool, ex Executor) {
		f := RunInExecutor(e.l, ex, func(ctx ctx) (int, error) { <-ctx.Done(); panic("late") })
		synctest.Wait()
		f.Cancel(nil)
		synctest.Wait()
		e.passes(1)
		e.reported("a cancelled job failed: job panicked: late")
	})
	with(t, "123 closed meanwhile: nothing is called", 1, func(e *env, p *pool, ex Executor) {
		done := make(chan error, 1)
		f := RunInExecutor(e.l, ex, func(ctx ctx) (int, error) {
			<-ctx.Done()
			done <- context.Cause(ctx)
			time.Sleep(time.Hour)
			return 1, nil
		})
		f.AddDoneCallback(e.fn("told of the cancellation"))
		synctest.Wait()
		e.ok(e.l.Close())
		e.is(<-done, ErrClosed)
		time.Sleep(2 * time.Hour)
		e.cancelledBy(f.Exception(), ErrClosed)
		e.want(e.T, "told of the cancellation")
		e.is(RunInExecutor(e.l, ex, func(ctx) (int, error) { return 0, nil }).Exception(), ErrClosed)
	})
	with(t, "124 many jobs, few workers, in order", 1, func(e *env, p *pool, ex Executor) {
		var fs []*Future[int]
		for i := range 20 {
			f := RunInExecutor(e.l, ex, func(ctx) (int, error) { return i, nil })
			f.AddDoneCallback(func() { v, _ := f.Result(); e.add("%d", v) })
			fs = append(fs, f)
		}
		e.ok(e.main(func(t *Task) error {
			for i, f := range fs {
				v, err := f.Await(t)
				e.true(v == i && err == nil, "its own")
			}
			return nil
		}))
	})
}
