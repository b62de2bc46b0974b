package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

const batchUsage = `usage: regexdbg batch

Reads requests from standard input, one JSON object a line, and answers each with
one on standard output, in the same order. A line that is no good is answered
with an error, and the next one is read; empty lines are skipped.

  {"id": 1, "op": "match", "flavor": "go", "flags": "i", "pattern": "a(b)?", "text": "xA"}
  {"id":1,"outcome":"match","engine":{"name":"regexp","version":"go1.26.8"},
   "names":["",""],"matches":[{"span":[1,2],"groups":[null]}]}

Request:
  id          anything, given back
  op          "match" finds all matches; "parse" says whether the pattern is good
  flavor      "go" (the default) or "dotnet", see regexdbg engines
  flags       letters of the flavor
  pattern, text            or as base64, for any bytes: pattern_b64, text_b64
  engine      "" (the default) for the flavor's first engine, or a name
  all         false finds the first match only; the default is true
  timeout_ms  the time for the search; the default is 5000, and 0 sets no bound

Answer:
  outcome     "match", "no-match", "error", "timeout" or "limit"; for "parse"
              "match" when the pattern is good, or "error"
  engine      its name and version
  names       of the groups from group 0 on, "" for none
  matches     span is [start, end) in bytes; groups are those from group 1 on, null
              for a group that took no part. What was found before a timeout or
              limit is there too.
  error       code, message, and for a bad pattern span in bytes and perhaps hint

The exit status is 0 when standard input was read to its end.
`

// A request is one line of input. Fields of operations that there are not yet
// are in it too, so that the answer is about the operation.
type request struct {
	ID          json.RawMessage `json:"id"`
	Op          string          `json:"op"`
	Flavor      string          `json:"flavor"`
	Flags       string          `json:"flags"`
	Pattern     *string         `json:"pattern"`
	Text        *string         `json:"text"`
	PatternB64  *[]byte         `json:"pattern_b64"`
	TextB64     *[]byte         `json:"text_b64"`
	Engine      string          `json:"engine"`
	Replacement *string         `json:"replacement"`
	All         *bool           `json:"all"`
	TimeoutMs   *int64          `json:"timeout_ms"`
	From        *int            `json:"from"`
	Steps       *int            `json:"steps"`
}

// A response is one line of output.
type response struct {
	ID      json.RawMessage `json:"id"`
	Outcome engine.Outcome  `json:"outcome"`
	Engine  *engineName     `json:"engine,omitempty"`
	Names   []string        `json:"names,omitempty"`
	Matches json.RawMessage `json:"matches,omitempty"`
	Error   *batchError     `json:"error,omitempty"`
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
}

func (e *batchError) Error() string { return e.Message }

func badRequest(format string, args ...any) error {
	return &batchError{Code: "bad-request", Message: fmt.Sprintf(format, args...)}
}

func batch(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	if len(args) > 0 {
		return usageError(stderr, "batch", "batch takes no arguments: it reads standard input")
	}
	in := bufio.NewReaderSize(stdin, 64<<10)
	out := bufio.NewWriterSize(stdout, 64<<10)
	engines := engine.Local()
	for {
		line, err := in.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			answer, err := json.Marshal(answer(engines, line))
			if err != nil {
				return status(err, stderr)
			}
			_, _ = out.Write(append(answer, '\n')) // Flush returns the error
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

// parseRequest reads a line. The id is there also for many a line that is no good.
func parseRequest(line []byte) (request, error) {
	var req request
	var bare struct {
		ID json.RawMessage `json:"id"`
	}
	if json.Unmarshal(line, &bare) == nil {
		req.ID = bare.ID
	}
	id := req.ID
	fail := func(err error) (request, error) { return request{ID: id}, err }
	if !utf8.Valid(line) {
		return fail(badRequest("the line is not valid UTF-8: use pattern_b64 and text_b64 for other bytes"))
	}
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&req); err != nil {
		return fail(badRequest("the line is not a request: %s", jsonProblem(err)))
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return fail(badRequest("there is more on the line after the request"))
	}
	switch {
	case req.Pattern != nil && req.PatternB64 != nil:
		return fail(badRequest("the request has both pattern and pattern_b64"))
	case req.Text != nil && req.TextB64 != nil:
		return fail(badRequest("the request has both text and text_b64"))
	case req.TimeoutMs != nil && (*req.TimeoutMs < 0 || *req.TimeoutMs > maxTimeoutMs):
		return fail(badRequest("timeout_ms has to be from 0 to %d", maxTimeoutMs))
	}
	return req, nil
}

// jsonProblem words an error of encoding/json without its Go types.
func jsonProblem(err error) string {
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		if wrong.Field == "" {
			return "it is not an object but of the type " + wrong.Value
		}
		return fmt.Sprintf("the field %q cannot be of the type %s", wrong.Field, wrong.Value)
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return "it ends too early"
	}
	return strings.TrimPrefix(err.Error(), "json: ")
}

// maxTimeoutMs is a day.
const maxTimeoutMs = 24 * 60 * 60 * 1000

func perform(engines *engine.Registry, req request, answer *response) error {
	if req.Op != "match" && req.Op != "parse" {
		return &batchError{Code: "unknown-op", Message: fmt.Sprintf("unknown op %q (there are: match, parse)", req.Op)}
	}
	pattern, ok := either(req.Pattern, req.PatternB64)
	if !ok {
		return badRequest("the request has no pattern")
	}
	if req.Flavor == "" {
		req.Flavor = "go"
	}
	eng, err := engines.Lookup(req.Flavor, req.Engine)
	if err != nil {
		return err
	}
	info := eng.Info()
	answer.Engine = &engineName{info.Name, info.Version}
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
	budget := engine.Budget{Timeout: defaultTimeout}
	if req.TimeoutMs != nil {
		budget.Timeout = time.Duration(*req.TimeoutMs) * time.Millisecond
	}
	all := req.All == nil || *req.All
	matches := []byte("[")
	result := program.Search(context.Background(), engine.NewText(text), engine.Cursor{}, budget, func(groups []int) bool {
		if len(matches) > 1 {
			matches = append(matches, ',')
		}
		matches = appendMatchJSON(matches, groups)
		return all
	})
	answer.Matches = append(matches, ']')
	answer.Outcome, answer.Error = result.Outcome, searchError(result)
	if result.Outcome == engine.Stopped {
		answer.Outcome = engine.Match // the first is all that was asked for
	}
	return nil
}

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
		return &batchError{Code: "unknown-" + unknown.Kind[strings.LastIndexByte(unknown.Kind, ' ')+1:], Message: unknown.Error()}
	}
	return &batchError{Code: "bad-request", Message: err.Error()}
}
