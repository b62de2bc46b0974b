package differential

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
)

func testdataOfGo(ctx context.Context) (string, error) {
	out, err := command(ctx, ".", "go", "env", "GOROOT")
	return filepath.Join(strings.TrimSpace(string(out)), "src/regexp/testdata"), err
}

// loadOurs takes the patterns of tests/corpus.
func loadOurs(ctx context.Context) ([]string, error) {
	out, err := command(ctx, ".", "go", "list", "-m", "-f", "{{.Dir}}")
	if err != nil {
		return nil, err
	}
	files, err := filepath.Glob(filepath.Join(strings.TrimSpace(string(out)), "tests/corpus/*.txt"))
	if err != nil {
		return nil, err
	}
	var patterns []string
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(content)) {
			if quoted, ok := strings.CutPrefix(strings.TrimSpace(line), "pattern "); ok {
				pattern, err := strconv.Unquote(quoted)
				if err != nil {
					return nil, err
				}
				patterns = append(patterns, pattern)
			}
		}
	}
	return patterns, nil
}

func loadGoSearch(ctx context.Context) ([]string, error) {
	dir, err := testdataOfGo(ctx)
	if err != nil {
		return nil, err
	}
	file, err := os.Open(filepath.Join(dir, "re2-search.txt"))
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	return re2Patterns(file, 1)
}

// loadGoExhaustive takes each 41st pattern, a number that has nothing to do with how they were enumerated. It keeps
// them: unpacking takes a second, and ten with the race detector.
func loadGoExhaustive(ctx context.Context) ([]string, error) {
	const every = 41
	dir, err := testdataOfGo(ctx)
	if err != nil {
		return nil, err
	}
	kept, err := once(fmt.Sprintf("%s-exhaustive-%d", runtime.Version(), every), func(kept string) error {
		packed, err := os.ReadFile(filepath.Join(dir, "re2-exhaustive.txt.bz2"))
		if err != nil {
			return err
		}
		patterns, err := re2Patterns(bzip2.NewReader(bytes.NewReader(packed)), every)
		if err != nil {
			return err
		}
		content, err := json.Marshal(patterns) // they are ASCII
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(kept, "patterns.json"), content, 0o644)
	})
	if err != nil {
		return nil, err
	}
	content, err := os.ReadFile(filepath.Join(kept, "patterns.json"))
	if err != nil {
		return nil, err
	}
	var patterns []string
	err = json.Unmarshal(content, &patterns)
	return patterns, err
}

// re2Patterns takes the quoted lines of the sections "regexps", each every-th.
func re2Patterns(r io.Reader, every int) ([]string, error) {
	var patterns []string
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	regexps := false
	for n := 0; lines.Scan(); {
		switch line := lines.Text(); {
		case line == "strings":
			regexps = false
		case line == "regexps":
			regexps = true
		case regexps && strings.HasPrefix(line, `"`):
			if n++; n%every != 0 {
				continue
			}
			pattern, err := strconv.Unquote(line)
			if err != nil {
				return nil, err
			}
			patterns = append(patterns, pattern)
		}
	}
	return patterns, lines.Err()
}

// loadGoFowler takes the second column of Glenn Fowler's tests.
func loadGoFowler(ctx context.Context) ([]string, error) {
	dir, err := testdataOfGo(ctx)
	if err != nil {
		return nil, err
	}
	var patterns []string
	for _, name := range []string{"basic.dat", "nullsubexpr.dat", "repetition.dat"} {
		content, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(content)) {
			columns := strings.FieldsFunc(strings.TrimSpace(line), func(r rune) bool { return r == '\t' })
			if len(columns) >= 4 && columns[1] != "SAME" && !strings.HasPrefix(line, "#") {
				patterns = append(patterns, columns[1])
			}
		}
	}
	return patterns, nil
}
