package wire

import "unicode/utf8"

// Positions converts byte offsets of one text to UTF-16 units, any of them in
// constant time: for a pattern, whose spans go back and forth. It is safe for
// concurrent use.
type Positions struct {
	length int     // bytes
	units  []int32 // for each byte and the end; nil when they are equal to the bytes
}

// NewPositions takes time linear in text, and four bytes for each of text's
// unless that is all ASCII.
func NewPositions(text string) *Positions {
	p := &Positions{length: len(text)}
	if IsASCII([]byte(text)) {
		return p
	}
	p.units = make([]int32, len(text)+1)
	unit := int32(0)
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		for j := range size {
			p.units[i+j] = unit // inside a character: its start
		}
		unit++
		if r > 0xFFFF {
			unit++
		}
		i += size
	}
	p.units[len(text)] = unit
	return p
}

// Unit returns the position of a byte offset in the text.
func (p *Positions) Unit(offset int) int {
	if p.units == nil {
		return offset
	}
	return int(p.units[offset])
}

// Range converts the byte span [start, end), which is made to fit the text.
// Offsets inside a character count as its start.
func (p *Positions) Range(start, end int) Range {
	start = min(max(start, 0), p.length)
	end = min(max(end, start), p.length)
	return Range{From: p.Unit(start), To: p.Unit(end), FromBytes: start, ToBytes: end}
}
