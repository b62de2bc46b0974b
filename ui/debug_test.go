package ui_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/ui"
	"github.com/regexdbg/regexdbg/ui/wire"
)

// debugger is a page that shows the Debug tab.
type debugger struct {
	*page
	version, request int
	program          wire.DebugProgram
	progress         wire.DebugProgress
	counts           wire.DebugCounts
	failed           wire.DebugFailed
}

// openDebugger shows the tab for a state.
func openDebugger(t *testing.T, options ui.Options, flavor, pattern, text string) *debugger {
	p, _ := open(t, serve(t, options))
	p.send(wire.Show{Type: wire.TypeShow, Panels: []string{"debug"}})
	p.putText(text)
	d := &debugger{page: p}
	d.update(flavor, pattern, text)
	return d
}

func (d *debugger) update(flavor, pattern, text string, edits ...wire.Edit) {
	d.version++
	d.page.update(d.version, flavor, "", pattern, text, edits...)
}

// ask sends a request.
func (d *debugger) ask(m wire.Debug) {
	d.request++
	m.Type, m.Version, m.Request = wire.TypeDebug, d.version, d.request
	d.send(m)
}

// until reads on until a message of a kind has come, and returns it; what comes before is noted.
func (d *debugger) until(kind string) []byte {
	d.t.Helper()
	for {
		got, data := d.read()
		var into any
		switch got {
		case wire.TypeDebugProgram:
			into = &d.program
		case wire.TypeDebugProgress:
			into = &d.progress
		case wire.TypeDebugCounts:
			d.counts = wire.DebugCounts{}
			into = &d.counts
		case wire.TypeDebugFailed:
			into = &d.failed
		}
		if into != nil {
			if err := json.Unmarshal(data, into); err != nil {
				d.t.Fatal(err)
			}
		}
		if got == kind {
			return data
		}
		if got == wire.TypeDebugFailed {
			d.t.Fatalf("failed: %s", d.failed.Message)
		}
	}
}

// step waits for the answer to the latest request.
func (d *debugger) step() wire.DebugStep {
	d.t.Helper()
	for {
		var s wire.DebugStep
		if err := json.Unmarshal(d.until(wire.TypeDebugStep), &s); err != nil {
			d.t.Fatal(err)
		}
		if s.Request == d.request {
			if s.Version != d.version {
				d.t.Fatalf("the answer is of version %d, want %d", s.Version, d.version)
			}
			return s
		}
	}
}

// at goes to a step.
func (d *debugger) at(step int) wire.DebugStep {
	d.t.Helper()
	d.ask(wire.Debug{Move: wire.MoveTo, Step: step, Around: 3})
	return d.step()
}

func (d *debugger) find(from int, backward bool, any ...wire.DebugCondition) wire.DebugStep {
	d.t.Helper()
	d.ask(wire.Debug{Move: wire.MoveFind, Step: from, Backward: backward, Any: any})
	return d.step()
}

// say is a step in short.
func say(s wire.DebugStep) string {
	return fmt.Sprintf("%d %s %d %d-%d", s.Event.Step, s.Event.Kind, s.Event.Token, s.Event.From.At, s.Event.Pos.At)
}

// A request allows a run that stopped at the limit more steps, and never more than the server does.
func TestDebugAllows(t *testing.T) {
	d := openDebugger(t, ui.Options{Limits: ui.Limits{DebugSteps: 1000, MaxDebugSteps: 20_000}}, "pcre2", `(a+)+$`, strings.Repeat("a", 20)+"!")
	d.at(0)
	if d.program.MaxSteps != 1000 || d.program.MostSteps != 20_000 {
		t.Errorf("the limits are %d and %d", d.program.MaxSteps, d.program.MostSteps)
	}
	d.ask(wire.Debug{Move: wire.MoveEnd})
	if s := d.step(); s.Event.Step != 999 {
		t.Errorf("the run stopped at %d", s.Event.Step)
	}
	for _, c := range []struct{ allow, last int }{{5000, 4999}, {10, 4999}, {1_000_000_000, 19_999}} {
		d.ask(wire.Debug{Move: wire.MoveEnd, MaxSteps: c.allow})
		if s := d.step(); s.Event.Step != c.last {
			t.Errorf("with %d steps allowed the run stopped at %d, want %d", c.allow, s.Event.Step, c.last)
		}
	}
}

