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
		return n
	}
	if n.Text != "" && kind == KindBackreference && p.is(flavor.InJava|flavor.InRuby) && len(p.names[n.Text]) == 0 {
		p.undefined(n, n.Text) // these look for names to the left only
		return n
	}
	p.refs = append(p.refs, n)
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
			if n.Kind != KindCondition {
				at = n.Span
			}
			p.failWith(&Error{Code: "undefined-group", Message: fmt.Sprintf("there is no group %s from here", name), Span: at})
		}
	default:
		p.setText(n, name)
	}
}

// call reads (?R), (?1), (?+1), (?&name).
func (p *parser) call(start int) *Node {
	from := p.pos
	var name string
	switch {
	case p.take("&"):
		p.need(flavor.CallName, start)
		return p.namedReference(KindCall, start, ')')
	case p.take("R"):
		name = "R"
	default:
		name = signedDigits(p.s[p.pos:])
		if p.is(flavor.InPerl) && strings.HasPrefix(name, "0") {
			name = "0"
		}
		p.pos += len(name)
	}
	at := Span{from, p.pos}
	if name == "R" || name == "0" {
		p.need(flavor.Recursion, start)
	} else {
		p.need(flavor.CallNumber, start)
	}
	if !p.take(")") {
		return p.badName(start, from, ')')
	}
	if name == "R" || isDigits(name) && number(name) == 0 {
		n := p.leaf(KindCall, TokenReference, start)
		n.Aux = at
		return n
	}
	return p.reference(KindCall, start, name, at)
}

// namedReference reads a name and its end, and makes a reference to the group.
func (p *parser) namedReference(kind Kind, start int, end byte) *Node {
	from := p.pos
	name, ok := p.name(end)
	if !ok {
		return p.badName(start, from, end)
	}
	at := Span{from, from + len(name)}
	if name == "" || p.is(flavor.InPCRE2|flavor.InPerl|flavor.InJava) {
		name = p.checkName(name, at)
	}
	if name == "" {
		return p.leaf(KindError, TokenReference, start)
	}
	return p.reference(kind, start, name, at)
}

// conditional reads what starts with (?( .
func (p *parser) conditional(start int) *Node {
	p.needAt(flavor.ConditionNumber, Span{start, start + len("(?(")})
	if rest := p.s[p.pos:]; p.is(flavor.InDotNet) && (rest == "(?" || rest == "(?<") {
		return p.unfinished(start, "the kind of its condition has to follow", "as in (?(?=a)yes|no) and (?(?<!a)yes|no)")
	}
	n := p.node(KindConditional, start)
	var condition *Node
	open := -1
	testing := p.testing
	switch {
	case p.conditionIsLook():
		p.testing, p.passive = p.is(flavor.InDotNet), -1
		if p.testing {
			p.passive = p.pos
		}
		open = p.openToken(TokenGroupOpen, start, 0)
		flags := p.flags
		p.depth++
		condition = p.lookCondition()
		p.depth--
		p.setFlags(flags)
	case p.is(flavor.InPCRE2 | flavor.InPerl | flavor.InRuby):
		condition = p.exactCondition()
		open = p.openToken(TokenGroupOpen, start, 0)
	default:
		p.testing = false
		condition = p.condition()
		open = p.openToken(TokenGroupOpen, start, 0)
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
	switch {
	case p.is(flavor.InPCRE2):
		return p.at("(?") || p.at("(*")
	case p.is(flavor.InPerl):
		return p.at("(?=") || p.at("(?!") || p.at("(?<") || p.at("(?{") || p.at("(*")
	}
	for _, look := range []string{"(?=", "(?!", "(?<=", "(?<!"} {
		if strings.HasPrefix(rest, look) {
			return p.has(flavor.ConditionLook)
		}
	}
	return false
}

// condition reads (1) or (name), and refuses (<name>).
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
	unquoted := text
	switch {
	case len(text) > 1 && (text[0] == '<' && text[len(text)-1] == '>' || text[0] == '\'' && text[len(text)-1] == '\''):
		unquoted = text[1 : len(text)-1]
		n.Aux = Span{from + 1, from + len(text) - 1}
		p.need(flavor.ConditionName, start)
	case p.is(flavor.InDotNet) && text != "" && isASCIIDigit(rune(text[0])) && !isDigits(text):
		p.fail("invalid-conditional", start, "as in (?(1)yes|no)", "the condition is not a number")
		n.Op = OpGroup
		return n
	case len(text) > 1 && isDigits(strings.TrimLeft(text, "+-")) && !isDigits(text):
		p.fail("invalid-conditional", start, "write the group's number", "a condition cannot be relative here")
	case !isDigits(text):
		p.need(flavor.ConditionNameBare, start)
	}
	if p.is(flavor.InDotNet) && isDigits(text) && number(text) > maxNumber {
		p.tooLarge(n.Aux)
		return n
	}
	p.target(n, unquoted, n.Aux)
	n.Op = OpGroup
	p.refs = append(p.refs, n)
	return n
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
		if i == 1 && n.Sub[0].Kind == KindCondition && n.Sub[0].Op == OpDefine && p.has(flavor.ConditionDefine) {
			p.failWith(&Error{Code: "invalid-conditional", Message: "(?(DEFINE)...) has one branch only", Span: Span{start, p.pos}})
		}
	}
	p.depth--
	p.setFlags(flags)
}

