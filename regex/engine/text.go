package engine

import (
	"sync"
	"sync/atomic"
	"unicode/utf8"
)

// A Text is the text to search, which nobody may change any more. It keeps what
// engines need to know of it, so that many searches of the same text find it
// out once: on the goroutine of the first search that asks, never on the one
// that made the Text. It is safe for concurrent use.
type Text struct {
	bytes []byte

	shapeOnce sync.Once
	ascii     bool
	valid     bool

	runesOnce sync.Once
	runes     []rune

	unitsOnce sync.Once
	units     []rune

	marksOnce sync.Once
	marks     []int // see offsets

	utf16Once sync.Once
	utf16     []utf16Mark

	// id is what local runtimes know the text by that they have been sent.
	id uint64
}

// textIDs is the id of the last Text.
var textIDs atomic.Uint64

// NewText returns a Text of b, which it keeps: the caller must not change b.
// It costs nothing, whatever the length.
func NewText(b []byte) *Text {
	if b == nil {
		b = []byte{} // regexp takes nil to mean "search the string instead"
	}
	return &Text{bytes: b, id: textIDs.Add(1)}
}

// Bytes returns the text, which the caller must not change.
func (t *Text) Bytes() []byte { return t.bytes }

// Len returns the length in bytes.
func (t *Text) Len() int { return len(t.bytes) }

// IsASCII reports whether every byte is below 0x80. The first call takes time
// linear in the length.
func (t *Text) IsASCII() bool {
	t.shape()
	return t.ascii
}

// Valid reports whether the text is valid UTF-8. The first call takes time
// linear in the length.
func (t *Text) Valid() bool {
	t.shape()
	return t.valid
}

// invalid returns the offset of the first byte that is not valid UTF-8, or -1.
func (t *Text) invalid() int {
	if t.Valid() {
		return -1
	}
	for i := 0; ; {
		r, size := utf8.DecodeRune(t.bytes[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
}

func (t *Text) shape() {
	t.shapeOnce.Do(func() {
		t.ascii = isASCII(t.bytes)
		t.valid = t.ascii || utf8.Valid(t.bytes)
	})
}

// Runes returns the text as runes, a byte that is not UTF-8 as one U+FFFD,
// which the caller must not change. The first call takes time linear in the
// length, and the memory stays with the Text: four bytes a rune.
func (t *Text) Runes() []rune {
	t.runesOnce.Do(func() {
		runes := make([]rune, 0, t.runeCount())
		if t.IsASCII() {
			for _, b := range t.bytes {
				runes = append(runes, rune(b))
			}
		} else {
			for i := 0; i < len(t.bytes); {
				r, size := utf8.DecodeRune(t.bytes[i:])
				runes = append(runes, r)
				i += size
			}
		}
		t.runes = runes
	})
	return t.runes
}

// utf16Units returns the text as UTF-16 units, each in a rune of its own, which the
// caller must not change. It is Runes where no rune is two units; otherwise the memory
// stays with the Text too.
func (t *Text) utf16Units() []rune {
	t.unitsOnce.Do(func() { t.units = utf16Units(t.Runes()) })
	return t.units
}

func (t *Text) runeCount() int {
	if t.IsASCII() {
		return len(t.bytes)
	}
	return utf8.RuneCount(t.bytes)
}

func isASCII(b []byte) bool {
	for len(b) >= 8 {
		if (b[0]|b[1]|b[2]|b[3]|b[4]|b[5]|b[6]|b[7])&0x80 != 0 {
			return false
		}
		b = b[8:]
	}
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
