package compare

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/regexdbg/regexdbg/regex/engine"
)

// corpusPatterns are all patterns of the corpus, each once.
func corpusPatterns(t *testing.T) (patterns []string) {
	t.Helper()
	files, err := filepath.Glob("../../tests/corpus/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no corpus: %v", err)
	}
	seen := map[string]bool{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			quoted, ok := strings.CutPrefix(strings.TrimSpace(line), "pattern ")
			if pattern, err := strconv.Unquote(quoted); ok && err == nil && !seen[pattern] {
				seen[pattern] = true
				patterns = append(patterns, pattern)
			}
		}
	}
	return patterns
}

// Of each difference that is found between two engines on a pattern of the corpus,
// it is proved what makes it; but for \G, behind empty matches, of which no flavor can
// write another's.
func TestCorpus(t *testing.T) {
	differences, proved := 0, 0
	for _, pattern := range corpusPatterns(t) {
		for _, names := range []string{"go dotnet", "go pcre2:u", "dotnet pcre2:u", "go:i dotnet:i", "go:i pcre2:iu", "dotnet:i pcre2:iu", "go:ms dotnet:ms", "pcre2:um go:m"} {
			s := &Search{Pattern: pattern, Seed: 1, Candidates: 150, Time: time.Minute}
			for name := range strings.FieldsSeq(names) {
				s.Sides = append(s.Sides, side(t, name))
			}
			found, _, err := s.Run(t.Context())
			if err != nil || found == nil {
				continue // one of them refuses it, or they agree
			}
			differences++
			what := fmt.Sprintf("%s: %q on %q", names, pattern, found.Text)
			switch {
			case found.Difference == nil:
				t.Errorf("%s differ once only", what)
			case len(found.Difference.Blames) == 0:
				t.Errorf("%s: nothing is blamed", what)
			case found.Difference.Blames[0].Proved:
				proved++
			case !strings.Contains(pattern, `\G`):
				t.Errorf("%s: nothing is proved: %+v", what, found.Difference.Blames)
			}
		}
	}
	if differences < 200 {
		t.Errorf("%d differences found, of which %d are proved: the corpus has more", differences, proved)
	}
}

// The same between Go and the runtimes of this machine, in nine of ten: what is not proved is
// logged, such as characters that only one of both knows, by its version of Unicode.
func TestCorpus_Runtimes(t *testing.T) {
	if testing.Short() {
		t.Skip("starts the runtimes of this machine")
	}
	runtimes, err := engine.NewRuntimes("all")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := runtimes.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	}()
	registry := engine.Local().With(runtimes)
	patterns := corpusPatterns(t)
	for _, spec := range []string{"js:iu", "python", "perl:i", "java", "ruby"} {
		t.Run(spec, func(t *testing.T) {
			name, flags, _ := strings.Cut(spec, ":")
			eng, err := registry.Lookup(name, "")
			if err != nil || eng.Info().Name == "regexp2-ecmascript" {
				t.Skipf("no runtime for %s on this machine: %v", name, err)
			}
			base := side(t, "go:"+strings.Trim(flags, "u"))
			differences, proved := 0, 0
			for _, pattern := range patterns {
				s := &Search{Pattern: pattern, Seed: 1, Candidates: 100, Time: time.Minute, Sides: []Side{base, {Engine: eng, Flavor: flavorOf(t, name), Flags: flags}}}
				found, _, err := s.Run(t.Context())
				if err != nil || found == nil || found.Difference == nil {
					continue // one of them refuses it, or they agree
				}
				differences++
				switch blames := found.Difference.Blames; {
				case len(blames) == 0:
					t.Errorf("%q on %q: nothing is blamed", pattern, found.Text)
				case blames[0].Proved:
					proved++
				default:
					t.Logf("%q on %q: not proved: %s", pattern, found.Text, blames[0].Reason)
				}
			}
			if differences < 20 || 10*proved < 9*differences {
				t.Errorf("%d differences are found, and %d of them are proved", differences, proved)
			}
		})
	}
}