// escapedReference reads \k... and \g... from behind the letter on. It returns
// nil, with pos where it was, when they are none.
func (p *parser) escapedReference(start int, letter byte) *Node {
	from := p.pos
	end := closing(p.peek(0))
	if end == '}' && p.is(flavor.InRuby) {
		return nil
	}
	switch {
	case letter == 'g' && (end == 0 || end == '}'):
		return p.numberedReference(start)
	case end == 0:
		return nil
	}
	p.pos++
	kind := KindBackreference
	switch {
	case letter == 'g':
		kind = KindCall
		p.need(flavor.CallG, start)
	case end == '}':
		p.need(flavor.BackreferenceKBraces, start)
		p.skipBlanks()
	case end == '\'':
		p.need(flavor.BackreferenceKQuote, start)
	default:
		p.need(flavor.BackreferenceK, start)
	}
	at := p.pos
	name, closed := p.name(end)
	if p.is(flavor.InDotNet) && dotnetWord(name) != name {
		closed = false
	}
	switch {
	case closed && name != "" && p.is(flavor.InJS):
		name = p.checkName(name, Span{at, at + len(name)})
	case closed && name != "" && p.is(flavor.InRuby):
		return p.rubyReference(kind, start, name, Span{at, at + len(name)})
	case p.is(flavor.InPCRE2 | flavor.InPerl | flavor.InJava | flavor.InRuby):
		if kind == KindCall && closed && isDigits(name) {
			break
		}
		if digits := signedDigits(p.s[at:]); kind == KindCall && digits != "" && at+len(digits) < len(p.s) && p.s[at+len(digits)] == end {
			p.pos = at + len(digits) + 1
			return p.reference(kind, start, digits, Span{at, at + len(digits)})
		}
		p.pos = at
		return p.namedReference(kind, start, end)
	case !closed || name == "":
		p.pos = from
		return nil
	}
	return p.reference(kind, start, name, Span{at, p.pos - 1})
}

// closing is what closes a name in angle brackets, quotes or braces, and 0 for
// other bytes.
func closing(open byte) byte {
	switch open {
	case '<':
		return '>'
	case '\'':
		return '\''
	case '{':
		return '}'
	}
	return 0
}

// skipBlanks skips blanks behind the opening brace of a name or a number, where
// Perl allows them.
func (p *parser) skipBlanks() {
	for p.is(flavor.InPerl) && (p.peek(0) == ' ' || p.peek(0) == '\t') {
		p.pos++
	}
}

// numberedReference reads \g1, \g-1, \g{1}, \g{-1} and \g{name} from behind the g
// on.
func (p *parser) numberedReference(start int) *Node {
	from := p.pos
	if !p.has(flavor.BackreferenceG) {
		return nil
	}
	braces := p.take("{")
	if braces {
		p.skipBlanks()
	}
	at := p.pos
	digits := signedDigits(p.s[p.pos:])
	if strings.HasPrefix(digits, "+") && p.is(flavor.InPerl) {
		digits = ""
	}
	if digits == "" {
		if !braces {
			p.pos = from
			return nil
		}
		p.need(flavor.BackreferenceKBraces, start)
		return p.namedReference(KindBackreference, start, '}')
	}
	p.pos += len(digits)
	end := p.pos
	if braces {
		p.skipBlanks()
		if !p.take("}") {
			p.fail("invalid-escape", start, "", `missing closing }: \g{ starts here`)
		}
	}
	n := p.reference(KindBackreference, start, digits, Span{at, end})
	if n.Number == 0 && n.Op == OpAbsolute || p.is(flavor.InPerl) && strings.HasPrefix(strings.TrimLeft(digits, "-"), "0") {
		p.undefined(n, digits)
	}
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
