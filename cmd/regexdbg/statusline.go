package main

import (
	"io"
	"os"
	"strings"
	"sync"
	"time"
)

// A statusLine tells a user at a terminal how far a command is, in one line of standard error that is
// overwritten, and gone when the command is done. Where standard error is no terminal it tells nothing: nobody waits
// there, and a file would keep each of its states. Its methods are safe for concurrent use.
type statusLine struct {
	mu    sync.Mutex
	out   io.Writer // nil: no terminal
	told  time.Time // when the line was written last
	shown bool
}

// tellEvery is how often a line is written that changes faster than that: as often as anybody reads numbers.
const tellEvery = 100 * time.Millisecond

// newStatusLine returns the line of a command that writes its errors to stderr.
func newStatusLine(stderr io.Writer) *statusLine {
	file, ok := stderr.(*os.File)
	if !ok {
		return &statusLine{}
	}
	if info, err := file.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return &statusLine{}
	}
	return &statusLine{out: file}
}

// often writes the line if it was not written just now.
func (s *statusLine) often(words string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if time.Since(s.told) >= tellEvery {
		s.write(words)
	}
}

// tell writes the line.
func (s *statusLine) tell(words string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.write(words)
}

// write writes the line, cut to 79 columns, which every terminal has: a longer one would wrap and stay. Whether it could be
// written changes nothing of the answer. The mutex is held.
func (s *statusLine) write(words string) {
	if s.out == nil {
		return
	}
	s.told, s.shown = time.Now(), true
	if runes := []rune(words); len(runes) > 79 {
		words = string(runes[:76]) + "..."
	}
	_, _ = io.WriteString(s.out, "\r"+strings.ToValidUTF8(words, "?")+"\x1b[K")
}

// clear takes the line away.
func (s *statusLine) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.shown {
		_, _ = io.WriteString(s.out, "\r\x1b[K")
	}
	s.shown = false
}
