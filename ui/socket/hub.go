package socket

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync"

	"github.com/gorilla/websocket"

	"github.com/regexdbg/regexdbg/eventloop"
)

// Causes with which the task of a session is cancelled.
var (
	// ErrLost says that the page is gone.
	ErrLost = errors.New("the page is gone")
	// ErrStopping says that the server ends. The page is still there to be told.
	ErrStopping = errors.New("the server is stopping")
)

// A Session is what a program makes of one connection.
type Session interface {
	// Run is the session's task. It ends by being cancelled, with ErrLost or
	// ErrStopping; by its end it has called Close and End of its connection.
	Run(t *eventloop.Task) (struct{}, error)
	// Deliver takes a message, on the loop. Conn.Handled acknowledges it.
	Deliver(message any)
	// Failed is called on the loop when Run ended by anything but a
	// cancellation, which is a defect.
	Failed()
}

// Hub accepts websockets and runs a session for each on a loop.
type Hub struct {
	loop     *eventloop.Loop
	upgrader websocket.Upgrader
	limit    int
	log      *slog.Logger

	// The loop's.
	sessions map[*eventloop.TaskOf[struct{}]]struct{}
	stopping bool

	mu      sync.Mutex
	open    int  // connections
	closing bool // nobody comes in any more
	conns   sync.WaitGroup
	ended   chan struct{} // closed when Shutdown has given up waiting or need not
}

// NewHub returns a hub for at most limit connections. allowed says which
// requests may open one, by their Origin.
func NewHub(loop *eventloop.Loop, limit int, allowed func(*http.Request) bool, log *slog.Logger) *Hub {
	return &Hub{
		loop: loop, limit: limit, log: log,
		upgrader: websocket.Upgrader{
			HandshakeTimeout: HelloTimeout, CheckOrigin: allowed, WriteBufferPool: &sync.Pool{},
		},
		sessions: make(map[*eventloop.TaskOf[struct{}]]struct{}),
		ended:    make(chan struct{}),
	}
}

// Serve upgrades the request and serves the session that open makes, on the
// loop, until the connection is over. h.Deliver is set by Serve.
func (hub *Hub) Serve(w http.ResponseWriter, r *http.Request, h Handler, open func(*Conn) Session) {
	if !hub.enter() {
		w.Header().Set("Retry-After", "5")
		http.Error(w, "regexdbg: too many pages are open, or the server is stopping", http.StatusServiceUnavailable)
		return
	}
	defer hub.leave()
	ws, err := hub.upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // Upgrade has answered
	}
	c := New(ws)
	var session Session
	var task *eventloop.TaskOf[struct{}]
	started := make(chan struct{})
	hub.threadsafe(func() {
		defer close(started)
		session = open(c)
		task = hub.start(session)
	})
	select {
	case <-started:
	case <-hub.ended: // Shutdown did not wait for this connection
		ws.Close()
		return
	}
	h.Deliver = func(message any) error {
		return hub.loop.CallSoonThreadsafe(func() { session.Deliver(message) })
	}
	c.Serve(h)
	hub.threadsafe(func() { task.Cancel(ErrLost) })
}

// threadsafe runs fn on the loop; when that is closed, nobody needs it.
func (hub *Hub) threadsafe(fn func()) { _ = hub.loop.CallSoonThreadsafe(fn) }

// start starts the session's task. It runs on the loop.
func (hub *Hub) start(session Session) *eventloop.TaskOf[struct{}] {
	task := eventloop.Go(hub.loop, session.Run)
	hub.sessions[task] = struct{}{}
	if hub.stopping {
		task.Cancel(ErrStopping)
	}
	task.AddDoneCallback(func() {
		delete(hub.sessions, task)
		if err := task.Exception(); err != nil && !errors.Is(err, eventloop.ErrCancelled) {
			hub.log.Error("a session failed", "err", err)
			session.Failed()
		}
	})
	return task
}

// enter counts a connection in, unless there is no room.
func (hub *Hub) enter() bool {
	hub.mu.Lock()
	defer hub.mu.Unlock()
	if hub.closing || hub.open >= hub.limit {
		return false
	}
	hub.open++
	hub.conns.Add(1)
	return true
}

func (hub *Hub) leave() {
	hub.mu.Lock()
	hub.open--
	hub.mu.Unlock()
	hub.conns.Done()
}

// Shutdown refuses new connections, cancels the sessions with ErrStopping, and
// waits until every connection is over. It returns the context's cause when one
// was not in time. The loop may be closed then. A second call waits as well.
func (hub *Hub) Shutdown(ctx context.Context) error {
	hub.mu.Lock()
	first := !hub.closing
	hub.closing = true
	hub.mu.Unlock()
	hub.threadsafe(func() {
		hub.stopping = true
		for task := range hub.sessions {
			task.Cancel(ErrStopping)
		}
	})
	gone := make(chan struct{})
	go func() {
		hub.conns.Wait()
		close(gone)
	}()
	var err error
	select {
	case <-gone:
	case <-ctx.Done():
		err = context.Cause(ctx)
	}
	if first {
		close(hub.ended)
	}
	return err
}
