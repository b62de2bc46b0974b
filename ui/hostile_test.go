package ui_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/regexdbg/regexdbg/ui"
	"github.com/regexdbg/regexdbg/ui/wire"
)

func TestBrokenConversationsEndWithAReason(t *testing.T) {
	hello := fmt.Sprintf(`{"type":"hello","protocol":%d}`, wire.Protocol)
	update := `{"type":"update","version":%d,"query":{"flavor":"go","flags":"","pattern":"a"},"units":0}`
	tests := []struct {
		name   string
		frames []string // those that begin with a NUL are sent as binary frames, without it
		fault  string
		code   int
	}{
		{"no hello", []string{fmt.Sprintf(update, 1)}, wire.FaultProtocol, websocket.CloseProtocolError},
		{"text before hello", []string{"\x00\x01abc"}, wire.FaultProtocol, websocket.CloseProtocolError},
		{"another protocol", []string{`{"type":"hello","protocol":99,"new":1}`}, wire.FaultProtocol, websocket.CloseProtocolError},
		{"two hellos", []string{hello, hello}, wire.FaultProtocol, websocket.CloseProtocolError},
		{"not JSON", []string{hello, `{"type":`}, wire.FaultMessage, websocket.CloseProtocolError},
		{"two objects", []string{hello, `{"type":"load-file"}{}`}, wire.FaultMessage, websocket.CloseProtocolError},
		{"unknown type", []string{hello, `{"type":"exec"}`}, wire.FaultMessage, websocket.CloseProtocolError},
		{"no type", []string{hello, `{}`}, wire.FaultMessage, websocket.CloseProtocolError},
		{"an array", []string{hello, `[1]`}, wire.FaultMessage, websocket.CloseProtocolError},
		{"unknown field", []string{hello, `{"type":"cancel","version":1,"x":2}`}, wire.FaultMessage, websocket.CloseProtocolError},
		{"a long unknown field", []string{hello, `{"type":"cancel","` + strings.Repeat("x", 1500) + `":2}`}, wire.FaultMessage, websocket.CloseProtocolError},
		{"a long number", []string{hello, `{"type":"cancel","version":1.` + strings.Repeat("1", 1500) + `}`}, wire.FaultMessage, websocket.CloseProtocolError},
		{"wrong kind of field", []string{hello, `{"type":"cancel","version":"1"}`}, wire.FaultMessage, websocket.CloseProtocolError},
		{"version zero", []string{hello, fmt.Sprintf(update, 0)}, wire.FaultMessage, websocket.CloseProtocolError},
		{"version does not grow", []string{hello, fmt.Sprintf(update, 2), fmt.Sprintf(update, 2)}, wire.FaultMessage, websocket.CloseProtocolError},
		{"edits overlap", []string{hello, `{"type":"update","version":1,"query":{"flavor":"go","flags":"","pattern":"a"},"units":0,` +
			`"edits":[{"from":0,"to":4},{"from":3,"to":5}]}`}, wire.FaultMessage, websocket.CloseProtocolError},
		{"deep JSON", []string{hello, strings.Repeat("[", 2000)}, wire.FaultMessage, websocket.CloseProtocolError},
		{"unknown binary frame", []string{hello, "\x00\x7f"}, wire.FaultMessage, websocket.CloseProtocolError},
		{"unknown panel", []string{hello, `{"type":"show","panels":["` + strings.Repeat("x", 1500) + `"]}`}, wire.FaultMessage, websocket.CloseProtocolError},
		{"empty binary frame", []string{hello, "\x00"}, wire.FaultMessage, websocket.CloseProtocolError},
		{"more edits than a text may hold", []string{hello, `{"type":"update","version":1,"query":{"flavor":"go","flags":"","pattern":"a"},"units":0,` +
			`"edits":[{"from":0,"to":0,"insert":"` + strings.Repeat("x", 900) + `"},{"from":0,"to":0,"insert":"` + strings.Repeat("x", 900) + `"}]}`},
			wire.FaultFlood, websocket.ClosePolicyViolation},
		{"oversized frame", []string{hello, "\x00\x01" + strings.Repeat("x", 5000)}, "", websocket.CloseMessageTooBig},
	}
	server := serve(t, ui.Options{Limits: ui.Limits{TextBytes: 2000}})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := dial(t, server)
			for _, f := range test.frames {
				kind := websocket.TextMessage
				if strings.HasPrefix(f, "\x00") {
					kind, f = websocket.BinaryMessage, f[1:]
				}
				if err := p.socket.WriteMessage(kind, []byte(f)); err != nil {
					t.Fatal(err)
				}
			}
			if test.fault != "" {
				for {
					kind, data := p.next()
					if kind != wire.TypeFault {
						continue
					}
					if want := fmt.Sprintf(`"code":%q`, test.fault); !strings.Contains(string(data), want) || len(data) > 1000 {
						t.Errorf("fault %.300s, want %s", data, want)
					}
					break
				}
			}
			p.expectClose(test.code)
		})
	}
}

