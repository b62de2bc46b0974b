package eventloop

import (
	"errors"
	"fmt"
	"io"
	"net"
	"time"
)

// ErrBusy reports a descriptor, or one direction of a connection, that somebody else uses.
var ErrBusy = errors.New("eventloop: in use by another task")

// Conn is a stream connection of the loop, a net.Conn for code that runs in tasks: where a
// net.Conn would block the goroutine, Read and Write park the task that calls them, the
// loop's current one. So bufio, crypto/tls, net/http's parsers and websocket libraries run
// on it unchanged, as long as they stay in the task that calls them.
//
// One task may read while another one writes. A second reader, or a second writer, gets
// ErrBusy. In a callback, outside any task, Read and Write do what can be done at once;
// where they would park, the error is ErrNotCurrent.
//
// Cancelling the task that waits ends its Read or Write with an error that is ErrCancelled;
// nothing that was read is lost, and Write tells how much it has written. It is Temporary,
// so that crypto/tls goes on after it where it stood. Deadlines give os.ErrDeadlineExceeded,
// Close in mid-operation net.ErrClosed. All errors but io.EOF are *net.OpError.
//
// Its methods belong to the loop's goroutine; debug mode refuses others. Close of the loop
// closes its connections, after its tasks.
type Conn struct {
	loop     *Loop
	fd       int
	network  string
	local    net.Addr // nil until somebody asks
	remote   net.Addr
	sides    [2]connSide
	closed   bool
	detached bool
}

var _ net.Conn = (*Conn)(nil)

// newConn takes over a non-blocking socket.
func newConn(l *Loop, fd int, network string, local, remote net.Addr) (*Conn, error) {
	s, err := l.openFDs()
	if err != nil {
		sysClose(fd)
		return nil, err
	}
	c := &Conn{loop: l, fd: fd, network: network, local: local, remote: remote}
	for d := range c.sides {
		c.sides[d].conn = c
		c.sides[d].ready = true // not known to block
	}
	if err := s.addEdge(fd, c); err != nil {
		sysClose(fd)
		return nil, err
	}
	return c, nil
}

// Adopt makes a connection of package net, TCP or Unix stream, one of the loop. nc is closed,
// its socket lives on under another descriptor. Nothing may hold a file of the socket whose
// Fd method was called: that makes the socket blocking, for all who share it.
// On an error nc is left as it is. Loop's goroutine only.
func Adopt(l *Loop, nc net.Conn) (*Conn, error) {
	network := nc.LocalAddr().Network()
	if !isTCP(network) && network != "unix" {
		return nil, fmt.Errorf("eventloop: Adopt: %w", net.UnknownNetworkError(network))
	}
	if err := l.usable(); err != nil {
		return nil, fmt.Errorf("eventloop: Adopt: %w", err)
	}
	fd := -1
	if err := fdOf(nc, func(old int) (err error) {
		fd, err = dupNonblocking(old)
		return err
	}); err != nil {
		return nil, fmt.Errorf("eventloop: Adopt: %w", err)
	}
	c, err := newConn(l, fd, network, nc.LocalAddr(), nc.RemoteAddr())
	if err != nil {
		return nil, fmt.Errorf("eventloop: Adopt: %w", err)
	}
	nc.Close()
	return c, nil
}

func isTCP(network string) bool {
	return network == "tcp" || network == "tcp4" || network == "tcp6"
}

// Loop returns the loop to which the connection belongs.
func (c *Conn) Loop() *Loop { return c.loop }

// Read reads what is there, at least one byte, and parks the task while there is nothing.
// io.EOF says that the peer will send no more.
func (c *Conn) Read(p []byte) (int, error) { return c.io(reading, p) }

// Write writes all of p, and parks the task while the peer does not take it.
func (c *Conn) Write(p []byte) (int, error) { return c.io(writing, p) }

func (c *Conn) io(d direction, p []byte) (n int, err error) {
	if err := c.loop.checkGoroutine(); err != nil {
		return 0, c.opError(d.String(), err)
	}
	s := &c.sides[d]
	if s.busy {
		return 0, c.opError(d.String(), ErrBusy)
	}
	s.busy = true
	defer func() { s.busy = false }() // a killed task unwinds
	if d == reading {
		n, err = s.read(p)
	} else {
		n, err = s.write(p)
	}
	if err != nil {
		err = c.opError(d.String(), err)
	}
	return n, err
}

