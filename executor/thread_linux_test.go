package executor

import (
	"context"
	"errors"
	"os"
	"runtime"
	"strconv"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/sys/unix"
)

// niceness returns that of a thread of this process.
func niceness(tid int) (int, error) {
	kernel, err := unix.Getpriority(unix.PRIO_PROCESS, tid)
	return 20 - kernel, err // the system call itself cannot return negative numbers
}

func TestUsageFromOutside(t *testing.T) {
	p := New(Options{Workers: 1})
	var stop atomic.Bool
	result := make(chan error, 1)
	job, err := p.NewClient("c").At(Interactive).SubmitJob(t.Context(), func(context.Context) {
		for !stop.Load() {
		}
	}, func(err error) { result <- err })
	if err != nil {
		t.Fatal(err)
	}
	var last Usage
	for last.CPU < 20*time.Millisecond {
		u := job.Usage()
		if u.CPU < last.CPU || u.Wall < last.Wall {
			t.Fatalf("usage went back: %+v after %+v", u, last)
		}
		last = u
		runtime.Gosched()
	}
	if !last.CPUKnown {
		t.Error("CPU is not known")
	}
	stop.Store(true)
	if err := <-result; err != nil {
		t.Error(err)
	}
	final := job.Usage()
	if final.CPU < last.CPU || !final.CPUKnown {
		t.Errorf("at the end %+v, before %+v", final, last)
	}
	if again := job.Usage(); again != final {
		t.Errorf("%+v, then %+v", final, again)
	}
}

// What one job has used is never charged to the next, which may have the same thread.
func TestUsageIsTheJobsOwn(t *testing.T) {
	const much = 20 * time.Millisecond
	p := New(Options{Workers: 1})
	v := p.NewClient("c").At(Interactive)
	var jobs []*Job
	result := make(chan error, 8)
	for i := range cap(result) {
		run := func(context.Context) { runtime.Gosched() } // longer than the resolution of the clock
		if i%2 == 0 {
			run = func(ctx context.Context) {
				for JobFrom(ctx).Usage().CPU < much {
				}
			}
		}
		job, err := v.SubmitJob(t.Context(), run, func(err error) { result <- err })
		if err != nil {
			t.Fatal(err)
		}
		jobs = append(jobs, job)
	}
	for i, job := range jobs {
		if err := <-result; err != nil {
			t.Fatal(err)
		}
		if u := job.Usage(); (u.CPU >= much) != (i%2 == 0) || !u.CPUKnown {
			t.Errorf("job %d: %+v", i, u)
		}
	}
}

// A job that took less than the resolution of the CPU time has its wall time as that. In the bubble none passes.
func TestUsageBelowTheResolution(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, test := range []struct {
			wall    time.Duration
			atMost  time.Duration
			measure bool
		}{{0, 0, false}, {cpuResolution - 1, cpuResolution - 1, false}, {cpuResolution, time.Hour, true}} {
			p := New(Options{Workers: 1})
			result := make(chan error, 1)
			job, err := p.NewClient("c").At(Interactive).SubmitJob(t.Context(), func(context.Context) {
				before, _ := ownCPU()
				for cpu := before; cpu < before+time.Millisecond; cpu, _ = ownCPU() {
				}
				time.Sleep(test.wall)
			}, func(err error) { result <- err })
			if err != nil {
				t.Fatal(err)
			}
			<-result
			u := job.Usage()
			if u.Wall != test.wall || u.CPU > test.atMost || test.measure != (u.CPU >= time.Millisecond) || !u.CPUKnown {
				t.Errorf("wall time %v: %+v", test.wall, u)
			}
		}
	})
}

func TestThreadClocks(t *testing.T) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	// Both clocks count the same thing: neither can be ahead of a later reading of the other.
	for range 100 {
		a, okA := ownCPU()
		b, okB := threadCPU(threadID())
		c, okC := ownCPU()
		if !okA || !okB || !okC {
			t.Fatal("a clock cannot be read")
		}
		if a > b || b > c {
			t.Fatalf("inside %v, outside %v, inside %v", a, b, c)
		}
	}
	// Nor is the one that a job ends with behind, by what has passed since the kernel's last tick.
	behind := time.Duration(0)
	for range 20 {
		for begun := time.Now(); time.Since(begun) < 3*time.Millisecond; {
		}
		inside, _ := ownCPU()
		outside, _ := threadCPU(threadID())
		behind += outside - inside
	}
	if behind > 5*time.Millisecond {
		t.Errorf("20 times inside is %v behind", behind)
	}
	if _, ok := threadCPU(1<<22 + 1); ok { // above the kernel's largest number
		t.Error("a thread that does not exist was measured")
	}
	if lowerThread(1<<22+1, abandonedNiceness) {
		t.Error("a thread that does not exist was lowered")
	}
}

