package main

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/regexdbg/regexdbg/ui/wire"
)

// However the program ends, the runtimes that it has started end too, in the
// middle of a search.
func TestNoOrphans(t *testing.T) {
	needRuntimes(t, "python,node,perl")
	file := filepath.Join(t.TempDir(), "text")
	if err := os.WriteFile(file, []byte("x b "+strings.Repeat("a", 60)+"!"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, flavor := range []string{"python", "js", "perl"} {
		for _, signal := range []syscall.Signal{syscall.SIGKILL, syscall.SIGTERM} {
			t.Run(fmt.Sprint(flavor, "/", signal), func(t *testing.T) {
				cmd := program(t, "match", "-f", flavor, "--json", "--timeout", "0", "x|"+strings.Repeat("(a+)", 12)+`\1[bc]`, file)
				out, err := cmd.StdoutPipe()
				if err != nil {
					t.Fatal(err)
				}
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || !strings.HasPrefix(line, `{"span":[0,1]`) {
					t.Fatalf("got %q, %v", line, err)
				}
				endsWith(t, cmd, signal)
			})
		}
	}
}

// So it is with the server, in the middle of the searches of its pages.
func TestServerLeavesNoOrphans(t *testing.T) {
	needRuntimes(t, "python,node,perl")
	for _, signal := range []syscall.Signal{syscall.SIGKILL, syscall.SIGTERM} {
		t.Run(fmt.Sprint(signal), func(t *testing.T) {
			cmd, address := serveProgram(t, "127.0.0.1:0", "--runtimes", "python,node,perl")
			for _, flavor := range []string{"python", "js", "perl"} {
				p := openPage(t, address)
				p.put("x b "+strings.Repeat("a", 60)+"!", wire.Query{Flavor: flavor, Pattern: "x|" + strings.Repeat("(a+)", 12) + `\1[bc]`})
				p.untilMatches()
			}
			endsWith(t, cmd, signal)
		})
	}
}

// endsWith ends a program by a signal, and looks whether what it has started ends too.
func endsWith(t *testing.T, cmd *exec.Cmd, signal syscall.Signal) {
	t.Helper()
	children := childrenOf(t, cmd.Process.Pid)
	if err := cmd.Process.Signal(signal); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	for _, fd := range children {
		poll := []unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}
		if n, err := unix.Poll(poll, 10_000); n != 1 || err != nil {
			t.Errorf("a child is left: %v", err)
		}
		_ = unix.Close(fd)
	}
}

// childrenOf returns descriptors of the processes that a process has started:
// a number could be another process's by the time somebody looks.
func childrenOf(t *testing.T, pid int) (fds []int) {
	t.Helper()
	files, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		list, err := os.ReadFile(file)
		if err != nil {
			continue // a thread that has ended
		}
		for child := range strings.FieldsSeq(string(list)) {
			number, err := strconv.Atoi(child)
			if err != nil {
				t.Fatal(err)
			}
			if fd, err := unix.PidfdOpen(number, 0); err == nil {
				fds = append(fds, fd)
			}
		}
	}
	if len(fds) == 0 {
		t.Fatal("there are no children to look after")
	}
	return fds
}
