package eventloop

import "time"

// sleeper is the future of one Sleep; cancelling it takes its timer out at once.
type sleeper struct {
	future
	timer *TimerHandle
}

func (s *sleeper) wake()                 { s.settle(succeeded, nil) }
func (s *sleeper) futureCancelled(error) { s.timer.Cancel() }

// Sleep parks the task for d, or for exactly one pass when d <= 0: whatever was ready
// before runs first. It returns nil or the cancellation.
func Sleep(t *Task, d time.Duration) error {
	if d <= 0 {
		return Yield(t)
	}
	if t == nil || t.loop.current != t {
		return ErrNotCurrent
	}
	if err := t.loop.checkGoroutine(); err != nil {
		return err
	}
	t.refuseIfKilled()
	s := &sleeper{}
	s.loop = t.loop
	s.timer = t.loop.CallLater(d, s.wake)
	s.hook = s
	if err := t.await(&s.future); err != nil {
		s.timer.Cancel()
		return err
	}
	return s.err
}

// Yield parks the task for one pass, see [Sleep]. It allocates nothing.
func Yield(t *Task) error {
	if t == nil || t.loop.current != t {
		return ErrNotCurrent
	}
	if err := t.loop.checkGoroutine(); err != nil {
		return err
	}
	t.refuseIfKilled()
	t.loop.drainInbox()
	t.loop.ready.push(entry{task: t})
	return t.park()
}
