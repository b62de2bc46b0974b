package wire

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

// Places agree with counting, wherever the marks fall.
func TestTextPositions(t *testing.T) {
	for _, text := range []string{
		"", "plain", strings.Repeat("x", 3*markEvery), "é😀\xff", strings.Repeat("é", markEvery), strings.Repeat("a😀", markEvery),
		strings.Repeat("日本\xe6\x97", markEvery), strings.Repeat("y", markEvery-1) + "😀" + strings.Repeat("\xf0\x9f", markEvery),
	} {
		valid := utf8.ValidString(text)
		p := NewTextPositions([]byte(text), IsASCII([]byte(text)), valid)
		units := 0
		for i := 0; i < len(text); {
			r, size := utf8.DecodeRuneInString(text[i:])
			if got := p.Place(i); got != (Place{units, i}) {
				t.Fatalf("%.20q: byte %d is at %+v, want unit %d", text, i, got, units)
			}
			if offset, ok := p.Offset(units); offset != i || !ok {
				t.Fatalf("%.20q: unit %d is at %d, %v, want %d", text, units, offset, ok, i)
			}
			for j := 1; j < size; j++ {
				want := units
				if r > 0xFFFF && j >= 2 {
					want++
				}
				if got := p.Place(i + j).At; got != want {
					t.Fatalf("%.20q: byte %d is at unit %d, want %d", text, i+j, got, want)
				}
			}
			units += utf16.RuneLen(r)
			i += size
		}
		if got := p.Place(len(text)).At; got != units {
			t.Fatalf("%.20q: the end is at %d, want %d", text, got, units)
		}
		if _, ok := p.Offset(units + 1); ok {
			t.Fatalf("%.20q: there is a unit behind the end", text)
		}
	}
}
