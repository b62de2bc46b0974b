package differential

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
)

// A rustTest is one of the tests of Rust's crate regex.
type rustTest struct {
	Name                    string
	Regex                   any // a pattern, or a list of them
	Haystack                string
	Matches                 []any
	Compiles, Unicode, UTF8 *bool
	Anchored, Unescape      bool
	CaseInsensitive         bool   `toml:"case-insensitive"`
	MatchKind               string `toml:"match-kind"`
	SearchKind              string `toml:"search-kind"`
	LineTerminator          string `toml:"line-terminator"`
	MatchLimit              int    `toml:"match-limit"`
	Bounds                  any
}

// trialsRust are the tests of the crate regex that regexp2 keeps.
func trialsRust(ctx context.Context, flavor string) (trials []Trial, left int, err error) {
	dir, err := regexp2Dir(ctx)
	if err != nil {
		return nil, 0, err
	}
	files, err := filepath.Glob(filepath.Join(dir, "testdata/corpus/rust-regex/*.toml"))
	if err != nil {
		return nil, 0, err
	}
	for _, file := range files {
		if filepath.Base(file) == "regex-lite.toml" {
			continue // of another crate, which is not Unicode's
		}
		content, err := os.ReadFile(file)
		if err != nil {
			return nil, 0, err
		}
		var all struct{ Test []rustTest }
		if err := toml.Unmarshal(content, &all); err != nil {
			return nil, 0, fmt.Errorf("%s: %w", file, err)
		}
		for _, r := range all.Test {
			t, ok := r.trial(flavor)
			if !ok {
				left++
				continue
			}
			t.Name = filepath.Base(file) + ":" + r.Name
			trials = append(trials, t)
		}
	}
	return trials, left, nil
}

var (
	// rustClass is what is Unicode's in Rust, and only ASCII's in Go.
	rustClass = regexp.MustCompile(`\\[dDwWsSbB]`)
	// rustOnly is syntax that other flavors read as something else.
	rustOnly = regexp.MustCompile(`\(\?[a-z]*[UR]|\(\?[a-z]*-[a-z]*[uU]|\\b\{`)
)

// trial is the test for a flavor; false where it is about something that the flavor has no flag for, or about Rust.
func (r rustTest) trial(flavor string) (t Trial, ok bool) {
	pattern, one := r.Regex.(string)
	ascii := func(s string) bool { return strings.IndexFunc(s, func(c rune) bool { return c >= utf8.RuneSelf }) < 0 }
	t = Trial{Pattern: pattern, Text: r.Haystack, All: true}
	if r.CaseInsensitive {
		t.Flags = "i"
	}
	if r.Unescape {
		if t.Text, ok = perlString(r.Haystack); !ok {
			return t, false
		}
	}
	bytes := r.Unicode != nil && !*r.Unicode || r.UTF8 != nil && !*r.UTF8
	switch {
	case !one, r.Compiles != nil, r.Anchored, r.Bounds != nil, r.LineTerminator != "", r.MatchLimit != 0:
		return t, false
	case r.MatchKind != "" && r.MatchKind != "leftmost-first", r.SearchKind != "" && r.SearchKind != "leftmost":
		return t, false
	case rustOnly.MatchString(pattern), !utf8.ValidString(t.Text), bytes && !ascii(t.Text):
		return t, false
	case !ascii(t.Text) && flavor == "go" && rustClass.MatchString(pattern):
		return t, false
	}
	groups := false
	for _, m := range r.Matches {
		spans := rustSpans(m)
		if spans == nil {
			return t, false
		}
		groups = groups || len(spans) > 2
		t.Want += "[" + spansWords(spans) + "]"
	}
	t.Says = func(f Finding) string { return saysAll(f, groups) }
	return t, true
}

// rustSpans reads [start, end], or a list of those, in which an empty one is a group that took no part.
func rustSpans(match any) []int {
	list, ok := match.([]any)
	if !ok {
		return nil
	}
	if len(list) == 2 {
		start, ok := list[0].(int64)
		end, too := list[1].(int64)
		if ok && too {
			return []int{int(start), int(end)}
		}
	}
	var spans []int
	for _, group := range list {
		pair, ok := group.([]any)
		switch {
		case ok && len(pair) == 0:
			spans = append(spans, -1, -1)
		case ok && len(pair) == 2:
			spans = append(spans, rustSpans(pair)...)
		default:
			return nil
		}
	}
	return spans
}

// saysAll writes all matches, with their groups or without, but for an empty one at the end of another: Rust goes on
// behind it.
func saysAll(f Finding, groups bool) string {
	var b strings.Builder
	end := -1
	for _, m := range f.Spans {
		if m[0] == m[1] && m[0] == end {
			continue
		}
		end = m[1]
		if !groups {
			m = slices.Clone(m[:2])
		}
		b.WriteString("[" + spansWords(m) + "]")
	}
	return b.String() + f.GaveUp
}
