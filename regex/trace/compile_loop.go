package trace

import (
	"slices"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// repetition compiles a repeat.
func (c *compiler) repetition(n *syntax.Node) {
	child := n.Sub[0]
	if child.Kind == syntax.KindLiteral && c.unit == flavor.UTF16 {
		if units := c.units(child); len(units) > 1 { // of two UTF-16 units, the second is repeated
			last := len(units) - 1
			parts := []func(){
				func() { c.literalUnits(child, units[:last]) },
				func() { c.repeat(n, func() { c.literalUnits(child, units[last:]) }, true) },
			}
			if c.back {
				parts[0], parts[1] = parts[1], parts[0]
			}
			parts[0]()
			parts[1]()
			return
		}
	}
	body := func() {
		for _, sub := range n.Sub {
			c.node(sub)
		}
	}
	if child.Kind == syntax.KindClassEscape && child.Rune == 'R' && c.tree.Flavor.Set == flavor.InJava {
		c.repeat(n, func() { c.atomic(c.token(child), body) }, false) // where it is repeated, Java does not give the LF back
		return
	}
	c.repeat(n, body, c.single(child))
}

// single reports whether a node is one test of one character.
func (c *compiler) single(n *syntax.Node) bool {
	switch n.Kind {
	case syntax.KindLiteral:
		units := c.units(n)
		return len(units) == 1 && !(c.foldsLong(n) && c.manyForOne(n, units[0].r) != "")
	case syntax.KindDot:
		return true
	case syntax.KindClassEscape:
		return n.Rune != 'R' && n.Rune != 'X' && n.Rune != 'C'
	case syntax.KindClass, syntax.KindProperty:
		return len(c.tree.ClassStrings(n)) == 0
	}
	return false
}

func (c *compiler) repeat(n *syntax.Node, body func(), single bool) {
	token := c.token(n)
	if c.rules.copies && n.Sub[0].Kind == syntax.KindBackreference && n.Max != 0 {
		c.refs = append(c.refs, reference{slots: c.targets(n.Sub[0])})
		empty := c.emit(opRefEmpty, c.token(n.Sub[0]), int32(len(c.refs)-1), 0)
		defer func() { c.insts[empty].b = c.here() }()
	}
	if n.Max != syntax.Unlimited && n.Max < n.Min { // as Perl takes it
		c.emit(opFail, token, 0, 0)
		return
	}
	if n.Max == 0 {
		over := c.emit(opJump, token, 0, 0) // a call can still get there
		body()
		c.insts[over].a = c.here()
		return
	}
	if n.Greed == syntax.Possessive || c.givesNothingBack(n) {
		c.atomic(token, func() { c.loop(n, body, single) })
		return
	}
	c.loop(n, body, single)
}

// givesNothingBack reports whether a repeat has been made possessive, which it then is even when it is written lazy.
func (c *compiler) givesNothingBack(n *syntax.Node) bool {
	item := n.Sub[0]
	return item.Kind != syntax.KindGroup && item.Kind != syntax.KindConditional && item.Kind != syntax.KindCall &&
		slices.ContainsFunc(c.possessive, func(at int) bool { return item.Span.Start <= at && at < item.Span.End })
}

func (c *compiler) loop(n *syntax.Node, body func(), single bool) {
	token := c.token(n)
	least, _ := c.tree.Width(n.Sub[0])
	l := loop{min: limitOf(n.Min), max: limitOf(n.Max), lazy: n.Greed == syntax.Lazy && !c.givesNothingBack(n), mayBeEmpty: least == 0, count: c.register(2), outer: c.innermost, token: token, run: choiceRun, unset: -1}
	l.start = l.count + 1
	if c.back {
		l.run = choiceRunBack
	}
	if c.rules.copies {
		if n.Max == syntax.Unlimited && n.Sub[0].IsLook() {
			l.max = limitOf(n.Min + 1)
		}
		l.mayBeEmpty = l.mayBeEmpty && l.max == unlimited
	}
	c.flavorLoop(n, &l)
	c.onigmoLoop(n, &l)
	if c.tree.Flavor.Semantics.RoundsForget {
		l.forget = c.groupsIn(n)
	}
	index := int32(len(c.loops))
	c.loops = append(c.loops, l)
	outer := c.innermost
	init := c.emit(opLoopInit, token, index, 0)
	c.innermost = index
	if single && !l.lazy {
		c.insts[init].op = opRunInit
		decide := c.emit(opRun, token, index, 0)
		body()
		c.emit(opJump, token, decide, 0)
	} else {
		decide := c.emit(opLoop, token, index, 0)
		c.emit(opLoopMore, token, index, 0)
		body()
		c.emit(opJump, token, decide, 0)
	}
	c.innermost = outer
	c.loops[index].exit = c.here()
}

// groupsIn are the registers of the groups in a node.
func (c *compiler) groupsIn(n *syntax.Node) [2]int32 {
	var all [2]int32
	n.Walk(func(n *syntax.Node) bool {
		if n.IsCapture() {
			slot := c.slots[c.index[n.Number]]
			if all[1] == 0 || slot < all[0] {
				all[0] = slot
			}
			all[1] = max(all[1], slot+2)
		}
		return true
	})
	return all
}
