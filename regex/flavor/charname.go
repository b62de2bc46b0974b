package flavor

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"unicode"
)

// CharByName returns the characters that the flavor's engine knows by a name, as
// written in \N{NAME}, and reports whether there are any. It is one character, but
// for Perl's sequences. Engines that know fewer names than Unicode 14 has are
// Java 17, with Unicode 13, and those that know none.
func (f *Flavor) CharByName(name string) ([]rune, bool) {
	switch f.Set {
	case InPython:
		return charNames().python(strings.ToUpper(name))
	case InPerl:
		return charNames().perl(name)
	case InJava:
		return charNames().java(strings.ToUpper(strings.Trim(name, javaTrimmed)))
	}
	return nil, false
}

// javaTrimmed is what String.trim takes away: blanks and control characters.
const javaTrimmed = "\x00\x01\x02\x03\x04\x05\x06\x07\b\t\n\v\f\r\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f "

// charNameData is UnicodeData.txt, NameAliases.txt, NamedSequences.txt and
// DerivedAge.txt of Unicode 14, under Unicode's licence
// (https://www.unicode.org/license.txt), of which it keeps: names, where the code
// point is that of the line before and one unless it is in front; with !, the names
// of control characters in Java, most of Unicode 1; with =, aliases; with ~, sequences; with +,
// the ranges that are new in Unicode 14.
//
//go:embed charnames/unicode14.txt.gz
var charNameData []byte

type charNameTable struct {
	names     map[string]rune
	controls  map[string]rune
	aliases   map[string]rune
	sequences map[string][]rune
	newest    []rune // pairs: the first and the last of a range
}

// charNames reads the data when a pattern first has a name in it: 2 MB and some 20
// ms.
var charNames = sync.OnceValue(func() *charNameTable {
	packed, err := gzip.NewReader(bytes.NewReader(charNameData))
	if err != nil {
		panic(err) // it is embedded
	}
	text, err := io.ReadAll(packed)
	if err != nil {
		panic(err)
	}
	t := &charNameTable{
		names: make(map[string]rune, 35000), controls: map[string]rune{}, aliases: map[string]rune{}, sequences: map[string][]rune{},
	}
	next := rune(0)
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(line, "\n")
		code, name, ok := strings.Cut(line, ";")
		if !ok {
			t.names[line] = next
			next++
			continue
		}
		codes := codePoints(strings.TrimLeft(code, "!=~+"))
		switch code[0] {
		case '!':
			t.controls[name] = codes[0]
		case '=':
			t.aliases[name] = codes[0]
		case '~':
			t.sequences[name] = codes
		case '+':
			t.newest = append(t.newest, codes[0], codePoints(name)[0])
		default:
			t.names[name] = codes[0]
			next = codes[0] + 1
		}
	}
	return t
})

// codePoints reads hexadecimal numbers with blanks between them.
func codePoints(text string) []rune {
	var codes []rune
	for field := range strings.FieldsSeq(text) {
		n, err := strconv.ParseUint(field, 16, 32)
		if err != nil {
			panic(err) // of the embedded data
		}
		codes = append(codes, rune(n))
	}
	return codes
}

// python is what unicodedata.lookup takes and is one character.
func (t *charNameTable) python(name string) ([]rune, bool) {
	if r, ok := t.names[name]; ok {
		return []rune{r}, true
	}
	if r, ok := t.aliases[name]; ok {
		return []rune{r}, true
	}
	return madeName(name)
}

// perl is what the pragma charnames takes with :full and :short, which is in force
// unless a program says otherwise.
func (t *charNameTable) perl(name string) ([]rune, bool) {
	if found, ok := t.python(name); ok && name == strings.ToUpper(name) {
		return found, true
	}
	if sequence, ok := t.sequences[name]; ok {
		return sequence, true
	}
	script, letter, ok := strings.Cut(name, ":")
	if !ok {
		return nil, false
	}
	size := "CAPITAL"
	if letter == strings.ToLower(letter) {
		size = "SMALL"
	}
	script, letter = strings.ToUpper(script), strings.ToUpper(letter)
	for _, full := range []string{script + " " + size + " LETTER " + letter, script + " LETTER " + letter} {
		if r, ok := t.names[full]; ok {
			return []rune{r}, true
		}
	}
	return nil, false
}

// java is what Character.codePointOf takes.
func (t *charNameTable) java(name string) ([]rune, bool) {
	r, ok := t.controls[name]
	if !ok {
		r, ok = t.names[name]
	}
	if ok {
		for i := 0; i < len(t.newest); i += 2 {
			if r >= t.newest[i] && r <= t.newest[i+1] {
				return nil, false
			}
		}
		return []rune{r}, true
	}
	// A character without a name has that of its block, and its number.
	i := strings.LastIndexByte(name, ' ')
	n, err := strconv.ParseUint(name[i+1:], 16, 32)
	if i < 0 || err != nil || n > unicode.MaxRune || name[i+1:] != strings.ToUpper(strconv.FormatUint(n, 16)) {
		return nil, false
	}
	for _, block := range namelessBlocks {
		if rune(n) >= block.first && rune(n) <= block.last && block.name == name[:i] {
			return []rune{rune(n)}, true
		}
	}
	return nil, false
}

