package socket

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/gorilla/websocket"
)

// Binary is what [Reader.Next] names a message that is a binary frame. No JSON message has this type.
const Binary = "binary"

// Reader is the other end of the socket for programs in Go, where the page is one in a browser: it takes apart what
// [Join] has put together. Its zero value is not of use; one goroutine may use it at a time.
type Reader struct {
	socket *websocket.Conn
	rest   []json.RawMessage // of a frame of several messages
}

// NewReader returns a reader of a socket, from which nobody else may read.
func NewReader(socket *websocket.Conn) *Reader { return &Reader{socket: socket} }

// Next returns the next message and its kind: the type of a JSON message, or [Binary]. It waits until there is one.
// The error is the socket's, which is then at its end (a *[websocket.CloseError] when it was closed), or says that a
// text frame is not JSON objects.
func (r *Reader) Next() (kind string, data []byte, err error) {
	if len(r.rest) == 0 {
		frame, got, err := r.socket.ReadMessage()
		if err != nil {
			return "", nil, err
		}
		if frame == websocket.BinaryMessage {
			return Binary, got, nil
		}
		if r.rest, err = split(got); err != nil {
			return "", nil, fmt.Errorf("socket: a text frame of %d bytes: %w", len(got), err)
		}
	}
	data, r.rest = r.rest[0], r.rest[1:]
	var head struct{ Type string }
	if err := json.Unmarshal(data, &head); err != nil {
		return "", nil, fmt.Errorf("socket: a message of %d bytes: %w", len(data), err)
	}
	return head.Type, data, nil
}

// split returns the messages of a text frame, which are not none.
func split(frame []byte) (messages []json.RawMessage, err error) {
	if len(frame) == 0 || frame[0] != '[' {
		return []json.RawMessage{frame}, nil
	}
	if err := json.Unmarshal(frame, &messages); err != nil {
		return nil, err
	}
	if len(messages) == 0 {
		return nil, errors.New("an array of no messages")
	}
	return messages, nil
}
