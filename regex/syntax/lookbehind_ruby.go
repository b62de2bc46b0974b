package syntax

// rubyWidths finds what Ruby's engine, Onigmo, takes in lookbehinds: regcomp.c,
// check_type_tree and get_char_length_tree.
type rubyWidths struct {
	w      widths
	groups map[*Node]rubyWidth
	open   map[*Node]bool
	bad    map[rubyBody]*Node // what notAllowed has found
}

// rubyBody is what is in a lookbehind, and whether it is looked at for a negated one.
type rubyBody struct {
	body    *Node
	negated bool
}

type rubyWidth struct {
	width int
	fixed bool
}

func (p *parser) rubyLookbehinds() {
	r := rubyWidths{w: widths{tree: p.tree}, groups: map[*Node]rubyWidth{}, open: map[*Node]bool{}, bad: map[rubyBody]*Node{}}
	for _, n := range p.looks {
		if bad := r.notAllowed(n.Body(), n.Negated); bad != nil {
			p.failWith(&Error{
				Code: "lookbehind-not-fixed", Message: "this cannot be in a lookbehind of Ruby", Span: bad.Span,
				Aux:  &Note{p.lookbehindOpener(n), "the lookbehind starts here"},
				Hint: rubyLookbehindHint(bad, n.Negated),
			})
			continue
		}
		for _, branch := range r.branches(n.Body()) {
			if _, fixed := r.width(branch); !fixed {
				p.failWith(&Error{
					Code: "lookbehind-not-fixed", Span: p.lookbehindOpener(n), Aux: r.varying(branch),
					Message: "each alternative of a lookbehind has to match a fixed number of characters",
					Hint:    `or write it before the match and \K behind it`,
				})
				break
			}
		}
	}
}

func rubyLookbehindHint(bad *Node, negated bool) string {
	if negated && bad.IsCapture() {
		return "a negative lookbehind captures nothing: write (?:...)"
	}
	return ""
}

// branches are the alternatives that may have different widths: those of the body,
// also when groups without capture are around them.
func (r *rubyWidths) branches(n *Node) []*Node {
	for {
		if only := onlyItem(n); only != nil {
			n = only
		}
		if n.Kind != KindGroup || n.Op != OpNonCapture {
			break
		}
		n = n.Body()
	}
	if n.Kind == KindAlternation {
		return n.Sub
	}
	return []*Node{n}
}

// onlyItem returns the one item of a concatenation that is no trivia, or nil.
func onlyItem(n *Node) *Node {
	if n.Kind != KindConcat {
		return nil
	}
	var only *Node
	for _, sub := range n.Sub {
		if sub.Kind.IsTrivia() {
			continue
		}
		if only != nil {
			return nil
		}
		only = sub
	}
	return only
}

// varying points at the outermost part that matches more or fewer characters.
func (r *rubyWidths) varying(n *Node) *Note {
	var found *Note
	n.Walk(func(n *Node) bool {
		if found != nil && n.Span.End > found.Span.End || n.IsLook() {
			return false
		}
		if _, fixed := r.width(n); fixed {
			return false
		}
		least, most := r.w.of(n)
		found = &Note{n.Span, widthText(least, most)}
		return n.Kind != KindRepetition
	})
	return found
}

// notAllowed returns the first node that a lookbehind cannot have in it. Those in it
// are looked at once, however many are around them.
func (r *rubyWidths) notAllowed(body *Node, negated bool) *Node {
	bad, known := r.bad[rubyBody{body, negated}]
	if known {
		return bad
	}
	body.Walk(func(n *Node) bool {
		if bad != nil {
			return false
		}
		refused := false
		switch n.Kind {
		case KindGroup:
			refused = !n.IsBehind() && n.Op != OpNonCapture && n.Op != OpFlagsGroup && (!n.IsCapture() || negated)
		case KindConditional, KindBackreference:
			refused = true
		case KindAssertion:
			refused = n.Rune == 'z' || n.Rune == 'Z'
		case KindRepetition:
			refused = n.Greed == Possessive
		case KindClassEscape:
			refused = n.Rune == 'R' || n.Rune == 'X'
		case KindClass:
			return false
		}
		switch {
		case refused:
			bad = n
		case n.IsBehind():
			bad = r.notAllowed(n.Body(), negated)
			return false
		}
		return bad == nil
	})
	r.bad[rubyBody{body, negated}] = bad
	return bad
}

// width is the number of characters that a node matches, and whether there is one
// such number.
func (r *rubyWidths) width(n *Node) (int, bool) {
	switch n.Kind {
	case KindLiteral:
		return n.Len(), true
	case KindDot, KindClassEscape, KindProperty, KindClass:
		return 1, true
	case KindConcat:
		sum := 0
		for _, sub := range n.Sub {
			width, fixed := r.width(sub)
			if !fixed {
				return 0, false
			}
			sum = min(sum+width, MaxWidth)
		}
		return sum, true
	case KindAlternation:
		first, fixed := r.width(n.Sub[0])
		for _, sub := range n.Sub[1:] {
			width, ok := r.width(sub)
			fixed = fixed && ok && width == first
		}
		return first, fixed
	case KindRepetition:
		width, fixed := r.width(n.Sub[0])
		if n.Min != n.Max || !fixed {
			return 0, false
		}
		if n.Min == 0 || width == 0 {
			return 0, true
		}
		return mulWidth(width, n.Min, MaxWidth), true
	case KindGroup:
		switch {
		case n.IsLook():
			return 0, true
		case n.IsCapture():
			return r.group(n)
		}
		return r.width(n.Body())
	case KindCall:
		targets := r.w.targets(n)
		if len(targets) == 0 || r.open[targets[0]] {
			return 0, false
		}
		return r.group(targets[0])
	}
	return 0, true
}

// group measures a capture group, once.
func (r *rubyWidths) group(n *Node) (int, bool) {
	if known, ok := r.groups[n]; ok {
		return known.width, known.fixed
	}
	if r.open[n] {
		return 0, false
	}
	r.open[n] = true
	width, fixed := r.width(n.Body())
	delete(r.open, n)
	r.groups[n] = rubyWidth{width, fixed}
	return width, fixed
}
