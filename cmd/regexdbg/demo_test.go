package main

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
)

func TestDemoRefusesBadUsage(t *testing.T) {
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"demo", "serail"}, `there is no demo "serail" (there are: serial, simultaneous, `},
		{[]string{"demo", "serial", "chat"}, "one NAME"},
		{[]string{"demo", "--nonsense"}, "nonsense"},
		{[]string{"demo", "--addr", "127.0.0.1:99999"}, "99999"},
	} {
		if status, _, stderr := call("", test.args...); status != exitUsage || !strings.Contains(stderr, test.want) {
			t.Errorf("%v: status %d, %s", test.args, status, stderr)
		}
	}
}

// The address that is printed is that of the demo, and an interrupt ends the
// server in good order.
func TestDemoServes(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a process")
	}
	cmd := program(t, "demo", "--addr", "127.0.0.1:0", "serial")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = cmd.Process.Kill() }()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	address, ok := strings.CutPrefix(strings.TrimSuffix(line, " (stop with Ctrl-C)\n"), "The demos are at ")
	if !ok || !strings.HasSuffix(address, "/serial/") {
		t.Fatalf("printed %q", line)
	}
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	page, _ := io.ReadAll(response.Body)
	response.Body.Close()
	if !strings.Contains(string(page), "<h1>Serial</h1>") {
		t.Errorf("got %d, %s", response.StatusCode, page)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Skipf("no interrupts here: %v", err)
	}
	if err := cmd.Wait(); err != nil || stderr.Len() > 0 {
		t.Errorf("ended with %v, %s", err, stderr.String())
	}
}
