package trace

import (
	"bufio"
	"compress/bzip2"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The machine of threads finds what RE2 and Go's regexp find in the suites of RE2 that come with Go: all of the search
// tests, and each 41st pattern of the exhaustive ones.
func TestThreadsOnRE2Suites(t *testing.T) {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(strings.TrimSpace(string(root)), "src/regexp/testdata")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("this toolchain comes without its tests: %v", err)
	}
	for _, suite := range []struct {
		file         string
		every, least int
	}{{"re2-search.txt", 1, 1800}, {"re2-exhaustive.txt.bz2", 41, 100_000}} {
		t.Run(suite.file, func(t *testing.T) {
			if suite.every > 1 && testing.Short() {
				t.Skip("unpacking the exhaustive suite takes seconds")
			}
			file, err := os.Open(filepath.Join(dir, suite.file))
			if err != nil {
				t.Fatal(err)
			}
			defer file.Close()
			var reader io.Reader = file
			if suite.every > 1 {
				reader = bzip2.NewReader(bufio.NewReader(file))
			}
			if ran := runRE2Suite(t, reader, suite.every); ran < suite.least {
				t.Errorf("%d texts were searched, want %d at least", ran, suite.least)
			}
		})
	}
}

// runRE2Suite reads the format that Go's find_test describes: texts, and then patterns with a line of results each, of
// which the second of four is that of the search for the first match.
func runRE2Suite(t *testing.T, reader io.Reader, every int) (ran int) {
	lines := bufio.NewScanner(reader)
	lines.Buffer(nil, 1<<20)
	var texts []string
	inTexts := false
	pattern, text, patterns := "", 0, 0
	skip := false
	for lines.Scan() {
		line := lines.Text()
		switch {
		case line == "" || line[0] == '#' || line[0] >= 'A' && line[0] <= 'Z':
		case line == "strings":
			texts, inTexts = nil, true
		case line == "regexps":
			inTexts = false
		case line[0] == '"':
			q, err := strconv.Unquote(line)
			if err != nil {
				t.Fatalf("%s: %v", line, err)
			}
			if inTexts {
				texts = append(texts, q)
				continue
			}
			pattern, text = q, 0
			skip = patterns%every != 0 || strings.Contains(q, `\C`)
			patterns++
		case skip:
		default:
			results := strings.Split(line, ";")
			if len(results) != 4 || text == len(texts) {
				t.Fatalf("%q: %q is no result", pattern, line)
			}
			checkRE2(t, pattern, texts[text], results[1])
			text++
			ran++
		}
		if t.Failed() {
			return ran
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return ran
}

func checkRE2(t *testing.T, pattern, text, first string) {
	r := threads(t, pattern, "", text, Limits{})
	finish(t, r)
	var want []int
	if first != "-" {
		for span := range strings.FieldsSeq(first) {
			start, end := -1, -1
			if from, to, ok := strings.Cut(span, "-"); ok && span != "-" {
				start, _ = strconv.Atoi(from)
				end, _ = strconv.Atoi(to)
			}
			want = append(want, start, end)
		}
	}
	var got []int
	if len(r.Matches()) > 0 {
		got = r.Matches()[0]
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q on %q: got %v, want %v", pattern, text, got, want)
	}
	if all := bare(t, pattern, "", text); !slices.EqualFunc(r.Matches(), all, slices.Equal[[]int]) {
		t.Errorf("%q on %q: got %v, want %v", pattern, text, r.Matches(), all)
	}
}
