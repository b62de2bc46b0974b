package wire

import (
	"slices"
	"testing"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// Every name that is offered is taken by the flavor's parser.
func TestNamesAreTaken(t *testing.T) {
	for _, f := range flavor.All() {
		names := NewNames(f)
		var flags flavor.Flags
		if f.Set == flavor.InJS {
			flags = flavor.FlagsOf("v")
		}
		var patterns []string
		for _, p := range names.Properties {
			patterns = append(patterns, `\p{`+p.Name+`}`)
		}
		for _, name := range names.Posix {
			patterns = append(patterns, `[[:`+name+`:]]`)
		}
		for _, pattern := range patterns {
			if tree := syntax.Parse(pattern, f, flags); len(tree.Errors) > 0 {
				t.Errorf("%s: %s: %s", f.Name, pattern, tree.Errors[0].Message)
			}
		}
		if f.Has(flavor.Property) && len(names.Properties) < 50 || f.Has(flavor.Posix) != slices.Contains(names.Posix, "alpha") {
			t.Errorf("%s: %d properties, POSIX classes %q", f.Name, len(names.Properties), names.Posix)
		}
	}
}
