package main

import (
	"bufio"
	"context"
	"encoding/json"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/trace"
	"github.com/regexdbg/regexdbg/regex/trace/narrator"
	"github.com/regexdbg/regexdbg/regex/trace/nomatch"
	"github.com/regexdbg/regexdbg/regex/verify"
)

// A stepJSON is a step as --json and batch print it.
type stepJSON struct {
	Step    int64           `json:"step"`
	Kind    string          `json:"kind"`
	Token   [2]int          `json:"token"`
	Attempt int             `json:"attempt"`
	From    int             `json:"from"`
	Pos     int             `json:"pos"`
	Groups  json.RawMessage `json:"groups"`
	Changed *int            `json:"changed,omitempty"`
	Span    *[2]int         `json:"span,omitempty"`
	Says    string          `json:"says"`
}

func newStepJSON(e *trace.Event, say *narrator.Narrator) stepJSON {
	step := stepJSON{
		Step: e.Step, Kind: e.Kind.String(), Token: [2]int{e.Span.Start, e.Span.End}, Attempt: e.Attempt, From: e.From, Pos: e.Pos,
		Groups: appendGroupsJSON(nil, e.Groups), Says: say.Say(e),
	}
	switch {
	case e.Kind == trace.KindMatch:
		step.Span = &[2]int{e.Groups[0], e.Groups[1]}
	case e.Group >= 0:
		number := e.Group
		step.Changed = &number
	}
	return step
}

// appendGroupsJSON appends the groups from group 1 on.
func appendGroupsJSON(b []byte, groups []int) []byte {
	b = append(b, '[')
	for i := 2; i < len(groups); i += 2 {
		if i > 2 {
			b = append(b, ',')
		}
		b = appendSpan(b, groups[i], groups[i+1])
	}
	return append(b, ']')
}

// matchesJSON are the matches of a trace, without their marks: a trace keeps no mark but the latest.
func matchesJSON(run trace.Trace) json.RawMessage {
	b := []byte("[")
	for i, m := range run.Matches() {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendMatchJSON(b, m, "")
	}
	return append(b, ']')
}

// agrees is a verdict as true, false, or nil when it is not known.
func agrees(report *verify.Report) *bool {
	yes := report.Verdict == verify.Agrees
	if !yes && report.Verdict != verify.Differs {
		return nil
	}
	return &yes
}

// runJSON is the last line of debug --json.
type runJSON struct {
	Outcome      engine.Outcome  `json:"outcome"`
	Steps        int64           `json:"steps"`
	Backtracks   int64           `json:"backtracks"`
	Attempts     int64           `json:"attempts"`
	Furthest     int             `json:"furthest"`
	Names        []string        `json:"names"`
	Matches      json.RawMessage `json:"matches"`
	Optimize     string          `json:"optimize,omitempty"`
	Engine       *engineName     `json:"engine"`
	EngineAgrees *bool           `json:"engine_agrees"`
	Agreement    string          `json:"agreement"`
	CalloutsSame *bool           `json:"callouts_agree,omitempty"`
	Callouts     string          `json:"callouts,omitempty"`
	Error        *batchError     `json:"error,omitempty"`
	Multiplying  *[2][2]int      `json:"multiplying,omitempty"`
	WhyNot       *whyNotJSON     `json:"why_not,omitempty"`
	ByOffset     []attemptJSON   `json:"attempts_by_offset,omitempty"`
	ByToken      []costJSON      `json:"cost_by_token,omitempty"`
}

type attemptJSON struct {
	Offset   int     `json:"offset"`
	First    int64   `json:"first"`
	Steps    int64   `json:"steps"`
	Furthest int     `json:"furthest"`
	Matched  bool    `json:"matched"`
	Failed   *[2]int `json:"failed"` // the token
}

type costJSON struct {
	Token      [2]int `json:"token"`
	Steps      int64  `json:"steps"`
	Matched    int64  `json:"matched"`
	Failed     int64  `json:"failed"`
	Backtracks int64  `json:"backtracks"`
	Begun      int64  `json:"begun"`
	Merged     int64  `json:"merged"`
}

// whyNotJSON is why nothing matches.
type whyNotJSON struct {
	Attempt  int            `json:"attempt"`
	Furthest int            `json:"furthest"`
	Found    string         `json:"found"`
	Expected []expectedJSON `json:"expected"`
	Changes  []changeJSON   `json:"changes"`
	Complete bool           `json:"complete"`
}

type expectedJSON struct {
	Token [2]int `json:"token"`
	Words string `json:"words"`
}

