package syntax

// Ruby refuses calls that can only end in the same call again: one that every way
// through a group comes to, and one that a group comes to before it has matched a
// character. See regcomp.c, subexp_inf_recursive_check.

// rubyRecursion looks for such calls.
type rubyRecursion struct {
	w widths
	// left are the groups that a group may call before it has matched anything.
	left map[*Node][]*Node
	// ends are the groups that can end.
	ends map[*Node]bool
	root *Node // stands for the whole pattern, as group 0
}

// endlessRounds is how often the groups are looked at for those that can end, in both
// directions: chains of calls that are in neither order are given up.
const endlessRounds = 20

func (p *parser) rubyRecursions() {
	calls := false
	for _, n := range p.refs {
		calls = calls || n.Kind == KindCall
	}
	if !calls || len(p.tree.Errors) > 0 {
		return
	}
	r := rubyRecursion{w: widths{tree: p.tree}, left: map[*Node][]*Node{}, ends: map[*Node]bool{}, root: p.tree.Root}
	groups := []*Node{r.root}
	r.root.Walk(func(n *Node) bool {
		if n.IsCapture() && n != r.root {
			groups = append(groups, n)
		}
		return true
	})
	for _, g := range groups {
		r.heads(r.body(g), g)
	}
	bad := r.cycle(groups)
	if bad == nil {
		bad = r.endless(groups)
	}
	if bad != nil {
		p.failWith(&Error{Code: "endless-recursion", Message: "this calls itself without an end", Span: bad.Span, Hint: "make the call optional, and match something before it"})
	}
}

// body is what a group, or the pattern, consists of.
func (r *rubyRecursion) body(g *Node) *Node {
	if g == r.root {
		return g
	}
	return g.Body()
}

// target returns the group that a call means.
func (r *rubyRecursion) target(n *Node) *Node {
	if n.Number == 0 && n.Text == "" {
		return r.root
	}
	if targets := r.w.targets(n); len(targets) > 0 {
		return targets[0]
	}
	return nil
}

// heads notes the calls of a group that nothing has to be matched before. It
// reports whether what follows n has nothing before it either.
func (r *rubyRecursion) heads(n, group *Node) bool {
	switch n.Kind {
	case KindCall:
		if target := r.target(n); target != nil {
			r.left[group] = append(r.left[group], target)
		}
	case KindClass, KindLiteral:
	case KindConcat:
		for _, sub := range n.Sub {
			if !r.heads(sub, group) {
				break
			}
		}
	default:
		for _, sub := range n.Sub {
			r.heads(sub, group)
		}
	}
	least, _ := r.w.of(n)
	return least == 0
}

// cycle returns a group that comes to itself by calls at its head, or nil.
func (r *rubyRecursion) cycle(groups []*Node) *Node {
	const (
		open = 1
		done = 2
	)
	state := map[*Node]int{}
	type frame struct {
		group *Node
		next  int
	}
	for _, g := range groups {
		if state[g] != 0 {
			continue
		}
		stack := []frame{{g, 0}}
		state[g] = open
		for len(stack) > 0 {
			f := &stack[len(stack)-1]
			if f.next == len(r.left[f.group]) {
				state[f.group] = done
				stack = stack[:len(stack)-1]
				continue
			}
			to := r.left[f.group][f.next]
			f.next++
			switch state[to] {
			case open:
				return to
			case 0:
				state[to] = open
				stack = append(stack, frame{to, 0})
			}
		}
	}
	return nil
}

// endless returns a group that cannot end, or nil.
func (r *rubyRecursion) endless(groups []*Node) *Node {
	for round := range endlessRounds {
		before := len(r.ends)
		for i := range groups {
			g := groups[i]
			if round%2 == 0 {
				g = groups[len(groups)-1-i]
			}
			if !r.ends[g] && r.canEnd(r.body(g)) {
				r.ends[g] = true
			}
		}
		switch len(r.ends) {
		case len(groups):
			return nil
		case before:
			for _, g := range groups {
				if !r.ends[g] {
					return g
				}
			}
		}
	}
	return nil
}

// canEnd reports whether there is a way through a node that calls only groups that
// are known to end.
func (r *rubyRecursion) canEnd(n *Node) bool {
	switch n.Kind {
	case KindCall:
		target := r.target(n)
		return target == nil || r.ends[target]
	case KindRepetition:
		return n.Min == 0 || r.canEnd(n.Sub[0])
	case KindAlternation:
		for _, sub := range n.Sub {
			if r.canEnd(sub) {
				return true
			}
		}
		return false
	case KindConditional:
		if len(n.Sub) < 3 {
			return true
		}
		return r.canEnd(n.Sub[1]) || r.canEnd(n.Sub[2])
	case KindClass:
		return true
	}
	for _, sub := range n.Sub {
		if !r.canEnd(sub) {
			return false
		}
	}
	return true
}
