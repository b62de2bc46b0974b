package syntax

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// unsupported is the error of syntax that other flavors have: of a feature, as it
// is written in span.
func (p *parser) unsupported(feature flavor.Feature, span Span) *Error {
	row := feature.Row()
	written := p.s[span.Start:span.End]
	title := row.Title
	if !strings.HasPrefix(title, "Unicode") {
		title = strings.ToLower(title[:1]) + title[1:]
	}
	what := ""
	switch noun, ok := nouns[feature]; {
	case ok:
		what = noun
	case feature == flavor.Possessive, feature == flavor.Verb:
		what = title + " " + written
	case written[0] == '\\':
		what = fmt.Sprintf("%s, %s,", written, title)
	default:
		title, _, _ = strings.Cut(title, ",")
		syntax, _, _ := strings.Cut(row.Syntax, " ")
		what = title + " " + syntax
	}
	e := &Error{Code: "invalid-escape", Message: fmt.Sprintf("%s is not in %s", what, p.engineName()), Span: span}
	code, known := lackCodes[feature]
	otherwise := code == "unsupported-backreference" && p.has(flavor.Backreference) ||
		code == "unsupported-recursion" && (p.has(flavor.Recursion) || p.has(flavor.CallG))
	switch {
	case known && !otherwise:
		e.Code = code
	case known && written[0] == '(': // it is only written in another way
		e.Code = "invalid-group"
	case written[0] == '(':
		e.Code = "unsupported-group"
	}
	p.advise(e)
	return e
}

// engineName is how messages call the flavor.
func (p *parser) engineName() string {
	if p.is(flavor.InGo) {
		return "Go's regexp"
	}
	return p.tree.Flavor.Label
}

// nouns are what features are called where the feature table's title and syntax do
// not make a phrase.
var nouns = map[flavor.Feature]string{
	flavor.ConditionNumber: "conditional (?(...)...)", flavor.ConditionName: "condition (<name>)",
	flavor.Recursion: "recursion (?R)", flavor.CallNumber: "recursion (?1)", flavor.CallName: "recursion (?&name)",
	flavor.CallNameP: "recursion (?P>name)", flavor.CallG: `recursion \g<name>`,
	flavor.FlagsInline: "flags for a part of the pattern (?i)", flavor.FlagsGroup: "flags for a group (?i:...)",
	flavor.NamedAngle: "named group (?<name>...)", flavor.NamedP: "named group (?P<name>...)",
	flavor.BackreferenceG: `backreference \g`, flavor.BackreferenceK: `named backreference \k`,
	flavor.NamedQuote: "named group (?'name'...)", flavor.BackreferenceP: "backreference (?P=name)",
}

// lackCodes are the codes of what a flavor lacks, coarser than features are: other
// escapes have the code invalid-escape, other groups unsupported-group.
var lackCodes = map[flavor.Feature]Code{
	flavor.Lookahead: "unsupported-lookaround", flavor.LookaheadNot: "unsupported-lookaround",
	flavor.Lookbehind: "unsupported-lookaround", flavor.LookbehindNot: "unsupported-lookaround",
	flavor.AlphaLook: "unsupported-lookaround", flavor.NonAtomicLook: "unsupported-lookaround",
	flavor.Atomic: "unsupported-atomic", flavor.AlphaAtomic: "unsupported-atomic",
	flavor.Possessive: "unsupported-possessive", flavor.PossessiveCounted: "unsupported-possessive",
	flavor.Comment: "unsupported-comment", flavor.FlagsInline: "unsupported-flags", flavor.FlagsGroup: "unsupported-flags",
	flavor.NamedAngle: "invalid-group", flavor.NamedP: "invalid-group",
	flavor.Backreference: "unsupported-backreference", flavor.BackreferenceP: "unsupported-backreference",
	flavor.BackreferenceK: "unsupported-backreference", flavor.BackreferenceG: "unsupported-backreference",
	flavor.BackreferenceKQuote: "unsupported-backreference", flavor.BackreferenceKBraces: "unsupported-backreference",
	flavor.Recursion: "unsupported-recursion", flavor.CallNumber: "unsupported-recursion", flavor.CallName: "unsupported-recursion",
	flavor.CallNameP: "unsupported-recursion", flavor.CallG: "unsupported-recursion",
	flavor.Verb: "unsupported-verb", flavor.Callout: "unsupported-verb", flavor.Code: "unsupported-code", flavor.CodePattern: "unsupported-code",
}

