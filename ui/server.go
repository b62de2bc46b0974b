package ui

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"path"
	"runtime/debug"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"github.com/regexdbg/regexdbg/eventloop"
	"github.com/regexdbg/regexdbg/executor"
	"github.com/regexdbg/regexdbg/ui/socket"
	"github.com/regexdbg/regexdbg/ui/wire"
)

// Causes with which a session's task is cancelled.
var (
	errLost     = errors.New("the page is gone")
	errStopping = errors.New("the server is stopping")
)

// Server is the tool as an [http.Handler]. Make one with [Handler], and close
// it: it has a goroutine with an event loop, and worker threads.
//
// It looks at the last element of the request's path only ("", "ws",
// "healthz", a file's name), so that it works below any prefix, stripped or
// not; the page's own links are relative. The prefix has to end in a slash.
type Server struct {
	options  Options
	instance string
	files    *files
	upgrader websocket.Upgrader
	loop     *eventloop.Loop
	pool     *executor.Pool
	ownPool  bool
	loopDone chan struct{}

	// The loop's.
	sessions map[*eventloop.TaskOf[struct{}]]struct{}
	stopping bool

	mu      sync.Mutex
	open    int  // connections
	closing bool // nobody comes in any more
	conns   sync.WaitGroup
}

// Handler returns the tool as a handler, for any mux under any prefix:
//
//	tool := ui.Handler(ui.Options{})
//	defer tool.Close()
//	mux.Handle("/debug/regex/", tool)
//
// It takes requests whose Host is loopback's unless [Options].Hosts says more.
// Whoever can reach it can make this machine's CPUs busy: mount it where
// net/http/pprof would be.
func Handler(options Options) *Server {
	s := &Server{
		options:  options.withDefaults(),
		instance: rand.Text(),
		files:    page(),
		loop:     eventloop.New(),
		loopDone: make(chan struct{}),
		sessions: make(map[*eventloop.TaskOf[struct{}]]struct{}),
	}
	s.pool = s.options.Pool
	if s.pool == nil {
		s.pool, s.ownPool = executor.New(executor.Options{}), true
	}
	s.upgrader = websocket.Upgrader{
		HandshakeTimeout: socket.HelloTimeout,
		CheckOrigin:      func(r *http.Request) bool { return originAllowed(r, s.options.Origins) },
		WriteBufferPool:  &sync.Pool{},
	}
	go func() {
		defer close(s.loopDone)
		if err := s.loop.RunForever(); err != nil {
			s.options.Log.Error("ui: the event loop failed", "err", err)
		}
	}()
	return s
}

// threadsafe runs fn on the loop; when that is closed, nobody needs it.
func (s *Server) threadsafe(fn func()) { _ = s.loop.CallSoonThreadsafe(fn) }

// ServeHTTP answers for the page, its files, its socket, and health checks.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	setHeaders(w.Header())
	if !hostAllowed(r.Host, s.options.Hosts) {
		http.Error(w, "regexdbg: the host "+hostname(r.Host)+" is not one of this server's.\n"+
			"Open it as localhost, or allow the name (serve --host NAME, or Options.Hosts).", http.StatusForbidden)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "regexdbg: only GET and HEAD", http.StatusMethodNotAllowed)
		return
	}
	switch _, name := path.Split(r.URL.Path); name {
	case "":
		s.files.serveIndex(w, r)
	case "ws":
		s.serveSocket(w, r)
	case "healthz":
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		_, _ = w.Write([]byte("ok\n"))
	default:
		s.files.serve(w, r, name)
	}
}

// serveSocket is a connection's reader goroutine.
func (s *Server) serveSocket(w http.ResponseWriter, r *http.Request) {
	if !s.enter() {
		w.Header().Set("Retry-After", "5")
		http.Error(w, "regexdbg: too many pages are open, or the server is stopping", http.StatusServiceUnavailable)
		return
	}
	defer s.leave()
	ws, err := s.upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // Upgrade has answered
	}
	s.converse(socket.New(ws), r.RemoteAddr)
}

