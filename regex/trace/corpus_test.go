package trace

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A corpusCase is a text of tests/corpus with what must be found in it, see the README there.
type corpusCase struct {
	place   string // of the pattern
	flavors []string
	flags   string
	pattern string
	text    string
	matches [][]int
	skip    []string // engines
}

// readCorpus reads the cases that are no errors.
func readCorpus(t testing.TB) []corpusCase {
	files, err := filepath.Glob("../../tests/corpus/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no corpus: %v", err)
	}
	var all []corpusCase
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var c corpusCase
		last := -1
		for number, line := range strings.Split(string(content), "\n") {
			keyword, value, _ := strings.Cut(line, " ")
			unquote := func() string {
				text, err := strconv.Unquote(value)
				if err != nil {
					t.Fatalf("%s:%d: %v", file, number+1, err)
				}
				return text
			}
			switch keyword {
			case "":
				c = corpusCase{flavors: c.flavors}
			case "flavor":
				c.flavors = strings.Fields(value)
			case "flags":
				c.flags = value
			case "skip":
				name, _, _ := strings.Cut(value, " ")
				c.skip = append(c.skip, name)
			case "pattern":
				c.place, c.pattern = fmt.Sprintf("%s:%d", filepath.Base(file), number+1), unquote()
			case "text":
				c.text = unquote()
				all = append(all, c)
				last = len(all) - 1
			case "match":
				var spans []int
				for group := range strings.FieldsSeq(value) {
					start, end := -1, -1
					if group != "-" {
						if _, err := fmt.Sscanf(group, "%d-%d", &start, &end); err != nil {
							t.Fatalf("%s:%d: %v", file, number+1, err)
						}
					}
					spans = append(spans, start, end)
				}
				all[last].matches = append(all[last].matches, spans)
			}
		}
	}
	return all
}

// compileText parses and compiles a pattern.
func compileText(t testing.TB, name, flags, pattern string) *Program {
	t.Helper()
	p, err := tryCompile(t, name, flags, pattern)
	if err != nil {
		t.Fatalf("%s %q: %v", name, pattern, err)
	}
	return p
}

func tryCompile(t testing.TB, name, flags, pattern string) (*Program, error) {
	t.Helper()
	f, err := flavor.Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	return Compile(syntax.Parse(pattern, f, flavor.FlagsOf(flags)))
}

// beginRun begins a run.
func beginRun(t testing.TB, p *Program, text string, limits Limits) *Run {
	t.Helper()
	r, err := p.NewRun([]byte(text), limits)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The machine finds what the corpus says that the engines find.
func TestCorpus(t *testing.T) {
	ran := map[string]int{}
	for _, c := range readCorpus(t) {
		for _, name := range c.flavors {
			if name == "go" || name == "dotnet" && slices.Contains(c.skip, "regexp2") {
				continue // the machine for .NET is regexp2's, not that of .NET itself
			}
			ran[name]++
			t.Run(name+"/"+c.place, func(t *testing.T) {
				p, err := tryCompile(t, name, c.flags, c.pattern)
				if unsupported, ok := errors.AsType[*UnsupportedError](err); ok {
					t.Skipf("%q: %v", c.pattern, unsupported)
				}
				if err != nil {
					t.Fatalf("%q: %v", c.pattern, err)
				}
				r := beginRun(t, p, c.text, Limits{})
				if _, err := r.Advance(context.Background(), -1); err != nil {
					t.Fatal(err)
				}
				if !slices.EqualFunc(r.Matches(), c.matches, slices.Equal[[]int]) {
					t.Errorf("%q on %q:\n got %v\nwant %v", c.pattern, c.text, r.Matches(), c.matches)
				}
			})
		}
	}
	for _, name := range []string{"dotnet", "pcre2", "js", "python", "perl", "java", "ruby"} {
		if ran[name] < 10 {
			t.Errorf("%s ran %d texts", name, ran[name])
		}
	}
}