func TestAbandonedThreadIsLoweredAndEnds(t *testing.T) {
	normal, err := niceness(0)
	if err != nil {
		t.Fatal(err)
	}
	if normal == abandonedNiceness {
		t.Skip("the test itself runs at the lowest priority")
	}
	p := New(Options{Workers: 1})
	ctx, cancel := context.WithCancel(t.Context())
	var tid int
	started, release := make(chan struct{}), make(chan struct{})
	finishedNice := make(chan int, 1)
	err = p.Submit(ctx, func(context.Context) {
		tid = threadID()
		close(started)
		<-release
	}, func(error) {
		n, _ := niceness(0)
		finishedNice <- n
	})
	if err != nil {
		t.Fatal(err)
	}
	<-started
	if n, err := niceness(tid); n != normal || err != nil {
		t.Errorf("while it is wanted: niceness %d, %v", n, err)
	}
	cancel()

	var replacement, replacementNice int
	replaced := make(chan struct{})
	err = p.Submit(t.Context(), func(context.Context) {
		replacement = threadID()
		replacementNice, _ = niceness(0)
	}, func(error) { close(replaced) })
	if err != nil {
		t.Fatal(err)
	}
	<-replaced
	if n, err := niceness(tid); n != abandonedNiceness || err != nil {
		t.Errorf("abandoned: niceness %d, %v", n, err)
	}
	if replacement == tid || replacementNice != normal {
		t.Errorf("replacement on thread %d of niceness %d, the stuck one on %d", replacement, replacementNice, tid)
	}

	close(release)
	if n := <-finishedNice; n != normal {
		t.Errorf("finished was called at niceness %d", n)
	}
	if s := p.Stats(); s.Discarded != 1 {
		t.Errorf("%+v", s)
	}
	// The thread ends; nothing tells when, so ask until it is so.
	task := "/proc/self/task/" + strconv.Itoa(tid)
	for {
		if _, err := os.Stat(task); errors.Is(err, os.ErrNotExist) {
			break
		}
		runtime.Gosched()
	}
	if err := p.Shutdown(t.Context(), Drain); err != nil {
		t.Error(err)
	}
}

// The worker must leave the thread that it must not use, here the test's own.
func TestMainThreadGuard(t *testing.T) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	p := New(Options{Workers: 1})
	p.avoid = threadID()
	a := newProbe()
	var tid int
	run := func(ctx context.Context) { tid = threadID(); a.run(ctx) }
	j := p.own.At(Interactive).newJob(t.Context(), functions{run, a.finished})

	// As enqueue and start do, but with the worker on this goroutine.
	p.mu.Lock()
	p.accept()
	j.state = stateRunning
	p.running.pushBack(&j.node)
	p.holding[j.priority]++
	p.mu.Unlock()
	j.work()

	<-a.started
	if tid == p.avoid {
		t.Error("the job runs on the thread to avoid")
	}
	a.end(t)
	if err := p.Shutdown(t.Context(), Drain); err != nil {
		t.Error(err)
	}
	checkStats(t, p.Stats())
}

func TestNoJobOnMainThread(t *testing.T) {
	p := New(Options{})
	main := mainThreadID()
	for range 200 {
		done := make(chan error, 1)
		on := 0
		if err := p.Submit(t.Context(), func(context.Context) { on = threadID() }, func(err error) { done <- err }); err != nil {
			t.Fatal(err)
		}
		if err := <-done; err != nil || on == main {
			t.Fatalf("thread %d, %v", on, err)
		}
	}
}

func TestLongJobGivesWay(t *testing.T) {
	normal, err := niceness(0)
	if err != nil {
		t.Fatal(err)
	}
	if normal >= longNiceness {
		t.Skip("the test itself runs at a low priority")
	}
	p := New(Options{Workers: 1, LongAfter: time.Nanosecond})
	finished := make(chan error, 1)
	got := normal
	var unknown error
	err = p.Submit(t.Context(), func(context.Context) {
		for got == normal && unknown == nil { // until the pool has lowered this thread
			got, unknown = niceness(threadID())
			runtime.Gosched()
		}
	}, func(err error) { finished <- err })
	if err != nil {
		t.Fatal(err)
	}
	if err := <-finished; err != nil {
		t.Fatal(err)
	}
	if unknown != nil || got != longNiceness {
		t.Errorf("niceness %d (%v), want %d", got, unknown, longNiceness)
	}
	// The thread is not used again.
	if discarded := p.Stats().Discarded; discarded != 1 {
		t.Errorf("%d threads discarded, want 1", discarded)
	}
	if err := p.Shutdown(context.Background(), Drain); err != nil {
		t.Error(err)
	}
}
