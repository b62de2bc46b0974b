package syntax

import (
	"unicode"
	"unicode/utf8"
)

// Ruby resolves the escapes of characters in the whole pattern, in comments and
// names too, before its engine reads it: re.c, unescape_nonascii. Escapes of bytes
// have to make UTF-8 together.

// checkRubyEscapes refuses the first escape that Ruby cannot resolve.
func (p *parser) checkRubyEscapes() {
	for i := 0; i < len(p.s); {
		if p.s[i] != '\\' {
			i++
			continue
		}
		start := i
		end, message := p.rubyEscape(i)
		if message != "" {
			p.failWith(&Error{Code: "invalid-escape", Message: message, Span: Span{start, min(max(end, start+2), len(p.s))}})
			return
		}
		i = end
	}
}

// rubyEscape goes behind the escape at an offset, and says what is wrong with it.
func (p *parser) rubyEscape(start int) (end int, message string) {
	i := start + 1
	if i == len(p.s) {
		return i, "the pattern ends with a single backslash"
	}
	switch c := p.s[i]; {
	case c >= utf8.RuneSelf:
		_, size := utf8.DecodeRuneInString(p.s[i:])
		return i + size, ""
	case c == 'u':
		_, end, message := p.rubyUnicode(start, nil)
		return end, message
	case c == 'x', c == 'c', c == 'C', c == 'M', c == '0', c >= '1' && c <= '7' && octalValue(p.s[i:]) > 0o177:
		_, end, message := p.rubyChar(start)
		return end, message
	}
	return i + 1, ""
}

// octalValue is the value of up to three octal digits.
func octalValue(s string) int {
	n := 0
	for i := 0; i < len(s) && i < 3 && s[i] >= '0' && s[i] <= '7'; i++ {
		n = 8*n + int(s[i]-'0')
	}
	return n
}

// rubyUnicode reads \u0041 or the numbers of \u{41 42}, which it adds to runes with
// where they end, and returns the first number.
func (p *parser) rubyUnicode(start int, add func(r rune, end int)) (first rune, end int, message string) {
	i := start + 2
	if i == len(p.s) || p.s[i] != '{' {
		n, digits := hexValue(p.s[i:], 4)
		switch {
		case digits < 4:
			return 0, i + digits, `\u needs four hexadecimal digits, or braces`
		case n >= 0xD800 && n <= 0xDFFF:
			return n, i + 4, "this is a surrogate, which is no character in UTF-8"
		}
		return n, i + 4, ""
	}
	i = skipSpaces(p.s, i+1)
	first = -1
	for {
		n, digits := hexValue(p.s[i:], 8)
		if digits == 0 {
			break
		}
		if digits > 6 || n > unicode.MaxRune || n >= 0xD800 && n <= 0xDFFF {
			return 0, i + digits, "there is no such character: 10FFFF is the last, and surrogates are none"
		}
		i = skipSpaces(p.s, i+digits)
		if first < 0 {
			first = n
		}
		if add != nil {
			add(n, i)
		}
	}
	if first < 0 || i == len(p.s) || p.s[i] != '}' {
		return 0, i, `\u{...} needs hexadecimal numbers`
	}
	return first, i + 1, ""
}

// hexValue is the value of hexadecimal digits up to a number of them, and how many
// there are.
func hexValue(s string, most int) (rune, int) {
	n, i := rune(0), 0
	for i < len(s) && i < most && digitValue(s[i]) < 16 {
		n = n<<4 | rune(digitValue(s[i]))
		i++
	}
	return n, i
}

func skipSpaces(s string, i int) int {
	for i < len(s) && (s[i] == ' ' || s[i] >= '\t' && s[i] <= '\r') {
		i++
	}
	return i
}

