package syntax

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// counts is what a repeat's operator says.
type counts struct {
	min, max int // max may be Unlimited
	exact    bool
	huge     bool // a number is above the flavor's limit
	zeros    bool // a number has zeros in front
}

// repeat reads a repeat's operator and applies it to the last item that is not
// trivia, of those from base on. It reports whether there is an operator.
func (p *parser) repeat(base int) bool {
	start := p.pos
	op := p.s[start]
	last := len(p.items) - 1
	for last >= base && (p.items[last].Kind.IsTrivia() || p.goFlagsRepeated(p.items[last])) {
		last--
	}
	if op == '{' && p.is(flavor.InPerl) && (last < base || p.items[last].Kind == KindFlags || isNever(p.items[last])) {
		return false // the character itself
	}
	c, ok := p.operator()
	if !ok {
		if c.huge && p.is(flavor.InRuby) {
			p.checkCounts(counts{huge: true}, start) // it looks no further
		}
		return false
	}
	if op == '{' && p.is(flavor.InJava) && (last < base || p.items[last].Kind == KindRepetition || p.items[last].Kind == KindFlags) {
		// Java repeats the nothing before the brace.
		nothing := p.node(KindEmpty, start)
		nothing.Span.End = start
		p.push(nothing)
		last = len(p.items) - 1
	}
	p.checkCounts(c, start)
	quoted := p.dotnetQuoted(base)
	for quoted && last >= base && (p.items[last].Kind.IsTrivia() || p.items[last].Kind == KindFlags) {
		last--
	}
	if quoted && last < base {
		nothing := p.node(KindEmpty, start)
		nothing.Span.End = start
		p.push(nothing)
		last = len(p.items) - 1
	}
	greed := Greedy
	if !p.never(c) {
		greed = p.greed(op, c)
	}
	if last < base || !p.checkRepeated(p.items[last], start, op, c, quoted) {
		if last < base {
			p.nothingToRepeat(start, op)
		}
		p.push(p.leaf(KindError, TokenRepeat, start))
		return true
	}
	p.token(TokenRepeat, start)
	var gap []*Node
	if !p.never(c) {
		gap = p.greedBehind(&greed)
	}
	last = p.splitLast(last)
	child := p.items[last]
	below := 0
	if child.Kind == KindRepetition {
		below = child.Number + 1
		p.goes.repeats = max(p.goes.repeats, below)
	}
	n := p.nodeWith(KindRepetition, child.Span.Start, p.repeated(c, below, child.Span.End, start))
	n.Rune, n.Greed = rune(op), p.ungreedy(greed)
	if op == '{' {
		p.goes.counted(c, child, start)
	}
	if len(gap) == 0 && last == len(p.items)-1 {
		n.Sub = p.single(p.items[last])
	} else {
		n.Sub = p.subs(append(p.items[last:], gap...))
	}
	p.items = append(p.items[:last], n)
	return true
}

// isNever reports whether a node is a repeat whose counts are in reverse order,
// which Perl takes for something that never matches.
func isNever(n *Node) bool {
	return n.Kind == KindRepetition && n.Max != Unlimited && n.Max < n.Min
}

// never reports whether counts are in reverse order where that is good, as in Perl:
// no ? or + belongs to them.
func (p *parser) never(c counts) bool {
	return p.is(flavor.InPerl) && c.max != Unlimited && c.min > c.max
}

// perlBrace reports whether Perl refuses a { that starts no repeat: behind an escape
// of a letter, and behind a letter that has \\ before it, unless case is ignored.
func (p *parser) perlBrace(start int) bool {
	if !p.is(flavor.InPerl) || start < 2 || p.s[start-2] != '\\' || !isASCIILetter(rune(p.s[start-1])) {
		return false
	}
	before := p.items[len(p.items)-1]
	return !p.flags.Has('i') || before.Span.Start != start-1
}

