package replace

import (
	"strconv"
	"strings"
)

// jsSyntax is that of ECMAScript's GetSubstitution.
var jsSyntax = &Syntax{
	Name: "js", Function: "String.replace", Leads: "$", units: true,
	Elements: []Element{
		text("$$", "a dollar sign", "$"),
		fixed("$&", "the whole match", whole),
		fixed("$`", "the text before the match", before),
		fixed("$'", "the text after the match", after),
		{Form: "$1", Words: "the group with this number, of one or two digits", read: readJSNumber},
		{Form: "$<name>", Words: "the group with this name", read: readJSName},
	},
	Notes: []string{
		"$12 is group 12 where there are as many, and otherwise group 1 and a 2.",
		"A number that no group has stands for itself; and so does $<name> where no group has a name.",
	},
	otherwise: func(p *parser, at int) bool {
		return p.plain(at+1, "this $ begins no reference and stands for itself", "write $$")
	},
}

func readJSNumber(p *parser, at int) bool {
	for most := 2; most > 0; most-- {
		end, number := p.digits(at+1, most)
		if end != at+1+most {
			continue
		}
		if index, ok := p.byNumber(number); ok && number > 0 {
			return p.group(end, index)
		}
	}
	end, number := p.digits(at+1, 2)
	if end == at+1 {
		return false
	}
	if number == 0 {
		return p.plain(end, "there is no group 0 here: this stands for itself", "the whole match is $&")
	}
	return p.plain(end, p.none(strconv.Itoa(number))+": this stands for itself", p.or(""))
}

func readJSName(p *parser, at int) bool {
	if p.byte(at+1) != '<' {
		return false
	}
	if !p.named() {
		return p.plain(at+2, "no group of the pattern has a name: this stands for itself", p.or(""))
	}
	length := strings.IndexByte(p.rest(at+2), '>')
	if length < 0 {
		return p.plain(at+2, "the > is missing: this stands for itself", "")
	}
	end := at + 2 + length + 1
	name := p.text[at+2 : end-1]
	if groups := p.byName(name); len(groups) > 0 {
		return p.group(end, groups...)
	}
	return p.empty(end, strconv.Quote(name), "")
}
