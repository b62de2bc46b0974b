package trace

import (
	"context"
	"strconv"
	"strings"
	"testing"
)

func TestMultiplying(t *testing.T) {
	for _, test := range []struct {
		pattern, text string
		want          string // the operators, with their places
	}{
		{`(a+)+$`, strings.Repeat("a", 12) + "!", "+2 +4"},
		{`^(?:\w+\s?)*$`, strings.Repeat("abcd ", 6) + "!", "+6 *11"},
		{`^(\w+\s?)*$`, strings.Repeat("a", 12) + "!", "+4 *9"},
		{`^(\s?\w+)*$`, strings.Repeat("a", 12) + "!", "+7 *9"},
		{`^z*(a?){12}a{12}b`, strings.Repeat("a", 12) + "!", ""}, // z* is taken up once,
		{`x*.*.*=`, strings.Repeat("a", 20), "*3 *5"},
		{`^(a|aa)+$`, strings.Repeat("a", 16) + "!", ""}, // it is the alternation that multiplies
		{`a+b`, strings.Repeat("a", 30), ""},
		{`[a-z]+\d+x`, "abc123 def456", ""},
		{`abc`, "ab", ""},
	} {
		p := compileText(t, "pcre2", "", test.pattern)
		r, err := p.NewRun([]byte(test.text), Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.Advance(context.Background(), -1); err != nil {
			t.Fatal(err)
		}
		got := ""
		if a, b, ok := Multiplying(r.Tokens(), r.Counters(), len(test.text)); ok {
			got = operator(test.pattern, r.Tokens()[a]) + " " + operator(test.pattern, r.Tokens()[b])
		}
		if got != test.want {
			t.Errorf("%s: got %q, want %q", test.pattern, got, test.want)
		}
	}
}

// operator is a repeat's, with its place.
func operator(pattern string, t Token) string {
	return pattern[t.Span.Start:t.Span.End] + strconv.Itoa(t.Span.Start)
}
