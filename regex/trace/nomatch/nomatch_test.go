package nomatch

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/explain"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
	"github.com/regexdbg/regexdbg/regex/trace"
)

// ended is a run that has ended.
func ended(t *testing.T, name, flags, pattern, text string) (*syntax.Tree, trace.Trace) {
	t.Helper()
	f, err := flavor.Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	tree := syntax.Parse(pattern, f, flavor.FlagsOf(flags))
	run, err := trace.New(tree, []byte(text), trace.Limits{})
	if err != nil {
		t.Fatalf("%s %q: %v", name, pattern, err)
	}
	if _, err := run.Advance(context.Background(), -1); err != nil {
		t.Fatal(err)
	}
	return tree, run
}

func TestExplain(t *testing.T) {
	for _, test := range []struct{ flavor, flags, pattern, text, want string }{
		{"dotnet", "", `\d{4}-\d\d`, "2024/06", "The attempt at offset 0 got furthest: to offset 4, where there is \"/\".\n" +
			"Expected there: `-`.\nIt would match, if you\n  - let `-` be \"/\" too: `[\\-/]`: it matches 0–7\n"},
		{"pcre2", "", `foo=\d+;`, "xx foo=12, bar", "Expected there: `\\d` (a digit), or `;`.\n" +
			"It would match, if you\n  - make `;` optional: it matches 3–9\n  - let `;` be \",\" too: `[;,]`: it matches 3–10\n"},
		{"pcre2", "", `^foo$`, "xfoo", "  - leave `^` out: it matches 1–4\n"},
		{"js", "", `hello`, "say Hello", "  - ignore case (flag i): it matches 4–9\n"},
		{"python", "", `file(1).txt`, "file(1).txt", "  - take the parentheses of `(1)` as the characters that they are: it matches 0–11\n"},
		{"python", "", `a+b=c`, "a+b=c", "  - take the `+` of `a+` as the character that it is: `\\+`: it matches 0–5\n"},
		{"python", "", `x\[[y]=z`, "x[[y]=z", "  - take the brackets of `[y]` as the characters that they are: it matches 0–7\n"},
		{"python", "", `a|b=c`, "a", ""},
		{"python", "", `^(?:x|y=z)$`, "x|y=z", "  - take the `|` at 5 as the character that it is: it matches 0–5\n"},
		{"go", "", `key:\s*(\w+)`, "key : v", "  - allow white space before `:`: `\\s*`: it matches 0–7\n"},
		{"ruby", "", `abc.*def`, "abc\ndef", "  - let `.` match line ends too (flag m): it matches 0–7\n"},
		{"perl", "", `^abc.*def`, "abc\ndef", "  - let `.` match line ends too (flag s): it matches 0–7\n"},
		{"go", "", `^b$`, "a\nb\nc", "  - let `^` and `$` match at line ends too (flag m): it matches 2–3\n"},
		{"java", "", `a++ab`, "aaab", "Expected there: `a` at 0, or `a` at 3.\n"},
		{"java", "", `a++ab`, "aaab", "  - let `a++` give back what it has taken: it matches 0–4\n"},
		{"java", "", `(?>a|ab)c`, "abc", "  - let `(?>a|ab)` give back what it has taken: it matches 0–3\n"},
		{"perl", "", `Price: $5`, "Price: $5", "  - take `$` as the character that it is: \\$: it matches 0–9\n"},
		{"js", "", `^\d{3}x`, "12x", "  - allow fewer rounds of `\\d{3}`: `\\d{2,3}`: it matches 0–3\n"},
		{"js", "", `^\d{2}x`, "1234x", "  - allow more rounds of `\\d{2}`: `\\d{2,}`: it matches 0–5\n"},
		{"js", "", `^[a-f]+x`, "abgx", "  - let `[a-f]` be \"g\" too: `[a-fg]`: it matches 0–4\n"},
		{"js", "", `^ab(?!c)c`, "abc", "  - leave `(?!c)` out: it matches 0–3\n"},
		{"js", "", `^ab(?!c)c`, "abc", "furthest: to offset 2, where there is \"c\".\nExpected there: `(?!c)` (a negative lookahead).\n"},
		{"java", "", `(?<=\$)\d+(?:,\d{3})*+\b(?!%)`, "cost $1,234%", "The attempt at offset 6 got furthest: to offset 11, where there is \"%\".\n" +
			"Expected there: `,`, or `(?!%)` (a negative lookahead).\nIt would match, if you\n  - leave `(?!%)` out: it matches 6–11\n"},
		{"dotnet", "", `a(?!)`, "a", "Expected there: `(?!)` (fail: never matches).\n"},
		{"dotnet", "x", `^a b [-] c`, "ab c", "  - let `[-]` be space too: `[-\\x20]`: it matches 0–4\n"},
		{"go", "", `xyz`, "abc", "No small change that was tried lets it match.\n"},
		{"go", "", `a`, "", "where there is the end of the text.\n"},
		{"pcre2", "", `a\nb`, "a\tb", "  - let `\\n` be tab too: `[\\n\\t]`: it matches 0–3\n"},
	} {
		t.Run(test.pattern, func(t *testing.T) {
			tree, run := ended(t, test.flavor, test.flags, test.pattern, test.text)
			report, err := Explain(context.Background(), tree, []byte(test.text), run)
			if test.want == "" {
				if err == nil {
					t.Errorf("there is a match, and yet:\n%s", report)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := report.String(); !strings.Contains(got, test.want) || !report.Complete {
				t.Errorf("complete %v, got\n%swant\n%s", report.Complete, got, test.want)
			}
			if len(report.Fixes) > MaxFixes {
				t.Errorf("%d fixes", len(report.Fixes))
			}
			check(t, tree, test.flags, test.text, report)
		})
	}
}

// check has the real engine match what a fix says, where it runs in this process.
func check(t *testing.T, tree *syntax.Tree, flags, text string, report *Report) {
	t.Helper()
	eng, err := engine.Local().Lookup(tree.Flavor.Name, "")
	if err != nil {
		return // a local runtime, which the suites in tests compare with
	}
	for _, fix := range report.Fixes {
		letters := flags
		if fix.Flag != 0 {
			letters += string(rune(fix.Flag))
		}
		program, err := eng.Compile([]byte(fix.Pattern), letters)
		if err != nil {
			t.Errorf("%s: %v", fix.Says, err)
			continue
		}
		found := false
		program.Search(context.Background(), engine.NewText([]byte(text)), engine.Cursor{}, engine.Budget{}, func(groups []int) bool {
			found = found || [2]int{groups[0], groups[1]} == fix.Match
			return true
		})
		if !found {
			t.Errorf("%s: the engine does not find %v with %s", fix.Says, fix.Match, fix.Pattern)
		}
	}
}

// The time bounds what is tried, and what is not tried is not said to be impossible.
func TestExplainBounds(t *testing.T) {
	text := strings.Repeat("a", 12)
	tree, run := ended(t, "pcre2", "", strings.Repeat("x", maxChanges), text)
	report, err := Explain(context.Background(), tree, []byte(text), run)
	if err != nil {
		t.Fatal(err)
	}
	if report.Complete || len(report.Fixes) > 0 || !strings.Contains(report.String(), "there are more") {
		t.Errorf("got %+v", report)
	}
	stopped, stop := context.WithCancelCause(context.Background())
	why := errors.New("enough")
	stop(why)
	tree, run = ended(t, "pcre2", "", `ab`, "ac")
	if _, err := Explain(stopped, tree, []byte("ac"), run); !errors.Is(err, why) {
		t.Errorf("got %v, want the cause of the context", err)
	}
}

// What is not tried is not written: each of 50,000 changes of a pattern of 50,000 bytes would be 2.5 GB.
func TestExplainLongPattern(t *testing.T) {
	tree, run := ended(t, "python", "", strings.Repeat("x", 50_000), "")
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	changes := (&explanation{tree: tree, run: run, words: explain.NewWording(tree)}).changes(nil)
	runtime.ReadMemStats(&after)
	if got := after.TotalAlloc - before.TotalAlloc; got > 100<<20 {
		t.Errorf("%d changes took %d MB", len(changes), got>>20)
	}
	last := changes[len(changes)-1]
	if got := last.says(); got != "make `x` at 49999 optional" {
		t.Errorf("the last change is %q", got)
	}
	if got := last.of(tree.Pattern); len(got) != 50_001 || !strings.HasSuffix(got, "xx?") {
		t.Errorf("the last change makes a pattern of %d bytes", len(got))
	}
}
