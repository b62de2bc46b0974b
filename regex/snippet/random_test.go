package snippet

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// randomPieces are what patterns at random are made of.
var randomPieces = []string{
	"a", "b", "ab", "é", ".", `\w`, `\d`, `\s`, "[ab]", "[^a]", `[^\]\\^-]`, `[]a-]`, "[X-z]", "(a|ab)", "(?:a|b)", "(b|)", "(", ")", "|", "|", "*", "+", "?", "*?", "+?",
	"{2}", "{1,2}", "^", "^", "(?m:^)", "$", `\b`, `\b`, "(?i)", `\.`, "/", "'", "&", `\\`, "[[:alpha:]]", `\$`,
}

// randomPattern returns one that Go takes.
func randomPattern(random *rand.Rand) string {
	for {
		var b strings.Builder
		for range 1 + random.IntN(7) {
			b.WriteString(randomPieces[random.IntN(len(randomPieces))])
		}
		if _, err := regexp.Compile(b.String()); err == nil {
			return b.String()
		}
	}
}

func randomText(random *rand.Rand) string {
	pieces := []string{"a", "b", "a", "b", "é", " ", "\n", "X", "/", "'", "^", "-", "]", "\\", "1", "&", "$"}
	var b strings.Builder
	for range 40 {
		b.WriteString(pieces[random.IntN(len(pieces))])
	}
	return b.String() + "\n"
}

// randomCount is how many patterns there are: REGEXDBG_RANDOM, or few enough for each run of the tests.
func randomCount() int {
	if count, err := strconv.Atoi(os.Getenv("REGEXDBG_RANDOM")); err == nil {
		return count
	}
	return 60
}

// What is written for a tool of lines finds and replaces what Go does, whatever the pattern and the text; the rest is
// refused.
func TestLinesAtRandom(t *testing.T) {
	count := randomCount()
	for _, id := range []string{"egrep", "sed", "ripgrep"} {
		t.Run(id, func(t *testing.T) {
			if _, err := exec.LookPath(map[string]string{"egrep": "grep", "sed": "sed", "ripgrep": "rg"}[id]); err != nil {
				t.Skip(err)
			}
			l, err := LookupLanguage(id)
			if err != nil {
				t.Fatal(err)
			}
			random := rand.New(rand.NewPCG(7, 8))
			written := 0
			for range count {
				pattern, text := randomPattern(random), randomText(random)
				tree, err := parseAs(pattern, "", "go")
				if err != nil {
					t.Fatal(err)
				}
				op := MatchAll
				if id == "sed" {
					op = Replace
				}
				s, err := l.Write(tree, "", op, replacement(t, tree, "go", "<$1&${0}>"))
				if err != nil {
					continue
				}
				written++
				var want strings.Builder
				for line := range strings.Lines(text) {
					line = strings.TrimSuffix(line, "\n")
					p := regexp.MustCompile(pattern)
					if op == Replace {
						want.WriteString(p.ReplaceAllString(line, "<$1&${0}>") + "\n")
						continue
					}
					for _, match := range p.FindAllString(line, -1) {
						if match != "" {
							want.WriteString(match + "\n")
						}
					}
				}
				got := runLine(t, s.Code, text)
				if op == MatchAll { // ripgrep prints empty matches as well
					got = strings.Join(slices.DeleteFunc(slices.Collect(strings.Lines(got)), func(line string) bool { return line == "\n" }), "")
				}
				if got != want.String() {
					t.Errorf("%s on %q\ngot\n%q\nwant\n%q\n%s", pattern, text, got, want.String(), s.Code)
				}
			}
			if written < count/5 {
				t.Errorf("only %d of %d are written", written, count)
			}
		})
	}
}

// What is written for Rust finds what Go does, whatever the pattern and the text. A program is compiled once, and takes
// the pattern as an argument.
func TestRustAtRandom(t *testing.T) {
	if testing.Short() {
		t.Skip("a compiler is started")
	}
	l, err := LookupLanguage("rust")
	if err != nil {
		t.Fatal(err)
	}
	tree, err := parseAs("a", "", "go")
	if err != nil {
		t.Fatal(err)
	}
	s, err := l.Write(tree, "", MatchAll, nil)
	if err != nil {
		t.Fatal(err)
	}
	program := buildRust(t, strings.Replace(s.Code, `r"a"`, `&std::env::args().nth(1).unwrap()`, 1))
	random := rand.New(rand.NewPCG(9, 10))
	for range randomCount() {
		pattern, text := randomPattern(random), randomText(random)
		written, err := rust(pattern, "", false)
		if err != nil {
			continue // see TestRefused
		}
		cmd := exec.CommandContext(t.Context(), program, written)
		cmd.Stdin = strings.NewReader(text)
		got, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%s as %s: %v\n%s", pattern, written, err, got)
		}
		var want strings.Builder
		for _, match := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
			for i, group := range match {
				fmt.Fprintf(&want, "%d: %s\n", i, group)
			}
		}
		if string(got) != want.String() {
			t.Errorf("%s on %q\ngot\n%q\nwant\n%q\n%s", pattern, text, got, want.String(), written)
		}
	}
}

// What grep and ripgrep print with PCRE2 is what our PCRE2 finds in each line, whatever the pattern and the text.
func TestLinesWithPCRE2AtRandom(t *testing.T) {
	for _, tool := range []string{"grep", "rg"} {
		t.Run(tool, func(t *testing.T) {
			if said, err := exec.Command(tool, "-oP", "a", os.DevNull).CombinedOutput(); len(said) > 0 || errors.Is(err, exec.ErrNotFound) {
				t.Skipf("no %s with PCRE2: %s (%v)", tool, said, err)
			}
			l, err := LookupLanguage(tool)
			if err != nil {
				t.Fatal(err)
			}
			random := rand.New(rand.NewPCG(11, 12))
			written := 0
			for range randomCount() {
				pattern, text, flags := randomPattern(random), randomText(random), []string{"u", "", "iu", "i"}[random.IntN(4)]
				tree, err := parseAs(pattern, flags, "pcre2")
				if err != nil {
					t.Fatal(err)
				}
				if len(tree.Errors) > 0 { // of those that Go takes
					continue
				}
				s, err := l.Write(tree, flags, MatchAll, nil)
				if err != nil {
					continue // it may match the empty text
				}
				written++
				var want strings.Builder
				for line := range strings.Lines(text) {
					for found := range strings.Lines(lines(t, "pcre2", pattern, flags, strings.TrimSuffix(line, "\n"), true)) {
						if match, ok := strings.CutPrefix(found, "0: "); ok && match != "\n" {
							want.WriteString(match)
						}
					}
				}
				got := runLine(t, s.Code, text)
				got = strings.Join(slices.DeleteFunc(slices.Collect(strings.Lines(got)), func(line string) bool { return line == "\n" }), "")
				if got != want.String() {
					t.Errorf("%s on %q\ngot\n%q\nwant\n%q\n%s", pattern, text, got, want.String(), s.Code)
				}
			}
			if written < randomCount()/5 {
				t.Errorf("only %d of %d are written", written, randomCount())
			}
		})
	}
}
