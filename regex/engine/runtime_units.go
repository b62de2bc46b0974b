package engine

import (
	"sort"
	"unicode/utf8"
)

// A unit is what an engine's offsets count.
type unit uint8

const (
	unitBytes unit = iota
	unitRunes
	unitUTF16
)

// A converter converts offsets between a unit and bytes, in constant time where
// they follow each other.
type converter interface {
	byte(index int) int   // of the unit with this index, which may be one past the last
	index(offset int) int // of the unit at this byte
}

// converter returns a converter for a text that is valid UTF-8.
func (u unit) converter(t *Text) converter {
	switch {
	case u == unitBytes || t.IsASCII():
		return byteConverter{}
	case u == unitRunes:
		return runeConverter{t.offsets()}
	}
	return newUTF16Converter(t)
}

// prepare makes what a converter of a text needs, and reports whether it got there before
// done was closed: see made. A converter makes the rest.
func (u unit) prepare(t *Text, done <-chan struct{}) bool {
	switch u {
	case unitBytes:
		return true
	case unitRunes:
		return t.makeMarks(done)
	}
	return t.shape(done) && (t.ascii || t.makeUTF16Marks(done))
}

// offset returns the byte offset in s of a place in units.
func (u unit) offset(s string, place int) int {
	if u == unitBytes {
		return min(place, len(s))
	}
	for i, r := range s {
		if place <= 0 {
			return i
		}
		place--
		if u == unitUTF16 && r > 0xFFFF {
			place--
		}
	}
	return len(s)
}

type byteConverter struct{}

func (byteConverter) byte(index int) int   { return index }
func (byteConverter) index(offset int) int { return offset }

type runeConverter struct{ *offsets }

func (c runeConverter) index(offset int) int { return c.rune(offset) }

// utf16Converter is what offsets is, for UTF-16. The second half of a surrogate
// pair, where patterns may match that see units instead of characters, is in the
// middle of the four bytes.
type utf16Converter struct {
	b     []byte
	marks []utf16Mark
	at    utf16Mark // where the last conversion was
}

// A utf16Mark is the start of a character.
type utf16Mark struct{ unit, offset int }

func (m utf16Mark) next(b []byte) utf16Mark {
	_, size := utf8.DecodeRune(b[m.offset:])
	if size == utf8.UTFMax {
		return utf16Mark{m.unit + 2, m.offset + size}
	}
	return utf16Mark{m.unit + 1, m.offset + size}
}

func newUTF16Converter(t *Text) *utf16Converter {
	t.makeUTF16Marks(nil)
	return &utf16Converter{b: t.bytes, marks: t.utf16}
}

func (t *Text) makeUTF16Marks(done <-chan struct{}) bool {
	return t.made(&t.utf16Marked, done, func() bool {
		for end := t.pieceEnd(t.utf16At.offset); ; t.utf16At = t.utf16At.next(t.bytes) {
			if len(t.utf16) == 0 || t.utf16At.unit >= t.utf16[len(t.utf16)-1].unit+markRunes {
				t.utf16 = append(t.utf16, t.utf16At)
			}
			if t.utf16At.offset == end {
				return end == len(t.bytes)
			}
		}
	})
}

func (c *utf16Converter) byte(index int) int {
	if index < c.at.unit || index-c.at.unit > markRunes {
		c.at = c.marks[sort.Search(len(c.marks), func(i int) bool { return c.marks[i].unit > index })-1]
	}
	for c.at.unit < index {
		next := c.at.next(c.b)
		if next.unit > index {
			return c.at.offset + utf8.UTFMax/2
		}
		c.at = next
	}
	return c.at.offset
}

func (c *utf16Converter) index(offset int) int {
	at := c.marks[sort.Search(len(c.marks), func(i int) bool { return c.marks[i].offset > offset })-1]
	for at.offset < offset {
		next := at.next(c.b)
		if next.offset > offset {
			return at.unit + 1
		}
		at = next
	}
	return at.unit
}
