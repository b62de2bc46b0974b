package replace

import (
	"slices"
	"unicode/utf8"
)

// A halves passes a result on in which matches may have split characters: those of
// JavaScript and Java are made of UTF-16 units, and . can match half of one that has
// two. In UTF-8 a half, two bytes of four here, is no text: unless the other half
// follows it, it becomes U+FFFD, as when a program in these languages writes it.
type halves struct {
	write func([]byte) bool
	rest  []byte // the first half of a character, whose other half may come
}

func (h *halves) add(b []byte) bool {
	if len(h.rest) == 0 && utf8.Valid(b) {
		return h.write(b)
	}
	b = slices.Concat(h.rest, b)
	h.rest = nil
	out := make([]byte, 0, len(b))
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		switch {
		case r != utf8.RuneError || size > 1:
			out = append(out, b[:size]...)
		case len(b) < utf8.UTFMax && b[0] >= 0xF0:
			h.rest, size = b, len(b)
		default:
			size = min(halfBytes, len(b))
			out = utf8.AppendRune(out, utf8.RuneError)
		}
		b = b[size:]
	}
	return len(out) == 0 || h.write(out)
}

// halfBytes is the bytes that a unit of a pair has in the offsets of matches.
const halfBytes = 2

// end writes a half whose other half has not come.
func (h *halves) end() {
	if len(h.rest) > 0 {
		h.write(utf8.AppendRune(nil, utf8.RuneError))
	}
}