// Words are searched for, and what is wrong with them is said at its place in UTF-16 units.
func TestDebugSearch(t *testing.T) {
	d := openDebugger(t, ui.Options{}, "python", `(é)x|y`, "éy")
	d.at(0)
	search := func(from int, backward bool, words, unit string) wire.DebugStep {
		t.Helper()
		d.ask(wire.Debug{Move: wire.MoveFind, Step: from, Backward: backward, Search: words, Unit: unit})
		return d.step()
	}
	for _, c := range []struct {
		from     int
		backward bool
		words    string
		unit     string
		want     int
	}{
		{0, false, "group 1 changes", "bytes", 3}, {3, false, "group 1 changes", "bytes", 5}, {5, true, "group 1", "bytes", 3},
		{0, false, "offset 2 failed", "bytes", 4}, {0, false, "offset 1 failed", "utf16", 4}, {0, false, "offset 1 failed", "runes", 4},
		{0, false, `"backtracks to offset 0"`, "bytes", 5},
	} {
		if s := search(c.from, c.backward, c.words, c.unit); !s.Found || s.Event.Step != c.want || s.Problem != nil {
			t.Errorf("%s in %s: %+v, want step %d", c.words, c.unit, s.Event, c.want)
		}
	}
	if s := search(2, false, "token é token zz", "bytes"); s.Found || s.Problem == nil || s.Problem.Span.From != 14 || s.Problem.Span.To != 16 || s.Event.Step != 2 {
		t.Errorf("got %+v", s.Problem)
	}
}

func TestDebugSteps(t *testing.T) {
	d := openDebugger(t, ui.Options{}, "python", `(é)x|y`, "éy")
	var all []string
	for i := range 8 {
		all = append(all, say(d.at(i)))
	}
	if got, want := strings.Join(all, ", "), "0 attempt 0 0-0, 1 enter 2 0-0, 2 matched 3 0-1, 3 capture 2 1-1, 4 failed 4 1-1, "+
		"5 backtrack 1 1-0, 6 failed 5 0-0, 7 no-match 0 0-0"; got != want {
		t.Errorf("steps\n%s, want\n%s", got, want)
	}
	if got, want := fmt.Sprint(d.program.Tokens), "[0 6 0 6 0 3 1 2 3 4 5 6]"; got != want {
		t.Errorf("tokens %s, want %s", got, want)
	}
	s := d.at(3)
	if s.Event.Group != 1 || len(s.Groups) != 2 || s.Groups[1].Before != nil || *s.Groups[1].Now != (wire.Range{From: 0, To: 1, ToBytes: 2}) {
		t.Errorf("groups %+v of %+v", s.Groups, s.Event)
	}
	if len(s.Events) != 7 || s.Events[3].Step != 3 || s.Events[6].Pos != (wire.Place{At: 0}) {
		t.Errorf("events %+v", s.Events)
	}
	if len(s.Choices) != 1 || s.Choices[0].What != "alternative" || s.Choices[0].Left != 1 || s.FurthestEver != (wire.Place{At: 1, Bytes: 2}) {
		t.Errorf("choices %+v, furthest %+v", s.Choices, s.FurthestEver)
	}
	if s = d.at(5); s.Groups[1].Now != nil || *s.Groups[1].Before != (wire.Range{From: 0, To: 1, ToBytes: 2}) || s.Backtracks != 1 {
		t.Errorf("behind the backtrack: %+v", s)
	}
	token, pos, depth := 5, 2, 0
	for what, c := range map[string]struct {
		from      int
		backward  bool
		condition []wire.DebugCondition
		want      string
		found     bool
	}{
		"next match":     {0, false, []wire.DebugCondition{{Kinds: []string{"match"}}}, "13 match 0 2-2", true},
		"failure before": {7, true, []wire.DebugCondition{{Kinds: []string{"failed"}}}, "6 failed 5 0-0", true},
		"token":          {6, false, []wire.DebugCondition{{Token: &token}}, "12 matched 5 1-2", true},
		"place":          {0, false, []wire.DebugCondition{{Pos: &pos}}, "12 matched 5 1-2", true},
		"over":           {1, false, []wire.DebugCondition{{MaxDepth: &depth}}, "4 failed 4 1-1", true},
		"nothing":        {13, false, []wire.DebugCondition{{Kinds: []string{"match"}}}, "13 match 0 2-2", false},
	} {
		if s := d.find(c.from, c.backward, c.condition...); say(s) != c.want || s.Found != c.found {
			t.Errorf("%s: %s, found %v, want %s", what, say(s), s.Found, c.want)
		}
	}
	d.ask(wire.Debug{Move: wire.MoveEnd})
	d.step()
	for d.counts.Steps == 0 {
		d.until(wire.TypeDebugCounts)
	}
	if d.progress.Outcome != "match" || d.progress.Matches != 1 || d.progress.Attempts != 3 {
		t.Errorf("progress %+v", d.progress)
	}
	if got := fmt.Sprint(d.counts.Heat, d.counts.HeatAt); got != "[2 1 1 0 0 0 3 1 1 2 0 1] [0 0 1 2]" {
		t.Errorf("heat %s", got)
	}
	if a := d.counts.Attempts; a[0].Steps != 8 || a[0].Failed != 4 || a[0].Furthest.At != 1 || !a[1].Matched {
		t.Errorf("attempts %+v", a)
	}
}

