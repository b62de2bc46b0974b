package engine

import (
	"context"
	"time"
)

// A Measurement is what searches of a whole text took.
type Measurement struct {
	// Outcome is as that of a search. A search that did not end with Match or
	// NoMatch says nothing of the engine's speed.
	Outcome Outcome
	Count   int           // matches of one search
	Elapsed time.Duration // wall time of all the searches alone, by the clock of the process that ran them
	Err     error         // as in a Result
	// Clock is the step of that clock where it is a coarse one: a shorter time is not
	// known. 0 stands for well below a microsecond.
	Clock time.Duration
}

// A Measurer is a program that takes the time where it runs, as [Measure] says.
type Measurer interface {
	Measure(ctx context.Context, text *Text, repeat int, timeout time.Duration) Measurement
}

// Measure searches a whole text repeat times for all matches, and takes the time. It is
// the time of the engine: the matches are counted and nothing else is done with
// them, and where the engine is a child process, the child runs the loop that a
// user of it would write, with its own clock. What it takes to start a process, to
// compile, and to move the text and the matches from one process to the other is
// not in it; the first measurement of a program and a text pays for those, and for
// a compiler that runs on demand: measure once to warm up.
//
// It ends early when ctx does, or after timeout, 0 for none, as a search does.
func Measure(ctx context.Context, p Program, text *Text, repeat int, timeout time.Duration) (m Measurement) {
	if p, ok := p.(Measurer); ok {
		return p.Measure(ctx, text, repeat, timeout)
	}
	start := time.Now()
	for range repeat {
		left := timeout
		if timeout > 0 {
			left = max(1, timeout-m.Elapsed)
		}
		r := p.Search(ctx, text, Cursor{}, Budget{Timeout: left}, func([]int) bool { return true })
		m = Measurement{Outcome: r.Outcome, Count: r.Count, Elapsed: time.Since(start), Err: r.Err}
		if r.Outcome != Match && r.Outcome != NoMatch {
			return m
		}
	}
	return m
}

// Measure has the child process take the time.
func (p *runtimeProgram) Measure(ctx context.Context, text *Text, repeat int, timeout time.Duration) (m Measurement) {
	run, end := begin(ctx, text, Cursor{}, Budget{Timeout: timeout}, nil)
	defer end()
	if outcome, err := p.refuse(text); err != nil {
		return Measurement{Outcome: outcome, Err: err}
	}
	request := p.request
	request.Op, request.Repeat = "measure", repeat
	start := time.Now()
	_, err := p.send(run.limited, request, text, func(answer runtimeAnswer, _ []byte) error {
		m.Count, m.Elapsed = answer.Count, time.Duration(answer.Seconds*float64(time.Second))
		return nil
	})
	switch {
	case err == nil && m.Count > 0:
		m.Outcome = Match
	case err == nil:
		m.Outcome = NoMatch
	case run.over():
		m = Measurement{Outcome: run.result.Outcome, Err: run.result.Err, Elapsed: time.Since(start)}
	default:
		m.Outcome, m.Err = p.engine.failure(err)
	}
	return m
}
