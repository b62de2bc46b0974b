package ui

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/gorilla/websocket"

	"github.com/regexdbg/regexdbg/eventloop"
	"github.com/regexdbg/regexdbg/executor"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/lint"
	"github.com/regexdbg/regexdbg/regex/syntax"
	"github.com/regexdbg/regexdbg/ui/socket"
	"github.com/regexdbg/regexdbg/ui/wire"
)

// shortPattern is the longest pattern, in bytes, whose analysis and panels are made by one
// job and go to the page together, before what its search finds: they take a few
// milliseconds, and the page draws them in one frame. Of longer ones each goes when it is made.
const shortPattern = 8 << 10

// laneAnalysis is the lane of a page's connection for analyses; the search has 0.
const laneAnalysis = 1

// analysis is what can be said of a query without its text and without an
// engine. It is made once for a query, when the query comes, by a job that is queued
// before the search's; an edit of the text leaves it alone, but for some warnings. It
// belongs to the loop; the fields below the line are its jobs', which run one
// after another: the first sets tree and positions, which then do not change.
type analysis struct {
	session *session
	version int // of the update that brought the query
	query   wire.Query
	flavor  *flavor.Flavor

	task    *eventloop.TaskOf[struct{}]
	told    *eventloop.Event // the page has heard the analysis, and the panels that go with it, or why not
	running bool             // task has something to do still
	done    []bool           // by panel: sent, or failed
	width   int              // of the panels, in CSS pixels
	replace replacement

	document *document // the page's text
	warned   *document // the text that the warnings are for; nil before there are any

	// ----
	tree      *syntax.Tree
	positions *wire.Positions
	text      lint.Text // what the warnings were made with last
}

// analyse begins the analysis of a query, or goes on with that of before.
func (s *session) analyse(query wire.Query, f *flavor.Flavor) {
	a := s.analysis
	if a == nil || a.query != query {
		s.dropAnalysis()
		a = &analysis{
			session: s, version: s.version, query: query, flavor: f, done: make([]bool, len(panels)), told: eventloop.NewEvent(s.server.loop),
		}
		s.analysis = a
	} else if !a.running && a.tree == nil {
		return // it failed, and an edit of the text changes nothing about that
	}
	a.document = s.document
	a.view(s.width, s.replacementFor(f, s.engineName))
	a.start()
}

// view takes down what panels depend on besides the query, and has those made again
// for which it has changed.
func (a *analysis) view(width int, r replacement) {
	for i, p := range panels {
		a.done[i] = a.done[i] && (!p.wide || width == a.width) && (p.replaced == nil || r == a.replace)
	}
	a.width, a.replace = width, r
}

// dropAnalysis ends the analysis of a query that is not the page's any more.
func (s *session) dropAnalysis() {
	s.conn.Lane(laneAnalysis).Supersede(s.version)
	if s.analysis != nil {
		s.analysis.task.Cancel(errSuperseded)
	}
	s.analysis = nil
}

// show takes down which panels the page shows.
func (s *session) show(m *wire.Show) {
	shown := make([]bool, len(panels))
	for _, id := range m.Panels {
		i := panelIndex(id)
		if i < 0 {
			s.fault(wire.FaultMessage, websocket.CloseProtocolError, fmt.Sprintf("There is no panel %.40q.", id))
			return
		}
		shown[i] = true
	}
	s.shown = shown
	s.compare()
	s.searchInputs()
	if s.debug != nil {
		s.debug.wake.Set()
	}
	if s.tests != nil {
		s.tests.wake.Set()
	}
	s.width = m.Width
	if s.analysis != nil {
		s.analysis.view(s.width, s.analysis.replace)
		s.analysis.start()
	}
}

// start makes what is missing, unless that is under way.
func (a *analysis) start() {
	if a.running || a.tree != nil && a.next() < 0 && a.warned == a.document {
		return
	}
	task := eventloop.Go(a.session.server.loop, a.run)
	a.task, a.running = task, true
	task.AddDoneCallback(func() {
		if err := task.Exception(); err != nil && !errors.Is(err, eventloop.ErrCancelled) {
			a.session.server.options.Log.Error("ui: an analysis failed", "err", err)
		}
	})
}

// run sends the analysis, then what the panels need that are shown by then, and
// then the warnings, which may have to wait for the text.
func (a *analysis) run(t *eventloop.Task) (struct{}, error) {
	defer func() {
		a.tell()
		a.running = false
	}()
	if a.tree == nil {
		made, err := a.send(t, a.first())
		if err != nil || made == 0 {
			return struct{}{}, err
		}
		a.tell()
	}
	for {
		var next part
		if i := a.next(); i >= 0 {
			next = a.panelPart(i)
		} else if a.warned != a.document {
			first, document := a.warned == nil, a.document
			a.warned = document
			next = part{"warnings", func() any { return a.warn(first, document) }}
		} else {
			return struct{}{}, nil
		}
		if _, err := a.send(t, []part{next}); err != nil {
			return struct{}{}, err
		}
	}
}

