package executor

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// jobContext is the context handed to run: a child of the submitter's that names the job and also ends with it. Few
// jobs do more than poll it, so the child of package context, which costs more than all else in a short job, is made
// when something first needs it. Whoever looks sees no difference.
type jobContext struct {
	parent context.Context // handed to Submit
	job    *Job
	child  atomic.Pointer[childContext]

	mu   sync.Mutex  // guards the making of child
	over atomic.Bool // ended with the job, when there was no child and the parent had not ended
}

// childContext is a context of package context with what cancels it.
type childContext struct {
	context.Context
	cancel context.CancelCauseFunc
}

// jobKey is the key of the job among a context's values.
type jobKey struct{}

// whole returns the child and makes it when there is none.
func (c *jobContext) whole() *childContext {
	if child := c.child.Load(); child != nil {
		return child
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.makeChild()
}

// makeChild is whole with the mutex held.
func (c *jobContext) makeChild() *childContext {
	if child := c.child.Load(); child != nil {
		return child
	}
	child, parent := new(childContext), c.parent
	if c.over.Load() {
		parent = context.WithoutCancel(parent) // whose later end has no part in it
	}
	child.Context, child.cancel = context.WithCancelCause(parent)
	if c.over.Load() {
		child.cancel(nil)
	}
	c.child.Store(child)
	return child
}

// cancel ends the context with the cause, or context.Canceled. It has no effect on one that has ended.
func (c *jobContext) cancel(cause error) {
	if child := c.end(cause); child != nil {
		child.cancel(cause)
	}
}

// end returns the child that cancel has to end, or nil when over says all there is to say.
func (c *jobContext) end(cause error) *childContext {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.over.Load() {
		return nil
	}
	if c.child.Load() == nil && cause == nil && c.parent.Err() == nil {
		c.over.Store(true)
		return nil
	}
	return c.makeChild()
}

// reason returns why the context has ended, or nil.
func (c *jobContext) reason() error {
	if !c.ended() {
		return nil
	}
	if err := context.Cause(c.whole()); err != nil {
		return err
	}
	// A context that is not the standard library's own passes its end on to the child by a goroutine, which may be
	// late.
	return context.Cause(c.parent)
}

// ended says whether anything has ended this context, or is about to.
func (c *jobContext) ended() bool {
	if child := c.child.Load(); child != nil && child.Err() != nil {
		return true
	}
	return c.over.Load() || c.parent.Err() != nil
}

func (c *jobContext) Deadline() (time.Time, bool) { return c.parent.Deadline() }

func (c *jobContext) Done() <-chan struct{} { return c.whole().Done() }

// Err leaves every answer but nil to the child, so that it stays the same for ever.
func (c *jobContext) Err() error {
	if c.child.Load() == nil && !c.ended() {
		return nil
	}
	return c.whole().Err()
}

// Value finds the job. Every other key may be that under which package context looks for the child.
func (c *jobContext) Value(key any) any {
	if key == (jobKey{}) {
		return c.job
	}
	return c.whole().Value(key)
}
