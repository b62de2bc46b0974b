package regextest_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/regextest"
)

func TestRunFile(t *testing.T) { regextest.RunFile(t, "testdata/patterns.toml") }

// A test of a user's that fails is a test of this package's that has to: it runs in a process of its own.
func TestRunFileFails(t *testing.T) {
	const variable = "REGEXTEST_FAILING_FILE"
	if file := os.Getenv(variable); file != "" {
		regextest.RunFile(t, file)
		return
	}
	file := write(t, "[[pattern]]\nname='p'\npattern='b+'\n[[pattern.input]]\nname='i'\ntext='abbc'\nfirst={span=[0,2]}\n")
	cmd := exec.Command(os.Args[0], "-test.run=^TestRunFileFails$", "-test.v")
	cmd.Env = append(os.Environ(), variable+"="+file)
	out, err := cmd.CombinedOutput()
	if _, failed := errors.AsType[*exec.ExitError](err); !failed {
		t.Fatalf("got %v", err)
	}
	for _, want := range []string{"--- FAIL: TestRunFileFails/p/i", "patterns.toml:4: failed", `match 1 is 1-3 "bb", expected is 0-2 "ab"`, "#flavor=go&flags=&pattern=b%2B&text=abbc"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("does not say %q:\n%s", want, out)
		}
	}
}

func write(t *testing.T, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "patterns.toml")
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

// results runs one input of one pattern.
func run(t *testing.T, document string, o regextest.Options) *regextest.Result {
	t.Helper()
	f, err := regextest.Parse("f", []byte(document))
	if err != nil {
		t.Fatalf("%s\n%v", document, err)
	}
	var got *regextest.Result
	if err := regextest.Run(t.Context(), f, engine.Local(), o, func(r *regextest.Result) bool {
		got = r
		return true
	}); err != nil {
		t.Fatal(err)
	}
	return got
}

func TestWhatFails(t *testing.T) {
	for _, test := range []struct {
		name, pattern, input string
		status               regextest.Status
		says                 string // the whole of Describe
	}{
		{"no match", "pattern='x'", "text='abc'\nmatch=true", "failed", "there is no match, and there has to be one\n"},
		{"a match", "pattern='b'", "text='abc'\nmatch=false", "failed", "there is a match, 1-2 \"b\", and there may be none\n  | abc\n  |  ^\n"},
		{"span", "pattern='b'", "text='abc'\nmatches=[{span=[0,2]}]", "failed",
			"match 1 is 1-2 \"b\", expected is 0-2 \"ab\"\n  | abc\n  |  ^\n  | abc\n  | -- expected\n"},
		{"text", "pattern='b'", "text='abc'\nfirst={text='c'}", "failed", "match 1 is 1-2 \"b\", expected is \"c\"\n  | abc\n  |  ^\n"},
		{"span beyond", "pattern='b'", "text='abc'\nfirst={span=[1,9]}", "failed",
			"match 1 is 1-2 \"b\", expected is 1-9, beyond the text of 3 bytes\n  | abc\n  |  ^\n"},
		{"too many", "pattern='b'", "text='bb'\nmatches=[{span=[0,1]}]", "failed", "there is a match 2, 1-2 \"b\", and 1 expected\n  | bb\n  |  ^\n"},
		{"too few", "pattern='b'", "text='ab'\nmatches=[{span=[1,2]},{span=[0,1]}]", "failed",
			"there is no match 2, expected is 0-1 \"a\"\n  | ab\n  | ^\n"},
		{"group", "pattern='(?P<g>a)b'", "text='ab'\nfirst={groups={g='b'}}", "failed", "group g of match 1 is 0-1 \"a\", expected is \"b\"\n  | ab\n  | ^\n"},
		{"group by number", "pattern='(?P<g>a)b'", "text='ab'\nfirst={groups={1=[1,2]}}", "failed",
			"group 1 of match 1 is 0-1 \"a\", expected is 1-2 \"b\"\n  | ab\n  | ^\n  | ab\n  |  - expected\n"},
		{"group takes part", "pattern='(a)?b'", "text='ab'\nfirst={groups={1=[]}}", "failed",
			"group 1 of match 1 is 0-1 \"a\", and has to take no part\n  | ab\n  | ^\n"},
		{"group takes no part", "pattern='(a)?b'", "text='b'\nfirst={groups={1=''}}", "failed",
			"group 1 of match 1 takes no part, expected is \"\"\n  | b\n  | ^\n"},
		{"no group", "pattern='a'", "text='a'\nfirst={groups={x=''}}", "failed", "the pattern has no group x\n"},
		{"replaced", "pattern='b'\nreplacement='<$0>'", "text='abc'\nreplaced='a(b)c'", "failed",
			"the replaced text has \"<b>\" at byte 1, expected is \"(b)\"\n  | a<b>c\n  |  ^^^\n"},
		{"steps", "pattern='(a+)+$'\nflavor='dotnet'", "text='aaaaaaaaaaaaaaaaaaaa!'\nsteps=1000", "failed", "more than 1000 steps, which are the most allowed\n"},
		{"bad pattern", "pattern='a('", "text='a'\nmatch=true", "error", "error: "},
		{"bad replacement", "pattern='a'\nreplacement='${'\nflavor='pcre2'", "text='a'\nreplaced='a'", "error", "error: "},
		{"no such engine", "pattern='a'\nengine='perl'", "text='a'\nmatch=true", "error", `unknown Go engine "perl"`},
		{"timeout", "pattern='(a+)+$'\nflavor='dotnet'", "text='aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'\nmatch=true", "stopped", "stopped at the timeout of 50ms\n"},
		{"missing", "pattern='a'\nflavor='perl'", "text='a'\nmatch=true", "error", "no engine for Perl"},
	} {
		r := run(t, "[[pattern]]\n"+test.pattern+"\n[[pattern.input]]\n"+test.input, regextest.Options{Timeout: 50e6})
		says := r.Describe()
		whole := strings.HasSuffix(test.says, "\n")
		if r.Status != test.status || whole && says != test.says || !whole && !strings.HasPrefix(says, test.says) {
			t.Errorf("%s: %s\n%s\nwant %s\n%s", test.name, r.Status, says, test.status, test.says)
		}
	}
}

