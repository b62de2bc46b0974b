package syntax

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// counts is what a repeat's operator says.
type counts struct {
	min, max int // max may be Unlimited
	exact    bool
	huge     bool // a number is above the flavor's limit
}

// repeat reads a repeat's operator and applies it to the last item that is not
// trivia, of those from base on. It reports whether there is an operator.
func (p *parser) repeat(base int) bool {
	start := p.pos
	op := p.s[start]
	c, ok := p.operator()
	if !ok {
		return false
	}
	greed := p.greed(op, c)
	p.token(TokenRepeat, start)
	last := len(p.items) - 1
	for last >= base && (p.items[last].Kind.IsTrivia() || p.goFlagsRepeated(p.items[last])) {
		last--
	}
	p.checkCounts(c, start)
	if last < base || p.items[last].Kind == KindFlags || p.items[last].Kind == KindVerb && p.is(flavor.InPCRE2) && last == 0 {
		p.fail("missing-repeat-argument", start, fmt.Sprintf(`write \%c for the character itself`, op), "there is nothing to repeat here")
		n := p.node(KindError, start)
		p.items = append(p.items, n)
		return true
	}
	child := p.items[last]
	p.checkRepeated(child, start)
	if child.Kind == KindLiteral && child.Op == OpVerbatim && last == len(p.items)-1 {
		child = p.splitLast(last)
		last = len(p.items) - 1
	} else if child.Kind == KindLiteral && child.Op == OpVerbatim {
		trivia := append([]*Node(nil), p.items[last+1:]...)
		p.items = p.items[:last+1]
		child = p.splitLast(last)
		last = len(p.items) - 1
		p.items = append(p.items, trivia...)
	}
	n := p.node(KindRepetition, child.Span.Start)
	n.Min, n.Max, n.Greed = c.min, c.max, greed
	n.Rune, n.Aux = rune(op), Span{start, p.pos}
	n.Sub = append([]*Node(nil), p.items[last:]...)
	p.items = append(p.items[:last], n)
	return true
}

// splitLast makes the last character of a run of literals an item of its own, and
// returns it.
func (p *parser) splitLast(i int) *Node {
	run := p.items[i]
	_, size := utf8.DecodeLastRuneInString(run.Text)
	if size == len(run.Text) {
		return run
	}
	at := run.Span.End - size
	last := p.node(KindLiteral, at)
	last.Flags = run.Flags
	last.Span.End = run.Span.End
	last.Text = p.s[at:run.Span.End]
	run.Text = p.s[run.Span.Start:at]
	run.Span.End = at
	p.items = append(p.items, last)
	return last
}

// operator reads *, +, ? or counts in braces, and reports whether they are there.
func (p *parser) operator() (counts, bool) {
	switch p.s[p.pos] {
	case '*':
		p.pos++
		return counts{min: 0, max: Unlimited}, true
	case '+':
		p.pos++
		return counts{min: 1, max: Unlimited}, true
	case '?':
		p.pos++
		return counts{min: 0, max: 1}, true
	}
	start := p.pos
	c, ok := p.braces()
	if !ok {
		p.pos = start
	}
	return c, ok
}

func (p *parser) braces() (c counts, ok bool) {
	p.pos++
	p.blanks()
	var low, high bool
	c.min, low = p.count(&c)
	p.blanks()
	if low && p.take("}") {
		c.max, c.exact = c.min, true
		return c, true
	}
	if !p.take(",") {
		return c, false
	}
	p.blanks()
	c.max, high = p.count(&c)
	p.blanks()
	if !high {
		c.max = Unlimited
	}
	if !low && !p.has(flavor.CountedMax) || !low && !high && !p.is(flavor.InPython) {
		return c, false
	}
	return c, p.take("}")
}

// blanks skips blanks where the flavor allows them between braces.
func (p *parser) blanks() {
	for p.has(flavor.CountedSpaces) && (p.peek(0) == ' ' || p.peek(0) == '\t') {
		p.pos++
	}
}

// count reads a number, and reports whether there is one.
func (p *parser) count(c *counts) (int, bool) {
	start, n := p.pos, 0
	if p.is(flavor.InGo) && p.peek(0) == '0' && p.peek(1) >= '0' && p.peek(1) <= '9' {
		return 0, false // Go takes no zero in front
	}
	for ; p.more() && p.s[p.pos] >= '0' && p.s[p.pos] <= '9'; p.pos++ {
		if n = 10*n + int(p.s[p.pos]-'0'); n > p.g.MaxRepeat {
			c.huge, n = true, p.g.MaxRepeat
		}
	}
	return n, p.pos > start
}

// greed reads the ? or + behind an operator.
func (p *parser) greed(op byte, c counts) Greed {
	greed := Greedy
	switch {
	case p.peek(0) == '?' && !(p.is(flavor.InRuby) && op == '{' && c.exact):
		p.pos++
		greed = Lazy
	case p.peek(0) == '+' && (op != '{' && p.has(flavor.Possessive) || op == '{' && p.has(flavor.PossessiveCounted)):
		p.pos++
		return Possessive
	}
	if p.flags.Has('U') && p.is(flavor.InGo|flavor.InPCRE2) {
		greed = Lazy - greed
	}
	return greed
}

func (p *parser) checkCounts(c counts, start int) {
	switch {
	case c.huge:
		p.fail("invalid-repeat", start, "", "the repeat count is too large: %d is the most", p.g.MaxRepeat)
	case c.max != Unlimited && c.min > c.max && !p.is(flavor.InRuby):
		p.fail("invalid-repeat", start, fmt.Sprintf("write {%d,%d}", c.max, c.min), "the repeat counts are in reverse order")
	}
}

// checkRepeated refuses what cannot be repeated.
func (p *parser) checkRepeated(child *Node, start int) {
	switch {
	case child.Kind == KindRepetition && p.g.NestedRepeat == flavor.NestedRefused && !(p.is(flavor.InGo) && child.Span.End < start):
		p.fail("nested-repeat", child.Aux.Start, "put a group around it, as in (?:x*)*", "a repeat cannot be repeated directly")
	case child.Kind == KindAssertion && !p.g.RepeatAssertion:
		p.fail("missing-repeat-argument", start, "", "a place in the text cannot be repeated")
	case child.IsLook() && p.is(flavor.InJS) && (p.strict() || child.IsBehind()):
		p.fail("missing-repeat-argument", start, "", "a lookaround cannot be repeated here")
	}
}

// isDigits reports whether s is decimal digits.
func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
