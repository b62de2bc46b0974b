package ui

import (
	"strings"
	"testing"
)

func TestLettersBeyondASCII(t *testing.T) {
	const block = 4096
	for text, want := range map[string]bool{
		"":                                 false,
		"abc 123":                          false,
		"é":                                true,
		"٣":                                true, // a digit
		"“quoted”":                         false,
		"😀 \xff\xc3":                       false,
		strings.Repeat("a", block-1) + "é": true, // across the border of two blocks
		strings.Repeat("–", block) + "x":   false,
		strings.Repeat("a", 3*block) + "–" + "a" + "ж": true,
		strings.Repeat("a", letterBytes) + "é":         false,
	} {
		if got := newDocument([]byte(text), letterBytes*2).hasLetters(); got != want {
			t.Errorf("%.20q of %d bytes: %t, want %t", text, len(text), got, want)
		}
	}
}
