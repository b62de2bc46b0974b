package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestMain makes the test binary the program itself when it is told so: tests
// that need a process of their own run it.
func TestMain(m *testing.M) {
	if os.Getenv("REGEXDBG_TEST_MAIN") != "" {
		main()
	}
	os.Exit(m.Run())
}

func program(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), "REGEXDBG_TEST_MAIN=1")
	return cmd
}

// call runs the program in this process.
func call(stdin string, args ...string) (status int, stdout, stderr string) {
	var out, errs strings.Builder
	status = run(args, strings.NewReader(stdin), &out, &errs)
	return status, out.String(), errs.String()
}

func TestMatch(t *testing.T) {
	file := filepath.Join(t.TempDir(), "text")
	if err := os.WriteFile(file, []byte("a\r\nxa\x00\xff"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name   string
		stdin  string
		args   []string
		status int
		stdout string
		stderr string // contained
	}{
		{"stdin", "xab a", []string{"a(b)?"}, 0, "1-3\t\"ab\"\t1=2-3\t\"b\"\n4-5\t\"a\"\t1=-\n", ""},
		{"dash", "ab", []string{"b", "-"}, 0, "1-2\t\"b\"\n", ""},
		{"file", "", []string{`a(?s:.)`, file}, 0, "0-2\t\"a\\r\"\n4-6\t\"a\\x00\"\n", ""},
		{"invalid UTF-8", "", []string{`\x{FFFD}`, file}, 0, "6-7\t\"\\xff\"\n", ""},
		{"flags after", "A", []string{"a", "-F", "i"}, 0, "0-1\t\"A\"\n", ""},
		{"long flags", "aA", []string{"--flavor=dotnet", "--flags=i", "(?<=a)a"}, 0, "1-2\t\"A\"\n", ""},
		{"names", "k=v", []string{`(?<key>\w)=(\w)`}, 0, "0-3\t\"k=v\"\tkey=0-1\t\"k\"\t2=2-3\t\"v\"\n", ""},
		{"dashes", "-a", []string{"--", "-a"}, 0, "0-2\t\"-a\"\n", ""},
		{"none", "x", []string{"a"}, 1, "", ""},
		{"empty pattern", "", []string{""}, 0, "0-0\t\"\"\n", ""},
		{"json", "xab a", []string{"--json", "a(b)?"}, 0, `{"span":[1,3],"groups":[[2,3]]}` + "\n" + `{"span":[4,5],"groups":[null]}` + "\n" +
			`{"outcome":"match","count":2,"searched":5,"engine":{"name":"regexp","version":"`, ""},
		{"mark", "ab", []string{"-f", "pcre2", "(*:x y)a|(b)"}, 0, "0-1\t\"a\"\t1=-\t(*MARK)=\"x y\"\n1-2\t\"b\"\t1=1-2\t\"b\"\n", ""},
		{"mark in json", "ab", []string{"--json", "-f", "pcre2", `(*:"é)a|b`}, 0, `{"span":[0,1],"groups":[],"mark":"\"é"}` + "\n" + `{"span":[1,2],"groups":[]}`, ""},
		{"bad pattern", "", []string{"a(?=b)"}, 2, "", "  | a(?=b)\n  |  ^^^\n"},
		{"bad flag", "", []string{"-F", "q", "a"}, 2, "", `unknown Go flag "q" (there are: i, m, s, U)`},
		{"bad flavor", "", []string{"-f", "cobol", "a"}, 2, "", "there are: go, dotnet"},
		{"no such file", "", []string{"a", file + ".no"}, 2, "", "no such file"},
		{"no pattern", "", nil, 2, "", "match needs a PATTERN"},
		{"too many", "", []string{"a", "b", "c"}, 2, "", "got 3 arguments"},
		{"no such option", "", []string{"-z", "a"}, 2, "", "there is no flag -z (put -- before a pattern"},
		{"no option", "", []string{"---", "a"}, 2, "", `"---" is not a flag (put -- before a pattern`},
		{"no duration", "", []string{"--timeout", "abc", "a"}, 2, "", "--timeout has to be a time with its unit, such as 500ms, 5s or 1m, and is \"abc\"\nRun"},
		{"no boolean", "", []string{"--json=maybe", "a"}, 2, "", "--json has to be true or false, or without a value, and is \"maybe\"\nRun"},
		{"near option", "", []string{"--jsn", "a"}, 2, "", "there is no flag --jsn: did you mean --json? (put --"},
		{"no value", "", []string{"a", "-f"}, 2, "", "-f needs a value behind it\nRun"},
		{"near flavor", "", []string{"-f", "pyton", "a"}, 2, "", `unknown flavor "pyton": did you mean python? (there are: go`},
		{"near alias", "", []string{"-f", "javscript", "a"}, 2, "", `did you mean javascript?`},
		{"another flavor's engine", "", []string{"-e", "regexp2", "a"}, 2, "", "there are: regexp); the flavor dotnet has it"},
		{"directory", "", []string{"a", filepath.Dir(file)}, 2, "", "is a directory: name a file in it"},
		{"file before pattern", "", []string{file, "a(b)"}, 2, "", "the pattern comes first, and then the file"},
		{"timeout", strings.Repeat("a", 40) + "!", []string{"-f", "dotnet", "--timeout", "50ms", "(a+)+$"}, 3, "", "stopped at the timeout of 50ms after 0 matches"},
		{"no timeout", "a", []string{"--timeout", "0", "a"}, 0, "0-1\t\"a\"\n", ""},
	} {
		status, stdout, stderr := call(test.stdin, append([]string{"match"}, test.args...)...)
		if status != test.status || !strings.HasPrefix(stdout, test.stdout) || !strings.Contains(stderr, test.stderr) || test.stderr == "" && stderr != "" {
			t.Errorf("%s: status %d\n%s%s", test.name, status, stdout, stderr)
		}
		if test.stdout == "" && stdout != "" {
			t.Errorf("%s: printed %s", test.name, stdout)
		}
	}
}

// The last line of match --json has what the search took, by the clock and, on Linux, of the CPU, also of a search that
// was stopped.
func TestMatchJSONTimes(t *testing.T) {
	text := strings.Repeat("banana ", 100_000)
	for _, args := range [][]string{
		{"nan"}, {"-f", "dotnet", "nan"}, {"-f", "dotnet", "--timeout", "20ms", "(a|na|b| )+$x"},
	} {
		_, stdout, _ := call(text, append([]string{"match", "--json"}, args...)...)
		lines := strings.Split(strings.TrimSpace(stdout), "\n")
		var summary struct {
			WallMs *float64 `json:"wall_ms"`
			CPUMs  *float64 `json:"cpu_ms"`
		}
		if err := json.Unmarshal([]byte(lines[len(lines)-1]), &summary); err != nil {
			t.Fatal(err)
		}
		if summary.WallMs == nil || *summary.WallMs <= 0 {
			t.Errorf("%v: no wall time: %s", args, lines[len(lines)-1])
		}
		if known := summary.CPUMs != nil; known != (runtime.GOOS == "linux") || known && *summary.CPUMs <= 0 {
			t.Errorf("%v: CPU time: %s", args, lines[len(lines)-1])
		}
	}
}

func TestMain_Help(t *testing.T) {
	for _, test := range []struct {
		args   []string
		status int
		want   string
	}{
		{[]string{"help"}, 0, "commands:"},
		{[]string{"--help"}, 0, "commands:"},
		{[]string{"help", "match"}, 0, "usage: regexdbg match"},
		{[]string{"help", "-h"}, 0, "commands:"},
		{[]string{"match", "--help"}, 0, "usage: regexdbg match"},
		{[]string{"match", "foo", "-h"}, 0, "usage: regexdbg match"},
		{[]string{"match", "-F", "i", "foo", "--help"}, 0, "usage: regexdbg match"},
		{[]string{"serve", "x", "-help"}, 0, "usage: regexdbg [serve]"},
		{[]string{"--addr", "x", "-h"}, 0, "usage: regexdbg [serve]"},
		{[]string{"demo", "x", "-h"}, 0, "usage: regexdbg demo"},
		{[]string{"engines", "x", "-h"}, 0, "usage: regexdbg engines"},
		{[]string{"batch", "x", "-h"}, 0, "usage: regexdbg batch"},
		{[]string{"debug", "x", "-h"}, 0, "usage: regexdbg debug"},
		{[]string{"licenses", "x", "-h"}, 0, "usage: regexdbg licenses"},
		{[]string{"engines", "-z"}, 2, "there is no flag -z\nRun"},
		{[]string{"help", "serve"}, 0, "usage: regexdbg [serve]"},
		{[]string{"help", "mtach"}, 2, "Did you mean regexdbg help match?"},
		{[]string{"help", "cobol"}, 2, "Run regexdbg help for the commands"},
		{[]string{"help", "match", "explain"}, 2, "help is about one command, and got 2\nRun regexdbg help for"},
		{[]string{"help", "licenses"}, 0, "Prints the licence"},
		{[]string{"replace", "-z"}, 2, "there is no flag -z (put --"},
		{[]string{"mach", "a"}, 2, "Did you mean regexdbg match?"},
		{[]string{"engine"}, 2, "Did you mean regexdbg engines?"},
		{[]string{"no-such-file.txt"}, 2, "Run regexdbg help"},
		{[]string{"--version"}, 0, "regexdbg "},
		{[]string{"engines", "x"}, 2, "takes no arguments"},
		{[]string{"batch", "x"}, 2, "takes no arguments"},
	} {
		status, stdout, stderr := call("", test.args...)
		says := stdout
		if test.status != 0 {
			says = stderr
		}
		if status != test.status || !strings.Contains(says, test.want) {
			t.Errorf("%v: status %d\n%s%s", test.args, status, stdout, stderr)
		}
	}
	_, list, _ := call("", "help")
	for _, c := range commands() {
		if !strings.Contains(list, "\n  "+c.name+" ") || !strings.HasPrefix(c.usage, "usage: regexdbg ") {
			t.Errorf("help does not list %s, or its usage does not begin as others", c.name)
		}
	}
}

func TestEngines(t *testing.T) {
	status, stdout, _ := call("", "engines", "--json", "--runtimes", "none")
	var rows []engineRow
	if err := json.Unmarshal([]byte(stdout), &rows); err != nil || status != 0 {
		t.Fatalf("status %d, %v\n%s", status, err, stdout)
	}
	if len(rows) < 3 || rows[0].Name != "regexp" || rows[1].Flags != "imnsx" || !rows[1].Available {
		t.Errorf("got %+v", rows)
	}
	if _, stdout, _ = call("", "engines", "--runtimes", "none"); !strings.Contains(stdout, "regexp2") || strings.Count(stdout, "\n") != 1+len(rows) {
		t.Errorf("got\n%s", stdout)
	}
}

// A match is printed as soon as it is found, and an interrupt ends the search
// with what was found.
func TestInterrupt(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a process")
	}
	file := filepath.Join(t.TempDir(), "text")
	if err := os.WriteFile(file, []byte("b "+strings.Repeat("a", 40)+"!"), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := program(t, "match", "-f", "dotnet", "--json", "--timeout", "0", "b|(a+)+$", file)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = cmd.Process.Kill() }()
	lines := bufio.NewReader(out)
	if line, err := lines.ReadString('\n'); err != nil || !strings.HasPrefix(line, `{"span":[0,1]`) {
		t.Fatalf("got %q, %v", line, err)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Skipf("no interrupts here: %v", err)
	}
	if line, err := lines.ReadString('\n'); err != nil || !strings.HasPrefix(line, `{"outcome":"cancelled","count":1,`) {
		t.Errorf("got %q, %v", line, err)
	}
	exit, ok := errors.AsType[*exec.ExitError](cmd.Wait())
	if !ok || exit.ExitCode() != exitInterrupted {
		t.Errorf("exit %v", exit)
	}
}

// Who reads only the first lines gets no complaint.
func TestClosedOutput(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a process")
	}
	cmd := program(t, "match", "a", "-")
	cmd.Stdin = strings.NewReader(strings.Repeat("a", 1<<20))
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(out, make([]byte, 8)); err != nil {
		t.Error(err)
	}
	out.Close()
	_ = cmd.Wait() // by a signal where there are such
	if stderr.Len() > 0 {
		t.Errorf("complained: %s", stderr.String())
	}
}
