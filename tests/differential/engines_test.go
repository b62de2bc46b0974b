package differential

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/regexdbg/regexdbg/regex/engine"
)

// suited is how many patterns of each suite are searched with here, in a dozen texts each.
const suited = 40

// runBy are the engines of ours that run what a flavor's oracle does: the same program, or the same library.
var runBy = map[string][]string{
	"go": {"regexp"}, "dotnet": {"regexp2"}, "pcre2": {"PCRE2", "php"}, "js": {"node"}, "python": {"python"}, "perl": {"perl"}, "java": {"java"}, "ruby": {"ruby"},
}

// jitForgets is a reason of unlike.
const jitForgets = "PCRE2's JIT compiler, which PHP uses and the oracle does not, forgets what groups matched in a call"

// unlike are the patterns, behind the engine's name, for which ours is known to find something else, with the reason.
var unlike = map[string]string{
	"php (?1)(?:(a(b))){0}c(x)?(?(2)y|z)": jitForgets,
	"php (?1)(?:(a(b))){0}(c)":            jitForgets,
}

// The engines behind our interface find what the bare ones do, asked by scripts that share nothing with ours: the patterns
// of every suite, each match with all its groups in bytes.
func TestEnginesFindWhatBareOnesFind(t *testing.T) {
	patterns, err := Load(t.Context())
	need(t, err)
	patterns = Sample(append(patterns, Generate(1, patterns)...), suited)
	runtimes, err := engine.NewRuntimes("node,/usr/bin/python3,perl,java,ruby,php") // Debian's, as the oracles are
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := runtimes.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	}()
	all := engine.Local().With(runtimes)
	for _, flavor := range Flavors {
		t.Run(flavor, func(t *testing.T) {
			sources, err := Sources(t.Context(), open(t, flavor), patterns)
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range runBy[flavor] {
				e, err := all.Lookup(flavor, name)
				need(t, err)
				same := 0
				for _, source := range sources {
					differs, compared, err := engineDiffers(t, e, source)
					if compared && len(differs) == 0 {
						same++
					}
					reason, other := unlike[name+" "+source.Pattern], err != nil || len(differs) > 0
					switch {
					case reason != "" && !other && compared:
						t.Errorf("%s: %+q does not differ any more: %s", name, source.Pattern, reason)
					case reason != "":
					case err != nil:
						t.Errorf("%s: %s: %+q %q: %v", name, source.Corpus, source.Pattern, source.Flags, err)
					case len(differs) > 0:
						t.Errorf("%s: %s: %+q %q finds in %s", name, source.Corpus, source.Pattern, source.Flags, differs[0])
					}
				}
				t.Logf("%s %s: %d of %d patterns the same", name, e.Info().Version, same, len(sources))
				if same < 100 {
					t.Errorf("only %d patterns were compared", same)
				}
			}
		})
	}
}

// engineDiffers runs a source on an engine. Nothing is known of a text that one of both gave up. The error is what the
// engine says of the pattern, or of a search.
func engineDiffers(t *testing.T, e engine.Engine, source *Source) (differs []Differing, compared bool, err error) {
	t.Helper()
	program, err := e.Compile([]byte(source.Pattern), source.Flags)
	if err != nil {
		return nil, false, err
	}
	groups := program.Groups()
	last := 0
	for _, g := range groups {
		last = max(last, g.Number)
	}
	for i, text := range source.Texts {
		want := source.Found.Texts[i]
		if want.Unknown {
			continue
		}
		var got Matches
		result := program.Search(t.Context(), engine.NewText([]byte(text)), engine.Cursor{}, engine.Budget{Timeout: time.Second, MaxMatches: MaxMatches}, func(m []int) bool {
			spans := make([]int, 2*last+2)
			for i := range spans {
				spans[i] = -1
			}
			for i, g := range groups {
				copy(spans[2*g.Number:], m[2*i:2*i+2])
			}
			if n := len(got.Spans); n == 0 || got.Spans[n-1][0] != got.Spans[n-1][1] { // none behind an empty one
				got.Spans = append(got.Spans, spans)
			}
			return true // to stop it would end a runtime's process
		})
		switch result.Outcome {
		case engine.Error:
			return differs, compared, result.Err
		case engine.Timeout:
			continue
		case engine.Limit:
			if result.Err != nil {
				continue // its own
			}
		}
		compared = true
		if !slices.EqualFunc(got.Spans, want.Spans, slices.Equal[[]int]) {
			differs = append(differs, Differing{text, want, got})
		}
	}
	return differs, compared, nil
}
