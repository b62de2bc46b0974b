package ui_test

import (
	"encoding/binary"
	"encoding/json"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/ui"
	"github.com/regexdbg/regexdbg/ui/wire"
)

// nativeName is what the engine of a page is called here.
const nativeName = "RegExp in Test"

// openNative is a page with an engine of its own.
func openNative(t *testing.T) *page {
	t.Helper()
	return openNativeAt(t, serve(t, ui.Options{}))
}

// openNativeAt is such a page of a server.
func openNativeAt(t *testing.T, server *httptest.Server) *page {
	t.Helper()
	p := dial(t, server)
	p.send(wire.Hello{Type: wire.TypeHello, Protocol: wire.Protocol, Native: &wire.Engine{Name: nativeName, Version: "7"}})
	var welcome wire.Welcome
	p.expect(wire.TypeWelcome, &welcome)
	return p
}

// openLender is such a page, which compares its engine with these.
func openLender(t *testing.T, engines ...string) *page {
	t.Helper()
	p := openNative(t)
	p.send(wire.Show{Type: wire.TypeShow, Panels: []string{"compare"}})
	p.send(wire.Compare{Type: wire.TypeCompare, Engines: append(engines, nativeName)})
	return p
}

// lend answers runs as run says, until a comparison is done or sought.
func (p *page) lend(run func(m wire.NativeRun)) (comparison *wire.Comparison, sought *wire.Sought) {
	p.t.Helper()
	for {
		kind, data := p.read()
		switch kind {
		case wire.TypeNativeRun:
			m := wire.NativeRun{}
			if err := json.Unmarshal(data, &m); err != nil {
				p.t.Fatal(err)
			}
			run(m)
		case wire.TypeComparison:
			comparison = new(wire.Comparison)
			if err := json.Unmarshal(data, comparison); err != nil || comparison.Done {
				return comparison, nil
			}
		case wire.TypeSought:
			sought = new(wire.Sought)
			if err := json.Unmarshal(data, sought); err != nil || sought.Done {
				return nil, sought
			}
		case wire.TypeFault:
			p.t.Fatalf("a fault: %s", data)
		}
	}
}

func (p *page) matches(run int, text string, found ...[]int) {
	p.t.Helper()
	e := wire.NewEncoder(run, 0, []byte(text), wire.IsASCII([]byte(text)), true)
	for _, groups := range found {
		e.Add(groups, "")
	}
	if frame := e.Frame(len(text)); frame != nil {
		if err := p.socket.WriteMessage(websocket.BinaryMessage, frame); err != nil {
			p.t.Fatal(err)
		}
	}
}

func (p *page) done(m wire.NativeRun, outcome string, count, searched int) {
	p.t.Helper()
	p.send(wire.NativeDone{Type: wire.TypeNativeDone, Run: m.Run, Outcome: outcome, Count: count, Searched: searched, Groups: []wire.Group{}})
}

// compiled answers a request for the groups.
func (p *page) compiled(m wire.NativeRun, names ...string) {
	p.t.Helper()
	done := wire.NativeDone{Type: wire.TypeNativeDone, Run: m.Run, Outcome: "no-match", Groups: []wire.Group{{}}}
	for i, name := range names {
		done.Groups = append(done.Groups, wire.Group{Number: i + 1, Name: name})
	}
	p.send(done)
}

// behave answers runs with what regexp2's mode finds, as a page does.
func (p *page) behave(text string) func(wire.NativeRun) {
	return func(m wire.NativeRun) {
		p.t.Helper()
		program, err := engine.ECMAScript().Compile([]byte(m.Pattern), m.Flags)
		if err != nil {
			p.send(wire.NativeDone{Type: wire.TypeNativeDone, Run: m.Run, Outcome: wire.OutcomeRefused, Message: err.Error(), Groups: []wire.Group{}})
			return
		}
		if m.Op == wire.NativeCompile {
			p.compiled(m, slices.Repeat([]string{""}, len(program.Groups())-1)...)
			return
		}
		on := text
		if m.Text != nil {
			on = *m.Text
		}
		var found [][]int
		r := program.Search(p.t.Context(), engine.NewText([]byte(on)), engine.Cursor{}, engine.Budget{MaxMatches: m.Matches}, func(groups []int) bool {
			found = append(found, slices.Clone(groups))
			return true
		})
		p.matches(m.Run, on, found...)
		p.done(m, string(r.Outcome), r.Count, r.Searched)
	}
}

