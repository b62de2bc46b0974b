package eventloop

// waitList holds the tasks that wait at an event, a queue, or the like, in their order.
// A cancelled waiter leaves at once. The zero value is ready for use.
type waitList struct {
	head, tail *waiter
}

type waiter struct {
	future
	list       *waitList
	prev, next *waiter
}

func (w *waiter) futureCancelled(error) { w.list.remove(w) }

// wait parks the task until it is woken. woken tells that it was this waiter's turn even
// when the error says that the task was cancelled thereafter: what it was woken for must
// then go to the next one.
func (s *waitList) wait(t *Task) (woken bool, err error) {
	if t == nil || t.loop.current != t {
		return false, ErrNotCurrent
	}
	t.refuseIfKilled()
	w := &waiter{list: s}
	w.loop = t.loop
	w.hook = w
	w.prev = s.tail
	if s.tail != nil {
		s.tail.next = w
	} else {
		s.head = w
	}
	s.tail = w
	if err = t.await(&w.future); err == nil {
		err = w.err
	}
	s.remove(w)
	return w.state == succeeded, err
}

// wakeOne wakes the first waiter, if there is one.
func (s *waitList) wakeOne() bool {
	w := s.head
	if w == nil {
		return false
	}
	s.remove(w)
	w.settle(succeeded, nil)
	return true
}

func (s *waitList) wakeAll() {
	for s.wakeOne() {
	}
}

func (s *waitList) remove(w *waiter) {
	if w.list == nil {
		return
	}
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
