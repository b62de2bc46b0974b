package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// callDebug calls regexdbg debug without runtimes, so that no test depends on what the machine has.
func callDebug(stdin string, args ...string) (status int, stdout, stderr string) {
	return call(stdin, append([]string{"debug", "--runtimes", "none"}, args...)...)
}

const backtracking = `Steps by .NET's plain rules, without optimisations: the engine's own counts may differ.
17 steps, 2 backtracks, 2 attempts, 1 match; furthest offset 3 of 3
Agrees with regexp2 v2.12.0.

step    at     part            what happens
   0 >  0                      Tries the pattern at offset 0.
   1 (  0      (a|ab)          Group 1 begins at offset 0.
   2 +  0-1    a               'a' matches at offset 0.
   3 )  1      (a|ab)          Group 1 is set to 0–1: "a".
   4 -  1      c               'c' does not match "b" at offset 1.
   5 <  1-0    a|ab            Backtracks to offset 0, and tries alternative 2 of 2: 'ab'. Group 1 has no text again.
   6 +  0-1    a               'a' matches at offset 0.
   7 +  1-2    b               'b' matches at offset 1.
   8 )  2      (a|ab)          Group 1 is set to 0–2: "ab".
   9 +  2-3    c               'c' matches at offset 2.
  10 =  3                      Match 0–3: "abc".
  11 >  3                      Tries the pattern at offset 3, the end of the text.
  12 (  3      (a|ab)          Group 1 begins at offset 3.
  13 -  3      a               'a' fails at offset 3, the end of the text.
  14 <  3      a|ab            Backtracks to offset 3, and tries alternative 2 of 2: 'ab'.
  15 -  3      a               'a' fails at offset 3, the end of the text.

1 step more: see it with --from 16, all with --steps -1, or an overview with --summary.
`

func TestDebug(t *testing.T) {
	evil := strings.Repeat("a", 30) + "!"
	for _, test := range []struct {
		name   string
		stdin  string
		args   []string
		status int
		stdout []string // contained, with ' for a backquote
		stderr string   // contained
	}{
		{"text", "abc", []string{"-f", "dotnet", "--steps", "16", "(a|ab)c"}, 0, []string{backtracking}, ""},
		{"window", "abc", []string{"-f", "dotnet", "--from", "10", "--steps", "1", "(a|ab)c"}, 0, []string{"what happens\n  10 =  3  ", "\n6 steps more: see them with --from 11,"}, ""},
		{"all", "abc", []string{"-f", "dotnet", "--steps", "-1", "(a|ab)c"}, 0, []string{"\n  16 !"}, ""},
		{"find a group", "abc", []string{"-f", "dotnet", "--find", "group 1 changes", "--steps", "3", "(a|ab)c"}, 0, []string{
			"\n   3 )  1      (a|ab)          Group 1 is set to 0–1: \"a\".\n   5 <  1-0    a|ab            Backtracks to offset 0, and tries alternative 2 of 2: 'ab'. Group 1 has no text again.\n   8 )",
			"\nMore steps are like this: see them with --from 11, or all with --steps -1.\n"}, ""},
		{"find words", "abc", []string{"-f", "dotnet", "--find", "\"end of the text\" failed or match", "--steps", "-1", "(a|ab)c"}, 0, []string{"what happens\n  10 =", "\n  13 -", "\n  15 -"}, ""},
		{"find nothing", "abc", []string{"-f", "dotnet", "--find", "call", "(a|ab)c"}, 0, []string{"No step from 0 on is like this."}, ""},
		{"bad find", "abc", []string{"-f", "dotnet", "--find", "failed token x", "(a|ab)c"}, 2, nil, "  | failed token x\n  |              ^\n"},
		{"find in summary", "abc", []string{"--summary", "--find", "match", "a"}, 2, nil, "--find mean nothing"},
		{"none", "b", []string{"-f", "dotnet", "a"}, 1, []string{"0 matches", "No match at offset 0."}, ""},
		{"why not", "xx foo=12,", []string{"-f", "dotnet", "foo=\\d+;"}, 1, []string{
			"\n\nThe attempt at offset 3 got furthest: to offset 9, where there is \",\".\nExpected there: '\\d' (a digit), or ';'.\n" +
				"It would match, if you\n  - make ';' optional: it matches 3–9\n"}, ""},
		{"beyond", "b", []string{"-f", "dotnet", "--from", "9", "a"}, 1, []string{"There is no step 9: the last one is 5."}, ""},
		{"flags", "A", []string{"-f", "dotnet", "-F", "i", "a"}, 0, []string{"'a' (ignoring case) matches \"A\" at offset 0."}, ""},
		{"PCRE2", "aab", []string{"-f", "pcre2", "a+b"}, 0, []string{"\nAgrees with PCRE2 10.40.\nAll 2 tries up to the first match are those of PCRE2's own callouts.\n"}, ""},
		{"Go", "xab", []string{"a|ab"}, 0, []string{"threads merged", "Agrees with regexp go1", "is dropped"}, ""},
		{"no engine", "a", []string{"-f", "perl", "a"}, 0, []string{"Not compared: there is no real engine of this flavor on this machine."}, ""},
		{"summary", "xab", []string{"-f", "dotnet", "--summary", "a+c"}, 1, []string{
			"\n         0             3           0  no match: a at 0 failed at its furthest\n",
			"\n         1             6           2  no match: c at 2 failed at its furthest\n",
			"           5    33%             1             4             0             0  a at 0\n"}, ""},
		{"timeout", evil, []string{"-f", "dotnet", "--timeout", "30ms", "--steps", "1", "(a+)+$"}, 3,
			[]string{"0 matches so far", "Not known whether it agrees with regexp2 v2.12.0: it took too long."}, "stopped at the timeout of 30ms after"},
		{"steps", evil, []string{"-f", "dotnet", "--max-steps", "1000", "--timeout", "1s", "(a+)+$"}, 3, []string{"1,000 steps, ",
			"\nThe repeats 'a+' (+ at 2) and '(a+)+' (+ at 4) multiply each other's work.\n"}, "Give it more steps with --max-steps."},
		{"not traced", "", []string{"-f", "perl", `a\p{IsOwn}`}, 2, nil, "  | a\\p{IsOwn}\n  |  ^^^^^^^^^\n  = help: regexdbg match runs it"},
		{"bad pattern", "", []string{"-f", "dotnet", "a("}, 2, nil, "  | a(\n  |  ^\n"},
		{"bad flavor", "", []string{"-f", "cobol", "a"}, 2, nil, "there are: go, dotnet"},
		{"bad flag", "", []string{"-f", "dotnet", "-F", "q", "a"}, 2, nil, "unknown .NET flag"},
		{"bad engine", "", []string{"-f", "dotnet", "-e", "x", "a"}, 2, nil, "there are: regexp2"},
		{"no pattern", "", nil, 2, nil, "debug needs a PATTERN"},
		{"too many", "", []string{"a", "b", "c"}, 2, nil, "got 3 arguments"},
		{"no steps", "", []string{"--steps", "-2", "a"}, 2, nil, "--steps is a number"},
		{"no from", "", []string{"--from", "-1", "a"}, 2, nil, "--from cannot be negative"},
		{"no limit", "", []string{"--max-steps", "0", "a"}, 2, nil, "--max-steps"},
		{"summary of steps", "", []string{"--summary", "--steps", "3", "a"}, 2, nil, "--summary shows no steps"},
		{"no such option", "", []string{"-z", "a"}, 2, nil, "put -- before a pattern"},
	} {
		status, stdout, stderr := callDebug(test.stdin, test.args...)
		stdout = strings.ReplaceAll(stdout, "`", "'")
		if status != test.status || !strings.Contains(stderr, test.stderr) || test.stderr == "" && stderr != "" || test.stdout == nil && stdout != "" {
			t.Errorf("%s: status %d\n%s%s", test.name, status, stdout, stderr)
		}
		for _, want := range test.stdout {
			if !strings.Contains(stdout, want) {
				t.Errorf("%s: no %q in\n%s", test.name, want, stdout)
			}
		}
	}
}