// Comments that ask for a stop, failures in a group, lookarounds, and sentences whose offsets can be said in other units.
func TestDebugStops(t *testing.T) {
	d := openDebugger(t, ui.Options{}, "pcre2", `é(?#BREAK)(a|b(?=c))d|x`, "ébd éad")
	d.at(0)
	if b := d.program.Breaks; len(b) != 1 || b[0].Span != (wire.Range{From: 1, To: 10, FromBytes: 2, ToBytes: 11}) || d.program.Tokens[2*b[0].Token] != 10 {
		t.Fatalf("breaks %+v of %v", b, d.program.Tokens)
	}
	s := d.find(0, false, wire.DebugCondition{Token: &d.program.Breaks[0].Token})
	if s.Event.Kind != "enter" || s.Event.Pos.At != 1 {
		t.Errorf("the break is at %s", say(s))
	}
	// In the group around it, a fails, then c; d is not in it.
	var failures []string
	around := s.Event.Token
	for s = d.find(s.Event.Step, false, wire.DebugCondition{Kinds: []string{"failed"}, Around: &around}); s.Found && len(failures) < 5; {
		failures = append(failures, s.Event.Words)
		s = d.find(s.Event.Step, false, wire.DebugCondition{Kinds: []string{"failed"}, Around: &around})
	}
	if got := strings.Join(failures, " "); got != "`a` does not match \"b\" at offset 2. `c` does not match \"d\" at offset 3. The lookahead `(?=c)` does not hold at offset 3." {
		t.Errorf("failures %s", got)
	}
	s = d.find(0, false, wire.DebugCondition{Kinds: []string{"failed"}, Pos: new(2)})
	if len(s.Looks) != 1 || s.Looks[0].Pos != (wire.Place{At: 2, Bytes: 3}) || s.Looks[0].Name != "lookahead" {
		t.Errorf("%s looks %+v", say(s), s.Looks)
	}
	if o := s.Event.Offsets; len(o) != 3 || s.Event.Words[o[0]:o[0]+o[1]] != "3" || o[2] != 2 {
		t.Errorf("%q has offsets %v", s.Event.Words, o)
	}
	before := len(d.program.Tokens)
	d.ask(wire.Debug{Move: wire.MoveFind, Any: []wire.DebugCondition{{Around: &before}}})
	d.until(wire.TypeDebugFailed)
	if d.failed.Message != fmt.Sprintf("there is no token %d", before) {
		t.Errorf("%+v", d.failed)
	}
}

