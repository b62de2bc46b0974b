package flavor

import (
	"slices"
	"testing"
)

func TestCharByName(t *testing.T) {
	for _, test := range []struct {
		flavor, name string
		want         []rune
	}{
		{"python", "BULLET", []rune{0x2022}},
		{"python", "bullet", []rune{0x2022}},
		{"python", "LINE FEED", []rune{'\n'}},
		{"python", "LF", []rune{'\n'}},
		{"python", "HANGUL SYLLABLE GAG", []rune{0xAC01}},
		{"python", "HANGUL SYLLABLE HIH", []rune{0xD7A3}},
		{"python", "HANGUL SYLLABLE A", []rune{0xC544}},
		{"python", "CJK UNIFIED IDEOGRAPH-4E00", []rune{0x4E00}},
		{"python", "CJK UNIFIED IDEOGRAPH-4e00", []rune{0x4E00}},
		{"python", "CJK UNIFIED IDEOGRAPH-1234", nil},
		{"python", "KEYCAP NUMBER SIGN", nil},
		{"python", "NO SUCH", nil},
		{"python", "", nil},
		{"perl", "BULLET", []rune{0x2022}},
		{"perl", "bullet", nil},
		{"perl", "DEL", []rune{0x7F}},
		{"perl", "greek:alpha", []rune{0x3B1}},
		{"perl", "Greek:Alpha", []rune{0x391}},
		{"perl", "KEYCAP NUMBER SIGN", []rune{'#', 0xFE0F, 0x20E3}},
		{"java", "BULLET", []rune{0x2022}},
		{"java", " bullet ", []rune{0x2022}},
		{"java", "LINE FEED (LF)", []rune{'\n'}},
		{"java", "LINE FEED", nil},
		{"java", "CJK UNIFIED IDEOGRAPHS 4E00", []rune{0x4E00}},
		{"java", "CJK UNIFIED IDEOGRAPH-4E00", nil},
		{"java", "MELTING FACE", nil}, // Unicode 14
		{"python", "MELTING FACE", []rune{0x1FAE0}},
		{"ruby", "BULLET", nil},
	} {
		f, err := Lookup(test.flavor)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := f.CharByName(test.name); !slices.Equal(got, test.want) || ok != (test.want != nil) {
			t.Errorf("%s %q: got %U, %v, want %U", test.flavor, test.name, got, ok, test.want)
		}
	}
}
