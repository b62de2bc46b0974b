package ui_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/ui"
	"github.com/regexdbg/regexdbg/ui/socket"
	"github.com/regexdbg/regexdbg/ui/wire"
)

func TestWelcomeSaysWhatThereIs(t *testing.T) {
	_, welcome := open(t, serve(t, ui.Options{Version: "v1.2.3", File: &ui.File{Name: "a.log", Bytes: []byte("abc")}}))
	var with, without []string
	for _, f := range welcome.Flavors {
		if f.Engine == nil {
			without = append(without, f.Name)
		} else if with = append(with, f.Name); f.Engine.Name == "" || f.Engine.Version == "" {
			t.Errorf("flavor %s: engine %+v", f.Name, f.Engine)
		}
		if len(f.Flags) == 0 || (f.Engine == nil) != strings.Contains(f.Missing, f.Label) {
			t.Errorf("flavor %+v", f)
		}
	}
	if want := []string{"go", "dotnet", "pcre2", "js"}; !reflect.DeepEqual(with, want) {
		t.Errorf("flavors with an engine: %v, want %v", with, want)
	}
	if len(with)+len(without) != len(flavor.All()) {
		t.Errorf("flavors without an engine: %v", without)
	}
	if len(welcome.Panels) == 0 || welcome.Panels[0].ID != "matches" || !welcome.Panels[0].NeedsEngine {
		t.Errorf("panels %+v", welcome.Panels)
	}
	if welcome.Server != "v1.2.3" || welcome.File == nil || *welcome.File != (wire.File{Name: "a.log", Bytes: 3}) {
		t.Errorf("welcome %+v", welcome)
	}
	if welcome.Limits.TextBytes == 0 || welcome.Limits.BudgetMs == 0 || welcome.Limits.Matches == 0 || welcome.Limits.PatternBytes == 0 {
		t.Errorf("limits %+v", welcome.Limits)
	}
}

func TestSearch(t *testing.T) {
	none := []int{-1, -1}
	join := func(spans ...[]int) (all []int) {
		for _, s := range spans {
			all = append(all, s...)
		}
		return all
	}
	tests := []struct {
		name, flavor, flags, pattern, text string
		groups                             []wire.Group
		matches, units                     [][]int
	}{
		{
			name: "groups, named and unmatched", flavor: "go", pattern: `(?P<word>a+)|(b)`, text: "xaab",
			groups:  []wire.Group{{Number: 0}, {Number: 1, Name: "word"}, {Number: 2}},
			matches: [][]int{join([]int{1, 3}, []int{1, 3}, none), join([]int{3, 4}, none, []int{3, 4})},
		},
		{
			name: "flags", flavor: "go", flags: "i", pattern: `A`, text: "aA",
			groups:  []wire.Group{{Number: 0}},
			matches: [][]int{{0, 1}, {1, 2}},
		},
		{
			name: "empty matches by Go's rule", flavor: "go", pattern: `a*`, text: "baac",
			groups:  []wire.Group{{Number: 0}},
			matches: [][]int{{0, 0}, {1, 3}, {4, 4}},
		},
		{
			name: "empty matches by .NET's rule", flavor: "dotnet", pattern: `a*`, text: "baac",
			groups:  []wire.Group{{Number: 0}},
			matches: [][]int{{0, 0}, {1, 3}, {3, 3}, {4, 4}},
		},
		{
			name: "UTF-16 positions", flavor: "go", pattern: `x(.)`, text: "é😀xéx😀",
			groups:  []wire.Group{{Number: 0}, {Number: 1}},
			matches: [][]int{{6, 9, 7, 9}, {9, 14, 10, 14}},
			units:   [][]int{{3, 5, 4, 5}, {5, 8, 6, 8}},
		},
		{
			name: "a byte that is no UTF-8 is one unit", flavor: "dotnet", pattern: `b(?<=(é)..)`, text: "é\xffb",
			groups:  []wire.Group{{Number: 0}, {Number: 1}},
			matches: [][]int{{3, 4, 0, 2}},
			units:   [][]int{{2, 3, 0, 1}},
		},
		{
			name: "CR, NUL and NBSP stay", flavor: "go", pattern: `\r\n|\x00|\x{A0}`, text: "a\r\n\x00\u00a0",
			groups:  []wire.Group{{Number: 0}},
			matches: [][]int{{1, 3}, {3, 4}, {4, 6}},
			units:   [][]int{{1, 3}, {3, 4}, {4, 5}},
		},
	}
	server := serve(t, ui.Options{})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p, _ := open(t, server)
			p.putText(test.text)
			p.update(1, test.flavor, test.flags, test.pattern, test.text)
			got := p.collect(1)
			if test.units == nil {
				test.units = test.matches
			}
			if !reflect.DeepEqual(got.matches, test.matches) || !reflect.DeepEqual(got.units, test.units) {
				t.Errorf("matches %v units %v\nwant    %v units %v", got.matches, got.units, test.matches, test.units)
			}
			for i := range got.started.Groups { // .NET names groups by their numbers
				if got.started.Groups[i].Name == fmt.Sprint(got.started.Groups[i].Number) {
					got.started.Groups[i].Name = ""
				}
			}
			if !reflect.DeepEqual(got.started.Groups, test.groups) {
				t.Errorf("groups %v, want %v", got.started.Groups, test.groups)
			}
			d := got.done
			if d.Outcome != wire.OutcomeMatch || d.Count != len(test.matches) || d.Searched != len(test.text) || d.Bytes != len(test.text) || d.CanContinue {
				t.Errorf("done %+v", d)
			}
			if got.started.Engine.Name == "" || got.started.Engine.Version == "" {
				t.Errorf("engine %+v", got.started.Engine)
			}
		})
	}
}

