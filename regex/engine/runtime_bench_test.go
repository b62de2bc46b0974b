package engine

import (
	"fmt"
	"testing"
	"time"
)

// BenchmarkRuntime compares a search on a runtime, whose child has the text, with the loop that a user of the runtime
// writes, which the same child runs and measures. A millisecond is for the way to the child and back.
func BenchmarkRuntime(b *testing.B) {
	for _, size := range []int{1 << 20, 10 << 20} {
		text := NewText(lines()[:size])
		for _, name := range languageNames() {
			for _, pattern := range []string{`\b\w+ing\b`, `1895`} {
				b.Run(fmt.Sprintf("%s/%dMB/%s", name, size>>20, pattern), func(b *testing.B) {
					p := compile(b, runtimeOf(b, name), pattern)
					inTurns(b, time.Millisecond, func() time.Duration {
						m := Measure(b.Context(), p, text, 1, 0)
						if m.Outcome != Match {
							b.Fatalf("got %+v", m)
						}
						return m.Elapsed
					}, func() time.Duration {
						start := time.Now()
						if r := p.Search(b.Context(), text, Cursor{}, Budget{}, keep); r.Outcome != Match {
							b.Fatalf("got %+v", r)
						}
						return time.Since(start)
					})
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
