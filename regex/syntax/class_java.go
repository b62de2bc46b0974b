package syntax

import (
	"slices"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// javaBlanks skips what free spacing ignores within Java's constructs: white space
// and comments may stand between nearly any two of their characters. It adds no
// nodes.
func (p *parser) javaBlanks() {
	if !p.is(flavor.InJava) || !p.extended() {
		return
	}
	for p.more() && (p.s[p.pos] == '#' || p.spaceHere() > 0) {
		if p.s[p.pos] != '#' {
			p.pos++
			continue
		}
		for p.more() {
			if size := p.lineEnd(); size > 0 {
				p.pos += size
				break
			}
			p.pos++
		}
	}
}

// javaTrivia reads what free spacing ignores in a class, as nodes.
func (p *parser) javaTrivia() {
	if !p.extended() {
		return
	}
	for !p.quoted && (p.at("#") || p.spaceHere() > 0) && p.trivia() {
	}
}

// javaClass reads the items of a class of Java to its ], which it takes when whole
// is set. Otherwise they are the right side of an && that needs no brackets.
func (p *parser) javaClass(open int, whole bool) {
	base := len(p.items)
	for {
		p.javaTrivia()
		if !p.more() {
			if whole {
				p.unclosedClass(open)
			}
			return
		}
		switch c := p.s[p.pos]; {
		case p.classTrivia():
		case p.quoted:
			p.javaRange()
		case c == '[' && p.depth >= p.g.MaxDepth:
			p.push(p.class()) // says that it is too deep
			return
		case c == '[':
			p.push(p.class())
		case c == ']' && hasItems(p.items[base:]):
			if whole {
				p.closeClass(open)
			}
			return
		case c == '&' && p.javaAnd():
			p.javaIntersection(base, open)
		default:
			p.javaRange()
		}
	}
}

// hasItems reports whether one of the items is no trivia.
func hasItems(items []*Node) bool {
	return slices.ContainsFunc(items, func(n *Node) bool { return !n.Kind.IsTrivia() })
}

// javaAnd reads &&.
func (p *parser) javaAnd() bool {
	start := p.pos
	if !p.take("&") {
		return false
	}
	p.javaBlanks()
	if !p.take("&") {
		p.pos = start
		return false
	}
	p.token(TokenClassOperator, start)
	return true
}

// javaIntersection reads what is on the right of an && and makes it and the items
// from base on one item.
func (p *parser) javaIntersection(base, open int) {
	at := p.pos
	p.depth++
	right := len(p.items)
	for {
		p.javaTrivia()
		if !p.more() || p.at("]") || p.at("&") {
			break
		}
		if p.at("[") {
			p.push(p.class())
			continue
		}
		if p.depth >= p.g.MaxDepth {
			p.tooDeep(p.pos)
			break
		}
		p.javaClass(open, false)
	}
	p.depth--
	hasLeft, hasRight := hasItems(p.items[base:right]), hasItems(p.items[right:])
	if !hasLeft && !hasRight {
		p.fail("invalid-class", at-2, `write \&\& for the characters themselves`, "there is nothing for && to intersect")
	}
	if !hasRight || !hasLeft {
		return // the one side is the class
	}
	operand := p.operand(right)
	n := p.node(KindClassOp, 0)
	n.Op = OpIntersection
	n.Sub = []*Node{p.operand(base), operand}
	n.Span = Span{n.Sub[0].Span.Start, operand.Span.End}
	p.push(n)
}

// tooDeep refuses a construct and leaves out the rest of the pattern.
func (p *parser) tooDeep(start int) {
	p.pos, p.cut = len(p.s), true
	p.failWith(&Error{Code: "too-deep", Message: p.depthMessage(), Span: Span{start, min(start+1, len(p.s))}})
	p.token(TokenError, start)
}

// javaRange reads a character, an escape, or a range.
func (p *parser) javaRange() {
	low := p.javaClassAtom(false)
	p.push(low)
	if !isRangeEnd(low) || p.quoted {
		return
	}
	at := len(p.items)
	for p.classTrivia() && !p.quoted { // \E
	}
	p.javaTrivia()
	if !p.at("-") || p.quoted || p.pos+1 >= len(p.s) || p.s[p.pos+1] == '[' || p.s[p.pos+1] == ']' {
		return
	}
	p.pos++
	p.token(TokenClassOperator, p.pos-1)
	p.javaTrivia()
	for p.classTrivia() { // \Q
	}
	if !p.more() {
		return // the class has no end, which is said elsewhere
	}
	high := p.javaClassAtom(true)
	p.items = p.items[:at] // trivia within a range
	n := p.node(KindRange, low.Span.Start)
	n.Sub = p.pair(low, high)
	p.items[at-1] = n
	switch {
	case high.Kind == KindError:
	case !isRangeEnd(high):
		p.notInRange(n.Span, high.Span.Start-1)
	case charOf(low) > charOf(high):
		p.reversedRange(low, high)
	}
}

// javaClassAtom reads a character or an escape.
func (p *parser) javaClassAtom(end bool) *Node {
	start := p.pos
	if p.s[start] == '\\' && !p.quoted {
		n := p.escapeIn(true)
		if n.Kind == KindClassEscape && n.Rune == 'v' && !n.Negated && (end || p.at("-")) {
			n.Kind, n.Op = KindLiteral, OpLetter // a vertical tab, in a range
			n.Rune = '\v'
		}
		return n
	}
	p.rune()
	return p.verbatim(start)
}

// javaBoundary reads \b{g} from the brace on; other braces are no part of it.
func (p *parser) javaBoundary(start int, n *Node) *Node {
	if !p.at("{g") || n.Rune != 'b' {
		if p.at("{") && !p.isCounted() {
			p.fail("unknown-boundary", start, `as in \b{g}`, "Java has no other boundary with a type than \\b{g}")
		}
		return n
	}
	p.pos += 2
	p.javaBlanks()
	if !p.take("}") {
		p.fail("invalid-escape", start, `as in \b{g}`, "missing closing }")
	}
	p.setText(n, "g")
	n.Span.End = p.pos
	p.tokens.extend(p.pos)
	return n
}
