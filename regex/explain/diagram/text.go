package diagram

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A run is a piece of text in one style.
type run struct {
	text string
	cols int // columns: two for East Asian scripts and emoji
	kind runKind
}

type runKind uint8

const (
	plain runKind = iota
	sign          // the name of a character that cannot be seen
	word          // what is said about the text
)

var runClasses = [...]string{plain: "rr-text", sign: "rr-sign", word: "rr-word"}

// signs are the names of characters that cannot be seen, or told from others.
var signs = map[rune]string{
	' ': "\u2423", '\t': "TAB", '\n': "LF", '\r': "CR", 0x0B: "VT", '\f': "FF", 0: "NUL", 0x07: "BEL", 0x08: "BS",
	0x1B: "ESC", 0x7F: "DEL", 0x85: "NEL", 0xA0: "NBSP", 0xAD: "SHY", 0x061C: "ALM", 0x200B: "ZWSP", 0x200C: "ZWNJ",
	0x200D: "ZWJ", 0x200E: "LRM", 0x200F: "RLM", 0x2028: "LS", 0x2029: "PS", 0x202F: "NNBSP", 0x2060: "WJ",
	0x3000: "IDSP", 0xFEFF: "BOM",
}

// signOf returns the name of a character that cannot be seen, or "".
func signOf(r rune) string {
	if name, ok := signs[r]; ok {
		return name
	}
	if unicode.IsPrint(r) && r != utf8.RuneError {
		return ""
	}
	if r < 0x100 {
		return fmt.Sprintf(`\x%02X`, r)
	}
	return fmt.Sprintf("U+%04X", r)
}

// cell returns a character as it is drawn: itself, or its name, with half a
// column of air around a longer one.
func cell(r rune) run {
	if name := signOf(r); name != "" {
		cols := utf8.RuneCountInString(name)
		if cols > 1 {
			cols++
		}
		return run{text: name, cols: cols, kind: sign}
	}
	return run{text: string(r), cols: syntax.RuneWidth(r)}
}

// note is a run of our own words.
func note(text string) run { return run{text: text, cols: columns(text), kind: word} }

func columns(text string) int {
	cols := 0
	for _, r := range text {
		cols += syntax.RuneWidth(r)
	}
	return cols
}

// add appends a run to a line, to the last one when they have one style.
func add(line []run, r run) []run {
	if i := len(line) - 1; i >= 0 && line[i].kind == r.kind && r.kind == plain {
		line[i].text += r.text
		line[i].cols += r.cols
		return line
	}
	return append(line, r)
}

func width(line []run) int {
	cols := 0
	for _, r := range line {
		cols += r.cols
	}
	return cols
}

// wrap breaks characters into lines of at most cols columns and at most limit
// lines, and returns how many characters are left over.
func wrap(text []rune, cols, limit int) (lines [][]run, rest int) {
	var line []run
	at := 0
	for i, r := range text {
		c := cell(r)
		if at > 0 && at+c.cols > cols {
			if len(lines) == limit-1 {
				return append(lines, line), len(text) - i
			}
			lines = append(lines, line)
			line, at = nil, 0
		}
		line = add(line, c)
		at += c.cols
	}
	return append(lines, line), 0
}

// visible returns text in which every character can be seen, and that XML can
// hold: other controls are written as their names in angle brackets.
func visible(text string) string {
	if !strings.ContainsFunc(text, func(r rune) bool { return r != ' ' && signOf(r) != "" }) {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch name := signOf(r); {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02X`, text[i])
		case r == ' ' || name == "":
			b.WriteRune(r)
		default:
			b.WriteString("⟨" + name + "⟩")
		}
		i += size
	}
	return b.String()
}

// shorten returns visible text of at most cols columns and about, and whether
// something was left out.
func shorten(text string, cols int) (short string, cut bool) {
	at := 0
	for i, r := range text {
		if at += syntax.RuneWidth(r); at > cols {
			return visible(text[:i]) + "…", true
		}
	}
	return visible(text), false
}
