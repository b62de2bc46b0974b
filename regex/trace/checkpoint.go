package trace

import (
	"slices"
	"sort"
	"unsafe"
)

// A checkpoint is a machine's state behind some step. Stacks are kept in pages, which a checkpoint shares with the one
// before it where they are equal: what is deep in a stack seldom changes.
type checkpoint struct {
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

// copyPages copies a stack, but for pages that are those of an earlier copy. It returns how many bytes are new.
func copyPages[T comparable](stack []T, earlier pages[T]) (pages[T], int64) {
	var p pages[T]
	var size int64
	var zero T
	for len(stack) >= pageSize {
		i := len(p.full)
		if i < len(earlier.full) && slices.Equal(earlier.full[i], stack[:pageSize]) {
			p.full = append(p.full, earlier.full[i])
		} else {
			p.full = append(p.full, slices.Clone(stack[:pageSize]))
			size += pageSize * int64(unsafe.Sizeof(zero))
		}
		stack = stack[pageSize:]
	}
	p.rest = slices.Clone(stack)
	return p, size + int64(len(p.rest))*int64(unsafe.Sizeof(zero)) + int64(len(p.full))*int64(unsafe.Sizeof(p.rest))
}

// restore makes the stack again, in the memory of another one.
func (p pages[T]) restore(stack []T) []T {
	stack = stack[:0]
	for _, page := range p.full {
		stack = append(stack, page...)
	}
	return append(stack, p.rest...)
}

// shared is how many bytes of a copy are those of an earlier one.
func (p pages[T]) shared(earlier pages[T]) int64 {
	var zero T
	count := 0
	for i, page := range p.full {
		if i < len(earlier.full) && &earlier.full[i][0] == &page[0] {
			count++
		}
	}
	return int64(count) * pageSize * int64(unsafe.Sizeof(zero))
}

func (p pages[T]) size() int64 {
	var zero T
	return (int64(len(p.full))*pageSize+int64(len(p.rest)))*int64(unsafe.Sizeof(zero)) + int64(len(p.full))*int64(unsafe.Sizeof(p.rest))
}

// save makes a checkpoint of a machine, and returns how many bytes it takes.
func (m *machine) save(earlier *checkpoint) (*checkpoint, int64) {
	c := &checkpoint{state: m.state, saved: slices.Clone(m.registers), counts: slices.Clone(m.counts)}
	c.state.registers, c.state.choices, c.state.undo, c.state.frames = nil, nil, nil, nil
	var none checkpoint
	if earlier == nil {
		earlier = &none
	}
	var sizes [3]int64
	c.choices, sizes[0] = copyPages(m.choices, earlier.choices)
	c.undo, sizes[1] = copyPages(m.undo, earlier.undo)
	c.frames, sizes[2] = copyPages(m.frames, earlier.frames)
	return c, c.fixed() + sizes[0] + sizes[1] + sizes[2]
}

// fixed is what a checkpoint takes besides its stacks.
func (c *checkpoint) fixed() int64 {
	return int64(unsafe.Sizeof(*c)) + int64(len(c.saved))*4 + int64(len(c.counts))*int64(unsafe.Sizeof(TokenCount{}))
}

// load sets a machine to a checkpoint.
func (m *machine) load(c *checkpoint) {
	registers, choices, undo, frames := m.registers, m.choices, m.undo, m.frames
	m.state = c.state
	m.registers = append(registers[:0], c.saved...)
	m.choices, m.undo, m.frames = c.choices.restore(choices), c.undo.restore(undo), c.frames.restore(frames)
	copy(m.counts, c.counts)
}

// maxCheckpoints is how many checkpoints there are at most. When there are more, every second one is dropped and they
// come half as often, so that 10^9 steps have one at every 2^20 steps, which take some 30 ms to run again.
const maxCheckpoints = 1 << 11

// firstEvery is how many steps apart checkpoints are at first: some 0.1 ms.
const firstEvery = 1 << 12

// checkpoints are those of a run, in order.
type checkpoints struct {
	all   []*checkpoint
	every int64
	size  int64 // bytes
	limit int64
}

// add makes a checkpoint of a machine.
func (c *checkpoints) add(m *machine) {
	var earlier *checkpoint
	if len(c.all) > 0 {
		earlier = c.all[len(c.all)-1]
	}
	next, size := m.save(earlier)
	c.all = append(c.all, next)
	c.size += size
	for len(c.all) > 1 && (len(c.all) > maxCheckpoints || c.size > c.limit) {
		c.thin()
	}
}

// thin drops every second checkpoint, the first stays.
func (c *checkpoints) thin() {
	kept := c.all[:0]
	c.every *= 2
	for i, point := range c.all {
		if i == 0 || point.state.steps%c.every == 0 {
			kept = append(kept, point)
		}
	}
	clear(c.all[len(kept):])
	c.all, c.size = kept, 0
	for i, point := range c.all {
		c.size += point.fixed() + point.choices.size() + point.undo.size() + point.frames.size()
		if i > 0 {
			earlier := c.all[i-1]
			c.size -= point.choices.shared(earlier.choices) + point.undo.shared(earlier.undo) + point.frames.shared(earlier.frames)
		}
	}
}

// due is the next step behind which there is to be a checkpoint.
func (c *checkpoints) due(steps int64) int64 { return (steps/c.every + 1) * c.every }

// before is the index of the last checkpoint that has run at most so many steps.
func (c *checkpoints) before(steps int64) int {
	return sort.Search(len(c.all), func(i int) bool { return c.all[i].state.steps > steps }) - 1
}
