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

// errEnded is why a reader ends whose session is over.
var errEnded = errors.New("the session has ended")

func newConn(socket *websocket.Conn) *conn {
	return &conn{
		socket:  socket,
		out:     newOutbox(),
		credits: make(chan struct{}, inboxCredits),
		ended:   make(chan struct{}),
		done:    make(chan struct{}),
	}
}

// read hands every message to deliver, which is called on this goroutine and
// may refuse by an error. It returns why it ended.
func (c *conn) read(limit int, deliver func(message any) error) error {
	defer close(c.done)
	c.socket.SetReadLimit(int64(limit) + frameSlack)
	c.socket.SetPongHandler(func(string) error {
		return c.socket.SetReadDeadline(time.Now().Add(pongTimeout))
	})
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
			return &faultError{code: wire.FaultMessage, close: websocket.CloseProtocolError, err: err}
		}
		select {
		case c.credits <- struct{}{}:
		case <-c.ended:
			return errEnded
		}
		if err := deliver(message); err != nil {
			return err
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

// write sends the outbox until a close frame has been sent or a write fails.
func (c *conn) write() {
	defer c.socket.Close()
	defer c.out.close()
	ping := time.NewTicker(pingInterval)
	defer ping.Stop()
	for {
		select {
		case <-c.out.ready:
			for {
				f, ok := c.out.take()
				if !ok {
					break
				}
				if err := c.send(f); err != nil {
					return
				}
				if f.kind == websocket.CloseMessage {
					c.awaitClose()
					return
				}
			}
		case <-ping.C:
			if err := c.socket.WriteControl(websocket.PingMessage, nil, time.Now().Add(writeTimeout)); err != nil {
				return
			}
		case <-c.done:
			return
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

// faultError is a reader's error that the page is told.
type faultError struct {
	code  string
	close int
	err   error
}

func (e *faultError) Error() string { return e.err.Error() }

// asFault returns what to tell the page of a reader's error; nil when there is
// nobody to tell, or when gorilla has told it: a frame beyond the limit is
// answered with the close code 1009 by the library itself.
func asFault(err error) *faultError {
	var fault *faultError
	var timeout net.Error
	switch {
	case errors.As(err, &fault):
		return fault
	case errors.As(err, &timeout) && timeout.Timeout():
		return &faultError{code: wire.FaultProtocol, close: websocket.ClosePolicyViolation, err: errors.New("nothing was heard for too long")}
	}
	return nil
}
