package differential

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

//go:embed children/retests.py
var reTestsPython string

// trialsPython are CPython's re_tests.py.
func trialsPython(ctx context.Context, _ string) (trials []Trial, left int, err error) {
	dir, err := pythonTests(ctx)
	if err != nil {
		return nil, 0, err
	}
	out, err := command(ctx, "/", python3, "-I", "-c", reTestsPython, filepath.Join(dir, "re_tests.py"))
	if err != nil {
		return nil, 0, err
	}
	var rows []struct {
		Pattern, Text, Outcome, Expression, Want string
	}
	if err := json.Unmarshal(out, &rows); err != nil {
		return nil, 0, err
	}
	for i, row := range rows {
		t := Trial{Name: fmt.Sprintf("tests[%d]", i), Pattern: row.Pattern, Text: row.Text}
		words, ok := pythonWords(row.Expression)
		switch row.Outcome {
		case "SYNTAX_ERROR":
			t.Want, t.Says = refused, saysSpans
		case "FAIL":
			t.Want, t.Says = noMatch, saysSpans
		default:
			if !ok {
				left++
				continue
			}
			t.Want = row.Want
			t.Says = saysWords(words)
		}
		trials = append(trials, t)
	}
	return trials, left, nil
}

var pythonWord = regexp.MustCompile(`^(?:"([^"\\]*)"|'([^'\\]*)'|(found)|g(\d+)|(\w+))$`)

// pythonWords reads an expression in which words are added: literals, the match, groups by number or name. A group that
// took no part is the word None, and one that is not there is Error.
func pythonWords(expression string) ([]func(Finding) string, bool) {
	var words []func(Finding) string
	for word := range strings.SplitSeq(expression, "+") {
		m := pythonWord.FindStringSubmatch(strings.TrimSpace(word))
		switch {
		case m == nil:
			return nil, false
		case m[3] != "":
			words = append(words, func(f Finding) string { return pythonGroup(f, 0) })
		case m[4] != "":
			number, err := strconv.Atoi(m[4])
			if err != nil {
				return nil, false
			}
			words = append(words, func(f Finding) string { return pythonGroup(f, number) })
		case m[5] != "":
			words = append(words, func(f Finding) string {
				if len(f.Names[m[5]]) == 0 {
					return "Error"
				}
				return pythonGroup(f, f.Names[m[5]][0])
			})
		default:
			words = append(words, func(Finding) string { return m[1] + m[2] })
		}
	}
	return words, true
}

func pythonGroup(f Finding, number int) string {
	if 2*number >= len(f.Spans[0]) {
		return "Error"
	}
	if text, ok := f.group(number); ok {
		return text
	}
	return "None"
}
