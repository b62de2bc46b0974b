package executor

import (
	"context"
	"errors"
	"runtime"
	"testing"
)

// hold takes a child of the pool and keeps it until the function it returns is called, which returns what finished
// was told.
func hold(t *testing.T, p *ProcessPool, ctx context.Context) (release func() error) {
	t.Helper()
	started, over, result := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	err := p.Submit(ctx, func(context.Context) {
		close(started)
		<-over
	}, func(err error) { result <- err })
	if err != nil {
		t.Fatal(err)
	}
	<-started
	return func() error {
		close(over)
		return <-result
	}
}

// until waits until the stats of the pool are as wanted.
func until(p *ProcessPool, wanted func(ProcessStats) bool) {
	for !wanted(p.Stats()) {
		runtime.Gosched()
	}
}

func TestProcessSubmitKeepsTheChild(t *testing.T) {
	p := newSelfPool(t, "good", ProcessOptions{Workers: 2})
	done := make(chan error, 1)
	err := p.Submit(t.Context(), func(ctx context.Context) {
		if _, err := p.Do(ctx, Request{Data: childRequest{Op: "remember", Data: "a+b"}}, nil); err != nil {
			t.Error(err)
		}
		until(p, func(s ProcessStats) bool { return s.Idle == 1 }) // another child would be free
		data := ""
		u, err := p.Do(ctx, Request{Data: childRequest{Op: "recall"}}, func(r Response) error {
			data = string(r.Data)
			if _, err := p.Do(ctx, Request{}, nil); err != ErrOverlap {
				t.Error(err)
			}
			return nil
		})
		if err != nil || data != `"a+b"` || u.Queue != 0 {
			t.Errorf("%s, %v, %+v", data, err, u)
		}
	}, func(err error) { done <- err })
	if err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestProcessSubmitAfterACrash(t *testing.T) {
	p := newSelfPool(t, "good", ProcessOptions{Workers: 1})
	var first, second error
	var after context.Context
	done := make(chan error, 1)
	err := p.Submit(t.Context(), func(ctx context.Context) {
		after = ctx
		_, first = p.Do(ctx, Request{Data: childRequest{Op: "exit", N: 4}}, nil)
		_, second = p.Do(ctx, Request{Data: childRequest{Op: "echo"}}, nil)
	}, func(err error) { done <- err })
	if err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
	crash, ok := first.(*CrashError)
	if !ok || crash.Code != 4 || second != first {
		t.Errorf("%v, then %v", first, second)
	}
	if _, err := p.Do(after, Request{}, nil); err != ErrOverlap {
		t.Errorf("after the end of the job: %v", err)
	}
	// A job that talks to a child that is gone without a request having been at fault.
	err = p.Submit(t.Context(), func(ctx context.Context) {
		ctx2, cancel := context.WithCancel(ctx)
		_, first = p.Do(ctx2, Request{Data: childRequest{Op: "deaf"}}, func(Response) error { cancel(); return nil })
		_, second = p.Do(ctx, Request{}, nil)
	}, func(err error) { done <- err })
	if err != nil || <-done != nil || first != context.Canceled || second != context.Canceled {
		t.Errorf("%v, %v, %v", err, first, second)
	}
}

func TestProcessSubmitEnds(t *testing.T) {
	p := newSelfPool(t, "good", ProcessOptions{Workers: 1})
	bang := errors.New("bang")
	for name, run := range map[string]func(context.Context){
		"panic": func(context.Context) { panic(bang) },
		"exit":  func(context.Context) { runtime.Goexit() },
	} {
		done := make(chan error, 1)
		if err := p.Submit(t.Context(), run, func(err error) { done <- err }); err != nil {
			t.Fatal(err)
		}
		err := <-done
		if pe, ok := err.(*PanicError); name == "panic" && (!ok || pe.Value != bang) || name == "exit" && err != ErrGoexit {
			t.Errorf("%s: %v", name, err)
		}
	}
	if s := p.Stats(); s.Starts != 1 {
		t.Errorf("%+v", s)
	}
	defer func() {
		if recover() == nil {
			t.Error("Submit of nil")
		}
	}()
	_ = p.Submit(t.Context(), nil, nil)
}

// A queue beyond the children, in order, with a limit; who leaves it was never asked.
func TestProcessQueue(t *testing.T) {
	p := newSelfPool(t, "good", ProcessOptions{Workers: 1, QueueLimit: 3})
	release := hold(t, p, t.Context())
	why := errors.New("why")
	ctx, cancel := context.WithCancelCause(t.Context())
	var order []int
	var done [3]chan error
	for i := range done {
		c := t.Context()
		if i == 1 {
			c = ctx
		}
		done[i] = make(chan error, 1)
		if err := p.Submit(c, func(context.Context) { order = append(order, i) }, func(err error) { done[i] <- err }); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := p.Do(t.Context(), Request{}, nil); err != ErrQueueFull {
		t.Error(err)
	}
	if err := p.Submit(t.Context(), func(context.Context) {}, func(error) {}); err != ErrQueueFull {
		t.Error(err)
	}
	cancel(why)
	if err := <-done[1]; err != why {
		t.Error(err)
	}
	if s := p.Stats(); s.Queued != 2 || s.Rejected != 2 || s.Dropped != 1 {
		t.Errorf("%+v", s)
	}
	if err := release(); err != nil {
		t.Error(err)
	}
	if a, b := <-done[0], <-done[2]; a != nil || b != nil || len(order) != 2 || order[0] != 0 || order[1] != 2 {
		t.Errorf("%v, %v, %v", a, b, order)
	}
}

func TestProcessSpareAndTrim(t *testing.T) {
	p := newSelfPool(t, "good", ProcessOptions{Workers: 3, Warm: 1})
	c := &clock{}
	p.now = c.read
	a := hold(t, p, t.Context())
	until(p, func(s ProcessStats) bool { return s.Idle == 1 })
	if s := p.Stats(); s.Starts != 2 {
		t.Errorf("%+v", s)
	}
	b := hold(t, p, t.Context()) // takes the spare one, and another is started
	until(p, func(s ProcessStats) bool { return s.Idle == 1 })
	d := hold(t, p, t.Context())
	if s := p.Stats(); s.Starts != 3 || s.Busy != 3 {
		t.Errorf("%+v", s)
	}
	for _, release := range []func() error{a, b, d} {
		if err := release(); err != nil {
			t.Error(err)
		}
		c.move(p, defaultIdleTimeout/2)
	}
	// They were idle for three, two and one halves of the timeout.
	p.trim()
	until(p, func(s ProcessStats) bool { return s.Dying == 0 })
	if s := p.Stats(); s.Idle != 1 || s.Kills != 2 {
		t.Errorf("%+v", s)
	}
	c.move(p, 100*defaultIdleTimeout)
	p.trim()
	if s := p.Stats(); s.Idle != 1 || s.Dying != 0 {
		t.Errorf("the warm one went: %+v", s)
	}

	none := newSelfPool(t, "good", ProcessOptions{Warm: -1, IdleTimeout: -1})
	ask(t, none, childRequest{Op: "echo"})
	until(none, func(s ProcessStats) bool { return s.Idle+s.Dying == 0 })
}

// An idle child that dies is replaced, and the next request does not notice.
func TestProcessIdleDeath(t *testing.T) {
	p := newSelfPool(t, "good", ProcessOptions{Workers: 1})
	ask(t, p, childRequest{Op: "echo"})
	p.mu.Lock()
	proc := p.children[childIdle].head.owner.proc
	p.mu.Unlock()
	killProcess(proc)
	until(p, func(s ProcessStats) bool { return s.Starts == 2 && s.Idle == 1 })
	ask(t, p, childRequest{Op: "echo"})
	if s := p.Stats(); s.Crashes != 1 || s.Failures != 0 {
		t.Errorf("%+v", s)
	}
}

func TestProcessShutdownDrain(t *testing.T) {
	p := newSelfPool(t, "good", ProcessOptions{Workers: 1})
	release := hold(t, p, t.Context())
	queued := make(chan error, 1)
	if err := p.Submit(t.Context(), func(ctx context.Context) {
		if _, err := p.Do(ctx, Request{Data: childRequest{Op: "echo"}}, nil); err != nil {
			t.Error(err)
		}
	}, func(err error) { queued <- err }); err != nil {
		t.Fatal(err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	err := p.Shutdown(ended, Drain)
	if se, ok := err.(*ShutdownError); !ok || se.Running != 1 || se.Queued != 1 || se.Stuck != 0 || !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if _, err := p.Do(t.Context(), Request{}, nil); err != ErrShutdown {
		t.Error(err)
	}
	if err := p.Submit(t.Context(), func(context.Context) {}, func(error) {}); err != ErrShutdown {
		t.Error(err)
	}
	if _, err := p.Info(t.Context()); err != nil { // is known
		t.Error(err)
	}
	if a, b := release(), <-queued; a != nil || b != nil {
		t.Errorf("%v, %v", a, b)
	}
	for range 2 {
		if err := p.Shutdown(t.Context(), Drain); err != nil {
			t.Error(err)
		}
	}
}

func TestProcessShutdownCancelQueued(t *testing.T) {
	p := newSelfPool(t, "good", ProcessOptions{Workers: 1})
	release := hold(t, p, t.Context())
	queued, done := make(chan error, 1), make(chan error, 1)
	if err := p.Submit(t.Context(), func(context.Context) { t.Error("ran") }, func(err error) { queued <- err }); err != nil {
		t.Fatal(err)
	}
	go func() { done <- p.Shutdown(t.Context(), CancelQueued) }()
	if err := <-queued; err != ErrShutdown {
		t.Error(err)
	}
	if err := release(); err != nil {
		t.Error(err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestProcessShutdownCancelAll(t *testing.T) {
	for _, mode := range []string{"good", "mute", "dies"} {
		p := newSelfPool(t, mode, ProcessOptions{Workers: 3})
		const n = 5
		results := make(chan error, n)
		started := make(chan struct{}, n)
		for range n {
			go func() {
				_, err := p.Do(t.Context(), Request{Data: childRequest{Op: "deaf"}}, func(Response) error {
					started <- struct{}{}
					return nil
				})
				results <- err
			}()
		}
		if mode == "good" {
			<-started
		}
		until(p, func(s ProcessStats) bool { return s.Submitted == n })
		if err := p.Shutdown(t.Context(), CancelAll); err != nil {
			t.Error(err)
		}
		for range n {
			if err := <-results; err != ErrShutdown && mode != "dies" {
				t.Errorf("%s: %v", mode, err)
			}
		}
	}
	empty := newSelfPool(t, "good", ProcessOptions{})
	if err := empty.Shutdown(t.Context(), Drain); err != nil {
		t.Error(err)
	}
	if _, err := empty.Info(t.Context()); err != ErrShutdown {
		t.Error(err)
	}
}

// The pool leaves no goroutine behind.
func TestProcessGoroutines(t *testing.T) {
	before := runtime.NumGoroutine()
	p := newSelfPool(t, "good", ProcessOptions{Workers: 3})
	ask(t, p, childRequest{Op: "echo"})
	fail(t, p, childRequest{Op: "exit", N: 1})
	if err := p.Shutdown(t.Context(), Drain); err != nil {
		t.Error(err)
	}
	for runtime.NumGoroutine() > before { // their last instructions
		runtime.Gosched()
	}
}
