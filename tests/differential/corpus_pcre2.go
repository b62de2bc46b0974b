package differential

import (
	"context"
	"os"
	"path/filepath"
	"strings"
)

// pcre2Testdata returns the folder of PCRE2's own tests.
func pcre2Testdata(ctx context.Context) (string, error) {
	dir, err := debianSource(ctx, "pcre2", "*/testdata/testinput*", "*/testdata/testoutput*")
	return filepath.Join(dir, "testdata"), err
}

// loadPCRE2 takes the patterns of PCRE2's own tests.
func loadPCRE2(ctx context.Context) ([]string, error) {
	dir, err := pcre2Testdata(ctx)
	if err != nil {
		return nil, err
	}
	files, err := filepath.Glob(filepath.Join(dir, "testinput*"))
	if err != nil {
		return nil, err
	}
	var patterns []string
	for _, file := range files {
		if strings.HasSuffix(file, "EBC") || strings.HasSuffix(file, "heap") {
			continue // for another character set; for a program's memory
		}
		content, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		patterns = append(patterns, pcre2testPatterns(string(content))...)
	}
	return patterns, nil
}

// pcre2testPatterns are the patterns in the input of pcre2test, without those that a modifier has pcre2test make of what
// is written.
func pcre2testPatterns(input string) []string {
	var patterns []string
	for _, b := range pcre2testBlocks(input) {
		if !strings.Contains(b.modifiers, "hex") && !strings.Contains(b.modifiers, "expand") {
			patterns = append(patterns, b.pattern)
		}
	}
	return patterns
}

// A pcre2testBlock is a pattern in the input of pcre2test with the texts in which it is to be searched, as written.
type pcre2testBlock struct {
	line               int
	pattern, modifiers string
	delimiter          string // a character
	texts              []string
}

// pcre2testBlocks reads the input of pcre2test: a pattern between two delimiters, which can have many lines; its
// modifiers; then lines of texts until an empty one.
func pcre2testBlocks(input string) []pcre2testBlock {
	var blocks []pcre2testBlock
	whole := input
	for input != "" {
		line, rest, _ := strings.Cut(input, "\n")
		if strings.TrimSpace(line) == "" || !strings.ContainsRune(`/!"'`+"`"+`%&-=_:;,@~`, rune(line[0])) {
			input = rest
			continue
		}
		end := 1
		for end < len(input) && input[end] != line[0] {
			if input[end] == '\\' {
				end++
			}
			end++
		}
		if end >= len(input) {
			break
		}
		b := pcre2testBlock{line: 1 + strings.Count(whole[:len(whole)-len(input)], "\n"), pattern: input[1:end], delimiter: line[:1]}
		b.modifiers, input, _ = strings.Cut(input[end+1:], "\n")
		for input != "" {
			line, input, _ = strings.Cut(input, "\n")
			if strings.TrimSpace(line) == "" {
				break
			}
			b.texts = append(b.texts, strings.TrimLeft(line, " \t"))
		}
		blocks = append(blocks, b)
	}
	return blocks
}
