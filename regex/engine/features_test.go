package engine

import (
	"errors"
	"testing"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// The feature table is what the parser and the reference say of a flavor. Here
// its engines say it: the example of what a flavor has matches, and that of what
// it does not have is refused, unless the table says what it means there.
func TestFeatures(t *testing.T) {
	for _, entry := range Local().Entries() {
		if entry.Engine == nil {
			continue
		}
		f, err := flavor.Lookup(entry.Info.Flavor)
		if err != nil {
			t.Fatal(err)
		}
		for row := range flavor.Features() {
			t.Run(entry.Info.Name+"/"+row.ID, func(t *testing.T) {
				example := row.Example(f)
				program, err := entry.Engine.Compile([]byte(example.Pattern), example.Flags)
				if lacks, ok := errors.AsType[*FlagError](err); ok {
					t.Skipf("of the flavor's examples it cannot run this: %v", lacks)
				}
				switch {
				case !f.Has(row.Feature):
					refusedOrNoted(t, row, f, err)
				case err != nil:
					t.Errorf("%q: %v", example.Pattern, err)
				case len(collect(t, program, NewText([]byte(example.Text)), 0)) == 0:
					t.Errorf("%q does not match in %q", example.Pattern, example.Text)
				}
			})
		}
	}
}

func refusedOrNoted(t *testing.T, row *flavor.Row, f *flavor.Flavor, err error) {
	if err == nil {
		if row.Notes[f.Name] == "" {
			t.Errorf("%s takes %q, and the table does not say as what", f.Label, row.Example(f).Pattern)
		}
		return
	}
	if _, ok := errors.AsType[*syntax.Error](err); !ok {
		t.Errorf("%q: %v", row.Example(f).Pattern, err)
	}
}
