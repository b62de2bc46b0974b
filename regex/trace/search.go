package trace

import (
	"context"
	"slices"
)

// A Condition says which events are looked for: those that meet all of what is set. The zero value is every event.
type Condition struct {
	// Kinds are the kinds of events, all when there are none.
	Kinds []Kind
	// Token is a token of [Trace.Tokens], or nil for any.
	Token *int
	// Group is the number of a group that holds something else behind the event than before it, or nil: it was set, or
	// backtracking or the next attempt has taken it back. In a machine of threads, each of which has groups of its own, it is
	// one that the event sets.
	Group *int
	// Pos is an offset of the text that the machine is at behind the event, or nil for any.
	Pos *int
	// MaxDepth is the largest Event.Depth, or nil for any.
	MaxDepth *int
	// Backtrack is which backtrack of the token the event is, from 1, or 0 for any event. It needs a token.
	Backtrack int64
	// Any are conditions of which the event meets one, or nil.
	Any []Condition
	// When is asked about the events that meet all else, nil for no question.
	When func(*Event) bool
}

// A past is what a condition asks about what was before an event.
type past interface {
	// backtracks tells how many backtracks of a token there were, the event included.
	backtracks(token int) int64
	// changed reports whether the event changed what a group holds.
	changed(e *Event, group int) bool
}

// holds reports whether an event meets a condition.
func (c *Condition) holds(e *Event, p past) bool {
	if len(c.Kinds) > 0 && !slices.Contains(c.Kinds, e.Kind) {
		return false
	}
	if c.Token != nil && *c.Token != e.Token ||
		c.Pos != nil && *c.Pos != e.Pos || c.MaxDepth != nil && e.Depth > *c.MaxDepth {
		return false
	}
	if c.Backtrack > 0 && (e.Kind != KindBacktrack || c.Token == nil || p.backtracks(*c.Token) != c.Backtrack) {
		return false
	}
	if c.Group != nil && !p.changed(e, *c.Group) {
		return false
	}
	if len(c.Any) > 0 && !slices.ContainsFunc(c.Any, func(any Condition) bool { return any.holds(e, p) }) {
		return false
	}
	return c.When == nil || c.When(e)
}

// Find implements [Trace].
func (r *Run) Find(ctx context.Context, step int64, backward bool, c Condition) (Event, bool, error) {
	if backward {
		return r.findBackward(ctx, step, &c)
	}
	return r.findForward(ctx, step, &c)
}

func (r *Run) findForward(ctx context.Context, step int64, c *Condition) (found Event, ok bool, err error) {
	for from := max(step+1, 0); from < r.Steps() && !ok; {
		to := r.intervalEnd(from)
		if r.mayHold(from, c) {
			found, ok, err = r.scan(ctx, from, to, c, true)
			if err != nil {
				return Event{}, false, err
			}
		}
		from = to
	}
	return found, ok, nil
}

func (r *Run) findBackward(ctx context.Context, step int64, c *Condition) (found Event, ok bool, err error) {
	for to := min(step, r.Steps()); to > 0 && !ok; {
		from := r.points.all[r.points.before(to-1)].status().steps
		if r.mayHold(from, c) {
			found, ok, err = r.scan(ctx, from, to, c, false)
			if err != nil {
				return Event{}, false, err
			}
		}
		to = from
	}
	return found, ok, nil
}

// scan looks for the first or the last event from a step to another that meets a condition.
func (r *Run) scan(ctx context.Context, from, to int64, c *Condition, first bool) (found Event, ok bool, err error) {
	if err := r.seek(ctx, from); err != nil {
		return Event{}, false, err
	}
	p := scanned{run: r}
	if from > 0 {
		var before Event
		r.replay.describe(&before)
		p.before = before.Groups
	}
	err = r.Window(ctx, from, int(to-from), func(e *Event) bool {
		if c.holds(e, &p) {
			groups, before := append(found.Groups[:0], e.Groups...), append(found.Before[:0], p.before...)
			found, ok = *e, true
			found.Groups, found.Before = groups, before
		}
		p.before = append(p.before[:0], e.Groups...)
		return !ok || !first
	})
	return found, ok, err
}

// scanned is the past of an event among those that are looked at one after another.
type scanned struct {
	run    *Run
	before []int // the groups behind the event before, nil before the first one
}

func (s *scanned) backtracks(token int) int64 { return s.run.replay.countOf(token).Backtracks }

func (s *scanned) changed(e *Event, group int) bool {
	if _, threads := s.run.replay.(*threadMachine); threads {
		return e.Group == group
	}
	for i, g := range s.run.program.groups {
		if g.Number != group {
			continue
		}
		start, end := -1, -1
		if s.before != nil {
			start, end = s.before[2*i], s.before[2*i+1]
		}
		return e.Groups[2*i] != start || e.Groups[2*i+1] != end
	}
	return false
}

// intervalEnd is the first checkpoint behind a step, or the end.
func (r *Run) intervalEnd(step int64) int64 {
	if i := r.points.before(step) + 1; i < len(r.points.all) {
		return r.points.all[i].status().steps
	}
	return r.Steps()
}

// mayHold reports whether an event between the checkpoint before a step and the next one may meet a condition, as far
// as what both have counted tells.
func (r *Run) mayHold(step int64, c *Condition) bool {
	i := r.points.before(step)
	var after counted = r.machine
	if i+1 < len(r.points.all) {
		after = r.points.all[i+1]
	}
	return c.mayHold(r.points.all[i], after)
}

func (c *Condition) mayHold(before, after counted) bool {
	happened := func(kind Kind) bool { return before.status().tally[kind] != after.status().tally[kind] }
	if len(c.Kinds) > 0 && !slices.ContainsFunc(c.Kinds, happened) {
		return false
	}
	if c.Pos != nil && *c.Pos > int(after.status().ever) {
		return false
	}
	if c.Token != nil {
		was, is := before.countOf(*c.Token), after.countOf(*c.Token)
		if was == is || c.Backtrack > 0 && (was.Backtracks >= c.Backtrack || is.Backtracks < c.Backtrack) {
			return false
		}
	}
	return len(c.Any) == 0 || slices.ContainsFunc(c.Any, func(any Condition) bool { return any.mayHold(before, after) })
}

// countOf adds up the counts of a token's instructions.
func (p *Program) countOf(token int, counts []TokenCount) TokenCount {
	var sum TokenCount
	for pc, count := range counts {
		if int(p.insts[pc].tok) == token {
			sum.add(count)
		}
	}
	return sum
}

func (m *machine) countOf(token int) TokenCount { return m.Program.countOf(token, m.counts) }
