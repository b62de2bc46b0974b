package engine

import (
	"context"
	"time"
)

// A run is the state of one call of Search that all engines share: it counts
// matches against the budget and decides the outcome.
type run struct {
	ctx      context.Context
	done     <-chan struct{}
	deadline time.Time
	budget   Budget
	text     *Text
	yield    func(groups []int) bool
	result   Result
}

func begin(ctx context.Context, text *Text, from Cursor, budget Budget, yield func(groups []int) bool) *run {
	r := &run{ctx: ctx, done: ctx.Done(), budget: budget, text: text, yield: yield}
	if budget.Timeout > 0 {
		r.deadline = time.Now().Add(budget.Timeout)
	}
	r.advance(from)
	return r
}

// advance records that the search has got to a cursor.
func (r *run) advance(to Cursor) {
	r.result.Cursor = to
	r.searched(to.pos)
}

// searched records that all matches that start before pos are known.
func (r *run) searched(pos int) {
	r.result.Searched = pos
	r.progress(pos)
}

// progress publishes that the search is about at pos.
func (r *run) progress(pos int) {
	if r.budget.Progress != nil {
		r.budget.Progress.Store(int64(pos))
	}
}

// match hands one match over; next is where the search goes on after it. It
// returns false when the search is over, with the outcome set.
func (r *run) match(groups []int, next Cursor) bool {
	r.result.Count++
	r.advance(next)
	if !r.yield(groups) {
		r.result.Outcome = Stopped
		return false
	}
	if r.result.Count == r.budget.MaxMatches {
		r.result.Outcome = Limit
		return false
	}
	return r.result.Count%pollMatches != 0 || !r.over()
}

// pollMatches is the number of matches between two looks at the clock: few
// enough for a slow yield, many enough not to slow down a quick one.
const pollMatches = 64

// over reports whether the search has to end because ctx is done or the time is
// spent, with the outcome set. It costs some tens of nanoseconds.
func (r *run) over() bool {
	select {
	case <-r.done:
		r.result.Outcome, r.result.Err = Cancelled, context.Cause(r.ctx)
		return true
	default:
	}
	if !r.deadline.IsZero() && !time.Now().Before(r.deadline) {
		r.result.Outcome = Timeout
		return true
	}
	return false
}

// left returns how much time is left, or false when there is no bound.
func (r *run) left() (time.Duration, bool) {
	if r.deadline.IsZero() {
		return 0, false
	}
	return time.Until(r.deadline), true
}

// finish ends a search that has seen everything.
func (r *run) finish() Result {
	r.result.Outcome = NoMatch
	if r.result.Count > 0 {
		r.result.Outcome = Match
	}
	end := r.text.Len()
	r.advance(Cursor{pos: end, state: stateEnd})
	return r.result
}

// stateEnd is the state of a cursor after the end of the text.
const stateEnd = 0xFF
