package diagram

// A frame is a border with a label around a shape: a group of some kind. One
// without a label is seen only when it is pointed at.
type frame struct {
	place place
	label string
	body  shape
	total size
}

// framePad is the distance from a frame to what is in it.
const framePad = 10

func newFrame(at place, label string, body shape) *frame {
	f := &frame{place: at, label: label, body: body}
	pad, head := framePad, labelRoom
	if label == "" {
		pad, head = 4, 0
	}
	b := body.size()
	f.total = size{
		w: max(b.w, columns(label)*smallWidth) + 2*pad, up: b.up + pad + head, down: b.down + pad,
	}
	return f
}

func (f *frame) size() size { return f.total }

func (f *frame) draw(p *pen, x, y int) {
	s, b := f.size(), f.body.size()
	p.begin(f.place)
	class := "rr-frame"
	if f.label == "" {
		class = "rr-hidden"
	}
	p.rect(class, x, y-s.up, s.w, s.up+s.down, 6)
	if f.label != "" {
		p.text("rr-label", f.label, x+framePad, y-s.up+14, columns(f.label)*smallWidth)
	}
	start := x + (s.w-b.w)/2
	p.rail(x, y, start)
	p.rail(start+b.w, y, x+s.w)
	f.body.draw(p, start, y)
	p.end()
}
