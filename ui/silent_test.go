package ui

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/regexdbg/regexdbg/eventloop"
	"github.com/regexdbg/regexdbg/ui/wire"
)

// A page that did not answer a run, because its browser had stopped it, is not asked again and again; but it is when it
// has said anything at all, since of a run that nobody waits for any more it says nothing.
func TestSilentPageIsAskedAgainWhenItSaysSomething(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		loop := eventloop.New() // which does not run: nobody hears the questions
		defer loop.Close()
		s := &session{greeted: true, server: &Server{loop: loop}}
		s.native, s.endNative = newNative(s, &wire.Hello{Native: &wire.Engine{Name: "Browser"}})
		defer s.endNative()
		ask := func() time.Duration {
			begun := time.Now()
			_, err := s.native.ask(context.Background(), wire.NativeRun{Op: wire.NativeSearch}, time.Second, nil)
			if !errors.Is(err, errSilent) {
				t.Errorf("got %v", err)
			}
			return time.Since(begun)
		}
		for i, want := range []time.Duration{time.Second + nativeSilence, 0, time.Second + nativeSilence} {
			if i == 2 {
				s.handle(&wire.Cancel{Version: 1})
			}
			if got := ask(); got != want {
				t.Errorf("question %d takes %v, want %v", i, got, want)
			}
		}
	})
}
