package eventloop

import (
	"sync"
	"sync/atomic"
	"time"
)

// inboxKeep bounds the slice that an emptied inbox keeps for the next burst.
const inboxKeep = 1 << 12

// inbox is the door for other goroutines, and the place where the loop sleeps.
type inbox struct {
	count atomic.Int32 // len(queue), readable without the lock
	ready atomic.Bool  // the parker has seen a descriptor

	mu       sync.Mutex
	queue    []func()
	sleeping bool // the loop waits for wake; whoever clears it sends the token
	closed   bool

	spare []func() // of the loop's goroutine: the slice emptied last, swapped with queue
	wake  chan struct{}
	alarm *time.Timer // made at the first timed sleep
}

// CallSoonThreadsafe queues fn for the loop's next pass and wakes the loop when it sleeps.
// Any goroutine may call it, the loop's own included; calls of one goroutine keep their order.
// It returns ErrClosed once the loop is closed. A nil error means that fn runs unless Close comes first.
//
// There is no back-pressure: a fast producer needs its own credits.
func (l *Loop) CallSoonThreadsafe(fn func()) error {
	if fn == nil {
		panic("eventloop: nil function")
	}
	b := &l.inbox
	b.mu.Lock()
	if b.closed {
		b.mu.Unlock()
		return ErrClosed
	}
	b.queue = append(b.queue, fn)
	b.count.Store(int32(len(b.queue)))
	wake := b.sleeping
	b.sleeping = false
	b.mu.Unlock()
	if wake {
		b.signal()
	}
	return nil
}

// signal leaves a token. One is enough: the loop looks at everything after waking.
func (b *inbox) signal() {
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

// rouse wakes a sleeping loop without giving it anything to run.
func (b *inbox) rouse() {
	b.mu.Lock()
	wake := b.sleeping
	b.sleeping = false
	b.mu.Unlock()
	if wake {
		b.signal()
	}
}

// notice is the parker's word that a descriptor may be ready.
func (b *inbox) notice() {
	b.ready.Store(true)
	b.rouse()
}

// drainInbox moves what other goroutines have queued to the ready ring.
func (l *Loop) drainInbox() {
	if l.inbox.count.Load() != 0 {
		l.takeInbox()
	}
}

func (l *Loop) takeInbox() {
	b := &l.inbox
	b.mu.Lock()
	batch := b.queue
	b.queue = b.spare
	b.count.Store(0)
	b.mu.Unlock()
	b.spare = nil
	for _, fn := range batch {
		l.ready.push(entry{fn: fn})
	}
	if cap(batch) <= inboxKeep {
		clear(batch)
		b.spare = batch[:0]
	}
}

// sleep blocks until a token arrives or the first timer is due. It does not block
// when the inbox is not empty, Stop was called, or the parker has given notice: all are
// checked under the lock under which sleeping is set, so no wake-up can fall between.
func (l *Loop) sleep() {
	b := &l.inbox
	var d time.Duration
	timed := l.timers.len() > 0
	if timed {
		if d = l.timers.a[0].when - l.Time(); d <= 0 {
			return
		}
	}
	b.mu.Lock()
	if len(b.queue) > 0 || l.stopping.Load() || b.ready.Load() {
		b.mu.Unlock()
		return
	}
	b.sleeping = true
	b.mu.Unlock()
	if !timed {
		<-b.wake
		return
	}
	if b.alarm == nil {
		b.alarm = time.NewTimer(d)
	} else {
		b.alarm.Reset(d)
	}
	select {
	case <-b.wake:
		b.alarm.Stop()
	case <-b.alarm.C:
		b.mu.Lock()
		b.sleeping = false
		b.mu.Unlock()
	}
}
