package trace

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
)

// steps writes the events of a run, one a line: kind, token, from-pos, and the group that changed.
func steps(t testing.TB, r *Run) string {
	t.Helper()
	if _, err := r.Advance(context.Background(), -1); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	err := r.Window(context.Background(), 0, int(r.Steps()), func(e *Event) bool {
		fmt.Fprintf(&b, "%s %s %d-%d", e.Kind, r.program.tree.Pattern[e.Span.Start:e.Span.End], e.From, e.Pos)
		if e.Group >= 0 {
			fmt.Fprintf(&b, " group %d", e.Group)
		}
		b.WriteByte('\n')
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// testdata/steps.txt has, for some patterns, what the steps are. A block begins with the flavor and flags, the pattern
// and the text, and ends with an empty line.
func TestSteps(t *testing.T) {
	content, err := os.ReadFile("testdata/steps.txt")
	if err != nil {
		t.Fatal(err)
	}
	blocks := 0
	for block := range strings.SplitSeq(strings.TrimSpace(string(content)), "\n\n") {
		head, want, _ := strings.Cut(block, "\n")
		for strings.HasPrefix(head, "#") {
			head, want, _ = strings.Cut(want, "\n")
		}
		fields := strings.Split(head, "\t")
		if len(fields) != 3 {
			t.Fatalf("%q", head)
		}
		text, err := strconv.Unquote(fields[2])
		if err != nil {
			t.Fatal(err)
		}
		name, flags, _ := strings.Cut(fields[0], "/")
		blocks++
		t.Run(head, func(t *testing.T) {
			r := beginRun(t, compileText(t, name, flags, fields[1]), text, Limits{})
			if got := strings.TrimSpace(steps(t, r)); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
	if blocks < 5 {
		t.Errorf("%d blocks", blocks)
	}
}
