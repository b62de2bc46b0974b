package eventloop

import (
	"errors"
	"fmt"
	"time"
)

// WaitMode says when [Wait] returns.
type WaitMode uint8

const (
	AllCompleted   WaitMode = iota // when all are done
	FirstCompleted                 // when at least one is done
	FirstException                 // when one has failed (a cancelled one has not), or all are done
)

// Wait parks the task until fs are done as far as mode says, at most for d ([Forever] for no
// limit), and tells which are done and which are not, both in the order of fs, duplicates dropped.
// Everything done by the time of the return counts as done. When that is so from the start it
// does not park.
//
// It neither returns nor marks as seen the errors of fs, it cancels none of them, and the end of d
// is no error. Its own errors are the cancellation of the task, ErrOtherLoop, and those of an
// empty list and an unknown mode; then both lists are nil. O(len(fs)); to take many futures
// one by one, use [AsCompleted].
func Wait[F Completion](t *Task, d time.Duration, mode WaitMode, fs []F) (done, open []F, err error) {
	if err := t.mayAwait(nil); err != nil {
		return nil, nil, err
	}
	if len(fs) == 0 {
		return nil, nil, errors.New("eventloop: Wait for no futures")
	}
	if mode > FirstException {
		return nil, nil, fmt.Errorf("eventloop: unknown WaitMode %d", mode)
	}
	fs = distinct(fs)
	parts := make([]*future, len(fs))
	for i, f := range fs {
		parts[i] = f.core()
		if parts[i].loop != t.loop {
			return nil, nil, ErrOtherLoop
		}
	}
	if err := t.waitSome(d, mode, parts); err != nil {
		return nil, nil, err
	}
	for i, f := range fs {
		if parts[i].state != pending {
			done = append(done, f)
		} else {
			open = append(open, f)
		}
	}
	return done, open, nil
}

// distinct returns fs without those that occurred before.
func distinct[F Completion](fs []F) []F {
	seen := make(map[*future]struct{}, len(fs))
	out := make([]F, 0, len(fs))
	for _, f := range fs {
		if _, ok := seen[f.core()]; !ok {
			seen[f.core()] = struct{}{}
			out = append(out, f)
		}
	}
	return out
}

func (t *Task) waitSome(d time.Duration, mode WaitMode, fs []*future) error {
	left := len(fs)
	enough := func(f *future) bool {
		left--
		return left == 0 || mode == FirstCompleted || mode == FirstException && f.state == failed
	}
	for _, f := range fs {
		if f.state != pending && enough(f) {
			return nil
		}
	}
	w := newLatch(t.loop)
	tokens := make([]CallbackToken, len(fs))
	for i, f := range fs {
		if f.state == pending {
			tokens[i] = f.add(callback{fn: func() {
				if enough(f) {
					w.open()
				}
			}})
		}
	}
	if d != Forever {
		timer := t.loop.CallLater(d, w.open)
		defer timer.Cancel()
	}
	err := w.wait(t)
	for i, f := range fs {
		f.RemoveDoneCallback(tokens[i])
	}
	return err
}
