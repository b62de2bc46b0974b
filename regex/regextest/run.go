package regextest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/replace"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// Options are those of a run. The zero value is good.
type Options struct {
	// Timeout is what each search, and each run of the stepping machine, may take; 0 is [DefaultTimeout].
	Timeout time.Duration
	// AllowMissing skips the tests of engines that are not on this machine, which otherwise are errors.
	AllowMissing bool
}

// DefaultTimeout is that of the command line.
const DefaultTimeout = 5 * time.Second

// A Status says what came of a test.
type Status string

// The statuses.
const (
	Passed  Status = "passed"
	Failed  Status = "failed"  // something is not as expected
	Errored Status = "error"   // nothing could be found out: a bad pattern, no engine
	Stopped Status = "stopped" // a timeout or a limit came first
	Skipped Status = "skipped" // the engine is missing, which the options allow
)

// A Result is what came of one input.
type Result struct {
	File    *File
	Pattern *Pattern
	Input   *Input
	Engine  engine.Info // of which nothing is known when the engine is missing
	Status  Status
	// Differences are what is not as expected: the first one of each kind.
	Differences []Difference
	// Err says why the test has the status Errored, Stopped or Skipped. It may be a [*syntax.Error] of the pattern, or of
	// the replacement, see Replacement.
	Err error
	// Replacement says that Err is about the replacement.
	Replacement bool
	Elapsed     time.Duration // wall time of the whole test
	// Steps are those that the stepping machine took, 0 when they were not asked for.
	Steps int64
	// MSPerMB is the speed that was measured, 0 when it was not asked for.
	MSPerMB float64
}

// Name is the name of a test: of the pattern, and of the input.
func (r *Result) Name() string { return r.Pattern.Name + ": " + r.Input.Name }

// Run runs the tests of a file in its order, one after the other, and reports each as it ends, until report returns
// false. The error is the cause of ctx when that ended it. Matches are those of the pattern's own engine; the stepping
// machine only counts steps. It may be called by several goroutines at once.
func Run(ctx context.Context, f *File, engines *engine.Registry, o Options, report func(*Result) bool) error {
	more := true
	for _, p := range f.Patterns {
		err := RunPattern(ctx, f, p, engines, o, func(r *Result) bool {
			more = report(r)
			return more
		})
		if err != nil || !more {
			return err
		}
	}
	return nil
}

// RunPattern is [Run] of one pattern of the file.
func RunPattern(ctx context.Context, f *File, p *Pattern, engines *engine.Registry, o Options, report func(*Result) bool) error {
	if o.Timeout <= 0 {
		o.Timeout = DefaultTimeout
	}
	s := newSubject(f, p, engines, o)
	for _, in := range p.Inputs {
		r := s.run(ctx, in)
		if err := context.Cause(ctx); err != nil {
			return err
		}
		if !report(r) {
			return nil
		}
	}
	if p.Linear {
		r := s.linear(ctx)
		if err := context.Cause(ctx); err != nil {
			return err
		}
		report(r)
	}
	return nil
}

// A subject is a pattern that is compiled, or that cannot be tested.
type subject struct {
	file    *File
	pattern *Pattern
	options Options
	info    engine.Info
	program engine.Program
	// template is nil when nothing is replaced.
	template *replace.Template
	// status and err are those of all inputs when nothing can be tested.
	status      Status
	err         error
	replacement bool
}

func newSubject(f *File, p *Pattern, engines *engine.Registry, o Options) *subject {
	s := &subject{file: f, pattern: p, options: o, status: Errored}
	eng, err := engines.Lookup(p.Flavor, p.Engine)
	if err != nil {
		s.err = err
		if _, unknown := errors.AsType[*flavor.UnknownError](err); o.AllowMissing && !unknown {
			s.status = Skipped
		}
		return s
	}
	s.info = eng.Info()
	if s.program, s.err = eng.Compile([]byte(p.Pattern), p.Flags); s.err != nil {
		return s
	}
	if p.Replacement != nil {
		s.template, s.err = s.parseReplacement(*p.Replacement)
	}
	return s
}

func (s *subject) parseReplacement(text string) (*replace.Template, error) {
	f, err := flavor.Lookup(s.pattern.Flavor)
	if err != nil {
		return nil, err
	}
	how := replace.For(s.info)
	if how == nil {
		return nil, fmt.Errorf("how %s replaces is not known here", f.Label)
	}
	t := replace.Parse(how, replace.PatternOf(f, s.pattern.Pattern, s.pattern.Flags, s.program.Groups()), text)
	if bad := t.Err(); bad != nil {
		s.replacement = true
		return nil, bad
	}
	return t, nil
}

