package snippet

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// linesText has what tools of lines may trip over.
const linesText = "a1 bé22\nfoobar foo\n\n[x]^-\\ it's /a/ \"q\" & $1\naab ab\tb\nÉ k K \u212a _y9 ]\n"

// runLine runs a line of a shell on a text in place of its FILE.
func runLine(t *testing.T, line, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "FILE")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "sh", "-c", line)
	cmd.Dir = filepath.Dir(file)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	var problems strings.Builder
	cmd.Stderr = &problems
	out, err := cmd.Output()
	if code := cmd.ProcessState.ExitCode(); err != nil && code != 1 || problems.Len() > 0 { // 1: nothing was found
		t.Fatalf("%v\n%s\n%s", err, problems.String(), line)
	}
	return string(out)
}

// Tools of lines find in each line what Go finds in it.
func TestLinesFindWhatGoFinds(t *testing.T) {
	patterns := []struct{ pattern, flags string }{
		{`(\w)(\d+)?`, ""}, {`[a-zé]+`, "i"}, {`k`, "i"}, {`\bfoo\b`, ""}, {`\Bo`, ""}, {`^(foo|foobar)$`, ""}, {`foo(bar)?`, ""},
		{`[\]\[^\\-]+`, ""}, {`[^\]a-z]+`, ""}, {`[]^]`, ""}, {`[\^-]`, ""}, {`\^|\$\d`, ""}, {`.`, ""}, {`"[^"]*?"`, ""}, {`it's|/a/`, ""},
		{`(?:a|b)+\s`, ""}, {`\A.|.\z`, ""}, {`(?s)..`, ""}, {`[^\n]`, ""}, {`x?a{2,3}b`, ""}, {`(ab|a)b`, ""}, {`é(?:22|)`, ""}, {`\pL+`, ""}, {`[!-~]+`, ""},
		{`[_y]\d`, ""}, {`(?:(?:a)|b){2}`, ""},
	}
	tools := map[string]string{"egrep": "grep", "ripgrep": "rg"}
	written := map[string]int{}
	for _, l := range Languages() {
		tool := tools[l.ID]
		if tool == "" {
			continue
		}
		t.Run(l.ID, func(t *testing.T) {
			if _, err := exec.LookPath(tool); err != nil {
				t.Skip(err)
			}
			for _, test := range patterns {
				tree, err := parseAs(test.pattern, test.flags, "go")
				if err != nil {
					t.Fatal(err)
				}
				s, err := l.Write(tree, test.flags, MatchAll, nil)
				if err != nil {
					t.Logf("%s is refused: %v", test.pattern, err)
					continue
				}
				written[l.ID]++
				if got, want := runLine(t, s.Code, linesText), strings.Join(inLines(test.pattern, test.flags), ""); got != want {
					t.Errorf("%s\ngot\n%q\nwant\n%q\n%s", test.pattern, got, want, s.Code)
				}
				if s, err = l.Write(tree, test.flags, Match, nil); err != nil {
					continue
				}
				if got, want := runLine(t, s.Code, linesText), firstLine(inLines(test.pattern, test.flags)); got != want {
					t.Errorf("first of %s\ngot\n%q\nwant\n%q\n%s", test.pattern, got, want, s.Code)
				}
			}
			if want := map[string]int{"egrep": len(patterns) - 2, "ripgrep": len(patterns) - 2}[l.ID]; written[l.ID] < want {
				t.Errorf("only %d of %d patterns are written, and %d can be", written[l.ID], len(patterns), want)
			}
		})
	}
}

// inLines is what Go finds in each line that is not empty, a match a line.
func inLines(pattern, flags string) []string {
	if flags != "" {
		pattern = "(?" + flags + ")" + pattern
	}
	var all []string
	for line := range strings.Lines(linesText) {
		for _, match := range regexp.MustCompile(pattern).FindAllString(strings.TrimSuffix(line, "\n"), -1) {
			if match != "" {
				all = append(all, match+"\n")
			}
		}
	}
	return all
}

