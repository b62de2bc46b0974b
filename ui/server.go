package ui

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"path"
	"runtime/debug"
	"sync"
	"time"

	"github.com/regexdbg/regexdbg/eventloop"
	"github.com/regexdbg/regexdbg/executor"
	"github.com/regexdbg/regexdbg/ui/guard"
	"github.com/regexdbg/regexdbg/ui/socket"
	"github.com/regexdbg/regexdbg/ui/wire"
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
	hub      *socket.Hub
	loop     *eventloop.Loop
	pool     *executor.Pool
	ownPool  bool
	loopDone chan struct{}

	// The loop's.
	sessions map[*session]struct{} // that have said hello
	looking  bool                  // for engines

	ending sync.Mutex // of the calls of Shutdown, while they close the loop
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
		sessions: make(map[*session]struct{}),
	}
	s.pool = s.options.Pool
	if s.pool == nil {
		s.pool, s.ownPool = NewPool(), true
	}
	s.hub = socket.NewHub(s.loop, s.options.Limits.Connections, func(r *http.Request) bool {
		return guard.OriginAllowed(r, s.options.Origins)
	}, s.options.Log)
	go func() {
		defer close(s.loopDone)
		if err := s.loop.RunForever(); err != nil {
			s.options.Log.Error("ui: the event loop failed", "err", err)
		}
	}()
	s.threadsafe(s.discover)
	return s
}

// threadsafe runs fn on the loop; when that is closed, nobody needs it.
func (s *Server) threadsafe(fn func()) { _ = s.loop.CallSoonThreadsafe(fn) }

// ServeHTTP answers for the page, its files, its socket, and health checks.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !guard.Admit(w, r, s.options.Hosts) {
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

// frameSlack is what a frame may be longer than the longest text: the byte that
// says its kind, with room to spare.
const frameSlack = 16

// serveSocket serves a page's session until the connection is over.
func (s *Server) serveSocket(w http.ResponseWriter, r *http.Request) {
	s.hub.Serve(w, r, socket.Handler{
		ReadLimit: int64(s.options.Limits.TextBytes) + frameSlack,
		Parse:     parse,
		Fault: func(reason string) any {
			return wire.Fault{Type: wire.TypeFault, Code: wire.FaultMessage, Message: reason, Fatal: true}
		},
		Full: func() any {
			words := fmt.Sprintf("This server is for %d pages at a time, and so many are open: close one", s.options.Limits.Connections)
			return wire.Fault{Type: wire.TypeFault, Code: wire.FaultTooMany, Message: words, Fatal: true}
		},
	}, func(c *socket.Conn) socket.Session {
		return newSession(s, c, r.RemoteAddr)
	})
}

// Shutdown refuses new pages, tells the open ones that the server stops, and
// closes their sockets with 1001. Then it ends the loop and, if they are its
// own, the workers. Searches that cannot be interrupted are not waited for.
//
// [http.Server.Shutdown] knows nothing of websockets: call this too, or give it
// to [http.Server.RegisterOnShutdown]. It returns the context's error when a
// page did not go in time. A second call waits for the first.
func (s *Server) Shutdown(ctx context.Context) error {
	err := s.hub.Shutdown(ctx)
	s.ending.Lock()
	defer s.ending.Unlock()
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
