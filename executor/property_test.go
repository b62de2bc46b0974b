package executor

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// tally is what one submitted job was seen to do.
type tally struct {
	kind     int
	accepted bool
	runs     atomic.Int32
	finishes atomic.Int32
	err      error // of the one call of finished
}

// The kinds of job that the random schedules use.
const (
	kindReturns = iota
	kindPanics
	kindExits
	kindObeys   // runs until its context ends
	kindIgnores // runs until the end of the schedule, whatever its context says
	kindCancelledFirst
	kindCancelledSoon
	kindCancelledByHandle
	kinds
)

// TestRandomSchedules submits, cancels, closes and shuts down at random from several goroutines and then checks the
// one promise that all else rests on: an accepted job is finished exactly once, and a refused one never.
func TestRandomSchedules(t *testing.T) {
	seed := rand.Uint64()
	for round := range uint64(30) {
		t.Run(fmt.Sprintf("seed=%d,%d", seed, round), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { randomSchedule(t, seed, round) })
		})
	}
}

func randomSchedule(t *testing.T, seed, round uint64) {
	rng := rand.New(rand.NewPCG(seed, round))
	p := New(Options{
		Workers:          1 + rng.IntN(4),
		MaxStuck:         rng.IntN(6) - 1,
		QueueLimit:       1 + rng.IntN(40),
		ClientQueueLimit: 1 + rng.IntN(12),
		Grace:            time.Duration(rng.IntN(3) - 1),
	})
	var clients []*Client
	for i := range 1 + rng.IntN(4) {
		clients = append(clients, p.NewClient(fmt.Sprint(i)))
	}
	all, cancelAll := context.WithCancel(t.Context())
	over := make(chan struct{})
	bang := errors.New("bang")
	soon := errors.New("soon")

	var mu sync.Mutex
	var tallies []*tally
	var submitters sync.WaitGroup
	for g := range 4 {
		rng := rand.New(rand.NewPCG(seed, round*100+uint64(g)+1))
		submitters.Go(func() {
			for range 40 {
				j := &tally{kind: rng.IntN(kinds)}
				ctx, cancel := context.WithCancelCause(all)
				if j.kind == kindCancelledFirst {
					cancel(soon)
				}
				run := func(ctx context.Context) {
					j.runs.Add(1)
					switch j.kind {
					case kindPanics:
						panic(bang)
					case kindExits:
						runtime.Goexit()
					case kindObeys:
						<-ctx.Done()
					case kindIgnores:
						<-over
					}
				}
				finished := func(err error) {
					j.err = err
					j.finishes.Add(1)
					cancel(nil)
				}
				job, err := clients[rng.IntN(len(clients))].At(Priority(rng.IntN(2))).SubmitJob(ctx, run, finished)
				j.accepted = err == nil
				if err != nil && !errors.Is(err, ErrQueueFull) && !errors.Is(err, ErrClientClosed) && !errors.Is(err, ErrShutdown) {
					t.Errorf("Submit: %v", err)
				}
				mu.Lock()
				tallies = append(tallies, j)
				mu.Unlock()
				if j.kind == kindCancelledSoon || err != nil {
					cancel(soon)
				}
				if j.kind == kindCancelledByHandle && err == nil {
					job.Cancel(soon)
				}
				switch rng.IntN(60) {
				case 0:
					clients[rng.IntN(len(clients))].Close()
				case 1:
					time.Sleep(time.Nanosecond)
				}
				checkStats(t, p.Stats())
			}
		})
	}
	mode := ShutdownMode(rng.IntN(3))
	early := rng.IntN(2) == 0
	done := make(chan error, 1)
	if early {
		runtime.Gosched()
		go func() { done <- p.Shutdown(t.Context(), mode) }()
	}
	submitters.Wait()
	cancelAll()
	settled(t, p)
	close(over)
	if !early {
		go func() { done <- p.Shutdown(t.Context(), mode) }()
	}
	if err := <-done; err != nil {
		t.Errorf("Shutdown: %v", err)
	}

	var accepted uint64
	for _, j := range tallies {
		runs, finishes := j.runs.Load(), j.finishes.Load()
		if !j.accepted {
			if runs != 0 || finishes != 0 {
				t.Errorf("refused, but %d runs and %d finishes", runs, finishes)
			}
			continue
		}
		accepted++
		if finishes != 1 || runs > 1 {
			t.Errorf("kind %d: %d runs, %d finishes", j.kind, runs, finishes)
			continue
		}
		checkOutcome(t, j, runs == 1, bang)
	}
	s := settled(t, p)
	if s.Submitted != accepted || s.Running+s.Stuck+s.QueuedInteractive+s.QueuedBackground != 0 {
		t.Errorf("%d accepted, at the end %+v", accepted, s)
	}
}

func checkOutcome(t *testing.T, j *tally, ran bool, bang error) {
	t.Helper()
	var pe *PanicError
	switch {
	case !ran:
		if j.err == nil {
			t.Errorf("kind %d never ran but finished(nil)", j.kind)
		}
	case j.kind == kindCancelledFirst:
		t.Error("a job cancelled before Submit ran")
	case j.kind == kindPanics:
		if !errors.As(j.err, &pe) || pe.Value != bang {
			t.Errorf("panicked, finished(%v)", j.err)
		}
	case j.kind == kindExits:
		if j.err != ErrGoexit {
			t.Errorf("exited, finished(%v)", j.err)
		}
	case j.err != nil:
		t.Errorf("kind %d ran, finished(%v)", j.kind, j.err)
	}
}
