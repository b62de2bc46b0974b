package trace

import (
	"context"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// threads begins a run of a Go pattern.
func threads(t testing.TB, pattern, flags, text string, limits Limits) *Run {
	t.Helper()
	f, err := flavor.Lookup("go")
	if err != nil {
		t.Fatal(err)
	}
	r, err := New(syntax.Parse(pattern, f, flavor.FlagsOf(flags)), []byte(text), limits)
	if err != nil {
		t.Fatalf("%q: %v", pattern, err)
	}
	return r.(*Run)
}

// bare is what Go's regexp finds.
func bare(t testing.TB, pattern, flags, text string) [][]int {
	t.Helper()
	if flags != "" {
		pattern = "(?" + flags + ")" + pattern
	}
	re, err := regexp.Compile(pattern)
	if err != nil {
		t.Fatal(err)
	}
	return re.FindAllStringSubmatchIndex(text, -1)
}

func finish(t testing.TB, r Trace) Outcome {
	t.Helper()
	outcome, err := r.Advance(context.Background(), -1)
	if err != nil {
		t.Fatal(err)
	}
	return outcome
}

// The machine of threads finds what the corpus says, and what Go's regexp finds with every flag.
func TestThreadsFindWhatGoFinds(t *testing.T) {
	ran := 0
	for _, c := range readCorpus(t) {
		if !slices.Contains(c.flavors, "go") {
			continue
		}
		ran++
		r := threads(t, c.pattern, c.flags, c.text, Limits{})
		finish(t, r)
		if !slices.EqualFunc(r.Matches(), c.matches, slices.Equal[[]int]) {
			t.Errorf("%s: %q on %q:\n got %v\nwant %v", c.place, c.pattern, c.text, r.Matches(), c.matches)
		}
	}
	if ran < 10 {
		t.Errorf("the corpus has only %d texts for go", ran)
	}
	for _, c := range []struct{ pattern, flags, text string }{
		{`a+`, "U", "aaa"}, {`a+?b`, "U", "aab"}, {`^a$`, "m", "a\na\n"}, {`a.b`, "s", "a\nb"}, {`ſK`, "i", "sk SK"},
		{`(|a)*`, "", "aa"}, {`(|a)+`, "", "aa"}, {`(a|b)*?c|(d)`, "", "abcd"}, {`(a*)+`, "", "b"}, {`(a*)*b`, "", "aab"},
		{`a{2,4}?`, "", "aaaaa"}, {`(?:a{0,2}){2,}`, "", "aaaaa"}, {`x*`, "", "axb"}, {`\b`, "", "ab cd"}, {`.`, "", "a\xffé"},
		{`[^a]`, "", "\xff"}, {`\x{FFFD}`, "", "\xff"}, {`a{0}b`, "", "ab"}, {`(a){0}b`, "", "ab"}, {``, "", "é"}, {`$`, "", ""},
		{`(?i:a)b|(?-i)B`, "", "Ab B"}, {`\pL+|\d`, "", "é1"}, {`\Q.*\E+`, "", ".***"}, {`(a)(?:(b)|c)*`, "", "abcb"},
	} {
		r := threads(t, c.pattern, c.flags, c.text, Limits{})
		finish(t, r)
		if want := bare(t, c.pattern, c.flags, c.text); !slices.EqualFunc(r.Matches(), want, slices.Equal[[]int]) {
			t.Errorf("(?%s)%q on %q:\n got %v\nwant %v", c.flags, c.pattern, c.text, r.Matches(), want)
		}
	}
}

// goPattern writes a pattern that Go takes.
func goPattern(random *rand.Rand) string {
	for {
		w := patternWriter{Rand: random}
		w.alternation(3)
		if _, err := regexp.Compile(w.String()); err == nil {
			return w.String()
		}
	}
}

// Random patterns find in random texts what Go's regexp finds; any window, state and search is what looking at all
// events tells.
func TestThreadsAtRandom(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	ctx := context.Background()
	for range 3000 {
		pattern := goPattern(random)
		var b strings.Builder
		for range random.IntN(24) {
			b.WriteString([]string{"a", "a", "b", "c", " ", "\n", "é"}[random.IntN(7)])
		}
		text := b.String()
		r := threads(t, pattern, "", text, Limits{Steps: 200_000, Checkpoints: 1 + random.Int64N(1<<16)})
		r.points.every = 1 + random.Int64N(40)
		if outcome := finish(t, r); outcome != Matched && outcome != NoMatch {
			t.Fatalf("%q on %q: %s", pattern, text, outcome)
		}
		if want := bare(t, pattern, "", text); !slices.EqualFunc(r.Matches(), want, slices.Equal[[]int]) {
			t.Fatalf("%q on %q:\n got %v\nwant %v", pattern, text, r.Matches(), want)
		}
		m := r.again()
		var all []Event
		for at := m.status(); at.steps < r.Steps(); {
			m.run(at.steps + 1)
			var e Event
			m.describe(&e)
			all = append(all, e)
		}
		for range 4 {
			from, n := random.IntN(len(all)), random.IntN(30)
			i := from
			if err := r.Window(ctx, int64(from), n, func(e *Event) bool {
				if !same(*e, all[i]) {
					t.Fatalf("%q on %q: step %d is %+v, want %+v", pattern, text, i, *e, all[i])
				}
				i++
				return true
			}); err != nil || i != min(from+n, len(all)) {
				t.Fatalf("%q on %q: the window of %d from %d on ends at %d: %v", pattern, text, n, from, i, err)
			}
			s, err := r.State(ctx, int64(from))
			if err != nil || !same(s.Event, all[from]) {
				t.Fatalf("%q on %q: state %d is of %+v, want %+v: %v", pattern, text, from, s.Event, all[from], err)
			}
			sample := all[random.IntN(len(all))]
			c := Condition{Kinds: []Kind{sample.Kind}}
			if random.IntN(2) == 0 {
				c.Token = &sample.Token
			}
			backward := random.IntN(2) == 0
			got, ok, err := r.Find(ctx, int64(from), backward, c)
			got.Before = nil
			want := -1
			for i := range all {
				if c.holds(&all[i], nil) && (backward && i < from || !backward && i > from && want < 0) {
					want = i
				}
			}
			if err != nil || ok != (want >= 0) || ok && !same(got, all[want]) {
				t.Fatalf("%q on %q: found %v %+v from %d on, backward %v, want %d: %v", pattern, text, ok, got, from, backward, want, err)
			}
		}
		var counted [kinds]int64
		for _, e := range all {
			counted[e.Kind]++
		}
		var tried, merged int64
		for _, count := range r.Counters().Tokens {
			tried, merged = tried+count.Failed, merged+count.Merged
		}
		if counted[KindFailed]+counted[KindNoMatch] != tried || counted[KindMerge] != merged || counted[KindAttempt] != r.Counters().Attempts {
			t.Fatalf("%q on %q: the counters are not those of the events", pattern, text)
		}
	}
}

// What a person sees of a small search, thread by thread.
func TestThreadSteps(t *testing.T) {
	r := threads(t, `a(b|bc)`, "", "abc", Limits{})
	finish(t, r)
	var lines []string
	if err := r.Window(context.Background(), 0, 100, func(e *Event) bool {
		s, err := r.State(context.Background(), e.Step)
		if err != nil {
			t.Fatal(err)
		}
		line := fmt.Sprintf("%d %s %q %d", e.Pos, e.Kind, r.program.tree.Pattern[e.Span.Start:e.Span.End], e.Attempt)
		for _, thread := range s.Threads {
			span := r.Tokens()[thread.Token].Span
			line += fmt.Sprintf(" [%d %q %d]", thread.Pos, r.program.tree.Pattern[span.Start:span.End], thread.Attempt)
		}
		lines = append(lines, line)
		return true
	}); err != nil {
		t.Fatal(err)
	}
	want := `
0 attempt "a(b|bc)" 0
1 matched "a" 0
1 enter "(b|bc)" 0
1 character "a(b|bc)" 0 [1 "b" 0] [1 "b" 0]
1 attempt "a(b|bc)" 1 [1 "b" 0] [1 "b" 0]
2 matched "b" 0 [1 "b" 0] [1 "a" 1]
2 capture "(b|bc)" 0 [1 "b" 0] [1 "a" 1]
2 matched "b" 0 [1 "a" 1] [2 "a(b|bc)" 0]
1 failed "a" 1 [2 "a(b|bc)" 0] [2 "c" 0]
2 character "a(b|bc)" 1 [2 "a(b|bc)" 0] [2 "c" 0]
2 attempt "a(b|bc)" 2 [2 "a(b|bc)" 0] [2 "c" 0]
2 reach "a(b|bc)" 0 [2 "c" 0] [2 "a" 2]
2 cut "c" 0 [2 "a" 2]
2 cut "a" 2
2 match "a(b|bc)" 0
2 attempt "a(b|bc)" 2
2 failed "a" 2
3 character "a(b|bc)" 2
3 attempt "a(b|bc)" 3
3 failed "a" 3
3 no-match "a(b|bc)" 2
`
	if got := "\n" + strings.Join(lines, "\n") + "\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
