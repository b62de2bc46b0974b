package eventloop

import "time"

// Sleep parks the task for d, or for exactly one pass when d <= 0: whatever was ready
// before runs first. It returns nil or the cancellation. It allocates nothing.
func Sleep(t *Task, d time.Duration) error {
	if d <= 0 {
		return Yield(t)
	}
	if err := t.mayAwait(nil); err != nil {
		return err
	}
	t.refuseIfKilled()
	l := t.loop
	if t.mustCancel {
		t.interrupt(t.cause)
	} else {
		l.timers.add(timerEntry{when: l.after(d), t: t})
	}
	return t.park()
}

// Yield parks the task for one pass, see [Sleep]. It allocates nothing.
func Yield(t *Task) error {
	if err := t.mayAwait(nil); err != nil {
		return err
	}
	t.refuseIfKilled()
	t.loop.drainInbox()
	t.loop.ready.push(entry{task: t})
	return t.park()
}
