package engine

import (
	"context"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// collect runs a search to its end, going on from the cursor whenever the
// budget of matches is spent.
func collect(tb testing.TB, p Program, text *Text, perCall int) [][]int {
	tb.Helper()
	var all [][]int
	var at Cursor
	for calls := 0; ; calls++ {
		result := p.Search(context.Background(), text, at, Budget{MaxMatches: perCall}, func(groups []int) bool {
			all = append(all, slices.Clone(groups))
			return true
		})
		at = result.Cursor
		switch result.Outcome {
		case Limit:
			if result.Err != nil {
				tb.Fatalf("limit: %v", result.Err)
			}
		case Match, NoMatch:
			if result.Searched != text.Len() {
				tb.Fatalf("searched %d of %d bytes", result.Searched, text.Len())
			}
			return all
		default:
			tb.Fatalf("outcome %s: %v", result.Outcome, result.Err)
		}
		if calls > 2*text.Len()+2 {
			tb.Fatal("the search does not end")
		}
	}
}

func compileGo(tb testing.TB, pattern, flags string) *goProgram {
	tb.Helper()
	p, err := Go().Compile([]byte(pattern), flags)
	if err != nil {
		tb.Fatalf("%q: %v", pattern, err)
	}
	return p.(*goProgram)
}

// cuts are ways to cut a search, from one that takes only pieces to one that
// takes only reads.
var cuts = []goCuts{{pieceBytes, pieceReach * pieceBytes, 0}, {1, 3, 2}, {2, 5, 0}, {0, 0, 0}, {0, 0, 2}, {0, 0, 100}}

func TestGoAgainstFindAll(t *testing.T) {
	patterns := strings.Fields(`a a* a*? a+ a|b a|ab (a|ab)(c|bcd)* (a*)+ (|a)* (|a)+ (a?)*b ^ ^a $ a$ \b \B \ba \Ba a\b a\B
		\bab\b (?m)^ (?m)$ (?m)^a (?m)a$ (?m)^$ \A \Aa \z a\z (?s). . [^a] [^a]+ [^a]* (?s).* .* .*? (?s).*? a.*b (?s)a.*b
		(?s)a.*?b ab* aab a[^b]*b "[^"]*" a(?s:.)b \s+ \W \W+ \w+ \S+ \xff [\x80-\x{10FFFF}] é ^|a a|^ \b|a a|\b a*|b (a)|(b) (?U)a+
		(?i)AB (?i)k x*\b \b(?s:.)\b (?s:.)\B ^a*|b (?:) (?:)|a a|(?:) \Qa.b \Qab (?m)(?:^a|^b) \A(?s:.)* \Aa*|\Bb (?m)^\B (?m:^)|\b [^x]*\b`)
	alphabet := []string{"a", "b", "ab", " ", "\n", "\r\n", "é", "\xff", "\xe2\x82", "\x00", "x", `"`, "c", "\u00a0"}
	rng := rand.New(rand.NewPCG(1, 2))
	texts := []string{"", "a", "b", "aa", "ab", "ba", "\n", "a\nb", "\xff", "\xffa", "a\xff", "é", "aéa"}
	for range 150 {
		var b strings.Builder
		for range rng.IntN(14) {
			b.WriteString(alphabet[rng.IntN(len(alphabet))])
		}
		texts = append(texts, b.String())
	}
	for _, pattern := range patterns {
		re, program := regexp.MustCompile(pattern), compileGo(t, pattern, "")
		for _, text := range texts {
			checkGo(t, re, program, text)
		}
	}
}

// checkGo compares every way to cut a search, and to go on with it, with
// FindAllSubmatchIndex.
func checkGo(t *testing.T, re *regexp.Regexp, program *goProgram, text string) {
	t.Helper()
	want := re.FindAllSubmatchIndex([]byte(text), -1)
	subject := NewText([]byte(text))
	for _, cut := range cuts {
		program := *program
		program.goCuts = cut
		for _, perCall := range []int{0, 1, 2} {
			if got := collect(t, &program, subject, perCall); !equalMatches(got, want) {
				t.Fatalf("%q on %q, %+v, %d matches a call:\n got %v\nwant %v", re, text, cut, perCall, got, want)
			}
		}
	}
}

func equalMatches(a, b [][]int) bool {
	return slices.EqualFunc(a, b, func(a, b []int) bool { return slices.Equal(a, b) })
}

// A pattern can be so deep that it compiles, and not in another one.
func TestGoAtTheLimit(t *testing.T) {
	depth := 1000
	var re *regexp.Regexp
	var pattern string
	for ; re == nil; depth-- {
		pattern = `\b` + strings.Repeat("(", depth) + `(?s:.)\b` + strings.Repeat(")", depth)
		re, _ = regexp.Compile(pattern)
	}
	program := compileGo(t, pattern, "")
	if program.variants.from() != nil && program.variants.next() != nil {
		t.Fatalf("%d levels compile in every way", depth)
	}
	checkGo(t, re, program, "a bc é\n d")
}
