package eventloop

import "time"

// StepEvent says that the loop's goroutine was at work: in one step of a task, from one
// await to the next, or in one callback.
type StepEvent struct {
	// Task is whose step it was; nil for a callback. It is done when this was its last step.
	Task *Task
	// Begin and End are times of the loop's clock, see [Loop.Time].
	Begin, End time.Duration
}

// WithObserver has fn called after every step and callback, on the loop's goroutine: for
// pictures of what ran when. fn must be brief and must not panic. It costs two readings of
// the clock per step; without an observer there is no cost.
func WithObserver(fn func(StepEvent)) Option {
	return func(l *Loop) { l.observer = fn }
}

// runTimed is runEntry for debug mode and observers.
func (l *Loop) runTimed(e entry) {
	if e.task != nil && e.task.state != pending || e.handle != nil && e.handle.fn == nil {
		return // done or cancelled meanwhile: nothing runs
	}
	began := l.Time()
	defer func() {
		ended := l.Time()
		if l.debug {
			l.reportSlow(e, ended-began)
		}
		if l.observer != nil {
			l.observer(StepEvent{Task: e.task, Begin: began, End: ended})
		}
	}()
	l.runEntry(e)
}
