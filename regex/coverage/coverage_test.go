package coverage_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/coverage"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

func measure(t *testing.T, name, pattern string, texts ...string) *coverage.Coverage {
	t.Helper()
	f, err := flavor.Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	c, err := coverage.New(syntax.Parse(pattern, f, 0))
	if err != nil {
		t.Fatalf("%s: %v", pattern, err)
	}
	for _, text := range texts {
		if err := c.Add(t.Context(), []byte(text)); err != nil {
			t.Fatalf("%s on %q: %v", pattern, text, err)
		}
	}
	return c
}

// What is on the way to a match counts, and nothing that was tried besides.
func TestGaps(t *testing.T) {
	for _, c := range []struct {
		flavor, pattern, texts string // texts with bars between them
		want                   string // kinds with the parts
	}{
		{"pcre2", `a|b|c`, "a|c", "alternative b"},
		{"pcre2", `a|b|c`, "", "alternative a, alternative b, alternative c"},
		{"pcre2", `(?:ab|ac)d`, "acd", "alternative ab"},
		{"pcre2", `(?:a|ab)(?:c|bcd)(d*)`, "abcd", "alternative ab, alternative c, one d*, many d*"},
		{"pcre2", `a?b+c*`, "abbcc", "none a?, one b+, none c*, one c*"},
		{"pcre2", `a?b+c*`, "bcc|abbc", "none c*"},
		{"pcre2", `(?:x\d)*y`, "y", "one (?:x\\d)*, many (?:x\\d)*"},
		{"pcre2", `(?:x\d)*y`, "x1y|x1x2y|y", ""},
		{"pcre2", `(\w+\s?)*!`, "ab c!", "none (\\w+\\s?)*, one (\\w+\\s?)*"},
		{"pcre2", `\d{4}-\d\d`, "2024-01", ""},
		{"pcre2", `\d{4}-\d\d`, "x", "set \\d, set \\d, set \\d"},
		{"pcre2", `a{2,3}`, "aa", ""}, // one number of rounds of two, and many
		{"pcre2", `(?!x|y)[a-z]`, "b", ""},
		{"pcre2", `(?=a|b)\w`, "b", "alternative a"},
		{"pcre2", `(?<=ab|c)d`, "abd", "alternative c"},
		{"pcre2", `(?>a+|b)c`, "aac", "one a+, alternative b"},
		{"pcre2", `(a)?(?(1)b|c)`, "ab", "none (a)?, alternative c"},
		{"dotnet", `a*?b`, "aab", "none a*?, one a*?"},
		{"js", `(?:a|)b`, "ab", "alternative "},
		{"js", `(?:a|)b`, "b", "alternative a"},
		{"java", `(?:a{0,2}b)++`, "aabb", "one (?:a{0,2}b)++, one a{0,2}"},
		{"python", `(?P<y>é|日)+x`, "é日x", "one (?P<y>é|日)+"},
		{"ruby", `(a|b)*c`, "abc", "none (a|b)*, one (a|b)*"},
		{"pcre2", `(a|b|c)x(?1)`, "axc", "alternative b"},
		{"pcre2", `(?<n>\d|z)(?:,(?&n))*`, "1,2,z", "none (?:,(?&n))*, one (?:,(?&n))*"},
		{"pcre2", `(?(DEFINE)(?<d>a|b|c?))^(?&d)-(?&d)$`, "b-c", "alternative a, none c?"},
		{"pcre2", `(?(DEFINE)(?<d>a|b))x`, "x", "alternative a, alternative b"},
		{"pcre2", `^(\((?:[^()]|(?1))*\))$`, "((x)y)", "none (?:[^()]|(?1))*"}, // one round within, two without
		{"pcre2", `^(?1)*(a|bc|bd)$`, "abca", "none (?1)*, one (?1)*, alternative bd"},
		{"pcre2", `^(a*|b)(?1)(?1)c`, "aac", "one a*, alternative b"}, // the calls give nothing back
		{"pcre2", `^(a|ab)(?1)c$`, "aabc", ""},
		{"perl", `^(a|ab)(?1)(?:c|bc)$`, "aabc", "alternative ab, alternative c"},
		{"perl", `^(?<x>a|b(?&x)b)$`, "bab", ""},
		{"ruby", `\A(?<x>a|b\g<x>b|c)\z`, "bab", "alternative c"},
		{"go", `a|b|c`, "a|c", "alternative b"},
		{"go", `(?:a|ab)(?:c|bcd)(d*)`, "abcd", "alternative ab, alternative c, one d*, many d*"},
		{"go", `(?P<y>\d{4})(?:-(\d\d))*?\b`, "2024-01", "one (?:-(\\d\\d))*?, many (?:-(\\d\\d))*?"},
		{"go", `a?`, "a", "none a?"},
		{"go", `(?:a*)*b`, "b", "none (?:a*)*, many (?:a*)*, one a*, many a*"},
		{"perl", `(?:ab?)+c`, "aabc", "one (?:ab?)+"},
	} {
		var texts []string
		if c.texts != "" {
			texts = strings.Split(c.texts, "|")
		}
		gaps, parts, exercised := measure(t, c.flavor, c.pattern, texts...).Gaps()
		var got []string
		for _, g := range gaps {
			got = append(got, fmt.Sprintf("%s %s", g.Kind, c.pattern[g.Span.Start:g.Span.End]))
		}
		if said := strings.Join(got, ", "); said != c.want || parts < len(gaps)+exercised {
			t.Errorf("%s, %s on %q: %s (of %d), want %s", c.flavor, c.pattern, c.texts, said, parts, c.want)
		}
	}
}

