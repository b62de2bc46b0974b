package explain

import (
	"strings"
	"unicode"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

const foldsLongWords = "Ignoring case, one letter can match two or three here, as \u00df matches ss, and the other way round."

// foldsLong reports whether a literal may match a text of another length when
// case is ignored, as it can in Perl and Ruby.
func (x *explainer) foldsLong(literal *syntax.Node) bool {
	if !x.is(flavor.InPerl|flavor.InRuby) || !literal.Flags.Has('i') {
		return false
	}
	apart := literal.Flags&flavor.ASCIIMore != 0
	lower := strings.ToLower(literalText(literal))
	for _, r := range lower {
		if hasLongFolding(r) && !(apart && (r == 0xDF || r >= 0xFB00 && r <= 0xFB06 || r >= 0x1E96 && r <= 0x1E9E)) {
			return true
		}
		// A mark makes one letter with what is before it.
		if unicode.Is(unicode.Mn, r) || r == 0x2BC || r >= 0x561 && r <= 0x587 || r >= 0x390 && r <= 0x3CE && strings.Contains(lower, "\u03b9") {
			return true
		}
	}
	if apart {
		return false
	}
	for _, pair := range []string{"ss", "ff", "fi", "fl", "st"} {
		if strings.Contains(lower, pair) {
			return true
		}
	}
	return false
}

// hasLongFolding reports whether the full case folding of a character is several
// characters: the lines with F of Unicode's CaseFolding.txt.
func hasLongFolding(r rune) bool {
	switch r {
	case 0xDF, 0x130, 0x149, 0x1F0, 0x390, 0x3B0, 0x587, 0x1E9E, 0x1F50, 0x1F52, 0x1F54, 0x1F56:
		return true
	}
	return r >= 0x1E96 && r <= 0x1E9A || r >= 0x1F80 && r <= 0x1FFC && foldsWithIota(r) || r >= 0xFB00 && r <= 0xFB06 || r >= 0xFB13 && r <= 0xFB17
}

// foldsWithIota reports it for the Greek letters with accents and iotas.
func foldsWithIota(r rune) bool {
	if r <= 0x1FAF {
		return true
	}
	switch r & 0xF {
	case 2, 3, 4, 6, 7, 0xC:
		return r != 0x1FDC && r != 0x1FEC && r != 0x1FD4
	}
	return false
}
