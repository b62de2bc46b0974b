package eventloop

import (
	"fmt"
	"math"
	"time"
)

// Forever is the timeout that never comes, and the deadline of a [Timeout] that has none.
const Forever time.Duration = math.MaxInt64

// Timeout is a deadline for a piece of a task, asyncio's timeout(): when it passes, the
// await at which the piece stands is cancelled. It serves once. [WithTimeout] is the short form.
// Its methods belong to the loop's goroutine.
type Timeout struct {
	loop    *Loop
	task    *Task
	when    time.Duration
	made    time.Duration
	mark    timeoutError // its address tells this scope's cancellation from all others
	armed   interface{ Cancel() }
	entered bool
	ended   bool
	expired bool
}

// NewTimeout returns a timeout whose deadline is d from now. [Forever] means none.
func NewTimeout(l *Loop, d time.Duration) *Timeout {
	s := &Timeout{loop: l, when: Forever, made: l.Time()}
	if d <= Forever-s.made {
		s.when = s.made + d
	}
	return s
}

// NewTimeoutAt is [NewTimeout] for a deadline in loop time, see [Loop.Time].
func NewTimeoutAt(l *Loop, when time.Duration) *Timeout {
	return &Timeout{loop: l, when: when, made: l.Time()}
}

// When returns the deadline in loop time, [Forever] when there is none.
func (s *Timeout) When() time.Duration { return s.when }

// Expired reports whether the deadline passed while the body ran.
func (s *Timeout) Expired() bool { return s.expired }

// Reschedule moves the deadline, given in loop time; [Forever] takes it away. It returns an
// ErrInvalidState once the deadline has passed or the body has ended. O(log n) in the number of timers.
func (s *Timeout) Reschedule(when time.Duration) error {
	if err := s.loop.checkGoroutine(); err != nil {
		return err
	}
	if s.ended || s.expired {
		return fmt.Errorf("%w: the timeout is over", ErrInvalidState)
	}
	s.when = when
	if s.entered {
		s.disarm()
		s.arm()
	}
	return nil
}

// Run runs body in the calling task. When the deadline passes, the await at which body
// stands returns a cancellation. Only when body hands a cancellation back, and nobody else
// has cancelled the task meanwhile, does Run return an ErrTimeout, which is the very cause
// of that cancellation; every other error, and success, is returned as it is. Afterwards the
// task is not cancelled by this scope.
//
// A deadline that is past still starts body and cuts its first await that has to wait.
// Scopes nest; of those whose deadlines pass together the outermost converts. A second Run
// returns an ErrInvalidState.
func (s *Timeout) Run(t *Task, body func() error) error {
	if err := t.mayAwait(s.loop); err != nil {
		return err
	}
	if s.entered {
		return fmt.Errorf("%w: a timeout serves once", ErrInvalidState)
	}
	s.task, s.entered = t, true
	before := t.Cancelling()
	s.arm()
	defer s.end() // body may panic
	err := body()
	s.end()
	if !s.expired {
		return err
	}
	cut := t.isCancellation(err)
	if t.Uncancel() > before {
		return err // somebody else's cancellation stands
	}
	if t.mustCancel && t.cause == error(&s.mark) {
		t.mustCancel, t.cause = false, nil // not delivered: must not reach beyond the scope
	}
	if cut {
		return &s.mark
	}
	return err
}

func (s *Timeout) arm() {
	switch {
	case s.when == Forever:
	case s.when <= s.loop.Time():
		s.armed = s.loop.CallSoon(s.expire) // a timer would come after a body that only yields
	default:
		s.armed = s.loop.CallAt(s.when, s.expire)
	}
}

func (s *Timeout) disarm() {
	if s.armed != nil {
		s.armed.Cancel()
		s.armed = nil
	}
}

func (s *Timeout) expire() {
	s.armed = nil
	s.expired = true
	s.mark.after = s.when - s.made
	s.task.Cancel(&s.mark)
}

func (s *Timeout) end() {
	s.disarm()
	s.ended = true
}

// WithTimeout runs body and cuts it off after d: [NewTimeout] and [Timeout.Run] in one.
func WithTimeout(t *Task, d time.Duration, body func() error) error {
	if t == nil || t.loop.current != t {
		return ErrNotCurrent
	}
	return NewTimeout(t.loop, d).Run(t, body)
}
