package ui_test

import (
	"encoding/binary"
	"encoding/json"
	"io"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/regexdbg/regexdbg/ui"
	"github.com/regexdbg/regexdbg/ui/socket"
	"github.com/regexdbg/regexdbg/ui/wire"
)

// page is a test's side of the websocket: what the browser does, without one.
type page struct {
	asked  int // of the library
	t      *testing.T
	socket *websocket.Conn
	reader *socket.Reader // of socket
	// analyses are the messages of analyses that came among those of searches.
	analyses []message
}

// message is a text frame.
type message struct {
	kind string
	data []byte
}

// serve starts a server on loopback that ends with the test.
func serve(t *testing.T, options ui.Options) *httptest.Server {
	t.Helper()
	if options.Log == nil {
		options.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	tool := ui.Handler(options)
	server := httptest.NewServer(tool)
	t.Cleanup(func() {
		if err := tool.Close(); err != nil {
			t.Errorf("closing the tool: %v", err)
		}
		server.Close()
	})
	return server
}

// dial opens a socket without saying hello.
func dial(t *testing.T, server *httptest.Server) *page {
	t.Helper()
	conn, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(server.URL, "http")+"/ws", nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return newPage(t, conn)
}

func newPage(t *testing.T, conn *websocket.Conn) *page {
	return &page{t: t, socket: conn, reader: socket.NewReader(conn)}
}

// open is a page that has been welcomed.
func open(t *testing.T, server *httptest.Server) (*page, wire.Welcome) {
	t.Helper()
	p := dial(t, server)
	p.send(wire.Hello{Type: wire.TypeHello, Protocol: wire.Protocol})
	var welcome wire.Welcome
	p.expect(wire.TypeWelcome, &welcome)
	return p, welcome
}

func (p *page) send(message any) {
	p.t.Helper()
	if err := p.socket.WriteJSON(message); err != nil {
		p.t.Fatal(err)
	}
}

func (p *page) putText(text string) {
	p.t.Helper()
	if err := p.socket.WriteMessage(websocket.BinaryMessage, append([]byte{wire.FramePutText}, text...)); err != nil {
		p.t.Fatal(err)
	}
}

// update sends a state; the text's length is that of the text in units.
func (p *page) update(version int, flavor, flags, pattern, text string, edits ...wire.Edit) {
	p.t.Helper()
	p.send(wire.Update{
		Type: wire.TypeUpdate, Version: version, Edits: edits, Units: wire.Units([]byte(text), false),
		Query: wire.Query{Flavor: flavor, Flags: flags, Pattern: pattern},
	})
}

// updateOn sends a state that asks for an engine.
func (p *page) updateOn(version int, flavor, engine, pattern, text string) {
	p.t.Helper()
	p.send(wire.Update{
		Type: wire.TypeUpdate, Version: version, Units: wire.Units([]byte(text), false),
		Query: wire.Query{Flavor: flavor, Pattern: pattern}, Engine: engine,
	})
}

// next returns the next frame that is neither of an analysis nor news of engines:
// its type, and the frame.
func (p *page) next() (kind string, data []byte) {
	p.t.Helper()
	for {
		kind, data = p.read()
		if kind == wire.TypeEngines {
			continue
		}
		if !ofAnalysis(kind) {
			return kind, data
		}
		p.analyses = append(p.analyses, message{kind, data})
	}
}

func ofAnalysis(kind string) bool {
	return kind == wire.TypeAnalysis || kind == wire.TypeAnalysisFailed || kind == wire.TypeWarnings ||
		kind == wire.TypeDiagram || kind == wire.TypeExplanation || kind == wire.TypeTemplate ||
		kind == wire.TypeLiterals || kind == wire.TypeConversions
}

// expectAnalysis waits for the next message of an analysis, and fails when it is
// of another type. Warnings are skipped when something else is wanted: every
// analysis has them.
func (p *page) expectAnalysis(kind string, into any) {
	p.t.Helper()
	for len(p.analyses) == 0 {
		if got, data := p.read(); ofAnalysis(got) {
			p.analyses = append(p.analyses, message{got, data})
		}
	}
	m := p.analyses[0]
	p.analyses = p.analyses[1:]
	if m.kind == wire.TypeWarnings && kind != m.kind {
		p.expectAnalysis(kind, into)
		return
	}
	if m.kind != kind {
		p.t.Fatalf("got %s %.300s, want %s", m.kind, m.data, kind)
	}
	if err := json.Unmarshal(m.data, into); err != nil {
		p.t.Fatal(err)
	}
}

// read returns the next frame whatever it is.
func (p *page) read() (kind string, data []byte) {
	p.t.Helper()
	// Not a measure of anything: a test that hangs should say where.
	_ = p.socket.SetReadDeadline(time.Now().Add(time.Minute))
	kind, data, err := p.reader.Next()
	if err != nil {
		p.t.Fatalf("reading: %v", err)
	}
	return kind, data
}

// expect reads the next frame into message, and fails when it is of another type.
func (p *page) expect(kind string, message any) {
	p.t.Helper()
	got, data := p.next()
	if got != kind {
		p.t.Fatalf("got %s %.300s, want %s", got, data, kind)
	}
	if err := json.Unmarshal(data, message); err != nil {
		p.t.Fatal(err)
	}
}

// expectClose reads until the server closes, and checks the code.
func (p *page) expectClose(code int) {
	p.t.Helper()
	_ = p.socket.SetReadDeadline(time.Now().Add(time.Minute))
	for {
		if _, _, err := p.socket.ReadMessage(); err != nil {
			if !websocket.IsCloseError(err, code) {
				p.t.Fatalf("got %v, want close code %d", err, code)
			}
			return
		}
	}
}

// found is all that a page hears of one version.
type found struct {
	started wire.Started
	matches [][]int        // byte offsets
	units   [][]int        // UTF-16 offsets
	marks   map[int]string // by match
	names   []string       // of marks, as they came
	frames  int
	waiting int
	slow    []wire.Progress
	done    wire.Done
}

// collect reads until the done of version. Frames of other versions fail the
// test: the server may not send them once it has seen this one.
func (p *page) collect(version int) found {
	p.t.Helper()
	var f found
	p.expectStarted(version, &f)
	p.collectRest(version, &f)
	return f
}

func (p *page) expectStarted(version int, f *found) {
	p.t.Helper()
	for {
		kind, data := p.next()
		switch kind {
		case wire.TypeWaiting:
			f.waiting++
			continue
		case wire.TypeStarted:
			if err := json.Unmarshal(data, &f.started); err != nil {
				p.t.Fatal(err)
			}
			if f.started.Version == version {
				return
			}
		case wire.TypeProgress, wire.TypeDone, socket.Binary:
			continue // of the version before, sent before ours was read
		default:
			p.t.Fatalf("got %s %.300s, want started %d", kind, data, version)
		}
	}
}

func (p *page) collectRest(version int, f *found) {
	p.t.Helper()
	for {
		kind, data := p.next()
		switch kind {
		case socket.Binary:
			p.decode(version, data, f)
		case wire.TypeProgress:
			var progress wire.Progress
			if err := json.Unmarshal(data, &progress); err != nil {
				p.t.Fatal(err)
			}
			f.slow = append(f.slow, progress)
		case wire.TypeDone:
			if err := json.Unmarshal(data, &f.done); err != nil {
				p.t.Fatal(err)
			}
			if f.done.Version != version {
				p.t.Fatalf("done of version %d after version %d", f.done.Version, version)
			}
			return
		default:
			p.t.Fatalf("got %s %.300s before done", kind, data)
		}
	}
}

// decode reads a matches frame as docs/protocol.md describes it.
func (p *page) decode(version int, data []byte, f *found) {
	p.t.Helper()
	if data[0] != wire.FrameMatches {
		p.t.Fatalf("frame of kind %#x", data[0])
	}
	data = data[1:]
	number := func() int {
		n, size := binary.Uvarint(data)
		if size <= 0 {
			p.t.Fatal("frame ends early")
		}
		data = data[size:]
		return int(n)
	}
	if got := number(); got != version {
		p.t.Fatalf("matches of version %d after version %d", got, version)
	}
	first, count, _ := number(), number(), number()
	if first != len(f.matches) {
		p.t.Fatalf("frame begins with match %d, want %d", first, len(f.matches))
	}
	wide, marked := data[0]&1 != 0, data[0]&2 != 0
	data = data[1:]
	groups := func(base int) []int {
		match := make([]int, 0, 2*len(f.started.Groups))
		for range f.started.Groups {
			tag := number()
			if tag == 0 {
				match = append(match, -1, -1)
				continue
			}
			start := base + int(uint(tag-1)>>1)
			if (tag-1)&1 == 1 {
				start = base - int(uint(tag)>>1)
			}
			match = append(match, start, start+number())
			base = match[0]
		}
		return match
	}
	bytes, units := 0, 0
	for range count {
		match := groups(bytes)
		bytes = match[0]
		f.matches = append(f.matches, match)
		if wide {
			match = groups(units)
			units = match[0]
		}
		f.units = append(f.units, match)
	}
	if marked {
		at := first - 1
		for range number() {
			at += 1 + number()
			name := number()
			if name == len(f.names) {
				length := number()
				f.names, data = append(f.names, string(data[:length])), data[length:]
			}
			if f.marks == nil {
				f.marks = map[int]string{}
			}
			f.marks[at] = f.names[name]
		}
	}
	if len(data) != 0 {
		p.t.Fatalf("%d bytes after the last match", len(data))
	}
	f.frames++
}
