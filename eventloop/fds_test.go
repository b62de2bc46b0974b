//go:build linux || darwin || dragonfly || freebsd || netbsd || openbsd

package eventloop

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// real is env on real time, with descriptors. It fails on unexpected reports, and when
// goroutines or descriptors are left in the end.
func real(t *testing.T, name string, body func(e *env), opts ...Option) {
	t.Helper()
	t.Run(name, func(t *testing.T) {
		t.Helper()
		before := openFDs(t)
		goroutines, _ := ours()
		e := &env{T: t, journal: &journal{}}
		opts := append([]Option{
			WithExceptionHandler(func(_ *Loop, x Exception) { e.exceptions = append(e.exceptions, x) }),
		}, opts...)
		e.l = New(opts...)
		body(e)
		e.ok(e.l.Close())
		for _, x := range e.exceptions {
			t.Errorf("unexpected report: %s: %v", x.Message, x.Err)
		}
		if after := openFDs(t); after > before {
			t.Errorf("%d descriptors before, %d after", before, after)
		}
		noMoreThan(t, goroutines)
	})
}

// openFDs counts descriptors that are not the runtime's own.
func openFDs(t *testing.T) (n int) {
	t.Helper()
	if runtime.GOOS != "linux" {
		return 0
	}
	dir, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range dir {
		if to, err := os.Readlink("/proc/self/fd/" + d.Name()); err == nil && !strings.HasSuffix(to, "/fd") {
			n++
		}
	}
	return n
}

// ours counts the goroutines that have something of this package under way.
func ours() (n int, stacks string) {
	buf := make([]byte, 1<<20)
	stacks = string(buf[:runtime.Stack(buf, true)])
	for g := range strings.SplitSeq(stacks, "\n\n") {
		for _, what := range []string{"(*netpollParker)", "newNetpollParker", "(*threadParker)", "offload", "signalWatch", "(*coroutine)"} {
			if strings.Contains(g, what) {
				n++
				break
			}
		}
	}
	return n, stacks
}

// noMoreThan waits for goroutines that Close has told to end: they may take a moment.
func noMoreThan(t *testing.T, before int) {
	t.Helper()
	var n int
	var stacks string
	for range 2000 {
		if n, stacks = ours(); n <= before {
			return
		}
		runtime.Gosched()
	}
	t.Errorf("%d goroutines before, %d after:\n%s", before, n, stacks)
}

// pipe is closed with the test's loop, not before: t.Cleanup would be after the count.
func (e *env) pipe() (r, w int) {
	e.Helper()
	var p [2]int
	if err := unix.Pipe(p[:]); err != nil {
		e.Fatal(err)
	}
	for _, fd := range p {
		unix.CloseOnExec(fd)
		if err := unix.SetNonblock(fd, true); err != nil {
			e.Fatal(err)
		}
	}
	return p[0], p[1]
}

func (e *env) socketpair() (a, b int) {
	e.Helper()
	p, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM, 0)
	if err != nil {
		e.Fatal(err)
	}
	for _, fd := range p {
		unix.CloseOnExec(fd)
		if err := unix.SetNonblock(fd, true); err != nil {
			e.Fatal(err)
		}
	}
	return p[0], p[1]
}

func (e *env) close(fds ...int) {
	e.Helper()
	for _, fd := range fds {
		e.ok(unix.Close(fd))
	}
}

func (e *env) write(fd int, s string) {
	e.Helper()
	_, err := unix.Write(fd, []byte(s))
	e.ok(err)
}

func (e *env) read(fd, n int) string {
	e.Helper()
	b := make([]byte, n)
	n, err := unix.Read(fd, b)
	e.ok(err)
	return string(b[:max(n, 0)])
}

// bothParkers runs a test on the platform's parker and on the one that blocks a thread.
func bothParkers(t *testing.T, name string, body func(e *env), opts ...Option) {
	real(t, name, body, opts...)
	real(t, name+", thread parker", func(e *env) {
		s, err := newFDSet(e.l, func(fd int, ready func()) (parker, error) { return newThreadParker(fd, ready) })
		if err != nil {
			e.Fatal(err)
		}
		e.l.fds = s
		body(e)
	}, opts...)
}

