package syntax

import "math"

// A javaInfo is what Java's Pattern knows of a part of a pattern (its TreeInfo):
// how many characters it matches at most, and whether that number means something.
// The numbers have 32 bits and wrap around as they do there.
type javaInfo struct {
	max           int32
	valid         bool
	deterministic bool
}

// javaWidths finds what Java takes for the width of lookbehinds.
type javaWidths struct {
	// groups are the groups that are repeated, each on its own.
	groups map[*Node]javaInfo
	// culprit is the last repeat behind which Java looks no further.
	culprit *Node
}

func (p *parser) javaLookbehinds() {
	j := javaWidths{groups: map[*Node]javaInfo{}}
	w := widths{tree: p.tree, openReferences: true}
	for _, n := range p.looks {
		j.culprit = nil
		if j.chain([]*Node{n.Body()}).valid {
			continue
		}
		e := &Error{
			Code: "lookbehind-not-fixed", Message: "a lookbehind needs an obvious maximum length", Span: p.lookbehindOpener(n),
			Aux: w.widest(n.Body(), MaxWidth), Hint: "limit the repeats in it, as in (?<=a{0,9})",
		}
		if e.Aux == nil && j.culprit != nil {
			e.Aux = &Note{j.culprit.Span, "Java does not measure repeats of a group that has alternatives or repeats in it"}
			e.Hint = "write the rounds out, as in (?<=(?:a|bc)(?:a|bc)?)"
		}
		p.failWith(e)
	}
}

// JavaBehind returns the largest number of characters that Java goes back to where a lookbehind may begin. It is what its
// 32 bits make of it: with a repeat without limit it can be too little, and even negative.
func (t *Tree) JavaBehind(look *Node) int {
	j := javaWidths{groups: map[*Node]javaInfo{}}
	return int(j.chain([]*Node{look.Body()}).max)
}

// chain studies nodes one after another, as they are linked in Java, where what is
// in a group is part of the chain too.
func (j *javaWidths) chain(nodes []*Node) javaInfo {
	info := javaInfo{valid: true, deterministic: true}
	before := javaInfo{valid: true, deterministic: true} // what is in front of the last alternation
	stack := [][]*Node{nodes}
	for len(stack) > 0 {
		top := &stack[len(stack)-1]
		if len(*top) == 0 {
			stack = stack[:len(stack)-1]
			continue
		}
		n := (*top)[0]
		*top = (*top)[1:]
		switch n.Kind {
		case KindConcat:
			stack = append(stack, n.Sub)
		case KindGroup:
			switch {
			case n.IsLook():
			case n.Op == OpAtomic: // it is studied as a part, which here is the same
				stack = append(stack, n.Sub)
			default:
				stack = append(stack, n.Sub)
			}
		case KindAlternation:
			before.add(info, j.branches(n.Sub))
			info = javaInfo{valid: true, deterministic: true}
		case KindRepetition:
			if !j.repetition(n, &info, &before) {
				return info.behind(before) // Java looks no further
			}
		default:
			j.single(n, &info)
		}
	}
	return info.behind(before)
}

// add adds what is in front of an alternation, and the alternation.
func (k *javaInfo) add(info, branches javaInfo) {
	k.max += info.max + branches.max
	k.valid = k.valid && info.valid && branches.valid
	k.deterministic = false
}

func (k javaInfo) behind(before javaInfo) javaInfo {
	k.max += before.max
	k.valid = k.valid && before.valid
	k.deterministic = k.deterministic && before.deterministic
	return k
}

func (j *javaWidths) branches(branches []*Node) javaInfo {
	most := javaInfo{max: -1, valid: true}
	for _, branch := range branches {
		info := j.chain([]*Node{branch})
		most.max = max(most.max, info.max)
		most.valid = most.valid && info.valid
	}
	return most
}

// single adds a node that has no parts.
func (j *javaWidths) single(n *Node, info *javaInfo) {
	switch n.Kind {
	case KindLiteral:
		info.max += int32(n.Len())
	case KindDot, KindProperty, KindClass:
		info.max++
	case KindClassEscape:
		switch n.Rune {
		case 'R':
			info.max += 2
		case 'X': // Java forgets its width
			info.deterministic = false
		default:
			info.max++
		}
	case KindBackreference:
		info.valid = false
	}
}

// isJavaChar reports whether Java has a node of a single character for it, of which
// it repeats greedily in another way.
func isJavaChar(n *Node) bool {
	switch n.Kind {
	case KindLiteral:
		return n.Len() == 1
	case KindDot, KindProperty, KindClass:
		return true
	case KindClassEscape:
		return n.Rune != 'R' && n.Rune != 'X'
	}
	return false
}

// repetition adds a repeat, and reports whether Java looks at what is behind it.
func (j *javaWidths) repetition(n *Node, info, before *javaInfo) bool {
	child := n.Sub[0]
	most := int32(math.MaxInt32)
	if n.Max != Unlimited {
		most = int32(n.Max)
	}
	optional := n.Min == 0 && n.Max == 1
	if isJavaChar(child) && n.Max == Unlimited && n.Greed == Greedy {
		if info.valid {
			info.max += math.MaxInt32
		}
		info.deterministic = false
		return true
	}
	// Lookarounds and atomic groups are repeated as single things are.
	if child.Kind == KindGroup && !child.IsLook() && child.Op != OpAtomic && n.Greed != Possessive {
		if optional { // an alternative to nothing
			group := j.group(child)
			group.max = max(group.max, 0) // that of nothing, where the group's has wrapped around
			before.add(*info, group)
			*info = javaInfo{valid: true, deterministic: true}
			return true
		}
		if !j.group(child).deterministic {
			info.valid, info.deterministic = false, false
			j.culprit = n
			return false
		}
	}
	atom := j.atom(child)
	switch {
	case optional:
		info.max += atom.max
		info.valid = info.valid && atom.valid
		info.deterministic = false
	default:
		width := atom.max*most + info.max
		info.valid = info.valid && atom.valid && width >= info.max
		if atom.valid {
			info.max = width
		}
		info.deterministic = info.deterministic && atom.deterministic && n.Min == n.Max
	}
	return true
}

func (j *javaWidths) atom(n *Node) javaInfo {
	if n.Kind == KindGroup {
		if n.IsLook() {
			return javaInfo{valid: true, deterministic: true}
		}
		return j.group(n)
	}
	info := javaInfo{valid: true, deterministic: true}
	j.single(n, &info)
	return info
}

// group studies a group on its own, once.
func (j *javaWidths) group(n *Node) javaInfo {
	if known, ok := j.groups[n]; ok {
		return known
	}
	info := j.chain(n.Sub)
	j.groups[n] = info
	return info
}
