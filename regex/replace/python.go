package replace

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// pythonSyntax is that of re.sub.
var pythonSyntax = &Syntax{
	Name: "python", Function: "re.sub", Leads: `\`,
	Elements: append([]Element{
		{Form: `\1`, Words: "the group with this number, of one or two digits", read: readPythonDigits},
		{Form: `\g<name>`, Words: "the group with this name", read: readPythonGroup},
		{Form: `\g<1>`, Words: `the group with this number; \g<0> is the whole match`},
		{Form: `\101`, Words: "the character with this number, three octal digits or a 0 and up to two"},
		text(`\\`, "a backslash", `\`),
	}, pythonEscapes...),
	Notes: []string{
		`This is what re.sub is given: write it as a raw string, r"\1".`,
		"A backslash before another letter is an error, and before anything else stands for itself.",
	},
	otherwise: pythonOther,
}

// regexSyntax is that of the sub of the module regex.
var regexSyntax = &Syntax{
	Name: "python-regex", Function: "regex.sub", Leads: `\`,
	Elements: append(append([]Element{}, pythonSyntax.Elements...),
		Element{Form: `\x41`, Words: "the character with this hexadecimal number", read: hexElement('x', 2)},
		Element{Form: `\u0041`, Words: "the character with this hexadecimal number", read: hexElement('u', 4)},
		Element{Form: `\U00000041`, Words: "the character with this hexadecimal number", read: hexElement('U', 8)},
		Element{Form: `\N{name}`, Words: "the character with this name", read: readPythonName},
	),
	Notes:     pythonSyntax.Notes,
	otherwise: pythonOther,
}

var pythonEscapes = []Element{
	text(`\n`, "a line feed", "\n"), text(`\t`, "a tab", "\t"), text(`\r`, "a carriage return", "\r"),
	text(`\a`, "a bell", "\a"), text(`\b`, "a backspace", "\b"), text(`\f`, "a form feed", "\f"), text(`\v`, "a vertical tab", "\v"),
}

func pythonOther(p *parser, at int) bool {
	switch next := p.byte(at + 1); {
	case at+1 >= p.end:
		return p.bad(codeEscape, at+1, "a backslash at the end has nothing to stand before", `a backslash is written \\`)
	case isLetter(next):
		return p.bad(codeEscape, at+2, fmt.Sprintf("there is no escape \\%c in replacements", next), `a backslash is written \\`)
	}
	return false // it stands for itself, as what follows does
}

// readPythonDigits reads \1, \12, \012 and \101.
func readPythonDigits(p *parser, at int) bool {
	start := at + 1
	switch {
	case !isDigit(p.byte(start)):
		return false
	case p.text[start] == '0':
		end, value := p.based(start, 3, 8)
		return p.char(end, rune(value))
	}
	if end, value := p.based(start, 3, 8); end == start+3 {
		if value > 0o377 && p.s.Name == "python" {
			return p.bad(codeCharacter, end, "an octal number is at most 377", "")
		}
		return p.char(end, rune(value))
	}
	end, number := p.digits(start, 2)
	index, ok := p.byNumber(number)
	if !ok {
		return p.unknown(end, strconv.Itoa(number))
	}
	return p.group(end, index)
}

func readPythonGroup(p *parser, at int) bool {
	if p.byte(at+1) != 'g' {
		return false
	}
	if p.byte(at+2) != '<' {
		return p.bad(codeReference, at+2, `\g is followed by a <, and a name or number with >`, "")
	}
	length := strings.IndexByte(p.rest(at+3), '>')
	if length < 0 {
		return p.bad(codeReference, p.end, "the name of the group has to end with >", "")
	}
	end := at + 3 + length + 1
	name := p.text[at+3 : end-1]
	if digits, number := p.digits(at+3, 0); name != "" && digits == end-1 {
		if index, ok := p.byNumber(number); ok {
			return p.group(end, index)
		}
		return p.unknown(end, name)
	}
	switch groups := p.byName(name); {
	case len(groups) > 0:
		return p.group(end, groups...)
	case name == "":
		return p.bad(codeReference, end, "the name of the group is missing", p.or(""))
	case !isIdentifier(name):
		return p.bad(codeReference, end, "this cannot be the name of a group", p.or(""))
	}
	return p.unknown(end, strconv.Quote(name))
}

// isIdentifier is Python's rule for names, but for a few characters that are no
// letters to Unicode.
func isIdentifier(name string) bool {
	for i, r := range name {
		if r != '_' && !unicode.IsLetter(r) && (i == 0 || !unicode.In(r, unicode.Nd, unicode.Mn, unicode.Mc, unicode.Pc, unicode.Nl)) {
			return false
		}
	}
	return name != ""
}

// hexElement reads a backslash, a letter, and so many digits.
func hexElement(letter byte, digits int) func(p *parser, at int) bool {
	return func(p *parser, at int) bool {
		if p.byte(at+1) != letter {
			return false
		}
		end, value := p.based(at+2, digits, 16)
		switch {
		case end < at+2+digits:
			return p.bad(codeEscape, end, fmt.Sprintf("\\%c is followed by %d hexadecimal digits", letter, digits), "")
		case !isChar(value):
			return p.bad(codeCharacter, end, "there is no character with this number", "")
		}
		return p.char(end, rune(value))
	}
}

// isChar reports whether a number is one of a character, which can be in a text of UTF-8.
func isChar(value int) bool {
	return value < 0xD800 || value > 0xDFFF && value <= unicode.MaxRune
}

func readPythonName(p *parser, at int) bool {
	if p.byte(at+1) != 'N' {
		return false
	}
	end := p.span(at+3, func(b byte) bool { return isLetter(b) || b == ' ' })
	if p.byte(at+2) != '{' || p.byte(end) != '}' {
		return p.bad(codeEscape, at+2, `\N is followed by a name of letters and spaces in braces`, "")
	}
	python, err := flavor.Lookup("python")
	if err != nil {
		panic(err)
	}
	if runes, ok := python.CharByName(p.text[at+3 : end]); ok && len(runes) == 1 {
		return p.char(end+1, runes[0])
	}
	return p.bad(codeCharacter, end+1, "there is no character with this name", "")
}
