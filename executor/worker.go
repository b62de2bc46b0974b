package executor

import "runtime"

// work is the worker: the goroutine of one job. It is started when the job has a place, and ends when the job has
// returned and finished was called. One goroutine per job costs as much as waking one that waits, and neither a
// Goexit nor a job that never returns can take a worker away from the pool.
//
// Its thread is locked to it while the job runs. That makes the thread's CPU time the job's, and lets the priority
// of the thread be lowered without touching other goroutines.
//
// taken is nil, or to be closed when the thread is locked.
func (p *Pool) work(j *Job, taken chan<- struct{}) {
	runtime.LockOSThread()
	tid := threadID()
	switch {
	case taken != nil:
		close(taken)
	case tid == p.avoid:
		// The main thread cannot end: were it lowered, it would stay so, and tools show its priority as that of
		// the process. While this goroutine has it locked no other can get it, so another worker takes over.
		moved := make(chan struct{})
		go p.work(j, moved)
		<-moved
		runtime.UnlockOSThread()
		return
	}
	defer p.settle(j) // deferred, because the job may end this goroutine
	j.meter.begin(tid)
	// Whether the job is cancelled is asked after begin: a cancellation from here on finds a thread to lower.
	j.execute()
}

// settle is the worker's end.
func (p *Pool) settle(j *Job) {
	if j.meter.end() {
		// A lowered thread must not get into other hands: it ends with this goroutine, which stays locked. What is
		// left to do is not to be done at its priority, for finished may take locks that others wait for.
		go p.complete(j, true)
		return
	}
	runtime.UnlockOSThread()
	p.complete(j, false)
}

// complete frees the place, starts who waited for it, and calls finished.
func (p *Pool) complete(j *Job, discarded bool) {
	j.unwatch()
	p.mu.Lock()
	p.retire(j)
	if discarded {
		p.totals.Discarded++
	}
	p.dispatch()
	p.mu.Unlock()
	j.cancel(nil)
	p.report(j)
}
