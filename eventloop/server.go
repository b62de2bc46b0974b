package eventloop

import (
	"errors"
	"fmt"
	"net"
	"time"
)

const (
	// acceptBatch is how many connections one pass takes from a listener.
	acceptBatch = 64

	// acceptRest is how long a server that has run out of descriptors leaves the queue alone.
	acceptRest = time.Second
)

// Server accepts connections and runs a task for each. Its methods belong to the loop's goroutine.
type Server struct {
	ownership
	loop    *Loop
	ln      net.Listener // package net's, for its address and for what its Close cleans up
	fd      int
	network string
	handler func(t *Task, c *Conn)
	tasks   map[*Task]struct{}
	rest    *TimerHandle
	closed  bool
	ended   Event // closed, and no task left
}

// StartServer listens on a stream address (see [Dial] for networks; port 0 takes a free one)
// and runs handler in a task of its own for every connection. The connection is closed when
// handler returns, unless it called [Conn.Detach]. A panic of handler goes to the exception
// handler and ends that connection only.
func StartServer(t *Task, network, addr string, handler func(t *Task, c *Conn)) (*Server, error) {
	ln, err := listen(t, network, addr)
	if err != nil {
		return nil, err
	}
	s, err := Serve(t.loop, ln, handler)
	if err != nil {
		ln.Close()
	}
	return s, err
}

// Serve is StartServer on a listener of package net, TCP or Unix, which the server closes in
// the end. On an error ln is left as it is.
func Serve(l *Loop, ln net.Listener, handler func(t *Task, c *Conn)) (*Server, error) {
	if handler == nil {
		panic("eventloop: nil function")
	}
	if err := l.usable(); err != nil {
		return nil, fmt.Errorf("eventloop: Serve: %w", err)
	}
	s := &Server{loop: l, ln: ln, network: ln.Addr().Network(), handler: handler, tasks: make(map[*Task]struct{})}
	s.ended.loop = l
	if !isTCP(s.network) && s.network != "unix" {
		return nil, fmt.Errorf("eventloop: Serve: %w", net.UnknownNetworkError(s.network))
	}
	if err := fdOf(ln, func(fd int) error { s.fd = fd; return nil }); err != nil {
		return nil, err
	}
	if err := l.AddReader(s.fd, s.accept); err != nil {
		return nil, err
	}
	l.own(s)
	return s, nil
}

// Addr returns the address on which the server listens.
func (s *Server) Addr() net.Addr { return s.ln.Addr() }

// Conns returns the number of connections whose handler has not returned.
func (s *Server) Conns() int { return len(s.tasks) }

func (s *Server) accept() {
	for range acceptBatch {
		fd, remote, verdict, err := sysAccept(s.fd, s.network)
		switch verdict {
		case acceptOK:
			s.begin(fd, remote)
		case acceptNothing:
			return
		case acceptRetry:
		case acceptFull:
			// Level-triggered, the queue would call again and again.
			s.loop.RemoveReader(s.fd)
			s.rest = s.loop.CallLater(acceptRest, func() {
				s.rest = nil
				if err := s.loop.AddReader(s.fd, s.accept); err != nil {
					s.fail(err)
				}
			})
			s.loop.CallExceptionHandler(Exception{Message: "a server pauses: no resources to accept", Err: err})
			return
		default:
			s.fail(err)
			return
		}
	}
}

func (s *Server) fail(err error) {
	s.loop.CallExceptionHandler(Exception{Message: "a server ends: its listener failed", Err: err})
	_ = s.Close()
}

func (s *Server) begin(fd int, remote net.Addr) {
	c, err := newConn(s.loop, fd, s.network, nil, remote)
	if err != nil {
		s.loop.CallExceptionHandler(Exception{Message: "a connection was dropped", Err: err})
		return
	}
	task := Go(s.loop, func(t *Task) (struct{}, error) {
		s.handler(t, c)
		return struct{}{}, nil
	})
	s.tasks[&task.Task] = struct{}{}
	task.AddDoneCallback(func() {
		if !c.closed && !c.detached {
			_ = c.Close() // nobody is left to tell
		}
		delete(s.tasks, &task.Task)
		s.settle()
		if err := task.Exception(); err != nil && !task.Cancelled() && !errors.Is(err, ErrClosed) {
			s.loop.CallExceptionHandler(Exception{
				Message: "the handler of a connection failed", Err: err, Task: &task.Task, Name: task.Name(),
			})
		}
	})
}

func (s *Server) settle() {
	if s.closed && len(s.tasks) == 0 {
		s.ended.Set()
	}
}

// Close stops listening, and removes the file of a Unix socket. Connections go on. A second
// call does nothing.
func (s *Server) Close() error {
	if err := s.loop.checkGoroutine(); err != nil {
		return err
	}
	if s.closed {
		return nil
	}
	s.closed = true
	s.loop.disown(s)
	if s.rest != nil {
		s.rest.Cancel()
	}
	s.loop.RemoveReader(s.fd)
	s.settle()
	return s.ln.Close()
}

// CancelConns cancels the tasks of all connections with the cause.
func (s *Server) CancelConns(cause error) {
	for t := range s.tasks {
		t.Cancel(cause)
	}
}

// Wait parks the task until the server is closed and the last of its handlers has returned.
// A bounded shutdown is Close, then Wait in a [WithTimeout], then CancelConns and Wait.
func (s *Server) Wait(t *Task) error { return s.ended.Wait(t) }

func (s *Server) loopClosing(error) { _ = s.Close() }
