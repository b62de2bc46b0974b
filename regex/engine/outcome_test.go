package engine

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func compile(tb testing.TB, e Engine, pattern string) Program {
	tb.Helper()
	p, err := e.Compile([]byte(pattern), "")
	if err != nil {
		tb.Fatalf("%q: %v", pattern, err)
	}
	return p
}

func keep([]int) bool { return true }

// inProcess is the engines that this program has.
func inProcess() []Engine {
	var engines []Engine
	for _, entry := range Local().Entries() {
		if entry.Engine != nil {
			engines = append(engines, entry.Engine)
		}
	}
	return engines
}

// catastrophe takes regexp2 longer than anybody can wait.
const catastrophe = `(a+)+$`

var catastropheText = "b " + strings.Repeat("a", 38) + "!"

func TestDotNetTimeout(t *testing.T) {
	p := compile(t, DotNet(), "b|"+catastrophe)
	text := NewText([]byte(catastropheText))
	result := p.Search(context.Background(), text, Cursor{}, Budget{Timeout: 50 * time.Millisecond}, keep)
	if result.Outcome != Timeout || result.Count != 1 || result.Searched != 1 || result.Err != nil {
		t.Fatalf("got %+v", result)
	}
	again := p.Search(context.Background(), text, result.Cursor, Budget{Timeout: 50 * time.Millisecond}, keep)
	if again.Outcome != Timeout || again.Count != 0 || again.Cursor != result.Cursor {
		t.Fatalf("going on: got %+v", again)
	}
}

func TestDotNetTimeoutOverSlices(t *testing.T) {
	p := compile(t, DotNet(), catastrophe).(*dotnetProgram)
	p.slice = time.Millisecond
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	result := p.Search(ctx, NewText([]byte(catastropheText)), Cursor{}, Budget{Timeout: 4 * time.Millisecond}, keep)
	if result.Outcome != Timeout {
		t.Fatalf("got %+v", result)
	}
}

func TestDotNetCancel(t *testing.T) {
	p := compile(t, DotNet(), catastrophe)
	cause := errors.New("superseded")
	ctx, cancel := context.WithCancelCause(t.Context())
	time.AfterFunc(20*time.Millisecond, func() { cancel(cause) })
	result := p.Search(ctx, NewText([]byte(catastropheText)), Cursor{}, Budget{}, keep)
	if result.Outcome != Cancelled || !errors.Is(result.Err, cause) {
		t.Fatalf("got %+v", result)
	}
}

// A match that takes longer than a slice is found all the same, and so are those
// around it.
func TestDotNetLongMatch(t *testing.T) {
	p := compile(t, DotNet(), `b|\G!|(a+)+$`).(*dotnetProgram)
	p.slice = time.Millisecond
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	text := "bb" + strings.Repeat("a", 16) + "!bb"
	var found []int
	result := p.Search(ctx, NewText([]byte(text)), Cursor{}, Budget{Timeout: time.Hour}, func(groups []int) bool {
		found = append(found, groups[0])
		return true
	})
	if result.Outcome != Match || !slices.Equal(found, []int{0, 1, 19, 20}) {
		t.Fatalf("got %+v, matches at %v", result, found)
	}
}

func TestDotNetBacktrackLimit(t *testing.T) {
	p := compile(t, DotNet(), `x|(a|b)*y`)
	text := NewText([]byte("x" + strings.Repeat("ab", 4<<20)))
	result := p.Search(context.Background(), text, Cursor{}, Budget{}, keep)
	if result.Outcome != Limit || result.Count != 1 || result.Err == nil || len(result.Err.Error()) > 200 {
		t.Fatalf("got %+v", result)
	}
}

func TestGoTimeout(t *testing.T) {
	for _, pattern := range []string{`(?s)x.*?y.*?#`, `(?s)[^#]*#`, `\b(\w+)#`, `(?s)\b.*#`} {
		p := compile(t, Go(), pattern)
		text := NewText(lines())
		var progress atomic.Int64
		result := p.Search(context.Background(), text, Cursor{}, Budget{Timeout: 20 * time.Millisecond, Progress: &progress}, keep)
		if result.Outcome != Timeout || result.Err != nil {
			t.Errorf("%s: got %+v", pattern, result)
		}
		if got := progress.Load(); got != int64(result.Searched) || pattern == `\b(\w+)#` && got == 0 {
			t.Errorf("%s: progress %d, searched %d", pattern, got, result.Searched)
		}
	}
}

