package diagram

// A stack is alternatives below each other, the first one on the axis.
type stack struct {
	place    place
	branches []branch
	total    size
	labels   int // width of the branches' labels
}

type branch struct {
	shape
	label string // such as "yes", above its track; "" for none
}

// side is what the bends of a stack take on each side.
const side = 2*radius + 4

// between is the distance between two branches.
const between = 10

func newStack(at place, branches []branch) *stack {
	s := &stack{place: at, branches: branches}
	for i, b := range branches {
		if b.label != "" {
			s.labels = max(s.labels, columns(b.label)*smallWidth+air)
		}
		k := b.size()
		s.total.w = max(s.total.w, k.w)
		if i == 0 {
			s.total.up, s.total.down = k.up, k.down
		} else {
			s.total.down += between + k.up + k.down
		}
	}
	s.total.w += 2*side + s.labels
	return s
}

func (s *stack) size() size { return s.total }

func (s *stack) draw(p *pen, x, y int) {
	p.begin(s.place)
	right := x + s.total.w
	last := y
	for i, b := range s.branches {
		k := b.size()
		if i > 0 {
			last += s.branches[i-1].size().down + between + k.up
		}
		start := x + side + s.labels
		if b.label != "" {
			p.text("rr-label", b.label, x+side, last-5, columns(b.label)*smallWidth)
		}
		if i == 0 {
			p.rail(x, y, start)
			p.rail(start+k.w, y, right)
		} else {
			s.fork(p, x, right, last, start, start+k.w)
		}
		b.draw(p, start, last)
	}
	// The trunks from which the forks bend.
	in := p.track("")
	in.move(x, y)
	in.bend(1, 1, true)
	in.v(last - radius)
	in.done()
	out := p.track("")
	out.move(right-radius, last-radius)
	out.v(y + radius)
	out.bend(1, -1, true)
	out.done()
	p.end()
}

// fork draws the tracks of a branch at the height y, whose shape reaches from
// start to end, to the trunks.
func (s *stack) fork(p *pen, x, right, y, start, end int) {
	in := p.track("")
	in.move(x+radius, y-radius)
	in.bend(1, 1, false)
	in.h(start)
	in.done()
	out := p.track("")
	out.move(end, y)
	out.h(right - 2*radius)
	out.bend(1, -1, false)
	out.done()
}
