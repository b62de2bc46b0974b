package diagram

// A loop is a shape that can be passed by, or run through again, or just has a
// label.
type loop struct {
	place place
	body  shape
	skip  bool // a track above leads past it
	again bool // a track below leads back
	label string
	class string // of the tracks: which way is tried first

	above, below int // from the axis to the tracks around
	total        size
}

// loopSide is what the bends of a loop take on each side.
const loopSide = 2 * radius

func newLoop(l loop) *loop {
	b := l.body.size()
	l.above, l.below = max(b.up+air, 2*radius), max(b.down+air, 2*radius)
	l.total = size{w: max(b.w, columns(l.label)*smallWidth) + 2*loopSide, up: b.up, down: b.down}
	if l.skip {
		l.total.up = l.above
		if !l.again {
			l.total.up += labelRoom
		}
	}
	if l.again {
		l.total.down = l.below
	}
	if l.again || !l.skip {
		l.total.down += labelRoom
	}
	return &l
}

func (l *loop) size() size { return l.total }

func (l *loop) draw(p *pen, x, y int) {
	p.begin(l.place)
	w := l.total.w
	b := l.body.size()
	start := x + (w-b.w)/2
	p.rail(x, y, start)
	p.rail(start+b.w, y, x+w)
	label := y + b.down + labelRoom - 4
	if l.skip {
		at := y - l.above
		t := p.track(l.class)
		t.move(x, y)
		t.bend(1, -1, false)
		t.v(at + radius)
		t.bend(1, -1, true)
		t.h(x + w - loopSide)
		t.bend(1, 1, true)
		t.v(y - radius)
		t.bend(1, 1, false)
		t.done()
		label = at - 5
	}
	if l.again {
		at := y + l.below
		t := p.track(l.class)
		t.move(x+w-loopSide, y)
		t.bend(1, 1, true)
		t.v(at - radius)
		t.bend(-1, 1, true)
		t.h(x + loopSide)
		t.bend(-1, -1, true)
		t.v(y + radius)
		t.bend(1, -1, true)
		t.done()
		p.arrow(x+w/2, at)
		label = at + labelRoom - 3
	}
	cols := columns(l.label) * smallWidth
	p.text("rr-label", l.label, x+(w-cols)/2, label, cols)
	l.body.draw(p, start, y)
	p.end()
}
