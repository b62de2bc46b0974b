package explain

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/syntax"
)

// charNames are the names of characters that have no shape of their own.
var charNames = map[rune]string{
	0: "NUL", 7: "bell", 8: "backspace", '\t': "tab", '\n': "line feed", '\v': "vertical tab", '\f': "form feed",
	'\r': "carriage return", 0x1B: "escape character", ' ': "space", 0x7F: "delete", 0x85: "next line", 0xA0: "no-break space",
	0xAD: "soft hyphen", 0x200B: "zero width space", 0x200C: "zero width non-joiner", 0x200D: "zero width joiner",
	0x2028: "line separator", 0x2029: "paragraph separator", 0x3000: "ideographic space", 0xFEFF: "byte order mark",
}

// visible reports whether a character can be shown as itself. The Kelvin, Ohm and
// Angstrom signs look like letters that they are not.
func visible(r rune) bool {
	switch r {
	case ' ', utf8.RuneError, 0x212A, 0x2126, 0x212B:
		return false
	}
	return unicode.IsPrint(r) && !unicode.Is(unicode.M, r)
}

// short is a character in a list: itself, or a name or a number.
func short(r rune) string {
	switch name, ok := charNames[r]; {
	case visible(r):
		return string(r)
	case ok:
		return name
	}
	return number(r)
}

func number(r rune) string { return fmt.Sprintf("U+%04X", r) }

// quoted is a character or a text in quotes, or its name where it has no shape.
func quoted(s string) string {
	if r, size := utf8.DecodeRuneInString(s); size == len(s) && size > 0 && (r != utf8.RuneError || size > 1) && !visible(r) {
		return short(r)
	}
	if len(s) == 1 && s[0] >= utf8.RuneSelf {
		return fmt.Sprintf(`\x%02X`, s[0])
	}
	quote := `"`
	if strings.Contains(s, quote) {
		quote = "'"
	}
	return quote + escaped(s) + quote
}

// escaped is a text with escapes for what has no shape.
func escaped(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02X`, s[i])
		case r == ' ' || visible(r) || unicode.Is(unicode.M, r):
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		default:
			fmt.Fprintf(&b, "<%s>", number(r))
		}
		i += size
	}
	return b.String()
}

// article is a noun with its article, where it takes one.
func article(noun string) string {
	switch {
	case noun == "", noun[0] == '"', noun[0] == '\'', strings.HasPrefix(noun, "NUL"), strings.HasPrefix(noun, "U+"),
		strings.HasPrefix(noun, "the "), strings.HasPrefix(noun, "\\x"):
		return noun
	case strings.ContainsRune("aeiou", rune(noun[0])):
		return "an " + noun
	}
	return "a " + noun
}

// count is a number with commas.
func count(n int) string {
	digits := fmt.Sprint(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// plural is a count and a noun that takes an s.
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return count(n) + " " + noun + "s"
}

// maxShown is how many ranges of a set are listed: what a line holds.
const maxShown = 12

// ranges lists the ranges of a set, and says that there are more. They stand one
// after another, with commas when one is a word.
func ranges(set syntax.CharSet, universe syntax.CharRange) string {
	var parts []string
	word := false
	add := func(r rune) {
		name := short(r)
		switch {
		case universe.Last == 0xFF && r >= 0x80:
			name = fmt.Sprintf(`\x%02X`, r)
		case r == '-':
			name = `"-"`
		}
		word = word || strings.Contains(name, " ") || charNames[r] != "" && r != 0
		parts = append(parts, name)
	}
	more := len(set) > maxShown
	for _, r := range set[:min(len(set), maxShown)] {
		switch {
		case r.First == r.Last:
			add(r.First)
		case r.First+1 == r.Last:
			add(r.First)
			add(r.Last)
		default:
			parts = append(parts, between(r.First, r.Last, universe))
		}
	}
	separator := " "
	if word {
		separator = ", "
	}
	text := strings.Join(parts, separator)
	if more {
		text += " and others"
	}
	return text
}

// between is a range as it is written, with a bare hyphen where that reads well.
func between(first, last rune, universe syntax.CharRange) string {
	if universe.Last == 0xFF && last >= 0x80 {
		return fmt.Sprintf(`\x%02X-\x%02X`, first, last)
	}
	if visible(first) && visible(last) {
		return string(first) + "-" + string(last)
	}
	return number(first) + "-" + number(last)
}

// describe says which characters a set has: "the 10 characters 0-9".
func describe(set syntax.CharSet, universe syntax.CharRange) string {
	n, all := set.Len(), int(universe.Last)+1
	noun := "character"
	if universe.Last == 0xFF && n > 0 && set[len(set)-1].Last >= 0x80 {
		noun = "byte"
	}
	switch {
	case n == 0:
		return "no " + noun + " at all"
	case n == all:
		return "any " + noun
	case n > all/2 && len(set.Not(universe)) < len(set):
		missing := set.Not(universe)
		return fmt.Sprintf("any %s but the %s %s", noun, plural(missing.Len(), noun), ranges(missing, universe))
	case n == 1:
		return "the " + noun + " " + ranges(set, universe)
	}
	return fmt.Sprintf("the %s %ss %s", count(n), noun, ranges(set, universe))
}

// commentText is what a comment says.
func commentText(source string) string {
	text := strings.TrimPrefix(source, "#")
	if inner, ok := strings.CutPrefix(source, "(?#"); ok {
		text = strings.TrimSuffix(inner, ")")
	}
	return strings.Join(strings.Fields(text), " ")
}

// sentence makes words a sentence.
func sentence(words string) string {
	r, size := utf8.DecodeRuneInString(words)
	return string(unicode.ToUpper(r)) + words[size:] + "."
}