// Each gap that can be closed has an example that closes it; of what cannot match there is none.
func TestExamples(t *testing.T) {
	for _, c := range []struct {
		flavor, pattern, text string
		without               int // gaps that have no example
	}{
		{"pcre2", `^(?:(\d{4})-(\d\d)(-\d\d)?|today|(yester|to)day)$`, "today", 0},
		{"python", `^(?P<q>["'])(?:[^"'\\]|\\.)*(?P=q)$`, `"a"`, 0},
		{"dotnet", `\b(?i:mr|mrs)\.?\s+[A-Z]\w*(?:-[A-Z]\w+)?`, "Mr. X", 0},
		{"js", `^[\p{L}_$][\w$]*(?:\.\w+)*$`, "a", 0},
		{"pcre2", `a(?!b)b|c`, "c", 1},
	} {
		cover := measure(t, c.flavor, c.pattern, c.text)
		gaps, _, _ := cover.Gaps()
		if len(gaps) == 0 {
			t.Errorf("%s has no gaps", c.pattern)
		}
		without := 0
		for _, g := range gaps {
			text, ok, err := cover.Example(t.Context(), g)
			if err != nil {
				t.Fatal(err)
			}
			if !ok {
				without++
				t.Logf("%s: no example of: %s", c.pattern, g.Say(c.pattern))
				continue
			}
			left, _, _ := measure(t, c.flavor, c.pattern, c.text, text).Gaps()
			for _, l := range left {
				if l == g {
					t.Errorf("%s: %q does not close: %s", c.pattern, text, g.Say(c.pattern))
				}
			}
		}
		if without != c.without {
			t.Errorf("%s: %d gaps have no example, want %d", c.pattern, without, c.without)
		}
	}
}

// Closing every gap by its example leaves none.
func TestClosing(t *testing.T) {
	const pattern = `^(?:[a-z]+|\d{1,3}|(?:0x)?[A-F]*)(?:,|;)?$`
	cover := measure(t, "pcre2", pattern)
	gaps, _, _ := cover.Gaps()
	for round := 0; len(gaps) > 0 && round < 10; round++ {
		for _, g := range gaps {
			text, ok, err := cover.Example(t.Context(), g)
			if err != nil || !ok {
				t.Fatalf("%s: %v", g.Say(pattern), err)
			}
			if err := cover.Add(t.Context(), []byte(text)); err != nil {
				t.Fatal(err)
			}
		}
		gaps, _, _ = cover.Gaps()
	}
	if len(gaps) > 0 {
		t.Errorf("left: %v", gaps)
	}
}

// Where backtracking has another way than Go prefers, nothing is said.
func TestOtherWay(t *testing.T) {
	f, err := flavor.Lookup("go")
	if err != nil {
		t.Fatal(err)
	}
	c, err := coverage.New(syntax.Parse(`(a|b*)+`, f, 0))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Add(t.Context(), []byte("abab")); !errors.Is(err, coverage.ErrWay) {
		t.Errorf("got %v", err)
	}
	if err := c.Add(t.Context(), []byte("x")); err != nil {
		t.Error(err)
	}
}

func TestUnmeasurable(t *testing.T) {
	for _, c := range []struct{ flavor, pattern string }{{"go", "("}, {"pcre2", "("}} {
		f, err := flavor.Lookup(c.flavor)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := coverage.New(syntax.Parse(c.pattern, f, 0)); err == nil {
			t.Errorf("%s of %s is measured", c.pattern, c.flavor)
		}
	}
}

// Matches are counted over all texts, by the flavor's own rules.
func TestMatches(t *testing.T) {
	for _, c := range []struct {
		flavor, pattern string
		texts           []string
		want            int
	}{
		{"pcre2", `a|b`, nil, 0},
		{"pcre2", `a|b`, []string{"x", "", "yz"}, 0},
		{"pcre2", `a|b`, []string{"x", "aba", "b"}, 4},
		{"pcre2", `a*`, []string{"aa"}, 2},
		{"go", `a*`, []string{"aa"}, 1},
	} {
		if got := measure(t, c.flavor, c.pattern, c.texts...).Matches(); got != c.want {
			t.Errorf("%s, %s on %q: %d matches, want %d", c.flavor, c.pattern, c.texts, got, c.want)
		}
	}
}
