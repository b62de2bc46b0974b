package executor

import (
	"runtime"
	"sync"
)

// baseProcs is GOMAXPROCS as the process started with it, or set it before the first call of RaiseMaxProcs.
var baseProcs = sync.OnceValue(func() int { return runtime.GOMAXPROCS(0) })

// RaiseMaxProcs sets GOMAXPROCS to its original value plus, for every pool, Workers and MaxStuck, and returns the new
// setting. It never lowers it. Call it once at the start of a program, with all its pools, before there is load (it
// stops the world for a moment).
//
// Why: GOMAXPROCS is how many goroutines execute at the same time, and a regex that runs for seconds counts. As many
// such jobs as cores leave nothing for the rest of the program but what the Go scheduler takes back every 10 ms:
// with 4 of them on 2 cores a timer was 37 ms late at the median, and 0.4 ms with GOMAXPROCS raised, because then the
// kernel shares the cores, and prefers who has slept. Thread priorities too have an effect only then.
//
// It is not done by New because the setting belongs to the program, not to a library: raising it also lets the
// garbage collector use more threads, and ends the runtime's automatic adjustment to a container's CPU limit
// (runtime.SetDefaultGOMAXPROCS brings that back).
func RaiseMaxProcs(pools ...*Pool) int {
	procs := baseProcs()
	for _, p := range pools {
		procs += p.opts.Workers + p.opts.MaxStuck
	}
	if current := runtime.GOMAXPROCS(0); current >= procs {
		return current
	}
	runtime.GOMAXPROCS(procs)
	return procs
}
