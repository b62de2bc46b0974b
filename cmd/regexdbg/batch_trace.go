package main

import (
	"context"
	"strings"
	"time"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/trace"
	"github.com/regexdbg/regexdbg/regex/verify"
)

const (
	// batchSteps is how many events an answer has unless the request says otherwise, and maxBatchSteps the most: some
	// 20 MB.
	batchSteps    = 1000
	maxBatchSteps = 100_000
)

// debugged is what an answer to the op debug has besides.
type debugged struct {
	Steps        int64      `json:"steps"`
	Backtracks   int64      `json:"backtracks"`
	Attempts     int64      `json:"attempts"`
	Furthest     int        `json:"furthest"`
	Events       []stepJSON `json:"events"`
	EngineAgrees *bool      `json:"engine_agrees"`
	Agreement    string     `json:"agreement"`
	// Multiplying are the operators of two repeats, and WhyNot is there when nothing matches.
	Multiplying *[2][2]int  `json:"multiplying,omitempty"`
	WhyNot      *whyNotJSON `json:"why_not,omitempty"`
}

// performTrace answers a request that our own machine is asked for.
func performTrace(engines *engine.Registry, req request, pattern []byte, answer *response) error {
	from, steps := int64(0), batchSteps
	if req.From != nil {
		from = *req.From
	}
	if req.Steps != nil {
		steps = *req.Steps
	}
	if from < 0 || steps < 0 || steps > maxBatchSteps {
		return badRequest("from cannot be negative, and steps has to be from 0 to %d", maxBatchSteps)
	}
	tree, letters, err := parsePattern(pattern, req.Flavor, req.Flags)
	if err != nil {
		return err
	}
	var eng engine.Engine
	if req.Op != "debug" {
		answer.Engine = &engineName{traceName, version()}
	} else if eng, err = besides(engines, req); err != nil {
		return err
	}
	text, ok := either(req.Text, req.TextB64)
	if !ok && req.Op != "parse" {
		return badRequest("the request has no text")
	}
	limits := trace.Limits{}
	if req.firstOnly() {
		limits.Matches = 1
	}
	with, err := engine.ParseOptimizations(req.Optimize)
	switch {
	case err != nil:
		return badRequest("%v", err)
	case with != (engine.Optimizations{}) && !verify.HasCallouts(tree.Flavor):
		return badRequest("optimize is for the flavor pcre2")
	}
	t, err := newTracing(tree, letters, with, engine.NewText(text), limits)
	if err != nil {
		return err
	}
	answer.Names = t.names()
	if req.Op == "parse" {
		answer.AST = newNodeJSON(tree.Root, tree.Flags)
		answer.Outcome = engine.Match
		return nil
	}
	ctx := context.Background()
	if err := t.advance(ctx, req.timeout()); err != nil {
		return err
	}
	result := t.result(req.firstOnly())
	answer.Matches = matchesJSON(t.run)
	answer.Outcome, answer.Error = result.Outcome, traceError(result)
	if req.Op == "match" {
		return nil
	}
	return t.describe(ctx, eng, req.timeout(), from, steps, answer)
}

// besides returns the engine to compare with, nil when the flavor has none here. The error is that there is none of the
// name that was asked for.
func besides(engines *engine.Registry, req request) (engine.Engine, error) {
	if strings.EqualFold(req.Engine, traceName) {
		req.Engine = ""
	}
	eng, err := engines.Lookup(req.Flavor, req.Engine)
	if req.Engine == "" {
		return eng, nil
	}
	return eng, err
}

// describe adds the events to an answer, and what an engine says of the result.
func (t *tracing) describe(ctx context.Context, eng engine.Engine, timeout time.Duration, from int64, steps int, answer *response) error {
	report := t.verify(ctx, eng, timeout)
	if report.Reason != verify.NoEngine {
		answer.Engine = &engineName{report.Engine.Name, report.Engine.Version}
	}
	c := t.run.Counters()
	answer.debugged = &debugged{
		Steps: c.Steps, Backtracks: c.Backtracks, Attempts: c.Attempts, Furthest: c.Furthest, Events: []stepJSON{},
		EngineAgrees: agrees(report), Agreement: report.String(),
	}
	answer.Multiplying = t.multiplying(c)
	why, err := t.whyNot(ctx)
	if err != nil {
		return err
	}
	if why != nil {
		answer.WhyNot = newWhyNotJSON(why)
	}
	if from >= c.Steps {
		return nil
	}
	say := t.narrator()
	return t.run.Window(ctx, from, steps, func(e *trace.Event) bool {
		answer.Events = append(answer.Events, newStepJSON(e, say))
		return true
	})
}
