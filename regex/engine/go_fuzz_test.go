package engine

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
)

// pieces of random patterns; the alphabet is small so that they match.
var (
	atoms = []string{"a", "b", "é", ".", `\w`, `\W`, `\s`, `\S`, "[^a]", "[ab]", `\n`, " ", "^", "$", `\b`, `\B`, `\A`, `\z`,
		"(?m:^)", "(?m:$)", "(?s:.)", "(?i:A)", "", `\x{FFFD}`, "[^\\n]"}
	repeats = []string{"", "", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,2}?"}
	letters = []string{"a", "b", "a", "b", " ", "\n", "é", "\xff", "\xe2\x82", "A", "aab", "\r\n", "\x00"}
)

func randomPattern(rng *rand.Rand, depth int) string {
	switch n := rng.IntN(8); {
	case depth == 0 || n < 3:
		return atoms[rng.IntN(len(atoms))]
	case n == 3:
		return randomPattern(rng, depth-1) + "|" + randomPattern(rng, depth-1)
	case n == 4:
		return "(" + randomPattern(rng, depth-1) + ")" + repeats[rng.IntN(len(repeats))]
	case n == 5:
		return "(?:" + randomPattern(rng, depth-1) + ")" + repeats[rng.IntN(len(repeats))]
	default:
		return randomPattern(rng, depth-1) + randomPattern(rng, depth-1)
	}
}

func randomText(rng *rand.Rand, most int) string {
	var b strings.Builder
	for range rng.IntN(most) {
		b.WriteString(letters[rng.IntN(len(letters))])
	}
	return b.String()
}

func TestGoRandom(t *testing.T) {
	rounds := 1000
	if testing.Short() {
		rounds = 200
	}
	rng := rand.New(rand.NewPCG(7, 8))
	for range rounds {
		pattern := randomPattern(rng, 4)
		re, err := regexp.Compile(pattern)
		if err != nil {
			continue
		}
		program := compileGo(t, pattern, "")
		for range 4 {
			checkGo(t, re, program, randomText(rng, 16))
		}
	}
}

// Long texts take the real cuts, and regexp its matcher for long texts.
func TestGoRandomLong(t *testing.T) {
	rounds := 15
	if testing.Short() {
		rounds = 6
	}
	rng := rand.New(rand.NewPCG(9, 10))
	for range rounds {
		pattern := randomPattern(rng, 3)
		re, err := regexp.Compile(pattern)
		if err != nil {
			continue
		}
		text := strings.Repeat(randomText(rng, 30), 1+rng.IntN(1000)) + randomText(rng, 30)
		want := re.FindAllSubmatchIndex([]byte(text), -1)
		got := collect(t, compileGo(t, pattern, ""), NewText([]byte(text)), 0)
		if !equalMatches(got, want) {
			t.Fatalf("%q on %d bytes: got %d matches, want %d", pattern, len(text), len(got), len(want))
		}
		if len(want) > 3 {
			got = collect(t, compileGo(t, pattern, ""), NewText([]byte(text)), len(want)/3)
			if !equalMatches(got, want) {
				t.Fatalf("%q on %d bytes, going on: got %d matches, want %d", pattern, len(text), len(got), len(want))
			}
		}
	}
}

func FuzzGo(f *testing.F) {
	f.Add(`\b(\w+)ing\b`, "going\nking")
	f.Add(`(?s)a.*?b|^`, "a\xffb\r\na")
	f.Add(`\Qa`, "aa")
	f.Fuzz(func(t *testing.T, pattern, text string) {
		if len(pattern) > 64 || len(text) > 256 {
			t.Skip()
		}
		re, err := regexp.Compile(pattern)
		if err != nil {
			errorOf(t, Go(), pattern, "")
			return
		}
		checkGo(t, re, compileGo(t, pattern, ""), text)
	})
}

func FuzzDotNetCompile(f *testing.F) {
	for _, pattern := range []string{`(?<a>b)\k<a>`, `[a-[b]`, `(?(1)a|b)`, `\p{L}{2,1}`, `a(?#b`} {
		f.Add(pattern)
	}
	f.Fuzz(func(t *testing.T, pattern string) {
		if _, err := DotNet().Compile([]byte(pattern), ""); err != nil {
			errorOf(t, DotNet(), pattern, "")
		}
	})
}
