package engine

import (
	"sync/atomic"
	"unicode/utf8"
)

// A Text is the text to search, which nobody may change any more. It keeps what
// engines need to know of it, so that many searches of the same text find it
// out once: on the goroutine of the first search that asks, never on the one
// that made the Text. It is safe for concurrent use.
type Text struct {
	bytes []byte
	// id is what local runtimes know the text by that they have been sent.
	id uint64

	// making is held by who makes one of the parts below; see made.
	making chan struct{}

	shaped  atomic.Bool
	shapeAt int
	ascii   bool
	valid   bool

	runed     atomic.Bool
	runeCount int // of the bytes up to countAt
	countAt   int
	runes     []rune
	runesAt   int

	united  atomic.Bool
	wide    int // runes that are two units, of those up to wideTo
	wideTo  int
	units   []rune
	unitsAt int

	marked      atomic.Bool
	marks       []int // see offsets
	marksAt     int
	markedRunes int // before marksAt

	utf16Marked atomic.Bool
	utf16       []utf16Mark
	utf16At     utf16Mark
}

// textPiece is how many bytes or runes of a text are looked at before a search is asked
// whether it still has time: 4 Mi take 5 to 60 ms.
const textPiece = 4 << 20

// made makes a part of the text piece by piece, until one says that it was the last, and
// reports whether there was one before done was closed, which may be nil. What is made
// stays: the next call goes on from there. Calls wait for each other.
func (t *Text) made(part *atomic.Bool, done <-chan struct{}, piece func() (last bool)) bool {
	if part.Load() {
		return true
	}
	select {
	case t.making <- struct{}{}:
	case <-done:
		return false
	}
	defer func() { <-t.making }()
	for !part.Load() {
		select {
		case <-done:
			return false
		default:
			part.Store(piece())
		}
	}
	return true
}

// pieceEnd returns where a piece of bytes ends that starts at a character: where another one does, be the bytes UTF-8 or not.
func (t *Text) pieceEnd(start int) int {
	end := min(start+textPiece, len(t.bytes))
	for range utf8.UTFMax - 1 {
		if end == len(t.bytes) || utf8.RuneStart(t.bytes[end]) {
			break
		}
		end++
	}
	return end
}

// textIDs is the id of the last Text.
var textIDs atomic.Uint64

// NewText returns a Text of b, which it keeps: the caller must not change b.
// It costs nothing, whatever the length.
func NewText(b []byte) *Text {
	if b == nil {
		b = []byte{} // regexp takes nil to mean "search the string instead"
	}
	return &Text{bytes: b, id: textIDs.Add(1), making: make(chan struct{}, 1), ascii: true, valid: true}
}

// Bytes returns the text, which the caller must not change.
func (t *Text) Bytes() []byte { return t.bytes }

// Len returns the length in bytes.
func (t *Text) Len() int { return len(t.bytes) }

// IsASCII reports whether every byte is below 0x80. The first call takes time
// linear in the length.
func (t *Text) IsASCII() bool {
	t.shape(nil)
	return t.ascii
}

// Valid reports whether the text is valid UTF-8. The first call takes time
// linear in the length.
func (t *Text) Valid() bool {
	t.shape(nil)
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

func (t *Text) shape(done <-chan struct{}) bool {
	return t.made(&t.shaped, done, func() bool {
		end := t.pieceEnd(t.shapeAt)
		if piece := t.bytes[t.shapeAt:end]; !isASCII(piece) {
			t.ascii, t.valid = false, t.valid && utf8.Valid(piece)
		}
		t.shapeAt = end
		return end == len(t.bytes) || !t.valid
	})
}

// Runes returns the text as runes, a byte that is not UTF-8 as one U+FFFD,
// which the caller must not change. The first call takes time linear in the
// length, and the memory stays with the Text: four bytes a rune.
func (t *Text) Runes() []rune {
	t.makeRunes(nil)
	return t.runes
}

func (t *Text) makeRunes(done <-chan struct{}) bool {
	return t.shape(done) && t.made(&t.runed, done, func() bool {
		if t.ascii {
			t.runeCount, t.countAt = len(t.bytes), len(t.bytes)
		}
		if t.countAt < len(t.bytes) {
			end := t.pieceEnd(t.countAt)
			t.runeCount += utf8.RuneCount(t.bytes[t.countAt:end])
			t.countAt = end
			return false
		}
		if t.runes == nil {
			t.runes = make([]rune, 0, t.runeCount)
		}
		runes, end := t.runes, t.pieceEnd(t.runesAt)
		if piece := t.bytes[t.runesAt:end]; t.ascii {
			for _, b := range piece {
				runes = append(runes, rune(b))
			}
		} else {
			for len(piece) > 0 {
				r, size := utf8.DecodeRune(piece)
				runes = append(runes, r)
				piece = piece[size:]
			}
		}
		t.runes, t.runesAt = runes, end
		return end == len(t.bytes)
	})
}

// utf16Units returns the text as UTF-16 units, each in a rune of its own, which the
// caller must not change. It is Runes where no rune is two units; otherwise the memory
// stays with the Text too.
func (t *Text) utf16Units() []rune {
	t.makeUTF16Units(nil)
	return t.units
}

func (t *Text) makeUTF16Units(done <-chan struct{}) bool {
	return t.makeRunes(done) && t.made(&t.united, done, func() bool {
		if t.wideTo < len(t.runes) {
			end := min(t.wideTo+textPiece, len(t.runes))
			t.wide += wideRunes(t.runes[t.wideTo:end])
			t.wideTo = end
			return false
		}
		if t.wide == 0 {
			t.units = t.runes
			return true
		}
		if t.units == nil {
			t.units = make([]rune, 0, len(t.runes)+t.wide)
		}
		end := min(t.unitsAt+textPiece, len(t.runes))
		t.units = appendUTF16(t.units, t.runes[t.unitsAt:end])
		t.unitsAt = end
		return end == len(t.runes)
	})
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
