package executor

import "runtime"

// work is the worker: the goroutine of one job. It is started when the job has a place, and ends when the job has
// returned and finished was called. One goroutine per job costs as much as waking one that waits, and neither a
// Goexit nor a job that never returns can take a worker away from the pool. Nor does a job inherit what another has
// left behind: locks of the thread, profiler labels, a big stack. (A worker that goes on with the next waiting job
// saves 0.2 µs of the 1.4 that a job costs with eight in flight, but has that job wait for finished as well.)
//
// Its thread is locked to it while the job runs. That makes the thread's CPU time the job's, and lets the priority
// of the thread be lowered without touching other goroutines.
func (j *Job) work() {
	runtime.LockOSThread()
	tid := threadID()
	if tid != j.client.pool.avoid {
		j.workOn(tid)
		return
	}
	// The main thread cannot end: were it lowered, it would stay so, and tools show its priority as that of the
	// process. While this goroutine has it locked no other can get it, so another worker takes over.
	moved := make(chan struct{})
	go func() {
		runtime.LockOSThread()
		close(moved)
		j.workOn(threadID())
	}()
	<-moved
	runtime.UnlockOSThread()
}

// workOn runs the job on the calling goroutine, which is locked to thread tid.
func (j *Job) workOn(tid int) {
	p := j.client.pool
	defer p.settle(j) // deferred, because the job may end this goroutine
	j.meter.begin(tid, p.clock)
	// Whether the job is cancelled is asked after begin: a cancellation from here on finds a thread to lower.
	j.execute()
}

// settle is the worker's end.
func (p *Pool) settle(j *Job) {
	if j.meter.end(p.clock) {
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
	j.stopWatch()
	p.mu.Lock()
	p.retire(j)
	if discarded {
		p.totals.Discarded++
	}
	p.dispatch()
	p.mu.Unlock()
	j.ctx.cancel(nil)
	p.report(j)
}
