// Package diagram draws a pattern as a railroad diagram in SVG: what a match may
// run through, from left to right.
//
// The tree is laid out in one pass that gives each construct a [shape] of known
// size, and drawn in a second one. Long sequences are wrapped like text, with a
// track that leads back to the start of the next line.
package diagram

import (
	"fmt"
	"strings"

	"github.com/regexdbg/regexdbg/regex/syntax"
)

const (
	// DefaultWidth is the width in pixels for which a diagram is wrapped.
	DefaultWidth = 960
	// MinWidth and MaxWidth bound [Options].Width: less is no use to anybody, and
	// more is wider than any screen.
	MinWidth, MaxWidth = 280, 4000
	// MaxParts is how many parts a diagram has at most, about 2 MB of SVG; a part
	// that says so stands for the rest. A pattern of 2,000 characters has fewer.
	MaxParts = 5000
	// MaxNesting is how deep parts are in each other, about ten times what
	// anybody can follow. What is deeper is one part.
	MaxNesting = 60
)

// Options say how to draw.
type Options struct {
	// Width is the width in pixels for which long lines are wrapped; 0 is
	// DefaultWidth. A diagram that nests deeply is wider.
	Width int
	// Position converts byte offsets of the pattern for data-from and data-to;
	// nil keeps bytes.
	Position func(offset int) int
}

// A Picture is a drawn diagram.
type Picture struct {
	// Width and Height are its size in pixels.
	Width, Height int
	// Cut tells that parts are left out, see [MaxParts] and [MaxNesting].
	Cut bool

	// Title is a line of text that says what is drawn.
	Title string

	description string
	body        []byte
}

// Draw draws a tree. It takes time and memory linear in the size of the tree,
// draws every tree, also that of a pattern with errors, and is safe for
// concurrent use.
func Draw(tree *syntax.Tree, o Options) *Picture {
	if o.Width == 0 {
		o.Width = DefaultWidth
	}
	if o.Position == nil {
		o.Position = func(offset int) int { return offset }
	}
	width := min(max(o.Width, MinWidth), MaxWidth)
	d := &drawing{tree: tree, room: MaxParts, bad: badNodes(tree)}
	avail := width - 2*margin - 2*terminalWidth // the bends of the lines lie below and above the terminals
	line := &line{body: d.sequenceOf([]*syntax.Node{tree.Root}, avail, avail)}
	s := line.size()
	p := &pen{position: o.Position}
	line.draw(p, margin, margin+s.up)
	pic := &Picture{
		Width: s.w + 2*margin, Height: s.up + s.down + 2*margin, Cut: d.cut,
		Title: d.title(), description: d.description(), body: p.b,
	}
	return pic
}

// SVG returns the picture for a page that has a style sheet for it: it has
// classes and no styles. Every part of the pattern is a g element with data-from
// and data-to, the place in the pattern.
func (p *Picture) SVG() string {
	return p.svg(`aria-label="Railroad diagram"`, "<desc>"+escape(p.description)+"</desc>")
}

// Standalone returns the picture as a file of its own, with its styles, which
// follow the reader's color scheme.
func (p *Picture) Standalone() string {
	return p.svg(`aria-labelledby="title"`, `<title id="title">`+escape(p.Title)+"</title><desc>"+escape(p.description)+
		"</desc><style>"+Style(Light)+"@media (prefers-color-scheme: dark){"+Style(Dark)+"}</style>"+
		fmt.Sprintf(`<rect class="rr-ground" width="%d" height="%d"/>`, p.Width, p.Height))
}

func (p *Picture) svg(attributes, head string) string {
	var b strings.Builder
	b.Grow(len(p.body) + len(head) + 300)
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" class="rr" role="img" %s width="%d" height="%d" viewBox="0 0 %d %d">`,
		attributes, p.Width, p.Height, p.Width, p.Height)
	b.WriteString(head)
	b.Write(p.body)
	b.WriteString("</svg>")
	return b.String()
}

func (d *drawing) title() string {
	pattern, _ := shorten(d.tree.Pattern, 200)
	title := fmt.Sprintf("Railroad diagram of %s (%s", pattern, d.tree.Flavor.Label)
	if flags := d.tree.Flags.String(); flags != "" {
		title += ", flags " + flags
	}
	return title + ")"
}

func (d *drawing) description() string {
	var b strings.Builder
	b.WriteString("What a match may run through, from left to right.")
	switch n := len(d.tree.Groups) - 1; {
	case n == 1:
		b.WriteString(" It has 1 capture group.")
	case n > 1:
		fmt.Fprintf(&b, " It has %d capture groups.", n)
	}
	for i, e := range d.tree.Errors {
		if i == 3 {
			fmt.Fprintf(&b, " There are %d more errors.", len(d.tree.Errors)-i)
			break
		}
		fmt.Fprintf(&b, " Error at byte %d: %s.", e.Span.Start, visible(e.Message))
	}
	if d.cut {
		b.WriteString(" It is too large to be drawn whole.")
	}
	return b.String()
}
