package executor

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"
	"time"
)

type contextKey struct{}

// TestJobContextIsLikeTheStandardOne does the same things at random to a job's context and to one of package context,
// which must not differ in anything that a program can see, whenever it looks.
func TestJobContextIsLikeTheStandardOne(t *testing.T) {
	seed := rand.Uint64()
	why, late := errors.New("why"), errors.New("late")
	for round := range uint64(500) {
		rng := rand.New(rand.NewPCG(seed, round))
		parent, cancelParent := context.WithCancelCause(context.WithValue(t.Context(), contextKey{}, "v"))
		if rng.IntN(4) == 0 {
			var stop context.CancelFunc
			parent, stop = context.WithDeadlineCause(parent, time.Now().Add(time.Duration(rng.IntN(2)-1)*time.Hour), late)
			defer stop()
		}
		j := New(Options{}).own.At(Interactive).newJob(parent, functions{})
		want, cancelWant := context.WithCancelCause(parent)
		got := context.Context(&j.ctx)

		var done []string
		look := func(what string, got, want any) {
			if got != want {
				t.Fatalf("seed %d,%d, %v: %s = %v, want %v", seed, round, done, what, got, want)
			}
		}
		looks := []func(){
			func() { look("Err", got.Err(), want.Err()) },
			func() { look("Cause", context.Cause(got), context.Cause(want)) },
			func() { look("Done", isClosed(got.Done()), isClosed(want.Done())) },
			func() { look("reason", j.ctx.reason(), context.Cause(want)) },
			func() { look("Value", got.Value(contextKey{}), want.Value(contextKey{})) },
			func() { look("the job", JobFrom(got), j) },
			func() {
				a, okA := got.Deadline()
				b, okB := want.Deadline()
				look("Deadline", fmt.Sprint(a, okA), fmt.Sprint(b, okB))
			},
			func() {
				derived, cancel := context.WithCancel(got)
				defer cancel()
				look("derived Err", derived.Err(), want.Err())
				look("derived Cause", context.Cause(derived), context.Cause(want))
				look("the derived one's job", JobFrom(derived), j)
			},
		}
		changes := []func(){
			func() { cancelParent(why) },
			func() { cancelParent(nil) },
			func() { j.ctx.cancel(nil); cancelWant(nil) },
			func() { j.ctx.cancel(ErrShutdown); cancelWant(ErrShutdown) },
		}
		for range rng.IntN(6) {
			if i := rng.IntN(len(changes) + len(looks)); i < len(changes) {
				done = append(done, fmt.Sprint("change ", i))
				changes[i]()
			} else {
				done = append(done, fmt.Sprint("look ", i-len(changes)))
				looks[i-len(changes)]()
			}
		}
		done = append(done, "the end")
		for _, i := range rng.Perm(len(looks)) {
			looks[i]()
		}
		cancelParent(nil)
	}
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// A context that several goroutines look at while it ends ends once: the reason stays what it was first.
func TestJobContextEndsOnce(t *testing.T) {
	why := errors.New("why")
	for range 200 {
		parent, cancelParent := context.WithCancelCause(t.Context())
		j := New(Options{}).own.At(Interactive).newJob(parent, functions{})
		var all sync.WaitGroup
		all.Go(func() { cancelParent(why) })
		all.Go(func() { j.ctx.cancel(nil) })
		all.Go(func() { j.ctx.cancel(ErrShutdown) })
		for range 2 {
			all.Go(func() {
				for j.ctx.Err() == nil {
					runtime.Gosched()
				}
				cause := context.Cause(&j.ctx)
				<-j.ctx.Done()
				if again := context.Cause(&j.ctx); cause == nil || again != cause {
					t.Errorf("cause %v, then %v", cause, again)
				}
			})
		}
		all.Wait()
	}
}

// The context costs nothing that the job does not ask for.
func TestJobContextIsLazy(t *testing.T) {
	j := New(Options{}).own.At(Interactive).newJob(t.Context(), functions{})
	if j.ctx.Err() != nil || JobFrom(&j.ctx) != j {
		t.Error("wrong from the start")
	}
	j.ctx.cancel(nil)
	if j.ctx.child.Load() != nil {
		t.Error("it was made for a job that only polls")
	}
}
