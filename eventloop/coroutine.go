package eventloop

import (
	"context"
	"iter"
	"runtime/debug"
	"runtime/pprof"
)

// idleKeep bounds the idle coroutines of a running loop, about 3 KB each.
const idleKeep = 256

// coroutine carries the bodies of tasks, one after the other. It is the only user of
// iter.Pull, whose switch costs a fifth of a channel hand-over and needs no thread change
// when the loop is locked to a thread. In exchange the runtime ends the process when a
// coroutine is resumed under another thread lock than it was created under; so one is
// created in the first step of a task, on the loop's goroutine, and all idle ones are
// dropped when a run ends.
type coroutine struct {
	next  func() (struct{}, bool)
	stop  func()
	yield func(struct{}) bool

	task   *Task // nil while idle
	goid   uint64
	broken bool // panicked: not used again
	exited bool // parked in the middle of a Goexit
}

func newCoroutine() *coroutine {
	c := &coroutine{}
	c.next, c.stop = iter.Pull(c.main)
	return c
}

// resume switches from the loop to the body; suspend switches back.
func (c *coroutine) resume()  { c.next() }
func (c *coroutine) suspend() { c.yield(struct{}{}) }

func (c *coroutine) main(yield func(struct{}) bool) {
	c.yield = yield
	for {
		c.runTask()
		c.task = nil
		pprof.SetGoroutineLabels(context.Background()) // the body may have set its own
		if c.broken || !yield(struct{}{}) {
			return
		}
	}
}

// killed unwinds the body of a task that goes on awaiting after Close has refused it.
type killed struct{}

// runTask is the outermost frame of a body. iter.Pull would raise a panic anew on the loop,
// without the body's stack, and would carry a Goexit over to the loop's goroutine.
func (c *coroutine) runTask() {
	t := c.task
	returned := false
	defer func() {
		if returned {
			return
		}
		switch v := recover(); v.(type) {
		case nil: // Goexit, which nothing can stop: the coroutine must not be left that way
			t.err = ErrGoexit
			t.goexited = true
			c.exited = true
			c.task = nil
			c.suspend()
		case killed:
			t.err = ErrClosed
			c.broken = true
		default:
			t.err = &PanicError{v, debug.Stack()}
			c.broken = true
		}
	}()
	if t.loop.debug {
		c.goid, _ = goroutine()
		t.loop.runner.Store(c.goid)
		pprof.SetGoroutineLabels(pprof.WithLabels(context.Background(), pprof.Labels("task", t.Name())))
	}
	t.err = t.body.invoke()
	returned = true
}

// takeCoroutine returns a coroutine that is about to run t's body.
func (l *Loop) takeCoroutine(t *Task) *coroutine {
	var c *coroutine
	if n := len(l.idle); n > 0 {
		c = l.idle[n-1]
		l.idle[n-1] = nil
		l.idle = l.idle[:n-1]
	} else {
		c = newCoroutine()
	}
	c.task = t
	l.bodies++
	return c
}

// giveBack keeps a coroutine whose body has ended, if it can be used again.
func (l *Loop) giveBack(c *coroutine) {
	l.bodies--
	switch {
	case c.exited:
		// The rest of the Goexit would end whoever resumes: a goroutine made for that.
		// It is not locked to a thread; if this one is, the coroutine stays parked for ever.
		if l.lockOwner == 0 {
			go c.next()
		}
	case c.broken:
	case len(l.idle) < idleKeep:
		l.idle = append(l.idle, c)
	default:
		c.stop()
	}
}

// dropIdle ends the idle coroutines: parked ones are never collected, and the next run may
// be on another thread.
func (l *Loop) dropIdle() {
	for i, c := range l.idle {
		c.stop()
		l.idle[i] = nil
	}
	l.idle = l.idle[:0]
}
