package replace

import (
	"strconv"
)

// javaSyntax is that of Java's Matcher.appendReplacement.
var javaSyntax = &Syntax{
	Name: "java", Function: "Matcher.replaceAll", Leads: `$\`, units: true,
	Elements: []Element{
		{Form: `\$`, Words: "the character behind the backslash", read: readJavaEscape},
		{Form: "$1", Words: "the group with this number, of as many digits as make the number of a group", read: readJavaNumber},
		{Form: "${name}", Words: "the group with this name", read: readJavaName},
	},
	Notes: []string{`\n is an n: only Java's own string literals know \n.`},
	otherwise: func(p *parser, at int) bool {
		return p.bad(codeReference, at+1, "a $ has to be followed by a number or {name}", `a dollar sign is written \$`)
	},
}

func readJavaEscape(p *parser, at int) bool {
	if p.text[at] != '\\' {
		return false
	}
	r, size := p.rune(at + 1)
	if size == 0 {
		return p.bad(codeEscape, at+1, "a backslash at the end has nothing to stand before", `a backslash is written \\`)
	}
	if isLetter(p.text[at+1]) {
		p.warn(codeEscape, at+2, "this is the letter "+string(r), "a line feed has to be in the replacement itself, which Java's string literal \"\\n\" does")
	}
	return p.to(at+1+size, tokenEscape, Part{Kind: KindText, Text: p.text[at+1 : at+1+size]})
}

func readJavaNumber(p *parser, at int) bool {
	if p.text[at] != '$' || !isDigit(p.byte(at+1)) {
		return false
	}
	end, number := at+2, int(p.text[at+1]-'0')
	for isDigit(p.byte(end)) {
		more := 10*number + int(p.text[end]-'0')
		if more > p.top() {
			break
		}
		end, number = end+1, more
	}
	index, ok := p.byNumber(number)
	if !ok {
		return p.unknown(end, strconv.Itoa(number))
	}
	return p.group(end, index)
}

func readJavaName(p *parser, at int) bool {
	if p.text[at] != '$' || p.byte(at+1) != '{' {
		return false
	}
	end := p.span(at+2, func(b byte) bool { return isDigit(b) || isLetter(b) })
	name := p.text[at+2 : end]
	switch {
	case p.byte(end) != '}':
		return p.bad(codeReference, end, "the name of a group is letters and digits, and ends with }", "")
	case name == "":
		return p.bad(codeReference, end+1, "the name of the group is missing", "")
	case isDigit(name[0]):
		return p.bad(codeReference, end+1, "the name of a group starts with a letter", "a number is written $"+name)
	}
	groups := p.byName(name)
	if len(groups) == 0 {
		return p.unknown(end+1, strconv.Quote(name))
	}
	return p.group(end+1, groups...)
}
