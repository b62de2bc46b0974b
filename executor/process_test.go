package executor

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"
)

var _ submitter = (*ProcessPool)(nil)

func TestProcessEcho(t *testing.T) {
	p := newSelfPool(t, "good", ProcessOptions{})
	if s := p.Stats(); s.Starts != 0 {
		t.Errorf("started before it was wanted: %+v", s)
	}
	for _, n := range []int{0, 1, inlineRequest, 1 << 20, 3<<20 + 1} {
		body := make([]byte, n)
		for i := range body {
			body[i] = byte(i * i >> 3)
		}
		var got Response
		_, err := p.Do(t.Context(), Request{Data: childRequest{Op: "echo", Data: "a\n\u2028é"}, Body: body}, func(r Response) error {
			got = r
			return nil
		})
		var data string
		if err != nil || json.Unmarshal(got.Data, &data) != nil || data != "a\n\u2028é" || string(got.Body) != string(body) || !got.Final {
			t.Errorf("%d bytes: %v, data %s, %d bytes, final %v", n, err, got.Data, len(got.Body), got.Final)
		}
	}
	info, err := p.Info(t.Context())
	if err != nil || info.Name != "test" || info.Version != "1.2" || len(info.Data) == 0 {
		t.Errorf("%+v, %v", info, err)
	}
	if s := p.Stats(); s.Requests != 5 || s.Crashes+s.Kills != 0 {
		t.Errorf("%+v", s)
	}
}

// A request without a body is sent when its header is, however long that is and however late the answer's reader sees it.
func TestProcessLongHeaderWithoutBody(t *testing.T) {
	p := newSelfPool(t, "good", ProcessOptions{Workers: 1})
	data := strings.Repeat("x", inlineRequest)
	pid := ask(t, p, childRequest{Op: "pid"})
	for range 2000 {
		if _, err := p.Do(t.Context(), Request{Data: childRequest{Op: "echo", Data: data}}, nil); err != nil {
			t.Fatal(err)
		}
	}
	if again := ask(t, p, childRequest{Op: "pid"}); again != pid {
		t.Error("another child")
	}
}

