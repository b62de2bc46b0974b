package trace

import (
	"context"
	"errors"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// Each limit ends a run with an outcome of its own.
func TestOutcomes(t *testing.T) {
	for _, c := range []struct {
		name, flavor, pattern, text string
		limits                      Limits
		want                        Outcome
	}{
		{"match", "pcre2", "a", "ba", Limits{}, Matched},
		{"no match", "pcre2", "a", "b", Limits{}, NoMatch},
		{"steps", "pcre2", `(a+)+$`, strings.Repeat("a", 40) + "!", Limits{Steps: 100_000}, OutOfSteps},
		{"memory", "pcre2", `(?:a|b)*c`, strings.Repeat("ab", 100_000), Limits{Memory: 1 << 20}, OutOfMemory},
		{"matches", "pcre2", "a", "aaaa", Limits{Matches: 2}, OutOfMatches},
		{"recursion", "pcre2", `(a?(?1)|b)`, "c", Limits{}, Endless},
		{"deep recursion", "pcre2", `(a(?1)|b)`, strings.Repeat("a", 1_000_000), Limits{Memory: 1 << 20}, OutOfMemory},
		{"backward", "pcre2", `(?=(?1))(?(DEFINE)(ab\K))`, "ab", Limits{}, Backward},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := beginRun(t, compileText(t, c.flavor, "", c.pattern), c.text, c.limits)
			got, err := r.Advance(context.Background(), -1)
			if got != c.want || err != nil {
				t.Errorf("%s, %v after %d steps; want %s", got, err, r.Steps(), c.want)
			}
			if again, err := r.Advance(context.Background(), -1); again != got || err != nil {
				t.Errorf("then %s, %v", again, err)
			}
			if c.limits.Steps > 0 && r.Steps() != c.limits.Steps {
				t.Errorf("%d steps", r.Steps())
			}
		})
	}
}

// A run that was out of steps goes on where it was, to the end that it has without a limit.
func TestAllow(t *testing.T) {
	for _, c := range []struct{ flavor, pattern, text string }{
		{"pcre2", `(a+)+$`, strings.Repeat("a", 14) + "!"}, {"go", `(a+)+$`, strings.Repeat("a", 300) + "!"},
	} {
		whole := beginTrace(t, c.flavor, c.pattern, c.text, Limits{})
		if outcome, err := whole.Advance(context.Background(), -1); outcome != NoMatch || err != nil {
			t.Fatalf("%s, %v", outcome, err)
		}
		r := beginTrace(t, c.flavor, c.pattern, c.text, Limits{Steps: 1000})
		for limit := int64(1000); ; limit *= 10 {
			outcome, err := r.Advance(context.Background(), -1)
			if err != nil {
				t.Fatal(err)
			}
			if outcome == NoMatch {
				break
			}
			if outcome != OutOfSteps || r.Steps() != limit {
				t.Fatalf("%s after %d steps, want the limit of %d", outcome, r.Steps(), limit)
			}
			r.Allow(limit - 1) // no lower
			if again, err := r.Advance(context.Background(), -1); again != OutOfSteps || err != nil {
				t.Fatalf("then %s, %v", again, err)
			}
			r.Allow(10 * limit)
		}
		if got, want := r.Counters(), whole.Counters(); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", c.flavor, got, want)
		}
		for _, step := range []int64{0, 999, 1000, 1001, r.Steps() - 1} {
			got, err := r.State(context.Background(), step)
			if err != nil {
				t.Fatal(err)
			}
			want, err := whole.State(context.Background(), step)
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%s: step %d: %+v, want %+v (%v)", c.flavor, step, got, want, err)
			}
		}
	}
}

