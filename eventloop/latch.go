package eventloop

// latch is what a task waits for when the futures it is interested in must not feel its
// cancellation.
type latch struct{ future }

func newLatch(l *Loop) *latch {
	w := &latch{}
	w.loop = l
	return w
}

// open lets the waiting task go on. Opening twice, or after a cancellation, does nothing.
func (w *latch) open() {
	if w.state == pending {
		w.settle(succeeded, nil)
	}
}

// wait parks the task until open, and returns nil or the cancellation.
func (w *latch) wait(t *Task) error {
	if err := t.await(&w.future); err != nil {
		return err
	}
	return w.err
}
