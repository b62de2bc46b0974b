package differential

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
)

//go:embed children/retests.rb
var reTestsRuby string

// trialsRuby is what Ruby's test_regexp.rb asserts of matches.
func trialsRuby(ctx context.Context, _ string) (trials []Trial, left int, err error) {
	file, err := rubyTests(ctx)
	if err != nil {
		return nil, 0, err
	}
	out, err := command(ctx, "/", "ruby", "--disable-gems", "-e", reTestsRuby, file)
	if err != nil {
		return nil, 0, err
	}
	seen := map[string]int{}
	for line := range strings.Lines(string(out)) {
		var row struct {
			Test, Pattern, Flags, Text, Kind, Found string
			Told                                    bool
		}
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			return nil, 0, fmt.Errorf("%q: %w", line, err)
		}
		seen[row.Test]++
		if row.Kind == "" {
			left++
			continue
		}
		t := Trial{Name: fmt.Sprintf("%s:%d", row.Test, seen[row.Test]), Pattern: row.Pattern, Flags: row.Flags, Text: row.Text, Want: row.Kind}
		if row.Told {
			t.Want = "match: " + row.Found
		}
		t.Says = func(f Finding) string {
			switch {
			case len(f.Spans) == 0:
				return saysSpans(f)
			case row.Told:
				found, _ := f.group(0)
				return "match: " + found
			}
			return "match"
		}
		trials = append(trials, t)
	}
	return trials, left, nil
}
