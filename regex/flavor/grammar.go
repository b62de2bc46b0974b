package flavor

// A Grammar is what the parser has to know of a flavor beyond its features: how
// it reads what could be read in several ways, and how much it takes. Values
// are those of the engine versions that docs/flavors.md names.
type Grammar struct {
	// InlineFlags are the letters that (?...) takes, ClearFlags those that may
	// stand behind its minus.
	InlineFlags, ClearFlags string
	// Extended is the flag by which white space is ignored, or 0.
	Extended byte
	// MaxRepeat is the largest count of a repeat.
	MaxRepeat int
	// MaxDepth is how deep groups may be in each other.
	MaxDepth int
	// MaxName is the longest name of a group in characters, or 0.
	MaxName int
	// UnknownLetter says what a backslash before a letter without a meaning is.
	UnknownLetter Unknown
	// Brace says what a { is that starts no repeat.
	Brace Unknown
	// NestedRepeat says what the second operator of a** is.
	NestedRepeat Nested
	// RepeatAssertion says whether ^* and \b* are good.
	RepeatAssertion bool
	// EmptyClass says whether [] is a class of nothing; elsewhere that ] is a
	// character.
	EmptyClass bool
	// DuplicateNames says whether two groups may have one name.
	DuplicateNames bool
	// UTF8 says that the pattern has to be valid UTF-8.
	UTF8 bool
}

// Unknown is what becomes of text that the grammar does not know.
type Unknown uint8

const (
	Refused Unknown = iota // an error
	Literal                // the character itself
)

// Nested is what becomes of a repeat of a repeat.
type Nested uint8

const (
	NestedRefused Nested = iota // an error
	NestedAllowed               // as if the first were in a group
)
