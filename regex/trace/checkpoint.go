package trace

import (
	"slices"
	"sort"
	"unsafe"
)

// A checkpoint is a machine's state behind some step. Stacks are kept in pages, which a checkpoint shares with the one
// before it where they are equal: what is deep in a stack seldom changes.
type checkpoint struct {
	program *Program
	state   state // without its slices
	counts  []TokenCount
	saved   []int32 // registers
	choices pages[choice]
	undo    pages[undo]
	frames  pages[int32]
}

// pageSize is how many entries a page has: 12 KiB of choices.
const pageSize = 512

// pages are a copy of a stack.
type pages[T comparable] struct {
	full [][]T
	rest []T
}

// copyPages copies a stack, but for pages that are those of an earlier copy.
func copyPages[T comparable](stack []T, earlier pages[T]) pages[T] {
	var p pages[T]
	for len(stack) >= pageSize {
		i := len(p.full)
		if i < len(earlier.full) && slices.Equal(earlier.full[i], stack[:pageSize]) {
			p.full = append(p.full, earlier.full[i])
		} else {
			p.full = append(p.full, slices.Clone(stack[:pageSize]))
		}
		stack = stack[pageSize:]
	}
	p.rest = slices.Clone(stack)
	return p
}

// restore makes the stack again, in the memory of another one.
func (p pages[T]) restore(stack []T) []T {
	stack = stack[:0]
	for _, page := range p.full {
		stack = append(stack, page...)
	}
	return append(stack, p.rest...)
}

// bytes is what a copy takes that an earlier one does not share.
func (p pages[T]) bytes(earlier pages[T]) int64 {
	var zero T
	own := 0
	for i, page := range p.full {
		if i >= len(earlier.full) || &earlier.full[i][0] != &page[0] {
			own++
		}
	}
	return (int64(own)*pageSize+int64(len(p.rest)))*int64(unsafe.Sizeof(zero)) + int64(len(p.full))*int64(unsafe.Sizeof(p.rest))
}

func (m *machine) save(earlier point) point {
	c := &checkpoint{program: m.Program, state: m.state, saved: slices.Clone(m.registers), counts: slices.Clone(m.counts)}
	c.state.registers, c.state.choices, c.state.undo, c.state.frames = nil, nil, nil, nil
	before := checkpointOf(earlier)
	c.choices, c.undo, c.frames = copyPages(m.choices, before.choices), copyPages(m.undo, before.undo), copyPages(m.frames, before.frames)
	return c
}

// checkpointOf is a checkpoint, or an empty one for none.
func checkpointOf(p point) *checkpoint {
	if p == nil {
		return new(checkpoint)
	}
	return p.(*checkpoint)
}

func (c *checkpoint) status() *progress { return &c.state.progress }

func (c *checkpoint) countOf(token int) TokenCount { return c.program.countOf(token, c.counts) }

func (c *checkpoint) bytes(earlier point) int64 {
	before := checkpointOf(earlier)
	return int64(unsafe.Sizeof(*c)) + int64(len(c.saved))*4 + int64(len(c.counts))*int64(unsafe.Sizeof(TokenCount{})) +
		c.choices.bytes(before.choices) + c.undo.bytes(before.undo) + c.frames.bytes(before.frames)
}

func (m *machine) load(p point) {
	c := p.(*checkpoint)
	registers, choices, undo, frames := m.registers, m.choices, m.undo, m.frames
	m.state = c.state
	m.registers = append(registers[:0], c.saved...)
	m.choices, m.undo, m.frames = c.choices.restore(choices), c.undo.restore(undo), c.frames.restore(frames)
	copy(m.counts, c.counts)
}

// maxCheckpoints is how many checkpoints there are at most. When there are more, every second one is dropped and they
// come half as often, so that 10^9 steps have one at every 2^17 steps, and 2^34 at every 2^21 or 2^20, which take some 30 ms
// to run again. Their bytes have a limit besides.
const maxCheckpoints = 1 << 14

// firstEvery is how many steps apart checkpoints are at first: some 0.1 ms.
const firstEvery = 1 << 12

// checkpoints are those of a run, in order.
type checkpoints struct {
	all   []point
	every int64
	size  int64 // bytes
	limit int64
}

// add makes a checkpoint of a machine.
func (c *checkpoints) add(m stepper) {
	var earlier point
	if len(c.all) > 0 {
		earlier = c.all[len(c.all)-1]
	}
	next := m.save(earlier)
	c.all = append(c.all, next)
	c.size += next.bytes(earlier)
	for len(c.all) > 1 && (len(c.all) > maxCheckpoints || c.size > c.limit) {
		c.thin()
	}
}

// thin drops every second checkpoint, the first stays.
func (c *checkpoints) thin() {
	kept := c.all[:0]
	c.every *= 2
	for i, p := range c.all {
		if i == 0 || p.status().steps%c.every == 0 {
			kept = append(kept, p)
		}
	}
	clear(c.all[len(kept):])
	c.all, c.size = kept, 0
	var earlier point
	for _, p := range c.all {
		c.size += p.bytes(earlier)
		earlier = p
	}
}

// due is the next step behind which there is to be a checkpoint.
func (c *checkpoints) due(steps int64) int64 { return (steps/c.every + 1) * c.every }

// before is the index of the last checkpoint that has run at most so many steps.
func (c *checkpoints) before(steps int64) int {
	return sort.Search(len(c.all), func(i int) bool { return c.all[i].status().steps > steps }) - 1
}
