package wire

import (
	"sort"
	"unicode/utf8"
)

// markEvery is how many bytes of the text are between two marks of [TextPositions]: an offset is converted in some two
// microseconds, and a text of 64 MiB has 256 KiB of marks.
const markEvery = 4096

// TextPositions converts offsets of a text back and forth, any of them in time that does not depend on the text's
// length. It is safe for concurrent use.
type TextPositions struct {
	text  []byte
	valid bool
	marks []mark // nil when all is ASCII
}

// A mark is the start of a character in both units.
type mark struct{ offset, units int }

// NewTextPositions takes time linear in the text. ascii and valid say what is known of it.
func NewTextPositions(text []byte, ascii, valid bool) *TextPositions {
	p := &TextPositions{text: text, valid: valid}
	if ascii {
		return p
	}
	p.marks = []mark{{}}
	for last := p.marks[0]; len(text)-last.offset > markEvery; {
		next := last.offset + markEvery
		if start, _ := p.character(next); start >= 0 {
			next = start
		}
		last = mark{next, last.units + Units(text[last.offset:next], valid)}
		p.marks = append(p.marks, last)
	}
	return p
}

// Len is the length of the text in bytes.
func (p *TextPositions) Len() int { return len(p.text) }

// character returns the start and the length of the character that an offset is inside of, or -1.
func (p *TextPositions) character(offset int) (start, size int) {
	for start = offset - 1; start >= 0 && start > offset-utf8.UTFMax; start-- {
		if utf8.RuneStart(p.text[start]) {
			if _, size = utf8.DecodeRune(p.text[start:]); start+size > offset {
				return start, size
			}
			break
		}
	}
	return -1, 0
}

// Place returns the place of a byte offset, which is made to fit the text. The middle of a character of two UTF-16
// units, two bytes behind its start, is one unit behind it; other offsets inside a character count as its start.
func (p *TextPositions) Place(offset int) Place {
	offset = min(max(offset, 0), len(p.text))
	return Place{At: p.unit(offset), Bytes: offset}
}

// Range converts the byte span [start, end).
func (p *TextPositions) Range(start, end int) Range {
	from, to := p.Place(start), p.Place(max(start, end))
	return Range{From: from.At, To: to.At, FromBytes: from.Bytes, ToBytes: to.Bytes}
}

func (p *TextPositions) unit(offset int) int {
	if p.marks == nil {
		return offset
	}
	extra := 0
	if start, size := p.character(offset); start >= 0 {
		if size == utf8.UTFMax && offset-start >= 2 {
			extra = 1
		}
		offset = start
	}
	m := p.marks[sort.Search(len(p.marks), func(i int) bool { return p.marks[i].offset > offset })-1]
	return m.units + Units(p.text[m.offset:offset], p.valid) + extra
}

// Offset returns the byte offset of a position in UTF-16 units, as the function of that name does.
func (p *TextPositions) Offset(units int) (offset int, ok bool) {
	if units < 0 {
		return 0, false
	}
	if p.marks == nil {
		return min(units, len(p.text)), units <= len(p.text)
	}
	m := p.marks[sort.Search(len(p.marks), func(i int) bool { return p.marks[i].units > units })-1]
	offset, ok = Offset(p.text[m.offset:], units-m.units)
	return m.offset + offset, ok
}
