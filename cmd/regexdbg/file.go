package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"

	"github.com/regexdbg/regexdbg/regex/engine"
)

// readText reads the text of FILE, or standard input where files has none, for a command with this pattern.
func readText(pattern string, files []string, stdin io.Reader) (*engine.Text, error) {
	var b []byte
	var err error
	if len(files) == 0 || files[0] == "-" {
		b, err = io.ReadAll(stdin)
	} else if b, err = os.ReadFile(files[0]); errors.Is(err, fs.ErrNotExist) && pattern != "" && exists(pattern) {
		return nil, fmt.Errorf("there is no such file: %q (the pattern comes first, and then the file)", files[0])
	}
	if err != nil {
		return nil, err
	}
	return engine.NewText(b), nil
}

// fileProblem says what a file that cannot be read is, where the system's words for it do not.
func fileProblem(err error) error {
	problem, ok := errors.AsType[*fs.PathError](err)
	switch {
	case !ok:
		return err
	case errors.Is(err, syscall.EISDIR):
		return fmt.Errorf("%s is a directory: name a file in it", problem.Path)
	case errors.Is(err, fs.ErrNotExist) && (problem.Op == "open" || problem.Op == "stat"):
		return fmt.Errorf("there is no such file: %q", problem.Path)
	}
	return err
}
