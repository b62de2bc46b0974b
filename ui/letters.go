package ui

import (
	"unicode"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/ui/wire"
)

// letterBytes is how far into a text letters beyond ASCII are looked for: a text
// that has none in its first megabyte is hardly about them. A megabyte takes a
// worker 0.1 ms where it is ASCII, and 10 ms at most.
const letterBytes = 1 << 20

// hasLetters reports whether the text has letters or digits beyond ASCII among
// its first letterBytes bytes. It makes the text if nobody has yet, and is for
// workers. Of a text that cannot be made it says no: the page will send another.
func (d *document) hasLetters() bool {
	text, err := d.resolve()
	if err != nil {
		return false
	}
	data := text.Bytes()
	return hasLetters(data[:min(len(data), letterBytes)])
}

func hasLetters(data []byte) bool {
	const block = 4096
	for i := 0; i < len(data); {
		end := min(len(data), i+block)
		if wire.IsASCII(data[i:end]) {
			i = end
			continue
		}
		for i < end {
			r, size := utf8.DecodeRune(data[i:])
			if r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
				return true
			}
			i += size
		}
	}
	return false
}
