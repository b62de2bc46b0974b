//go:build linux || darwin || dragonfly || freebsd || netbsd || openbsd

package eventloop

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// pair returns two connections of the loop that are connected to each other.
func (e *env) pair(t *Task) (a, b *Conn) {
	e.Helper()
	got := NewFuture[*Conn](e.l)
	s, err := StartServer(t, "tcp", "127.0.0.1:0", func(_ *Task, c *Conn) {
		c.Detach()
		got.SetResult(c)
	})
	if err != nil {
		e.Fatal(err)
	}
	a, err = OpenConnection(t, "tcp", s.Addr().String())
	if err != nil {
		e.Fatal(err)
	}
	b, err = got.Await(t)
	e.ok(err)
	e.ok(s.Close())
	e.ok(s.Wait(t))
	return a, b
}

// conns runs body with a connected pair.
func conns(t *testing.T, name string, body func(e *env, t *Task, a, b *Conn), opts ...Option) {
	t.Helper()
	bothParkers(t, name, func(e *env) {
		e.ok(e.main(func(t *Task) error {
			a, b := e.pair(t)
			body(e, t, a, b)
			return nil
		}))
	}, opts...)
}

func TestConn(t *testing.T) {
	conns(t, "a reader waits for a writer", func(e *env, t *Task, a, b *Conn) {
		task := e.spawn("reader", func(t *Task) error {
			line, err := bufio.NewReader(b).ReadString('\n')
			e.add("%s", strings.TrimSpace(line))
			return err
		})
		e.ok(Yield(t))
		e.add("writes")
		fmt.Fprintf(a, "hello\n")
		_, err := task.Await(t)
		e.ok(err)
		e.want(e.T, "writes", "hello")
		e.true(a.RemoteAddr().String() == b.LocalAddr().String(), "addresses")
		e.true(b.RemoteAddr().String() == a.LocalAddr().String(), "addresses")
		e.true(a.Loop() == e.l, "loop")
	})
	conns(t, "partial writes: megabytes against a slow reader, both ways at once", func(e *env, t *Task, a, b *Conn) {
		data := bytes.Repeat([]byte("0123456789abcdef"), 1<<19) // 8 MiB
		send := func(c *Conn) *TaskOf[int] {
			return e.spawn("writer", func(*Task) error {
				if _, err := c.Write(data); err != nil {
					return err
				}
				return c.CloseWrite()
			})
		}
		recv := func(c *Conn) *TaskOf[int] {
			return e.spawn("reader", func(t *Task) error {
				e.ok(Sleep(t, time.Millisecond))
				got, err := io.ReadAll(c)
				e.true(bytes.Equal(got, data), "all of it")
				return err
			})
		}
		for _, task := range []*TaskOf[int]{send(a), send(b), recv(a), recv(b)} {
			_, err := task.Await(t)
			e.ok(err)
		}
	})
	conns(t, "half-close: the end of one direction, data in the other", func(e *env, t *Task, a, b *Conn) {
		e.ok(a.CloseWrite())
		n, err := b.Read(make([]byte, 1))
		e.true(n == 0 && err == io.EOF, "EOF as it is")
		_, err = b.Write([]byte("late"))
		e.ok(err)
		e.ok(b.Close())
		got, err := io.ReadAll(a)
		e.ok(err)
		e.true(string(got) == "late", "late")
		_, err = a.Read(make([]byte, 1))
		e.is(err, io.EOF)
		e.ok(a.Close())
	})
	conns(t, "CloseRead ends a Read that waits", func(e *env, t *Task, a, b *Conn) {
		task := e.spawn("reader", func(t *Task) error { _, err := a.Read(make([]byte, 1)); return err })
		e.ok(Yield(t))
		e.ok(a.CloseRead())
		_, err := task.Await(t)
		e.is(err, io.EOF)
	})
	conns(t, "cancelling a reader loses nothing", func(e *env, t *Task, a, b *Conn) {
		task := e.spawn("reader", func(t *Task) error {
			_, err := b.Read(make([]byte, 8))
			return err
		})
		e.ok(Yield(t))
		task.Cancel(errBoom)
		_, err := task.Await(t)
		e.cancelledBy(err, errBoom)
		e.true(task.Cancelled(), "cancelled")
		var op *net.OpError
		e.true(errors.As(err, &op) && op.Op == "read" && op.Temporary() && !op.Timeout(), "a net.OpError")
		a.Write([]byte("x"))
		n, err := b.Read(make([]byte, 8))
		e.true(n == 1 && err == nil, "goes on")
	})
	conns(t, "cancelling a writer tells how much was written", func(e *env, t *Task, a, b *Conn) {
		n := 0
		task := e.spawn("writer", func(t *Task) (err error) {
			n, err = a.Write(make([]byte, 64<<20))
			return err
		})
		for !a.sides[writing].busy || a.sides[writing].ready {
			e.ok(Yield(t))
		}
		task.Cancel(nil)
		_, err := task.Await(t)
		e.is(err, ErrCancelled)
		e.true(n > 0 && n < 64<<20, "a part")
		e.ok(a.Close())
		m, err := io.Copy(io.Discard, b)
		e.true(int(m) == n && err == nil, "exactly that part has come")
	})
	conns(t, "deadlines", func(e *env, t *Task, a, b *Conn) {
		past := time.Now().Add(-time.Second)
		e.ok(b.SetReadDeadline(past))
		a.Write([]byte("x"))
		_, err := b.Read(make([]byte, 1))
		e.is(err, os.ErrDeadlineExceeded)
		var ne net.Error
		e.true(errors.As(err, &ne) && ne.Timeout(), "a timeout")
		e.ok(b.SetReadDeadline(time.Time{}))
		_, err = b.Read(make([]byte, 1))
		e.ok(err)
		e.ok(b.SetDeadline(time.Now().Add(time.Millisecond)))
		_, err = b.Read(make([]byte, 1))
		e.is(err, os.ErrDeadlineExceeded)
		// one that waits is told of a deadline set meanwhile, and of one moved later
		e.ok(b.SetReadDeadline(time.Now().Add(time.Hour)))
		task := e.spawn("reader", func(t *Task) error {
			_, err := b.Read(make([]byte, 1))
			return err
		})
		e.ok(Yield(t))
		e.ok(b.SetReadDeadline(time.Now().Add(2 * time.Hour)))
		e.true(!task.Done(), "waits")
		e.ok(b.SetReadDeadline(past))
		_, err = task.Await(t)
		e.is(err, os.ErrDeadlineExceeded)
		e.ok(a.SetWriteDeadline(time.Now().Add(time.Millisecond)))
		n, err := a.Write(make([]byte, 64<<20))
		e.is(err, os.ErrDeadlineExceeded)
		e.true(n < 64<<20, "cut")
	})
	conns(t, "deadlines that move later use one timer", func(e *env, t *Task, a, b *Conn) {
		before := e.l.timers.len()
		for range 100 {
			e.ok(b.SetReadDeadline(time.Now().Add(time.Hour)))
			a.Write([]byte("x"))
			_, err := b.Read(make([]byte, 1))
			e.ok(err)
		}
		e.true(e.l.timers.len() <= before+1, "one timer")
		e.ok(b.Close())
		e.true(e.l.timers.len() == before, "none after Close")
	})
	conns(t, "Close wakes who waits", func(e *env, t *Task, a, b *Conn) {
		r := e.spawn("reader", func(t *Task) error { _, err := a.Read(make([]byte, 1)); return err })
		w := e.spawn("writer", func(t *Task) error { _, err := a.Write(make([]byte, 64<<20)); return err })
		for !a.sides[writing].busy || a.sides[writing].ready {
			e.ok(Yield(t))
		}
		e.ok(a.Close())
		for _, task := range []*TaskOf[int]{r, w} {
			_, err := task.Await(t)
			e.is(err, net.ErrClosed)
		}
		_, err := a.Read(nil)
		e.is(err, net.ErrClosed)
		e.is(a.Close(), net.ErrClosed)
		e.is(a.CloseWrite(), net.ErrClosed)
		e.is(a.SetDeadline(time.Now()), net.ErrClosed)
		e.true(a.LocalAddr() != nil && a.RemoteAddr() != nil, "addresses outlive it")
	})
	conns(t, "one reader and one writer at a time", func(e *env, t *Task, a, b *Conn) {
		e.spawn("reader", func(t *Task) error { _, err := a.Read(make([]byte, 1)); return err })
		e.ok(Yield(t))
		_, err := a.Read(make([]byte, 1))
		e.is(err, ErrBusy)
		_, err = a.Write([]byte("x"))
		e.ok(err)
		_, err = b.Write([]byte("x"))
		e.ok(err)
	})
	conns(t, "outside a task, what can be done at once", func(e *env, t *Task, a, b *Conn) {
		done := NewFuture[int](e.l)
		e.l.Post(func() {
			_, err := b.Read(make([]byte, 1))
			e.is(err, ErrNotCurrent)
			n, err := a.Write([]byte("x"))
			e.true(n == 1 && err == nil, "room")
			n, err = a.Write(make([]byte, 64<<20))
			e.is(err, ErrNotCurrent)
			e.true(n > 0 && n < 64<<20, "as much as it takes")
			done.SetResult(0)
		})
		_, err := done.Await(t)
		e.ok(err)
	})
	conns(t, "a peer that is gone", func(e *env, t *Task, a, b *Conn) {
		a.Write([]byte("unread"))
		e.ok(b.Close())
		var err error
		for range 1000 {
			if _, err = a.Write([]byte("x")); err != nil {
				break
			}
			e.ok(Yield(t))
		}
		var op *net.OpError
		e.true(errors.As(err, &op), "an error, not a signal")
	})
	conns(t, "two that talk without waiting leave room for others", func(e *env, t *Task, a, b *Conn) {
		passes := e.l.Passes()
		for range 100 * connStreak {
			a.Write([]byte("x"))
		}
		e.true(e.l.Passes()-passes >= 100, "passes in between")
	})
	conns(t, "debug mode refuses other goroutines", func(e *env, t *Task, a, b *Conn) {
		errs := make(chan error)
		go func() {
			_, err := a.Read(make([]byte, 1))
			errs <- err
			errs <- a.Close()
		}()
		e.is(<-errs, ErrForeignGoroutine)
		e.is(<-errs, ErrForeignGoroutine)
	}, WithDebug(time.Minute))
	real(t, "the loop's Close ends what waits, and closes connections", func(e *env) {
		l := New()
		_, err := RunUntilComplete(l, Go(l, func(t *Task) (int, error) {
			me := &env{T: e.T, journal: e.journal, l: l}
			a, b := me.pair(t)
			Go(l, func(*Task) (int, error) {
				_, err := a.Read(make([]byte, 1))
				e.cancelledBy(err, ErrClosed)
				_, err = a.Write([]byte("farewell"))
				e.ok(err)
				return 0, nil
			})
			_, err := StartServer(t, "tcp", "127.0.0.1:0", func(*Task, *Conn) {})
			_ = b
			return 0, err
		}))
		e.ok(err)
		e.ok(l.Close())
	})
}

