package eventloop

import (
	"context"
	"errors"
	"fmt"
)

// Task is a coroutine of the loop: a function that runs on the loop's goroutine, parks at
// every Await, and goes on when what it awaits is done. Exactly one task runs at a time,
// so tasks need no locks between two awaits.
//
// A task must not call runtime.LockOSThread and await before it unlocks: that ends the
// process. Neither must it hold a sync.Mutex across an Await, or block: that stops the
// whole loop. Blocking work goes through [RunInExecutor].
//
// Its methods belong to the loop's goroutine.
type Task struct {
	future
	body body
	co   *coroutine // nil before the first step and after the end
	name string
	id   uint64
	prev *Task
	next *Task

	waiting    *future // what it is parked on, if that is a future
	waiter     *waiter // its place in a waitList; nil until it first waits in one
	throw      error   // what the await that wakes now returns
	cause      error   // of the last cancellation
	context    *taskContext
	alarm      int32 // place in the timer heap, from 1; 0 while it does not sleep
	cancelling int32
	kills      uint8 // awaits refused since Close began to kill it
	mustCancel bool  // a cancellation is due at the next await
	inCancel   bool  // Cancel is under way, see there
	goexited   bool
	closing    bool // Close has cancelled it
}

// taskContext is a task's context.
type taskContext struct {
	context.Context
	cancel context.CancelCauseFunc
}

// body is the typed half of a task.
type body interface{ invoke() error }

// TaskOf is a task with a result of type T.
type TaskOf[T any] struct {
	Task
	fn    func(t *Task) (T, error)
	value T
}

// TaskOption sets up a task.
type TaskOption func(*Task)

// WithName names a task; "Task-1" and so on otherwise.
func WithName(name string) TaskOption { return func(t *Task) { t.name = name } }

// Go makes a task of fn. It does not start inside Go but in the next pass; tasks start in
// the order of their creation. What fn returns is the task's result, value and error both.
// A panic becomes a *PanicError. An error that is ErrCancelled ends the task as cancelled.
//
// On a closed loop the task has already failed with ErrClosed. Loop's goroutine only
// (panics with ErrForeignGoroutine in debug mode); see [GoThreadsafe] for others.
func Go[T any](l *Loop, fn func(t *Task) (T, error), opts ...TaskOption) *TaskOf[T] {
	if fn == nil {
		panic("eventloop: nil function")
	}
	l.mustBeOn("Go")
	t := newTask(l, fn, opts)
	if l.Closed() {
		t.settle(failed, ErrClosed)
		return t
	}
	l.begin(&t.Task)
	return t
}

func newTask[T any](l *Loop, fn func(t *Task) (T, error), opts []TaskOption) *TaskOf[T] {
	t := &TaskOf[T]{fn: fn}
	t.loop = l
	t.task = &t.Task
	t.body = t
	l.taskSeq++
	t.id = l.taskSeq
	for _, o := range opts {
		o(&t.Task)
	}
	return t
}

// begin queues the first step of a task.
func (l *Loop) begin(t *Task) {
	l.tasks.add(t)
	l.drainInbox()
	l.ready.push(entry{task: t})
}

func (t *TaskOf[T]) invoke() (err error) {
	fn := t.fn
	t.fn = nil
	t.value, err = fn(&t.Task)
	return err
}

// Result returns what the task's function returned. It is ErrInvalidState while the task
// is pending.
func (t *TaskOf[T]) Result() (T, error) {
	err := t.Exception()
	return t.value, err
}

// Await parks the task waiter until t is done and returns t's result, at every call anew.
// Cancelling waiter cancels t. See [Future.Await].
func (t *TaskOf[T]) Await(waiter *Task) (T, error) {
	if err := waiter.await(&t.future); err != nil {
		var zero T
		return zero, err
	}
	return t.value, t.err
}

// Name returns the task's name.
func (t *Task) Name() string {
	if t.name == "" {
		t.name = fmt.Sprintf("Task-%d", t.id)
	}
	return t.name
}

// SetName changes the task's name.
func (t *Task) SetName(name string) { t.name = name }

// Cancel asks the task to end: what it awaits is cancelled, and its Await returns an error
// that is ErrCancelled and the cause (which may be nil) in the next pass. A task that does
// not wait gets it at its next await; one that has not started never starts. The task may
// catch the error and go on. Cancel reports false when the task is done already.
func (t *Task) Cancel(cause error) bool {
	t.loop.mustBeOn("Cancel")
	if t.state != pending {
		return false
	}
	t.cancelling++
	if !t.mustCancel {
		t.cause = cause // of two cancellations that arrive together the first one is told
	}
	if t.context != nil {
		t.context.cancel(contextCause(cause))
	}
	if t.unpark() {
		t.interrupt(cause)
		return true
	}
	if w := t.waiting; w != nil && w.state == pending {
		if !t.inCancel {
			t.inCancel = true
			ok := w.cancelAwaited(cause)
			t.inCancel = false
			if ok {
				return true
			}
		} else {
			// Tasks that await each other in a ring: nobody's future can be
			// cancelled, so this one is pulled off what it awaits.
			w.removeWaiter(t)
			t.waiting = nil
			t.loop.ready.push(entry{task: t})
		}
	}
	t.mustCancel = true
	return true
}

// Cancelling returns the number of cancellations not yet taken back by Uncancel.
func (t *Task) Cancelling() int { return int(t.cancelling) }

// Uncancel takes back one cancellation that the task has dealt with, and returns how many
// remain. At 0 the task is as if never cancelled. After the end it changes nothing.
func (t *Task) Uncancel() int {
	if t.cancelling > 0 && t.state == pending {
		t.cancelling--
		if t.cancelling == 0 {
			t.mustCancel, t.cause = false, nil
			t.context = nil // was cancelled; the next Context is a fresh one
		}
	}
	return int(t.cancelling)
}

