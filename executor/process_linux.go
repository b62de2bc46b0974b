package executor

import (
	"errors"
	"fmt"
	"math"
	"os"
	"runtime"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

func platformLimits(o ProcessOptions) Limits {
	return Limits{
		Memory: o.Memory, CPU: time.Duration(wholeSeconds(o.CPU)) * time.Second,
		Group: true, DieWithUs: true, CPUKnown: true,
	}
}

// wholeSeconds rounds up.
func wholeSeconds(d time.Duration) uint64 {
	return uint64((d + time.Second - 1) / time.Second)
}

// startProcess starts a child in a process group of its own, which the kernel kills when this process ends, and
// which has its limits from its first instruction on.
func startProcess(path string, argv []string, attr *os.ProcAttr, o ProcessOptions) (*os.Process, error) {
	calls := starter.enter()
	type result struct {
		proc *os.Process
		err  error
	}
	done := make(chan result)
	calls <- func() {
		proc, err := startLimited(path, argv, attr, o)
		done <- result{proc, err}
	}
	r := <-done
	if r.err != nil {
		starter.leave()
	}
	return r.proc, r.err
}

// processEnded is called once for each start that succeeded, when the child was reaped.
func processEnded() { starter.leave() }

// starter is the thread that starts all children of all pools. The kernel's "parent death signal", which lets
// children die with us, is sent when the parent THREAD ends, and the Go runtime does end threads: that of a goroutine
// which returns locked to it, as abandoned jobs of a Pool do. A child started on such a thread would be killed out
// of the blue. So the starter is a goroutine locked to its thread from the start of the first child until the last
// one was reaped. (The thread must also be one for ptrace: see startLimited.) Between those times there is none.
var starter starterThread

type starterThread struct {
	mu    sync.Mutex
	users int // children not reaped, and starts under way
	calls chan func()
}

// enter returns where to send what shall run on the thread, which exists until leave was called as often as enter.
func (s *starterThread) enter() chan<- func() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users++
	if s.users == 1 {
		s.calls = make(chan func())
		go func(calls <-chan func()) {
			runtime.LockOSThread()
			for call := range calls {
				call()
			}
			runtime.UnlockOSThread()
		}(s.calls)
	}
	return s.calls
}

func (s *starterThread) leave() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users--
	if s.users == 0 {
		close(s.calls)
	}
}

// startLimited starts a child and limits it. It runs on the starter's thread.
//
// Why ptrace: a process cannot be given limits that are not ours before it runs, and prlimit after the start is a
// race with what the program does meanwhile, such as starting another program that then has no limits. A program
// in between that limits itself and then becomes the child (a shell, or this binary once more) has to be there, and
// costs its own start. A traced child, instead, stops by itself after exec and before its first instruction; it gets
// its limits there and goes on untraced. Where tracing is forbidden (a debugger has us, a seccomp filter, Yama) the
// limits are set right after the start: a request is still never sent before, so what escapes is at most a process
// that the program starts in its first microseconds.
func startLimited(path string, argv []string, attr *os.ProcAttr, o ProcessOptions) (*os.Process, error) {
	for _, traced := range []bool{true, false} {
		attr.Sys = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL, Ptrace: traced}
		proc, err := os.StartProcess(path, argv, attr)
		if traced && errors.Is(err, unix.EPERM) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if traced && !stopped(proc.Pid) {
			// Killed by whoever forbids tracing, unless it was killed by chance: again, without.
			_, _ = proc.Wait()
			continue
		}
		err = setLimits(proc.Pid, o)
		if traced {
			err = errors.Join(err, os.NewSyscallError("ptrace", unix.PtraceDetach(proc.Pid)))
		}
		if err != nil {
			killProcess(proc)
			_, _ = proc.Wait()
			return nil, err
		}
		return proc, nil
	}
	panic("unreachable: without tracing every case returns")
}

