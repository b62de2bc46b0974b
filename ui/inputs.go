package ui

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"github.com/regexdbg/regexdbg/eventloop"
	"github.com/regexdbg/regexdbg/executor"
	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/ui/socket"
	"github.com/regexdbg/regexdbg/ui/wire"
)

// laneInputs is the lane of a page's connection for the rows of its inputs.
const laneInputs = 7

// inputBudget is what the search of one input may take: inputs are short, and one that explodes keeps those behind it
// waiting.
const inputBudget = time.Second

// An input is a part of a text that is searched by itself: the bytes [start, end), without the line end behind them.
type input struct {
	start, end int
	line       int // from 1
	name       string
}

// splitLines makes an input of each line. It ends at LF or CR LF; there is none behind the last of these.
func splitLines(text []byte) (all []input) {
	for start := 0; start < len(text); {
		end := len(text)
		next := end
		if i := bytes.IndexByte(text[start:], '\n'); i >= 0 {
			end, next = start+i, start+i+1
		}
		all = append(all, input{start: start, end: withoutCR(text, start, end), line: len(all) + 1})
		start = next
	}
	return all
}

func withoutCR(text []byte, start, end int) int {
	if end > start && text[end-1] == '\r' {
		return end - 1
	}
	return end
}

// splitSet makes an input of what follows each line that begins with "=== ", which is its name, and of what is before
// the first of them unless that is empty. The line end before such a line, and the last one, are not part of an input.
func splitSet(text []byte) (all []input) {
	now := input{line: 1}
	named := false
	add := func(end int) {
		now.end = end
		if end > now.start && text[end-1] == '\n' {
			now.end = withoutCR(text, now.start, end-1)
		}
		if named || now.end > now.start {
			all = append(all, now)
		}
	}
	line := 0
	for start := 0; start < len(text); {
		line++
		next := len(text)
		if i := bytes.IndexByte(text[start:], '\n'); i >= 0 {
			next = start + i + 1
		}
		if name, ok := bytes.CutPrefix(text[start:next], []byte("=== ")); ok {
			add(start)
			now, named = input{start: next, line: line + 1, name: string(bytes.ToValidUTF8(bytes.TrimSpace(name), []byte("\uFFFD")))}, true
		}
		start = next
	}
	add(len(text))
	return all
}

// An inputRun searches the inputs of one version's text. It belongs to the loop; its job gathers rows behind a mutex.
type inputRun struct {
	session  *session
	version  int
	mode     string
	query    wire.Query
	engine   string
	native   *native // the page's own engine, or nil
	flavor   *flavor.Flavor
	document *document
	task     *eventloop.TaskOf[struct{}]
	sent     int

	mu    sync.Mutex
	state wire.InputRows // with the rows that are not sent yet
}

// setInputs takes how the page's text is many inputs.
func (s *session) setInputs(m *wire.Inputs) {
	if m.Mode != "" && m.Mode != wire.InputsLines && m.Mode != wire.InputsSet {
		s.fault(wire.FaultMessage, websocket.CloseProtocolError, fmt.Sprintf("There is no way %.40q for a text to be many inputs.", m.Mode))
		return
	}
	s.inputMode = m.Mode
	s.searchInputs()
}

// searchInputs begins to search the inputs of the page's text, when their panel is shown and that is not done yet.
func (s *session) searchInputs() {
	i := panelIndex("inputs")
	if i >= len(s.shown) || !s.shown[i] || s.inputMode == "" || s.asked == nil || s.asked.Query.Pattern == "" || s.analysis == nil {
		if s.inputMode == "" {
			s.dropInputs()
		}
		return
	}
	if r := s.inputs; r != nil && r.version == s.version && r.mode == s.inputMode {
		return
	}
	s.dropInputs()
	r := &inputRun{
		session: s, version: s.version, mode: s.inputMode, query: s.asked.Query, engine: s.asked.Engine, native: s.native,
		flavor: s.analysis.flavor, document: s.document,
	}
	r.state = wire.InputRows{Type: wire.TypeInputRows, Version: r.version, Mode: r.mode, Groups: []wire.Group{}, Rows: []wire.InputRow{}}
	s.inputs = r
	r.task = eventloop.Go(s.server.loop, r.run)
	s.watch(r.task, "searching inputs")
}

