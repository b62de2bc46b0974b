package wire

import (
	"encoding/binary"
	"unicode/utf8"
)

// Units returns the number of UTF-16 code units that the page needs for text:
// one for each character of the Basic Multilingual Plane and for each byte that
// is not part of valid UTF-8, two for every other character.
//
// valid tells that text is known to be valid UTF-8; then eight bytes are looked
// at in one go (about 2 GB/s): units are the bytes that are no continuation
// bytes, and one more for each lead byte of a four-byte sequence.
func Units(text []byte, valid bool) int {
	if !valid {
		return unitsChecked(text)
	}
	units := 0
	for len(text) >= 8 {
		word := binary.LittleEndian.Uint64(text)
		if word&high == 0 {
			units += 8
		} else {
			units += unitsValid(text[:8])
		}
		text = text[8:]
	}
	return units + unitsValid(text)
}

const high = 0x8080808080808080

func unitsValid(text []byte) int {
	units := 0
	for _, b := range text {
		if b&0xC0 != 0x80 {
			units++
		}
		if b >= 0xF0 {
			units++
		}
	}
	return units
}

func unitsChecked(text []byte) int {
	units := 0
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			units++
			i++
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		units++
		if r > 0xFFFF {
			units++
		}
		i += size
	}
	return units
}

// Offset returns the byte offset in text of the UTF-16 position units, or
// ok=false when the position is negative, beyond the text, or in the middle of
// a surrogate pair. It takes time linear in the offset.
func Offset(text []byte, units int) (offset int, ok bool) {
	if units < 0 {
		return 0, false
	}
	for units > 0 && offset < len(text) {
		if units >= 8 && len(text)-offset >= 8 && binary.LittleEndian.Uint64(text[offset:])&high == 0 {
			offset += 8
			units -= 8
			continue
		}
		r, size := utf8.DecodeRune(text[offset:])
		units--
		if r > 0xFFFF {
			units--
		}
		offset += size
	}
	return offset, units == 0
}

// cursor converts byte offsets of one text to units. It remembers the last
// place, so that offsets which mostly ascend cost time linear in the text all
// together; going back costs the distance.
type cursor struct {
	text          []byte
	valid         bool
	offset, units int
}

func (c *cursor) at(offset int) int {
	if offset >= c.offset {
		c.units += Units(c.text[c.offset:offset], c.valid)
	} else {
		c.units -= Units(c.text[offset:c.offset], c.valid)
	}
	c.offset = offset
	return c.units
}
