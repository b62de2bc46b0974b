package executor

import "context"

// ShutdownMode says what becomes of the jobs that a Shutdown finds.
type ShutdownMode uint8

const (
	// Drain lets queued and running jobs finish.
	Drain ShutdownMode = iota
	// CancelQueued drops queued jobs, which finish with ErrShutdown, and lets running ones finish.
	CancelQueued
	// CancelAll drops queued jobs and cancels the contexts of running ones, with the cause ErrShutdown.
	CancelAll
)

// Shutdown makes further calls of Submit fail with ErrShutdown, treats what is there as mode says, and waits until
// every finished has returned; then none of the pool's goroutines is left. When ctx ends before that it returns a
// *ShutdownError, which wraps ctx's error and says how many jobs are left; those go on, and Shutdown can be called
// again, with a stricter mode to speed it up or to wait longer.
//
// Calls may overlap. A job, or a finished, that calls it waits for itself.
func (p *Pool) Shutdown(ctx context.Context, mode ShutdownMode) error {
	p.mu.Lock()
	p.shutdown.Store(true)
	var queued, running []*Job
	if mode >= CancelQueued {
		for prio := range p.turns {
			for p.turns[prio].n > 0 {
				queued = append(queued, p.emptyLane(p.turns[prio].head.owner)...)
			}
		}
	}
	if mode >= CancelAll {
		for n := p.running.head; n != nil; n = n.next {
			running = append(running, n.owner)
		}
	}
	p.checkDrained()
	p.mu.Unlock()

	p.drop(queued, ErrShutdown)
	for _, j := range running {
		j.Cancel(ErrShutdown)
	}
	select {
	case <-p.drained:
		return nil
	case <-ctx.Done():
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.isDrained {
		return nil
	}
	return &ShutdownError{Stuck: p.stuck(), Running: p.running.n, Queued: p.waiting(), Err: ctx.Err()}
}
