package syntax

import (
	"fmt"
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// A flagSetting is what the letters of (?i-m) say.
type flagSetting struct {
	set, clear flavor.Flags
	minus      bool // behind the minus
	reset      bool // there is a ^ in front
	charset    byte // Perl's a, d, l or u, of which there is one, and Ruby's a, d or u
}

// letterFlags reads (?i), (?i-m:...) and what is neither, letter by letter.
func (p *parser) letterFlags(start int) *Node {
	var f flagSetting
	if p.has(flavor.FlagsReset) {
		f.reset = p.take("^")
	}
	empty := p.pos
	for p.javaFlagBlanks(&f); p.more() && !p.at(")") && !p.at(":"); p.javaFlagBlanks(&f) {
		if message := p.flagLetter(&f, p.s[p.pos]); message != "" {
			return p.badFlag(start, &f, message)
		}
		p.pos++
	}
	switch {
	case !p.more():
		p.fail("missing-paren", start, "", "missing closing ): this group starts here")
		return p.leaf(KindError, TokenError, start)
	case p.is(flavor.InRuby) && p.pos == empty:
		p.pos++
		p.fail("invalid-group", start, "as in (?i) and (?i:...)", "a flag is missing")
		return p.leaf(KindFlags, TokenFlags, start)
	}
	set := p.applyFlags(&f)
	if p.take(")") {
		n := p.leaf(KindFlags, TokenFlags, start)
		p.setText(n, p.s[start+2:p.pos-1])
		p.setFlags(set)
		return n
	}
	p.take(":")
	n := p.node(KindGroup, start)
	p.setText(n, p.s[start+2:p.pos-1])
	return p.flagsBody(n, set)
}

// javaFlagBlanks skips blanks among flags of Java, where x is in force at once.
func (p *parser) javaFlagBlanks(f *flagSetting) {
	if !p.is(flavor.InJava) {
		return
	}
	flags := p.flags
	p.flags = flags&^f.clear | f.set
	p.javaBlanks()
	p.flags = flags
}

// flagLetter notes one letter, and says what is wrong with it.
func (p *parser) flagLetter(f *flagSetting, c byte) string {
	letters := p.g.InlineFlags
	if f.minus {
		letters = p.g.ClearFlags
	}
	switch {
	case c == '-':
		if f.reset {
			return "flags cannot be taken back behind a ^"
		}
		if f.minus && !p.is(flavor.InRuby) {
			return "there is a second minus"
		}
		f.minus = true
		return ""
	case strings.IndexByte(letters, c) < 0:
		if f.minus && strings.IndexByte(p.g.InlineFlags, c) >= 0 {
			return fmt.Sprintf("the flag %c cannot be taken back", c)
		}
		return "" + p.unknownFlag(c)
	case !f.minus && p.is(flavor.InPerl) && strings.IndexByte("adlu", c) >= 0:
		if message := f.addCharset(c); message != "" {
			return message
		}
	case !f.minus && p.is(flavor.InRuby) && strings.IndexByte("adu", c) >= 0:
		f.charset = c
		return ""
	}
	if f.minus {
		f.clear = f.clear.With(c)
		return ""
	}
	if c == 'x' && f.set.Has('x') && (p.is(flavor.InPerl) || p.is(flavor.InPCRE2) && p.s[p.pos-1] == 'x') {
		f.set |= flavor.ExtendedMore
	}
	f.set = f.set.With(c)
	return ""
}

// unknownFlag is the message for a letter that is no flag.
func (p *parser) unknownFlag(c byte) string {
	if isASCIILetter(rune(c)) {
		return fmt.Sprintf("%s has no flag %c", p.tree.Flavor.Label, c)
	}
	return fmt.Sprintf("%s has no group that starts with %s", p.tree.Flavor.Label, p.opener())
}

// opener is what a group begins with, up to the character here.
func (p *parser) opener() string {
	start := strings.LastIndex(p.s[:p.pos], "(?")
	end := p.pos
	if end < len(p.s) && p.s[end] < 0x80 {
		end++
	}
	return p.s[max(start, 0):end]
}

// addCharset notes a, d, l or u of Perl.
func (f *flagSetting) addCharset(c byte) string {
	switch {
	case c == 'd' && f.reset:
		return "d is what ^ stands for"
	case f.charset == 0:
	case c == 'a' && f.charset == 'a' && f.set&flavor.ASCIIMore == 0:
		f.set |= flavor.ASCIIMore
	case c == f.charset:
		return fmt.Sprintf("the flag %c cannot be given so often", c)
	default:
		return fmt.Sprintf("the flags %c and %c exclude each other", f.charset, c)
	}
	f.charset = c
	return ""
}

// applyFlags returns the flags in force behind a setting.
func (p *parser) applyFlags(f *flagSetting) flavor.Flags {
	flags := p.flags
	if f.reset {
		for _, letter := range []byte("imsxn") {
			flags = flags.Without(letter)
		}
		flags &^= flavor.ExtendedMore
		if p.is(flavor.InPerl) {
			flags = flags.Without('a').Without('l').Without('u') &^ flavor.ASCIIMore
		}
	}
	if f.charset != 0 {
		flags = flags.Without('a').Without('d').Without('l').Without('u') &^ flavor.ASCIIMore
		flags = flags.With(f.charset)
	}
	if f.set.Has('x') {
		flags &^= flavor.ExtendedMore
	}
	flags = (flags | f.set) &^ f.clear
	if f.clear.Has('x') {
		flags &^= flavor.ExtendedMore
	}
	return flags
}

// badFlag is a setting of which a letter is wrong. What follows is read as a
// group.
func (p *parser) badFlag(start int, f *flagSetting, message string) *Node {
	at := p.pos
	switch {
	case p.at("+"):
		p.pos += max(1, len(signedDigits(p.s[p.pos:]))) // a call of a group that there is not, such as (?+0)
	case !p.at(")"):
		p.rune()
	}
	p.failWith(&Error{
		Code: "invalid-group", Message: message, Span: Span{start, p.pos},
		Hint: "the flags are " + strings.Join(strings.Split(p.g.InlineFlags, ""), ", "),
	})
	p.pos = at
	return p.unknownBody(start)
}

// unknownBody reads a group whose opener nobody knows as one without capture.
func (p *parser) unknownBody(start int) *Node {
	if p.more() && !p.at(")") {
		p.rune()
	}
	return p.body(p.node(KindGroup, start), OpNonCapture)
}
