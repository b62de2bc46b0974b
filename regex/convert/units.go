package convert

import (
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// checkUnits warns when one flavor sees a character where the other one sees its
// UTF-16 units or bytes, and the pattern could match a part of one. That it could
// is where a set that has such characters takes a single one, or hands over to
// another within one. A repeat of such a set that ends at another character, as
// in "[^"]*", takes whole ones.
func (w *writer) checkUnits() {
	from, to := w.units()
	if from == to {
		return
	}
	c := unitCheck{w: w, unit: from, called: map[*syntax.Node]position{}, taken: map[*syntax.Node]*syntax.Node{}}
	if c.target(w.from.Root) >= stops && c.bad == nil {
		c.bad = w.from.Root
	}
	if c.bad == nil {
		return
	}
	w.takesUnits(c.bad)
}

// takesUnits warns of what can match a part of a character.
func (w *writer) takesUnits(n *syntax.Node) {
	from, to := w.units()
	narrow, unit := w.from.Flavor, from
	if limits[to] < limits[from] {
		narrow, unit = w.to, to
	}
	w.change(n, syntax.SeverityWarning, "%s takes %ss instead of characters here: %s can match a part of one", narrow.Label, unit, w.from.Source(n))
}

// A position says where in a character a match can be.
type position uint8

const (
	whole   position = iota // between two characters
	retreat                 // within one only if what follows needs that
	stops                   // within one without need, unless what follows forbids it
)

// A unitCheck goes through a pattern.
type unitCheck struct {
	w    *writer
	unit flavor.Unit  // of the source
	bad  *syntax.Node // the first node that can match a part of a character

	// called is where a match can be behind groups that are called, and the whole pattern: between two characters as long
	// as one is gone through, which taken has the call for that took it so.
	called map[*syntax.Node]position
	taken  map[*syntax.Node]*syntax.Node
}

// target goes through what is called, between two characters, or the whole pattern.
func (c *unitCheck) target(n *syntax.Node) position {
	c.called[n] = whole
	end := c.node(n, whole)
	c.called[n] = end
	if call := c.taken[n]; call != nil && end > whole {
		c.blame(call)
	}
	return end
}

// call goes through a call.
func (c *unitCheck) call(n *syntax.Node, at position) position {
	target := c.w.from.Root
	if n.Number > 0 {
		target = c.w.from.Groups[n.Number].Node
	}
	if at > whole || target == nil {
		c.blame(n)
		return whole
	}
	if end, ok := c.called[target]; ok {
		c.taken[target] = n
		return end
	}
	return c.target(target)
}

func (c *unitCheck) blame(n *syntax.Node) {
	if c.bad == nil {
		c.bad = n
	}
}

// node returns where a match can be behind a node that begins at a position.
func (c *unitCheck) node(n *syntax.Node, at position) position {
	if c.bad != nil {
		return whole
	}
	switch n.Kind {
	case syntax.KindConcat:
		for _, sub := range n.Sub {
			at = c.node(sub, at)
		}
		return at
	case syntax.KindAlternation, syntax.KindConditional:
		end := whole
		for _, sub := range n.Sub {
			end = max(end, c.node(sub, at))
		}
		return end
	case syntax.KindLiteral:
		return whole
	case syntax.KindDot, syntax.KindClass, syntax.KindClassEscape, syntax.KindProperty:
		if c.takesParts(n) {
			c.blame(n)
		}
		return whole
	case syntax.KindGroup:
		if n.IsLook() {
			return c.look(n, at)
		}
		if n.Op == syntax.OpAbsent {
			c.blame(n)
		}
		return c.node(n.Body(), at)
	case syntax.KindRepetition:
		return c.repetition(n, at)
	case syntax.KindAssertion:
		if n.Rune == 'B' || n.Rune == 'y' || n.Rune == 'Y' {
			if at > whole {
				c.blame(n)
			}
			return stops
		}
		return at
	case syntax.KindBackreference:
		if at > whole {
			c.blame(n)
		}
		return whole
	case syntax.KindCall:
		return c.call(n, at)
	case syntax.KindCode:
		c.blame(n)
	}
	return at
}

// takesParts reports whether a node takes one unit, of any character.
func (c *unitCheck) takesParts(n *syntax.Node) bool {
	if n.Kind == syntax.KindClassEscape && (n.Rune == 'R' || n.Rune == 'X' || n.Rune == 'C') {
		return true
	}
	set, ok := c.w.nodeSet(n, n.Flags.Without('i'))
	return !ok || c.w.beyond(set, c.unit) != noneBeyond
}

func (c *unitCheck) repetition(n *syntax.Node, at position) position {
	child := n.Sub[0]
	for child.Kind == syntax.KindGroup && !child.IsLook() && !child.IsCapture() && child.Op != syntax.OpAbsent {
		child = child.Body()
	}
	switch child.Kind {
	case syntax.KindDot, syntax.KindClass, syntax.KindClassEscape, syntax.KindProperty:
		if !c.takesParts(child) {
			break
		}
		if n.Max != syntax.Unlimited || n.Min > 1 || at == stops || at == retreat && n.Min > 0 || child.Rune == 'R' || child.Rune == 'X' || child.Rune == 'C' {
			c.blame(n)
		}
		switch {
		case n.Greed == syntax.Lazy && n.Min > 0:
			return stops
		case n.Greed == syntax.Possessive && c.takesAny(child):
			return whole // it goes to the end of the last one, and gives nothing back
		}
		return retreat
	case syntax.KindAlternation:
		if n.Max == syntax.Unlimited && n.Min <= 1 && at < stops && c.takesAll(child) {
			return retreat
		}
	case syntax.KindLiteral:
		if child.Len() == 1 && child.Runes()[0] > c.w.narrow() && n.Sub[0] == child {
			c.blame(n) // the repeat is of the last unit
		}
	}
	end := c.node(n.Sub[0], at)
	if n.Max != 1 {
		end = max(end, c.node(n.Sub[0], end))
	}
	if n.Min == 0 {
		end = max(end, at)
	}
	return end
}

// takesAny reports whether a node takes every part of a character.
func (c *unitCheck) takesAny(n *syntax.Node) bool {
	set, ok := c.w.nodeSet(n, n.Flags.Without('i'))
	return ok && c.w.beyond(set, c.unit) == allBeyond
}

// takesAll reports whether a repeat of an alternation, as in "(?:[^"\\]|\\.)*", goes
// over the parts of a character one after another: one branch takes any part, and
// the others begin with a character that has none.
func (c *unitCheck) takesAll(alternation *syntax.Node) bool {
	any := false
	for _, branch := range alternation.Sub {
		if set, ok := c.w.nodeSet(branch, branch.Flags); ok && branch.Kind != syntax.KindLiteral && c.w.beyond(set, c.unit) == allBeyond {
			any = true
			continue
		}
		items := []*syntax.Node{branch}
		if branch.Kind == syntax.KindConcat {
			items = branch.Sub
		}
		for i, item := range items {
			isWhole := item.Kind == syntax.KindLiteral && item.Runes()[0] <= c.w.narrow()
			isLast := i > 0 && i == len(items)-1 && (item.Kind == syntax.KindDot || item.Kind == syntax.KindClass || item.Kind == syntax.KindClassEscape)
			if !isWhole && !isLast {
				return false
			}
		}
	}
	return any
}

// look goes through a lookaround. Within a character, one that is negated holds.
func (c *unitCheck) look(n *syntax.Node, at position) position {
	c.node(n.Body(), whole)
	least, _ := c.w.from.Width(n.Body())
	switch {
	case n.Negated && n.IsBehind():
		if at > whole {
			c.blame(n)
		}
		return stops
	case at == whole && n.Negated && c.beginsWithPart(n.Body()):
		return stops // it can fail before a character, and hold within it
	case at == whole:
		return whole
	case n.Negated || least == 0 || c.beginsWithPart(n.Body()):
		c.blame(n)
	}
	return whole
}

// beginsWithPart reports whether what a node begins with could be a part of a
// character.
func (c *unitCheck) beginsWithPart(n *syntax.Node) bool {
	switch n.Kind {
	case syntax.KindLiteral:
		return false
	case syntax.KindDot, syntax.KindClass, syntax.KindClassEscape, syntax.KindProperty:
		return c.takesParts(n)
	case syntax.KindConcat:
		for _, sub := range n.Sub {
			if least, _ := c.w.from.Width(sub); least > 0 || c.beginsWithPart(sub) {
				return c.beginsWithPart(sub)
			}
		}
	case syntax.KindAlternation:
		for _, sub := range n.Sub {
			if c.beginsWithPart(sub) {
				return true
			}
		}
		return false
	case syntax.KindRepetition:
		return c.beginsWithPart(n.Sub[0])
	case syntax.KindGroup:
		if !n.IsLook() {
			return c.beginsWithPart(n.Body())
		}
	}
	return true
}

// checkLocale warns of what Perl looks up in the locale.
func (w *writer) checkLocale() {
	if !w.fromIs(flavor.InPerl) {
		return
	}
	w.from.Root.Walk(func(n *syntax.Node) bool {
		switch n.Kind {
		case syntax.KindLiteral, syntax.KindBackreference, syntax.KindClass, syntax.KindClassEscape, syntax.KindPosix, syntax.KindProperty, syntax.KindAssertion:
			if n.Flags.Has('l') {
				w.change(n, syntax.SeverityWarning, "in Perl this goes by the locale where the program runs")
			}
		}
		return true
	})
}
