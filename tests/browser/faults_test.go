package browser

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// faultyPerl is an interpreter that does what its pattern says: it is no perl, but says that it is one, of the version in
// a file beside it.
const faultyPerl = `
import json, os, sys
source, sink = sys.stdin.buffer, sys.stdout.buffer
def send(header, body=b""):
    sink.write(json.dumps({**header, "bytes": len(body)}).encode() + b"\n" + body)
    sink.flush()
version = open(os.path.join(os.path.dirname(sys.argv[0]), "version")).read()
if version == "broken":
    sys.exit("no such library")
send({"protocol": 1, "name": "perl", "version": version, "data": {}})
while line := source.readline():
    header = json.loads(line)
    source.read(header.get("bytes", 0))
    id, data = header["id"], header["data"]
    if data["op"] == "compile":
        send({"id": id, "done": True, "data": {"groups": 0, "names": []}})
        continue
    send({"id": id}, (0).to_bytes(4, "little") + (1).to_bytes(4, "little"))
    what = bytes.fromhex(data["pattern"]).decode()
    if what == "crash":
        os.abort()
    elif what == "exit":
        sys.exit("sorry")
    elif what == "hang":
        while True: pass
    elif what == "rubbish":
        sink.write(b"Welcome!\n")
    elif what == "flood":
        while True: sink.write(b"x" * 65536)
    elif what == "memory":
        try:
            hog = bytearray(2 << 30)
        except MemoryError:
            sys.exit("Out of memory!")
    send({"id": id, "done": True})
`

// Whatever a runtime does wrong, the page says it and keeps what was found; other engines do not notice, and the next key
// is answered.
func TestFaultyRuntime(t *testing.T) {
	python := program(t, "python3")
	folder := t.TempDir()
	write := func(name, content string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	script := filepath.Join(folder, "faulty.py")
	write("faulty.py", faultyPerl)
	write("version", "v5.1")
	interpreter(t, folder, "perl", python+" -I -S "+script)
	s := &server{t: t, args: []string{"--runtimes", filepath.Join(folder, "perl")}, env: []string{"XDG_DATA_HOME=" + t.TempDir()}, log: new(output)}
	s.start("127.0.0.1:0")
	t.Cleanup(s.kill)
	p := openState(t, s, state{flavor: "perl", pattern: `good`, text: "a crash, exit, hang, rubbish, flood, memory"})
	p.wait("probe.settled() && probe.status().startsWith('1 match') && probe.status().includes('perl v5.1')")
	answered := func(version string) {
		t.Helper()
		p.replace("Regular expression", "good")
		p.wait("probe.settled() && probe.status().startsWith('1 match') && probe.status().includes('perl ' + %s)", version)
		p.marks("a")
	}
	for _, c := range []struct{ pattern, says string }{
		{"crash", "perl ended: signal: aborted"},
		{"exit", "perl ended: exit status 1: sorry"},
		{"hang", "Timed out"},
		{"rubbish", "broke the protocol"},
		{"flood", "line too long"},
		{"memory", "perl needs more than 1024 MiB of memory"},
	} {
		p.replace("Regular expression", c.pattern)
		p.wait("probe.settled() && document.body.textContent.includes(%s)", c.says)
		p.marks("a")
		if c.pattern == "crash" {
			p.screenshot(t.Name())
		}
		answered("v5.1")
	}

	// Others find what they find.
	p.click("tab", "Compare")
	p.replace("Regular expression", "crash")
	p.wait("document.querySelector('.compare[aria-busy=false]') && " + row("perl") + ".textContent.includes('signal: aborted')")
	for _, other := range []string{"regexp", "regexp2", "V8 in Chromium"} {
		p.check(row(other) + ".textContent.includes('1 match')")
	}
	p.screenshot(t.Name() + "-compare")
	p.click("tab", "Matches")

	// It is replaced under way: nothing is shown in the name of the one that is gone.
	write("version", "v5.2")
	for range 3 {
		p.replace("Regular expression", "crash")
		p.settle()
		p.replace("Regular expression", "exit")
		p.settle()
	}
	p.wait("document.body.textContent.includes('it is version v5.2 now, and was v5.1 when it was found: look for engines again')")
	p.screenshot(t.Name() + "-replaced")
	p.click("button", "Look for engines again")
	answered("v5.2")

	// And it does not start any more.
	write("version", "broken")
	for range 3 {
		p.replace("Regular expression", "crash")
		p.settle()
		p.replace("Regular expression", "exit")
		p.settle()
	}
	p.wait("document.body.textContent.includes('perl did not start: ') && document.body.textContent.includes('no such library')")
	p.click("button", "Look for engines again")
	p.wait(fmt.Sprintf("probe.status().startsWith('No engine') && document.body.textContent.includes(%s)", quoted("no such library")))
	p.choose("Flavor", "go")
	p.marks("exit")
}
