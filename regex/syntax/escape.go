package syntax

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// letters are what a backslash and a letter can mean in some flavor. Of those
// with the same letter, the flavor has one at most.
var letters = ['z' + 1][]letter{
	'a': {{flavor.EscapeBell, readControl, true}},
	'e': {{flavor.EscapeEscape, readControl, true}},
	'f': {{flavor.EscapeFormFeed, readControl, true}},
	'n': {{flavor.EscapeNewline, readControl, true}},
	'r': {{flavor.EscapeReturn, readControl, true}},
	't': {{flavor.EscapeTab, readControl, true}},
	'v': {{flavor.EscapeVerticalTab, readControl, true}, {flavor.ClassVertical, readClassLetter, true}},
	'V': {{flavor.ClassVertical, readClassLetter, true}},
	'h': {{flavor.ClassHorizontal, readClassLetter, true}, {flavor.ClassHexDigit, readClassLetter, true}},
	'H': {{flavor.ClassHorizontal, readClassLetter, true}, {flavor.ClassHexDigit, readClassLetter, true}},
	'd': {{flavor.ClassDigit, readClassLetter, true}},
	'D': {{flavor.ClassDigit, readClassLetter, true}},
	'w': {{flavor.ClassWord, readClassLetter, true}},
	'W': {{flavor.ClassWord, readClassLetter, true}},
	's': {{flavor.ClassSpace, readClassLetter, true}},
	'S': {{flavor.ClassSpace, readClassLetter, true}},
	'R': {{flavor.NewlineSequence, readClassLetter, false}},
	'X': {{flavor.Grapheme, readClassLetter, false}},
	'C': {{flavor.SingleUnit, readClassLetter, false}, {flavor.EscapeControlRuby, readRubyControl, true}},
	'M': {{flavor.EscapeControlRuby, readRubyControl, true}},
	'N': {{flavor.NotNewline, readN, true}, {flavor.EscapeNumbered, readN, true}, {flavor.EscapeNamed, readNamedChar, true}},
	'p': {{flavor.Property, readProperty, true}},
	'P': {{flavor.Property, readProperty, true}},
	'A': {{flavor.TextStart, readAnchor, false}},
	'z': {{flavor.TextEnd, readAnchor, false}},
	'Z': {{flavor.TextEndNewline, readAnchor, false}},
	'b': {{flavor.WordBoundary, readBoundary, false}},
	'B': {{flavor.WordBoundaryNot, readBoundary, false}},
	'G': {{flavor.SearchStart, readAnchor, false}},
	'K': {{flavor.KeepOut, readKeep, false}},
	'x': {{flavor.EscapeHex, readHex, true}},
	'u': {{flavor.EscapeUnicode, readUnicode, true}},
	'U': {{flavor.EscapeUnicodeLong, readUnicode, true}},
	'o': {{flavor.EscapeOctalBraces, readOctalBraces, true}},
	'c': {{flavor.EscapeControl, readControlKey, true}},
	'k': {{flavor.BackreferenceK, readKOrG, false}, {flavor.BackreferenceKBraces, readKOrG, false}},
	'g': {{flavor.BackreferenceG, readKOrG, false}, {flavor.CallG, readKOrG, false}},
	'Q': {{flavor.Quote, readQuote, true}},
	'E': {{flavor.Quote, readEndQuote, true}},
}

// A letter is one meaning of a backslash and a letter.
type letter struct {
	feature flavor.Feature
	read    reading
	inClass bool // also in a class
}

// A reading is a method of the parser that reads what follows a letter.
type reading uint8

const (
	readControl reading = iota
	readClassLetter
	readRubyControl
	readN
	readNamedChar
	readProperty
	readAnchor
	readBoundary
	readKeep
	readHex
	readUnicode
	readOctalBraces
	readControlKey
	readKOrG
	readQuote
	readEndQuote
)

// read reads what follows a backslash and a letter. It returns nil when that is
// not what the reading is for.
func (p *parser) read(how reading, start int, c byte) *Node {
	switch how {
	case readControl:
		return p.control(start, c)
	case readClassLetter:
		return p.classLetter(start, c)
	case readRubyControl:
		return p.rubyEscapedChar(start, OpControl)
	case readN:
		if p.is(flavor.InPerl) {
			return p.perlN(start)
		}
		return p.pcre2N(start)
	case readNamedChar:
		return p.namedChar(start)
	case readProperty:
		return p.property(start, c)
	case readAnchor:
		return p.anchor(start, c)
	case readBoundary:
		return p.boundary(start, c)
	case readKeep:
		return p.keep(start)
	case readHex:
		return p.hex(start)
	case readUnicode:
		return p.unicode(start, c)
	case readOctalBraces:
		return p.octalBraces(start)
	case readControlKey:
		return p.controlKey(start)
	case readKOrG:
		return p.kOrG(start, c)
	case readQuote:
		return p.quote(start)
	case readEndQuote:
		return p.endQuote(start)
	}
	return nil
}

