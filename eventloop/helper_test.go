package eventloop

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
)

// journal is what happened, in order.
type journal struct{ lines []string }

func (j *journal) add(format string, args ...any) {
	j.lines = append(j.lines, fmt.Sprintf(format, args...))
}

func (j *journal) fn(s string) func() { return func() { j.add("%s", s) } }

func (j *journal) want(t *testing.T, want ...string) {
	t.Helper()
	if !slices.Equal(j.lines, want) {
		t.Errorf("got %q, want %q", j.lines, want)
	}
}

// env is a loop on fake time with everything that it reported.
type env struct {
	*testing.T
	*journal
	l          *Loop
	exceptions []Exception
	log        *bytes.Buffer
}

// on runs a numbered behaviour in a bubble of its own and fails on unexpected reports.
func on(t *testing.T, name string, body func(e *env), opts ...Option) {
	t.Helper()
	t.Run(name, func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			e := &env{T: t, journal: &journal{}, log: &bytes.Buffer{}}
			opts = append([]Option{
				WithExceptionHandler(func(_ *Loop, x Exception) { e.exceptions = append(e.exceptions, x) }),
				WithLogger(slog.New(slog.NewTextHandler(e.log, nil))),
			}, opts...)
			e.l = New(opts...)
			body(e)
			if err := e.l.Close(); err != nil {
				t.Errorf("Close: %v", err)
			}
			for _, x := range e.exceptions {
				t.Errorf("unexpected report: %s: %v", x.Message, x.Err)
			}
		})
	})
}

// reported takes one expected report out.
func (e *env) reported(part string) Exception {
	e.Helper()
	for i, x := range e.exceptions {
		if strings.Contains(x.Message+": "+fmt.Sprint(x.Err), part) {
			e.exceptions = slices.Delete(e.exceptions, i, i+1)
			return x
		}
	}
	e.Errorf("nothing reported with %q, only %v", part, e.exceptions)
	return Exception{}
}

// passes turns the loop n times without waiting.
func (e *env) passes(n int) {
	e.Helper()
	for range n {
		e.l.Stop()
		e.ok(e.l.RunForever())
	}
}

// main runs fn as a task until it is done.
func (e *env) main(fn func(t *Task) error) error {
	_, err := RunUntilComplete(e.l, e.spawn("main", fn))
	return err
}

func (e *env) spawn(name string, fn func(t *Task) error) *TaskOf[int] {
	return Go(e.l, func(t *Task) (int, error) { return 0, fn(t) }, WithName(name))
}

func (e *env) ok(err error) {
	e.Helper()
	if err != nil {
		e.Errorf("unexpected error: %v", err)
	}
}

func (e *env) is(err, want error) {
	e.Helper()
	if !errors.Is(err, want) {
		e.Errorf("got error %v, want %v", err, want)
	}
}

func (e *env) true(ok bool, what string) {
	e.Helper()
	if !ok {
		e.Errorf("not so: %s", what)
	}
}

// panics returns the error with which fn panics.
func (e *env) panics(fn func()) (err error) {
	e.Helper()
	defer func() {
		e.Helper()
		var ok bool
		if err, ok = recover().(error); !ok {
			e.Errorf("no panic with an error")
		}
	}()
	fn()
	return nil
}

var errBoom = errors.New("boom")

// cancelledBy checks the three faces of a delivered cancellation.
func (e *env) cancelledBy(err, cause error) {
	e.Helper()
	e.is(err, ErrCancelled)
	e.is(err, context.Canceled)
	if cause != nil {
		e.is(err, cause)
	}
}
