package eventloop_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/regexdbg/regexdbg/eventloop"
)

var errSuperseded = errors.New("superseded by a newer pattern")

// A newer request cancels the work of the older one, and says why.
func Example() {
	search := func(pattern string) func(*eventloop.Task) (string, error) {
		return func(t *eventloop.Task) (string, error) {
			if err := eventloop.Sleep(t, time.Millisecond); err != nil {
				return "", err
			}
			return "matches of " + pattern, nil
		}
	}
	found, err := eventloop.Run(func(t *eventloop.Task) (string, error) {
		older := eventloop.Go(t.Loop(), search("a"))
		if err := eventloop.Sleep(t, 0); err != nil {
			return "", err
		}
		older.Cancel(errSuperseded)
		_, err := older.Await(t)
		fmt.Println(err)
		fmt.Println(errors.Is(err, eventloop.ErrCancelled), errors.Is(err, errSuperseded))
		return eventloop.Go(t.Loop(), search("ab")).Await(t)
	})
	fmt.Println(found, err)
	// Output:
	// eventloop: cancelled: superseded by a newer pattern
	// true true
	// matches of ab <nil>
}

// goroutines is an Executor that starts a goroutine for every job.
type goroutines struct{}

func (goroutines) Submit(ctx context.Context, run func(context.Context), finished func(error)) error {
	go func() {
		run(ctx)
		finished(nil)
	}()
	return nil
}

// Blocking work runs elsewhere; a timeout cancels its context.
func ExampleRunInExecutor() {
	_, err := eventloop.Run(func(t *eventloop.Task) (int, error) {
		job := eventloop.RunInExecutor(t.Loop(), goroutines{}, func(ctx context.Context) (int, error) {
			<-ctx.Done()
			return 0, ctx.Err()
		})
		return eventloop.WaitFor(t, time.Millisecond, job)
	})
	fmt.Println(errors.Is(err, eventloop.ErrTimeout), err)
	// Output: true eventloop: timeout after 1ms
}
