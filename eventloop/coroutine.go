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
	yield func(struct{}) bool

	task   *Task // nil while idle
	broken bool  // panicked: not used again
	exited bool  // parked in the middle of a Goexit
}

func newCoroutine() *coroutine {
	c := &coroutine{}
	c.next, _ = iter.Pull(c.main) // its stop is never needed: main returns when there is no task
	return c
}

// resume switches from the loop to the body; suspend switches back.
func (c *coroutine) resume()  { c.next() }
func (c *coroutine) suspend() { c.yield(struct{}{}) }

// end lets an idle coroutine return.
func (c *coroutine) end() { c.next() }

func (c *coroutine) main(yield func(struct{}) bool) {
	c.yield = yield
	for c.task != nil {
		c.runTask()
		c.task = nil
		pprof.SetGoroutineLabels(context.Background()) // the body may have set its own
		if c.broken {
			return
		}
		yield(struct{}{})
	}
}

// killed unwinds the body of a task that goes on awaiting after Close has refused it.
type killed struct{}

// runTask is the outermost frame of a body. iter.Pull would raise a panic anew on the loop,
// without the body's stack, and would carry a Goexit over to the loop's goroutine.
func (c *coroutine) runTask() {
	returned := false
	defer func() {
		if !returned {
			c.unwound(recover())
		}
	}()
	t := c.task
	if t.loop.debug {
		t.label()
	}
	t.err = t.body.invoke()
	returned = true
}

// label makes the coroutine's goroutine known in debug mode.
func (t *Task) label() {
	id, _ := goroutine()
	t.loop.runner.Store(id)
	pprof.SetGoroutineLabels(pprof.WithLabels(context.Background(), pprof.Labels("task", t.Name())))
}

// unwound deals with a body that did not return but panicked with v.
func (c *coroutine) unwound(v any) {
	t := c.task
	switch v.(type) {
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
		c.end()
	}
}

// dropIdle ends the idle coroutines: parked ones are never collected, and the next run may
// be on another thread.
func (l *Loop) dropIdle() {
	for i, c := range l.idle {
		c.end()
		l.idle[i] = nil
	}
	l.idle = l.idle[:0]
}
