package syntax

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxColumns is the width of the part of a line that Caret shows: it fits a
// terminal of 80 columns with the margin.
const maxColumns = 72

// tabColumns is the width of a tab, which is printed as spaces so that the
// marks below stay in their columns.
const tabColumns = 4

// Caret returns e as lines for a terminal, with its severity and a final newline:
//
//	error: lookahead (?=...) is not in Go's regexp
//	  | foo(?=bar)
//	  |    ^^^
//	  = help: match the context too and use a group for the rest
//
// A pattern of several lines shows those that the error touches, with their
// numbers, and a long line the part around it. Characters that have no place
// on a terminal of their own, such as NUL, other controls and bytes that are
// not UTF-8, are shown as \x00 and the like.
func Caret(e *Error, pattern []byte) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", e.Severity, e.Message)
	p := picture{pattern: string(pattern), many: strings.Contains(string(pattern), "\n")}
	p.mark(&b, e.Span, '^', "")
	if e.Aux != nil {
		p.mark(&b, e.Aux.Span, '-', e.Aux.Message)
	}
	if e.Hint != "" {
		fmt.Fprintf(&b, "  = help: %s\n", e.Hint)
	}
	return b.String()
}

type picture struct {
	pattern string
	many    bool // the pattern has several lines
}

// maxLines is the number of lines of the pattern that one span may show.
const maxLines = 3

// mark prints the lines that span touches with marks below.
func (p picture) mark(b *strings.Builder, span Span, mark byte, note string) {
	span.Start = max(0, min(span.Start, len(p.pattern)))
	span.End = max(span.Start, min(span.End, len(p.pattern)))
	number := 1 + strings.Count(p.pattern[:span.Start], "\n")
	start := 1 + strings.LastIndexByte(p.pattern[:span.Start], '\n')
	for shown := 0; ; shown++ {
		end := len(p.pattern)
		if i := strings.IndexByte(p.pattern[start:], '\n'); i >= 0 {
			end = start + i
		}
		margin := "  | "
		if p.many {
			margin = fmt.Sprintf("%3d | ", number)
		}
		last := span.End <= end+1 || end == len(p.pattern)
		text, marks := line(p.pattern[start:end], span.Start-start, span.End-start, mark)
		fmt.Fprintf(b, "%s%s\n%s| %s", margin, text, strings.Repeat(" ", len(margin)-2), marks)
		if last && note != "" {
			fmt.Fprintf(b, " %s", note)
		}
		b.WriteByte('\n')
		if last {
			return
		}
		if shown+1 == maxLines {
			fmt.Fprintf(b, "%s| ...\n", strings.Repeat(" ", len(margin)-2))
			return
		}
		start, number = end+1, number+1
	}
}

// line returns a line of the pattern as it is printed, and the marks below it
// for [start, end), of which the part on this line is marked.
func line(s string, start, end int, mark byte) (text, marks string) {
	cells := cellsOf(s)
	first, last := len(cells), len(cells) // the marked cells
	for i, c := range cells {
		if first == len(cells) && c.end > start {
			first = i
		}
		if c.start < end {
			last = i + 1
		}
	}
	if start >= len(s) {
		first = len(cells)
	}
	last = max(first, last)
	from, to := window(cells, first, last)
	var t, m strings.Builder
	if from > 0 {
		t.WriteString("...")
		m.WriteString("   ")
	}
	for i, c := range cells[from:to] {
		t.WriteString(c.text)
		fill := byte(' ')
		if i+from >= first && i+from < last {
			fill = mark
		}
		m.WriteString(strings.Repeat(string(fill), c.width))
	}
	if to < len(cells) {
		t.WriteString("...")
	}
	under := strings.TrimRight(m.String(), " ")
	if first == last { // nothing to mark: a position
		under = m.String()
		if width := widthOf(cells[from:min(first, to)]); width < len(under) {
			under = under[:width+offset(from)]
		}
		under += string(mark)
	}
	return t.String(), under
}

// offset is the width of the dots before a window.
func offset(from int) int {
	if from > 0 {
		return len("...")
	}
	return 0
}

// window chooses the cells to show: all when they fit, or else those around the
// first marked one.
func window(cells []cell, first, last int) (from, to int) {
	if widthOf(cells) <= maxColumns {
		return 0, len(cells)
	}
	marked := min(widthOf(cells[first:last]), maxColumns)
	before := (maxColumns - marked) / 2
	from = first
	for from > 0 && before >= cells[from-1].width {
		from--
		before -= cells[from].width
	}
	to = from
	for left := maxColumns; to < len(cells) && cells[to].width <= left; to++ {
		left -= cells[to].width
	}
	return from, to
}

// A cell is a character as it is printed.
type cell struct {
	start, end int // bytes in the line
	text       string
	width      int // columns; 0 for a combining mark
}

func widthOf(cells []cell) int {
	sum := 0
	for _, c := range cells {
		sum += c.width
	}
	return sum
}

func cellsOf(s string) []cell {
	cells := make([]cell, 0, len(s))
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		c := cell{start: i, end: i + size, text: s[i : i+size], width: RuneWidth(r)}
		switch {
		case r == '\t':
			c.text, c.width = strings.Repeat(" ", tabColumns), tabColumns
		case r == utf8.RuneError && size == 1, r < ' ', r == 0x7F:
			c.text = fmt.Sprintf(`\x%02x`, s[i])
			c.width = len(c.text)
		case !unicode.IsPrint(r) && !unicode.Is(unicode.Mn, r):
			c.text = fmt.Sprintf(`\u%04x`, r)
			c.width = len(c.text)
		}
		cells = append(cells, c)
		i += size
	}
	return cells
}

// RuneWidth is the number of columns that terminals give a printable rune: 2
// for the East Asian scripts and for emoji, 0 for combining marks.
func RuneWidth(r rune) int {
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me):
		return 0
	case r < 0x1100:
		return 1
	case r <= 0x115F, // Hangul initials
		r >= 0x2E80 && r <= 0xA4CF && r != 0x303F, // CJK, kana, Yi
		r >= 0xAC00 && r <= 0xD7A3,                // Hangul
		r >= 0xF900 && r <= 0xFAFF,                // CJK compatibility
		r >= 0xFE30 && r <= 0xFE6F,                // CJK forms
		r >= 0xFF00 && r <= 0xFF60,                // full width
		r >= 0xFFE0 && r <= 0xFFE6,
		r >= 0x1F300 && r <= 0x1F64F, // pictures, faces
		r >= 0x1F680 && r <= 0x1F6FF,
		r >= 0x1F900 && r <= 0x1F9FF,
		r >= 0x20000 && r <= 0x3FFFD:
		return 2
	}
	return 1
}
