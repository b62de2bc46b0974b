package demos

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"

	"github.com/regexdbg/regexdbg/assets"
	"github.com/regexdbg/regexdbg/eventloop"
	"github.com/regexdbg/regexdbg/executor"
	"github.com/regexdbg/regexdbg/ui/guard"
	"github.com/regexdbg/regexdbg/ui/viol"
)

// Options configure a [Server]. The zero value is usable.
type Options struct {
	// Hosts and Origins are those of ui.Options.
	Hosts   []string
	Origins []string
	// Log takes what an operator should know. Default: slog.Default().
	Log *slog.Logger

	pace float64 // of the demos' waits; 0 means 1
}

// Server serves the index and the pages of the demos. It is an [http.Handler]
// that works below any prefix that ends in a slash.
type Server struct {
	options Options
	pace    float64
	views   []view
	apps    map[string]*viol.App
	pool    *executor.Pool
	loop    *pageLoop      // of the pages with a Go button
	chat    *pageLoop      // of the chat
	runs    sync.WaitGroup // what somebody has started by Go
}

// New returns a server of all demos. Shut it down.
func New(options Options) *Server {
	if options.Log == nil {
		options.Log = slog.Default()
	}
	s := &Server{
		options: options, pace: options.pace, views: views(), apps: make(map[string]*viol.App),
		pool: executor.New(executor.Options{}),
	}
	if s.pace == 0 {
		s.pace = 1
	}
	room := newRoom()
	s.loop, s.chat = startLoop(), startLoop(eventloop.WithObserver(room.picture.timeline.step))
	for _, v := range s.views {
		o := viol.Options{
			Title: v.title + " – event-loop demos", Page: v.body(), Loop: s.loop.loop,
			Hosts: options.Hosts, Origins: options.Origins, Log: options.Log,
		}
		if v.chat {
			o.Loop = s.chat.loop
		}
		app := viol.New(o)
		if v.chat {
			room.picture.start(app.Loop())
			room.connect(app)
		} else {
			s.connectRun(app, v.run)
		}
		s.apps[v.name] = app
	}
	return s
}

// pageLoop is a loop with its goroutine.
type pageLoop struct {
	loop *eventloop.Loop
	done chan struct{}
}

func startLoop(opts ...eventloop.Option) *pageLoop {
	l := &pageLoop{eventloop.New(opts...), make(chan struct{})}
	go func() {
		defer close(l.done)
		_ = l.loop.RunForever() // fails on a loop that runs or is closed, and this one is new
	}()
	return l
}

func (l *pageLoop) close() error {
	l.loop.Stop()
	<-l.done
	return l.loop.Close()
}

// ServeHTTP serves the index, what it refers to, and the demos.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name, rest, inside := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	app, ok := s.apps[name]
	if ok && inside && !strings.Contains(rest, "/") {
		app.ServeHTTP(w, r)
		return
	}
	if !guard.Admit(w, r, s.options.Hosts) {
		return
	}
	switch {
	case ok && !inside:
		w.Header().Set("Location", name+"/") // relative, for servers below a prefix
		w.WriteHeader(http.StatusTemporaryRedirect)
	case inside:
		http.NotFound(w, r)
	case name == "":
		s.serveIndex(w, r)
	case name == "demos.css", name == "viol.css", name == "favicon.svg":
		w.Header().Set("Cache-Control", "no-cache")
		http.ServeFileFS(w, r, assets.Dist(), name)
	case name == "favicon.ico": // what browsers ask for when a page names no icon, as viol's does not
		w.Header().Set("Content-Type", "image/svg+xml")
		http.ServeFileFS(w, r, assets.Dist(), "favicon.svg")
	default:
		http.NotFound(w, r)
	}
}

func (s *Server) serveIndex(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", guard.Policy(r.Host, guard.NewNonce()))
	if err := indexTemplate.Execute(w, s.views); err != nil {
		s.options.Log.Debug("demos: the index could not be sent", "err", err)
	}
}

// Shutdown closes the pages, cancels what runs, and ends the loops. When ctx
// ends before all of that is over, it returns its cause, and what is left ends
// with the process.
func (s *Server) Shutdown(ctx context.Context) error {
	var errs []error
	for _, app := range s.apps {
		errs = append(errs, app.Shutdown(ctx))
	}
	ended := make(chan struct{})
	go func() {
		s.runs.Wait()
		close(ended)
	}()
	select {
	case <-ended:
	case <-ctx.Done():
		errs = append(errs, context.Cause(ctx))
	}
	errs = append(errs, s.pool.Shutdown(ctx, executor.CancelAll), s.loop.close(), s.chat.close())
	return errors.Join(errs...)
}
