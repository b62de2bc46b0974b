package syntax

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// finish does what needs the whole pattern: it resolves references, checks
// lookbehinds, and sorts the errors.
func (p *parser) finish() {
	if p.is(flavor.InDotNet) {
		p.renumber()
	}
	if p.is(flavor.InGo) {
		p.checkGo()
	}
	for _, n := range p.refs {
		p.resolve(n)
	}
	slices.SortStableFunc(p.tree.Errors, func(a, b *Error) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
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
	if n.Text != "" {
		numbers := p.names[n.Text]
		if len(numbers) == 0 {
			p.undefined(n, n.Text)
			return
		}
		n.Number = numbers[0]
		return
	}
	if n.Number <= 0 || n.Number < len(p.tree.Groups) && p.tree.Groups[n.Number].Node != nil {
		return
	}
	p.undefined(n, fmt.Sprint(n.Number))
}

func (p *parser) defined(name string) bool {
	if isDigits(name) {
		i := number(name)
		return i == 0 || i < len(p.tree.Groups) && p.tree.Groups[i].Node != nil
	}
	return len(p.names[name]) > 0
}

func (p *parser) undefined(n *Node, name string) {
	p.failWith(&Error{Code: "undefined-group", Message: fmt.Sprintf("there is no group %s", name), Span: n.Aux})
}

// renumber gives named groups their numbers as .NET does: behind those without
// a name, in order, but for numbers that are taken.
func (p *parser) renumber() {
	var plain, named []*Node
	taken := map[int]bool{}
	p.tree.Root.Walk(func(n *Node) bool {
		switch {
		case !n.IsCapture():
		case n.Text != "" && !isDigits(n.Text):
			named = append(named, n)
		case n.Aux.Start == n.Aux.End:
			plain = append(plain, n)
		default:
			taken[n.Number] = true
		}
		return true
	})
	groups := make([]Group, 1, len(p.tree.Groups))
	put := func(n *Node) {
		for len(groups) <= n.Number {
			groups = append(groups, Group{})
		}
		if groups[n.Number].Node == nil {
			groups[n.Number] = Group{Name: n.Text, Node: n}
		}
	}
	numbers := map[*Node]int{}
	next := 1
	for _, n := range plain {
		n.Number = next
		taken[next] = true
		next++
		put(n)
	}
	names := map[string][]int{}
	for _, n := range named {
		if have := names[n.Text]; have != nil {
			n.Number = have[0]
			continue
		}
		for taken[next] {
			next++
		}
		n.Number = next
		names[n.Text] = []int{next}
		taken[next] = true
		put(n)
	}
	p.tree.Root.Walk(func(n *Node) bool {
		if n.IsCapture() {
			put(n)
			numbers[n] = n.Number
		}
		return true
	})
	p.names, p.tree.Groups = names, groups
	for n, k := range numbers {
		if i := p.tree.tokenAt(n.Span.Start); i >= 0 {
			p.tree.Tokens[i].Number = int32(k)
			if pair := p.tree.Tokens[i].Pair; pair >= 0 {
				p.tree.Tokens[pair].Number = int32(k)
			}
		}
	}
}

// tokenAt returns the index of the token that starts at an offset, or -1.
func (t *Tree) tokenAt(offset int) int {
	i, ok := slices.BinarySearchFunc(t.Tokens, offset, func(t Token, offset int) int { return cmp.Compare(t.Span.Start, offset) })
	if !ok {
		return -1
	}
	return i
}
