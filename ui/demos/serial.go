package demos

import "github.com/regexdbg/regexdbg/eventloop"

// Serial: three tasks, one after the other.
//
// Await stands right behind Go, so the next task does not begin before the one
// before it is done. While a task sleeps, the loop has nothing to do.
func serial(t *eventloop.Task, p *Page) error {
	for _, name := range []string{"Ada", "Bob", "Cleo"} {
		task := eventloop.Go(t.Loop(), func(t *eventloop.Task) (int, error) {
			for i := 1; i <= 3; i++ {
				p.Print("%s counts %d", name, i)
				if err := eventloop.Sleep(t, p.Seconds(0.5)); err != nil {
					return 0, err // cancelled: somebody pressed Stop, or left
				}
			}
			return 3, nil
		}, eventloop.WithName(name))

		n, err := task.Await(t)
		if err != nil {
			return err
		}
		p.Print("%s is done, having counted to %d", name, n)
	}
	return nil
}
