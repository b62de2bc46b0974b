package eventloop

import (
	"bytes"
	"fmt"
	"runtime"
	"strconv"
	"time"
)

// goroutine returns the calling goroutine's number and whether it is locked to its thread.
// The header of a stack trace is the only place where Go tells; it costs microseconds.
func goroutine() (id uint64, locked bool) {
	var buf [128]byte
	head := buf[:runtime.Stack(buf[:], false)]
	if i := bytes.IndexByte(head, '\n'); i >= 0 {
		head = head[:i]
	}
	locked = bytes.Contains(head, []byte("locked to thread"))
	head = bytes.TrimPrefix(head, []byte("goroutine "))
	if i := bytes.IndexByte(head, ' '); i >= 0 {
		head = head[:i]
	}
	id, _ = strconv.ParseUint(string(head), 10, 64)
	return id, locked
}

// pkg is how the names of this package's functions begin in a stack.
const pkg = "github.com/regexdbg/regexdbg/eventloop."

// inLoop reports whether the caller stands on a running loop: in a callback or in a task.
// A task's body has its own stack, so the frames of both roots are looked for.
// Reading the stack needs no registry of goroutines, which would be global state.
func inLoop() bool {
	var pcs [64]uintptr
	for skip := 2; ; skip += len(pcs) {
		n := runtime.Callers(skip, pcs[:])
		if n == 0 {
			return false
		}
		frames := runtime.CallersFrames(pcs[:n])
		for {
			f, more := frames.Next()
			if f.Function == pkg+"(*Loop).pass" || f.Function == pkg+"(*coroutine).main" {
				return true
			}
			if !more {
				break
			}
		}
		if n < len(pcs) {
			return false
		}
	}
}

// checkGoroutine refuses, in debug mode, whoever is neither the loop's goroutine nor the
// running task. A loop that does not run may be prepared by anybody.
func (l *Loop) checkGoroutine() error {
	if !l.debug {
		return nil
	}
	return l.checkRunner()
}

func (l *Loop) checkRunner() error {
	runner := l.runner.Load()
	if runner == 0 {
		return nil
	}
	if id, _ := goroutine(); id != runner {
		return ErrForeignGoroutine
	}
	return nil
}

// mustBeOn panics where checkGoroutine's error has no way back to the caller.
func (l *Loop) mustBeOn(op string) {
	if err := l.checkGoroutine(); err != nil {
		panic(fmt.Errorf("eventloop: %s: %w", op, err))
	}
}

// reportSlow logs a callback or a step that took long.
func (l *Loop) reportSlow(e entry, d time.Duration) {
	if d <= l.slow {
		return
	}
	what := "callback"
	if e.task != nil {
		what = e.task.Name()
	}
	l.log().Warn("eventloop: slow callback", "what", what, "took", d)
}
