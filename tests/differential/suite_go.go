package differential

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The columns of a result in re2-search.txt. The others are of the leftmost longest match, for which no flavor has a flag.
const (
	re2Whole   = 0 // the pattern has to match the whole text
	re2Partial = 1
)

// trialsRE2 are RE2's tests of searches, as Go has them.
func trialsRE2(ctx context.Context, _ string) ([]Trial, int, error) {
	return re2Trials(ctx, re2Partial, func(pattern string) string { return pattern })
}

// trialsRE2Whole are those for whole texts. Perl's and Python's \z are not the same.
func trialsRE2Whole(ctx context.Context, _ string) ([]Trial, int, error) {
	return re2Trials(ctx, re2Whole, func(pattern string) string { return `\A(?:` + pattern + `)\z` })
}

func re2Trials(ctx context.Context, column int, written func(pattern string) string) (trials []Trial, left int, err error) {
	const name = "re2-search.txt"
	dir, err := testdataOfGo(ctx)
	if err != nil {
		return nil, 0, err
	}
	file, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		return nil, 0, err
	}
	defer func() { _ = file.Close() }()
	var texts []string
	var pattern string
	inTexts, next, number := false, 0, 0
	for lines := bufio.NewScanner(file); lines.Scan(); {
		number++
		switch line := lines.Text(); {
		case line == "strings":
			inTexts, texts = true, nil
		case line == "regexps":
			inTexts = false
		case strings.HasPrefix(line, `"`):
			value, err := strconv.Unquote(line)
			if err != nil {
				return nil, 0, fmt.Errorf("%s:%d: %w", name, number, err)
			}
			if inTexts {
				texts = append(texts, value)
			} else {
				pattern, next = value, 0
			}
		case line != "" && (line[0] == '-' || '0' <= line[0] && line[0] <= '9'):
			columns := strings.Split(line, ";")
			if next >= len(texts) || len(columns) != 4 {
				return nil, 0, fmt.Errorf("%s:%d: %q", name, number, line)
			}
			text := texts[next]
			next++
			// RE2's \C is a byte, which Go does not have, and Go's own test leaves it out.
			if !utf8.ValidString(text) || !utf8.ValidString(pattern) || strings.Contains(pattern, `\C`) {
				left++
				continue
			}
			want := columns[column]
			if want == "-" {
				want = noMatch
			}
			trials = append(trials, Trial{Name: fmt.Sprintf("%s:%d", name, number), Pattern: written(pattern), Text: text, Want: want, Says: saysSpans})
		}
	}
	return trials, left, nil
}
