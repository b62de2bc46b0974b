package syntax

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// unfinished is a group whose opener the pattern ends in: whoever types a pattern
// sees its error at every keystroke.
func (p *parser) unfinished(start int, missing, hint string) *Node {
	p.pos = len(p.s)
	p.failWith(&Error{
		Code: "unfinished-group", Message: "this group is not finished: " + missing, Span: Span{start, p.pos}, Hint: hint,
	})
	return p.leaf(KindError, TokenError, start)
}

// unknownGroup reads a group whose opener nobody knows as one without capture.
func (p *parser) unknownGroup(start int) *Node {
	switch written := p.s[start:p.pos]; {
	case !p.more() && written == "(?":
		return p.unfinished(start, "its kind has to follow", p.kindsHint())
	case !p.more() && p.g.InlineFlags != "":
		return p.unfinished(start, ") or : has to follow the flags", p.flagsHint())
	case p.g.InlineFlags == "" && p.foreignFlags(start):
		if p.s[p.pos-1] == ')' {
			return p.leaf(KindError, TokenError, start)
		}
		return p.body(p.node(KindGroup, start), OpNonCapture)
	}
	flag := byte(0)
	if p.more() && p.s[p.pos] != ')' {
		flag = p.s[p.pos]
		p.rune()
	}
	if p.testing && strings.IndexByte(p.g.InlineFlags, flag) >= 0 {
		p.fail("invalid-group", start, "put a group around them, as in (?:(?i)a)", "flags cannot stand right in a conditional that tests an expression")
		return p.body(p.node(KindGroup, start), OpNonCapture)
	}
	e := &Error{Code: "invalid-group", Span: Span{start, p.pos}}
	e.Message = fmt.Sprintf("%s has no group that starts with %s", p.engineName(), p.s[start:p.pos])
	if isASCIILetter(rune(flag)) && p.g.InlineFlags != "" {
		e.Message = fmt.Sprintf("%s has no flag %c", p.engineName(), flag)
		e.Hint = p.flagsHint()
	}
	p.failWith(e)
	return p.body(p.node(KindGroup, start), OpNonCapture)
}

// foreignFlags reads (?i) and (?i: where the flavor has no such thing, and reports
// whether they are there. p.pos is at the first letter.
func (p *parser) foreignFlags(start int) bool {
	end := p.pos
	for end < len(p.s) && (isASCIILetter(rune(p.s[end])) || p.s[end] == '-' || p.s[end] == '^') {
		end++
	}
	if end == p.pos || end == len(p.s) || p.s[end] != ')' && p.s[end] != ':' {
		return false
	}
	feature := flavor.FlagsInline
	if p.s[end] == ':' {
		feature = flavor.FlagsGroup
	}
	p.pos = end + 1
	e := p.unsupported(feature, Span{start, p.pos})
	e.Hint = "set the flags of the whole pattern"
	p.failWith(e)
	return true
}

// foreignVerb reads (*SKIP) and (*pla: where the flavor has no such thing, or
// returns nil. There it is a group with nothing to repeat.
func (p *parser) foreignVerb(start int) *Node {
	end := p.pos + 1
	for end < len(p.s) && isASCIIWord(p.s[end]) {
		end++
	}
	if end == p.pos+1 || end == len(p.s) || p.s[end] != ':' && p.s[end] != ')' {
		return nil
	}
	group, ok := alphaGroups[p.s[p.pos+1:end]]
	switch {
	case ok && p.s[end] == ':':
		p.pos = end + 1
		p.failWith(p.unsupported(group.feature, Span{start, p.pos}))
		n := p.node(KindGroup, start)
		n.Negated = group.negated
		return p.body(n, group.op)
	case !isASCIIUpper(p.s[p.pos+1]):
		return nil
	}
	if p.pos = end; p.at(":") {
		if p.pos = p.index(")"); !p.more() {
			p.pos = start + 1
			return nil
		}
	}
	p.pos++
	p.failWith(p.unsupported(flavor.Verb, Span{start, p.pos}))
	return p.leaf(KindError, TokenError, start)
}

func isASCIIUpper(c byte) bool { return c >= 'A' && c <= 'Z' }

// flagsHint names the flags that can be set in the pattern.
func (p *parser) flagsHint() string {
	var letters []string
	for _, flag := range p.tree.Flavor.Flags {
		if strings.IndexByte(p.g.InlineFlags, flag.Letter) >= 0 {
			letters = append(letters, string(flag.Letter))
		}
	}
	return "the flags there are: " + strings.Join(letters, " ") + ", as in (?i) and (?i:...)"
}

// kindsHint gives examples of groups.
func (p *parser) kindsHint() string {
	examples := []struct {
		feature flavor.Feature
		written string
	}{
		{flavor.NonCapture, "(?:...)"}, {flavor.FlagsInline, "(?i)"}, {flavor.NamedAngle, "(?<name>...)"},
		{flavor.NamedP, "(?P<name>...)"}, {flavor.Lookahead, "(?=...)"},
	}
	var has []string
	for _, e := range examples {
		if p.has(e.feature) {
			has = append(has, e.written)
		}
	}
	if p.has(flavor.NamedAngle) && p.has(flavor.NamedP) {
		has = slices.DeleteFunc(has, func(s string) bool { return s == "(?P<name>...)" })
	}
	last := len(has) - 1
	return "as in " + strings.Join(has[:last], ", ") + " and " + has[last]
}

// badName is a construct whose name, from an offset on, has no end.
func (p *parser) badName(start, from int, end byte) *Node {
	if p.is(flavor.InDotNet) && p.at("-") && !isASCIIDigit(rune(p.peek(-1))) {
		p.pos++
		p.pos += len(dotnetWord(p.s[p.pos:]))
	}
	escape := p.s[start] == '\\'
	if !p.more() && end != ')' && !escape && p.namePrefix(p.s[from:]) {
		open := "(?<name>...)"
		switch {
		case end == '\'':
			open = "(?'name'...)"
		case p.s[start+2] == 'P':
			open = "(?P<name>...)"
		}
		return p.unfinished(start, fmt.Sprintf("its name has to end with %c", end), "as in "+open)
	}
	if end == ')' || p.is(flavor.InPCRE2|flavor.InPerl|flavor.InJava|flavor.InRuby) {
		p.nameError(from, end)
	} else {
		e := &Error{Code: "invalid-group-name", Message: p.nameRule(), Span: Span{start, p.pos}}
		if p.namePrefix(p.s[from:p.pos]) && p.more() {
			_, size := utf8.DecodeRuneInString(p.s[p.pos:])
			e.Span.End += size
		}
		p.failWith(e)
	}
	if end == ')' || escape {
		return p.leaf(KindError, TokenError, start)
	}
	return p.body(p.node(KindGroup, start), OpNonCapture)
}

// namePrefix reports whether a group's name, or what it pops in .NET, can begin so.
func (p *parser) namePrefix(text string) bool {
	if p.is(flavor.InDotNet) {
		push, pop, _ := strings.Cut(text, "-")
		return dotnetPrefix(push) && dotnetPrefix(pop)
	}
	for i, r := range text {
		if !p.nameRune(r, i == 0) && !(p.is(flavor.InJS) && (r == '$' || r == '\\')) {
			return false
		}
	}
	return true
}

// dotnetPrefix reports whether a name or number of a group can begin so.
func dotnetPrefix(text string) bool {
	if text == "" || isDigits(text) {
		return true
	}
	return dotnetWord(text) == text && !isASCIIDigit(rune(text[0]))
}
