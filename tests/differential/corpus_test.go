package differential

import (
	"slices"
	"testing"
)

// The loaders check that they find about as much as there is.
func TestCorpora(t *testing.T) {
	for _, s := range sources {
		t.Run(s.corpus, func(t *testing.T) {
			patterns, err := s.patterns(t.Context())
			need(t, err)
			t.Logf("%d patterns", len(patterns))
		})
	}
}

func TestPCRE2TestFiles(t *testing.T) {
	got := pcre2testPatterns("# comment\n#pattern x\n\n/a\\/b/i,hex\n    text\n\n/a\\/b/i\n    /text/\n\n\n'c\n/\n'x\n  text\n")
	want := []string{`a\/b`, "c\n/\n"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTOMLValues(t *testing.T) {
	got := tomlValues("regex = 'a\\b'\nx = 'y'\nregex = \"c\\n\"\nregex = '''d\n''''\n", `^regex = `)
	want := []string{`a\b`, "c\n", "d\n"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