// tryWrite writes what the socket takes at once.
func (c *Conn) tryWrite(p []byte) (int, error) {
	s := &c.sides[writing]
	if s.busy || !s.ready {
		return 0, nil
	}
	if err := s.usable(); err != nil {
		return 0, c.opError("write", err)
	}
	p = p[:min(len(p), maxIO)]
	n, again, err := sysWrite(c.fd, p)
	s.took(n < len(p), again)
	if err != nil {
		err = c.opError("write", err)
	}
	return n, err
}

// Close closes the connection. Whoever waits in Read or Write gets net.ErrClosed. What the
// system has taken from Write is still sent. A second call returns net.ErrClosed.
func (c *Conn) Close() error {
	if err := c.loop.checkGoroutine(); err != nil {
		return c.opError("close", err)
	}
	if c.closed {
		return c.opError("close", net.ErrClosed)
	}
	if s := c.loop.fds; s != nil {
		s.poller.removeAll(c.fd)
		s.forget(c.fd)
	}
	return c.shut()
}

// shut ends the connection once the poller has forgotten it.
func (c *Conn) shut() error {
	c.closed = true
	for d := range c.sides {
		c.sides[d].setDeadline(0)
		c.sides[d].wake()
	}
	fd := c.fd
	c.fd = -1
	if err := sysClose(fd); err != nil {
		return c.opError("close", err)
	}
	return nil
}

// CloseWrite tells the peer that nothing more comes; reading goes on.
func (c *Conn) CloseWrite() error { return c.shutdown(writing) }

// CloseRead gives up reading: what waits there is at its end.
func (c *Conn) CloseRead() error { return c.shutdown(reading) }

func (c *Conn) shutdown(d direction) error {
	err := c.loop.checkGoroutine()
	if err == nil && c.closed {
		err = net.ErrClosed
	}
	if err == nil {
		err = sysShutdown(c.fd, d)
	}
	if err != nil {
		return c.opError("close", err)
	}
	return nil
}

// LocalAddr returns this end's address, an empty one when it is first asked for after Close.
func (c *Conn) LocalAddr() net.Addr {
	if c.local == nil {
		c.local = sysLocalAddr(c.fd, c.network)
	}
	return c.local
}

// RemoteAddr returns the peer's address.
func (c *Conn) RemoteAddr() net.Addr { return c.remote }

// SetDeadline sets both deadlines.
func (c *Conn) SetDeadline(t time.Time) error {
	if err := c.SetReadDeadline(t); err != nil {
		return err
	}
	return c.SetWriteDeadline(t)
}

// SetReadDeadline makes Reads, one that waits now included, fail with os.ErrDeadlineExceeded
// from t on; the zero time takes that back. The connection stays usable. Setting a deadline
// later, as is done before every message, costs no timer.
func (c *Conn) SetReadDeadline(t time.Time) error { return c.limit(reading, t) }

// SetWriteDeadline is SetReadDeadline for Writes.
func (c *Conn) SetWriteDeadline(t time.Time) error { return c.limit(writing, t) }

func (c *Conn) limit(d direction, t time.Time) error {
	err := c.loop.checkGoroutine()
	if err == nil && c.closed {
		err = net.ErrClosed
	}
	if err != nil {
		return c.opError("set", err)
	}
	var at time.Duration
	if !t.IsZero() {
		at = max(c.loop.Time()+time.Until(t), 1)
	}
	c.sides[d].setDeadline(at)
	return nil
}

// Detach keeps a [Server] from closing the connection when its handler returns: from then
// on it is the caller's, and the server does not wait for it.
func (c *Conn) Detach() { c.detached = true }

// fdReady is the poller's word.
func (c *Conn) fdReady(what readiness) {
	if what&(readable|readEnd|hungUp) != 0 {
		c.sides[reading].rouse(what&(readEnd|hungUp) != 0)
	}
	if what&(writable|hungUp) != 0 {
		c.sides[writing].rouse(what&hungUp != 0)
	}
}

func (c *Conn) loopClosed() {
	if !c.closed {
		_ = c.shut()
	}
}

func (c *Conn) opError(op string, err error) error {
	if err == io.EOF {
		return err
	}
	if errors.Is(err, ErrCancelled) {
		err = interrupted{err}
	}
	return &net.OpError{Op: op, Net: c.network, Source: c.local, Addr: c.remote, Err: err}
}

// interrupted is a cancellation as users of net.Conn understand it (it is a net.Error): the
// operation did not come to its end, the connection is as good as before.
type interrupted struct{ error }

func (e interrupted) Unwrap() error { return e.error }
func (interrupted) Timeout() bool   { return false }
func (interrupted) Temporary() bool { return true }