func TestOutcomesWithoutMatches(t *testing.T) {
	p, _ := open(t, serve(t, ui.Options{Limits: ui.Limits{PatternBytes: 10}}))

	p.update(1, "go", "", "x", "")
	if d := p.collect(1).done; d.Outcome != wire.OutcomeNoMatch || d.Count != 0 {
		t.Errorf("done %+v", d)
	}

	var idle wire.Idle
	p.update(2, "go", "", "", "")
	if p.expect(wire.TypeIdle, &idle); idle.Version != 2 {
		t.Errorf("idle %+v", idle)
	}

	for version, test := range map[int]struct{ flavor, flags, pattern, code string }{
		3: {"go", "", "é(b", ""},
		4: {"cobol", "", "b", "unknown-flavor"},
		5: {"go", "q", "b", "unknown-flag"},
		6: {"go", "", strings.Repeat("b", 11), "too-long"},
	} {
		p, _ := open(t, serve(t, ui.Options{Limits: ui.Limits{PatternBytes: 10}}))
		p.update(version, test.flavor, test.flags, test.pattern, "")
		var invalid wire.Invalid
		p.expect(wire.TypeInvalid, &invalid)
		if invalid.Version != version || invalid.Error.Message == "" || test.code != "" && invalid.Error.Code != test.code {
			t.Errorf("invalid %+v, want code %q", invalid, test.code)
		}
		if version == 3 && (invalid.Error.Span.From != 1 || invalid.Error.Span.FromBytes != 2) {
			t.Errorf("span %+v, want it to begin at the parenthesis", invalid.Error.Span)
		}
	}
}

func TestEditsTravelAsDeltas(t *testing.T) {
	p, _ := open(t, serve(t, ui.Options{}))
	text := "one é two\r\n😀 three"
	p.putText(text)
	p.update(1, "go", "", "e", text)
	p.collect(1)

	// Replace "two" by a byte that is no UTF-8, and append; in units of before.
	edited := "one é \xff\r\n😀 three ee"
	p.update(2, "go", "", "e+", edited,
		wire.Edit{From: 6, To: 9, InsertBase64: "/w=="}, wire.Edit{From: 19, To: 19, Insert: " ee"})
	if got, want := p.collect(2).matches, [][]int{{2, 3}, {18, 20}, {21, 23}}; !reflect.DeepEqual(got, want) {
		t.Errorf("matches %v, want %v", got, want)
	}
}

func TestDriftAsksForTheText(t *testing.T) {
	for name, update := range map[string]wire.Update{
		"another length":     {Units: 4},
		"outside the text":   {Units: 3, Edits: []wire.Edit{{From: 9, To: 9, Insert: "x"}}},
		"inside a character": {Units: 3, Edits: []wire.Edit{{From: 1, To: 2}}},
	} {
		t.Run(name, func(t *testing.T) {
			p, _ := open(t, serve(t, ui.Options{}))
			p.putText("😀a")
			update.Type, update.Version, update.Query = wire.TypeUpdate, 1, wire.Query{Flavor: "go", Pattern: "a"}
			p.send(update)
			var resync wire.Resync
			if p.expect(wire.TypeResync, &resync); resync.Version != 1 {
				t.Errorf("resync %+v", resync)
			}
			p.putText("aa")
			p.update(2, "go", "", "a", "aa")
			if got := p.collect(2).done.Count; got != 2 {
				t.Errorf("%d matches after the text was sent again, want 2", got)
			}
		})
	}
}

