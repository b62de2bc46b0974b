package eventloop

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"
)

// Random schedules on fake time. Whatever happens, every task ends once, no cancelled
// callback runs, what is put into a queue is got or still in it, every future that a
// worker resolves wakes its waiters, and the bubble finds no goroutine left.
func TestRandomSchedules(t *testing.T) {
	for i := range 60 {
		seed := rand.Uint64()
		t.Run(fmt.Sprintf("seed %d", i), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { randomSchedule(t, seed) })
			if t.Failed() {
				t.Logf("seed %#x", seed)
			}
		})
	}
}

func randomSchedule(t *testing.T, seed uint64) {
	rng := rand.New(rand.NewPCG(seed, 1))
	l := New(WithExceptionHandler(func(_ *Loop, x Exception) {
		if x.Message != "a task was killed by Close" { // one that swallowed its cancellation
			t.Errorf("%s: %v", x.Message, x.Err)
		}
	}))
	p := newPool(2)
	defer p.close()
	q := NewQueue[int](l, rng.IntN(3))
	ev := NewEvent(l)
	ms := func() time.Duration { return time.Duration(rng.IntN(5)-1) * time.Millisecond }

	var tasks []*TaskOf[int]
	ended, put, got := 0, 0, 0
	step := func(t *Task) error {
		switch rng.IntN(9) {
		case 0:
			return Sleep(t, ms())
		case 1:
			if err := q.Put(t, 1); err != nil {
				return err
			}
			put++
		case 2:
			if _, err := q.Get(t); err != nil {
				return err
			}
			got++
		case 3:
			ev.Set()
			ev.Clear()
		case 4:
			return WithTimeout(t, ms(), func() error { return ev.Wait(t) })
		case 5:
			d := max(ms(), 0)
			_, err := RunInExecutor(l, p, func(context.Context) (int, error) {
				time.Sleep(d)
				return 0, nil
			}).Await(t)
			return err
		case 6:
			_, err := WaitFor(t, ms(), Go(l, func(t *Task) (int, error) { return 0, Sleep(t, ms()) }))
			return err
		case 7:
			tasks[rng.IntN(len(tasks))].Cancel(errBoom)
		case 8:
			h := l.CallLater(ms(), func() {})
			dead := l.CallLater(ms(), func() { panic("a cancelled timer ran") })
			dead.Cancel()
			err := Sleep(t, ms())
			h.Cancel()
			return err
		}
		return nil
	}
	for range 30 {
		tasks = append(tasks, Go(l, func(t *Task) (int, error) {
			defer func() { ended++ }()
			for range rng.IntN(10) {
				if err := step(t); err != nil && !errors.Is(err, ErrTimeout) {
					if rng.IntN(3) > 0 {
						return 0, err
					}
				}
			}
			return 0, nil
		}))
	}
	// Other goroutines disturb it. Each of their calls must arrive.
	sent, arrived := 0, 0
	for range 3 {
		n := rng.IntN(20)
		sent += n
		go func() {
			for range n {
				if err := l.CallSoonThreadsafe(func() { arrived++ }); err != nil {
					t.Error(err)
				}
				time.Sleep(time.Millisecond)
			}
		}()
	}
	l.CallLater(time.Second, l.Stop)
	if err := l.RunForever(); err != nil {
		t.Fatal(err)
	}
	if arrived != sent {
		t.Errorf("%d of %d threadsafe calls arrived", arrived, sent)
	}
	if put-got != q.Len() {
		t.Errorf("put %d, got %d, but %d in the queue", put, got, q.Len())
	}
	// Who is still parked waits for the queue, rightly: nobody may wait on both its sides,
	// for an item that is there, or for room that is there.
	if q.getters.head != nil && q.Len() > 0 || q.putters.head != nil && !q.Full() {
		t.Error("a wake-up was lost")
	}
	parked := 0
	for _, list := range []*waitList{&q.getters, &q.putters} {
		for w := list.head; w != nil; w = w.next {
			parked++
		}
	}
	if n := len(l.AllTasks()); n != parked {
		t.Errorf("%d tasks pending, but %d wait at the queue", n, parked)
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
	for _, task := range tasks {
		if !task.Done() {
			t.Errorf("%s never ended", task.Name())
		}
	}
	if ended > len(tasks) {
		t.Errorf("%d tasks, %d ends", len(tasks), ended)
	}
}
