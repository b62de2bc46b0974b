package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

const batchUsage = `usage: regexdbg batch [--runtimes LIST]

Reads requests from standard input, one JSON object a line, and answers each with
one on standard output, in the same order. A line that is no good is answered
with an error, and the next one is read; empty lines are skipped,
and so is a byte order mark before the first.

  {"id": 1, "op": "match", "flavor": "go", "flags": "i", "pattern": "a(b)?", "text": "xA"}
  {"id":1,"outcome":"match","engine":{"name":"regexp","version":"go1.26.8"},
   "names":["",""],"matches":[{"span":[1,2],"groups":[null]}]}

Request:
  id          anything, given back
  op          "match" finds all matches; "replace" replaces them; "parse" says whether
              the pattern is good, by our own parser where this machine has no
              engine of the flavor; "debug" runs our own machine step by step, see regexdbg help debug;
              "test" runs tests
  flavor      "go" (the default) or another, see regexdbg engines
  flags       letters of the flavor
  pattern, text            or as base64, for any bytes: pattern_b64, text_b64
  replacement              for "replace", in the syntax of the engine's own function,
                           see regexdbg help replace; or replacement_b64
  separator   for "replace": the result is what stands for each match, with this
              between them
  engine      "" (the default) for the flavor's first engine, or a name, or "trace"
              for our own machine. For "debug" it is the one to compare with
  all         false is about the first match only; the default is true
  timeout_ms  the time for the search; the default is 5000, and 0 sets no bound.
              For "debug" the machine and the engine get as much each, and what is
              said when nothing matches takes two seconds more at most
  tests       for "test", in the place of all the others but timeout_ms: a file of tests,
              in TOML, see regexdbg help test; its texts cannot be in files
  from, steps for "debug": the first step of events, 0 by default, and how many,
              1000 by default and 100000 at most
  optimize    for "debug" in pcre2: "start-optimize", "auto-possess" or both with a
              comma between them, see regexdbg help debug

  --runtimes LIST  which local runtimes to use, with commas between them: all (the
                   default), none, languages such as python, programs such as
                   python3.13, paths of programs

The names of fields are exactly these, and none may be there twice. Text in JSON is
Unicode: half of a surrogate pair, such as \ud800 alone, needs the base64 fields.

Answer:
  outcome     "match", "no-match", "error", "timeout" or "limit"; for "parse"
              "match" when the pattern is good, or "error"; for "test" "match" when all
              pass, "no-match" when one fails, "limit" when one stopped at a limit or
              timeout, or "error"
  engine      its name and version
  names       of the groups from group 0 on, "" for none
  matches     span is [start, end) in bytes; groups are those from group 1 on, null
              for a group that took no part; mark is the name of the match's
              (*MARK), if it has one (not from our own machine). What was found
              before a timeout or limit is there too.
  ast         of "parse", also of a bad pattern: the pattern as a tree. A node has kind and
              span, and where there is such a thing form (such as "lookahead" or "lazy"),
              negated, text, number and name of a group, pops (a balancing group), min
              and max (no max where there is no limit), flags (where they change) and
              children, among them white space and comments
  steps       for "debug": how many there are in all; also backtracks, attempts, and
              furthest, the furthest offset that a part of the pattern matched up to
  events      those from the step "from" on, as regexdbg debug --json prints them
  multiplying, why_not     for "debug": two repeats that multiply each other's work,
              and why nothing matches, as regexdbg debug --json says them
  engine_agrees            whether the engine finds the same: true, false, or null
              when that is not known; agreement says more, in words
  result      of "replace", the text; or result_b64 where it is not UTF-8. After a
              timeout or limit it ends behind the last match that was replaced
  results     of "test": pattern, input, line, status, details of what differs, and a link
              that opens a test which did not pass in the page that regexdbg serves
  error       code, message, and for a bad pattern span in bytes and perhaps hint;
              "in" is "replacement" or "tests" where the span is one of that
  warnings    the same, of what is good and hardly meant in a replacement

The exit status is 0 when standard input was read to its end.
`

