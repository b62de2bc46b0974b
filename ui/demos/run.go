package demos

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"time"

	"github.com/regexdbg/regexdbg/eventloop"
	"github.com/regexdbg/regexdbg/ui/viol"
)

// Why a run is cancelled.
var (
	errStopped = errors.New("somebody pressed Stop")
	errAgain   = errors.New("somebody pressed Go again")
	errLeft    = errors.New("the page is gone")
)

// redraw is how often a picture changes while something runs.
const redraw = 200 * time.Millisecond

// run is one press of Go.
type run struct {
	program program
	page    *Page
	threads eventloop.Executor
	cancel  context.CancelCauseFunc
	over    bool // belongs to the page's loop: nothing is shown any more
}

// connectRun makes Go and Stop work on the page of a demo.
func (s *Server) connectRun(app *viol.App, run program) {
	app.Connect(viol.DocumentReady, func(_ *eventloop.Task, c *viol.Client, _ viol.Event) error {
		c.SetText("#state", "Ready.")
		return nil
	})
	app.Connect("go", func(t *eventloop.Task, c *viol.Client, e viol.Event) error {
		return s.press(t, c, e, run)
	})
	app.Connect("stop", func(_ *eventloop.Task, c *viol.Client, _ viol.Event) error {
		if r := current(c); r != nil {
			r.cancel(errStopped)
		} else {
			c.SetText("#state", "Nothing is running.")
		}
		return nil
	})
}

// current returns what runs for the page, or nil.
func current(c *viol.Client) *run {
	r, _ := c.Values["run"].(*run)
	return r
}

// press runs the program, and shows how it goes until it has ended. It is a task
// on the loop of the pages; the program has a loop and a goroutine of its own.
func (s *Server) press(t *eventloop.Task, c *viol.Client, e viol.Event, program program) error {
	if old := current(c); old != nil {
		old.over = true
		old.cancel(errAgain)
	}
	tl := &timeline{}
	ctx, cancel := context.WithCancelCause(context.Background())
	r := &run{program: program, threads: threads{s.pool, tl}, cancel: cancel}
	r.page = &Page{values: e, timeline: tl, pace: s.pace, show: func(at string, line template.HTML) {
		// From another thread. A loop that is closed has no pages.
		_ = c.Loop().CallSoonThreadsafe(func() {
			if !r.over {
				c.AppendHTML("#output", viol.HTML(`<div><span class="at">%s</span><span>%s</span></div>`, at, line))
			}
		})
	}}
	c.Values["run"] = r
	defer func() {
		r.over = true
		r.cancel(errLeft) // no effect when it has ended
		if current(c) == r {
			delete(c.Values, "run")
		}
	}()

	c.SetHTML("#output", "")
	c.SetText("#state", "Running ...")
	ended := eventloop.NewFuture[error](t.Loop())
	s.runs.Go(func() {
		err := r.main(ctx)
		tl.stop()
		_ = t.Loop().CallSoonThreadsafe(func() { _ = ended.SetResultUnlessCancelled(err) })
	})
	for !ended.Done() && !r.over {
		if _, _, err := eventloop.Wait(t, redraw, eventloop.FirstCompleted, []*eventloop.Future[error]{ended}); err != nil {
			return err
		}
		if !r.over {
			drawTo(c, tl)
		}
	}
	if r.over {
		return nil // the next run has the page
	}
	err, _ := ended.Result()
	c.SetText("#state", r.verdict(err))
	return nil
}

// drawTo shows the timeline on the page.
func drawTo(c *viol.Client, tl *timeline) {
	if picture, words, changed := tl.draw(); changed {
		c.SetHTML("#timeline", picture)
		c.SetHTML("#words", words)
	}
}

// main is the whole life of the program: on this goroutine, which becomes that
// of its loop.
func (r *run) main(ctx context.Context) error {
	tl := r.page.timeline
	_, err := eventloop.Run(func(t *eventloop.Task) (struct{}, error) {
		loop := t.Loop()
		tl.start(loop.Time)
		defer context.AfterFunc(ctx, func() {
			_ = loop.CallSoonThreadsafe(func() { t.Cancel(context.Cause(ctx)) })
		})()
		return struct{}{}, r.program(t, r.page)
	},
		eventloop.WithObserver(tl.step),
		eventloop.WithDefaultExecutor(func() (eventloop.Executor, func(context.Context) error) { return r.threads, nil }),
		eventloop.WithExceptionHandler(func(_ *eventloop.Loop, x eventloop.Exception) {
			r.page.Print("Nobody looked at an error: %s: %v", x.Message, x.Err)
		}),
		eventloop.WithCloseGrace(time.Second))
	return err
}

// verdict says how it ended.
func (r *run) verdict(err error) string {
	after := "after " + clock(r.page.timeline.now())
	switch {
	case err == nil:
		return "Done " + after + "."
	case errors.Is(err, eventloop.ErrCancelled):
		return "Stopped " + after + "."
	}
	return fmt.Sprintf("Failed %s: %v", after, err)
}

// threads is an executor whose jobs are drawn into the timeline.
type threads struct {
	pool     eventloop.Executor
	timeline *timeline
}

// Submit submits to the pool.
func (x threads) Submit(ctx context.Context, run func(context.Context), finished func(error)) error {
	return x.pool.Submit(ctx, func(ctx context.Context) {
		defer x.timeline.traceWorker()()
		run(ctx)
	}, finished)
}
