package wire

import (
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/convert"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// NewLiterals writes a pattern in every style of source code, those of its flavor
// first. Only they carry its flags: a letter may mean something else elsewhere.
func NewLiterals(version int, tree *syntax.Tree, flags string) Literals {
	all := Literals{Type: TypeLiterals, Version: version}
	for _, own := range []bool{true, false} {
		for _, style := range convert.Styles() {
			if (style.Flavors&tree.Flavor.Set != 0) != own {
				continue
			}
			l := Literal{Style: style.ID, Label: style.Label, Own: own, Missing: flags}
			carried := ""
			if own {
				carried = flags
			}
			if quoted, err := style.Quote(tree.Pattern, carried); err != nil {
				l.Error = err.Error()
			} else if l.Text = quoted.Text; own {
				l.Missing = quoted.Missing
			}
			all.Literals = append(all.Literals, l)
		}
	}
	return all
}

// NewConversions writes a pattern for every other flavor.
func NewConversions(version int, tree *syntax.Tree, positions *Positions) Conversions {
	all := Conversions{Type: TypeConversions, Version: version}
	for _, to := range flavor.All() {
		if to == tree.Flavor {
			continue
		}
		result, err := convert.Convert(tree, to)
		all.Conversions = append(all.Conversions, newConversion(to, result, err, positions))
	}
	return all
}

func newConversion(to *flavor.Flavor, result *convert.Result, err error, positions *Positions) Conversion {
	c := Conversion{Flavor: to.Name, Changes: []Change{}}
	switch {
	case err != nil:
		c.Error = err.Error()
	case !utf8.ValidString(result.Pattern):
		c.Error = "the result has bytes that are not UTF-8, which the page cannot hold"
	default:
		c.Pattern, c.Flags, c.Changes = result.Pattern, result.Flags, newChanges(result.Changes, positions)
	}
	return c
}
