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

// Where no input matches, that is what is said.
func TestTestCoverageWithoutAMatch(t *testing.T) {
	file := testsFile(t, "[[pattern]]\nflavor='pcre2'\npattern='^(?:a|b)$'\n[[pattern.input]]\ntext='x'\nmatch=false\n[[pattern]]\npattern='(a|b*)+'\n[[pattern.input]]\ntext='abab'\nmatch=true\n")
	var out, complaints strings.Builder
	if exit := testPatterns([]string{"--coverage", file}, nil, &out, &complaints); exit != exitMatch {
		t.Errorf("exit %d: %s", exit, complaints.String())
	}
	for _, want := range []string{"no input matches, so that none of 2 parts is exercised\n", "the alternative a was never taken; try \"a\"", "no input could be followed\n  without input 1"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("does not say %q:\n%s", want, out.String())
		}
	}
}
