package differential

import (
	"slices"
	"strconv"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// OurParser is regex/syntax.
func OurParser(flavorName, flags, pattern string) Parsed {
	f, err := flavor.Lookup(flavorName)
	if err != nil {
		panic(err)
	}
	tree := syntax.Parse(pattern, f, flavor.FlagsOf(flags))
	if len(tree.Errors) > 0 {
		first := tree.Errors[0]
		return Parsed{Code: string(first.Code), Message: first.Message, Offset: first.Span.Start}
	}
	p := Parsed{OK: true, Offset: -1}
	for _, g := range tree.Groups[1:] {
		if g.Node != nil {
			p.Groups++
		}
	}
	tree.Root.Walk(func(n *syntax.Node) bool {
		if !n.IsCapture() || n.Text == "" {
			return true
		}
		if n.Text == strconv.Itoa(n.Number) && flavorName == "dotnet" {
			return true // the number is the name, as for a group without one
		}
		if name := (Name{n.Number, n.Text}); !slices.Contains(p.Names, name) {
			p.Names = append(p.Names, name)
		}
		return true
	})
	sortNames(p.Names)
	return p
}
