package syntax

import (
	"unicode"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// The small sets of which the classes of all flavors are made.
var (
	asciiDigit = charSet([]CharRange{{'0', '9'}})
	asciiWord  = charSet([]CharRange{{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}})
	asciiSpace = charSet([]CharRange{{'\t', '\r'}, {' ', ' '}})
	hexDigit   = charSet([]CharRange{{'0', '9'}, {'A', 'F'}, {'a', 'f'}})
	// horizontal is \h but for U+180E, which is no space since Unicode 6.3.
	horizontal = charSet([]CharRange{
		{'\t', '\t'}, {' ', ' '}, {0xA0, 0xA0}, {0x1680, 0x1680}, {0x2000, 0x200A}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000},
	})
	vertical                = charSet([]CharRange{{'\n', '\r'}, {0x85, 0x85}, {0x2028, 0x2029}})
	joiners                 = charSet([]CharRange{{0x200C, 0x200D}})
	mongolianVowelSeparator = charSet([]CharRange{{0x180E, 0x180E}})
)

// LineEnds returns the characters that end a line in the flavor: those that the
// dot does not match and behind which ^ matches with the flag for lines. CR LF
// together is one end of a line in Java without d.
func LineEnds(f *flavor.Flavor, flags flavor.Flags) CharSet {
	switch {
	case f.Set == flavor.InJS, f.Set == flavor.InJava && !flags.Has('d'):
		ends := charsOf('\n', '\r', 0x2028, 0x2029)
		if f.Set == flavor.InJava {
			ends = ends.Union(charsOf(0x85))
		}
		return ends
	}
	return charsOf('\n')
}

// DotAll reports whether the dot matches line ends too.
func DotAll(f *flavor.Flavor, flags flavor.Flags) bool {
	if f.Set == flavor.InRuby {
		return flags.Has('m')
	}
	return flags.Has('s')
}

func (e *evaluator) dot(flags flavor.Flags) CharSet {
	universe := Universe(e.flavor, flags)
	if DotAll(e.flavor, flags) {
		return CharSet{universe}
	}
	return LineEnds(e.flavor, flags).Not(universe)
}

// UnicodeClasses reports whether \d, \w and \s go by Unicode in the flavor with
// these flags, and not by ASCII. JavaScript's \s does whatever this says, and so
// does \b in Java and Ruby, see [WordChars].
func UnicodeClasses(f *flavor.Flavor, flags flavor.Flags) bool {
	switch f.Set {
	case flavor.InDotNet:
		return true
	case flavor.InPCRE2, flavor.InRuby:
		return flags.Has('u')
	case flavor.InJava:
		return flags.Has('U')
	case flavor.InPython, flavor.InPerl:
		return !flags.Has('a')
	}
	return false
}

// classEscape evaluates \d, \w, \s, \h, \v and \N.
func (e *evaluator) classEscape(n *Node) CharSet {
	var set CharSet
	switch n.Rune {
	case 'd':
		set = asciiDigit
		if UnicodeClasses(e.flavor, n.Flags) {
			set = tableSet(unicode.Nd)
		}
	case 'w':
		set = e.word(n.Flags)
	case 's':
		set = e.space(n.Flags)
	case 'h':
		set = e.horizontal(n.Flags)
	case 'v':
		set = vertical
	case 'N':
		return e.not(charsOf('\n'), n)
	default: // what matches sequences
		e.unknown = true
		return nil
	}
	set = set.within(Universe(e.flavor, n.Flags))
	if e.is(flavor.InGo) {
		set = e.fold(set, n.Flags)
	}
	if n.Negated {
		set = e.not(set, n)
	}
	if e.is(flavor.InJS) {
		set = e.fold(set, n.Flags)
	}
	return set
}

// WordChars returns the characters between which and others \b is. They are not
// always those of \w: in Java and Ruby \b goes by Unicode where \w does not.
func WordChars(f *flavor.Flavor, flags flavor.Flags) CharSet {
	return rangesSet(f.Semantics.Boundary.With(flags))
}

// rangesSet is a set of the table of flavors.
func rangesSet(set *flavor.CharSet) CharSet {
	ranges := set.Ranges()
	chars := make(CharSet, len(ranges))
	for i, r := range ranges {
		chars[i] = CharRange{r[0], r[1]}
	}
	return chars
}

func (e *evaluator) word(flags flavor.Flags) CharSet {
	switch {
	case e.is(flavor.InJS) && flags.Has('i') && (flags.Has('u') || flags.Has('v')):
		return asciiWord.Union(charsOf(0x17F, 0x212A)) // their lower case is s and k
	case !UnicodeClasses(e.flavor, flags):
		return asciiWord
	}
	return wordSets[e.flavor.Set]()
}

// wordSets are \w by Unicode. Each flavor has its own idea of a word.
var wordSets = map[flavor.Set]func() CharSet{
	flavor.InDotNet: onceSet(func() CharSet {
		return tablesSet(unicode.L, unicode.Mn, unicode.Nd, unicode.Pc).Union(joiners)
	}),
	flavor.InPCRE2: onceSet(func() CharSet { return tablesSet(unicode.L, unicode.N).Union(charsOf('_')) }),
	flavor.InPython: onceSet(func() CharSet {
		return tablesSet(unicode.L, unicode.N).Union(charsOf('_'))
	}),
	flavor.InPerl: unicodeWord, flavor.InJava: unicodeWord, flavor.InRuby: rubyWord,
}

