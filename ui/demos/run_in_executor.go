package demos

import (
	"context"
	"time"

	"github.com/regexdbg/regexdbg/eventloop"
)

// Run in executor: what blocks belongs on another thread.
//
// The same call is made twice, while a clock ticks. On the loop it stops the
// clock, and everything else. On a worker thread it does not: the task waits
// for its result as for any other future, and the loop is free meanwhile.
func runInExecutor(t *eventloop.Task, p *Page) error {
	clock := eventloop.Go(t.Loop(), func(t *eventloop.Task) (struct{}, error) {
		for {
			p.Print("tick")
			if err := eventloop.Sleep(t, p.Seconds(0.25)); err != nil {
				return struct{}{}, err
			}
		}
	}, eventloop.WithName("clock"))
	defer clock.Cancel(nil)

	// It stands for a slow query, a large file, a long search.
	blocking := func(context.Context) (int, error) {
		time.Sleep(p.Seconds(1))
		return 42, nil
	}

	if err := eventloop.Sleep(t, p.Seconds(0.6)); err != nil {
		return err
	}
	p.Print("Called on the loop: nothing ticks")
	answer, err := blocking(t.Context())
	if err != nil {
		return err
	}
	p.Print("The answer is %d", answer)

	if err := eventloop.Sleep(t, p.Seconds(0.6)); err != nil {
		return err
	}
	p.Print("Called on a worker thread: the clock goes on")
	answer, err = eventloop.RunInExecutor(t.Loop(), nil, blocking).Await(t)
	if err != nil {
		return err
	}
	p.Print("The answer is %d again", answer)
	return nil
}
