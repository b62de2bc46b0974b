package syntax

import (
	"fmt"
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// reference makes a backreference or a call to the group that a name, a number,
// or a signed number names.
func (p *parser) reference(kind Kind, start int, name string, at Span) *Node {
	n := p.leaf(kind, TokenReference, start)
	n.Aux = at
	p.target(n, name, at)
	if p.is(flavor.InPython) && kind == KindBackreference {
		p.pythonReference(n)
	} else {
		p.refs = append(p.refs, n)
	}
	return n
}

// target puts what a name, number, or signed number refers to into a node.
func (p *parser) target(n *Node, name string, at Span) {
	digits := strings.TrimLeft(name, "+-")
	switch {
	case name != "" && isDigits(name):
		n.Number = number(name)
	case len(name) == len(digits)+1 && isDigits(digits):
		n.Op = OpRelative
		k := number(digits)
		if name[0] == '-' {
			n.Number = p.next - k + 1
		} else {
			n.Number = p.next + k
		}
		if k == 0 || n.Number < 1 {
			n.Number = 0
			p.failWith(&Error{Code: "undefined-group", Message: fmt.Sprintf("there is no group %s from here", name), Span: at})
		}
	default:
		n.Text = name
	}
}

// call reads (?R), (?1), (?+1), (?&name).
func (p *parser) call(start int) *Node {
	from := p.pos
	named := p.take("&")
	if named {
		from = p.pos
	}
	name, ok := p.name(')')
	at := Span{from, from + len(name)}
	if !ok {
		p.need(flavor.CallNumber, start)
		return p.badName(start, from, ')')
	}
	switch {
	case named:
		p.need(flavor.CallName, start)
	case name == "R" || name == "0":
		p.need(flavor.Recursion, start)
		n := p.leaf(KindCall, TokenReference, start)
		n.Aux = at
		return n
	case !isDigits(strings.TrimLeft(name, "+-")):
		p.pos = from
		return p.unknownGroup(start)
	default:
		p.need(flavor.CallNumber, start)
	}
	return p.reference(KindCall, start, name, at)
}

// conditional reads what starts with (?( .
func (p *parser) conditional(start int) *Node {
	p.need(flavor.ConditionNumber, start)
	n := p.node(KindConditional, start)
	var condition *Node
	open := -1
	testing := p.testing
	if p.conditionIsLook() {
		p.testing, p.passive = p.is(flavor.InDotNet), -1
		if p.testing {
			p.passive = p.pos
		}
		open = p.open(start, 0)
		flags := p.flags
		p.depth++
		condition = p.group()
		p.depth--
		p.setFlags(flags)
	} else {
		p.testing = false
		condition = p.condition()
		open = p.open(start, 0)
	}
	n.Sub = append(n.Sub, condition)
	p.branches(n, start)
	p.testing = testing
	p.close(n, open)
	return n
}

// conditionIsLook reports whether a group is the condition.
func (p *parser) conditionIsLook() bool {
	if p.is(flavor.InDotNet) {
		return p.dotnetCondition()
	}
	if p.is(flavor.InPython) {
		return false
	}
	rest := p.s[p.pos:]
	for _, look := range []string{"(?=", "(?!", "(?<=", "(?<!", "(*", "(?C", "(?{", "(??{"} {
		if strings.HasPrefix(rest, look) {
			return true
		}
	}
	return false
}

// condition reads (1), (<name>), ('name'), (name), (R), (R1), (R&name), (DEFINE)
// or (VERSION>=10.4).
func (p *parser) condition() *Node {
	start := p.pos
	p.pos++
	from := p.pos
	text, ok := p.name(')')
	n := p.node(KindCondition, start)
	n.Aux = Span{from, from + len(text)}
	if !ok {
		p.failWith(&Error{Code: "invalid-conditional", Message: "missing closing ): the condition starts here", Span: Span{start, p.pos}})
		return n
	}
	if p.is(flavor.InPython) {
		p.pythonCondition(n, text)
		return n
	}
	unquoted, quoted := text, false
	if len(text) > 1 && (text[0] == '<' && text[len(text)-1] == '>' || text[0] == '\'' && text[len(text)-1] == '\'') {
		unquoted, quoted = text[1:len(text)-1], true
		n.Aux = Span{from + 1, from + len(text) - 1}
	}
	switch {
	case quoted:
		p.need(flavor.ConditionName, start)
	case text == "DEFINE" && p.has(flavor.ConditionDefine):
		n.Op = OpDefine
		return n
	case strings.HasPrefix(text, "VERSION") && p.has(flavor.ConditionVersion):
		n.Op, n.Text = OpVersion, strings.TrimPrefix(text, "VERSION")
		return n
	case strings.HasPrefix(text, "R") && p.has(flavor.ConditionRecursion) && (text == "R" || text[1] == '&' || isDigits(text[1:])):
		n.Op, n.Number = OpRecursion, -1
		switch rest := text[1:]; {
		case isDigits(rest):
			n.Number = number(rest)
		case rest != "":
			n.Number, n.Text = 0, rest[1:]
			n.Aux.Start += 2
		}
		if text != "R" {
			p.refs = append(p.refs, n)
		}
		return n
	case p.is(flavor.InDotNet) && text != "" && isASCIIDigit(rune(text[0])) && !isDigits(text):
		p.fail("invalid-conditional", start, "as in (?(1)yes|no)", "the condition is not a number")
		n.Op = OpGroup
		return n
	case isDigits(strings.TrimLeft(text, "+-")):
		if text[0] == '+' || text[0] == '-' {
			p.needRelativeCondition(start)
		}
	default:
		p.need(flavor.ConditionNameBare, start)
	}
	p.target(n, unquoted, n.Aux)
	n.Op = OpGroup
	p.refs = append(p.refs, n)
	return n
}

// needRelativeCondition refuses (?(-1)...) where only PCRE2 has it.
func (p *parser) needRelativeCondition(start int) {
	if !p.is(flavor.InPCRE2) {
		p.fail("invalid-conditional", start, "write the group's number", "a condition cannot be relative here")
	}
}

// branches reads the branches of a conditional into n.
func (p *parser) branches(n *Node, start int) {
	flags := p.flags
	p.depth++
	n.Sub = append(n.Sub, p.concat())
	for i := 1; p.at("|"); i++ {
		p.pos++
		p.token(TokenAlternation, p.pos-1)
		n.Sub = append(n.Sub, p.concat())
		if i == 2 {
			p.failWith(&Error{
				Code: "invalid-conditional", Message: "a conditional has two branches at most", Span: Span{start, p.pos},
				Hint: "put a group around the others, as in (?(1)a|(?:b|c))",
			})
		}
	}
	p.depth--
	p.setFlags(flags)
}

// escapedReference reads \k... and \g... from behind the letter on. It returns
// nil, with pos where it was, when they are none.
func (p *parser) escapedReference(start int, letter byte) *Node {
	from := p.pos
	end, ok := map[byte]byte{'<': '>', '\'': '\'', '{': '}'}[p.peek(0)]
	if !ok {
		if letter == 'g' && p.has(flavor.BackreferenceG) {
			if name := signedDigits(p.s[p.pos:]); name != "" {
				p.pos += len(name)
				return p.reference(KindBackreference, start, name, Span{from, p.pos})
			}
		}
		return nil
	}
	p.pos++
	name, closed := p.name(end)
	at := Span{from + 1, from + 1 + len(name)}
	if !closed || name == "" || p.is(flavor.InDotNet) && dotnetWord(name) != name {
		p.pos = from
		return nil
	}
	kind := KindBackreference
	if letter == 'g' && end != '}' {
		kind = KindCall
		p.need(flavor.CallG, start)
	} else if letter == 'k' && end == '}' {
		p.need(flavor.BackreferenceKBraces, start)
	} else if letter == 'k' && end == '\'' {
		p.need(flavor.BackreferenceKQuote, start)
	} else if letter == 'k' {
		p.need(flavor.BackreferenceK, start)
	} else {
		p.need(flavor.BackreferenceG, start)
	}
	if p.is(flavor.InJS) {
		name, _ = decodeJSName(name)
	}
	var level string
	if letter == 'k' && p.has(flavor.BackreferenceLevel) {
		if i := strings.LastIndexAny(name, "+-"); i > 0 && isDigits(name[i+1:]) {
			name, level = name[:i], name[i:]
		}
	}
	n := p.reference(kind, start, name, at)
	n.Other = level
	return n
}

// signedDigits returns the number that s begins with, with its sign.
func signedDigits(s string) string {
	i := 0
	if i < len(s) && (s[i] == '+' || s[i] == '-') {
		i++
	}
	digits := i
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	if i == digits {
		return ""
	}
	return s[:i]
}