// A part is one message of an analysis.
type part struct {
	panel   string     // that needs it, or ""
	message func() any // makes it, on a worker; nil for nothing to send
}

// first returns what goes to the page first: the analysis and, when that is soon, what the panels
// need that are shown. A menu's does not wait with them: conversions to every flavor may take long.
func (a *analysis) first() []part {
	parts := []part{{"", func() any {
		a.positions = wire.NewPositions(a.query.Pattern)
		a.tree = syntax.Parse(a.query.Pattern, a.flavor, flavor.FlagsOf(a.query.Flags))
		return wire.NewAnalysis(a.version, a.tree, a.positions)
	}}}
	if len(a.query.Pattern) > shortPattern {
		return parts
	}
	for i := range panels {
		if a.lacks(i) && !panels[i].Menu {
			parts = append(parts, a.panelPart(i))
		}
	}
	return parts
}

// panelPart is what a panel needs, which counts as sent from now on.
func (a *analysis) panelPart(i int) part {
	a.done[i] = true
	width, r := a.width, a.replace
	return part{panels[i].ID, func() any {
		if panels[i].replaced != nil {
			return panels[i].replaced(a, r)
		}
		return panels[i].analyse(a, width)
	}}
}

// tell lets the search speak.
func (a *analysis) tell() {
	a.told.Set()
	if x := a.session.search; x != nil && x.leg != nil {
		x.leg.wake.Set()
	}
}

// isTold reports whether the page has been told of the pattern, if that is soon: a search says nothing before.
func (a *analysis) isTold() bool {
	return a == nil || len(a.query.Pattern) > shortPattern || a.told.IsSet()
}

// awaitTold waits until a search may speak, but for at most so long.
func (a *analysis) awaitTold(t *eventloop.Task, most time.Duration) error {
	if a.isTold() {
		return nil
	}
	err := eventloop.WithTimeout(t, most, func() error { return a.told.Wait(t) })
	if errors.Is(err, eventloop.ErrTimeout) {
		return nil
	}
	return err
}

// warn returns the warnings of the pattern for a text, or nil when they are those
// of before.
func (a *analysis) warn(first bool, document *document) any {
	text := lint.Text{NonASCII: document.hasLetters()}
	if !first && text == a.text {
		return nil
	}
	a.text = text
	return wire.NewWarnings(a.version, a.positions, lint.Warnings(a.tree, text))
}

// next returns the index of a panel that lacks what it needs, or -1.
func (a *analysis) next() int {
	for i := range panels {
		if a.lacks(i) {
			return i
		}
	}
	return -1
}

// lacks reports whether a panel is shown and has not been sent what it needs.
func (a *analysis) lacks(i int) bool {
	return a.session.shown[i] && (panels[i].analyse != nil || panels[i].replaced != nil) && !a.done[i]
}

// send has a worker make messages, and sends them in one frame. In the place of one that cannot be made goes why;
// those after it are not made, and their panels still lack them. made is how many were; err is that the task was
// cancelled.
func (a *analysis) send(t *eventloop.Task, parts []part) (made int, err error) {
	s := a.session
	var messages [][]byte
	done := 0
	job := eventloop.RunInExecutor(s.server.loop, s.client.At(executor.Interactive),
		func(context.Context) (struct{}, error) {
			for _, p := range parts {
				if m := p.message(); m != nil {
					messages = append(messages, socket.Marshal(m))
				}
				done++
			}
			return struct{}{}, nil
		})
	if _, err = job.Await(t); err != nil && t.Cancelling() > 0 {
		return 0, err // a worker may be at it still
	}
	if err != nil {
		messages = append(messages, socket.Marshal(wire.AnalysisFailed{
			Type: wire.TypeAnalysisFailed, Version: a.version, Panel: parts[done].panel, Message: a.failure(parts[done].panel, err),
		}))
		for _, p := range parts[done+1:] {
			if i := panelIndex(p.panel); i >= 0 {
				a.done[i] = false
			}
		}
	}
	if len(messages) > 0 {
		s.conn.Lane(laneAnalysis).PutText(a.version, socket.Join(messages))
	}
	return done, nil
}

// failure says to the user why there is nothing.
func (a *analysis) failure(panel string, err error) string {
	var panicked *executor.PanicError
	switch {
	case errors.Is(err, executor.ErrQueueFull):
		return "Too many searches are waiting. Change the pattern to try again."
	case errors.As(err, &panicked):
		a.session.server.options.Log.Error("ui: the analysis panicked", "panel", panel, "flavor", a.flavor.Name,
			"value", panicked.Value, "stack", string(panicked.Stack))
		return fmt.Sprintf("This failed: %.200v. It is a defect; the program's log has its stack.", panicked.Value)
	}
	return err.Error()
}
