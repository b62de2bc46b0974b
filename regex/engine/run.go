package engine

import (
	"context"
	"errors"
	"time"
)

// A run is the state of one call of Search that all engines share: it counts
// matches against the budget and decides the outcome.
type run struct {
	ctx      context.Context
	deadline time.Time // zero when there is none
	budget   Budget
	text     *Text
	yield    func(groups []int) bool
	result   Result

	// limited ends with ctx or at the deadline, so that looking at its channel
	// is all it takes to know both: a few nanoseconds, against some tens to
	// read a clock.
	limited context.Context
	done    <-chan struct{}
}

// errSpent is why limited ends at the deadline.
var errSpent = errors.New("the time is spent")

// begin starts a run, which has to be ended with the function that it returns.
func begin(ctx context.Context, text *Text, from Cursor, budget Budget, yield func(groups []int) bool) (*run, context.CancelFunc) {
	r := &run{ctx: ctx, budget: budget, text: text, yield: yield, limited: ctx}
	end := func() {}
	if budget.Timeout > 0 {
		r.deadline = time.Now().Add(budget.Timeout)
		r.limited, end = context.WithDeadlineCause(ctx, r.deadline, errSpent)
	}
	r.done = r.limited.Done()
	r.advance(from)
	return r, end
}

// advance records that the search has got to a cursor: all matches that start
// before it are known.
func (r *run) advance(to Cursor) {
	r.result.Cursor, r.result.Searched = to, to.pos
	r.publish()
}

// publish tells how far the search has got. Nobody may read of a place before
// the matches up to it are handed over.
func (r *run) publish() {
	if r.budget.Progress != nil {
		r.budget.Progress.Store(int64(r.result.Searched))
	}
}

// mark tells the name of the next match's mark, "" for none.
func (r *run) mark(name string) {
	if r.budget.Mark != nil {
		*r.budget.Mark = name
	}
}

// match hands one match over; next is where the search goes on after it. It
// returns false when the search is over, with the outcome set.
func (r *run) match(groups []int, next Cursor) bool {
	r.result.Count++
	r.result.Cursor, r.result.Searched = next, next.pos
	more := r.yield(groups)
	r.publish()
	if !more {
		r.result.Outcome = Stopped
		return false
	}
	if r.result.Count == r.budget.MaxMatches {
		r.result.Outcome = Limit
		return false
	}
	return !r.over()
}

// over reports whether the search has to end because ctx is done or the time is
// spent, with the outcome set.
func (r *run) over() bool {
	select {
	case <-r.done:
	default:
		return false
	}
	r.result.Outcome, r.result.Err = Timeout, nil
	if cause := context.Cause(r.limited); cause != errSpent {
		r.result.Outcome, r.result.Err = Cancelled, cause
	}
	return true
}

// finish ends a search that has seen everything.
func (r *run) finish() Result {
	r.result.Outcome = NoMatch
	if r.result.Count > 0 {
		r.result.Outcome = Match
	}
	r.advance(Cursor{pos: r.text.Len(), state: stateEnd})
	return r.result
}

// stateEnd is the state of a cursor after the end of the text.
const stateEnd = 0xFF
