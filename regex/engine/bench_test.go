package engine

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dlclark/regexp2/v2"
)

// lines is English-like text in lines: words by a falling frequency, here and
// there a name, a number, an address.
var lines = sync.OnceValue(func() []byte {
	const size = 10 << 20
	words := []string{"the", "of", "and", "to", "in", "a", "that", "was", "he", "it", "his", "with", "as", "had", "which",
		"upon", "there", "could", "little", "morning", "nothing", "evening", "house", "street", "looking", "something", "window"}
	rare := []string{"Sherlock", "Holmes", "foobar", "foo", "watson@example.com", "a.b+c@mail.example.co.uk", "1895", "running", "\"quoted words\""}
	rng := rand.New(rand.NewPCG(3, 4))
	var b bytes.Buffer
	for b.Len() < size {
		for range 5 + rng.IntN(10) {
			word := words[min(rng.IntN(len(words)), rng.IntN(len(words)))]
			if rng.IntN(60) == 0 {
				word = rare[rng.IntN(len(rare))]
			}
			b.WriteString(word)
			b.WriteByte(' ')
		}
		b.WriteByte('\n')
	}
	return b.Bytes()[:size]
})

// inTurns compares what an engine takes by itself with what it takes behind our interface, in turns. It reports the
// fastest of each, which is what is left when nothing else is in the way, and as overhead their ratio after an allowance.
func inTurns(b *testing.B, allowance time.Duration, bare, ours func() time.Duration) {
	bare() // and once to get warm
	ours()
	fastestBare, fastest := time.Hour, time.Hour
	for b.Loop() {
		fastestBare, fastest = min(fastestBare, bare()), min(fastest, ours())
	}
	b.ReportMetric(float64(fastestBare.Microseconds())/1000, "bare-ms")
	b.ReportMetric(float64(fastest.Microseconds())/1000, "ours-ms")
	b.ReportMetric(float64(fastest-allowance)/float64(fastestBare), "overhead")
}

var benchmarks = []struct{ name, pattern string }{
	{"words", `\b(\w+)ing\b`},
	{"names", `(?i)sherlock|holmes`},
	{"literal", `foo\w+`},
	{"address", `[\w.+-]+@[\w-]+\.[\w.-]+`},
	{"pairs", `(\w+)\s+(\d+)`},
	{"dense", `\w+`},
	{"quoted", `"[^"]*"`},
	{"boundary", `(?s)\b(.)[^#]`},
	{"nothing", `(?s)x.*?y.*?#`},
	{"everything", `(?s).`},
	{"empty", `(?s:.*?)`},
}

// overheads compares searches that can be interrupted and have all groups with loops that users of the engine write.
func overheads(b *testing.B, compile func(pattern string) Program, loop func(pattern string, text *Text) func() int) {
	for _, size := range []int{1 << 20, 10 << 20} {
		text := NewText(lines()[:size])
		text.utf16Units() // which is once for each text, not for each search
		for _, bm := range benchmarks[:8] {
			b.Run(fmt.Sprintf("%dMB/%s", size>>20, bm.name), func(b *testing.B) {
				ctx, cancel := context.WithCancel(b.Context())
				defer cancel()
				program, bare, count := compile(bm.pattern), loop(bm.pattern, text), 0
				inTurns(b, 0, func() time.Duration {
					start := time.Now()
					count = bare()
					return time.Since(start)
				}, func() time.Duration {
					start := time.Now()
					result := program.Search(ctx, text, Cursor{}, Budget{Timeout: time.Minute}, keep)
					if result.Outcome != Match || result.Count != count {
						b.Fatalf("got %+v, bare %d matches", result, count)
					}
					return time.Since(start)
				})
			})
		}
	}
}

// BenchmarkGo compares with FindAllSubmatchIndex.
func BenchmarkGo(b *testing.B) {
	overheads(b, func(pattern string) Program { return compileGo(b, pattern, "") }, func(pattern string, text *Text) func() int {
		re := regexp.MustCompile(pattern)
		return func() int { return len(re.FindAllSubmatchIndex(text.Bytes(), -1)) }
	})
}

// BenchmarkDotNet compares with FindRunesMatches, which is given the text as it wants it.
func BenchmarkDotNet(b *testing.B) {
	overheads(b, func(pattern string) Program { return compile(b, DotNet(), pattern) }, runesLoop(b, regexp2.None))
}

// BenchmarkECMAScript does so in regexp2's ECMAScript mode.
func BenchmarkECMAScript(b *testing.B) {
	overheads(b, func(pattern string) Program {
		p, err := ECMAScript().Compile([]byte(asFlags.Replace(pattern)), "is")
		if err != nil {
			b.Fatal(err)
		}
		return p
	}, func(pattern string, text *Text) func() int {
		return runesLoop(b, regexp2.ECMAScript|regexp2.IgnoreCase|regexp2.Singleline)(asFlags.Replace(pattern), text)
	})
}

// asFlags takes out of a pattern what ECMAScript has as flags only.
var asFlags = strings.NewReplacer("(?i)", "", "(?s)", "")

// runesLoop is a loop over all matches and their groups.
func runesLoop(b *testing.B, options regexp2.RegexOptions) func(pattern string, text *Text) func() int {
	return func(pattern string, text *Text) func() int {
		re := regexp2.MustCompile(pattern, options)
		re.MatchTimeout = time.Minute
		numbers := re.GetGroupNumbers()
		return func() (count int) {
			err := re.FindRunesMatches(text.Runes(), 0, func(view regexp2.MatchView) bool {
				for _, number := range numbers {
					view.GroupRange(number)
				}
				count++
				return true
			})
			if err != nil {
				b.Fatal(err)
			}
			return count
		}
	}
}