// The budget of speed is of the engine's real time, so that what can be tested is only that it compares: nothing takes
// no time.
func TestSpeed(t *testing.T) {
	const document = "[[pattern]]\npattern='b'\n[[pattern.input]]\ntext='aaaa'\ntimes=20000\nms_per_mb="
	if r := run(t, document+"1e-9", regextest.Options{}); r.Status != regextest.Failed || !strings.Contains(r.Describe(), "ms per MB") {
		t.Errorf("got %s: %s", r.Status, r.Describe())
	}
	if r := run(t, document+"1e9", regextest.Options{}); r.Status != regextest.Passed || r.MSPerMB <= 0 {
		t.Errorf("got %s with %v ms/MB: %s", r.Status, r.MSPerMB, r.Describe())
	}
}

func TestMissingEngineIsSkippedWhenAllowed(t *testing.T) {
	const document = "[[pattern]]\npattern='a'\nflavor='perl'\n[[pattern.input]]\ntext='a'\nmatch=true"
	if r := run(t, document, regextest.Options{AllowMissing: true}); r.Status != regextest.Skipped || r.Err == nil {
		t.Errorf("got %s, %v", r.Status, r.Err)
	}
}

func TestStepsAreCounted(t *testing.T) {
	// An attempt, the letter, and the match; then an attempt at the end that fails.
	r := run(t, "[[pattern]]\npattern='a'\nflavor='dotnet'\n[[pattern.input]]\ntext='a'\nsteps=6", regextest.Options{})
	if r.Status != regextest.Passed || r.Steps != 6 {
		t.Errorf("got %s, %d steps: %s", r.Status, r.Steps, r.Describe())
	}
}

func TestRunStops(t *testing.T) {
	f, err := regextest.Load("testdata/patterns.toml")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	if err := regextest.Run(t.Context(), f, engine.Local(), regextest.Options{}, func(*regextest.Result) bool { n++; return n < 2 }); err != nil || n != 2 {
		t.Errorf("after %d tests: %v", n, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	n = 0
	if err := regextest.Run(ctx, f, engine.Local(), regextest.Options{}, func(*regextest.Result) bool { n++; cancel(); return true }); err != context.Canceled || n != 1 {
		t.Errorf("after %d tests: %v", n, err)
	}
}