// The page's engine is compared as all others are: with a part that is to blame,
// proved by running it in the page.
func TestBrowsersEngineIsCompared(t *testing.T) {
	const text = "x1 😀x٣ x2"
	p := openLender(t, "regexp2")
	p.putText(text)
	p.updateOn(1, "js", wire.EngineBrowser, `x(\d)`, text)
	m, _ := p.lend(p.behave(text))
	if got := names(m.Engines); !slices.Equal(got, []string{"regexp2 match", "RegExp in Test match"}) || m.Base != 1 || m.Engines[1].Engine.Version != "7" {
		t.Errorf("%v, base %d", got, m.Base)
	}
	if len(m.Differences) != 1 || m.Differences[0].Offset != 7 || len(m.Differences[0].Blames) != 1 || !m.Differences[0].Blames[0].Proved {
		t.Errorf("%+v", m.Differences)
	}
	p.updateOn(2, "js", wire.EngineBrowser, `x(`, text)
	if m, _ = p.lend(p.behave(text)); m.Engines[1].Outcome != wire.OutcomeRefused {
		t.Errorf("%+v", m.Engines[1])
	}

	// A search for a text sends texts of its own.
	p.updateOn(3, "js", wire.EngineBrowser, `\w`, text)
	p.lend(p.behave(text))
	p.send(wire.Seek{Type: wire.TypeSeek, Version: 3, Seed: 1})
	_, sought := p.lend(p.behave(text))
	if sought.Found == nil || len([]rune(sought.Found.Text)) != 1 || sought.Found.Engines[1].Engine.Name != nativeName {
		t.Errorf("%+v", sought)
	}
}

// A page that answers what cannot be gets an error for its engine, and the others
// are compared.
func TestBrowsersAnswersAreChecked(t *testing.T) {
	const text = "abcé"
	for name, answer := range map[string]func(p *page, m wire.NativeRun){
		"a match outside the text":  func(p *page, m wire.NativeRun) { p.matches(m.Run, text+"long", []int{5, 9}) },
		"a match before the last":   func(p *page, m wire.NativeRun) { p.matches(m.Run, text, []int{2, 3}, []int{1, 2}) },
		"other groups":              func(p *page, m wire.NativeRun) { p.matches(m.Run, text, []int{0, 1, 0, 1}) },
		"another count":             func(p *page, m wire.NativeRun) { p.done(m, "match", 3, 5) },
		"an end before the end":     func(p *page, m wire.NativeRun) { p.done(m, "no-match", 0, 2) },
		"an outcome that is not":    func(p *page, m wire.NativeRun) { p.done(m, "great", 0, 5) },
		"its own failure":           func(p *page, m wire.NativeRun) { p.done(m, "error", 0, 0) },
		"more matches than allowed": func(p *page, m wire.NativeRun) { p.matches(m.Run, text, slices.Repeat([][]int{{0, 0}}, 50)...) },
		"half a frame": func(p *page, m wire.NativeRun) {
			_ = p.socket.WriteMessage(websocket.BinaryMessage, binary.AppendUvarint([]byte{wire.FrameMatches}, uint64(m.Run)))
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := openLender(t, "regexp", "regexp2")
			p.putText(text)
			p.updateOn(1, "js", wire.EngineBrowser, `b`, text)
			m, _ := p.lend(func(m wire.NativeRun) {
				if m.Op == wire.NativeCompile {
					p.compiled(m)
					return
				}
				answer(p, m)
			})
			if got := names(m.Engines); !slices.Equal(got, []string{"regexp match", "regexp2 match", "RegExp in Test error"}) || m.Engines[2].Message == "" {
				t.Errorf("%v: %+v", got, m.Engines[2])
			}
		})
	}
	t.Run("groups that cannot be", func(t *testing.T) {
		for _, groups := range [][]string{slices.Repeat([]string{""}, 10), {strings.Repeat("n", 100)}} {
			p := openLender(t, "regexp", "regexp2")
			p.putText(text)
			p.updateOn(1, "js", wire.EngineBrowser, `b`, text)
			m, _ := p.lend(func(m wire.NativeRun) { p.compiled(m, groups...) })
			if m.Engines[2].Outcome != "error" || m.Engines[2].Message == "" {
				t.Errorf("%+v", m.Engines[2])
			}
		}
	})
}