// An advice says what to write instead of something that a flavor lacks.
type advice struct {
	written string // how what it is for begins
	in      flavor.Set
	hint    string
	// fix is what to write instead of written, and class the same in a class; ""
	// when nothing short means the same.
	fix, class string
}

const (
	linear  = "Go's regexp runs in linear time, which rules this out"
	anywhat = flavor.Everywhere
	noNames = flavor.InJS | flavor.InJava | flavor.InRuby | flavor.InDotNet
)

// advices are searched from the first on for one of the flavor.
var advices = []advice{
	{"(?<=", flavor.InGo, linear + "; match the context too and use a group for the rest", "", ""},
	{"(?<!", flavor.InGo, linear, "", ""},
	{"(?=", flavor.InGo, linear + "; match the context too and use a group for the rest", "", ""},
	{"(?!", flavor.InGo, linear, "", ""},
	{"(?>", flavor.InGo, "it does not backtrack: use (?:...)", "", ""},
	{"(?>", flavor.InJS, `(?=(...))\1 does the same, with a group`, "", ""},
	{"(?|", flavor.InDotNet, "give the groups of all branches the same name, as in (?<n>a)|(?<n>b)", "", ""},
	{"(?|", anywhat, "use (?:...) and a group in each branch", "", ""},
	{"(?(", flavor.InGo, "write the branches as alternatives", "", ""},
	{"(?(", anywhat, "write the branches as alternatives, each behind a lookahead, as in (?:(?=A)B|(?!A)C)", "", ""},
	{"(?'", flavor.InGo | flavor.InJS | flavor.InJava, "write (?<name>...)", "", ""},
	{"(?'", flavor.InPython, "write (?P<name>...)", "", ""},
	{"(?P<", noNames, "write (?<name>...)", "(?<", ""},
	{"(?<", flavor.InPython, "write (?P<name>...)", "(?P<", ""},
	{"(?P=", flavor.InGo, linear, "", ""},
	{"(?P=", noNames, `write \k<name>`, "", ""},
	{"(?P>", flavor.InRuby, `write \g<name>`, "", ""},
	{"(?R", flavor.InRuby, `write \g<0>`, "", ""},
	{"(?&", flavor.InRuby, `write \g<name>`, "", ""},
	{"(?#", anywhat, "take the comment out", "", ""},
	{"(?C", anywhat, "callouts are for programs that use PCRE2", "", ""},
	{"(?{", anywhat, "only Perl runs code in a pattern", "", ""},
	{"(??{", anywhat, "only Perl runs code in a pattern", "", ""},
	{"(?~", anywhat, "(?:(?!...)[\\s\\S])* is close", "", ""},
	{`\1`, flavor.InGo, linear, "", ""},
	{`\k`, flavor.InGo, linear, "", ""},
	{`\k`, flavor.InPython, "write (?P=name)", "", ""},
	{`\g`, flavor.InGo, linear, "", ""},
	{`\g`, flavor.InDotNet | flavor.InJava | flavor.InJS, `write \1 or \k<name>`, "", ""},
	{`\g`, flavor.InPython, `write \1 or (?P=name)`, "", ""},
	{`\A`, flavor.InJS, "write ^ without the flag m", "", ""},
	{`\Z`, flavor.InGo, `write \z for the end of the text, or \n?\z to allow a last newline`, "", ""},
	{`\Z`, flavor.InJS, `write $ without the flag m, or (?=\n?$) to allow a last newline`, "", ""},
	{`\z`, flavor.InJS, "write $ without the flag m", "", ""},
	{`\z`, flavor.InPython, `\Z is the very end in Python`, `\Z`, ""},
	{`\G`, anywhat, "", "", ""},
	{`\K`, flavor.InGo, "use a group for the part that you want", "", ""},
	{`\K`, anywhat, "use lookbehind (?<=...)", "", ""},
	{`\h`, flavor.InGo | flavor.InDotNet, `write [\t\p{Zs}]`, `[\t\p{Zs}]`, `\t\p{Zs}`},
	{`\H`, flavor.InGo | flavor.InDotNet, `write [^\t\p{Zs}]`, `[^\t\p{Zs}]`, ""},
	{`\h`, flavor.InJS | flavor.InPython, `write [\t ]`, `[\t ]`, `\t `},
	{`\H`, flavor.InJS | flavor.InPython, `write [^\t ]`, `[^\t ]`, ""},
	{`\v`, flavor.InGo | flavor.InJS | flavor.InPython, "", "", ""},
	{`\V`, anywhat, `write [^\n\v\f\r]`, `[^\n\v\f\r]`, ""},
	{`\R`, anywhat, `write (?:\r\n|\n|\r)`, `(?:\r\n|\n|\r)`, `\r\n`},
	{`\X`, flavor.InGo, `write (?:\PM\pM*), which is close`, `(?:\PM\pM*)`, ""},
	{`\X`, flavor.InJS, `write (?:\P{M}\p{M}*), which is close`, `(?:\P{M}\p{M}*)`, ""},
	{`\N`, flavor.InGo | flavor.InDotNet | flavor.InJS | flavor.InRuby, `write [^\n]`, `[^\n]`, ""},
	{`\C`, anywhat, "", "", ""},
	{`\e`, anywhat, `write \x1b`, `\x1b`, `\x1b`},
	{`\a`, anywhat, `write \x07`, `\x07`, `\x07`},
	{`\p`, flavor.InPython, `write [^\W\d_] for a letter, \d for a digit; the module regex has properties`, "", ""},
	{`\P`, flavor.InPython, `the module regex has properties`, "", ""},
	{`\Q`, anywhat, "put a backslash before each special character", "", ""},
	{`\E`, flavor.InGo | flavor.InDotNet, `no \Q is open here`, "", ""},
	{`\E`, anywhat, "put a backslash before each special character", "", ""},
	{`\c`, flavor.InGo | flavor.InPython, `write \x01 for control-A, and so on`, "", ""},
	{`\o`, anywhat, `write \x{...} with the number in hexadecimal`, "", ""},
	{`\u{`, flavor.InGo | flavor.InDotNet, `write \x{1F600}`, `\x{`, `\x{`},
	{`\x{`, flavor.InJS, `write \u{1F600}`, `\u{`, `\u{`},
	{`\x{`, flavor.InPython, `write \u263A or \U0001F600`, "", ""},
	{`\u{`, flavor.InPython, `write \u263A or \U0001F600`, "", ""},
	{`\u`, flavor.InGo, `write \x{263A}`, "", ""},
	{`\u`, flavor.InPCRE2 | flavor.InPerl, `write \x{263A}`, "", ""},
	{`\U`, flavor.InGo, `write \x{1F600}`, "", ""},
	{`\U`, flavor.InJS, `write \u{1F600}`, "", ""},
	{`\<`, flavor.InJS, `write \b for the edge of a word, < for the character`, `\b`, "<"},
	{`\>`, flavor.InJS, `write \b for the edge of a word, > for the character`, `\b`, ">"},
	{`\y`, anywhat, `write \b for the edge of a word`, "", ""},
	{`\b`, flavor.InGo, `write \x08 for the backspace character`, "", `\x08`},
}