func beginTrace(t *testing.T, flavorName, pattern, text string, limits Limits) Trace {
	t.Helper()
	f, err := flavor.Lookup(flavorName)
	if err != nil {
		t.Fatal(err)
	}
	r, err := New(syntax.Parse(pattern, f, 0), []byte(text), limits)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// A context that is done ends a run, a window and a search, and the run can go on afterwards.
func TestCancel(t *testing.T) {
	stop := errors.New("stop")
	done, cancel := context.WithCancelCause(context.Background())
	cancel(stop)
	r := beginRun(t, compileText(t, "js", "", `(a+)+$`), strings.Repeat("a", 40)+"!", Limits{Steps: 200_000})
	if outcome, err := r.Advance(done, -1); outcome != Running || err != stop || r.Steps() > PollSteps {
		t.Fatalf("%s, %v after %d steps", outcome, err, r.Steps())
	}
	if outcome, err := r.Advance(context.Background(), -1); outcome != OutOfSteps || err != nil {
		t.Fatalf("then %s, %v", outcome, err)
	}
	if err := r.Window(done, 150_000, 10, func(*Event) bool { return true }); err != stop {
		t.Errorf("a window: %v", err)
	}
	if _, err := r.State(done, 100_001); err != stop {
		t.Errorf("a state: %v", err)
	}
	pos := 1 << 20
	for _, backward := range []bool{false, true} {
		if _, _, err := r.Find(done, 70_000, backward, Condition{When: func(e *Event) bool { return e.Pos == pos }}); err != stop {
			t.Errorf("a search, backward %v: %v", backward, err)
		}
	}
	for _, step := range []int64{-2, r.Steps()} {
		if _, err := r.State(context.Background(), step); err != ErrStep {
			t.Errorf("step %d: %v", step, err)
		}
	}
}

// However many steps there are, checkpoints stay within their bounds, and what a run keeps does not grow with them.
func TestBounded(t *testing.T) {
	const limit = 2 << 20
	r := beginRun(t, compileText(t, "java", "", `(?:(a)+)+$`), strings.Repeat("a", 2000)+"!", Limits{Steps: 6_000_000, Checkpoints: limit})
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	if outcome, err := r.Advance(context.Background(), -1); outcome != OutOfSteps || err != nil {
		t.Fatal(outcome, err)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if len(r.points.all) > maxCheckpoints || len(r.points.all) < 8 || r.points.size > limit {
		t.Errorf("%d checkpoints of %d bytes", len(r.points.all), r.points.size)
	}
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 2*limit {
		t.Errorf("%d bytes are kept", grown)
	}
	for _, step := range []int64{0, 1, 2_999_999, 5_999_999} {
		if s, err := r.State(context.Background(), step); err != nil || s.Event.Step != step {
			t.Errorf("step %d: %+v, %v", step, s, err)
		}
	}
}

// Of many attempts, the first, the last and the most expensive ones are kept.
func TestSummaries(t *testing.T) {
	text := strings.Repeat("b", 5000) + strings.Repeat("a", 50) + strings.Repeat("b", 5000)
	r := beginRun(t, compileText(t, "python", "", `a+c`), text, Limits{})
	if _, err := r.Advance(context.Background(), -1); err != nil {
		t.Fatal(err)
	}
	c := r.Counters()
	if c.Attempts != int64(len(text))+1 || len(c.Summaries) != MaxAttempts {
		t.Fatalf("%d attempts, %d summaries", c.Attempts, len(c.Summaries))
	}
	kept := map[int]Attempt{}
	for _, a := range c.Summaries {
		kept[a.Offset] = a
	}
	for _, offset := range []int{0, 255, 5000, 5049, len(text) - 200, len(text)} {
		if _, ok := kept[offset]; !ok {
			t.Errorf("the attempt at %d is not kept", offset)
		}
	}
	if a := kept[5000]; a.Furthest != 5050 || a.Matched || a.Steps < 100 || r.Tokens()[a.Failed].Span != (syntax.Span{Start: 2, End: 3}) {
		t.Errorf("%+v", a)
	}
}

// Patterns that are large or deep compile and run on bounded memory, and without a deep stack.
func TestHostile(t *testing.T) {
	for name, pattern := range map[string]string{
		"groups":       strings.Repeat("(", 900) + "a" + strings.Repeat(")", 900),
		"repeats":      strings.Repeat("(?:", 400) + "a" + strings.Repeat(")*", 400),
		"counts":       `(?:a{1,65535}){1,65535}b`,
		"empty":        `(?:(?:(?:|a)*)*)*b`,
		"alternatives": strings.Repeat("a|", 50_000) + "b",
		"literal":      strings.Repeat("x", 100_000),
		"looks":        strings.Repeat("(?=", 500) + "a" + strings.Repeat(")", 500),
		"captures":     strings.Repeat("(a)?", 3000),
		"references":   "(a*)" + strings.Repeat(`\1`, 2000) + "b",
	} {
		for _, f := range []string{"dotnet", "perl", "java", "js"} {
			p, err := tryCompile(t, f, "", pattern)
			if _, bad := errors.AsType[*syntax.Error](err); bad {
				continue
			}
			if err != nil {
				t.Fatalf("%s, %s: %v", name, f, err)
			}
			r := beginRun(t, p, strings.Repeat("a", 5000), Limits{Steps: 200_000, Memory: 32 << 20, Checkpoints: 8 << 20})
			if _, err := r.Advance(context.Background(), -1); err != nil {
				t.Errorf("%s, %s: %v", name, f, err)
			}
		}
	}
}

// What is not supported is named, with its place.
func TestUnsupported(t *testing.T) {
	for _, c := range []struct{ flavor, pattern, what string }{
		{"perl", `a[^\N{U+100.300}]`, `the set [^\N{U+100.300}] (its characters are not known)`},
	} {
		_, err := tryCompile(t, c.flavor, "", c.pattern)
		if got, ok := errors.AsType[*UnsupportedError](err); !ok || got.What != c.what || got.Span != (syntax.Span{Start: 1, End: len(c.pattern)}) {
			t.Errorf("%q: %v", c.pattern, err)
		}
	}
}

// A fuzzed pattern and text: nothing panics or hangs, and windows agree with the whole.
func FuzzRun(f *testing.F) {
	for _, c := range readCorpus(f) {
		for _, name := range c.flavors {
			if name != "go" {
				f.Add(name, c.flags, c.pattern, c.text)
			}
		}
	}
	f.Fuzz(func(t *testing.T, name, flags, pattern, text string) {
		fl, err := flavor.Lookup(name)
		if err != nil || fl.Set == flavor.InGo || len(pattern) > 200 || len(text) > 200 {
			return
		}
		p, err := Compile(syntax.Parse(pattern, fl, flavor.FlagsOf(flags)))
		if err != nil {
			return
		}
		r := beginRun(t, p, text, Limits{Steps: 20_000, Memory: 8 << 20, Matches: 100})
		r.points.every = 64
		if _, err := r.Advance(t.Context(), -1); err != nil {
			t.Fatal(err)
		}
		for _, m := range r.Matches() {
			if m[1] > len(text) || m[0] < 0 {
				t.Fatalf("a match %v", m)
			}
		}
		if r.Steps() == 0 {
			t.Fatal("no step")
		}
		last := r.Steps() - 1
		if s, err := r.State(t.Context(), last); err != nil || s.Event.Step != last || s.Event.Kind >= kinds {
			t.Fatalf("%+v, %v", s, err)
		}
	})
}
