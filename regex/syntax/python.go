package syntax

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// What only Python does, as re/_parser.py of CPython 3.11 does it.

// pythonFlags reads (?i), (?i:...) and (?i-m:...), from behind the question mark
// on.
func (p *parser) pythonFlags(start int) *Node {
	add, ok := p.pythonLetters(start, true)
	if !ok {
		return p.unknownGroup(start)
	}
	if p.take(")") {
		n := p.leaf(KindFlags, TokenFlags, start)
		p.setText(n, p.s[start+2:p.pos-1])
		p.pythonGlobal(n, add)
		return n
	}
	var remove flavor.Flags
	if p.take("-") {
		if remove, ok = p.pythonLetters(start, false); !ok {
			return p.unknownGroup(start)
		}
	}
	if !p.take(":") {
		p.fail("invalid-flag", start, "as in (?i:...) and (?-i:...)", "flags that are cleared have to be followed by :")
		return p.body(p.node(KindGroup, start), OpNonCapture)
	}
	n := p.node(KindGroup, start)
	p.setText(n, p.s[start+2:p.pos-1])
	if add&remove != 0 {
		p.fail("invalid-flag", start, "", "one of these flags is set and cleared")
	}
	return p.flagsBody(n, withPythonFlags(p.flags, add)&^remove)
}

// pythonLetters reads flags to set or to clear, and what ends them but for the
// byte itself. It reports whether these are flags at all.
func (p *parser) pythonLetters(start int, add bool) (flavor.Flags, bool) {
	var set flavor.Flags
	from := p.pos
	for ; p.more(); p.pos++ {
		c := p.s[p.pos]
		switch {
		case c == ')' && (p.pos > from || !add), c == ':' && (p.pos > from || !add), c == '-' && add:
			if !add && p.pos == from {
				p.fail("invalid-flag", start, "as in (?-i:...)", "a flag is missing behind the -")
			}
			return set, true
		case c == 'L':
			p.badLetter("the flag L is only there for patterns of bytes")
		case strings.IndexByte(pythonTypes, c) >= 0 && !add:
			p.badLetter("the flags a and u cannot be cleared")
		case strings.IndexByte(pythonTypes, c) >= 0 && (set.Has('a') || set.Has('u')) && !set.Has(c):
			p.badLetter("the flags a and u exclude each other")
		case strings.IndexByte(p.g.InlineFlags, c) < 0:
			return set, false
		}
		set = set.With(c)
	}
	return set, false
}

// badLetter refuses the letter here.
func (p *parser) badLetter(message string) {
	p.failWith(&Error{Code: "invalid-flag", Message: message, Span: Span{p.pos, p.pos + 1}})
}

// pythonTypes are the flags of which one is in force.
const pythonTypes = "aLu"

// withPythonFlags adds flags to those in force.
func withPythonFlags(flags, add flavor.Flags) flavor.Flags {
	if add.Has('a') || add.Has('u') {
		flags = flags.Without('a').Without('u')
	}
	return flags | add
}

// pythonGlobal puts the flags of (?i) in force, for the whole pattern.
func (p *parser) pythonGlobal(n *Node, add flavor.Flags) {
	if p.depth > 0 || !p.atStart(n.Span.Start) {
		p.failWith(&Error{
			Code: "flags-not-at-start", Message: "flags for the whole pattern have to be at its start", Span: n.Span,
			Hint: "put them at the start, or write (?" + n.Text + ":...)",
		})
	}
	if add.Has('a') && p.flags.Has('u') || add.Has('u') && p.flags.Has('a') {
		p.failWith(&Error{Code: "invalid-flag", Message: "the flags a and u exclude each other", Span: n.Span})
	}
	p.setFlags(p.flags | add)
}

// atStart reports whether there are only flags and comments before an offset,
// where the last token ends. It looks at each token once in all.
func (p *parser) atStart(offset int) bool {
	t := &p.tokens
	for ; p.onlyFlags < t.len(); p.onlyFlags++ {
		switch kind := t.kinds[p.onlyFlags]; {
		case t.start(int32(p.onlyFlags)) >= offset:
			return true
		case kind != TokenFlags && kind != TokenSpace && kind != TokenComment:
			return false
		}
	}
	return true
}