// dropInputs ends the search of inputs of a state that is not the page's any more.
func (s *session) dropInputs() {
	s.conn.Lane(laneInputs).Supersede(s.version)
	if s.inputs != nil {
		s.inputs.task.Cancel(errSuperseded)
		s.inputs = nil
	}
}

// run is the task.
func (r *inputRun) run(t *eventloop.Task) (struct{}, error) {
	s := r.session
	// As for comparisons: each key would end a runtime's process.
	if err := eventloop.Sleep(t, compareDelay); err != nil {
		return struct{}{}, err
	}
	_, err := eventloop.RunInExecutor(s.server.loop, s.client.At(executor.Background), func(ctx context.Context) (struct{}, error) {
		return struct{}{}, r.work(ctx)
	}).Await(t)
	if err != nil && t.Cancelling() > 0 {
		return struct{}{}, err
	}
	r.mu.Lock()
	r.state.Done = true
	if err != nil {
		r.state.Failed = s.inputFailure(err)
	}
	r.mu.Unlock()
	r.flush()
	return struct{}{}, nil
}

// inputFailure says to the user why there are no rows.
func (s *session) inputFailure(err error) string {
	if errors.Is(err, errDrift) {
		return "The text is being sent again." // the search asks for it
	}
	return s.testFailure(err)
}

// work searches the inputs one after another. It runs on a worker.
func (r *inputRun) work(ctx context.Context) error {
	text, err := r.document.resolve()
	if err != nil {
		return err
	}
	eng, err := r.native.lookup(r.session.server.options.Engines, r.flavor, r.engine, r.version, text)
	if err != nil {
		return err
	}
	program, err := eng.Compile([]byte(r.query.Pattern), r.query.Flags)
	if err != nil {
		return err
	}
	split := splitLines
	if r.mode == wire.InputsSet {
		split = splitSet
	}
	inputs := split(text.Bytes())
	r.mu.Lock()
	r.state.Engine, r.state.Total = wireEngine(eng.Info()), len(inputs)
	for _, g := range program.Groups() {
		r.state.Groups = append(r.state.Groups, wire.Group{Number: g.Number, Name: g.Name})
	}
	r.mu.Unlock()
	places := wire.NewInputPlaces(text)
	for _, in := range inputs[:min(len(inputs), wire.MaxInputs)] {
		row := r.search(ctx, program, text, in, places)
		if err := context.Cause(ctx); err != nil {
			return err
		}
		r.add(row)
	}
	return nil
}

// search searches one input.
func (r *inputRun) search(ctx context.Context, program engine.Program, text *engine.Text, in input, places *wire.InputPlaces) wire.InputRow {
	own := text // of which an engine may have a copy
	if in.start > 0 || in.end < text.Len() {
		own = engine.NewText(text.Bytes()[in.start:in.end])
	}
	var first []int
	result := program.Search(ctx, own, engine.Cursor{}, engine.Budget{Timeout: inputBudget}, func(groups []int) bool {
		if first == nil {
			first = append([]int{}, groups...)
		}
		return true
	})
	row := places.Row(in.start, in.end, first)
	row.Line, row.Name, row.Outcome, row.Count = in.line, in.name, string(result.Outcome), result.Count
	if result.Err != nil {
		row.Message = result.Err.Error()
	}
	return row
}

// add has a row sent with those that come before the loop gets to it.
func (r *inputRun) add(row wire.InputRow) {
	r.mu.Lock()
	first := len(r.state.Rows) == 0
	r.state.Rows = append(r.state.Rows, row)
	r.mu.Unlock()
	if first {
		r.session.server.threadsafe(func() {
			if r.session.inputs == r {
				r.flush()
			}
		})
	}
}

// flush sends the rows that have come.
func (r *inputRun) flush() {
	r.mu.Lock()
	m := r.state
	r.state.Rows = []wire.InputRow{}
	r.mu.Unlock()
	if len(m.Rows) == 0 && !m.Done {
		return // they went with those before
	}
	m.First = r.sent
	r.sent += len(m.Rows)
	r.session.conn.Lane(laneInputs).PutText(r.version, socket.Marshal(m))
}