func TestDebugJSON(t *testing.T) {
	status, stdout, stderr := callDebug("xab", "-f", "pcre2", "--json", "--from", "3", "--steps", "2", `(a)b?`)
	lines := strings.Split(strings.TrimSpace(stdout), "\n")
	if status != 0 || stderr != "" || len(lines) != 3 {
		t.Fatalf("status %d\n%s%s", status, stdout, stderr)
	}
	for _, line := range lines {
		if !json.Valid([]byte(line)) {
			t.Errorf("not JSON: %s", line)
		}
	}
	if want := `{"step":3,"kind":"no-match",`; !strings.HasPrefix(lines[0], want) {
		t.Errorf("got %s, want %s", lines[0], want)
	}
	for _, want := range []string{`"outcome":"match"`, `"steps":`, `"backtracks":0`, `"names":["",""]`, `"matches":[{"span":[1,3],"groups":[[1,2]]}]`, `"engine":{"name":"PCRE2"`, `"engine_agrees":true`, `"callouts_agree":true,"callouts":"all `} {
		if !strings.Contains(lines[2], want) {
			t.Errorf("no %s in %s", want, lines[2])
		}
	}
	_, stdout, _ = callDebug("xab", "-f", "pcre2", "--json", "--summary", `ac`)
	for _, want := range []string{
		`"attempts_by_offset":[{"offset":0,"first":0,"steps":3,"furthest":0,"matched":false,"failed":[0,1]}`,
		`"why_not":{"attempt":1,"furthest":2,"found":"\"b\"","expected":[{"token":[1,2],"words":"` + "`c`" + `"}],"changes":[{"span":[2,2],"replacement":"?","pattern":"ac?",`,
		`"cost_by_token":[{"token":[0,1],"steps":4,"matched":1,"failed":3,"backtracks":0,"begun":0,"merged":0},`,
	} {
		if !strings.Contains(stdout, want) || strings.Count(stdout, "\n") != 1 {
			t.Errorf("no %s in\n%s", want, stdout)
		}
	}
}
