package syntax

import (
	"slices"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// room is where the nodes of a tree are made: of each kind of thing, many at once.
type room struct {
	nodes    slab[Node]
	details  slab[Details]
	own      slab[ownDetails]
	children slab[*Node]

	plain   *Details                // of nodes without text, with the flags that were last in force
	chars   [utf8.RuneSelf]*Details // of the last literal of each character
	repeats [16]*Details            // of the last repetitions, see repeated
}

// flagless are the details of nodes with no flag in force and the text of one character,
// and at last without text. Most patterns have no flags: then they all share these, to
// which no garbage collector goes.
var flagless = func() (all [utf8.RuneSelf + 1]Details) {
	for c := range all {
		all[c].Rare = &noRare
		if c < utf8.RuneSelf {
			all[c].Text = string(rune(c))
		}
	}
	return all
}()

// ownDetails are the details of a node that shares them with no other.
type ownDetails struct {
	Details
	rare Rare
}

// A slab is things of one kind that are made together. To count those in use instead of
// slicing the others off writes no pointer, which costs more while garbage is collected.
type slab[T any] struct {
	all  []T
	used int // of them
	made int // in all slabs
}

// firstSlab is the most nodes that are made at first, before it is known how many
// a pattern has for its length.
const firstSlab = 512

// grow makes room for as many as are to come, at least for n.
func (s *slab[T]) grow(p *parser, n int) {
	s.all, s.used = make([]T, max(n, p.yetToCome(s.made), min(len(p.s)/16, firstSlab))), 0
	s.made += len(s.all)
}

// one returns a new thing.
func (s *slab[T]) one(p *parser) *T {
	if s.used == len(s.all) {
		s.grow(p, 1)
	}
	s.used++
	return &s.all[s.used-1]
}

// yetToCome is for how many more of a thing to make room when there are n so far: as
// if the rest of the pattern had as many for its length, and a few more; but not
// hundreds of times n, which a pattern that is dense at its start only would not use.
//
// The less often, the better: the garbage collector starts while a large slab is made,
// and has less to do where it is still empty. With slabs of 512 nodes, and with ones
// that grow eightfold, a parse of 1 MB takes 1.7 times as long.
func (p *parser) yetToCome(n int) int {
	return 8 + min(64*n, n/64+int(float64(n)*float64(len(p.s)-p.pos)/float64(max(p.pos, 1))))
}

// node returns a new node from start to here.
func (p *parser) node(kind Kind, start int) *Node {
	return p.nodeWith(kind, start, p.detailsFor(kind))
}

// nodeWith is node with details that it may share.
func (p *parser) nodeWith(kind Kind, start int, details *Details) *Node {
	nodes := &p.room.nodes // as in slab.one, which the compiler does not inline
	if nodes.used == len(nodes.all) {
		nodes.grow(p, 1)
	}
	n := &nodes.all[nodes.used]
	nodes.used++
	n.Kind, n.Span, n.Details = kind, Span{start, p.pos}, details
	return n
}

// detailsFor returns the details of a new node: its own, or those of nodes with nothing
// but the flags in force.
func (p *parser) detailsFor(kind Kind) *Details {
	if p.room.plain.Flags == p.flags && !detailed[kind] {
		return p.room.plain
	}
	return p.otherDetails(kind)
}

func (p *parser) otherDetails(kind Kind) *Details {
	switch {
	case detailed[kind]:
		return p.ownDetails(p.flags)
	case p.flags == 0:
		p.room.plain = &flagless[utf8.RuneSelf]
	default:
		p.room.plain = p.newDetails(p.flags, "")
	}
	return p.room.plain
}

// detailsOf returns the details of nodes with flags and a text, the same for the same
// character.
func (p *parser) detailsOf(flags flavor.Flags, text string) *Details {
	if flags == 0 && len(text) == 1 && text[0] < utf8.RuneSelf {
		return &flagless[text[0]]
	}
	return p.detailsWith(flags, text)
}

func (p *parser) detailsWith(flags flavor.Flags, text string) *Details {
	if len(text) != 1 || text[0] >= utf8.RuneSelf {
		return p.newDetails(flags, text)
	}
	d := &p.room.chars[text[0]]
	if *d == nil || (*d).Flags != flags {
		*d = p.newDetails(flags, text)
	}
	return *d
}

func (p *parser) newDetails(flags flavor.Flags, text string) *Details {
	d := p.room.details.one(p)
	d.Flags, d.Text, d.Rare = flags, text, &noRare
	return d
}

// ownDetails are those of a node that shares nothing.
func (p *parser) ownDetails(flags flavor.Flags) *Details {
	own := p.room.own.one(p)
	own.Flags, own.Rare = flags, &own.rare
	return &own.Details
}

// repeated returns the details of a repetition, with that many right below it, of what
// ends at an offset and has its operator from another one to here. Where the two are
// the same, repetitions that are alike share them.
func (p *parser) repeated(c counts, below, end, operator int) *Details {
	var apart Span
	if end != operator {
		apart = Span{operator, p.pos}
	}
	rare := Rare{Number: below, Min: c.min, Max: c.max, Aux: apart}
	d := &p.room.repeats[uint(3*c.min+c.max)%uint(len(p.room.repeats))]
	if *d == nil || (*d).Flags != p.flags || *(*d).Rare != rare {
		*d = p.ownDetails(p.flags)
		*(*d).Rare = rare
	}
	return *d
}

// setText gives a node a text.
func (p *parser) setText(n *Node, text string) {
	switch {
	case text == n.Text:
	case n.Rare != &noRare:
		n.Text = text // its details are its own: repetitions, which share theirs, have no text
	default:
		n.Details = p.detailsOf(n.Flags, text)
	}
}

// detail gives a node details and rare fields of its own.
func (p *parser) detail(n *Node) {
	own := p.ownDetails(n.Flags)
	own.Text = n.Text
	n.Details = own
}

// push adds an item to the concatenation that is read.
func (p *parser) push(n *Node) {
	if len(p.items) == cap(p.items) {
		p.growItems()
	}
	p.items = append(p.items, n)
}

func (p *parser) growItems() { p.items = slices.Grow(p.items, p.yetToCome(len(p.items))) }

// childrenOf returns a place for n children. Such places share arrays, of which each has its
// part.
func (p *parser) childrenOf(n int) []*Node {
	children := &p.room.children
	if len(children.all)-children.used < n {
		children.grow(p, n)
	}
	i := children.used
	children.used += n
	return children.all[i : i+n : i+n]
}

// subs returns a copy of nodes for the children of one.
func (p *parser) subs(nodes []*Node) []*Node {
	if len(nodes) > 64 {
		return slices.Clone(nodes)
	}
	subs := p.childrenOf(len(nodes))
	copy(subs, nodes)
	return subs
}

// pair is subs of two nodes.
func (p *parser) pair(a, b *Node) []*Node {
	subs := p.childrenOf(2)
	subs[0], subs[1] = a, b
	return subs
}

// single is subs of one node.
func (p *parser) single(a *Node) []*Node {
	subs := p.childrenOf(1)
	subs[0] = a
	return subs
}
