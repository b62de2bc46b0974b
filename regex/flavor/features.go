package flavor

// The features. A name says what is written, not what a flavor calls it.
const (
	AnyChar Feature = iota
	EscapeBell
	EscapeEscape
	EscapeFormFeed
	EscapeNewline
	EscapeReturn
	EscapeTab
	EscapeVerticalTab
	EscapeOctal
	EscapeOctalBraces
	EscapeHex
	EscapeHexBraces
	EscapeUnicode
	EscapeUnicodeBraces
	EscapeUnicodeLong
	EscapeControl
	EscapeControlRuby
	EscapeNumbered
	EscapeNamed
	Quote
	NewlineSequence
	Grapheme
	NotNewline
	SingleUnit
	Class
	ClassNegated
	ClassRange
	ClassDigit
	ClassWord
	ClassSpace
	ClassHorizontal
	ClassHexDigit
	ClassVertical
	Property
	PropertyShort
	PropertyCaret
	Posix
	PosixNegated
	ClassNested
	ClassIntersection
	ClassSubtraction
	ClassDifference
	ClassString
	ClassExtended
	LineStart
	LineEnd
	TextStart
	TextEnd
	TextEndNewline
	WordBoundary
	WordBoundaryNot
	BoundaryType
	WordStart
	SearchStart
	KeepOut
	GraphemeBoundary
	Capture
	NonCapture
	NamedAngle
	NamedP
	NamedQuote
	Balancing
	Atomic
	BranchReset
	AlphaAtomic
	ScriptRun
	Absent
	Alternation
	Lookahead
	LookaheadNot
	Lookbehind
	LookbehindNot
	AlphaLook
	NonAtomicLook
	Star
	Plus
	Optional
	Counted
	CountedMax
	Lazy
	Possessive
	PossessiveCounted
	CountedSpaces
	Backreference
	BackreferenceG
	BackreferenceRelative
	BackreferenceK
	BackreferenceKQuote
	BackreferenceKBraces
	BackreferenceP
	BackreferenceKNumber
	BackreferenceLevel
	Recursion
	CallNumber
	CallName
	CallNameP
	CallG
	ConditionNumber
	ConditionName
	ConditionNameBare
	ConditionLook
	ConditionRecursion
	ConditionDefine
	ConditionVersion
	FlagsInline
	FlagsGroup
	FlagsReset
	Comment
	FreeSpacing
	FreeSpacingMore
	StartOption
	Verb
	Callout
	Code
	CodePattern

	featureCount = iota
)

