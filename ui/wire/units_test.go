package wire

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

// slowUnits is Units by its definition: UTF-16 of every character, one unit for
// every byte that is none.
func slowUnits(text string) int {
	n := 0
	for text != "" {
		r, size := utf8.DecodeRuneInString(text)
		if r == utf8.RuneError && size == 1 {
			n++
		} else {
			n += len(utf16.Encode([]rune{r}))
		}
		text = text[size:]
	}
	return n
}

var unitTexts = []string{
	"", "a", "eight by", "sixteen bytes ok", "é", "€", "😀", "\xff", "a\xf0\x9f\x98", "\xed\xa0\x80", "\xc0\x80",
	strings.Repeat("abc😀é", 40), strings.Repeat("x", 7) + "é" + strings.Repeat("y", 9), "1234567\xff890",
}

func TestUnitsAndOffset(t *testing.T) {
	for _, text := range unitTexts {
		checkUnits(t, text)
	}
}

func FuzzUnits(f *testing.F) {
	for _, text := range unitTexts {
		f.Add(text)
	}
	f.Fuzz(checkUnits)
}

func checkUnits(t *testing.T, text string) {
	data := []byte(text)
	if got, want := Units(data, utf8.Valid(data)), slowUnits(text); got != want {
		t.Errorf("Units(%q) = %d, want %d", text, got, want)
	}
	// Offset is the inverse at every character's start, and refuses the rest.
	at := map[int]int{}
	for i := 0; i <= len(data); {
		at[slowUnits(text[:i])] = i
		if i == len(data) {
			break
		}
		_, size := utf8.DecodeRune(data[i:])
		i += size
	}
	for units := -1; units <= slowUnits(text)+1; units++ {
		want, ok := at[units]
		got, gotOK := Offset(data, units)
		if gotOK != ok || ok && got != want {
			t.Errorf("Offset(%q, %d) = %d, %v; want %d, %v", text, units, got, gotOK, want, ok)
		}
	}
}

func TestCursorGoesBothWays(t *testing.T) {
	for _, text := range unitTexts {
		data := []byte(text)
		c := cursor{text: data, valid: utf8.Valid(data)}
		var starts []int
		for i := range text {
			starts = append(starts, i)
		}
		for _, i := range starts {
			for _, j := range starts {
				if c.at(i) != slowUnits(text[:i]) || c.at(j) != slowUnits(text[:j]) {
					t.Fatalf("cursor in %q is wrong at %d or %d", text, i, j)
				}
			}
		}
	}
}

func TestPositionsStayInThePattern(t *testing.T) {
	positions := NewPositions("éa😀")
	for _, test := range []struct {
		start, end int
		want       Range
	}{
		{2, 3, Range{From: 1, To: 2, FromBytes: 2, ToBytes: 3}},
		{-5, 99, Range{From: 0, To: 4, FromBytes: 0, ToBytes: 7}},
		{7, 3, Range{From: 4, To: 4, FromBytes: 7, ToBytes: 7}},
		{1, 6, Range{From: 0, To: 2, FromBytes: 1, ToBytes: 6}}, // both inside a character: its start
	} {
		if got := positions.Range(test.start, test.end); got != test.want {
			t.Errorf("Range(%d, %d) = %+v, want %+v", test.start, test.end, got, test.want)
		}
	}
}

func TestPositionsCountAsUnitsDoes(t *testing.T) {
	for _, text := range []string{"", "plain", "é😀\xff", "a\xf0\x9f\x98b", "\u00e9\ufffd"} {
		positions := NewPositions(text)
		for i := 0; i <= len(text); {
			if got, want := positions.Unit(i), Units([]byte(text[:i]), false); got != want {
				t.Errorf("%q: byte %d is unit %d, want %d", text, i, got, want)
			}
			_, size := utf8.DecodeRuneInString(text[i:])
			i += max(size, 1)
		}
	}
}

func TestApply(t *testing.T) {
	tests := []struct {
		name, text string
		edits      []Edit
		want       string
		err        error
	}{
		{"nothing", "abc", nil, "abc", nil},
		{"several, in positions of before", "a😀c", []Edit{{From: 0, To: 1, Insert: "xy"}, {From: 3, To: 4}}, "xy😀", nil},
		{"bytes", "ab", []Edit{{From: 1, To: 1, InsertBase64: "/wA="}}, "a\xff\x00b", nil},
		{"a byte is a unit", "\xff\xfeb", []Edit{{From: 1, To: 2, Insert: "é"}}, "\xffé" + "b", nil},
		{"at the end", "ab", []Edit{{From: 2, To: 2, Insert: "c"}}, "abc", nil},
		{"beyond the end", "ab", []Edit{{From: 3, To: 3}}, "", ErrOutside},
		{"ends beyond the end", "ab", []Edit{{From: 1, To: 3}}, "", ErrOutside},
		{"inside a pair", "😀", []Edit{{From: 1, To: 2}}, "", ErrOutside},
	}
	for _, test := range tests {
		got, err := Apply([]byte(test.text), test.edits)
		if err != test.err || string(got) != test.want {
			t.Errorf("%s: %q, %v; want %q, %v", test.name, got, err, test.want, test.err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"type":"update","version":1,"query":{"flavor":"go","flags":"","pattern":"a"},"edits":[{"from":0,"to":0,"insert":"x"}],"units":1}`))
	f.Add([]byte(`{"type":"hello","protocol":1}`))
	f.Fuzz(func(t *testing.T, frame []byte) {
		message, err := Parse(frame)
		if err != nil {
			return
		}
		if update, ok := message.(*Update); ok {
			if _, err := Apply([]byte("a😀\xffb"), update.Edits); err != nil {
				return
			}
		}
	})
}
