package eventloop

// waitList holds the tasks that wait at an event, a queue, or the like, in their order.
// A cancelled waiter leaves at once. The zero value is ready for use.
type waitList struct {
	head, tail *waiter
}

// waiter is a task's place in a list. A task waits in one list at a time, so it has one,
// made when it first waits.
type waiter struct {
	task       *Task
	list       *waitList // nil while it does not wait
	prev, next *waiter
	woken      bool
}

// wait parks the task until it is woken. woken tells that it was this waiter's turn even
// when the error says that the task was cancelled thereafter: what it was woken for must
// then go to the next one.
func (s *waitList) wait(t *Task) (woken bool, err error) {
	if err := t.mayAwait(nil); err != nil {
		return false, err
	}
	t.refuseIfKilled()
	if t.mustCancel {
		t.interrupt(t.cause)
		return false, t.park()
	}
	w := t.waiter
	if w == nil {
		w = &waiter{task: t}
		t.waiter = w
	}
	w.list, w.woken = s, false
	w.prev = s.tail
	if s.tail != nil {
		s.tail.next = w
	} else {
		s.head = w
	}
	s.tail = w
	err = t.park()
	return w.woken, err
}

// wakeOne wakes the first waiter, if there is one.
func (s *waitList) wakeOne() bool {
	w := s.head
	if w == nil {
		return false
	}
	s.remove(w)
	w.woken = true
	w.task.loop.ready.push(entry{task: w.task})
	return true
}

func (s *waitList) wakeAll() {
	for s.wakeOne() {
	}
}

func (s *waitList) remove(w *waiter) {
	w.list = nil
	if w.prev != nil {
		w.prev.next = w.next
	} else {
		s.head = w.next
	}
	if w.next != nil {
		w.next.prev = w.prev
	} else {
		s.tail = w.prev
	}
	w.prev, w.next = nil, nil
}
