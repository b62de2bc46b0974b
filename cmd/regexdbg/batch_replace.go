package main

import (
	"context"
	"fmt"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/replace"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// maxResult is the longest result in bytes that an answer has: a replacement with $`
// makes a square of a text, and an answer is in memory three times.
const maxResult = 256 << 20

// replaceText answers a request for op "replace".
func replaceText(eng engine.Engine, program engine.Program, req request, pattern string, text *engine.Text, budget engine.Budget, answer *response) error {
	replacement, ok := either(req.Replacement, req.ReplacementB64)
	if !ok {
		return badRequest("the request has no replacement")
	}
	template, err := templateFor(eng, program, pattern, req.Flags, string(replacement))
	if err != nil {
		return err
	}
	if err := template.Err(); err != nil {
		return inReplacement(err)
	}
	for _, warning := range template.Problems {
		answer.Warnings = append(answer.Warnings, inReplacement(warning))
	}
	var mode replace.Mode
	if req.Separator != nil {
		mode = replace.Mode{List: true, Separator: *req.Separator}
	}
	replaced, tooLong := []byte{}, false
	result := replace.Run(context.Background(), program, template, text, mode, budget, func(b []byte) bool {
		if tooLong = len(replaced)+len(b) > maxResult; !tooLong {
			replaced = append(replaced, b...)
		}
		return !tooLong
	})
	if utf8.Valid(replaced) {
		result := string(replaced)
		answer.Result = &result
	} else {
		answer.ResultB64 = replaced
	}
	answer.Outcome, answer.Error = result.Outcome, searchError(result)
	switch {
	case tooLong:
		answer.Outcome = engine.Limit
		answer.Error = &batchError{Code: "result-too-long", Message: fmt.Sprintf("the result has more than %d bytes", maxResult)}
	case result.Outcome == engine.Limit && result.Err == nil:
		answer.Outcome = engine.Match // the first is all that was asked for
	}
	return nil
}

func inReplacement(problem *syntax.Error) *batchError {
	bad := asBatchError(problem)
	bad.In = "replacement"
	return bad
}
