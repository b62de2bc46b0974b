package syntax

import "slices"

// rubyState is what Onigmo's reader of classes has just read: regparse.c,
// parse_char_class.
type rubyState uint8

const (
	rubyStart    rubyState = iota // nothing yet, or &&
	rubyValue                     // a character, which may start a range
	rubySet                       // a set of characters
	rubyRange                     // a character and a hyphen
	rubyComplete                  // a range
)

// A rubyClassReader reads the items of one class.
type rubyClassReader struct {
	state rubyState
	low   *Node // the character that may start a range
	dash  int   // the place of its hyphen, in rubyRange
	token int   // that of the hyphen
}

// rubyClass reads a class of Ruby from its first item on.
func (p *parser) rubyClass(n *Node, base, open int) {
	var ops operands
	c := rubyClassReader{}
	if p.at("]") {
		p.pos++
		closes := p.index("]") == len(p.s)
		p.pos--
		if closes {
			p.pos++
			p.fail("invalid-class", n.Span.Start, `write \] for the character itself`, "the class is empty")
			p.pos--
			p.closeClass(open)
			return
		}
		p.rubyChar1(&c, p.rubyVerbatim())
	}
	for {
		if !p.more() {
			p.unclosedClass(open)
			break
		}
		if p.s[p.pos] == ']' {
			p.rubyLost(&c)
			p.closeClass(open)
			break
		}
		if p.at("&&") {
			p.rubyLost(&c)
			from := p.pos
			p.pos += 2
			p.token(TokenClassOperator, from)
			ops.list = append(ops.list, p.operand(base))
			c = rubyClassReader{}
			continue
		}
		p.rubyItem(&c)
	}
	p.finishClass(n, base, &ops)
}

// rubyVerbatim reads a character that stands for itself.
func (p *parser) rubyVerbatim() *Node {
	start := p.pos
	p.rune()
	return p.verbatim(start)
}

func (p *parser) rubyItem(c *rubyClassReader) {
	start := p.pos
	switch p.s[start] {
	case '-':
		p.rubyDash(c)
		return
	case '\\':
		before := len(p.items)
		n := p.escapeIn(true)
		for _, extra := range p.items[before:] { // of \u{41 42}
			p.items = p.items[:before]
			p.rubyChar1(c, extra)
			before = len(p.items)
		}
		if isRangeEnd(n) {
			p.rubyChar1(c, n)
		} else {
			p.rubySetItem(c, n)
		}
		return
	case '[':
		if n := p.rubyPosix(); n != nil {
			p.rubySetItem(c, n)
			return
		}
		if p.rubyPosixLike() {
			p.pos = start + 1
			n := p.leaf(KindLiteral, TokenLiteral, start)
			p.setText(n, "[")
			p.rubyChar1(c, n)
			return
		}
		p.push(p.class()) // the character before it may still start a range
		return
	}
	p.rubyChar1(c, p.rubyVerbatim())
}

// rubyChar1 adds a character: an item, or the end of a range.
func (p *parser) rubyChar1(c *rubyClassReader, n *Node) {
	if c.state != rubyRange {
		p.push(n)
		c.state, c.low = rubyValue, n
		return
	}
	span := Span{c.low.Span.Start, n.Span.End}
	if charOf(c.low) > charOf(n) {
		p.reversedRange(c.low, n)
	}
	if last := len(p.items) - 1; p.items[last] == c.low {
		p.items[last] = p.node(KindRange, span.Start)
		p.items[last].Sub = p.pair(c.low, n)
	} else { // in [a-[x]c] the engine makes the range a-c all the same: it is where its end is
		low := *c.low
		low.Span = Span{n.Span.Start, n.Span.Start}
		r := p.node(KindRange, n.Span.Start)
		r.Sub = []*Node{&low, n}
		p.push(r)
	}
	c.state, c.low = rubyComplete, nil
}

// rubySetItem adds a set of characters.
func (p *parser) rubySetItem(c *rubyClassReader, n *Node) {
	if c.state == rubyRange && n.Kind != KindError {
		p.notInRange(Span{c.low.Span.Start, n.Span.End}, c.dash)
	}
	p.push(n)
	c.state, c.low = rubySet, nil
}

