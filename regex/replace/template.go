package replace

import (
	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// MaxTemplate is the longest replacement in bytes that is read: the length of the
// longest pattern.
const MaxTemplate = syntax.MaxPattern

// maxDepth is how deep parts may be in each other. Perl and PCRE2 nest, and nobody
// writes more than three; PCRE2's own bound is 10.
const maxDepth = 10

// A Pattern is what a replacement has to know of the pattern.
type Pattern struct {
	Groups []engine.Group // those of the matches, in their order
	UTF    bool           // text and replacement are characters; false for Go, and for PCRE2 without its flag, where they are bytes
}

// A Template is a replacement that was read.
type Template struct {
	Syntax *Syntax
	Text   string
	// Parts are what it consists of, in order.
	Parts []Part
	// Tokens are the pieces of the text in order and without gaps.
	Tokens []Token
	// Problems are errors and warnings in the order of their places. Spans are
	// those of Text.
	Problems []*syntax.Error

	pattern Pattern
	states  bool // it has parts that change the case of what follows
}

// A Part is one thing that a replacement is made of.
type Part struct {
	Kind Kind
	Span syntax.Span
	// Text is what a KindText stands for.
	Text string
	// Groups are indexes of groups in a match, the first of which that took part
	// counts: several only where they share a name. It is empty for a group that
	// is not there and so empty.
	Groups []int
	// Case is that of KindCase and KindState.
	Case Case
	// Parts are what KindCase is about, and what KindIf stands for when the group
	// took part; nil for the group itself.
	Parts []Part
	// Else is what KindIf stands for when the group took no part.
	Else []Part
}

// Kind is what a part stands for.
type Kind uint8

// The kinds of parts.
const (
	KindText   Kind = iota // Text
	KindGroup              // what a group holds, or nothing
	KindLast               // the group with the highest number that took part
	KindBefore             // the text before the match
	KindAfter              // the text after the match
	KindInput              // the whole text
	KindCase               // Parts with Case applied to all of them together
	KindState              // nothing, and Case for what follows
	KindIf                 // Parts or Else
	kinds
)

var kindNames = [kinds]string{"text", "group", "last", "before", "after", "input", "case", "state", "if"}

// String returns the kind's stable name.
func (k Kind) String() string { return kindNames[k] }

// Case is what happens to characters.
type Case uint8

// The cases.
const (
	CaseNone       Case = iota // they stay: what ends another state
	CaseUpper                  // \U
	CaseLower                  // \L
	CaseFold                   // \F
	CaseFirstUpper             // \u
	CaseFirstLower             // \l
	CaseQuote                  // \Q
	cases
)

var caseNames = [cases]string{"none", "upper", "lower", "fold", "first-upper", "first-lower", "quote"}

// String returns the case's stable name.
func (c Case) String() string { return caseNames[c] }

// A Token is a piece of a replacement's text for an editor to color.
type Token struct {
	Span syntax.Span
	Kind syntax.TokenKind
	// Number is the number of the group that a reference is about, 0 for others.
	Number int
}

// Err returns the first problem that is an error, or nil.
func (t *Template) Err() *syntax.Error {
	for _, p := range t.Problems {
		if p.Severity == syntax.SeverityError {
			return p
		}
	}
	return nil
}

// UTF reports whether text and replacement are characters, see [Pattern].
func (t *Template) UTF() bool { return t.pattern.UTF }

// Numbers returns the numbers of groups that parts have as indexes.
func (t *Template) Numbers(indexes []int) []int {
	var numbers []int
	for _, index := range indexes {
		numbers = append(numbers, t.pattern.Groups[index].Number)
	}
	return numbers
}