// What PCRE2 finds in each line is what the tools with PCRE2 print.
func TestLinesWithPCRE2(t *testing.T) {
	for id, tool := range map[string]string{"grep": "grep", "rg": "rg"} {
		t.Run(id, func(t *testing.T) {
			if _, err := exec.LookPath(tool); err != nil {
				t.Skip(err)
			}
			if said, err := exec.Command(tool, "-oP", "a").CombinedOutput(); strings.Contains(string(said), "not available") {
				t.Skipf("this %s has no PCRE2: %s (%v)", tool, said, err)
			}
			l, err := LookupLanguage(id)
			if err != nil {
				t.Fatal(err)
			}
			for _, pattern := range []string{`(?<=b)é\d++`, `[a-z]+(?= f)`, `it's`, `(\w)\1`} {
				tree, err := parseAs(pattern, "u", "pcre2")
				if err != nil {
					t.Fatal(err)
				}
				s, err := l.Write(tree, "u", MatchAll, nil)
				if err != nil {
					t.Fatal(err)
				}
				var want strings.Builder
				for line := range strings.Lines(linesText) {
					for found := range strings.Lines(lines(t, "pcre2", pattern, "u", strings.TrimSuffix(line, "\n"), true)) {
						if match, ok := strings.CutPrefix(found, "0: "); ok {
							want.WriteString(match)
						}
					}
				}
				if got := runLine(t, s.Code, linesText); got != want.String() || got == "" {
					t.Errorf("%s: got %q, want %q\n%s", pattern, got, want.String(), s.Code)
				}
				if s, err = l.Write(tree, "u", Match, nil); err != nil {
					t.Fatal(err)
				}
				if got, first := runLine(t, s.Code, linesText), firstLine(slices.Collect(strings.Lines(want.String()))); got != first {
					t.Errorf("first of %s: got %q, want %q\n%s", pattern, got, first, s.Code)
				}
			}
		})
	}
}

// What ripgrep with PCRE2 replaces.
func TestLinesReplaceWithPCRE2(t *testing.T) {
	if said, err := exec.Command("rg", "-oP", "a", os.DevNull).CombinedOutput(); len(said) > 0 || errors.Is(err, exec.ErrNotFound) {
		t.Skipf("no rg with PCRE2: %s (%v)", said, err)
	}
	l, err := LookupLanguage("rg")
	if err != nil {
		t.Fatal(err)
	}
	tree, err := parseAs(`(?<n>\w)(?=\d)(\d)`, "i", "pcre2")
	if err != nil {
		t.Fatal(err)
	}
	s, err := l.Write(tree, "i", Replace, replacement(t, tree, "pcre2", `<$2-${n}$$>`))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := runLine(t, s.Code, "a1 it's\n\nb2c\n"), "<1-a$> it's\n\n<2-b$>c\n"; got != want {
		t.Errorf("got %q, want %q\n%s", got, want, s.Code)
	}
}

// Tools of lines replace and split as Go does in each line.
func TestLinesReplaceAndSplit(t *testing.T) {
	tests := []struct {
		pattern, replacement string
		tools                string // that can write it
	}{
		{`(\w)(\d+)`, `<$2&\/$1$$${0}>`, "sed ripgrep"}, {`(?:x|y)(\d)`, `$1`, "sed ripgrep"}, {`b*`, `-`, ""},
		{`(a+)(a*)b`, `$1,$2`, "ripgrep"}, {`a|ab`, `x`, "ripgrep"}, {`\s`, ``, "sed ripgrep"}, {`[/#]`, `,`, "sed ripgrep"}, {`(a)|(b)`, `[$1|$2]`, "sed ripgrep"},
	}
	for _, id := range []string{"sed", "ripgrep"} {
		t.Run(id, func(t *testing.T) {
			if _, err := exec.LookPath(map[string]string{"sed": "sed", "ripgrep": "rg"}[id]); err != nil {
				t.Skip(err)
			}
			l, err := LookupLanguage(id)
			if err != nil {
				t.Fatal(err)
			}
			for _, test := range tests {
				tree, err := parseAs(test.pattern, "", "go")
				if err != nil {
					t.Fatal(err)
				}
				s, err := l.Write(tree, "", Replace, replacement(t, tree, "go", test.replacement))
				if can := strings.Contains(test.tools, id); (err == nil) != can {
					t.Errorf("%s: can be written: %v, got %v", test.pattern, can, err)
				}
				if err != nil {
					continue
				}
				var want, parts strings.Builder
				for line := range strings.Lines(linesText) {
					line = strings.TrimSuffix(line, "\n")
					p := regexp.MustCompile(test.pattern)
					want.WriteString(p.ReplaceAllString(line, test.replacement) + "\n")
					parts.WriteString(strings.Join(p.Split(line, -1), "\n") + "\n")
				}
				if got := runLine(t, s.Code, linesText); got != want.String() {
					t.Errorf("%s: got\n%s\nwant\n%s\n%s", test.pattern, got, want.String(), s.Code)
				}
				if s, err = l.Write(tree, "", Split, nil); err != nil {
					continue
				}
				if got := runLine(t, s.Code, linesText); got != parts.String() {
					t.Errorf("split %s: got\n%s\nwant\n%s\n%s", test.pattern, got, parts.String(), s.Code)
				}
			}
		})
	}
}

