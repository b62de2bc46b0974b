package trace

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// Behind each step of a match, the lookarounds are open that it is in: their tokens and where they were asked.
func TestOpenLooks(t *testing.T) {
	for _, test := range []struct{ flavor, pattern, text, want string }{
		{"pcre2", `a(?=b)b`, "ab", "attempt:, matched:, enter: (?=b)@1, matched: (?=b)@1, matched:, matched:, match:"},
		{"pcre2", `(?!b)a`, "a", "attempt:, enter: (?!b)@0, failed: (?!b)@0, matched:, matched:, match:"},
		{"js", `a(?<=^a)`, "a", "attempt:, matched:, enter: (?<=^a)@1, matched: (?<=^a)@1, matched: (?<=^a)@1, matched:, match:"},
		{"python", `a(?=b(?<!a))b`, "ab",
			"attempt:, matched:, enter: (?=b(?<!a))@1, matched: (?=b(?<!a))@1, enter: (?=b(?<!a))@1 (?<!a)@2, failed: (?=b(?<!a))@1 (?<!a)@2, matched: (?=b(?<!a))@1, matched:, matched:, match:"},
	} {
		f, err := flavor.Lookup(test.flavor)
		if err != nil {
			t.Fatal(err)
		}
		tree := syntax.Parse(test.pattern, f, flavor.FlagsOf(""))
		r, err := New(tree, []byte(test.text), Limits{Matches: 1})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.Advance(context.Background(), -1); err != nil {
			t.Fatal(err)
		}
		var got []string
		for step := range r.Steps() {
			s, err := r.State(context.Background(), step)
			if err != nil {
				t.Fatal(err)
			}
			words := s.Event.Kind.String() + ":"
			for _, look := range s.Looks {
				words += fmt.Sprintf(" %s@%d", tree.Source(r.Tokens()[look.Token].Node), look.Pos)
			}
			got = append(got, words)
		}
		if got := strings.Join(got, ", "); got != test.want {
			t.Errorf("%s %s on %q:\n%s, want\n%s", test.flavor, test.pattern, test.text, got, test.want)
		}
	}
}
