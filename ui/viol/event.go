package viol

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/gorilla/websocket"

	"github.com/regexdbg/regexdbg/eventloop"
)

// Routes of the framework's own events. Nobody needs to connect them.
const (
	// ConnectionMade: the page's websocket is open.
	ConnectionMade = "connection_made"
	// DocumentReady: the page's document is complete. It follows
	// ConnectionMade, also after a reconnection.
	DocumentReady = "document_ready"
	// ConnectionLost: the page is gone. What the client is told reaches nobody.
	ConnectionLost = "connection_lost"
)

// Event is something that happened in a page.
type Event struct {
	Route string
	// Values are those of the element and its form, by name; a name may have
	// several. They are what the page says, and to be treated so.
	Values map[string][]string
}

// Get returns the first value of a name, or "".
func (e Event) Get(name string) string {
	if values := e.Values[name]; len(values) > 0 {
		return values[0]
	}
	return ""
}

// Handler handles an event. It is a task's function: it may await with t. An
// error is logged, and told to the page's console; being cancelled (because the
// page is gone) is none.
type Handler func(t *eventloop.Task, c *Client, e Event) error

// message is a frame of the page.
type message struct {
	Route  string              `json:"route"`
	Values map[string][]string `json:"values"`
}

// parse reads a frame of the page.
func parse(kind int, data []byte) (any, error) {
	if kind != websocket.TextMessage {
		return nil, errors.New("a binary frame")
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	var m message
	if err := decoder.Decode(&m); err != nil {
		return nil, fmt.Errorf("not an event: %w", err)
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, errors.New("something follows the event")
	}
	if m.Route == "" || m.Route == ConnectionMade || m.Route == ConnectionLost {
		return nil, fmt.Errorf("no page sends the route %.40q", m.Route)
	}
	return Event(m), nil
}
