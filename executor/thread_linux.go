package executor

import (
	"time"

	"golang.org/x/sys/unix"
)

// threadID returns the kernel's number of the calling thread.
func threadID() int { return unix.Gettid() }

// mainThreadID returns the number of the process's first thread.
func mainThreadID() int { return unix.Getpid() }

// ownCPU returns the CPU time, user and system, that the calling thread has used.
func ownCPU() (time.Duration, bool) {
	var ru unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_THREAD, &ru); err != nil {
		return 0, false
	}
	return time.Duration(ru.Utime.Nano() + ru.Stime.Nano()), true
}

// threadCPU returns the CPU time of thread tid of this process. It can be called on any thread.
func threadCPU(tid int) (time.Duration, bool) {
	// The kernel's encoding of "thread, scheduler's own count": see CPUCLOCK_PERTHREAD_MASK and CPUCLOCK_SCHED.
	clock := int32(^tid<<3 | 6)
	var ts unix.Timespec
	if err := unix.ClockGettime(clock, &ts); err != nil {
		return 0, false
	}
	return time.Duration(ts.Nano()), true
}

// lowerThread gives thread tid a niceness and says whether that worked. There is no way back without CAP_SYS_NICE. It
// can be called on any thread.
func lowerThread(tid, niceness int) bool {
	return unix.Setpriority(unix.PRIO_PROCESS, tid, niceness) == nil
}
