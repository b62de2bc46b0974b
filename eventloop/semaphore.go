package eventloop

import (
	"errors"
	"fmt"
)

// Semaphore is a number of permits. Tasks get them in the order in which they asked.
// Its methods belong to the loop's goroutine and cost O(1).
type Semaphore struct {
	loop    *Loop
	value   int // permits that anybody may take; 0 while somebody waits
	passing int // permits released to waiters that have not run yet
	waiters waitList
}

// NewSemaphore returns a semaphore of n permits. It panics when n is negative.
func NewSemaphore(l *Loop, n int) *Semaphore {
	if n < 0 {
		panic(errors.New("eventloop: semaphore with a negative number of permits"))
	}
	return &Semaphore{loop: l, value: n}
}

// Locked reports whether Acquire would wait.
func (s *Semaphore) Locked() bool { return s.value == 0 }

// Acquire takes a permit and parks the task while there is none. It returns nil, or the
// cancellation: then the task has no permit. Taking a free permit does not park, and nobody
// overtakes a waiter.
func (s *Semaphore) Acquire(t *Task) error {
	if err := t.mayAwait(s.loop); err != nil {
		return err
	}
	if s.value > 0 {
		s.value--
		return nil
	}
	passed, err := s.waiters.wait(t)
	if passed {
		s.passing--
		if err != nil {
			s.pass()
		}
	}
	return err
}

// Release gives a permit to the task that has waited longest, or back. It panics with
// ErrForeignGoroutine in debug mode.
func (s *Semaphore) Release() {
	s.loop.mustBeOn("Semaphore.Release")
	s.pass()
}

func (s *Semaphore) pass() {
	if s.waiters.wakeOne() {
		s.passing++
	} else {
		s.value++
	}
}

// BoundedSemaphore is a Semaphore that refuses to have more permits than it began with.
type BoundedSemaphore struct {
	Semaphore
	bound int
}

// NewBoundedSemaphore returns a bounded semaphore of n permits. It panics when n is negative.
func NewBoundedSemaphore(l *Loop, n int) *BoundedSemaphore {
	return &BoundedSemaphore{*NewSemaphore(l, n), n}
}

// Release is [Semaphore.Release] with an error: ErrNotAcquired when all permits are back.
func (s *BoundedSemaphore) Release() error {
	if err := s.loop.checkGoroutine(); err != nil {
		return err
	}
	if s.value+s.passing >= s.bound {
		return fmt.Errorf("%w: all %d permits are back", ErrNotAcquired, s.bound)
	}
	s.pass()
	return nil
}
