package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/regextest"
)

// testedJSON is what an answer to the op test has besides.
type testedJSON struct {
	Results []testJSON `json:"results"`
}

// testJSON is what came of one test. Link is there when it did not pass, and is not too long.
type testJSON struct {
	Pattern string  `json:"pattern"`
	Input   string  `json:"input"`
	Line    int     `json:"line"`
	Status  string  `json:"status"`
	Details string  `json:"details,omitempty"`
	Steps   int64   `json:"steps,omitempty"`
	MSPerMB float64 `json:"ms_per_mb,omitempty"`
	Link    string  `json:"link,omitempty"`
}

// performTests answers a request for op "test": the outcome is that of the gravest result, as the exit status of
// regexdbg test.
func performTests(engines *engine.Registry, req request, answer *response) error {
	if req.Tests == nil {
		return badRequest("the request has no tests")
	}
	if req.Pattern != nil || req.PatternB64 != nil || req.Text != nil || req.TextB64 != nil {
		return badRequest("patterns and texts of op test are in its tests")
	}
	f, err := regextest.Parse("", []byte(*req.Tests))
	if err != nil {
		if problems, ok := errors.AsType[regextest.Problems](err); ok {
			return testProblem(problems)
		}
		return err
	}
	timeout := req.timeout()
	if timeout == 0 {
		timeout = maxTimeoutMs * time.Millisecond // which is none
	}
	answer.testedJSON = &testedJSON{Results: []testJSON{}}
	counts := map[regextest.Status]int{}
	err = regextest.Run(context.Background(), f, engines, regextest.Options{Timeout: timeout}, func(r *regextest.Result) bool {
		counts[r.Status]++
		result := testJSON{
			Pattern: r.Pattern.Name, Input: r.Input.Name, Line: r.Input.Line, Status: string(r.Status), Details: r.Describe(),
			Steps: r.Steps, MSPerMB: r.MSPerMB,
		}
		if r.Status != regextest.Passed {
			result.Link = r.Link(regextest.Page)
		}
		answer.Results = append(answer.Results, result)
		return true
	})
	if err != nil {
		return err
	}
	switch {
	case counts[regextest.Errored] > 0:
		answer.Outcome = engine.Error
		answer.Error = &batchError{Code: "test-error", Message: fmt.Sprintf("%d tests could not be run", counts[regextest.Errored])}
	case counts[regextest.Stopped] > 0:
		answer.Outcome = engine.Limit
	case counts[regextest.Failed] > 0:
		answer.Outcome = engine.NoMatch
	default:
		answer.Outcome = engine.Match
	}
	return nil
}

// testProblem says what is wrong with a file of tests: all of it, with the place of the first.
func testProblem(problems regextest.Problems) error {
	first := problems[0]
	words := make([]string, len(problems))
	for i, p := range problems {
		words[i] = fmt.Sprintf("line %d, column %d: %s", p.Line, p.Column, p.Message)
	}
	return &batchError{
		Code: "bad-tests", Message: strings.Join(words, "; "), Span: &[2]int{first.Offset, first.Offset}, Hint: first.Hint, In: "tests",
	}
}