// A page that floods and never reads is held back by its own socket, and the
// others do not notice.
func TestFloodAndSlowReader(t *testing.T) {
	server := serve(t, ui.Options{Limits: ui.Limits{Budget: time.Minute}})
	slow, _ := open(t, server)
	text := strings.Repeat("ab ", 500_000)
	slow.putText(text)
	for version := 1; version <= 300; version++ {
		slow.update(version, "dotnet", "", "a|b", text)
	}
	calm, _ := open(t, server)
	calm.putText("abc")
	for version := 1; version <= 20; version++ {
		calm.update(version, "dotnet", "", "b", "abc")
		if got := calm.collect(version); got.done.Count != 1 {
			t.Fatalf("done %+v", got.done)
		}
	}
	// When it does read, it gets the last version whole.
	var last found
	for last.started.Version != 300 {
		last = found{}
		slow.expectStarted(300, &last)
	}
	slow.collectRest(300, &last)
	if last.done.Count != 1_000_000 {
		t.Errorf("done %+v", last.done)
	}
}

// The peer vanishes without a word while its search runs.
func TestHalfOpenConnection(t *testing.T) {
	server := serve(t, ui.Options{Limits: ui.Limits{Connections: 1}})
	p, _ := open(t, server)
	p.putText(catastrophicText)
	p.update(1, "dotnet", "", catastrophic, catastrophicText)
	var got found
	p.expectStarted(1, &got)
	p.socket.NetConn().Close()
	// The place is free again as soon as the server has noticed.
	for {
		q := dial(t, server)
		q.send(wire.Hello{Type: wire.TypeHello, Protocol: wire.Protocol})
		if kind, data := q.read(); kind == wire.TypeWelcome {
			return
		} else if kind != wire.TypeFault {
			t.Fatalf("got %s %s", kind, data)
		}
		q.socket.Close()
	}
}

// A page too many hears why, and is welcome when another one has gone.
func TestTooManyPages(t *testing.T) {
	server := serve(t, ui.Options{Limits: ui.Limits{Connections: 2}})
	open(t, server)
	open(t, server)
	p := dial(t, server)
	p.send(wire.Hello{Type: wire.TypeHello, Protocol: wire.Protocol}) // as a page does before it hears anything
	var fault wire.Fault
	if p.expect(wire.TypeFault, &fault); fault.Code != wire.FaultTooMany || !fault.Fatal || !strings.Contains(fault.Message, "2 pages") {
		t.Errorf("fault %+v", fault)
	}
	p.expectClose(websocket.CloseTryAgainLater)
}

func TestShutdownSaysSo(t *testing.T) {
	tool := ui.Handler(ui.Options{})
	server := serveTool(t, tool)
	p, _ := open(t, server)
	p.putText(catastrophicText)
	p.update(1, "dotnet", "", catastrophic, catastrophicText)
	var got found
	p.expectStarted(1, &got)
	closed := make(chan error)
	go func() { closed <- tool.Close() }()
	p.expectClose(websocket.CloseGoingAway)
	if err := <-closed; err != nil {
		t.Error(err)
	}
	if err := tool.Close(); err != nil {
		t.Errorf("second Close: %v", err)
	}
	if _, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(server.URL, "http")+"/ws", nil); err == nil {
		t.Error("a page came in after Close")
	}
}

func TestCloseTwiceAtOnce(t *testing.T) {
	for range 200 {
		tool := ui.Handler(ui.Options{})
		closed := make(chan error)
		for range 2 {
			go func() { closed <- tool.Close() }()
		}
		if err := errors.Join(<-closed, <-closed); err != nil {
			t.Fatal(err)
		}
	}
}

func TestLongFlavorIsNotQuoted(t *testing.T) {
	p, _ := open(t, serve(t, ui.Options{}))
	p.update(1, strings.Repeat("x", 1<<20), "", "a", "")
	kind, data := p.next()
	if kind != wire.TypeInvalid || len(data) > 1000 {
		t.Errorf("%s of %d bytes", kind, len(data))
	}
}
