package replace

import (
	"strconv"
	"unicode"
)

// goSyntax is that of regexp's Expand, see its extract.
var goSyntax = &Syntax{
	Name: "go", Function: "regexp.ReplaceAll", Leads: "$",
	Elements: []Element{
		text("$$", "a dollar sign", "$"),
		{Form: "${name}", Words: "the group with this name or number", read: readGo},
		{Form: "$name", Words: "the same, with the longest name of letters, digits and _: $1x is the group 1x"},
	},
	Notes: []string{"A group that is not there, or took no part, stands for nothing."},
	otherwise: func(p *parser, at int) bool {
		return p.plain(at+1, "this $ begins no reference and stands for itself", "write $$")
	},
}

func readGo(p *parser, at int) bool {
	start := at + 1
	brace := p.byte(start) == '{'
	if brace {
		start++
	}
	end := start
	for {
		r, size := p.rune(end)
		if size == 0 || !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' {
			break
		}
		end += size
	}
	name := p.text[start:max(start, end)]
	if name == "" || brace && p.byte(end) != '}' {
		return false
	}
	after := end
	if brace {
		after++
	}
	var groups []int
	digits, number := p.digits(start, 0)
	if isNumber := digits == end && (name[0] != '0' || len(name) == 1) && len(name) <= 9; isNumber {
		if index, ok := p.byNumber(number); ok {
			groups = []int{index}
		}
	} else {
		groups = p.byName(name)
	}
	if len(groups) > 0 {
		return p.group(after, groups...)
	}
	hint := ""
	if digits, number := p.digits(start, 0); !brace && digits > start && digits < end {
		if _, ok := p.byNumber(number); ok {
			hint = "Go takes the longest name: write ${" + p.text[start:digits] + "}" + p.text[digits:end]
		}
	}
	return p.empty(after, strconv.Quote(name), hint)
}
