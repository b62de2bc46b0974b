package trace

import "context"

// A Condition says which events are looked for: those that meet all of what is set. The zero value is every event.
type Condition struct {
	// Kinds are the kinds of events, all when there are none.
	Kinds []Kind
	// Token is a token of [Trace.Tokens], or nil for any.
	Token *int
	// Group is the number of a group that changes, or nil for any change or none.
	Group *int
	// Pos is an offset of the text that the machine is at behind the event, or nil for any.
	Pos *int
	// When is asked about the events that meet all else, nil for no question.
	When func(*Event) bool
}

func (c *Condition) holds(e *Event) bool {
	if len(c.Kinds) > 0 {
		found := false
		for _, kind := range c.Kinds {
			found = found || kind == e.Kind
		}
		if !found {
			return false
		}
	}
	return (c.Token == nil || *c.Token == e.Token) && (c.Group == nil || *c.Group == e.Group) &&
		(c.Pos == nil || *c.Pos == e.Pos) && (c.When == nil || c.When(e))
}

// Find implements [Trace].
func (r *Run) Find(ctx context.Context, step int64, backward bool, c Condition) (Event, bool, error) {
	if backward {
		return r.findBackward(ctx, step, &c)
	}
	return r.findForward(ctx, step, &c)
}

func (r *Run) findForward(ctx context.Context, step int64, c *Condition) (found Event, ok bool, err error) {
	for from := max(step+1, 0); from < r.machine.steps && !ok; {
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
	for to := min(step, r.machine.steps); to > 0 && !ok; {
		from := r.points.all[r.points.before(to-1)].state.steps
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
	err = r.Window(ctx, from, int(to-from), func(e *Event) bool {
		if c.holds(e) {
			groups := append(found.Groups[:0], e.Groups...)
			found, ok = *e, true
			found.Groups = groups
		}
		return !ok || !first
	})
	return found, ok, err
}

// intervalEnd is the first checkpoint behind a step, or the end.
func (r *Run) intervalEnd(step int64) int64 {
	if i := r.points.before(step) + 1; i < len(r.points.all) {
		return r.points.all[i].state.steps
	}
	return r.machine.steps
}

// mayHold reports whether an event between the checkpoint before a step and the next one may meet a condition, as far
// as the counters of both tell.
func (r *Run) mayHold(step int64, c *Condition) bool {
	if c.Token == nil {
		return true
	}
	i := r.points.before(step)
	before, after := r.points.all[i].counts, r.machine.counts
	if i+1 < len(r.points.all) {
		after = r.points.all[i+1].counts
	}
	for pc := range before {
		if int(r.program.insts[pc].tok) == *c.Token && before[pc] != after[pc] {
			return true
		}
	}
	return false
}
