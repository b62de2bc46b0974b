package main

import (
	"strings"
	"testing"
)

// Gaps are said with texts that close them, and do not change how the tests end.
func TestTestCoverage(t *testing.T) {
	file := testsFile(t, "[[pattern]]\nflavor='pcre2'\npattern='^(?:a|b\\d?)$'\n[[pattern.input]]\ntext='a'\nmatch=true\n[[pattern]]\npattern='(a|b*)+'\n[[pattern.input]]\ntext='abab'\nmatch=true\n[[pattern]]\npattern='a|b'\n[[pattern.input]]\ntext='a'\nmatch=true\n")
	for _, flags := range [][]string{{"--coverage"}, {"--coverage", "--tap"}} {
		var out, complaints strings.Builder
		if exit := testPatterns(append(flags, file), nil, &out, &complaints); exit != exitMatch {
			t.Errorf("exit %d: %s", exit, complaints.String())
		}
		for _, want := range []string{"1 of 5 parts are exercised", "the alternative b", "; try \"b", "  without input 1: by backtracking, which coverage follows", "1 of 2 parts are exercised"} {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%v: does not say %q:\n%s", flags, want, out.String())
			}
		}
	}
	var out, complaints strings.Builder
	if exit := testPatterns([]string{"--coverage", "--junit", file}, nil, &out, &complaints); exit != exitUsage {
		t.Errorf("exit %d", exit)
	}
}
