package eventloop

import "fmt"

const (
	// killPatience is how many awaits of a task are refused before it is given up:
	// a deferred cleanup or two may await, a loop that recovers from everything never ends.
	killPatience = 16

	// lastPasses bounds what Close still runs of callbacks that queue further ones.
	lastPasses = 64
)

// Close ends the loop for good and frees what it holds. It runs the loop a last time:
// pending tasks are cancelled with the cause ErrClosed and waited for, tasks that these
// started then likewise, all within the grace period ([WithCloseGrace]). A task that still
// does not end is killed: its Await returns ErrClosed once, then its stack is unwound;
// that is reported. Jobs of [RunInExecutor] are cancelled, and the default executor gets
// as long again to end those that run; servers stop accepting at once,
// connections are closed after the tasks; errors at which nobody looked are reported;
// timers and callbacks that are still queued are dropped.
//
// Close returns ErrRunning while the loop runs, ErrLockedThread where RunForever would,
// and nil on a closed loop.
func (l *Loop) Close() error {
	if err := l.enter(stateClosing); err != nil {
		if err == ErrClosed {
			return nil
		}
		return err
	}
	defer func() {
		l.closeSignals()
		l.closeFDs()
		l.seal()
		l.leave(stateClosed)
		close(l.done)
	}()
	l.stopping.Store(false)
	l.closeOwned(ErrClosed)
	l.cancelAll()
	l.killAll()
	l.closeExecutors()
	for n := 0; n < lastPasses && (l.ready.len() > 0 || l.inbox.count.Load() > 0); n++ {
		l.pass(false)
		l.killAll()
	}
	l.reportCollected()
	l.reportAllLost()
	return nil
}

// cancelAll cancels all tasks and waits for them, up to the grace period. Tasks started
// meanwhile belong to somebody's cleanup: their turn comes when the others are done.
func (l *Loop) cancelAll() {
	if l.tasks.n == 0 {
		return
	}
	expired := false
	timer := l.CallLater(l.grace, func() { expired = true })
	defer timer.Cancel()
	for l.tasks.n > 0 && !expired {
		waiting := false
		for t := l.tasks.head; t != nil; t = t.next {
			waiting = waiting || t.closing
		}
		if !waiting {
			for _, t := range l.AllTasks() {
				t.closing = true
				t.Cancel(ErrClosed)
			}
		}
		l.pass(true)
		// Stop has no meaning here: it would only keep the loop from sleeping.
		l.stopping.Store(false)
	}
}

// killAll ends all tasks. A body may start tasks while it is killed; those end before they
// begin, so this does not go on for ever.
func (l *Loop) killAll() {
	for l.tasks.n > 0 {
		for _, t := range l.AllTasks() {
			if t.state == pending {
				l.kill(t)
			}
		}
	}
}

// kill resumes a parked body with an error, then with a panic at each further await. It does
// not use iter.Pull's stop, after which nothing could catch a Goexit of the body.
func (l *Loop) kill(t *Task) {
	if t.co == nil {
		l.finish(t, newCancelled(ErrClosed))
		return
	}
	name := t.Name()
	l.CallExceptionHandler(Exception{Message: "a task was killed by Close", Err: ErrClosed, Task: t, Name: name})
	if t.waiting != nil {
		t.waiting.removeWaiter(t)
		t.waiting = nil
	}
	t.unpark()
	t.kills = 1
	l.resume(t)
	if t.state == pending {
		l.abandon(t)
	}
}

// abandon gives up a task that cannot be ended. Its goroutine stays parked for ever.
func (l *Loop) abandon(t *Task) {
	l.tasks.remove(t)
	t.looked = true
	t.settle(failed, ErrClosed)
	l.CallExceptionHandler(Exception{
		Message: "a task could not be killed and was abandoned",
		Err:     fmt.Errorf("%w: %s goes on awaiting", ErrClosed, t.Name()),
		Task:    t,
		Name:    t.Name(),
	})
}

// refuseIfKilled keeps a task that Close kills from parking again.
func (t *Task) refuseIfKilled() {
	if t.kills == 0 {
		return
	}
	t.kills++
	if t.kills > killPatience {
		t.co.suspend() // abandoned: never resumed
	}
	panic(killed{})
}

// seal refuses and drops everything from now on.
func (l *Loop) seal() {
	b := &l.inbox
	b.mu.Lock()
	b.closed = true
	b.queue, b.spare = nil, nil
	b.count.Store(0)
	b.mu.Unlock()
	l.ready = ring[entry]{}
	for _, e := range l.timers.a {
		e.moved(-1)
	}
	l.timers.a = nil
	l.owned = nil
}
