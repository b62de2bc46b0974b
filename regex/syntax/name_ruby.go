package syntax

import (
	"strings"
	"unicode/utf8"
)

// rubyName reads a name in Ruby, which is anything but its end and a ), and the
// end, of which it reports whether it is there.
func (p *parser) rubyName(end byte) (string, bool) {
	rest := p.s[p.pos:]
	i := 0
	for i < len(rest) && rest[i] != ')' && rest[i] != end {
		i++
	}
	p.pos += i
	return rest[:i], p.take(string(end))
}

// cutLevel cuts the +n or -n behind a name: a level of recursion.
func cutLevel(name string) (string, string) {
	i := strings.LastIndexAny(name, "+-")
	if i > 0 && isDigits(name[i+1:]) {
		return name[:i], name[i:]
	}
	return name, ""
}

// rubyReference is \k<name>, \k<1>, \k<-1>, each with or without a level, and
// \g<name>, \g<1>, \g<-1>, \g<+1>.
func (p *parser) rubyReference(kind Kind, start int, name string, at Span) *Node {
	level := ""
	if kind == KindBackreference {
		name, level = cutLevel(name)
		at.End = at.Start + len(name)
	}
	first, _ := utf8.DecodeRuneInString(name)
	digits := strings.TrimLeft(name, "-")
	if kind == KindCall {
		digits = strings.TrimLeft(name, "+-")
	}
	numbered := isASCIIDigit(first) || first == '-' || kind == KindCall && first == '+'
	if numbered && (!isDigits(digits) || len(name) > len(digits)+1) || kind == KindBackreference && strings.ContainsAny(name[1:], "+-") {
		p.failWith(&Error{Code: "invalid-group-name", Message: "this is neither a group's name nor its number", Span: at})
		return p.leaf(KindError, TokenReference, start)
	}
	n := p.reference(kind, start, name, at)
	n.Other = level
	if kind == KindBackreference && numbered && n.Number == 0 && n.Op == OpAbsolute {
		p.undefined(n, name)
	}
	return n
}