// frameSlack is what a frame may be longer than the longest text: the byte that
// says its kind, with room to spare.
const frameSlack = 16

// converse makes a session and serves it until the connection is over.
func (s *Server) converse(c *socket.Conn, name string) {
	var session *session
	var task *eventloop.TaskOf[struct{}]
	started := make(chan struct{})
	s.threadsafe(func() {
		defer close(started)
		session = newSession(s, c, name)
		task = s.startSession(session)
	})
	select {
	case <-started:
	case <-s.loopDone: // Shutdown did not wait for this connection
		return
	}
	c.Serve(socket.Handler{
		ReadLimit: int64(s.options.Limits.TextBytes) + frameSlack,
		Parse:     parse,
		Deliver: func(message any) error {
			return s.loop.CallSoonThreadsafe(func() { _ = session.inbox.PutNowait(message) })
		},
		Fault: func(reason string) any {
			return wire.Fault{Type: wire.TypeFault, Code: wire.FaultMessage, Message: reason, Fatal: true}
		},
	})
	s.threadsafe(func() { task.Cancel(errLost) })
}

// startSession starts the session's task. It runs on the loop.
func (s *Server) startSession(session *session) *eventloop.TaskOf[struct{}] {
	task := eventloop.Go(s.loop, session.run)
	s.sessions[task] = struct{}{}
	if s.stopping {
		task.Cancel(errStopping)
	}
	task.AddDoneCallback(func() {
		delete(s.sessions, task)
		if err := task.Exception(); err != nil && !errors.Is(err, eventloop.ErrCancelled) {
			s.options.Log.Error("ui: a session failed", "err", err)
			session.fault(wire.FaultInternal, websocket.CloseInternalServerErr, "The session failed; the program's log says how.")
		}
	})
	return task
}

// enter counts a connection in, unless there is no room.
func (s *Server) enter() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closing || s.open >= s.options.Limits.Connections {
		return false
	}
	s.open++
	s.conns.Add(1)
	return true
}

func (s *Server) leave() {
	s.mu.Lock()
	s.open--
	s.mu.Unlock()
	s.conns.Done()
}

// Shutdown refuses new pages, tells the open ones that the server stops, and
// closes their sockets with 1001. Then it ends the loop and, if they are its
// own, the workers. Searches that cannot be interrupted are not waited for.
//
// [http.Server.Shutdown] knows nothing of websockets: call this too, or give it
// to [http.Server.RegisterOnShutdown]. It returns the context's error when a
// page did not go in time. A second call waits for the first.
func (s *Server) Shutdown(ctx context.Context) error {
	s.mu.Lock()
	s.closing = true
	s.mu.Unlock()
	s.threadsafe(func() {
		s.stopping = true
		for task := range s.sessions {
			task.Cancel(errStopping)
		}
	})
	gone := make(chan struct{})
	go func() {
		s.conns.Wait()
		close(gone)
	}()
	var err error
	select {
	case <-gone:
	case <-ctx.Done():
		err = context.Cause(ctx)
	}
	s.loop.Stop()
	<-s.loopDone
	if closeErr := s.loop.Close(); closeErr != nil {
		err = errors.Join(err, closeErr)
	}
	if s.ownPool {
		// Stuck searches end by their own budgets; nothing is left to hear them.
		expired, cancel := context.WithCancel(ctx)
		cancel()
		_ = s.pool.Shutdown(expired, executor.CancelAll)
	}
	return err
}

// Close is Shutdown with five seconds for the pages to go.
func (s *Server) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return s.Shutdown(ctx)
}

// moduleVersion is what the build information says of this module.
func moduleVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, m := range append(info.Deps, &info.Main) {
		if m.Path == "github.com/regexdbg/regexdbg" {
			return m.Version
		}
	}
	return "unknown"
}
