package ui_test

import (
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/ui"
)

// Matches come with the names of their marks, in as many frames as it takes.
func TestMarksOfMatches(t *testing.T) {
	if _, err := engine.Local().Lookup("pcre2", ""); err != nil {
		t.Skip(err) // it is not translated for this system
	}
	p, _ := open(t, serve(t, ui.Options{}))
	text := strings.Repeat("cab", 6_000)
	p.putText(text)
	p.update(1, "pcre2", "", `a(*:é)|(*MARK:two)b|c`, text)
	f := p.collect(1)
	if len(f.matches) != 18_000 || len(f.marks) != 12_000 || f.frames < 2 || len(f.names) != 2 {
		t.Fatalf("%d matches, %d marks in %d frames, names %q", len(f.matches), len(f.marks), f.frames, f.names)
	}
	for i := range f.matches {
		if want := []string{"", "é", "two"}[i%3]; f.marks[i] != want {
			t.Fatalf("match %d has the mark %q, want %q", i, f.marks[i], want)
		}
	}
}
