package viol

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"path"
	"sync"
	"time"

	"github.com/regexdbg/regexdbg/assets"
	"github.com/regexdbg/regexdbg/eventloop"
	"github.com/regexdbg/regexdbg/ui/guard"
	"github.com/regexdbg/regexdbg/ui/socket"
)

// Limits of an [App].
const (
	// MaxMessage is the longest event that a page may send, in bytes: a form
	// with a long text in it.
	MaxMessage = 1 << 20
	// MaxQueued is how much may wait to be read by a page, in bytes. A page
	// that is further behind is closed; it comes back and begins anew.
	MaxQueued = 4 << 20
	// MaxConnections is the number of open pages.
	MaxConnections = 256
	// MaxTasks is how many handlers of one page may run at a time. Further
	// events wait, and at 16 of those the page is not read any more.
	MaxTasks = 256
)

// Options configure an [App]. The zero value is usable.
type Options struct {
	// Page is the content of the page's body.
	Page template.HTML
	// Title is the page's.
	Title string

	// Loop runs the handlers; it has to be run by its owner. Default: a loop of
	// the app's own.
	Loop *eventloop.Loop

	// Hosts and Origins are those of ui.Options.
	Hosts   []string
	Origins []string

	// Log takes what an operator should know. Default: slog.Default().
	Log *slog.Logger
}

// App is a page and what becomes of its events. It is an [http.Handler] that
// works below any prefix that ends in a slash. Connect before it serves.
type App struct {
	options  Options
	handlers map[string]Handler
	script   []byte
	style    []byte
	hub      *socket.Hub
	loop     *eventloop.Loop
	clients  map[*Client]struct{} // the loop's
	loopDone chan struct{}        // nil when the loop is not ours
	ending   sync.Mutex           // of the calls of Shutdown, while they close the loop
}

// New returns an app without routes. Close it.
func New(options Options) *App {
	if options.Log == nil {
		options.Log = slog.Default()
	}
	a := &App{
		options:  options,
		handlers: make(map[string]Handler),
		script:   asset("viol.js"),
		style:    asset("viol.css"),
		loop:     options.Loop,
		clients:  make(map[*Client]struct{}),
	}
	if a.loop == nil {
		a.loop = eventloop.New()
		a.loopDone = make(chan struct{})
		go func() {
			defer close(a.loopDone)
			if err := a.loop.RunForever(); err != nil {
				a.options.Log.Error("viol: the event loop failed", "err", err)
			}
		}()
	}
	a.hub = socket.NewHub(a.loop, MaxConnections, func(r *http.Request) bool {
		return guard.OriginAllowed(r, a.options.Origins)
	}, a.options.Log)
	return a
}

func asset(name string) []byte {
	data, err := fs.ReadFile(assets.Dist(), name)
	if err != nil {
		panic("viol: the page's script is not built into this binary: " + err.Error())
	}
	return data
}

// Connect makes handler handle the events of route. It panics when the route is
// empty or connected already.
func (a *App) Connect(route string, handler Handler) {
	if _, ok := a.handlers[route]; ok || route == "" {
		panic(fmt.Sprintf("viol: the route %q is empty or connected already", route))
	}
	a.handlers[route] = handler
}

// Loop returns the loop on which the handlers run.
func (a *App) Loop() *eventloop.Loop { return a.loop }

// Clients returns the open pages, in no order. It belongs to the loop.
func (a *App) Clients() []*Client {
	clients := make([]*Client, 0, len(a.clients))
	for c := range a.clients {
		clients = append(clients, c)
	}
	return clients
}

// ServeHTTP serves the page, its script and style, and its websocket.
func (a *App) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !guard.Admit(w, r, a.options.Hosts) {
		return
	}
	switch _, name := path.Split(r.URL.Path); name {
	case "":
		a.servePage(w, r)
	case "viol.js":
		serveAsset(w, "text/javascript; charset=utf-8", a.script)
	case "viol.css":
		serveAsset(w, "text/css; charset=utf-8", a.style)
	case "ws":
		a.hub.Serve(w, r, socket.Handler{
			ReadLimit: MaxMessage,
			Parse:     parse,
			Fault:     func(reason string) any { return operation{Op: opFault, Value: reason} },
		}, func(conn *socket.Conn) socket.Session { return newSession(a, conn) })
	default:
		http.NotFound(w, r)
	}
}

// document is what surrounds the page.
var document = template.Must(template.New("page").Parse(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{.Title}}</title>
<link rel="stylesheet" href="viol.css">
<script src="viol.js" defer></script>
</head>
<body>
{{.Page}}
</body>
</html>
`))

func (a *App) servePage(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", guard.Policy(r.Host, guard.NewNonce()))
	if err := document.Execute(w, a.options); err != nil {
		a.options.Log.Debug("viol: the page could not be sent", "err", err)
	}
}

func serveAsset(w http.ResponseWriter, contentType string, data []byte) {
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Cache-Control", "no-cache")
	_, _ = w.Write(data)
}

// drop gives up a page that does not read. It belongs to the loop.
func (a *App) drop(c *Client) {
	c.gone = true
	c.conn.Abort()
}

// Shutdown closes the pages' websockets with 1001, waits for their handlers to
// end, and ends the loop when it is the app's own. A second call waits as well.
func (a *App) Shutdown(ctx context.Context) error {
	err := a.hub.Shutdown(ctx)
	if a.loopDone != nil {
		a.ending.Lock()
		defer a.ending.Unlock()
		a.loop.Stop()
		<-a.loopDone
		err = errors.Join(err, a.loop.Close())
	}
	return err
}

// Close is Shutdown with five seconds for the pages to go.
func (a *App) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return a.Shutdown(ctx)
}
