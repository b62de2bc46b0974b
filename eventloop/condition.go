package eventloop

import "errors"

// Condition lets tasks that hold a lock wait for a change of what the lock guards. It has the
// methods of its lock; several conditions may share one. Its methods belong to the loop's
// goroutine.
type Condition struct {
	*Lock
	sleepers waitList
}

// NewCondition returns a condition of the lock k.
func NewCondition(k *Lock) *Condition { return &Condition{Lock: k} }

// Wait releases the lock, parks the task until Notify, and returns with the lock held again, also
// when it returns a cancellation: that is delayed until then. A notification that comes together
// with a cancellation goes to the next one that waits. Without the lock the error is ErrNotAcquired.
//
// Only in a task that Close kills it may return, with ErrClosed, without the lock.
func (c *Condition) Wait(t *Task) error {
	if err := t.mayAwait(c.loop); err != nil {
		return err
	}
	if err := c.Release(); err != nil {
		return err
	}
	notified, err := c.sleepers.wait(t)
	for held := false; !held; {
		var late error
		held, late = c.acquire(t)
		if err == nil {
			err = late
		}
		if !held && !errors.Is(late, ErrCancelled) {
			return late
		}
	}
	if notified && err != nil {
		c.sleepers.wakeOne()
	}
	return err
}

// WaitFor calls Wait until ready, which it calls with the lock held, reports true.
// Its errors are those of Wait.
func (c *Condition) WaitFor(t *Task, ready func() bool) error {
	if !c.held() {
		return ErrNotAcquired
	}
	for !ready() {
		if err := c.Wait(t); err != nil {
			return err
		}
	}
	return nil
}

// Notify wakes the n tasks that have waited longest, or as many as there are. They go on when they
// have got the lock, which Notify does not release. Without the lock the error is ErrNotAcquired. O(n).
func (c *Condition) Notify(n int) error {
	if err := c.mayNotify(); err != nil {
		return err
	}
	for ; n > 0 && c.sleepers.wakeOne(); n-- {
	}
	return nil
}

// NotifyAll wakes all tasks that wait, see Notify.
func (c *Condition) NotifyAll() error {
	if err := c.mayNotify(); err != nil {
		return err
	}
	c.sleepers.wakeAll()
	return nil
}

func (c *Condition) mayNotify() error {
	if err := c.loop.checkGoroutine(); err != nil {
		return err
	}
	if !c.held() {
		return ErrNotAcquired
	}
	return nil
}
