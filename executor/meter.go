package executor

import (
	"sync"
	"time"
)

// Usage is what a job has cost so far, or altogether once it has ended.
type Usage struct {
	Queue time.Duration // from Submit until the job started, or was dropped
	Wall  time.Duration // from its start until it returned; 0 when it never started

	// CPU is the CPU time, user and system, of the job's thread during Wall, as its scheduler counts it, in nanoseconds.
	// It includes what the garbage collector made this thread do and excludes goroutines that the job started. Of a
	// job that took less than a microsecond it is Wall.
	CPU time.Duration
	// CPUKnown says whether CPU was measured: the job has started and this is Linux.
	CPUKnown bool
}

// stopwatch counts the time of a pool from its making: half the price of time.Now, and a third of the size.
type stopwatch struct{ epoch time.Time }

func (c stopwatch) now() time.Duration { return time.Since(c.epoch) }

// cpuResolution is what asking the kernel twice for the CPU time costs. A job that took less has used no more than its
// wall time, which is as near, so the kernel is not asked again.
const cpuResolution = time.Microsecond

// meter measures one job. Its mutex also guards the meaning of tid: while running is set, that thread belongs to
// the job, so it can be measured and lowered from outside. Times are those of the pool's clock.
type meter struct {
	submitted time.Duration // constant

	mu      sync.Mutex
	running bool
	ended   bool
	lowered bool          // the thread has a low priority and must end with the job
	known   bool          // the CPU time is measured
	tid     int32         // as wide as the kernel's
	started time.Duration // or dropped
	cpu0    time.Duration // of the thread when the job started
	wall    time.Duration // final once ended
	cpu     time.Duration // likewise; before that, the highest value reported
}

// begin is called on the job's thread when the job is about to start.
func (m *meter) begin(tid int, c stopwatch) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.running = true
	m.tid = int32(tid)
	m.cpu0, m.known = ownCPU()
	m.started = c.now()
}

// end is called on the job's thread when the job has returned, or after skip. It says whether the thread was
// lowered; it will not be after this.
func (m *meter) end(c stopwatch) (lowered bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.ended {
		return m.lowered
	}
	m.running, m.ended = false, true
	m.wall = c.now() - m.started
	switch {
	case !m.known:
	case m.wall < cpuResolution:
		m.cpu = max(m.cpu, m.wall)
	default:
		if cpu, ok := ownCPU(); ok {
			m.cpu = max(m.cpu, cpu-m.cpu0)
		}
	}
	return m.lowered
}

// skip is called instead of begin, or after it, when the job will not run.
func (m *meter) skip(c stopwatch) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.running, m.ended, m.known = false, true, false
	m.wall, m.cpu = 0, 0
	m.started = c.now()
}

// Nicenesses of threads. Linux weighs a thread of niceness 0 with 1024.
const (
	longNiceness      = 10 // weight 110
	abandonedNiceness = 19 // weight 15, the lowest priority there is
)

// lower gives the job's thread a niceness, if the job is running.
func (m *meter) lower(niceness int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.running && lowerThread(int(m.tid), niceness) {
		m.lowered = true
	}
}

// read returns the usage so far.
func (m *meter) read(c stopwatch) Usage {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case m.ended:
	case m.running:
		m.wall = c.now() - m.started
		if m.known {
			if cpu, ok := threadCPU(int(m.tid)); ok {
				m.cpu = max(m.cpu, cpu-m.cpu0)
			}
		}
	default:
		return Usage{Queue: c.now() - m.submitted}
	}
	return Usage{Queue: m.started - m.submitted, Wall: m.wall, CPU: m.cpu, CPUKnown: m.known}
}
