package trace

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// A patternWriter writes patterns that all flavors that backtrack take.
type patternWriter struct {
	*rand.Rand
	strings.Builder
	groups int // that are closed
}

func (w *patternWriter) alternation(depth int) {
	for i := range 1 + w.IntN(3) {
		if i > 0 {
			w.WriteByte('|')
		}
		for range w.IntN(4) {
			w.item(depth)
		}
	}
}

func (w *patternWriter) item(depth int) {
	kind := w.IntN(14)
	if depth == 0 {
		kind = w.IntN(7)
	}
	switch kind {
	case 0, 1, 2:
		w.WriteByte("abc"[w.IntN(3)])
	case 3:
		w.WriteByte('.')
	case 4:
		w.WriteString([]string{"[ab]", "[^a]", `\w`}[w.IntN(3)])
	case 5:
		w.WriteString([]string{"^", "$", `\b`}[w.IntN(3)])
		return
	case 6:
		if w.groups == 0 {
			return
		}
		fmt.Fprintf(w, `(?:\%d)`, 1+w.IntN(w.groups))
	case 7, 8, 9:
		w.WriteByte('(')
		w.alternation(depth - 1)
		w.WriteByte(')')
		w.groups++
	case 10, 11:
		w.WriteString("(?:")
		w.alternation(depth - 1)
		w.WriteByte(')')
	case 12:
		w.WriteString([]string{"(?=", "(?!"}[w.IntN(2)])
		w.alternation(depth - 1)
		w.WriteByte(')')
		return
	case 13:
		w.WriteString([]string{"(?<=", "(?<!"}[w.IntN(2)] + []string{"a", "bc", "[ab]"}[w.IntN(3)] + ")")
		return
	}
	w.WriteString([]string{"", "", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,3}?"}[w.IntN(12)])
}

// randomRun is a run that has ended, of a random pattern and text.
func randomRun(t *testing.T, random *rand.Rand) *Run {
	w := patternWriter{Rand: random}
	w.alternation(3)
	name := []string{"dotnet", "pcre2", "js", "python", "perl", "java", "ruby"}[random.IntN(7)]
	var text []byte
	for range random.IntN(30) {
		text = append(text, "aaabc \n"[random.IntN(7)])
	}
	p, err := tryCompile(t, name, "", w.String())
	if err != nil {
		return nil
	}
	r := beginRun(t, p, string(text), Limits{Steps: 60000, Checkpoints: 1 + random.Int64N(1<<18)})
	r.points.every = 1 + random.Int64N(50)
	if _, err := r.Advance(context.Background(), -1); err != nil {
		t.Fatal(err)
	}
	return r
}

// record takes all events of a run by running it again.
func record(t *testing.T, r *Run) []Event {
	m := r.again()
	var all []Event
	for at := m.status(); at.steps < r.Steps(); {
		m.run(at.steps + 1)
		var e Event
		m.describe(&e)
		all = append(all, e)
	}
	return all
}

func same(a, b Event) bool { return fmt.Sprint(a) == fmt.Sprint(b) }

// Any window is that part of the whole, and any search finds what looking at all events finds.
func TestWindows(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	runs := 0
	for range 600 {
		r := randomRun(t, random)
		if r == nil || r.Steps() < 3 {
			continue
		}
		runs++
		all := record(t, r)
		for range 8 {
			from, n := random.IntN(len(all)), random.IntN(40)
			var got []Event
			err := r.Window(context.Background(), int64(from), n, func(e *Event) bool {
				groups := slices.Clone(e.Groups)
				got = append(got, *e)
				got[len(got)-1].Groups = groups
				return true
			})
			if err != nil {
				t.Fatal(err)
			}
			if !slices.EqualFunc(got, all[from:min(from+n, len(all))], same) {
				t.Fatalf("%q on %q: the window from %d on is not that of the whole", r.program.tree.Pattern, r.machine.(*machine).text, from)
			}
		}
		for range 8 {
			findOne(t, r, all, random)
		}
		compareCounters(t, r, all)
		ribboned(t, r, all)
	}
	if runs < 300 {
		t.Errorf("%d runs", runs)
	}
}

func findOne(t *testing.T, r *Run, all []Event, random *rand.Rand) {
	sample := all[random.IntN(len(all))]
	var c Condition
	switch random.IntN(9) {
	case 8:
		number := r.Groups()[random.IntN(len(r.Groups()))].Number
		c.Group = &number
	case 4:
		c.Kinds = []Kind{sample.Kind}
	case 5:
		depth := sample.Depth - 1
		c.MaxDepth = &depth
	case 6:
		c.Token, c.Backtrack = &sample.Token, 1+random.Int64N(6)
	case 7:
		other := all[random.IntN(len(all))]
		c.Any = []Condition{{Kinds: []Kind{KindMatch}}, {Token: &other.Token, Pos: &sample.Pos}, {Group: &r.Groups()[0].Number, Kinds: []Kind{KindMatch, KindAttempt}}}
	case 0:
		c.Token = &sample.Token
	case 1:
		c.Kinds = []Kind{sample.Kind}
		c.Token = &sample.Token
	case 2:
		c.Pos = &sample.Pos
	case 3:
		c.MaxDepth, c.Kinds = &sample.Depth, []Kind{KindCapture, KindBacktrack}
	}
	from, backward := random.IntN(len(all)), random.IntN(2) == 0
	want := -1
	p := allPast{run: r, counts: map[int]int64{}}
	for i := range all {
		if all[i].Kind == KindBacktrack {
			p.counts[all[i].Token]++
		}
		holds := c.holds(&all[i], &p)
		p.before = all[i].Groups
		if holds && (i > from && !backward && want < 0 || i < from && backward) {
			want = i
		}
	}
	e, ok, err := r.Find(context.Background(), int64(from), backward, c)
	if err != nil {
		t.Fatal(err)
	}
	if ok && e.Step > 0 && !slices.Equal(e.Before, all[e.Step-1].Groups) {
		t.Fatalf("%q: the groups before step %d are %v, got %v", r.program.tree.Pattern, e.Step, all[e.Step-1].Groups, e.Before)
	}
	e.Before = nil
	if ok != (want >= 0) || ok && !same(e, all[want]) {
		t.Fatalf("%q on %q: from %d, backward %v: found %v %v, want step %d", r.program.tree.Pattern, r.machine.(*machine).text, from, backward, ok, e, want)
	}
}

// allPast is the past of events all of which are looked at.
type allPast struct {
	run    *Run
	counts map[int]int64
	before []int
}

func (p *allPast) backtracks(token int) int64 { return p.counts[token] }

func (p *allPast) changed(e *Event, group int) bool {
	i := slices.IndexFunc(p.run.Groups(), func(g Group) bool { return g.Number == group })
	if p.before == nil {
		return e.Groups[2*i] >= 0
	}
	return !slices.Equal(p.before[2*i:2*i+2], e.Groups[2*i:2*i+2])
}

// compareCounters compares the counters with the events.
func compareCounters(t *testing.T, r *Run, all []Event) {
	tokens := make([]TokenCount, len(r.Tokens()))
	c := r.Counters()
	backtracks, heat := int64(0), make([]PlaceCount, len(c.Heat))
	for _, e := range all {
		switch e.Kind {
		case KindMatched:
			tokens[e.Token].Matched++
			heat[e.From/c.HeatWidth].Tries++
			heat[e.From/c.HeatWidth].Matched++
		case KindFailed:
			tokens[e.Token].Failed++
			heat[e.From/c.HeatWidth].Tries++
		case KindBacktrack:
			tokens[e.Token].Backtracks++
			backtracks++
			heat[e.Pos/c.HeatWidth].Backtracks++
		default:
			tokens[e.Token].Entered++
		}
	}
	if !slices.Equal(c.Tokens, tokens) || c.Backtracks != backtracks || !slices.Equal(c.Heat, heat) || c.Steps != int64(len(all)) {
		t.Fatalf("%q on %q: counters %+v, counted %+v", r.program.tree.Pattern, r.machine.(*machine).text, c.Tokens, tokens)
	}
}

// ribboned compares the ribbon with the events.
func ribboned(t *testing.T, r *Run, all []Event) {
	c := r.Counters()
	if n := len(c.Ribbon); n > MaxStretches || int64(n-1)*c.StretchSteps >= r.Steps() || int64(n)*c.StretchSteps < r.Steps() {
		t.Fatalf("%d stretches of %d steps for %d steps", n, c.StretchSteps, r.Steps())
	}
	for i, stretch := range c.Ribbon {
		var want Stretch
		for _, e := range all[i*int(c.StretchSteps) : min(len(all), (i+1)*int(c.StretchSteps))] {
			*[]*int64{&want.Tried, &want.Matched, &want.Failed, &want.Backtracked}[e.Kind.Sign()]++
			if e.Kind == KindMatch {
				want.Matches++
			}
			want.Pos = e.Pos
		}
		if stretch != want {
			t.Fatalf("%q on %q: stretch %d is %+v, want %+v", r.program.tree.Pattern, r.machine.(*machine).text, i, stretch, want)
		}
	}
}

// A run that begins elsewhere sees what is before, and stops after so many attempts.
func TestStartAndAttempts(t *testing.T) {
	p := compileText(t, "pcre2", "", `(?<=a)b`)
	for _, c := range []struct {
		start    int
		attempts int64
		want     string
	}{{0, 0, "[[1 2] [3 4]] 5"}, {2, 0, "[[3 4]] 3"}, {3, 1, "[[3 4]] 1"}, {2, 1, "[] 1"}, {4, 0, "[] 1"}} {
		r := beginRun(t, p, "abab", Limits{Start: c.start, Attempts: c.attempts})
		if _, err := r.Advance(context.Background(), -1); err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(r.Matches(), " ", r.Counters().Attempts); got != c.want {
			t.Errorf("from %d, %d attempts: %s, want %s", c.start, c.attempts, got, c.want)
		}
	}
	if _, err := p.NewRun([]byte("a"), Limits{Start: 2}); err == nil {
		t.Error("a run may begin outside of the text")
	}
}