// run tests one input.
func (s *subject) run(ctx context.Context, in *Input) *Result {
	r := &Result{File: s.file, Pattern: s.pattern, Input: in, Engine: s.info, Status: Passed}
	if s.err != nil {
		r.Status, r.Err, r.Replacement = s.status, s.err, s.replacement
		return r
	}
	begun := time.Now()
	text := in.text()
	s.search(ctx, r, text)
	if in.Replaced != nil && r.Err == nil {
		s.replace(ctx, r, text)
	}
	b := s.pattern.budget(in)
	if b.Steps > 0 && r.Err == nil {
		s.step(ctx, r, b.Steps)
	}
	if b.MSPerMB > 0 && r.Err == nil {
		s.measure(ctx, r, text, b.MSPerMB)
	}
	if r.Status == Passed && len(r.Differences) > 0 {
		r.Status = Failed
	}
	r.Elapsed = time.Since(begun)
	return r
}

// search looks for the matches that are asked for, and no more of them.
func (s *subject) search(ctx context.Context, r *Result, text *engine.Text) {
	in := r.Input
	if in.Match == nil && in.First == nil && in.Matches == nil {
		return
	}
	c := comparison{text: text.Bytes(), groups: s.program.Groups()}
	expected := in.Matches
	if in.First != nil {
		expected = []Expected{*in.First}
	}
	found := 0
	result := s.program.Search(ctx, text, engine.Cursor{}, engine.Budget{Timeout: s.options.Timeout}, func(groups []int) bool {
		found++
		switch {
		case found <= len(expected):
			c.match(found, expected[found-1], groups)
		case in.Matches != nil:
			c.unexpected(found, len(expected), groups)
		case in.Match != nil && !*in.Match:
			c.unexpected(found, 0, groups)
		}
		return len(c.differences) == 0 && (in.Matches != nil || found < len(expected))
	})
	r.Differences = append(r.Differences, c.differences...)
	if len(c.differences) > 0 || result.Outcome == engine.Stopped {
		return
	}
	if r.take(result.Outcome, result.Err, s.options.Timeout) {
		return
	}
	if found < len(expected) {
		r.Differences = append(r.Differences, c.missing(found, expected[found]))
	} else if found == 0 && in.Match != nil && *in.Match {
		r.Differences = append(r.Differences, Difference{Message: "there is no match, and there has to be one"})
	}
}

// replace compares what the text becomes.
func (s *subject) replace(ctx context.Context, r *Result, text *engine.Text) {
	want := *r.Input.Replaced
	var got []byte
	result := replace.Run(ctx, s.program, s.template, text, replace.Mode{}, engine.Budget{Timeout: s.options.Timeout}, func(b []byte) bool {
		got = append(got, b...)
		return len(got) <= MaxText
	})
	if result.Outcome == engine.Stopped {
		r.Status, r.Err = Stopped, fmt.Errorf("the replaced text has more than %d bytes", MaxText)
		return
	}
	if !r.take(result.Outcome, result.Err, s.options.Timeout) && string(got) != want {
		r.Differences = append(r.Differences, replacedDifference(got, want))
	}
}

// take notes an outcome other than that the whole text was searched, and reports whether it is one.
func (r *Result) take(outcome engine.Outcome, err error, timeout time.Duration) bool {
	switch outcome {
	case engine.Match, engine.NoMatch:
		return false
	case engine.Timeout:
		r.Status, r.Err = Stopped, fmt.Errorf("stopped at the timeout of %v", timeout)
	case engine.Limit:
		r.Status, r.Err = Stopped, errors.New("stopped at a limit of the engine")
		if err != nil {
			r.Err = fmt.Errorf("stopped at a limit of the engine: %w", err)
		}
	default:
		r.Status, r.Err = Errored, err
		if err == nil {
			r.Err = errors.New(string(outcome))
		}
	}
	return true
}

// Describe says what is wrong in lines that are fit for a terminal, each with an end; "" for a test that passed.
func (r *Result) Describe() string {
	s := ""
	if bad, ok := errors.AsType[*syntax.Error](r.Err); ok && r.Replacement {
		s = syntax.Caret(bad, []byte(*r.Pattern.Replacement))
	} else if ok {
		s = syntax.Caret(bad, []byte(r.Pattern.Pattern))
	} else if r.Err != nil {
		s = r.Err.Error() + "\n"
	}
	for _, d := range r.Differences {
		s += d.Message + "\n" + d.Excerpt
	}
	return s
}
