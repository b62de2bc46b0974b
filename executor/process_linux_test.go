package executor

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// checkNoChildren checks that this process has none, not even zombies.
func checkNoChildren(t testing.TB) {
	t.Helper()
	starter.mu.Lock()
	users := starter.users
	starter.mu.Unlock()
	if users > 0 {
		return // of another pool of the same test
	}
	files, _ := filepath.Glob("/proc/self/task/*/children")
	for _, file := range files {
		if b, err := os.ReadFile(file); err == nil && len(b) > 0 {
			t.Errorf("children left: %s", b)
		}
	}
}

// ended says whether a process that is not our child is gone, or nothing but a zombie that nobody reaps.
func ended(pid int) bool {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err != nil || strings.HasPrefix(string(b[strings.LastIndexByte(string(b), ')')+1:]), " Z")
}

type childLimit struct{ Data, AS, CPU, Core uint64 }

func childLimits() any {
	get := func(resource int) uint64 {
		var r unix.Rlimit
		_ = unix.Getrlimit(resource, &r)
		return r.Cur
	}
	return childLimit{get(unix.RLIMIT_DATA), get(unix.RLIMIT_AS), get(unix.RLIMIT_CPU), get(unix.RLIMIT_CORE)}
}

func TestLimitsAreSet(t *testing.T) {
	const much = 1 << 46 // does not disturb the race detector
	for _, kind := range []MemoryKind{MemoryData, MemoryAddressSpace} {
		p := newSelfPool(t, "good", ProcessOptions{Memory: much, MemoryKind: kind, CPU: 1500 * time.Millisecond})
		var got childLimit
		if err := json.Unmarshal([]byte(ask(t, p, childRequest{Op: "limits"})), &got); err != nil {
			t.Fatal(err)
		}
		memory, other := got.Data, got.AS
		if kind == MemoryAddressSpace {
			memory, other = other, memory
		}
		if memory != much || other == much || got.Core != 0 || got.CPU < 2 || got.CPU > 60 {
			t.Errorf("%d: %+v", kind, got)
		}
		want := Limits{Memory: much, CPU: 2 * time.Second, Group: true, DieWithUs: true, CPUKnown: true}
		if l := p.Limits(); l != want {
			t.Errorf("%+v", l)
		}
	}
}

// Without tracing the limits are there as well, as soon as a request is.
func TestLimitsOfARunningProcess(t *testing.T) {
	p := newSelfPool(t, "good", ProcessOptions{Workers: 1})
	pid, _ := strconv.Atoi(ask(t, p, childRequest{Op: "pid"}))
	const much = 1 << 46
	if err := setLimits(pid, ProcessOptions{Memory: much, CPU: time.Hour}); err != nil {
		t.Fatal(err)
	}
	var got childLimit
	if err := json.Unmarshal([]byte(ask(t, p, childRequest{Op: "limits"})), &got); err != nil {
		t.Fatal(err)
	}
	if got.Data != much || got.CPU < 3600 || got.CPU > 3660 {
		t.Errorf("%+v", got)
	}
	// A limit never goes up again.
	if err := lowerLimit(pid, unix.RLIMIT_DATA, 2*much); err != nil {
		t.Error(err)
	}
	if err := json.Unmarshal([]byte(ask(t, p, childRequest{Op: "limits"})), &got); err != nil || got.Data != much {
		t.Errorf("%+v, %v", got, err)
	}
	if err := setLimits(1<<22+1, ProcessOptions{}); !errors.Is(err, unix.ESRCH) {
		t.Errorf("limits of no process: %v", err)
	}
}

