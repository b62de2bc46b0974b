package ui

import (
	"encoding/json"
	"errors"
	"net"
	"time"

	"github.com/gorilla/websocket"

	"github.com/regexdbg/regexdbg/ui/wire"
)

// Times of a connection (docs/protocol.md, "Limits").
const (
	helloTimeout = 10 * time.Second
	pongTimeout  = 60 * time.Second
	pingInterval = 25 * time.Second // two may be lost before pongTimeout
	writeTimeout = 10 * time.Second
	closeTimeout = time.Second // for the page to answer a close frame
)

// inboxCredits is how many messages may be on their way from the reader to the
// session's task. Beyond that the reader stops reading, so that a flood fills
// the sender's socket and not our memory.
const inboxCredits = 16

// frameSlack is what a frame may be longer than the longest text: the byte that
// says its kind, with room to spare.
const frameSlack = 16

// conn is one websocket with its two goroutines:
//
//   - the reader is the http handler's own goroutine. It parses messages and
//     hands them to the loop. It ends when the socket fails or is closed.
//   - the writer is the only one that writes frames; it sends what is in the
//     outbox, and pings. It ends after a close frame or a failed write, and
//     closes the socket then, which ends the reader.
type conn struct {
	socket  *websocket.Conn
	out     *outbox
	credits chan struct{} // a message takes one, its handling gives it back
	ended   chan struct{} // closed when the session has ended: nobody gives credits back
	done    chan struct{} // closed when the reader has ended
}

func newConn(socket *websocket.Conn) *conn {
	return &conn{
		socket:  socket,
		out:     newOutbox(),
		credits: make(chan struct{}, inboxCredits),
		ended:   make(chan struct{}),
		done:    make(chan struct{}),
	}
}

// read hands every message to deliver, which is called on this goroutine, until
// the socket fails, the session has ended, or the page breaks the protocol; then
// it tells the page, and reads on until that has answered the close frame.
func (c *conn) read(limit int, deliver func(message any) error) {
	defer close(c.done)
	c.socket.SetReadLimit(int64(limit) + frameSlack)
	c.socket.SetPongHandler(func(string) error {
		return c.socket.SetReadDeadline(time.Now().Add(pongTimeout))
	})
	err := c.readMessages(deliver)
	var timeout net.Error
	var broken *brokenError
	switch {
	case errors.As(err, &broken):
		c.fault(wire.FaultMessage, websocket.CloseProtocolError, broken.Error())
		c.discard()
	case errors.As(err, &timeout) && timeout.Timeout():
		c.fault(wire.FaultProtocol, websocket.ClosePolicyViolation, "Nothing was heard for too long.")
	}
	// A frame beyond the limit has been answered by gorilla, with 1009.
}

func (c *conn) readMessages(deliver func(message any) error) error {
	deadline := time.Now().Add(helloTimeout)
	for {
		if err := c.socket.SetReadDeadline(deadline); err != nil {
			return err
		}
		kind, data, err := c.socket.ReadMessage()
		if err != nil {
			return err
		}
		deadline = time.Now().Add(pongTimeout)
		message, err := parse(kind, data)
		if err != nil {
			return &brokenError{err}
		}
		select {
		case c.credits <- struct{}{}:
		case <-c.ended:
			return nil
		}
		if err := deliver(message); err != nil {
			return err
		}
	}
}

// brokenError says what is wrong with a frame of the page.
type brokenError struct{ error }

// discard reads what the page sent before it heard of its mistake. A socket
// closed with unread data is reset, and the reason lost.
func (c *conn) discard() {
	_ = c.socket.SetReadDeadline(time.Now().Add(closeTimeout))
	for {
		if _, _, err := c.socket.NextReader(); err != nil {
			return
		}
	}
}

// putText is the binary message with the whole text.
type putText struct{ data []byte }

func parse(kind int, data []byte) (any, error) {
	if kind == websocket.TextMessage {
		return wire.Parse(data)
	}
	if len(data) == 0 || data[0] != wire.FramePutText {
		return nil, errors.New("a binary frame that is no text")
	}
	return putText{data: data[1:]}, nil
}

// write sends the outbox until a close frame has been sent, a write fails, or
// the reader has ended and nothing is left to send.
func (c *conn) write() {
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
func (c *conn) flush() bool {
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

func (c *conn) send(f frame) error {
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
func (c *conn) awaitClose() {
	timer := time.NewTimer(closeTimeout)
	defer timer.Stop()
	select {
	case <-c.done:
	case <-timer.C:
	}
}

// put queues a JSON message. version is 0 for those that belong to none.
func (c *conn) put(version int, message any) {
	data, err := json.Marshal(message)
	if err != nil {
		panic("ui: message without JSON: " + err.Error()) // only a defect of wire's types
	}
	c.out.put(frame{kind: websocket.TextMessage, data: data, version: version})
}

// fault tells the page what is wrong and closes the connection when code is
// not 0.
func (c *conn) fault(code string, closeCode int, message string) {
	c.put(0, wire.Fault{Type: wire.TypeFault, Code: code, Message: message, Fatal: closeCode != 0})
	if closeCode != 0 {
		c.out.putClose(closeCode, code)
	}
}
