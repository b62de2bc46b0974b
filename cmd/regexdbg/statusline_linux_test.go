package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// terminal returns both ends of a pseudo-terminal: what a program has, and what its user sees.
func terminal(t *testing.T) (program, user *os.File) {
	t.Helper()
	user, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skipf("no pseudo-terminals here: %v", err)
	}
	t.Cleanup(func() { _ = user.Close() })
	if err := unix.IoctlSetPointerInt(int(user.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	number, err := unix.IoctlGetInt(int(user.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	program, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("no pseudo-terminals here: %v", err)
	}
	t.Cleanup(func() { _ = program.Close() })
	return program, user
}

// Who waits at a terminal sees each engine end, and how many texts are tried; nothing of it is left at the end, and
// nothing of it is written to what is no terminal.
func TestCompare_Progress(t *testing.T) {
	for _, test := range []struct {
		args []string
		want []string
	}{
		{[]string{"-f", "go,dotnet", `x\d`}, []string{"of 2 engines: regexp go1", "of 2 engines: regexp2 v2"}},
		{[]string{"-f", "go,dotnet", "--search", "ab"}, []string{"of 3000 texts tried"}},
		{[]string{"-f", "go,dotnet", "--portability", "ab"}, []string{"of 2 engines: ", "In other flavors: "}},
	} {
		program, user := terminal(t)
		seen := make(chan string)
		go func() {
			data, _ := io.ReadAll(user) // the end of a terminal is an error
			seen <- string(data)
		}()
		var stdout strings.Builder
		status := run(append([]string{"compare", "--runtimes", "none"}, test.args...), strings.NewReader("x1 x٣"), &stdout, program)
		if err := program.Close(); err != nil {
			t.Fatal(err)
		}
		told := <-seen
		if status > exitNoMatch || !strings.HasSuffix(told, "\r\x1b[K") || strings.ContainsAny(stdout.String(), "\r\x1b") {
			t.Errorf("%v: status %d, %q, %q", test.args, status, told, stdout.String())
		}
		for _, want := range test.want {
			if !strings.Contains(told, want) {
				t.Errorf("%v: no %q in %q", test.args, want, told)
			}
		}
		for line := range strings.SplitSeq(told, "\r") {
			if len([]rune(strings.TrimSuffix(line, "\x1b[K"))) > 79 {
				t.Errorf("%q would wrap", line)
			}
		}
	}
}
