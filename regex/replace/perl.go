package replace

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// perlSyntax is that of the right side of s///: a double-quoted string, of which
// everything is an error that would be a variable of the program, or run. See
// perlop, "Quote and Quote-like Operators", and toke.c for the nesting of \U and
// the others.
var perlSyntax = &Syntax{
	Name: "perl", Function: "s///g", Leads: `$@\`,
	Elements: []Element{
		perlVariable("$&", "the whole match", whole),
		perlVariable("$`", "the text before the match", before),
		{Form: "$'", Words: "the text after the match", read: readPerlAfter},
		perlBraces('&', "the whole match", whole), perlBraces('`', "the text before the match", before), perlBraces('\'', "the text after the match", after),
		{Form: "$1", Words: "the group with this number, of all the digits there are", read: readPerlNumber},
		{Form: "${1}", Words: "the same, where a digit or a bracket follows"},
		{Form: "$+{name}", Words: "the group with this name", read: readPerlName},
		perlVariable("$+", "the group with the highest number of those that took part", Part{Kind: KindLast}),
		{Form: `\1`, Words: "the same as $1, of one digit", read: readPerlBackslash},
		perlCase('U', "upper case from here to \\E", CaseUpper),
		perlCase('L', "lower case from here to \\E", CaseLower),
		perlCase('F', "folded case from here to \\E", CaseFold),
		perlCase('Q', "a backslash before all that is no word character, from here to \\E", CaseQuote),
		perlCase('u', "upper case for the first character of what follows", CaseFirstUpper),
		perlCase('l', "lower case for the first character of what follows", CaseFirstLower),
		{Form: `\E`, Words: "the end of the last of these", read: readPerlEnd},
		text(`\n`, "a line feed", "\n"), text(`\t`, "a tab", "\t"), text(`\r`, "a carriage return", "\r"), text(`\b`, "a backspace", "\b"),
		text(`\f`, "a form feed", "\f"), text(`\a`, "a bell", "\a"), text(`\e`, "an escape", "\x1b"),
		{Form: `\x41`, Words: "the character with this hexadecimal number", read: readHex},
		{Form: `\x{1F600}`, Words: "the same, of any length"},
		{Form: `\101`, Words: "the character with this octal number", read: readPerlOctal},
		{Form: `\o{101}`, Words: "the same, of any length", read: readOctalBraces},
		{Form: `\cA`, Words: "the control character of this letter", read: readControl},
		{Form: `\N{U+1F600}`, Words: "the character with this number", read: readPerlCharacter},
		{Form: `\N{name}`, Words: "the character with this name"},
		{Form: `\$`, Words: "the character behind the backslash", read: readPerlEscape},
	},
	Notes: []string{
		"This is what stands between the delimiters of s///. It is never run: other variables, and elements of them, are errors.",
		"A group that took no part stands for nothing, of which Perl may warn.",
	},
	otherwise: perlOther,
	finish: func(p *parser) {
		for len(p.open) > 0 {
			p.close()
		}
	},
}

// An open is a \U or the like that is not ended yet.
type open struct {
	letter byte
	c      Case
	at     int
	outer  *[]Part
	parts  *[]Part
}

