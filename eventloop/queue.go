package eventloop

import (
	"container/heap"
	"errors"
)

// Queue hands items from task to task, or from callbacks to tasks, first in first out.
// Its methods belong to the loop's goroutine; other goroutines reach it by
// CallSoonThreadsafe(func() { q.PutNowait(item) }).
type Queue[T any] struct {
	loop       *Loop
	maxsize    int
	items      store[T]
	getters    waitList
	putters    waitList
	unfinished int
	joiners    waitList
}

// store is the order of a queue.
type store[T any] interface {
	len() int
	push(T)
	pop() T
}

// NewQueue returns a queue of at most maxsize items; maxsize <= 0 means no bound.
func NewQueue[T any](l *Loop, maxsize int) *Queue[T] {
	return &Queue[T]{loop: l, maxsize: maxsize, items: &ring[T]{}}
}

// NewLIFOQueue returns a queue that gives the youngest item first.
func NewLIFOQueue[T any](l *Loop, maxsize int) *Queue[T] {
	return &Queue[T]{loop: l, maxsize: maxsize, items: &stack[T]{}}
}

// NewPriorityQueue returns a queue that gives the least item first, equal ones in any order.
func NewPriorityQueue[T any](l *Loop, maxsize int, less func(a, b T) bool) *Queue[T] {
	return &Queue[T]{loop: l, maxsize: maxsize, items: &priority[T]{less: less}}
}

// Len returns the number of items.
func (q *Queue[T]) Len() int { return q.items.len() }

// Full reports whether a Put would wait.
func (q *Queue[T]) Full() bool { return q.maxsize > 0 && q.items.len() >= q.maxsize }

// PutNowait adds an item, or returns ErrFull.
func (q *Queue[T]) PutNowait(item T) error {
	if err := q.loop.checkGoroutine(); err != nil {
		return err
	}
	if q.Full() {
		return ErrFull
	}
	q.items.push(item)
	q.unfinished++
	q.getters.wakeOne()
	return nil
}

// GetNowait takes an item, or returns ErrEmpty.
func (q *Queue[T]) GetNowait() (item T, err error) {
	if err := q.loop.checkGoroutine(); err != nil {
		return item, err
	}
	if q.items.len() == 0 {
		return item, ErrEmpty
	}
	item = q.items.pop()
	q.putters.wakeOne()
	return item, nil
}

// Put adds an item and parks the task while the queue is full.
// It returns nil, or the cancellation: then the item was not added.
func (q *Queue[T]) Put(t *Task, item T) error {
	if t != nil && t.loop != q.loop {
		return ErrOtherLoop
	}
	for q.Full() {
		woken, err := q.putters.wait(t)
		if err != nil {
			if woken && !q.Full() {
				q.putters.wakeOne()
			}
			return err
		}
	}
	return q.PutNowait(item)
}

// Get takes an item and parks the task while the queue is empty.
// It returns nil, or the cancellation: then no item was taken.
func (q *Queue[T]) Get(t *Task) (item T, err error) {
	if t != nil && t.loop != q.loop {
		return item, ErrOtherLoop
	}
	for q.items.len() == 0 {
		woken, err := q.getters.wait(t)
		if err != nil {
			if woken && q.items.len() > 0 {
				q.getters.wakeOne()
			}
			return item, err
		}
	}
	return q.GetNowait()
}

// TaskDone says that one item that was taken has been dealt with.
// It returns an error when there were not so many items.
func (q *Queue[T]) TaskDone() error {
	if err := q.loop.checkGoroutine(); err != nil {
		return err
	}
	if q.unfinished == 0 {
		return errors.New("eventloop: TaskDone called more often than items were put")
	}
	q.unfinished--
	if q.unfinished == 0 {
		q.joiners.wakeAll()
	}
	return nil
}

// Join parks the task until TaskDone was called for every item ever put.
func (q *Queue[T]) Join(t *Task) error {
	if t != nil && t.loop != q.loop {
		return ErrOtherLoop
	}
	if q.unfinished == 0 {
		return nil
	}
	_, err := q.joiners.wait(t)
	return err
}

// stack is a ring that gives its youngest element.
type stack[T any] struct{ ring[T] }

func (s *stack[T]) pop() T { return s.popLast() }

// priority is a binary heap.
type priority[T any] struct {
	a    []T
	less func(a, b T) bool
}

func (p *priority[T]) len() int { return len(p.a) }
func (p *priority[T]) push(v T) { heap.Push((*byLess[T])(p), v) }
func (p *priority[T]) pop() T   { return heap.Pop((*byLess[T])(p)).(T) }

// byLess is the face of a priority store that container/heap asks for.
type byLess[T any] priority[T]

func (p *byLess[T]) Len() int           { return len(p.a) }
func (p *byLess[T]) Less(i, j int) bool { return p.less(p.a[i], p.a[j]) }
func (p *byLess[T]) Swap(i, j int)      { p.a[i], p.a[j] = p.a[j], p.a[i] }
func (p *byLess[T]) Push(v any)         { p.a = append(p.a, v.(T)) }
func (p *byLess[T]) Pop() any {
	var zero T
	last := len(p.a) - 1
	v := p.a[last]
	p.a[last] = zero
	p.a = p.a[:last]
	return v
}
