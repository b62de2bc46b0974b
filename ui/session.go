package ui

import (
	"errors"
	"fmt"

	"github.com/gorilla/websocket"

	"github.com/regexdbg/regexdbg/eventloop"
	"github.com/regexdbg/regexdbg/executor"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/ui/socket"
	"github.com/regexdbg/regexdbg/ui/wire"
)

// session is the server's side of one open page. All of it belongs to the loop,
// so nothing of it needs a mutex: Run is the task that takes the page's
// messages, and each search is a task of its own, at most one of which is alive
// for longer than its cancellation takes.
type session struct {
	server *Server
	conn   *socket.Conn
	client *executor.Client
	inbox  *eventloop.Queue[any]

	greeted   bool
	native    *native // the page's own engine, if it lends one
	endNative func()
	document  *document
	version   int
	search    *search
	searching *eventloop.TaskOf[struct{}]
	analysis  *analysis // of the present query; nil when it is not one to analyse
	shown     []bool    // by panel: on the page's screen
	width     int       // of the panels, in CSS pixels

	engineName  string // that the last update asked for, or ""
	replacement string // the page's
	benchmark   *benchmark

	asked      *wire.Update // the last one, without its edits; nil when it was refused
	choice     []string     // of engines to compare; nil for all
	comparison *comparison
	seeking    *eventloop.TaskOf[struct{}]

	tests     *testRun // of the page's file of tests; nil before it has one
	importing *eventloop.TaskOf[struct{}]
	shelf     *shelf // nil before the page has asked something of the library

	inputMode string    // how the text is many inputs, or ""
	inputs    *inputRun // of the present version

	debug      *debugging  // the run that the page looks at; nil before it has asked for one
	debugState *debugState // of the present state; nil when it is not one to run
}

func newSession(server *Server, c *socket.Conn, name string) *session {
	return &session{
		server:   server,
		conn:     c,
		client:   server.pool.NewClient(name),
		inbox:    eventloop.NewQueue[any](server.loop, 0),
		document: newDocument(nil, server.options.Limits.TextBytes),
		shown:    make([]bool, len(panels)),

		endNative: func() {},
	}
}

// Run handles messages until the task is cancelled: when the page is gone, or
// the server ends. It never waits for anything but
// the next message, so that a cancel acts at once.
func (s *session) Run(t *eventloop.Task) (struct{}, error) {
	defer s.end()
	for {
		message, err := s.inbox.Get(t)
		if err != nil {
			if errors.Is(err, socket.ErrStopping) {
				s.fault(wire.FaultShutdown, websocket.CloseGoingAway, "The server is stopping.")
			}
			return struct{}{}, err
		}
		s.handle(message)
		s.conn.Handled()
	}
}

// Deliver queues a message for Run.
func (s *session) Deliver(message any) { _ = s.inbox.PutNowait(message) } // the queue has no bound; credits have

// Failed tells the page of a defect of ours.
func (s *session) Failed() {
	s.fault(wire.FaultInternal, websocket.CloseInternalServerErr, "The session failed; the program's log says how.")
}

func (s *session) end() {
	delete(s.server.sessions, s)
	s.supersede(socket.ErrLost)
	s.dropAnalysis()
	s.dropBenchmark()
	s.dropComparison()
	s.dropSeek()
	s.dropDebug()
	s.dropTests()
	s.dropImport()
	s.dropShelf()
	s.dropInputs()
	s.endNative()
	s.client.Close()
	s.conn.End()
}

// putText is the binary message with the whole text.
type putText struct{ data []byte }

// parse reads a frame of the page. It runs on the connection's reader.
func parse(kind int, data []byte) (any, error) {
	if kind == websocket.TextMessage {
		return wire.Parse(data)
	}
	switch {
	case len(data) > 0 && data[0] == wire.FramePutText:
		return putText{data: data[1:]}, nil
	case len(data) > 0 && data[0] == wire.FrameMatches:
		return wire.ParseNativeMatches(data)
	}
	return nil, errors.New("a binary frame that is neither a text nor matches")
}

// fault tells the page what is wrong, and closes the connection when closeCode
// is not 0.
func (s *session) fault(code string, closeCode int, message string) {
	s.conn.Put(0, wire.Fault{Type: wire.TypeFault, Code: code, Message: message, Fatal: closeCode != 0})
	if closeCode != 0 {
		s.conn.Close(closeCode, code)
	}
}