func (p *parser) nothingToRepeat(start int, op byte) {
	p.failWith(&Error{
		Code: "missing-repeat-argument", Message: "there is nothing to repeat here", Span: Span{start, p.pos},
		Hint: fmt.Sprintf(`write \%c for the character itself`, op), Fix: &Fix{Span{start, start}, `\`},
	})
}

// splitLast makes the last character of a run of literals an item of its own, and
// returns its index.
func (p *parser) splitLast(i int) int {
	run := p.items[i]
	if run.Kind != KindLiteral || run.Op != OpVerbatim {
		return i
	}
	size := 1
	if !p.bytes() {
		_, size = utf8.DecodeLastRuneInString(run.Text)
	}
	if size == len(run.Text) {
		return i
	}
	at := run.Span.End - size
	last := p.node(KindLiteral, at)
	last.Details = run.Details
	last.Span.End = run.Span.End
	p.setText(last, p.s[at:run.Span.End])
	p.setText(run, p.s[run.Span.Start:at])
	run.Span.End = at
	p.items = slices.Insert(p.items, i+1, last)
	return i + 1
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
	if p.is(flavor.InJava) && p.s[p.pos-1] != '{' {
		p.javaBlanks()
	}
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
	c.zeros = c.zeros || p.peek(0) == '0' && isASCIIDigit(rune(p.peek(1)))
	for ; p.more() && p.s[p.pos] >= '0' && p.s[p.pos] <= '9'; p.pos++ {
		if n = 10*n + int(p.s[p.pos]-'0'); n > p.g.MaxRepeat {
			c.huge, n = true, p.g.MaxRepeat
		}
	}
	return n, p.pos > start
}

// greed reads the ? or + right behind an operator.
func (p *parser) greed(op byte, c counts) Greed {
	switch {
	case p.peek(0) == '?' && !(p.is(flavor.InRuby) && op == '{' && c.exact):
		p.pos++
		return Lazy
	case p.peek(0) == '+' && (op != '{' && p.has(flavor.Possessive) || op == '{' && p.has(flavor.PossessiveCounted)):
		p.pos++
		return Possessive
	}
	return Greedy
}

// greedBehind reads the ? or + that belongs to an operator with trivia between
// the two, which some flavors allow. It returns the trivia; nil, with nothing
// read, when there is no such thing.
func (p *parser) greedBehind(greed *Greed) []*Node {
	if *greed != Greedy || !p.is(flavor.InDotNet|flavor.InPCRE2|flavor.InPerl|flavor.InJava) {
		return nil
	}
	start, tokens, errors, items := p.pos, p.tokens.len(), len(p.tree.Errors), len(p.items)
	if !p.trivia() {
		return nil
	}
	for p.trivia() {
	}
	gap := slices.Clone(p.items[items:])
	p.items = p.items[:items]
	c := p.peek(0)
	if c != '?' && c != '+' {
		p.tokens.cut(tokens)
		p.pos, p.tree.Errors = start, p.tree.Errors[:errors]
		return nil
	}
	p.pos++
	p.token(TokenRepeat, p.pos-1)
	if c == '?' {
		*greed = Lazy
	} else {
		*greed = Possessive
	}
	return gap
}

// ungreedy swaps greedy and lazy where the flag U says so.
func (p *parser) ungreedy(greed Greed) Greed {
	if greed != Possessive && p.flags.Has('U') && p.is(flavor.InGo|flavor.InPCRE2) {
		return Lazy - greed
	}
	return greed
}

func (p *parser) checkCounts(c counts, start int) {
	switch {
	case c.zeros && p.is(flavor.InPerl):
		p.fail("invalid-repeat", start, "", "a repeat count has no zeros in front in Perl")
	case c.huge && !p.is(flavor.InJS): // there it is unlimited
		code := Code("invalid-repeat")
		if p.is(flavor.InDotNet) {
			code = "number-too-large"
		}
		p.fail(code, start, "", "the repeat count is too large: %d is the most", p.g.MaxRepeat)
	case c.max != Unlimited && c.min > c.max && !p.is(flavor.InPerl):
		text := fmt.Sprintf("{%d,%d}", c.max, c.min)
		p.failWith(&Error{
			Code: "invalid-repeat", Message: "the repeat counts are in reverse order", Span: Span{start, p.pos},
			Hint: "write " + text, Fix: &Fix{Span{start, p.pos}, text},
		})
	}
}

// perlMaxEmpty is how often Perl lets something without characters be repeated at
// most, where it does not take it for a mistake: a third of its limit.
const perlMaxEmpty = 65535 / 3

// checkRepeated refuses what cannot be repeated. It reports whether the operator,
// which starts there, applies to the child.
func (p *parser) checkRepeated(child *Node, start int, op byte, c counts, quoted bool) bool {
	switch {
	case child.Kind == KindRepetition && !quoted && p.g.NestedRepeat == flavor.NestedRefused && !(p.is(flavor.InGo) && child.Span.End < start):
		p.nestedRepeat(child, op)
		return false
	case child.Kind == KindRepetition && child.Number >= p.g.MaxDepth:
		p.failWith(&Error{
			Code: "too-deep", Message: fmt.Sprintf("too many repeats of repeats (more than %d)", p.g.MaxDepth), Span: Span{start, p.pos},
		})
		return false
	case child.Kind == KindFlags, child.Kind == KindCallout, child.Kind == KindVerb && p.is(flavor.InPCRE2) && child.Text != "ACCEPT":
		p.nothingToRepeat(start, op)
		return false
	case child.Kind == KindKeep && p.is(flavor.InPerl) && (c.max == Unlimited || c.max > perlMaxEmpty):
		p.fail("missing-repeat-argument", start, "", `\K cannot be repeated`)
	case (child.Kind == KindAssertion && child.Rune != '<' && child.Rune != '>' || child.Kind == KindKeep) && !p.g.RepeatAssertion:
		p.fail("missing-repeat-argument", start, "", "a place in the text cannot be repeated")
	case child.IsLook() && p.is(flavor.InJS) && (p.strict || child.IsBehind()):
		p.fail("missing-repeat-argument", start, "", "a lookaround cannot be repeated here")
	}
	return true
}

// nestedRepeat refuses an operator behind another one, which may be meant as a
// possessive repeat.
func (p *parser) nestedRepeat(child *Node, op byte) {
	before := child.Operator()
	span := Span{before.Start, p.pos}
	if op == '+' && !strings.HasSuffix(p.s[before.Start+1:before.End], "?") && !p.has(flavor.Possessive) && before.End == p.pos-1 {
		e := p.unsupported(flavor.Possessive, span)
		if p.is(flavor.InGo) {
			e.Hint = "it does not backtrack: write x" + p.s[span.Start:p.pos-1]
		} else {
			e.Hint = `(?=(x` + p.s[span.Start:p.pos-1] + `))\1 does the same, with a group`
		}
		p.failWith(e)
		return
	}
	e := &Error{
		Code: "nested-repeat", Message: "a repeat cannot be repeated directly", Span: span,
		Hint: "put a group around it, as in (?:x*)*",
	}
	if text := p.tree.Source(child); len(text) < 100 {
		e.Fix = &Fix{child.Span, "(?:" + text + ")"}
	}
	p.failWith(e)
}

// isDigits reports whether s is decimal digits.
func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
