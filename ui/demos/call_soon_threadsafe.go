package demos

import (
	"time"

	"github.com/regexdbg/regexdbg/eventloop"
)

// Call soon threadsafe: the door through which other threads come in.
//
// A thermometer has a goroutine of its own. It must not touch what belongs to
// the loop, such as the queue; it hands the loop a function that does. The
// call also wakes the loop when it sleeps.
func callSoonThreadsafe(t *eventloop.Task, p *Page) error {
	loop := t.Loop()
	readings := eventloop.NewQueue[float64](loop, 0)
	go func() {
		defer p.Trace("thermometer")() // draws it into the timeline
		for _, degrees := range []float64{19.5, 20.1, 20.8, 21.6, 22.3} {
			time.Sleep(p.Seconds(0.4))
			err := loop.CallSoonThreadsafe(func() { _ = readings.PutNowait(degrees) })
			if err != nil {
				return // the loop is closed: nobody listens any more
			}
		}
	}()

	sum := 0.0
	for n := 1; n <= 5; n++ {
		degrees, err := readings.Get(t)
		if err != nil {
			return err
		}
		sum += degrees
		p.Print("%.1f °C, on average %.1f °C", degrees, sum/float64(n))
	}
	return nil
}
