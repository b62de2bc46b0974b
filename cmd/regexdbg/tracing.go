package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
	"github.com/regexdbg/regexdbg/regex/trace"
	"github.com/regexdbg/regexdbg/regex/trace/narrator"
	"github.com/regexdbg/regexdbg/regex/trace/nomatch"
	"github.com/regexdbg/regexdbg/regex/verify"
)

// traceName is what requests call our own machine, as an engine.
const traceName = "trace"

// A tracing is a pattern on our own machine.
type tracing struct {
	tree    *syntax.Tree
	letters string // of the flags
	text    *engine.Text
	with    engine.Optimizations
	run     trace.Trace
	outcome trace.Outcome
	// spent says that the time was over before the run was.
	spent bool
}

// parsePattern reads a pattern as a flavor does. The error is of the flavor, the flags or the length.
func parsePattern(pattern []byte, flavorName, letters string) (*syntax.Tree, string, error) {
	dialect, err := flavor.Lookup(flavorName)
	if err != nil {
		return nil, "", err
	}
	if letters, err = dialect.CheckFlags(letters); err != nil {
		return nil, "", err
	}
	if len(pattern) > syntax.MaxPattern {
		return nil, "", &syntax.Error{
			Code: "pattern-too-long", Message: fmt.Sprintf("the pattern has %d bytes, more than the limit of %d", len(pattern), syntax.MaxPattern),
		}
	}
	return syntax.Parse(string(pattern), dialect, flavor.FlagsOf(letters)), letters, nil
}

// newTracing compiles a pattern for the machine, with some of PCRE2's optimisations. What the machine does not have is a
// [*syntax.Error].
func newTracing(tree *syntax.Tree, letters string, with engine.Optimizations, text *engine.Text, limits trace.Limits) (*tracing, error) {
	optimized, err := verify.Optimized(tree, letters, with)
	if err != nil {
		return nil, err
	}
	run, err := trace.NewOptimized(tree, text.Bytes(), limits, optimized)
	if unsupported, ok := errors.AsType[*trace.UnsupportedError](err); ok {
		return nil, &syntax.Error{
			Code: "not-traced", Message: unsupported.What + " cannot be shown step by step yet", Span: unsupported.Span,
			Hint: "regexdbg match runs it on the real engine",
		}
	}
	if err != nil {
		return nil, err
	}
	return &tracing{tree: tree, letters: letters, with: with, text: text, run: run, outcome: trace.Running}, nil
}

var errSpent = errors.New("the time is over")

// advance runs to the end, or until the time is over; 0 sets no bound. The error is the cause of ctx.
func (t *tracing) advance(ctx context.Context, timeout time.Duration) error {
	if timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, timeout, errSpent)
		defer cancel()
	}
	var err error
	t.outcome, err = t.run.Advance(ctx, -1)
	if errors.Is(err, errSpent) {
		t.spent = true
		return nil
	}
	return err
}

// verify compares what was found with what an engine finds; nil for one that is not there.
func (t *tracing) verify(ctx context.Context, eng engine.Engine, timeout time.Duration) *verify.Report {
	return verify.With(ctx, eng, verify.Subject{
		Pattern: t.tree.Pattern, Flags: t.letters, Text: t.text, Trace: t.run, Outcome: t.outcome, Timeout: timeout,
	})
}

// result is how the run ended, as a search of an engine does. A limit of matches counts as the end when there was to be
// one match only.
func (t *tracing) result(firstOnly bool) engine.Result {
	r := engine.Result{Count: len(t.run.Matches())}
	switch {
	case t.spent:
		r.Outcome = engine.Timeout
	case t.outcome == trace.Matched, t.outcome == trace.OutOfMatches && firstOnly:
		r.Outcome = engine.Match
	case t.outcome == trace.NoMatch:
		r.Outcome = engine.NoMatch
	case t.outcome == trace.Endless: // for which engines fail too
		r.Outcome, r.Err = engine.Error, errors.New("a group calls itself without getting further")
	default:
		r.Outcome, r.Err = engine.Limit, fmt.Errorf("the machine ended with %s after %d steps", t.outcome, t.run.Steps())
	}
	return r
}

// whyNot says why the run, which has ended, found nothing; nil when it found something or stopped before the end.
func (t *tracing) whyNot(ctx context.Context) (*nomatch.Report, error) {
	if t.outcome != trace.NoMatch || t.run.Counters().Closest == nil {
		return nil, nil
	}
	return nomatch.Explain(ctx, t.tree, t.text.Bytes(), t.run)
}

func (t *tracing) narrator() *narrator.Narrator {
	return narrator.New(t.tree, t.run.Tokens(), t.run.Groups(), t.text.Bytes())
}

// names are those of the groups, "" for none.
func (t *tracing) names() []string {
	groups := t.run.Groups()
	all := make([]string, len(groups))
	for i, g := range groups {
		all[i] = g.Name
	}
	return all
}
