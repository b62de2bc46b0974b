package eventloop

import (
	"errors"
	"slices"
)

// TaskGroup is a set of tasks that end together: none of them outlives the function that
// [WithTaskGroup] runs. Tasks join it by [GoIn]. It belongs to the loop's goroutine.
type TaskGroup struct {
	parent   *Task
	tasks    map[*Task]struct{} // not done
	errs     []error            // of the tasks, in the order of their ends
	empty    *latch             // the end waits for the last task
	exiting  bool               // body has returned
	aborting bool               // the tasks are cancelled
	cut      bool               // the group has cancelled the body's await
}

// WithTaskGroup runs body in the calling task, waits for all tasks of the group, and returns
// nil when body and all of them succeeded.
//
// When a task fails, the others are cancelled and body's await is cut, all with that error as
// the cause; when body returns an error, the tasks are cancelled with it. Then WithTaskGroup returns
// the errors of the tasks, in the order of their ends, and body's, in one error of
// errors.Join (also when it is only one). A task that was cancelled adds no error. The
// cancellation with which the group cut body is taken back.
//
// When the calling task is cancelled from outside, so are the tasks, and the cancellation is
// returned, unless there are errors: these win. Further cancellations do not shorten the
// wait for the tasks. A task that goes on when it is cancelled holds up the group.
//
// When body panics, the tasks are cancelled and waited for before the panic goes on; their
// errors go to the exception handler.
func WithTaskGroup(t *Task, body func(g *TaskGroup) error) error {
	if err := t.mayAwait(nil); err != nil {
		return err
	}
	g := &TaskGroup{parent: t, tasks: make(map[*Task]struct{})}
	before := t.Cancelling()
	returned := false
	defer func() {
		if !returned {
			g.abandon()
		}
	}()
	err := body(g)
	returned = true
	return g.end(err, before)
}

// GoIn is [Go] for a task of the group g. When the group is shutting down or at its end, fn never
// runs and the task has already failed with ErrGroupClosed.
func GoIn[T any](g *TaskGroup, fn func(t *Task) (T, error), opts ...TaskOption) *TaskOf[T] {
	if fn == nil {
		panic("eventloop: nil function")
	}
	l := g.parent.loop
	l.mustBeOn("GoIn")
	t := newTask(l, fn, opts)
	switch {
	case l.Closed():
		t.settle(failed, ErrClosed)
	case g.aborting || g.exiting && len(g.tasks) == 0:
		t.settle(failed, ErrGroupClosed)
	default:
		g.tasks[&t.Task] = struct{}{}
		t.whenDone(func() { g.ended(&t.Task) })
		l.begin(&t.Task)
	}
	return t
}

// Len returns the number of tasks of the group that are not done. A task that is done leaves
// in the next pass, so that a group that lives long does not grow.
func (g *TaskGroup) Len() int { return len(g.tasks) }

func (g *TaskGroup) ended(t *Task) {
	delete(g.tasks, t)
	if len(g.tasks) == 0 && g.empty != nil {
		g.empty.open()
	}
	if t.state != failed {
		return
	}
	t.look()
	g.errs = append(g.errs, t.err)
	if g.aborting {
		return
	}
	g.abort(t.err)
	if !g.exiting {
		g.cut = true
		g.parent.Cancel(t.err)
	}
}

// abort cancels the tasks in the order of their creation.
func (g *TaskGroup) abort(cause error) {
	g.aborting = true
	all := make([]*Task, 0, len(g.tasks))
	for t := range g.tasks {
		all = append(all, t)
	}
	slices.SortFunc(all, func(a, b *Task) int { return int(a.id) - int(b.id) })
	for _, t := range all {
		t.Cancel(cause)
	}
}

// end is what follows a body that returned err. before is the number of cancellations from
// before the group.
func (g *TaskGroup) end(err error, before int) error {
	t := g.parent
	g.exiting = true
	var cancel, own error // which of the two err is
	if t.isCancellation(err) {
		cancel = err
	} else {
		own = err
	}
	if g.cut && t.Uncancel() <= before {
		cancel = nil
	}
	if err != nil && !g.aborting {
		g.abort(err)
	}
	if outside := g.drain(); cancel == nil {
		cancel = outside
	}
	if cancel != nil && len(g.errs) == 0 {
		return cancel
	}
	if own != nil {
		g.errs = append(g.errs, own)
	}
	return errors.Join(g.errs...)
}

// drain waits for the tasks. It returns the cancellation that made it abort, or why it could
// not wait: Close kills the task, or debug mode refuses the await.
func (g *TaskGroup) drain() (cancel error) {
	for len(g.tasks) > 0 {
		g.empty = newLatch(g.parent.loop)
		err := g.empty.wait(g.parent)
		g.empty = nil
		if err != nil && !g.aborting {
			cancel = err
			g.abort(err)
		}
		if err != nil && !errors.Is(err, ErrCancelled) {
			return err // it cannot wait
		}
	}
	return cancel
}

// abandon is the end of a group whose body panics or calls runtime.Goexit.
func (g *TaskGroup) abandon() {
	g.exiting = true
	if g.parent.kills == 0 {
		if !g.aborting {
			g.abort(nil)
		}
		g.drain()
	}
	for _, err := range g.errs {
		g.parent.loop.CallExceptionHandler(Exception{
			Message: "a task failed in a group whose body panicked",
			Err:     err,
			Task:    g.parent,
			Name:    g.parent.Name(),
		})
	}
}