// pythonReference checks what a backreference or a condition of Python refers to,
// for which groups have to be there before it, and closed.
func (p *parser) pythonReference(n *Node) {
	name := n.Text
	if name != "" {
		numbers := p.names[name]
		if len(numbers) == 0 {
			p.undefined(n, name)
			return
		}
		n.Number = numbers[0]
	} else {
		name = fmt.Sprint(n.Number)
	}
	bad := func(code Code, message string) {
		e := &Error{Code: code, Message: message, Span: n.Span}
		if n.Kind == KindCondition {
			e.Span = n.Aux
		}
		if n.Number < len(p.tree.Groups) {
			e.Aux = &Note{Span: p.tree.Groups[n.Number].Node.opener(), Message: "this group opened here"}
		}
		p.failWith(e)
	}
	condition := n.Kind == KindCondition
	switch {
	case n.Number > p.next && condition && p.behind < 0:
		p.refs = append(p.refs, n) // it may come later
	case n.Number > p.next:
		bad("undefined-group", fmt.Sprintf("there is no group %s before this", name))
	case !p.closed[n.Number] && (!condition || p.behind >= 0):
		bad("open-group", fmt.Sprintf("group %s is not closed yet", name))
	case p.behind >= 0 && n.Number > p.behind:
		bad("open-group", fmt.Sprintf("group %s is in the same lookbehind", name))
	}
}

// opener is where the group's opening is written; of a group without a name, its
// parenthesis.
func (n *Node) opener() Span { return Span{n.Span.Start, max(n.Span.Start+1, n.Aux.End+1)} }

// pythonCondition reads the number or the name of a condition, which is text.
func (p *parser) pythonCondition(n *Node, text string) {
	n.Op = OpGroup
	if isIdentifier(text) {
		p.setText(n, text)
		p.pythonReference(n)
		return
	}
	k, ok := pythonInt(text)
	switch {
	case !ok:
		p.failWith(&Error{
			Code: "invalid-conditional", Message: "the condition has to be the number or the name of a group", Span: n.Aux,
			Hint: "as in (?(1)yes|no)",
		})
	case k == 0:
		p.failWith(&Error{Code: "invalid-conditional", Message: "there is no group 0", Span: n.Aux})
	default:
		n.Number = k
		p.pythonReference(n)
	}
}

// pythonInt is the value of a text as Python's int() reads it: digits of any
// script with underscores between them, a sign, and white space around.
func pythonInt(text string) (int, bool) {
	text = strings.TrimSpace(text)
	text = strings.TrimPrefix(text, "+")
	minus := strings.HasPrefix(text, "-")
	text = strings.TrimPrefix(text, "-")
	n, digit := 0, false
	for _, r := range text {
		switch value := decimal(r); {
		case value >= 0:
			n, digit = min(10*n+value, 1<<31), true
		case r == '_' && digit:
			digit = false
		default:
			return 0, false
		}
	}
	return n, digit && !(minus && n > 0)
}

// decimal is the value of a decimal digit of any script, or -1. In each script,
// ten characters in a row are the digits.
func decimal(r rune) int {
	if !unicode.Is(unicode.Nd, r) {
		return -1
	}
	zero := r
	for unicode.Is(unicode.Nd, zero-1) && r-zero < 9 {
		zero--
	}
	return int(r - zero)
}

// isIdentifier reports whether a text is a name in Python.
func isIdentifier(text string) bool {
	for i, r := range text {
		ok := r == '_' || unicode.In(r, unicode.L, unicode.Nl, unicode.Other_ID_Start)
		if i > 0 {
			ok = ok || unicode.In(r, unicode.Mn, unicode.Mc, unicode.Nd, unicode.Pc, unicode.Other_ID_Continue)
		}
		if !ok || r == utf8.RuneError {
			return false
		}
	}
	return text != ""
}

// checkPython does what finish does for others. What Python looks at when it has
// read the pattern comes behind all other errors.
func (p *parser) checkPython() {
	// Escapes are read in pairs even in comments.
	last := len(p.s) - len(strings.TrimRight(p.s, `\`))
	if last%2 == 1 && (len(p.tree.Errors) == 0 || p.tree.Errors[len(p.tree.Errors)-1].Code != "trailing-backslash") {
		p.pos = len(p.s)
		p.trailingBackslash(len(p.s) - 1)
	}
	p.sortErrors()
	for _, n := range p.refs {
		p.resolve(n)
	}
	w := widths{tree: p.tree}
	for _, look := range p.looks {
		if least, most := w.of(look.Body()); least != most {
			p.failWith(&Error{
				Code: "lookbehind-width", Message: "what is in a lookbehind has to match texts of one length", Span: look.Span,
				Hint: lookbehindHint(least, most),
			})
		}
	}
}

func lookbehindHint(least, most int) string {
	if most == Unlimited {
		return fmt.Sprintf("this one matches %d or more characters", least)
	}
	return fmt.Sprintf("this one matches from %d to %d characters", least, most)
}
