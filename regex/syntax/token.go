package syntax

import "slices"

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

	start, end uint32
	Kind       TokenKind
}

// Span returns where the token stands.
func (t Token) Span() Span { return Span{int(t.start), int(t.end)} }

// Tokens returns the tokens of the pattern. Each call makes them anew, in time linear
// in their number.
func (t *Tree) Tokens() []Token {
	all := make([]Token, t.tokens.n)
	start := uint32(0)
	for i, end := range t.tokens.ends[:t.tokens.n] {
		all[i] = Token{start: start, end: end, Kind: t.tokens.kinds[i], Pair: -1}
		start = end
	}
	for _, b := range t.tokens.brackets {
		all[b.open].Number = b.number
		if b.close >= 0 {
			all[b.open].Pair = b.close
			all[b.close].Pair, all[b.close].Number = b.open, b.number
		}
	}
	return all
}

// tokens are those of a tree as the parser makes them. They are as small as can be, 5
// bytes each and 12 for each opening one, because making room is much of a parser's
// work: tokens of 20 bytes were a sixth of all that it filled.
type tokens struct {
	ends     []uint32 // each token starts where the one before ends
	kinds    []TokenKind
	n        int           // how many there are; for more there is room
	brackets []bracketPair // in the order of their opening tokens
	end      int           // of the last token
	gap      bool          // a token did not start where the one before ended, for tests
}

// A bracketPair is an opening token and the one that closes it, -1 for none, by their
// indexes, and the number of their capture group, or 0.
type bracketPair struct{ open, close, number int32 }

func (t *tokens) len() int { return t.n }

// grow makes room for more, at least n.
func (t *tokens) grow(n int) {
	t.ends, t.kinds = slices.Grow(t.ends, n), slices.Grow(t.kinds, n)
	t.ends, t.kinds = t.ends[:cap(t.ends)], t.kinds[:cap(t.kinds)]
}

// start returns where a token starts.
func (t *tokens) start(i int32) int {
	if i == 0 {
		return 0
	}
	return int(t.ends[i-1])
}

// extend makes the last token end at an offset.
func (t *tokens) extend(end int) { t.ends[t.n-1], t.end = uint32(end), end }

// span returns where a token stands.
func (t *tokens) span(i int32) Span { return Span{t.start(i), int(t.ends[i])} }

// cut leaves n tokens. None of the others may be a bracket.
func (t *tokens) cut(n int) { t.n, t.end = n, t.start(int32(n)) }

// numberAt puts a group's number into the brackets of which the first starts at an
// offset.
func (t *tokens) numberAt(offset, number int) {
	i, ok := slices.BinarySearchFunc(t.brackets, offset, func(b bracketPair, offset int) int { return t.start(b.open) - offset })
	if ok {
		t.brackets[i].number = int32(number)
	}
}

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
