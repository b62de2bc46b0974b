package differential

import (
	"testing"

	"github.com/regexdbg/regexdbg/regex/syntax"
)

// leastPlaced is the least share of errors of which the engine's place is one that we mark.
const leastPlaced = 0.99

// Errors are marked where PCRE2 and Perl see them, or it is said why they see them elsewhere.
func TestPlaces(t *testing.T) {
	patterns, err := Load(t.Context())
	need(t, err)
	patterns = append(patterns, Generate(1, patterns)...)
	used := map[string]bool{}
	for _, name := range []string{"pcre2", "perl"} {
		records, err := Records(t.Context(), Cached(open(t, name)), patterns)
		need(t, err)
		all, same, explained, others := Places(name, records)
		t.Logf("%s: %.2f %% of %d", name, 100*float64(same)/float64(max(1, all)), all)
		if all < 50_000 || float64(same) < leastPlaced*float64(all) {
			t.Errorf("%s: %d of %d errors are marked where the engine sees them", name, same, all)
		}
		for reason, count := range explained {
			used[reason] = true
			t.Logf("%s: %d: %s", name, count, reason)
		}
		for i, o := range others {
			if i == maxProblems {
				t.Error("and more")
				break
			}
			t.Errorf("%s %+q %q: %s at %d, and we mark %s at %d-%d", name, o.Record.Bytes, o.Record.Flags, o.Record.Error, o.Record.Offset, o.Code, o.Marked.Start, o.Marked.End)
		}
	}
	for _, e := range elsewhere {
		if !used[e.reason] {
			t.Errorf("%s %s %q explains nothing", e.flavor, e.code, e.message)
		}
	}
}

func TestMarks(t *testing.T) {
	tree := &syntax.Tree{Pattern: "a(b(?P!)", Errors: []*syntax.Error{
		{Code: "missing-paren", Span: syntax.Span{Start: 1, End: 2}}, {Code: "invalid-group", Span: syntax.Span{Start: 3, End: 7}},
	}}
	for offset, want := range []bool{false, true, true, true, true, true, true, true, true, false} {
		if got := marks(tree, offset); got != want {
			t.Errorf("%d: %v", offset, got)
		}
	}
}
