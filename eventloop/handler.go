package eventloop

import (
	"log/slog"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
)

// Exception describes an error that has nobody else to go to.
type Exception struct {
	Message string
	Err     error // a *PanicError with its stack when something panicked
	Handle  *Handle
	Task    *Task // the task concerned, if any
	Name    string
}

// SetExceptionHandler sets what is called, on the loop, with panics of callbacks, errors
// that nobody ever looked at, and tasks that Close had to kill. nil restores the default,
// which logs. A handler that panics is logged together with what it was given.
func (l *Loop) SetExceptionHandler(h func(*Loop, Exception)) { l.handler = h }

// CallExceptionHandler hands x to the handler. Loop's goroutine only.
func (l *Loop) CallExceptionHandler(x Exception) {
	if l.handler == nil {
		l.logException(x)
		return
	}
	defer func() {
		if v := recover(); v != nil {
			l.logException(x)
			l.logException(Exception{
				Message: "the exception handler panicked",
				Err:     &PanicError{v, debug.Stack()},
			})
		}
	}()
	l.handler(l, x)
}

func (l *Loop) log() *slog.Logger {
	if l.logger != nil {
		return l.logger
	}
	return slog.Default()
}

func (l *Loop) logException(x Exception) {
	args := []any{"err", x.Err}
	if x.Name != "" {
		args = append(args, "task", x.Name)
	}
	if p, ok := x.Err.(*PanicError); ok {
		args = append(args, "stack", string(p.Stack))
	}
	l.log().Error("eventloop: "+x.Message, args...)
}

func (l *Loop) reportPanic(e entry, v any) {
	l.CallExceptionHandler(Exception{
		Message: "a callback panicked",
		Err:     &PanicError{v, debug.Stack()},
		Handle:  e.handle,
	})
}

// lostError is the error of a future at which nobody has looked yet. It does not
// reference the future, so that the collector can tell when nobody will.
type lostError struct {
	seq       uint64
	err       error
	name      string
	collector *lostErrors
}

// lostErrors reports an unseen error as soon as its future is garbage, at the latest at Close.
// Only a future that fails unseen pays for it.
type lostErrors struct {
	seq    uint64
	unseen map[*lostError]struct{} // loop only

	// The collector's goroutine only leaves a note; the loop reads it in its next pass.
	// It does not wake the loop: a channel made in a synctest bubble must not be used from there.
	noted atomic.Int32
	mu    sync.Mutex
	notes []*lostError
}

// watch begins to track f, which has just failed.
func (s *lostErrors) watch(f *future) {
	s.seq++
	rec := &lostError{seq: s.seq, err: f.err, collector: s}
	if f.task != nil {
		rec.name = f.task.Name()
	}
	if s.unseen == nil {
		s.unseen = make(map[*lostError]struct{})
	}
	s.unseen[rec] = struct{}{}
	f.lost = rec
	runtime.AddCleanup(f, (*lostError).collected, rec)
}

func (rec *lostError) collected() {
	s := rec.collector
	s.mu.Lock()
	s.notes = append(s.notes, rec)
	s.noted.Add(1)
	s.mu.Unlock()
}

// look marks the future's error as seen.
func (f *future) look() {
	if f.lost != nil {
		delete(f.loop.lost.unseen, f.lost)
		f.lost = nil
	}
	f.looked = true
}

func (l *Loop) reportLost(rec *lostError) {
	if _, ok := l.lost.unseen[rec]; !ok {
		return // seen after all
	}
	delete(l.lost.unseen, rec)
	msg := "the error of a future was never retrieved"
	if rec.name != "" {
		msg = "the error of a task was never retrieved"
	}
	l.CallExceptionHandler(Exception{Message: msg, Err: rec.err, Name: rec.name})
}

func (l *Loop) reportCollected() {
	if l.lost.noted.Load() != 0 {
		l.reportNoted()
	}
}

func (l *Loop) reportNoted() {
	s := &l.lost
	s.mu.Lock()
	notes := s.notes
	s.notes = nil
	s.noted.Store(0)
	s.mu.Unlock()
	for _, rec := range notes {
		l.reportLost(rec)
	}
}

func (l *Loop) reportAllLost() {
	recs := make([]*lostError, 0, len(l.lost.unseen))
	for rec := range l.lost.unseen {
		recs = append(recs, rec)
	}
	slices.SortFunc(recs, func(a, b *lostError) int { return int(a.seq) - int(b.seq) })
	for _, rec := range recs {
		l.reportLost(rec)
	}
}