// rubyDash reads a hyphen, which is a range's or a character.
func (p *parser) rubyDash(c *rubyClassReader) {
	start := p.pos
	last := p.pos+1 < len(p.s) && (p.s[p.pos+1] == ']' || p.s[p.pos+1] == '&' && p.pos+2 < len(p.s) && p.s[p.pos+2] == '&')
	switch {
	case c.state == rubyValue && !last:
		p.pos++
		p.token(TokenClassOperator, start)
		c.state, c.dash, c.token = rubyRange, start, p.tokens.len()-1
	case c.state == rubySet && !last:
		p.pos++
		p.token(TokenLiteral, start)
		p.push(p.hyphen(start))
		p.notInRange(Span{start, p.pos}, start)
		c.state = rubyComplete
	default:
		p.rubyChar1(c, p.rubyVerbatim())
	}
}

// rubyLost drops the character and the hyphen of a range that has no end, as
// Ruby does: [a-[x]] is [x].
func (p *parser) rubyLost(c *rubyClassReader) {
	if c.state != rubyRange {
		return
	}
	p.tokens.kinds[c.token] = TokenLiteral
	i := len(p.items) - 1
	for p.items[i] != c.low { // only classes are behind it
		i--
	}
	p.items = slices.Delete(p.items, i, i+1)
}

// rubyPosix reads [:alpha:], or returns nil.
func (p *parser) rubyPosix() *Node {
	start := p.pos
	if !p.rubyPosixLike() {
		return nil
	}
	name := start + 2
	negated := name < len(p.s) && p.s[name] == '^'
	if negated {
		name++
	}
	end := name
	for end < len(p.s) && isASCIILetter(rune(p.s[end])) {
		end++
	}
	known := 0
	for _, n := range []int{4, 5, 6} { // how long names are
		if name+n <= len(p.s) && posixNames[p.s[name:name+n]]&p.tree.Flavor.Set != 0 {
			known = n
		}
	}
	if known > 0 && name+known+2 <= len(p.s) && p.s[name+known:name+known+2] == ":]" {
		p.pos = name + known + 2
		n := p.leaf(KindPosix, TokenClassEscape, start)
		n.Negated = negated
		p.setText(n, p.s[name:name+known])
		return n
	}
	// A name that is unknown is an error when a :] comes soon, and other text otherwise.
	i := name
	for i < len(p.s) && i-name <= 20 && p.s[i] != ':' && p.s[i] != ']' {
		i++
	}
	if known == 0 && (i-name > 20 || i+1 >= len(p.s) || p.s[i] != ':' || p.s[i+1] != ']') {
		return nil
	}
	p.pos = min(i+2, len(p.s))
	if known > 0 {
		p.pos = name + known
	}
	n := p.leaf(KindPosix, TokenClassEscape, start)
	n.Negated = negated
	p.setText(n, p.s[name:max(name, min(i, p.pos))])
	p.unknownPosix(n)
	return n
}

// rubyPosixLike reports whether a [: has its :] before the next ].
func (p *parser) rubyPosixLike() bool {
	if !p.at("[:") {
		return false
	}
	return p.posixCloses()
}

// posixCloses reports whether the next ] that has no backslash before it has an
// unescaped : before it, behind the [: here. What it finds serves the next calls.
func (p *parser) posixCloses() bool {
	if b := &p.bracket; p.pos < b.from || p.pos+2 > b.at {
		b.from, b.colon = p.pos, false
		for b.at = p.pos; b.at < len(p.s) && p.s[b.at] != ']'; b.at++ {
			b.colon = p.s[b.at] == ':'
			if p.s[b.at] == '\\' {
				b.at++
			}
		}
	}
	return p.bracket.colon && p.bracket.at < len(p.s) && p.bracket.at > p.pos+2
}

// A bracket is the next ] from an offset on that has no backslash before it.
type bracket struct {
	from, at int
	colon    bool // an unescaped : is before it
}
