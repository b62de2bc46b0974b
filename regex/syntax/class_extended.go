package syntax

import (
	"fmt"
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// extendedClass reads Perl's (?[ ... ]): classes with operators between them. & binds
// more than + | - ^, and ! more than that. White space and comments are ignored, and
// what Perl elsewhere only warns of is an error.
func (p *parser) extendedClass(start int) *Node {
	p.pos++
	open := p.openToken(TokenClassOpen, start, 0)
	n := p.node(KindClass, start)
	flags, strict, inClass, base := p.flags, p.strictClass, p.inClass, len(p.items)
	p.setFlags(p.flags.With('x'))
	p.strictClass, p.inClass = true, true
	p.depth++
	if expression := p.setExpression(start, 0); expression != nil {
		n.Sub = append(n.Sub, expression)
	}
	p.closeExtended(start, open)
	p.depth--
	p.strictClass, p.inClass = strict, inClass
	p.items = p.items[:base]
	p.setFlags(flags)
	n.Span.End = p.pos
	return n
}

// closeExtended reads the ]) of an extended class.
func (p *parser) closeExtended(start, open int) {
	p.setBlanks()
	if p.at("]") && !p.at("])") {
		p.pos++
		p.token(TokenError, p.pos-1)
		p.fail("missing-paren", p.pos-1, "", "behind this ] has to be the ) of (?[...])")
	} else if p.at("]") {
		p.pos += 2
		p.closeToken(TokenClassClose, p.pos-2, open)
		return
	}
	if len(p.tree.Errors) == 0 || !p.more() {
		p.failWith(&Error{Code: "missing-bracket", Message: "missing closing ]): the extended class starts here", Span: Span{start, start + 3}})
	}
	// What is left is no part of a class that could be read.
	from := p.pos
	p.pos = min(p.index("])")+2, len(p.s))
	p.token(TokenError, from)
}

// setBlanks skips white space and comments between operands.
func (p *parser) setBlanks() {
	for p.trivia() {
		p.items = p.items[:len(p.items)-1] // they belong to the class
	}
}

// setPrecedence is how much an operator of extended classes binds, and 0 for other
// bytes.
func setPrecedence(c byte) int {
	switch c {
	case '&':
		return 2
	case '+', '|', '-', '^':
		return 1
	}
	return 0
}

var setOps = map[byte]Op{'&': OpIntersection, '+': OpUnion, '|': OpUnion, '-': OpDifference, '^': OpSymmetric}

// setExpression reads operands and the operators that bind more than a limit. It
// returns nil when there is no operand, which is an error.
func (p *parser) setExpression(start, limit int) *Node {
	left := p.setOperand(start)
	for left != nil {
		p.setBlanks()
		c := p.peek(0)
		binds := setPrecedence(c)
		switch {
		case binds == 0:
			if strings.IndexByte(")]", c) < 0 {
				p.unexpectedInSet(c)
			}
			return left
		case binds <= limit:
			return left
		}
		p.pos++
		p.token(TokenClassOperator, p.pos-1)
		right := p.setExpression(start, binds)
		if right == nil {
			return left
		}
		if left.Kind == KindClassOp && left.Op == setOps[c] && p.s[left.Span.Start] != '(' {
			left.Sub = append(left.Sub, right)
		} else {
			n := p.node(KindClassOp, left.Span.Start)
			n.Op = setOps[c]
			n.Sub = []*Node{left, right}
			left = n
		}
		left.Span.End = right.Span.End
	}
	return left
}

// unexpectedInSet refuses what cannot follow an operand.
func (p *parser) unexpectedInSet(c byte) {
	at := p.pos
	switch {
	case !p.more():
		return // the end is missing, which is said elsewhere
	case c == '(' || c == '[' || c == '\\' || c == '!':
		p.failWith(&Error{
			Code: "invalid-class", Message: "there is no operator between these two", Span: Span{at, at + 1},
			Hint: "the operators are & + | - ^",
		})
	default:
		p.rune()
		p.failWith(&Error{
			Code: "invalid-class", Message: fmt.Sprintf("%s has no meaning in (?[...])", p.s[at:p.pos]), Span: Span{at, p.pos},
			Hint: `characters stand in brackets or are escapes`,
		})
		p.pos = at
	}
}

// setOperand reads an operand: a class, an escape, (...) or !operand.
func (p *parser) setOperand(start int) *Node {
	p.setBlanks()
	at := p.pos
	switch c := p.peek(0); {
	case !p.more():
		return nil
	case c == '!':
		p.pos++
		p.token(TokenClassOperator, at)
		operand := p.deeperSet(start, p.setOperand)
		if operand == nil {
			return nil
		}
		n := p.node(KindClass, at)
		n.Negated = true
		n.Sub = []*Node{operand}
		n.Span.End = operand.Span.End
		return n
	case c == '(' && p.peek(1) == '?' && strings.IndexByte("^msixnp", p.peek(2)) >= 0:
		return p.interpolatedSet(at)
	case c == '(':
		return p.setInParentheses(start)
	case c == '[':
		if n := p.setPosix(); n != nil {
			return n
		}
		return p.class()
	case c == '\\':
		n := p.escapeIn(true)
		p.checkStrict(at, n)
		return n
	case setPrecedence(c) > 0:
		p.failWith(&Error{Code: "invalid-class", Message: fmt.Sprintf("the operator %c has nothing in front of it", c), Span: Span{at, at + 1}})
	case c == ']' || c == ')':
		p.failWith(&Error{Code: "invalid-class", Message: "an operand is missing here", Span: Span{at, at}, Hint: "as in (?[ [a-z] - [aeiou] ])"})
	default:
		p.unexpectedInSet(c)
	}
	return nil
}

// deeperSet reads an operand one level deeper.
func (p *parser) deeperSet(start int, read func(int) *Node) *Node {
	if p.depth >= p.g.MaxDepth {
		p.tooDeep(p.pos)
		return nil
	}
	p.depth++
	n := read(start)
	p.depth--
	return n
}

// setInParentheses reads ( ... ).
func (p *parser) setInParentheses(start int) *Node {
	at := p.pos
	p.pos++
	open := p.openToken(TokenClassOpen, at, 0)
	inner := p.deeperSet(start, func(start int) *Node { return p.setExpression(start, 0) })
	if inner == nil {
		return nil
	}
	p.setBlanks()
	if !p.at(")") {
		if p.more() && len(p.tree.Errors) == 0 {
			p.failWith(&Error{Code: "missing-paren", Message: "missing closing ): it opened here", Span: Span{at, at + 1}})
		}
		return nil
	}
	p.closeClass(open)
	n := p.node(KindClassSet, at)
	n.Sub = []*Node{inner}
	return n
}

// interpolatedSet reads (?^:(?[ ... ])), which is what a compiled extended class is in
// another one.
func (p *parser) interpolatedSet(at int) *Node {
	n := p.deeperSet(at, func(int) *Node { return p.group() })
	if n == nil {
		return nil
	}
	if n.Kind == KindGroup && n.Op == OpFlagsGroup && n.Body().Kind == KindClass && strings.HasPrefix(p.s[n.Body().Span.Start:], "(?[") {
		set := p.node(KindClassSet, at)
		set.Sub = []*Node{n.Body()}
		return set
	}
	if len(p.tree.Errors) == 0 {
		p.failWith(&Error{Code: "invalid-class", Message: "only an extended class can be here", Span: n.Span, Hint: "as in (?^:(?[ [a-z] ]))"})
	}
	return nil
}

// setPosix reads [:alpha:] as an operand, or returns nil.
func (p *parser) setPosix() *Node {
	end := p.posixEnd()
	if end < 0 || p.s[p.pos+1] != ':' {
		return nil
	}
	if posixNames[strings.TrimPrefix(p.s[p.pos+2:end], "^")]&flavor.InPerl == 0 {
		return nil
	}
	return p.perlPosix()
}

// checkStrict refuses escapes in an extended class of which Perl warns elsewhere.
func (p *parser) checkStrict(start int, n *Node) {
	if !p.strictClass || n.Kind != KindLiteral {
		return
	}
	text := p.s[start:p.pos]
	switch {
	case n.Op == OpOctal && !strings.HasPrefix(text, `\o`) && (len(text) != 4 || p.more() && p.s[p.pos] >= '0' && p.s[p.pos] <= '7'):
		p.fail("invalid-escape", start, `as in \012, or \o{12}`, "an octal number has exactly three digits in (?[...])")
	case n.Op == OpHex && !strings.HasPrefix(text, `\x{`) && (len(text) != 4 || p.more() && digitValue(p.s[p.pos]) < 16):
		p.fail("invalid-escape", start, `as in \x{41}`, "a hexadecimal number has exactly two digits in (?[...])")
	case n.Len() > 1:
		p.fail("invalid-escape", start, "", "this is more than one character, which cannot be in (?[...])")
	case n.Op == OpIdentity && len(text) == 2 && text[1] != '_' && isASCIIWord(text[1]):
		p.fail("invalid-escape", start, "", "%s has no meaning in a class", text)
	}
}