// escape reads a backslash and what belongs to it, outside of a class.
func (p *parser) escape() *Node { return p.escapeIn(false) }

func (p *parser) escapeIn(class bool) *Node {
	start := p.pos
	p.pos++
	if p.is(flavor.InDotNet) && !class && (p.at("<") || p.at("'")) {
		if n := p.dotnetAngle(start); n != nil {
			return n
		}
	}
	if !p.more() {
		p.trailingBackslash(start)
		return p.leaf(KindError, TokenError, start)
	}
	c := p.s[p.pos]
	switch {
	case c >= '0' && c <= '9':
		return p.numeric(start, class)
	case class && c == 'g' && p.is(flavor.InPCRE2):
		return p.identity(start, class)
	case class && c == 'b' && !p.is(flavor.InGo|flavor.InJava):
		p.pos++
		return p.char(start, OpLetter, '\b')
	case !isASCIILetter(rune(c)):
		return p.identity(start, class)
	}
	p.pos++
	for _, l := range letters[c] {
		if !p.has(l.feature) || class && !l.inClass {
			continue
		}
		if n := p.read(l.read, start, c); n != nil {
			return n
		}
		p.pos = start + 2
	}
	return p.unknownLetter(start, c, class)
}

func (p *parser) trailingBackslash(start int) {
	p.failWith(&Error{
		Code: "trailing-backslash", Message: "the pattern ends with a single backslash", Span: Span{start, p.pos},
		Hint: `write \\ for a backslash`, Fix: &Fix{Span{start, start}, `\`},
	})
}

// char is one character that is written as an escape.
func (p *parser) char(start int, op Op, r rune) *Node {
	n := p.leaf(KindLiteral, TokenEscape, start)
	n.Op, n.Rune = op, r
	return n
}

// identity reads a character that is no letter and no digit behind a backslash.
func (p *parser) identity(start int, class bool) *Node {
	r := p.rune()
	bad := false
	switch {
	case p.strict:
		bad = !strings.ContainsRune(`^$\.*+?()[]{}|/`, r) && !(class && r == '-') &&
			!(class && p.setMode && strings.ContainsRune("&-!#%,:;<=>@`~", r))
	case p.is(flavor.InGo):
		bad = r >= utf8.RuneSelf
	case p.is(flavor.InDotNet):
		bad = isDotNetWord(r)
	}
	if bad {
		p.unknownEscape(start)
	}
	return p.char(start, OpIdentity, r)
}

var controls = map[byte]rune{'a': 7, 'e': 0x1B, 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v'}

func (p *parser) control(start int, c byte) *Node { return p.char(start, OpLetter, controls[c]) }

func (p *parser) classLetter(start int, c byte) *Node {
	n := p.leaf(KindClassEscape, TokenClassEscape, start)
	n.Rune = rune(c)
	switch c {
	case 'D', 'W', 'S', 'H', 'V':
		n.Rune, n.Negated = rune(c)+'a'-'A', true
	}
	return n
}

func (p *parser) anchor(start int, c byte) *Node {
	n := p.leaf(KindAssertion, TokenAnchor, start)
	n.Rune = rune(c)
	return n
}

// boundary reads \b, \B, \b{type} and \B{type}.
func (p *parser) boundary(start int, c byte) *Node {
	switch {
	case p.is(flavor.InJava):
		return p.javaBoundary(start, p.anchor(start, c))
	case !p.at("{") || !p.has(flavor.BoundaryType):
		return p.anchor(start, c)
	}
	end := p.index("}")
	kind := strings.Trim(p.s[p.pos+1:end], " \t")
	if end == len(p.s) {
		p.pos++
		p.fail("invalid-escape", start, `as in \b{wb}`, "missing closing }")
		return p.anchor(start, c)
	}
	p.pos = end + 1
	n := p.anchor(start, c)
	p.setText(n, kind)
	if !slices.Contains([]string{"g", "gcb", "lb", "sb", "wb"}, kind) {
		p.fail("unknown-boundary", start, "the types are gcb, lb, sb and wb", "there is no boundary of type %q", kind)
	}
	return n
}

func (p *parser) keep(start int) *Node {
	n := p.leaf(KindKeep, TokenAnchor, start)
	if p.inLook > 0 && p.is(flavor.InPCRE2|flavor.InPerl) {
		p.fail("invalid-escape", start, "", `\K is not allowed in a lookaround`)
	}
	return n
}

func (p *parser) kOrG(start int, c byte) *Node {
	if c == 'k' && p.is(flavor.InJS) && !p.strict {
		p.asked.named = true
		if !p.assumed.named {
			return nil
		}
	}
	n := p.escapedReference(start, c)
	if n == nil && p.is(flavor.InRuby) {
		return nil // the letter itself
	}
	if n == nil && (p.g.UnknownLetter == flavor.Refused || p.is(flavor.InPerl|flavor.InRuby) || p.is(flavor.InJS)) {
		p.fail("invalid-escape", start, fmt.Sprintf(`as in \%c<name>`, c), `\%c needs the name or number of a group`, c)
	}
	return n
}

// hexDigits reads from least to most hexadecimal digits.
func (p *parser) hexDigits(least, most int) (rune, bool) {
	start := p.pos
	for p.more() && p.pos-start < most && isHex(p.s[p.pos]) {
		p.pos++
	}
	if p.pos-start < least {
		return 0, false
	}
	n, _ := strconv.ParseUint(p.s[start:p.pos], 16, 32)
	return rune(n), true
}

func isHex(b byte) bool { return strings.IndexByte("0123456789abcdefABCDEF", b) >= 0 }

// braced reads {digits}, hexadecimal, of an escape that begins at start. What is
// wrong with it gets its error.
func (p *parser) braced(start int) rune {
	p.pos++
	from, n := p.pos, 0
	for ; p.more() && isHex(p.s[p.pos]); p.pos++ {
		n = min(16*n+digitValue(p.s[p.pos]), unicode.MaxRune+1)
	}
	digits := p.pos > from
	switch {
	case !p.more():
		p.fail("invalid-escape", start, `as in \`+p.s[start+1:start+2]+"{1F600}", "missing closing }: the character's number starts here")
	case !p.at("}"):
		r, size := utf8.DecodeRuneInString(p.s[p.pos:])
		p.failWith(&Error{
			Code: "invalid-escape", Message: fmt.Sprintf("%q is not a hexadecimal digit", r), Span: Span{start, p.pos + size},
			Hint: `as in \` + p.s[start+1:start+2] + "{1F600}",
		})
	case !digits:
		p.pos++
		p.fail("invalid-escape", start, `as in \`+p.s[start+1:start+2]+"{1F600}", "there are no digits between the braces")
	case n > unicode.MaxRune:
		p.pos++
		p.noSuchRune(start)
	default:
		p.pos++
		return rune(n)
	}
	return unicode.ReplacementChar
}

// hex reads \x41 and \x{41}.
func (p *parser) hex(start int) *Node {
	switch {
	case p.is(flavor.InPCRE2) && p.take("{"):
		return p.pcre2Number(start, OpHex, 16)
	case p.is(flavor.InPerl) && p.at("{"):
		return p.perlNumber(start, OpHex, 16)
	case p.is(flavor.InJava):
		return p.javaHex(start)
	case p.is(flavor.InRuby):
		return p.rubyEscapedChar(start, OpHex)
	}
	if p.at("{") && p.has(flavor.EscapeHexBraces) {
		return p.char(start, OpHex, p.braced(start))
	}
	least := 2
	switch {
	case p.is(flavor.InPCRE2 | flavor.InPerl):
		least = 0
	case p.is(flavor.InRuby):
		least = 1
	}
	if r, ok := p.hexDigits(least, 2); ok {
		return p.char(start, OpHex, r)
	}
	if p.is(flavor.InJS) && !p.strict {
		return nil // an x
	}
	return p.shortHex(start)
}

func (p *parser) shortHex(start int) *Node {
	letter := p.s[start+1]
	if p.pos == start+2 && p.at("{") && letter != 'U' {
		return p.foreign(start, letter, flavor.EscapeHexBraces)
	}
	digits := map[byte]string{'x': "two", 'u': "four", 'U': "eight"}[letter]
	example := map[byte]string{'x': `\x41`, 'u': `\u0041`, 'U': `\U00000041`}[letter]
	if letter == 'x' && p.has(flavor.EscapeHexBraces) {
		example += ` and \x{1F600}`
	}
	p.fail("invalid-escape", start, "as in "+example, `\%c needs %s hexadecimal digits`, letter, digits)
	return p.char(start, OpHex, unicode.ReplacementChar)
}

// unicode reads \u0041, \u{41} and \U00000041.
func (p *parser) unicode(start int, c byte) *Node {
	if p.is(flavor.InRuby) {
		return p.rubyUnicodeChar(start)
	}
	if c == 'u' && p.at("{") && p.has(flavor.EscapeUnicodeBraces) && (p.strict || !p.is(flavor.InJS)) {
		return p.char(start, OpUnicode, p.braced(start))
	}
	digits := 4
	if c == 'U' {
		digits = 8
	}
	r, ok := p.hexDigits(digits, digits)
	if !ok {
		if p.is(flavor.InJS) && !p.strict {
			return nil // a u
		}
		return p.shortHex(start)
	}
	if p.strict || p.is(flavor.InJava) {
		if full, size := decodeUnicodeEscape(p.s[start:]); size == 12 {
			p.pos = start + size
			r = full
		}
	}
	if r > unicode.MaxRune || r < 0 {
		p.fail("invalid-escape", start, "", "there is no such character: 10FFFF is the last")
		r = unicode.ReplacementChar
	}
	return p.char(start, OpUnicode, r)
}

// octalBraces reads \o{101}.
func (p *parser) octalBraces(start int) *Node {
	switch {
	case p.is(flavor.InPCRE2) && p.take("{"):
		return p.pcre2Number(start, OpOctal, 8)
	case p.is(flavor.InPerl) && p.at("{"):
		return p.perlNumber(start, OpOctal, 8)
	}
	p.fail("invalid-escape", start, `as in \o{101}`, `\o needs octal digits in braces`)
	return p.char(start, OpOctal, unicode.ReplacementChar)
}

// controlKey reads \cA.
func (p *parser) controlKey(start int) *Node {
	switch {
	case p.is(flavor.InJS):
		return p.jsControlKey(start)
	case p.is(flavor.InRuby):
		return p.rubyEscapedChar(start, OpControl)
	}
	if !p.more() {
		return p.badControlKey(start)
	}
	c := p.s[p.pos]
	letter := isASCIILetter(rune(c))
	switch {
	case p.is(flavor.InPerl) && c == '{', p.is(flavor.InDotNet) && (c < '@' || c > '_' && !letter), c >= utf8.RuneSelf && !p.is(flavor.InJava), c < ' ' && !p.is(flavor.InJava), c == 0x7F && !p.is(flavor.InJava):
		return p.badControlKey(start)
	}
	r := p.rune()
	if letter && !p.is(flavor.InJava) {
		r = unicode.ToUpper(r)
	}
	return p.char(start, OpControl, r^0x40)
}

func (p *parser) badControlKey(start int) *Node {
	after := p.pos
	if p.more() && !p.at(")") && !p.at("]") {
		p.rune() // what is there instead is marked, and means what it does elsewhere
	}
	p.fail("invalid-escape", start, `as in \cA for control-A`, `\c needs a letter`)
	p.pos = after
	return p.char(start, OpControl, unicode.ReplacementChar)
}

// namedChar reads \N{BULLET}.
func (p *parser) namedChar(start int) *Node {
	if !p.at("{") {
		return nil
	}
	end := p.index("}")
	if p.is(flavor.InPython) && (end == len(p.s) || end < p.pos+2) {
		message := "missing closing }: the character's name starts here"
		if end < len(p.s) {
			message = `\N needs a name in the braces`
		}
		p.pos = min(p.pos+2, len(p.s))
		p.fail("invalid-escape", start, `as in \N{BULLET}`, "%s", message)
		return p.char(start, OpNamed, unicode.ReplacementChar)
	}
	if end == len(p.s) {
		return nil
	}
	name := p.s[p.pos+1 : end]
	p.pos = end + 1
	return p.named1(start, name)
}

// named1 is a character, or in Perl a sequence of them, by its name.
func (p *parser) named1(start int, name string) *Node {
	n := p.char(start, OpNamed, unicode.ReplacementChar)
	p.setText(n, name)
	runes, ok := p.tree.Flavor.CharByName(name)
	switch {
	case !ok:
		p.failWith(&Error{
			Code: "unknown-name", Message: p.tree.Flavor.Label + " knows no character of this name", Span: n.Span,
			Hint: `as in \N{BULLET}, or write the character by its number`,
		})
	case len(runes) == 1:
		n.Rune = runes[0]
	default:
		p.detail(n)
		n.Other = string(runes)
	}
	return n
}

// quote reads \Q: what follows is text up to \E.
func (p *parser) quote(start int) *Node {
	if p.is(flavor.InGo) && p.inClass {
		return nil
	}
	p.token(TokenQuote, start)
	mark := p.node(KindQuoteMark, start)
	from, end := p.pos, p.index(`\E`)
	p.quoted = end < len(p.s)
	if end == from {
		return mark
	}
	p.push(mark)
	p.pos = end
	n := p.leaf(KindLiteral, TokenLiteral, from)
	p.setText(n, p.s[from:p.pos])
	return n
}

// endQuote reads \E. Where no \Q is open, it means nothing in some flavors and
// is no escape in others.
func (p *parser) endQuote(start int) *Node {
	if !p.quoted && p.is(flavor.InGo|flavor.InDotNet|flavor.InJava) {
		return nil
	}
	p.quoted = false
	return p.leaf(KindQuoteMark, TokenQuote, start)
}
