package executor

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// TestRandomRequests makes requests of all kinds, jobs and shutdowns at random from several goroutines. Whatever
// happens to the children, each request gets its own answer or an error that it may have.
func TestRandomRequests(t *testing.T) {
	seed := rand.Uint64()
	for round := range uint64(4) {
		t.Run(fmt.Sprintf("seed=%d,%d", seed, round), func(t *testing.T) { randomRequests(t, seed, round) })
	}
}

func randomRequests(t *testing.T, seed, round uint64) {
	rng := rand.New(rand.NewPCG(seed, round))
	o := ProcessOptions{Workers: 1 + rng.IntN(3), Warm: rng.IntN(3) - 1, QueueLimit: rng.IntN(8), IdleTimeout: 1}
	p := newSelfPool(t, "good", o)
	superseded := errors.New("superseded")
	var users sync.WaitGroup
	for g := range 4 {
		rng := rand.New(rand.NewPCG(seed, round*100+uint64(g)+1))
		users.Go(func() {
			for i := range 15 {
				name := fmt.Sprint(g, " ", i)
				ctx, cancel := context.WithCancelCause(t.Context())
				kind := rng.IntN(12)
				body := make([]byte, rng.IntN(3)*20000)
				switch kind {
				case 0:
					checkError(t, do(p, ctx, childRequest{Op: "exit", N: 1}, body, nil), "exit status 1")
				case 1:
					checkError(t, do(p, ctx, childRequest{Op: "garbage"}, body, nil), "not a JSON object")
				case 2:
					checkError(t, do(p, ctx, childRequest{Op: "deaf"}, body, func(Response) error {
						cancel(superseded)
						return nil
					}), "superseded")
				case 3:
					go cancel(superseded)
					checkError(t, do(p, ctx, childRequest{Op: "count", N: 100}, body, nil), "superseded", "")
				case 4:
					checkError(t, do(p, ctx, childRequest{Op: "error"}, body, nil), "bad pattern")
				case 5:
					done := make(chan error, 1)
					err := p.Submit(ctx, func(ctx context.Context) {
						echo(t, p, ctx, name, body)
						echo(t, p, ctx, name+"!", nil)
					}, func(err error) { done <- err })
					if err == nil {
						err = <-done
					}
					checkError(t, err, "")
				default:
					echo(t, p, ctx, name, body)
				}
				cancel(nil)
				checkProcesses(t, p)
			}
		})
	}
	if rng.IntN(2) == 0 {
		for range rng.IntN(1000) {
			runtime.Gosched()
		}
		if err := p.Shutdown(t.Context(), ShutdownMode(rng.IntN(3))); err != nil {
			t.Error(err)
		}
	}
	users.Wait()
}

func do(p *ProcessPool, ctx context.Context, req childRequest, body []byte, each func(Response) error) error {
	_, err := p.Do(ctx, Request{Data: req, Body: body}, each)
	return err
}

func echo(t *testing.T, p *ProcessPool, ctx context.Context, name string, body []byte) {
	frames := 0
	checkError(t, do(p, ctx, childRequest{Op: "echo", Data: name}, body, func(r Response) error {
		frames++
		if string(r.Data) != `"`+name+`"` || len(r.Body) != len(body) || frames > 1 {
			t.Errorf("%s: frame %d is %s, %d bytes", name, frames, r.Data, len(r.Body))
		}
		return nil
	}), "")
}

// checkError checks that the error is one of those named, or one that every request may have.
func checkError(t *testing.T, err error, names ...string) {
	t.Helper()
	if err == ErrQueueFull || err == ErrShutdown {
		return
	}
	for _, name := range names {
		if err == nil && name == "" || err != nil && name != "" && strings.Contains(err.Error(), name) {
			return
		}
	}
	t.Errorf("%v, want one of %q", err, names)
}