func TestReadersAndWriters(t *testing.T) {
	bothParkers(t, "125 a second AddReader replaces the callback", func(e *env) {
		r, w := e.pipe()
		defer e.close(r, w)
		e.ok(e.l.AddReader(r, e.fn("old")))
		e.ok(e.l.AddReader(r, func() { e.add("new %s", e.read(r, 10)) }))
		e.write(w, "x")
		e.passes(2)
		e.want(e.T, "new x")
		e.true(e.l.RemoveReader(r), "removed")
		e.true(!e.l.RemoveReader(r), "not twice")
		e.true(!e.l.RemoveWriter(r), "never was one")
		e.true(!e.l.RemoveReader(1<<30) && !e.l.RemoveReader(-1), "unknown numbers")
	})
	bothParkers(t, "125 reader and writer are independent", func(e *env) {
		a, b := e.socketpair()
		defer e.close(a, b)
		e.ok(e.l.AddReader(a, func() { e.add("read %s", e.read(a, 10)) }))
		e.ok(e.l.AddWriter(a, func() {
			e.add("write")
			e.true(e.l.RemoveWriter(a), "a callback removes itself")
		}))
		e.passes(2)
		e.want(e.T, "write")
		e.write(b, "x")
		e.passes(2)
		e.want(e.T, "write", "read x")
		e.ok(e.l.AddWriter(a, e.fn("again")))
		e.true(e.l.RemoveReader(a), "the reader goes")
		e.write(b, "y")
		e.passes(1)
		e.want(e.T, "write", "read x", "again")
	})
	bothParkers(t, "126 a reader removed before its turn does not run", func(e *env) {
		a, b := e.socketpair()
		c, d := e.socketpair()
		defer e.close(a, b, c, d)
		both := func(me, other int) func() {
			return func() { e.add("one"); e.true(e.l.RemoveReader(other), "removed"); e.l.RemoveReader(me) }
		}
		e.ok(e.l.AddReader(a, both(a, c)))
		e.ok(e.l.AddReader(c, both(c, a)))
		e.write(b, "x")
		e.write(d, "x")
		e.passes(3)
		e.want(e.T, "one")
		// the same for one that is replaced
		e.ok(e.l.AddReader(a, func() { e.add("a"); e.ok(e.l.AddReader(c, e.fn("new c"))); e.l.RemoveReader(a) }))
		e.ok(e.l.AddReader(c, func() { e.add("c"); e.l.RemoveReader(a); e.l.RemoveReader(c) }))
		e.passes(1)
		e.true(len(e.lines) == 2, "one of them ran, and neither the old c after it")
	})
	bothParkers(t, "126 what is left unread comes again in the next pass", func(e *env) {
		r, w := e.pipe()
		defer e.close(r, w)
		e.ok(e.l.AddReader(r, func() { e.add("%s", e.read(r, 1)) }))
		e.write(w, "abc")
		e.passes(1)
		e.want(e.T, "a")
		e.passes(1)
		e.want(e.T, "a", "b")
		e.passes(5)
		e.want(e.T, "a", "b", "c")
	})
	bothParkers(t, "126 a hang-up wakes readers and writers", func(e *env) {
		a, b := e.socketpair()
		defer e.close(a)
		e.ok(e.l.AddReader(a, func() { e.add("reader%s", e.read(a, 1)); e.l.RemoveReader(a) }))
		e.ok(e.l.AddWriter(a, func() { e.add("writer"); e.l.RemoveWriter(a) }))
		e.close(b)
		e.passes(1)
		e.want(e.T, "reader", "writer")
		r, w := e.pipe() // the reading end goes: the writing one gets an error, not room
		defer e.close(w)
		for {
			if _, err := unix.Write(w, make([]byte, 1<<16)); err != nil {
				break
			}
		}
		e.ok(e.l.AddWriter(w, func() { e.add("error"); e.l.RemoveWriter(w) }))
		e.passes(2)
		e.true(len(e.lines) == 2, "full")
		e.close(r)
		e.passes(1)
		e.want(e.T, "reader", "writer", "error")
	})
	bothParkers(t, "127 what cannot be polled is refused", func(e *env) {
		for _, fd := range []int{-1, 1 << 30} {
			e.is(e.l.AddReader(fd, func() {}), unix.EBADF)
		}
		f, err := os.Create(filepath.Join(e.TempDir(), "file"))
		e.ok(err)
		defer f.Close()
		raw, err := f.SyscallConn()
		e.ok(err)
		e.ok(raw.Control(func(fd uintptr) { e.is(e.l.AddReader(int(fd), func() {}), unix.EPERM) }))
		e.true(e.l.fds.n == 0, "nothing registered")
		e.ok(e.l.Close())
		r, w := e.pipe()
		defer e.close(r, w)
		e.is(e.l.AddReader(r, func() {}), ErrClosed)
		e.is(e.l.AddWriter(w, func() {}), ErrClosed)
		e.true(!e.l.RemoveReader(r), "nothing there")
	})
	bothParkers(t, "127 a stale entry does not fire for a reused number", func(e *env) {
		a, b := e.socketpair()
		e.ok(e.l.AddReader(a, e.fn("stale")))
		e.close(a, b)
		c, d := e.socketpair()
		defer e.close(c, d)
		e.true(a == c, "the number is reused")
		e.write(d, "x")
		e.passes(2)
		e.want(e.T)
		e.ok(e.l.AddWriter(c, func() { e.add("fresh"); e.l.RemoveWriter(c) }))
		e.passes(2)
		e.want(e.T, "fresh")
	})
	if runtime.GOOS == "linux" {
		real(t, "127 nor when a duplicate keeps the old file alive", func(e *env) {
			a, b := e.socketpair()
			e.ok(e.l.AddReader(a, e.fn("stale")))
			dup, err := unix.Dup(a)
			e.ok(err)
			e.close(a)
			c, d := e.socketpair()
			defer e.close(b, c, d, dup)
			e.true(a == c, "the number is reused")
			e.ok(e.l.AddReader(c, func() { e.add("fresh %s", e.read(c, 9)) }))
			e.write(b, "x") // only epoll still thinks of it
			e.passes(2)
			e.write(d, "y")
			e.passes(2)
			e.want(e.T, "fresh y")
			e.write(d, "z")
			e.passes(2)
			e.want(e.T, "fresh y", "fresh z")
			e.l.CallLater(10*time.Millisecond, e.l.Stop)
			before := e.l.Passes()
			e.ok(e.l.RunForever())
			e.true(e.l.Passes()-before < 8, "it does not keep the loop awake")
		})
	}
	bothParkers(t, "22 timers that are due come behind this pass's descriptors", func(e *env) {
		r, w := e.pipe()
		defer e.close(r, w)
		e.l.CallLater(0, e.fn("timer"))
		e.ok(e.l.AddReader(r, func() { e.add("fd"); e.read(r, 1) }))
		e.write(w, "x")
		e.passes(1)
		e.want(e.T, "fd", "timer")
	})
	bothParkers(t, "a sleeping loop is woken, and sleeps again", func(e *env) {
		r, w := e.pipe()
		defer e.close(r, w)
		const n = 2000
		got := 0
		room := make(chan struct{}, 1)
		e.ok(e.l.AddReader(r, func() {
			e.read(r, 1)
			if got++; got == n {
				e.l.Stop()
			}
			room <- struct{}{}
		}))
		go func() {
			for range n {
				_, _ = unix.Write(w, []byte("x"))
				<-room
			}
		}()
		e.ok(e.l.RunForever())
		e.true(e.l.Passes() < 8*n, "without spinning")
		before := e.l.Passes()
		e.l.CallLater(20*time.Millisecond, e.l.Stop)
		e.ok(e.l.RunForever())
		e.true(e.l.Passes()-before < 8, "idle")
	})
	real(t, "a panic of a reader leaves it in place", func(e *env) {
		r, w := e.pipe()
		defer e.close(r, w)
		e.ok(e.l.AddReader(r, func() {
			if e.read(r, 1) == "p" {
				panic("boom")
			}
			e.add("fine")
		}))
		e.write(w, "p")
		e.passes(1)
		e.reported("panic: boom")
		e.write(w, "f")
		e.passes(1)
		e.want(e.T, "fine")
	})
	real(t, "busy loops look at descriptors, too", func(e *env) {
		r, w := e.pipe()
		defer e.close(r, w)
		e.ok(e.l.AddReader(r, e.l.Stop))
		var again func()
		again = func() { e.l.Post(again) }
		again()
		go e.write(w, "x")
		e.ok(e.l.RunForever())
	})
	real(t, "a loop without descriptors has neither poller nor parker", func(e *env) {
		e.passes(3)
		e.true(e.l.fds == nil, "none")
	})
	real(t, "debug mode refuses other goroutines", func(e *env) {
		r, w := e.pipe()
		defer e.close(r, w)
		done := make(chan error)
		e.l.Post(func() {
			go func() { done <- e.l.AddReader(r, func() {}) }()
			e.is(<-done, ErrForeignGoroutine)
			e.l.Stop()
		})
		e.ok(e.l.RunForever())
	}, WithDebug(0))
	real(t, "the descriptor of a connection is not for callbacks", func(e *env) {
		c, err := net.Listen("tcp", "127.0.0.1:0")
		e.ok(err)
		s, err := Serve(e.l, c, func(*Task, *Conn) {})
		e.ok(err)
		e.ok(e.main(func(t *Task) error {
			c, err := OpenConnection(t, "tcp", s.Addr().String())
			if err != nil {
				return err
			}
			e.is(e.l.AddReader(c.fd, func() {}), ErrBusy)
			e.true(!e.l.RemoveReader(c.fd), "nothing to remove")
			return c.Close()
		}))
	})
}

