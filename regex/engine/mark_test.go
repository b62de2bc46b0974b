package engine

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// marked returns the engines that have (*MARK), of those that this machine has.
func marked(t *testing.T) (engines []Engine) {
	t.Helper()
	for _, e := range machine().Entries() {
		if e.Engine != nil && slices.Contains([]string{"PCRE2", "perl", "php"}, e.Info.Name) {
			engines = append(engines, e.Engine)
		}
	}
	if len(engines) == 0 {
		t.Skip("no engine with marks is here")
	}
	return engines
}

// The name of a mark comes with its match, also when the search goes on in legs.
func TestMarks(t *testing.T) {
	for _, c := range []struct{ pattern, text, want string }{
		{`(*MARK:one)a|(*:two é)b|c`, "abcab", "a=one b=two é c= a=one b=two é"},
		{`(?:a(*:A)|b(*:B))+`, "ab ba", "ab=B ba=A"},
		{`a(*PRUNE:p)b|x`, "abx", "ab=p x="},
		{`(*:1)a|(*:0)b|c`, "abc", "a=1 b=0 c="},
		{`(*:e)`, "ab", "=e =e =e"},
		{`(?<MARK>a)(*:"\)`, "a", `a="\`},
	} {
		for _, e := range marked(t) {
			p, err := e.Compile([]byte(c.pattern), "")
			if err != nil {
				t.Fatalf("%s: %s: %v", e.Info().Name, c.pattern, err)
			}
			text := NewText([]byte(c.text))
			for _, leg := range []int{0, 1, 2} {
				var found []string
				var mark string
				for at, over := (Cursor{}), false; !over; {
					result := p.Search(context.Background(), text, at, Budget{Mark: &mark, MaxMatches: leg}, func(groups []int) bool {
						found = append(found, c.text[groups[0]:groups[1]]+"="+mark)
						return true
					})
					if result.Err != nil {
						t.Fatal(result.Err)
					}
					at, over = result.Cursor, result.Outcome != Limit
				}
				if got := strings.Join(found, " "); got != c.want {
					t.Errorf("%s: %s on %q in legs of %d: got %s, want %s", e.Info().Name, c.pattern, c.text, leg, got, c.want)
				}
			}
		}
	}
}

// Marks go with the matches of a large text, whose frames hold many.
func TestManyMarks(t *testing.T) {
	const n = 20_000
	text := NewText([]byte(strings.Repeat("ab c", n)))
	for _, e := range marked(t) {
		p := compile(t, e, `(*:one)a|(*:two)b|c`)
		var mark string
		i := 0
		result := p.Search(context.Background(), text, Cursor{}, Budget{Mark: &mark}, func([]int) bool {
			if want := []string{"one", "two", ""}[i%3]; mark != want {
				t.Errorf("%s: match %d has the mark %q, want %q", e.Info().Name, i, mark, want)
				return false
			}
			i++
			return true
		})
		if fmt.Sprint(result.Outcome, result.Count) != fmt.Sprint(Match, 3*n) {
			t.Errorf("%s: got %+v", e.Info().Name, result)
		}
	}
}
