package engine

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/regexdbg/regexdbg/executor"
)

// faultyScript is a runtime that does what its pattern says, once it has answered
// a compilation well.
const faultyScript = `
import json, os, sys
source, sink = sys.stdin.buffer, sys.stdout.buffer
def send(header, body=b""):
    sink.write(json.dumps({**header, "bytes": len(body)}).encode() + b"\n" + body)
    sink.flush()
def numbers(*n):
    return b"".join(i.to_bytes(4, "little", signed=True) for i in n)
send({"protocol": 1, "name": "faulty", "version": "1", "data": {}})
while line := source.readline():
    header = json.loads(line)
    source.read(header.get("bytes", 0))
    id, data = header["id"], header["data"]
    if data["op"] == "compile":
        send({"id": id, "done": True, "data": {"groups": 0, "names": []}})
        continue
    what = bytes.fromhex(data["pattern"]).decode()
    send({"id": id}, numbers(0, 1))
    if what == "crash":
        os.abort()
    elif what == "exit":
        sys.exit("sorry")
    elif what == "hang":
        while True: pass
    elif what == "rubbish":
        sink.write(b"Traceback (most recent call last):\n")
    elif what == "half":
        send({"id": id}, b"abc")
    elif what == "beyond":
        send({"id": id}, numbers(1, 1000))
    elif what == "backwards":
        send({"id": id}, numbers(2, 1))
    elif what == "repeat":
        while True: send({"id": id}, numbers(3, 3))
    elif what == "flood":
        while True: sink.write(b"x" * 65536)
    elif what == "memory":
        sys.exit("Out of memory!")
    elif what == "again":
        send({"id": id, "done": True, "data": {"resend": True}})
        continue
    elif what == "fail":
        send({"id": id, "error": "a defect", "data": {"kind": "failed", "offset": -1}})
        continue
    elif what == "limit":
        send({"id": id, "error": "too much", "data": {"kind": "limit", "offset": -1}})
        continue
    send({"id": id, "done": True})
`

func faulty(t *testing.T, script string) *runtimeEngine {
	t.Helper()
	python := runtimeOf(t, "python").program
	l := &language{
		name: "faulty", flavor: "python",
		command: func(program string) []string { return []string{program, "-I", "-S", "-c", script} },
	}
	e := newRuntimeEngine(l, Info{Flavor: "python", Name: "faulty", Version: "1"}, python)
	t.Cleanup(func() { _ = e.pool.Shutdown(t.Context(), executor.CancelAll) })
	return e
}

// What a runtime does wrong is an error of that runtime that says so, what it has
// found before is kept, and the next search is answered.
func TestRuntimeFaults(t *testing.T) {
	e := faulty(t, faultyScript)
	text := NewText([]byte("aaaaaa"))
	for _, test := range []struct {
		pattern string
		outcome Outcome
		says    string
	}{
		{"crash", Error, "faulty ended: signal: aborted"},
		{"exit", Error, "faulty ended: exit status 1: sorry"},
		{"hang", Timeout, ""},
		{"rubbish", Error, "broke the protocol"},
		{"half", Error, "3 bytes of matches of 8 bytes each"},
		{"beyond", Error, "group 0 from 1 to 1000"},
		{"backwards", Error, "group 0 from 2 to 1"},
		{"repeat", Error, "a match from byte 3 to 3 follows one from 3 to 3"},
		{"flood", Error, "line too long"},
		{"memory", Limit, "faulty needs more than 1024 MiB of memory"},
		{"again", Error, "asks for the text that it has been sent"},
		{"fail", Error, "faulty failed: a defect"},
		{"limit", Limit, "too much"},
	} {
		t.Run(test.pattern, func(t *testing.T) {
			timeout := time.Minute
			if test.outcome == Timeout {
				timeout = 200 * time.Millisecond
			}
			result := searchUntil(t, compile(t, e, test.pattern), text, timeout, 1)
			says := ""
			if result.Err != nil {
				says = result.Err.Error()
			}
			if result.Outcome != test.outcome || !strings.Contains(says, test.says) || result.Count < 1 {
				t.Errorf("got %+v", result)
			}
			if next := compile(t, e, "good").Search(t.Context(), text, Cursor{}, Budget{}, keep); next.Outcome != Match || next.Count != 1 {
				t.Errorf("the next search: got %+v", next)
			}
		})
	}
}

// A runtime that is replaced by another version under way is not taken for the one that was found: searches on it say
// so, until it is looked for again.
func TestRuntimeIsReplaced(t *testing.T) {
	version := filepath.Join(t.TempDir(), "version")
	write := func(v string) {
		t.Helper()
		if err := os.WriteFile(version, []byte(v), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("1")
	script := strings.Replace(faultyScript, `"version": "1"`, fmt.Sprintf(`"version": open(%q).read()`, version), 1)
	e := faulty(t, script)
	text := NewText([]byte("aaaaaa"))
	good := compile(t, e, "good")
	search := func() Result { return good.Search(t.Context(), text, Cursor{}, Budget{}, keep) }
	if r := search(); r.Outcome != Match {
		t.Fatalf("got %+v", r)
	}
	write("2")
	// What runs is the old one; those that are started are not.
	for range 1 + runtimeProcesses {
		compile(t, e, "crash").Search(t.Context(), text, Cursor{}, Budget{}, keep)
		if r := search(); r.Outcome == Error {
			break
		}
	}
	if r := search(); r.Outcome != Error || !strings.Contains(r.Err.Error(), "faulty did not start: it is version 2 now, and was 1 when it was found: look for engines again") {
		t.Errorf("got %+v", r)
	}
	again := newRuntimeEngine(e.language, Info{Flavor: "python", Name: "faulty", Version: "2"}, e.program) // as it is found then
	t.Cleanup(func() { _ = again.close(context.Background()) })
	if r := compile(t, again, "good").Search(t.Context(), text, Cursor{}, Budget{}, keep); r.Outcome != Match {
		t.Errorf("looked for again: got %+v", r)
	}
}

// A runtime that eats memory is stopped by the system at its limit. It says so, and goes on with the next request.
func TestRuntimeEatsMemory(t *testing.T) {
	e := runtimeOf(t, "python")
	text := NewText([]byte("b" + strings.Repeat("ab", 8<<20)))
	result := compile(t, e, `b\b|(?:(a)|(b))*x`).Search(t.Context(), text, Cursor{}, Budget{}, keep)
	if runtime.GOOS == "linux" && (result.Outcome != Limit || result.Err == nil || !strings.Contains(result.Err.Error(), "python has no memory left")) {
		t.Errorf("got %+v", result)
	}
	if next := compile(t, e, "a").Search(t.Context(), text, Cursor{}, Budget{MaxMatches: 3}, keep); next.Outcome != Limit || next.Count != 3 || next.Err != nil {
		t.Errorf("the next search: got %+v", next)
	}
}

func TestRuntimeThatDiesAtStart(t *testing.T) {
	for script, says := range map[string]string{
		`import sys; sys.exit("no such thing")`: "exit status 1: no such thing",
		`print("hello")`:                        "not a JSON object",
		`print('{"protocol":1,"error":"too old"}', flush=True); input()`:        "too old",
		`print('{"protocol":7,"name":"x","version":"1"}', flush=True); input()`: "protocol 7",
	} {
		_, err := faulty(t, script).Compile([]byte("a"), "")
		if err == nil || !strings.Contains(err.Error(), "faulty did not start") || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: got %v", script, err)
		}
	}
}
