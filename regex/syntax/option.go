package syntax

import (
	"slices"
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// startOptions are those of pcre2pattern, "Special start-of-pattern items". A
// name with = has a number behind it.
var startOptions = []string{
	"UTF8", "UTF", "UCP", "NOTEMPTY", "NOTEMPTY_ATSTART", "NO_AUTO_POSSESS", "NO_START_OPT", "NO_JIT", "NO_DOTSTAR_ANCHOR",
	"LIMIT_HEAP=", "LIMIT_MATCH=", "LIMIT_DEPTH=", "LIMIT_RECURSION=",
	"CR", "LF", "CRLF", "ANYCRLF", "ANY", "NUL", "BSR_ANYCRLF", "BSR_UNICODE",
}

var newlines = map[string]newline{
	"CR": newlineCR, "LF": newlineLF, "CRLF": newlineCRLF, "ANYCRLF": newlineAnyCRLF, "ANY": newlineAny, "NUL": newlineNUL,
}

// options reads (*UTF) and the like at the start of the pattern.
func (p *parser) options() {
	if !p.has(flavor.StartOption) {
		return
	}
	for p.at("(*") && p.option() {
	}
	if flags := p.flags | p.tree.Flags; flags&flavor.UTF != 0 && flags&flavor.UCP != 0 {
		p.flags = p.flags.With('u')
	}
	p.prepare()
	if p.utf {
		p.checkUTF8()
	}
}

// option reads one option, and reports whether it is one.
func (p *parser) option() bool {
	start := p.pos
	end := start + 2
	for end < len(p.s) && (p.s[end] == '_' || p.s[end] >= 'A' && p.s[end] <= 'Z' || isASCIIDigit(rune(p.s[end]))) {
		end++
	}
	name := p.s[start+2 : end]
	if end < len(p.s) && p.s[end] == '=' {
		name += "="
		end++
	}
	if !slices.Contains(startOptions, name) {
		return false
	}
	digits := end
	for strings.HasSuffix(name, "=") && end < len(p.s) && isASCIIDigit(rune(p.s[end])) {
		end++
	}
	// PCRE2 10.42 reads no further when the next digit could be too much for 32 bits.
	bad := strings.HasSuffix(name, "=") && (end == digits || end-digits > 1 && number(p.s[digits:end-1]) > (1<<32-1)/10-1)
	if end == len(p.s) || p.s[end] != ')' {
		if !strings.HasSuffix(name, "=") {
			return false
		}
		bad = true
	} else {
		end++
	}
	p.pos = end
	n := p.leaf(KindVerb, TokenVerb, start)
	p.setText(n, strings.TrimSuffix(p.s[start+2:end], ")"))
	if bad {
		p.fail("unknown-verb", start, "as in (*"+name+"1000)", "this option needs a number and a )")
	}
	switch name {
	case "UTF", "UTF8":
		p.utf = true
		p.flags |= flavor.UTF
	case "UCP":
		p.flags |= flavor.UCP
	default:
		if kind, ok := newlines[name]; ok {
			p.newline = kind
		}
	}
	p.push(n)
	return true
}