// What nobody asked for is ignored from a page that lends its engine, and ends the
// connection of one that does not, as matches do that come faster than they are read.
func TestUnaskedAnswers(t *testing.T) {
	p := openLender(t, "regexp", "regexp2")
	p.done(wire.NativeRun{Run: 99}, "match", 1, 1)
	p.putText("ab")
	p.updateOn(1, "js", wire.EngineBrowser, `b`, "ab")
	if m, _ := p.lend(p.behave("ab")); m.Engines[2].Outcome != "match" {
		t.Errorf("%+v", m.Engines[2])
	}
	q, _ := open(t, serve(t, ui.Options{}))
	q.done(wire.NativeRun{Run: 1}, "match", 1, 1)
	var fault wire.Fault
	q.expect(wire.TypeFault, &fault)
	if !fault.Fatal || fault.Code != wire.FaultFlood {
		t.Errorf("%+v", fault)
	}
	if _, _, err := q.socket.ReadMessage(); !websocket.IsCloseError(err, websocket.ClosePolicyViolation) {
		t.Errorf("%v", err)
	}
}

// A page that is superseded under way is told to stop, and what it then says is nobody's.
func TestBrowsersRunIsSuperseded(t *testing.T) {
	p := openLender(t, "regexp", "regexp2")
	p.putText("ab")
	p.updateOn(1, "js", wire.EngineBrowser, `b`, "ab")
	var hung wire.NativeRun
	for hung.Op != wire.NativeSearch {
		m := until(t, p, wire.TypeNativeRun, func(*wire.NativeRun) bool { return true })
		if hung = *m; hung.Op == wire.NativeCompile {
			p.compiled(hung)
		}
	}
	p.updateOn(2, "js", wire.EngineBrowser, `a`, "ab")
	until(t, p, wire.TypeNativeStop, func(m *wire.NativeStop) bool { return m.Run == hung.Run })
	p.matches(hung.Run, "ab", []int{0, 1})
	p.done(hung, "match", 1, 2)
	if m, _ := p.lend(p.behave("ab")); m.Version != 2 || m.Engines[2].Outcome != "match" {
		t.Errorf("%+v", m)
	}
}

// It is measured with its own clock, which it cannot turn forward.
func TestBrowsersEngineIsMeasured(t *testing.T) {
	p := openLender(t, "regexp")
	p.putText("abab")
	p.updateOn(1, "js", wire.EngineBrowser, `b`, "abab")
	p.lend(p.behave("abab"))
	measure := func(took float64) *wire.Speeds {
		p.send(wire.Benchmark{Type: wire.TypeBenchmark, Version: 1, Engines: []string{"regexp", nativeName}})
		for {
			kind, data := p.read()
			switch kind {
			case wire.TypeNativeRun:
				m := wire.NativeRun{}
				if err := json.Unmarshal(data, &m); err != nil {
					t.Fatal(err)
				}
				if m.Op == wire.NativeCompile {
					p.compiled(m)
					continue
				}
				p.send(wire.NativeDone{
					Type: wire.TypeNativeDone, Run: m.Run, Outcome: "match", Count: 2, WallMs: took, ClockMs: 200, Groups: []wire.Group{},
				})
			case wire.TypeSpeeds:
				m := new(wire.Speeds)
				if err := json.Unmarshal(data, m); err != nil {
					t.Fatal(err)
				}
				if m.Done {
					return m
				}
			}
		}
	}
	m := measure(100) // not more than a step of its clock
	if len(m.Speeds) != 2 || m.Speeds[1].Engine.Name != nativeName || m.Speeds[1].Outcome != "match" || m.Speeds[1].Count != 2 || m.Speeds[1].MedianMs != 0.001 {
		t.Errorf("%+v", m.Speeds)
	}
	m = measure(60_000)
	if m.Speeds[0].Outcome != "match" || m.Speeds[1].Outcome != "error" || m.Speeds[1].Message == "" {
		t.Errorf("%+v", m.Speeds)
	}
}