func TestLoadFile(t *testing.T) {
	data := "a\r\n\x00\xffb"
	p, _ := open(t, serve(t, ui.Options{File: &ui.File{Name: "x", Bytes: []byte(data)}}))
	p.send(wire.LoadFile{Type: wire.TypeLoadFile})
	kind, got := p.next()
	if kind != socket.Binary || got[0] != wire.FrameText || string(got[1:]) != data {
		t.Fatalf("got %s %q", kind, got)
	}
	p.update(1, "go", "", "b", data)
	if matches := p.collect(1).matches; !reflect.DeepEqual(matches, [][]int{{5, 6}}) {
		t.Errorf("matches %v", matches)
	}

	p, _ = open(t, serve(t, ui.Options{}))
	p.send(wire.LoadFile{Type: wire.TypeLoadFile})
	var fault wire.Fault
	if p.expect(wire.TypeFault, &fault); fault.Code != wire.FaultNoFile || fault.Fatal {
		t.Errorf("fault %+v", fault)
	}
}

func TestManyMatchesStreamInOrder(t *testing.T) {
	const count = 200_000
	text := strings.Repeat("ab ", count)
	p, _ := open(t, serve(t, ui.Options{Limits: ui.Limits{Budget: time.Hour}}))
	p.putText(text)
	p.update(1, "dotnet", "", `(a)b`, text)
	got := p.collect(1)
	if len(got.matches) != count || got.done.Count != count || got.frames < 2 {
		t.Fatalf("%d matches in %d frames, done says %d", len(got.matches), got.frames, got.done.Count)
	}
	for i, m := range got.matches {
		if m[0] != 3*i || m[1] != 3*i+2 || m[2] != 3*i || m[3] != 3*i+1 {
			t.Fatalf("match %d is %v", i, m)
		}
	}
}

// catastrophic is a pattern and text that keep a backtracking engine busy for
// longer than any test.
const (
	catastrophic     = `(a+)+$`
	catastrophicText = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"
)

func TestLimitAndContinue(t *testing.T) {
	p, _ := open(t, serve(t, ui.Options{Limits: ui.Limits{Matches: 3}}))
	text := strings.Repeat("a", 8)
	p.putText(text)
	p.update(1, "go", "", "a", text)
	got := p.collect(1)
	for leg, want := range []int{3, 6, 8} {
		if len(got.matches) != want || got.done.Count != want {
			t.Fatalf("leg %d: %d matches, done %+v", leg, len(got.matches), got.done)
		}
		if want == 8 {
			break
		}
		if got.done.Outcome != wire.OutcomeLimit || !got.done.CanContinue || got.done.Searched != want || got.done.Message == "" {
			t.Fatalf("leg %d: done %+v", leg, got.done)
		}
		p.send(wire.Continue{Type: wire.TypeContinue, Version: 1})
		p.expectStarted(1, &got)
		if !got.started.Continued {
			t.Error("started does not say that it goes on")
		}
		p.collectRest(1, &got)
	}
	if got.done.Outcome != wire.OutcomeMatch || got.done.CanContinue {
		t.Errorf("done %+v", got.done)
	}
}

func TestTimeoutKeepsWhatWasFound(t *testing.T) {
	p, _ := open(t, serve(t, ui.Options{Limits: ui.Limits{Budget: 50 * time.Millisecond, MaxBudget: 100 * time.Millisecond}}))
	text := "b " + catastrophicText
	p.putText(text)
	p.update(1, "dotnet", "", `b|`+catastrophic, text)
	got := p.collect(1)
	if got.done.Outcome != wire.OutcomeTimeout || !got.done.CanContinue || got.done.NextBudgetMs != 100 || got.done.Message == "" {
		t.Fatalf("done %+v", got.done)
	}
	if !reflect.DeepEqual(got.matches, [][]int{{0, 1, -1, -1}}) || got.done.Searched == 0 || got.done.Searched >= len(text) {
		t.Errorf("matches %v, done %+v", got.matches, got.done)
	}
	p.send(wire.Continue{Type: wire.TypeContinue, Version: 1})
	p.expectStarted(1, &got)
	p.collectRest(1, &got)
	if got.done.Outcome != wire.OutcomeTimeout || got.done.Count != 1 {
		t.Errorf("after continue: %+v", got.done)
	}
}

