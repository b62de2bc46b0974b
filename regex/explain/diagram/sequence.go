package diagram

// A sequence is shapes one after another, in as many lines as they need. From
// the end of a line a track leads back below it to the start of the next, and
// from the end of the last one up to the axis.
type sequence struct {
	lines []lineOf
	w     int // of the longest line
	total size
}

// lineOf is one line of a sequence.
type lineOf struct {
	shapes []shape
	size
}

// bends is what the tracks of a wrapped sequence take: one bend on the left side;
// on the right side one for the ways back and two for the way up.
const bends = 5 * radius

// newSequence sets at least two shapes in one line of the width avail, or wraps
// them into lines of the width wrapped.
func newSequence(shapes []shape, avail, wrapped int) *sequence {
	s := &sequence{}
	total := -gap
	for _, sh := range shapes {
		total += sh.size().w + gap
	}
	if total > avail {
		avail = wrapped
	}
	var l lineOf
	for _, sh := range shapes {
		k := sh.size()
		if len(l.shapes) > 0 && l.w+gap+k.w > avail {
			s.lines = append(s.lines, l)
			l = lineOf{}
		}
		if len(l.shapes) > 0 {
			l.w += gap
		}
		l.shapes = append(l.shapes, sh)
		l.w += k.w
		l.up, l.down = max(l.up, k.up), max(l.down, k.down)
	}
	s.lines = append(s.lines, l)
	for _, l := range s.lines {
		s.w = max(s.w, l.w)
	}
	last := s.lines[len(s.lines)-1]
	if s.total = s.lines[0].size; len(s.lines) > 1 {
		s.total.w, s.total.down = s.w+bends, s.height()+last.down
	}
	return s
}

// step is the distance from a line's axis to the way back below it, and from
// there to the axis of the next line.
func (s *sequence) step(i int) (back, next int) {
	return max(s.lines[i].down+air, 2*radius), max(s.lines[i+1].up+air, 2*radius)
}

func (s *sequence) size() size { return s.total }

// height is the distance from the axis of the first line to that of the last.
func (s *sequence) height() int {
	h := 0
	for i := range len(s.lines) - 1 {
		back, next := s.step(i)
		h += back + next
	}
	return h
}

func (s *sequence) draw(p *pen, x, y int) {
	if len(s.lines) == 1 {
		s.lines[0].draw(p, x, y)
		return
	}
	p.rail(x, y, x+radius)
	endX, endY := s.drawLines(p, x+radius, y)
	up := p.track("")
	up.move(endX, endY)
	up.h(x + 2*radius + s.w)
	up.h(x + 3*radius + s.w)
	up.bend(1, -1, false)
	up.v(y + radius)
	up.bend(1, -1, true)
	up.done()
}

// drawLines draws the lines and the ways back between them, and returns where
// the last one ends. The lines start at x.
func (s *sequence) drawLines(p *pen, x, y int) (endX, endY int) {
	right := x + s.w
	for i, l := range s.lines {
		l.draw(p, x, y)
		if i+1 == len(s.lines) {
			return x + l.w, y
		}
		back, next := s.step(i)
		t := p.track("rr-back")
		t.move(x+l.w, y)
		t.h(right)
		t.bend(1, 1, true)
		t.v(y + back - radius)
		t.bend(-1, 1, true)
		t.h(x)
		t.bend(-1, 1, false)
		t.v(y + back + next - radius)
		t.bend(1, 1, false)
		t.done()
		p.arrow((x+right)/2, y+back)
		y += back + next
	}
	return 0, 0
}

func (l lineOf) draw(p *pen, x, y int) {
	for i, sh := range l.shapes {
		if i > 0 {
			p.rail(x, y, x+gap)
			x += gap
		}
		sh.draw(p, x, y)
		x += sh.size().w
	}
}

// terminalWidth is what the start or the end of the diagram takes.
const terminalWidth = 26

// A line is a whole diagram: its body between start and end. A body in several
// lines has its end where the last one ends.
type line struct{ body shape }

func (l *line) wrapped() *sequence {
	if s, ok := l.body.(*sequence); ok && len(s.lines) > 1 {
		return s
	}
	return nil
}

func (l *line) size() size {
	s := l.body.size()
	s.up, s.down = max(s.up, half), max(s.down, half)
	if w := l.wrapped(); w != nil {
		last := w.lines[len(w.lines)-1]
		s.w = terminalWidth + max(w.w+radius, last.w+terminalWidth)
		return s
	}
	s.w += 2 * terminalWidth
	return s
}

func (l *line) draw(p *pen, x, y int) {
	p.raw(`<circle class="rr-end"`)
	p.attribute(` cx="`, x+6)
	p.attribute(` cy="`, y)
	p.raw(` r="5"/>`)
	p.rail(x+11, y, x+terminalWidth)
	x += terminalWidth
	if w := l.wrapped(); w != nil {
		x, y = w.drawLines(p, x, y)
	} else {
		l.body.draw(p, x, y)
		x += l.body.size().w
	}
	p.rail(x, y, x+terminalWidth-11)
	p.raw(`<circle class="rr-end rr-last"`)
	p.attribute(` cx="`, x+terminalWidth-6)
	p.attribute(` cy="`, y)
	p.raw(` r="5"/>`)
}
