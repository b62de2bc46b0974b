package syntax

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// unknownLetter is a backslash before a letter that means nothing here.
func (p *parser) unknownLetter(start int, c byte, class bool) *Node {
	if p.is(flavor.InPerl) && c == 'C' && !class {
		p.fail("invalid-escape", start, "", `\C is no longer in Perl`)
	}
	if p.g.UnknownLetter != flavor.Refused && !p.strict {
		return p.char(start, OpIdentity, rune(c))
	}
	meanings := letters[c]
	elsewhere := slices.ContainsFunc(meanings, func(l letter) bool { return p.has(l.feature) })
	what := p.s[start:p.pos]
	switch {
	case len(meanings) > 0 && !elsewhere:
		return p.foreign(start, c, meanings[0].feature)
	case elsewhere && class:
		e := &Error{Code: "invalid-escape", Message: fmt.Sprintf("%s is not an escape in a class of %s", what, p.engineName()), Span: Span{start, p.pos}}
		p.advise(e)
		p.failWith(e)
	case elsewhere && p.failedAt(start): // the reading knows better what is wrong
	default:
		p.unknownEscape(start)
	}
	return p.char(start, OpIdentity, rune(c))
}

// failedAt reports whether the last error begins at an offset, or there are so many
// that nobody knows.
func (p *parser) failedAt(start int) bool {
	last := len(p.tree.Errors) - 1
	return last >= 0 && p.tree.Errors[last].Span.Start == start || last+1 == maxErrors
}

// foreign refuses an escape that other flavors have, from behind its letter on.
func (p *parser) foreign(start int, c byte, feature flavor.Feature) *Node {
	switch {
	case c == 'u' && p.at("{"):
		feature = flavor.EscapeUnicodeBraces
	case c == 'x' && p.at("{"):
		feature = flavor.EscapeHexBraces
	}
	letter := p.pos
	p.foreignEscape(c)
	span := Span{start, p.pos}
	if c == 'k' || c == 'g' {
		span.End = letter
	}
	p.failWith(p.unsupported(feature, span))
	if p.inClass {
		return p.char(start, OpIdentity, rune(c)) // as good as any for a range
	}
	return p.leaf(KindError, TokenError, start)
}

// unknownEscape refuses an escaped character that no flavor gives a meaning.
func (p *parser) unknownEscape(start int) {
	e := &Error{
		Code: "invalid-escape", Message: fmt.Sprintf("%s has no escape %s", p.engineName(), p.s[start:p.pos]), Span: Span{start, p.pos},
	}
	p.advise(e)
	if e.Hint == "" {
		e.Hint = "to match the character itself, write it without the backslash"
		e.Fix = &Fix{Span{start, start + 1}, ""}
	}
	p.failWith(e)
}

// foreignEscape goes behind what belongs to an escape of other flavors, from
// behind its letter on.
func (p *parser) foreignEscape(c byte) {
	closer := byte(0)
	switch c {
	case 'u', 'U', 'x':
		most := map[byte]int{'u': 4, 'U': 8, 'x': 2}[c]
		for i := 0; i < most && p.more() && isHex(p.s[p.pos]); i++ {
			p.pos++
		}
	case 'c':
		if p.more() && isASCIILetter(rune(p.s[p.pos])) {
			p.pos++
		}
		return
	case 'g':
		if p.at("{") || p.at("<") || p.at("'") {
			break
		}
		p.pos += len(signedDigits(p.s[p.pos:]))
		return
	case 'p', 'P':
		if p.more() && isASCIILetter(rune(p.s[p.pos])) {
			p.pos++
			return
		}
	}
	if strings.IndexByte("uxopPNkgb", c) >= 0 && p.s[p.pos-1] == c {
		closer = closing(p.peek(0))
	}
	if closer != '}' && (closer == 0 || c != 'k' && c != 'g') {
		return
	}
	// A name is not long: what is not closed soon is not one.
	for i := p.pos + 1; i < min(len(p.s), p.pos+64); i++ {
		if p.s[i] == closer {
			p.pos = i + 1
			return
		}
		if r, _ := utf8.DecodeRuneInString(p.s[i:]); !isWord(r) && r != ' ' && r != '=' && r != '^' && r != '+' && r != '-' && r != utf8.RuneError {
			return
		}
	}
}
