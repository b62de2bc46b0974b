package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"os"
	"os/exec"
	"strconv"
	"time"

	"golang.org/x/sys/unix"
)

const (
	// loadConnections is how many keep-alive connections ask at a time.
	loadConnections = 32

	// loadRuns is how often a server is measured; the best counts.
	loadRuns = 3

	loadTime = 2 * time.Second
)

// load asks for as much as the server answers in d, and returns how many answers
// that were. It shares the machine with the server, so it is as cheap as can be: one
// thread, one poll for all connections, one read and one write a request.
func load(port int, d time.Duration) (answered int, err error) {
	request := []byte("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
	polled := make([]unix.PollFd, loadConnections)
	answers := make([]answer, loadConnections)
	for i := range polled {
		fd, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM, 0)
		if err != nil {
			return 0, os.NewSyscallError("socket", err)
		}
		defer unix.Close(fd)
		if err := unix.Connect(fd, &unix.SockaddrInet4{Port: port, Addr: [4]byte{127, 0, 0, 1}}); err != nil {
			return 0, os.NewSyscallError("connect", err)
		}
		if err := unix.SetsockoptInt(fd, unix.IPPROTO_TCP, unix.TCP_NODELAY, 1); err != nil {
			return 0, os.NewSyscallError("setsockopt", err)
		}
		polled[i] = unix.PollFd{Fd: int32(fd), Events: unix.POLLIN}
		if _, err := unix.Write(fd, request); err != nil {
			return 0, os.NewSyscallError("write", err)
		}
	}
	for start := time.Now(); time.Since(start) < d; {
		n, err := unix.Poll(polled, int(d/time.Millisecond))
		if err != nil && err != unix.EINTR {
			return 0, os.NewSyscallError("poll", err)
		}
		for i := 0; n > 0; i++ {
			if polled[i].Revents == 0 {
				continue
			}
			n--
			whole, err := answers[i].read(int(polled[i].Fd))
			if err != nil {
				return 0, err
			}
			if whole {
				answered++
				if _, err := unix.Write(int(polled[i].Fd), request); err != nil {
					return 0, os.NewSyscallError("write", err)
				}
			}
		}
	}
	return answered, nil
}

// answer is what has come of a response.
type answer struct {
	buf [4096]byte
	n   int
}

// read reads once, and reports whether the response is whole.
func (a *answer) read(fd int) (whole bool, err error) {
	n, err := unix.Read(fd, a.buf[a.n:])
	if err != nil {
		return false, os.NewSyscallError("read", err)
	}
	if n == 0 {
		return false, io.ErrUnexpectedEOF
	}
	a.n += n
	length, err := responseLength(a.buf[:a.n])
	switch {
	case err != nil:
		return false, err
	case length == a.n:
		a.n = 0
		return true, nil
	case length > 0 && length < a.n || a.n == len(a.buf):
		return false, fmt.Errorf("more than a response: %q", a.buf[:a.n])
	}
	return false, nil
}

// responseLength returns the length of the successful response at the beginning of b, from
// its Content-Length or its chunks; 0 when that is not known yet.
func responseLength(b []byte) (int, error) {
	head := bytes.Index(b, []byte("\r\n\r\n"))
	if head < 0 {
		return 0, nil
	}
	if !bytes.HasPrefix(b, []byte("HTTP/1.1 200 ")) {
		return 0, fmt.Errorf("not a success: %q", b)
	}
	body := head + len("\r\n\r\n")
	chunked := false
	for line := range bytes.SplitSeq(b[:head], []byte("\r\n")) {
		name, value, _ := bytes.Cut(line, []byte(":"))
		switch {
		case bytes.EqualFold(name, []byte("content-length")):
			n, err := strconv.Atoi(string(bytes.TrimSpace(value)))
			return body + n, err
		case bytes.EqualFold(name, []byte("transfer-encoding")):
			chunked = true
		}
	}
	if !chunked {
		return 0, errors.New("a response without a length")
	}
	for {
		line, _, whole := bytes.Cut(b[body:], []byte("\r\n"))
		if !whole {
			return 0, nil
		}
		size, err := strconv.ParseUint(string(line), 16, 16)
		if err != nil {
			return 0, err
		}
		body += len(line) + int(size) + 2*len("\r\n")
		if size == 0 || body > len(b) {
			return body, nil
		}
	}
}

// served is what a server did under a load.
type served struct {
	rate   float64       // requests a second
	cpu    time.Duration // of this process, for one request
	kernel time.Duration // the part of cpu that the kernel took
}

// loadJob is measureLoad for a worker thread.
func loadJob(address net.Addr) func(context.Context) (served, error) {
	return func(context.Context) (served, error) { return measureLoad(address) }
}

// measureLoad runs load in a process of its own on a server of this one.
func measureLoad(address net.Addr) (served, error) {
	best := served{cpu: math.MaxInt64}
	self, err := os.Executable()
	if err != nil {
		return best, err
	}
	for range loadRuns {
		before, err := ownTime()
		if err != nil {
			return best, err
		}
		cmd := exec.Command(self, "load", strconv.Itoa(address.(*net.TCPAddr).Port), strconv.Itoa(int(loadTime.Seconds())))
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			return best, err
		}
		after, err := ownTime()
		if err != nil {
			return best, err
		}
		requests, err := strconv.Atoi(string(bytes.TrimSpace(out)))
		if err != nil {
			return best, err
		}
		best.rate = max(best.rate, float64(requests)/loadTime.Seconds())
		if cpu := (after.user + after.kernel - before.user - before.kernel) / time.Duration(requests); cpu < best.cpu {
			best.cpu, best.kernel = cpu, (after.kernel-before.kernel)/time.Duration(requests)
		}
	}
	return best, nil
}

// processorTime is what a process has used.
type processorTime struct{ user, kernel time.Duration }

// ownTime is the processor time of this process, without its children's.
func ownTime() (processorTime, error) {
	var usage unix.Rusage
	err := unix.Getrusage(unix.RUSAGE_SELF, &usage)
	return processorTime{time.Duration(usage.Utime.Nano()), time.Duration(usage.Stime.Nano())}, os.NewSyscallError("getrusage", err)
}

func (s served) say() {
	say("HTTP hello world", s.rate, "requests/s")
	say("HTTP hello world: server CPU a request", float64(s.cpu)/1e3, "µs")
	say("HTTP hello world: of that, in the kernel", float64(s.kernel)/1e3, "µs")
}