// perlCase is an element that changes the case of what follows, up to its end.
func perlCase(letter byte, words string, c Case) Element {
	return Element{Form: `\` + string(letter), Words: words, read: func(p *parser, at int) bool {
		return p.byte(at+1) == letter && p.text[at] == '\\' && p.begin(at, letter, c)
	}}
}

// begin opens a case. \U, \L and \F end each other, and with that all that was
// opened in between; and \L\u is \u\L.
func (p *parser) begin(at int, letter byte, c Case) bool {
	if (letter == 'L' || letter == 'U') && strings.HasPrefix(p.rest(at+2), `\u`) {
		p.token(at, at+4, syntax.TokenFlags)
		p.pos = at + 4
		return p.push(at, 'u', CaseFirstUpper) && p.push(at, letter, c)
	}
	p.token(at, at+2, syntax.TokenFlags)
	p.pos = at + 2
	return p.push(at, letter, c)
}

func (p *parser) push(at int, letter byte, c Case) bool {
	for strings.IndexByte("LUF", letter) >= 0 && p.has("LUF") {
		if len(*p.parts) == 0 {
			p.fail(codeEscape, syntax.Span{Start: p.open[len(p.open)-1].at, End: p.pos}, "between these two is nothing, which is a syntax error of Perl's", "")
		}
		p.close()
	}
	if len(p.open) == maxDepth {
		p.fail(codeTooDeep, syntax.Span{Start: at, End: p.pos}, fmt.Sprintf("these are nested more than %d deep", maxDepth), `\E ends one`)
		return true
	}
	inner := &[]Part{}
	p.open = append(p.open, open{letter, c, at, p.parts, inner})
	p.parts = inner
	return true
}

// has reports whether one of these is open.
func (p *parser) has(letters string) bool {
	for _, o := range p.open {
		if strings.IndexByte(letters, o.letter) >= 0 {
			return true
		}
	}
	return false
}

// close ends what was opened last.
func (p *parser) close() {
	last := p.open[len(p.open)-1]
	p.open = p.open[:len(p.open)-1]
	p.parts = last.outer
	p.put(Part{Kind: KindCase, Span: syntax.Span{Start: last.at, End: p.pos}, Case: last.c, Parts: *last.parts})
}

// readPerlEnd reads \E, which ends a \u or \l as well as what these are in.
func readPerlEnd(p *parser, at int) bool {
	if p.byte(at+1) != 'E' || p.text[at] != '\\' {
		return false
	}
	p.token(at, at+2, syntax.TokenFlags)
	if len(p.open) == 0 {
		p.warn(codePlain, at+2, "there is nothing that this ends", "")
	}
	for ended := false; len(p.open) > 0 && !ended; p.close() {
		ended = strings.IndexByte("ul", p.open[len(p.open)-1].letter) < 0
	}
	p.pos = at + 2
	return true
}

// perlVariable is an element that is a variable of a match, but not where it is an
// element of an array or a hash.
func perlVariable(form, words string, part Part) Element {
	return Element{Form: form, Words: words, read: func(p *parser, at int) bool {
		if !strings.HasPrefix(p.rest(at), form) {
			return false
		}
		end := at + len(form)
		return p.subscript(end) || p.to(end, syntax.TokenReference, part)
	}}
}

// perlBraces is the same with braces around the name, behind which anything is text.
func perlBraces(name byte, words string, part Part) Element {
	return fixed("${"+string(name)+"}", words, part)
}

// readPerlAfter reads $', but not $'name: that is an old form of $::name.
func readPerlAfter(p *parser, at int) bool {
	if !strings.HasPrefix(p.rest(at), "$'") {
		return false
	}
	r, _ := p.rune(at + 2)
	if c := p.byte(at + 2); isLetter(c) || c == '_' || r >= 0x80 && unicode.IsLetter(r) {
		return p.bad(codeCode, p.span(at+2, isWord), "$' and a name is a variable of the program, as $::"+string(r), "write ${'} for the text after the match")
	}
	return p.subscript(at+2) || p.to(at+2, syntax.TokenReference, after)
}

// subscript reports what stands behind a variable and makes it another one.
func (p *parser) subscript(at int) bool {
	end := at
	if strings.HasPrefix(p.rest(at), "->") {
		end += 2
	}
	if c := p.byte(end); c != '[' && c != '{' {
		return false
	}
	hint := `a bracket that is text is written \` + string(p.text[end])
	if end > at {
		hint = `an arrow that is text is written \->`
	}
	return p.bad(codeCode, end+1, "this is an element of an array or a hash, which is not evaluated here", hint)
}

func readPerlNumber(p *parser, at int) bool {
	if p.text[at] != '$' {
		return false
	}
	start := at + 1
	brace := p.byte(start) == '{'
	if brace {
		start = p.span(start+1, isPerlSpace)
	}
	end, number := p.digits(start, 0)
	if end == start {
		return false
	}
	digits, after := p.text[start:end], end
	if brace {
		if after = p.span(end, isPerlSpace); p.byte(after) != '}' {
			return p.bad(codeCode, after, "this is a variable of the program, which is not evaluated here", "a group is written ${"+digits+"}")
		}
		after++
	}
	switch {
	case number == 0 && digits == "0":
		return p.bad(codeCode, after, "$0 is the name of the program", "the whole match is $&")
	case digits[0] == '0':
		return p.bad(codeReference, after, "the number of a group has no 0 in front", "")
	case !brace && p.subscript(after):
		return true
	}
	return p.perl(after, number)
}

func (p *parser) perl(end, number int) bool {
	if index, ok := p.byNumber(number); ok {
		return p.group(end, index)
	}
	return p.empty(end, strconv.Itoa(number), "")
}

func isPerlSpace(b byte) bool { return b == ' ' || '\t' <= b && b <= '\r' }

func readPerlName(p *parser, at int) bool {
	if !strings.HasPrefix(p.rest(at), "$+{") {
		return false
	}
	start := p.span(at+3, isPerlSpace)
	end := p.span(start, isWord)
	after := p.span(end, isPerlSpace)
	name := p.text[min(start, p.end):end]
	if name == "" || isDigit(name[0]) || p.byte(after) != '}' {
		return p.bad(codeCode, after, "in $+{...} only the name of a group is evaluated here", p.or(""))
	}
	after++
	if p.subscript(after) {
		return true
	}
	if groups := p.byName(name); len(groups) > 0 {
		return p.group(after, groups...)
	}
	return p.empty(after, strconv.Quote(name), "")
}

// readPerlBackslash reads \1, which s/// takes for $1.
func readPerlBackslash(p *parser, at int) bool {
	if c := p.byte(at + 1); p.text[at] != '\\' || c < '1' || c > '9' || isDigit(p.byte(at+2)) {
		return false
	}
	if p.subscript(at + 2) {
		return true
	}
	p.warn(codeDeprecated, at+2, "this is better written as $"+p.text[at+1:at+2], "")
	return p.perl(at+2, int(p.text[at+1]-'0'))
}

// readPerlOctal reads one to three octal digits.
func readPerlOctal(p *parser, at int) bool {
	if p.text[at] != '\\' {
		return false
	}
	end, value := p.based(at+1, 3, 8)
	return end > at+1 && p.number(end, value)
}

func readPerlCharacter(p *parser, at int) bool {
	if p.text[at] != '\\' || p.byte(at+1) != 'N' {
		return false
	}
	length := strings.IndexByte(p.rest(at+2), '}')
	if p.byte(at+2) != '{' || length < 0 {
		return p.bad(codeEscape, at+2, `\N is followed by a name, or U+ and a number, in braces`, "")
	}
	end := at + 2 + length + 1
	name := p.text[at+3 : end-1]
	if strings.HasPrefix(name, "U+") {
		digits, value := p.based(at+5, p.end, 16)
		if digits == at+5 || digits != end-1 {
			return p.bad(codeEscape, end, "U+ is followed by a hexadecimal number", "")
		}
		return p.number(end, value)
	}
	perl, err := flavor.Lookup("perl")
	if err != nil {
		panic(err)
	}
	if runes, ok := perl.CharByName(name); ok {
		return p.to(end, tokenEscape, Part{Kind: KindText, Text: string(runes)})
	}
	return p.bad(codeCharacter, end, "there is no character with this name", "")
}

// readPerlEscape reads what is left: a character that a backslash only makes plain.
func readPerlEscape(p *parser, at int) bool {
	if p.text[at] != '\\' {
		return false
	}
	r, size := p.rune(at + 1)
	if size == 0 {
		return p.bad(codeEscape, at+1, "a backslash at the end has nothing to stand before", `a backslash is written \\`)
	}
	if isLetter(p.text[at+1]) || isDigit(p.text[at+1]) {
		p.warn(codeEscape, at+2, "this is the character "+string(r), "")
	}
	return p.to(at+1+size, tokenEscape, Part{Kind: KindText, Text: p.text[at+1 : at+1+size]})
}

// perlOther reads a $ or @ that begins nothing of a match.
func perlOther(p *parser, at int) bool {
	next := p.byte(at + 1)
	if p.text[at] == '@' {
		r, size := p.rune(at + 1)
		if size == 0 || !isWord(next) && strings.IndexByte(":'{$+-", next) < 0 && r < 0x80 {
			return false
		}
		end := max(p.span(at+1, isWord), at+1+size)
		return p.bad(codeCode, end, "this is an array of the program, which is not evaluated here", `an @ that is text is written \@`)
	}
	if at+1 >= p.end {
		return p.bad(codeReference, at+1, "a $ at the end begins nothing", `a dollar sign is written \$`)
	}
	_, size := p.rune(at + 1)
	end := max(p.span(at+1, isWord), at+1+size)
	return p.bad(codeCode, end, "this is a variable of the program, which is not evaluated here", `a dollar sign is written \$`)
}