// A response is one line of output.
type response struct {
	ID      json.RawMessage `json:"id"`
	Outcome engine.Outcome  `json:"outcome"`
	Engine  *engineName     `json:"engine,omitempty"`
	Names   []string        `json:"names,omitempty"`
	Matches json.RawMessage `json:"matches,omitempty"`
	AST     *nodeJSON       `json:"ast,omitempty"`

	Result    *string       `json:"result,omitempty"`
	ResultB64 []byte        `json:"result_b64,omitempty"`
	Warnings  []*batchError `json:"warnings,omitempty"`

	Error *batchError `json:"error,omitempty"`
	*debugged
	*testedJSON
}

type engineName struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// batchError is an error in an answer. Span is only there for a bad pattern.
type batchError struct {
	Code    string  `json:"code"`
	Message string  `json:"message"`
	Span    *[2]int `json:"span,omitempty"`
	Hint    string  `json:"hint,omitempty"`
	In      string  `json:"in,omitempty"` // what the span is in, when it is not the pattern
}

func (e *batchError) Error() string { return e.Message }

func badRequest(format string, args ...any) error {
	return &batchError{Code: "bad-request", Message: fmt.Sprintf(format, args...)}
}

func batch(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("batch", flag.ContinueOnError)
	runtimes := runtimesFlag(flags, "all")
	arguments, exit, ok := parseFlags(flags, args, stdout, stderr)
	if !ok {
		return exit
	}
	if len(arguments) > 0 {
		return usageError(stderr, "batch", "batch takes no arguments: it reads standard input")
	}
	in := bufio.NewReaderSize(stdin, 64<<10)
	out := bufio.NewWriterSize(stdout, 64<<10)
	answers := json.NewEncoder(out)
	answers.SetEscapeHTML(false) // < and > are common in patterns and texts
	engines, closeEngines, err := localEngines(*runtimes)
	if err != nil {
		return status(err, stderr)
	}
	defer closeEngines()
	for first := true; ; first = false {
		line, err := in.ReadBytes('\n')
		if first {
			line = bytes.TrimPrefix(line, []byte("\uFEFF"))
		}
		if len(bytes.TrimSpace(line)) > 0 {
			if err := answers.Encode(answer(engines, line)); err != nil {
				return status(err, stderr)
			}
		}
		if err != nil || !hasLine(in) {
			// Whoever talks to us line by line waits for this.
			if err := out.Flush(); err != nil {
				return status(err, stderr)
			}
		}
		if errors.Is(err, io.EOF) {
			return exitMatch
		}
		if err != nil {
			return status(err, stderr)
		}
	}
}

// hasLine reports whether a whole line is buffered.
func hasLine(in *bufio.Reader) bool {
	buffered, _ := in.Peek(in.Buffered())
	return bytes.IndexByte(buffered, '\n') >= 0
}

// answer answers one line.
func answer(engines *engine.Registry, line []byte) response {
	req, err := parseRequest(line)
	answer := response{ID: req.ID}
	if answer.ID == nil {
		answer.ID = json.RawMessage("null")
	}
	if err == nil {
		err = perform(engines, req, &answer)
	}
	if err != nil {
		answer.Outcome, answer.Error = engine.Error, asBatchError(err)
	}
	return answer
}

// maxTimeoutMs is a day.
const maxTimeoutMs = 24 * 60 * 60 * 1000

// ops are what a request can ask for.
var ops = []string{"match", "replace", "parse", "debug", "test"}