// The place is kept by token and offset when the pattern is edited; other versions are not answered.
func TestDebugKeepsPlace(t *testing.T) {
	d := openDebugger(t, ui.Options{}, "js", `a+b`, "aaab")
	if s := d.at(3); say(s) != "3 matched 2 2-3" {
		t.Fatal(say(s))
	}
	d.update("js", `xa+b|a+b`, "aaab")
	d.ask(wire.Debug{Move: wire.MovePlace, Place: &wire.DebugPlace{From: 5, To: 6, Kind: "matched", Pos: 3}})
	if s := d.step(); !s.Found || s.Event.Kind != "matched" || s.Event.Pos.At != 3 {
		t.Errorf("the place is %s", say(s))
	}
	// Another engine changes nothing about the run.
	before := d.program
	d.version++
	d.page.updateOn(d.version, "js", wire.EngineBrowser, `xa+b|a+b`, "aaab")
	if s := d.at(1); s.Event.Step != 1 || d.program.Version != before.Version {
		t.Errorf("another run: %+v", d.program)
	}
}

// A run of millions of steps is looked at while it goes on, and at both of its ends; what is typed ends it. One of more
// than a hundred million, without the race detector, is in tests/browser: TestDebugLastStep.
func TestDebugLongRun(t *testing.T) {
	text := strings.Repeat("a", 20) + "!"
	d := openDebugger(t, ui.Options{}, "pcre2", `(a+)+$`, text)
	if s := d.at(0); say(s) != "0 attempt 0 0-0" {
		t.Error(say(s))
	}
	d.ask(wire.Debug{Move: wire.MoveFind, Any: []wire.DebugCondition{{Kinds: []string{"match"}}}}) // there is none
	if s := d.at(100); s.Event.Step != 100 {
		t.Error(say(s))
	}
	d.ask(wire.Debug{Move: wire.MoveEnd, Around: 2})
	s := d.step()
	for d.progress.Outcome != "no-match" {
		d.until(wire.TypeDebugProgress)
	}
	if s.Event.Step != d.progress.Steps-1 || s.Event.Kind != "no-match" || s.Event.Step < 5_000_000 {
		t.Errorf("the last step is %s of %d", say(s), d.progress.Steps)
	}
	if s := d.find(s.Event.Step, true, wire.DebugCondition{Kinds: []string{"attempt"}}); s.Event.Attempt.At != 21 {
		t.Errorf("the last attempt: %+v", s.Event)
	}
	for d.counts.Steps != d.progress.Steps {
		d.until(wire.TypeDebugCounts)
	}
	if len(d.counts.Attempts) != 22 || len(d.counts.Ribbon)%6 != 0 || len(d.counts.Ribbon) < 6*512 {
		t.Errorf("%d attempts, %d numbers of ribbon", len(d.counts.Attempts), len(d.counts.Ribbon))
	}
	d.update("pcre2", `a`, text)
	if s := d.at(1); s.Event.Kind != "matched" {
		t.Error(say(s))
	}
}

