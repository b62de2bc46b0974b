package engine

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// BenchmarkRuntime compares a search on a runtime, whose child has the text, with the loop that a user of the runtime
// writes, which the same child runs and measures: in turns, the medians of both, and overhead, which is their ratio
// after a millisecond for the way to the child and back.
func BenchmarkRuntime(b *testing.B) {
	for _, size := range []int{1 << 20, 10 << 20} {
		text := NewText(lines()[:size])
		for _, name := range languageNames() {
			for _, pattern := range []string{`\b\w+ing\b`, `1895`} {
				b.Run(fmt.Sprintf("%s/%dMB/%s", name, size>>20, pattern), func(b *testing.B) {
					p := compile(b, runtimeOf(b, name), pattern)
					var ours, bare []time.Duration
					search := func() {
						start := time.Now()
						if r := p.Search(b.Context(), text, Cursor{}, Budget{}, keep); r.Outcome != Match {
							b.Fatalf("got %+v", r)
						}
						ours = append(ours, time.Since(start))
					}
					measure := func() {
						m := Measure(b.Context(), p, text, 1, 0)
						if m.Outcome != Match {
							b.Fatalf("got %+v", m)
						}
						bare = append(bare, m.Elapsed)
					}
					search()
					measure()
					ours, bare = nil, nil
					for b.Loop() {
						search()
						measure()
					}
					slices.Sort(ours)
					slices.Sort(bare)
					o, m := ours[len(ours)/2], bare[len(bare)/2]
					b.ReportMetric(float64(o.Microseconds())/1000, "ours-ms")
					b.ReportMetric(float64(m.Microseconds())/1000, "bare-ms")
					b.ReportMetric(float64(o-time.Millisecond)/float64(m), "overhead")
				})
			}
		}
	}
}

// BenchmarkRuntimeSmall is the search of a short text: what a key costs.
func BenchmarkRuntimeSmall(b *testing.B) {
	for _, name := range languageNames() {
		b.Run(name, func(b *testing.B) {
			e := runtimeOf(b, name)
			text := NewText([]byte("a short text"))
			for b.Loop() {
				p := compile(b, e, `s(h)?`)
				p.Search(b.Context(), text, Cursor{}, Budget{}, keep)
			}
		})
	}
}
