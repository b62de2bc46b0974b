//go:build !linux

package executor

import "time"

// Threads can be neither measured nor lowered here: jobs have wall time only, abandoned ones keep their priority,
// and since no thread is ever lowered the main thread needs no protection.

func threadID() int { return 0 }

func mainThreadID() int { return -1 }

func ownCPU() (time.Duration, bool) { return 0, false }

func threadCPU(int) (time.Duration, bool) { return 0, false }

func lowerThread(tid, niceness int) bool { return false }