// unicodeWord is what UTS 18 recommends.
var unicodeWord = onceSet(func() CharSet {
	return alphabetic().Union(tablesSet(unicode.M, unicode.Nd, unicode.Pc)).Union(joiners)
})

// rubyWord is \w and \b of Ruby. The last six are not in [[:word:]].
var rubyWord = onceSet(func() CharSet { return rubyPosixWord().Union(charsOf('²', '³', '¹', '¼', '½', '¾')) })

var rubyPosixWord = onceSet(func() CharSet { return alphabetic().Union(tablesSet(unicode.M, unicode.Nd, unicode.Pc)) })

func (e *evaluator) space(flags flavor.Flags) CharSet {
	switch {
	case e.is(flavor.InGo):
		return asciiSpace.Minus(charsOf('\v'))
	case e.is(flavor.InJS):
		return tableSet(unicode.White_Space).Minus(charsOf(0x85)).Union(charsOf(0xFEFF))
	case !UnicodeClasses(e.flavor, flags):
		return asciiSpace
	case e.is(flavor.InPCRE2):
		return tableSet(unicode.White_Space).Union(mongolianVowelSeparator)
	case e.is(flavor.InPython):
		return tableSet(unicode.White_Space).Union(CharSet{{0x1C, 0x1F}})
	}
	return tableSet(unicode.White_Space)
}

func (e *evaluator) horizontal(flags flavor.Flags) CharSet {
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
	name := n.Text
	if n.Flags.Has('i') && e.is(flavor.InPCRE2) && (name == "lower" || name == "upper") {
		name = "alpha"
	}
	set, ok := asciiPosix[name]
	if !ok {
		e.unknown = true
		return nil
	}
	if e.unicodePosix(n.Flags) && name != "ascii" {
		set = e.unicodePosixSet(name)
	}
	set = e.fold(set, n.Flags)
	if n.Negated {
		return e.not(set, n)
	}
	return set
}

func (e *evaluator) unicodePosix(flags flavor.Flags) bool {
	if e.is(flavor.InRuby) {
		return !flags.Has('a')
	}
	return UnicodeClasses(e.flavor, flags)
}

// asciiPosix are the POSIX classes by ASCII.
var asciiPosix = map[string]CharSet{
	"alnum":  charSet([]CharRange{{'0', '9'}, {'A', 'Z'}, {'a', 'z'}}),
	"alpha":  charSet([]CharRange{{'A', 'Z'}, {'a', 'z'}}),
	"ascii":  {{0, 0x7F}},
	"blank":  charsOf('\t', ' '),
	"cntrl":  charSet([]CharRange{{0, 0x1F}, {0x7F, 0x7F}}),
	"digit":  asciiDigit,
	"graph":  {{'!', '~'}},
	"lower":  {{'a', 'z'}},
	"print":  {{' ', '~'}},
	"punct":  charSet([]CharRange{{'!', '/'}, {':', '@'}, {'[', '`'}, {'{', '~'}}),
	"space":  asciiSpace,
	"upper":  {{'A', 'Z'}},
	"word":   asciiWord,
	"xdigit": hexDigit,
}

// unicodePosixSet is a POSIX class by Unicode.
func (e *evaluator) unicodePosixSet(name string) CharSet {
	pcre2 := e.is(flavor.InPCRE2)
	switch name {
	case "alnum":
		if pcre2 {
			return tablesSet(unicode.L, unicode.N)
		}
		return alphabetic().Union(tableSet(unicode.Nd))
	case "alpha":
		if pcre2 {
			return tableSet(unicode.L)
		}
		return alphabetic()
	case "blank":
		return e.horizontalOf()
	case "cntrl":
		return tableSet(unicode.Cc)
	case "digit":
		return tableSet(unicode.Nd)
	case "graph":
		return e.graph()
	case "print":
		return e.graph().Union(tableSet(unicode.Zs))
	case "lower":
		if pcre2 {
			return tableSet(unicode.Ll)
		}
		return tablesSet(unicode.Ll, unicode.Other_Lowercase)
	case "upper":
		if pcre2 {
			return tableSet(unicode.Lu)
		}
		return tablesSet(unicode.Lu, unicode.Other_Uppercase)
	case "punct":
		return tableSet(unicode.P).Union(tableSet(unicode.S).Intersect(asciiPosix["ascii"]))
	case "space":
		set := tableSet(unicode.White_Space)
		if pcre2 {
			set = set.Union(mongolianVowelSeparator)
		}
		return set
	case "word":
		if e.is(flavor.InRuby) {
			return rubyPosixWord()
		}
		return wordSets[e.flavor.Set]()
	}
	if e.is(flavor.InPerl) {
		return hexDigit.Union(CharSet{{0xFF10, 0xFF19}, {0xFF21, 0xFF26}, {0xFF41, 0xFF46}})
	}
	return hexDigit // xdigit
}

func (e *evaluator) horizontalOf() CharSet {
	if e.is(flavor.InPCRE2) {
		return horizontal.Union(mongolianVowelSeparator)
	}
	return horizontal
}

// graph is what has a shape: all but white space, controls, surrogates, and what
// is not assigned.
func (e *evaluator) graph() CharSet {
	all := tablesSet(unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Cf, unicode.Co)
	return all.Minus(tableSet(unicode.White_Space))
}

// alphabetic is the property Alphabetic.
var alphabetic = onceSet(func() CharSet { return tablesSet(unicode.L, unicode.Nl, unicode.Other_Alphabetic) })
