package eventloop

import (
	"fmt"
	"testing"
	"time"
)

func TestObserver(t *testing.T) {
	var events []string
	observe := WithObserver(func(s StepEvent) {
		who := "callback"
		if s.Task != nil {
			who = fmt.Sprintf("%s done=%t", s.Task.Name(), s.Task.Done())
		}
		events = append(events, fmt.Sprintf("%v-%v %s", s.Begin, s.End, who))
	})
	on(t, "steps and callbacks with their times", func(e *env) {
		cancelled := e.l.CallSoon(func() {})
		cancelled.Cancel()
		e.l.CallSoon(func() { panic("told, and reported all the same") })
		e.l.SetExceptionHandler(nil)
		task := Go(e.l, func(t *Task) (int, error) {
			time.Sleep(time.Second) // blocks the loop: only for a test on fake time
			return 0, Sleep(t, time.Second)
		}, WithName("a"))
		if _, err := RunUntilComplete(e.l, task); err != nil {
			e.Fatal(err)
		}
		e.lines = events
		e.want(e.T, "0s-0s callback", "0s-1s a done=false",
			"2s-2s a done=true", "2s-2s callback") // the end of the sleep, and of the run
	}, observe)
}

func BenchmarkSleepZeroObserved(b *testing.B) {
	b.ReportAllocs()
	steps := 0
	_, err := Run(func(t *Task) (int, error) {
		b.ResetTimer()
		for range b.N {
			if err := Sleep(t, 0); err != nil {
				return 0, err
			}
		}
		return 0, nil
	}, WithObserver(func(StepEvent) { steps++ }))
	if err != nil || steps < b.N {
		b.Errorf("%d steps, %v", steps, err)
	}
}
