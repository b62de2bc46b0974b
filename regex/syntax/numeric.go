package syntax

import (
	"fmt"
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// numeric reads a backslash and digits, which is a backreference or a character
// by its octal number. Every flavor has its own rule.
func (p *parser) numeric(start int, class bool) *Node {
	digits := 0
	for p.pos+digits < len(p.s) && p.s[p.pos+digits] >= '0' && p.s[p.pos+digits] <= '9' {
		digits++
	}
	text := p.s[p.pos : p.pos+digits]
	if p.is(flavor.InRuby) && (text[0] == '0' || octalValue(text) > 0o177) {
		return p.rubyEscapedChar(start, OpOctal)
	}
	if class || text[0] == '0' {
		return p.octal(start, text, class)
	}
	switch take := p.referenceDigits(text); {
	case take > 0:
		from := p.pos
		p.pos += take
		if p.is(flavor.InDotNet) && number(p.s[from:p.pos]) > maxNumber {
			p.tooLarge(Span{start, p.pos})
			return p.leaf(KindError, TokenError, start)
		}
		return p.reference(KindBackreference, start, p.s[from:p.pos], Span{from, p.pos})
	case !p.has(flavor.Backreference) && !goOctal(text):
		p.pos += digits
		p.failWith(p.unsupported(flavor.Backreference, Span{start, p.pos}))
		return p.leaf(KindError, TokenError, start)
	}
	return p.octal(start, text, class)
}

// referenceDigits returns how many of the digits are the number of a group, and
// 0 when they are an octal number.
func (p *parser) referenceDigits(text string) int {
	n := number(text)
	switch {
	case p.is(flavor.InGo):
		return 0
	case p.is(flavor.InJS):
		if p.strict {
			return len(text)
		}
		p.asked.groups = true
		if n <= p.assumed.groups {
			return len(text)
		}
		return 0
	case p.is(flavor.InJava):
		// More digits as long as there is such a group.
		take := 1
		for take < len(text) && number(text[:take+1]) <= p.next {
			take++
		}
		return take
	case p.is(flavor.InPython):
		if len(text) >= 3 && isOctal(text[:3]) {
			return 0
		}
		return min(len(text), 2)
	case p.is(flavor.InDotNet):
		if n <= 9 || n > maxNumber {
			return len(text)
		}
		p.asked.slots = true
		if p.slots.numbers[n] {
			return len(text)
		}
		return 0
	case p.is(flavor.InRuby):
		if len(text) == 1 || n <= p.next {
			return len(text)
		}
		if text[0] >= '8' {
			return 0
		}
		return 0
	case p.is(flavor.InPerl):
		if len(text) == 1 || n <= p.next {
			return len(text)
		}
		if text[0] >= '8' {
			return len(text)
		}
		return 0
	}
	// PCRE2: below 10, or 8 and 9 in front, or as many groups to the left.
	if n < 10 || text[0] >= '8' || n <= p.next {
		return len(text)
	}
	return 0
}

func isOctal(s string) bool { return strings.Trim(s, "01234567") == "" }

// octal reads a character by its octal number. p.pos is at its first digit.
func (p *parser) octal(start int, text string, class bool) *Node {
	n, size := 0, 0
	for size < len(text) && size < 3 && text[size] <= '7' {
		n = 8*n + int(text[size]-'0')
		size++
	}
	bad := ""
	switch {
	case p.is(flavor.InJS):
		for n > 0xFF { // \400 is \40 and 0
			n, size = n/8, size-1
		}
		if p.strict && (text[0] != '0' || len(text) > 1) {
			bad = "octal numbers are not there with u or v"
		}
	case p.is(flavor.InGo):
		if text[0] != '0' && !goOctal(text) {
			bad = fmt.Sprintf(`\%c is not an escape in a class of Go's regexp`, text[0])
		}
	case p.is(flavor.InJava):
		// A 0 is in front of up to three digits, the first of which is 3 at most.
		if text[0] != '0' || len(text) < 2 || text[1] > '7' {
			bad = `an octal number is written \0 and one to three octal digits`
			break
		}
		n, size = 0, 1
		for size < len(text) && size < 4 && text[size] <= '7' && n*8+int(text[size]-'0') <= 0o377 {
			n = 8*n + int(text[size]-'0')
			size++
		}
	case p.is(flavor.InPython):
		if n > 0o377 {
			bad = "octal numbers have a 0 in front or three digits up to 377"
		}
	case p.is(flavor.InDotNet):
		n &= 0xFF
	}
	if size == 0 { // an 8 or 9
		p.pos++
		if p.is(flavor.InGo|flavor.InDotNet|flavor.InPython|flavor.InJava) || p.strict {
			p.fail("invalid-escape", start, "write the digit without the backslash", `\%c is no escape here`, text[0])
		}
		return p.char(start, OpIdentity, rune(text[0]))
	}
	p.pos += size
	p.pcre2Octal(start, n)
	if bad != "" {
		hint := ""
		if text[0] != '0' && p.is(flavor.InGo) {
			hint = fmt.Sprintf(`write %c for the digit, or \x%02x for the character with that number`, text[0], n&0xFF)
		}
		p.fail("invalid-escape", start, hint, "%s", bad)
	}
	return p.char(start, OpOctal, rune(n))
}
