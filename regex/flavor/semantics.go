package flavor

// Semantics is what the same syntax means in a flavor where flavors differ. What
// is here was compared with the engine that it names, set by set over all code
// points, and text by text for the rest. The tests of regex/engine hold it
// against the engines that are in process.
type Semantics struct {
	// Engine is the engine that was asked, with its version, and Unicode the
	// version of Unicode's data in it.
	Engine, Unicode string

	// Unit is what one character is: what the dot and a class take one of.
	Unit Choice[Unit]
	// DotExcludes are the characters that the dot does not match.
	DotExcludes Choice[*CharSet]

	// LineEnds are the characters that end a line for ^, $ and \Z.
	LineEnds Choice[*CharSet]
	// PairIsOne says that \r\n is one line end: ^ and $ do not match within it.
	PairIsOne Choice[bool]
	// AtLines says whether ^ and $ match at every line, not only at the text's ends.
	AtLines Choice[bool]
	// StartBehindLast says whether ^, where it matches at lines, also does so
	// behind a line end that ends the text.
	StartBehindLast bool
	// StartNeverAtEnd says that ^, where it matches at lines, never matches at the
	// text's end, not even in the empty text.
	StartNeverAtEnd bool
	// EndBeforeLast says whether $, where it does not match at lines, also
	// matches before a line end that ends the text.
	EndBeforeLast Choice[bool]
	// UpperZ is what \Z matches.
	UpperZ UpperZ

	// Digit, Word and Space are what \d, \w and \s match.
	Digit, Word, Space Choice[*CharSet]
	// Boundary are the characters that make a word for \b and \B.
	Boundary Choice[*CharSet]
	// BoundaryMarks says that marks behind a character of Boundary belong to
	// the word too.
	BoundaryMarks Choice[bool]
	// PosixUnicode says whether [[:alpha:]] and the like go by Unicode. False
	// where there are none.
	PosixUnicode Choice[bool]

	// Fold is what ignoring case means.
	Fold Choice[Folding]

	// Empty is how a search for all matches goes on behind an empty one.
	Empty EmptyRule
	// EmptyTouches says whether an empty match may begin where the match before
	// it ended.
	EmptyTouches bool
	// StartMoves says that \G, behind an empty match, is where the search goes on,
	// one character further. Otherwise it stays where that match ended. False where
	// there is no \G.
	StartMoves bool

	// UnsetMatches says whether a reference to a group that took no part
	// matches the empty text. Otherwise it does not match.
	UnsetMatches bool
	// RoundsForget says whether each round of a repeat begins with the groups
	// in it unset. Otherwise they keep what they matched in an earlier round.
	RoundsForget bool
	// Numbering is how groups get their numbers.
	Numbering Numbering
}

// A Choice is a meaning that flags change.
type Choice[T any] struct {
	// Plain is the meaning without flags.
	Plain T
	// When are other meanings. The first whose flags are all set counts.
	When []When[T]
}

// When is the meaning under flags.
type When[T any] struct {
	Flags Flags
	Then  T
}

// With returns the meaning under these flags.
func (c Choice[T]) With(flags Flags) T {
	for _, when := range c.When {
		if flags&when.Flags == when.Flags {
			return when.Then
		}
	}
	return c.Plain
}

// always is a choice that there is none of.
func always[T any](meaning T) Choice[T] { return Choice[T]{Plain: meaning} }

// either is a choice by the flags that are letters of one string.
func either[T any](plain T, letters string, then T) Choice[T] {
	return Choice[T]{plain, []When[T]{{FlagsOf(letters), then}}}
}

// A Unit is what one character of the text is.
type Unit uint8

// The units.
const (
	CodePoint Unit = iota
	UTF16
	Byte
)

// String returns the unit in the singular.
func (u Unit) String() string { return [...]string{"code point", "UTF-16 unit", "byte"}[u] }

// UpperZ is what \Z matches.
type UpperZ uint8

// The meanings of \Z.
const (
	NoUpperZ       UpperZ = iota // there is none
	UpperZEnd                    // the very end of the text
	UpperZLastLine               // that, and before a line end that ends the text
)

// A Folding is what ignoring case means.
type Folding uint8