// answerRuns answers runs as run says, until a message of a kind comes for which enough is true.
func answerRuns[T any](p *page, run func(wire.NativeRun), kind string, enough func(*T) bool) *T {
	p.t.Helper()
	for {
		got, data := p.read()
		switch got {
		case wire.TypeNativeRun:
			m := wire.NativeRun{}
			if err := json.Unmarshal(data, &m); err != nil {
				p.t.Fatal(err)
			}
			run(m)
		case kind:
			m := new(T)
			if err := json.Unmarshal(data, m); err != nil {
				p.t.Fatal(err)
			}
			if enough(m) {
				return m
			}
		case wire.TypeFault:
			p.t.Fatalf("a fault: %s", data)
		}
	}
}

// Inputs are searched by the engine that the page has chosen, its own included.
func TestBrowserSearchesInputs(t *testing.T) {
	const text = "😀x1\nx\nx2"
	p := openNative(t)
	p.send(wire.Show{Type: wire.TypeShow, Panels: []string{"inputs"}})
	p.send(wire.Inputs{Type: wire.TypeInputs, Mode: wire.InputsLines})
	p.putText(text)
	p.updateOn(1, "js", wire.EngineBrowser, `x(?<n>\d)`, text)
	var asked []string
	run := p.behave(text)
	var rows []wire.InputRow
	last := answerRuns(p, func(m wire.NativeRun) {
		if m.Op == wire.NativeSearch {
			asked = append(asked, *m.Text)
		}
		run(m)
	}, wire.TypeInputRows, func(m *wire.InputRows) bool {
		rows = append(rows, m.Rows...)
		return m.Done
	})
	if last.Engine.Name != nativeName || last.Failed != "" || !slices.Equal(asked, []string{"😀x1", "x", "x2"}) || len(rows) != 3 ||
		!slices.Equal(rows[0].Spans, []int{2, 4, 3, 4}) || rows[1].Count != 0 || !slices.Equal(rows[2].Spans, []int{7, 9, 8, 9}) {
		t.Errorf("%+v: %v %+v", last, asked, rows)
	}
	// Another engine of the flavor is asked when it is chosen.
	p.updateOn(2, "js", "regexp2-ecmascript", `x(?<n>\d)`, text)
	last = answerRuns(p, run, wire.TypeInputRows, func(m *wire.InputRows) bool { return m.Version == 2 && m.Done })
	if last.Engine.Name != "regexp2-ecmascript" {
		t.Errorf("%+v", last)
	}
}

// A page without an engine of its own has inputs searched by the machine's.
func TestInputsWithoutBrowsersEngine(t *testing.T) {
	p, _ := open(t, serve(t, ui.Options{}))
	p.send(wire.Show{Type: wire.TypeShow, Panels: []string{"inputs"}})
	p.send(wire.Inputs{Type: wire.TypeInputs, Mode: wire.InputsLines})
	p.putText("x")
	p.updateOn(1, "js", wire.EngineBrowser, `x`, "x")
	if rows, last := inputRows(t, p, 1); last.Engine.Name != "regexp2-ecmascript" || len(rows) != 1 || rows[0].Count != 1 {
		t.Errorf("%+v: %+v", last, rows)
	}
}

