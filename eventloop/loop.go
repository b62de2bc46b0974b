package eventloop

import (
	"fmt"
	"log/slog"
	"os"
	"runtime"
	"sync/atomic"
	"time"
)

const (
	// slowCallback is asyncio's figure: a tenth of a second is where people notice.
	slowCallback = 100 * time.Millisecond

	// closeGrace is what Close leaves to the cleanup of cancelled tasks: longer than a
	// polite close of a socket (about 1 s), shorter than the 10 s after which service
	// managers kill a process.
	closeGrace = 5 * time.Second
)

// State of a loop. Only Close leaves stateIdle for good.
const (
	stateIdle int32 = iota
	stateRunning
	stateClosing // Close runs the loop a last time
	stateClosed
)

// Loop runs callbacks and tasks on one goroutine, the one that called its Run method.
//
// Only CallSoonThreadsafe, GoThreadsafe, Stop and Time may be called from other goroutines.
// All else belongs to the loop's goroutine (a task counts as that), or, while the loop
// does not run, to whoever prepares it.
type Loop struct {
	state    atomic.Int32
	stopping atomic.Bool
	inbox    inbox
	done     chan struct{} // closed at the end of Close
	epoch    time.Time

	ready  ring[entry]
	timers timerHeap
	passes uint64

	current   *Task // the task whose step runs
	tasks     taskList
	taskSeq   uint64
	idle      []*coroutine // ready for the next task; only during a run
	bodies    int          // coroutines that hold a task
	lockOwner uint64       // goroutine whose thread lock the bodies share, 0 for unlocked
	owned     []owned
	lost      lostErrors
	executors defaultExecutors
	fds       *fdSet                     // nil until the first descriptor
	signals   map[os.Signal]*signalWatch // nil until the first handler

	handler func(*Loop, Exception)
	logger  *slog.Logger
	grace   time.Duration
	debug   bool
	slow    time.Duration
	runner  atomic.Uint64 // in debug mode: the goroutine that may touch the loop, 0 for any

	observer func(StepEvent)
	timed    bool // debug mode, or there is an observer
}

// Option sets up a loop.
type Option func(*Loop)

// WithDebug turns on the checks that cost time: calls from foreign goroutines are refused
// (a few microseconds per call), callbacks that take longer than slow are logged
// (slow <= 0 means 100 ms), and tasks carry a pprof label "task" with their name. A foreign
// goroutine is also one that iter.Pull makes inside a task: debug mode refuses its awaits.
func WithDebug(slow time.Duration) Option {
	return func(l *Loop) {
		l.debug = true
		if slow > 0 {
			l.slow = slow
		}
	}
}

// WithExceptionHandler replaces the default handler, see [Loop.SetExceptionHandler].
func WithExceptionHandler(h func(*Loop, Exception)) Option {
	return func(l *Loop) { l.handler = h }
}

// WithLogger sets where the default exception handler and debug mode write; slog.Default() otherwise.
func WithLogger(lg *slog.Logger) Option { return func(l *Loop) { l.logger = lg } }

// WithCloseGrace sets how long Close waits for cancelled tasks before it kills them; 5 s otherwise.
func WithCloseGrace(d time.Duration) Option { return func(l *Loop) { l.grace = d } }

// New returns a loop that does not run yet. In a testing/synctest bubble, call it inside.
func New(opts ...Option) *Loop {
	l := &Loop{epoch: time.Now(), slow: slowCallback, grace: closeGrace, done: make(chan struct{})}
	l.inbox.wake = make(chan struct{}, 1)
	for _, o := range opts {
		o(l)
	}
	l.timed = l.debug || l.observer != nil
	return l
}

// Time returns the loop's clock: monotonic, 0 at New. Any goroutine may call it.
func (l *Loop) Time() time.Duration { return time.Since(l.epoch) }

// Debug reports whether debug mode is on.
func (l *Loop) Debug() bool { return l.debug }

// Running reports whether a Run method or Close is at work.
func (l *Loop) Running() bool {
	s := l.state.Load()
	return s == stateRunning || s == stateClosing
}

// Closed reports whether Close has finished.
func (l *Loop) Closed() bool { return l.state.Load() == stateClosed }

// Passes returns how often the loop has turned. An idle loop's count stands still:
// one that rises shows something that spins.
func (l *Loop) Passes() uint64 { return l.passes }

// Post queues fn for the next pass, like CallSoon without a handle: it allocates nothing.
// It panics as CallAt does.
func (l *Loop) Post(fn func()) {
	l.mustBeUsable("Post", fn == nil)
	l.drainInbox() // what came in before this call runs before it
	l.ready.push(entry{fn: fn})
}

// CallSoon queues fn for the next pass, in order of the calls. O(1), one small allocation.
// It panics as CallAt does.
func (l *Loop) CallSoon(fn func()) *Handle {
	l.mustBeUsable("CallSoon", fn == nil)
	l.drainInbox()
	h := &Handle{fn: fn}
	l.ready.push(entry{handle: h})
	return h
}