// stopped waits until the traced child has stopped, and says false when it has ended instead. It does not reap.
func stopped(pid int) bool {
	for {
		var info unix.Siginfo
		err := unix.Waitid(unix.P_PID, pid, &info, unix.WSTOPPED|unix.WEXITED|unix.WNOWAIT, nil)
		if err != unix.EINTR {
			const trapped = 4 // CLD_TRAPPED
			return err == nil && info.Code == trapped
		}
	}
}

// setLimits limits process pid: its memory for good, its CPU time until the next call of limitCPU. It may leave no
// core on the disk.
func setLimits(pid int, o ProcessOptions) error {
	if err := lowerLimit(pid, unix.RLIMIT_CORE, 0); err != nil {
		return err
	}
	if o.Memory > 0 {
		resource := unix.RLIMIT_DATA
		if o.MemoryKind == MemoryAddressSpace {
			resource = unix.RLIMIT_AS
		}
		if err := lowerLimit(pid, resource, uint64(o.Memory)); err != nil {
			return err
		}
	}
	limitCPU(pid, o.CPU)
	return nil
}

// lowerLimit sets the soft and the hard limit, so that the child cannot raise it again. If there is a lower hard
// limit already, it stays.
func lowerLimit(pid, resource int, to uint64) error {
	var have unix.Rlimit
	if err := unix.Prlimit(pid, resource, nil, &have); err != nil {
		return fmt.Errorf("limit %d: %w", resource, os.NewSyscallError("prlimit", err))
	}
	to = min(to, have.Max)
	if err := unix.Prlimit(pid, resource, &unix.Rlimit{Cur: to, Max: to}, nil); err != nil {
		return fmt.Errorf("limit %d: %w", resource, os.NewSyscallError("prlimit", err))
	}
	return nil
}

// limitCPU lets process pid use that much CPU time more than it has used until now. Only the soft limit is set,
// because a hard one could not be raised for the next request. Errors mean that the process is ending.
func limitCPU(pid int, more time.Duration) {
	var have unix.Rlimit
	if more <= 0 || unix.Prlimit(pid, unix.RLIMIT_CPU, nil, &have) != nil {
		return
	}
	used, _ := processCPU(pid)
	if more > math.MaxInt64-used-time.Second {
		return
	}
	cur := min(wholeSeconds(used+more), have.Max)
	_ = unix.Prlimit(pid, unix.RLIMIT_CPU, &unix.Rlimit{Cur: cur, Max: have.Max}, nil)
}

// awaitExit waits until the child has ended and leaves it as a zombie, whose number, and that of whose group, cannot
// be used again yet. It says false when there is no zombie, because somebody else has reaped it.
func awaitExit(p *os.Process) bool {
	for {
		err := unix.Waitid(unix.P_PID, p.Pid, nil, unix.WEXITED|unix.WNOWAIT, nil)
		if err != unix.EINTR {
			return err == nil
		}
	}
}

// killProcess kills the process group of a child that was not reaped.
func killProcess(p *os.Process) { _ = unix.Kill(-p.Pid, unix.SIGKILL) }

// processCPU returns the CPU time, user and system, that process pid has used with all its threads.
func processCPU(pid int) (time.Duration, bool) {
	// The kernel's encoding of "process, scheduler's own count": see CPUCLOCK_SCHED.
	return cpuClock(int32(^pid<<3 | 2))
}

func diedOfCPULimit(s *os.ProcessState) bool {
	ws, ok := s.Sys().(syscall.WaitStatus)
	return ok && ws.Signaled() && ws.Signal() == unix.SIGXCPU
}

// maxRSS returns the most memory that the process had resident, in bytes.
func maxRSS(s *os.ProcessState) int64 {
	ru, ok := s.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	return int64(ru.Maxrss) << 10 // of kilobytes
}

// memoryFile returns a file with this content that is nowhere but in memory.
func memoryFile(content string) (*os.File, error) {
	fd, err := unix.MemfdCreate("script", unix.MFD_CLOEXEC)
	if err != nil {
		return nil, os.NewSyscallError("memfd_create", err)
	}
	f := os.NewFile(uintptr(fd), "script")
	if _, err := f.WriteString(content); err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}
