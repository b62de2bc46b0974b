package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/explain"
)

func TestExplain(t *testing.T) {
	for _, test := range []struct {
		name   string
		args   []string
		status int
		stdout string
		stderr string // contained
	}{
		{"text", []string{`(?<n>\d{2})|x`}, 0, "Matches at least 1 and at most 2 characters. It has 1 capture group, named n.\n\n" +
			"(?<n>\\d{2})|x    either of 2 alternatives\n", ""},
		{"flags", []string{"-f", "python", "-F", "i", "a"}, 0, "Matches exactly 1 character. It has no capture groups.\n\na  the character \"a\", ignoring case\n", ""},
		{"empty", []string{""}, 0, "The pattern is empty: it matches at every place in the text, and takes no text.\nIt has no capture groups.\n", ""},
		{"dashes", []string{"--", "-a"}, 0, "Matches exactly 2 characters.", ""},
		{"bad pattern", []string{"-f", "js", "a(b"}, 2, "JavaScript does not accept this pattern: it has 1 error.", "  | a(b\n  |  ^\n"},
		{"bad flag", []string{"-F", "q", "a"}, 2, "", `unknown Go flag "q" (there are: i, m, s, U)`},
		{"bad flavor", []string{"-f", "cobol", "a"}, 2, "", "there are: go, dotnet"},
		{"diagram", []string{"--svg", "(a)"}, 0, `<svg xmlns="http://www.w3.org/2000/svg" class="rr" role="img"`, ""},
		{"diagram of a bad pattern", []string{"--svg", "a)"}, 2, "<svg ", "this ) closes no group"},
		{"a large diagram", []string{"--svg", strings.Repeat(`a\d`, 10_000)}, 0, "<svg ", "too large to be drawn whole"},
		{"diagram and JSON", []string{"--svg", "--json", "a"}, 2, "", "exclude each other"},
		{"no pattern", nil, 2, "", "explain needs a PATTERN"},
		{"too many", []string{"a", "b"}, 2, "", "got 2 arguments"},
		{"too long", []string{strings.Repeat("a", 1<<20+1)}, 2, "", "1048576 are the most"},
		{"no such option", []string{"-z", "a"}, 2, "", "there is no flag -z (put -- before a pattern"},
	} {
		status, stdout, stderr := call("", append([]string{"explain"}, test.args...)...)
		if status != test.status || !strings.HasPrefix(stdout, test.stdout) || !strings.Contains(stderr, test.stderr) || test.stderr == "" && stderr != "" {
			t.Errorf("%s: status %d\n%s%s", test.name, status, stdout, stderr)
		}
	}
}

// The text fits a terminal, whatever the pattern, and every flavor has words.
func TestExplain_Width(t *testing.T) {
	pattern := strings.Repeat(`(?:[a-zäöü\d]+?|\bx{2,3}(`, 12) + "y" + strings.Repeat("))", 12) + "\n" + strings.Repeat("long", 40) + `\t`
	for _, flavor := range []string{"go", "dotnet", "pcre2", "js", "python", "perl", "java", "ruby"} {
		status, stdout, stderr := call("", "explain", "-f", flavor, pattern)
		if status != 0 {
			t.Errorf("%s: status %d\n%s", flavor, status, stderr)
		}
		for line := range strings.Lines(stdout) {
			if width := len([]rune(strings.TrimSuffix(line, "\n"))); width > explainWidth {
				t.Errorf("%s: %d columns: %s", flavor, width, line)
			}
		}
	}
}

func TestExplain_JSON(t *testing.T) {
	status, stdout, stderr := call("", "explain", "--json", "-F", "si", "é(?P<k>.)[")
	var got struct {
		Flavor, Flags, Pattern string
		Summary                []string
		Items                  []*explain.Item
		Errors                 []explainedError
	}
	if err := json.Unmarshal([]byte(stdout), &got); err != nil || status != 2 || !strings.Contains(stderr, "missing closing ]") {
		t.Fatalf("status %d, %v\n%s%s", status, err, stdout, stderr)
	}
	if got.Flavor != "go" || got.Flags != "is" || got.Pattern != "é(?P<k>.)[" || len(got.Summary) == 0 {
		t.Errorf("got %+v", got)
	}
	if len(got.Errors) != 1 || got.Errors[0].Code != "missing-bracket" || got.Errors[0].Span != [2]int{10, 11} {
		t.Errorf("errors %+v", got.Errors)
	}
	kinds := make([]string, len(got.Items))
	for i, item := range got.Items {
		kinds[i] = item.Kind
	}
	if !slices.Equal(kinds, []string{"literal", "group", "class"}) {
		t.Fatalf("items of the kinds %q", kinds)
	}
	group := got.Items[1]
	if group.Span != [2]int{2, 10} || group.Group != 1 || len(group.Children) != 1 || group.Children[0].Flags != "s" || got.Items[2].Error == "" {
		t.Errorf("got %+v and %+v", group, got.Items[2])
	}
	if !strings.Contains(stdout, `"summary": [`) || !strings.Contains(stdout, `"title": "group 1, named k"`) {
		t.Errorf("got\n%s", stdout)
	}
}
