package ui

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"github.com/gorilla/websocket"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
	"github.com/regexdbg/regexdbg/ui/socket"
	"github.com/regexdbg/regexdbg/ui/wire"
)

const (
	// nativeSilence is how much longer than its time a page may take to answer a run.
	// It starts a worker and hands it the text, which takes some 100 ms, and much
	// longer on a machine whose cores are busy. A page that does not answer for so long is
	// not asked again until it says something, whatever that is.
	nativeSilence = 10 * time.Second
	// nativeSearch is the time of a run that has no bound of its own.
	nativeSearch = time.Minute
	// nativeText is the longest text that is sent to the page for a run on another
	// text than its own: those of inputs, of tests and of a search for a disagreement
	// are short, and to write such a one as JSON takes some 5 ms.
	nativeText = 1 << 20
	// nativeName is the longest name and the longest version, in bytes, that a page
	// gives to its engine, and nativeMessage the longest that it says of a run.
	nativeName    = 100
	nativeMessage = 1000
	// nativeKept is how many patterns it is remembered of which groups they have: a
	// search for a disagreement runs the same few on thousands of texts.
	nativeKept = 8
	// nativeFlavor is what it runs.
	nativeFlavor = "js"
)

// native is the browser's own RegExp of one page, which runs what it is asked to:
// one run at a time, each a message and its answers. What a page answers is not
// trusted: it is checked to be a result for the pattern and the text, and nobody
// but the page itself gets to see it.
type native struct {
	server *Server
	conn   *socket.Conn
	info   engine.Info
	ctx    context.Context // done when the page is gone
	turn   chan struct{}   // holds one for the run that is under way
	silent atomic.Bool

	mu       sync.Mutex
	compiled map[[2]string][]engine.Group // by pattern and flags

	runs int        // so far; it belongs to who has the turn
	run  *nativeRun // that is under way, or nil; it belongs to the loop
}

// A nativeRun is one run as its worker waits for it.
type nativeRun struct {
	number  int
	answers chan any // wire.NativeMatches, and at last a *wire.NativeDone
}

var (
	errSilent = errors.New("the browser has not answered in time: it is asked again when the pattern or the text changes")
	errGone   = errors.New("the page is gone")
)

