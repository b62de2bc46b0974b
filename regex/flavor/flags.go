package flavor

import "strings"

// Flags is a set of flags by their letters, which mean what the flavor says.
// The zero value is no flag.
type Flags uint64

// Flags that are written with two letters.
const (
	// ExtendedMore is xx of Perl and PCRE2: x, and blanks are ignored in classes too.
	ExtendedMore Flags = 1 << (52 + iota)
	// ASCIIMore is aa of Perl and PCRE2: a, and no ASCII letter matches a non-ASCII one whatever its case.
	ASCIIMore
	// UTF and UCP are the options (*UTF) and (*UCP) of PCRE2, of which u is both.
	UTF
	UCP
)

// FlagsOf returns the set of the letters in s. Bytes that are no ASCII letters
// are left out: [Flavor.CheckFlags] is what refuses them.
func FlagsOf(s string) Flags {
	var set Flags
	for i := range len(s) {
		set |= flagBit(s[i])
	}
	return set
}

func flagBit(letter byte) Flags {
	switch {
	case letter >= 'a' && letter <= 'z':
		return 1 << (letter - 'a')
	case letter >= 'A' && letter <= 'Z':
		return 1 << (letter - 'A' + 26)
	}
	return 0
}

// Has reports whether the letter is in the set.
func (f Flags) Has(letter byte) bool { return f&flagBit(letter) != 0 }

// With returns the set with a letter added.
func (f Flags) With(letter byte) Flags { return f | flagBit(letter) }

// Without returns the set without a letter.
func (f Flags) Without(letter byte) Flags { return f &^ flagBit(letter) }

// String returns the letters of the set, lower case first, xx and aa as two.
func (f Flags) String() string {
	var b strings.Builder
	for _, first := range "aA" {
		for i := range byte(26) {
			letter := byte(first) + i
			if !f.Has(letter) {
				continue
			}
			b.WriteByte(letter)
			if letter == 'x' && f&ExtendedMore != 0 || letter == 'a' && f&ASCIIMore != 0 {
				b.WriteByte(letter)
			}
		}
	}
	return b.String()
}
