package executor

// ProcessStats is the state of a process pool at one moment.
type ProcessStats struct {
	Workers int // children there may be, as configured

	// Children, by what they do. Together they are at most Workers.
	Starting int // not ready: no hello yet
	Idle     int
	Busy     int
	Dying    int // killed, and the kernel has not taken them away yet

	Queued  int // requests, and jobs of Submit, that wait for a child
	Running int // those that have one

	// Totals since NewProcessPool. Submitted counts accepted ones only, and each ends in Done or in Dropped.
	Submitted uint64
	Done      uint64 // had a child
	Dropped   uint64 // never had one
	Rejected  uint64 // refused with ErrQueueFull
	Requests  uint64 // completed by a child, with a result or with an error of its own

	Starts   uint64 // of children, tried
	Failures uint64 // starts that were of no use: no process, no hello, or dead before the first request
	Kills    uint64 // children that ended because they were killed; until the kernel has taken them away, they are in Dying
	Crashes  uint64 // children that ended by themselves
}

// Stats returns the current state. It can be called from any goroutine and waits for nothing.
func (p *ProcessPool) Stats() ProcessStats {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.totals
	s.Workers = p.opts.Workers
	s.Starting = p.children[childStarting].n
	s.Idle = p.children[childIdle].n
	s.Busy = p.children[childBusy].n
	s.Dying = p.children[childDying].n
	s.Queued = p.waiting.n
	s.Running = p.running.n
	return s
}
