package replace

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/regexdbg/regexdbg/regex/syntax"
)

const tokenEscape = syntax.TokenEscape

// pcre2Syntax is that of pcre2_substitute in PCRE2 10.40 with PCRE2_SUBSTITUTE_EXTENDED
// and PCRE2_SUBSTITUTE_UNSET_EMPTY, see its pcre2_substitute.c.
var pcre2Syntax = &Syntax{
	Name: "pcre2", Function: "pcre2_substitute", Leads: `$\`,
	Elements: []Element{
		text("$$", "a dollar sign", "$"),
		{Form: "$1", Words: "the group with this number, of all the digits there are; $0 is the whole match", read: readPCRE2},
		{Form: "$name", Words: "the group with this name, the longest of letters, digits and _"},
		{Form: "${name}", Words: "the group with this name or number"},
		{Form: "${1:-text}", Words: "the group, or the text where it took no part"},
		{Form: "${1:+text:other}", Words: "the text where the group took part, and the other where not"},
		state(`\U`, "upper case from here to \\E", CaseUpper),
		state(`\L`, "lower case from here to \\E", CaseLower),
		state(`\u`, "upper case for the next character", CaseFirstUpper),
		state(`\l`, "lower case for the next character", CaseFirstLower),
		state(`\E`, "the end of \\U and \\L", CaseNone),
		{Form: `\Q...\E`, Words: "all in between stands for itself", read: readPCRE2Quote},
		text(`\n`, "a line feed", "\n"), text(`\t`, "a tab", "\t"), text(`\r`, "a carriage return", "\r"),
		text(`\f`, "a form feed", "\f"), text(`\a`, "a bell", "\a"), text(`\e`, "an escape", "\x1b"),
		{Form: `\x41`, Words: "the character with this hexadecimal number", read: readHex},
		{Form: `\x{1F600}`, Words: "the same, of any length"},
		{Form: `\o{101}`, Words: "the character with this octal number", read: readOctalBraces},
		{Form: `\cA`, Words: "the control character of this letter", read: readControl},
		{Form: `\\`, Words: "a character that is no letter and no digit stands for itself", read: readPCRE2Escape},
	},
	Notes: []string{
		"These are the rules with PCRE2_SUBSTITUTE_EXTENDED and PCRE2_SUBSTITUTE_UNSET_EMPTY.",
		"\\U and the others also change what is written in the replacement itself.",
	},
	otherwise: func(p *parser, at int) bool {
		if p.text[at] == '$' {
			return p.bad(codeReference, at+1, "a $ has to be followed by a number, a name, or one in braces", "a dollar sign is written $$")
		}
		return p.badEscape(at)
	},
	finish: finishPCRE2,
}

// finishPCRE2 is about what PCRE2 does not end at the end of a replacement, but takes
// into the next one.
func finishPCRE2(p *parser) {
	if p.verbatim {
		p.fail(codeReference, p.quote, `the \E is missing, without which PCRE2 reads the next match's replacement as plain text`, `add \E`)
	}
	for i := len(p.t.Parts) - 1; i >= 0; i-- {
		part := &p.t.Parts[i]
		if part.Kind != KindState {
			continue
		}
		once := part.Case == CaseFirstUpper || part.Case == CaseFirstLower
		if part.Case != CaseNone && (!once || i == len(p.t.Parts)-1) {
			p.problem(syntax.SeverityWarning, codeOpenCase, part.Span, "PCRE2 does not end this with the replacement: it goes on in that of the next match", `add \E at the end`)
		}
		return
	}
}

// badEscape reports an escape that there is not.
func (p *parser) badEscape(at int) bool {
	if at+1 >= p.end {
		return p.bad(codeEscape, at+1, "a backslash at the end has nothing to stand before", `a backslash is written \\`)
	}
	return p.bad(codeEscape, at+2, fmt.Sprintf("there is no escape \\%c in replacements", p.text[at+1]), `a backslash is written \\`)
}