// When nothing matches, the page is told why, and which changes help; and which repeats multiply.
func TestDebugWhyNot(t *testing.T) {
	text := "é" + strings.Repeat("a", 12) + "?"
	d := openDebugger(t, ui.Options{}, "pcre2", `é(a+)+;`, text)
	d.at(0)
	var why wire.DebugWhyNot
	if err := json.Unmarshal(d.until(wire.TypeDebugWhyNot), &why); err != nil {
		t.Fatal(err)
	}
	if why.Version != d.version || why.Attempt != (wire.Place{}) || why.Furthest != (wire.Place{At: 13, Bytes: 14}) || why.First != 0 ||
		why.Found != `"?"` || len(why.Expected) == 0 || len(why.Changes) == 0 || len(why.Changes) > 3 {
		t.Fatalf("%+v", why)
	}
	if e := why.Expected[len(why.Expected)-1]; e.Words != "`;`" || e.Span != (wire.Range{From: 6, To: 7, FromBytes: 7, ToBytes: 8}) {
		t.Errorf("expected %+v", e)
	}
	inner, outer := wire.Range{From: 2, To: 4, FromBytes: 3, ToBytes: 5}, wire.Range{From: 1, To: 6, FromBytes: 2, ToBytes: 7}
	if m := d.counts.Multiplying; len(m) != 2 || m[0].Span != inner || m[1].Span != outer {
		t.Errorf("multiplying %+v, want %+v and %+v", m, inner, outer)
	}
	// Each change does what it says.
	for _, c := range why.Changes {
		d.version++
		d.page.update(d.version, "pcre2", c.Flag, c.Pattern, text)
		d.ask(wire.Debug{Move: wire.MoveEnd})
		d.step()
		for d.progress.Version != d.version || d.progress.Outcome == "running" {
			d.until(wire.TypeDebugProgress)
		}
		if d.progress.Outcome != "match" {
			t.Errorf("%s: %+v", c.Words, d.progress)
		}
	}
}

// PCRE2 tells its own steps, other engines do not.
func TestDebugCallouts(t *testing.T) {
	for flavor, want := range map[string]string{"pcre2": "All 5 tries up to the first match are those of PCRE2's own callouts.", "js": ""} {
		d := openDebugger(t, ui.Options{}, flavor, `(a|ab)c`, "abc")
		d.at(0)
		var agreement wire.DebugAgreement
		if err := json.Unmarshal(d.until(wire.TypeDebugAgreement), &agreement); err != nil {
			t.Fatal(err)
		}
		if agreement.Steps != want || agreement.StepsDiffer {
			t.Errorf("%s: %+v", flavor, agreement)
		}
	}
}

func TestDebugStartsElsewhere(t *testing.T) {
	d := openDebugger(t, ui.Options{}, "python", `b`, "äbb")
	start := 2
	d.ask(wire.Debug{Move: wire.MoveEnd, Start: &start})
	if s := d.step(); say(s) != "2 match 0 3-3" || s.Attempts != 1 || s.Event.Pos.Bytes != 4 {
		t.Errorf("%s, attempt %d", say(s), s.Attempts)
	}
}

func TestDebugFails(t *testing.T) {
	for _, c := range []struct{ flavor, pattern, message string }{
		{"pcre2", `a(`, "not valid"},
		{"perl", `a\p{IsOwn}`, "{IsOwn}"},
	} {
		d := openDebugger(t, ui.Options{}, c.flavor, c.pattern, "x")
		d.ask(wire.Debug{Move: wire.MoveTo})
		d.until(wire.TypeDebugFailed)
		if !strings.Contains(d.failed.Message, c.message) {
			t.Errorf("%s: %+v", c.pattern, d.failed)
		}
	}
}

// In pcre2, the machine can do what PCRE2 does; another choice is another run.
func TestDebugOptimizes(t *testing.T) {
	d := openDebugger(t, ui.Options{}, "pcre2", `a+bc`, "xxaab")
	for _, c := range []struct {
		optimize, mode string
		attempts       int
	}{{"", "Plain semantics", 6}, {"start-optimize", "With start-optimize, as PCRE2", 0}, {"auto-possess,start-optimize", "With start-optimize and auto-possess", 0}, {"", "Plain", 6}} {
		d.ask(wire.Debug{Move: wire.MoveEnd, Optimize: c.optimize})
		if s := d.step(); s.Attempts != c.attempts || !strings.HasPrefix(d.program.Mode[0], c.mode) {
			t.Errorf("%s: %d attempts, %s", c.optimize, s.Attempts, d.program.Mode)
		}
	}
	d.ask(wire.Debug{Move: wire.MoveEnd, Optimize: "all of it"})
	d.until(wire.TypeDebugFailed)
	if !strings.Contains(d.failed.Message, "no optimisation") {
		t.Errorf("%+v", d.failed)
	}
}
