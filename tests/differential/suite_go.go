package differential

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
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
	return re2Search(ctx, re2Partial, func(pattern string) string { return pattern })
}

// trialsRE2Whole are those for whole texts. Perl's and Python's \z are not the same.
func trialsRE2Whole(ctx context.Context, _ string) ([]Trial, int, error) {
	return re2Search(ctx, re2Whole, func(pattern string) string { return `\A(?:` + pattern + `)\z` })
}

func re2Search(ctx context.Context, column int, written func(pattern string) string) ([]Trial, int, error) {
	dir, err := testdataOfGo(ctx)
	if err != nil {
		return nil, 0, err
	}
	return re2Trials(filepath.Join(dir, "re2-search.txt"), column, written)
}

// trialsExhaustive are a part of RE2's exhaustive tests.
func trialsExhaustive(ctx context.Context, _ string) ([]Trial, int, error) {
	part, err := exhaustivePart(ctx)
	if err != nil {
		return nil, 0, err
	}
	return re2Trials(part, re2Partial, func(pattern string) string { return pattern })
}

func re2Trials(path string, column int, written func(pattern string) string) (trials []Trial, left int, err error) {
	name := filepath.Base(path)
	file, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	defer func() { _ = file.Close() }()
	var texts []string
	var pattern string
	inTexts, next, number := false, 0, 0
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
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
	return trials, left, lines.Err()
}

// fowlerSpan is a group in Glenn Fowler's tests.
var fowlerSpan = regexp.MustCompile(`\((\d+|\?),(\d+|\?)\)`)

// fowlerByte is one that is no character of ASCII.
var fowlerByte = regexp.MustCompile(`\\x[89a-fA-F]`)

// saysFowler leaves out the groups behind the last one that took part.
func saysFowler(f Finding) string {
	said := saysSpans(f)
	for strings.HasSuffix(said, " -") {
		said = strings.TrimSuffix(said, " -")
	}
	return said
}

// trialsFowler are Glenn Fowler's tests of extended regular expressions, as Go has them. They want the leftmost longest
// match, with POSIX's groups.
func trialsFowler(ctx context.Context, _ string) (trials []Trial, left int, err error) {
	dir, err := testdataOfGo(ctx)
	if err != nil {
		return nil, 0, err
	}
	for _, name := range []string{"basic.dat", "nullsubexpr.dat", "repetition.dat"} {
		content, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return nil, 0, err
		}
		pattern := ""
		number := 0
		for line := range strings.Lines(string(content)) {
			number++
			columns := strings.FieldsFunc(strings.TrimSuffix(line, "\n"), func(r rune) bool { return r == '\t' })
			if len(columns) < 4 || strings.HasPrefix(line, "#") {
				continue
			}
			if columns[1] != "SAME" {
				pattern = strings.ReplaceAll(columns[1], "NULL", "")
			}
			t, ok := fowlerTrial(columns, pattern)
			if !ok {
				left++
				continue
			}
			t.Name = fmt.Sprintf("%s:%d", name, number)
			trials = append(trials, t)
		}
	}
	return trials, left, nil
}

// fowlerTrial reads a row: flags, a pattern, a text, and the groups. It cannot be asked when it is about another syntax,
// or about an error.
func fowlerTrial(columns []string, pattern string) (t Trial, ok bool) {
	flags := columns[0]
	if at := strings.LastIndexByte(flags, ':'); at >= 0 {
		flags = flags[at+1:] // behind a label
	}
	flags = strings.TrimLeft(flags, "?&|;{}")
	t = Trial{Pattern: pattern, Text: strings.ReplaceAll(columns[2], "NULL", ""), Want: noMatch, Says: saysFowler}
	if strings.Trim(flags, "BEASKLi$") != "" || !strings.Contains(flags, "E") {
		return t, false
	}
	if strings.Contains(flags, "i") {
		t.Flags = "i"
	}
	if strings.Contains(flags, "$") {
		if fowlerByte.MatchString(columns[1] + columns[2]) {
			return t, false
		}
		var known [2]bool
		t.Pattern, known[0] = perlString(t.Pattern)
		t.Text, known[1] = perlString(t.Text)
		if known != [2]bool{true, true} {
			return t, false
		}
	}
	if columns[3] == "NOMATCH" {
		return t, true
	}
	var words []string
	for _, m := range fowlerSpan.FindAllStringSubmatch(columns[3], -1) {
		if m[1] == "?" {
			words = append(words, "-")
		} else {
			words = append(words, m[1]+"-"+m[2])
		}
	}
	t.Want = strings.TrimRight(strings.Join(words, " "), " -")
	return t, len(words) > 0
}
