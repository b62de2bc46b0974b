package engine

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A dialect says what the scanner has to know of a flavor.
type dialect struct {
	quotes   bool // \Q...\E
	comments bool // (?#...)
	nested   bool // [a-[b]]
	extended bool // # starts a comment up to the end of the line
}

// A scan is what the scanner saw. It looks at a pattern only as closely as it
// takes to point at the right place of one that an engine rejects; whether a
// pattern is good, only engines say.
type scan struct {
	tokens []syntax.Span // in order, without gaps
	open   []int         // where groups start that nothing closes, outermost first
	stray  int           // the first ) that closes nothing, or -1
	class  int           // the [ of a class that nothing closes, or -1
	note   int           // the start of a (?# comment that nothing closes, or -1
	depth  int           // of groups and classes in each other, at most
}

// scanner is a scan under way.
type scanner struct {
	scan
	dialect
	s       string
	pos     int
	classes []int // where classes start that are open
}

// scanPattern scans a pattern in time linear in its length.
func scanPattern(pattern string, d dialect) scan {
	c := scanner{scan: scan{stray: -1, class: -1, note: -1}, dialect: d, s: pattern}
	for c.pos < len(c.s) {
		start := c.pos
		if len(c.classes) > 0 {
			c.inClass()
		} else {
			c.outside()
		}
		c.tokens = append(c.tokens, syntax.Span{Start: start, End: c.pos})
		c.depth = max(c.depth, len(c.open)+len(c.classes))
	}
	if len(c.classes) > 0 {
		c.class = c.classes[0]
	}
	return c.scan
}

// token returns the token that has the byte at offset.
func (s scan) token(offset int) syntax.Span {
	i, _ := slices.BinarySearchFunc(s.tokens, offset, func(t syntax.Span, offset int) int {
		switch {
		case t.End <= offset:
			return -1
		case t.Start > offset:
			return 1
		}
		return 0
	})
	if i == len(s.tokens) {
		return syntax.Span{Start: offset, End: offset}
	}
	return s.tokens[i]
}

func (c *scanner) outside() {
	rest := c.s[c.pos:]
	switch {
	case rest[0] == '\\':
		c.escape()
	case c.comments && strings.HasPrefix(rest, "(?#"):
		end := strings.IndexByte(rest, ')')
		if end < 0 {
			c.note = c.pos
			c.pos = len(c.s)
			return
		}
		c.pos += end + 1
	case rest[0] == '(':
		c.open = append(c.open, c.pos)
		c.pos += openerLen(rest)
	case rest[0] == ')':
		if len(c.open) > 0 {
			c.open = c.open[:len(c.open)-1]
		} else if c.stray < 0 {
			c.stray = c.pos
		}
		c.pos++
	case rest[0] == '[':
		c.openClass()
	case c.extended && rest[0] == '#':
		if end := strings.IndexByte(rest, '\n'); end >= 0 {
			c.pos += end + 1
		} else {
			c.pos = len(c.s)
		}
	case rest[0] == '{':
		c.pos += max(1, braceLen(rest))
	default:
		c.char()
	}
}

func (c *scanner) inClass() {
	rest := c.s[c.pos:]
	switch {
	case rest[0] == '\\':
		c.escape()
	case rest[0] == ']':
		c.classes = c.classes[:len(c.classes)-1]
		c.pos++
	case strings.HasPrefix(rest, "[:") && strings.Contains(rest[2:], ":]"):
		c.pos += 2 + strings.Index(rest[2:], ":]") + 2
	case c.nested && strings.HasPrefix(rest, "-["):
		c.pos++
		c.openClass()
	default:
		c.char()
	}
}

// openClass takes [ or [^, and the ] after it, which is an ordinary character.
func (c *scanner) openClass() {
	c.classes = append(c.classes, c.pos)
	c.pos++
	if strings.HasPrefix(c.s[c.pos:], "^") {
		c.pos++
	}
	if strings.HasPrefix(c.s[c.pos:], "]") {
		c.pos++
	}
}

// escape takes \ and what belongs to it.
func (c *scanner) escape() {
	rest := c.s[c.pos:]
	if c.quotes && len(c.classes) == 0 && strings.HasPrefix(rest, `\Q`) {
		if end := strings.Index(rest, `\E`); end >= 0 {
			c.pos += end + 2
		} else {
			c.pos = len(c.s)
		}
		return
	}
	c.pos++
	if c.pos == len(c.s) {
		return
	}
	letter := c.s[c.pos]
	c.char()
	if c.pos == len(c.s) {
		return
	}
	if digits := map[byte]int{'x': 2, 'u': 4}[letter]; digits > 0 && c.s[c.pos] != '{' {
		for end := min(c.pos+digits, len(c.s)); c.pos < end && isHex(c.s[c.pos]); {
			c.pos++
		}
		return
	}
	if (letter == 'p' || letter == 'P') && c.s[c.pos] != '{' {
		c.char() // \pL
		return
	}
	var closer byte
	switch c.s[c.pos] {
	case '{':
		closer = '}'
	case '<':
		closer = '>'
	case '\'':
		closer = '\''
	}
	if closer == 0 || !strings.ContainsRune("pPkxugo", rune(letter)) || closer != '}' && letter != 'k' && letter != 'g' {
		return
	}
	if end := strings.IndexByte(c.s[c.pos+1:], closer); end >= 0 {
		c.pos += 1 + end + 1
	}
}

func isHex(b byte) bool { return strings.IndexByte("0123456789abcdefABCDEF", b) >= 0 }

func (c *scanner) char() {
	_, size := utf8.DecodeRuneInString(c.s[c.pos:])
	c.pos += size
}

// openerLen returns the length of (, (?:, (?<name>, (?i: and the like.
func openerLen(s string) int {
	if !strings.HasPrefix(s, "(?") {
		return 1
	}
	for _, opener := range []string{"(?<=", "(?<!", "(?P=", "(?P>"} {
		if strings.HasPrefix(s, opener) {
			return len(opener)
		}
	}
	for _, named := range []struct {
		opener string
		closer byte
	}{{"(?<", '>'}, {"(?P<", '>'}, {"(?'", '\''}} {
		if rest, ok := strings.CutPrefix(s, named.opener); ok {
			return len(named.opener) + strings.IndexByte(rest, named.closer) + 1
		}
	}
	i := 2
	for i < len(s) && strings.IndexByte("imsnxUu-+", s[i]) >= 0 {
		i++
	}
	if i < len(s) && s[i] != ')' && s[i] != '(' { // (?(1)...) opens two
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	return i
}

// braceLen returns the length of {n}, {n,} or {n,m}, or 0.
func braceLen(s string) int {
	end := strings.IndexByte(s, '}')
	if end < 2 || strings.Trim(s[1:end], "0123456789,") != "" {
		return 0
	}
	return end + 1
}
