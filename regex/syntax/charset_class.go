package syntax

import (
	"sync"
	"unicode"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// The small sets of which classes are made.
var (
	hexDigit = charSet([]CharRange{{'0', '9'}, {'A', 'F'}, {'a', 'f'}})
	// horizontal is \h but for U+180E, which is no space since Unicode 6.3.
	horizontal = charSet([]CharRange{
		{'\t', '\t'}, {' ', ' '}, {0xA0, 0xA0}, {0x1680, 0x1680}, {0x2000, 0x200A}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000},
	})
	vertical                = charSet([]CharRange{{'\n', '\r'}, {0x85, 0x85}, {0x2028, 0x2029}})
	mongolianVowelSeparator = charSet([]CharRange{{0x180E, 0x180E}})
)

// classFlags are the flags that \d, \w, \s, \b and POSIX classes go by: u in PCRE2
// is (*UCP) too.
func classFlags(f *flavor.Flavor, flags flavor.Flags) flavor.Flags {
	if f.Set == flavor.InPCRE2 && flags&flavor.UCP != 0 {
		return flags.With('u')
	}
	return flags
}

// LineEnds returns the characters that end a line in the flavor: those behind
// which ^ matches with the flag for lines. CR LF together is one end of a line in
// Java without d. PCRE2's options such as (*CRLF) are not looked at.
func LineEnds(f *flavor.Flavor, flags flavor.Flags) CharSet {
	return rangesSet(f.Semantics.LineEnds.With(flags))
}

// WordChars returns the characters between which and others \b is. They are not
// always those of \w: in Java and Ruby \b goes by Unicode where \w does not.
func WordChars(f *flavor.Flavor, flags flavor.Flags) CharSet {
	set := rangesSet(f.Semantics.Boundary.With(classFlags(f, flags)))
	return set.within(Universe(f, flags))
}

// flavorSets are the sets of the table of flavors.
var flavorSets sync.Map // *flavor.CharSet to CharSet

// rangesSet is a set of the table of flavors.
func rangesSet(set *flavor.CharSet) CharSet {
	if known, ok := flavorSets.Load(set); ok {
		return known.(CharSet)
	}
	ranges := set.Ranges()
	chars := make(CharSet, len(ranges))
	for i, r := range ranges {
		chars[i] = CharRange{r[0], r[1]}
	}
	flavorSets.Store(set, chars)
	return chars
}

// dot evaluates the dot.
func (e *evaluator) dot(n *Node) CharSet {
	return e.butLineEnds(n, rangesSet(e.flavor.Semantics.DotExcludes.With(n.Flags)))
}

// butLineEnds is all but the ends of a line, if any are excluded.
func (e *evaluator) butLineEnds(n *Node, excluded CharSet) CharSet {
	if len(excluded) > 0 && e.lineEnds != nil {
		excluded = e.lineEnds
	}
	e.unknown = e.unknown || len(excluded) > 0 && e.pairEnds
	return e.not(excluded.within(Universe(e.flavor, n.Flags)), n)
}

// classEscape evaluates \d, \w, \s, \h, \v and \N.
func (e *evaluator) classEscape(n *Node) CharSet {
	var set CharSet
	flags, semantics := classFlags(e.flavor, n.Flags), e.flavor.Semantics
	switch n.Rune {
	case 'd':
		set = rangesSet(semantics.Digit.With(flags))
	case 'w':
		set = rangesSet(semantics.Word.With(flags))
		if e.inClass && e.is(flavor.InRuby) && flags.Has('u') {
			set = e.unicodePosixSet("word")
		}
	case 's':
		set = rangesSet(semantics.Space.With(flags))
	case 'h':
		set = e.horizontal()
	case 'v':
		set = vertical
	case 'N':
		return e.butLineEnds(n, rangesSet(semantics.DotExcludes.Plain))
	default: // what matches sequences
		e.unknown = true
		return nil
	}
	set = set.within(Universe(e.flavor, n.Flags))
	if n.Negated {
		set = e.not(set, n)
	}
	if e.is(flavor.InJS) && !n.Flags.Has('v') {
		set = e.fold(set, n.Flags)
	}
	return set
}

func (e *evaluator) horizontal() CharSet {
	switch {
	case e.is(flavor.InRuby):
		return hexDigit
	case e.is(flavor.InPerl):
		return horizontal
	}
	return horizontal.Union(mongolianVowelSeparator)
}

// posix evaluates [:name:].
func (e *evaluator) posix(n *Node) CharSet {
	flags := classFlags(e.flavor, n.Flags)
	set, ok := asciiPosix[n.Text]
	if !ok {
		e.unknown = true
		return nil
	}
	byUnicode := e.flavor.Semantics.PosixUnicode.With(flags) && n.Text != "ascii"
	if byUnicode {
		set = e.unicodePosixSet(n.Text).within(Universe(e.flavor, n.Flags))
	}
	cased := n.Flags.Has('i') && (n.Text == "lower" || n.Text == "upper")
	switch {
	case e.is(flavor.InGo):
		set = e.fold(set, n.Flags)
	case cased && byUnicode && e.is(flavor.InPerl):
		set = casedSet()
	case cased && !byUnicode && e.is(flavor.InPerl|flavor.InPCRE2):
		set = asciiPosix["alpha"]
	}
	if n.Negated {
		set = e.not(set, n)
	}
	if e.is(flavor.InRuby) && n.Flags.Has('i') {
		if byUnicode {
			return foldRuby(set, e.negated, foldFull)
		}
		return foldRuby(set, e.negated, foldApart)
	}
	return set
}

