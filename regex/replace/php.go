package replace

import (
	"strconv"
	"strings"
)

// phpSyntax is that of PHP's preg_replace. It has no names.
var phpSyntax = &Syntax{
	Name: "php", Function: "preg_replace", Leads: `$\`,
	Elements: []Element{
		text(`\\`, "a backslash", `\`),
		text(`\$`, "a dollar sign", `$`),
		{Form: "$1", Words: "the group with this number, of one or two digits", read: readPHP},
		{Form: "${1}", Words: "the same, where a digit follows"},
		{Form: `\1`, Words: "the same"},
	},
	Notes: []string{
		"$0 is the whole match. There are no names.",
		"This is what preg_replace is given: PHP's own string literals read \\ and $ before it does.",
	},
	otherwise: func(p *parser, at int) bool {
		if strings.HasPrefix(p.rest(at), "${") {
			return p.plain(at+2, "preg_replace knows groups by number only: this stands for itself", "")
		}
		return false
	},
}

func readPHP(p *parser, at int) bool {
	start := at + 1
	brace := p.text[at] == '$' && p.byte(start) == '{'
	if brace {
		start++
	}
	end, number := p.digits(start, 2)
	if end == start || brace && p.byte(end) != '}' {
		return false
	}
	if brace {
		end++
	}
	index, ok := p.byNumber(number)
	if !ok {
		return p.empty(end, strconv.Itoa(number), "")
	}
	return p.group(end, index)
}