func perform(engines *engine.Registry, req request, answer *response) error {
	if req.Op == "" {
		return badRequest("the request has no op (there are: %s)", strings.Join(ops, ", "))
	}
	if !slices.Contains(ops, req.Op) {
		return &batchError{Code: "unknown-op", Message: (&flavor.UnknownError{Kind: "op", Got: req.Op, Have: ops}).Error()}
	}
	if req.Op == "test" {
		return performTests(engines, req, answer)
	}
	if req.Tests != nil {
		return badRequest("only op test has tests")
	}
	if req.Separator != nil && req.Op != "replace" {
		return badRequest("only op replace has a separator")
	}
	if req.Optimize != "" && req.Op != "debug" {
		return badRequest("only op debug has optimize")
	}
	pattern, ok := either(req.Pattern, req.PatternB64)
	if !ok {
		return badRequest("the request has no pattern")
	}
	if req.Flavor == "" {
		req.Flavor = "go"
	}
	if req.Op == "replace" && strings.EqualFold(req.Engine, traceName) {
		return badRequest("our own machine only shows steps: an engine replaces")
	}
	if req.Op == "debug" || strings.EqualFold(req.Engine, traceName) {
		return performTrace(engines, req, pattern, answer)
	}
	eng, err := engines.Lookup(req.Flavor, req.Engine)
	if _, unknown := errors.AsType[*flavor.UnknownError](err); err != nil && !unknown && req.Op == "parse" && req.Engine == "" {
		return parseAlone(req, pattern, answer)
	}
	if err != nil {
		return err
	}
	info := eng.Info()
	answer.Engine = &engineName{info.Name, info.Version}
	if req.Op == "parse" {
		tree, _, err := parsePattern(pattern, req.Flavor, req.Flags)
		if err != nil {
			return err
		}
		answer.AST = newNodeJSON(tree.Root, tree.Flags)
	}
	program, err := eng.Compile(pattern, req.Flags)
	if err != nil {
		return err
	}
	answer.Names = names(program.Groups())
	if req.Op == "parse" {
		answer.Outcome = engine.Match
		return nil
	}
	text, ok := either(req.Text, req.TextB64)
	if !ok {
		return badRequest("the request has no text")
	}
	budget := engine.Budget{Timeout: req.timeout()}
	if req.firstOnly() {
		budget.MaxMatches = 1
	}
	if req.Op == "replace" {
		return replaceText(eng, program, req, string(pattern), engine.NewText(text), budget, answer)
	}
	matches, mark := []byte("["), ""
	budget.Mark = &mark
	result := program.Search(context.Background(), engine.NewText(text), engine.Cursor{}, budget, func(groups []int) bool {
		if len(matches) > 1 {
			matches = append(matches, ',')
		}
		matches = appendMatchJSON(matches, groups, mark)
		return true
	})
	answer.Matches = append(matches, ']')
	answer.Outcome, answer.Error = result.Outcome, searchError(result)
	if result.Outcome == engine.Limit && result.Err == nil {
		answer.Outcome = engine.Match // the first is all that was asked for
	}
	return nil
}

func (r *request) timeout() time.Duration {
	if r.TimeoutMs == nil {
		return defaultTimeout
	}
	return time.Duration(*r.TimeoutMs) * time.Millisecond
}

func (r *request) firstOnly() bool { return r.All != nil && !*r.All }

func either(text *string, bytes *[]byte) ([]byte, bool) {
	switch {
	case text != nil:
		return []byte(*text), true
	case bytes != nil:
		return *bytes, true
	}
	return nil, false
}

func names(groups []engine.Group) []string {
	names := make([]string, len(groups))
	for i, group := range groups {
		names[i] = group.Name
	}
	return names
}

// searchError is what an answer says of a search that the engine ended.
func searchError(result engine.Result) *batchError {
	switch {
	case result.Err == nil:
		return nil
	case result.Outcome == engine.Limit:
		return &batchError{Code: "engine-limit", Message: result.Err.Error()}
	case result.Outcome == engine.Cancelled:
		return &batchError{Code: "cancelled", Message: result.Err.Error()}
	}
	return &batchError{Code: "engine-error", Message: result.Err.Error()}
}

func asBatchError(err error) *batchError {
	if bad, ok := errors.AsType[*batchError](err); ok {
		return bad
	}
	if bad, ok := errors.AsType[*syntax.Error](err); ok {
		return &batchError{Code: string(bad.Code), Message: bad.Message, Span: &[2]int{bad.Span.Start, bad.Span.End}, Hint: bad.Hint}
	}
	if unknown, ok := errors.AsType[*flavor.UnknownError](err); ok {
		return &batchError{Code: "unknown-" + unknown.Kind[strings.LastIndexByte(unknown.Kind, ' ')+1:], Message: err.Error()}
	}
	return &batchError{Code: "bad-request", Message: err.Error()}
}