// mustBeUsable panics where an error has no way back to the caller.
func (l *Loop) mustBeUsable(op string, isNil bool) {
	if isNil {
		panic("eventloop: nil function")
	}
	if err := l.usable(); err != nil {
		panic(fmt.Errorf("eventloop: %s: %w", op, err))
	}
}

func (l *Loop) usable() error {
	if l.state.Load() == stateClosed {
		return ErrClosed
	}
	return l.checkGoroutine()
}

// Stop makes the present run return at the end of its pass. What was queued meanwhile
// stays for the next run. Before a run it makes that run do exactly one pass without
// waiting. Any goroutine may call it.
func (l *Loop) Stop() {
	l.stopping.Store(true)
	l.inbox.rouse()
}

// RunForever runs the loop on the calling goroutine until Stop. It returns nil then,
// ErrRunning, ErrClosed, or ErrLockedThread when tasks parked by an earlier run began
// under another thread lock.
func (l *Loop) RunForever() error {
	if err := l.enter(stateRunning); err != nil {
		return err
	}
	defer l.leave(stateIdle)
	l.turn()
	return nil
}

// RunUntilComplete runs the loop until f is done and returns f's result.
// When Stop comes first it returns ErrStopped; f stays pending and may be run again.
// A task whose function called runtime.Goexit (t.FailNow does) ends the caller likewise.
func RunUntilComplete[T any](l *Loop, f Awaitable[T]) (T, error) {
	var zero T
	c := f.core()
	if c.loop != l {
		return zero, ErrOtherLoop
	}
	if err := l.runUntil(c); err != nil {
		return zero, err
	}
	return f.Result()
}

func (l *Loop) runUntil(c *future) error {
	if err := l.enter(stateRunning); err != nil {
		return err
	}
	defer l.leave(stateIdle)
	// A completion in the very pass that Stop ends leaves this callback queued;
	// it must not stop a later run.
	active := true
	defer func() { active = false }()
	token := c.AddDoneCallback(func() {
		if active {
			l.Stop()
		}
	})
	defer c.RemoveDoneCallback(token)
	l.turn()
	if !c.Done() {
		return ErrStopped
	}
	if c.task != nil && c.task.goexited {
		c.look()
		runtime.Goexit()
	}
	return nil
}

// Run makes a loop, runs main as its first task, closes the loop and returns main's result:
// the whole life of a program's loop in one call. All other tasks are cancelled when main
// is done, awaited (see [Loop.Close]), and their errors go to the exception handler.
// It returns ErrRunning inside a running loop.
func Run[T any](main func(t *Task) (T, error), opts ...Option) (T, error) {
	if inLoop() {
		var zero T
		return zero, ErrRunning
	}
	l := New(opts...)
	defer l.Close()
	return RunUntilComplete(l, Go(l, main, WithName("main")))
}

// enter takes the loop for the calling goroutine.
func (l *Loop) enter(state int32) error {
	if !l.state.CompareAndSwap(stateIdle, state) {
		if l.state.Load() == stateClosed {
			return ErrClosed
		}
		return ErrRunning
	}
	if inLoop() {
		l.state.Store(stateIdle)
		return ErrRunning
	}
	id, locked := goroutine()
	var owner uint64
	if locked {
		owner = id
	}
	if l.bodies > 0 && owner != l.lockOwner {
		l.state.Store(stateIdle)
		return ErrLockedThread
	}
	l.lockOwner = owner
	if l.debug {
		l.runner.Store(id)
	}
	return nil
}

// leave is deferred, so that a Goexit or a panic in the run leaves a usable loop.
func (l *Loop) leave(state int32) {
	l.dropIdle()
	l.current = nil
	l.stopping.Store(false)
	l.runner.Store(0)
	l.state.Store(state)
}

func (l *Loop) turn() {
	for {
		l.pass(true)
		if l.stopping.Load() {
			return
		}
	}
}

// pass is the only place where callbacks run: exactly those that were ready when it began.
// What they queue waits for the next pass, so timers and other goroutines get their turn.
func (l *Loop) pass(wait bool) {
	l.passes++
	l.drainInbox()
	l.reportCollected()
	l.pollFDs()
	if wait && l.ready.len() == 0 {
		l.sleep()
		l.drainInbox()
		l.pollFDs()
	}
	l.fireTimers()
	for n := l.ready.len(); n > 0; {
		n = l.runBatch(n)
	}
}

// runBatch runs n entries, or those up to a panic, and returns how many are left.
// One deferred recover for the batch instead of one for each callback.
func (l *Loop) runBatch(n int) (left int) {
	var e entry
	defer func() {
		if v := recover(); v != nil {
			l.reportPanic(e, v)
		}
	}()
	for left = n; left > 0; {
		left--
		e = l.ready.pop()
		if l.timed {
			l.runTimed(e)
		} else {
			l.runEntry(e)
		}
	}
	return 0
}

func (l *Loop) runEntry(e entry) {
	switch {
	case e.task != nil:
		l.step(e.task)
	case e.fn != nil:
		e.fn()
	default:
		if fn := e.handle.fn; fn != nil {
			e.handle.fn = nil
			fn()
		}
	}
}
