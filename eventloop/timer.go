package eventloop

import (
	"math"
	"slices"
	"time"
)

// TimerHandle is a callback that CallLater or CallAt has scheduled.
// Its methods belong to the loop's goroutine.
type TimerHandle struct {
	Handle
	loop  *Loop
	when  time.Duration
	index int // place in the heap, -1 outside
}

// When returns the loop time (see [Loop.Time]) at which the callback is due.
func (h *TimerHandle) When() time.Duration { return h.when }

// Cancel keeps the callback from running and frees its place at once: O(log n)
// in the number of timers. It has no effect when the callback has already begun.
func (h *TimerHandle) Cancel() {
	h.Handle.Cancel()
	if h.index >= 0 {
		h.loop.timers.remove(h.index)
	}
}

// timerEntry is due at when: a handle, or a task that sleeps.
type timerEntry struct {
	when time.Duration
	seq  uint64 // equal deadlines fire in the order in which they were set
	h    *TimerHandle
	t    *Task
}

// moved tells whose entry this is its place in the heap, -1 for none.
func (a *timerEntry) moved(i int) {
	if a.t != nil {
		a.t.alarm = int32(i) + 1
	} else {
		a.h.index = i
	}
}

func (a *timerEntry) before(b *timerEntry) bool {
	return a.when < b.when || a.when == b.when && a.seq < b.seq
}

// timerHeap is a 4-ary heap whose entries' owners know their place, so that a cancelled
// timer leaves at once: a server arms and cancels a timeout for every message,
// and lazy deletion would keep all of them until their deadlines.
type timerHeap struct {
	a   []timerEntry
	seq uint64
}

func (q *timerHeap) len() int { return len(q.a) }

// add puts in e, whose seq is the heap's to give.
func (q *timerHeap) add(e timerEntry) {
	q.seq++
	e.seq = q.seq
	if len(q.a) == cap(q.a) {
		q.a = slices.Grow(q.a, max(len(q.a), ringMin)) // append's steps of a quarter copy five times as much
	}
	q.a = append(q.a, e)
	q.up(len(q.a) - 1)
}

// remove takes out the entry at i and returns it.
func (q *timerHeap) remove(i int) timerEntry {
	e := q.a[i]
	e.moved(-1)
	last := len(q.a) - 1
	moved := q.a[last]
	q.a[last] = timerEntry{}
	q.a = q.a[:last]
	if i != last {
		q.a[i] = moved
		q.down(i)
		q.up(i)
	}
	if last == 0 && cap(q.a) > ringKeep {
		q.a = nil
	}
	return e
}

func (q *timerHeap) up(i int) {
	e := q.a[i]
	for i > 0 {
		p := (i - 1) / 4
		if !e.before(&q.a[p]) {
			break
		}
		q.a[i] = q.a[p]
		q.a[i].moved(i)
		i = p
	}
	q.a[i] = e
	e.moved(i)
}

func (q *timerHeap) down(i int) {
	e := q.a[i]
	for {
		first := 4*i + 1
		if first >= len(q.a) {
			break
		}
		least := first
		for c := first + 1; c < min(first+4, len(q.a)); c++ {
			if q.a[c].before(&q.a[least]) {
				least = c
			}
		}
		if !q.a[least].before(&e) {
			break
		}
		q.a[i] = q.a[least]
		q.a[i].moved(i)
		i = least
	}
	q.a[i] = e
	e.moved(i)
}

// CallLater runs fn on the loop once d has passed; d <= 0 means the next pass.
// See [Loop.CallAt].
func (l *Loop) CallLater(d time.Duration, fn func()) *TimerHandle { return l.CallAt(l.after(d), fn) }

// after returns the loop time at which d has passed, the last there is for what is beyond.
func (l *Loop) after(d time.Duration) time.Duration {
	now := l.Time()
	if d > math.MaxInt64-now {
		return math.MaxInt64
	}
	return now + d
}

// CallAt runs fn on the loop, not before the loop time when, in the order of the
// deadlines; equal deadlines run in the order of these calls. O(log n).
//
// The Go runtime rounds sleeps up to about a millisecond on an idle machine.
//
// CallAt belongs to the loop's goroutine. It panics with an error that is ErrClosed
// on a closed loop, and ErrForeignGoroutine in debug mode.
func (l *Loop) CallAt(when time.Duration, fn func()) *TimerHandle {
	l.mustBeUsable("CallAt", fn == nil)
	h := &TimerHandle{Handle: Handle{fn: fn}, loop: l, when: when}
	l.timers.add(timerEntry{when: when, h: h})
	return h
}

// fireTimers moves what is due to the end of the ready ring.
func (l *Loop) fireTimers() {
	if l.timers.len() > 0 {
		l.fireDue(l.Time())
	}
}

func (l *Loop) fireDue(now time.Duration) {
	for l.timers.len() > 0 && l.timers.a[0].when <= now {
		if e := l.timers.remove(0); e.t != nil {
			l.ready.push(entry{task: e.t})
		} else {
			l.ready.push(entry{handle: &e.h.Handle})
		}
	}
}
