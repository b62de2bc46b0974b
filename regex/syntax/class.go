package syntax

import (
	"fmt"
	"slices"
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// class reads a class in brackets.
func (p *parser) class() *Node {
	start := p.pos
	if p.at("[[") && p.has(flavor.WordStart) && (p.at("[[:<:]]") || p.at("[[:>:]]")) {
		p.pos += len("[[:<:]]")
		n := p.leaf(KindAssertion, TokenAnchor, start)
		n.Rune = rune(p.s[start+3])
		return n
	}
	if p.depth >= p.g.MaxDepth && (p.has(flavor.ClassNested) || p.has(flavor.ClassSubtraction)) {
		p.tooDeep(start)
		return p.node(KindError, start)
	}
	if p.is(flavor.InPCRE2) {
		if end := p.posixEnd(); end >= 0 {
			return p.outerPosix(end)
		}
	}
	outer := p.inClass
	p.inClass = true
	p.depth++
	p.pos++
	negated := p.take("^")
	open := p.openToken(TokenClassOpen, start, 0)
	base := len(p.items)
	n := p.node(KindClass, start)
	n.Negated = negated
	switch {
	case p.is(flavor.InPCRE2 | flavor.InPerl):
		p.perlNegation(n)
		p.perlClass(open, n.Negated)
		n.Sub = p.subs(p.items[base:])
	case p.is(flavor.InJava):
		p.javaClass(open, true)
		n.Sub = p.subs(p.items[base:])
	case p.is(flavor.InRuby):
		p.rubyClass(n, base, open)
	default:
		p.classBody(n, base, open)
	}
	p.items = p.items[:base]
	p.depth--
	p.inClass = outer
	n.Span.End = p.pos
	p.jsNegated(n)
	return n
}

// operands collects what set operations are between.
type operands struct {
	op   Op
	list []*Node
}

// classBody reads the items of a class and its ].
func (p *parser) classBody(n *Node, base, open int) {
	var ops operands
	first := p.pos
	for {
		if !p.more() {
			p.unclosedClass(open)
			break
		}
		if p.s[p.pos] == ']' && (p.pos > first || p.g.EmptyClass) {
			p.closeClass(open)
			break
		}
		if op, size := p.setOperator(base); size > 0 {
			from := p.pos
			p.pos += size
			p.token(TokenClassOperator, from)
			if len(ops.list) > 0 && ops.op != op {
				p.fail("invalid-class", from, "put one of them in brackets of its own", "a class has one kind of set operation")
			}
			ops.op = op
			ops.list = append(ops.list, p.operand(base))
			if p.is(flavor.InDotNet) {
				p.dotnetSubtraction()
			}
			continue
		}
		atFirst := p.pos == first
		p.classItem(base)
		if p.endless { // the end of .NET's range is a class: it is subtracted
			p.endless = false
			ops.op = OpDifference
			ops.list = append(ops.list, p.operand(base))
			p.dotnetSubtraction()
			continue
		}
		if atFirst && p.is(flavor.InDotNet) && p.pos > first && p.items[len(p.items)-1].Kind.IsTrivia() {
			first = p.pos // nothing has been read yet
		}
	}
	p.finishClass(n, base, &ops)
}

// finishClass makes the items from base on, and the operands in front of them, the
// content of a class.
func (p *parser) finishClass(n *Node, base int, ops *operands) {
	if len(ops.list) == 0 {
		n.Sub = p.subs(p.items[base:])
		return
	}
	ops.list = append(ops.list, p.operand(base))
	op := p.node(KindClassOp, ops.list[0].Span.Start)
	op.Op = ops.op
	op.Sub = ops.list
	op.Span.End = ops.list[len(ops.list)-1].Span.End
	n.Sub = []*Node{op}
}

// operand makes the items from base on an operand, and takes them away.
func (p *parser) operand(base int) *Node {
	items := p.items[base:]
	p.items = p.items[:base]
	if len(items) == 1 {
		p.jsOperand(items[0])
		return items[0]
	}
	n := p.node(KindClassSet, p.pos)
	if len(items) > 0 {
		n.Span = Span{items[0].Span.Start, items[len(items)-1].Span.End}
		n.Sub = p.subs(items)
	}
	p.jsOperand(n)
	return n
}

// setOperator returns the operator that is here and its length, or 0.
func (p *parser) setOperator(base int) (Op, int) {
	switch c := p.peek(0); {
	case c != '&' && c != '-':
		return 0, 0
	case p.is(flavor.InJS):
		// No character of an operand can be the next.
		if p.setMode && len(p.items) > base && p.at("&&") && p.peek(2) != '&' {
			return OpIntersection, 2
		}
		if p.setMode && len(p.items) > base && p.at("--") {
			return OpDifference, 2
		}
	case p.at("&&") && p.has(flavor.ClassIntersection):
		return OpIntersection, 2
	case p.at("-[") && p.has(flavor.ClassSubtraction) && len(p.items) > base:
		return OpDifference, 1
	}
	return 0, 0
}

// classItem reads one item of a class, or a range, and adds it.
func (p *parser) classItem(base int) {
	start := p.pos
	low := p.classAtom(false)
	if low == nil {
		return
	}
	p.push(low)
	if p.is(flavor.InDotNet) && p.tree.Source(low) == `\-` {
		return // it starts no range there
	}
	if p.peek(0) != '-' || p.at("-]") || p.setOperatorHere(base) || p.pos+1 == len(p.s) || low.Kind == KindClass || low.Kind.IsTrivia() {
		return
	}
	if !p.isChar(low) {
		p.badRange(start)
		return
	}
	if p.at("-[") && p.has(flavor.ClassNested) && (!p.is(flavor.InJS) || p.setMode) {
		return
	}
	dash := p.pos
	tokens := p.tokens.len()
	p.pos++
	p.token(TokenClassOperator, dash)
	high := p.classAtom(true)
	for p.is(flavor.InDotNet) && high != nil && p.tree.Source(high) == `\-` {
		// regexp2 adds the hyphen, and reads on for the end of the range.
		if p.endless = p.at("["); p.endless || p.at("]") {
			p.push(high)
			return
		}
		high = p.classAtom(true)
	}
	switch {
	case high == nil || high.Kind.IsTrivia():
		return
	case !p.isChar(high):
		if high.Kind != KindError && (p.g.UnknownLetter == flavor.Refused || p.strict) {
			p.rangeOfClass(Span{start, p.pos}, dash, "end")
		}
		p.tokens.kinds[tokens] = TokenLiteral
		p.pushHyphen(dash)
		p.push(high)
		return
	}
	n := p.node(KindRange, low.Span.Start)
	n.Sub = p.pair(low, high)
	if n.Flags.Has('i') {
		p.goes.large++
	}
	p.items[len(p.items)-1] = n
	if from, to := p.rangeEnds(low, high); from > to {
		if charOf(low) <= charOf(high) {
			p.failWith(&Error{
				Code: "invalid-range", Message: "without u and v, this range is from half of a character to half of another", Span: n.Span,
				Hint: "set the flag u",
			})
			return
		}
		p.reversedRange(low, high)
	}
}

// reversedRange is a range whose end is before its start.
func (p *parser) reversedRange(low, high *Node) {
	span := Span{low.Span.Start, high.Span.End}
	p.failWith(&Error{
		Code: "invalid-range", Message: "the range is in reverse order", Span: span, Hint: `write \- for a hyphen`,
		Fix: &Fix{span, p.tree.Source(high) + "-" + p.tree.Source(low)},
	})
}

// badRange is a - behind a class that is no character: some flavors take both
// for themselves.
func (p *parser) badRange(start int) {
	switch {
	case p.strict, p.is(flavor.InPython):
		p.rangeOfClass(Span{start, p.pos + 1}, p.pos, "start")
	case p.is(flavor.InJS):
		// The hyphen and what is behind it are read like the parts of a range.
		dash := p.pos
		p.pos++
		p.token(TokenLiteral, dash)
		p.pushHyphen(dash)
		p.push(p.classAtom(true))
	}
}

// rangeOfClass refuses a class escape as an end of a range.
func (p *parser) rangeOfClass(at Span, dash int, which string) {
	p.failWith(&Error{
		Code: "invalid-range", Message: fmt.Sprintf("a class cannot be the %s of a range", which), Span: at,
		Hint: `write \- for a hyphen`, Fix: &Fix{Span{dash, dash}, `\`},
	})
}

// pushHyphen adds the - at an offset as a character.
func (p *parser) pushHyphen(at int) {
	n := p.node(KindLiteral, at)
	n.Span.End = at + 1
	p.setText(n, "-")
	p.push(n)
}

func (p *parser) setOperatorHere(base int) bool {
	_, size := p.setOperator(base)
	return size > 0
}

// isChar reports whether a node is one character, that a range can have at an end.
func (p *parser) isChar(n *Node) bool {
	return n.Kind == KindLiteral && n.Len() == 1
}

func charOf(n *Node) rune {
	if n.Op == OpVerbatim {
		for _, r := range n.Text {
			return r
		}
	}
	return n.Rune
}

// classAtom reads one character, escape or class within a class: the end of a
// range, or any other.
func (p *parser) classAtom(end bool) *Node {
	start := p.pos
	if !p.more() {
		return nil
	}
	switch c := p.s[p.pos]; {
	case isASCIILetter(rune(c)) || isASCIIDigit(rune(c)):
		p.pos++
		return p.verbatim(start)
	case c == '\\' && p.setMode && p.at(`\q{`):
		return p.classString()
	case c == '\\':
		return p.escapeIn(true)
	case c == '[':
		if p.is(flavor.InDotNet) && !end {
			if n := p.dotnetPosix(); n != nil {
				return n
			}
		}
		if n := p.posix(end); n != nil {
			return n
		}
		if p.has(flavor.ClassNested) && (!p.is(flavor.InJS) || p.setMode) {
			return p.class()
		}
	case p.classSpaces() && strings.IndexByte(spaces, c) >= 0:
		return p.space()
	case c == '#' && p.is(flavor.InJava) && p.extended():
		return p.lineComment()
	case p.setMode && strings.IndexByte("()[]{}/-|", c) >= 0:
		p.pos++
		p.fail("invalid-class", start, fmt.Sprintf(`write \%c for the character itself`, c), "%c cannot stand alone in a class with v", c)
		return p.verbatim(start)
	case p.setMode && p.peek(1) == c && strings.IndexByte("&!#$%*+,.:;<=>?@^`~", c) >= 0:
		p.pos += 2
		p.fail("invalid-class", start, "put a backslash before each", "%c%c is reserved in a class with v", c, c)
		return p.verbatim(start)
	}
	p.rune()
	return p.verbatim(start)
}

// classSpaces reports whether white space in a class is ignored.
func (p *parser) classSpaces() bool {
	return p.flags&flavor.ExtendedMore != 0 || p.strictClass || p.is(flavor.InJava) && p.extended()
}

// posixNames are the names of POSIX classes, with those that flavors add.
var posixNames = map[string]flavor.Set{
	"alnum": flavor.Everywhere, "alpha": flavor.Everywhere, "ascii": flavor.Everywhere, "blank": flavor.Everywhere,
	"cntrl": flavor.Everywhere, "digit": flavor.Everywhere, "graph": flavor.Everywhere, "lower": flavor.Everywhere,
	"print": flavor.Everywhere, "punct": flavor.Everywhere, "space": flavor.Everywhere, "upper": flavor.Everywhere,
	"word": flavor.Everywhere, "xdigit": flavor.Everywhere,
}

// PosixClasses returns the names of the POSIX classes, the alpha of [[:alpha:]],
// that a flavor has; nil when it has no POSIX classes.
func PosixClasses(f *flavor.Flavor) []string {
	if !f.Has(flavor.Posix) {
		return nil
	}
	var names []string
	for name, set := range posixNames {
		if set&f.Set != 0 {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// posix reads [:alpha:], or returns nil.
func (p *parser) posix(end bool) *Node {
	start := p.pos
	if !p.at("[:") || !p.has(flavor.Posix) || end && p.is(flavor.InGo) {
		return nil
	}
	p.pos += len("[:")
	at := p.index(":]")
	name := p.s[p.pos:at]
	if at == len(p.s) || strings.ContainsAny(name, `]\[`) && !p.is(flavor.InGo) {
		p.pos = start
		return nil
	}
	p.pos = at + len(":]")
	n := p.leaf(KindPosix, TokenClassEscape, start)
	name, n.Negated = strings.CutPrefix(name, "^")
	p.setText(n, name)
	if posixNames[n.Text]&p.tree.Flavor.Set == 0 {
		p.fail("unknown-class", start, posixHint, "there is no class [:%s:]", n.Text)
	}
	return n
}

const posixHint = "there are alnum, alpha, ascii, blank, cntrl, digit, graph, lower, print, punct, space, upper, word, xdigit"

// classString reads \q{abc|d}.
func (p *parser) classString() *Node {
	start := p.pos
	p.pos += 3
	p.token(TokenClassOpen, start)
	n := p.node(KindClassString, start)
	for {
		n.Sub = append(n.Sub, p.classStringBranch())
		if !p.take("|") {
			break
		}
		p.token(TokenAlternation, p.pos-1)
	}
	from := p.pos
	if p.take("}") {
		p.token(TokenClassClose, from)
	} else {
		p.fail("missing-brace", start, "", `missing closing }: \q{ starts here`)
	}
	n.Span.End = p.pos
	return n
}

func (p *parser) classStringBranch() *Node {
	base, start := len(p.items), p.pos
	for p.more() && !p.at("|") && !p.at("}") && !p.at("]") {
		p.push(p.classAtom(false))
	}
	n := p.node(KindConcat, start)
	n.Sub = p.subs(p.items[base:])
	p.items = p.items[:base]
	return n
}
