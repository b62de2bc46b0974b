package syntax

import (
	"fmt"
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// property reads \p{Name}, \pN and their negations.
func (p *parser) property(start int, c byte) *Node {
	if p.is(flavor.InJS) && !p.strict {
		return nil // a p
	}
	name, at, ok := "", Span{p.pos, p.pos}, true
	switch {
	case p.at("{"):
		p.pos++
		at.Start = p.pos
		if ok = p.propertyName(); !ok {
			p.fail("invalid-escape", start, "", "missing closing }: the property's name starts here")
		}
		at.End = p.pos
		p.take("}")
		name = p.s[at.Start:at.End]
	case p.has(flavor.PropertyShort) && p.more():
		p.rune()
		at.End = p.pos
		name = p.s[at.Start:at.End]
		if p.is(flavor.InPCRE2|flavor.InPerl) && !isASCIILetter(rune(name[0])) {
			p.fail("invalid-escape", start, `as in \p{L}`, `\%c needs a name in braces, or one letter`, c)
			ok = false
		}
	case p.is(flavor.InRuby):
		return nil // a p
	default:
		needs := "a name in braces"
		if p.has(flavor.PropertyShort) {
			needs = "a letter, or a name in braces"
		}
		p.fail("invalid-escape", start, `as in \p{L}`, `\%c needs %s`, c, needs)
		ok = false
	}
	if ok && name == "" && p.is(flavor.InGo|flavor.InDotNet|flavor.InJS) {
		p.fail("invalid-escape", start, `as in \p{L}`, `\%c needs a name in the braces`, c)
		ok = false
	}
	n := p.leaf(KindProperty, TokenClassEscape, start)
	p.goes.large++
	n.Negated = c == 'P'
	n.Aux = at
	if p.is(flavor.InPerl) {
		name = strings.Trim(name, perlSpaces)
	}
	if bare, ok := strings.CutPrefix(name, "^"); ok && p.has(flavor.PropertyCaret) {
		n.Negated = !n.Negated
		name = bare
		if p.is(flavor.InPerl) {
			name = strings.TrimLeft(name, perlSpaces)
		}
		n.Aux.Start = at.End - len(bare)
	}
	p.setText(n, name)
	if ok && !(p.tree.Flavor.HasProperty(p.officialName(name), p.propertyFlags()) && p.goodWildcard(name)) {
		p.unknownProperty(n)
	}
	return n
}

// propertyFlags are the flags that the names of properties depend on: those of the
// whole pattern in JavaScript, which has no others.
func (p *parser) propertyFlags() flavor.Flags {
	if p.is(flavor.InJS) {
		return p.tree.Flags
	}
	return p.flags
}

// perlSpaces are what Perl ignores around the name of a property.
const perlSpaces = " \t\n\v\f\r"

// propertyName goes to the } behind a property's name, and reports whether it is
// there.
func (p *parser) propertyName() bool {
	switch {
	case p.is(flavor.InRuby):
		for p.more() && strings.IndexByte("}(){|", p.s[p.pos]) < 0 {
			p.pos++
		}
	case p.is(flavor.InPCRE2):
		// The name is as long as pcre2_compile has room for.
		for size := 0; p.more() && p.s[p.pos] != '}' && p.s[p.pos] != 0 && size < 50; p.pos++ {
			if c := p.s[p.pos]; c != '_' && c != '-' && c != ' ' && (c < '\t' || c > '\r') {
				size++
			}
		}
	default:
		if end := p.index("}"); end < len(p.s) {
			p.pos = end
			break
		}
		for p.more() && (isASCIIWord(p.s[p.pos]) || strings.IndexByte("^=:- ", p.s[p.pos]) >= 0) {
			p.pos++ // what is typed of it
		}
	}
	return p.at("}")
}

// goodWildcard reports whether the pattern of a property's values in Perl, if there
// is one, has only what such patterns may have. Whether it matches a value is not
// known here.
func (p *parser) goodWildcard(name string) bool {
	pattern, ok := flavor.Wildcard(name)
	if !ok || !p.is(flavor.InPerl) {
		return true
	}
	tree := Parse(pattern, p.tree.Flavor, flavor.FlagsOf("i"))
	good := len(tree.Errors) == 0
	tree.Root.Walk(func(n *Node) bool {
		switch n.Kind {
		case KindProperty:
			good = false
		case KindAssertion:
			good = good && n.Rune != 'G'
		case KindRepetition:
			good = good && (n.Min > 0 || n.Max != Unlimited)
		case KindFlags, KindGroup:
			if n.Kind == KindFlags || n.Op == OpFlagsGroup {
				good = good && !strings.ContainsAny(n.Text, "adlugcs")
			}
		}
		return good
	})
	return good
}

// officialName makes of a name that may be one of the user's own in Perl one that
// cannot, in an extended class: its properties have to be known.
func (p *parser) officialName(name string) string {
	if p.strictClass && name != "" {
		return strings.ToLower(name[:1]) + name[1:]
	}
	return name
}

// unknownProperty refuses the name of a property, and offers the flavor's own
// spelling of it.
func (p *parser) unknownProperty(n *Node) {
	e := &Error{Code: "unknown-property", Message: fmt.Sprintf("%s has no property %s", p.engineName(), n.Text), Span: n.Span}
	if text := p.propertySpelling(n.Text); text != "" && n.Aux.End > n.Aux.Start {
		e.Hint, e.Fix = "write "+text, &Fix{n.Aux, text}
	} else if found, ok := p.tree.Flavor.FindProperty(n.Text); ok && found.Kind == "strings" {
		e.Hint = "it is there with the flag v"
	} else if p.is(flavor.InGo | flavor.InDotNet | flavor.InJS) {
		e.Hint = "names are as in " + propertyExamples[p.tree.Flavor.Name]
	}
	p.failWith(e)
}

var propertyExamples = map[string]string{
	"go": `\pL, \p{Lu}, \p{Greek}`, "dotnet": `\pL, \p{Lu}, \p{Greek}; regexp2 has no blocks such as IsGreek`,
	"js": `\p{L}, \p{Lu}, \p{Script=Greek}, \p{Alphabetic}`,
}

// propertySpelling returns how the flavor writes a property that others write so,
// or "".
func (p *parser) propertySpelling(name string) string {
	f := p.tree.Flavor
	_, value, ok := strings.Cut(name, "=")
	if !ok {
		value = name
	}
	value = strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(value, "Is"), "In"), "java")
	// Perl's list has the names that Unicode gives properties and their values.
	perl, err := flavor.Lookup("perl")
	if err != nil {
		return ""
	}
	for _, list := range []*flavor.Flavor{f, perl} {
		property, ok := list.FindProperty(value)
		if !ok {
			continue
		}
		for _, name := range append([]string{property.Name}, property.Aliases...) {
			for _, text := range []string{name, "Is" + name, "In" + name, "Script=" + name} {
				if f.HasProperty(text, p.propertyFlags()) {
					return text
				}
			}
		}
	}
	return ""
}
