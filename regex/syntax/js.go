package syntax

import "github.com/regexdbg/regexdbg/regex/flavor"

// What only JavaScript does, as V8 11.3 does it.

// maxJSGroups is the largest number of capture groups, of V8.
const maxJSGroups = 1<<15 - 1

// checkJSGroups refuses the first group that V8 has no room for.
func (p *parser) checkJSGroups() {
	if len(p.tree.Groups) > maxJSGroups+1 {
		p.failWith(&Error{
			Code: "too-large", Message: "there are too many groups: 32,767 are the most", Span: p.tree.Groups[maxJSGroups+1].Node.opener(),
			Hint: "write (?:...) where the text of the group is not needed",
		})
	}
}

// jsOperand checks an operand of a set operation, which with v is one thing: a
// character, an escape, or a class.
func (p *parser) jsOperand(n *Node) {
	if !p.setMode || n.Kind != KindRange && n.Kind != KindClassSet {
		return
	}
	e := &Error{Code: "invalid-class", Message: "beside && and -- is one character, escape or class", Span: n.Span}
	if text := p.tree.Source(n); text != "" {
		e.Hint = "put brackets around it, as in [[a-z]--x]"
		e.Fix = &Fix{n.Span, "[" + text + "]"}
	} else {
		e.Span = Span{p.pos, p.pos}
	}
	p.failWith(e)
}

// jsNegated refuses a negated class that may match a text of other than one
// character.
func (p *parser) jsNegated(n *Node) {
	if n.Negated && p.setMode && p.mayBeString(n) {
		p.failWith(&Error{
			Code: "invalid-class", Message: "a negated class cannot have strings in it", Span: n.Span,
			Hint: "use a negative lookahead, as in (?!...)",
		})
	}
}

// mayBeString is MayContainStrings of ECMA-262, for what can stand in a class.
func (p *parser) mayBeString(n *Node) bool {
	switch n.Kind {
	case KindProperty:
		return p.tree.isStringProperty(n)
	case KindClassString:
		for _, text := range n.Sub {
			if len(text.Sub) != 1 {
				return true
			}
		}
		return false
	case KindClassOp:
		if n.Op == OpDifference {
			return p.mayBeString(n.Sub[0])
		}
		for _, sub := range n.Sub {
			if !p.mayBeString(sub) {
				return false
			}
		}
		return true
	case KindClass, KindClassSet:
		for _, sub := range n.Sub {
			if p.mayBeString(sub) {
				return true
			}
		}
	}
	return false
}

// jsUnits returns the UTF-16 units that a node of a class is without u and v: a
// range has the last of its start and the first of its end.
func (p *parser) rangeEnds(low, high *Node) (rune, rune) {
	from, to := charOf(low), charOf(high)
	if p.is(flavor.InJS) && !p.strict {
		if from > 0xFFFF {
			from = 0xDC00 + (from-0x10000)&0x3FF
		}
		if to > 0xFFFF {
			to = 0xD800 + (to-0x10000)>>10
		}
	}
	return from, to
}

// jsControlKey reads \cA. Without u and v, a \c that no letter follows is a
// backslash and what follows it; in a class a digit or _ will do as well.
func (p *parser) jsControlKey(start int) *Node {
	c := p.peek(0)
	switch {
	case isASCIILetter(rune(c)), p.inClass && !p.strict && (isASCIIDigit(rune(c)) || c == '_'):
		p.pos++
		return p.char(start, OpControl, rune(c&0x1F))
	case p.strict:
		return p.badControlKey(start)
	}
	p.pos = start + 1
	return p.char(start, OpIdentity, '\\')
}
