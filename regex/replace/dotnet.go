package replace

import (
	"strconv"
	"unicode"
)

// dotnetSyntax is that of .NET's Regex.Replace, as regexp2 has it.
var dotnetSyntax = &Syntax{
	Name: "dotnet", Function: "Regex.Replace", Leads: "$",
	Elements: []Element{
		text("$$", "a dollar sign", "$"),
		fixed("$&", "the whole match", whole),
		fixed("$`", "the text before the match", before),
		fixed("$'", "the text after the match", after),
		{Form: "$+", Words: "the group with the highest number", read: readDotNetLast},
		fixed("$_", "the whole text", Part{Kind: KindInput}),
		{Form: "$1", Words: "the group with this number, of all the digits there are", read: readDotNetNumber},
		{Form: "${name}", Words: "the group with this name or number", read: readDotNetName},
	},
	Notes: []string{"A reference to a group that is not there stands for itself."},
	otherwise: func(p *parser, at int) bool {
		return p.plain(at+1, "this $ begins no reference and stands for itself", "write $$")
	},
}

func readDotNetLast(p *parser, at int) bool {
	return p.byte(at+1) == '+' && p.group(at+2, len(p.t.pattern.Groups)-1)
}

func readDotNetNumber(p *parser, at int) bool {
	end, number := p.digits(at+1, 0)
	if end == at+1 {
		return false
	}
	return p.dotnet(end, number, "")
}

// dotnet adds a reference by number, or by name.
func (p *parser) dotnet(end, number int, name string) bool {
	groups := p.byName(name)
	what := strconv.Quote(name)
	if name == "" {
		what = strconv.Itoa(number)
		if number == maxNumber {
			return p.bad(codeReference, end, "the number of a group is too large", p.or(""))
		}
		if index, ok := p.byNumber(number); ok {
			groups = []int{index}
		}
	}
	if len(groups) > 0 {
		return p.group(end, groups...)
	}
	return p.plain(end, p.none(what)+": this stands for itself", p.or(""))
}

func readDotNetName(p *parser, at int) bool {
	if p.byte(at+1) != '{' {
		return false
	}
	start := at + 2
	end, number := p.digits(start, 0)
	if end > start {
		if number == maxNumber {
			return p.bad(codeReference, end, "the number of a group is too large", p.or(""))
		}
		return p.byte(end) == '}' && p.dotnet(end+1, number, "")
	}
	for {
		r, size := p.rune(end)
		if size == 0 || !dotnetWord(r) {
			break
		}
		end += size
	}
	return end > start && p.byte(end) == '}' && p.dotnet(end+1, 0, p.text[start:end])
}

// dotnetWord is \w of .NET's design, of which names are made.
func dotnetWord(r rune) bool {
	return unicode.In(r, unicode.L, unicode.Mn, unicode.Nd, unicode.Pc) || r == '\u200D' || r == '\u200C'
}
