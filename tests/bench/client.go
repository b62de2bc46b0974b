package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// loadConnections is how many keep-alive connections ask at a time.
const loadConnections = 32

// connect opens n connections and keeps them until it is killed or its standard
// input ends.
func connect(address string, n int) error {
	conns := make([]net.Conn, n)
	for i := range conns {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			return err
		}
		conns[i] = conn
	}
	_, err := io.Copy(io.Discard, os.Stdin)
	return err
}

// load asks for as much as the server answers in d, and returns the requests a
// second. Its client is as small as can be, so that the server is measured.
func load(address string, d time.Duration) (float64, error) {
	request := []byte("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
	var answered atomic.Int64
	var failed atomic.Value
	var running sync.WaitGroup
	start := time.Now()
	for range loadConnections {
		running.Go(func() {
			conn, err := net.Dial("tcp", address)
			if err != nil {
				failed.Store(err)
				return
			}
			defer conn.Close()
			reader := bufio.NewReader(conn)
			for time.Since(start) < d {
				if _, err := conn.Write(request); err != nil {
					failed.Store(err)
					return
				}
				if err := skipResponse(reader); err != nil {
					failed.Store(err)
					return
				}
				answered.Add(1)
			}
		})
	}
	running.Wait()
	if err, ok := failed.Load().(error); ok {
		return 0, err
	}
	return float64(answered.Load()) / time.Since(start).Seconds(), nil
}

// skipResponse reads a response with a Content-Length or in one chunked body.
func skipResponse(r *bufio.Reader) error {
	length, chunked := -1, false
	for {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return err
		}
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			break
		}
		name, value, _ := strings.Cut(string(line), ":")
		switch strings.ToLower(name) {
		case "content-length":
			if length, err = strconv.Atoi(strings.TrimSpace(value)); err != nil {
				return err
			}
		case "transfer-encoding":
			chunked = true
		}
	}
	if !chunked {
		if length < 0 {
			return fmt.Errorf("a response without a length")
		}
		_, err := r.Discard(length)
		return err
	}
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return err
		}
		size, err := strconv.ParseInt(strings.TrimSpace(line), 16, 32)
		if err != nil {
			return err
		}
		if _, err := r.Discard(int(size) + 2); err != nil {
			return err
		}
		if size == 0 {
			return nil
		}
	}
}

// client is this program again, as a load on a server of the parent.
type client struct {
	cmd   *exec.Cmd
	stdin io.WriteCloser
}

func startClient(part string, address net.Addr, n int) *client {
	self, err := os.Executable()
	fail(err)
	cmd := exec.Command(self, part, strconv.Itoa(address.(*net.TCPAddr).Port), strconv.Itoa(n))
	cmd.Stderr = os.Stderr
	stdin, err := cmd.StdinPipe()
	fail(err)
	fail(cmd.Start())
	return &client{cmd, stdin}
}

func (c *client) stop() {
	_ = c.stdin.Close()
	_ = c.cmd.Wait()
}

// loadJob is measureLoad for a worker thread.
func loadJob(address net.Addr, d time.Duration) func(context.Context) (float64, error) {
	return func(context.Context) (float64, error) { return measureLoad(address, d), nil }
}

// measureLoad runs load in a process of its own.
func measureLoad(address net.Addr, d time.Duration) float64 {
	self, err := os.Executable()
	fail(err)
	cmd := exec.Command(self, "load", strconv.Itoa(address.(*net.TCPAddr).Port), strconv.Itoa(int(d.Seconds())))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	fail(err)
	requests, err := strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
	fail(err)
	return requests
}

func fail(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
