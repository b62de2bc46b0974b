package syntax

// maxEmptyRounds bounds how often [Tree.CanBeEmpty] looks at all groups: of groups that call each other in a chain, each
// round decides one at least, and people do not write longer ones.
const maxEmptyRounds = 16

// CanBeEmpty reports whether a node can match without taking a character. It is exact where Width is, and for recursions
// too, which Width counts from 0: what calls itself matches nothing only if it does so on a way without the call. Where
// groups call each other in chains longer than 16, the answer may be true without need. It takes time linear in the size
// of the tree.
func (t *Tree) CanBeEmpty(n *Node) bool {
	if least, _ := t.Width(n); least > 0 {
		return false
	}
	calls, accepts := false, false
	t.Root.Walk(func(n *Node) bool {
		calls = calls || n.Kind == KindCall
		accepts = accepts || n.Kind == KindVerb && n.Text == "ACCEPT"
		return true
	})
	if !calls || accepts {
		return true
	}
	e := empties{tree: t, known: map[*Node]bool{}}
	for range maxEmptyRounds {
		before := len(e.known)
		for _, g := range t.Groups {
			if g.Node != nil && e.of(g.Node) {
				e.known[g.Node] = true
			}
		}
		if e.of(t.Root) {
			e.known[t.Root] = true
		}
		if len(e.known) == before {
			return e.of(n)
		}
	}
	return true
}

// empties are the groups, and the root, that are known to match nothing: the least fixed point grows to all of them.
type empties struct {
	tree  *Tree
	known map[*Node]bool
}

func (e *empties) of(n *Node) bool {
	switch n.Kind {
	case KindConcat:
		for _, sub := range n.Sub {
			if !e.of(sub) {
				return false
			}
		}
		return true
	case KindAlternation:
		return e.any(n.Sub)
	case KindConditional:
		return len(n.Sub) == 2 || e.any(n.Sub[1:])
	case KindGroup:
		return n.IsLook() || n.Op == OpAbsent || e.of(n.Body())
	case KindRepetition:
		return n.Min == 0 || e.of(n.Sub[0])
	case KindCall:
		target := e.tree.Root
		switch {
		case n.Number > 0 && n.Number < len(e.tree.Groups):
			target = e.tree.Groups[n.Number].Node
		case n.Number != 0 || n.Text != "":
			return true // there is no such group, which is an error of the pattern
		}
		return target == nil || e.known[target]
	}
	least, _ := e.tree.Width(n)
	return least == 0
}

func (e *empties) any(nodes []*Node) bool {
	for _, n := range nodes {
		if e.of(n) {
			return true
		}
	}
	return false
}
