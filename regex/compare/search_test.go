package compare

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
)

// For each pattern there is a text on which these differ: it is found, it is small,
// and the part to blame is named.
func TestSearch(t *testing.T) {
	for _, test := range []struct {
		pattern, sides, token string
		longest               int // characters
	}{
		{`^(\d{4})-(\d\d)$`, "go dotnet", ``, 8},
		{`\bfoo\d+`, "go dotnet", ``, 5},
		{`[a-z]+$`, "pcre2 js", `$`, 2},
		{`x[^\w]`, "go dotnet", `\w`, 2},
		{`.x`, "go js", `.`, 2},
		{`(?:(a)|b)\1c`, "js pcre2", `\1`, 2},
		{`(?:(a)|b)*`, "js:u pcre2:u", `(a)`, 2},
		{`a*`, "dotnet go", `a*`, 1},
		{`(?:a|)b?`, "pcre2 go", ``, 2},
		{`key:\s`, "go pcre2", `\s`, 5},
	} {
		t.Run(test.pattern, func(t *testing.T) {
			s := &Search{Pattern: test.pattern, Seed: 1, Time: time.Minute}
			for name := range strings.FieldsSeq(test.sides) {
				s.Sides = append(s.Sides, side(t, name))
			}
			found, tried, err := s.Run(t.Context())
			if err != nil || found == nil {
				t.Fatalf("nothing found in %d texts: %v", tried, err)
			}
			if utf8.RuneCount(found.Text) > test.longest || found.Difference == nil || len(found.Difference.Blames) == 0 {
				t.Fatalf("%q: %+v", found.Text, found.Difference)
			}
			span := found.Difference.Blames[0].Span
			if got := test.pattern[span.Start:span.End]; test.token != "" && got != test.token {
				t.Errorf("%q blames %s: %+v", found.Text, got, found.Difference.Blames)
			}
			again, _, _ := s.Run(t.Context())
			if again == nil || string(again.Text) != string(found.Text) {
				t.Errorf("the same seed found %q and %+v", found.Text, again)
			}
		})
	}
}

// Sides that always agree differ on no text, and a text of the user's helps where the pattern
// alone does not.
func TestSearch_Nothing(t *testing.T) {
	same := &Search{Pattern: `[ab]c`, Sides: []Side{side(t, "go"), side(t, "dotnet")}, Candidates: 300}
	calls := 0
	same.Progress = func(tried, of int) {
		calls++
		if tried > of || of != 300 {
			t.Errorf("%d of %d", tried, of)
		}
	}
	found, tried, err := same.Run(t.Context())
	if found != nil || err != nil || tried != 300 || calls == 0 {
		t.Errorf("%+v, %d, %v", found, tried, err)
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	why := errors.New("why")
	cancel(why)
	if _, _, err := same.Run(ctx); !errors.Is(err, why) {
		t.Errorf("cancelled: %v", err)
	}
	same.Pattern = `(?=a)` // which Go does not take
	if _, _, err := same.Run(t.Context()); !errors.Is(err, ErrTooFew) {
		t.Errorf("one side: %v", err)
	}
}

func TestShrink(t *testing.T) {
	needs := func(text []byte) bool {
		return slices.Contains([]rune(string(text)), 'é') && strings.Count(string(text), "\n") >= 2
	}
	got := shrink([]byte("some é words\nin\nseveral\nlines"), time.Now().Add(time.Minute), needs)
	if string(got) != "é\n\n" {
		t.Errorf("got %q", got)
	}
}

func TestPort(t *testing.T) {
	text := engine.NewText([]byte("x1 x٣\n"))
	const pattern = `x\d$`
	base := Run(t.Context(), side(t, "dotnet"), pattern, text, testLimits)
	for _, test := range []struct {
		to             string
		asItIs, proved Agreement
		pattern        string
		refused        bool
	}{
		{"go", Differs, Same, `x\p{Nd}`, false},
		{"js", Differs, Same, `x\p{Nd}`, false},
		{"pcre2", Differs, Same, `x\d$`, false},
	} {
		there := Run(t.Context(), side(t, test.to), pattern, text, testLimits)
		p := Port(t.Context(), base, there, there.Side.Flavor, pattern, text, testLimits)
		if p.AsItIs != test.asItIs || p.Converted == nil || !strings.HasPrefix(p.Converted.Pattern, test.pattern) || (p.Refused != nil) != test.refused {
			t.Errorf("%s: %+v, %+v", test.to, p, p.Converted)
		}
		if p.Converted != nil && p.Converted.Exact() && p.Proved != test.proved {
			t.Errorf("%s: %v with %q", test.to, p.Proved, p.Converted.Pattern)
		}
		alone := Port(t.Context(), base, nil, there.Side.Flavor, pattern, text, testLimits)
		if alone.AsItIs != Unknown || alone.Proved != Unknown || alone.Converted == nil {
			t.Errorf("%s without an engine: %+v", test.to, alone)
		}
	}
}

func TestForFlavor(t *testing.T) {
	for _, test := range []struct{ flags, from, to, want, lacks string }{
		{"im", "", "go", "im", ""},
		{"s", "", "ruby", "m", ""},
		{"m", "ruby", "go", "s", ""},
		{"m", "", "ruby", "", ""},
		{"x", "", "go", "", "x (extended)"},
		{"u", "pcre2", "js", "u", ""},
		{"A", "pcre2", "js", "y", ""},
		{"gd", "js", "go", "", ""},
		{"U", "go", "java", "", "U (ungreedy)"},
		{"U", "java", "pcre2", "u", ""},
		{"q", "", "go", "", "unknown standard flag"},
		{"q", "js", "go", "", "unknown JavaScript flag"},
	} {
		var from *flavor.Flavor
		if test.from != "" {
			from = flavorOf(t, test.from)
		}
		got, lacks, err := ForFlavor(test.flags, from, flavorOf(t, test.to))
		words := ""
		for _, lack := range lacks {
			words += lack.String()
		}
		if err != nil {
			words = err.Error()
		}
		if got != test.want || !strings.HasPrefix(words, test.lacks) || test.lacks == "" && words != "" {
			t.Errorf("%s of %q for %s: %q, %s", test.flags, test.from, test.to, got, words)
		}
	}
}
