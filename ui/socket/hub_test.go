package socket_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/regexdbg/regexdbg/eventloop"
	"github.com/regexdbg/regexdbg/ui/socket"
)

// quiet is a session that says goodbye when the server stops.
type quiet struct{ conn *socket.Conn }

func (q quiet) Run(t *eventloop.Task) (struct{}, error) {
	defer q.conn.End()
	_, err := eventloop.NewFuture[struct{}](t.Loop()).Await(t)
	if errors.Is(err, socket.ErrStopping) {
		q.conn.Close(websocket.CloseGoingAway, "")
	}
	return struct{}{}, err
}

func (quiet) Deliver(any) {}
func (quiet) Failed()     {}

// hubServer serves a hub; a request waits in allowed before it is upgraded.
func hubServer(t *testing.T, loop *eventloop.Loop, allowed func()) (*socket.Hub, string) {
	hub := socket.NewHub(loop, 10, func(*http.Request) bool { allowed(); return true }, slog.Default())
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		hub.Serve(w, r, socket.Handler{
			ReadLimit: 100,
			Parse:     func(int, []byte) (any, error) { return nil, nil },
			Fault:     func(reason string) any { return reason },
		}, func(c *socket.Conn) socket.Session { return quiet{c} })
	}))
	t.Cleanup(server.Close)
	return hub, "ws" + strings.TrimPrefix(server.URL, "http")
}

func closeCode(t *testing.T, url string) int {
	ws, _, err := websocket.DefaultDialer.Dial(url, nil)
	if err != nil {
		t.Error(err)
		return 0
	}
	defer ws.Close()
	ws.SetReadDeadline(time.Now().Add(3 * time.Second))
	_, _, err = ws.ReadMessage()
	var closed *websocket.CloseError
	if !errors.As(err, &closed) {
		t.Errorf("the page was left with %v", err)
		return 0
	}
	return closed.Code
}

func TestPageThatComesDuringShutdownIsClosed(t *testing.T) {
	loop := eventloop.New()
	go loop.RunForever()
	defer loop.Stop()
	asked, stopping := make(chan struct{}), make(chan struct{})
	hub, url := hubServer(t, loop, func() { close(asked); <-stopping })
	code := make(chan int)
	go func() { code <- closeCode(t, url) }()
	<-asked
	ended := make(chan error)
	go func() { ended <- hub.Shutdown(context.Background()) }()
	time.Sleep(20 * time.Millisecond) // Shutdown has told the loop ...
	told := make(chan struct{})
	if err := loop.CallSoonThreadsafe(func() { close(told) }); err != nil {
		t.Fatal(err)
	}
	<-told // ... which knows now
	close(stopping)
	if got := <-code; got != websocket.CloseGoingAway {
		t.Errorf("close code %d", got)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestShutdownThatCannotWaitCutsThePages(t *testing.T) {
	loop := eventloop.New() // does not run: the sessions never begin
	allowed := make(chan struct{}, 1)
	hub, url := hubServer(t, loop, func() { allowed <- struct{}{} })
	ran := make(chan struct{})
	go func() {
		defer close(ran)
		<-allowed
		for range 50 { // let it open its session
			time.Sleep(time.Millisecond)
			loop.Stop()
			loop.RunForever()
		}
		late, cancel := context.WithCancel(context.Background())
		cancel()
		if err := hub.Shutdown(late); !errors.Is(err, context.Canceled) {
			t.Errorf("Shutdown: %v", err)
		}
	}()
	if got := closeCode(t, url); got != websocket.CloseAbnormalClosure {
		t.Errorf("close code %d", got)
	}
	<-ran
}
