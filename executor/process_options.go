package executor

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// The defaults that ProcessOptions documents.
const (
	defaultProcesses    = 2
	defaultWarm         = 1
	defaultProcessQueue = 256
	defaultStartTimeout = 10 * time.Second
	defaultIdleTimeout  = time.Minute
	defaultMaxLine      = 1 << 20
	defaultMaxBody      = 64 << 20
)

// MemoryKind says what ProcessOptions.Memory counts.
type MemoryKind uint8

const (
	// MemoryData counts the private memory that a child can write to (RLIMIT_DATA): heap, stacks of threads, data.
	// It does not count address space that is only reserved, of which node and java take gigabytes.
	MemoryData MemoryKind = iota
	// MemoryAddressSpace counts all address space (RLIMIT_AS), also shared memory and mapped files. It is the
	// stricter one, for python, perl or ruby; node and java do not start with it.
	MemoryAddressSpace
)

// ProcessOptions configure a ProcessPool. Only Command is needed: a field that is zero takes its default, and a
// count or a time that is negative means none.
type ProcessOptions struct {
	// Command is the program and its arguments. The program is looked up in PATH if its name has no separator, and
	// relative to the current directory of the caller otherwise, when the pool is made. The arguments are a good
	// place for a script (python3 -c, node -e, perl -e): the pool writes nothing to the disk. Linux takes 128 KB
	// for one argument.
	//
	// It should be the program itself, not a launcher that starts another and waits: launchers cost time (a pyenv
	// shim 400 ms), and what the pool measures is the process it has started.
	Command []string

	// Script, when it is not empty, is what a child can read from its file descriptor 3: a file in memory, for
	// interpreters that want a file (/proc/self/fd/3). Linux only: elsewhere children with a script do not start.
	Script string

	// Env is the whole environment of a child, as KEY=value.
	// Default, when it is nil: PATH as it is here and LC_ALL=C.UTF-8, so that the text of a pattern means the same
	// on all machines and no secret of the server gets into a child. On Windows SYSTEMROOT too.
	Env []string

	// Dir is the working directory. Default: the root directory, because some interpreters load modules from the
	// working directory, and what lies in ours is none of their business.
	Dir string

	// Workers is how many child processes exist at most, whatever they do, those that are dying included.
	// Default, also for a negative value: 2. A warm interpreter holds 10 to 120 MB.
	Workers int

	// Warm is how many idle children the pool keeps ready, once it is in use, as far as Workers allows. While one
	// is busy, another is so started in advance: the request after a kill need not wait for a start (25 to 150 ms).
	// Default: 1.
	Warm int

	// QueueLimit is how many requests may be in the pool beyond one for each worker. Default: 256.
	QueueLimit int

	// Memory limits each process of a child, in bytes; what MemoryKind counts, set by the kernel's resource limit.
	// Beyond it allocations fail: an interpreter may answer with an error of its own or die, and the pool reports
	// what it did. 0: no limit. Linux only: see ProcessPool.Limits.
	Memory     int64
	MemoryKind MemoryKind

	// CPU limits what one request may use of CPU time, all threads of the child together, and also its start. The
	// kernel counts whole seconds: a child ends by SIGXCPU up to one second late. One that ignores this signal is
	// not stopped by it: give requests a deadline too. 0: no limit. Linux only: see ProcessPool.Limits.
	CPU time.Duration

	// StartTimeout is how long a child may take to say hello. Default, also for a negative value: 10 s.
	StartTimeout time.Duration

	// Accept, when it is not nil, is asked about each child that has said hello. One for which it returns an error has
	// not started: it is killed, and the error is that of a StartError. It is called on several goroutines at once.
	// So a program that was replaced by another version under way does not answer in the name of the first.
	Accept func(Info) error

	// IdleTimeout is how long idle children beyond Warm are kept. Default: 1 minute. Negative: not at all.
	IdleTimeout time.Duration

	// MaxLine is how many bytes a header line of a child may have, its newline included.
	// Default, also for a negative value: 1 MiB. Much data goes into the body: it needs no escaping and no parsing.
	MaxLine int

	// MaxBody is how many bytes the body of one frame of a child may have.
	// Default, also for a negative value: 64 MiB. Long results are better sent in many frames.
	MaxBody int
}

// withDefaults returns o with every field resolved.
func (o ProcessOptions) withDefaults() ProcessOptions {
	o.Command = append([]string(nil), o.Command...)
	if strings.ContainsRune(filepath.ToSlash(o.Command[0]), '/') {
		if abs, err := filepath.Abs(o.Command[0]); err == nil {
			o.Command[0] = abs
		}
	}
	if o.Env == nil {
		o.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C.UTF-8"}
		if runtime.GOOS == "windows" { // programs do not start without it
			o.Env = append(o.Env, "SYSTEMROOT="+os.Getenv("SYSTEMROOT"))
		}
	} else {
		o.Env = append([]string{}, o.Env...) // never nil, which would mean ours
	}
	if o.Dir == "" {
		o.Dir = string(filepath.Separator)
	}
	o.Workers = positive(o.Workers, defaultProcesses)
	o.Warm = limit(o.Warm, defaultWarm)
	o.QueueLimit = limit(o.QueueLimit, defaultProcessQueue)
	o.Memory = max(0, o.Memory)
	o.CPU = max(0, o.CPU)
	o.StartTimeout = positive(o.StartTimeout, defaultStartTimeout)
	if o.IdleTimeout == 0 {
		o.IdleTimeout = defaultIdleTimeout
	}
	o.MaxLine = positive(o.MaxLine, defaultMaxLine)
	o.MaxBody = positive(o.MaxBody, defaultMaxBody)
	return o
}

func positive[T int | time.Duration](value, byDefault T) T {
	if value <= 0 {
		return byDefault
	}
	return value
}

// Limits is what a pool really enforces on this system.
type Limits struct {
	Memory int64         // bytes; 0: no limit
	CPU    time.Duration // of one request, in whole seconds; 0: no limit

	// Group says that a kill ends also what a child has started, unless that has left the child's process group.
	Group bool
	// DieWithUs says that children do not outlive this process, however it ends. (What they have started may.)
	DieWithUs bool
	// CPUKnown says that the CPU time of requests is measured.
	CPUKnown bool
}

// Limits returns what the pool enforces on this system. On others than Linux neither memory nor CPU time are limited
// whatever the options say, and a kill ends the child alone: a caller that needs these must look here.
func (p *ProcessPool) Limits() Limits { return platformLimits(p.opts) }
