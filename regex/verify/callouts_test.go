package verify

import (
	"context"
	"testing"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// callouts compares the steps of a pattern.
func callouts(t *testing.T, letters, pattern, text string, limit int) *StepReport {
	t.Helper()
	if _, err := engine.Local().Lookup("pcre2", ""); err != nil {
		t.Skip(err)
	}
	f, err := flavor.Lookup("pcre2")
	if err != nil {
		t.Fatal(err)
	}
	r, err := Callouts(context.Background(), syntax.Parse(pattern, f, flavor.FlagsOf(letters)), letters, engine.Optimizations{}, engine.NewText([]byte(text)), limit)
	if err != nil {
		t.Fatalf("%s: %v", pattern, err)
	}
	return r
}

// What the mapping says of each kind of item.
func TestCallouts(t *testing.T) {
	for _, test := range []struct {
		letters, pattern, text string
		tries                  int
	}{
		{"", `ab`, "aab", 4},
		{"", `a+b`, "aac", 7},
		{"", `a+?b`, "aac", 7},
		{"", `a*?b`, "aac", 7},
		{"", `(a|ab)(c|bcd)$`, "abcd", 6},
		{"", `(?:a{2}b)*\b`, "aabaa", 6},
		{"", `(a)\1*x`, "aaa", 13},
		{"", `(?=a)(?<!b)a`, "ba", 4},
		{"", `^a`, "ba", 2},
		{"", `.*b`, "aac", 14},
		{"", `\R+x`, "\r\n\n", 9},
		{"", `é+x`, "éé", 9},
		{"u", `é+x`, "éé", 6},
		{"i", `(a(?1)?b)`, "aabb", 5},
		{"", `(?>a+)b++c`, "aabb", 9},
		{"", `(a+)+$`, "aaaaaaaa!", 1014},
		{"", `ab{0}c`, "ac", 2},
		{"", `a(?=b(*COMMIT)c)[^d]|abd`, "abd", 3},
		{"", `(?(?=a(*COMMIT)b|ac)x|a)c`, "ac", 4},
		{"", `a(*SKIP:m)x|ac(*:n)(*SKIP:n)d|ac`, "acacd", 12},
		{"", `(?>a(*:1))(*SKIP:1)x|b`, "ab", 7},
		{"", `(?:(?1)|B)(A(*ACCEPT)XX|C)D`, "AAD", 2},
		{"", `aa$|a(?R)a|a`, "aaa", 9},
		{"", `(?<=a(*THEN)x|b)c`, "bc", 2},
		{"", `(ba|b*){1,2}?bc`, "bababc", 8},
		{"", `(?=ab)+ac`, "ab", 10},
	} {
		r := callouts(t, test.letters, test.pattern, test.text, 100_000)
		if !r.Same || r.Cut || r.Compared != test.tries {
			t.Errorf("%s on %q: %s, want %d", test.pattern, test.text, r, test.tries)
		}
	}
	if r := callouts(t, "", `(a+)+$`, "aaaaaaaaaaaaaaaaaaaaaaaaaaaa!", 1000); !r.Same || !r.Cut || r.Compared != 1000 {
		t.Errorf("with a limit: %+v", r)
	}
}