func TestDial(t *testing.T) {
	real(t, "errors", func(e *env) {
		e.ok(e.main(func(t *Task) error {
			ln, err := net.Listen("tcp", "127.0.0.1:0")
			e.ok(err)
			addr := ln.Addr().String()
			ln.Close()
			_, err = OpenConnection(t, "tcp", addr)
			var op *net.OpError
			e.true(errors.As(err, &op) && op.Op == "dial", "refused")
			_, err = OpenConnection(t, "udp", addr)
			e.true(err != nil, "no datagrams")
			_, err = StartServer(t, "udp", addr, func(*Task, *Conn) {})
			e.true(err != nil, "no datagrams")
			_, err = OpenConnection(nil, "tcp", addr)
			e.is(err, ErrNotCurrent)
			return nil
		}))
	})
	real(t, "cancelled before it comes to anything", func(e *env) {
		e.ok(e.main(func(t *Task) error {
			s, err := StartServer(t, "tcp", "127.0.0.1:0", func(_ *Task, c *Conn) { io.Copy(io.Discard, c) })
			if err != nil {
				return err
			}
			for i := range 30 {
				task := e.spawn("dialler", func(t *Task) error {
					c, err := OpenConnection(t, "tcp", s.Addr().String())
					if err == nil {
						err = c.Close()
					}
					return err
				})
				for range i % 5 {
					e.ok(Sleep(t, time.Duration(i)*10*time.Microsecond))
				}
				task.Cancel(errBoom)
				if _, err := task.Await(t); err != nil {
					e.is(err, errBoom)
				}
			}
			e.ok(s.Close())
			return s.Wait(t)
		}))
	})
	real(t, "Unix sockets, and the file that goes with the server", func(e *env) {
		path := filepath.Join(e.TempDir(), "sock")
		e.ok(e.main(func(t *Task) error {
			s, err := StartServer(t, "unix", path, func(_ *Task, c *Conn) { io.Copy(c, c) })
			if err != nil {
				return err
			}
			c, err := OpenConnection(t, "unix", path)
			if err != nil {
				return err
			}
			fmt.Fprint(c, "echo")
			e.ok(c.CloseWrite())
			got, err := io.ReadAll(c)
			e.true(string(got) == "echo" && err == nil, "echo")
			e.true(c.RemoteAddr().String() == path, "address")
			e.ok(c.Close())
			e.ok(s.Close())
			_, err = os.Stat(path)
			e.is(err, os.ErrNotExist)
			return s.Wait(t)
		}))
	})
}

