package replace

import (
	"slices"
	"strconv"
	"strings"
)

// rubySyntax is that of Ruby's String#gsub.
var rubySyntax = &Syntax{
	Name: "ruby", Function: "String#gsub", Leads: `\`,
	Elements: []Element{
		text(`\\`, "a backslash", `\`),
		fixed(`\0`, "the whole match", whole),
		fixed(`\&`, "the whole match", whole),
		fixed("\\`", "the text before the match", before),
		fixed(`\'`, "the text after the match", after),
		fixed(`\+`, "the group with the highest number of those that took part", Part{Kind: KindLast}),
		{Form: `\1`, Words: "the group with this number, of one digit", read: readRubyNumber},
		{Form: `\k<name>`, Words: "the group with this name", read: readRubyName},
	},
	Notes: []string{
		"A backslash before anything else stands for itself.",
		"Where groups have names, numbers stand for nothing.",
	},
}

func readRubyNumber(p *parser, at int) bool {
	if !isDigit(p.byte(at + 1)) {
		return false
	}
	number := int(p.text[at+1] - '0')
	if p.named() {
		p.warn(codeUnknownGroup, at+2, "where groups have names, a number stands for nothing", p.or(`write \k<name>`))
		return p.group(at + 2)
	}
	index, ok := p.byNumber(number)
	if !ok {
		return p.empty(at+2, strconv.Itoa(number), "")
	}
	return p.group(at+2, index)
}

func readRubyName(p *parser, at int) bool {
	if !strings.HasPrefix(p.rest(at), `\k<`) {
		return false
	}
	length := strings.IndexByte(p.rest(at+3), '>')
	if length < 0 {
		return p.bad(codeReference, at+3, "the name of the group has to end with >", "")
	}
	end := at + 3 + length + 1
	name := p.text[at+3 : end-1]
	groups := p.byName(name)
	if len(groups) == 0 {
		return p.unknown(end, strconv.Quote(name))
	}
	slices.Reverse(groups) // of groups with one name the last counts
	return p.group(end, groups...)
}
