package syntax

import (
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// property reads \p{Name}, \pN and their negations.
func (p *parser) property(start int, c byte) *Node {
	if p.is(flavor.InJS) && !p.strict() {
		return nil // a p
	}
	var name string
	var at Span
	switch {
	case p.at("{"):
		end := strings.IndexByte(p.s[p.pos:], '}')
		if end < 0 {
			p.pos = len(p.s)
			p.fail("invalid-escape", start, "", "missing closing }: the property's name starts here")
			break
		}
		at = Span{p.pos + 1, p.pos + end}
		name = p.s[at.Start:at.End]
		p.pos += end + 1
	case p.has(flavor.PropertyShort) && p.more():
		at.Start = p.pos
		p.rune()
		at.End = p.pos
		name = p.s[at.Start:at.End]
	case p.is(flavor.InRuby):
		return nil // a p
	default:
		p.fail("invalid-escape", start, `as in \p{L}`, `\%c needs a name in braces`, c)
	}
	n := p.leaf(KindProperty, TokenClassEscape, start)
	n.Negated = c == 'P'
	n.Aux = at
	if bare, ok := strings.CutPrefix(strings.TrimLeft(name, " "), "^"); ok && p.has(flavor.PropertyCaret) {
		n.Negated = !n.Negated
		name = bare
		n.Aux.Start = at.End - len(bare)
	}
	n.Text = name
	if len(p.tree.Errors) == 0 && !p.knownProperty(name) {
		p.failWith(&Error{Code: "unknown-property", Message: "there is no property " + name, Span: n.Aux})
	}
	return n
}

// knownProperty reports whether the flavor has a property of this name.
func (p *parser) knownProperty(name string) bool {
	if p.is(flavor.InGo) {
		return goProperty(name)
	}
	if p.is(flavor.InDotNet) {
		return dotnetProperty(name)
	}
	return name != ""
}
