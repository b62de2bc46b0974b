package speed

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/regexdbg/regexdbg/regex/engine"
)

func compiled(t *testing.T, e engine.Engine, pattern string) Runner {
	t.Helper()
	p, err := e.Compile([]byte(pattern), "")
	if err != nil {
		t.Fatal(err)
	}
	return Runner{Info: e.Info(), Program: p}
}

// The engines take turns, each round begins with another one, and each has a
// speed in the end.
func TestMeasure(t *testing.T) {
	var order []string
	runners := []Runner{compiled(t, engine.Go(), `a(b)`), compiled(t, engine.DotNet(), `a(b)`), compiled(t, engine.Go(), `x`)}
	for i, name := range []string{"A", "B", "C"} {
		runners[i].Program = watched{runners[i].Program, func() { order = append(order, name) }}
	}
	text := engine.NewText([]byte(strings.Repeat("ab ", 50_000))) // takes longer than a sample
	reports := 0
	got := Measure(t.Context(), runners, text, Budget{Rounds: 3}, func(speeds []Speed) {
		for _, s := range speeds {
			if s.Rounds != reports {
				t.Errorf("report %d has %d rounds of %s", reports, s.Rounds, s.Info.Name)
			}
		}
		reports++
	})
	if reports != 4 {
		t.Errorf("%d reports, want one of the warm-up and 3 more", reports)
	}
	// Repeats of one engine stand together: what counts is who follows whom.
	turns := order[:1]
	for _, name := range order[1:] {
		if turns[len(turns)-1] != name {
			turns = append(turns, name)
		}
	}
	if got := strings.Join(turns, ""); got != "ABC"+"ABC"+"BCA"+"CAB" {
		t.Errorf("the turns are %s", got)
	}
	for i, s := range got {
		want, outcome := 50_000, engine.Match
		if i == 2 {
			want, outcome = 0, engine.NoMatch
		}
		if s.Outcome != outcome || s.Count != want || s.Rounds != 3 || s.Low <= 0 || s.Low > s.Median || s.Median > s.High {
			t.Errorf("got %+v", s)
		}
	}
}

// watched is a program that tells of its searches.
type watched struct {
	engine.Program
	seen func()
}

func (w watched) Search(ctx context.Context, text *engine.Text, from engine.Cursor, budget engine.Budget, yield func([]int) bool) engine.Result {
	w.seen()
	return w.Program.Search(ctx, text, from, budget, yield)
}

// An engine that takes too long has no speed, and the others have theirs.
func TestTooSlow(t *testing.T) {
	text := engine.NewText([]byte(strings.Repeat("a", 40) + "!"))
	got := Measure(t.Context(), []Runner{compiled(t, engine.DotNet(), `^(a|aa)+$`), compiled(t, engine.Go(), `^(a|aa)+$`)}, text,
		Budget{Rounds: 2, Search: 100 * time.Millisecond}, func([]Speed) {})
	if got[0].Outcome != engine.Timeout || got[0].Rounds != 0 {
		t.Errorf("got %+v", got[0])
	}
	if got[1].Outcome != engine.NoMatch || got[1].Rounds != 2 {
		t.Errorf("got %+v", got[1])
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	stop := errors.New("enough")
	got := Measure(ctx, []Runner{compiled(t, engine.Go(), `a`)}, engine.NewText([]byte("aaa")), Budget{Rounds: 1 << 30}, func(s []Speed) {
		if s[0].Rounds == 5 {
			cancel(stop)
		}
	})
	if got[0].Rounds > 5 || got[0].Outcome != engine.Cancelled || !errors.Is(got[0].Err, stop) {
		t.Errorf("got %+v", got[0])
	}
}

// A coarse program takes 10 µs for a search by a clock with steps of a millisecond,
// and is interrupted in the first one.
type coarse struct {
	engine.Program
	searched int
}

func (c *coarse) Measure(_ context.Context, _ *engine.Text, repeat int, _ time.Duration) engine.Measurement {
	took := time.Duration(repeat) * 10 * time.Microsecond
	if c.searched == 0 {
		took = time.Second
	}
	c.searched += repeat
	return engine.Measurement{Outcome: engine.Match, Count: 1, Elapsed: took.Truncate(time.Millisecond), Clock: time.Millisecond}
}

// A coarse clock makes samples longer, whatever the warm-up was like.
func TestCoarseClock(t *testing.T) {
	r := compiled(t, engine.Go(), `a`)
	r.Program = &coarse{Program: r.Program}
	got := Measure(t.Context(), []Runner{r}, engine.NewText([]byte("a")), Budget{}, func([]Speed) {})
	if s := got[0]; s.Rounds != Rounds || s.Median < 9*time.Microsecond || s.Median > 10*time.Microsecond {
		t.Errorf("got %+v", s)
	}
}
