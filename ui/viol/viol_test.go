package viol_test

import (
	"encoding/json"
	"errors"
	"html/template"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/regexdbg/regexdbg/eventloop"
	"github.com/regexdbg/regexdbg/ui/viol"
)

// tab is a page without a browser.
type tab struct {
	t      *testing.T
	socket *websocket.Conn
}

type operation struct {
	Op, Target string
	Value      any
}

func serve(t *testing.T, o viol.Options, connect func(*viol.App)) *httptest.Server {
	t.Helper()
	o.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	app := viol.New(o)
	connect(app)
	server := httptest.NewServer(app)
	t.Cleanup(func() {
		if err := app.Close(); err != nil {
			t.Errorf("closing the app: %v", err)
		}
		server.Close()
	})
	return server
}

func open(t *testing.T, server *httptest.Server) *tab {
	t.Helper()
	socket, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(server.URL, "http")+"/ws", nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { socket.Close() })
	return &tab{t, socket}
}

func (p *tab) send(frame string) {
	p.t.Helper()
	if err := p.socket.WriteMessage(websocket.TextMessage, []byte(frame)); err != nil {
		p.t.Fatal(err)
	}
}

func (p *tab) next() operation {
	p.t.Helper()
	// Not a measure of anything: a test that hangs should say where.
	_ = p.socket.SetReadDeadline(time.Now().Add(time.Minute))
	_, data, err := p.socket.ReadMessage()
	if err != nil {
		p.t.Fatal(err)
	}
	var op operation
	if err := json.Unmarshal(data, &op); err != nil {
		p.t.Fatal(err)
	}
	return op
}

func (p *tab) expect(want ...operation) {
	p.t.Helper()
	for _, w := range want {
		if got := p.next(); !reflect.DeepEqual(got, w) {
			p.t.Fatalf("got %+v, want %+v", got, w)
		}
	}
}

func TestEventsBecomeTasksAndOperations(t *testing.T) {
	server := serve(t, viol.Options{}, func(app *viol.App) {
		app.Connect(viol.ConnectionMade, func(_ *eventloop.Task, c *viol.Client, _ viol.Event) error {
			c.Values["greeting"] = "hello"
			c.Log("made")
			return nil
		})
		app.Connect(viol.DocumentReady, func(_ *eventloop.Task, c *viol.Client, _ viol.Event) error {
			c.Show("#ready")
			return nil
		})
		app.Connect("all", func(_ *eventloop.Task, c *viol.Client, e viol.Event) error {
			c.SetText("#a", c.Values["greeting"].(string)+" "+e.Get("who")+e.Get("nobody"))
			c.SetHTML("#b", viol.HTML("<b>%s</b> %d %s", e.Get("who"), 3, template.HTML("<i>x</i>")))
			c.AppendHTML("#c", "<br>")
			c.SetVal("#d", e.Values["many"][1])
			c.Hide("#e")
			c.Send(map[string]int{"n": 1})
			return nil
		})
	})
	p := open(t, server)
	p.expect(operation{Op: "log", Value: "made"})
	p.send(`{"route":"document_ready","values":{}}`)
	p.expect(operation{Op: "show", Target: "#ready"})
	p.send(`{"route":"all","values":{"who":["<script>&"],"many":["1","2"]}}`)
	p.expect(
		operation{"set-text", "#a", "hello <script>&"}, // textContent takes it as it is
		operation{"set-html", "#b", "<b>&lt;script&gt;&amp;</b> 3 <i>x</i>"},
		operation{"append-html", "#c", "<br>"},
		operation{"set-val", "#d", "2"},
		operation{Op: "hide", Target: "#e"},
		operation{Op: "send", Value: map[string]any{"n": 1.0}},
	)
}

// Handlers of one page run beside each other: the second answers the first.
func TestHandlersAwaitEachOther(t *testing.T) {
	var gate *eventloop.Event
	server := serve(t, viol.Options{}, func(app *viol.App) {
		gate = eventloop.NewEvent(app.Loop())
		app.Connect("wait", func(t *eventloop.Task, c *viol.Client, _ viol.Event) error {
			c.Log("waiting")
			if err := gate.Wait(t); err != nil {
				return err
			}
			c.Log("passed")
			return nil
		})
		app.Connect("open", func(_ *eventloop.Task, c *viol.Client, _ viol.Event) error {
			c.Log("opening")
			gate.Set()
			return nil
		})
	})
	p := open(t, server)
	p.send(`{"route":"wait","values":null}`)
	p.expect(operation{Op: "log", Value: "waiting"})
	p.send(`{"route":"open"}`)
	p.expect(operation{Op: "log", Value: "opening"}, operation{Op: "log", Value: "passed"})
}