// rows is the feature table.
var rows = []Row{
	{
		Feature: AnyChar, ID: "dot", Category: Characters,
		Title: "Any character", Syntax: ".",
		In: Everywhere,
	},
	{
		Feature: EscapeBell, ID: "escape-bell", Category: Characters,
		Title: "Bell", Syntax: `\a`,
		In: InGo | InDotNet | InPCRE2 | InPython | InPerl | InJava | InRuby,
	},
	{
		Feature: EscapeEscape, ID: "escape-escape", Category: Characters,
		Title: "Escape character", Syntax: `\e`,
		In: InDotNet | InPCRE2 | InPerl | InJava | InRuby,
	},
	{
		Feature: EscapeFormFeed, ID: "escape-form-feed", Category: Characters,
		Title: "Form feed", Syntax: `\f`,
		In: Everywhere,
	},
	{
		Feature: EscapeNewline, ID: "escape-newline", Category: Characters,
		Title: "Line feed", Syntax: `\n`,
		In: Everywhere,
	},
	{
		Feature: EscapeReturn, ID: "escape-return", Category: Characters,
		Title: "Carriage return", Syntax: `\r`,
		In: Everywhere,
	},
	{
		Feature: EscapeTab, ID: "escape-tab", Category: Characters,
		Title: "Tab", Syntax: `\t`,
		In: Everywhere,
	},
	{
		Feature: EscapeVerticalTab, ID: "escape-vertical-tab", Category: Characters,
		Title: "Vertical tab", Syntax: `\v`,
		In: InGo | InDotNet | InJS | InPython | InRuby,
	},
	{
		Feature: EscapeOctal, ID: "escape-octal", Category: Characters,
		Title: "Character by octal number", Syntax: `\012`,
		In: InGo | InDotNet | InPCRE2 | InJS | InPython | InPerl | InRuby | InJava,
	},
	{
		Feature: EscapeOctalBraces, ID: "escape-octal-braces", Category: Characters,
		Title: "Character by octal number in braces", Syntax: `\o{101}`,
		In: InPCRE2 | InPerl,
	},
	{
		Feature: EscapeHex, ID: "escape-hex", Category: Characters,
		Title: "Character by two hexadecimal digits", Syntax: `\x41`,
		In: Everywhere,
	},
	{
		Feature: EscapeHexBraces, ID: "escape-hex-braces", Category: Characters,
		Title: "Character by hexadecimal number in braces", Syntax: `\x{1F600}`,
		In: InGo | InDotNet | InPCRE2 | InPerl | InJava,
	},
	{
		Feature: EscapeUnicode, ID: "escape-unicode", Category: Characters,
		Title: "Character by four hexadecimal digits", Syntax: `\u0041`,
		In: InDotNet | InJS | InPython | InJava | InRuby,
	},
	{
		Feature: EscapeUnicodeBraces, ID: "escape-unicode-braces", Category: Characters,
		Title: "Character by code point in braces", Syntax: `\u{1F600}`,
		In: InJS | InRuby,
	},
	{
		Feature: EscapeUnicodeLong, ID: "escape-unicode-long", Category: Characters,
		Title: "Character by eight hexadecimal digits", Syntax: `\U0001F600`,
		In: InPython,
	},
	{
		Feature: EscapeControl, ID: "escape-control", Category: Characters,
		Title: "Control character", Syntax: `\cA`,
		In: InDotNet | InPCRE2 | InJS | InPerl | InJava | InRuby,
	},
	{
		Feature: EscapeControlRuby, ID: "escape-control-meta", Category: Characters,
		Title: "Control and meta characters", Syntax: `\C-a \M-a`,
		In: InRuby,
	},
	{
		Feature: EscapeNumbered, ID: "escape-numbered", Category: Characters,
		Title: "Character by code point", Syntax: `\N{U+1F600}`,
		In: InPCRE2 | InPerl,
	},
	{
		Feature: EscapeNamed, ID: "escape-named", Category: Characters,
		Title: "Character by Unicode name", Syntax: `\N{BULLET}`,
		In: InPython | InPerl | InJava,
	},
	{
		Feature: Quote, ID: "quote", Category: Characters,
		Title: "Quoted text", Syntax: `\Q...\E`,
		In: InGo | InDotNet | InPCRE2 | InPerl | InJava,
	},
	{
		Feature: NewlineSequence, ID: "newline-sequence", Category: Characters,
		Title: "Line break", Syntax: `\R`,
		In: InDotNet | InPCRE2 | InPerl | InJava | InRuby,
	},
	{
		Feature: Grapheme, ID: "grapheme", Category: Characters,
		Title: "Extended grapheme cluster", Syntax: `\X`,
		In: InDotNet | InPCRE2 | InPerl | InJava | InRuby,
	},
	{
		Feature: NotNewline, ID: "not-newline", Category: Characters,
		Title: "Any character but a line feed", Syntax: `\N`,
		In: InPCRE2 | InPerl,
	},
	{
		Feature: SingleUnit, ID: "single-unit", Category: Characters,
		Title: "One byte", Syntax: `\C`,
		In: InPCRE2,
	},
	{
		Feature: Class, ID: "class", Category: Classes,
		Title: "Character class", Syntax: "[abc]",
		In: Everywhere,
	},
	{
		Feature: ClassNegated, ID: "class-negated", Category: Classes,
		Title: "Negated class", Syntax: "[^abc]",
		In: Everywhere,
	},
	{
		Feature: ClassRange, ID: "class-range", Category: Classes,
		Title: "Range", Syntax: "[a-z]",
		In: Everywhere,
	},
	{
		Feature: ClassDigit, ID: "digit", Category: Classes,
		Title: "Digit", Syntax: `\d \D`,
		In: Everywhere,
	},
	{
		Feature: ClassWord, ID: "word", Category: Classes,
		Title: "Word character", Syntax: `\w \W`,
		In: Everywhere,
	},
	{
		Feature: ClassSpace, ID: "space", Category: Classes,
		Title: "White space", Syntax: `\s \S`,
		In: Everywhere,
	},
	{
		Feature: ClassHorizontal, ID: "horizontal-space", Category: Classes,
		Title: "Horizontal white space", Syntax: `\h \H`,
		In: InPCRE2 | InPerl | InJava,
	},
	{
		Feature: ClassHexDigit, ID: "hex-digit", Category: Classes,
		Title: "Hexadecimal digit", Syntax: `\h \H`,
		In: InRuby,
	},
	{
		Feature: ClassVertical, ID: "vertical-space", Category: Classes,
		Title: "Vertical white space", Syntax: `\v \V`,
		In: InPCRE2 | InPerl | InJava,
	},
	{
		Feature: Property, ID: "property", Category: Classes,
		Title: "Unicode property", Syntax: `\p{L} \P{L}`,
		In: InGo | InDotNet | InPCRE2 | InJS | InPerl | InJava | InRuby,
	},
	{
		Feature: PropertyShort, ID: "property-short", Category: Classes,
		Title: "Unicode property of one letter", Syntax: `\pL \PL`,
		In: InGo | InDotNet | InPCRE2 | InPerl | InJava,
	},
	{
		Feature: PropertyCaret, ID: "property-caret", Category: Classes,
		Title: "Negated Unicode property", Syntax: `\p{^L}`,
		In: InGo | InPCRE2 | InPerl | InRuby,
	},
	{
		Feature: Posix, ID: "posix-class", Category: Classes,
		Title: "POSIX class", Syntax: "[[:alpha:]]",
		In: InGo | InPCRE2 | InPerl | InRuby,
	},
	{
		Feature: PosixNegated, ID: "posix-class-negated", Category: Classes,
		Title: "Negated POSIX class", Syntax: "[[:^alpha:]]",
		In: InGo | InPCRE2 | InPerl | InRuby,
	},
	{
		Feature: ClassNested, ID: "class-nested", Category: Classes,
		Title: "Class in a class", Syntax: "[a[bc]]",
		In: InJS | InJava | InRuby,
	},
	{
		Feature: ClassIntersection, ID: "class-intersection", Category: Classes,
		Title: "Intersection", Syntax: "[a-z&&[^aeiou]]",
		In: InJS | InJava | InRuby,
	},
	{
		Feature: ClassSubtraction, ID: "class-subtraction", Category: Classes,
		Title: "Subtraction", Syntax: "[a-z-[aeiou]]",
		In: InDotNet,
	},
	{
		Feature: ClassDifference, ID: "class-difference", Category: Classes,
		Title: "Difference", Syntax: "[a-z--[aeiou]]",
		In: InJS,
	},
	{
		Feature: ClassString, ID: "class-string", Category: Classes,
		Title: "Strings in a class", Syntax: `[\q{abc|d}]`,
		In: InJS,
	},
	{
		Feature: ClassExtended, ID: "class-extended", Category: Classes,
		Title: "Extended class", Syntax: "(?[ [a-z] - [aeiou] ])",
		In: InPerl,
	},
	{
		Feature: LineStart, ID: "line-start", Category: Anchors,
		Title: "Start", Syntax: "^",
		In: Everywhere,
	},
	{
		Feature: LineEnd, ID: "line-end", Category: Anchors,
		Title: "End", Syntax: "$",
		In: Everywhere,
	},
	{
		Feature: TextStart, ID: "text-start", Category: Anchors,
		Title: "Start of the text", Syntax: `\A`,
		In: InGo | InDotNet | InPCRE2 | InPython | InPerl | InJava | InRuby,
	},
	{
		Feature: TextEnd, ID: "text-end", Category: Anchors,
		Title: "End of the text", Syntax: `\z`,
		In: InGo | InDotNet | InPCRE2 | InPerl | InJava | InRuby,
	},
	{
		Feature: TextEndNewline, ID: "text-end-newline", Category: Anchors,
		Title: "End, or before a last line break", Syntax: `\Z`,
		In: InDotNet | InPCRE2 | InPython | InPerl | InJava | InRuby,
	},
	{
		Feature: WordBoundary, ID: "word-boundary", Category: Anchors,
		Title: "Word boundary", Syntax: `\b`,
		In: Everywhere,
	},
	{
		Feature: WordBoundaryNot, ID: "word-boundary-not", Category: Anchors,
		Title: "Not a word boundary", Syntax: `\B`,
		In: Everywhere,
	},
	{
		Feature: BoundaryType, ID: "boundary-type", Category: Anchors,
		Title: "Unicode boundary", Syntax: `\b{g}`,
		In: InPerl | InJava,
	},
	{
		Feature: WordStart, ID: "word-start", Category: Anchors,
		Title: "Start or end of a word", Syntax: "[[:<:]] [[:>:]]",
		In: InPCRE2,
	},
	{
		Feature: SearchStart, ID: "search-start", Category: Anchors,
		Title: "Where the search began", Syntax: `\G`,
		In: InDotNet | InPCRE2 | InPerl | InJava | InRuby,
	},
	{
		Feature: KeepOut, ID: "keep-out", Category: Anchors,
		Title: "Start of the reported match", Syntax: `\K`,
		In: InPCRE2 | InPerl | InRuby,
	},
	{
		Feature: GraphemeBoundary, ID: "grapheme-boundary", Category: Anchors,
		Title: "Text segment boundary", Syntax: `\y \Y`,
		In: InRuby,
	},
	{
		Feature: Capture, ID: "group", Category: Groups,
		Title: "Capturing group", Syntax: "(...)",
		In: Everywhere,
	},
	{
		Feature: NonCapture, ID: "group-plain", Category: Groups,
		Title: "Group without capture", Syntax: "(?:...)",
		In: Everywhere,
	},
	{
		Feature: NamedAngle, ID: "named-group", Category: Groups,
		Title: "Named group", Syntax: "(?<name>...)",
		In: InGo | InDotNet | InPCRE2 | InJS | InPerl | InJava | InRuby,
	},
	{
		Feature: NamedP, ID: "named-group-p", Category: Groups,
		Title: "Named group, Python's spelling", Syntax: "(?P<name>...)",
		In: InGo | InPCRE2 | InPython | InPerl,
	},
	{
		Feature: NamedQuote, ID: "named-group-quote", Category: Groups,
		Title: "Named group in quotes", Syntax: "(?'name'...)",
		In: InDotNet | InPCRE2 | InPerl | InRuby,
	},
	{
		Feature: Balancing, ID: "balancing-group", Category: Groups,
		Title: "Balancing group", Syntax: "(?<name-other>...)",
		In: InDotNet,
	},
	{
		Feature: Atomic, ID: "atomic-group", Category: Groups,
		Title: "Atomic group", Syntax: "(?>...)",
		In: InDotNet | InPCRE2 | InPython | InPerl | InJava | InRuby,
	},
	{
		Feature: BranchReset, ID: "branch-reset", Category: Groups,
		Title: "Branch reset", Syntax: "(?|...)",
		In: InPCRE2 | InPerl,
	},
	{
		Feature: AlphaAtomic, ID: "atomic-group-word", Category: Groups,
		Title: "Atomic group by its name", Syntax: "(*atomic:...)",
		In: InPCRE2 | InPerl,
	},
	{
		Feature: ScriptRun, ID: "script-run", Category: Groups,
		Title: "Script run", Syntax: "(*sr:...)",
		In: InPCRE2 | InPerl,
	},
	{
		Feature: Absent, ID: "absent", Category: Groups,
		Title: "Absent operator", Syntax: "(?~...)",
		In: InRuby,
	},
	{
		Feature: Alternation, ID: "alternation", Category: Groups,
		Title: "Alternatives", Syntax: "a|b",
		In: Everywhere,
	},
	{
		Feature: Lookahead, ID: "lookahead", Category: Lookaround,
		Title: "Lookahead", Syntax: "(?=...)",
		In: InDotNet | InPCRE2 | InJS | InPython | InPerl | InJava | InRuby,
	},
	{
		Feature: LookaheadNot, ID: "lookahead-not", Category: Lookaround,
		Title: "Negative lookahead", Syntax: "(?!...)",
		In: InDotNet | InPCRE2 | InJS | InPython | InPerl | InJava | InRuby,
	},
	{
		Feature: Lookbehind, ID: "lookbehind", Category: Lookaround,
		Title: "Lookbehind", Syntax: "(?<=...)",
		In: InDotNet | InPCRE2 | InJS | InPython | InPerl | InJava | InRuby,
	},
	{
		Feature: LookbehindNot, ID: "lookbehind-not", Category: Lookaround,
		Title: "Negative lookbehind", Syntax: "(?<!...)",
		In: InDotNet | InPCRE2 | InJS | InPython | InPerl | InJava | InRuby,
	},
	{
		Feature: AlphaLook, ID: "lookaround-word", Category: Lookaround,
		Title: "Lookaround by its name", Syntax: "(*pla:...) (*nlb:...)",
		In: InPCRE2 | InPerl,
	},
	{
		Feature: NonAtomicLook, ID: "lookaround-non-atomic", Category: Lookaround,
		Title: "Lookaround that can be backtracked into", Syntax: "(?*...) (?<*...)",
		In: InPCRE2,
	},
	{
		Feature: Star, ID: "zero-or-more", Category: Repeats,
		Title: "Zero or more", Syntax: "*",
		In: Everywhere,
	},
	{
		Feature: Plus, ID: "one-or-more", Category: Repeats,
		Title: "One or more", Syntax: "+",
		In: Everywhere,
	},
	{
		Feature: Optional, ID: "optional", Category: Repeats,
		Title: "Zero or one", Syntax: "?",
		In: Everywhere,
	},
	{
		Feature: Counted, ID: "counted", Category: Repeats,
		Title: "Counted repeat", Syntax: "{2} {2,} {2,5}",
		In: Everywhere,
	},
	{
		Feature: CountedMax, ID: "counted-max", Category: Repeats,
		Title: "At most", Syntax: "{,5}",
		In: InPython | InPerl | InRuby,
	},
	{
		Feature: Lazy, ID: "lazy", Category: Repeats,
		Title: "Lazy repeat", Syntax: "*? +? ?? {2,5}?",
		In: Everywhere,
	},
	{
		Feature: Possessive, ID: "possessive", Category: Repeats,
		Title: "Possessive repeat", Syntax: "*+ ++ ?+",
		In: InDotNet | InPCRE2 | InPython | InPerl | InJava | InRuby,
	},
	{
		Feature: PossessiveCounted, ID: "possessive-counted", Category: Repeats,
		Title: "Possessive counted repeat", Syntax: "{2,5}+",
		In: InDotNet | InPCRE2 | InPython | InPerl | InJava,
	},
	{
		Feature: CountedSpaces, ID: "counted-spaces", Category: Repeats,
		Title: "Blanks in a counted repeat", Syntax: "{ 2, 5 }",
		In: InPerl,
	},
	{
		Feature: Backreference, ID: "backreference", Category: References,
		Title: "Backreference", Syntax: `\1`,
		In: InDotNet | InPCRE2 | InJS | InPython | InPerl | InJava | InRuby,
	},
	{
		Feature: BackreferenceG, ID: "backreference-g", Category: References,
		Title: "Backreference in braces", Syntax: `\g{1} \g1`,
		In: InPCRE2 | InPerl,
	},
	{
		Feature: BackreferenceRelative, ID: "backreference-relative", Category: References,
		Title: "Relative backreference", Syntax: `\g{-1} \g-1`,
		In: InPCRE2 | InPerl,
	},
	{
		Feature: BackreferenceK, ID: "backreference-name", Category: References,
		Title: "Named backreference", Syntax: `\k<name>`,
		In: InDotNet | InPCRE2 | InJS | InPerl | InJava | InRuby,
	},
	{
		Feature: BackreferenceKQuote, ID: "backreference-name-quote", Category: References,
		Title: "Named backreference in quotes", Syntax: `\k'name'`,
		In: InDotNet | InPCRE2 | InPerl | InRuby,
	},
	{
		Feature: BackreferenceKBraces, ID: "backreference-name-braces", Category: References,
		Title: "Named backreference in braces", Syntax: `\k{name} \g{name}`,
		In: InPCRE2 | InPerl,
	},
	{
		Feature: BackreferenceP, ID: "backreference-name-p", Category: References,
		Title: "Named backreference, Python's spelling", Syntax: "(?P=name)",
		In: InPCRE2 | InPython | InPerl,
	},
	{
		Feature: BackreferenceKNumber, ID: "backreference-number-angle", Category: References,
		Title: "Numbered backreference in angle brackets", Syntax: `\k<1> \k<-1>`,
		In: InDotNet | InRuby,
	},
	{
		Feature: BackreferenceLevel, ID: "backreference-level", Category: References,
		Title: "Backreference at a recursion level", Syntax: `\k<name+1>`,
		In: InRuby,
	},
	{
		Feature: Recursion, ID: "recursion", Category: References,
		Title: "Whole pattern again", Syntax: "(?R) (?0)",
		In: InPCRE2 | InPerl,
	},
	{
		Feature: CallNumber, ID: "call-number", Category: References,
		Title: "Call of a group by number", Syntax: "(?1) (?-1) (?+1)",
		In: InPCRE2 | InPerl,
	},
	{
		Feature: CallName, ID: "call-name", Category: References,
		Title: "Call of a group by name", Syntax: "(?&name)",
		In: InPCRE2 | InPerl,
	},
	{
		Feature: CallNameP, ID: "call-name-p", Category: References,
		Title: "Call of a group by name, Python's spelling", Syntax: "(?P>name)",
		In: InPCRE2 | InPerl,
	},
	{
		Feature: CallG, ID: "call-g", Category: References,
		Title: "Call of a group", Syntax: `\g<name> \g<1>`,
		In: InPCRE2 | InRuby,
	},
	{
		Feature: ConditionNumber, ID: "condition-number", Category: Conditions,
		Title: "If a group took part", Syntax: "(?(1)yes|no)",
		In: InDotNet | InPCRE2 | InPython | InPerl | InRuby,
	},
	{
		Feature: ConditionName, ID: "condition-name", Category: Conditions,
		Title: "If a named group took part", Syntax: "(?(<name>)yes|no)",
		In: InPCRE2 | InPerl | InRuby,
	},
	{
		Feature: ConditionNameBare, ID: "condition-name-bare", Category: Conditions,
		Title: "If a named group took part, bare name", Syntax: "(?(name)yes|no)",
		In: InDotNet | InPCRE2 | InPython,
	},
	{
		Feature: ConditionLook, ID: "condition-look", Category: Conditions,
		Title: "If an assertion holds", Syntax: "(?(?=...)yes|no)",
		In: InDotNet | InPCRE2 | InPerl,
	},
	{
		Feature: ConditionRecursion, ID: "condition-recursion", Category: Conditions,
		Title: "If in a recursion", Syntax: "(?(R)yes|no)",
		In: InPCRE2 | InPerl,
	},
	{
		Feature: ConditionDefine, ID: "condition-define", Category: Conditions,
		Title: "Groups only for calls", Syntax: "(?(DEFINE)...)",
		In: InPCRE2 | InPerl,
	},
	{
		Feature: ConditionVersion, ID: "condition-version", Category: Conditions,
		Title: "If the library is new enough", Syntax: "(?(VERSION>=10.4)yes|no)",
		In: InPCRE2,
	},
	{
		Feature: FlagsInline, ID: "flags-inline", Category: Modes,
		Title: "Flags from here on", Syntax: "(?i) (?-i)",
		In: InGo | InDotNet | InPCRE2 | InPython | InPerl | InJava | InRuby,
	},
	{
		Feature: FlagsGroup, ID: "flags-group", Category: Modes,
		Title: "Flags for a group", Syntax: "(?i:...) (?-i:...)",
		In: InGo | InDotNet | InPCRE2 | InPython | InPerl | InJava | InRuby,
	},
	{
		Feature: FlagsReset, ID: "flags-reset", Category: Modes,
		Title: "Flags back to their defaults", Syntax: "(?^) (?^i:...)",
		In: InPCRE2 | InPerl,
	},
	{
		Feature: Comment, ID: "comment", Category: Modes,
		Title: "Comment", Syntax: "(?#...)",
		In: InDotNet | InPCRE2 | InPython | InPerl | InRuby,
	},
	{
		Feature: FreeSpacing, ID: "free-spacing", Category: Modes,
		Title: "White space and # comments ignored", Syntax: "(?x)",
		In: InDotNet | InPCRE2 | InPython | InPerl | InJava | InRuby,
	},
	{
		Feature: FreeSpacingMore, ID: "free-spacing-more", Category: Modes,
		Title: "Blanks ignored in classes too", Syntax: "(?xx)",
		In: InPCRE2 | InPerl,
	},
	{
		Feature: StartOption, ID: "start-option", Category: Modes,
		Title: "Option at the start of the pattern", Syntax: "(*UTF) (*CRLF)",
		In: InPCRE2,
	},
	{
		Feature: Verb, ID: "verb", Category: ControlFlow,
		Title: "Backtracking verb", Syntax: "(*PRUNE) (*SKIP) (*FAIL)",
		In: InPCRE2 | InPerl,
	},
	{
		Feature: Callout, ID: "callout", Category: ControlFlow,
		Title: "Callout", Syntax: "(?C) (?C1)",
		In: InPCRE2,
	},
	{
		Feature: Code, ID: "code", Category: ControlFlow,
		Title: "Code in the pattern", Syntax: "(?{...})",
		In: InPerl,
	},
	{
		Feature: CodePattern, ID: "code-pattern", Category: ControlFlow,
		Title: "Pattern made by code", Syntax: "(??{...})",
		In: InPerl,
	},
}
