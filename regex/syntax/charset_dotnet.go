package syntax

import "unicode"

// dotnetClass evaluates a class as regexp2 does. Ranges come first, and of the
// categories those up to the first negative one: what that one is not about
// matches, and what it is about does not, whatever other categories follow.
func (e *evaluator) dotnetClass(n *Node) CharSet {
	subtracts := len(n.Sub) == 1 && n.Sub[0].Kind == KindClassOp
	items := n.Sub
	if subtracts {
		items = n.Sub[0].Sub[:1]
	}
	set := e.dotnetItems(items, n)
	if n.Negated {
		set = e.not(set, n)
	}
	if subtracts {
		for _, sub := range n.Sub[0].Sub[1:] {
			subtrahend := e.dotnetSubtrahend(sub)
			set = set.Minus(subtrahend)
		}
	}
	return set
}

// dotnetSubtrahend is a class that is subtracted.
func (e *evaluator) dotnetSubtrahend(n *Node) CharSet {
	outer := e.subtracted
	e.subtracted = true
	defer func() { e.subtracted = outer }()
	if n.Kind == KindClass {
		return e.dotnetClass(n)
	}
	return e.dotnetItems([]*Node{n}, n)
}

// dotnetItems evaluates the items of a class.
func (e *evaluator) dotnetItems(items []*Node, class *Node) CharSet {
	var ranges []CharRange
	var categories CharSet
	decided := false
	opposites := map[string]bool{}
	for i := 0; i < len(items); i++ {
		switch n := items[i]; n.Kind {
		case KindClassSet:
			items = append(items[:i:i], append(append([]*Node(nil), n.Sub...), items[i+1:]...)...)
			i--
		case KindComment, KindSpace, KindQuoteMark, KindError, KindPosix:
		case KindLiteral:
			for _, r := range e.units(n) {
				ranges = append(ranges, e.dotnetFold(charsOf(r), class)...)
			}
		case KindRange:
			ranges = append(ranges, e.dotnetFold(e.span(n), class)...)
		case KindClass:
			categories = categories.Union(e.dotnetClass(n))
		default:
			set := e.item(n)
			key := string(n.Rune) + n.Text
			if was, ok := opposites[key]; ok && was != n.Negated {
				return CharSet{Universe(e.flavor, class.Flags)} // \w\W
			}
			opposites[key] = n.Negated
			if !decided {
				categories = categories.Union(set)
			}
			decided = decided || n.Negated
		}
	}
	return charSet(ranges).Union(categories)
}

// dotnetFold is the case of one item. What is subtracted only gets the lower case
// of its own characters.
func (e *evaluator) dotnetFold(set CharSet, class *Node) CharSet {
	if !class.Flags.Has('i') || !e.subtracted {
		return e.fold(set, class.Flags)
	}
	if lower := foldLower(set); len(lower) == 1 && lower[0].First == lower[0].Last {
		return lower
	}
	var more []CharRange
	for _, r := range simpleCase().chars {
		if lower := unicode.ToLower(r); set.Contains(r) {
			more = append(more, CharRange{lower, lower})
		}
	}
	return set.Union(charSet(more))
}