func TestPageThatGoesCancelsItsHandlers(t *testing.T) {
	ended := make(chan error, 1)
	lost := make(chan struct{})
	server := serve(t, viol.Options{}, func(app *viol.App) {
		app.Connect("wait", func(t *eventloop.Task, c *viol.Client, _ viol.Event) error {
			c.Log("waiting")
			err := eventloop.Sleep(t, time.Hour)
			ended <- err
			return err
		})
		app.Connect(viol.ConnectionLost, func(_ *eventloop.Task, c *viol.Client, _ viol.Event) error {
			c.SetText("#x", "reaches nobody")
			if n := len(c.App().Clients()); n != 0 {
				return errors.New("the page is still among the open ones")
			}
			close(lost)
			return nil
		})
	})
	p := open(t, server)
	p.send(`{"route":"wait"}`)
	p.expect(operation{Op: "log", Value: "waiting"})
	p.socket.Close()
	if err := <-ended; !errors.Is(err, eventloop.ErrCancelled) {
		t.Errorf("the handler ended with %v", err)
	}
	<-lost
}

func TestWhatGoesWrongIsTold(t *testing.T) {
	server := serve(t, viol.Options{}, func(app *viol.App) {
		app.Connect("fail", func(*eventloop.Task, *viol.Client, viol.Event) error { return errors.New("secret") })
		app.Connect("panic", func(*eventloop.Task, *viol.Client, viol.Event) error { panic("secret") })
		app.Connect("fine", func(_ *eventloop.Task, c *viol.Client, _ viol.Event) error { c.Log("fine"); return nil })
	})
	p := open(t, server)
	for _, route := range []string{"fail", "panic", "nothing"} {
		p.send(`{"route":"` + route + `"}`)
		op := p.next()
		if op.Op != "fault" || !strings.Contains(op.Value.(string), route) || strings.Contains(op.Value.(string), "secret") {
			t.Errorf("%s: %+v", route, op)
		}
	}
	p.send(`{"route":"fine"}`)
	p.expect(operation{Op: "log", Value: "fine"})
}

func TestHostilePages(t *testing.T) {
	for name, test := range map[string]struct {
		frame string
		code  int
	}{
		"not JSON":           {`{`, websocket.CloseProtocolError},
		"no route":           {`{}`, websocket.CloseProtocolError},
		"unknown field":      {`{"route":"a","x":1}`, websocket.CloseProtocolError},
		"wrong values":       {`{"route":"a","values":{"x":1}}`, websocket.CloseProtocolError},
		"framework's events": {`{"route":"connection_lost"}`, websocket.CloseProtocolError},
		"too long":           {`{"route":"` + strings.Repeat("x", viol.MaxMessage) + `"}`, websocket.CloseMessageTooBig},
	} {
		t.Run(name, func(t *testing.T) {
			p := open(t, serve(t, viol.Options{}, func(*viol.App) {}))
			p.send(test.frame)
			p.expectClose(test.code)
		})
	}
}

func (p *tab) expectClose(code int) {
	p.t.Helper()
	_ = p.socket.SetReadDeadline(time.Now().Add(time.Minute))
	for {
		if _, _, err := p.socket.ReadMessage(); err != nil {
			if !websocket.IsCloseError(err, code) {
				p.t.Errorf("got %v, want close code %d", err, code)
			}
			return
		}
	}
}

// A page that does not read is given up, and others go on.
func TestPageThatDoesNotRead(t *testing.T) {
	lost := make(chan struct{})
	server := serve(t, viol.Options{}, func(app *viol.App) {
		app.Connect("much", func(t *eventloop.Task, c *viol.Client, _ viol.Event) error {
			for {
				c.SetText("#x", strings.Repeat("x", 64<<10))
				if err := eventloop.Sleep(t, 0); err != nil {
					return err
				}
			}
		})
		app.Connect("fine", func(_ *eventloop.Task, c *viol.Client, _ viol.Event) error { c.Log("fine"); return nil })
		app.Connect(viol.ConnectionLost, func(*eventloop.Task, *viol.Client, viol.Event) error { close(lost); return nil })
	})
	p := open(t, server)
	p.send(`{"route":"much"}`)
	q := open(t, server)
	q.send(`{"route":"fine"}`)
	q.expect(operation{Op: "log", Value: "fine"})
	<-lost
}

func TestPageAndItsPolicy(t *testing.T) {
	server := serve(t, viol.Options{Title: "a < b", Page: `<p id="x">`}, func(*viol.App) {})
	response, err := http.Get(server.URL + "/")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(response.Body)
	for _, want := range []string{"<title>a &lt; b</title>", `<p id="x">`, `src="viol.js"`} {
		if !strings.Contains(string(body), want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if policy := response.Header.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
		t.Errorf("policy %q", policy)
	}
	for path, want := range map[string]int{"/viol.js": 200, "/viol.css": 200, "/app.js": 404, "/ws": 400} {
		response, err := http.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != want {
			t.Errorf("%s: %d, want %d", path, response.StatusCode, want)
		}
	}
	request, _ := http.NewRequest("GET", server.URL+"/", nil)
	request.Host = "evil.example"
	if response, err := http.DefaultClient.Do(request); err != nil || response.StatusCode != http.StatusForbidden {
		t.Errorf("another host: %v %v", response, err)
	}
}

func TestConnectPanicsOnMistakes(t *testing.T) {
	app := viol.New(viol.Options{})
	defer app.Close()
	handler := func(*eventloop.Task, *viol.Client, viol.Event) error { return nil }
	app.Connect("a", handler)
	for _, route := range []string{"a", ""} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("Connect(%q) did not panic", route)
				}
			}()
			app.Connect(route, handler)
		}()
	}
}