// state is an element that changes the case of what follows.
func state(form, words string, c Case) Element {
	return Element{Form: form, Words: words, read: func(p *parser, at int) bool {
		if !strings.HasPrefix(p.rest(at), form) {
			return false
		}
		p.t.states = true
		return p.to(at+len(form), syntax.TokenFlags, Part{Kind: KindState, Case: c})
	}}
}

func readPCRE2Quote(p *parser, at int) bool {
	if !strings.HasPrefix(p.rest(at), `\Q`) {
		return false
	}
	p.token(at, at+2, syntax.TokenQuote)
	p.quote = syntax.Span{Start: at, End: at + 2}
	p.pos, p.verbatim = at+2, true
	return true
}

func readPCRE2Escape(p *parser, at int) bool {
	if at+1 >= p.end || p.text[at] != '\\' || isDigit(p.text[at+1]) || isLetter(p.text[at+1]) {
		return false
	}
	size := 1
	if p.t.pattern.UTF {
		_, size = p.rune(at + 1)
	}
	return p.to(at+1+size, tokenEscape, Part{Kind: KindText, Text: p.text[at+1 : at+1+size]})
}

// number adds the character of a number that is written up to end: a byte where
// characters are bytes.
func (p *parser) number(end, value int) bool {
	switch {
	case !p.t.pattern.UTF && value > 0xFF:
		return p.bad(codeCharacter, end, "without the flag u a character is a byte, at most FF", "")
	case !isChar(value):
		return p.bad(codeCharacter, end, "there is no character with this number", "")
	case !p.t.pattern.UTF:
		return p.to(end, tokenEscape, Part{Kind: KindText, Text: string([]byte{byte(value)})})
	}
	return p.char(end, rune(value))
}

// readHex reads \x41 and \x{1F600}, and \x alone, which is the character 0.
func readHex(p *parser, at int) bool {
	if p.byte(at+1) != 'x' || p.text[at] != '\\' {
		return false
	}
	if p.byte(at+2) != '{' {
		end, value := p.based(at+2, 2, 16)
		return p.number(end, value)
	}
	return p.braces(at+3, 16)
}

func readOctalBraces(p *parser, at int) bool {
	if p.byte(at+1) != 'o' || p.text[at] != '\\' {
		return false
	}
	if p.byte(at+2) != '{' {
		return p.bad(codeEscape, at+2, `\o is followed by an octal number in braces`, "")
	}
	return p.braces(at+3, 8)
}

// braces reads the number in braces that starts at a place.
func (p *parser) braces(at, base int) bool {
	end, value := p.based(at, p.end-at, base)
	switch {
	case p.byte(end) != '}':
		return p.bad(codeEscape, end, "the number has to end with }", "")
	case end == at:
		return p.bad(codeEscape, end+1, "the number is missing", "")
	}
	return p.number(end+1, value)
}

func readControl(p *parser, at int) bool {
	if p.byte(at+1) != 'c' || p.text[at] != '\\' {
		return false
	}
	c := p.byte(at + 2)
	if c < ' ' || c > '~' {
		return p.bad(codeEscape, at+2, `\c is followed by a printable ASCII character`, "")
	}
	if 'a' <= c && c <= 'z' {
		c -= 'a' - 'A'
	}
	return p.char(at+3, rune(c^0x40))
}

