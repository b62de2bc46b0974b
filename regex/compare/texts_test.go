package compare

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// Many of the texts match their pattern, some do not, and the same numbers make the same ones.
func TestTexts(t *testing.T) {
	goFlavor, err := flavor.Lookup("go")
	if err != nil {
		t.Fatal(err)
	}
	for _, pattern := range []string{
		`^(\d{4})-(\d\d)$`, `(?i)\b(?:get|set)[A-Z]\w*\(`, `a{3,5}?b|[^\n]+x$`, `(?m)^\s*#.*$`, `\p{Greek}+[[:punct:]]`,
	} {
		tree := syntax.Parse(pattern, goFlavor, 0)
		texts := Texts(tree, 200, rand.New(rand.NewPCG(1, 2)))
		if again := Texts(tree, 200, rand.New(rand.NewPCG(1, 2))); !slices.Equal(texts, again) {
			t.Errorf("%s: other texts from the same numbers", pattern)
		}
		matches := 0
		for _, text := range texts {
			if !utf8.ValidString(text) || utf8.RuneCountInString(text) > maxText {
				t.Errorf("%s: %q", pattern, text)
			}
			if regexp.MustCompile(pattern).MatchString(text) {
				matches++
			}
		}
		if matches < 50 || matches > 190 {
			t.Errorf("%s matches in %d of %d texts", pattern, matches, len(texts))
		}
	}
}
