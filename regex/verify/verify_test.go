package verify

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
	"github.com/regexdbg/regexdbg/regex/trace"
)

// subject is a trace that has run as far as its limits allow.
func subject(t *testing.T, name, pattern, text string, limits trace.Limits) Subject {
	t.Helper()
	f, err := flavor.Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	run, err := trace.New(syntax.Parse(pattern, f, 0), []byte(text), limits)
	if err != nil {
		t.Fatal(err)
	}
	outcome, err := run.Advance(context.Background(), -1)
	if err != nil {
		t.Fatal(err)
	}
	return Subject{Pattern: pattern, Text: engine.NewText([]byte(text)), Trace: run, Outcome: outcome, Timeout: 10 * time.Second}
}

// The engines in this process agree with the machine, groups by their numbers whatever their order.
func TestRealEngines(t *testing.T) {
	for _, test := range []struct{ flavor, pattern, text string }{
		{"pcre2", `(a)|(b)`, "ab c"},
		{"pcre2", `x`, "ab"},
		{"dotnet", `(?<n>a)(b)`, "ab"},
		{"dotnet", `(?<7>a)(?<2>b)(c)?`, "ab"},
	} {
		eng, err := engine.Local().Lookup(test.flavor, "")
		if err != nil {
			t.Skipf("no engine for %s on this system: %v", test.flavor, err)
		}
		s := subject(t, test.flavor, test.pattern, test.text, trace.Limits{})
		r := With(context.Background(), eng, s)
		if r.Verdict != Agrees || r.Compared != len(s.Trace.Matches()) || r.First || r.Engine != eng.Info() {
			t.Errorf("%s %s: %+v", test.flavor, test.pattern, r)
		}
	}
}

// A fake is an engine that finds what it is told to.
type fake struct {
	groups  []engine.Group
	matches [][]int
	result  engine.Result
	err     error
}

func (f *fake) Info() engine.Info { return engine.Info{Name: "fake", Version: "1"} }

func (f *fake) Compile([]byte, string) (engine.Program, error) { return f, f.err }

func (f *fake) Groups() []engine.Group { return f.groups }

func (f *fake) Search(_ context.Context, _ *engine.Text, _ engine.Cursor, _ engine.Budget, yield func([]int) bool) engine.Result {
	for _, m := range f.matches {
		if !yield(m) {
			return engine.Result{Outcome: engine.Stopped}
		}
	}
	return f.result
}

func TestVerdicts(t *testing.T) {
	one := []engine.Group{{Number: 0}, {Number: 1}}
	all := [][]int{{0, 1, 0, 1}, {1, 2, -1, -1}} // of (a)|b in "ab"
	for _, test := range []struct {
		name    string
		eng     *fake
		limits  trace.Limits
		want    Report
		message string
	}{
		{"same", &fake{groups: one, matches: all, result: engine.Result{Outcome: engine.Match}}, trace.Limits{},
			Report{Verdict: Agrees, Compared: 2}, "agrees with fake 1"},
		{"group", &fake{groups: one, matches: [][]int{{0, 1, 0, 1}, {1, 2, 1, 1}}, result: engine.Result{Outcome: engine.Match}}, trace.Limits{},
			Report{Verdict: Differs, Compared: 1, Theirs: []int{1, 2, 1, 1}, Ours: []int{1, 2, -1, -1}}, "differs from fake 1 at match 2: theirs 1-2 1-1, ours 1-2 -"},
		{"fewer", &fake{groups: one, matches: all[:1], result: engine.Result{Outcome: engine.Match}}, trace.Limits{},
			Report{Verdict: Differs, Compared: 1, Ours: []int{1, 2, -1, -1}}, "differs from fake 1 at match 2: theirs none, ours 1-2 -"},
		{"more", &fake{groups: one, matches: append(slices.Clone(all), []int{2, 2, -1, -1}), result: engine.Result{Outcome: engine.Match}}, trace.Limits{},
			Report{Verdict: Differs, Compared: 2, Theirs: []int{2, 2, -1, -1}}, "theirs 2-2 -, ours none"},
		{"timeout", &fake{groups: one, matches: all[:1], result: engine.Result{Outcome: engine.Timeout}}, trace.Limits{},
			Report{Verdict: Unknown, Reason: Timeout, Compared: 1}, "not known whether it agrees with fake 1: it took too long; what both found, 1 match, is the same"},
		{"limit", &fake{groups: one, result: engine.Result{Outcome: engine.Limit, Err: errors.New("heap")}}, trace.Limits{},
			Report{Verdict: Unknown, Reason: Limit}, "it reached a limit of its own (heap)"},
		{"failed", &fake{groups: one, result: engine.Result{Outcome: engine.Error, Err: errors.New("crash")}}, trace.Limits{},
			Report{Verdict: Unknown, Reason: Failed}, "it failed (crash)"},
		{"differs before it failed", &fake{groups: one, matches: [][]int{{0, 2, 0, 1}}, result: engine.Result{Outcome: engine.Error}}, trace.Limits{},
			Report{Verdict: Differs, Theirs: []int{0, 2, 0, 1}, Ours: []int{0, 1, 0, 1}}, "at match 1"},
		{"refused", &fake{err: errors.New("no such escape")}, trace.Limits{},
			Report{Verdict: Unknown, Reason: Refused}, "it does not take the pattern (no such escape)"},
		{"groups", &fake{groups: one[:1], result: engine.Result{Outcome: engine.NoMatch}}, trace.Limits{},
			Report{Verdict: Unknown, Reason: Groups}, "it has other groups"},
		{"trace cut", &fake{groups: one, matches: all, result: engine.Result{Outcome: engine.Match}}, trace.Limits{Steps: 5},
			Report{Verdict: Unknown, Reason: Cut, Compared: 1}, "the trace did not get to the end"},
		{"first only", &fake{groups: one, matches: all, result: engine.Result{Outcome: engine.Match}}, trace.Limits{Matches: 1},
			Report{Verdict: Agrees, Compared: 1, First: true}, "agrees with fake 1 on the first 1 match"},
		{"first differs", &fake{groups: one, result: engine.Result{Outcome: engine.NoMatch}}, trace.Limits{Matches: 1},
			Report{Verdict: Differs, Ours: []int{0, 1, 0, 1}}, "theirs none, ours 0-1 0-1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := With(context.Background(), test.eng, subject(t, "pcre2", `(a)|b`, "ab", test.limits))
			if got.Verdict != test.want.Verdict || got.Reason != test.want.Reason || got.Compared != test.want.Compared || got.First != test.want.First ||
				!slices.Equal(got.Theirs, test.want.Theirs) || !slices.Equal(got.Ours, test.want.Ours) {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
			if !strings.Contains(got.String(), test.message) {
				t.Errorf("got %q, want %q", got, test.message)
			}
		})
	}
	if got := With(context.Background(), nil, subject(t, "pcre2", `a`, "a", trace.Limits{})); got.Verdict != Unknown || got.Reason != NoEngine || !strings.Contains(got.String(), "no real engine") {
		t.Errorf("without an engine: %+v", got)
	}
}