// Descriptors, goroutines and timers at once, on both parkers: nothing is lost.
func TestDescriptorStress(t *testing.T) {
	const pairs, each = 40, 100
	bothParkers(t, "stress", func(e *env) {
		arrived, ticks, calls := 0, 0, 0
		check := func() {
			if arrived == pairs*each && ticks == pairs && calls == pairs*each {
				e.l.Stop()
			}
		}
		var all []int
		for i := range pairs {
			r, w := e.pipe()
			all = append(all, r, w)
			e.ok(e.l.AddReader(r, func() {
				b := make([]byte, 1+arrived%7) // leaves some behind
				n, err := unix.Read(r, b)
				if err != nil && !errors.Is(err, unix.EAGAIN) {
					e.Error(err)
				}
				arrived += max(n, 0)
				check()
			}))
			e.l.CallLater(time.Duration(i)*time.Millisecond/4, func() { ticks++; check() })
			go func() {
				for range each {
					if _, err := unix.Write(w, []byte("x")); err != nil {
						t.Error(err)
					}
					if err := e.l.CallSoonThreadsafe(func() { calls++; check() }); err != nil {
						t.Error(err)
					}
				}
			}()
		}
		e.ok(e.l.RunForever())
		for _, fd := range all {
			e.l.RemoveReader(fd)
		}
		e.true(e.l.fds.n == 0, "all removed")
		e.close(all...)
	})
}

