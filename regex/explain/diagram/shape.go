package diagram

// A shape is a laid-out part of a diagram. The track enters it on its left side
// and leaves it on its right side at the same height, the shape's axis.
type shape interface {
	size() size
	// draw draws the shape with its left end of the axis at (x, y).
	draw(p *pen, x, y int)
}

// size is what a shape takes, in pixels: its width, and how far it reaches above
// and below its axis.
type size struct{ w, up, down int }

// Measures in pixels.
const (
	column     = 8  // a column of text: 0.6 em of 13 px, and a little air
	lineHeight = 18 // of text in a box
	smallWidth = 7  // a column of a label
	labelRoom  = 16 // the height of a label
	padding    = 8  // in a box, left and right of its text
	half       = 13 // from a box's border to the middle of its first line
	gap        = 14 // of the track between two parts
	air        = 8  // between tracks and parts
	radius     = 8  // of the bends
	margin     = 10 // around the diagram

	minAvail = 240 // what a part may be wide at least, however deep it is
)

// inside is how wide a part may be inside of another that takes some of it.
func inside(avail, taken int) int { return max(avail-taken, minAvail) }

// empty is the track alone.
type empty struct{}

func (empty) size() size { return size{2 * gap, air, air} }

func (empty) draw(p *pen, x, y int) { p.rail(x, y, x+2*gap) }

// place is where in the pattern a shape belongs, and what is said about it.
type place struct {
	from, to int // bytes
	class    string
	title    string
	bad      bool
}
