package diagram

import (
	"html"
	"strconv"
	"unicode/utf8"
)

// A pen writes SVG.
type pen struct {
	b        []byte
	position func(offset int) int
}

func (p *pen) raw(s string) { p.b = append(p.b, s...) }

func (p *pen) number(n int) { p.b = strconv.AppendInt(p.b, int64(n), 10) }

// attribute writes a number as an attribute; name is such as ` x="`.
func (p *pen) attribute(name string, n int) {
	p.raw(name)
	p.number(n)
	p.raw(`"`)
}

// begin starts the element of a part.
func (p *pen) begin(at place) {
	p.raw(`<g class="rr-part `)
	p.raw(at.class)
	if at.bad {
		p.raw(" rr-bad")
	}
	p.raw(`"`)
	p.attribute(` data-from="`, p.position(at.from))
	p.attribute(` data-to="`, p.position(at.to))
	p.raw(">")
	if at.title != "" {
		p.raw("<title>")
		p.raw(escape(at.title))
		p.raw("</title>")
	}
}

func (p *pen) end() { p.raw("</g>") }

// escape makes text of any kind safe between tags. Characters that XML cannot
// hold are not in it: see visible.
func escape(text string) string { return html.EscapeString(text) }

func (p *pen) rect(class string, x, y, w, h, r int) {
	p.raw(`<rect class="`)
	p.raw(class)
	p.raw(`"`)
	p.attribute(` x="`, x)
	p.attribute(` y="`, y)
	p.attribute(` width="`, w)
	p.attribute(` height="`, h)
	if r > 0 {
		p.attribute(` rx="`, r)
	}
	p.raw("/>")
}

// text writes one line of text that takes w pixels. Characters whose width is up
// to the font are made to fit; of the others each has its column, see style.go.
func (p *pen) text(class, text string, x, y, w int) {
	p.raw(`<text class="`)
	p.raw(class)
	p.raw(`"`)
	p.attribute(` x="`, x)
	p.attribute(` y="`, y)
	if !isASCII(text) {
		p.attribute(` textLength="`, w)
	}
	p.raw(">")
	p.raw(escape(text))
	p.raw("</text>")
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// rail draws a straight piece of track.
func (p *pen) rail(x, y, to int) {
	if to > x {
		t := p.track("")
		t.move(x, y)
		t.h(to)
		t.done()
	}
}

// track starts a piece of track with more classes than the common one.
func (p *pen) track(class string) *track {
	p.raw(`<path class="rr-track`)
	if class != "" {
		p.raw(" ")
		p.raw(class)
	}
	p.raw(`" d="`)
	return &track{pen: p}
}

// A track is a path that is being written.
type track struct {
	*pen
	x, y int
}

func (t *track) move(x, y int) {
	t.raw("M")
	t.number(x)
	t.raw(" ")
	t.number(y)
	t.x, t.y = x, y
}

func (t *track) h(x int) {
	if x != t.x {
		t.raw("H")
		t.number(x)
		t.x = x
	}
}

func (t *track) v(y int) {
	if y != t.y {
		t.raw("V")
		t.number(y)
		t.y = y
	}
}

// bend draws a quarter of a circle that ends a radius further in both
// directions, whose signs are given.
func (t *track) bend(dx, dy int, clockwise bool) {
	t.raw("a8 8 0 0 ")
	if clockwise {
		t.raw("1 ")
	} else {
		t.raw("0 ")
	}
	t.number(dx * radius)
	t.raw(" ")
	t.number(dy * radius)
	t.x, t.y = t.x+dx*radius, t.y+dy*radius
}

func (t *track) done() { t.raw(`"/>`) }

// arrow draws a small arrow head on a track that leads to the left.
func (p *pen) arrow(x, y int) {
	p.raw(`<path class="rr-arrow" d="M`)
	p.number(x - 4)
	p.raw(" ")
	p.number(y)
	p.raw(`l7 -4v8z"/>`)
}