func TestSignalHandlers(t *testing.T) {
	kill := func(sig unix.Signal) { _ = unix.Kill(unix.Getpid(), sig) }
	real(t, "a signal runs its handler on the loop", func(e *env) {
		e.ok(e.l.AddSignalHandler(unix.SIGUSR1, e.fn("old")))
		e.ok(e.l.AddSignalHandler(unix.SIGUSR1, func() { e.add("usr1"); kill(unix.SIGUSR2) }))
		e.ok(e.l.AddSignalHandler(unix.SIGUSR2, func() { e.add("usr2"); e.l.Stop() }))
		kill(unix.SIGUSR1)
		e.ok(e.l.RunForever())
		e.want(e.T, "usr1", "usr2")
		e.true(e.l.RemoveSignalHandler(unix.SIGUSR1), "removed")
		e.true(!e.l.RemoveSignalHandler(unix.SIGUSR1), "not twice")
	})
	real(t, "a handler removed meanwhile does not run", func(e *env) {
		e.ok(e.l.AddSignalHandler(unix.SIGUSR2, e.fn("never")))
		w := e.l.signals[unix.SIGUSR2]
		w.ch <- unix.SIGUSR2
		for len(w.ch) > 0 || e.l.inbox.count.Load() == 0 {
			runtime.Gosched()
		}
		e.true(e.l.RemoveSignalHandler(unix.SIGUSR2), "removed")
		e.passes(2)
		e.want(e.T)
	})
	real(t, "what cannot be caught is refused", func(e *env) {
		e.true(e.l.AddSignalHandler(unix.SIGKILL, func() {}) != nil, "SIGKILL")
		e.true(e.l.AddSignalHandler(unix.SIGSTOP, func() {}) != nil, "SIGSTOP")
		e.ok(e.l.Close())
		e.is(e.l.AddSignalHandler(unix.SIGUSR1, func() {}), ErrClosed)
	})
}
