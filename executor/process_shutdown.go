package executor

import "context"

// Shutdown makes further requests fail with ErrShutdown, treats those that are there as mode says (CancelAll kills
// their children), kills the children when they are no longer needed, and waits until every finished has returned
// and no child is left. They get no notice: a child must not have anything to lose.
//
// When ctx ends before that it returns a *ShutdownError, which wraps ctx's error and says how much is left, children
// that the kernel has not taken away yet as stuck. It goes on, and Shutdown can be called again, with a stricter mode
// or to wait longer. Calls may overlap. A job, or a finished, that calls it waits for itself.
func (p *ProcessPool) Shutdown(ctx context.Context, mode ShutdownMode) error {
	p.mu.Lock()
	p.shutdown = true
	if mode >= CancelQueued {
		for p.waiting.n > 0 {
			p.refuse(p.waiting.head.owner, ErrShutdown)
		}
	}
	var running []*lease
	if mode >= CancelAll {
		for n := p.running.head; n != nil; n = n.next {
			running = append(running, n.owner)
		}
	}
	p.dispatch()
	p.mu.Unlock()

	for _, l := range running {
		l.cancel(ErrShutdown)
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
	return &ShutdownError{
		Stuck:   p.children[childDying].n + p.children[childStarting].n,
		Running: p.running.n,
		Queued:  p.waiting.n,
		Err:     ctx.Err(),
	}
}
