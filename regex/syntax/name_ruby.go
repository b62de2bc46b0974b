package syntax

import (
	"fmt"
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

// rubyNumbered refuses what Ruby does not have where groups have names: references
// by number, and calls of a name that several groups have.
func (p *parser) rubyNumbered(n *Node) bool {
	switch {
	case n.Text == "" && len(p.names) > 0 && (n.Kind != KindCall || n.Number != 0):
		p.failWith(&Error{
			Code: "numbered-reference", Message: "groups that have no name do not capture here, as others have one: refer to them by name", Span: n.Aux,
		})
	case n.Kind == KindCall && n.Text != "" && len(p.names[n.Text]) > 1:
		p.failWith(&Error{Code: "duplicate-name", Message: fmt.Sprintf("several groups are named %q: which one to call is not clear", n.Text), Span: n.Aux})
	default:
		return false
	}
	return true
}

// rubyGroupName is the name of a group as Ruby reports it: the escapes of
// characters beyond ASCII are resolved, those of others are written in another way.
func (p *parser) rubyGroupName(name string) string {
	if !strings.Contains(name, `\u`) {
		return name
	}
	var b strings.Builder
	q := parser{s: name}
	for i := 0; i < len(name); {
		if name[i] != '\\' || i+1 == len(name) || name[i+1] != 'u' {
			b.WriteByte(name[i])
			i++
			continue
		}
		r, end, message := q.rubyUnicode(i, nil)
		switch {
		case message != "":
			return name
		case r < utf8.RuneSelf:
			fmt.Fprintf(&b, `\x%02X`, r)
		default:
			b.WriteRune(r)
		}
		i = end
	}
	return b.String()
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