// The time is counted for each request anew: a child does not wear out.
func TestCPULimitIsRenewed(t *testing.T) {
	p := newSelfPool(t, "good", ProcessOptions{Workers: 1, CPU: time.Second})
	pid, _ := strconv.Atoi(ask(t, p, childRequest{Op: "pid"}))
	limitCPU(pid, 0) // no limit asked for, none changed
	if err := unix.Prlimit(pid, unix.RLIMIT_CPU, &unix.Rlimit{Cur: 1000, Max: unix.RLIM_INFINITY}, nil); err != nil {
		t.Fatal(err)
	}
	var got childLimit
	if err := json.Unmarshal([]byte(ask(t, p, childRequest{Op: "limits"})), &got); err != nil {
		t.Fatal(err)
	}
	if got.CPU > 60 {
		t.Errorf("%+v", got)
	}
}

func TestKillTakesTheGroup(t *testing.T) {
	stop := errors.New("stop")
	for _, how := range []string{"cancel", "each", "crash", "shutdown"} {
		t.Run(how, func(t *testing.T) {
			p := newSelfPool(t, "good", ProcessOptions{Workers: 1})
			ctx, cancel := context.WithCancelCause(t.Context())
			defer cancel(nil)
			req := childRequest{Op: "grandchild"}
			if how == "crash" {
				req.N = 3
			}
			grand := 0
			_, err := p.Do(ctx, Request{Data: req}, func(r Response) error {
				grand, _ = strconv.Atoi(string(r.Data))
				switch how {
				case "cancel":
					cancel(stop)
				case "each":
					return stop
				case "shutdown":
					go p.Shutdown(t.Context(), CancelAll)
				}
				return nil
			})
			var crash *CrashError
			switch {
			case how == "crash" && (!errors.As(err, &crash) || crash.Code != 3):
				t.Errorf("%v", err)
			case how == "shutdown" && err != ErrShutdown:
				t.Errorf("%v", err)
			case (how == "cancel" || how == "each") && err != stop:
				t.Errorf("%v", err)
			}
			if grand == 0 {
				t.Fatal("no grandchild")
			}
			for !ended(grand) {
				runtime.Gosched()
			}
		})
	}
}

// The kernel ties a child to the thread that started it. Threads end: here the one that made the first request.
func TestChildOutlivesTheThread(t *testing.T) {
	p := newSelfPool(t, "good", ProcessOptions{Workers: 1})
	tid, pid := make(chan int), ""
	go func() {
		runtime.LockOSThread() // and never unlocked: the thread ends with the goroutine
		pid = ask(t, p, childRequest{Op: "pid"})
		tid <- unix.Gettid()
	}()
	if tid := <-tid; tid != unix.Getpid() { // the main thread alone would stay
		for {
			if _, err := os.Stat("/proc/self/task/" + strconv.Itoa(tid)); errors.Is(err, os.ErrNotExist) {
				break
			}
			runtime.Gosched()
		}
	}
	if again := ask(t, p, childRequest{Op: "pid"}); again != pid {
		t.Errorf("child %s, then %s", pid, again)
	}
	if s := p.Stats(); s.Starts != 1 {
		t.Errorf("%+v", s)
	}
}

// beParent is a program with a pool that gets no chance to shut it down.
func beParent() {
	self, _ := os.Executable()
	p := NewProcessPool(ProcessOptions{Command: []string{self}, Env: []string{childEnv + "=good"}})
	_, _ = p.Do(context.Background(), Request{Data: childRequest{Op: "pid"}}, func(r Response) error {
		fmt.Printf("{\"protocol\":1,\"data\":%s}\n", r.Data)
		return nil
	})
	select {}
}

func TestChildrenDieWithUs(t *testing.T) {
	p := newSelfPool(t, "parent", ProcessOptions{Workers: 1}) // the parent is a child of ours
	info, err := p.Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	pid, _ := strconv.Atoi(string(info.Data))
	if pid == 0 || ended(pid) {
		t.Fatalf("child %d", pid)
	}
	// The group of the parent is killed; that of its child is another.
	if err := p.Shutdown(t.Context(), Drain); err != nil {
		t.Fatal(err)
	}
	for !ended(pid) {
		runtime.Gosched()
	}
}

