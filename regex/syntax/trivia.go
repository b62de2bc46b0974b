package syntax

import (
	"strings"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// trivia reads white space, a comment, or marks of an empty quotation, adds
// them, and reports whether there was something.
func (p *parser) trivia() bool {
	switch {
	case !p.more() || !p.special[p.s[p.pos]]:
		return false
	case p.at("(?#") && p.has(flavor.Comment):
		start := p.pos
		p.pos += 2
		p.push(p.comment(start))
	case p.extended() && p.at("#"):
		p.push(p.lineComment())
	case p.extended() && p.spaceHere() > 0:
		p.push(p.space())
	case p.is(flavor.InPCRE2) && (p.at(`\Q\E`) || p.at(`\E`)):
		p.pos += 2
		p.push(p.leaf(KindQuoteMark, TokenQuote, p.pos-2))
	default:
		return false
	}
	return true
}

// spaces are the bytes that free spacing ignores.
const spaces = " \t\n\v\f\r"

// startsSpace reports whether white space that free spacing ignores may begin with
// the byte.
func (p *parser) startsSpace(c byte) bool {
	switch {
	case c < utf8.RuneSelf:
		return strings.IndexByte(spaces, c) >= 0 && !(c == '\v' && p.is(flavor.InRuby))
	case !p.is(flavor.InPCRE2 | flavor.InPerl):
		return false
	case p.bytes():
		return c == 0x85
	}
	return c == 0xC2 || c == 0xE2 // of the characters in spaceHere
}

// spaceHere returns the length of the character here if free spacing ignores it,
// and 0 otherwise. In PCRE2 and Perl that is what Unicode calls pattern white
// space.
func (p *parser) spaceHere() int {
	if !p.more() || !p.startsSpace(p.s[p.pos]) {
		return 0
	}
	if p.s[p.pos] < utf8.RuneSelf || p.bytes() {
		return 1
	}
	switch r, size := utf8.DecodeRuneInString(p.s[p.pos:]); r {
	case 0x85, 0x200E, 0x200F, 0x2028, 0x2029:
		return size
	}
	return 0
}

func (p *parser) space() *Node {
	start := p.pos
	for size := p.spaceHere(); size > 0; size = p.spaceHere() {
		p.pos += size
	}
	return p.leaf(KindSpace, TokenSpace, start)
}

// lineComment reads from # to the end of the line.
func (p *parser) lineComment() *Node {
	start := p.pos
	for p.more() {
		if p.s[p.pos] == '\\' && p.is(flavor.InPython) && p.pos+1 < len(p.s) {
			p.pos += 2
			continue
		}
		if size := p.lineEnd(); size > 0 {
			p.pos += size
			break
		}
		p.pos++
	}
	return p.leaf(KindComment, TokenComment, start)
}

// newline is what ends a line of a pattern.
type newline uint8

const (
	newlineLF newline = iota
	newlineCR
	newlineCRLF
	newlineAnyCRLF
	newlineAny
	newlineNUL
	newlineJava // LF, CR, NEL, and Unicode's line and paragraph separators
)

// lineEnd returns the length of the line end here, and 0 when there is none.
func (p *parser) lineEnd() int {
	kind := p.newline
	if p.is(flavor.InJava) && !p.flags.Has('d') {
		kind = newlineJava
	}
	c := p.s[p.pos]
	switch kind {
	case newlineCRLF:
		if p.at("\r\n") {
			return 2
		}
		return 0
	case newlineCR:
		return size(c == '\r', 1)
	case newlineNUL:
		return size(c == 0, 1)
	case newlineLF:
		return size(c == '\n', 1)
	}
	switch {
	case c == '\n':
		return 1
	case c == '\r':
		return 1 + size(kind != newlineJava && p.peek(1) == '\n', 1)
	case kind == newlineAnyCRLF:
		return 0
	case kind == newlineAny && (c == '\v' || c == '\f' || c == 0x85 && p.bytes()):
		return 1
	case p.bytes():
		return 0
	}
	if p.at("\u0085") || p.at("\u2028") || p.at("\u2029") {
		_, size := utf8.DecodeRuneInString(p.s[p.pos:])
		return size
	}
	return 0
}

// size is n where something is there, and 0 otherwise.
func size(there bool, n int) int {
	if there {
		return n
	}
	return 0
}

// comment reads (?#...). A backslash keeps the ) behind it from ending it in
// Ruby.
func (p *parser) comment(start int) *Node {
	for p.more() && p.s[p.pos] != ')' {
		if p.s[p.pos] == '\\' && p.is(flavor.InRuby|flavor.InPython) && p.pos+1 < len(p.s) {
			p.pos++
		}
		p.pos++
	}
	closed := p.take(")")
	if !p.has(flavor.Comment) {
		e := p.unsupported(flavor.Comment, Span{start, start + len("(?#")})
		e.Fix = &Fix{Span{start, p.pos}, ""}
		p.failWith(e)
	}
	if !closed {
		p.failWith(&Error{Code: "missing-paren", Message: "missing closing ): this comment starts here", Span: Span{start, start + 3}})
	}
	return p.leaf(KindComment, TokenComment, start)
}

// bytes reports whether the pattern is bytes instead of characters: in PCRE2
// without u and (*UTF).
func (p *parser) bytes() bool { return p.is(flavor.InPCRE2) && !p.utf }