// The foldings.
const (
	FoldASCII Folding = iota
	FoldSimple
	FoldLetters
	FoldUpper
	FoldPython
	FoldJava
	FoldFull
	FoldFullNoASCII
)

// String says in a sentence which characters match each other.
func (f Folding) String() string {
	return [...]string{
		FoldASCII:       "a-z match A-Z; no other character has a case.",
		FoldSimple:      "Characters match that have the same simple case folding of Unicode: k, K and the Kelvin sign U+212A.",
		FoldLetters:     "Characters match that have the same simple case folding of Unicode; but outside of a class, title-case letters, marks, numbers and symbols in the pattern match only themselves, and the class [İ] matches i and I instead of İ.",
		FoldUpper:       "Characters match that have the same upper-case character; none beyond ASCII matches an ASCII letter, and none whose upper case is several characters matches another.",
		FoldPython:      "Characters match that have the same simple case folding of Unicode, and i, I, the dotted İ and the dotless ı all match each other, and so do U+0390 and U+1FD3, U+03B0 and U+1FE3, U+FB05 and U+FB06.",
		FoldJava:        "Characters match that have the same simple case folding of Unicode, and i, I, the dotted İ and the dotless ı all match each other; but ß in the pattern does not match ẞ.",
		FoldFull:        "Texts match that have the same full case folding of Unicode, so that ß also matches ss.",
		FoldFullNoASCII: "Texts match that have the same full case folding of Unicode, but no character beyond ASCII matches an ASCII letter.",
	}[f]
}

// An EmptyRule is how a search for all matches goes on behind an empty match.
type EmptyRule uint8

// The rules.
const (
	EmptySteps EmptyRule = iota
	EmptyRetries
)

// String says the rule in a sentence.
func (e EmptyRule) String() string {
	return [...]string{
		EmptySteps:   "Behind an empty match the search goes on one character further.",
		EmptyRetries: "Behind an empty match the search tries the same place again for a match that is not empty, and only then goes on one character further.",
	}[e]
}

// Numbering is how groups get their numbers.
type Numbering uint8

// The ways.
const (
	NumberedByPlace Numbering = iota // by the opening parenthesis, named or not
	NamedLast                        // named groups behind all others
	NamedOnly                        // unnamed groups have none where there are named ones
)

// The meanings that Perl began: \n alone ends a line, s is for the dot and m for
// the lines.
var (
	dotOrAll = either(lineFeed, "s", noCharacters)
	linesByM = either(false, "m", true)
)

var goSemantics = &Semantics{
	Engine: "regexp of Go 1.26", Unicode: "15.0", Unit: always(CodePoint),
	DotExcludes: dotOrAll, LineEnds: always(lineFeed), AtLines: linesByM, StartBehindLast: true,
	Digit: always(asciiDigits), Word: either(asciiWord, "i", foldedWord), Space: always(goSpace), Boundary: always(asciiWord),
	Fold: always(FoldSimple),
}

var dotnetSemantics = &Semantics{
	Engine: "regexp2 v2.12.0", Unicode: "15.0", Unit: always(CodePoint),
	DotExcludes: dotOrAll, LineEnds: always(lineFeed), AtLines: linesByM, StartBehindLast: true,
	EndBeforeLast: always(true), UpperZ: UpperZLastLine,
	Digit: always(unicodeDigits), Word: always(dotnetWord), Space: always(unicodeSpace), Boundary: always(dotnetWord),
	Fold: always(FoldLetters), EmptyTouches: true, Numbering: NamedLast,
}

var pcre2Semantics = &Semantics{
	Engine: "PCRE2 10.42 in PHP 8.2", Unicode: "14.0", Unit: either(Byte, "u", CodePoint),
	DotExcludes: dotOrAll, LineEnds: always(lineFeed), AtLines: linesByM,
	EndBeforeLast: either(true, "D", false), UpperZ: UpperZLastLine,
	Digit: either(asciiDigits, "u", unicodeDigits), Word: either(asciiWord, "u", pcre2Word),
	Space: either(asciiSpace, "u", pcre2Space), Boundary: either(asciiWord, "u", pcre2Word),
	PosixUnicode: either(false, "u", true),
	Fold:         either(FoldASCII, "u", FoldSimple), Empty: EmptyRetries, EmptyTouches: true, StartMoves: true,
}

