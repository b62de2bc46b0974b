package eventloop

const (
	ringMin = 16
	// ringKeep bounds what an empty ring keeps after a burst: 16,384 ready entries are 400 KB.
	ringKeep = 1 << 14
)

// ring is a FIFO in a power-of-two buffer that grows, and shrinks once it is empty.
// The zero value is ready for use.
type ring[E any] struct {
	buf  []E
	head int
	n    int
}

func (r *ring[E]) len() int { return r.n }

func (r *ring[E]) push(e E) {
	if r.n == len(r.buf) {
		r.grow()
	}
	r.buf[(r.head+r.n)&(len(r.buf)-1)] = e
	r.n++
}

func (r *ring[E]) grow() {
	buf := make([]E, max(ringMin, 2*len(r.buf)))
	k := copy(buf, r.buf[r.head:])
	copy(buf[k:], r.buf[:r.head])
	r.buf, r.head = buf, 0
}

// pop removes the oldest element. The ring must not be empty.
func (r *ring[E]) pop() E {
	var zero E
	e := r.buf[r.head]
	r.buf[r.head] = zero // what has left must be collectable
	r.head = (r.head + 1) & (len(r.buf) - 1)
	r.n--
	if r.n == 0 && len(r.buf) > ringKeep {
		*r = ring[E]{}
	}
	return e
}

// popLast removes the youngest element. The ring must not be empty.
func (r *ring[E]) popLast() E {
	var zero E
	i := (r.head + r.n - 1) & (len(r.buf) - 1)
	e := r.buf[i]
	r.buf[i] = zero
	r.n--
	return e
}
