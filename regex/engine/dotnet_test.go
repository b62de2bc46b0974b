package engine

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/dlclark/regexp2/v2"
)

// allDotNet is what FindNextMatch finds, in runes converted here by hand.
func allDotNet(tb testing.TB, re *regexp2.Regexp, text string) [][]int {
	var starts []int
	for i := range text {
		starts = append(starts, i)
	}
	starts = append(starts, len(text))
	var all [][]int
	m, err := re.FindStringMatch(text)
	for ; m != nil && err == nil; m, err = re.FindNextMatch(m) {
		var found []int
		for _, g := range m.Groups() {
			if len(g.Captures) == 0 {
				found = append(found, -1, -1)
			} else {
				found = append(found, starts[g.RuneIndex], starts[g.RuneIndex+g.RuneLength])
			}
		}
		all = append(all, found)
	}
	if err != nil {
		tb.Fatal(err)
	}
	return all
}

func TestDotNetAgainstFindNextMatch(t *testing.T) {
	patterns := strings.Fields(`a a* a*? a|b (a|ab)(c|bcd)* (a*)+ (|a)* ^ $ \b \B (?m)^ (?m)$ \A \z \Z . (?s). (?s).* .*? a(?=b) a(?!b) (?<=a)b
		(?<!a)b (?<=(a)). (?=(.*)) (a)\1 (?<x>a)|(?<y>b) (?<5>a)(b)? (?>a*)b \G \Ga \Ga* \G\b|b \Ga|(?=b) (?=a)|\Gb (?<o>a)+(?<-o>b)* \s+ \W+ é [^a]* (?:)|a x*`)
	alphabet := []string{"a", "b", "ab", " ", "\n", "\r\n", "é", "\xff", "\xe2\x82", "\x00", "x", "c", "\u00a0", "\U0001F600"}
	rng := rand.New(rand.NewPCG(5, 6))
	texts := []string{"", "a", "é", "\xff", "aa", "ab", "a\nb", strings.Repeat("aéb ", 100)}
	for range 150 {
		var b strings.Builder
		for range rng.IntN(14) {
			b.WriteString(alphabet[rng.IntN(len(alphabet))])
		}
		texts = append(texts, b.String())
	}
	for _, pattern := range patterns {
		re := regexp2.MustCompile(pattern)
		program, err := DotNet().Compile([]byte(pattern), "")
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range texts {
			want := allDotNet(t, re, text)
			for _, perCall := range []int{0, 1, 2} {
				if got := collect(t, program, NewText([]byte(text)), perCall); !equalMatches(got, want) {
					t.Fatalf("%q on %q, %d matches a call:\n got %v\nwant %v", pattern, text, perCall, got, want)
				}
			}
		}
	}
}
