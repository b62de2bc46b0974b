package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/regexdbg/regexdbg/eventloop"
	"github.com/regexdbg/regexdbg/executor"
)

// measureLoop prints the figures of this project's event loop: the memory of idle
// connections, or all others.
func measureLoop(idle bool) {
	program("eventloop, " + runtime.Version())
	if idle {
		connections(10_000)
		return
	}
	say("CallSoon, 1,000 a pass", best(5_000_000, callSoon), "ns")
	say("spawn a task and await it", best(1_000_000, spawn), "ns")
	say("Sleep(0), one task", best(2_000_000, sleep0), "ns")
	say("CallSoonThreadsafe and back, idle loop", best(100_000, wake), "ns")
	say("RunInExecutor, 1 in flight", best(100_000, runInExecutor(1)), "ns")
	say("RunInExecutor, 8 in flight", best(200_000, runInExecutor(8)), "ns")
	say("Queue(1), put and get between two tasks", best(1_000_000, queue), "ns")
	measureSleepers(100_000, sleepers)
	hello()
}

func program(name string) {
	if err := json.NewEncoder(os.Stdout).Encode(figure{Program: name}); err != nil {
		log.Fatal(err)
	}
}

// onLoop runs main as a loop's main task.
func onLoop[T any](main func(t *eventloop.Task) (T, error)) T {
	v, err := eventloop.Run(main)
	if err != nil {
		log.Fatal(err)
	}
	return v
}

func callSoon(n int) time.Duration {
	return onLoop(func(t *eventloop.Task) (time.Duration, error) {
		done := eventloop.NewFuture[struct{}](t.Loop())
		left := n
		callback := func() {
			if left--; left == 0 {
				_ = done.SetResult(struct{}{})
			}
		}
		start := time.Now()
		for queued := 0; queued < n; {
			for range min(1000, n-queued) {
				t.Loop().CallSoon(callback)
				queued++
			}
			if err := eventloop.Sleep(t, 0); err != nil {
				return 0, err
			}
		}
		_, err := done.Await(t)
		return time.Since(start), err
	})
}

func spawn(n int) time.Duration {
	child := func(*eventloop.Task) (int, error) { return 1, nil }
	return onLoop(func(t *eventloop.Task) (time.Duration, error) {
		start := time.Now()
		for range n {
			if _, err := eventloop.Go(t.Loop(), child).Await(t); err != nil {
				return 0, err
			}
		}
		return time.Since(start), nil
	})
}

func sleep0(n int) time.Duration {
	return onLoop(func(t *eventloop.Task) (time.Duration, error) {
		start := time.Now()
		for range n {
			if err := eventloop.Sleep(t, 0); err != nil {
				return 0, err
			}
		}
		return time.Since(start), nil
	})
}

func wake(n int) time.Duration {
	return onLoop(func(t *eventloop.Task) (time.Duration, error) {
		done := eventloop.NewFuture[time.Duration](t.Loop())
		go func() {
			turn := make(chan struct{})
			start := time.Now()
			for range n {
				_ = t.Loop().CallSoonThreadsafe(func() { turn <- struct{}{} })
				<-turn
			}
			took := time.Since(start)
			_ = t.Loop().CallSoonThreadsafe(func() { _ = done.SetResult(took) })
		}()
		return done.Await(t)
	})
}

func runInExecutor(inflight int) func(n int) time.Duration {
	return func(n int) time.Duration {
		pool := executor.New(executor.Options{Workers: 4})
		executor.RaiseMaxProcs(pool)
		defer pool.Shutdown(context.Background(), executor.Drain)
		work := func(context.Context) (int, error) { return 0, nil }
		return onLoop(func(t *eventloop.Task) (time.Duration, error) {
			start := time.Now()
			workers := make([]*eventloop.TaskOf[int], inflight)
			for i := range workers {
				workers[i] = eventloop.Go(t.Loop(), func(t *eventloop.Task) (int, error) {
					for range n / inflight {
						if _, err := eventloop.RunInExecutor(t.Loop(), pool, work).Await(t); err != nil {
							return 0, err
						}
					}
					return 0, nil
				})
			}
			for _, w := range workers {
				if _, err := w.Await(t); err != nil {
					return 0, err
				}
			}
			return time.Since(start), nil
		})
	}
}

func queue(n int) time.Duration {
	return onLoop(func(t *eventloop.Task) (time.Duration, error) {
		q := eventloop.NewQueue[int](t.Loop(), 1)
		producer := eventloop.Go(t.Loop(), func(t *eventloop.Task) (int, error) {
			for i := range n {
				if err := q.Put(t, i); err != nil {
					return 0, err
				}
			}
			return 0, nil
		})
		start := time.Now()
		for range n {
			if _, err := q.Get(t); err != nil {
				return 0, err
			}
		}
		_, err := producer.Await(t)
		return time.Since(start), err
	})
}

// measureSleepers prints what n sleepers take: the time of the best of three runs, the
// memory of the first one, which finds the process empty.
func measureSleepers(n int, run func(n int) (over time.Duration, memory int64)) {
	memory := int64(-1)
	over := best(1, func(int) time.Duration {
		over, bytes := run(n)
		if memory < 0 {
			memory = bytes
		}
		return over
	})
	say("100,000 sleeping tasks: time beyond the sleep", over/1e6, "ms")
	say("100,000 sleeping tasks: memory each", float64(memory)/float64(n), "B")
}

// sleepers starts n tasks that sleep for a second.
func sleepers(n int) (over time.Duration, memory int64) {
	over = onLoop(func(t *eventloop.Task) (time.Duration, error) {
		before, start := residentBytes(), time.Now()
		tasks := make([]*eventloop.TaskOf[int], n)
		for i := range tasks {
			tasks[i] = eventloop.Go(t.Loop(), func(t *eventloop.Task) (int, error) {
				return 0, eventloop.Sleep(t, time.Second)
			})
		}
		if err := eventloop.Sleep(t, time.Second/2); err != nil {
			return 0, err
		}
		memory = residentBytes() - before
		for _, task := range tasks {
			if _, err := task.Await(t); err != nil {
				return 0, err
			}
		}
		return time.Since(start) - time.Second, nil
	})
	return over, memory
}

// residentBytes is the process's resident memory.
func residentBytes() int64 {
	data, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		log.Fatal(err)
	}
	pages, err := strconv.ParseInt(strings.Fields(string(data))[1], 10, 64)
	if err != nil {
		log.Fatal(fmt.Errorf("statm: %w", err))
	}
	return pages * int64(os.Getpagesize())
}
