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

// BenchmarkProcess measures requests that a child answers with what it was sent.
func BenchmarkProcess(b *testing.B) {
	commands := runtimes()
	for _, name := range []string{"self", "python", "node", "perl"} {
		var p *ProcessPool
		switch command, ok := commands[name]; {
		case name == "self":
			p = newSelfPool(b, "good", ProcessOptions{Workers: 1})
		case ok:
			p = newTestPool(b, ProcessOptions{Command: command, Workers: 1})
		default:
			continue
		}
		for _, size := range []int{0, 1 << 20} {
			b.Run(name+"/"+strconv.Itoa(size), func(b *testing.B) {
				req := Request{Data: childRequest{Op: "echo"}, Body: make([]byte, size)}
				b.SetBytes(2 * int64(size))
				b.ReportAllocs()
				for b.Loop() {
					if _, err := p.Do(b.Context(), req, nil); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkProcessReplace measures a request whose child is killed, until the next one is answered by another.
func BenchmarkProcessReplace(b *testing.B) {
	for name, command := range runtimes() {
		for _, workers := range []int{1, 2} { // without and with a spare child
			b.Run(name+"/"+strconv.Itoa(workers), func(b *testing.B) {
				p := newTestPool(b, ProcessOptions{Command: command, Workers: workers})
				if _, err := p.Info(b.Context()); err != nil {
					b.Fatal(err)
				}
				for b.Loop() {
					ctx, cancel := context.WithCancel(b.Context())
					_, _ = p.Do(ctx, Request{Data: childRequest{Op: "count", N: 1 << 30}}, func(Response) error { cancel(); return nil })
					if _, err := p.Do(b.Context(), Request{}, nil); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
