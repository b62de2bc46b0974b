package demos

import (
	"time"

	"github.com/regexdbg/regexdbg/eventloop"
)

// Wait for both: two tasks with results, and one that needs both of them.
//
// Gather makes one future of many. Its results are in the order of its
// arguments, whichever came first. When one fails, so does Gather, at once.
func waitForBoth(t *eventloop.Task, p *Page) error {
	loop := t.Loop()
	prepare := func(what string, d time.Duration) *eventloop.TaskOf[string] {
		return eventloop.Go(loop, func(t *eventloop.Task) (string, error) {
			p.Print("The %s is on", what)
			if err := eventloop.Sleep(t, d); err != nil {
				return "", err
			}
			p.Print("The %s is ready", what)
			return what, nil
		}, eventloop.WithName(what))
	}

	tea := prepare("tea", p.Seconds(2))
	toast := prepare("toast", p.Seconds(1.2))
	p.Print("Waiting for both ...")
	breakfast, err := eventloop.Gather(loop, tea, toast).Await(t)
	if err != nil {
		return err
	}
	p.Print("Breakfast: %s and %s", breakfast[0], breakfast[1])
	return nil
}
