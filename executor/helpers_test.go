package executor

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
)

// submitter is the interface that package eventloop declares; neither package imports the other.
type submitter interface {
	Submit(ctx context.Context, run func(ctx context.Context), finished func(error)) error
}

var (
	_ submitter = (*Pool)(nil)
	_ submitter = (*Client)(nil)
	_ submitter = View{}
)

// probe is a job that says when it runs and goes on, whatever its context says, until it is released.
type probe struct {
	started chan context.Context // buffered
	release chan struct{}
	result  chan error // buffered; a second call of finished would block and fail the bubble
}

func newProbe() *probe {
	return &probe{
		started: make(chan context.Context, 1),
		release: make(chan struct{}),
		result:  make(chan error, 1),
	}
}

func (p *probe) run(ctx context.Context) {
	p.started <- ctx
	<-p.release
}

func (p *probe) finished(err error) { p.result <- err }

// submit submits a new probe.
func submit(t *testing.T, s submitter, ctx context.Context) *probe {
	t.Helper()
	p := newProbe()
	if err := s.Submit(ctx, p.run, p.finished); err != nil {
		t.Fatalf("Submit: %v", err)
	}
	return p
}

// running says whether the probe has started, once everything that could happen has happened.
func (p *probe) running() bool {
	synctest.Wait()
	return len(p.started) == 1
}

// wantResult waits for finished and checks its error.
func (p *probe) wantResult(t *testing.T, want error) {
	t.Helper()
	if err := <-p.result; !errors.Is(err, want) {
		t.Errorf("finished(%v), want %v", err, want)
	}
}

// end releases the probe and waits for it.
func (p *probe) end(t *testing.T) {
	t.Helper()
	close(p.release)
	p.wantResult(t, nil)
}

// settled returns the pool's stats once everything that could happen has happened, and checks what always holds.
func settled(t *testing.T, p *Pool) Stats {
	t.Helper()
	synctest.Wait()
	s := p.Stats()
	checkStats(t, s)
	return s
}

func checkStats(t *testing.T, s Stats) {
	t.Helper()
	if s.Workers != s.Idle+s.Running+s.Stuck-s.Abandoned {
		t.Errorf("places do not add up: %+v", s)
	}
	inside := uint64(s.Running + s.Stuck + s.QueuedInteractive + s.QueuedBackground)
	if s.Submitted != s.Done+s.Cancelled+s.Panicked+s.Exited+inside {
		t.Errorf("jobs do not add up: %+v", s)
	}
	if s.Abandoned > s.MaxStuck || s.Idle < 0 {
		t.Errorf("bound exceeded: %+v", s)
	}
}

// recorder collects the order in which jobs run. The jobs must not overlap.
type recorder struct{ order []string }

func (r *recorder) submit(t *testing.T, s submitter, name string) {
	t.Helper()
	err := s.Submit(t.Context(), func(context.Context) { r.order = append(r.order, name) }, func(error) {})
	if err != nil {
		t.Fatalf("Submit %s: %v", name, err)
	}
}
