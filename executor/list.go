package executor

// node ties its owner into at most one list at a time. It lives inside the owner, so that a cancelled job leaves
// the middle of a queue in constant time and without an allocation.
type node[T any] struct {
	prev, next *node[T]
	owner      T
}

// list is an intrusive FIFO list. The zero value is empty. It is not safe for concurrent use.
type list[T any] struct {
	head, tail *node[T]
	n          int
}

// pushBack appends n, which must be in no list.
func (l *list[T]) pushBack(n *node[T]) {
	n.prev, n.next = l.tail, nil
	if l.tail == nil {
		l.head = n
	} else {
		l.tail.next = n
	}
	l.tail = n
	l.n++
}

// remove takes n out of l, which must hold it.
func (l *list[T]) remove(n *node[T]) {
	if n.prev == nil {
		l.head = n.next
	} else {
		n.prev.next = n.next
	}
	if n.next == nil {
		l.tail = n.prev
	} else {
		n.next.prev = n.prev
	}
	n.prev, n.next = nil, nil
	l.n--
}