func (s *session) handle(message any) {
	if _, ok := message.(*wire.Hello); !ok && !s.greeted {
		s.fault(wire.FaultProtocol, websocket.CloseProtocolError, "The first message has to be a hello.")
		return
	}
	s.native.heard()
	switch m := message.(type) {
	case *wire.Hello:
		s.hello(m)
	case putText:
		s.document = newDocument(m.data, s.server.options.Limits.TextBytes)
	case *wire.Update:
		s.update(m)
	case *wire.Cancel:
		if m.Version == s.version && s.search != nil {
			s.search.cancel()
		}
	case *wire.Continue:
		if m.Version == s.version && s.search != nil && s.search.resumable {
			s.search.resumable, s.search.cancelled = false, false
			s.search.budget = s.search.nextBudget()
			s.start()
		}
	case *wire.LoadFile:
		s.loadFile()
	case *wire.Show:
		s.show(m)
	case *wire.Debug:
		s.debugStep(m)
	case *wire.Refresh:
		s.server.refresh()
	case *wire.Benchmark:
		s.measure(m)
	case *wire.StopBenchmark:
		if m.Version == s.version && s.benchmark != nil {
			s.benchmark.stop()
		}
	case *wire.Replacement:
		s.setReplacement(m)
	case *wire.Compare:
		s.chooseEngines(m)
	case *wire.Seek:
		s.seek(m)
	case *wire.Tests:
		s.setTests(m)
	case *wire.Inputs:
		s.setInputs(m)
	case *wire.ImportTests:
		s.importTests(m)
	case *wire.Library:
		s.askLibrary(m)
	case wire.NativeMatches:
		s.lent(m.Run, m)
	case *wire.NativeDone:
		s.lent(m.Run, m)
	}
}

func (s *session) hello(m *wire.Hello) {
	if m.Protocol != wire.Protocol {
		s.fault(wire.FaultProtocol, websocket.CloseProtocolError, fmt.Sprintf(
			"The page speaks version %d of the protocol, this server version %d. Reload the page.", m.Protocol, wire.Protocol))
		return
	}
	if s.greeted {
		s.fault(wire.FaultProtocol, websocket.CloseProtocolError, "A second hello.")
		return
	}
	s.greeted = true
	s.native, s.endNative = newNative(s, m)
	s.server.sessions[s] = struct{}{}
	s.conn.Put(0, s.server.welcome())
}

// maxFlavor is the longest name of a flavor, in bytes, that is looked up: the
// error quotes it, and nobody takes a quote of the longest frame.
const maxFlavor = 100

// update supersedes whatever runs and begins the search of a new version.
func (s *session) update(m *wire.Update) {
	if m.Version <= s.version {
		s.fault(wire.FaultMessage, websocket.CloseProtocolError,
			fmt.Sprintf("Version %d follows version %d.", m.Version, s.version))
		return
	}
	s.supersede(errSuperseded)
	s.version = m.Version
	s.conn.Supersede(m.Version)
	s.dropBenchmark()
	s.dropComparison()
	s.dropSeek()
	s.dropInputs()
	s.asked = nil

	document, err := s.document.edit(m.Edits, m.Units)
	if err != nil {
		s.fault(wire.FaultFlood, websocket.ClosePolicyViolation, err.Error())
		return
	}
	s.document = document
	if len(m.Query.Flavor) > maxFlavor {
		s.refuse("unknown-flavor", "The flavor's name is too long.")
		return
	}
	f, err := flavor.Lookup(m.Query.Flavor)
	if err != nil {
		s.refuse("unknown-flavor", err.Error())
		return
	}
	if limit := s.server.options.Limits.PatternBytes; len(m.Query.Pattern) > limit {
		s.refuse("too-long", fmt.Sprintf("The pattern has %d bytes, and the page takes at most %d. The command line takes more.",
			len(m.Query.Pattern), limit))
		return
	}
	s.engineName = m.Engine
	s.analyse(m.Query, f)
	s.asked = &wire.Update{Query: m.Query, Engine: m.Engine}
	s.compare()
	s.searchInputs()
	s.keepDebug(m.Query, m.Engine, f)
	if m.Query.Pattern == "" {
		s.search = nil
		s.conn.Put(s.version, wire.Idle{Type: wire.TypeIdle, Version: s.version})
		return
	}
	if m.Engine == wire.EngineBrowser {
		s.search = nil
		return
	}
	eng, settled := s.server.options.Engines.Find(f, m.Engine)
	if settled && eng == nil {
		s.withoutEngine(f, m.Query, m.Engine)
		return
	}
	if !settled {
		eng = nil // the search waits for it, on its worker
	}
	s.search = newSearch(s, m, document, f, eng)
	s.start()
}

