// Package socket is a websocket between a page and a task on an event loop: one
// goroutine that reads, one that writes, and a bounded outbox between the loop
// and the writer. It knows nothing of what is said over it.
package socket

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// Times of a connection. They are part of docs/protocol.md, "Limits".
const (
	// HelloTimeout is how long a connection may take to say its first word.
	HelloTimeout = 10 * time.Second
	pongTimeout  = 60 * time.Second
	pingInterval = 25 * time.Second // two may be lost before pongTimeout
	writeTimeout = 10 * time.Second
	closeTimeout = time.Second // for the page to answer a close frame
)

// credits is how many messages may be on their way from the reader to the
// task. Beyond that the reader stops reading, so that a flood fills the sender's
// socket and not our memory.
const credits = 16

// A Handler is what the two sides of a connection have to agree on.
type Handler struct {
	// ReadLimit is the longest frame in bytes; a longer one ends the connection
	// with the close code 1009.
	ReadLimit int64
	// Parse makes a message of a frame (websocket.TextMessage or BinaryMessage).
	// Its error ends the connection with the close code 1002. It is called on
	// the reader's goroutine.
	Parse func(kind int, data []byte) (any, error)
	// Deliver hands on a message; each has to be acknowledged by Handled. It is
	// called on the reader's goroutine; an error ends the connection.
	Deliver func(message any) error
	// Fault makes the JSON message that tells the page why the connection ends.
	Fault func(reason string) any
	// Full makes the JSON message that tells a page that there is no room for it, before the close code 1013. Without
	// it the page gets the status 503.
	Full func() any
}

// Conn is one websocket with its two goroutines:
//
//   - the reader is the goroutine that calls Serve, an http handler's own. It
//     ends when the socket fails, the page breaks the protocol, or End is called.
//   - the writer is the only one that writes frames; it sends what is in the
//     outbox, and pings. It ends after a close frame, a failed write, or when
//     the reader has ended and nothing is left to send, and closes the socket.
//
// All methods but Serve may be called from any goroutine.
type Conn struct {
	socket  *websocket.Conn
	out     *outbox
	credits chan struct{} // a message takes one, Handled gives it back
	ended   chan struct{} // closed by End: nobody gives credits back
	end     sync.Once     // closes ended
	done    chan struct{} // closed when the reader has ended
}

// New returns a connection on an upgraded websocket, which it owns from now on.
func New(socket *websocket.Conn) *Conn {
	return &Conn{
		socket:  socket,
		out:     newOutbox(),
		credits: make(chan struct{}, credits),
		ended:   make(chan struct{}),
		done:    make(chan struct{}),
	}
}

// Serve reads and writes until the connection is over.
func (c *Conn) Serve(h Handler) {
	written := make(chan struct{})
	go func() {
		defer close(written)
		c.write()
	}()
	c.read(h)
	<-written
}

// Handled gives back the credit of one delivered message.
func (c *Conn) Handled() { <-c.credits }

// End says that no message will be handled any more.
func (c *Conn) End() { c.end.Do(func() { close(c.ended) }) }

// Put queues a JSON message. version is that of the state it belongs to, or 0.
func (c *Conn) Put(version int, message any) { c.Lane(0).PutText(version, Marshal(message)) }

// PutBinary queues a binary message.
func (c *Conn) PutBinary(version int, data []byte) {
	c.out.put(frame{kind: websocket.BinaryMessage, data: data, version: version})
}

// Marshal returns the JSON of a message, for [Lane.PutText]: where a message is
// long, its maker's thread should write it and not the loop's.
func Marshal(message any) []byte {
	data, err := json.Marshal(message)
	if err != nil {
		panic("socket: message without JSON: " + err.Error()) // only a defect of its type
	}
	return data
}

// A Lane is a series of versions of its own: a newer version supersedes what is
// said in its lane, and nothing else. Conn's own methods are those of lane 0.
type Lane struct {
	out  *outbox
	lane int
}

// Lane returns one of the lanes, of which there are eight.
func (c *Conn) Lane(n int) Lane { return Lane{c.out, n} }

// Join makes one text message of several, which are JSON: an array of them, so that a
// page hears of all at once.
func Join(messages [][]byte) []byte {
	if len(messages) == 1 {
		return messages[0]
	}
	joined := append([]byte{'['}, bytes.Join(messages, []byte{','})...)
	return append(joined, ']')
}

// PutText queues a text message, which is JSON already.
func (l Lane) PutText(version int, data []byte) {
	l.out.put(frame{kind: websocket.TextMessage, data: data, lane: l.lane, version: version})
}