func TestProcessInfoStartsAChild(t *testing.T) {
	p := newSelfPool(t, "good", ProcessOptions{Workers: 1})
	for range 2 {
		if info, err := p.Info(t.Context()); err != nil || info.Version != "1.2" {
			t.Errorf("%+v, %v", info, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := newSelfPool(t, "good", ProcessOptions{}).Info(ctx); err != context.Canceled {
		t.Error(err)
	}
}

func TestProcessStream(t *testing.T) {
	p := newSelfPool(t, "good", ProcessOptions{Workers: 1})
	next := 0
	_, err := p.Do(t.Context(), Request{Data: childRequest{Op: "count", N: 500}, Body: make([]byte, 5000)}, func(r Response) error {
		var i int
		if r.Final {
			if next != 500 || r.Data != nil || r.Body != nil {
				t.Errorf("final frame after %d: %+v", next, r)
			}
			return nil
		}
		if err := json.Unmarshal(r.Data, &i); err != nil || i != next || len(r.Body) != 5000 {
			t.Errorf("frame %d: %s, %d bytes", next, r.Data, len(r.Body))
		}
		next++
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestProcessRemoteError(t *testing.T) {
	p := newSelfPool(t, "good", ProcessOptions{Workers: 1})
	pid := ask(t, p, childRequest{Op: "pid"})
	err := fail(t, p, childRequest{Op: "error"})
	remote, ok := err.(*RemoteError)
	if !ok || err.Error() != "bad pattern" || string(remote.Data) != `{"at":3}` {
		t.Errorf("%#v", err)
	}
	if again := ask(t, p, childRequest{Op: "pid"}); again != pid {
		t.Error("the child did not survive its own error")
	}
}

func TestProcessRequestThatIsNoJSON(t *testing.T) {
	p := newSelfPool(t, "good", ProcessOptions{})
	_, err := p.Do(t.Context(), Request{Data: func() {}}, nil)
	if _, ok := errors.AsType[*json.UnsupportedTypeError](err); !ok {
		t.Error(err)
	}
	if s := p.Stats(); s.Submitted != 0 {
		t.Errorf("%+v", s)
	}
}

// What a child does wrong, and what is said of it. In all cases the next request finds a new child.
func TestProcessMisbehaviour(t *testing.T) {
	p := newSelfPool(t, "good", ProcessOptions{Workers: 1, MaxLine: 100 << 10, MaxBody: 1 << 20})
	for _, c := range []struct {
		req  childRequest
		body int
		want string // of the error
		code int    // of a CrashError
		own  bool   // ends by itself
	}{
		{childRequest{Op: "exit", N: 3, Data: "one\ntwo\n"}, 0, "executor: child process died: exit status 3\none\ntwo", 3, true},
		{childRequest{Op: "exit", Data: "bye"}, 0, "executor: child process died: exit status 0: bye", 0, true},
		{childRequest{Op: "exit", N: 1}, 1 << 20, "executor: child process died: exit status 1", 1, true},
		{childRequest{Op: "half", N: 1000}, 0, "executor: child process died: exit status 0", 0, true},
		{childRequest{Op: "close"}, 0, "executor: child process died: signal: killed", -1, false},
		{childRequest{Op: "close input"}, 1 << 20, "executor: child process died: signal: killed", -1, false},
		{childRequest{Op: "garbage"}, 0, `executor: child process broke the protocol: not a JSON object: "Traceback (most recent call last):\n"`, 0, false},
		{childRequest{Op: "null"}, 0, `executor: child process broke the protocol: not a JSON object: "null\n"`, 0, false},
		{childRequest{Op: "long", N: 300 << 10}, 0, `executor: child process broke the protocol: line too long: the limit is 102400 bytes: "` + strings.Repeat("x", lineExcerpt) + `"`, 0, false},
		{childRequest{Op: "long", N: 101 << 10}, 0, `executor: child process broke the protocol: line too long: the limit is 102400 bytes: "` + strings.Repeat("x", lineExcerpt) + `"`, 0, false},
		{childRequest{Op: "announce", N: 2 << 20}, 0, "executor: child process broke the protocol: body too long: 2097152 bytes, the limit is 1048576: ", 0, false},
		{childRequest{Op: "negative"}, 0, "executor: child process broke the protocol: negative length of the body: ", 0, false},
		{childRequest{Op: "wrong"}, 0, "executor: child process broke the protocol: answer to request ", 0, false},
		{childRequest{Op: "early"}, 1 << 20, "executor: child process broke the protocol: answered before the request was read", 0, false},
	} {
		pid := ask(t, p, childRequest{Op: "pid"})
		before := p.Stats()
		_, err := p.Do(t.Context(), Request{Data: c.req, Body: make([]byte, c.body)}, nil)
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%+v: %v, want %s", c.req, err, c.want)
		}
		if crash, ok := err.(*CrashError); ok && crash.Code != c.code {
			t.Errorf("%+v: code %d", c.req, crash.Code)
		}
		if again := ask(t, p, childRequest{Op: "pid"}); again == pid {
			t.Errorf("%+v: the same child", c.req)
		}
		after := p.Stats()
		if c.own && after.Crashes != before.Crashes+1 || !c.own && after.Kills != before.Kills+1 {
			t.Errorf("%+v: before %+v, after %+v", c.req, before, after)
		}
	}
}

// The answer is complete, so it counts; but nobody knows what such a child says next.
func TestProcessTalksOn(t *testing.T) {
	p := newSelfPool(t, "good", ProcessOptions{Workers: 1})
	pid := ask(t, p, childRequest{Op: "pid"})
	ask(t, p, childRequest{Op: "twice"})
	if again := ask(t, p, childRequest{Op: "pid"}); again == pid {
		t.Error("the same child")
	}
}

func TestProcessStderrIsBounded(t *testing.T) {
	p := newSelfPool(t, "good", ProcessOptions{Workers: 1})
	flood := strings.Repeat("noise, noise, noise\n", 10000) + "the last\nwords \xff\n"
	err := fail(t, p, childRequest{Op: "exit", N: 1, Data: flood})
	crash, ok := err.(*CrashError)
	if !ok || len(crash.Stderr) > stderrTail+8 || !strings.HasSuffix(crash.Stderr, "noise\nthe last\nwords \uFFFD") ||
		!strings.HasPrefix(crash.Stderr, "noise, noise, noise\n") {
		t.Errorf("%v", err)
	}
}

func TestProcessEnvironment(t *testing.T) {
	t.Setenv("EXECUTOR_SECRET", "secret")
	dir := t.TempDir()
	p := newSelfPool(t, "good", ProcessOptions{Env: []string{"A=b"}, Dir: dir})
	var got []string
	if err := json.Unmarshal([]byte(ask(t, p, childRequest{Op: "env"})), &got); err != nil {
		t.Fatal(err)
	}
	all := strings.Join(got, " ")
	if !strings.Contains(all, "A=b") || strings.Contains(all, "SECRET") || !strings.Contains(all, "DIR="+dir) {
		t.Error(all)
	}
	o := ProcessOptions{Command: []string{"./x"}}.withDefaults()
	if len(o.Env) < 2 || !strings.HasPrefix(o.Env[0], "PATH=") || o.Env[1] != "LC_ALL=C.UTF-8" || o.Dir != string(os.PathSeparator) {
		t.Errorf("%+v", o)
	}
	if o.Command[0] == "./x" {
		t.Error("relative to the working directory of the child")
	}
	if o := (ProcessOptions{Command: []string{"x"}, Env: []string{}}).withDefaults(); o.Env == nil {
		t.Error("an empty environment became ours")
	}
}

func TestProcessCancel(t *testing.T) {
	p := newSelfPool(t, "good", ProcessOptions{Workers: 1})
	superseded := errors.New("superseded")
	for range 3 {
		ctx, cancel := context.WithCancelCause(t.Context())
		_, err := p.Do(ctx, Request{Data: childRequest{Op: "deaf"}}, func(Response) error {
			cancel(superseded)
			return nil
		})
		if err != superseded {
			t.Error(err)
		}
	}
	ask(t, p, childRequest{Op: "echo"})
	if s := p.Stats(); s.Starts != 4 || s.Kills != 3 || s.Crashes != 0 {
		t.Errorf("%+v", s)
	}
}

func TestProcessDeadline(t *testing.T) {
	p := newSelfPool(t, "good", ProcessOptions{Workers: 1})
	ask(t, p, childRequest{Op: "echo"})
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := p.Do(ctx, Request{Data: childRequest{Op: "deaf"}, Body: make([]byte, 1<<20)}, nil); err != context.DeadlineExceeded {
		t.Error(err)
	}
	ask(t, p, childRequest{Op: "echo"})
}

func TestProcessCancelledBefore(t *testing.T) {
	p := newSelfPool(t, "good", ProcessOptions{Workers: 1})
	ask(t, p, childRequest{Op: "echo"})
	why := errors.New("why")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(why)
	if _, err := p.Do(ctx, Request{Data: childRequest{Op: "echo"}}, nil); err != why {
		t.Error(err)
	}
	ask(t, p, childRequest{Op: "echo"})
	if s := p.Stats(); s.Starts != 1 || s.Requests != 2 {
		t.Errorf("a request that was never sent cost a child: %+v", s)
	}
}

func TestProcessEachFails(t *testing.T) {
	p := newSelfPool(t, "good", ProcessOptions{Workers: 1})
	enough := &RemoteError{Message: "enough"} // of a type that means something else elsewhere
	_, err := p.Do(t.Context(), Request{Data: childRequest{Op: "count", N: 1 << 30}, Body: make([]byte, 100<<10)}, func(Response) error { return enough })
	if err != error(enough) {
		t.Error(err)
	}
	func() {
		defer func() {
			if v := recover(); v != "bang" {
				t.Error(v)
			}
		}()
		_, _ = p.Do(t.Context(), Request{Data: childRequest{Op: "deaf"}, Body: make([]byte, 1<<20)}, func(Response) error { panic("bang") })
	}()
	ask(t, p, childRequest{Op: "echo"})
	if s := p.Stats(); s.Kills != 2 {
		t.Errorf("%+v", s)
	}
}

func TestProcessCommandNotFound(t *testing.T) {
	p := newTestPool(t, ProcessOptions{Command: []string{"executor-no-such-program"}})
	err := fail(t, p, childRequest{})
	if _, ok := errors.AsType[*StartError](err); !ok || !errors.Is(err, exec.ErrNotFound) {
		t.Error(err)
	}
	defer func() {
		if recover() == nil {
			t.Error("a pool without a command")
		}
	}()
	NewProcessPool(ProcessOptions{})
}

func TestProcessBadStart(t *testing.T) {
	for mode, want := range map[string]string{
		"dies":       "executor: child process did not start: executor: child process died: exit status 7: no such module",
		"garbage":    `executor: child process did not start: executor: child process broke the protocol: not a JSON object: "Welcome!\n"`,
		"protocol 2": "executor: child process did not start: executor: child process broke the protocol: hello with protocol 2, want 1",
		"unwilling":  "executor: child process did not start: no regex here",
	} {
		p := newSelfPool(t, mode, ProcessOptions{})
		if err := fail(t, p, childRequest{}); err.Error() != want {
			t.Errorf("%v\nwant %s", err, want)
		}
		if s := p.Stats(); s.Starts != 1 || s.Failures != 1 {
			t.Errorf("%s: %+v", mode, s)
		}
	}
	p := newSelfPool(t, "mute", ProcessOptions{StartTimeout: time.Millisecond})
	if err := fail(t, p, childRequest{}); err.Error() != "executor: child process did not start: no hello within 1ms" {
		t.Error(err)
	}
}

// A child that is not accepted has not started, and is gone.
func TestProcessIsNotAccepted(t *testing.T) {
	p := newSelfPool(t, "good", ProcessOptions{Accept: func(i Info) error { return fmt.Errorf("%s is of version %s", i.Name, i.Version) }})
	if err := fail(t, p, childRequest{}); err.Error() != "executor: child process did not start: test is of version 1.2" {
		t.Error(err)
	}
	if s := p.Stats(); s.Starts != 1 || s.Failures != 1 || s.Kills != 1 || s.Idle+s.Busy+s.Starting != 0 {
		t.Errorf("%+v", s)
	}
}

// clock is a clock that a test moves.
type clock struct{ now time.Time }

func (c *clock) read() time.Time { return c.now }

// move moves the clock of a pool.
func (c *clock) move(p *ProcessPool, d time.Duration) {
	p.mu.Lock()
	c.now = c.now.Add(d)
	p.mu.Unlock()
}

func TestProcessPause(t *testing.T) {
	p := newSelfPool(t, "dies", ProcessOptions{Workers: 4})
	c := &clock{time.Now()}
	p.now = c.read
	wait := firstPause
	for round := 1; round <= 4; round++ {
		for range 3 { // the first is the try, the others fail at once
			err := fail(t, p, childRequest{})
			start, ok := err.(*StartError)
			if !ok || start.Failures != round || !start.Retry.Equal(c.now.Add(wait)) {
				t.Errorf("%#v", err)
			}
		}
		if s := p.Stats(); s.Starts != uint64(round) {
			t.Errorf("round %d: %+v", round, s)
		}
		c.move(p, wait)
		wait *= 2
	}
	if pause(9) != 256*firstPause || pause(10) != maxPause || pause(1000) != maxPause {
		t.Error("pause")
	}
}

// A child that greets and leaves costs one start for each request at most, and pauses count up.
func TestProcessHelloGoodbye(t *testing.T) {
	p := newSelfPool(t, "hello, goodbye", ProcessOptions{Workers: 4, Warm: 4})
	c := &clock{time.Now()}
	p.now = c.read
	for i := range uint64(6) {
		before := p.Stats()
		fail(t, p, childRequest{Op: "echo"})
		for { // until all that were started are gone
			s := p.Stats()
			if s.Starting+s.Idle+s.Busy+s.Dying == 0 {
				break
			}
			checkProcesses(t, p)
			runtime.Gosched()
		}
		// Until one has failed, there are spare ones as well, four children at a time; the one asked is replaced.
		if s := p.Stats(); s.Starts > before.Starts+5 || i > 3 && s.Starts > before.Starts+1 {
			t.Errorf("round %d: before %+v, after %+v", i, before, s)
		}
		c.move(p, maxPause)
	}
}
