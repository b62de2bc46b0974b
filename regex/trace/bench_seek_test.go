package trace

import (
	"context"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// BenchmarkSeek runs 10^9 steps once, and then looks at steps at random: what the median and the slowest of twenty take,
// and what the run holds in memory.
func BenchmarkSeek(b *testing.B) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	r := beginRun(b, compileText(b, "pcre2", "", `(a+)+$`), strings.Repeat("a", 40)+"!", Limits{})
	started := time.Now()
	if outcome, err := r.Advance(context.Background(), -1); err != nil || outcome != OutOfSteps {
		b.Fatal(outcome, err)
	}
	run := time.Since(started)
	runtime.GC()
	runtime.ReadMemStats(&after)
	random := rand.New(rand.NewPCG(1, 2))
	var took []time.Duration
	for b.Loop() {
		start := time.Now()
		if _, err := r.State(context.Background(), random.Int64N(r.Steps())); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(r.Steps())/run.Seconds()/1e6, "Msteps/s")
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB")
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)-1-len(took)/20].Microseconds())/1000, "p95-ms")
}
