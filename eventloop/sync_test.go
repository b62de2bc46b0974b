package eventloop

import (
	"testing"
	"time"
)

func TestEvent(t *testing.T) {
	on(t, "114 Event", func(e *env) {
		ev := NewEvent(e.l)
		var tasks []*TaskOf[int]
		for _, s := range []string{"a", "b", "c"} {
			tasks = append(tasks, e.spawn(s, func(t *Task) error {
				err := ev.Wait(t)
				e.add("%s", s)
				return err
			}))
		}
		e.passes(1)
		tasks[1].Cancel(nil)
		e.true(ev.waiters.head.next == ev.waiters.tail, "the cancelled one has left")
		ev.Set()
		ev.Clear() // those who waited still return
		e.true(!ev.IsSet() && ev.waiters.head == nil, "clear")
		e.passes(1)
		e.want(e.T, "b", "a", "c")
		e.true(tasks[1].Cancelled(), "b")
		ev.Set()
		ev.Set()
		e.ok(e.main(func(t *Task) error {
			e.l.Post(e.fn("next pass"))
			e.ok(ev.Wait(t))
			e.true(len(e.lines) == 3, "at once")
			return nil
		}))
	})
}

func TestQueue(t *testing.T) {
	on(t, "119 orders", func(e *env) {
		less := func(a, b int) bool { return a < b }
		for _, q := range []*Queue[int]{NewQueue[int](e.l, 0), NewLIFOQueue[int](e.l, 0), NewPriorityQueue(e.l, 0, less)} {
			for _, v := range []int{2, 3, 1} {
				e.ok(q.PutNowait(v))
			}
			e.true(q.Len() == 3 && !q.Full(), "three")
			for q.Len() > 0 {
				v, err := q.GetNowait()
				e.ok(err)
				e.add("%d", v)
			}
			_, err := q.GetNowait()
			e.is(err, ErrEmpty)
		}
		e.want(e.T, "2", "3", "1", "1", "3", "2", "1", "2", "3")
	})
	on(t, "119 Put parks when full, Get when empty", func(e *env) {
		q := NewQueue[int](e.l, 2)
		e.spawn("producer", func(t *Task) error {
			for i := range 5 {
				e.ok(q.Put(t, i))
				e.add("put %d", i)
			}
			return nil
		})
		e.passes(2)
		e.want(e.T, "put 0", "put 1")
		e.is(q.PutNowait(9), ErrFull)
		e.ok(e.main(func(t *Task) error {
			for range 5 {
				v, err := q.Get(t)
				e.ok(err)
				e.add("got %d", v)
			}
			e.l.CallLater(time.Second, func() { e.ok(q.PutNowait(7)) })
			v, err := q.Get(t)
			e.true(v == 7, "7")
			return err
		}))
		var got []string
		for _, s := range e.lines {
			if s[0] == 'g' {
				got = append(got, s)
			}
		}
		(&journal{got}).want(e.T, "got 0", "got 1", "got 2", "got 3", "got 4")
	})
	on(t, "120 a getter cancelled after its wake-up", func(e *env) {
		q := NewQueue[int](e.l, 0)
		first := Go(e.l, q.Get)
		second := Go(e.l, q.Get)
		third := Go(e.l, q.Get)
		e.passes(1)
		e.ok(q.PutNowait(1)) // wakes the first
		first.Cancel(nil)
		third.Cancel(nil)
		e.passes(2)
		v, err := second.Result()
		e.true(v == 1 && err == nil, "the next one gets it")
		e.true(first.Cancelled() && third.Cancelled() && q.getters.head == nil, "no trace")
	})
	on(t, "120 a putter cancelled after its wake-up", func(e *env) {
		q := NewQueue[int](e.l, 1)
		e.ok(q.PutNowait(0))
		first := e.spawn("", func(t *Task) error { return q.Put(t, 1) })
		second := e.spawn("", func(t *Task) error { return q.Put(t, 2) })
		e.passes(1)
		_, err := q.GetNowait()
		e.ok(err)
		first.Cancel(nil)
		e.passes(2)
		v, err := q.GetNowait()
		e.true(v == 2 && err == nil && first.Cancelled() && second.Done(), "the second")
		e.true(q.putters.head == nil && q.Len() == 0, "no trace")
	})
	on(t, "121 TaskDone and Join", func(e *env) {
		q := NewQueue[int](e.l, 0)
		e.ok(e.main(q.Join)) // empty: at once
		e.ok(q.PutNowait(1))
		e.ok(q.PutNowait(2))
		joined := e.spawn("", q.Join)
		for range 2 {
			_, err := q.GetNowait()
			e.ok(err)
			e.passes(2)
			e.true(!joined.Done(), "not yet")
			e.ok(q.TaskDone())
		}
		e.passes(1)
		e.true(joined.Done(), "joined")
		e.true(q.TaskDone() != nil, "too often")
	})
}
