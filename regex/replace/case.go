package replace

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/syntax"
)

// apply changes what was appended from start on, as Perl's uc, lc, fc, ucfirst,
// lcfirst and quotemeta do for strings of characters.
func (c Case) apply(b []byte, start int) []byte {
	changed := slices.Clone(b[start:])
	b = b[:start]
	if c == CaseFirstUpper || c == CaseFirstLower {
		r, size := utf8.DecodeRune(changed)
		if size == 0 {
			return b
		}
		if c == CaseFirstUpper {
			b = appendTitle(b, r)
		} else {
			b = appendLower(b, r)
		}
		return append(b, changed[size:]...)
	}
	for _, r := range string(changed) {
		switch c {
		case CaseUpper:
			b = appendUpper(b, r)
		case CaseLower:
			b = appendLower(b, r)
		case CaseFold:
			b = appendFold(b, r)
		case CaseQuote:
			if quoted(r) {
				b = append(b, '\\')
			}
			b = utf8.AppendRune(b, r)
		}
	}
	return b
}

func appendUpper(b []byte, r rune) []byte {
	if long, ok := longCases[r]; ok {
		return append(b, long.upper...)
	}
	return utf8.AppendRune(b, unicode.ToUpper(r))
}

func appendTitle(b []byte, r rune) []byte {
	if long, ok := longCases[r]; ok {
		return append(b, long.title...)
	}
	return utf8.AppendRune(b, unicode.ToTitle(r))
}

// dottedI is the one character whose lower case is two: i and a dot above.
const dottedI = 'İ'

func appendLower(b []byte, r rune) []byte {
	if r == dottedI {
		return append(b, "i\u0307"...)
	}
	return utf8.AppendRune(b, unicode.ToLower(r))
}

// appendFold appends the full case folding.
func appendFold(b []byte, r rune) []byte {
	if long := syntax.LongFold(r); long != "" {
		return append(b, long...)
	}
	return utf8.AppendRune(b, fold(r))
}

// fold is the simple case folding of Unicode's CaseFolding.txt: the lower case of the
// upper case, but for Cherokee, whose small letters fold to capitals, and for the
// two letters that fold only in Turkic languages.
func fold(r rune) rune {
	switch {
	case r == dottedI || r == 'ı' || 0x13A0 <= r && r <= 0x13F5:
		return r
	case 0x13F8 <= r && r <= 0x13FD || 0xAB70 <= r && r <= 0xABBF:
		return unicode.ToUpper(r)
	}
	return unicode.ToLower(unicode.ToUpper(r))
}

// quoted reports whether quotemeta puts a backslash before a character, see perlfunc.
func quoted(r rune) bool {
	if r < utf8.RuneSelf {
		return !isWord(byte(r))
	}
	return unicode.In(r, unicode.Pattern_Syntax, unicode.Pattern_White_Space, unicode.White_Space, unicode.Cc) || ignorable(r)
}

// ignorable is Default_Ignorable_Code_Point as Unicode derives it
// (DerivedCoreProperties.txt).
func ignorable(r rune) bool {
	if !unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Cf, unicode.Variation_Selector) {
		return false
	}
	return !unicode.In(r, unicode.White_Space, unicode.Prepended_Concatenation_Mark) &&
		(r < 0xFFF9 || r > 0xFFFB) && (r < 0x13430 || r > 0x1343F)
}

// asciiCase is what PCRE2 makes of a byte.
func asciiCase(b byte, c Case) byte {
	switch {
	case (c == CaseUpper || c == CaseFirstUpper) && 'a' <= b && b <= 'z':
		return b - 'a' + 'A'
	case (c == CaseLower || c == CaseFirstLower) && 'A' <= b && b <= 'Z':
		return b - 'A' + 'a'
	}
	return b
}

// otherCase is what PCRE2 makes of a character: it changes letters that are not of
// the case wanted to their one other case. That is what the letter folds to or, for
// one that folds to itself, the first one that folds to it: so the upper case of ſ
// is s, and that of ß is ẞ.
func otherCase(r rune, c Case) rune {
	wanted := unicode.Ll
	if c == CaseUpper || c == CaseFirstUpper {
		wanted = unicode.Lu
	}
	if !unicode.IsLetter(r) || unicode.Is(wanted, r) {
		return r
	}
	if folded := fold(r); folded != r {
		return folded
	}
	first := r
	for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
		if fold(other) == r && (first == r || other < first) {
			first = other
		}
	}
	return first
}

