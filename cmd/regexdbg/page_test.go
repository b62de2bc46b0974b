package main

import (
	"bufio"
	"encoding/json"
	"net/http"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"github.com/regexdbg/regexdbg/ui/socket"
	"github.com/regexdbg/regexdbg/ui/wire"
)

// serveProgram starts the real server, and returns the address of its socket as this machine reaches it.
func serveProgram(t *testing.T, addr string, args ...string) (cmd *exec.Cmd, address string) {
	t.Helper()
	cmd = program(t, append([]string{"serve", "--addr", addr, "--db", "none"}, args...)...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	port := regexp.MustCompile(`:(\d+)/`).FindStringSubmatch(line)
	if port == nil {
		t.Fatalf("no address in %q", line)
	}
	return cmd, "127.0.0.1:" + port[1]
}

// A serverPage is the other end of a server's socket.
type serverPage struct {
	t       *testing.T
	socket  *websocket.Conn
	reader  *socket.Reader // of socket
	welcome wire.Welcome
}

func openPage(t *testing.T, address string) *serverPage {
	t.Helper()
	conn, _, err := websocket.DefaultDialer.Dial("ws://"+address+"/ws", http.Header{"Host": {"localhost"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	p := &serverPage{t: t, socket: conn, reader: socket.NewReader(conn)}
	p.send(wire.Hello{Type: wire.TypeHello, Protocol: wire.Protocol})
	p.until(wire.TypeWelcome, &p.welcome)
	return p
}

func (p *serverPage) send(message any) {
	p.t.Helper()
	if err := p.socket.WriteJSON(message); err != nil {
		p.t.Fatal(err)
	}
}

// put has a pattern searched in a text, as the first version of the page's state.
func (p *serverPage) put(text string, query wire.Query) {
	p.t.Helper()
	if err := p.socket.WriteMessage(websocket.BinaryMessage, append([]byte{wire.FramePutText}, text...)); err != nil {
		p.t.Fatal(err)
	}
	p.send(wire.Update{Type: wire.TypeUpdate, Version: 1, Units: len(text), Query: query}) // ASCII
}

// read returns the next message, and its type.
func (p *serverPage) read() (kind string, data []byte) {
	p.t.Helper()
	kind, data, err := p.reader.Next()
	if err != nil {
		p.t.Fatal(err)
	}
	return kind, data
}

func (p *serverPage) until(kind string, into any) {
	p.t.Helper()
	for {
		got, data := p.read()
		if got == wire.TypeFault {
			p.t.Fatalf("a fault: %s", data)
		}
		if got == kind {
			if err := json.Unmarshal(data, into); err != nil {
				p.t.Fatal(err)
			}
			return
		}
	}
}

func (p *serverPage) untilMatches() {
	p.t.Helper()
	for {
		if kind, data := p.read(); kind == socket.Binary {
			return
		} else if kind == wire.TypeDone || kind == wire.TypeNoEngine || kind == wire.TypeInvalid {
			p.t.Fatalf("the search is over: %s", data)
		}
	}
}

// Who reaches the server from elsewhere has no runtimes of this machine, unless they are named.
func TestRuntimesElsewhere(t *testing.T) {
	needRuntimes(t, "perl")
	for _, test := range []struct {
		addr string
		args []string
		here bool
	}{
		{"127.0.0.1:0", nil, true},
		{"127.0.0.1:0", []string{"--runtimes", "none"}, false},
		{"0.0.0.0:0", nil, false},
		{"0.0.0.0:0", []string{"--runtimes", "perl"}, true},
	} {
		_, address := serveProgram(t, test.addr, test.args...)
		p := openPage(t, address)
		p.put("ab", wire.Query{Flavor: "perl", Pattern: "b"})
		var done wire.Done
		var none wire.NoEngine
		if test.here {
			if p.until(wire.TypeDone, &done); done.Count != 1 {
				t.Errorf("%v: %+v", test, done)
			}
		} else if p.until(wire.TypeNoEngine, &none); !strings.HasPrefix(none.Message, "There is no engine for Perl here: the server was started without perl") {
			t.Errorf("%v: %+v", test, none)
		}
	}
}