// Supersede is [Conn.Supersede] of this lane.
func (l Lane) Supersede(version int) { l.out.supersede(l.lane, version) }

// Close queues a close frame, after which the connection ends.
func (c *Conn) Close(code int, reason string) {
	c.out.put(frame{kind: websocket.CloseMessage, data: websocket.FormatCloseMessage(code, reason)})
}

// Abort ends the connection at once, without a word: for a page that does not
// read, to which nothing can be said.
func (c *Conn) Abort() { _ = c.socket.Close() }

// Supersede drops the queued messages of versions before version, and those
// that are still to come.
func (c *Conn) Supersede(version int) { c.Lane(0).Supersede(version) }

// Full reports whether whoever makes much should wait because the page reads
// slower than we write. If so, room is called once, on another goroutine, when
// there is room again or the connection has ended.
func (c *Conn) Full(room func()) bool { return c.out.full(room) }

// Queued returns the bytes that wait to be sent.
func (c *Conn) Queued() int {
	c.out.mu.Lock()
	defer c.out.mu.Unlock()
	return c.out.bytes
}

// read ends when the socket fails, the session has ended, or the page breaks
// the protocol; then it tells the page, and reads on until that has answered the
// close frame.
func (c *Conn) read(h Handler) {
	defer close(c.done)
	c.socket.SetReadLimit(h.ReadLimit)
	c.socket.SetPongHandler(func(string) error {
		return c.socket.SetReadDeadline(time.Now().Add(pongTimeout))
	})
	err := c.readMessages(h)
	var timeout net.Error
	var broken *brokenError
	switch {
	case errors.As(err, &broken):
		c.Put(0, h.Fault(broken.Error()))
		c.Close(websocket.CloseProtocolError, "")
		c.discard()
	case errors.Is(err, websocket.ErrReadLimit):
		c.discard() // gorilla has answered, with 1009
	case errors.As(err, &timeout) && timeout.Timeout():
		c.Put(0, h.Fault("Nothing was heard for too long."))
		c.Close(websocket.ClosePolicyViolation, "")
	}
}

func (c *Conn) readMessages(h Handler) error {
	deadline := time.Now().Add(HelloTimeout)
	for {
		if err := c.socket.SetReadDeadline(deadline); err != nil {
			return err
		}
		kind, data, err := c.socket.ReadMessage()
		if err != nil {
			return err
		}
		deadline = time.Now().Add(pongTimeout)
		message, err := h.Parse(kind, data)
		if err != nil {
			return &brokenError{err}
		}
		select {
		case c.credits <- struct{}{}:
		case <-c.ended:
			return nil
		}
		if err := h.Deliver(message); err != nil {
			return err
		}
	}
}

// brokenError says what is wrong with a frame of the page.
type brokenError struct{ error }

// discard reads what the page sent before it heard of its mistake, frames or
// not: a socket closed with unread data is reset, and the reason lost. It ends
// when the page closes the connection, or after closeTimeout.
func (c *Conn) discard() {
	raw := c.socket.NetConn()
	_ = raw.SetReadDeadline(time.Now().Add(closeTimeout))
	_, _ = io.Copy(io.Discard, raw)
}

func (c *Conn) write() {
	defer c.socket.Close()
	defer c.out.close()
	ping := time.NewTicker(pingInterval)
	defer ping.Stop()
	for {
		select {
		case <-c.out.ready:
			if !c.flush() {
				return
			}
		case <-ping.C:
			if err := c.socket.WriteControl(websocket.PingMessage, nil, time.Now().Add(writeTimeout)); err != nil {
				return
			}
		case <-c.done:
			c.flush()
			return
		}
	}
}

// flush sends what is queued and reports whether there may be more.
func (c *Conn) flush() bool {
	for {
		f, ok := c.out.take()
		if !ok {
			return true
		}
		if err := c.send(f); err != nil {
			return false
		}
		if f.kind == websocket.CloseMessage {
			c.awaitClose()
			return false
		}
	}
}

func (c *Conn) send(f frame) error {
	deadline := time.Now().Add(writeTimeout)
	if f.kind == websocket.CloseMessage {
		return c.socket.WriteControl(f.kind, f.data, deadline)
	}
	if err := c.socket.SetWriteDeadline(deadline); err != nil {
		return err
	}
	return c.socket.WriteMessage(f.kind, f.data)
}

// awaitClose gives the page time to answer our close frame; without that it
// sees a broken connection (1006) and not our reason.
func (c *Conn) awaitClose() {
	timer := time.NewTimer(closeTimeout)
	defer timer.Stop()
	select {
	case <-c.done:
	case <-timer.C:
	}
}