// What a tool cannot express, or would find otherwise, is refused, and why.
func TestRefused(t *testing.T) {
	for _, test := range []struct {
		id, flavor, pattern string
		op                  Op
		want                string // "" for what is written
	}{
		{"egrep", "go", `foo|foobar`, MatchAll, "longest"},
		{"egrep", "go", `foobar|foo`, MatchAll, ""},
		{"egrep", "go", `a+?`, MatchAll, "longest"},
		{"egrep", "go", `<[^>]*?>`, MatchAll, ""},
		{"egrep", "go", `\w+\b`, MatchAll, ""},
		{"egrep", "go", `\b.`, MatchAll, "letters outside ASCII"},
		{"egrep", "go", `a\nb`, MatchAll, "line feed"},
		{"egrep", "go", `a\x00`, MatchAll, "NUL"},
		{"egrep", "go", `a*`, Match, "empty text"},
		{"egrep", "pcre2", `(a)\1`, MatchAll, "by way of Go's syntax, which cannot say all of it: Go has no backreferences"},
		{"egrep", "python", `a(?=b)`, MatchAll, "Go has no lookahead"},
		{"sed", "go", `(a+)(a*)`, Replace, "more than one way"},
		{"sed", "go", `x*`, Split, "empty text"},
		{"ripgrep", "go", `\n`, MatchAll, "line feed"},
		{"ripgrep", "go", `\Bo`, MatchAll, "letters only"},
		{"ripgrep", "go", `\b[^a]`, MatchAll, "issue 579"},
		{"ripgrep", "go", `x|^a?b|b`, MatchAll, "issue 579"},
		{"ripgrep", "go", `^[^,]*,`, MatchAll, ""},
		{"ripgrep", "go", `^foo|bar`, MatchAll, ""},
		{"ripgrep", "go", `\w+\b`, MatchAll, ""},
		{"ripgrep", "go", `\bfoo\b|\bx`, MatchAll, ""},
		{"ripgrep", "go", `a*`, MatchAll, "empty text"},
		{"rust", "go", `\Bo`, MatchAll, "letters only"},
		{"rust", "go", `\.|\b.`, MatchAll, "issue 579"},
		{"rust", "go", `a|\bbc|c`, MatchAll, "issue 579"},
		{"rust", "go", `\b\w{2}( \w+)?`, MatchAll, "issue 579"},
		{"rust", "go", `(?m)^[^,]*,`, MatchAll, "issue 579"},
		{"rust", "go", `(?m)^\w+,`, MatchAll, ""},
		{"rust", "go", `(?m)\b^a`, MatchAll, "same place"},
		{"rust", "go", `(?m)^\ba`, MatchAll, ""},
		{"rust", "go", `^\s*(\w+)`, MatchAll, ""},
		{"rust", "go", `\b(\w+)\s*=`, MatchAll, ""},
		{"rust", "go", `\b\d{4}-\d\d\b|\bn/a\b`, MatchAll, ""},
		{"rust", "go", `\b(\w+)\s+\w+\b`, MatchAll, ""},
		{"egrep", "go", `\pL`, MatchAll, "long range"},
		{"sed", "go", `b*`, Replace, "empty text"},
		{"rust", "go", `a??`, Split, "empty text"},
		{"rust", "go", `(?P<1a>x)`, MatchAll, "begins with a digit"},
		{"java", "python", `(a)`, Replace, "digit behind"},
		{"ruby", "go", `(a)`, Replace, ""},
	} {
		l, err := LookupLanguage(test.id)
		if err != nil {
			t.Fatal(err)
		}
		tree, err := parseAs(test.pattern, "", test.flavor)
		if err != nil {
			t.Fatal(err)
		}
		template := map[string]string{"python": `\g<1>2`, "go": "${1}2"}[test.flavor]
		if test.flavor == "pcre2" {
			template = "$1"
		}
		s, err := l.Write(tree, "", test.op, replacement(t, tree, test.flavor, template))
		if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
			t.Errorf("%s of %s: got %v, %+v, want %q", test.id, test.pattern, err, s, test.want)
		}
	}
}

// A list of words as it is searched for in a text is not too much to be looked at.
func TestManyWordsForRust(t *testing.T) {
	words := make([]string, 2000)
	for i := range words {
		words[i] = fmt.Sprintf("%cw%d", 'a'+i%26, i)
	}
	pattern := `\b(` + strings.Join(words, "|") + `)`
	if written, err := rust(pattern, "", true); err != nil || !strings.Contains(written, "zw1975") {
		t.Fatalf("%.80s, %v", written, err)
	}
}

func firstLine(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	return lines[0]
}