// newNative returns the engine that a page says it has, or nil when it has none.
// It is over when end is called.
func newNative(s *session, hello *wire.Hello) (n *native, end func()) {
	said := hello.Native
	if said == nil || said.Name == "" || len(said.Name) > nativeName || len(said.Version) > nativeName || strings.Contains(said.Name, ":") {
		return nil, func() {}
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	return &native{
		server: s.server, conn: s.conn, ctx: ctx, turn: make(chan struct{}, 1), compiled: map[[2]string][]engine.Group{},
		info: engine.Info{
			Flavor: nativeFlavor, Name: said.Name, Version: said.Version,
			Note: "this browser's own RegExp, its version as the browser says; the time is with the way to the page and back",
		},
	}, func() { cancel(errGone) }
}

// registry returns the server's engines and this one, which searches text where the
// page has it: the text of that version. n may be nil, and so may text, of which the
// page has none then.
func (n *native) registry(all *engine.Registry, version int, text *engine.Text) *engine.Registry {
	if n == nil {
		return all
	}
	return all.And(engine.Entry{Info: n.info, Engine: nativeEngine{n, version, text}})
}

// lookup returns the engine of a flavor that a page asks for by this name: this one for
// [wire.EngineBrowser], unless the page lends none, when that is the flavor's first. n may
// be nil. It may wait for runtimes to be found, as [engine.Registry.Lookup] says.
func (n *native) lookup(all *engine.Registry, f *flavor.Flavor, name string, version int, text *engine.Text) (engine.Engine, error) {
	if name != wire.EngineBrowser {
		return all.Lookup(f.Name, name)
	}
	return n.registry(all, version, text).Lookup(f.Name, "")
}

// heard notes that the page has said something. One that was stopped for a while, by its browser or with the machine,
// has nothing to say any more of the run that it did not answer.
func (n *native) heard() {
	if n != nil {
		n.silent.Store(false)
	}
}

// answered takes an answer of the page. It runs on the loop. The error says what no
// page does.
func (n *native) answered(run int, answer any) error {
	if n == nil {
		return errors.New("a run was answered that was never asked for")
	}
	if n.run == nil || n.run.number != run {
		return nil // nobody wants it any more
	}
	select {
	case n.run.answers <- answer:
		return nil
	default:
		return errors.New("matches come faster than they are asked for")
	}
}

// lent hands an answer of the page to who waits for it.
func (s *session) lent(run int, answer any) {
	if err := s.native.answered(run, answer); err != nil {
		s.fault(wire.FaultFlood, websocket.ClosePolicyViolation, err.Error())
	}
}

// ask has the page run something and waits for the end of it, at most for its time
// and nativeSilence. take gets the frames of matches, and ends it with an error.
func (n *native) ask(ctx context.Context, m wire.NativeRun, budget time.Duration, take func(wire.NativeMatches) error) (*wire.NativeDone, error) {
	select {
	case n.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	case <-n.ctx.Done():
		return nil, context.Cause(n.ctx)
	}
	defer func() { <-n.turn }()
	if n.silent.Load() {
		return nil, errSilent
	}
	n.runs++
	run := &nativeRun{number: n.runs, answers: make(chan any, wire.NativeFrames+1)}
	m.Type, m.Run, m.BudgetMs = wire.TypeNativeRun, run.number, max(1, int(budget.Milliseconds()))
	message := socket.Marshal(m)
	n.server.threadsafe(func() {
		n.run = run
		n.conn.Lane(0).PutText(0, message)
	})
	ended := false
	defer func() {
		n.server.threadsafe(func() {
			n.run = nil
			if !ended {
				n.conn.Put(0, wire.NativeStop{Type: wire.TypeNativeStop, Run: run.number})
			}
		})
	}()
	late := time.NewTimer(budget + nativeSilence)
	defer late.Stop()
	for {
		select {
		case answer := <-run.answers:
			if done, ok := answer.(*wire.NativeDone); ok {
				ended = true
				return done, nil
			}
			if take == nil {
				return nil, errors.New("the page found something that nobody asked for")
			}
			if err := take(answer.(wire.NativeMatches)); err != nil {
				return nil, err
			}
			n.server.threadsafe(func() { n.conn.Put(0, wire.NativeTaken{Type: wire.TypeNativeTaken, Run: run.number}) })
		case <-late.C:
			n.silent.Store(true)
			return nil, errSilent
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case <-n.ctx.Done():
			return nil, context.Cause(n.ctx)
		}
	}
}

// nativeEngine is the engine for a version of the page's text.
type nativeEngine struct {
	*native
	version int
	text    *engine.Text // the page's
}

func (e nativeEngine) Info() engine.Info { return e.info }

// Compile has the page compile the pattern. It may take nativeSilence.
func (e nativeEngine) Compile(pattern []byte, flags string) (engine.Program, error) {
	f, err := flavor.Lookup(nativeFlavor)
	if err != nil {
		return nil, err
	}
	if flags, err = f.CheckFlags(flags); err != nil {
		return nil, err
	}
	p := &nativeProgram{nativeEngine: e, pattern: string(pattern), flags: flags}
	key := [2]string{p.pattern, flags}
	e.mu.Lock()
	groups, ok := e.compiled[key]
	e.mu.Unlock()
	if ok {
		p.groups = groups
		return p, nil
	}
	done, err := e.ask(e.ctx, p.request(wire.NativeCompile), time.Second, nil)
	if err != nil {
		return nil, err
	}
	if done.Outcome == wire.OutcomeRefused {
		return nil, &syntax.Error{Code: "refused", Message: words(done.Message), Span: syntax.Span{End: len(pattern)}}
	}
	if engine.Outcome(done.Outcome) != engine.Match && engine.Outcome(done.Outcome) != engine.NoMatch {
		return nil, failed(done)
	}
	if p.groups, err = groupsFrom(done.Groups, len(pattern)); err != nil {
		return nil, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.compiled) >= nativeKept {
		clear(e.compiled)
	}
	e.compiled[key] = p.groups
	return p, nil
}

// groupsFrom checks the groups that a page says a pattern of that many bytes has:
// numbered without gaps, and with names that are written in it.
func groupsFrom(said []wire.Group, length int) ([]engine.Group, error) {
	if len(said) == 0 || len(said) > length+1 {
		return nil, fmt.Errorf("the page says that the pattern has %d groups", len(said))
	}
	groups := make([]engine.Group, len(said))
	letters := 0
	for i, g := range said {
		if letters += len(g.Name); g.Number != i || letters > length {
			return nil, errors.New("the page says of the pattern's groups what cannot be")
		}
		groups[i] = engine.Group{Number: i, Name: g.Name}
	}
	return groups, nil
}

// words are what a page says of a run, no longer than anybody reads.
func words(message string) string {
	return strings.ToValidUTF8(message[:min(len(message), nativeMessage)], "")
}

// failed is the error of a run that came to nothing.
func failed(done *wire.NativeDone) error {
	if done.Message == "" {
		return fmt.Errorf("the browser ended with %.40q", done.Outcome)
	}
	return errors.New(words(done.Message))
}

// nativeProgram is a pattern of the page's engine.
type nativeProgram struct {
	nativeEngine
	pattern, flags string
	groups         []engine.Group
}

func (p *nativeProgram) Groups() []engine.Group { return p.groups }

func (p *nativeProgram) request(op string) wire.NativeRun {
	return wire.NativeRun{Op: op, Pattern: p.pattern, Flags: p.flags, Version: p.version}
}

// asked is a request for a search of a text.
func (p *nativeProgram) asked(op string, text *engine.Text) (wire.NativeRun, error) {
	m := p.request(op)
	if text == p.text {
		return m, nil
	}
	data := text.Bytes()
	if len(data) > nativeText {
		return m, fmt.Errorf("the text has %d bytes, and at most %d are sent to the browser", len(data), nativeText)
	}
	if !utf8.Valid(data) {
		return m, errors.New("this browser holds text as UTF-16, and this text is not UTF-8")
	}
	m.Text = new(string(data))
	return m, nil
}

// Search is as in [engine.Program], from the start of the text alone, and at most
// for nativeSearch. The time that the page takes to start is not the search's.
func (p *nativeProgram) Search(ctx context.Context, text *engine.Text, from engine.Cursor, budget engine.Budget, yield func([]int) bool) (r engine.Result) {
	if from != (engine.Cursor{}) {
		return engine.Result{Outcome: engine.Error, Err: errors.New("a comparison's search on the browser begins at the start")}
	}
	m, err := p.asked(wire.NativeSearch, text)
	if err != nil {
		return engine.Result{Outcome: engine.Error, Err: err}
	}
	most := text.Len() + 1
	if budget.MaxMatches > 0 {
		most = min(most, budget.MaxMatches)
	}
	m.Matches = most
	last, stopped := 0, false
	done, err := p.ask(ctx, m, bounded(budget.Timeout), func(frame wire.NativeMatches) error {
		tooMany := false
		err := frame.Decode(len(p.groups), text.Len(), r.Count, last, func(match []int) bool {
			if r.Count == most {
				tooMany = true
				return false
			}
			r.Count++
			last = match[0]
			stopped = !yield(match)
			return !stopped
		})
		switch {
		case err != nil:
			return err
		case stopped:
			return errOver
		case tooMany:
			return errors.New("the page found more matches than it was asked for")
		}
		return nil
	})
	switch {
	case stopped:
		r.Outcome = engine.Stopped
	case err != nil && ctx.Err() != nil:
		r.Outcome, r.Err = engine.Cancelled, context.Cause(ctx)
	case err != nil:
		r.Outcome, r.Err = engine.Error, err
	default:
		r.Outcome, r.Err = outcomeFrom(done, r.Count, most, text.Len())
		r.Searched = min(max(done.Searched, 0), text.Len())
	}
	return r
}

// errOver ends a run whose matches nobody wants any more.
var errOver = errors.New("the search is over")

// outcomeFrom checks how a page says that a search ended which has found count
// matches of at most most.
func outcomeFrom(done *wire.NativeDone, count, most, bytes int) (engine.Outcome, error) {
	outcome := engine.Outcome(done.Outcome)
	if done.Count != count {
		return engine.Error, fmt.Errorf("the page says that there are %d matches, and sent %d", done.Count, count)
	}
	switch outcome {
	case engine.Match, engine.NoMatch:
		if (outcome == engine.Match) != (count > 0) || done.Searched != bytes {
			return engine.Error, errors.New("the page ended a search before its end")
		}
		return outcome, nil
	case engine.Timeout:
		return outcome, nil
	case engine.Limit:
		if count == most {
			return outcome, nil
		}
		return outcome, failed(done) // the engine's own
	}
	return engine.Error, failed(done)
}

// Measure has the page take the time, as [engine.Measure] says.
func (p *nativeProgram) Measure(ctx context.Context, text *engine.Text, repeat int, timeout time.Duration) engine.Measurement {
	m, err := p.asked(wire.NativeMeasure, text)
	if err != nil {
		return engine.Measurement{Outcome: engine.Error, Err: err}
	}
	m.Repeat = repeat
	start := time.Now()
	done, err := p.ask(ctx, m, bounded(timeout), nil)
	passed := time.Since(start)
	switch {
	case err != nil && ctx.Err() != nil:
		return engine.Measurement{Outcome: engine.Cancelled, Err: context.Cause(ctx), Elapsed: passed}
	case err != nil:
		return engine.Measurement{Outcome: engine.Error, Err: err}
	}
	elapsed, clock := milli(done.WallMs), milli(done.ClockMs)
	result := engine.Measurement{Outcome: engine.Outcome(done.Outcome), Count: done.Count, Elapsed: elapsed, Clock: clock}
	switch result.Outcome {
	case engine.Match, engine.NoMatch:
		// Its clock may be one step ahead of ours.
		if elapsed < 0 || elapsed > passed+clock || clock < 0 || clock > time.Second ||
			(result.Outcome == engine.Match) != (result.Count > 0) || result.Count < 0 || result.Count > text.Len()+1 {
			return engine.Measurement{Outcome: engine.Error, Err: errors.New("the page says of its search what cannot be")}
		}
	case engine.Timeout:
	default:
		result.Outcome, result.Err = engine.Error, failed(done)
	}
	return result
}

// bounded is the time of a run.
func bounded(timeout time.Duration) time.Duration {
	if timeout <= 0 {
		return nativeSearch
	}
	return min(timeout, nativeSearch)
}

// milli is a time in milliseconds, or -1 for none.
func milli(ms float64) time.Duration {
	if math.IsNaN(ms) || ms < 0 || ms > float64(time.Hour.Milliseconds()) {
		return -1
	}
	return time.Duration(ms * float64(time.Millisecond))
}
