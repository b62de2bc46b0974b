package verify

import (
	"context"
	"slices"
	"testing"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
	"github.com/regexdbg/regexdbg/regex/trace"
)

// optimized is what PCRE2 knows of a pattern.
func optimized(t *testing.T, letters, pattern string, with engine.Optimizations) (*syntax.Tree, trace.Optimizations) {
	t.Helper()
	if _, err := engine.Local().Lookup("pcre2", ""); err != nil {
		t.Skip(err)
	}
	f, err := flavor.Lookup("pcre2")
	if err != nil {
		t.Fatal(err)
	}
	tree := syntax.Parse(pattern, f, flavor.FlagsOf(letters))
	o, err := Optimized(tree, letters, with)
	if err != nil {
		t.Fatalf("%s: %v", pattern, err)
	}
	return tree, o
}

// Where repeats give nothing back, because it is written so or PCRE2 makes them so.
func TestPossessive(t *testing.T) {
	for _, test := range []struct {
		letters, pattern string
		want             []int
	}{
		{"", `a+b`, []int{0}},
		{"", `a+ab`, nil},
		{"", `xa+?b[cd]*\d{2,}z`, []int{1, 5, 10}},
		{"u", `é+\p{L}*\d`, []int{3}},
		{"", `(?<name>a*+)(?C1)\w{3}(*MARK:m)[^x]*x`, []int{8, 31}},
		{"i", `a*b(a+)*c`, []int{0}},
	} {
		if _, o := optimized(t, test.letters, test.pattern, engine.Optimizations{AutoPossess: true}); !slices.Equal(o.Possessive, test.want) || o.Starts != nil {
			t.Errorf("%s: %v, want %v", test.pattern, o.Possessive, test.want)
		}
	}
}

// Attempts are made only where a match can begin, and none when something is missing.
func TestStarts(t *testing.T) {
	for _, test := range []struct {
		letters, pattern, text string
		attempts               int64
		outcome                trace.Outcome
	}{
		{"", `abc`, "xxabxxabc", 2, trace.Matched},
		{"", `abc`, "xxabxxab", 0, trace.NoMatch},
		{"i", `abc`, "xABxxaBC", 2, trace.Matched},
		{"", `[ab]x`, "zazbzbx", 3, trace.Matched},
		{"", `^ab`, "ba", 0, trace.NoMatch},
		{"", `(?m)^.*b`, "x\ny\nab", 3, trace.Matched},
		{"", `\d{3}`, "12", 0, trace.NoMatch},
		{"", `(*COMMIT)ABC`, "xxABC", 1, trace.Matched},
		{"", `(*NO_START_OPT)(*COMMIT)ABC`, "xxABC", 1, trace.NoMatch},
		{"", `a?`, "xaax", 8, trace.Matched},
	} {
		tree, o := optimized(t, test.letters, test.pattern, engine.Optimizations{StartOptimize: true})
		run, err := trace.NewOptimized(tree, []byte(test.text), trace.Limits{}, o)
		if err != nil {
			t.Fatal(err)
		}
		outcome, err := run.Advance(context.Background(), -1)
		if err != nil {
			t.Fatal(err)
		}
		c := run.Counters()
		if outcome != test.outcome || c.Attempts != test.attempts || c.Steps == 0 {
			t.Errorf("%s on %q: %s, %d attempts, want %s, %d", test.pattern, test.text, outcome, c.Attempts, test.outcome, test.attempts)
		}
		if test.letters != "" {
			continue
		}
		eng, err := engine.Local().Lookup("pcre2", "")
		if err != nil {
			t.Fatal(err)
		}
		r := With(context.Background(), eng, Subject{Pattern: test.pattern, Text: engine.NewText([]byte(test.text)), Trace: run, Outcome: outcome})
		if r.Verdict != Agrees {
			t.Errorf("%s on %q: %s", test.pattern, test.text, r)
		}
	}
}

// Only PCRE2 tells.
func TestOptimizedElsewhere(t *testing.T) {
	f, err := flavor.Lookup("perl")
	if err != nil {
		t.Fatal(err)
	}
	tree := syntax.Parse(`a+b`, f, 0)
	if _, err := Optimized(tree, "", engine.Optimizations{AutoPossess: true}); err == nil {
		t.Error("there are optimisations in Perl")
	}
	if o, err := Optimized(tree, "", engine.Optimizations{}); err != nil || o.Starts != nil || o.Possessive != nil {
		t.Errorf("%+v %v", o, err)
	}
}