// advise adds to an error what to do about it, if anything is known for what is
// written at its place.
func (p *parser) advise(e *Error) {
	rest := p.s[e.Span.Start:]
	for i := range advices {
		a := &advices[i]
		if a.in&p.tree.Flavor.Set == 0 || !strings.HasPrefix(rest, a.written) {
			continue
		}
		e.Hint = a.hint
		fix := a.fix
		if p.inClass {
			fix = a.class
		}
		unclosed := strings.HasSuffix(a.written, "{") && p.s[e.Span.End-1] != '}'
		if fix != "" && !unclosed {
			e.Fix = &Fix{Span{e.Span.Start, e.Span.Start + len(a.written)}, fix}
		}
		break
	}
	if e.Fix == nil {
		e.Fix = p.computedFix(e)
	}
}

// computedFix is a fix that depends on more than how what is written begins, or
// nil.
func (p *parser) computedFix(e *Error) *Fix {
	written := p.s[e.Span.Start:e.Span.End]
	whole := func(text string) *Fix { return &Fix{e.Span, text} }
	switch {
	case strings.HasPrefix(written, "(?'") && !p.is(flavor.InDotNet|flavor.InRuby):
		name, ok := strings.CutSuffix(p.s[e.Span.Start+3:p.pos], "'")
		if !ok {
			return nil
		}
		open := "(?<"
		if p.is(flavor.InPython) {
			open = "(?P<"
		}
		return &Fix{Span{e.Span.Start, p.pos}, open + name + ">"}
	case strings.HasPrefix(written, "(?P=") && !p.is(flavor.InGo):
		if name, ok := strings.CutSuffix(p.s[e.Span.End:p.pos], ")"); ok {
			return &Fix{Span{e.Span.Start, p.pos}, `\k<` + name + ">"}
		}
	case written == `\k` && p.is(flavor.InPython), written == `\g` && !p.is(flavor.InGo):
		return p.referenceFix(e.Span)
	case p.is(flavor.InPython) && len(written) > 4 && (strings.HasPrefix(written, `\x{`) || strings.HasPrefix(written, `\u{`)):
		if n, err := strconv.ParseUint(strings.TrimSuffix(written[3:], "}"), 16, 32); err == nil && n <= unicode.MaxRune {
			return whole(pythonEscape(rune(n)))
		}
	case len(written) == 3 && strings.HasPrefix(written, `\c`) && isASCIILetter(rune(written[2])):
		return whole(fmt.Sprintf(`\x%02x`, written[2]&0x1F))
	case len(written) == 6 && strings.HasPrefix(written, `\u`) && p.is(flavor.InGo|flavor.InPCRE2|flavor.InPerl):
		return whole(`\x{` + written[2:] + "}")
	case !p.is(flavor.InJS) || p.inClass || p.flags.Has('m'):
		return nil
	case written == `\A`:
		return whole("^")
	case written == `\z`:
		return whole("$")
	case written == `\Z`:
		return whole(`(?=\n?$)`)
	}
	return nil
}

// pythonEscape is how Python writes a character by its number.
func pythonEscape(r rune) string {
	switch {
	case r <= 0xFF:
		return fmt.Sprintf(`\x%02x`, r)
	case r <= 0xFFFF:
		return fmt.Sprintf(`\u%04x`, r)
	}
	return fmt.Sprintf(`\U%08x`, r)
}

// referenceFix writes \k<name>, \g{name}, \g{1} and \g1 as the flavor does. letter
// is the place of the backslash and the letter.
func (p *parser) referenceFix(letter Span) *Fix {
	name := p.s[letter.End:p.pos]
	if len(name) > 1 && closing(name[0]) == name[len(name)-1] {
		if p.s[letter.Start+1] == 'g' && name[0] != '{' {
			return nil // a call
		}
		name = name[1 : len(name)-1]
	}
	at := Span{letter.Start, p.pos}
	switch {
	case isDigits(name):
		return &Fix{at, `\` + name}
	case !isIdentifier(name):
		return nil
	case p.is(flavor.InPython):
		return &Fix{at, "(?P=" + name + ")"}
	}
	return &Fix{at, `\k<` + name + ">"}
}
