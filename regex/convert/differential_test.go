package convert

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/dlclark/regexp2/v2"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// blocks reads the patterns of RE2's log in Go's own test data, each with the
// texts that it is for.
func blocks(t *testing.T, each func(pattern string, texts []string)) {
	t.Helper()
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(filepath.Join(strings.TrimSpace(string(goroot)), "src/regexp/testdata/re2-search.txt"))
	if err != nil {
		t.Skipf("the toolchain's source is not on this machine: %v", err)
	}
	defer file.Close()
	var texts []string
	inTexts := false
	for lines := bufio.NewScanner(file); lines.Scan(); {
		line := lines.Text()
		switch {
		case line == "strings":
			texts, inTexts = nil, true
		case line == "regexps":
			inTexts = false
		case strings.HasPrefix(line, `"`):
			s, err := strconv.Unquote(line)
			if err != nil {
				t.Fatalf("%s: %v", line, err)
			}
			if inTexts {
				texts = append(texts, s)
			} else {
				each(s, texts)
			}
		}
	}
}

// spansOf are the byte offsets of the first match and its groups as text, with the
// groups in the order of their parentheses.
func goSpans(re *regexp.Regexp, text string) string {
	at := re.FindStringSubmatchIndex(text)
	var spans []string
	for i := 0; i+1 < len(at); i += 2 {
		spans = append(spans, fmt.Sprintf("%d-%d", at[i], at[i+1]))
	}
	return strings.Join(spans, " ")
}

func dotnetSpans(t *testing.T, re *regexp2.Regexp, text string) string {
	t.Helper()
	m, err := re.FindStringMatch(text)
	if err != nil {
		t.Fatal(err)
	}
	if m == nil {
		return ""
	}
	var spans []string
	for _, g := range m.Groups() {
		if len(g.Captures) == 0 {
			spans = append(spans, "-1--1")
			continue
		}
		c := g.Captures[len(g.Captures)-1]
		start, length := c.ByteRange()
		spans = append(spans, fmt.Sprintf("%d-%d", start, start+length))
	}
	return strings.Join(spans, " ")
}

// emptyLoop is what engines do not agree on and a conversion does not look into: a
// group that is repeated and can match nothing.
var emptyLoop = regexp.MustCompile(`[*?|}(]\)[*+?{]|\(\^|\(\$|\(\)|\(\\[bBAz]|\|\)`)

// A conversion from Go to .NET and back that calls itself exact finds what the
// source finds, in both engines.
func TestConvertedPatternsMatchTheSame(t *testing.T) {
	golang, _ := flavor.Lookup("go")
	dotnet, _ := flavor.Lookup("dotnet")
	exact, compared := 0, 0
	blocks(t, func(pattern string, texts []string) {
		tree := syntax.Parse(pattern, golang, 0)
		if len(tree.Errors) > 0 || emptyLoop.MatchString(pattern) {
			return
		}
		there, err := Convert(tree, dotnet)
		if err != nil {
			t.Fatal(err)
		}
		if !there.Exact() {
			return
		}
		exact++
		from := regexp.MustCompile(pattern)
		var options regexp2.RegexOptions
		for _, letter := range there.Flags {
			options |= map[rune]regexp2.RegexOptions{'i': regexp2.IgnoreCase, 'm': regexp2.Multiline, 's': regexp2.Singleline, 'x': regexp2.IgnorePatternWhitespace}[letter]
		}
		to, err := regexp2.Compile(there.Pattern, options)
		if err != nil {
			t.Errorf("%q becomes %q %q for .NET: %v", pattern, there.Pattern, there.Flags, err)
			return
		}
		to.MatchTimeout = 10 * time.Second
		back, err := Convert(syntax.Parse(there.Pattern, dotnet, flavor.FlagsOf(there.Flags)), golang)
		if err != nil {
			t.Fatalf("%q: %v", there.Pattern, err)
		}
		var again *regexp.Regexp
		if back.Exact() {
			if again, err = regexp.Compile(withGoFlags(back.Pattern, back.Flags)); err != nil {
				t.Errorf("%q becomes %q and then %q: %v", pattern, there.Pattern, back.Pattern, err)
				return
			}
		}
		for _, text := range texts {
			compared++
			want := goSpans(from, text)
			if got := dotnetSpans(t, to, text); got != want {
				t.Errorf("%q finds %q in %q; as %q in .NET %q", pattern, want, text, there.Pattern, got)
			}
			if again != nil {
				if got := goSpans(again, text); got != want {
					t.Errorf("%q finds %q in %q; as %q and back as %q it finds %q", pattern, want, text, there.Pattern, back.Pattern, got)
				}
			}
		}
	})
	t.Logf("%d conversions are exact, %d matches compared", exact, compared)
	if exact < 300 || compared < 1000 {
		t.Errorf("only %d exact conversions, %d matches compared", exact, compared)
	}
}
