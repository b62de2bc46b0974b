package eventloop

import (
	"errors"
	"slices"
)

// Outcome is how a future ended: the two results of [Future.Result].
type Outcome[T any] struct {
	Value T
	Err   error
}

// Gather returns the future of the results of fs, in the order of the arguments. A future
// given twice gives its result twice. With nothing to gather the list is empty, in the next pass.
//
// The first error ends the future at once: also the cancellation of one of fs, which does not make
// the future Cancelled. The other futures go on; what errors they still have is dropped.
//
// Cancel (as does cancelling the task that awaits it) cancels those of fs that are not done;
// Gather then fails with an ErrCancelled when the first of them has ended. It reports false
// when all of them are done: the results stand.
//
// Futures of another loop make it fail with ErrOtherLoop, a closed loop with ErrClosed.
// O(len(fs)). Loop's goroutine only (panics with ErrForeignGoroutine in debug mode).
func Gather[F Awaitable[T], T any](l *Loop, fs ...F) *Future[[]T] {
	l.mustBeOn("Gather")
	g := &gather[F, T]{fs: slices.Clone(fs)}
	startGather(&g.gathering, &g.future, l, fs, g, g)
	return &g.Future
}

// GatherOutcomes is [Gather] that waits for all of fs and gives their errors and
// cancellations in place of results: asyncio's return_exceptions. When it is cancelled it
// fails with an ErrCancelled, once all of fs are done.
func GatherOutcomes[F Awaitable[T], T any](l *Loop, fs ...F) *Future[[]Outcome[T]] {
	l.mustBeOn("GatherOutcomes")
	g := &gatherOutcomes[F, T]{fs: slices.Clone(fs)}
	g.all = true
	startGather(&g.gathering, &g.future, l, fs, g, g)
	return &g.Future
}

type gather[F Awaitable[T], T any] struct {
	Future[[]T]
	gathering
	fs []F
}

func (g *gather[F, T]) collect() {
	g.value = make([]T, len(g.fs))
	for i, f := range g.fs {
		g.value[i], _ = f.Result()
	}
}

type gatherOutcomes[F Awaitable[T], T any] struct {
	Future[[]Outcome[T]]
	gathering
	fs []F
}

func (g *gatherOutcomes[F, T]) collect() {
	g.value = make([]Outcome[T], len(g.fs))
	for i, f := range g.fs {
		g.value[i].Value, g.value[i].Err = f.Result()
	}
}

// gathering is the part of a gather that does not depend on types.
type gathering struct {
	outer  *future
	parts  []*future // in the order of the arguments
	open   int
	typed  interface{ collect() }
	all    bool // wait for all, whatever their errors
	asked  bool // to cancel
	reason error
}

func startGather[F Completion](g *gathering, outer *future, l *Loop, fs []F, typed interface{ collect() }, hook delegate) {
	outer.loop, outer.hook = l, hook
	g.outer, g.typed, g.open = outer, typed, len(fs)
	if l.Closed() {
		outer.settle(failed, ErrClosed)
		return
	}
	g.parts = make([]*future, len(fs))
	for i, f := range fs {
		g.parts[i] = f.core()
		if g.parts[i].loop != l {
			outer.settle(failed, ErrOtherLoop)
			return
		}
	}
	if len(fs) == 0 {
		l.Post(g.succeed)
	}
	for _, f := range g.parts {
		f.whenDone(func() { g.ended(f) })
	}
}

func (g *gathering) ended(f *future) {
	g.open--
	switch {
	case g.outer.state != pending:
		f.look() // nobody is interested any more
	case !g.all && f.state != succeeded:
		f.look()
		g.fail(f.err)
	case g.open > 0:
	case g.asked:
		for _, f := range g.parts {
			f.look()
		}
		g.fail(newCancelled(g.reason))
	default:
		g.succeed()
	}
}

func (g *gathering) succeed() {
	g.typed.collect()
	g.outer.settle(succeeded, nil)
}

func (g *gathering) fail(err error) {
	g.outer.looked = errors.Is(err, ErrCancelled) // at which nobody needs to look
	g.outer.settle(failed, err)
}

// cancelInstead cancels the parts. These tell by their ends when the whole is at its own.
func (g *gathering) cancelInstead(cause error) bool {
	told := make(map[*future]bool, len(g.parts))
	any := false
	for _, f := range g.parts {
		if !told[f] {
			told[f] = true
			any = f.cancelAwaited(cause) || any
		}
	}
	if any && !g.asked {
		g.asked, g.reason = true, cause
	}
	return any
}

// futureCancelled is never called: cancelInstead keeps the future from being cancelled.
func (g *gathering) futureCancelled(error) {}
