package eventloop

import (
	"errors"
	"runtime"
	"slices"
	"testing"
	"time"
)

// members returns what is joined in err.
func members(err error) []error {
	if j, ok := err.(interface{ Unwrap() []error }); ok {
		return j.Unwrap()
	}
	return nil
}

func TestTaskGroup(t *testing.T) {
	const hour = time.Hour
	inTask := func(t *testing.T, name string, body func(e *env, t *Task)) {
		on(t, name, func(e *env) {
			e.ok(e.main(func(t *Task) error {
				body(e, t)
				e.true(t.Cancelling() == 0, "no cancellation is left")
				return Sleep(t, time.Second) // nor delivered late
			}))
		})
	}
	// in adds a task that sleeps d and ends with err.
	in := func(g *TaskGroup, d time.Duration, err error) *TaskOf[int] {
		return GoIn(g, func(t *Task) (int, error) {
			if err := Sleep(t, d); err != nil {
				return 0, err
			}
			return 7, err
		})
	}
	// messy adds a task that answers its cancellation with err.
	messy := func(g *TaskGroup, err error) *TaskOf[int] {
		return GoIn(g, func(t *Task) (int, error) { Sleep(t, hour); return 0, err })
	}

	inTask(t, "105 all succeed", func(e *env, t *Task) {
		var a, b *TaskOf[int]
		e.ok(WithTaskGroup(t, func(g *TaskGroup) error {
			a, b = in(g, time.Minute, nil), in(g, time.Second, nil)
			return nil
		}))
		v, err := a.Result()
		e.true(v == 7 && err == nil && b.Done() && e.l.Time() == time.Minute, "the end waits for all")
		var over *TaskGroup
		e.ok(WithTaskGroup(t, func(g *TaskGroup) error { over = g; return nil }))
		e.is(in(over, 0, nil).Exception(), ErrGroupClosed)
	})
	inTask(t, "106 one fails: the siblings and the body are cut", func(e *env, t *Task) {
		late := errors.New("late")
		var sibling *TaskOf[int]
		err := WithTaskGroup(t, func(g *TaskGroup) error {
			sibling = in(g, hour, nil)
			messy(g, late)
			in(g, time.Second, errBoom)
			err := Sleep(t, hour)
			e.cancelledBy(err, errBoom)
			return err
		})
		e.true(slices.Equal(members(err), []error{errBoom, late}), "both errors, in order of the ends")
		e.true(sibling.Cancelled() && e.l.Time() == time.Second, "no error of it")
		e.cancelledBy(sibling.Exception(), errBoom)
		e.true(!errors.Is(err, ErrCancelled), "not a cancellation")
	})
	inTask(t, "106 one fails while the end waits", func(e *env, t *Task) {
		err := WithTaskGroup(t, func(g *TaskGroup) error {
			in(g, hour, nil)
			in(g, time.Second, errBoom)
			return nil
		})
		e.true(slices.Equal(members(err), []error{errBoom}) && e.l.Time() == time.Second, "one")
	})
	inTask(t, "106 a task cancelled by its owner is no error", func(e *env, t *Task) {
		e.ok(WithTaskGroup(t, func(g *TaskGroup) error {
			a := in(g, hour, nil)
			in(g, time.Second, nil)
			e.ok(Yield(t))
			a.Cancel(nil)
			return nil
		}))
		e.true(e.l.Time() == time.Second, "the other one is waited for")
	})
	inTask(t, "106 the body swallows the cut", func(e *env, t *Task) {
		err := WithTaskGroup(t, func(g *TaskGroup) error {
			in(g, time.Second, errBoom)
			e.is(Sleep(t, hour), ErrCancelled)
			return Sleep(t, time.Minute)
		})
		e.is(err, errBoom)
		e.true(e.l.Time() == time.Minute+time.Second, "and goes on")
	})
	inTask(t, "106 panics and Goexit are errors of their tasks", func(e *env, t *Task) {
		err := WithTaskGroup(t, func(g *TaskGroup) error {
			GoIn(g, func(*Task) (int, error) { panic(errBoom) })
			GoIn(g, func(*Task) (int, error) { runtime.Goexit(); return 0, nil })
			return nil
		})
		var p *PanicError
		e.true(errors.As(err, &p) && errors.Is(err, ErrGoexit), "both")
	})
	inTask(t, "107 the body fails", func(e *env, t *Task) {
		late := errors.New("late")
		var child *TaskOf[int]
		err := WithTaskGroup(t, func(g *TaskGroup) error {
			child = in(g, hour, nil)
			messy(g, late)
			e.ok(Yield(t))
			return errBoom
		})
		e.true(slices.Equal(members(err), []error{late, errBoom}) && child.Cancelled(), "joined")
		e.is(WithTaskGroup(t, func(*TaskGroup) error { return errBoom }), errBoom)
	})
	inTask(t, "107 the body panics", func(e *env, t *Task) {
		var child *TaskOf[int]
		_, err := Go(e.l, func(t *Task) (int, error) {
			return 0, WithTaskGroup(t, func(g *TaskGroup) error {
				child = in(g, hour, nil)
				GoIn(g, func(t *Task) (int, error) {
					Sleep(t, hour)
					e.ok(Sleep(t, time.Minute))
					return 0, errors.New("late")
				})
				e.ok(Yield(t))
				panic("oops")
			})
		}).Await(t)
		var p *PanicError
		e.true(errors.As(err, &p) && p.Value == "oops", "the panic goes on")
		e.true(child.Cancelled() && e.l.Time() == time.Minute, "after the tasks")
		e.reported("late")
	})
	inTask(t, "107 the body calls Goexit", func(e *env, t *Task) {
		var child *TaskOf[int]
		_, err := Go(e.l, func(t *Task) (int, error) {
			return 0, WithTaskGroup(t, func(g *TaskGroup) error {
				child = in(g, hour, nil)
				runtime.Goexit()
				return nil
			})
		}).Await(t)
		e.is(err, ErrGoexit)
		e.true(child.Cancelled(), "cancelled")
	})
	on(t, "107 cancelled from outside", func(e *env) {
		for _, waiting := range []bool{false, true} {
			var child *TaskOf[int]
			task := e.spawn("", func(t *Task) error {
				return WithTaskGroup(t, func(g *TaskGroup) error {
					child = in(g, hour, nil)
					if waiting {
						return nil
					}
					return Sleep(t, hour)
				})
			})
			e.passes(2)
			task.Cancel(errBoom)
			_, err := RunUntilComplete(e.l, task)
			e.cancelledBy(err, errBoom)
			e.true(task.Cancelled() && members(err) == nil, "no join")
			e.cancelledBy(child.Exception(), errBoom)
		}
	})
	on(t, "108 errors win over a cancellation from outside", func(e *env) {
		for _, waiting := range []bool{false, true} {
			task := e.spawn("", func(t *Task) error {
				err := WithTaskGroup(t, func(g *TaskGroup) error {
					messy(g, errBoom)
					if waiting {
						return nil
					}
					return Sleep(t, hour)
				})
				e.true(t.Cancelling() == 1, "which is not taken back")
				return err
			})
			e.passes(2)
			task.Cancel(nil)
			_, err := RunUntilComplete(e.l, task)
			e.true(!task.Cancelled() && errors.Is(err, errBoom), "the errors")
		}
	})
	on(t, "108 the group takes back only its own", func(e *env) {
		task := e.spawn("", func(t *Task) error {
			err := WithTaskGroup(t, func(g *TaskGroup) error {
				in(g, time.Second, errBoom)
				return Sleep(t, hour)
			})
			e.is(err, errBoom)
			e.true(t.Cancelling() == 1, "the one from outside")
			return nil
		})
		e.l.CallLater(time.Second, func() {
			e.l.Post(func() { e.l.Post(func() { task.Cancel(nil) }) }) // after the group has cut the body
		})
		_, err := RunUntilComplete(e.l, task)
		e.ok(err)
	})
	inTask(t, "108 a timeout around a group", func(e *env, t *Task) {
		var child *TaskOf[int]
		err := WithTimeout(t, time.Second, func() error {
			return WithTaskGroup(t, func(g *TaskGroup) error { child = in(g, hour, nil); return nil })
		})
		e.is(err, ErrTimeout)
		e.cancelledBy(child.Exception(), err)
	})
	inTask(t, "109 a child adds children", func(e *env, t *Task) {
		var grandchild *TaskOf[int]
		e.ok(WithTaskGroup(t, func(g *TaskGroup) error {
			GoIn(g, func(t *Task) (int, error) {
				e.ok(Sleep(t, time.Second)) // the body is at its end by now
				grandchild = in(g, time.Minute, nil)
				return 0, nil
			}, WithName("child"))
			return nil
		}))
		e.true(grandchild.Done() && e.l.Time() == time.Minute+time.Second, "included")
	})
	inTask(t, "109 adding too late", func(e *env, t *Task) {
		var group *TaskGroup
		never := func(*Task) (int, error) { e.add("ran"); return 0, nil }
		err := WithTaskGroup(t, func(g *TaskGroup) error {
			group = g
			GoIn(g, func(t *Task) (int, error) {
				Sleep(t, hour)
				e.is(GoIn(g, never).Exception(), ErrGroupClosed) // shutting down
				return 0, nil
			})
			e.ok(Yield(t))
			return errBoom
		})
		e.is(err, errBoom)
		late := GoIn(group, never, WithName("late"))
		e.true(late.Done() && late.Name() == "late", "after the end")
		e.is(late.Exception(), ErrGroupClosed)
		e.ok(Sleep(t, time.Second))
		e.want(e.T)
	})
	inTask(t, "110 nested groups", func(e *env, t *Task) {
		inner := errors.New("inner")
		err := WithTaskGroup(t, func(g *TaskGroup) error {
			GoIn(g, func(t *Task) (int, error) {
				return 0, WithTaskGroup(t, func(g *TaskGroup) error { messy(g, inner); return Sleep(t, hour) })
			})
			in(g, time.Second, errBoom)
			return nil
		})
		all := members(err)
		e.true(len(all) == 2 && all[0] == errBoom && slices.Equal(members(all[1]), []error{inner}), "one member of the outer")
		var cut error
		err = WithTaskGroup(t, func(g *TaskGroup) error {
			in(g, time.Second, errBoom)
			return WithTaskGroup(t, func(*TaskGroup) error { cut = Sleep(t, hour); return cut })
		})
		e.cancelledBy(cut, errBoom)
		e.true(slices.Equal(members(err), []error{errBoom}), "the outer's failure cuts the inner body")
	})
	inTask(t, "111 a finished child leaves the group", func(e *env, t *Task) {
		e.ok(WithTaskGroup(t, func(g *TaskGroup) error {
			for range 100 {
				in(g, 0, nil)
			}
			e.true(g.Len() == 100, "there")
			e.ok(Sleep(t, time.Second))
			e.true(g.Len() == 0, "gone")
			return nil
		}))
	})
	inTask(t, "a group outside a task's step", func(e *env, t *Task) {
		e.is(WithTaskGroup(nil, nil), ErrNotCurrent)
	})
	on(t, "a group on a loop that closes", func(e *env) {
		var group *TaskGroup
		var child *TaskOf[int]
		e.spawn("parent", func(t *Task) error {
			return WithTaskGroup(t, func(g *TaskGroup) error {
				group = g
				child = messy(g, nil)
				GoIn(g, func(t *Task) (int, error) { Sleep(t, hour); return 0, Sleep(t, hour) }, WithName("stubborn"))
				return nil
			})
		})
		e.passes(2)
		e.ok(e.l.Close())
		e.reported("killed by Close")
		e.reported("killed by Close")
		e.true(child.Done(), "done")
		e.is(GoIn(group, func(*Task) (int, error) { return 0, nil }).Exception(), ErrClosed)
	})
}
