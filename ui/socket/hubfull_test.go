package socket

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/regexdbg/regexdbg/eventloop"
)

// While as many pages as may be are told that there is no room, and where there is nothing to tell them, a page gets a
// status.
func TestRefusedWithAStatus(t *testing.T) {
	loop := eventloop.New()
	defer loop.Close()
	hub := NewHub(loop, 0, func(*http.Request) bool { return true }, slog.Default())
	refused := func(h Handler) int {
		w := httptest.NewRecorder()
		hub.Serve(w, httptest.NewRequest("GET", "/ws", nil), h, nil)
		return w.Code
	}
	if got := refused(Handler{}); got != http.StatusServiceUnavailable {
		t.Errorf("without words: status %d", got)
	}
	full := Handler{Full: func() any { return "full" }}
	if got := refused(full); got != http.StatusBadRequest { // it is not a websocket's request
		t.Errorf("with words: status %d", got)
	}
	for range refusals {
		hub.refusing <- struct{}{}
	}
	if got := refused(full); got != http.StatusServiceUnavailable {
		t.Errorf("while others are refused: status %d", got)
	}
}
