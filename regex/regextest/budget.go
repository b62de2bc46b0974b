package regextest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/trace"
)

// errSpent is why a run of the stepping machine ends at the timeout.
var errSpent = errors.New("the time is spent")

// step counts the steps of the search for all matches.
func (s *subject) step(ctx context.Context, r *Result, most int64) {
	tree, err := s.pattern.tree()
	if err != nil {
		r.Status, r.Err = Errored, err
		return
	}
	run, err := trace.New(tree, r.Input.Text, trace.Limits{Steps: most + 1})
	if err != nil {
		r.Status, r.Err = Errored, fmt.Errorf("steps cannot be counted: %w", err)
		return
	}
	limited, cancel := context.WithTimeoutCause(ctx, s.options.Timeout, errSpent)
	defer cancel()
	outcome, err := run.Advance(limited, -1)
	r.Steps = run.Counters().Steps
	switch {
	case r.Steps > most:
		r.Differences = append(r.Differences, Difference{Message: fmt.Sprintf("more than %d steps, which are the most allowed", most)})
	case err == errSpent:
		r.Status, r.Err = Stopped, fmt.Errorf("stopped at the timeout of %v, after %d steps", s.options.Timeout, r.Steps)
	case err != nil:
		r.Status, r.Err = Errored, err
	case outcome != trace.Matched && outcome != trace.NoMatch:
		r.Status, r.Err = Stopped, fmt.Errorf("steps could not be counted to the end: %s after %d steps", outcome, r.Steps)
	}
}

const (
	// A measurement repeats the search until it takes long enough that clocks and the system's other work weigh little.
	longEnough = 20 * time.Millisecond
	// measurements is how often that is done. The best one counts: what disturbs a search only makes it slower.
	measurements = 5
	maxRepeat    = 1 << 20
)

// measure compares the engine's speed.
func (s *subject) measure(ctx context.Context, r *Result, text *engine.Text, most float64) {
	best := time.Duration(0) // of one search
	repeat := 1
	for i := 0; i <= measurements; i++ {
		m := engine.Measure(ctx, s.program, text, repeat, s.options.Timeout)
		if r.take(m.Outcome, m.Err, s.options.Timeout) {
			return
		}
		one := m.Elapsed / time.Duration(repeat)
		switch {
		case i == 0: // which warms up
			repeat = int(min(maxRepeat, longEnough/max(one, 1)+1))
		case best == 0 || one < best:
			best = one
		}
	}
	r.MSPerMB = best.Seconds() * 1e3 / (float64(text.Len()) / 1e6)
	if r.MSPerMB > most {
		r.Differences = append(r.Differences, Difference{Message: fmt.Sprintf("%.4g ms per MB, and %.4g are the most allowed", r.MSPerMB, most)})
	}
}
