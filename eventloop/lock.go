package eventloop

// Lock is a mutex for tasks: it may be held across an await. Tasks get it in the order in
// which they asked. It has no owner: whoever knows it may release it. Its methods belong to
// the loop's goroutine and cost O(1).
//
//	if err := lock.Acquire(t); err != nil {
//		return err
//	}
//	defer lock.Release()
type Lock struct {
	loop    *Loop
	locked  bool
	passing bool // released to a waiter that has not run yet
	waiters waitList
}

// NewLock returns a lock that nobody holds.
func NewLock(l *Loop) *Lock { return &Lock{loop: l} }

// Locked reports whether Acquire would wait.
func (k *Lock) Locked() bool { return k.locked }

// Acquire takes the lock and parks the task while it is taken. It returns nil, or the
// cancellation: then the task does not hold the lock. Taking a free lock does not park,
// and nobody overtakes a waiter.
func (k *Lock) Acquire(t *Task) error {
	held, err := k.acquire(t)
	if held && err != nil {
		k.pass()
	}
	return err
}

// acquire may both hold the lock and say that the task was cancelled after it was its turn.
func (k *Lock) acquire(t *Task) (held bool, err error) {
	if err := t.mayAwait(k.loop); err != nil {
		return false, err
	}
	if !k.locked {
		k.locked = true
		return true, nil
	}
	held, err = k.waiters.wait(t)
	if held {
		k.passing = false
	}
	return held, err
}

// Release gives the lock to the task that has waited longest. It returns ErrNotAcquired when
// nobody holds the lock, which is also so between a release to a waiter and the moment at which
// that one runs.
func (k *Lock) Release() error {
	if err := k.loop.checkGoroutine(); err != nil {
		return err
	}
	if !k.held() {
		return ErrNotAcquired
	}
	k.pass()
	return nil
}

func (k *Lock) held() bool { return k.locked && !k.passing }

// pass hands the lock over directly. It stays locked meanwhile, so that nobody can take it
// before the waiter runs.
func (k *Lock) pass() {
	if k.waiters.wakeOne() {
		k.passing = true
	} else {
		k.locked = false
	}
}
