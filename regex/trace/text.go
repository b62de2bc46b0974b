package trace

import (
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// decode returns the unit of text at an offset, and the offset behind it, which is the same one at the end. A byte that
// is not UTF-8 is one character, U+FFFD. In UTF-16, a character beyond U+FFFF is two units, the second of which is two
// bytes behind the start of the first.
func (m *machine) decode(pos int32) (rune, int32) {
	if int(pos) >= len(m.text) {
		return -1, pos
	}
	b := m.text[pos]
	if b < utf8.RuneSelf || m.unit == flavor.Byte {
		return rune(b), pos + 1
	}
	return m.decodeLong(pos)
}

func (m *machine) decodeLong(pos int32) (rune, int32) {
	if m.unit == flavor.UTF16 || m.rules.halves {
		if r, ok := m.inPair(pos); ok {
			return 0xDC00 + (r-0x10000)&0x3FF, pos + 2
		}
	}
	r, size := utf8.DecodeRune(m.text[pos:])
	if m.unit == flavor.UTF16 && r > 0xFFFF {
		return 0xD800 + (r-0x10000)>>10, pos + 2
	}
	return r, pos + int32(size)
}

// unitBehind is the offset behind one UTF-16 unit, and unitBefore that before one, in Java, whose characters are code points.
func (m *machine) unitBehind(pos int32) int32 {
	r, next := m.decode(pos)
	if r > 0xFFFF {
		return pos + 2
	}
	return next
}

func (m *machine) unitBefore(pos int32) int32 {
	r, before := m.decodeLast(pos)
	if r > 0xFFFF {
		return pos - 2
	}
	return before
}

// inPair returns the character in whose middle an offset is, if it is between two UTF-16 units.
func (m *machine) inPair(pos int32) (rune, bool) {
	if pos < 2 || int(pos) >= len(m.text) || utf8.RuneStart(m.text[pos]) {
		return 0, false
	}
	r, size := utf8.DecodeRune(m.text[pos-2:])
	return r, size == utf8.UTFMax
}

// decodeLast returns the unit of text before an offset, and where it begins, which is the same offset at the start.
func (m *machine) decodeLast(pos int32) (rune, int32) {
	if pos == 0 {
		return -1, pos
	}
	b := m.text[pos-1]
	if b < utf8.RuneSelf || m.unit == flavor.Byte {
		return rune(b), pos - 1
	}
	if m.unit == flavor.UTF16 || m.rules.halves {
		if r, ok := m.inPair(pos); ok {
			return 0xD800 + (r-0x10000)>>10, pos - 2
		}
	}
	r, size := utf8.DecodeLastRune(m.text[:pos])
	if m.unit == flavor.UTF16 && r > 0xFFFF {
		return 0xDC00 + (r-0x10000)&0x3FF, pos - 2
	}
	return r, pos - int32(size)
}
