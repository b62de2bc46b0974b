package main

import (
	"strings"
	"testing"
)

func TestReplace(t *testing.T) {
	for _, test := range []struct {
		name   string
		args   []string
		stdin  string
		status int
		stdout string
		stderr []string // contained in it, in lines
	}{
		{"go", []string{`(?P<a>\w+) (\w+)`, `$2 ${a}`}, "x y.\n", exitMatch, "y x.\n", nil},
		{"none", []string{`z`, `y`}, "abc", exitNoMatch, "abc", nil},
		{"list", []string{"--list", `\n`, `\d`, `<$0>`}, "a1b2", exitMatch, "<1>\n<2>", nil},
		{"a warning", []string{`(a)`, `$1x`}, "a", exitMatch, "", []string{"warning: the pattern has no group \"1x\"", "  | $1x\n  | ^^^\n", "${1}x"}},
		{"an error", []string{"-f", "dotnet", `(a)`, `$99999999999`}, "a", exitUsage, "", []string{"  | $99999999999\n  | ^^^"}},
		{"dotnet", []string{"-f", "dotnet", `(?<x>b)`, "[$`|${x}|$'|$_]$9"}, "abc", exitMatch, "a[a|b|c|abc]$9c", []string{"no group 9"}},
		{"flags", []string{"-F", "i", `A`, `b`}, "aA", exitMatch, "bb", nil},
		{"no replacement", []string{`a`}, "a", exitUsage, "", []string{"needs a PATTERN and a REPLACEMENT"}},
		{"too many", []string{`a`, `b`, `c`, `d`}, "a", exitUsage, "", []string{"got 4 arguments"}},
		{"a bad pattern", []string{`a(`, `b`}, "a", exitUsage, "", []string{"  | a(\n  |  ^"}},
		{"timeout", []string{"-f", "dotnet", "--timeout", "20ms", `^x|(a+)+$`, `-`}, "x" + strings.Repeat("a", 40) + "!", exitLimit, "-", []string{"stopped at the timeout"}},
		{"bytes", []string{`b`, `-`}, "\xff\x00b\r\n", exitMatch, "\xff\x00-\r\n", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			status, stdout, stderr := call(test.stdin, append([]string{"replace", "--runtimes", "none"}, test.args...)...)
			if status != test.status || stdout != test.stdout {
				t.Errorf("got %d, %q, %q", status, stdout, stderr)
			}
			if test.stderr == nil && stderr != "" {
				t.Errorf("it says %q", stderr)
			}
			for _, want := range test.stderr {
				if !strings.Contains(stderr, want) {
					t.Errorf("it says %q, without %q", stderr, want)
				}
			}
		})
	}
}
