package eventloop

import (
	"fmt"
	"time"
)

const (
	// pollEvery and pollAfter bound how long a busy loop goes without looking at its fds
	// of itself. Normally the parker's notice makes it look earlier; that notice is late
	// when all processors of the Go runtime are busy.
	pollEvery = 64
	pollAfter = 50 * time.Microsecond

	// pollBatch is how many fds one look takes. What is left comes with the next pass.
	pollBatch = 128
)

// direction is one of the two halves of a descriptor.
type direction uint8

const (
	reading direction = iota
	writing
)

func (d direction) String() string { return [...]string{"read", "write"}[d] }

// readiness is a set of directions, and whether the descriptor has hung up or failed as a
// whole, or its peer will send no more.
type readiness uint8

const (
	readable = readiness(1) << reading
	writable = readiness(1) << writing
	hungUp   = readiness(1) << 2
	readEnd  = readiness(1) << 3 // nothing more comes to be read
)

// fdEvent is one descriptor that is ready. gen tells registrations of one number apart.
type fdEvent struct {
	fd   int
	gen  uint32
	what readiness
}

// fdCallback is one registration of AddReader or AddWriter.
type fdCallback struct {
	fn      func()
	run     func() // the method value, made once
	removed bool
}

// edgeWatcher is told of every change to ready, once. It must act until it would block.
type edgeWatcher interface {
	fdReady(what readiness)
	loopClosed()
}

// watch is what a descriptor is registered for: callbacks, or an edgeWatcher.
type watch struct {
	gen   uint32
	calls [2]*fdCallback
	edge  edgeWatcher
}

func (w *watch) interest() (r readiness) {
	for d, c := range w.calls {
		if c != nil {
			r |= 1 << d
		}
	}
	return r
}

// parker notices that the poller has something while the loop sleeps on its channel.
type parker interface {
	arm()   // the loop is about to sleep and has found the poller empty
	close() // returns when the parker's goroutine has ended
}

// fdSet is the I/O half of a loop. It is made for the first descriptor; a loop without
// descriptors pays a nil check per pass.
type fdSet struct {
	loop    *Loop
	park    func(fd int, ready func()) (parker, error)
	poller  *poller
	parker  parker
	watches []*watch // by descriptor
	n       int
	gen     uint32
	events  [pollBatch]fdEvent
	again   bool // the last look has found something that may be ready still
	skipped int
	looked  time.Duration
}

func newFDSet(l *Loop, park func(fd int, ready func()) (parker, error)) (*fdSet, error) {
	s := &fdSet{loop: l, park: park}
	if err := s.start(); err != nil {
		return nil, err
	}
	return s, nil
}

func (s *fdSet) start() error {
	p, err := newPoller()
	if err != nil {
		return err
	}
	pk, err := s.park(p.fd, s.loop.inbox.notice)
	if err != nil {
		p.close()
		return err
	}
	s.poller, s.parker = p, pk
	return nil
}

// renew moves everything to a new poller. The old one goes on reporting a file that was
// closed without being removed while a duplicate keeps it alive: epoll has no way to name it.
func (s *fdSet) renew() {
	poller, parker := s.poller, s.parker
	if err := s.start(); err != nil {
		s.loop.CallExceptionHandler(Exception{Message: "a stale file descriptor stays in the poller", Err: err})
		return
	}
	parker.close()
	poller.close()
	for fd, w := range s.watches {
		if w == nil {
			continue
		}
		var err error
		if w.edge != nil {
			err = s.poller.addEdge(fd, w.gen)
		}
		known := readiness(0)
		for d, c := range w.calls {
			if c != nil && err == nil {
				_, err = s.poller.add(fd, w.gen, known, direction(d))
				known |= 1 << d
			}
		}
		if err != nil {
			s.forget(fd) // closed, too
		}
	}
	s.again = true
}

func (l *Loop) openFDs() (s *fdSet, err error) {
	if l.fds == nil {
		l.fds, err = newFDSet(l, newParker)
	}
	return l.fds, err
}

// AddReader has fn called on the loop whenever fd has something to read, is at its end, or
// has failed: once in every pass in which that is so (level-triggered), until RemoveReader.
// A second call for the same fd replaces the callback. Readers and writers are independent;
// a hang-up or an error of fd calls both.
//
// fd must be pollable: a pipe, socket, terminal, or the like; for a regular file or a
// directory the error is EPERM, for a bad number EBADF, on a closed loop ErrClosed, in debug
// mode on a foreign goroutine ErrForeignGoroutine, and on systems without epoll or kqueue
// errors.ErrUnsupported. fd should be non-blocking. It stays the caller's: remove it before
// closing it. A descriptor closed without that is forgotten when its number is registered
// anew; its old callbacks do not fire for the new one.
func (l *Loop) AddReader(fd int, fn func()) error { return l.addFD("AddReader", fd, reading, fn) }

// AddWriter is AddReader for the moments at which fd takes data.
func (l *Loop) AddWriter(fd int, fn func()) error { return l.addFD("AddWriter", fd, writing, fn) }

// RemoveReader takes back AddReader; the callback does not run any more, even if fd was
// found ready already. It reports false when there was none. In debug mode it panics on a
// foreign goroutine.
func (l *Loop) RemoveReader(fd int) bool { return l.removeFD("RemoveReader", fd, reading) }