var jsSemantics = &Semantics{
	Engine: "V8 in Node 20.20", Unicode: "17.0",
	Unit:        Choice[Unit]{UTF16, []When[Unit]{{FlagsOf("u"), CodePoint}, {FlagsOf("v"), CodePoint}}},
	DotExcludes: either(jsLineEnds, "s", noCharacters), LineEnds: always(jsLineEnds), AtLines: linesByM, StartBehindLast: true,
	Digit: always(asciiDigits), Word: jsWord, Space: always(jsSpace), Boundary: jsWord,
	Fold:         Choice[Folding]{FoldUpper, []When[Folding]{{FlagsOf("u"), FoldSimple}, {FlagsOf("v"), FoldSimple}}},
	EmptyTouches: true, UnsetMatches: true, RoundsForget: true,
}

var jsWord = Choice[*CharSet]{asciiWord, []When[*CharSet]{{FlagsOf("iu"), foldedWord}, {FlagsOf("iv"), foldedWord}}}

var pythonSemantics = &Semantics{
	Engine: "re of CPython 3.11", Unicode: "14.0", Unit: always(CodePoint),
	DotExcludes: dotOrAll, LineEnds: always(lineFeed), AtLines: linesByM, StartBehindLast: true,
	EndBeforeLast: always(true), UpperZ: UpperZEnd,
	Digit: either(unicodeDigits, "a", asciiDigits), Word: either(pcre2Word, "a", asciiWord),
	Space: either(pythonSpace, "a", asciiSpace), Boundary: either(pcre2Word, "a", asciiWord),
	Fold: either(FoldPython, "a", FoldASCII), Empty: EmptyRetries, EmptyTouches: true,
}

var perlSemantics = &Semantics{
	Engine: "Perl 5.36", Unicode: "14.0", Unit: always(CodePoint),
	DotExcludes: dotOrAll, LineEnds: always(lineFeed), AtLines: linesByM,
	EndBeforeLast: always(true), UpperZ: UpperZLastLine,
	Digit: either(unicodeDigits, "a", asciiDigits), Word: either(uts18Word, "a", asciiWord),
	Space: either(unicodeSpace, "a", asciiSpace), Boundary: either(uts18Word, "a", asciiWord),
	PosixUnicode: either(true, "a", false),
	Fold:         Choice[Folding]{FoldFull, []When[Folding]{{FlagsOf("a") | ASCIIMore, FoldFullNoASCII}}},
	Empty:        EmptyRetries, EmptyTouches: true,
}

var javaSemantics = &Semantics{
	Engine: "java.util.regex of OpenJDK 17", Unicode: "13.0", Unit: always(CodePoint),
	DotExcludes: Choice[*CharSet]{javaLineEnds, []When[*CharSet]{{FlagsOf("s"), noCharacters}, {FlagsOf("d"), lineFeed}}},
	LineEnds:    either(javaLineEnds, "d", lineFeed), PairIsOne: either(true, "d", false), AtLines: linesByM, StartNeverAtEnd: true,
	EndBeforeLast: always(true), UpperZ: UpperZLastLine,
	Digit: either(asciiDigits, "U", unicodeDigits), Word: either(asciiWord, "U", uts18Word),
	Space: either(asciiSpace, "U", unicodeSpace), Boundary: either(javaBoundary, "U", uts18Word),
	BoundaryMarks: either(true, "U", false),
	Fold:          Choice[Folding]{FoldASCII, []When[Folding]{{FlagsOf("u"), FoldJava}, {FlagsOf("U"), FoldJava}}},
	EmptyTouches:  true,
}

var rubySemantics = &Semantics{
	Engine: "Onigmo in Ruby 3.1", Unicode: "13.0", Unit: always(CodePoint),
	DotExcludes: either(lineFeed, "m", noCharacters), LineEnds: always(lineFeed), AtLines: always(true),
	EndBeforeLast: always(true), UpperZ: UpperZLastLine,
	Digit: either(asciiDigits, "u", unicodeDigits), Word: either(asciiWord, "u", rubyWord),
	Space: either(asciiSpace, "u", unicodeSpace), Boundary: either(rubyWord, "a", asciiWord),
	PosixUnicode: either(true, "a", false),
	Fold:         always(FoldFull), EmptyTouches: true, StartMoves: true, Numbering: NamedOnly,
}
