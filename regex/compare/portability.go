package compare

import (
	"context"

	"github.com/regexdbg/regexdbg/regex/convert"
	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A Portable is what becomes of a pattern in another flavor.
type Portable struct {
	Flavor *flavor.Flavor
	// Engine is what both were run with there, nil where nothing was run.
	Engine engine.Engine
	// Refused is why the flavor does not take the pattern as it is, nil when it does.
	Refused *syntax.Error
	// AsItIs says whether it finds the same there, on the text at hand; Unknown
	// where that was not run.
	AsItIs Agreement
	// Converted is the pattern as it has to be written there, nil when Err says why
	// there is none.
	Converted *convert.Result
	Err       error
	// Proved says whether the converted pattern finds the same there, on the text
	// at hand; Unknown where that was not run.
	Proved Agreement
}

// Port says what becomes of a pattern in a flavor. base is the report of the
// pattern in its own flavor; there is that of the other flavor's engine with the
// same pattern, or nil when this machine has none. The converted pattern is run on
// that engine.
func Port(ctx context.Context, base, there *Report, to *flavor.Flavor, pattern string, text *engine.Text, limits Limits) *Portable {
	p := &Portable{Flavor: to, AsItIs: Unknown, Proved: Unknown}
	if there != nil {
		p.Engine = there.Side.Engine
	}
	switch {
	case there != nil && there.Refused != nil:
		p.Refused = there.Refused
	case there != nil:
		p.AsItIs, _ = Agree(base, there)
	default:
		flags, _, err := ForFlavor(base.Side.Flags, base.Side.Flavor, to)
		if err != nil {
			p.Err = err
			return p
		}
		if tree := syntax.Parse(pattern, to, flavor.FlagsOf(flags)); len(tree.Errors) > 0 {
			p.Refused = tree.Errors[0]
		}
	}
	p.Converted, p.Err = convert.Convert(syntax.Parse(pattern, base.Side.Flavor, flavor.FlagsOf(base.Side.Flags)), to)
	if p.Err != nil || there == nil || !base.Ran() {
		return p
	}
	side := there.Side
	side.Flags = p.Converted.Flags
	p.Proved, _ = Agree(base, Run(ctx, side, p.Converted.Pattern, text, limits))
	return p
}

// Changed reports whether the pattern has to be written otherwise.
func (p *Portable) Changed(pattern string) bool {
	return p.Converted != nil && p.Converted.Pattern != pattern
}