// RemoveWriter takes back AddWriter, see [Loop.RemoveReader].
func (l *Loop) RemoveWriter(fd int) bool { return l.removeFD("RemoveWriter", fd, writing) }

func (l *Loop) addFD(op string, fd int, d direction, fn func()) (err error) {
	if fn == nil {
		panic("eventloop: nil function")
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("eventloop: %s(%d): %w", op, fd, err)
		}
	}()
	if err := l.usable(); err != nil {
		return err
	}
	s, err := l.openFDs()
	if err != nil {
		return err
	}
	w := s.at(fd)
	if w == nil {
		w = &watch{}
	} else if w.edge != nil {
		return fmt.Errorf("%w: it belongs to a connection", ErrBusy)
	}
	// Also when the callback is only replaced: the number may belong to another file by now.
	gen := s.nextGen()
	fresh, err := s.poller.add(fd, gen, w.interest(), d)
	if err != nil {
		return err
	}
	if fresh {
		s.forget(fd)
		w = &watch{}
	}
	w.gen = gen
	if old := w.calls[d]; old != nil {
		old.removed = true
	}
	c := &fdCallback{fn: fn}
	c.run = func() {
		if !c.removed {
			c.fn()
		}
	}
	w.calls[d] = c
	s.put(fd, w)
	return nil
}

func (l *Loop) removeFD(op string, fd int, d direction) bool {
	l.mustBeOn(op)
	s := l.fds
	if s == nil {
		return false
	}
	w := s.at(fd)
	if w == nil || w.calls[d] == nil {
		return false
	}
	s.poller.remove(fd, w.gen, w.interest(), d)
	w.calls[d].removed = true
	w.calls[d] = nil
	if w.interest() == 0 {
		s.forget(fd)
	}
	return true
}

// addEdge registers fd for every change in both directions.
func (s *fdSet) addEdge(fd int, e edgeWatcher) error {
	w := &watch{gen: s.nextGen(), edge: e}
	if err := s.poller.addEdge(fd, w.gen); err != nil {
		return err
	}
	s.forget(fd) // of a file that was closed without being removed
	s.put(fd, w)
	return nil
}

// nextGen counts registrations. It wraps after four billion; only events of a file that
// outlived its number could then be taken for another's.
func (s *fdSet) nextGen() uint32 {
	s.gen++
	return s.gen
}

func (s *fdSet) at(fd int) *watch {
	if fd < 0 || fd >= len(s.watches) {
		return nil
	}
	return s.watches[fd]
}

func (s *fdSet) put(fd int, w *watch) {
	for fd >= len(s.watches) {
		s.watches = append(s.watches, nil)
	}
	if s.watches[fd] == nil {
		s.n++
	}
	s.watches[fd] = w
}

// forget drops what is registered for a number, without asking the kernel.
func (s *fdSet) forget(fd int) {
	w := s.at(fd)
	if w == nil {
		return
	}
	for _, c := range w.calls {
		if c != nil {
			c.removed = true
		}
	}
	s.watches[fd] = nil
	s.n--
}

// due reports whether a busy loop should look.
func (s *fdSet) due() bool {
	if s.again || s.loop.inbox.ready.Load() {
		return true
	}
	s.skipped++
	return s.skipped >= pollEvery || s.loop.Time()-s.looked >= pollAfter
}

// look asks the poller, without waiting, and queues what is ready.
func (s *fdSet) look() {
	if s.n == 0 {
		return
	}
	s.skipped = 0
	s.looked = s.loop.Time()
	s.loop.inbox.ready.Store(false) // before asking: what comes later raises it again
	n, err := s.poller.wait(s.events[:])
	if err != nil {
		s.loop.CallExceptionHandler(Exception{Message: "the poller of file descriptors failed", Err: err})
	}
	s.again = n == len(s.events)
	stale := false
	for _, e := range s.events[:n] {
		w := s.at(e.fd)
		if w == nil || w.gen != e.gen {
			stale = true
			continue
		}
		if w.edge != nil {
			w.edge.fdReady(e.what)
			continue
		}
		s.again = true
		for d, c := range w.calls {
			if c != nil && e.what&(1<<d|hungUp) != 0 {
				s.loop.ready.push(entry{fn: c.run})
			}
		}
	}
	if stale {
		s.renew()
	}
}

// pollFDs is the part of a pass that looks at descriptors. With nothing else to do the
// loop sleeps next: so it arms the parker then.
func (l *Loop) pollFDs() {
	if s := l.fds; s != nil && s.n > 0 {
		s.poll()
	}
}

func (s *fdSet) poll() {
	l := s.loop
	idle := l.ready.len() == 0
	if idle || s.due() {
		s.look()
	}
	if idle && l.ready.len() == 0 {
		s.parker.arm()
	}
}

// closeFDs is the end of all descriptors of connections, and of the poller.
func (l *Loop) closeFDs() {
	s := l.fds
	if s == nil {
		return
	}
	for fd, w := range s.watches {
		if w != nil && w.edge != nil {
			w.edge.loopClosed()
		}
		s.forget(fd)
	}
	s.parker.close()
	s.poller.close()
	l.fds = nil
}