type changeJSON struct {
	Span        [2]int `json:"span"`
	Replacement string `json:"replacement"`
	Flag        string `json:"flag,omitempty"`
	Pattern     string `json:"pattern"`
	Says        string `json:"says"`
	Match       [2]int `json:"match"`
}

func newWhyNotJSON(r *nomatch.Report) *whyNotJSON {
	why := &whyNotJSON{r.Attempt, r.Furthest, r.Found, []expectedJSON{}, []changeJSON{}, r.Complete}
	for _, e := range r.Expected {
		why.Expected = append(why.Expected, expectedJSON{[2]int{e.Span.Start, e.Span.End}, e.Words})
	}
	for _, f := range r.Fixes {
		flag := ""
		if f.Flag != 0 {
			flag = string(rune(f.Flag))
		}
		why.Changes = append(why.Changes, changeJSON{[2]int{f.Span.Start, f.Span.End}, f.Replacement, flag, f.Pattern, f.Says, f.Match})
	}
	return why
}

// multiplying are the operators of two repeats that multiply each other's work, or nil.
func (t *tracing) multiplying(c *trace.Counters) *[2][2]int {
	a, b, ok := trace.Multiplying(t.run.Tokens(), c, t.text.Len())
	if !ok {
		return nil
	}
	first, second := t.run.Tokens()[a].Span, t.run.Tokens()[b].Span
	return &[2][2]int{{first.Start, first.End}, {second.Start, second.End}}
}

// writeJSON writes the run as JSON.
func (d *debugging) writeJSON(ctx context.Context, out *bufio.Writer) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	say := d.narrator()
	if d.wanted != nil {
		if _, _, err := d.found(ctx, func(e *trace.Event) error { return encoder.Encode(newStepJSON(e, say)) }); err != nil {
			return err
		}
	} else if n := d.window(); n > 0 {
		var failed error
		err := d.run.Window(ctx, d.from, n, func(e *trace.Event) bool {
			failed = encoder.Encode(newStepJSON(e, say))
			return failed == nil
		})
		if err == nil {
			err = failed
		}
		if err != nil {
			return err
		}
	}
	c, result := d.run.Counters(), d.result(false)
	last := runJSON{
		Outcome: result.Outcome, Steps: c.Steps, Backtracks: c.Backtracks, Attempts: c.Attempts, Furthest: c.Furthest, Names: d.names(), Optimize: d.with.String(),
		Matches: matchesJSON(d.run), EngineAgrees: agrees(d.report), Agreement: d.report.String(), Error: traceError(result),
	}
	if d.report.Reason != verify.NoEngine {
		last.Engine = &engineName{d.report.Engine.Name, d.report.Engine.Version}
	}
	if d.callouts != nil {
		last.CalloutsSame = &d.callouts.Same
	}
	last.Callouts = d.calloutWords()
	last.Multiplying = d.multiplying(c)
	if d.why != nil {
		last.WhyNot = newWhyNotJSON(d.why)
	}
	if d.summary {
		last.ByOffset, last.ByToken = d.attemptsJSON(c), d.costsJSON(c)
	}
	return encoder.Encode(last)
}

// traceError is what is said of a run that reached a limit, or failed.
func traceError(result engine.Result) *batchError {
	switch {
	case result.Err == nil:
		return nil
	case result.Outcome == engine.Error:
		return &batchError{Code: "trace-error", Message: result.Err.Error()}
	}
	return &batchError{Code: "trace-limit", Message: result.Err.Error()}
}

func (d *debugging) attemptsJSON(c *trace.Counters) []attemptJSON {
	all := make([]attemptJSON, len(c.Summaries))
	for i, a := range c.Summaries {
		all[i] = attemptJSON{Offset: a.Offset, First: a.First, Steps: a.Steps, Furthest: a.Furthest, Matched: a.Matched}
		if a.Failed >= 0 && !a.Matched {
			span := d.run.Tokens()[a.Failed].Span
			all[i].Failed = &[2]int{span.Start, span.End}
		}
	}
	return all
}

func (d *debugging) costsJSON(c *trace.Counters) []costJSON {
	costs := d.costs(c)
	all := make([]costJSON, len(costs))
	for i, cost := range costs {
		all[i] = costJSON{
			Token: [2]int{cost.span.Start, cost.span.End}, Steps: cost.steps, Matched: cost.Matched, Failed: cost.Failed,
			Backtracks: cost.Backtracks, Begun: cost.Entered, Merged: cost.Merged,
		}
	}
	return all
}
