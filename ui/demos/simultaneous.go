package demos

import "github.com/regexdbg/regexdbg/eventloop"

// Simultaneous: the same three tasks, side by side.
//
// All of them are started before any is waited for. Whenever one sleeps, the
// loop runs the next: three counts take as long as one. No two run at the same
// moment, so they need no lock for what they share, here the total.
func simultaneous(t *eventloop.Task, p *Page) error {
	total := 0
	err := eventloop.WithTaskGroup(t, func(g *eventloop.TaskGroup) error {
		for _, name := range []string{"Ada", "Bob", "Cleo"} {
			eventloop.GoIn(g, func(t *eventloop.Task) (struct{}, error) {
				for i := 1; i <= 3; i++ {
					p.Print("%s counts %d", name, i)
					total++
					if err := eventloop.Sleep(t, p.Seconds(0.5)); err != nil {
						return struct{}{}, err
					}
				}
				return struct{}{}, nil
			}, eventloop.WithName(name))
		}
		return nil // the group waits for its tasks
	})
	if err != nil {
		return err
	}
	p.Print("All are done, having counted %d numbers", total)
	return nil
}
