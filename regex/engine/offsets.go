package engine

import (
	"sort"
	"unicode/utf8"
)

// markRunes is the distance in runes of two marks: 16 bytes of memory for 128
// runes, and 64 steps for the average offset.
const markRunes = 128

// offsets converts between offsets in bytes and in runes of a text. A search
// has its own, which remembers where it was; what is expensive to find is
// shared in the Text.
type offsets struct {
	b     []byte
	ascii bool
	marks []int // the byte offset of each rune whose index is a multiple of markRunes

	// Where the last conversion was. Matches follow each other, so the next is
	// usually a few runes ahead.
	atRune, atByte int
}

func (t *Text) offsets() *offsets {
	t.makeMarks(nil)
	return &offsets{b: t.bytes, ascii: t.ascii, marks: t.marks}
}

// makeMarks makes what offsets needs, as far as there is time: see made.
func (t *Text) makeMarks(done <-chan struct{}) bool {
	if !t.shape(done) || t.ascii {
		return t.shaped.Load()
	}
	return t.made(&t.marked, done, func() bool {
		end := t.pieceEnd(t.marksAt)
		for ; t.marksAt < end; t.markedRunes++ {
			if t.markedRunes%markRunes == 0 {
				t.marks = append(t.marks, t.marksAt)
			}
			_, size := utf8.DecodeRune(t.bytes[t.marksAt:])
			t.marksAt += size
		}
		return end == len(t.bytes)
	})
}

// byte returns the byte offset of the rune with this index, which may be one
// past the last.
func (o *offsets) byte(index int) int {
	if o.ascii {
		return index
	}
	if index < o.atRune || index-o.atRune > markRunes {
		mark := min(index/markRunes, len(o.marks)-1)
		o.atRune, o.atByte = mark*markRunes, o.marks[mark]
	}
	for o.atRune < index {
		o.step()
	}
	return o.atByte
}

// rune returns the index of the rune that starts at this byte offset, which may
// be the end of the text.
func (o *offsets) rune(offset int) int {
	if o.ascii {
		return offset
	}
	mark := sort.SearchInts(o.marks, offset+1) - 1
	o.atRune, o.atByte = mark*markRunes, o.marks[mark]
	for o.atByte < offset {
		o.step()
	}
	return o.atRune
}

func (o *offsets) step() {
	_, size := utf8.DecodeRune(o.b[o.atByte:])
	o.atByte += size
	o.atRune++
}
