package engine

import (
	"bytes"
	"math/rand/v2"
	"sync"
	"testing"
	"time"
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
