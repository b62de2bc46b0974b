package executor

import (
	"context"
	"strconv"
	"testing"
)

// BenchmarkRoundTrip measures Submit of an empty job until finished, with a number of jobs in flight.
func BenchmarkRoundTrip(b *testing.B) {
	for _, inFlight := range []int{1, 8} {
		b.Run(strconv.Itoa(inFlight), func(b *testing.B) {
			p := New(Options{Workers: 4})
			c := p.NewClient("b")
			ctx, cancel := context.WithCancel(b.Context()) // as a session has it, unlike Background
			defer cancel()
			done := make(chan error, inFlight)
			run, finished := func(context.Context) {}, func(err error) { done <- err }
			b.ReportAllocs()
			flying := 0
			for b.Loop() {
				if flying == inFlight {
					<-done
					flying--
				}
				if err := c.Submit(ctx, run, finished); err != nil {
					b.Fatal(err)
				}
				flying++
			}
			for range flying {
				<-done
			}
		})
	}
}

// BenchmarkUsage measures reading the cost of a running job from outside.
func BenchmarkUsage(b *testing.B) {
	p := New(Options{Workers: 1})
	started, release, done := make(chan *Job), make(chan struct{}), make(chan error, 1)
	err := p.Submit(b.Context(), func(ctx context.Context) {
		started <- JobFrom(ctx)
		<-release
	}, func(err error) { done <- err })
	if err != nil {
		b.Fatal(err)
	}
	job := <-started
	for b.Loop() {
		job.Usage()
	}
	close(release)
	<-done
}
