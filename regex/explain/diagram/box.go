package diagram

// A box is text in a frame.
type box struct {
	place place
	form  form
	lines [][]run
	cols  int // of the longest line
}

// A form is what a frame looks like.
type form uint8

const (
	rounded form = iota // characters
	square              // sets of characters
	pointed             // places in the text
	bare                // no frame: remarks
)

func newBox(at place, f form, lines ...[]run) *box {
	b := &box{place: at, form: f, lines: lines}
	for _, line := range lines {
		b.cols = max(b.cols, width(line))
	}
	return b
}

func (b *box) size() size {
	return size{
		w: b.cols*column + 2*b.padding(), up: half, down: (len(b.lines)-1)*lineHeight + half,
	}
}

func (b *box) padding() int {
	if b.form == pointed {
		return padding + 6
	}
	return padding
}

func (b *box) draw(p *pen, x, y int) {
	s := b.size()
	p.begin(b.place)
	switch b.form {
	case rounded:
		p.rect("rr-box", x, y-s.up, s.w, s.up+s.down, 6)
	case square:
		p.rect("rr-box", x, y-s.up, s.w, s.up+s.down, 0)
	case bare:
		p.rect("rr-bare", x, y-s.up, s.w, s.up+s.down, 0)
	case pointed:
		p.pointed(x, y, s)
	}
	for i, line := range b.lines {
		p.line(line, x+b.padding(), y+i*lineHeight)
	}
	p.end()
}

// line writes runs one after another around the height y.
func (p *pen) line(line []run, x, y int) {
	for _, r := range line {
		w := r.cols * column
		if r.kind == sign && r.cols > 1 {
			p.text(runClasses[sign], r.text, x+column/2, y+4, w-column)
		} else {
			p.text(runClasses[r.kind], r.text, x, y+4, w)
		}
		x += w
	}
}

// pointed draws a frame with points on its left and right.
func (p *pen) pointed(x, y int, s size) {
	p.raw(`<path class="rr-box" d="M`)
	p.number(x)
	p.raw(" ")
	p.number(y)
	p.raw("l9 ")
	p.number(-s.up)
	p.raw("H")
	p.number(x + s.w - 9)
	p.raw("l9 ")
	p.number(s.up)
	p.raw("l-9 ")
	p.number(s.down)
	p.raw("H")
	p.number(x + 9)
	p.raw(`z"/>`)
}
