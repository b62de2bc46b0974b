//go:build !linux

package executor

import (
	"errors"
	"os"
	"time"
)

// Here a child is killed alone, not with what it has started; nothing limits or measures it; and it outlives us
// until it finds the end of its standard input. Limits tells.

func platformLimits(ProcessOptions) Limits { return Limits{} }

func startProcess(path string, argv []string, attr *os.ProcAttr, _ ProcessOptions) (*os.Process, error) {
	return os.StartProcess(path, argv, attr)
}

// processEnded is called once for each start that succeeded, when the child was reaped.
func processEnded() {}

// awaitExit would wait until the child has ended and not reap it; os.Process.Wait does all here.
func awaitExit(*os.Process) bool { return false }

// killProcess is never called after the child was reaped; os.Process sees to that itself.
func killProcess(p *os.Process) { _ = p.Kill() }

func memoryFile(string) (*os.File, error) {
	return nil, errors.New("a script as a file in memory needs Linux")
}

func limitCPU(int, time.Duration) {}

func processCPU(int) (time.Duration, bool) { return 0, false }

func diedOfCPULimit(*os.ProcessState) bool { return false }

func maxRSS(*os.ProcessState) int64 { return 0 }
