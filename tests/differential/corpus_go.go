package differential

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"context"
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
	return re2Patterns(file)
}

// loadGoExhaustive takes the patterns of a part.
func loadGoExhaustive(ctx context.Context) ([]string, error) {
	part, err := exhaustivePart(ctx)
	if err != nil {
		return nil, err
	}
	file, err := os.Open(part)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	return re2Patterns(file)
}

// exhaustivePart returns a file with each 41st pattern of the exhaustive tests, a number that has nothing to do with how
// they were enumerated, with their texts and results. It is kept: unpacking takes a second, and ten with the race detector.
func exhaustivePart(ctx context.Context) (string, error) {
	const every = 41
	dir, err := testdataOfGo(ctx)
	if err != nil {
		return "", err
	}
	kept, err := once(fmt.Sprintf("%s-re2-exhaustive-%d", runtime.Version(), every), func(kept string) error {
		packed, err := os.Open(filepath.Join(dir, "re2-exhaustive.txt.bz2"))
		if err != nil {
			return err
		}
		defer func() { _ = packed.Close() }()
		part, err := re2Part(bzip2.NewReader(packed), every)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(kept, exhaustiveName), part, 0o644)
	})
	return filepath.Join(kept, exhaustiveName), err
}

const exhaustiveName = "re2-exhaustive.txt"

// re2Part takes each every-th pattern with its results, and all texts.
func re2Part(r io.Reader, every int) ([]byte, error) {
	var part bytes.Buffer
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	regexps, taken := false, false
	for n := 0; lines.Scan(); {
		line := lines.Bytes()
		switch {
		case bytes.Equal(line, []byte("strings")):
			regexps = false
		case bytes.Equal(line, []byte("regexps")):
			regexps, taken = true, true
		case regexps && bytes.HasPrefix(line, []byte(`"`)):
			n++
			taken = n%every == 0
		}
		if !regexps || taken {
			part.Write(line)
			part.WriteByte('\n')
		}
	}
	return part.Bytes(), lines.Err()
}

// re2Patterns takes the quoted lines of the sections "regexps".
func re2Patterns(r io.Reader) ([]string, error) {
	var patterns []string
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	regexps := false
	for lines.Scan() {
		switch line := lines.Text(); {
		case line == "strings":
			regexps = false
		case line == "regexps":
			regexps = true
		case regexps && strings.HasPrefix(line, `"`):
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
