package regextest

import (
	"context"
	"testing"
	"time"

	"github.com/regexdbg/regexdbg/regex/engine"
)

// RunFile runs the tests of a file as subtests of t, one for each pattern and below it one for each input, on the
// engines of this machine with its local runtimes. An engine that is missing fails the test; use [RunFileWith] to allow
// that.
func RunFile(t *testing.T, name string) {
	t.Helper()
	RunFileWith(t, name, Options{})
}

// RunFileWith is RunFile with options.
func RunFileWith(t *testing.T, name string, o Options) {
	t.Helper()
	f, err := Load(name)
	if err != nil {
		t.Fatalf("%v", err)
	}
	runtimes, err := engine.NewRuntimes("all")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		_ = runtimes.Close(ctx) // what is left then ends with this process
	})
	engines := engine.Local().With(runtimes)
	if o.Timeout <= 0 {
		o.Timeout = DefaultTimeout
	}
	for _, p := range f.Patterns {
		t.Run(p.Name, func(t *testing.T) {
			s := newSubject(f, p, engines, o)
			for _, in := range p.Inputs {
				t.Run(in.Name, func(t *testing.T) { tell(t, s.run(t.Context(), in)) })
			}
			if p.Linear {
				t.Run(LinearName, func(t *testing.T) { tell(t, s.linear(t.Context())) })
			}
		})
	}
}

// tell has a test end as a result says.
func tell(t *testing.T, r *Result) {
	t.Helper()
	switch link := r.Link(Page); {
	case r.Status == Skipped:
		t.Skip(r.Err)
	case r.Status != Passed && link != "":
		t.Errorf("%s:%d: %s\n%s%s", r.File.Name, r.Input.Line, r.Status, r.Describe(), "look at it: regexdbg, and "+link)
	case r.Status != Passed:
		t.Errorf("%s:%d: %s\n%s", r.File.Name, r.Input.Line, r.Status, r.Describe())
	}
}