// Progress is not told beyond a match before it is handed over: a search that is
// cancelled then would have searched a text of which it does not know it all.
func TestProgressFollowsMatches(t *testing.T) {
	text := NewText([]byte(strings.Repeat("ab ", 30_000)))
	for _, e := range inProcess() {
		// In pieces, by reading for each match, by reading far for the first.
		for _, pattern := range []string{`\w+`, `ab[\s\S]`, `[^#]*b`} {
			var progress atomic.Int64
			result := compile(t, e, pattern).Search(context.Background(), text, Cursor{}, Budget{Progress: &progress}, func(groups []int) bool {
				if got := progress.Load(); got > int64(groups[0]) {
					t.Fatalf("%s: %s: progress %d before the match at %d", e.Info().Name, pattern, got, groups[0])
				}
				return true
			})
			if got := progress.Load(); result.Outcome != Match || got != int64(text.Len()) {
				t.Errorf("%s: %s: progress %d, %+v", e.Info().Name, pattern, got, result)
			}
		}
	}
}

func TestGoCancel(t *testing.T) {
	for _, pattern := range []string{`(?s)x.*?y.*?#`, `\b(\w+)#`} {
		cause := errors.New("superseded")
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(10*time.Millisecond, func() { cancel(cause) })
		result := compile(t, Go(), pattern).Search(ctx, NewText(lines()), Cursor{}, Budget{}, keep)
		if result.Outcome != Cancelled || !errors.Is(result.Err, cause) {
			t.Errorf("%s: got %+v", pattern, result)
		}
	}
}

func TestOutcomes(t *testing.T) {
	for _, e := range inProcess() {
		p := compile(t, e, "a")
		text := NewText([]byte("xaxax"))
		for _, test := range []struct {
			name    string
			at      Cursor
			budget  Budget
			keep    func([]int) bool
			outcome Outcome
			count   int
			at2     int
		}{
			{"all", Cursor{}, Budget{}, keep, Match, 2, 5},
			{"rest", Cursor{pos: 4}, Budget{}, keep, NoMatch, 0, 5},
			{"limit", Cursor{}, Budget{MaxMatches: 1}, keep, Limit, 1, 2},
			{"exactly the limit", Cursor{}, Budget{MaxMatches: 2}, keep, Limit, 2, 4},
			{"stopped", Cursor{}, Budget{}, func([]int) bool { return false }, Stopped, 1, 2},
		} {
			result := p.Search(context.Background(), text, test.at, test.budget, test.keep)
			if result.Outcome != test.outcome || result.Count != test.count || result.Cursor.Offset() != test.at2 || result.Searched != test.at2 {
				t.Errorf("%s, %s: got %+v", e.Info().Name, test.name, result)
			}
			after := p.Search(context.Background(), text, result.Cursor, Budget{}, keep)
			if want := 2 - result.Count; test.at == (Cursor{}) && after.Count != want {
				t.Errorf("%s, %s: going on found %d, want %d", e.Info().Name, test.name, after.Count, want)
			}
		}
		end := p.Search(context.Background(), text, Cursor{}, Budget{}, keep).Cursor
		if result := p.Search(context.Background(), text, end, Budget{}, keep); result.Outcome != NoMatch {
			t.Errorf("%s: after the end: %+v", e.Info().Name, result)
		}
	}
}

// A panic of the caller's own must not be taken for the engine's.
func TestYieldPanics(t *testing.T) {
	for _, e := range inProcess() {
		func() {
			defer func() {
				if got := recover(); got != "mine" {
					t.Errorf("%s: recovered %v", e.Info().Name, got)
				}
			}()
			compile(t, e, "a").Search(context.Background(), NewText([]byte("a")), Cursor{}, Budget{}, func([]int) bool { panic("mine") })
		}()
	}
}