// readPCRE2 reads all that begins with $.
func readPCRE2(p *parser, at int) bool {
	if p.text[at] != '$' {
		return false
	}
	start := at + 1
	brace := p.byte(start) == '{'
	if brace {
		start++
	}
	if p.byte(start) == '*' {
		return p.bad(codeReference, p.span(start+1, isWord), "the name of a verb, $*MARK, is not known here: matches have groups only", "")
	}
	end := start
	if isDigit(p.byte(start)) {
		end, _ = p.digits(start, 0)
	} else {
		end = p.span(start, isWord)
	}
	name := p.text[min(start, p.end):end]
	switch {
	case name == "":
		return false
	case len(name) > 32 && !isDigit(name[0]):
		return p.bad(codeReference, end, "the name of a group has at most 32 characters", "")
	}
	groups := p.byName(name)
	if _, number := p.digits(start, 0); isDigit(name[0]) {
		if index, ok := p.byNumber(number); ok {
			groups = []int{index}
		}
	}
	missing := func(end int) bool {
		if isDigit(name[0]) {
			name = strconv.Quote(strings.TrimLeft(name, "0"))
			return p.unknown(end, name[1:len(name)-1])
		}
		return p.unknown(end, strconv.Quote(name))
	}
	if brace && p.byte(end) == ':' && end < p.end-2 {
		return p.conditional(at, end, groups, missing)
	}
	if brace {
		if p.byte(end) != '}' {
			return p.bad(codeReference, end, "the } is missing", "")
		}
		end++
	}
	if len(groups) == 0 {
		return missing(end)
	}
	return p.group(end, groups...)
}

// conditional reads ${1:-text} and ${1:+text:other} from the colon on.
func (p *parser) conditional(at, colon int, groups []int, missing func(end int) bool) bool {
	sign := p.text[colon+1]
	if sign != '+' && sign != '-' {
		return p.bad(codeReference, colon+2, "a : in braces is followed by + or -", "")
	}
	if p.depth++; p.depth > maxDepth {
		return p.bad(codeTooDeep, p.end, fmt.Sprintf("these are nested more than %d deep", maxDepth), "")
	}
	defer func() { p.depth-- }()
	first := colon + 2
	end, ok := p.textEnd(first, sign == '-')
	if !ok {
		return p.bad(codeReference, p.end, "the } is missing", "")
	}
	other, otherEnd := end, end
	if p.text[end] == ':' {
		other = end + 1
		if otherEnd, ok = p.textEnd(other, true); !ok {
			return p.bad(codeReference, p.end, "the } is missing", "")
		}
	}
	if len(groups) == 0 {
		return missing(otherEnd + 1)
	}
	part := Part{Kind: KindIf, Span: syntax.Span{Start: at, End: otherEnd + 1}, Groups: groups}
	p.token(at, first, syntax.TokenReference)
	p.t.Tokens[len(p.t.Tokens)-1].Number = p.t.pattern.Groups[groups[0]].Number
	if sign == '-' {
		part.Else = p.within(first, end)
	} else {
		part.Parts = p.within(first, end)
		if other > end {
			p.token(end, other, syntax.TokenReference)
			part.Else = p.within(other, otherEnd)
		}
	}
	p.token(otherEnd, otherEnd+1, syntax.TokenReference)
	p.put(part)
	p.pos = otherEnd + 1
	return true
}

// within reads a part of the text of its own. It is never nil.
func (p *parser) within(start, end int) []Part {
	parts := []Part{}
	outer, outerEnd := p.parts, p.end
	p.parts, p.pos, p.end = &parts, start, end
	p.read()
	p.parts, p.end = outer, outerEnd
	return parts
}

// textEnd returns where a text in ${1:+...} ends that starts at a place: at the }, or
// at a colon where another text follows.
func (p *parser) textEnd(at int, last bool) (end int, ok bool) {
	nest, verbatim := 0, false
	for i := at; i < p.end; i++ {
		c, next := p.text[i], p.byte(i+1)
		switch {
		case verbatim:
			if c == '\\' && next == 'E' {
				verbatim = false
				i++
			}
		case c == '}':
			if nest == 0 {
				return i, true
			}
			nest--
		case c == ':' && !last && nest == 0:
			return i, true
		case c == '$' && next == '{':
			nest++
			i++
		case c == '\\' && next == 'Q':
			verbatim = true
			i++
		case c == '\\':
			i++
		}
	}
	return 0, false
}
