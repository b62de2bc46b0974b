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
	"unicode/utf8"
)

//go:embed children/retests.py
var reTestsPython string

//go:embed children/testre.py
var testRePython string

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

// A testReRow is what test_re.py asserts of a search.
type testReRow struct {
	Line                       int
	Pattern, Text, Flags, Kind string
	All                        bool
	Groups                     []any // numbers and names
	Want                       any
	Message                    string
	Place                      int // -1 for none
}

// trialsTestRe is what CPython's test_re.py asserts of patterns and texts that it has as literals, and of errors.
func trialsTestRe(ctx context.Context, _ string) (trials []Trial, left int, err error) {
	dir, err := pythonTests(ctx)
	if err != nil {
		return nil, 0, err
	}
	out, err := command(ctx, "/", python3, "-I", "-c", testRePython, filepath.Join(dir, "test_re.py"))
	if err != nil {
		return nil, 0, err
	}
	var all struct {
		Rows []testReRow
		Left int
	}
	if err := json.Unmarshal(out, &all); err != nil {
		return nil, 0, err
	}
	seen := map[int]int{}
	for _, row := range all.Rows {
		seen[row.Line]++
		t := Trial{Name: fmt.Sprintf("test_re.py:%d:%d", row.Line, seen[row.Line]), Pattern: row.Pattern, Text: row.Text, Flags: row.Flags, All: row.All, Want: row.Kind}
		switch row.Kind {
		case "refused":
			t.Want += ": " + row.Message
			if row.Place >= 0 {
				t.Place = &row.Place
			}
		case "match", "no match":
		default:
			t.Want = jsonOf(row.Want)
		}
		t.Says = row.says
		trials = append(trials, t)
	}
	return trials, all.Left, nil
}

func (row testReRow) says(f Finding) string {
	if row.Kind == "findall" {
		found := []any{}
		for i := range f.Spans {
			found = append(found, Finding{Text: f.Text, Spans: f.Spans[i:], Names: f.Names}.pythonItem())
		}
		return jsonOf(found) + f.GaveUp
	}
	if len(f.Spans) == 0 {
		return saysSpans(f)
	}
	var values []any
	switch row.Kind {
	case "span":
		number, _ := f.number(row.Groups[0])
		for _, at := range f.Spans[0][2*number : 2*number+2] {
			if at >= 0 {
				at = utf8.RuneCountInString(f.Text[:at])
			}
			values = append(values, at)
		}
	case "group":
		for _, name := range row.Groups {
			number, ok := f.number(name)
			if !ok {
				return fmt.Sprintf("no group %v", name)
			}
			values = append(values, f.value(number))
		}
	case "groups":
		values = f.values()
	default:
		return "match"
	}
	return jsonOf(values)
}

// pythonItem is what findall has for the first match: its groups, or the whole where there are none.
func (f Finding) pythonItem() any {
	values := f.values()
	for i, value := range values {
		if value == nil {
			values[i] = ""
		}
	}
	switch len(values) {
	case 0:
		return f.value(0)
	case 1:
		return values[0]
	}
	return values
}

// values are the groups of the first match.
func (f Finding) values() []any {
	values := []any{}
	for number := 1; 2*number < len(f.Spans[0]); number++ {
		values = append(values, f.value(number))
	}
	return values
}

// value is a group's text, or nil.
func (f Finding) value(number int) any {
	if text, ok := f.group(number); ok {
		return text
	}
	return nil
}

// number is that of a group, which JSON has as a number or a name.
func (f Finding) number(group any) (int, bool) {
	switch group := group.(type) {
	case float64:
		return int(group), 2*int(group) < len(f.Spans[0])
	case string:
		if numbers := f.Names[group]; len(numbers) > 0 {
			return numbers[0], true
		}
	}
	return 0, false
}

func jsonOf(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return err.Error()
	}
	return string(text)
}
