package socket

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"time"

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

	refusing chan struct{} // holds one for each page that is told that there is no room

	mu      sync.Mutex
	open    int  // connections
	closing bool // nobody comes in any more
	conns   sync.WaitGroup
	over    context.Context // done when Shutdown has given up waiting or need not
	end     context.CancelFunc
}

// refusals is how many pages at a time are told that there is no room, each for [closeTimeout] at most. More of them get
// the status 503 alone: who is refused must not cost what there is no room for.
const refusals = 16

// NewHub returns a hub for at most limit connections. allowed says which
// requests may open one, by their Origin.
func NewHub(loop *eventloop.Loop, limit int, allowed func(*http.Request) bool, log *slog.Logger) *Hub {
	hub := &Hub{
		loop: loop, limit: limit, log: log,
		upgrader: websocket.Upgrader{
			HandshakeTimeout: HelloTimeout, CheckOrigin: allowed, WriteBufferPool: &sync.Pool{},
		},
		sessions: make(map[*eventloop.TaskOf[struct{}]]struct{}), refusing: make(chan struct{}, refusals),
	}
	hub.over, hub.end = context.WithCancel(context.Background())
	return hub
}

// Serve upgrades the request and serves the session that open makes, on the
// loop, until the connection is over. h.Deliver is set by Serve.
func (hub *Hub) Serve(w http.ResponseWriter, r *http.Request, h Handler, open func(*Conn) Session) {
	if !hub.enter() {
		hub.refuse(w, r, h)
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
		task = hub.start(session, c)
	})
	select {
	case <-started:
	case <-hub.over.Done(): // Shutdown did not wait for this connection
		ws.Close()
		return
	}
	served := context.AfterFunc(hub.over, c.Abort)
	defer served()
	h.Deliver = func(message any) error {
		return hub.loop.CallSoonThreadsafe(func() { session.Deliver(message) })
	}
	c.Serve(h)
	hub.threadsafe(func() { hub.cancel(task, ErrLost) })
}

// refuse tells a page that there is no room for it: with a message and the close code 1013, since a script in a browser
// learns nothing of a status.
func (hub *Hub) refuse(w http.ResponseWriter, r *http.Request, h Handler) {
	hub.mu.Lock()
	closing := hub.closing
	hub.mu.Unlock()
	if h.Full != nil && !closing {
		select {
		case hub.refusing <- struct{}{}:
			defer func() { <-hub.refusing }()
			if ws, err := hub.upgrader.Upgrade(w, r, nil); err == nil { // or it has answered
				sayFull(ws, Marshal(h.Full()))
			}
			return
		default:
		}
	}
	w.Header().Set("Retry-After", "5")
	http.Error(w, "regexdbg: too many pages are open, or the server is stopping", http.StatusServiceUnavailable)
}

// sayFull says a last message, and waits for the page to go.
func sayFull(ws *websocket.Conn, message []byte) {
	defer ws.Close()
	raw := ws.NetConn()
	if err := raw.SetDeadline(time.Now().Add(closeTimeout)); err != nil {
		return
	}
	if err := ws.WriteMessage(websocket.TextMessage, message); err != nil {
		return
	}
	if err := ws.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseTryAgainLater, "")); err != nil {
		return
	}
	_, _ = io.Copy(io.Discard, raw) // see Conn.discard
}

// threadsafe runs fn on the loop; when that is closed, nobody needs it.
func (hub *Hub) threadsafe(fn func()) { _ = hub.loop.CallSoonThreadsafe(fn) }

// start starts the session's task. It runs on the loop.
func (hub *Hub) start(session Session, c *Conn) *eventloop.TaskOf[struct{}] {
	task := eventloop.Go(hub.loop, session.Run)
	hub.sessions[task] = struct{}{}
	if hub.stopping {
		hub.cancel(task, ErrStopping)
	}
	task.AddDoneCallback(func() {
		delete(hub.sessions, task)
		c.End() // a loop that is closed ends tasks that have not begun
		if err := task.Exception(); err != nil && !errors.Is(err, eventloop.ErrCancelled) {
			hub.log.Error("a session failed", "err", err)
			session.Failed()
		}
	})
	return task
}

// cancel cancels a session's task once it has begun: one that is cancelled before
// never runs, and could not end its connection. It runs on the loop.
func (hub *Hub) cancel(task *eventloop.TaskOf[struct{}], cause error) {
	hub.loop.Post(func() { task.Cancel(cause) })
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
// was not in time; those are cut. The loop may be closed then. A second call
// waits as well.
func (hub *Hub) Shutdown(ctx context.Context) error {
	hub.mu.Lock()
	hub.closing = true
	hub.mu.Unlock()
	hub.threadsafe(func() {
		hub.stopping = true
		for task := range hub.sessions {
			hub.cancel(task, ErrStopping)
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
	hub.end()
	return err
}
