package executor

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"testing"
	"time"
)

// childEnv makes the test binary a child of a process pool. Its value says what becomes of the hello.
const childEnv = "EXECUTOR_TEST_CHILD"

func TestMain(m *testing.M) {
	switch mode := os.Getenv(childEnv); mode {
	case "":
		os.Exit(m.Run())
	case "parent":
		beParent()
	default:
		beChild(mode)
	}
}

// childRequest is what the test child is asked: Data of a request.
type childRequest struct {
	Op   string `json:"op"`
	N    int    `json:"n,omitempty"`
	Data string `json:"data,omitempty"`
}

func beChild(mode string) {
	in, out := bufio.NewReader(os.Stdin), os.Stdout
	send := func(h header, body string) {
		h.Bytes = int64(len(body))
		b, _ := appendHeader(nil, h)
		_, _ = out.Write(append(b, body...))
	}
	hello := header{Protocol: 1, Name: "test", Version: "1.2", Data: json.RawMessage(`{"pid":` + fmt.Sprint(os.Getpid()) + `}`)}
	switch mode {
	case "good":
	case "mute":
		deaf()
	case "dies":
		fmt.Fprintln(os.Stderr, "no such module")
		os.Exit(7)
	case "garbage":
		fmt.Println("Welcome!")
		deaf()
	case "protocol 2":
		hello.Protocol = 2
	case "unwilling":
		reason := "no regex here"
		hello.Error = &reason
	case "grand":
		deaf()
	}
	send(hello, "")
	if mode == "hello, goodbye" {
		os.Exit(8)
	}
	remembered := ""
	for {
		line, err := in.ReadBytes('\n')
		if err != nil {
			os.Exit(0)
		}
		var h header
		var req childRequest
		if json.Unmarshal(line, &h) != nil || h.Data != nil && json.Unmarshal(h.Data, &req) != nil {
			os.Exit(99)
		}
		if req.Op == "early" { // answers without reading the body, and never does
			send(header{ID: h.ID, Done: true}, "")
			deaf()
		}
		if req.Op == "close input" { // neither reads the body nor says anything
			_ = os.Stdin.Close()
			deaf()
		}
		body := make([]byte, h.Bytes)
		if _, err := io.ReadFull(in, body); err != nil {
			os.Exit(0)
		}
		answer := func(data any, body string) {
			b, _ := json.Marshal(data)
			send(header{ID: h.ID, Done: true, Data: b}, body)
		}
		switch req.Op {
		case "echo":
			answer(req.Data, string(body))
		case "count":
			for i := range req.N {
				send(header{ID: h.ID, Data: json.RawMessage(fmt.Sprint(i))}, string(body))
			}
			send(header{ID: h.ID, Done: true}, "")
		case "error":
			message := "bad pattern"
			send(header{ID: h.ID, Error: &message, Data: json.RawMessage(`{"at":3}`)}, "more")
		case "pid":
			answer(os.Getpid(), "")
		case "env":
			dir, _ := os.Getwd()
			answer(append(os.Environ(), "DIR="+dir), "")
		case "limits":
			answer(childLimits(), "")
		case "remember":
			remembered = req.Data
			answer(nil, "")
		case "recall":
			answer(remembered, "")
		case "deaf": // one frame, and nothing more
			send(header{ID: h.ID}, "")
			deaf()
		case "grandchild": // its number, and nothing more
			grand := exec.Command("/proc/self/exe")
			grand.Env = []string{childEnv + "=grand"}
			grand.Stdin, grand.Stdout, grand.Stderr = os.Stdin, os.Stdout, os.Stderr
			if err := grand.Start(); err != nil {
				os.Exit(98)
			}
			send(header{ID: h.ID, Data: json.RawMessage(fmt.Sprint(grand.Process.Pid))}, "")
			if req.N > 0 {
				os.Exit(req.N)
			}
			deaf()
		case "exit":
			fmt.Fprint(os.Stderr, req.Data)
			os.Exit(req.N)
		case "garbage":
			fmt.Println("Traceback (most recent call last):")
			deaf()
		case "null":
			fmt.Println("null")
		case "long":
			fmt.Println(strings.Repeat("x", req.N))
			deaf()
		case "announce": // a body that never comes
			fmt.Printf("{\"id\":%d,\"bytes\":%d}\n", h.ID, req.N)
			deaf()
		case "half":
			fmt.Printf("{\"id\":%d,\"bytes\":%d}\nabc", h.ID, req.N)
			os.Exit(0)
		case "negative":
			fmt.Printf("{\"id\":%d,\"bytes\":-1}\n", h.ID)
		case "wrong":
			send(header{ID: h.ID + 1, Done: true}, "")
		case "twice":
			b, _ := appendHeader(nil, header{ID: h.ID, Done: true})
			_, _ = out.Write(bytes.Repeat(b, 2))
		case "close":
			_ = os.Stdout.Close()
			deaf()
		default:
			os.Exit(97)
		}
	}
}

// deaf ignores every signal that can be ignored and never returns.
func deaf() {
	signal.Ignore()
	for {
		time.Sleep(time.Hour) // select{} alone would be a deadlock, for the runtime
	}
}

// newSelfPool returns a pool of test binaries.
func newSelfPool(t testing.TB, mode string, o ProcessOptions) *ProcessPool {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	o.Command = []string{self}
	o.Env = append(o.Env, childEnv+"="+mode)
	if testing.CoverMode() != "" { // or it writes a warning to standard error
		o.Env = append(o.Env, "GOCOVERDIR="+t.TempDir())
	}
	return newTestPool(t, o)
}

// newTestPool returns a pool that is shut down at the end of the test and looked at then.
func newTestPool(t testing.TB, o ProcessOptions) *ProcessPool {
	t.Helper()
	p := NewProcessPool(o)
	t.Cleanup(func() {
		if err := p.Shutdown(t.Context(), CancelAll); err != nil && t.Context().Err() == nil {
			t.Error(err)
		}
		<-p.drained
		checkProcesses(t, p)
		s := p.Stats()
		if s.Starting+s.Idle+s.Busy+s.Dying+s.Queued+s.Running != 0 {
			t.Errorf("something is left: %+v", s)
		}
		checkNoChildren(t)
	})
	return p
}

// checkProcesses checks what always holds.
func checkProcesses(t testing.TB, p *ProcessPool) {
	t.Helper()
	s := p.Stats()
	if n := s.Starting + s.Idle + s.Busy + s.Dying; n > s.Workers {
		t.Errorf("%d children: %+v", n, s)
	}
	if s.Submitted != s.Done+s.Dropped+uint64(s.Queued+s.Running) {
		t.Errorf("requests do not add up: %+v", s)
	}
	if s.Running > s.Workers {
		t.Errorf("bound exceeded: %+v", s)
	}
}

// ask makes one request and returns the data of the final frame.
func ask(t testing.TB, p *ProcessPool, req childRequest) string {
	t.Helper()
	var data string
	_, err := p.Do(t.Context(), Request{Data: req}, func(r Response) error {
		data = string(r.Data)
		return nil
	})
	if err != nil {
		t.Fatalf("%+v: %v", req, err)
	}
	return data
}

// fail makes one request that has to fail.
func fail(t testing.TB, p *ProcessPool, req childRequest) error {
	t.Helper()
	_, err := p.Do(t.Context(), Request{Data: req}, nil)
	if err == nil {
		t.Fatalf("%+v: no error", req)
	}
	return err
}
