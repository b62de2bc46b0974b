package syntax

// A Token is a piece of a pattern's text that means one thing: what an editor
// colors. The tokens of a tree are in order and without gaps: every byte of the
// pattern belongs to exactly one.
type Token struct {
	// Number is the number of the capture group for the parentheses of one, and
	// 0 for others.
	Number int32
	// Pair is the index of the token that this one opens or closes, such as the
	// ) of a (, and -1 for tokens that come alone.
	Pair int32

	start, end uint32 // half the size of a Span: there are more tokens than nodes
	Kind       TokenKind
}

// Span returns where the token stands.
func (t Token) Span() Span { return Span{int(t.start), int(t.end)} }

// A TokenKind is what a token is for.
type TokenKind uint8

// The kinds of tokens.
const (
	TokenLiteral       TokenKind = iota // characters that match themselves
	TokenEscape                         // one character by an escape: \n, \x41, \.
	TokenClassEscape                    // a set of characters by an escape: \d, \p{L}, \R; or . or [:alpha:]
	TokenAnchor                         // ^, $, \b, \K
	TokenGroupOpen                      // (, (?:, (?<name>
	TokenGroupClose                     // )
	TokenAlternation                    // |
	TokenClassOpen                      // [, [^
	TokenClassClose                     // ]
	TokenClassOperator                  // the - of a range, &&, --
	TokenRepeat                         // *, +?, {2,3}
	TokenReference                      // \1, \k<name>, (?R), (?&name)
	TokenFlags                          // (?i)
	TokenVerb                           // (*PRUNE), (?C1), (?{...})
	TokenQuote                          // \Q, \E
	TokenComment                        // (?#...), # ...
	TokenSpace                          // ignored white space
	TokenError                          // what cannot be read
	tokenKinds
)

var tokenNames = [tokenKinds]string{
	"literal", "escape", "class-escape", "anchor", "group-open", "group-close", "alternation", "class-open",
	"class-close", "class-operator", "repeat", "reference", "flags", "verb", "quote", "comment", "space", "error",
}

// String returns the kind's stable name, such as "class-open".
func (k TokenKind) String() string { return tokenNames[k] }

// TokenKinds returns how many kinds there are: all are smaller.
func TokenKinds() TokenKind { return tokenKinds }
