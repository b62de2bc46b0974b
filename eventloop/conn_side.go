package eventloop

import (
	"io"
	"net"
	"os"
	"time"
)

// connStreak is how many operations in a row may succeed without parking before the task
// lets the others have a pass: two that talk over a fast socket must not starve the loop.
const connStreak = 16

// maxIO is the most that one system call is given: some systems refuse more than 2 GiB.
const maxIO = 1 << 30

// connSide is one direction of a connection.
type connSide struct {
	future   // what the task that waits is parked on; begun anew for each wait
	conn     *Conn
	timer    *TimerHandle  // no later than the deadline while somebody waits
	deadline time.Duration // on the loop's clock; 0 for none
	streak   int
	busy     bool
	ready    bool // not known to block
	last     bool // hung up, or at its end: no further news will come, so ask the system
}

// usable says why an operation must not begin or go on.
func (s *connSide) usable() error {
	if s.conn.closed {
		return net.ErrClosed
	}
	if s.deadline != 0 && s.loopTime() >= s.deadline {
		return os.ErrDeadlineExceeded
	}
	return nil
}

func (s *connSide) loopTime() time.Duration { return s.conn.loop.Time() }

func (s *connSide) read(p []byte) (int, error) {
	p = p[:min(len(p), maxIO)]
	for {
		if err := s.usable(); err != nil {
			return 0, err
		}
		if len(p) == 0 {
			return 0, nil
		}
		if s.ready {
			if err := s.pause(); err != nil {
				return 0, err
			}
			n, again, err := sysRead(s.conn.fd, p)
			s.took(n < len(p), again)
			if err != nil {
				return 0, err
			}
			if n == 0 && !again {
				return 0, io.EOF
			}
			if n > 0 {
				return n, nil
			}
		}
		if err := s.wait(); err != nil {
			return 0, err
		}
	}
}

func (s *connSide) write(p []byte) (n int, err error) {
	for {
		if err := s.usable(); err != nil {
			return n, err
		}
		if n == len(p) {
			return n, nil
		}
		if s.ready {
			if err := s.pause(); err != nil {
				return n, err
			}
			part := p[n:min(len(p), n+maxIO)]
			m, again, err := sysWrite(s.conn.fd, part)
			n += m
			s.took(m < len(part), again)
			if err != nil || n == len(p) {
				return n, err
			}
		}
		if !s.ready {
			if err := s.wait(); err != nil {
				return n, err
			}
		}
	}
}

// took notes whether the socket can do more. The poller reports changes only, so ready may
// be dropped only when the system said that it would block, or did less than it was asked
// for and can still report.
func (s *connSide) took(short, again bool) {
	if again || short && !s.last {
		s.ready = false
	}
}

// pause lets the other tasks run after a streak.
func (s *connSide) pause() error {
	if s.streak++; s.streak < connStreak {
		return nil
	}
	s.streak = 0
	t := s.conn.loop.current
	if t == nil {
		return nil
	}
	if err := Yield(t); err != nil {
		return err
	}
	return s.usable()
}

// wait parks the current task until the side is ready, closed or late.
func (s *connSide) wait() error {
	s.streak = 0
	s.future = future{loop: s.conn.loop}
	if s.deadline != 0 {
		s.setTimer()
	}
	err := s.conn.loop.current.await(&s.future)
	if err != nil {
		return err
	}
	return s.err // somebody cancelled the wait
}

// rouse says that it is worth trying again.
func (s *connSide) rouse(last bool) {
	s.ready = true
	s.last = s.last || last
	s.wake()
}

func (s *connSide) wake() {
	if s.loop != nil && s.state == pending {
		s.settle(succeeded, nil)
	}
}

// setDeadline moves the deadline to a loop time, 0 for none. The timer is not moved later
// but finds out for itself when it fires.
func (s *connSide) setDeadline(at time.Duration) {
	s.deadline = at
	switch {
	case s.conn.closed:
		if s.timer != nil {
			s.timer.Cancel()
			s.timer = nil
		}
	case at != 0 && s.loop != nil && s.state == pending:
		s.setTimer()
	}
}

func (s *connSide) setTimer() {
	if s.timer != nil {
		if s.timer.When() <= s.deadline {
			return
		}
		s.timer.Cancel()
	}
	s.timer = s.conn.loop.CallAt(s.deadline, s.timerFired)
}

func (s *connSide) timerFired() {
	s.timer = nil
	if s.deadline == 0 || s.loop == nil || s.state != pending {
		return
	}
	if s.loopTime() < s.deadline {
		s.setTimer()
		return
	}
	s.wake()
}