// namelessBlocks are those of Unicode 13 whose characters have no names of their own
// in UnicodeData.txt.
var namelessBlocks = []struct {
	name        string
	first, last rune
}{
	{"LATIN 1 SUPPLEMENT", 0x84, 0x84},
	{"CJK UNIFIED IDEOGRAPHS EXTENSION A", 0x3400, 0x4DBF},
	{"CJK UNIFIED IDEOGRAPHS", 0x4E00, 0x9FFC},
	{"HANGUL SYLLABLES", 0xAC00, 0xD7A3},
	{"HIGH SURROGATES", 0xD800, 0xDB7F},
	{"HIGH PRIVATE USE SURROGATES", 0xDB80, 0xDBFF},
	{"LOW SURROGATES", 0xDC00, 0xDFFF},
	{"PRIVATE USE AREA", 0xE000, 0xF8FF},
	{"TANGUT", 0x17000, 0x187F7},
	{"TANGUT SUPPLEMENT", 0x18D00, 0x18D08},
	{"CJK UNIFIED IDEOGRAPHS EXTENSION B", 0x20000, 0x2A6DD},
	{"CJK UNIFIED IDEOGRAPHS EXTENSION C", 0x2A700, 0x2B734},
	{"CJK UNIFIED IDEOGRAPHS EXTENSION D", 0x2B740, 0x2B81D},
	{"CJK UNIFIED IDEOGRAPHS EXTENSION E", 0x2B820, 0x2CEA1},
	{"CJK UNIFIED IDEOGRAPHS EXTENSION F", 0x2CEB0, 0x2EBE0},
	{"CJK UNIFIED IDEOGRAPHS EXTENSION G", 0x30000, 0x3134A},
	{"SUPPLEMENTARY PRIVATE USE AREA A", 0xF0000, 0xFFFFD},
	{"SUPPLEMENTARY PRIVATE USE AREA B", 0x100000, 0x10FFFD},
}

// madeName is a name that follows a rule instead of being in a list: of an ideograph
// by its number, or of a Hangul syllable by its letters.
func madeName(name string) ([]rune, bool) {
	if digits, ok := strings.CutPrefix(name, "CJK UNIFIED IDEOGRAPH-"); ok {
		n, err := strconv.ParseUint(digits, 16, 32)
		if err != nil || digits != fmt.Sprintf("%04X", n) {
			return nil, false
		}
		for _, block := range ideographs {
			if rune(n) >= block[0] && rune(n) <= block[1] {
				return []rune{rune(n)}, true
			}
		}
		return nil, false
	}
	letters, ok := strings.CutPrefix(name, "HANGUL SYLLABLE ")
	if !ok {
		return nil, false
	}
	lead, rest := longestJamo(letters, hangulLeads)
	vowel, rest := longestJamo(rest, hangulVowels)
	trail, rest := longestJamo(rest, hangulTrails)
	if lead < 0 || vowel < 0 || trail < 0 || rest != "" {
		return nil, false
	}
	return []rune{0xAC00 + rune((lead*len(hangulVowels)+vowel)*len(hangulTrails)+trail)}, true
}

// ideographs are the ranges of the unified ideographs of Unicode 14.
var ideographs = [][2]rune{
	{0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, {0x20000, 0x2A6DF}, {0x2A700, 0x2B738}, {0x2B740, 0x2B81D}, {0x2B820, 0x2CEA1},
	{0x2CEB0, 0x2EBE0}, {0x30000, 0x3134A},
}

// The short names of the letters of Hangul syllables, as in Jamo.txt, in the order of
// the syllables.
var (
	hangulLeads  = strings.Split("G GG N D DD R M B BB S SS  J JJ C K T P H", " ")
	hangulVowels = strings.Split("A AE YA YAE EO E YEO YE O WA WAE OE YO U WEO WE WI YU EU YI I", " ")
	hangulTrails = strings.Split(" G GG GS N NJ NH D L LG LM LB LS LT LP LH M B BS S SS NG J C K T P H", " ")
)

// longestJamo returns the index of the longest of some names that a text begins
// with, and the rest of the text.
func longestJamo(text string, names []string) (int, string) {
	best := -1
	for i, name := range names {
		if strings.HasPrefix(text, name) && (best < 0 || len(name) > len(names[best])) {
			best = i
		}
	}
	if best < 0 {
		return -1, text
	}
	return best, text[len(names[best]):]
}
