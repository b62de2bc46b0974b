//go:build (linux && (386 || amd64 || arm || arm64 || riscv64)) || (darwin && (amd64 || arm64))

package pcre2

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// Both ways of interrupting end a match: that of this system, and callouts, which
// are for one where the match limit is not where it should be.
func TestInterrupt(t *testing.T) {
	if !interruptible() {
		t.Error("the match limit is not where it should be: every search is slow")
	}
	for name, way := range map[string]func() bool{"limit": interruptible, "callouts": func() bool { return false }} {
		t.Run(name, func(t *testing.T) {
			before := interruptible
			interruptible = way
			defer func() { interruptible = before }()
			code, err := Compile([]byte(`x|(a+)+$`), 0)
			if err != nil {
				t.Fatal(err)
			}
			m := code.NewMatcher([]byte("x" + strings.Repeat("a", 60) + "!"))
			if ok, err := m.Match(0, 0); !ok || err != nil {
				t.Errorf("got %v, %v", ok, err)
			}
			done := make(chan struct{})
			go func() {
				time.AfterFunc(time.Millisecond, func() { m.Interrupt(); close(done) })
			}()
			for range 2 {
				if ok, err := m.Match(1, 0); ok || !errors.Is(err, ErrInterrupted) {
					t.Errorf("got %v, %v", ok, err)
				}
			}
			m.Close()
			<-done
		})
	}
}
