package eventloop

import (
	"fmt"
	"os"
	"os/signal"
)

// signalWatch is one handler with the goroutine that waits for its signal.
type signalWatch struct {
	fn      func()
	ch      chan os.Signal
	quit    chan struct{}
	done    chan struct{}
	removed bool
}

// AddSignalHandler has fn called on the loop whenever the process receives sig, in place of
// what the signal does otherwise. A second call for the same signal replaces fn. Signals
// that arrive faster than the loop turns may be merged, as the system does.
//
// It returns an error for a signal that cannot be caught, ErrClosed on a closed loop, and
// in debug mode ErrForeignGoroutine. A signal costs one goroutine while it has a handler.
func (l *Loop) AddSignalHandler(sig os.Signal, fn func()) error {
	if fn == nil {
		panic("eventloop: nil function")
	}
	if err := l.usable(); err != nil {
		return fmt.Errorf("eventloop: AddSignalHandler(%v): %w", sig, err)
	}
	if uncatchable(sig) {
		return fmt.Errorf("eventloop: AddSignalHandler(%v): the signal cannot be caught", sig)
	}
	if w := l.signals[sig]; w != nil {
		w.fn = fn
		return nil
	}
	w := &signalWatch{fn: fn, ch: make(chan os.Signal, 1), quit: make(chan struct{}), done: make(chan struct{})}
	signal.Notify(w.ch, sig)
	go w.run(l)
	if l.signals == nil {
		l.signals = make(map[os.Signal]*signalWatch)
	}
	l.signals[sig] = w
	return nil
}

func (w *signalWatch) run(l *Loop) {
	defer close(w.done)
	for {
		select {
		case <-w.ch:
			_ = l.CallSoonThreadsafe(func() { // a closed loop handles nothing
				if !w.removed {
					w.fn()
				}
			})
		case <-w.quit:
			return
		}
	}
}

// RemoveSignalHandler takes back AddSignalHandler; a call that is due is dropped. Once
// nobody in the process handles the signal, it does again what it does by default.
// It reports false when there was no handler. In debug mode it panics on a foreign goroutine.
func (l *Loop) RemoveSignalHandler(sig os.Signal) bool {
	l.mustBeOn("RemoveSignalHandler")
	w := l.signals[sig]
	if w == nil {
		return false
	}
	delete(l.signals, sig)
	w.end()
	return true
}

func (w *signalWatch) end() {
	w.removed = true
	signal.Stop(w.ch)
	close(w.quit)
	<-w.done
}

func (l *Loop) closeSignals() {
	for _, w := range l.signals {
		w.end()
	}
	l.signals = nil
}
