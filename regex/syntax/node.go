package syntax

import (
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// A Node is one construct of a pattern, with the place where it is written.
// Which of the fields below Sub mean something is said at each [Kind]; the
// others are zero.
//
// The nodes of a tree cover the pattern: what is written between the spans of
// a node's children belongs to the node, and white space, comments and the
// marks \Q and \E have nodes of their own, see [Kind.IsTrivia].
type Node struct {
	Kind    Kind
	Op      Op    // which of the kind
	Greed   Greed // of a repetition
	Negated bool
	Rune    rune
	Span    Span
	Sub     []*Node
	// Details are never nil. Nodes share them where they are alike, most characters for
	// one: only who made a node's own may change them.
	*Details
}

// Details are what many nodes have in common.
type Details struct {
	// Flags are those in force where the node stands.
	Flags flavor.Flags
	Text  string
	// Rare are never nil. Nodes that have none share one, which is zero.
	*Rare
}

// Rare are the fields that few nodes of a pattern use. They lie apart, so that the
// others are not larger for them.
type Rare struct {
	Number int
	Min    int
	Max    int // Unlimited for no limit
	Other  string
	// Aux is the part of the span that the kind names.
	Aux Span
}

// noRare are the rare fields of all nodes that have none.
var noRare Rare

// detailed are the kinds whose nodes always have rare fields of their own.
var detailed = [kinds]bool{
	KindProperty: true, KindCondition: true, KindBackreference: true, KindCall: true, KindVerb: true, KindCallout: true,
}

// NewNode returns a node that is in no pattern, with fields of its own.
func NewNode(kind Kind, op Op, flags flavor.Flags, span Span, sub ...*Node) *Node {
	return &Node{Kind: kind, Op: op, Span: span, Sub: sub, Details: &Details{Flags: flags, Rare: new(Rare)}}
}

// Unlimited is the Max of a repetition without one.
const Unlimited = -1

// A Kind is the kind of a node. Names follow Rust's regex-syntax where it has
// the thing.
type Kind uint8

// The kinds of nodes, with the fields that they use.
const (
	// KindEmpty matches nothing: an empty pattern, group, or alternative.
	KindEmpty Kind = iota
	// KindConcat is its children one after another, trivia among them.
	KindConcat
	// KindAlternation is any of its children, of which there are at least two.
	KindAlternation
	// KindLiteral is characters that match themselves. With [OpVerbatim] it is a
	// run of them, Text. Otherwise it is one character that is written as an
	// escape, Rune, which may be a surrogate in JavaScript or a byte above 7F
	// of a pattern of bytes.
	KindLiteral
	// KindDot is the dot.
	KindDot
	// KindClassEscape is a set or a sequence of characters by a letter, Rune:
	// d w s h v in lower case, Negated or not, or N, R, X, C.
	KindClassEscape
	// KindProperty is \p{Text}; Text is as written, without ^, and Aux its
	// place.
	KindProperty
	// KindPosix is [:Text:] in a class.
	KindPosix
	// KindClass is a class in brackets with its items: literals, ranges,
	// escapes, properties, POSIX classes, classes, or one KindClassOp. It is also
	// Perl's (?[...]), and !operand in it.
	KindClass
	// KindRange is two literals.
	KindRange
	// KindClassOp is [OpIntersection], [OpDifference], [OpUnion] or
	// [OpSymmetric] of its two or more operands, each a KindClassSet or another item of a class.
	KindClassOp
	// KindClassSet is the items of an operand that has not exactly one.
	KindClassSet
	// KindClassString is \q{...}: one of its children, each a concatenation of
	// literals.
	KindClassString
	// KindAssertion is a place in the text: Rune is ^, $, or the letter of the
	// escape: A Z z b B G, y Y (Ruby), < > (PCRE2's [[:<:]]). Text is the type
	// in \b{Text}.
	KindAssertion
	// KindKeep is \K.
	KindKeep
	// KindGroup is a pair of parentheses, Op says which; Sub is its body.
	// A capture has its Number, and its name in Text at Aux. Balancing groups
	// have the name of the group they pop in Other, and no Number when Text
	// is "".
	KindGroup
	// KindConditional is a condition, the branch for yes, and maybe that for
	// no. The condition is a KindCondition, or a KindGroup that is a lookaround.
	KindConditional
	// KindCondition is what a conditional asks, Op says what; Number or Text is
	// the group, Aux their place.
	KindCondition
	// KindFlags is (?i): the flags of what follows it in its group.
	KindFlags
	// KindBackreference is the text of a group, by its Number or its name Text,
	// at Aux. Numbers are absolute; with OpRelative they were not written so.
	KindBackreference
	// KindCall runs a group again, by Number or Text as above; 0 is the whole
	// pattern.
	KindCall
	// KindRepetition is its child, Sub[0], from Min to Max times. Rune is the first
	// character of its operator, * + ? {, and [Node.Operator] the place of it. Trivia
	// may stand between the two, and flags in Go: they are children too; then Aux is
	// that place. Number is how many repetitions are right below it, one in the other.
	KindRepetition
	// KindVerb is (*Text:Other), and at the pattern's start an option.
	KindVerb
	// KindCallout is (?CNumber) or (?C with a string, Text).
	KindCallout
	// KindCode is (?{Text}) or, with OpCodePattern, (??{Text}).
	KindCode
	// KindComment is (?#...) or, with x, from # to the end of the line.
	KindComment
	// KindSpace is white space that is ignored.
	KindSpace
	// KindQuoteMark is \Q or \E.
	KindQuoteMark
	// KindError is text that the flavor does not have or that is unfinished. An
	// error of the tree says what is wrong with it. Sub is what could be read
	// of it.
	KindError

	kinds
)

var kindNames = [kinds]string{
	"empty", "concat", "alternation", "literal", "dot", "class-escape", "property", "posix", "class", "range",
	"class-op", "class-set", "class-string", "assertion", "keep", "group", "conditional", "condition", "flags",
	"backreference", "call", "repetition", "verb", "callout", "code", "comment", "space", "quote-mark", "error",
}

// String returns the kind's stable name, such as "class-escape".
func (k Kind) String() string { return kindNames[k] }

// Kinds returns how many kinds there are: all are smaller.
func Kinds() Kind { return kinds }

// IsTrivia reports whether nodes of this kind mean nothing to the match.
func (k Kind) IsTrivia() bool { return k == KindComment || k == KindSpace || k == KindQuoteMark }

// An Op tells nodes of one kind apart.
type Op uint8

// The Ops of [KindLiteral]: how a character is written. [OpIdentity] is an
// escaped character that stands for itself.
const (
	OpVerbatim Op = iota
	OpIdentity    // \.
	OpLetter      // \n
	OpOctal       // \012, \o{12}
	OpHex         // \x41, \x{41}
	OpUnicode     // \u0041, \u{41}, \U00000041, \N{U+41}
	OpControl     // \cA
	OpNamed       // \N{BULLET}: the name is Text; Other is the sequence that Perl has by some names, or ""
)

// The Ops of [KindGroup].
const (
	OpCapture Op = iota // (...) and the named ones
	OpNonCapture
	OpFlagsGroup // (?i:...)
	OpAtomic
	OpLookahead // Negated or not, as the next
	OpLookbehind
	OpNonAtomicLookahead
	OpNonAtomicLookbehind
	OpBranchReset
	OpBalancing
	OpScriptRun
	OpAtomicScriptRun
	OpAbsent
)

// The Ops of [KindClassOp].
const (
	OpIntersection Op = iota
	OpDifference
	OpUnion     // Perl's + in (?[...])
	OpSymmetric // Perl's ^ in (?[...])
)

// The Ops of [KindCondition].
const (
	OpGroup     Op = iota // the group Number or Text took part
	OpRecursion           // in a recursion: of the group Number or Text, or of any when Number is -1
	OpDefine
	OpVersion // Text is the comparison
)

// The Ops of [KindBackreference] and [KindCall].
const (
	OpAbsolute Op = iota
	OpRelative
)

// The Ops of [KindCode].
const (
	OpCode Op = iota
	OpCodePattern
)

// Greed is how many times a repetition prefers.
type Greed uint8

// The greeds.
const (
	Greedy     Greed = iota // as many as possible, fewer when what follows fails
	Lazy                    // as few as possible, more when what follows fails
	Possessive              // as many as possible, never fewer
)

// Runes returns the characters that a [KindLiteral] matches. Bytes that are not
// UTF-8 are [utf8.RuneError].
func (n *Node) Runes() []rune {
	switch {
	case n.Op == OpVerbatim:
		return []rune(n.Text)
	case n.Other != "":
		return []rune(n.Other)
	}
	return []rune{n.Rune}
}

// Len returns the number of characters that a [KindLiteral] matches.
func (n *Node) Len() int {
	switch {
	case n.Op == OpVerbatim:
		return utf8.RuneCountInString(n.Text)
	case n.Other != "":
		return utf8.RuneCountInString(n.Other)
	}
	return 1
}

// Body returns what is in a group.
func (n *Node) Body() *Node { return n.Sub[0] }

// Operator returns where the operator of a [KindRepetition] stands, with the trivia in
// it that some flavors allow.
func (n *Node) Operator() Span {
	if n.Aux != (Span{}) {
		return n.Aux
	}
	return Span{n.Sub[0].Span.End, n.Span.End}
}

// IsCapture reports whether the node is a group that captures.
func (n *Node) IsCapture() bool {
	return n.Kind == KindGroup && (n.Op == OpCapture || n.Op == OpBalancing && n.Number > 0)
}

// IsLook reports whether the node is a lookahead or a lookbehind.
func (n *Node) IsLook() bool {
	return n.Kind == KindGroup && n.Op >= OpLookahead && n.Op <= OpNonAtomicLookbehind
}

// IsBehind reports whether the node is a lookbehind.
func (n *Node) IsBehind() bool {
	return n.Kind == KindGroup && (n.Op == OpLookbehind || n.Op == OpNonAtomicLookbehind)
}
