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
	'\r': "carriage return", 0x1B: "escape", ' ': "space", 0x7F: "delete", 0x85: "next line", 0xA0: "no-break space",
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
	quote := `"`
	if strings.Contains(s, quote) {
		quote = "'"
	}
	var b strings.Builder
	b.WriteString(quote)
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, "<byte %02X>", s[i])
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
	b.WriteString(quote)
	return b.String()
}

// article is a noun with its article, where it takes one.
func article(noun string) string {
	switch {
	case noun == "" || noun == "NUL" || strings.HasPrefix(noun, "U+") || noun[0] == '"' || noun[0] == '\'':
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

// ranges lists the ranges of a set, and says that there are more.
func ranges(set syntax.CharSet) string {
	var parts []string
	for _, r := range set {
		if len(parts) >= maxShown {
			parts = append(parts, "...")
			break
		}
		switch {
		case r.First == r.Last:
			parts = append(parts, short(r.First))
		case r.First+1 == r.Last:
			parts = append(parts, short(r.First), short(r.Last))
		default:
			parts = append(parts, between(r.First, r.Last))
		}
	}
	return strings.Join(parts, " ")
}

// between is a range as it is written, with a bare hyphen where that reads well.
func between(first, last rune) string {
	if visible(first) && visible(last) {
		return string(first) + "-" + string(last)
	}
	low, high := number(first), number(last)
	if visible(first) {
		low = string(first)
	}
	if visible(last) {
		high = string(last)
	}
	return low + "-" + high
}

// describe says which characters a set has: "the 10 characters 0-9".
func describe(set syntax.CharSet, universe syntax.CharRange) string {
	n, all := set.Len(), int(universe.Last)+1
	switch {
	case n == 0:
		return "no character at all"
	case n == all:
		return "any character"
	case n > all/2:
		missing := set.Not(universe)
		return fmt.Sprintf("any character but the %s %s", plural(missing.Len(), "character"), ranges(missing))
	case n == 1:
		return "the character " + ranges(set)
	}
	return fmt.Sprintf("the %s characters %s", count(n), ranges(set))
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
