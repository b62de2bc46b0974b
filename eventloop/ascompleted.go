package eventloop

import "time"

// AsCompleted returns a future for each of fs, duplicates dropped, of which the first gives
// that of fs which ends first, the second the next one, and so on:
//
//	for _, next := range eventloop.AsCompleted(t.Loop(), eventloop.Forever, fetches) {
//		f, err := next.Await(t)
//		...
//		page, err := f.Result()
//	}
//
// They may be awaited in any order, by several tasks. One that is cancelled is passed over:
// what it would have given goes to the next. After d ([Forever] for no limit) those that are still open
// fail with ErrTimeout. None of fs is ever cancelled, and looking at their errors is left to the caller.
//
// Futures of another loop make all fail with ErrOtherLoop, a closed loop with ErrClosed.
// O(len(fs)) here and O(1) for each end. Loop's goroutine only (panics with
// ErrForeignGoroutine in debug mode).
func AsCompleted[F Completion](l *Loop, d time.Duration, fs []F) []*Future[F] {
	l.mustBeOn("AsCompleted")
	fs = distinct(fs)
	c := &completions[F]{handles: make([]*Future[F], len(fs))}
	for i := range fs {
		c.handles[i] = NewFuture[F](l)
		c.handles[i].hook = c
	}
	c.open = len(fs)
	if l.Closed() {
		c.fail(ErrClosed)
		return c.handles
	}
	for _, f := range fs {
		if f.core().loop != l {
			c.fail(ErrOtherLoop)
			return c.handles
		}
	}
	c.watched = make([]watched, len(fs))
	for i, f := range fs {
		c.watched[i] = watched{f.core(), f.core().whenDone(func() { c.ended(f) })}
	}
	if d != Forever && len(fs) > 0 {
		c.timer = l.CallLater(d, func() { c.fail(&timeoutError{after: d}) })
	}
	return c.handles
}

// watched is a future with the callback that is registered there.
type watched struct {
	f     *future
	token CallbackToken
}

type completions[F Completion] struct {
	handles []*Future[F]
	next    int // handles before this one are done
	open    int // handles that are not done
	watched []watched
	timer   *TimerHandle
}

func (c *completions[F]) ended(f F) {
	for c.next < len(c.handles) {
		h := c.handles[c.next]
		c.next++
		if h.state == pending {
			h.value = f
			h.settle(succeeded, nil)
			c.closed()
			return
		}
	}
}

// fail ends all handles that are left. That one of them is not looked at loses nothing: the
// futures themselves are not concerned.
func (c *completions[F]) fail(err error) {
	for _, h := range c.handles[c.next:] {
		if h.state == pending {
			h.looked = true
			h.settle(failed, err)
			c.closed()
		}
	}
}

func (c *completions[F]) futureCancelled(error) { c.closed() }

// closed counts a handle that is done. After the last one nothing is left behind.
func (c *completions[F]) closed() {
	c.open--
	if c.open > 0 {
		return
	}
	if c.timer != nil {
		c.timer.Cancel()
	}
	for _, w := range c.watched {
		w.f.RemoveDoneCallback(w.token)
	}
}