// asciiPosix are the POSIX classes by ASCII.
var asciiPosix = map[string]CharSet{
	"alnum":  charSet([]CharRange{{'0', '9'}, {'A', 'Z'}, {'a', 'z'}}),
	"alpha":  charSet([]CharRange{{'A', 'Z'}, {'a', 'z'}}),
	"ascii":  {{0, 0x7F}},
	"blank":  charsOf('\t', ' '),
	"cntrl":  charSet([]CharRange{{0, 0x1F}, {0x7F, 0x7F}}),
	"digit":  {{'0', '9'}},
	"graph":  {{'!', '~'}},
	"lower":  {{'a', 'z'}},
	"print":  {{' ', '~'}},
	"punct":  charSet([]CharRange{{'!', '/'}, {':', '@'}, {'[', '`'}, {'{', '~'}}),
	"space":  charSet([]CharRange{{'\t', '\r'}, {' ', ' '}}),
	"upper":  {{'A', 'Z'}},
	"word":   charSet([]CharRange{{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}}),
	"xdigit": hexDigit,
}

// unicodePosixSet is a POSIX class by Unicode.
func (e *evaluator) unicodePosixSet(name string) CharSet {
	if e.is(flavor.InPCRE2) {
		return pcre2PosixSet(name)
	}
	switch name {
	case "alnum":
		return alphabetic().Union(tableSet(unicode.Nd))
	case "alpha":
		return alphabetic()
	case "blank":
		return horizontal
	case "cntrl":
		return tableSet(unicode.Cc)
	case "digit":
		return tableSet(unicode.Nd)
	case "graph":
		return graph()
	case "lower":
		return lowercase()
	case "print":
		return graph().Union(tableSet(unicode.Zs))
	case "punct":
		return posixPunct()
	case "space":
		return tableSet(unicode.White_Space)
	case "upper":
		return uppercase()
	case "word":
		word := alphabetic().Union(tablesSet(unicode.M, unicode.Nd, unicode.Pc))
		if e.is(flavor.InPerl) {
			word = word.Union(charsOf(0x200C, 0x200D))
		}
		return word
	}
	if e.is(flavor.InPerl) { // xdigit
		return hexDigit.Union(CharSet{{0xFF10, 0xFF19}, {0xFF21, 0xFF26}, {0xFF41, 0xFF46}})
	}
	return hexDigit
}

// pcre2PosixSet is what pcre2_compile makes of a POSIX class with (*UCP).
func pcre2PosixSet(name string) CharSet {
	switch name {
	case "alnum":
		return tablesSet(unicode.L, unicode.N)
	case "alpha":
		return tableSet(unicode.L)
	case "blank":
		return horizontal.Union(mongolianVowelSeparator)
	case "cntrl":
		return tableSet(unicode.Cc)
	case "digit":
		return tableSet(unicode.Nd)
	case "graph":
		return pcre2Print().Minus(tableSet(unicode.Zs)).Minus(mongolianVowelSeparator)
	case "lower":
		return tableSet(unicode.Ll)
	case "print":
		return pcre2Print()
	case "punct":
		return posixPunct()
	case "space":
		return tableSet(unicode.White_Space).Union(mongolianVowelSeparator)
	case "upper":
		return tableSet(unicode.Lu)
	case "word":
		return tablesSet(unicode.L, unicode.N).Union(charsOf('_'))
	}
	return hexDigit // xdigit
}

// The sets that take a moment to make.
var (
	// graph is what has a shape: all but white space, controls, surrogates, and
	// what is not assigned.
	graph = onceSet(func() CharSet {
		all := tablesSet(unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Cf, unicode.Co)
		return all.Minus(tableSet(unicode.White_Space))
	})
	// pcre2Print leaves out private use, and some marks of direction.
	pcre2Print = onceSet(func() CharSet {
		all := tablesSet(unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Cf, unicode.Zs)
		return all.Minus(charSet([]CharRange{{0x61C, 0x61C}, {0x2066, 0x2069}}))
	})
	posixPunct = onceSet(func() CharSet {
		return tableSet(unicode.P).Union(tableSet(unicode.S).Intersect(asciiPosix["ascii"]))
	})
	// These are the properties of their names, as DerivedCoreProperties.txt makes
	// them from others.
	alphabetic = onceSet(func() CharSet { return tablesSet(unicode.L, unicode.Nl, unicode.Other_Alphabetic) })
	lowercase  = onceSet(func() CharSet { return tablesSet(unicode.Ll, unicode.Other_Lowercase) })
	uppercase  = onceSet(func() CharSet { return tablesSet(unicode.Lu, unicode.Other_Uppercase) })
	casedSet   = onceSet(func() CharSet { return lowercase().Union(uppercase()).Union(tableSet(unicode.Lt)) })
)

// onceSet makes a function that computes its set once.
func onceSet(compute func() CharSet) func() CharSet { return sync.OnceValue(compute) }
