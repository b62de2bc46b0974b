package browser

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// server is the real program on a port of its own.
type server struct {
	t    testing.TB
	args []string
	env  []string
	url  string // ends in a slash
	cmd  *exec.Cmd
	log  *output

	everybodys bool // and no test's to end
}

// output keeps what the program says, for the log of a failed test.
type output struct {
	mu   sync.Mutex
	text strings.Builder
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// serve starts the program with further arguments, such as a FILE, on any free
// port; it ends with the test.
func serve(t testing.TB, args ...string) *server {
	t.Helper()
	// The user's own library is none of a test's business.
	s := &server{t: t, args: args, env: []string{"XDG_DATA_HOME=" + t.TempDir()}, log: new(output)}
	s.start("127.0.0.1:0")
	t.Cleanup(func() {
		s.kill()
		if t.Failed() {
			t.Logf("the server said:\n%s", s.log)
		}
	})
	return s
}

// shared is the program without arguments, once a test has wanted it.
var (
	sharing sync.Mutex
	shared  *server
)

// common is the program without arguments, which tests share unless they are about its end, its start or what it
// keeps: to start one costs two seconds of a core, most of them for the engines that it looks for.
func common(t testing.TB) *server {
	t.Helper()
	sharing.Lock()
	defer sharing.Unlock()
	if shared == nil {
		s := &server{t: t, env: []string{"XDG_DATA_HOME=" + filepath.Join(scratch, "data")}, log: new(output), everybodys: true}
		s.start("127.0.0.1:0")
		shared = s
	}
	before := len(shared.log.String())
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the server said:\n%s", shared.log.String()[before:])
		}
	})
	return shared
}

var address = regexp.MustCompile(`http://\S+/`)

// start runs the program and waits until it says where it is.
func (s *server) start(addr string) {
	s.t.Helper()
	s.cmd = exec.Command(*binary, append([]string{"serve", "--addr", addr}, s.args...)...)
	s.cmd.Env = append(os.Environ(), s.env...)
	s.cmd.Stderr = s.log
	stdout, err := s.cmd.StdoutPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		s.t.Fatalf("the server did not start: %v\n%s", err, s.log)
	}
	if s.url = address.FindString(line); s.url == "" {
		s.t.Fatalf("no address in %q", line)
	}
}

// restart starts the program again where it was.
func (s *server) restart() {
	s.t.Helper()
	s.start(strings.TrimSuffix(strings.TrimPrefix(s.url, "http://"), "/"))
}

// kill ends the program without a chance to say goodbye.
func (s *server) kill() { s.end(syscall.SIGKILL) }

// terminate asks the program to end, and returns its exit status.
func (s *server) terminate() int { return s.end(syscall.SIGTERM) }

// signal stops the program for a while, or lets it go on.
func (s *server) signal(signal os.Signal) {
	s.t.Helper()
	if err := s.cmd.Process.Signal(signal); err != nil {
		s.t.Fatal(err)
	}
}

func (s *server) end(signal os.Signal) int {
	if s.everybodys {
		panic("a test ends the server that all tests share")
	}
	if s.cmd == nil {
		return 0
	}
	_ = s.cmd.Process.Signal(signal)
	_ = s.cmd.Wait()
	status := s.cmd.ProcessState.ExitCode()
	s.cmd = nil
	return status
}

// writeFile makes a file for the program's FILE argument.
func writeFile(t testing.TB, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