// withoutEngine answers an update in a flavor that nothing here can run, or that
// asks for an engine (name) that is not here.
func (s *session) withoutEngine(f *flavor.Flavor, query wire.Query, name string) {
	s.search = nil
	if _, err := f.CheckFlags(query.Flags); err != nil {
		s.putInvalid(wire.Diagnostic{Code: "unknown-flag", Message: err.Error()})
		return
	}
	s.conn.Put(s.version, wire.NoEngine{
		Type: wire.TypeNoEngine, Version: s.version, Message: s.server.missing(f, name),
	})
}

// refuse answers an update that is neither analysed nor searched.
func (s *session) refuse(code, message string) {
	s.search = nil
	s.dropAnalysis()
	s.dropDebug()
	s.debugState = nil
	s.putInvalid(wire.Diagnostic{Code: code, Message: message})
}

// putInvalid answers an update that no engine has seen.
func (s *session) putInvalid(d wire.Diagnostic) {
	d.Severity = wire.SeverityError
	s.conn.Put(s.version, wire.Invalid{Type: wire.TypeInvalid, Version: s.version, Error: d})
}

func (s *session) start() {
	task := eventloop.Go(s.server.loop, s.search.run)
	s.searching = task
	task.AddDoneCallback(func() {
		if err := task.Exception(); err != nil && !errors.Is(err, eventloop.ErrCancelled) {
			s.server.options.Log.Error("ui: a search failed", "err", err)
		}
	})
}

func (s *session) supersede(cause error) {
	if s.searching != nil {
		s.searching.Cancel(cause)
	}
}

// loadFile answers with the file's bytes, which become the session's text.
func (s *session) loadFile() {
	// One at a time: a page that asks faster than it reads waits for nothing
	// but its own reading.
	if s.conn.Full(func() {}) {
		s.fault(wire.FaultFlood, websocket.ClosePolicyViolation, "The file was asked for again before it was read.")
		return
	}
	file := s.server.options.File
	if file == nil {
		s.fault(wire.FaultNoFile, 0, "The server was started without a file.")
		return
	}
	s.document = newDocument(file.Bytes, s.server.options.Limits.TextBytes)
	s.conn.PutBinary(0, append([]byte{wire.FrameText}, file.Bytes...))
}

// awaitRoom waits until the page has read enough of what it was sent.
func (s *session) awaitRoom(t *eventloop.Task) error {
	loop := s.server.loop
	room := eventloop.NewFuture[struct{}](loop)
	if !s.conn.Full(func() {
		s.server.threadsafe(func() { _ = room.SetResultUnlessCancelled(struct{}{}) })
	}) {
		return nil
	}
	_, err := room.Await(t)
	return err
}

// welcome tells a page what there is.
func (s *Server) welcome() wire.Welcome {
	o := s.options
	w := wire.Welcome{
		Type: wire.TypeWelcome, Protocol: wire.Protocol, Server: o.Version, Instance: s.instance,
		Panels: s.wirePanels(), TokenKinds: wire.TokenKinds(),
		Limits: wire.Limits{
			TextBytes: o.Limits.TextBytes, PatternBytes: o.Limits.PatternBytes,
			Matches: o.Limits.Matches, Spans: o.Limits.Spans,
			BudgetMs: int(o.Limits.Budget.Milliseconds()), MaxBudgetMs: int(o.Limits.MaxBudget.Milliseconds()),
		},
	}
	w.Flavors, w.Looking = s.wireFlavors()
	if o.File != nil {
		w.File = &wire.File{Name: o.File.Name, Bytes: len(o.File.Bytes)}
	}
	return w
}
