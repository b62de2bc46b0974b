package engine

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Nothing is written to the disk: no runtime that has searched has a file of it open, or in its memory, to be written to.
func TestRuntimesWriteNothing(t *testing.T) {
	for _, name := range languageNames() {
		t.Run(name, func(t *testing.T) {
			e := runtimeOf(t, name)
			if got := len(collect(t, compile(t, e, "b"), NewText([]byte("abab")), 0)); got != 2 {
				t.Fatalf("%d matches", got)
			}
			children := childrenOf(t, e)
			if len(children) == 0 {
				t.Fatal("it has no process")
			}
			for _, child := range children {
				for _, file := range written(t, child) {
					t.Errorf("process %s writes %s", child, file)
				}
			}
		})
	}
}

// childrenOf are the processes of an engine: those of ours that its command has started.
func childrenOf(t *testing.T, e *runtimeEngine) (children []string) {
	t.Helper()
	files, err := filepath.Glob("/proc/self/task/*/children")
	if err != nil || len(files) == 0 {
		t.Skipf("the system does not tell of children: %v", err)
	}
	command := strings.Join(e.language.command(e.program), "\x00") + "\x00"
	for _, file := range files {
		list, err := os.ReadFile(file)
		if err != nil {
			continue // a thread that has ended
		}
		for child := range strings.FieldsSeq(string(list)) {
			line, err := os.ReadFile(filepath.Join("/proc", child, "cmdline"))
			if err == nil && string(line) == command {
				children = append(children, child)
			}
		}
	}
	return children
}

// shared is a mapping of a file, to be written to, that goes back to it: "7f-80 rw-s 0 fe:00 12  /tmp/x".
var shared = regexp.MustCompile(`(?m)^\S+ .w.s \S+ \S+ [1-9]\d* +(/.*)$`)

// written are the files on a disk that a process has open to be written to.
func written(t *testing.T, process string) (files []string) {
	t.Helper()
	maps, err := os.ReadFile(filepath.Join("/proc", process, "maps"))
	if err != nil {
		t.Skipf("the system does not tell of files: %v", err)
	}
	for _, m := range shared.FindAllSubmatch(maps, -1) {
		files = append(files, string(m[1]))
	}
	open, err := filepath.Glob(filepath.Join("/proc", process, "fd", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, fd := range open {
		target, err := os.Readlink(fd)
		if err != nil || !strings.HasPrefix(target, "/") || strings.HasPrefix(target, "/dev/") || strings.HasPrefix(target, "/proc/") || strings.HasPrefix(target, "/memfd:") {
			continue
		}
		info, err := os.ReadFile(filepath.Join("/proc", process, "fdinfo", filepath.Base(fd)))
		if err != nil {
			continue // it is closed
		}
		if _, flags, ok := strings.Cut(string(info), "flags:\t"); ok {
			flags, _, _ = strings.Cut(flags, "\n")
			if bits, err := strconv.ParseInt(flags, 8, 64); err != nil || bits&int64(os.O_WRONLY|os.O_RDWR) != 0 {
				files = append(files, fmt.Sprintf("%s (%s)", target, flags))
			}
		}
	}
	return files
}
