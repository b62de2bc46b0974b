package syntax

import (
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// A bracketClass is a class of PCRE2 or Perl that is being read: the two read
// ranges in one way, but PCRE2 refuses what Perl only warns of.
type bracketClass struct {
	low  *Node // what may be the start of a range: the last item
	dash int   // where the hyphen behind low is, or -1
	// token is that of the hyphen.
	token   int
	negated bool
}

// perlClass reads a class of PCRE2 or Perl from behind its [ and what may stand in
// front of its first item on.
func (p *parser) perlClass(open int, negated bool) {
	class := bracketClass{dash: -1, negated: negated}
	first := true
	for {
		if !p.more() {
			p.unclosedClass(open)
			break
		}
		if p.s[p.pos] == ']' && !first && !p.quoted {
			p.closeClass(open)
			break
		}
		if p.classTrivia() {
			continue
		}
		first = false
		p.perlClassItem(&class)
	}
	p.perlHyphen(&class)
}

// perlNegation reads what may stand before the first item: trivia and a ^, in any
// order.
func (p *parser) perlNegation(n *Node) {
	if c := p.peek(0); c != '\\' && c != '^' && !p.classSpaces() {
		return
	}
	for p.emptyQuote() || p.classSpaces() && p.classTrivia() {
	}
	if !n.Negated && p.at("^") {
		p.pos++
		p.token(TokenClassOperator, p.pos-1)
		n.Negated = true
	}
	for p.emptyQuote() || p.classSpaces() && p.classTrivia() {
	}
}

// emptyQuote reads \Q\E or \E where PCRE2 skips it.
func (p *parser) emptyQuote() bool {
	if !p.is(flavor.InPCRE2) || !p.at(`\E`) && !p.at(`\Q\E`) {
		return false
	}
	start := p.pos
	if p.take(`\Q`) {
		p.push(p.leaf(KindQuoteMark, TokenQuote, start))
		start = p.pos
	}
	p.take(`\E`)
	p.push(p.leaf(KindQuoteMark, TokenQuote, start))
	return true
}

// outerPosix is [:alpha:] where no class is around it, which PCRE2 refuses.
func (p *parser) outerPosix(end int) *Node {
	start := p.pos
	mark := p.s[start+1]
	p.pos = end + 2
	if mark == ':' {
		text := "[" + p.s[start:p.pos] + "]"
		p.failWith(&Error{
			Code: "unknown-class", Message: "POSIX classes are supported only within a class", Span: Span{start, p.pos},
			Hint: "write " + text, Fix: &Fix{Span{start, p.pos}, text},
		})
	} else {
		p.fail("unsupported-class", start, "", "PCRE2 has no [%c %c] in classes", mark, mark)
	}
	return p.leaf(KindError, TokenError, start)
}

// unclosedClass is a class without its ].
func (p *parser) unclosedClass(open int) {
	opener := p.openerAt(open)
	p.failWith(&Error{
		Code: "missing-bracket", Message: "missing closing ]: the class starts here", Span: Span{opener.Start, opener.Start + 1},
		Fix:  &Fix{Span{len(p.s), len(p.s)}, "]"},
		Hint: `write \[ for the character itself`,
	})
}

// closeClass reads the ] of a class whose opener is that one of the brackets.
func (p *parser) closeClass(open int) {
	p.pos++
	p.closeToken(TokenClassClose, p.pos-1, open)
}

// classTrivia reads blanks that are ignored and the marks of quotations.
func (p *parser) classTrivia() bool {
	c := p.peek(0)
	return (c == '\\' || c == ' ' || c == '\t') && p.blanksOrQuote()
}

func (p *parser) blanksOrQuote() bool {
	start := p.pos
	switch {
	case !p.quoted && p.classSpaces() && (p.at(" ") || p.at("\t")):
		for p.at(" ") || p.at("\t") {
			p.pos++
		}
		p.push(p.leaf(KindSpace, TokenSpace, start))
	case p.has(flavor.Quote) && p.at(`\E`) && (p.quoted || !p.is(flavor.InJava)), p.has(flavor.Quote) && !p.quoted && p.at(`\Q`):
		p.quoted = p.s[p.pos+1] == 'Q'
		p.pos += 2
		p.push(p.leaf(KindQuoteMark, TokenQuote, start))
	default:
		return false
	}
	return true
}

// perlClassItem reads an item that is no trivia.
func (p *parser) perlClassItem(class *bracketClass) {
	start := p.pos
	if p.s[start] == '-' && class.low != nil && class.dash < 0 && !p.quoted {
		p.pos++
		p.token(TokenClassOperator, start)
		class.dash, class.token = start, p.tokens.len()-1
		return
	}
	var n *Node
	switch {
	case p.quoted:
	case p.s[start] == '\\':
		n = p.escapeIn(true)
		p.checkStrict(start, n)
		if n.Op == OpNamed && n.Other != "" && !strings.HasPrefix(n.Text, "U+") && !class.negated && class.dash < 0 && !p.strictClass {
			p.fail("invalid-escape", start, `write it outside of the class, or by numbers as in \N{U+23.FE0F}`, "Perl does not find a sequence by its name in a class")
		}
	case p.s[start] == '[':
		n = p.perlPosix()
	}
	if n == nil {
		p.rune()
		n = p.verbatim(start)
	}
	if !isRangeEnd(n) {
		p.perlClassSet(class, n)
		return
	}
	if class.dash < 0 {
		p.push(n)
		class.low = n
		return
	}
	p.perlRange(class, n)
}

// perlRange makes a range of the class's last character and another one.
func (p *parser) perlRange(class *bracketClass, high *Node) {
	low := class.low
	for p.items[len(p.items)-1] != low { // trivia
		p.items = p.items[:len(p.items)-1]
	}
	r := p.node(KindRange, low.Span.Start)
	r.Sub = p.pair(low, high)
	p.items[len(p.items)-1] = r
	if charOf(low) > charOf(high) {
		p.reversedRange(low, high)
	}
	class.low, class.dash = nil, -1
}

// perlClassSet adds an item that is a set of characters. It can be no end of a
// range: PCRE2 refuses that, Perl takes the hyphen for itself.
func (p *parser) perlClassSet(class *bracketClass, n *Node) {
	if n.Kind == KindError {
		p.perlHyphen(class)
		p.push(n)
		class.low, class.dash = nil, -1
		return
	}
	if class.dash >= 0 && (p.is(flavor.InPCRE2) || p.strictClass) {
		p.notInRange(Span{class.low.Span.Start, n.Span.End}, class.dash)
	}
	p.perlHyphen(class)
	p.push(n)
	class.low, class.dash = nil, -1
	switch {
	case !p.at("-") || p.quoted:
	case p.is(flavor.InPCRE2):
		if p.pos+1 < len(p.s) && p.s[p.pos+1] != ']' {
			p.notInRange(Span{n.Span.Start, p.pos + 1}, p.pos)
		}
	default:
		dash := p.pos
		p.pos++
		if p.strictClass && p.more() && !p.at("]") {
			p.notInRange(Span{n.Span.Start, p.pos}, dash)
		}
		p.push(p.hyphen(dash))
		p.token(TokenLiteral, dash)
	}
}

// notInRange is a set of characters beside the hyphen of a range.
func (p *parser) notInRange(span Span, dash int) {
	p.failWith(&Error{
		Code: "invalid-range", Message: "a set of characters cannot be the start or end of a range", Span: span,
		Hint: `write \- for a hyphen`, Fix: &Fix{Span{dash, dash}, `\`},
	})
}

// perlHyphen makes the hyphen that was to be a range's a character.
func (p *parser) perlHyphen(class *bracketClass) {
	if class.dash < 0 {
		return
	}
	p.tokens.kinds[class.token] = TokenLiteral
	n := p.hyphen(class.dash)
	// It stands behind its low end, and trivia may have come since.
	i := len(p.items)
	for i > 0 && p.items[i-1].Span.Start > class.dash {
		i--
	}
	p.items = append(p.items, nil)
	copy(p.items[i+1:], p.items[i:])
	p.items[i] = n
	class.dash = -1
}

func (p *parser) hyphen(at int) *Node {
	n := p.node(KindLiteral, at)
	n.Span.End = at + 1
	p.setText(n, "-")
	return n
}

// isRangeEnd reports whether a node is one character, which may be an end of a
// range.
func isRangeEnd(n *Node) bool {
	return n.Kind == KindLiteral && (n.Op == OpVerbatim && len(n.Text) == 1 || n.Len() == 1)
}

// perlPosix reads [:alpha:], or returns nil.
func (p *parser) perlPosix() *Node {
	start := p.pos
	end := p.posixEnd()
	if end < 0 {
		return nil
	}
	mark := p.s[start+1]
	name := p.s[start+2 : end]
	p.pos = end + 2
	if mark != ':' {
		p.fail("unsupported-class", start, "", "%s has no [%c %c] in classes", p.tree.Flavor.Label, mark, mark)
		return p.leaf(KindError, TokenError, start)
	}
	n := p.leaf(KindPosix, TokenClassEscape, start)
	name, n.Negated = strings.CutPrefix(name, "^")
	p.setText(n, name)
	if posixNames[n.Text]&p.tree.Flavor.Set == 0 {
		p.unknownPosix(n)
	}
	return n
}

// unknownPosix refuses the name of a POSIX class.
func (p *parser) unknownPosix(n *Node) {
	e := &Error{Code: "unknown-class", Message: "there is no class [:" + n.Text + ":]", Span: n.Span, Hint: posixHint}
	if posixNames[strings.ToLower(n.Text)] != 0 {
		mark := ""
		if n.Negated {
			mark = "^"
		}
		text := "[:" + mark + strings.ToLower(n.Text) + ":]"
		e.Hint, e.Fix = "write "+text, &Fix{n.Span, text}
	}
	p.failWith(e)
}

// posixEnd returns where the :] of [:name:] is that starts here, or that of the
// like with . or =, and -1 when it has none.
func (p *parser) posixEnd() int {
	mark := p.peek(1)
	if mark != ':' && mark != '.' && mark != '=' {
		return -1
	}
	from := p.pos + 2
	if p.is(flavor.InPerl) {
		return p.perlPosixEnd(from, mark)
	}
	// In PCRE2, the name has no unescaped ], and none like it in it.
	for i := from; i+1 < len(p.s); i++ {
		switch c := p.s[i]; {
		case c == '\\' && (p.s[i+1] == ']' || p.s[i+1] == '\\'):
			i++
		case c == '[' && p.s[i+1] == mark, c == ']':
			return -1
		case c == mark && p.s[i+1] == ']':
			return i
		}
	}
	return -1
}

// perlPosixEnd is posixEnd in Perl, which takes for a class what comes near one: a
// name of 3 to 14 characters, of which two may be punctuation. Between = and .
// are a character or word characters.
func (p *parser) perlPosixEnd(from int, mark byte) int {
	i := from
	if mark != ':' {
		if i+1 < len(p.s) && p.s[i+1] == mark {
			i++
		} else {
			for i < len(p.s) && (isASCIIWord(p.s[i]) || p.s[i] == '-') {
				i++
			}
		}
		if i+1 < len(p.s) && p.s[i] == mark && p.s[i+1] == ']' && i > from {
			return i
		}
		return -1
	}
	if i < len(p.s) && p.s[i] == '^' {
		i++
	}
	if i < len(p.s) && p.s[i] == ']' {
		return -1
	}
	length, punctuation, brackets := 0, 0, 0
	for ; i+1 < len(p.s) && length < 15; i++ {
		c := p.s[i]
		switch {
		case c == ' ' || c == '\t' || c >= 'A' && c <= 'Z':
			return -1
		case c != ']' && p.s[i+1] == ']' && isASCIIPunct(c):
			if c == ':' && length >= 3 {
				return i
			}
			return -1
		case isASCIIPunct(c):
			if strings.IndexByte("[]:;", c) >= 0 {
				brackets++
			}
			if punctuation++; punctuation > 2 || brackets > 1 {
				return -1
			}
		}
		if c < 0x80 || c >= 0xC0 {
			length++
		}
	}
	return -1
}

func isASCIIWord(c byte) bool {
	return c == '_' || isASCIILetter(rune(c)) || isASCIIDigit(rune(c))
}

func isASCIIPunct(c byte) bool {
	return c > ' ' && c < 0x7F && !isASCIILetter(rune(c)) && !isASCIIDigit(rune(c))
}
