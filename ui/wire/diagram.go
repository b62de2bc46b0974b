package wire

import (
	"github.com/regexdbg/regexdbg/regex/explain/diagram"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// NewDiagram draws a tree for a panel of a width in CSS pixels, or of
// [diagram.DefaultWidth] when that is 0.
func NewDiagram(version int, tree *syntax.Tree, positions *Positions, width int) Diagram {
	picture := diagram.Draw(tree, diagram.Options{Width: width, Position: positions.Unit})
	return Diagram{
		Type: TypeDiagram, Version: version,
		SVG: picture.SVG(), Width: picture.Width, Height: picture.Height, Cut: picture.Cut, Title: picture.Title,
		Style: diagram.Style(diagram.Light), DarkStyle: diagram.Style(diagram.Dark),
	}
}
