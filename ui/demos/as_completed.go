package demos

import "github.com/regexdbg/regexdbg/eventloop"

// As completed: many tasks, and each result as soon as it is there.
//
// AsCompleted gives as many futures as there are tasks. The first is done when
// the first of the tasks is, whichever that will be, and gives that task.
func asCompleted(t *eventloop.Task, p *Page) error {
	runners := []struct {
		name    string
		seconds float64
	}{{"Tortoise", 2.4}, {"Fox", 1.2}, {"Hare", 0.6}, {"Hedgehog", 1.8}}

	var race []*eventloop.TaskOf[float64]
	for _, r := range runners {
		p.Print("%s starts", r.name)
		race = append(race, eventloop.Go(t.Loop(), func(t *eventloop.Task) (float64, error) {
			return r.seconds, eventloop.Sleep(t, p.Seconds(r.seconds))
		}, eventloop.WithName(r.name)))
	}

	place := 0
	for _, next := range eventloop.AsCompleted(t.Loop(), eventloop.Forever, race) {
		runner, err := next.Await(t)
		if err != nil {
			return err
		}
		seconds, err := runner.Result()
		if err != nil {
			return err
		}
		place++
		p.Print("%d. %s, after %.1f s", place, runner.Name(), seconds)
	}
	return nil
}
