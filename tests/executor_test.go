package tests

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"github.com/regexdbg/regexdbg/eventloop"
	"github.com/regexdbg/regexdbg/executor"
)

// The two packages do not import each other: that one has the methods that the other asks for is seen here only.
var (
	_ eventloop.TaskExecutor = (*executor.Pool)(nil)
	_ eventloop.TaskExecutor = (*executor.Client)(nil)
	_ eventloop.TaskExecutor = executor.View{}
	_ eventloop.Executor     = (*executor.ProcessPool)(nil)
)

// plain hides all of a pool but Submit.
type plain struct{ eventloop.Executor }

func TestLoopAndPool(t *testing.T) {
	for name, wrap := range map[string]func(*executor.Pool) eventloop.Executor{
		"Executor":     func(p *executor.Pool) eventloop.Executor { return plain{p} },
		"TaskExecutor": func(p *executor.Pool) eventloop.Executor { return p },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				pool := executor.New(executor.Options{Workers: 1})
				seen, err := eventloop.Run(func(task *eventloop.Task) (<-chan error, error) {
					return loopAndPool(t, task, pool, wrap(pool)), nil
				})
				if err != nil {
					t.Error(err)
				}
				if cause := <-seen; !errors.Is(cause, eventloop.ErrClosed) {
					t.Errorf("the job that the loop left saw %v", cause)
				}
				if err := pool.Shutdown(t.Context(), executor.Drain); err != nil {
					t.Error(err)
				}
				if s := pool.Stats(); s.Done != 3 || s.Panicked != 1 || s.Cancelled != 1 || s.Submitted != 5 {
					t.Errorf("%+v", s)
				}
			})
		})
	}
}

// loopAndPool leaves a job running, and returns where that will tell why its context has ended.
func loopAndPool(t *testing.T, task *eventloop.Task, pool *executor.Pool, ex eventloop.Executor) <-chan error {
	run := func(fn func(ctx context.Context) (int, error)) *eventloop.Future[int] {
		return eventloop.RunInExecutor(task.Loop(), ex, fn)
	}
	failed, why := errors.New("failed"), errors.New("why")
	if n, err := run(func(context.Context) (int, error) { return 7, failed }).Await(task); n != 7 || err != failed {
		t.Errorf("%d, %v", n, err)
	}
	_, err := run(func(context.Context) (int, error) { panic("bang") }).Await(task)
	if p, ok := err.(*executor.PanicError); !ok || p.Value != "bang" {
		t.Error(err)
	}

	seen := make(chan error, 2)
	listen := func(ctx context.Context) (int, error) {
		<-ctx.Done()
		seen <- context.Cause(ctx)
		return 0, nil
	}
	running := run(listen)
	queued := run(func(context.Context) (int, error) { t.Error("it ran"); return 0, nil })
	synctest.Wait()
	if s := pool.Stats(); s.Running != 1 || s.QueuedInteractive != 1 || !running.Running() || queued.Running() {
		t.Errorf("%+v", s)
	}
	if !queued.Cancel(why) || !running.Cancel(why) {
		t.Error("done too early")
	}
	if cause := <-seen; cause != why {
		t.Errorf("the job saw %v", cause)
	}
	last := run(listen)
	synctest.Wait()
	if s := pool.Stats(); s.Running != 1 || !last.Running() {
		t.Errorf("%+v", s)
	}
	return seen
}