// rubyChar reads a character that is written as the escapes of its bytes.
func (p *parser) rubyChar(start int) (r rune, end int, message string) {
	var bytes [utf8.UTFMax]byte
	n := 0
	for end = start; ; {
		if end == len(p.s) || p.s[end] != '\\' {
			return 0, end, "these bytes are not all of a character: the next one has to be an escape too"
		}
		b, next, message := p.rubyByte(end)
		if message != "" {
			return 0, next, message
		}
		bytes[n], end = b, next
		n++
		if r, size := utf8.DecodeRune(bytes[:n]); r != utf8.RuneError || size > 1 {
			return r, end, ""
		}
		if utf8.FullRune(bytes[:n]) {
			return 0, end, "these bytes are no character in UTF-8"
		}
	}
}

var rubyLetters = map[byte]byte{'\\': '\\', 'n': '\n', 't': '\t', 'r': '\r', 'f': '\f', 'v': '\v', 'a': 7, 'e': 0x1B}

// rubyByte reads the escape of one byte: \x41, \101, \cA, \C-a, \M-a, \M-\C-a, \n.
func (p *parser) rubyByte(start int) (b byte, end int, message string) {
	control, meta := false, false
	code := 0
	i := start + 1
again:
	if i == len(p.s) {
		return 0, i, "the pattern ends with an escape that is not complete"
	}
	switch c := p.s[i]; {
	case rubyLetters[c] != 0:
		code = int(rubyLetters[c])
		i++
	case c >= '0' && c <= '7':
		code = octalValue(p.s[i:])
		for n := 0; n < 3 && i < len(p.s) && p.s[i] >= '0' && p.s[i] <= '7'; n++ {
			i++
		}
		if code > 0xFF {
			return 0, i, "the octal number is too large for a byte: 377 is the last"
		}
	case c == 'x':
		n, digits := hexValue(p.s[i+1:], 2)
		if digits == 0 {
			return 0, i + 1, `\x needs hexadecimal digits, as in \x41`
		}
		code = int(n)
		i += 1 + digits
	case c == 'M' || c == 'C' || c == 'c':
		if c == 'M' && meta || c != 'M' && control {
			return 0, i + 1, `there is a second \c, \C- or \M-`
		}
		meta, control = meta || c == 'M', control || c != 'M'
		i++
		if c != 'c' {
			if i == len(p.s) || p.s[i] != '-' {
				return 0, i, `\C and \M need a - behind them, as in \C-a and \M-a`
			}
			i++
		}
		if i == len(p.s) || p.s[i] >= utf8.RuneSelf {
			return 0, i, `behind \c, \C- and \M- has to be an ASCII character`
		}
		if p.s[i] == '\\' {
			i++
			goto again
		}
		code = int(p.s[i])
		i++
	default:
		return 0, i + 1, "this escape cannot stand here"
	}
	if control {
		code &= 0x1F
	}
	if meta {
		code |= 0x80
	}
	return byte(code), i, ""
}

// rubyEscapedChar makes a node of a character that is written by its bytes. What is
// wrong with it has been said.
func (p *parser) rubyEscapedChar(start int, op Op) *Node {
	r, end, message := p.rubyChar(start)
	p.pos = min(max(end, start+2), len(p.s))
	if message != "" {
		r = unicode.ReplacementChar
	}
	return p.char(start, op, r)
}

// rubyUnicodeChar makes nodes of \u0041 or of the characters of \u{41 42}, of which
// it returns the last.
func (p *parser) rubyUnicodeChar(start int) *Node {
	var runes []rune
	var ends []int
	first, end, message := p.rubyUnicode(start, func(r rune, end int) {
		runes, ends = append(runes, r), append(ends, end)
	})
	p.pos = min(max(end, start+2), len(p.s))
	if message != "" || len(runes) < 2 {
		if message != "" {
			first = unicode.ReplacementChar
		}
		return p.char(start, OpUnicode, first)
	}
	from := start
	for i, r := range runes[:len(runes)-1] {
		p.pos = ends[i]
		p.push(p.char(from, OpUnicode, r))
		from = ends[i]
	}
	p.pos = end
	return p.char(from, OpUnicode, runes[len(runes)-1])
}
