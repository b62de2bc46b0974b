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
	if n.Max == 0 && c.takesZeroForOne(n) {
		c.asksWide = true
		over := c.emit(opIfWide, token, 0, 0)
		c.loop(n, 1, body, single)
		c.insts[over].a = c.here()
		return
	}
	if n.Max == 0 {
		c.hideCalled(n)
		over := c.emit(opJump, token, 0, 0) // a call can still get there
		body()
		c.insts[over].a = c.here()
		return
	}
	if c.repeatsRounds(n) && (!isDeterministic(n.Sub[0]) || c.rules.keepsLooked && capturesDirectly(n.Sub[0])) {
		round := body
		body = func() { c.atomic(token, round) }
	}
	if n.Greed == syntax.Possessive || c.givesNothingBack(n) {
		c.atomic(token, func() { c.loop(n, n.Max, body, single) })
		return
	}
	c.loop(n, n.Max, body, single)
}

// takesZeroForOne reports whether Perl takes {0} of an item for {0,1}: of one letter without another case, that alone in a
// group or not, in texts that are UTF-8 to it, as they have characters beyond U+00FF. Its regrepeat has found one match
// before it looks at the maximum.
func (c *compiler) takesZeroForOne(n *syntax.Node) bool {
	if !c.rules.lazyGroups || n.Greed == syntax.Lazy {
		return false
	}
	item := n.Sub[0]
	for item.Kind == syntax.KindGroup && (item.IsCapture() || item.Op == syntax.OpNonCapture) {
		item = item.Body()
	}
	if item.Kind != syntax.KindLiteral || len(item.Runes()) != 1 {
		return false
	}
	set := c.tree.RuneSet(item, item.Runes()[0])
	return len(set) == 1 && set[0].First == set[0].Last && !c.isSoughtBehind(n)
}

// isSoughtBehind reports whether Perl looks for a text behind an item before it tries the pattern, at a distance that does
// not count the item: the longest letters at a fixed distance, the first of those of one length.
func (c *compiler) isSoughtBehind(n *syntax.Node) bool {
	var longest [2]int // before it and behind
	side, run := 0, 0
	for _, item := range c.tree.Root.Sub {
		least, most := c.tree.Width(item)
		for item != n && item.Kind == syntax.KindGroup && (item.IsCapture() || item.Op == syntax.OpNonCapture) {
			item = item.Body()
		}
		switch {
		case item.Kind.IsTrivia():
		case item == n:
			side, run = 1, 0
		case item.Kind == syntax.KindLiteral:
			run += item.Len()
			longest[side] = max(longest[side], run)
		case least != most:
			return side == 1 && longest[1] > longest[0]
		default:
			run = 0
		}
	}
	return side == 1 && longest[1] > longest[0]
}

// hideCalled notes a group of one length that is not matched, as all that {0} is about: Perl has it without its parentheses
// then, and calls of it do not get to its end.
func (c *compiler) hideCalled(n *syntax.Node) {
	item := n.Sub[0]
	for item.Kind == syntax.KindGroup && (item.Op == syntax.OpNonCapture || item.Op == syntax.OpFlagsGroup) {
		item = item.Body()
	}
	if !c.rules.lazyGroups || !item.IsCapture() || c.single(item.Body()) || !c.isFixed(item.Body()) {
		return
	}
	if c.uncallable == nil {
		c.uncallable = map[int]bool{}
	}
	c.uncallable[item.Number] = true
}

// givesNothingBack reports whether a repeat has been made possessive, which it then is even when it is written lazy.
func (c *compiler) givesNothingBack(n *syntax.Node) bool {
	item := n.Sub[0]
	return item.Kind != syntax.KindGroup && item.Kind != syntax.KindConditional && item.Kind != syntax.KindCall &&
		slices.ContainsFunc(c.possessive, func(at int) bool { return item.Span.Start <= at && at < item.Span.End })
}

// loop compiles a repeat of at most so many rounds.
func (c *compiler) loop(n *syntax.Node, most int, body func(), single bool) {
	token := c.token(n)
	least, _ := c.tree.Width(n.Sub[0])
	l := loop{min: limitOf(n.Min), max: limitOf(most), lazy: n.Greed == syntax.Lazy && !c.givesNothingBack(n), mayBeEmpty: least == 0, count: c.register(2), outer: c.innermost, token: token, run: choiceRun, unset: -1}
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
	if _, widest := c.tree.Width(n.Sub[0]); widest == 0 && c.rules.lazyGroups { // Perl takes one round for all
		l.min, l.max = min(l.min, 1), min(l.max, 1)
	}
	c.flavorLoop(n, &l)
	c.onigmoLoop(n, &l)
	if c.tree.Flavor.Semantics.RoundsForget {
		l.forget = c.groupsIn(n)
	}
	index := int32(len(c.loops))
	c.loops = append(c.loops, l)
	outer := c.innermost
	if c.restoresLast() && n.Greed != syntax.Possessive && c.isUnit(n.Sub[0]) {
		c.emit(opAlt, token, pcBacktrack, 0)
	}
	init := c.emit(opLoopInit, token, index, 0)
	c.innermost = index
	if single && !l.lazy {
		c.insts[init].op = opRunInit
		decide := c.emit(opRun, token, index, 0)
		body()
		c.emit(opJump, token, decide, 0)
	} else {
		decide := c.emit(opLoop, token, index, 0)
		c.savesLoop(n)
		c.emit(opLoopMore, token, index, 0)
		c.saves(n, body)
		c.emit(opJump, token, decide, 0)
	}
	c.innermost = outer
	c.loops[index].exit = c.here()
	if c.setsAnew(n) {
		c.emit(opAnew, token, index, int32(c.index[n.Sub[0].Number]))
	}
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
