package syntax

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// finish does what needs the whole pattern: it resolves references, checks
// lookbehinds, and sorts the errors.
func (p *parser) finish() {
	if p.is(flavor.InGo) {
		p.checkGo()
	}
	if p.is(flavor.InJS) {
		p.checkJSGroups()
	}
	if p.is(flavor.InPython) {
		p.checkPython()
		return
	}
	for _, n := range p.refs {
		p.resolve(n)
	}
	p.checkLookbehinds()
	if p.is(flavor.InRuby) {
		p.rubyRecursions()
	}
	p.sortErrors()
}

// sortErrors puts the errors in the order in which a reader from left to right
// meets them: what is never closed, at the end, a class or comment before the
// groups around it.
func (p *parser) sortErrors() {
	rank := func(e *Error) (at, among int) {
		switch e.Code {
		case "missing-paren":
			if strings.HasPrefix(p.s[e.Span.Start:], "(?#") {
				return len(p.s), 0
			}
			return len(p.s), 1
		case "missing-bracket":
			return len(p.s), 0
		}
		return e.Span.Start, -1
	}
	slices.SortStableFunc(p.tree.Errors, func(a, b *Error) int {
		atA, amongA := rank(a)
		atB, amongB := rank(b)
		if atA == len(p.s) && atB == atA && p.is(flavor.InPython) {
			return 0 // as they were found: Python names the innermost
		}
		return cmp.Or(cmp.Compare(atA, atB), cmp.Compare(amongA, amongB), cmp.Compare(a.Span.Start, b.Span.Start))
	})
}

// resolve checks that what a node refers to is there, and gives it the group's
// number.
func (p *parser) resolve(n *Node) {
	if n.Kind == KindGroup { // balancing
		if n.Other != "" && !p.defined(n.Other) {
			p.undefined(n, n.Other)
		}
		return
	}
	if n.Kind == KindCondition && n.Op == OpRecursion && p.is(flavor.InPCRE2) && !p.isRecursionByName(n) {
		p.recursionOrName(n)
		return
	}
	if p.is(flavor.InRuby) && p.rubyNumbered(n) {
		return
	}
	if n.Text != "" {
		numbers := p.names[n.Text]
		if len(numbers) == 0 {
			p.undefined(n, n.Text)
			return
		}
		n.Number = numbers[0]
		return
	}
	if n.Kind == KindBackreference && p.is(flavor.InJava) {
		return // a group that is not there matches nothing
	}
	if n.Number <= 0 || n.Number < len(p.tree.Groups) && p.tree.Groups[n.Number].Node != nil {
		return
	}
	p.undefined(n, fmt.Sprint(n.Number))
}

// isRecursionByName reports whether a condition is R&name.
func (p *parser) isRecursionByName(n *Node) bool { return p.s[n.Aux.Start-1] == '&' }

// recursionOrName decides what R and R1 are in PCRE2: the name of a group when
// there is one, and otherwise a test for recursion.
func (p *parser) recursionOrName(n *Node) {
	name := n.Text
	if numbers := p.names[name]; len(numbers) > 0 {
		n.Op, n.Number = OpGroup, numbers[0]
		return
	}
	p.setText(n, "")
	if n.Number == 0 {
		n.Number = -1
	}
	if n.Number > 0 && n.Number >= len(p.tree.Groups) {
		p.undefined(n, name[1:])
	}
}

func (p *parser) defined(name string) bool {
	if isDigits(name) {
		i := number(name)
		return i == 0 || i < len(p.tree.Groups) && p.tree.Groups[i].Node != nil
	}
	return len(p.names[name]) > 0
}

func (p *parser) undefined(n *Node, name string) {
	e := &Error{Code: "undefined-group", Message: "there is no group " + name, Span: n.Span}
	if !isDigits(name) {
		e.Message = fmt.Sprintf("there is no group named %q", name)
	}
	switch n.Kind {
	case KindGroup:
		e.Span = n.opener()
	case KindCondition:
		e.Span = n.Aux
	}
	p.failWith(e)
}
