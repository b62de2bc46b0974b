package replace_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/replace"
)

// prepare compiles a pattern on an engine of this process and reads a replacement.
func prepare(t testing.TB, flavorName, pattern, template string) (engine.Program, *replace.Template) {
	t.Helper()
	eng, err := engine.Local().Lookup(flavorName, "")
	if err != nil {
		t.Fatal(err)
	}
	program, err := eng.Compile([]byte(pattern), "")
	if err != nil {
		t.Fatal(err)
	}
	f, err := flavor.Lookup(flavorName)
	if err != nil {
		t.Fatal(err)
	}
	parsed := replace.Parse(replace.For(eng.Info()), replace.PatternOf(f, pattern, "", program.Groups()), template)
	if err := parsed.Err(); err != nil {
		t.Fatal(err)
	}
	return program, parsed
}

func TestRun(t *testing.T) {
	long := strings.Repeat("text ", 20_000)
	for _, test := range []struct {
		name, pattern, template, text string
		mode                          replace.Mode
		budget                        engine.Budget
		want                          string
		outcome                       engine.Outcome
	}{
		{name: "all", pattern: "b", template: "<$0>", text: "abcb", want: "a<b>c<b>", outcome: engine.Match},
		{name: "none", pattern: "z", template: "y", text: "abc", want: "abc", outcome: engine.NoMatch},
		{name: "empty text", pattern: "^", template: "y", text: "", want: "y", outcome: engine.Match},
		{name: "empty matches", pattern: "x*", template: "-", text: "abc", want: "-a-b-c-", outcome: engine.Match},
		{name: "list", pattern: `\d`, template: "$0", text: "a1b2c", mode: replace.Mode{List: true, Separator: ", "}, want: "1, 2", outcome: engine.Match},
		{name: "list of none", pattern: `\d`, template: "$0", text: "abc", mode: replace.Mode{List: true, Separator: ", "}, want: "", outcome: engine.NoMatch},
		{name: "the first", pattern: "b", template: "-", text: "abcb", budget: engine.Budget{MaxMatches: 1}, want: "a-cb", outcome: engine.Limit},
		{name: "long", pattern: "text", template: "x", text: long, want: strings.Repeat("x ", 20_000), outcome: engine.Match},
		{name: "long between", pattern: "^|$", template: "|", text: long, want: "|" + long + "|", outcome: engine.Match},
	} {
		t.Run(test.name, func(t *testing.T) {
			program, template := prepare(t, "go", test.pattern, test.template)
			var got bytes.Buffer
			result := replace.Run(t.Context(), program, template, engine.NewText([]byte(test.text)), test.mode, test.budget, func(b []byte) bool {
				got.Write(b)
				return true
			})
			if got.String() != test.want || result.Outcome != test.outcome {
				t.Errorf("got %.100q, %s, want %.100q, %s", got.String(), result.Outcome, test.want, test.outcome)
			}
		})
	}
}

// Who wants no more gets no more.
func TestRunStopped(t *testing.T) {
	program, template := prepare(t, "go", "a", "bb")
	for _, text := range []string{strings.Repeat("a", 1<<20), "a" + strings.Repeat("x", 1<<20) + "a", strings.Repeat("x", 10)} {
		calls := 0
		result := replace.Run(t.Context(), program, template, engine.NewText([]byte(text)), replace.Mode{}, engine.Budget{}, func([]byte) bool {
			calls++
			return false
		})
		if calls != 1 || result.Outcome != engine.Stopped {
			t.Errorf("%d calls, %s", calls, result.Outcome)
		}
	}
}

// A cancelled search writes nothing of the text behind its last match.
func TestRunCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	program, template := prepare(t, "go", "b", "-")
	result := replace.Run(ctx, program, template, engine.NewText([]byte("abc")), replace.Mode{}, engine.Budget{}, func(b []byte) bool {
		t.Errorf("it writes %q", b)
		return true
	})
	if result.Outcome != engine.Cancelled {
		t.Errorf("got %s", result.Outcome)
	}
}

// Half of a character that has two units is U+FFFD, unless the other half follows it,
// wherever the pieces of the result end.
func TestRunHalves(t *testing.T) {
	for _, test := range []struct{ pattern, template, text, want string }{
		{`(.)(.)?`, "$2$1", "😀", "\uFFFD\uFFFD"},
		{`(.)(.)?`, "$2$1", "a😀", "\uFFFDa\uFFFD"},
		{`(.)(.)?`, "$2$1", strings.Repeat("a", 40_001) + "😀b", strings.Repeat("a", 40_000) + "\uFFFDab\uFFFD"},
		{`.`, "$&", strings.Repeat("😀", 50_000), strings.Repeat("😀", 50_000)},
	} {
		program, template := prepare(t, "js", test.pattern, test.template)
		var got bytes.Buffer
		replace.Run(t.Context(), program, template, engine.NewText([]byte(test.text)), replace.Mode{}, engine.Budget{}, func(b []byte) bool {
			got.Write(b)
			return true
		})
		if got.String() != test.want {
			t.Errorf("%.20q: got %.20q … %q", test.text, got.String(), got.Bytes()[max(0, got.Len()-12):])
		}
	}
}

// overlapping finds matches that overlap, as \K in a lookbehind of Perl's can.
type overlapping struct{ engine.Program }

func (overlapping) Search(_ context.Context, _ *engine.Text, _ engine.Cursor, _ engine.Budget, yield func([]int) bool) engine.Result {
	for i, match := range [][]int{{0, 2}, {1, 3}} {
		if !yield(match) {
			return engine.Result{Outcome: engine.Stopped, Count: i + 1}
		}
	}
	return engine.Result{Outcome: engine.Match, Count: 2}
}

// Matches that overlap are nothing that can be replaced, as pcre2_substitute says too.
func TestRunOverlap(t *testing.T) {
	_, template := prepare(t, "go", "a", "-")
	result := replace.Run(t.Context(), overlapping{}, template, engine.NewText([]byte("abc")), replace.Mode{}, engine.Budget{}, func([]byte) bool { return true })
	if result.Outcome != engine.Error || !strings.Contains(result.Err.Error(), "begins before the end of the one before") {
		t.Errorf("got %s, %v", result.Outcome, result.Err)
	}
}
