package eventloop

// Event is a flag for which tasks wait. Its methods belong to the loop's goroutine.
type Event struct {
	loop    *Loop
	set     bool
	waiters waitList
}

// NewEvent returns an event that is not set.
func NewEvent(l *Loop) *Event { return &Event{loop: l} }

// IsSet reports whether the event is set.
func (e *Event) IsSet() bool { return e.set }

// Set sets the event and wakes all tasks that wait, in their order.
// Those return even when Clear comes before they run.
func (e *Event) Set() {
	e.loop.mustBeOn("Event.Set")
	if !e.set {
		e.set = true
		e.waiters.wakeAll()
	}
}

// Clear makes later calls of Wait wait again.
func (e *Event) Clear() { e.set = false }

// Wait parks the task until the event is set. It returns at once when that is so already;
// otherwise nil or the cancellation.
func (e *Event) Wait(t *Task) error {
	if e.set {
		return nil
	}
	if t != nil && t.loop != e.loop {
		return ErrOtherLoop
	}
	_, err := e.waiters.wait(t)
	return err
}
