// Package speed measures how fast engines are at a pattern and a text.
//
// What is compared is measured in turns: each round searches once with every
// engine, and every round begins with another one, so that whatever else the
// machine does meanwhile hits all alike. A number is the median of the rounds,
// with the quartiles for its spread.
package speed

import (
	"context"
	"slices"
	"time"

	"github.com/regexdbg/regexdbg/regex/engine"
)

// Rounds is how many rounds there are where time allows: enough for quartiles
// that are not the extremes.
const Rounds = 15

// sample is what a sample takes at least: a shorter search is repeated until it
// does, since clocks and processors are not exact about microseconds.
const sample = 5 * time.Millisecond

// ticks is how many steps of a coarse clock a sample takes at least, where these are
// longer than that: it is known to 2 %.
const ticks = 50

// mostRepeats bounds the repeats of a search that takes no time at all.
const mostRepeats = 100_000

// A Runner is an engine with a compiled pattern.
type Runner struct {
	Info    engine.Info
	Program engine.Program
}

// A Speed is how fast one runner is up to now.
type Speed struct {
	Info engine.Info
	// Outcome is Match or NoMatch, or why there is no speed, with Err.
	Outcome engine.Outcome
	Err     error
	Count   int // matches in the text
	Rounds  int // rounds measured; 0 before the first
	// Median, Low and High are the wall time of one search of the text, and the
	// quartiles below and above it.
	Median, Low, High time.Duration
}

// A Budget bounds a measurement.
type Budget struct {
	Rounds int           // at most; 0 for [Rounds]
	Search time.Duration // that one search may take; 0 for no bound. One that takes longer leaves its engine without a speed.
	Total  time.Duration // after which no new round begins; 0 for no bound. Every runner has one round at least.
}

// A runner is a Runner under way.
type runner struct {
	Runner
	speed   Speed
	repeat  int
	samples []time.Duration
}

// Measure measures runners with a text and returns their speeds, in the order of
// the runners. After the warm-up and after each round it calls report, on the same
// goroutine, with what is known by then; the slice is report's to keep. It runs on
// the calling goroutine, and ends early when ctx does.
func Measure(ctx context.Context, runners []Runner, text *engine.Text, budget Budget, report func([]Speed)) []Speed {
	all := make([]*runner, len(runners))
	for i, r := range runners {
		all[i] = &runner{Runner: r, speed: Speed{Info: r.Info}}
	}
	for _, r := range all {
		r.warm(ctx, text, budget.Search)
	}
	report(speeds(all))
	rounds := budget.Rounds
	if rounds == 0 {
		rounds = Rounds
	}
	start := time.Now()
	for round := range rounds {
		if round > 0 && budget.Total > 0 && time.Since(start) > budget.Total {
			break
		}
		for i := range all {
			if r := all[(round+i)%len(all)]; r.works() {
				r.sample(ctx, text, budget.Search)
			}
		}
		if ctx.Err() != nil {
			break
		}
		report(speeds(all))
	}
	return speeds(all)
}

func (r *runner) works() bool {
	return r.speed.Outcome == engine.Match || r.speed.Outcome == engine.NoMatch
}

// warm searches once, so that processes have the text and compilers have run, and
// then until it is known how often a sample has to repeat the search.
func (r *runner) warm(ctx context.Context, text *engine.Text, most time.Duration) {
	for r.repeat = 1; ; r.repeat *= 4 {
		m := engine.Measure(ctx, r.Program, text, r.repeat, most)
		r.speed.Outcome, r.speed.Err, r.speed.Count = m.Outcome, m.Err, m.Count
		if !r.works() {
			return
		}
		long := max(sample, ticks*m.Clock)
		if m.Elapsed >= long/4 || r.repeat >= mostRepeats {
			one := max(1, m.Elapsed/time.Duration(r.repeat))
			r.repeat = int(min(mostRepeats, max(1, (long+one-1)/one)))
			return
		}
	}
}

func (r *runner) sample(ctx context.Context, text *engine.Text, most time.Duration) {
	var m engine.Measurement
	for {
		m = engine.Measure(ctx, r.Program, text, r.repeat, most*time.Duration(r.repeat))
		if r.speed.Outcome, r.speed.Err = m.Outcome, m.Err; !r.works() {
			return
		}
		// Something else may have had the processor in the warm-up, which then seemed
		// long enough for a coarse clock.
		if m.Elapsed >= ticks*m.Clock/4 || r.repeat >= mostRepeats {
			break
		}
		r.repeat = min(4*r.repeat, mostRepeats)
	}
	r.samples = append(r.samples, m.Elapsed/time.Duration(r.repeat))
	slices.Sort(r.samples)
	n := len(r.samples)
	r.speed.Rounds, r.speed.Low, r.speed.Median, r.speed.High = n, r.samples[n/4], r.samples[n/2], r.samples[n-1-n/4]
}

func speeds(all []*runner) []Speed {
	result := make([]Speed, len(all))
	for i, r := range all {
		result[i] = r.speed
	}
	return result
}
