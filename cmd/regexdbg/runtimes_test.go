package main

import (
	"os"
	"strings"
	"testing"
)

// needRuntimes skips a test where a runtime is missing; tests/run, which
// installs them, does not take that.
func needRuntimes(t *testing.T, names string) {
	t.Helper()
	_, stdout, _ := call("", "engines", "--runtimes", names)
	if !strings.Contains(stdout, "missing:") {
		return
	}
	if os.Getenv("REGEXDBG_DIFFERENTIAL") != "" {
		t.Fatalf("a runtime is missing:\n%s", stdout)
	}
	t.Skipf("a runtime is missing:\n%s", stdout)
}

func TestMatchOnRuntimes(t *testing.T) {
	needRuntimes(t, "python,node,perl")
	for _, test := range []struct {
		args, stdin string
		status      int
		want        string
	}{
		{"-f python (?P<x>é)b", "aéb\n", 0, "1-4\t\"éb\"\tx=1-3\t\"é\"\n"},
		{"-f js -F u \\p{L}$", "é", 0, "0-2\t\"é\"\n"},
		{"-f perl -e PERL \\Ga", "aab", 0, "0-1\t\"a\"\n1-2\t\"a\"\n"},
		{"-f perl b", "a", 1, ""},
		{"-f python (", "a", 2, "missing ), unterminated subpattern"},
		{"-f python a", "a\xff", 2, "python reads text as UTF-8, and byte 1 of this text is not: 0xff"},
		{"-f python --runtimes none a", "a", 2, "no engine for Python: it takes the runtime python or python-regex, which is not in use here"},
		{"-f python --runtimes cobol a", "a", 2, `unknown runtime "cobol"`},
		{"-f python -e cobol a", "a", 2, `unknown Python engine "cobol" (there are: python`},
		{"-f python --timeout 100ms (a+)+$", strings.Repeat("a", 40) + "!", 3, "stopped at the timeout of 100ms"},
	} {
		status, stdout, stderr := call(test.stdin, append([]string{"match"}, strings.Fields(test.args)...)...)
		if status != test.status || status < 2 && stdout != test.want || status >= 2 && !strings.Contains(stderr, test.want) {
			t.Errorf("%s: status %d\n%s%s", test.args, status, stdout, stderr)
		}
	}
}

func TestBatchOnRuntimes(t *testing.T) {
	needRuntimes(t, "python")
	status, stdout, stderr := call(`{"id":1,"op":"match","flavor":"python","pattern":"(?P<x>b)?","text":"éb","all":false}
{"id":2,"op":"match","flavor":"python","pattern":"b","text_b64":"Yv8="}
{"id":3,"flavor":"python","op":"parse","pattern":"[b"}
`, "batch", "--runtimes", "/usr/bin/python3,python3")
	for _, want := range []string{
		`"id":1,"outcome":"match","engine":{"name":"python","version":"3.`, `"names":["","x"],"matches":[{"span":[0,0],"groups":[null]}]`,
		`"id":2,"outcome":"error"`, `"code":"engine-error","message":"python reads text as UTF-8`,
		`"id":3,"outcome":"error"`, `"message":"unterminated character set","span":[0,1]`,
	} {
		if !strings.Contains(stdout, want) {
			t.Errorf("no %s in\n%s%s", want, stdout, stderr)
		}
	}
	if status != 0 {
		t.Errorf("status %d", status)
	}
}

func TestOnLoopback(t *testing.T) {
	for addr, want := range map[string]bool{
		"127.0.0.1:7331": true, "localhost:0": true, "[::1]:80": true, "127.9.9.9:1": true,
		":7331": false, "0.0.0.0:7331": false, "[::]:1": false, "192.168.1.2:7331": false, "example.com:80": false, "7331": false,
	} {
		if onLoopback(addr) != want {
			t.Errorf("%s: %v", addr, !want)
		}
	}
}
