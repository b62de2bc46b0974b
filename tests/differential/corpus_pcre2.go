package differential

import (
	"context"
	"os"
	"path/filepath"
	"strings"
)

// loadPCRE2 takes the patterns of PCRE2's own tests.
func loadPCRE2(ctx context.Context) ([]string, error) {
	dir, err := debianSource(ctx, "pcre2", "*/testdata/testinput*")
	if err != nil {
		return nil, err
	}
	files, err := filepath.Glob(filepath.Join(dir, "testdata/testinput*"))
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

// pcre2testPatterns reads the input of pcre2test: a pattern between two delimiters, which can have many lines; its
// modifiers; then lines of texts until an empty one. A pattern that a modifier has pcre2test make of what is written is
// left out.
func pcre2testPatterns(input string) []string {
	var patterns []string
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
		pattern := input[1:end]
		modifiers, rest, _ := strings.Cut(input[end+1:], "\n")
		if !strings.Contains(modifiers, "hex") && !strings.Contains(modifiers, "expand") {
			patterns = append(patterns, pattern)
		}
		for input = rest; input != ""; {
			line, input, _ = strings.Cut(input, "\n")
			if strings.TrimSpace(line) == "" {
				break
			}
		}
	}
	return patterns
}
