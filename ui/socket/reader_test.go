package socket_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"github.com/regexdbg/regexdbg/ui/socket"
)

// frame is one of a websocket.
type frame struct {
	kind int
	data string
}

// sending returns a reader of a socket whose other end sends frames and then closes it.
func sending(t *testing.T, frames ...frame) *socket.Reader {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, err := (&websocket.Upgrader{}).Upgrade(w, r, nil)
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		for _, f := range append(frames, frame{websocket.CloseMessage, string(websocket.FormatCloseMessage(websocket.CloseGoingAway, ""))}) {
			if err := conn.WriteMessage(f.kind, []byte(f.data)); err != nil {
				t.Error(err)
			}
		}
	}))
	t.Cleanup(server.Close)
	conn, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(server.URL, "http"), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return socket.NewReader(conn)
}

// Messages come one by one in their order, however many a frame has, and then the end.
func TestReader(t *testing.T) {
	one, two, three := `{"type":"one"}`, `{"type":"two","text":"[,]"}`, `{"type":"three"}`
	joined := string(socket.Join([][]byte{[]byte(one), []byte(two)}))
	r := sending(t, frame{websocket.TextMessage, joined}, frame{websocket.BinaryMessage, "[\x10"}, frame{websocket.TextMessage, three})
	for _, want := range [][2]string{{"one", one}, {"two", two}, {socket.Binary, "[\x10"}, {"three", three}} {
		kind, data, err := r.Next()
		if kind != want[0] || string(data) != want[1] || err != nil {
			t.Errorf("got %q %q, %v, want %q", kind, data, err, want)
		}
	}
	if kind, _, err := r.Next(); !websocket.IsCloseError(err, websocket.CloseGoingAway) {
		t.Errorf("got %q, %v at the end", kind, err)
	}
}

// A frame that is not of messages is an error, and not one that only its reader's caller meets.
func TestReaderRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"":      "unexpected end of JSON input",
		"[]":    "an array of no messages",
		"[{}":   "unexpected end of JSON input",
		"[1]":   "cannot unmarshal number",
		`"one"`: "cannot unmarshal string",
	} {
		if kind, _, err := sending(t, frame{websocket.TextMessage, text}).Next(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %q, %v, want an error with %q", text, kind, err, want)
		}
	}
}