// A process that left the group cannot be killed, but nobody waits for it either.
func TestNothingWaitsForAnEscapedProcess(t *testing.T) {
	sh, err := filepath.EvalSymlinks("/bin/sh")
	if _, noSetsid := os.Stat("/usr/bin/setsid"); err != nil || noSetsid != nil {
		t.Skip("needs sh and setsid")
	}
	// The escaped one holds all three pipes and ends with its input, which is closed when all is over.
	const script = `echo '{"protocol":1}'; read x; exec 3<&0; setsid sh -c 'echo "{\"id\":1,\"data\":$$}"; read x; read x' <&3 & wait`
	p := newTestPool(t, ProcessOptions{Command: []string{sh, "-c", script}, Workers: 1})
	ctx, cancel := context.WithCancel(t.Context())
	escaped := 0
	_, err = p.Do(ctx, Request{}, func(r Response) error {
		escaped, _ = strconv.Atoi(string(r.Data))
		cancel()
		return nil
	})
	if err != context.Canceled || escaped == 0 {
		t.Fatalf("%v, %d", err, escaped)
	}
	if err := unix.Kill(escaped, unix.SIGKILL); err != nil { // so that the reaper need not wait out its time
		t.Error(err)
	}
}

func TestNoDescriptorIsLeft(t *testing.T) {
	count := func() int {
		files, err := os.ReadDir("/proc/self/fd")
		if err != nil {
			t.Fatal(err)
		}
		return len(files)
	}
	round := func() {
		p := newSelfPool(t, "good", ProcessOptions{Workers: 2})
		ask(t, p, childRequest{Op: "echo"})
		fail(t, p, childRequest{Op: "exit", N: 1})
		fail(t, p, childRequest{Op: "garbage"})
		bad := newSelfPool(t, "dies", ProcessOptions{})
		fail(t, bad, childRequest{})
		none := newTestPool(t, ProcessOptions{Command: []string{"/does/not/exist"}})
		fail(t, none, childRequest{})
		for _, p := range []*ProcessPool{p, bad, none} {
			if err := p.Shutdown(t.Context(), CancelAll); err != nil {
				t.Error(err)
			}
		}
	}
	round() // opens what the runtime needs
	before := count()
	round()
	if after := count(); after > before {
		t.Errorf("%d descriptors before, %d after", before, after)
	}
	starter.mu.Lock()
	defer starter.mu.Unlock()
	if starter.users != 0 {
		t.Errorf("the starter counts %d children", starter.users)
	}
}

func TestUsageOfARequest(t *testing.T) {
	p := newSelfPool(t, "good", ProcessOptions{Workers: 1})
	u, err := p.Do(t.Context(), Request{Data: childRequest{Op: "count", N: 100}, Body: make([]byte, 1<<16)}, nil)
	if err != nil || !u.CPUKnown || u.CPU <= 0 || u.Wall <= 0 || u.Queue <= 0 {
		t.Errorf("%+v, %v", u, err)
	}
	u, err = p.Do(t.Context(), Request{Data: childRequest{Op: "exit", N: 1}}, nil)
	if err == nil || !u.CPUKnown || u.Wall <= 0 {
		t.Errorf("crashed: %+v, %v", u, err)
	}
}

// What a launcher has waited for before it became the child is none of a request's CPU time, also when the child dies of it.
func TestUsageBehindALauncher(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := newTestPool(t, ProcessOptions{
		Command: []string{"/bin/sh", "-c", `x=$(i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; echo $i); exec "$0"`, self},
		Env:     []string{childEnv + "=good"}, Workers: 1,
	})
	var pid int
	if _, err := p.Do(t.Context(), Request{Data: childRequest{Op: "pid"}}, func(r Response) error { return json.Unmarshal(r.Data, &pid) }); err != nil {
		t.Fatal(err)
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(stat), ") ")
	ticks, err := strconv.Atoi(strings.Fields(rest)[13]) // cutime: see proc_pid_stat(5), where that is number 16
	if err != nil || ticks < 2 {
		t.Skipf("the launcher has used %d ticks, which tells nothing: %v", ticks, err)
	}
	u, err := p.Do(t.Context(), Request{Data: childRequest{Op: "exit", N: 1}}, nil)
	if launched := time.Duration(ticks) * 10 * time.Millisecond; err == nil || !u.CPUKnown || u.CPU >= launched {
		t.Errorf("%+v, %v; the launcher has used %v", u, err, launched)
	}
}

