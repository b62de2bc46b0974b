package finder_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
	"github.com/regexdbg/regexdbg/regex/trace"
	"github.com/regexdbg/regexdbg/regex/trace/finder"
	"github.com/regexdbg/regexdbg/regex/trace/narrator"
)

// subject runs a pattern on a text, and is what of it is searched.
func subject(t testing.TB, flavorName, pattern, text string) finder.Subject {
	t.Helper()
	f, err := flavor.Lookup(flavorName)
	if err != nil {
		t.Fatal(err)
	}
	tree := syntax.Parse(pattern, f, 0)
	run, err := trace.New(tree, []byte(text), trace.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := run.Advance(context.Background(), -1); err != nil {
		t.Fatal(err)
	}
	return finder.Subject{
		Pattern: pattern, Trace: run, Say: narrator.New(tree, run.Tokens(), run.Groups(), []byte(text)).Say,
		Offset: func(n int) (int, bool) { return n, n <= len(text) },
	}
}

// Each search finds these steps, to the right and back. The steps of `(?P<x>a|ab)c` on "abc" are those that
// regexdbg debug's test lists.
func TestSearches(t *testing.T) {
	for _, test := range []struct {
		query string
		steps string
	}{
		{"group 1 changes", "[3 5 8 11]"},
		{"group x", "[3 5 8 11]"},
		{"GROUP x Changes backtrack", "[5]"},
		{"failed", "[4 13 15]"},
		{"failed token c", "[4]"},
		{"fails offset 3", "[13 15]"},
		{"offset 1-2 matched", "[2 6 7]"},
		{"backtrack 2 token a|ab", "[14]"},
		{"backtrack", "[5 14]"},
		{"match or no-match", "[10 16]"},
		{"token @9 matched or token c and failed", "[4 7]"},
		{`"alternative 2"`, "[5 14]"},
		{`"ALTERNATIVE" group 1 or attempt`, "[0 5 11]"},
		{"token ab matched", "[6 7]"},
		{"token (?P<x>a|ab) capture", "[3 8]"},
		{"round", "[]"},
		{"group 1 token c", "[]"},
	} {
		s := subject(t, "python", `(?P<x>a|ab)c`, "abc")
		c, bad := finder.Parse(test.query, s)
		if bad != nil {
			t.Errorf("%s: %v", test.query, bad)
			continue
		}
		for _, backward := range []bool{false, true} {
			var found []int64
			at := int64(-1)
			if backward {
				at = s.Trace.Steps()
			}
			for {
				e, ok, err := s.Trace.Find(context.Background(), at, backward, c)
				if err != nil {
					t.Fatal(err)
				}
				if !ok {
					break
				}
				at = e.Step
				if backward {
					found = append([]int64{at}, found...)
				} else {
					found = append(found, at)
				}
			}
			if fmt.Sprint(found) != test.steps {
				t.Errorf("%s, backward %v: found %v, want %s", test.query, backward, found, test.steps)
			}
		}
	}
}

// A machine of threads has groups for each of them: a search finds where one is set.
func TestThreads(t *testing.T) {
	s := subject(t, "go", `(a)|b`, "ba")
	c, bad := finder.Parse("group 1 changes", s)
	if bad != nil {
		t.Fatal(bad)
	}
	e, ok, err := s.Trace.Find(context.Background(), -1, false, c)
	if err != nil || !ok || e.Group != 1 {
		t.Errorf("got %+v, %v, %v", e, ok, err)
	}
}

// What is wrong is said at its place.
func TestErrors(t *testing.T) {
	s := subject(t, "python", `(?P<x>a|ab)c`, "abc")
	for _, test := range []struct{ query, marked, want string }{
		{"", "", "say what to look for"},
		{"failed or", "", "say what to look for"},
		{"or failed", "or", "say what to look for"},
		{"group", "", "which group"},
		{"group 7 changes", "7", "the groups are 0, 1 x"},
		{"group 1 group x", "x", "one group at a time"},
		{"token zz", "zz", "no part of the pattern"},
		{"token @99", "@99", "offset 99 in the pattern"},
		{"offset x", "x", "offset x in the text"},
		{"offset 2-9", "2-9", "offset 9 in the text"},
		{"offset 1 offset 2", "2", "two offsets"},
		{"failed matched", "matched", "write or"},
		{"backtrack 3", "3", "of which part"},
		{"backtrack 0 token a", "0", "from 1"},
		{"match the", "the", "in quotes"},
		{`failed "x`, `"x`, "closing quote"},
		{strings.Repeat("x", finder.MaxQuery+1), "x", "at most 4096 bytes"},
	} {
		_, bad := finder.Parse(test.query, s)
		if bad == nil || test.query[bad.Span.Start:bad.Span.End] != test.marked || !strings.Contains(bad.Message, test.want) {
			t.Errorf("%.30s: got %v, want %q at %q", test.query, bad, test.want, test.marked)
		}
	}
}

// Whatever is typed, reading it ends, and an error has a place in it.
func FuzzParse(f *testing.F) {
	f.Add("group 2 changes or token @12 failed")
	f.Add(`backtrack 3 token "a|ab" or offset 1-2 "x\"y" group x`)
	s := subject(f, "python", `(?P<x>a|ab)c`, "abc")
	f.Fuzz(func(t *testing.T, query string) {
		c, bad := finder.Parse(query, s)
		if bad != nil {
			if bad.Span.Start < 0 || bad.Span.End < bad.Span.Start || bad.Span.End > len(query) {
				t.Errorf("%q: the error is at %v", query, bad.Span)
			}
			return
		}
		if _, _, err := s.Trace.Find(context.Background(), -1, false, c); err != nil {
			t.Error(err)
		}
	})
}
