package compare

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// For each pattern there is a text on which these differ: it is found, it is small,
// and the part to blame is named.
func TestSearch(t *testing.T) {
	for _, test := range []struct {
		pattern, sides, token string
		longest               int  // characters
		smallest              bool // no shorter text of the characters that count
	}{
		{`^(\d{4})-(\d\d)$`, "go dotnet", ``, 8, false},
		{`\bfoo\d+`, "go dotnet", ``, 4, true},
		{`[a-z]+$`, "pcre2 js", `$`, 2, true},
		{`x[^\w]`, "go dotnet", `\w`, 2, true},
		{`.x`, "go js", `.`, 2, true},
		{`(?:(a)|b)\1c`, "js pcre2", `\1`, 2, true},
		{`(?:(a)|b)*`, "js:u pcre2:u", `(a)`, 2, true},
		{`a*`, "dotnet go", `a*`, 1, true},
		{`(?:a|)b?`, "pcre2 go", ``, 1, true},
		{`key:\s`, "go pcre2", `\s`, 5, false},
		{`[[:alpha:]]+`, "go js", ``, 1, true}, // the first text is ":]", of which nothing can be left out,
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
			if found.Smallest != test.smallest {
				t.Errorf("%q: smallest: %v", found.Text, found.Smallest)
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

// All shorter texts are tried, the shortest first, unless they are too many.
func TestShorter(t *testing.T) {
	tried := 0
	needs := func(pattern string) func([]byte) bool {
		return func(text []byte) bool { tried++; return regexp.MustCompile(pattern).Match(text) }
	}
	for _, test := range []struct {
		text, alphabet, pattern, want string
		all                           bool
		tried                         int
	}{
		{"abc", "abc", `^abc$|^ca$`, "ca", true, 1 + 3 + 7},
		{"abc", "abc", `^abc$|^$`, "", true, 1},
		{"abc", "abc", `^abc$`, "abc", true, 1 + 3 + 9},
		{"", "abc", `^$`, "", true, 0},
		{"abcdefghij", "abcdefghij", `^.{10}$`, "abcdefghij", false, mostShorter},
	} {
		tried = 0
		got, all := shorter([]byte(test.text), []rune(test.alphabet), time.Now().Add(time.Minute), needs(test.pattern))
		if string(got) != test.want || all != test.all || tried != test.tried {
			t.Errorf("%q for %s: %q, %v, %d texts", test.text, test.pattern, got, all, tried)
		}
	}
	if _, all := shorter([]byte("ab"), []rune("ab"), time.Now().Add(-time.Second), needs(`^ab$`)); all {
		t.Error("all are tried without time")
	}
}

// A character stands for all that a pattern does not tell from it.
func TestAlphabet(t *testing.T) {
	for _, test := range []struct{ pattern, text, want string }{
		{`a\d`, "a٣", "a٣b0\n\u0085\u2028😀"},
		{`\bx`, "é", "éa \nx\u0085\u2028ẞ😀"},
		{`$`, "", "a\n\u0085\u2028😀"},
		{`[a-f]`, "gh", "gha\n\u0085\u2028😀"},
	} {
		var trees []*syntax.Tree
		for _, name := range []string{"go", "dotnet"} {
			trees = append(trees, syntax.Parse(test.pattern, flavorOf(t, name), 0))
		}
		if got := string(alphabet(trees, []byte(test.text), nil)); got != test.want {
			t.Errorf("%s: %q", test.pattern, got)
		}
	}
	if got := string(alphabet(nil, []byte("abba"), nil)); got != "ab" {
		t.Errorf("without a tree: %q", got)
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
