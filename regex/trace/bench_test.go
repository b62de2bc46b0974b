package trace

import (
	"context"
	"strings"
	"testing"
)

// stepAll takes b.N steps, and where a run has fewer begins another one, whose making is not measured.
func stepAll(b *testing.B, begin func() *Run) {
	b.StopTimer()
	for left := int64(b.N); left > 0; {
		r := begin()
		b.StartTimer()
		_, err := r.Advance(context.Background(), left)
		b.StopTimer()
		if err != nil || r.Steps() == 0 {
			b.Fatalf("the run ended after %d steps: %v", r.Steps(), err)
		}
		left -= r.Steps()
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds()/1e6, "Msteps/s")
}

// The classic of catastrophic backtracking: 30 letters and a bad end.
func BenchmarkSteps(b *testing.B) {
	for _, c := range []struct{ name, pattern, text string }{
		{"nested", `(a+)+$`, strings.Repeat("a", 30) + "!"},
		{"composite", `(?:a|ab|b)*c`, strings.Repeat("ab", 40)},
		{"class", `^(?:\w+\s?)+$`, strings.Repeat("word ", 8) + "!"},
	} {
		b.Run(c.name, func(b *testing.B) {
			p := compileText(b, "pcre2", "", c.pattern)
			stepAll(b, func() *Run { return beginRun(b, p, c.text, Limits{Steps: 1 << 40}) })
		})
	}
}

// A machine of threads, at patterns with few threads and with many.
func BenchmarkThreadSteps(b *testing.B) {
	for _, c := range []struct{ name, pattern, text string }{
		{"word", `\b\w+ing\b`, strings.Repeat("going home ", 1<<18)},
		{"groups", `(\w+)@(\w+)\.com`, strings.Repeat("me@example.com, ", 1<<16)},
		{"many", `(?:a?){20}a{20}`, strings.Repeat("a", 1<<18)},
	} {
		b.Run(c.name, func(b *testing.B) {
			stepAll(b, func() *Run { return threads(b, c.pattern, "", c.text, Limits{Steps: 1 << 40}) })
		})
	}
}
