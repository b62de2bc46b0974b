package executor

import (
	"runtime"
	"time"
)

// The defaults that Options documents.
const (
	defaultMaxStuck         = 16
	defaultQueueLimit       = 4096
	defaultClientQueueLimit = 256
	defaultGrace            = 50 * time.Millisecond
)

// Options configure a Pool. The zero value is usable: a field that is zero takes its default, and a limit that is
// negative means none at all (nothing stuck is replaced, nothing may wait).
type Options struct {
	// Workers is how many jobs run at the same time, stuck ones not counted.
	// Default, also for a negative value: the cores this process may use, and at least 2, because one place is kept
	// for interactive work (see MaxBackground).
	Workers int

	// MaxStuck is how many abandoned jobs may exist: jobs that were cancelled, did not return, and gave up their
	// place to another job. When it is reached, a job that ignores its cancellation keeps its place until it
	// returns, and new jobs wait in the queue.
	// Default: 16. An abandoned thread runs at niceness 19, which Linux weighs 15 against the 1024 of a normal one.
	// Sixteen of them together weigh 240, less than a quarter of one ordinary thread. Each also lengthens
	// stop-the-world pauses (see the package comment), needs a slot of GOMAXPROCS (see RaiseMaxProcs), and keeps
	// alive the memory that its job holds.
	MaxStuck int

	// MaxBackground is how many background jobs run at the same time.
	// Default, also for a negative or too large value: Workers-1, and at least 1. A running job cannot be
	// interrupted, so without this limit a few long background jobs would hold every place when a person begins to
	// wait.
	MaxBackground int

	// QueueLimit is how many jobs of all clients together may wait.
	// Default: 4096, a few megabytes of bookkeeping; what the jobs' closures hold comes on top.
	QueueLimit int

	// ClientQueueLimit is how many jobs of one client may wait, both priorities together.
	// Default: 256, so that sixteen runaway clients are needed to fill the whole queue.
	ClientQueueLimit int

	// Grace is how long a cancelled job may take to return before its thread's priority is lowered although
	// nothing waits for its place; when something waits there is no grace. Negative: none in either case.
	// Default: 50 ms. A job that polls its context returns within about a millisecond, and its thread can be used
	// again; a thread whose priority was lowered must end, and a new one costs some 50 microseconds.
	Grace time.Duration

	// LongAfter is how long a job may run before its thread gets the niceness 10, a tenth of the weight of what a
	// person is waiting for on the same machine. Default: never, also for a negative value; it costs a timer a
	// job, and a thread for each job that is long.
	LongAfter time.Duration
}

// withDefaults returns o with every field resolved.
func (o Options) withDefaults() Options {
	if o.Workers <= 0 {
		// GOMAXPROCS follows a container's CPU limit, NumCPU does not; a raised GOMAXPROCS exceeds NumCPU.
		o.Workers = max(2, min(runtime.GOMAXPROCS(0), runtime.NumCPU()))
	}
	if o.MaxBackground <= 0 || o.MaxBackground > o.Workers {
		o.MaxBackground = max(1, o.Workers-1)
	}
	o.MaxStuck = limit(o.MaxStuck, defaultMaxStuck)
	o.QueueLimit = limit(o.QueueLimit, defaultQueueLimit)
	o.ClientQueueLimit = limit(o.ClientQueueLimit, defaultClientQueueLimit)
	if o.Grace == 0 {
		o.Grace = defaultGrace
	}
	return o
}

func limit(value, byDefault int) int {
	if value == 0 {
		return byDefault
	}
	return max(0, value)
}
