package syntax

import (
	"strings"
	"unicode"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// digitValue is the value of a hexadecimal digit, and 16 for other bytes.
func digitValue(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return 16
}

// pcre2Number reads the rest of \x{41}, \o{101} or \N{U+41}, from the first digit
// on.
func (p *parser) pcre2Number(start int, op Op, base int) *Node {
	from, n, tooLarge := p.pos, 0, false
	most := 0xFF
	if p.utf {
		most = unicode.MaxRune
	}
	for p.more() && digitValue(p.s[p.pos]) < base {
		n = n*base + digitValue(p.s[p.pos])
		if n > most {
			tooLarge, n = true, most
		}
		p.pos++
	}
	digits := p.pos > from
	closed := p.take("}")
	kind, example := "hexadecimal", `as in \x{41}`
	if base == 8 {
		kind, example = "octal", `as in \o{101}`
	}
	switch {
	case !digits && (closed || !p.more()):
		p.fail("invalid-escape", start, example, "there are no digits between the braces")
	case !closed && !p.more():
		p.fail("invalid-escape", start, example, "missing closing }")
	case !closed:
		p.rune()
		p.fail("invalid-escape", start, "", "between these braces are %s digits only", kind)
	case tooLarge && !p.utf:
		p.fail("invalid-escape", start, "set the flag u for characters above FF", "without u, characters are bytes: FF is the last")
	case tooLarge:
		p.noSuchRune(start)
	case p.utf && n >= 0xD800 && n <= 0xDFFF:
		p.fail("invalid-escape", start, "", "this is a surrogate, which is no character in UTF-8")
	}
	return p.char(start, op, rune(n))
}

func (p *parser) noSuchRune(start int) {
	p.fail("invalid-escape", start, "", "there is no such character: 10FFFF is the last")
}

// pcre2N reads \N and \N{U+41}. Behind a backslash N, braces are a repeat's or
// those of a number.
func (p *parser) pcre2N(start int) *Node {
	if p.at("{U+") && !p.utf {
		p.pos = min(p.index("}")+1, len(p.s))
		p.fail("invalid-escape", start, `set the flag u`, `\N{U+...} needs UTF mode`)
		return p.char(start, OpUnicode, unicode.ReplacementChar)
	}
	if p.take("{U+") {
		return p.pcre2Number(start, OpUnicode, 16)
	}
	if p.at("{") && !p.isCounted() {
		p.take("{")
		p.fail("invalid-escape", start, `as in \N{U+2022}`, `PCRE2 has no names of characters`)
		return p.char(start, OpNamed, unicode.ReplacementChar)
	}
	n := p.classLetter(start, 'N')
	if p.inClass {
		p.fail("invalid-escape", start, `write [^\n] instead`, `\N has no meaning in a class`)
	}
	return n
}

// isCounted reports whether a { here starts a repeat.
func (p *parser) isCounted() bool {
	start := p.pos
	_, ok := p.braces()
	p.pos = start
	return ok
}

// perlNumber reads the rest of \x{41} or \o{101} in Perl, from the brace on:
// blanks and underscores are allowed, and what follows the digits is ignored.
func (p *parser) perlNumber(start int, op Op, base int) *Node {
	p.pos++
	end := p.index("}")
	text := strings.Trim(p.s[p.pos:end], " \t")
	if end == len(p.s) {
		for p.more() && (p.s[p.pos] == ' ' || p.s[p.pos] == '\t' || digitValue(p.s[p.pos]) < base) {
			p.pos++
		}
		p.fail("invalid-escape", start, "", "missing closing }")
		return p.char(start, op, unicode.ReplacementChar)
	}
	p.pos = end + 1
	n, used, tooLarge := perlDigits(text, base)
	switch {
	case text == "" && (base == 8 || p.strictClass):
		p.fail("invalid-escape", start, `as in \o{101}`, "there are no digits between the braces")
	case tooLarge:
		p.fail("invalid-escape", start, "", "the number is too large for a character")
	case used < len(text) && p.strictClass:
		p.fail("invalid-escape", start, "", "there is more than digits between the braces")
	}
	return p.char(start, op, n)
}

// perlDigits returns the number that a text begins with, and how long it is.
// Numbers of 64 bits are too large, and those above 31 bits are cut off: Perl has
// characters up to 7FFFFFFFFFFFFFFF.
func perlDigits(text string, base int) (n rune, used int, tooLarge bool) {
	var value uint64
	for used < len(text) {
		c := text[used]
		if c == '_' && used+1 < len(text) && digitValue(text[used+1]) < base {
			used++
			continue
		}
		if digitValue(c) >= base {
			break
		}
		if value > (1<<63-1)/uint64(base) {
			tooLarge = true
		} else {
			value = value*uint64(base) + uint64(digitValue(c))
			tooLarge = tooLarge || value > 1<<63-1
		}
		used++
	}
	if tooLarge {
		value = unicode.ReplacementChar
	}
	return rune(min(value, 1<<31-1)), used, tooLarge
}

// perlN reads \N, \N{U+41}, \N{U+41.42} and \N{NAME} in Perl.
func (p *parser) perlN(start int) *Node {
	if !p.at("{") || p.isCounted() {
		n := p.classLetter(start, 'N')
		p.apartBraces(start)
		if p.inClass {
			p.fail("invalid-escape", start, `write [^\n] instead`, `\N has no meaning in a class, other than \N{...}`)
		}
		return n
	}
	end := p.index("}")
	if end == len(p.s) {
		p.pos++
		p.fail("invalid-escape", start, "", `missing closing }: \N{ starts here`)
		return p.char(start, OpNamed, unicode.ReplacementChar)
	}
	text := strings.Trim(p.s[p.pos+1:end], " \t")
	p.pos = end + 1
	digits, numbered := strings.CutPrefix(text, "U+")
	if !numbered {
		return p.named1(start, text)
	}
	n := p.char(start, OpUnicode, unicode.ReplacementChar)
	var runes []rune
	for part := range strings.SplitSeq(digits, ".") {
		value, used, tooLarge := perlDigits(part, 16)
		if used == 0 || used < len(part) || tooLarge {
			p.fail("invalid-escape", start, `as in \N{U+2022}`, `\N{U+...} needs a hexadecimal number`)
			break
		}
		runes = append(runes, value)
	}
	if len(runes) == 1 {
		n.Rune = runes[0]
	} else if len(runes) > 1 {
		p.detail(n)
		n.Op, n.Other = OpNamed, string(runes)
		p.setText(n, text)
	}
	return n
}

// apartBraces refuses \N with a name in braces that trivia keep apart from it.
func (p *parser) apartBraces(start int) {
	at, tokens, errors, items := p.pos, p.tokens.len(), len(p.tree.Errors), len(p.items)
	for p.trivia() {
	}
	bad := p.pos > at && p.at("{") && !p.isCounted()
	p.tokens.cut(tokens)
	p.pos, p.tree.Errors, p.items = at, p.tree.Errors[:errors], p.items[:items]
	if bad {
		p.fail("invalid-escape", start, `as in \N{U+2022}`, `the braces of \N{...} have to follow it`)
	}
}

// javaHex reads \x41 and \x{41} in Java, from behind the x on.
func (p *parser) javaHex(start int) *Node {
	p.javaBlanks()
	braces := p.take("{")
	n, digits := 0, 0
	for p.javaBlanks(); p.more() && digitValue(p.s[p.pos]) < 16 && (braces || digits < 2); digits++ {
		n = min(n*16+digitValue(p.s[p.pos]), unicode.MaxRune+1)
		p.pos++
		if braces || digits == 0 {
			p.javaBlanks()
		}
	}
	if !braces && digits < 2 || digits == 0 || braces && !p.take("}") {
		return p.shortHex(start)
	}
	if n > unicode.MaxRune {
		p.noSuchRune(start)
		n = unicode.ReplacementChar
	}
	return p.char(start, OpHex, rune(n))
}

// pcre2Octal refuses an octal number that is no byte where characters are bytes.
func (p *parser) pcre2Octal(start int, n int) {
	if p.is(flavor.InPCRE2) && n > 0xFF && !p.utf {
		p.fail("invalid-escape", start, "set the flag u for characters above 377", "without u, characters are bytes: 377 is the last")
	}
}