func TestCancelKeepsWhatWasFoundAndContinues(t *testing.T) {
	p, _ := open(t, serve(t, ui.Options{Limits: ui.Limits{MaxBudget: time.Millisecond}}))
	text := "b " + catastrophicText
	p.putText(text)
	p.update(1, "dotnet", "", `b|`+catastrophic, text)
	var got found
	p.expectStarted(1, &got)
	p.send(wire.Cancel{Type: wire.TypeCancel, Version: 1})
	p.collectRest(1, &got)
	if got.done.Outcome != wire.OutcomeCancelled || !got.done.CanContinue || len(got.matches) > 1 {
		t.Fatalf("done %+v with %v", got.done, got.matches)
	}
	p.send(wire.Continue{Type: wire.TypeContinue, Version: 1})
	p.expectStarted(1, &got)
	p.collectRest(1, &got)
	if got.done.Outcome != wire.OutcomeTimeout || len(got.matches) != 1 {
		t.Errorf("after continue: %+v with %v", got.done, got.matches)
	}
}

// A cancel that comes right after a continue meets the worker of the leg before,
// which is still stuck; it must not be lost.
func TestCancelRightAfterContinue(t *testing.T) {
	p, _ := open(t, serve(t, ui.Options{Limits: ui.Limits{Budget: time.Hour}}))
	p.putText(catastrophicText)
	p.update(1, "dotnet", "", catastrophic, catastrophicText)
	var got found
	p.expectStarted(1, &got)
	for range 3 {
		p.send(wire.Cancel{Type: wire.TypeCancel, Version: 1})
		p.collectRest(1, &got)
		if got.done.Outcome != wire.OutcomeCancelled || !got.done.CanContinue {
			t.Fatalf("done %+v", got.done)
		}
		p.send(wire.Continue{Type: wire.TypeContinue, Version: 1})
		p.expectStarted(1, &got)
	}
}

// A newer version is answered while the engine is still stuck in older ones,
// more of them than the pool has workers.
func TestNewerVersionOvertakesStuckSearches(t *testing.T) {
	p, _ := open(t, serve(t, ui.Options{}))
	p.putText(catastrophicText)
	for version := 1; version <= 5; version++ {
		p.update(version, "dotnet", "", catastrophic, catastrophicText)
		var got found
		p.expectStarted(version, &got)
	}
	p.update(6, "dotnet", "", "a!", catastrophicText)
	if got := p.collect(6); got.done.Outcome != wire.OutcomeMatch || got.done.Count != 1 {
		t.Errorf("done %+v", got.done)
	}
}

func TestSlowSearchTellsProgress(t *testing.T) {
	p, _ := open(t, serve(t, ui.Options{}))
	p.putText(catastrophicText)
	p.update(1, "dotnet", "", catastrophic, catastrophicText)
	for {
		kind, data := p.next()
		if kind == wire.TypeProgress {
			break
		}
		if kind == wire.TypeDone {
			t.Fatalf("done before any progress: %s", data)
		}
	}
}

// A session that keeps the pool busy must not keep another waiting for it.
func TestSessionsDoNotStarveEachOther(t *testing.T) {
	server := serve(t, ui.Options{})
	busy, _ := open(t, server)
	busy.putText(catastrophicText)
	var got found
	for version := 1; version <= 4; version++ {
		busy.update(version, "dotnet", "", catastrophic, catastrophicText)
		busy.expectStarted(version, &got)
	}
	calm, _ := open(t, server)
	calm.putText("abc")
	calm.update(1, "dotnet", "", "b", "abc")
	if got := calm.collect(1); got.done.Count != 1 {
		t.Errorf("done %+v", got.done)
	}
}

// A page may ask for another time limit than the server's, up to the longest.
func TestBudgetOfThePage(t *testing.T) {
	p, _ := open(t, serve(t, ui.Options{Limits: ui.Limits{Budget: time.Hour, MaxBudget: 40 * time.Millisecond}}))
	text := strings.Repeat("a", 40) + "b"
	p.putText(text)
	for version, budget := range []int{10, 1 << 62} {
		p.send(wire.Update{
			Type: wire.TypeUpdate, Version: version + 1, Units: len(text), BudgetMs: budget,
			Query: wire.Query{Flavor: "dotnet", Pattern: `^(a+)+$`},
		})
		if d := p.collect(version + 1).done; d.Outcome != wire.OutcomeTimeout {
			t.Errorf("a budget of %d ms: %+v", budget, d)
		}
	}
}
