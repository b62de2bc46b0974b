package engine

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

// A measurement finds what a search finds, and takes time.
func TestMeasure(t *testing.T) {
	text := NewText([]byte(strings.Repeat("ab é12\n", 5000))) // longer than what is sent unasked
	for _, e := range machine().Entries() {
		if e.Engine == nil {
			continue // TestCorpus tells
		}
		t.Run(e.Info.Name, func(t *testing.T) {
			for pattern, want := range map[string]int{`(\d)(\d)`: 5000, `x`: 0, `a?`: 0} {
				p := compile(t, e.Engine, pattern)
				if pattern == `a?` {
					want = len(collect(t, p, text, 0)) // every engine has a rule of its own
				}
				for range 2 { // a child starts again at the text's start
					m := Measure(t.Context(), p, text, 2, time.Minute)
					if m.Err != nil || m.Count != want || m.Elapsed <= 0 || (m.Outcome == Match) != (want > 0) {
						t.Errorf("%q: got %+v, want %d matches", pattern, m, want)
					}
				}
			}
		})
	}
}

// A measurement ends with its context, and at its deadline, and the next one is
// none the worse for it.
func TestMeasureEnds(t *testing.T) {
	text := NewText([]byte(strings.Repeat("a", 40) + "!"))
	for _, name := range []string{"regexp2", "PCRE2", "node", "perl", "python"} {
		t.Run(name, func(t *testing.T) {
			var e Engine
			for _, entry := range machine().Entries() {
				if entry.Info.Name == name {
					if e = entry.Engine; e == nil {
						missing(t, name, entry.Missing)
					}
				}
			}
			// Perl and PCRE2 see that there is no b, and see through nested repeats.
			p := compile(t, e, `^(?:(a|aa)\1?)*b?$`)
			if m := Measure(t.Context(), p, text, 1, 50*time.Millisecond); m.Outcome != Timeout && m.Outcome != Limit {
				t.Errorf("got %+v, want a timeout", m)
			}
			ctx, cancel := context.WithCancelCause(t.Context())
			cause := errors.New("not wanted any more")
			cancel(cause)
			if m := Measure(ctx, p, text, 1, 0); m.Outcome != Cancelled || !errors.Is(m.Err, cause) {
				t.Errorf("got %+v, want to be cancelled", m)
			}
			if m := Measure(t.Context(), compile(t, e, "a"), text, 3, time.Minute); m.Outcome != Match || m.Count != 40 {
				t.Errorf("got %+v, want 40 matches", m)
			}
		})
	}
}
