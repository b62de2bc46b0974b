package syntax

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// name reads up to an end byte, which it takes too, and reports whether it is
// there.
func (p *parser) name(end byte) (string, bool) {
	switch {
	case p.is(flavor.InRuby):
		return p.rubyName(end)
	case p.is(flavor.InPCRE2 | flavor.InPerl | flavor.InJava):
		return p.wordName(end)
	}
	rest := p.s[p.pos:]
	i := p.index(string(end)) - p.pos
	if i == len(rest) {
		for i = 0; i < len(rest); {
			r, size := utf8.DecodeRuneInString(rest[i:])
			if !isWord(r) {
				break
			}
			i += size
		}
		p.pos += i
		return rest[:i], false
	}
	p.pos += i + 1
	return rest[:i], true
}

func isWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

// wordName reads the characters that names are made of, and the end byte, of which
// it reports whether it is there.
func (p *parser) wordName(end byte) (string, bool) {
	if p.is(flavor.InJava) && p.extended() {
		return p.javaName(end)
	}
	from := p.pos
	for p.more() {
		r, size := utf8.DecodeRuneInString(p.s[p.pos:])
		if !p.nameRune(r, false) {
			break
		}
		p.pos += size
	}
	name := p.s[from:p.pos]
	if end == '}' {
		p.skipBlanks()
	}
	return name, p.take(string(end))
}

// javaName is wordName where free spacing ignores blanks in names too.
func (p *parser) javaName(end byte) (string, bool) {
	var name []byte
	for p.javaBlanks(); p.more() && p.nameRune(rune(p.s[p.pos]), false); p.javaBlanks() {
		name = append(name, p.s[p.pos])
		p.pos++
	}
	return string(name), p.take(string(end))
}

// nameError says what is wrong with a name, from an offset on, behind which its
// end is missing.
func (p *parser) nameError(from int, end byte) {
	e := &Error{Code: "invalid-group-name", Message: fmt.Sprintf("missing %c: the name starts here", end), Span: Span{from, max(from, p.pos)}}
	if p.more() && p.is(flavor.InPCRE2|flavor.InPerl|flavor.InJava) {
		e.Message, e.Span.End = p.nameRule(), p.pos+1
		if p.pos == from && p.s[p.pos] == end {
			e.Message = "a group's name cannot be empty"
		}
	}
	p.failWith(e)
}

// checkName refuses what is no name of a group in the flavor. It returns the name
// as engines report it.
func (p *parser) checkName(name string, at Span) string {
	bad := func(format string, args ...any) {
		p.failWith(&Error{Code: "invalid-group-name", Message: fmt.Sprintf(format, args...), Span: at})
	}
	if name == "" {
		bad("a group's name cannot be empty")
		return name
	}
	if p.is(flavor.InJS) {
		decoded, ok := decodeJSName(name)
		if !ok {
			bad("a group's name is letters, digits, _ and $, not starting with a digit")
		}
		return decoded
	}
	if p.is(flavor.InPython) {
		if !isIdentifier(name) {
			bad("%s", p.nameRule())
		}
		return name
	}
	for i, r := range name {
		if !p.nameRune(r, i == 0) {
			bad("%s", p.nameRule())
			return name
		}
	}
	if p.is(flavor.InRuby) {
		return p.rubyGroupName(name)
	}
	if p.g.MaxName > 0 && len(name) > p.g.MaxName {
		bad("the name is too long: a group's name has %d bytes at most", p.g.MaxName)
	}
	return name
}

func isASCIILetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

func isASCIIDigit(r rune) bool { return r >= '0' && r <= '9' }

// nameRune reports whether a character may be in a name, or be its first.
func (p *parser) nameRune(r rune, first bool) bool {
	switch {
	case p.is(flavor.InJava):
		return isASCIILetter(r) || !first && isASCIIDigit(r)
	case p.is(flavor.InGo):
		return isASCIILetter(r) || isASCIIDigit(r) || r == '_'
	case p.is(flavor.InRuby):
		return !first || !unicode.IsDigit(r) && r != '-'
	case p.is(flavor.InDotNet):
		return isDotNetWord(r)
	case p.bytes():
		return isASCIILetter(r) || r == '_' || !first && isASCIIDigit(r)
	}
	return isWord(r) && !(first && unicode.IsDigit(r))
}

func (p *parser) nameRule() string {
	switch {
	case p.is(flavor.InJava):
		return "a group's name is ASCII letters and digits, starting with a letter"
	case p.is(flavor.InGo):
		return "a group's name is ASCII letters, digits and _"
	case p.is(flavor.InDotNet):
		return "a group's name is letters, digits and _, not starting with a digit, or a number"
	}
	return "a group's name is letters, digits and _, not starting with a digit"
}

// decodeJSName resolves the escapes \uXXXX and \u{X} of a name, and reports
// whether it is an identifier.
func decodeJSName(name string) (string, bool) {
	var b strings.Builder
	for s := name; s != ""; {
		r, size := utf8.DecodeRuneInString(s)
		if r == '\\' {
			if r, size = decodeUnicodeEscape(s); size == 0 {
				return name, false
			}
		}
		s = s[size:]
		ok := unicode.IsLetter(r) || unicode.Is(unicode.Nl, r) || unicode.Is(unicode.Other_ID_Start, r) || r == '$' || r == '_'
		if b.Len() > 0 {
			ok = ok || unicode.In(r, unicode.Mn, unicode.Mc, unicode.Nd, unicode.Pc, unicode.Other_ID_Continue) || r == '\u200c' || r == '\u200d'
		}
		if !ok {
			return name, false
		}
		b.WriteRune(r)
	}
	return b.String(), true
}

// decodeUnicodeEscape reads \uXXXX, a pair of them, or \u{X}. The size is 0 when
// s begins with neither.
func decodeUnicodeEscape(s string) (rune, int) {
	unit := func(s string) (rune, bool) {
		if len(s) < 6 || s[:2] != `\u` {
			return 0, false
		}
		n, err := strconv.ParseUint(s[2:6], 16, 32)
		return rune(n), err == nil
	}
	if digits, ok := strings.CutPrefix(s, `\u{`); ok {
		end := strings.IndexByte(digits, '}')
		if end < 1 {
			return 0, 0
		}
		n, err := strconv.ParseUint(digits[:end], 16, 32)
		if err != nil || n > unicode.MaxRune {
			return 0, 0
		}
		return rune(n), len(`\u{`) + end + 1
	}
	high, ok := unit(s)
	if !ok {
		return 0, 0
	}
	if low, ok := unit(s[6:]); ok && high >= 0xD800 && high < 0xDC00 && low >= 0xDC00 && low < 0xE000 {
		return (high-0xD800)<<10 + (low - 0xDC00) + 0x10000, 12
	}
	return high, 6
}

// duplicate is a group with a name that others have.
func (p *parser) duplicate(n *Node, numbers []int) {
	if p.g.DuplicateNames || p.is(flavor.InPCRE2) && (p.flags.Has('J') || p.pairs[namedGroup{n.Text, n.Number}]) {
		return
	}
	first := p.tree.Groups[numbers[0]].Node
	p.failWith(&Error{
		Code: "duplicate-name", Message: fmt.Sprintf("there is a group named %q already", n.Text), Span: n.Aux,
		Aux: &Note{Span: first.Aux, Message: "first defined here"},
	})
}

// number is the value of digits, or a large one that nothing has.
func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil || n > 1<<31 {
		return 1 << 31
	}
	return n
}
