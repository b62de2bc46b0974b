package executor

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
)

func TestFIFOAndSize(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 2})
		a, b := submit(t, p, t.Context()), submit(t, p, t.Context())
		c, d := submit(t, p, t.Context()), submit(t, p, t.Context())
		if !a.running() || !b.running() || c.running() || d.running() {
			t.Error("not the first two run")
		}
		b.end(t)
		if !c.running() || d.running() {
			t.Error("the third was not next")
		}
		a.end(t)
		c.end(t)
		d.end(t)
	})
}

func TestInteractiveFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 1})
		block := submit(t, p, t.Context())
		c := p.NewClient("c")
		var r recorder
		for _, name := range []string{"b1", "b2"} {
			r.submit(t, c.At(Background), name)
		}
		for _, name := range []string{"i1", "i2"} {
			r.submit(t, c, name)
		}
		if s := settled(t, p); s.QueuedInteractive != 2 || s.QueuedBackground != 2 {
			t.Errorf("%+v", s)
		}
		block.end(t)
		synctest.Wait()
		if want := []string{"i1", "i2", "b1", "b2"}; !slices.Equal(r.order, want) {
			t.Errorf("order %v, want %v", r.order, want)
		}
	})
}

func TestBackgroundDoesNotStarve(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 1})
		block := submit(t, p, t.Context())
		c := p.NewClient("c")
		var r recorder
		for range 2 {
			r.submit(t, c.At(Background), "b")
		}
		for range 20 {
			r.submit(t, c, "i")
		}
		block.end(t)
		synctest.Wait()
		want := strings.Repeat("i", 8) + "b" + strings.Repeat("i", 8) + "b" + strings.Repeat("i", 4)
		if got := strings.Join(r.order, ""); got != want {
			t.Errorf("order %s, want %s", got, want)
		}
	})
}

func TestPlaceKeptForInteractive(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 3})
		c := p.NewClient("c")
		var background []*probe
		for range 3 {
			background = append(background, submit(t, c.At(Background), t.Context()))
		}
		if s := settled(t, p); s.Running != 2 || s.Idle != 1 || s.QueuedBackground != 1 {
			t.Errorf("%+v", s)
		}
		quick := submit(t, c, t.Context())
		if !quick.running() {
			t.Error("an interactive job waits behind background ones")
		}
		quick.end(t)
		for _, b := range background {
			b.end(t)
		}
	})
}

// A stuck background job gives its place to a background job even though a place is free: it is not free for that.
func TestStuckBackgroundMakesRoomForBackground(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 2})
		c := p.NewClient("c")
		ctx, cancel := context.WithCancel(t.Context())
		stuck := submit(t, c.At(Background), ctx)
		next := submit(t, c.At(Background), t.Context())
		if !stuck.running() || next.running() {
			t.Fatal("wrong start")
		}
		cancel()
		if !next.running() {
			t.Error("not replaced although background work waits")
		}
		stuck.end(t)
		next.end(t)
	})
}

func TestClientsTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 1})
		block := submit(t, p, t.Context())
		busy, calm, late := p.NewClient("busy"), p.NewClient("calm"), p.NewClient("late")
		var r recorder
		for range 6 {
			r.submit(t, busy, "b")
		}
		for range 2 {
			r.submit(t, calm, "c")
		}
		r.submit(t, late, "l")
		block.end(t)
		synctest.Wait()
		if got := strings.Join(r.order, ""); got != "bclbcbbbb" {
			t.Errorf("order %s", got)
		}
	})
}

func TestCancelledJobsLeaveTheTurnList(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 1})
		block := submit(t, p, t.Context())
		a, b := p.NewClient("a"), p.NewClient("b")
		ctx, cancel := context.WithCancel(t.Context())
		gone := []*probe{submit(t, a, ctx), submit(t, a, ctx), submit(t, a, ctx)}
		kept := submit(t, b, t.Context())
		cancel()
		for _, g := range gone {
			g.wantResult(t, context.Canceled)
		}
		block.end(t)
		kept.end(t)
		again := submit(t, a, t.Context())
		again.end(t)
		if s := settled(t, p); s.Cancelled != 3 || s.Done != 3 {
			t.Errorf("%+v", s)
		}
	})
}

func TestQueueLimits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 1, QueueLimit: 3, ClientQueueLimit: 2})
		block := submit(t, p, t.Context())
		a, b := p.NewClient("a"), p.NewClient("b")
		full := func(s submitter) {
			t.Helper()
			x := newProbe()
			if err := s.Submit(t.Context(), x.run, x.finished); !errors.Is(err, ErrQueueFull) {
				t.Errorf("Submit: %v, want ErrQueueFull", err)
			}
			synctest.Wait()
			if len(x.result) != 0 {
				t.Error("finished was called for a job that was refused")
			}
		}
		ctx, cancel := context.WithCancel(t.Context())
		a1, a2 := submit(t, a, ctx), submit(t, a.At(Background), t.Context())
		full(a)
		full(a.At(Background))
		b1 := submit(t, b, t.Context())
		full(b) // the total
		cancel()
		a1.wantResult(t, context.Canceled)
		b2 := submit(t, b, t.Context())
		full(b)
		if s := settled(t, p); s.Rejected != 4 || s.QueuedInteractive != 2 || s.QueuedBackground != 1 {
			t.Errorf("%+v", s)
		}
		for _, x := range []*probe{block, b1, b2, a2} {
			x.end(t)
		}
	})
}

func TestNothingMayWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 1, QueueLimit: -1})
		a := submit(t, p, t.Context()) // starts at once, so no limit concerns it
		if err := p.Submit(t.Context(), func(context.Context) {}, func(error) {}); err != ErrQueueFull {
			t.Errorf("Submit: %v", err)
		}
		a.end(t)
	})
}

// A queue full of background jobs that may not have the last place must not keep an interactive job from it.
func TestFreePlaceBeatsFullQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 2, QueueLimit: 1})
		c := p.NewClient("c")
		a, b := submit(t, c.At(Background), t.Context()), submit(t, c.At(Background), t.Context())
		quick := submit(t, c, t.Context())
		quick.end(t)
		a.end(t)
		b.end(t)
	})
}

func TestClientClose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Options{Workers: 1})
		c, other := p.NewClient("c"), p.NewClient("other")
		running := submit(t, c, t.Context())
		queued := []*probe{submit(t, c, t.Context()), submit(t, c.At(Background), t.Context())}
		foreign := submit(t, other, t.Context())
		c.Close()
		c.Close()
		for _, q := range queued {
			q.wantResult(t, ErrClientClosed)
		}
		if err := c.Submit(t.Context(), func(context.Context) {}, func(error) {}); err != ErrClientClosed {
			t.Errorf("Submit: %v", err)
		}
		if ctx := <-running.started; ctx.Err() != nil {
			t.Error("Close cancelled a running job")
		}
		running.end(t)
		foreign.end(t)
	})
}

func TestStrings(t *testing.T) {
	for p, want := range map[Priority]string{Interactive: "interactive", Background: "background", 9: "Priority(9)"} {
		if p.String() != want {
			t.Errorf("%d: %s", p, p)
		}
	}
}