// longCases are the characters whose upper or title case is several, of Unicode's
// SpecialCasing.txt, of which it takes those without a condition.
var longCases = map[rune]struct{ upper, title string }{
	'\u00DF': {"SS", "Ss"},
	'\u0149': {"\u02BCN", "\u02BCN"},
	'\u01F0': {"J\u030C", "J\u030C"},
	'\u0390': {"\u0399\u0308\u0301", "\u0399\u0308\u0301"},
	'\u03B0': {"\u03A5\u0308\u0301", "\u03A5\u0308\u0301"},
	'\u0587': {"\u0535\u0552", "\u0535\u0582"},
	'\u1E96': {"H\u0331", "H\u0331"},
	'\u1E97': {"T\u0308", "T\u0308"},
	'\u1E98': {"W\u030A", "W\u030A"},
	'\u1E99': {"Y\u030A", "Y\u030A"},
	'\u1E9A': {"A\u02BE", "A\u02BE"},
	'\u1F50': {"\u03A5\u0313", "\u03A5\u0313"},
	'\u1F52': {"\u03A5\u0313\u0300", "\u03A5\u0313\u0300"},
	'\u1F54': {"\u03A5\u0313\u0301", "\u03A5\u0313\u0301"},
	'\u1F56': {"\u03A5\u0313\u0342", "\u03A5\u0313\u0342"},
	'\u1F80': {"\u1F08\u0399", "\u1F88"},
	'\u1F81': {"\u1F09\u0399", "\u1F89"},
	'\u1F82': {"\u1F0A\u0399", "\u1F8A"},
	'\u1F83': {"\u1F0B\u0399", "\u1F8B"},
	'\u1F84': {"\u1F0C\u0399", "\u1F8C"},
	'\u1F85': {"\u1F0D\u0399", "\u1F8D"},
	'\u1F86': {"\u1F0E\u0399", "\u1F8E"},
	'\u1F87': {"\u1F0F\u0399", "\u1F8F"},
	'\u1F88': {"\u1F08\u0399", "\u1F88"},
	'\u1F89': {"\u1F09\u0399", "\u1F89"},
	'\u1F8A': {"\u1F0A\u0399", "\u1F8A"},
	'\u1F8B': {"\u1F0B\u0399", "\u1F8B"},
	'\u1F8C': {"\u1F0C\u0399", "\u1F8C"},
	'\u1F8D': {"\u1F0D\u0399", "\u1F8D"},
	'\u1F8E': {"\u1F0E\u0399", "\u1F8E"},
	'\u1F8F': {"\u1F0F\u0399", "\u1F8F"},
	'\u1F90': {"\u1F28\u0399", "\u1F98"},
	'\u1F91': {"\u1F29\u0399", "\u1F99"},
	'\u1F92': {"\u1F2A\u0399", "\u1F9A"},
	'\u1F93': {"\u1F2B\u0399", "\u1F9B"},
	'\u1F94': {"\u1F2C\u0399", "\u1F9C"},
	'\u1F95': {"\u1F2D\u0399", "\u1F9D"},
	'\u1F96': {"\u1F2E\u0399", "\u1F9E"},
	'\u1F97': {"\u1F2F\u0399", "\u1F9F"},
	'\u1F98': {"\u1F28\u0399", "\u1F98"},
	'\u1F99': {"\u1F29\u0399", "\u1F99"},
	'\u1F9A': {"\u1F2A\u0399", "\u1F9A"},
	'\u1F9B': {"\u1F2B\u0399", "\u1F9B"},
	'\u1F9C': {"\u1F2C\u0399", "\u1F9C"},
	'\u1F9D': {"\u1F2D\u0399", "\u1F9D"},
	'\u1F9E': {"\u1F2E\u0399", "\u1F9E"},
	'\u1F9F': {"\u1F2F\u0399", "\u1F9F"},
	'\u1FA0': {"\u1F68\u0399", "\u1FA8"},
	'\u1FA1': {"\u1F69\u0399", "\u1FA9"},
	'\u1FA2': {"\u1F6A\u0399", "\u1FAA"},
	'\u1FA3': {"\u1F6B\u0399", "\u1FAB"},
	'\u1FA4': {"\u1F6C\u0399", "\u1FAC"},
	'\u1FA5': {"\u1F6D\u0399", "\u1FAD"},
	'\u1FA6': {"\u1F6E\u0399", "\u1FAE"},
	'\u1FA7': {"\u1F6F\u0399", "\u1FAF"},
	'\u1FA8': {"\u1F68\u0399", "\u1FA8"},
	'\u1FA9': {"\u1F69\u0399", "\u1FA9"},
	'\u1FAA': {"\u1F6A\u0399", "\u1FAA"},
	'\u1FAB': {"\u1F6B\u0399", "\u1FAB"},
	'\u1FAC': {"\u1F6C\u0399", "\u1FAC"},
	'\u1FAD': {"\u1F6D\u0399", "\u1FAD"},
	'\u1FAE': {"\u1F6E\u0399", "\u1FAE"},
	'\u1FAF': {"\u1F6F\u0399", "\u1FAF"},
	'\u1FB2': {"\u1FBA\u0399", "\u1FBA\u0345"},
	'\u1FB3': {"\u0391\u0399", "\u1FBC"},
	'\u1FB4': {"\u0386\u0399", "\u0386\u0345"},
	'\u1FB6': {"\u0391\u0342", "\u0391\u0342"},
	'\u1FB7': {"\u0391\u0342\u0399", "\u0391\u0342\u0345"},
	'\u1FBC': {"\u0391\u0399", "\u1FBC"},
	'\u1FC2': {"\u1FCA\u0399", "\u1FCA\u0345"},
	'\u1FC3': {"\u0397\u0399", "\u1FCC"},
	'\u1FC4': {"\u0389\u0399", "\u0389\u0345"},
	'\u1FC6': {"\u0397\u0342", "\u0397\u0342"},
	'\u1FC7': {"\u0397\u0342\u0399", "\u0397\u0342\u0345"},
	'\u1FCC': {"\u0397\u0399", "\u1FCC"},
	'\u1FD2': {"\u0399\u0308\u0300", "\u0399\u0308\u0300"},
	'\u1FD3': {"\u0399\u0308\u0301", "\u0399\u0308\u0301"},
	'\u1FD6': {"\u0399\u0342", "\u0399\u0342"},
	'\u1FD7': {"\u0399\u0308\u0342", "\u0399\u0308\u0342"},
	'\u1FE2': {"\u03A5\u0308\u0300", "\u03A5\u0308\u0300"},
	'\u1FE3': {"\u03A5\u0308\u0301", "\u03A5\u0308\u0301"},
	'\u1FE4': {"\u03A1\u0313", "\u03A1\u0313"},
	'\u1FE6': {"\u03A5\u0342", "\u03A5\u0342"},
	'\u1FE7': {"\u03A5\u0308\u0342", "\u03A5\u0308\u0342"},
	'\u1FF2': {"\u1FFA\u0399", "\u1FFA\u0345"},
	'\u1FF3': {"\u03A9\u0399", "\u1FFC"},
	'\u1FF4': {"\u038F\u0399", "\u038F\u0345"},
	'\u1FF6': {"\u03A9\u0342", "\u03A9\u0342"},
	'\u1FF7': {"\u03A9\u0342\u0399", "\u03A9\u0342\u0345"},
	'\u1FFC': {"\u03A9\u0399", "\u1FFC"},
	'\uFB00': {"FF", "Ff"},
	'\uFB01': {"FI", "Fi"},
	'\uFB02': {"FL", "Fl"},
	'\uFB03': {"FFI", "Ffi"},
	'\uFB04': {"FFL", "Ffl"},
	'\uFB05': {"ST", "St"},
	'\uFB06': {"ST", "St"},
	'\uFB13': {"\u0544\u0546", "\u0544\u0576"},
	'\uFB14': {"\u0544\u0535", "\u0544\u0565"},
	'\uFB15': {"\u0544\u053B", "\u0544\u056B"},
	'\uFB16': {"\u054E\u0546", "\u054E\u0576"},
	'\uFB17': {"\u0544\u053D", "\u0544\u056D"},
}
