package ui

import (
	"log/slog"
	"runtime"
	"time"

	"github.com/regexdbg/regexdbg/executor"
	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/library"
)

// Options configure a [Server]. The zero value is usable: every field that is
// zero takes its default.
type Options struct {
	// Engines run the patterns. Default: engine.Local(), what this binary has
	// in process. Local runtimes, which are programs that this machine's user
	// has, are used only where engine.Local().With names them; they stay their
	// owner's to close, after the server.
	Engines *engine.Registry

	// Pool runs the searches. Default: NewPool(), which Close shuts down. A pool
	// that is given stays its owner's.
	//
	// Whoever owns the program should also call executor.RaiseMaxProcs: the
	// page's reaction time depends on it as soon as searches are slow.
	Pool *executor.Pool

	// File is the text that the page opens with; nil for none. Its bytes must
	// not be changed any more.
	File *File

	// Library keeps what pages save; nil for a server without a library, whose page
	// does not offer one. It stays its owner's to close, after the server.
	Library *library.Library

	// Hosts are the values of the Host header, without port, that requests may
	// have besides loopback's ("localhost", 127.0.0.0/8, "::1"). The check
	// keeps web pages from reaching the server by a name of their own that
	// resolves to this machine (DNS rebinding). "*" takes any host: for a
	// server that authenticates its users before they get here.
	Hosts []string

	// Origins are the values of the Origin header ("https://example.com") that
	// may open a websocket besides the server's own.
	Origins []string

	// Version is the program's version, for the page to show. Default: the
	// module's version from the build information.
	Version string

	// Log takes what an operator should know. Default: slog.Default().
	Log *slog.Logger

	Limits Limits
}

// NewPool returns a pool of the size that pages need.
//
// At least eight searches run at a time, also on a small machine: a page whose
// pattern is catastrophic keeps its worker for the whole budget, and threads
// share cores more fairly than queues do. With four workers, four such pages
// kept a fifth waiting for five seconds.
//
// At most eight superseded searches that cannot be interrupted run beside them,
// half the executor's default: each also lengthens the garbage collector's
// pauses, by about 2.5 ms on two cores.
func NewPool() *executor.Pool {
	return executor.New(executor.Options{
		Workers: max(8, runtime.NumCPU()), MaxStuck: 8, LongAfter: 50 * time.Millisecond,
	})
}

// File is a text with a name.
type File struct {
	Name  string
	Bytes []byte
}

// Limits bound what one page may use. A zero field takes its default.
type Limits struct {
	// TextBytes is the longest test text. Default 64 MiB: the page keeps a text
	// in UTF-16 and in its editor's tree, about six bytes for each byte.
	TextBytes int
	// PatternBytes is the longest pattern. Default 64 KiB, the largest that is
	// still of use in a text field; the engines take more from the command line.
	PatternBytes int
	// Matches is the number of matches after which a search pauses. Default one
	// million, in the page 16 MB for a pattern with one group.
	Matches int
	// Spans bounds matches times groups (the match itself counts as one), which
	// is what fills the page's memory: 16 bytes each. Default eight million.
	Spans int
	// Budget is the wall time after which a search pauses. Default 5 s. Each
	// continue has four times the budget of the leg before, up to MaxBudget.
	Budget time.Duration
	// MaxBudget is the longest that one leg may take. Default 10 minutes.
	MaxBudget time.Duration
	// DebugSteps is where a run of the step debugger stops at first. Default 10^9, some half a minute. Its user may have it
	// go on, to MaxDebugSteps at most. Default 10^12, some five hours: with more, a step would take more than two seconds to
	// be reached.
	DebugSteps, MaxDebugSteps int64
	// DebugBytes is what a run may take, half of it for the machine's stacks and a quarter for checkpoints; the rest is
	// what looking at it takes. Default 128 MiB: two and a half million open choices.
	DebugBytes int64
	// Connections is the number of open pages. Default 64: each may hold two
	// texts of the largest size.
	Connections int
}

func (o Options) withDefaults() Options {
	if o.Engines == nil {
		o.Engines = engine.Local()
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Version == "" {
		o.Version = moduleVersion()
	}
	o.Limits = o.Limits.withDefaults()
	return o
}

// DefaultLimits returns the limits of a server that is given none.
func DefaultLimits() Limits { return Limits{}.withDefaults() }

func (l Limits) withDefaults() Limits {
	setDefault(&l.TextBytes, 64<<20)
	setDefault(&l.PatternBytes, 64<<10)
	setDefault(&l.Matches, 1_000_000)
	setDefault(&l.Spans, 8_000_000)
	setDefault(&l.Budget, 5*time.Second)
	setDefault(&l.MaxBudget, 10*time.Minute)
	setDefault(&l.DebugSteps, 1_000_000_000)
	setDefault(&l.MaxDebugSteps, 1_000_000_000_000)
	l.MaxDebugSteps = max(l.MaxDebugSteps, l.DebugSteps)
	setDefault(&l.DebugBytes, 128<<20)
	setDefault(&l.Connections, 64)
	return l
}

func setDefault[T int | int64 | time.Duration](field *T, value T) {
	if *field <= 0 {
		*field = value
	}
}
