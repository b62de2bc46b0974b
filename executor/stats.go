package executor

// Stats is the state of a pool at one moment. Workers = Idle + Running + Stuck - Abandoned.
type Stats struct {
	Workers  int // places for jobs, as configured
	MaxStuck int // how many abandoned jobs there may be, as configured

	Idle      int // places free
	Running   int // jobs that have a place and are not cancelled
	Stuck     int // jobs cancelled that have not returned
	Abandoned int // of Stuck, those whose place was given up; at most MaxStuck

	QueuedInteractive int // jobs waiting
	QueuedBackground  int

	// Totals since New. Submitted counts accepted jobs only, and each of them ends in exactly one of the four
	// totals below it.
	Submitted uint64
	Done      uint64 // run returned, cancelled meanwhile or not
	Cancelled uint64 // run never started
	Panicked  uint64
	Exited    uint64 // called runtime.Goexit

	Rejected  uint64 // Submit failed with ErrQueueFull
	Abandons  uint64 // how often a stuck job gave up its place
	Discarded uint64 // threads that ended with a job because their priority had been lowered
}

// Saturated says that a stuck job holds a place that cannot be given away, because MaxStuck is reached.
func (s Stats) Saturated() bool {
	return s.Abandoned == s.MaxStuck && s.Stuck > s.Abandoned
}

// Stats returns the current state. It can be called from any goroutine and does not wait for jobs.
func (p *Pool) Stats() Stats {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.totals
	s.Workers = p.opts.Workers
	s.MaxStuck = p.opts.MaxStuck
	s.Idle = p.opts.Workers - p.busy()
	s.Running = p.running.n
	s.Abandoned = p.abandoned
	s.Stuck = p.stuck()
	s.QueuedInteractive = p.queued[Interactive]
	s.QueuedBackground = p.queued[Background]
	return s
}
