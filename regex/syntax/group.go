package syntax

import (
	"fmt"
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// group reads what starts with (.
func (p *parser) group() *Node {
	start := p.pos
	if p.depth >= p.g.MaxDepth {
		p.tooDeep(start)
		return p.node(KindError, start)
	}
	p.pos++
	p.javaBlanks()
	switch {
	case p.at("?"):
		p.pos++
		return p.question(start)
	case p.at("*") && (p.has(flavor.Verb) || p.has(flavor.AlphaLook)):
		return p.star(start)
	case p.at("*"):
		if n := p.foreignVerb(start); n != nil {
			return n
		}
	}
	passive := p.passive
	p.passive = -1
	n := p.node(KindGroup, start)
	switch {
	case !p.plainCaptures():
	case passive < 0:
		return p.capture(start, "", Span{})
	case passive != start:
		p.phantoms = append(p.phantoms, n)
	}
	return p.body(n, OpNonCapture)
}

func (p *parser) depthMessage() string {
	return fmt.Sprintf("the pattern nests too deeply (more than %d levels)", p.g.MaxDepth)
}

// plainCaptures reports whether (...) captures.
func (p *parser) plainCaptures() bool {
	switch {
	case p.flags.Has('n') && p.is(flavor.InDotNet|flavor.InPCRE2|flavor.InPerl):
		return false
	case p.is(flavor.InRuby):
		p.asked.named = true
		return !p.assumed.named
	}
	return true
}

// question reads what starts with (?.
func (p *parser) question(start int) *Node {
	c := p.peek(0)
	switch c {
	case ':':
		p.pos++
		return p.body(p.node(KindGroup, start), OpNonCapture)
	case '=', '!':
		p.pos++
		if c == '!' {
			return p.look(start, flavor.LookaheadNot, OpLookahead, true)
		}
		return p.look(start, flavor.Lookahead, OpLookahead, false)
	case '>':
		p.pos++
		p.need(flavor.Atomic, start)
		return p.body(p.node(KindGroup, start), OpAtomic)
	case '|':
		p.pos++
		return p.branchReset(start)
	case '~':
		p.pos++
		p.need(flavor.Absent, start)
		return p.body(p.node(KindGroup, start), OpAbsent)
	case '*':
		p.pos++
		p.need(flavor.NonAtomicLook, start)
		return p.body(p.node(KindGroup, start), OpNonAtomicLookahead)
	case '<':
		return p.angle(start)
	case '\'':
		p.pos++
		return p.named(start, '\'', flavor.NamedQuote)
	case 'P':
		return p.python(start)
	case '#':
		return p.comment(start)
	case '(':
		return p.conditional(start)
	case 'R', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '&':
		return p.call(start)
	case '+', '-':
		if d := p.peek(1); d >= '0' && d <= '9' && !(d == '0' && p.is(flavor.InPerl)) {
			return p.call(start)
		}
	case 'C':
		return p.callout(start)
	case '{', '?':
		return p.code(start)
	case '[':
		if p.has(flavor.ClassExtended) {
			return p.extendedClass(start)
		}
	}
	return p.inlineFlags(start)
}

// need refuses the text from start to here when the flavor lacks the feature.
func (p *parser) need(f flavor.Feature, start int) { p.needAt(f, Span{start, p.pos}) }

// needAt is need with another place.
func (p *parser) needAt(f flavor.Feature, span Span) {
	if !p.has(f) {
		p.failWith(p.unsupported(f, span))
	}
}

func (p *parser) look(start int, f flavor.Feature, op Op, negated bool) *Node {
	p.need(f, start)
	n := p.node(KindGroup, start)
	n.Negated = negated
	if op == OpLookbehind {
		p.looks = append(p.looks, n)
		if p.behind < 0 {
			p.behind = p.next
			defer func() { p.behind = -1 }()
		}
	}
	return p.body(n, op)
}

// angle reads what starts with (?<.
func (p *parser) angle(start int) *Node {
	p.pos++
	switch c := p.peek(0); {
	case c == '=' || c == '!':
		p.pos++
		if c == '!' {
			return p.look(start, flavor.LookbehindNot, OpLookbehind, true)
		}
		return p.look(start, flavor.Lookbehind, OpLookbehind, false)
	case c == '*':
		p.pos++
		p.need(flavor.NonAtomicLook, start)
		n := p.node(KindGroup, start)
		p.looks = append(p.looks, n)
		return p.body(n, OpNonAtomicLookbehind)
	}
	return p.named(start, '>', flavor.NamedAngle)
}

// named reads a named group from its name on.
func (p *parser) named(start int, end byte, f flavor.Feature) *Node {
	from := p.pos
	name, ok := p.name(end)
	p.needAt(f, Span{start, from})
	if !ok {
		return p.badName(start, from, end)
	}
	at := Span{from, from + len(name)}
	if p.is(flavor.InDotNet) {
		switch {
		case strings.Contains(name, "-"):
			return p.balancing(start, name, at)
		case p.dotnetName(name, Span{start, p.pos}):
			return p.numbered(start, name, at)
		}
	} else {
		name = p.checkName(name, Span{start, p.pos})
	}
	return p.capture(start, name, at)
}

// python reads what starts with (?P.
func (p *parser) python(start int) *Node {
	p.pos++
	switch {
	case p.take("<"):
		return p.named(start, '>', flavor.NamedP)
	case (p.at("=") || p.at(">")) && p.is(flavor.InPCRE2|flavor.InPerl):
		kind := KindBackreference
		if p.s[p.pos] == '>' {
			kind = KindCall
		}
		p.pos++
		return p.namedReference(kind, start, ')')
	case p.take("="):
		from := p.pos
		name, ok := p.name(')')
		if ok {
			p.needAt(flavor.BackreferenceP, Span{start, from})
			if p.is(flavor.InPython) && !isIdentifier(name) {
				p.checkName(name, Span{from, from + len(name)})
				return p.leaf(KindError, TokenError, start)
			}
			return p.reference(KindBackreference, start, name, Span{from, from + len(name)})
		}
		return p.badName(start, from, ')')
	case p.take(">"):
		from := p.pos
		name, ok := p.name(')')
		if ok {
			p.needAt(flavor.CallNameP, Span{start, from})
			return p.reference(KindCall, start, name, Span{from, from + len(name)})
		}
		return p.badName(start, from, ')')
	}
	if !p.has(flavor.NamedP) {
		p.need(flavor.NamedP, start)
	} else if !p.more() {
		return p.unfinished(start, "its name has to end with >", "as in (?P<name>...)")
	} else {
		after := p.pos
		p.rune()
		p.fail("invalid-group", start, "(?P is followed by < for a group, = for a backreference, or > for a call", "(?P has to be followed by <, = or >")
		p.pos = after
	}
	return p.body(p.node(KindGroup, start), OpNonCapture)
}

// capture reads a capture group from its body on.
func (p *parser) capture(start int, name string, at Span) *Node {
	n := p.node(KindGroup, start)
	p.detail(n)
	n.Aux = at
	p.setText(n, name)
	p.next++
	n.Number = p.next
	p.register(n)
	p.body(n, OpCapture)
	if p.is(flavor.InPython) {
		p.closed[n.Number] = true
	}
	return n
}

// register notes a capture group under its number and name.
func (p *parser) register(n *Node) {
	for len(p.tree.Groups) <= n.Number {
		p.tree.Groups = append(p.tree.Groups, Group{})
	}
	g := &p.tree.Groups[n.Number]
	if g.Node == nil {
		g.Node = n
	}
	p.captures = append(p.captures, n)
	if n.Text == "" {
		return
	}
	if g.Name == "" {
		g.Name = n.Text
	} else if g.Name != n.Text && p.is(flavor.InPCRE2) {
		p.failWith(&Error{Code: "duplicate-name", Message: fmt.Sprintf("the group of this number is named %q in another branch", g.Name), Span: n.Aux})
	}
	if numbers := p.names[n.Text]; len(numbers) > 0 {
		p.duplicate(n, numbers)
	}
	p.names[n.Text] = append(p.names[n.Text], n.Number)
	if p.is(flavor.InPCRE2) {
		p.pairs[namedGroup{n.Text, n.Number}] = true
	}
}

// body reads the alternatives of a group and its ). p.pos is behind the opener,
// which gets its token.
func (p *parser) body(n *Node, op Op) *Node {
	n.Op = op
	open := p.openToken(TokenGroupOpen, n.Span.Start, n.Number)
	flags, testing := p.flags, p.testing
	p.depth++
	p.goes.depth = max(p.goes.depth, p.depth)
	p.testing = false
	if n.IsLook() {
		p.inLook++
	}
	n.Sub = p.single(p.alternation())
	if n.IsLook() {
		p.inLook--
	}
	p.depth--
	p.testing = testing
	p.setFlags(flags)
	p.close(n, open)
	return n
}

// close reads the ) of a group whose opener is that one of the brackets.
func (p *parser) close(n *Node, open int) {
	if p.take(")") {
		p.closeToken(TokenGroupClose, p.pos-1, open)
	} else {
		p.failWith(&Error{
			Code: "missing-paren", Message: "missing closing ): this group opened here", Span: p.openerAt(open),
			Hint: `write \( for the character itself`, Fix: &Fix{Span{len(p.s), len(p.s)}, ")"},
		})
	}
	n.Span.End = p.pos
}

// branchReset reads a group in which every branch counts from the same number.
func (p *parser) branchReset(start int) *Node {
	p.need(flavor.BranchReset, start)
	p.noteDuplicates()
	p.scopes = append(p.scopes, scope{depth: p.depth + 1, start: p.next})
	n := p.body(p.node(KindGroup, start), OpBranchReset)
	last := len(p.scopes) - 1
	p.next = max(p.next, p.scopes[last].most)
	p.scopes = p.scopes[:last]
	return n
}

// maxGroups bounds the numbers that a pattern gives groups itself, which would
// otherwise make a list of that length.
const maxGroups = 1 << 16

// inlineFlags reads (?i), (?i-m:...) and what is neither.
func (p *parser) inlineFlags(start int) *Node {
	switch {
	case p.is(flavor.InPython):
		return p.pythonFlags(start)
	case p.is(flavor.InPCRE2 | flavor.InPerl | flavor.InJava | flavor.InRuby):
		return p.letterFlags(start)
	}
	set := p.flags
	if p.take("^") {
		p.need(flavor.FlagsReset, start)
		for _, letter := range []byte("imsxn") {
			set = set.Without(letter)
		}
		set &^= flavor.ExtendedMore
	}
	minus := false
	if p.is(flavor.InDotNet) {
		if p.testing {
			return p.unknownGroup(start)
		}
		set = p.dotnetFlags(set)
	} else {
		set, minus = p.flagLetters(set)
	}
	switch {
	case p.take(")"):
		p.need(flavor.FlagsInline, start)
		if p.is(flavor.InDotNet) && p.pos == start+3 {
			p.fail("missing-repeat-argument", start+1, "as in (?i) and (?:...)", "there is nothing to repeat here")
		}
		n := p.leaf(KindFlags, TokenFlags, start)
		p.setText(n, p.s[start+2:p.pos-1])
		p.setFlags(set)
		p.checkFlags(n, minus)
		return n
	case p.take(":"):
		p.need(flavor.FlagsGroup, start)
		n := p.node(KindGroup, start)
		p.setText(n, p.s[start+2:p.pos-1])
		p.checkFlags(n, minus)
		return p.flagsBody(n, set)
	}
	return p.unknownGroup(start)
}

// flagLetters reads letters to set, and behind a minus letters to clear, and
// reports whether there is a minus.
func (p *parser) flagLetters(set flavor.Flags) (flavor.Flags, bool) {
	clear := flavor.Flags(0)
	minus := false
	from := p.pos
	for ; p.more(); p.pos++ {
		c := p.s[p.pos]
		switch {
		case c == '-' && !minus:
			minus = true
			continue
		case !minus && strings.IndexByte(p.g.InlineFlags, c) >= 0:
			if set.Has(c) && p.pos > from && p.s[p.pos-1] == c && c == 'x' {
				set |= flavor.ExtendedMore
			}
			set = set.With(c)
			continue
		case minus && strings.IndexByte(p.g.ClearFlags, c) >= 0:
			clear = clear.With(c)
			continue
		}
		break
	}
	set &^= clear
	if clear.Has('x') {
		set &^= flavor.ExtendedMore
	}
	return set, minus
}

// flagsBody reads a group in which other flags are in force.
func (p *parser) flagsBody(n *Node, set flavor.Flags) *Node {
	flags := p.flags
	p.setFlags(set)
	p.body(n, OpFlagsGroup)
	p.setFlags(flags)
	return n
}

// checkFlags refuses flags that stand where they cannot, or that exclude each
// other.
func (p *parser) checkFlags(n *Node, minus bool) {
	if p.is(flavor.InGo) && minus && strings.HasSuffix(n.Text, "-") {
		p.fail("invalid-group", n.Span.Start, p.flagsHint(), "a flag is missing")
	}
}
