package syntax

import (
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// exactCondition reads what is between (?( and its ) in PCRE2, Perl and Ruby,
// which look at it character by character.
func (p *parser) exactCondition() *Node {
	start := p.pos
	p.pos++
	n := p.node(KindCondition, start)
	switch {
	case p.at("<") || p.at("'"):
		p.quotedCondition(n)
	case p.is(flavor.InPCRE2):
		p.pcre2Condition(n)
	case p.is(flavor.InPerl):
		p.perlCondition(n)
	default:
		digits := signedDigits(p.s[p.pos:])
		if digits == "" || !isASCIIDigit(rune(digits[0])) {
			p.badCondition(n, "a condition is the number of a group, or its name as in (?(<name>)a|b)")
			break
		}
		p.numberCondition(n, digits)
	}
	n.Span.End = p.pos
	if len(p.tree.Errors) > 0 && !p.at(")") {
		p.skipCondition()
	} else if !p.take(")") {
		p.badCondition(n, "missing closing ): the condition starts here")
		p.skipCondition()
	}
	n.Span.End = p.pos
	return n
}

func (p *parser) badCondition(n *Node, message string) {
	after := p.pos
	if p.more() {
		p.rune()
	}
	p.failWith(&Error{Code: "invalid-conditional", Message: message, Span: Span{n.Span.Start, p.pos}})
	p.pos = after
}

// skipCondition goes behind the ) of a condition that could not be read, when it
// is near.
func (p *parser) skipCondition() {
	for p.more() && strings.IndexByte("()|", p.s[p.pos]) < 0 {
		p.pos++
	}
	p.take(")")
}

// quotedCondition reads <name> or 'name'.
func (p *parser) quotedCondition(n *Node) {
	end := byte('>')
	if p.at("'") {
		end = '\''
	}
	p.pos++
	from := p.pos
	name, ok := p.name(end)
	n.Aux = Span{from, from + len(name)}
	p.need(flavor.ConditionName, n.Span.Start)
	if !ok || name == "" {
		p.nameError(from, end)
		return
	}
	if p.is(flavor.InRuby) {
		name, n.Other = cutLevel(name)
		n.Aux.End = n.Aux.Start + len(name)
		p.target(n, name, n.Aux)
	} else {
		p.setText(n, p.checkName(name, n.Aux))
	}
	n.Op = OpGroup
	if n.Text != "" && p.is(flavor.InRuby) && len(p.names[n.Text]) == 0 {
		p.undefined(n, n.Text) // it looks for names to the left only
		return
	}
	p.refs = append(p.refs, n)
}

func (p *parser) numberCondition(n *Node, digits string) {
	from := p.pos
	p.pos += len(digits)
	n.Aux = Span{from, p.pos}
	p.target(n, digits, n.Aux)
	n.Op = OpGroup
	if n.Number == 0 && isDigits(digits) {
		p.undefined(n, digits)
		return
	}
	p.refs = append(p.refs, n)
}

// pcre2Condition reads a number with or without a sign, VERSION>=10.4, DEFINE, R,
// R1, R&name or a name. Which a name such as R1 is, the end of the pattern tells.
func (p *parser) pcre2Condition(n *Node) {
	if digits := signedDigits(p.s[p.pos:]); digits != "" {
		p.numberCondition(n, digits)
		return
	}
	if p.at("VERSION") && p.peek(7) != ')' {
		p.versionCondition(n)
		return
	}
	recursion := p.take("R&")
	from := p.pos
	name, ok := p.name(')')
	n.Aux = Span{from, from + len(name)}
	if !ok || name == "" {
		p.nameError(from, ')')
		return
	}
	p.pos-- // the ) is the condition's
	switch {
	case recursion:
		n.Op = OpRecursion
		p.setText(n, p.checkName(name, n.Aux))
	case name == "DEFINE":
		n.Op = OpDefine
		return
	case name == "R" || name[0] == 'R' && isDigits(name[1:]):
		n.Op, n.Number = OpRecursion, -1
		p.setText(n, name)
		if name != "R" {
			n.Number = number(name[1:])
		}
	default:
		n.Op = OpGroup
		p.setText(n, p.checkName(name, n.Aux))
	}
	p.refs = append(p.refs, n)
}

// versionCondition reads VERSION>=10.4 or VERSION=10.
func (p *parser) versionCondition(n *Node) {
	from := p.pos
	p.pos += len("VERSION")
	n.Op = OpVersion
	good := p.take(">=") || p.take("=")
	major, minor := p.pos, 0
	for isASCIIDigit(rune(p.peek(0))) {
		p.pos++
	}
	good = good && p.pos > major && number(p.s[major:p.pos]) <= 1000
	if p.take(".") {
		for isASCIIDigit(rune(p.peek(0))) && minor < 2 {
			p.pos++
			minor++
		}
		good = good && minor > 0
	}
	n.Aux = Span{from, p.pos}
	p.setText(n, p.s[from+len("VERSION"):p.pos])
	if !good || p.more() && !p.at(")") {
		p.badCondition(n, "a version is tested as in (?(VERSION>=10.4)a|b)")
	}
}

// perlCondition reads a number, DEFINE, R, R1 or R&name.
func (p *parser) perlCondition(n *Node) {
	from := p.pos
	switch c := p.peek(0); {
	case c >= '1' && c <= '9':
		digits := signedDigits(p.s[p.pos:])
		p.numberCondition(n, digits)
		// A condition may be a group that is not there.
		p.refs = p.refs[:len(p.refs)-1]
	case p.take("DEFINE"):
		n.Op, n.Aux = OpDefine, Span{from, p.pos}
	case p.take("R&"):
		from = p.pos
		name, ok := p.name(')')
		n.Op, n.Aux = OpRecursion, Span{from, from + len(name)}
		p.setText(n, name)
		if !ok {
			p.nameError(from, ')')
			return
		}
		p.pos--
		p.setText(n, p.checkName(name, n.Aux))
		p.refs = append(p.refs, n)
	case p.take("R"):
		n.Op, n.Number = OpRecursion, -1
		digits := signedDigits(p.s[p.pos:])
		if strings.HasPrefix(digits, "0") {
			digits = "0"
		}
		if isDigits(digits) {
			p.pos += len(digits)
			n.Number = number(digits)
			if n.Number >= 1<<31-1 {
				p.badCondition(n, "there is no group of this number")
			}
		}
		n.Aux = Span{from, p.pos}
	default:
		p.badCondition(n, "a condition is the number of a group, <name>, a lookaround, R or DEFINE")
	}
}

// lookCondition reads the group that is a condition, and in PCRE2 the callout that
// may stand before it.
func (p *parser) lookCondition() *Node {
	start := p.pos
	if !p.is(flavor.InPCRE2 | flavor.InPerl) {
		return p.group()
	}
	if p.at("(?C") && p.is(flavor.InPCRE2) {
		p.group()
		for p.trivia() {
			p.items = p.items[:len(p.items)-1] // it belongs to the condition
		}
	}
	at := p.pos
	if !p.at("(?") && !p.at("(*") {
		p.failWith(&Error{Code: "invalid-conditional", Message: "behind the callout has to be the assertion that is the condition", Span: Span{at, at}})
		return p.node(KindCondition, start)
	}
	n := p.group()
	atomic := n.Kind == KindGroup && (n.Op == OpLookahead || n.Op == OpLookbehind)
	if !atomic && n.Kind != KindCode && !p.isNamedCondition(n) {
		p.failWith(&Error{
			Code: "invalid-conditional", Message: "a group that is a condition has to be a lookaround", Span: Span{at, min(at+3, len(p.s))},
			Hint: "as in (?(?=a)b|c)",
		})
	}
	n.Span = Span{start, n.Span.End}
	return n
}

// isNamedCondition reports whether the node is a named group, which Perl takes for
// a condition.
func (p *parser) isNamedCondition(n *Node) bool {
	return p.is(flavor.InPerl) && n.IsCapture() && n.Text != ""
}