// Context returns a context that is cancelled, with the cause, when the task is, and when
// the task ends. It is made at the first call.
func (t *Task) Context() context.Context {
	if t.context == nil {
		ctx, cancel := context.WithCancelCause(context.Background())
		t.context = &taskContext{ctx, cancel}
		if t.cancelling > 0 {
			cancel(contextCause(t.cause))
		} else if t.state != pending {
			cancel(nil)
		}
	}
	return t.context.Context
}

// mayAwait says why a call that t makes cannot wait for something of the loop of, nil for
// any: before it has changed anything.
func (t *Task) mayAwait(of *Loop) error {
	switch {
	case t == nil || t.loop.current != t:
		return ErrNotCurrent
	case of != nil && of != t.loop:
		return ErrOtherLoop
	}
	return t.loop.checkGoroutine()
}

// await parks the task until c is done. The error says why it did not come to that; how c
// ended is for the caller to read.
func (t *Task) await(c *future) error {
	if err := t.mayAwait(c.loop); err != nil {
		return err
	}
	if c == &t.future {
		return ErrSelfAwait
	}
	if c.state != pending {
		c.look()
		return nil
	}
	t.refuseIfKilled()
	c.add(callback{task: t})
	t.waiting = c
	if t.mustCancel && c.cancelAwaited(t.cause) {
		t.mustCancel = false
	}
	if err := t.park(); err != nil {
		return err
	}
	c.look()
	return nil
}

// park gives the loop back its goroutine until the next step of this task.
func (t *Task) park() error {
	if t.loop.debug {
		me := t.loop.runner.Load()
		t.co.suspend()
		t.loop.runner.Store(me)
	} else {
		t.co.suspend()
	}
	if t.kills > 0 {
		return ErrClosed
	}
	err := t.throw
	t.throw = nil
	return err
}

// unpark takes a task out of the timers or the list in which it waits, if it does.
func (t *Task) unpark() bool {
	if t.alarm > 0 {
		t.loop.timers.remove(int(t.alarm) - 1)
		return true
	}
	if w := t.waiter; w != nil && w.list != nil {
		w.list.remove(w)
		return true
	}
	return false
}

// interrupt wakes a task that is parked, or about to be, on nothing but that.
func (t *Task) interrupt(cause error) {
	t.mustCancel = false
	t.throw = newCancelled(cause)
	t.loop.ready.push(entry{task: t})
}

// step runs the task up to its next await or its end.
func (l *Loop) step(t *Task) {
	if t.state != pending {
		return // killed while a step was queued
	}
	if c := t.waiting; t.mustCancel && t.co != nil {
		t.mustCancel = false
		if t.throw == nil && (c == nil || c.state != cancelled) {
			t.throw = newCancelled(t.cause)
		}
	}
	t.waiting = nil
	if t.co == nil {
		if t.mustCancel {
			l.finish(t, newCancelled(t.cause))
			return
		}
		t.co = l.takeCoroutine(t)
	}
	l.resume(t)
}

// resume switches to the task's coroutine and looks at how it came back.
func (l *Loop) resume(t *Task) {
	co := t.co
	l.current = t
	if l.debug {
		back := l.runner.Load()
		co.resume() // it says for itself which goroutine it is
		l.runner.Store(back)
	} else {
		co.resume()
	}
	l.current = nil
	if co.task == nil {
		l.giveBack(co)
		t.co = nil
		l.finish(t, t.err)
	}
}

// finish ends a task whose body returned err, or never began.
func (l *Loop) finish(t *Task, err error) {
	l.tasks.remove(t)
	switch {
	case err == nil && t.mustCancel:
		// cancelled in its last step: it had no await left at which to see that
		t.settle(cancelled, newCancelled(t.cause))
	case err == nil:
		t.settle(succeeded, nil)
	case t.isCancellation(err):
		t.settle(cancelled, err)
	default:
		if t.kills > 0 && errors.Is(err, ErrClosed) {
			t.looked = true // Close has reported the kill
		}
		t.settle(failed, err)
	}
	t.mustCancel, t.cause, t.body = false, nil, nil
	if t.context != nil {
		t.context.cancel(nil)
	}
}

// isCancellation reports whether err, returned by the task's function or a part of it, says
// that it was cancelled.
func (t *Task) isCancellation(err error) bool {
	return errors.Is(err, ErrCancelled) || t.cancelling > 0 && errors.Is(err, context.Canceled)
}

// CurrentTask returns the task whose step runs now, nil in callbacks.
func (l *Loop) CurrentTask() *Task { return l.current }

// AllTasks returns the tasks that are not done, in order of creation.
func (l *Loop) AllTasks() []*Task {
	all := make([]*Task, 0, l.tasks.n)
	for t := l.tasks.head; t != nil; t = t.next {
		all = append(all, t)
	}
	return all
}

// taskList is the doubly linked list of pending tasks: O(1) for both ends of a task's
// life, without a map entry for each.
type taskList struct {
	head, tail *Task
	n          int
}

func (s *taskList) add(t *Task) {
	t.prev = s.tail
	if s.tail != nil {
		s.tail.next = t
	} else {
		s.head = t
	}
	s.tail = t
	s.n++
}

func (s *taskList) remove(t *Task) {
	if t.prev != nil {
		t.prev.next = t.next
	} else {
		s.head = t.next
	}
	if t.next != nil {
		t.next.prev = t.prev
	} else {
		s.tail = t.prev
	}
	t.prev, t.next = nil, nil
	s.n--
}
