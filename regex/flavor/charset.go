package flavor

import (
	"cmp"
	"slices"
	"unicode"
)

// A CharSet is a set of characters: the union of tables of Unicode. The tables
// are those of package unicode, of Unicode 15.0 in Go 1.26. An engine with
// another version differs in characters that one of them does not know, see
// [Semantics.Unicode].
type CharSet struct {
	// Words says what is in it, such as "0-9" or "decimal digits of Unicode".
	Words  string
	tables []*unicode.RangeTable
}

// Contains reports whether the character is in the set.
func (s *CharSet) Contains(r rune) bool { return unicode.In(r, s.tables...) }

// Ranges returns the set as ranges of code points, both ends included, in order
// and with a gap between each and the next. It takes time in proportion to the
// size of the tables.
func (s *CharSet) Ranges() [][2]rune {
	var all [][2]rune
	for _, table := range s.tables {
		for _, r := range table.R16 {
			all = spread(all, rune(r.Lo), rune(r.Hi), rune(r.Stride))
		}
		for _, r := range table.R32 {
			all = spread(all, rune(r.Lo), rune(r.Hi), rune(r.Stride))
		}
	}
	slices.SortFunc(all, func(a, b [2]rune) int { return cmp.Compare(a[0], b[0]) })
	merged := all[:0]
	for _, r := range all {
		if last := len(merged) - 1; last >= 0 && r[0] <= merged[last][1]+1 {
			merged[last][1] = max(merged[last][1], r[1])
		} else {
			merged = append(merged, r)
		}
	}
	return merged
}

func spread(to [][2]rune, lo, hi, stride rune) [][2]rune {
	if stride == 1 {
		return append(to, [2]rune{lo, hi})
	}
	for r := lo; r <= hi; r += stride {
		to = append(to, [2]rune{r, r})
	}
	return to
}

// Len returns how many characters are in the set.
func (s *CharSet) Len() int {
	count := 0
	for _, r := range s.Ranges() {
		count += int(r[1]-r[0]) + 1
	}
	return count
}

// runes makes a table of characters and of ranges that are given by their ends:
// 'a', 'a' is a alone. They have to be in order and below U+10000.
func runes(ends ...uint16) *unicode.RangeTable {
	table := &unicode.RangeTable{}
	for pair := range slices.Chunk(ends, 2) {
		table.R16 = append(table.R16, unicode.Range16{Lo: pair[0], Hi: pair[1], Stride: 1})
		if pair[1] <= unicode.MaxLatin1 {
			table.LatinOffset++
		}
	}
	return table
}

var (
	asciiWordTable = runes('0', '9', 'A', 'Z', '_', '_', 'a', 'z')
	// joinersTable are the zero-width non-joiner and joiner, which words of some scripts need.
	joinersTable = runes(0x200c, 0x200d)
	// foldWordTable are the characters whose lower or upper case is an ASCII letter: the long s and the Kelvin sign.
	foldWordTable = runes(0x17f, 0x17f, 0x212a, 0x212a)

	// alphabetic are the tables whose union is the property Alphabetic: DerivedCoreProperties.txt says how it is made.
	alphabetic = []*unicode.RangeTable{unicode.L, unicode.Nl, unicode.Other_Alphabetic}
)

// The sets of characters that flavors have for \d, \w, \s, \b and the dot.
var (
	noCharacters = &CharSet{Words: "no character"}

	asciiDigits   = &CharSet{"0-9", []*unicode.RangeTable{runes('0', '9')}}
	unicodeDigits = &CharSet{`the decimal digits of Unicode, \p{Nd}`, []*unicode.RangeTable{unicode.Nd}}

	asciiWord  = &CharSet{"a-z, A-Z, 0-9 and _", []*unicode.RangeTable{asciiWordTable}}
	foldedWord = &CharSet{"a-z, A-Z, 0-9, _, and U+017F and U+212A, which are a long s and a Kelvin sign", []*unicode.RangeTable{asciiWordTable, foldWordTable}}
	dotnetWord = &CharSet{`letters, non-spacing marks, decimal digits and connectors of Unicode, \p{L} \p{Mn} \p{Nd} \p{Pc}, U+200C and U+200D`, []*unicode.RangeTable{unicode.L, unicode.Mn, unicode.Nd, unicode.Pc, joinersTable}}
	pcre2Word  = &CharSet{`letters and numbers of Unicode, \p{L} \p{N}, and _`, []*unicode.RangeTable{unicode.L, unicode.N, runes('_', '_')}}
	// UTS 18 asks for this one (its compatibility property word).
	uts18Word = &CharSet{
		`alphabetic characters, marks, decimal digits and connectors of Unicode, \p{Alphabetic} \p{M} \p{Nd} \p{Pc}, U+200C and U+200D`,
		slices.Concat(alphabetic, []*unicode.RangeTable{unicode.M, unicode.Nd, unicode.Pc, joinersTable}),
	}
	rubyWord = &CharSet{
		`alphabetic characters, marks, decimal digits and connectors of Unicode, \p{Alphabetic} \p{M} \p{Nd} \p{Pc}, and ² ³ ¹ ¼ ½ ¾`,
		slices.Concat(alphabetic, []*unicode.RangeTable{unicode.M, unicode.Nd, unicode.Pc, runes(0xb2, 0xb3, 0xb9, 0xb9, 0xbc, 0xbe)}),
	}
	javaBoundary = &CharSet{`letters and decimal digits of Unicode, \p{L} \p{Nd}, and _`, []*unicode.RangeTable{unicode.L, unicode.Nd, runes('_', '_')}}

	goSpace      = &CharSet{`\t \n \f \r and the blank`, []*unicode.RangeTable{runes('\t', '\n', '\f', '\r', ' ', ' ')}}
	asciiSpace   = &CharSet{`\t \n \v \f \r and the blank`, []*unicode.RangeTable{runes('\t', '\r', ' ', ' ')}}
	unicodeSpace = &CharSet{`\p{White_Space}`, []*unicode.RangeTable{unicode.White_Space}}
	pcre2Space   = &CharSet{`\p{White_Space} and U+180E`, []*unicode.RangeTable{unicode.White_Space, runes(0x180e, 0x180e)}}
	pythonSpace  = &CharSet{`\p{White_Space} and U+001C to U+001F`, []*unicode.RangeTable{unicode.White_Space, runes(0x1c, 0x1f)}}
	jsSpace      = &CharSet{
		`\p{White_Space} without U+0085, and U+FEFF`,
		[]*unicode.RangeTable{runes('\t', '\r', ' ', ' ', 0xa0, 0xa0, 0x1680, 0x1680, 0x2000, 0x200a, 0x2028, 0x2029, 0x202f, 0x202f, 0x205f, 0x205f, 0x3000, 0x3000, 0xfeff, 0xfeff)},
	}

	lineFeed     = &CharSet{`\n`, []*unicode.RangeTable{runes('\n', '\n')}}
	jsLineEnds   = &CharSet{`\n, \r, U+2028 and U+2029`, []*unicode.RangeTable{runes('\n', '\n', '\r', '\r', 0x2028, 0x2029)}}
	javaLineEnds = &CharSet{`\n, \r, U+0085, U+2028 and U+2029`, []*unicode.RangeTable{runes('\n', '\n', '\r', '\r', 0x85, 0x85, 0x2028, 0x2029)}}
)
