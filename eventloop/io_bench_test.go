//go:build linux || darwin || dragonfly || freebsd || netbsd || openbsd

package eventloop

import (
	"io"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// One byte to the loop by a pipe, one back: the latency of AddReader.
func BenchmarkPipePingPong(b *testing.B) {
	var in, out [2]int
	for _, p := range []*[2]int{&in, &out} {
		if err := unix.Pipe(p[:]); err != nil {
			b.Fatal(err)
		}
		defer unix.Close(p[0])
		defer unix.Close(p[1])
	}
	l := New()
	defer l.Close()
	one := make([]byte, 1)
	if err := l.AddReader(in[0], func() {
		_, _ = unix.Read(in[0], one)
		_, _ = unix.Write(out[1], one)
	}); err != nil {
		b.Fatal(err)
	}
	unix.SetNonblock(out[0], true) // so that the other side parks a goroutine, not a thread
	dup, err := unix.Dup(out[0])
	if err != nil {
		b.Fatal(err)
	}
	r := os.NewFile(uintptr(dup), "pipe")
	defer r.Close()
	b.ReportAllocs()
	go func() {
		buf := make([]byte, 1)
		for range b.N {
			_, _ = unix.Write(in[1], buf)
			if _, err := io.ReadFull(r, buf); err != nil {
				b.Error(err)
				break
			}
		}
		l.Stop()
	}()
	l.RunForever()
}

// What a callback costs while a descriptor is registered but quiet.
func BenchmarkPassWithDescriptor(b *testing.B) {
	benchMain(b, func(t *Task) error {
		var p [2]int
		if err := unix.Pipe(p[:]); err != nil {
			return err
		}
		defer unix.Close(p[0])
		defer unix.Close(p[1])
		if err := t.Loop().AddReader(p[0], func() {}); err != nil {
			return err
		}
		defer t.Loop().RemoveReader(p[0])
		for range b.N {
			if err := Yield(t); err != nil {
				return err
			}
		}
		return nil
	})
}

// Two tasks of one loop over a TCP connection.
func BenchmarkConnPingPong(b *testing.B) {
	benchMain(b, func(t *Task) error {
		s, err := StartServer(t, "tcp", "127.0.0.1:0", func(_ *Task, c *Conn) { io.Copy(c, c) })
		if err != nil {
			return err
		}
		c, err := OpenConnection(t, "tcp", s.Addr().String())
		if err != nil {
			return err
		}
		defer c.Close()
		buf := make([]byte, 64)
		b.ResetTimer()
		for range b.N {
			if _, err := c.Write(buf); err != nil {
				return err
			}
			if _, err := io.ReadFull(c, buf); err != nil {
				return err
			}
		}
		return nil
	})
}

// 10,000 connections whose tasks wait in Read: bytes of this process for each, its peer's
// half, a bare descriptor, not counted. Unix sockets, as ports are fewer.
func TestIdleConnections(t *testing.T) {
	if testing.Short() {
		t.Skip("needs 20,000 descriptors")
	}
	n := 10000
	var lim unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &lim); err != nil {
		t.Fatal(err)
	}
	if room := int(lim.Cur)/2 - 200; room < n {
		n = room
	}
	real(t, "idle", func(e *env) {
		e.ok(e.main(func(t *Task) error {
			path := e.TempDir() + "/s"
			s, err := StartServer(t, "unix", path, func(_ *Task, c *Conn) {
				one := make([]byte, 1)
				for {
					if _, err := c.Read(one); err != nil {
						return
					}
				}
			})
			if err != nil {
				return err
			}
			before := resident(e.T)
			peers := make([]int, 0, n)
			for s.Conns() < n {
				for len(peers) < min(s.Conns()+64, n) {
					fd, err := unix.Socket(unix.AF_UNIX, unix.SOCK_STREAM, 0)
					if err != nil {
						return err
					}
					peers = append(peers, fd)
					if err := unix.Connect(fd, &unix.SockaddrUnix{Name: path}); err != nil {
						return err
					}
				}
				if err := Yield(t); err != nil {
					return err
				}
			}
			for range 3 {
				if err := Yield(t); err != nil {
					return err
				}
			}
			e.Logf("%d idle connections: %d B each", n, (resident(e.T)-before)/n)
			passes := e.l.Passes()
			if err := Yield(t); err != nil {
				return err
			}
			e.true(e.l.Passes()-passes == 1, "idle")
			e.close(peers...)
			e.ok(s.Close())
			return s.Wait(t)
		}))
	})
}

// resident returns the process's resident memory after a collection, 0 where it is unknown.
func resident(t *testing.T) int {
	t.Helper()
	runtime.GC()
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	pages, err := strconv.Atoi(strings.Fields(string(text))[1])
	if err != nil {
		t.Fatal(err)
	}
	return pages * os.Getpagesize()
}
