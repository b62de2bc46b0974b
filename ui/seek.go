package ui

import (
	"context"
	"errors"
	"time"

	"github.com/regexdbg/regexdbg/eventloop"
	"github.com/regexdbg/regexdbg/executor"
	"github.com/regexdbg/regexdbg/regex/compare"
	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/ui/socket"
	"github.com/regexdbg/regexdbg/ui/wire"
)

// laneSeek is the lane of a page's connection for searches for a text.
const laneSeek = 4

// seekEvery is how often a search for a text tells how far it is.
const seekEvery = 100 * time.Millisecond

// seek begins to look for a text on which the chosen engines differ, or ends that.
func (s *session) seek(m *wire.Seek) {
	if m.Version != s.version || s.asked == nil || s.asked.Query.Pattern == "" || s.analysis == nil {
		return // for a state that the page has left by now
	}
	if m.Stop {
		if s.seeking != nil {
			s.seeking.Cancel(errByUser)
		}
		return
	}
	s.dropSeek()
	c := s.newComparison()
	s.seeking = s.background(func(t *eventloop.Task) (struct{}, error) { return struct{}{}, c.seek(t, uint64(m.Seed)) })
}

// dropSeek ends the search for a text.
func (s *session) dropSeek() {
	s.conn.Lane(laneSeek).Supersede(s.version)
	if s.seeking != nil {
		s.seeking.Cancel(errSuperseded)
		s.seeking = nil
	}
}

// seek looks for a text on which the engines differ, and tells the page.
func (c *comparison) seek(t *eventloop.Task, seed uint64) error {
	put := func(m wire.Sought) {
		m.Type, m.Version = wire.TypeSought, c.version
		c.session.conn.Lane(laneSeek).PutText(c.version, socket.Marshal(m))
	}
	put(wire.Sought{Of: compare.DefaultCandidates})
	loop := c.session.server.loop
	last := wire.Sought{Of: compare.DefaultCandidates} // the loop's
	told := time.Now()
	job := eventloop.RunInExecutor(loop, c.session.client.At(executor.Background), func(ctx context.Context) (wire.Sought, error) {
		if err := c.prepare(); err != nil {
			return wire.Sought{}, err
		}
		s := compare.Search{Sides: c.sides, Pattern: c.query.Pattern, Text: textOf(c.pattern.Text), Seed: seed}
		s.Progress = func(tried, of int) {
			if time.Since(told) < seekEvery {
				return
			}
			told = time.Now()
			c.session.server.threadsafe(func() {
				if t.Cancelling() == 0 && !t.Done() {
					last = wire.Sought{Tried: tried, Of: of}
					put(last)
				}
			})
		}
		found, tried, err := s.Run(ctx)
		if err != nil || found == nil {
			return wire.Sought{Tried: tried, Of: compare.DefaultCandidates}, err
		}
		return wire.Sought{Tried: tried, Of: compare.DefaultCandidates, Found: c.found(found)}, nil
	})
	sought, err := job.Await(t)
	switch {
	case errors.Is(err, errByUser):
		sought = last
		sought.Message = "The search was stopped."
	case t.Cancelling() > 0:
		return err // superseded
	case errors.Is(err, compare.ErrTooFew):
		sought.Of, sought.Message = compare.DefaultCandidates, "Fewer than two of the engines take the pattern."
	case err != nil:
		sought.Of, sought.Message = compare.DefaultCandidates, c.failure(err)
	}
	sought.Done = true
	put(sought)
	return nil
}

// found is what engines find in a text on which some differ. It runs on a worker.
func (c *comparison) found(d *compare.Disagreement) *wire.FoundText {
	pattern := wire.ComparedPattern{Positions: c.pattern.Positions, Text: engine.NewText(d.Text)}
	m := &wire.FoundText{Text: string(d.Text), Smallest: d.Smallest, Engines: []wire.ComparedEngine{}, Differences: []wire.EngineDifference{}}
	for _, r := range d.Reports {
		m.Engines = append(m.Engines, pattern.Engine(r.Side, r))
	}
	m.Classes = wire.NewClasses(compare.Classes(d.Reports), d.A)
	if d.Difference != nil {
		m.Differences = append(m.Differences, pattern.Difference(d.A, d.B, d.Reports[d.A], d.Reports[d.B], d.Difference))
	}
	return m
}