func TestServer(t *testing.T) {
	real(t, "many connections at once", func(e *env) {
		e.ok(e.main(func(t *Task) error {
			s, err := StartServer(t, "tcp", "127.0.0.1:0", func(_ *Task, c *Conn) { io.Copy(c, c) })
			if err != nil {
				return err
			}
			var tasks []*TaskOf[int]
			for i := range 100 {
				tasks = append(tasks, e.spawn("", func(t *Task) error {
					c, err := OpenConnection(t, "tcp", s.Addr().String())
					if err != nil {
						return err
					}
					defer c.Close()
					for j := range 20 {
						want := fmt.Sprintf("message %d of %d\n", j, i)
						fmt.Fprint(c, want)
						got := make([]byte, len(want))
						if _, err := io.ReadFull(c, got); err != nil {
							return err
						}
						e.true(string(got) == want, want)
					}
					return nil
				}))
			}
			for _, task := range tasks {
				_, err := task.Await(t)
				e.ok(err)
			}
			e.ok(s.Close())
			e.ok(s.Close())
			e.ok(s.Wait(t))
			e.true(s.Conns() == 0, "none left")
			return nil
		}))
	})
	real(t, "CancelConns ends handlers, a panic is reported", func(e *env) {
		e.ok(e.main(func(t *Task) error {
			s, err := StartServer(t, "tcp", "127.0.0.1:0", func(_ *Task, c *Conn) {
				b := make([]byte, 1)
				if _, err := c.Read(b); err == nil {
					panic("boom")
				}
			})
			if err != nil {
				return err
			}
			a, err := OpenConnection(t, "tcp", s.Addr().String())
			e.ok(err)
			b, err := OpenConnection(t, "tcp", s.Addr().String())
			e.ok(err)
			fmt.Fprint(a, "x")
			_, err = a.Read(make([]byte, 1))
			e.is(err, io.EOF)
			e.reported("handler of a connection failed: eventloop: panic: boom")
			for s.Conns() == 0 { // accepted in a later pass
				e.ok(Sleep(t, 0))
			}
			e.ok(s.Close())
			err = WithTimeout(t, time.Millisecond, func() error { return s.Wait(t) })
			e.is(err, ErrTimeout)
			s.CancelConns(errBoom)
			e.ok(s.Wait(t))
			_, err = b.Read(make([]byte, 1))
			e.is(err, io.EOF)
			return errors.Join(a.Close(), b.Close())
		}))
	})
}
