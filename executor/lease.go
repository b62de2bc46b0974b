package executor

import (
	"cmp"
	"context"
	"runtime/debug"
	"time"
)

// lease is the right to one child: a place in the queue first, then the child itself.
type lease struct {
	pool      *ProcessPool
	ctx       context.Context // of the caller, and ends with the lease
	cancel    context.CancelCauseFunc
	submitted time.Time
	ready     chan struct{} // closed by the pool when child or err is set

	// Of the goroutine that has the lease, once ready is closed.
	child *child
	err   error // why there is no child, or no more
	queue time.Duration
	busy  chan struct{} // holds a token while a request of a Submit is under way

	// Guarded by the pool's mutex.
	state leaseState
	node  node[*lease] // in the pool's waiting or running list
}

type leaseState uint8

const (
	leaseNew     leaseState = iota // in no list yet
	leaseWaiting                   // in ProcessPool.waiting
	leaseRunning                   // in ProcessPool.running; has a child
	leaseOver                      // in no list
)

type leaseKey struct{}

// leaseContext adds the lease to a context.
type leaseContext struct {
	context.Context
	lease *lease
}

func (c leaseContext) Value(key any) any {
	if key == (leaseKey{}) {
		return c.lease
	}
	return c.Context.Value(key)
}

// wait waits for the child and returns why there is none.
func (l *lease) wait() error {
	select {
	case <-l.ready:
	case <-l.ctx.Done():
		l.pool.withdraw(l)
	}
	l.queue = time.Since(l.submitted)
	if l.ctx.Err() != nil {
		return context.Cause(l.ctx) // the child, if there is one, was asked nothing
	}
	return l.err
}

// do has the child answer a request.
func (l *lease) do(ctx context.Context, h header, body []byte, each func(Response) error) (Usage, error) {
	select {
	case l.busy <- struct{}{}:
		defer func() { <-l.busy }()
	default:
		return Usage{}, ErrOverlap
	}
	switch {
	case l.err != nil:
		return Usage{}, l.err
	case ctx.Err() != nil:
		return Usage{}, context.Cause(ctx)
	}
	u, err := l.child.serve(ctx, h, body, each)
	if l.child.wasKilled() {
		l.err = cmp.Or(err, context.Cause(ctx), errTalkedOn)
	}
	if _, remote := err.(*RemoteError); err == nil || remote {
		l.pool.noteServed(l.child)
	}
	return u, err
}

// Submit queues run as Do queues a request, and returns at once. When there is a child for it, run is called on a
// goroutine of its own, not locked to a thread, with a context under which Do uses this child: several requests, one
// after the other, can so rely on what the child remembers. Between two requests the child idles. Once a request has
// killed the child, the later ones of the same run return the same error.
//
// It has the form that package eventloop wants of an executor, with a function that calls Do:
//
//	eventloop.RunInExecutor(loop, processes, func(ctx context.Context) (Result, error) {
//		_, err := processes.Do(ctx, request, each)
//		return result, err
//	})
//
// Like the thread pool's, it returns nil, ErrQueueFull or ErrShutdown; run's context ends also when run has returned
// or the pool wants it to; run never starts when ctx ends before it could; and every Submit that returned nil is
// followed by exactly one call of finished, on a goroutine of the pool: finished(nil) when run has returned, and
// otherwise with context.Cause(ctx), ErrShutdown, a *StartError, a *PanicError or ErrGoexit. finished must not panic.
// Submit panics when run or finished is nil.
func (p *ProcessPool) Submit(ctx context.Context, run func(ctx context.Context), finished func(error)) error {
	if run == nil || finished == nil {
		panic("executor: Submit with a nil function")
	}
	l, err := p.admit(ctx)
	if err != nil {
		return err
	}
	go func() {
		defer p.reported() // also when finished ends this goroutine
		err := l.wait()
		if err == nil {
			defer func() { // runs also when run ends this goroutine
				p.release(l)
				finished(err)
			}()
			err = ErrGoexit
			err = protect(func() { run(leaseContext{l.ctx, l}) })
			return
		}
		p.release(l)
		finished(err)
	}()
	return nil
}

// protect calls f and returns its panic as an error.
func protect(f func()) (err error) {
	returned := false
	defer func() {
		if returned {
			return
		}
		if v := recover(); v != nil {
			err = &PanicError{Value: v, Stack: debug.Stack()}
		}
	}()
	f()
	returned = true
	return nil
}
