package differential

import (
	"runtime"
	"testing"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// longPattern is the least bytes of a pattern that is long for a person.
const longPattern = 500

// BenchmarkParse is the speed on the long patterns of all corpora that are good in a flavor, without flags, taken
// together: an operation parses each of them once. The aim is that of the benchmark in regex/syntax, 50 MB/s.
func BenchmarkParse(b *testing.B) {
	floor := make([]byte, 32<<20) // as regexdbg keeps beside the heap of a server
	defer runtime.KeepAlive(floor)
	all, err := Load(b.Context())
	need(b, err)
	for _, f := range flavor.All() {
		b.Run(f.Name, func(b *testing.B) {
			var good []string
			size := 0
			for _, p := range all {
				if len(p.Text) >= longPattern && len(p.Text) <= syntax.MaxPattern && len(syntax.Parse(p.Text, f, 0).Errors) == 0 {
					good = append(good, p.Text)
					size += len(p.Text)
				}
			}
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				for _, text := range good {
					syntax.Parse(text, f, 0)
				}
			}
			b.ReportMetric(float64(len(good)), "patterns/op")
		})
	}
}
