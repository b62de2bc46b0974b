package syntax

import (
	"slices"
	"testing"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// The sets of nodes are those that the table of flavors says, which were compared with the engines.
func TestSemantics(t *testing.T) {
	for _, f := range flavor.All() {
		for pattern, choice := range map[string]flavor.Choice[*flavor.CharSet]{
			`\d`: f.Semantics.Digit, `\w`: f.Semantics.Word, `\s`: f.Semantics.Space,
		} {
			agree(t, f, pattern, "", choice.Plain)
			for _, when := range choice.When {
				agree(t, f, pattern, when.Flags.String(), when.Then)
			}
		}
		dot := f.Semantics.DotExcludes
		for _, when := range append(dot.When, flavor.When[*flavor.CharSet]{Then: dot.Plain}) {
			universe := Universe(f, when.Flags)
			got := setOf(t, f.Name, when.Flags.String(), ".")
			if want := rangesSet(when.Then).Not(universe); !slices.Equal(got, want) {
				t.Errorf("%s with %s: the dot is %x, want %x", f.Name, when.Flags, got, want)
			}
		}
		for _, flags := range []flavor.Flags{0, flavor.FlagsOf("d")} {
			if got, want := LineEnds(f, flags), rangesSet(f.Semantics.LineEnds.With(flags)); !slices.Equal(got, want) {
				t.Errorf("%s with %s: lines end with %x, want %x", f.Name, flags, got, want)
			}
		}
	}
}

func agree(t *testing.T, f *flavor.Flavor, pattern, flags string, table *flavor.CharSet) {
	t.Helper()
	universe := Universe(f, flavor.FlagsOf(flags))
	want := rangesSet(table).within(universe)
	if got := setOf(t, f.Name, flags, pattern); !slices.Equal(got, want) {
		t.Errorf("%s with %q: %s also has %x and lacks %x", f.Name, flags, pattern, got.Minus(want), want.Minus(got))
	}
}
