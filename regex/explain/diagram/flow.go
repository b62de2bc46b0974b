package diagram

// A flow is a box with small shapes in it that are set like the words of a text:
// the items of a class, or many short alternatives. No track leads through them.
type flow struct {
	place place
	form  form
	lines []lineOf
	total size
}

const (
	flowGap  = 5 // between two items
	flowLead = 5 // between two lines
	flowPad  = 6 // to the box
)

func newFlow(at place, f form, items []shape, avail int) *flow {
	b := &flow{place: at, form: f}
	avail -= 2 * flowPad
	var l lineOf
	for _, item := range items {
		k := item.size()
		if len(l.shapes) > 0 && l.w+flowGap+k.w > avail {
			b.lines = append(b.lines, l)
			l = lineOf{}
		}
		if len(l.shapes) > 0 {
			l.w += flowGap
		}
		l.shapes = append(l.shapes, item)
		l.w += k.w
		l.up, l.down = max(l.up, k.up), max(l.down, k.down)
	}
	b.lines = append(b.lines, l)
	b.total.up = b.lines[0].up + flowPad
	b.total.down = flowPad
	for i, l := range b.lines {
		b.total.w = max(b.total.w, l.w+2*flowPad)
		if i > 0 {
			b.total.down += l.up + flowLead
		}
		b.total.down += l.down
	}
	return b
}

func (b *flow) size() size { return b.total }

func (b *flow) draw(p *pen, x, y int) {
	s := b.size()
	p.begin(b.place)
	r := 0
	if b.form == rounded {
		r = 6
	}
	p.rect("rr-box", x, y-s.up, s.w, s.up+s.down, r)
	for i, l := range b.lines {
		if i > 0 {
			y += b.lines[i-1].down + flowLead + l.up
		}
		at := x + flowPad
		for _, item := range l.shapes {
			item.draw(p, at, y)
			at += item.size().w + flowGap
		}
	}
	p.end()
}

// A chip is one item of a flow.
type chip struct {
	place place
	text  []run
}

const (
	chipPad  = 4
	chipHalf = 10
)

func (c *chip) size() size {
	return size{w: width(c.text)*column + 2*chipPad, up: chipHalf, down: chipHalf}
}

func (c *chip) draw(p *pen, x, y int) {
	p.begin(c.place)
	s := c.size()
	p.rect("rr-chip", x, y-s.up, s.w, s.up+s.down, 3)
	p.line(c.text, x+chipPad, y)
	p.end()
}

// A remark is words among the items of a flow.
type remark string

func (r remark) size() size {
	return size{w: columns(string(r)) * smallWidth, up: chipHalf, down: chipHalf}
}

func (r remark) draw(p *pen, x, y int) {
	p.text("rr-label", string(r), x, y+4, r.size().w)
}
