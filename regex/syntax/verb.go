package syntax

import (
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// alphaGroups are the groups that PCRE2 and Perl write as words.
var alphaGroups = map[string]struct {
	feature flavor.Feature
	op      Op
	negated bool
}{
	"pla": {flavor.AlphaLook, OpLookahead, false}, "positive_lookahead": {flavor.AlphaLook, OpLookahead, false},
	"nla": {flavor.AlphaLook, OpLookahead, true}, "negative_lookahead": {flavor.AlphaLook, OpLookahead, true},
	"plb": {flavor.AlphaLook, OpLookbehind, false}, "positive_lookbehind": {flavor.AlphaLook, OpLookbehind, false},
	"nlb": {flavor.AlphaLook, OpLookbehind, true}, "negative_lookbehind": {flavor.AlphaLook, OpLookbehind, true},
	"napla": {flavor.NonAtomicLook, OpNonAtomicLookahead, false}, "non_atomic_positive_lookahead": {flavor.NonAtomicLook, OpNonAtomicLookahead, false},
	"naplb": {flavor.NonAtomicLook, OpNonAtomicLookbehind, false}, "non_atomic_positive_lookbehind": {flavor.NonAtomicLook, OpNonAtomicLookbehind, false},
	"atomic": {flavor.AlphaAtomic, OpAtomic, false},
	"sr":     {flavor.ScriptRun, OpScriptRun, false}, "script_run": {flavor.ScriptRun, OpScriptRun, false},
	"asr": {flavor.ScriptRun, OpAtomicScriptRun, false}, "atomic_script_run": {flavor.ScriptRun, OpAtomicScriptRun, false},
}

// verbs are the backtracking verbs, and whether they have to have an argument.
var verbs = map[string]bool{
	"ACCEPT": false, "FAIL": false, "F": false, "COMMIT": false, "PRUNE": false, "SKIP": false, "THEN": false,
	"MARK": true, "": true,
}

// pcre2MaxMark is the longest argument of a verb in bytes: its length is a byte.
const pcre2MaxMark = 255

// star reads what starts with (*.
func (p *parser) star(start int) *Node {
	p.pos++
	from := p.pos
	for p.more() && (isASCIIWord(p.s[p.pos])) {
		p.pos++
	}
	name := p.s[from:p.pos]
	if group, ok := alphaGroups[name]; ok && p.at(":") && p.has(group.feature) {
		p.pos++
		n := p.node(KindGroup, start)
		n.Negated = group.negated
		if group.op == OpLookbehind || group.op == OpNonAtomicLookbehind {
			p.looks = append(p.looks, n)
		}
		return p.body(n, group.op)
	}
	if name != "" && name[0] >= 'a' && name[0] <= 'z' {
		return p.unknownWord(start, name)
	}
	return p.verb(start, name)
}

// unknownWord is (*name: with a name that is no group's.
func (p *parser) unknownWord(start int, name string) *Node {
	switch group, ok := alphaGroups[name]; {
	case ok && !p.has(group.feature):
		p.failWith(p.unsupported(group.feature, Span{start, p.pos}))
	case ok:
		p.fail("invalid-group", start, "as in (*"+name+":...)", "the name of this group needs a : behind it")
	default:
		p.fail("invalid-group", start, "as in (*pla:...), (*nlb:...), (*atomic:...) and (*sr:...)", "%s has no group (*%s:...)", p.tree.Flavor.Label, name)
	}
	p.take(":")
	return p.body(p.node(KindGroup, start), OpNonCapture)
}

// verb reads a backtracking verb from behind its name on.
func (p *parser) verb(start int, name string) *Node {
	from := p.pos
	end := p.index(")")
	if end == len(p.s) {
		// The name and what is a : behind it are enough to show.
		p.take(":")
		p.fail("missing-paren", start, "", "missing closing ): this verb starts here")
		return p.leaf(KindError, TokenError, start)
	}
	arg, hasArg := strings.CutPrefix(p.s[from:end], ":")
	if !hasArg && arg != "" {
		begins := p.s[start:min(p.pos+1, end)]
		if p.is(flavor.InPerl) {
			p.pos = end + 1 // it reads to the ) whatever is there
		}
		p.fail("unknown-verb", start, "the verbs are ACCEPT, FAIL, MARK, COMMIT, PRUNE, SKIP and THEN", "%s has no verb that starts with %s", p.tree.Flavor.Label, begins)
		return p.leaf(KindError, TokenError, start)
	}
	p.pos = end + 1
	n := p.leaf(KindVerb, TokenVerb, start)
	n.Other = arg
	p.setText(n, name)
	needsArg, known := verbs[name]
	switch {
	case !known:
		p.fail("unknown-verb", start, "the verbs are ACCEPT, FAIL, MARK, COMMIT, PRUNE, SKIP and THEN", "%s has no verb (*%s)", p.tree.Flavor.Label, name)
	case needsArg && arg == "":
		p.fail("unknown-verb", start, "as in (*MARK:name)", "this verb needs a name")
	case p.is(flavor.InPCRE2) && len(arg) > pcre2MaxMark:
		p.fail("unknown-verb", start, "", "the name of a verb has %d bytes at most", pcre2MaxMark)
	}
	return n
}

// callout reads (?C), (?C1) or (?C with a string.
func (p *parser) callout(start int) *Node {
	p.pos++
	p.need(flavor.Callout, start)
	from := p.pos
	if !p.has(flavor.Callout) {
		return p.unknownGroup(start)
	}
	if open := p.peek(0); open != 0 && strings.IndexByte("`'\"^%#${", open) >= 0 {
		shut := open
		if open == '{' {
			shut = '}'
		}
		p.pos++
		for p.more() {
			if p.s[p.pos] == shut && p.peek(1) != shut {
				break
			}
			if p.s[p.pos] == shut {
				p.pos++
			}
			p.pos++
		}
		if !p.more() {
			p.fail("missing-paren", start, "", "missing closing %c: the text of this callout starts here", shut)
		}
		p.pos = min(p.pos+1, len(p.s))
		n := p.node(KindCallout, start)
		p.setText(n, p.s[min(from+1, p.pos):max(from+1, p.pos-1)])
		return p.closeCallout(n)
	}
	for c := p.peek(0); c >= '0' && c <= '9'; c = p.peek(0) {
		p.pos++
	}
	n := p.node(KindCallout, start)
	if digits := p.s[from:p.pos]; digits != "" {
		n.Number = number(digits)
	}
	if n.Number > 255 {
		p.fail("number-too-large", from, "", "a callout's number is 255 at most")
	}
	return p.closeCallout(n)
}

func (p *parser) closeCallout(n *Node) *Node {
	if !p.take(")") && p.more() || len(p.tree.Errors) == 0 && p.s[p.pos-1] != ')' {
		p.fail("missing-paren", n.Span.Start, "", "missing closing ): this callout starts here")
	}
	n.Span.End = p.pos
	p.token(TokenVerb, n.Span.Start)
	return n
}

// code reads (?{...}) and (??{...}). No engine here runs code: Perl refuses it in
// patterns that are data.
func (p *parser) code(start int) *Node {
	op, feature := OpCode, flavor.Code
	if p.take("?") {
		op, feature = OpCodePattern, flavor.CodePattern
	}
	if !p.has(feature) || !p.at("{") {
		p.need(feature, start)
		return p.unknownGroup(start)
	}
	from, depth := p.pos+1, 0
	for ; p.more(); p.pos++ {
		switch p.s[p.pos] {
		case '{':
			depth++
		case '}':
			depth--
		case '\\':
			p.pos++
		}
		if depth == 0 {
			break
		}
	}
	p.pos = min(p.pos+1, len(p.s))
	text := p.s[from:max(from, p.pos-1)]
	if !p.take(")") {
		p.fail("missing-paren", start, "", "missing closing }): this code starts here")
	} else {
		p.fail("code", start, "", "Perl runs no code in a pattern that is data: that would need use re 'eval'")
	}
	n := p.leaf(KindCode, TokenVerb, start)
	n.Op = op
	p.setText(n, text)
	return n
}
