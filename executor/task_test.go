package executor

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// taskSubmitter is the interface that package eventloop declares, see submitter.
type taskSubmitter interface {
	submitter
	SubmitTask(ctx context.Context, t interface {
		Run(ctx context.Context)
		Finished(err error)
	}) (interface{ Cancel(cause error) }, error)
}

var (
	_ taskSubmitter = (*Pool)(nil)
	_ taskSubmitter = (*Client)(nil)
	_ taskSubmitter = View{}
)

// probeTask is a probe as a Task.
type probeTask struct{ *probe }

func (p probeTask) Run(ctx context.Context) { p.run(ctx) }
func (p probeTask) Finished(err error)      { p.finished(err) }

func submitTask(t *testing.T, s taskSubmitter, ctx context.Context) (*probe, *Job) {
	t.Helper()
	p := newProbe()
	j, err := s.SubmitTask(ctx, probeTask{p})
	if err != nil {
		t.Fatalf("SubmitTask: %v", err)
	}
	return p, j.(*Job)
}

func TestSubmitTask(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 1, ClientQueueLimit: -1})
		c := p.NewClient("c")
		a, job := submitTask(t, c.At(Background), t.Context())
		if ctx := <-a.started; JobFrom(ctx) != job || job.Client() != "c" || job.Priority() != Background {
			t.Errorf("wrong job: %s, %v", job.Client(), job.Priority())
		}
		for _, s := range []taskSubmitter{p, c, c.At(Interactive)} {
			if handle, err := s.SubmitTask(t.Context(), probeTask{newProbe()}); handle != nil || err != ErrQueueFull {
				t.Errorf("%v, %v", handle, err)
			}
		}
		a.end(t)
		for _, s := range []taskSubmitter{p, c} {
			a, job := submitTask(t, s, t.Context())
			a.end(t)
			if job.Priority() != Interactive {
				t.Error(job.Priority())
			}
		}
		defer func() {
			if recover() == nil {
				t.Error("no panic")
			}
		}()
		_, _ = p.SubmitTask(t.Context(), nil)
	})
}

func TestJobCancel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 1, Grace: time.Second})
		why := errors.New("superseded")
		running, runningJob := submitTask(t, p, context.Background())
		queued, queuedJob := submitTask(t, p, context.Background())
		unnamed, unnamedJob := submitTask(t, p, context.Background())
		ctx := <-running.started

		queuedJob.Cancel(why)
		queued.wantResult(t, why)
		unnamedJob.Cancel(nil)
		unnamed.wantResult(t, context.Canceled)
		if s := settled(t, p); s.Cancelled != 2 || s.Running != 1 || ctx.Err() != nil {
			t.Errorf("%+v, %v", s, ctx.Err())
		}

		runningJob.Cancel(why)
		if ctx.Err() != context.Canceled || context.Cause(ctx) != why {
			t.Errorf("%v, %v", ctx.Err(), context.Cause(ctx))
		}
		if s := settled(t, p); s.Stuck != 1 || s.Abandoned != 0 {
			t.Errorf("%+v", s)
		}
		time.Sleep(time.Second)
		if s := settled(t, p); s.Abandoned != 1 {
			t.Errorf("its grace is over: %+v", s)
		}
		runningJob.Cancel(errors.New("again"))
		if context.Cause(ctx) != why {
			t.Error(context.Cause(ctx))
		}
		running.end(t)

		// A job that has ended is left alone, and so is what it had.
		last, lastJob := submitTask(t, p, context.Background())
		ctx = <-last.started
		last.end(t)
		lastJob.Cancel(why)
		if context.Cause(ctx) != context.Canceled {
			t.Error(context.Cause(ctx))
		}
		if s := settled(t, p); s.Done != 2 || s.Cancelled != 2 {
			t.Errorf("%+v", s)
		}
	})
}

// finished must not come from within Cancel, whose caller may hold what it wants.
func TestJobCancelDoesNotCallFinished(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 1})
		first := submit(t, p, t.Context())
		lock, done := make(chan struct{}, 1), make(chan error, 1)
		job, err := p.own.At(Interactive).SubmitJob(context.Background(), func(context.Context) {}, func(err error) {
			lock <- struct{}{}
			done <- err
		})
		if err != nil {
			t.Fatal(err)
		}
		lock <- struct{}{}
		job.Cancel(nil)
		<-lock
		if err := <-done; err != context.Canceled {
			t.Error(err)
		}
		first.end(t)
	})
}
