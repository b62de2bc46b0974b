package compare

import (
	"context"
	"slices"
	"time"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A Difference is where the results of two sides part, and why.
type Difference struct {
	// Index is the first match that differs, from 0; Offset is the byte of the text
	// at which it begins to.
	Index, Offset int
	// A and B are that match on each side, nil where there is none.
	A, B Match
	// Blames are the parts of the pattern that make the difference: one, or several
	// that only do so together. None when the table of flavors knows no reason.
	Blames []Blame
}

// A Match is two byte offsets for each of a report's groups, -1 and -1 for one that
// took no part.
type Match []int

// A Blame is a part of the pattern that means something else on the other side.
type Blame struct {
	Span   syntax.Span
	Reason string // a sentence without a final period
	// Proved says that it is known to make this difference: with the part written
	// so that it means the same on both sides, these agree; or the difference itself
	// shows it. Otherwise it may be what makes it.
	Proved bool
}

// Differ finds where two sides part, which have to differ, and what is to blame.
// It may search again on both, at most for their timeout; ctx ends that early, and
// then less is known. The error says why the matches themselves could not be found
// again: an engine that found something else the second time, or was stopped.
func Differ(ctx context.Context, a, b *Report, pattern string, text *engine.Text, limits Limits) (*Difference, error) {
	_, index := Agree(a, b)
	d := &Difference{Index: index}
	var err error
	if d.A, err = a.match(ctx, index, text, limits); err != nil {
		return nil, err
	}
	if d.B, err = b.match(ctx, index, text, limits); err != nil {
		return nil, err
	}
	d.Offset = partsAt(a, b, d)
	var before Match
	if index > 0 {
		if before, err = a.match(ctx, index-1, text, limits); err != nil {
			return nil, err
		}
	}
	dispute := &dispute{
		a: newParty(a, pattern), b: newParty(b, pattern), pattern: pattern, text: text, limits: limits, difference: d, before: before,
		deadline: time.Now().Add(blameTime),
	}
	dispute.a.isFirst = true
	nameParties(dispute.a, dispute.b)
	d.Blames = blame(ctx, dispute)
	return d, nil
}

// blameTime bounds what is run to find out what is to blame for one difference:
// who reads of a difference waits for that.
const blameTime = 3 * time.Second

// match returns a match of a report, nil when there are not so many.
func (r *Report) match(ctx context.Context, index int, text *engine.Text, limits Limits) (Match, error) {
	size := 2 * len(r.Groups)
	if index >= r.Count {
		return nil, nil
	}
	if end := (index + 1) * size; end <= len(r.first) {
		return r.first[end-size : end], nil
	}
	var found Match
	count := 0
	result := r.program.Search(ctx, text, engine.Cursor{}, engine.Budget{Timeout: limits.Timeout, MaxMatches: index + 1}, func(groups []int) bool {
		if count++; count == index+1 {
			found = slices.Clone(groups)
		}
		return true
	})
	if found == nil {
		return nil, &LostError{Engine: r.Side.Engine.Info(), Index: index, Outcome: result.Outcome, Err: result.Err}
	}
	return found, nil
}

// partsAt is where two matches begin to differ.
func partsAt(a, b *Report, d *Difference) int {
	switch {
	case d.A == nil:
		return d.B[0]
	case d.B == nil || d.A[0] < d.B[0]:
		return d.A[0]
	case d.A[0] != d.B[0]:
		return d.B[0]
	case d.A[1] != d.B[1]:
		return min(d.A[1], d.B[1])
	}
	for i := range min(len(a.order), len(b.order)) {
		x, y := d.A[2*a.order[i]:], d.B[2*b.order[i]:]
		if x[0] != y[0] || x[1] != y[1] {
			if x[0] < 0 || y[0] < 0 {
				return max(x[0], y[0])
			}
			return min(x[0], y[0])
		}
	}
	return d.A[0]
}
