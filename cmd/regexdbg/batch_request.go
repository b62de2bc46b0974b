package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// A request is one line of input.
type request struct {
	ID         json.RawMessage
	Op         string
	Flavor     string
	Flags      string
	Pattern    *string
	Text       *string
	PatternB64 *[]byte
	TextB64    *[]byte
	Engine     string

	Replacement    *string
	ReplacementB64 *[]byte
	Separator      *string

	All       *bool
	TimeoutMs *int64
	From      *int64
	Steps     *int
	Optimize  string
	Tests     *string
}

// field returns where the value of a field goes, or nil when there is no such
// field. Fields of operations that there are not yet are good, so that the answer
// is about the operation.
func (r *request) field(name string) any {
	switch name {
	case "id":
		return &r.ID
	case "op":
		return &r.Op
	case "flavor":
		return &r.Flavor
	case "flags":
		return &r.Flags
	case "pattern":
		return &r.Pattern
	case "text":
		return &r.Text
	case "pattern_b64":
		return &r.PatternB64
	case "text_b64":
		return &r.TextB64
	case "engine":
		return &r.Engine
	case "all":
		return &r.All
	case "timeout_ms":
		return &r.TimeoutMs
	case "replacement":
		return &r.Replacement
	case "replacement_b64":
		return &r.ReplacementB64
	case "separator":
		return &r.Separator
	case "tests":
		return &r.Tests
	case "from":
		return &r.From
	case "steps":
		return &r.Steps
	case "optimize":
		return &r.Optimize
	}
	return nil
}

// fields are the names of what a request can have.
var fields = []string{
	"id", "op", "flavor", "flags", "pattern", "text", "pattern_b64", "text_b64", "engine", "all", "timeout_ms", "replacement", "replacement_b64",
	"separator", "tests", "from", "steps", "optimize",
}

// parseRequest reads a line. The id is there also for many a line that is no good.
func parseRequest(line []byte) (request, error) {
	var req request
	err := req.read(line)
	if !utf8.Valid(req.ID) {
		req.ID = nil
	}
	fail := func(err error) (request, error) { return request{ID: req.ID}, err }
	if !utf8.Valid(line) {
		return fail(badRequest("the line is not valid UTF-8: use pattern_b64 and text_b64 for other bytes"))
	}
	if err != nil {
		return fail(err)
	}
	switch {
	case req.Pattern != nil && req.PatternB64 != nil:
		return fail(badRequest("the request has both pattern and pattern_b64"))
	case req.Replacement != nil && req.ReplacementB64 != nil:
		return fail(badRequest("the request has both replacement and replacement_b64"))
	case req.Text != nil && req.TextB64 != nil:
		return fail(badRequest("the request has both text and text_b64"))
	case req.TimeoutMs != nil && (*req.TimeoutMs < 0 || *req.TimeoutMs > maxTimeoutMs):
		return fail(badRequest("timeout_ms has to be from 0 to %d", maxTimeoutMs))
	}
	return req, nil
}

// read reads the fields of a line: all of them, whatever is wrong with one, as
// long as it is JSON. Its error is the first.
func (r *request) read(line []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(line))
	start, err := decoder.Token()
	if err != nil {
		return badJSON(err)
	}
	if start != json.Delim('{') {
		return badRequest("the line is not a request: it is not an object")
	}
	var first error
	seen := map[string]bool{}
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return badJSON(err)
		}
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return badJSON(err)
		}
		name := token.(string)
		if seen[name] {
			err = badRequest("the request has the field %q twice", name)
		} else {
			err = r.set(name, value)
		}
		seen[name] = true
		if first == nil {
			first = err
		}
	}
	if _, err := decoder.Token(); err != nil { // the }
		return badJSON(err)
	}
	if _, err := decoder.Token(); first == nil && !errors.Is(err, io.EOF) {
		return badRequest("there is more on the line after the request")
	}
	return first
}

// set sets a field.
func (r *request) set(name string, value json.RawMessage) error {
	field := r.field(name)
	if field == nil {
		if lower := strings.ToLower(name); r.field(lower) != nil {
			return badRequest("there is no field %q (it is written %q)", name, lower)
		}
		if near := flavor.Nearest(name, fields); near != "" {
			return badRequest("there is no field %q: did you mean %q?", name, near)
		}
		return badRequest("there is no field %q", name)
	}
	if _, bytes := field.(**[]byte); bytes && value[0] == '[' {
		return badRequest("the field %q has to be %s, and is an array", name, wantedJSON(field)) // of numbers, which Go would take
	}
	if err := json.Unmarshal(value, field); err != nil {
		if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
			return badRequest("the field %q has to be %s, and is %s", name, wantedJSON(field), valueJSON(wrong.Value))
		}
		return badRequest("the field %q is no good: %v", name, err)
	}
	if half := loneSurrogate(value); half != "" && (name == "pattern" || name == "text" || name == "replacement") {
		return badRequest("the field %q has half of a surrogate pair, %s, which is no character: use %s_b64 for other bytes than UTF-8", name, half, name)
	}
	return nil
}

// wantedJSON says what values the field with that place can have.
func wantedJSON(field any) string {
	switch field.(type) {
	case **int64, **int:
		return "a whole number"
	case **bool:
		return "true or false"
	case **[]byte:
		return "a string of base64"
	}
	return "a string"
}

// valueJSON is a value as encoding/json names it, in a sentence.
func valueJSON(value string) string {
	switch {
	case value == "bool":
		return "true or false"
	case strings.HasPrefix(value, "number "):
		return strings.TrimPrefix(value, "number ")
	case value == "object" || value == "array":
		return "an " + value
	}
	return "a " + value
}

// loneSurrogate returns the first escape in a JSON value that is half of a
// surrogate pair without the other half, or "".
func loneSurrogate(value []byte) string {
	for i := bytes.IndexByte(value, '\\'); i >= 0 && i < len(value); i++ {
		if value[i] != '\\' {
			continue
		}
		r, ok := unicodeEscape(value[i:])
		if !ok {
			i++ // what is escaped is no start of an escape
			continue
		}
		i += len(`u0000`)
		if !utf16.IsSurrogate(r) {
			continue
		}
		if low, ok := unicodeEscape(value[i+1:]); !ok || utf16.DecodeRune(r, low) == utf8.RuneError {
			return string(value[i-len(`u0000`) : i+1])
		}
		i += len(`\u0000`)
	}
	return ""
}

// unicodeEscape reads the \u0000 that good JSON starts with.
func unicodeEscape(s []byte) (rune, bool) {
	if len(s) < len(`\u0000`) || s[0] != '\\' || s[1] != 'u' {
		return 0, false
	}
	r, err := strconv.ParseUint(string(s[2:6]), 16, 16)
	return rune(r), err == nil
}

// badJSON words an error of encoding/json about a line.
func badJSON(err error) error {
	problem := strings.TrimPrefix(err.Error(), "json: ")
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		problem = "it ends too early"
	}
	return badRequest("the line is not a request: %s", problem)
}
