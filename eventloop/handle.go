package eventloop

// Handle is a callback that CallSoon has queued.
// Its methods belong to the loop's goroutine.
type Handle struct {
	fn        func() // nil once it ran or was cancelled
	cancelled bool
}

// Cancel keeps the callback from running. It has no effect when the callback
// has already begun or was cancelled before. O(1).
func (h *Handle) Cancel() {
	if h.fn != nil {
		h.fn = nil
		h.cancelled = true
	}
}

// Cancelled reports whether Cancel came before the callback ran.
func (h *Handle) Cancelled() bool { return h.cancelled }

// entry is one item of the ready ring: a task to step, a handle, or a bare function.
// Three pointers instead of a closure: stepping a task allocates nothing.
type entry struct {
	fn     func()
	handle *Handle
	task   *Task
}
