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
	o := &offsets{b: t.bytes, ascii: t.IsASCII()}
	if !o.ascii {
		t.marksOnce.Do(func() {
			count := 0
			for i := 0; i < len(t.bytes); count++ {
				if count%markRunes == 0 {
					t.marks = append(t.marks, i)
				}
				_, size := utf8.DecodeRune(t.bytes[i:])
				i += size
			}
		})
		o.marks = t.marks
	}
	return o
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
