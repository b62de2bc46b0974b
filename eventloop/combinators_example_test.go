package eventloop_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/regexdbg/regexdbg/eventloop"
)

// fetch stands for something slow that gives its name.
func fetch(name string, takes time.Duration) func(*eventloop.Task) (string, error) {
	return func(t *eventloop.Task) (string, error) {
		if err := eventloop.Sleep(t, takes); err != nil {
			return "", err
		}
		return name, nil
	}
}

// Gather keeps the order of the arguments, whatever ends first.
func ExampleGather() {
	pages, err := eventloop.Run(func(t *eventloop.Task) ([]string, error) {
		return eventloop.Gather(t.Loop(),
			eventloop.Go(t.Loop(), fetch("slow", 20*time.Millisecond)),
			eventloop.Go(t.Loop(), fetch("quick", time.Millisecond)),
		).Await(t)
	})
	fmt.Println(pages, err)
	// Output: [slow quick] <nil>
}

// AsCompleted gives what is done as soon as it is.
func ExampleAsCompleted() {
	_, err := eventloop.Run(func(t *eventloop.Task) (int, error) {
		fetches := []*eventloop.TaskOf[string]{
			eventloop.Go(t.Loop(), fetch("slow", 20*time.Millisecond)),
			eventloop.Go(t.Loop(), fetch("quick", time.Millisecond)),
		}
		for _, next := range eventloop.AsCompleted(t.Loop(), eventloop.Forever, fetches) {
			f, err := next.Await(t)
			if err != nil {
				return 0, err
			}
			fmt.Println(f.Result())
		}
		return 0, nil
	})
	fmt.Println(err)
	// Output:
	// quick <nil>
	// slow <nil>
	// <nil>
}

// When one task of a group fails, the others are cancelled, and nothing outlives the group.
func ExampleWithTaskGroup() {
	errOffline := errors.New("offline")
	_, err := eventloop.Run(func(t *eventloop.Task) (int, error) {
		var page *eventloop.TaskOf[string]
		err := eventloop.WithTaskGroup(t, func(g *eventloop.TaskGroup) error {
			page = eventloop.GoIn(g, fetch("page", time.Hour))
			eventloop.GoIn(g, func(t *eventloop.Task) (int, error) { return 0, errOffline })
			return nil
		})
		fmt.Println(page.Exception())
		return 0, err
	})
	fmt.Println(err, errors.Is(err, errOffline))
	// Output:
	// eventloop: cancelled: offline
	// offline true
}

// A timeout around any piece of a task; what it cuts off can clean up.
func ExampleWithTimeout() {
	_, err := eventloop.Run(func(t *eventloop.Task) (int, error) {
		err := eventloop.WithTimeout(t, time.Millisecond, func() error {
			defer fmt.Println("cleaned up")
			return eventloop.Sleep(t, time.Hour)
		})
		fmt.Println(errors.Is(err, eventloop.ErrTimeout), t.Cancelling())
		return 0, err
	})
	fmt.Println(err)
	// Output:
	// cleaned up
	// true 0
	// eventloop: timeout after 1ms
}

// A deadline that moves with the progress.
func ExampleTimeout_Reschedule() {
	_, err := eventloop.Run(func(t *eventloop.Task) (int, error) {
		l := t.Loop()
		idle := eventloop.NewTimeout(l, 20*time.Millisecond)
		return 0, idle.Run(t, func() error {
			for _, takes := range []time.Duration{time.Millisecond, time.Millisecond, time.Hour} {
				if err := eventloop.Sleep(t, takes); err != nil {
					return err
				}
				fmt.Println("progress")
				if err := idle.Reschedule(l.Time() + 20*time.Millisecond); err != nil {
					return err
				}
			}
			return nil
		})
	})
	fmt.Println(errors.Is(err, eventloop.ErrTimeout))
	// Output:
	// progress
	// progress
	// true
}

// A task that is cancelled lets what must not be cut off run on.
func ExampleShield() {
	_, err := eventloop.Run(func(t *eventloop.Task) (int, error) {
		save := eventloop.Go(t.Loop(), fetch("saved", 5*time.Millisecond))
		_, err := eventloop.WaitFor(t, time.Millisecond, eventloop.Shield[string](save))
		fmt.Println(errors.Is(err, eventloop.ErrTimeout))
		fmt.Println(save.Await(t))
		return 0, nil
	})
	fmt.Println(err)
	// Output:
	// true
	// saved <nil>
	// <nil>
}

// A lock may be held across awaits: others get it in turn.
func ExampleLock() {
	_, err := eventloop.Run(func(t *eventloop.Task) (int, error) {
		lock := eventloop.NewLock(t.Loop())
		work := func(name string) func(*eventloop.Task) (int, error) {
			return func(t *eventloop.Task) (int, error) {
				if err := lock.Acquire(t); err != nil {
					return 0, err
				}
				defer lock.Release()
				fmt.Println(name, "begins")
				err := eventloop.Sleep(t, time.Millisecond)
				fmt.Println(name, "ends")
				return 0, err
			}
		}
		a, b := eventloop.Go(t.Loop(), work("a")), eventloop.Go(t.Loop(), work("b"))
		_, err := eventloop.Gather(t.Loop(), a, b).Await(t)
		return 0, err
	})
	fmt.Println(err)
	// Output:
	// a begins
	// a ends
	// b begins
	// b ends
	// <nil>
}
