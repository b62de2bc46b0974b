package executor

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

var (
	//go:embed testdata/child.py
	pythonChild string
	//go:embed testdata/child.js
	nodeChild string
	//go:embed testdata/child.pl
	perlChild string
)

// runtimes are the commands of the children in other languages, for those that this machine has.
var runtimes = sync.OnceValue(func() map[string][]string {
	found := make(map[string][]string)
	// What PATH has may be a launcher, which is slow and would be started again and again.
	if out, err := exec.Command("python3", "-c", "import sys; print(sys.executable)").Output(); err == nil {
		found["python"] = []string{strings.TrimSpace(string(out)), "-I", "-S", "-c", pythonChild}
	}
	if path, err := exec.LookPath("node"); err == nil {
		found["node"] = []string{path, "-e", nodeChild}
	}
	if path, err := exec.LookPath("perl"); err == nil {
		found["perl"] = []string{path, "-e", perlChild}
	}
	return found
})

func eachRuntime(t *testing.T, o ProcessOptions, test func(t *testing.T, name string, p *ProcessPool)) {
	if len(runtimes()) == 0 {
		t.Skip("neither python3 nor node nor perl")
	}
	for name, command := range runtimes() {
		t.Run(name, func(t *testing.T) {
			o.Command = command
			test(t, name, newTestPool(t, o))
		})
	}
}

func TestRuntimes(t *testing.T) {
	big := make([]byte, 10<<20)
	for i := range big {
		big[i] = byte(i>>8 ^ i)
	}
	eachRuntime(t, ProcessOptions{Workers: 1}, func(t *testing.T, name string, p *ProcessPool) {
		info, err := p.Info(t.Context())
		if err != nil || info.Name != name || info.Version == "" {
			t.Fatalf("%+v, %v", info, err)
		}
		for _, body := range [][]byte{nil, {0}, []byte("\r\n\x00\xff\n{}\n"), big} {
			var got Response
			_, err := p.Do(t.Context(), Request{Data: childRequest{Op: "echo", Data: "é\u2028\n"}, Body: body}, func(r Response) error {
				got = r
				return nil
			})
			var data string
			if err != nil || json.Unmarshal(got.Data, &data) != nil || data != "é\u2028\n" || !bytes.Equal(got.Body, body) {
				t.Errorf("%d bytes: %v, %s, %d bytes", len(body), err, got.Data, len(got.Body))
			}
		}
		n := 0
		_, err = p.Do(t.Context(), Request{Data: childRequest{Op: "count", N: 100}, Body: big[:3000]}, func(r Response) error {
			if !r.Final {
				if string(r.Data) != strconv.Itoa(n) || !bytes.Equal(r.Body, big[:3000]) {
					t.Errorf("frame %d: %s, %d bytes", n, r.Data, len(r.Body))
				}
				n++
			}
			return nil
		})
		if err != nil || n != 100 {
			t.Errorf("%d frames, %v", n, err)
		}
		if err := fail(t, p, childRequest{Op: "nonsense"}); !strings.HasSuffix(err.Error(), "no such op: nonsense") {
			t.Error(err)
		}
		if s := p.Stats(); s.Starts != 1 {
			t.Errorf("%+v", s)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		defer cancel()
		if _, err := p.Do(ctx, Request{Data: childRequest{Op: "spin"}}, nil); err != context.DeadlineExceeded {
			t.Error(err)
		}
		ask(t, p, childRequest{Op: "echo"})
	})
}

// Each has its own way to run out of memory; none takes the pool with it.
func TestRuntimeMemoryLimit(t *testing.T) {
	const memory = 600 << 20 // node wants some hundred megabytes for its threads' stacks
	o := ProcessOptions{Workers: 1, Memory: memory}
	eachRuntime(t, o, func(t *testing.T, name string, p *ProcessPool) {
		if p.Limits().Memory == 0 {
			t.Skip("no limits on this system")
		}
		if got := ask(t, p, childRequest{Op: "alloc", N: 10 << 20}); got != strconv.Itoa(10<<20) {
			t.Error(got)
		}
		err := fail(t, p, childRequest{Op: "alloc", N: 1 << 30})
		_, remote := err.(*RemoteError)
		crash, crashed := err.(*CrashError)
		if !remote && !crashed || crashed && crash.MaxRSS > memory {
			t.Errorf("%#v", err)
		}
		ask(t, p, childRequest{Op: "alloc", N: 10 << 20})
	})
}

func TestRuntimeCPULimit(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds of CPU time")
	}
	for _, name := range []string{"perl", "python", "node"} {
		command, ok := runtimes()[name]
		if !ok {
			continue
		}
		p := newTestPool(t, ProcessOptions{Command: command, Workers: 1, CPU: 100 * time.Millisecond})
		if p.Limits().CPU == 0 {
			t.Skip("no limits on this system")
		}
		u, err := p.Do(t.Context(), Request{Data: childRequest{Op: "spin"}}, nil)
		crash, ok := err.(*CrashError)
		if !ok || !crash.CPULimit || !strings.Contains(err.Error(), "CPU limit") || u.CPU <= 0 {
			t.Errorf("%v, %+v", err, u)
		}
		return // one is enough
	}
	t.Skip("neither python3 nor node nor perl")
}

// While each does not return, the child gets no further than its pipe and the reader's buffer allow.
func TestRuntimeBackPressure(t *testing.T) {
	eachRuntime(t, ProcessOptions{Workers: 1}, func(t *testing.T, name string, p *ProcessPool) {
		pid := ask(t, p, childRequest{Op: "pid"})
		written := func() (n int64) {
			b, err := os.ReadFile("/proc/" + pid + "/io")
			if err != nil {
				t.Skip(err)
			}
			for line := range strings.Lines(string(b)) {
				if value, ok := strings.CutPrefix(line, "wchar: "); ok {
					n, _ = strconv.ParseInt(strings.TrimSpace(value), 10, 64)
				}
			}
			return n
		}
		before := written()
		stop := errors.New("stop")
		frames := 0
		_, err := p.Do(t.Context(), Request{Data: childRequest{Op: "count", N: 1 << 20}, Body: make([]byte, 10000)}, func(r Response) error {
			frames++
			if frames < 20 {
				return nil
			}
			// Twenty frames were taken. The child goes on until it is blocked; where it is by then does not matter.
			for last := int64(-1); last != written(); {
				last = written()
			}
			if ahead := written() - before - 20*10000; ahead > 256<<10 {
				t.Errorf("the child is %d bytes ahead", ahead)
			}
			return stop
		})
		if err != stop {
			t.Error(err)
		}
	})
}
