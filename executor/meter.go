package executor

import (
	"sync"
	"time"
)

// Usage is what a job has cost so far, or altogether once it has ended.
type Usage struct {
	Queue time.Duration // from Submit until the job started, or was dropped
	Wall  time.Duration // from its start until it returned; 0 when it never started

	// CPU is the CPU time, user and system, of the job's thread during Wall, with a resolution of a microsecond.
	// It includes what the garbage collector made this thread do and excludes goroutines that the job started.
	CPU time.Duration
	// CPUKnown says whether CPU was measured: the job has started and this is Linux.
	CPUKnown bool
}

// meter measures one job. Its mutex also guards the meaning of tid: while running is set, that thread belongs to
// the job, so it can be measured and lowered from outside.
type meter struct {
	submitted time.Time // constant

	mu      sync.Mutex
	running bool
	ended   bool
	lowered bool // the thread has a low priority and must end with the job
	tid     int
	started time.Time
	cpu0    time.Duration // of the thread when the job started
	usage   Usage         // final once ended; before that, CPU is the highest value reported
}

// begin is called on the job's thread when the job is about to start.
func (m *meter) begin(tid int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.running = true
	m.tid = tid
	m.cpu0, m.usage.CPUKnown = ownCPU()
	m.started = time.Now()
	m.usage.Queue = m.started.Sub(m.submitted)
}

// end is called on the job's thread when the job has returned, or after skip. It says whether the thread was
// lowered; it will not be after this.
func (m *meter) end() (lowered bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.ended {
		return m.lowered
	}
	m.running, m.ended = false, true
	m.usage.Wall = time.Since(m.started)
	if m.usage.CPUKnown {
		if cpu, ok := ownCPU(); ok {
			m.usage.CPU = max(m.usage.CPU, cpu-m.cpu0)
		}
	}
	return m.lowered
}

// skip is called instead of begin, or after it, when the job will not run.
func (m *meter) skip() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.running, m.ended = false, true
	m.usage = Usage{Queue: time.Since(m.submitted)}
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
	if m.running && lowerThread(m.tid, niceness) {
		m.lowered = true
	}
}

// read returns the usage so far.
func (m *meter) read() Usage {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case m.ended:
	case m.running:
		m.usage.Wall = time.Since(m.started)
		if m.usage.CPUKnown {
			// Inside and outside are two clocks that differ in their rounding, so the value is kept from going back.
			if cpu, ok := threadCPU(m.tid); ok {
				m.usage.CPU = max(m.usage.CPU, cpu-m.cpu0)
			}
		}
	default:
		m.usage.Queue = time.Since(m.submitted)
	}
	return m.usage
}