// forbidTracing makes the kernel answer ptrace as given on this thread and in what it starts, for good.
func forbidTracing(t *testing.T, answer uint32) {
	filter := []unix.SockFilter{
		{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: 0}, // the number of the system call
		{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, K: unix.SYS_PTRACE, Jf: 1},
		{Code: unix.BPF_RET | unix.BPF_K, K: answer},
		{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_ALLOW},
	}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		t.Skip(err)
	}
	prog := unix.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]}
	if err := unix.Prctl(unix.PR_SET_SECCOMP, unix.SECCOMP_MODE_FILTER, uintptr(unsafe.Pointer(&prog)), 0, 0); err != nil {
		t.Skip(err)
	}
}

// Where tracing is forbidden children start nevertheless, with their limits.
func TestStartWithoutTracing(t *testing.T) {
	for name, answer := range map[string]uint32{
		"refused": unix.SECCOMP_RET_ERRNO | uint32(unix.EPERM),
		"killed":  unix.SECCOMP_RET_KILL_PROCESS,
	} {
		t.Run(name, func(t *testing.T) {
			over := make(chan struct{})
			go func() { // on a thread that ends with it
				defer close(over)
				runtime.LockOSThread()
				forbidTracing(t, answer)
				self, _ := os.Executable()
				r, w, err := os.Pipe()
				if err != nil {
					t.Error(err)
					return
				}
				defer r.Close()
				defer w.Close()
				attr := &os.ProcAttr{Env: []string{childEnv + "=good"}, Files: []*os.File{r}}
				proc, err := startLimited(self, []string{self}, attr, ProcessOptions{CPU: time.Hour})
				if err != nil {
					t.Error(err)
					return
				}
				var have unix.Rlimit
				if err := unix.Prlimit(proc.Pid, unix.RLIMIT_CPU, nil, &have); err != nil || have.Cur < 3600 || have.Cur > 3660 {
					t.Errorf("%+v, %v", have, err)
				}
				killProcess(proc)
				if !awaitExit(proc) {
					t.Error("no zombie")
				}
				if state, err := proc.Wait(); err != nil || state.String() != "signal: killed" {
					t.Errorf("%v, %v", state, err)
				}
				if awaitExit(proc) {
					t.Error("a zombie after Wait")
				}
			}()
			<-over
		})
	}
}

// A script is a file for each child, and on no disk.
func TestScript(t *testing.T) {
	p := NewProcessPool(ProcessOptions{
		Command: []string{"/bin/sh", "/proc/self/fd/3"}, Warm: -1,
		Script: "echo \"{\\\"protocol\\\":1,\\\"name\\\":\\\"$(readlink /proc/self/fd/3)\\\"}\"\nread request\necho '{\"id\":1,\"done\":true}'\ncat >/dev/null\n",
	})
	// Two at a time, each a child's first.
	var both sync.WaitGroup
	both.Add(2)
	finished := make(chan error, 2)
	for range 2 {
		if err := p.Submit(t.Context(), func(ctx context.Context) {
			both.Done()
			both.Wait()
			if _, err := p.Do(ctx, Request{}, nil); err != nil {
				t.Error(err)
			}
		}, func(err error) { finished <- err }); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		if err := <-finished; err != nil {
			t.Error(err)
		}
	}
	if info, err := p.Info(t.Context()); err != nil || info.Name != "/memfd:script (deleted)" {
		t.Errorf("got %+v, %v", info, err)
	}
	if err := p.Shutdown(t.Context(), CancelAll); err != nil {
		t.Fatal(err)
	}
	checkNoChildren(t)
}