// Tests of JavaScript that name no engine are run by the page's own, in the tests' texts.
func TestBrowserRunsTests(t *testing.T) {
	p := openNative(t)
	p.send(wire.Show{Type: wire.TypeShow, Panels: []string{"tests"}})
	const file = "[[pattern]]\nflavor='js'\npattern='x(\\d)'\nreplacement='[$1]'\nsteps=100\n[[pattern.input]]\ntext='éx1'\nmatches=[{text='x1', groups={1='1'}}]\nreplaced='é[1]'\n" +
		"[[pattern.input]]\ntext='x1'\nmatch=false\n[[pattern]]\nflavor='js'\nengine='regexp2-ecmascript'\npattern='a'\n[[pattern.input]]\ntext='a'\nmatch=true\n" +
		"[[pattern]]\nflavor='js'\npattern='('\n[[pattern.input]]\ntext='a'\nmatch=true\n" +
		"[[pattern]]\nflavor='js'\npattern='b'\n[[pattern.input]]\ntext='b'\ntimes=1048577\nmatch=true\n"
	p.send(wire.Tests{Type: wire.TypeTests, Serial: 1, Text: file})
	run := p.behave("")
	var results []wire.TestResult
	answerRuns(p, run, wire.TypeTestResults, func(m *wire.TestResults) bool {
		results = append(results, m.Results...)
		return m.Done
	})
	var got []string
	for _, r := range results {
		got = append(got, r.Engine.Name+" "+r.Status)
	}
	want := []string{nativeName + " passed", nativeName + " failed", "regexp2-ecmascript passed", nativeName + " error", nativeName + " error"}
	if !slices.Equal(got, want) {
		t.Fatalf("got %q, want %q: %+v", got, want, results)
	}
	if last := results[4].Details; !strings.Contains(last, "1048577 bytes") || !strings.Contains(last, "1048576") {
		t.Errorf("a long text: %s", last)
	}
}

// The debugger asks the engine that the page has chosen, and asks anew when that is another one.
func TestDebuggerAsksTheChosenEngine(t *testing.T) {
	p := openNative(t)
	p.send(wire.Show{Type: wire.TypeShow, Panels: []string{"debug"}})
	const text = "xaab"
	p.putText(text)
	run := p.behave(text)
	version := 0
	agreement := func(engine string) *wire.DebugAgreement {
		t.Helper()
		version++
		p.updateOn(version, "js", engine, `a(b)?`, text)
		p.send(wire.Debug{Type: wire.TypeDebug, Version: version, Request: version, Move: wire.MoveEnd, Around: 1})
		return answerRuns(p, run, wire.TypeDebugAgreement, func(m *wire.DebugAgreement) bool { return m.Version == version })
	}
	for _, c := range []struct{ engine, words string }{
		{wire.EngineBrowser, "Agrees with " + nativeName + " 7."},
		{"regexp2-ecmascript", "Agrees with regexp2-ecmascript v"},
		{wire.EngineBrowser, "Agrees with " + nativeName + " 7."},
	} {
		if m := agreement(c.engine); m.Verdict != "agrees" || !strings.HasPrefix(m.Words, c.words) {
			t.Errorf("%s: %+v", c.engine, m)
		}
	}
	// What it finds is what counts.
	run = func(m wire.NativeRun) {
		if m.Op == wire.NativeCompile {
			p.compiled(m, "")
			return
		}
		p.matches(m.Run, text, []int{0, 1, -1, -1})
		p.done(m, "match", 1, len(text))
	}
	version++
	p.updateOn(version, "js", wire.EngineBrowser, `a(b)?|c`, text)
	p.send(wire.Debug{Type: wire.TypeDebug, Version: version, Request: version, Move: wire.MoveEnd, Around: 1})
	m := answerRuns(p, run, wire.TypeDebugAgreement, func(m *wire.DebugAgreement) bool { return m.Version == version })
	if m.Verdict != "differs" || !strings.HasPrefix(m.Words, "Differs from "+nativeName) {
		t.Errorf("%+v", m)
	}
}
