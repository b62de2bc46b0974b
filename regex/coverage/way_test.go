package coverage

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
	"github.com/regexdbg/regexdbg/regex/trace"
)

// What is left of the steps when a match is found is a way through its text: each step begins where the one before ended,
// from the start of the match to its end, and calls are closed. Patterns are at random.
func TestWaysAreWhole(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	pieces := []string{"a", "b", "c", ".", "[ab]", "(?:a|b)", "(?:ab|a|)", "*", "+", "?", "*?", "{1,2}", "|", "(?1)", "(?2)", "(?:", "(", ")", "\\b", "(?1)?", "(?:(?1)|c)"}
	ways, called := 0, 0
	for range 20_000 {
		var b strings.Builder
		b.WriteString([]string{"(a|ab|b?)", "(a(?2)?|b)(c|a(?1)b)", "(a|b(?1)c)", "((a)|b*)"}[random.IntN(4)])
		for range 1 + random.IntN(6) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		name := []string{"pcre2", "perl", "ruby"}[random.IntN(3)]
		pattern := b.String()
		if name == "ruby" {
			pattern = strings.NewReplacer("(?1)", `\g<1>`, "(?2)", `\g<2>`).Replace(pattern)
		}
		f, err := flavor.Lookup(name)
		if err != nil {
			t.Fatal(err)
		}
		tree := syntax.Parse(pattern, f, 0)
		if len(tree.Errors) > 0 {
			continue
		}
		var text strings.Builder
		for range random.IntN(9) {
			text.WriteByte("abc"[random.IntN(3)])
		}
		run, err := trace.New(tree, []byte(text.String()), trace.Limits{Steps: 20_000})
		if err != nil {
			continue // not traced
		}
		if _, err := run.Advance(t.Context(), -1); err != nil {
			t.Fatal(err)
		}
		w := way{tokens: run.Tokens()}
		err = run.Window(t.Context(), 0, int(run.Steps()), func(e *trace.Event) bool {
			if !w.step(e) {
				return true
			}
			at, level := e.Groups[0], 0
			for _, s := range w.steps {
				switch s.kind {
				case trace.KindMatched:
					if s.from != at {
						t.Errorf("%s: %s on %q: a step from %d where the way is at %d", name, tree.Pattern, text.String(), s.from, at)
						return false
					}
					at = s.pos
				case trace.KindCall:
					level++
					called++
				case trace.KindReturn:
					level--
				}
			}
			if at != e.Groups[1] || level != 0 {
				t.Errorf("%s: %s on %q: the way to %d ends at %d, in %d calls", name, tree.Pattern, text.String(), e.Groups[1], at, level)
				return false
			}
			ways++
			w.steps = w.steps[:0]
			return true
		})
		if err != nil {
			t.Fatal(err)
		}
		if t.Failed() {
			return
		}
	}
	if ways < 5000 || called < 2000 {
		t.Errorf("only %d ways with %d calls", ways, called)
	}
}
