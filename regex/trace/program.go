package trace

import (
	"fmt"
	"math"
	"unicode"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A Program is a compiled pattern. It does not change and is safe for concurrent use.
type Program struct {
	tree   *syntax.Tree
	unit   flavor.Unit
	tokens []Token
	groups []Group
	insts  []inst
	sets   []charSet
	loops  []loop
	places []place
	refs   []reference
	calls  []call
	// slots are, for each of groups, where its start is among the registers; its end is behind it.
	slots []int32
	// registerCount is how many registers a machine has.
	registerCount int32
	rules         rules
}

// rules are those of the flavor that machines go by.
type rules struct {
	anchored   bool // matches only where a search begins
	retries    bool // see flavor.EmptyRetries
	touches    bool // see flavor.Semantics.EmptyTouches
	emptyFails bool // a round beyond the minimum that matched nothing fails, instead of ending the repeat
	// skipsPairs says that CR LF is one line end, within which PCRE2 begins no search behind an empty match; skipsLF that
	// it begins no attempt there either, as the pattern has no CR or LF.
	skipsPairs, skipsLF bool
	// notEmpty says that no match is empty, and notEmptyAtStart that none is where its search began.
	notEmpty, notEmptyAtStart bool
	halves                    bool // attempts are one UTF-16 unit apart, although characters are code points
	keepsCalled               bool // groups keep what they matched in a call
}

// The registers that every machine has before those of groups: the numbers of the machine's own.
const (
	regDepth  int32 = iota // of calls, in groups and calls
	regFrame               // the innermost call, an index of machine.frames, or -1
	regStart               // of the whole match
	regEnd                 // of it
	regGroups              // the first that groups have
)

// An opcode is what an instruction does.
type opcode uint8

const (
	opBacktrack opcode = iota // take up the latest choice
	opAttempt
	opNoMatch
	opMatch
	opFail
	opJump // to a
	opByte // the ASCII character a
	opRune // the character a
	opSet  // a character of set a
	opByteBack
	opRuneBack
	opSetBack
	opPlace   // holds at places[a]
	opRef     // the text of refs[a]
	opRefBack // the same, to the left
	opEnter   // a step and nothing else
	opOpen    // remember in a where the group b begins
	opClose   // set group b from a; call frame when it is one's end
	opCloseBack
	opKeep
	opAlt      // go on here, or else at a
	opLoopInit // loops[a] begins
	opLoop     // loops[a] decides
	opLoopMore // loops[a] goes on, after all
	opRunInit  // loops[a] begins, of one character
	opRun
	opAtomic    // remember in a how many choices there are
	opCut       // drop those that came since
	opLook      // a lookaround begins, a is its register; fails to b when it is negative
	opLookEnd   // its body matched
	opNotEnd    // the body of a negative one matched
	opStepBack  // go back widths[a]
	opLookAt    // holds where the lookaround of register a began
	opCondition // go on here when group a is set, or else at b
	opCall      // calls[a]
	opReturn
)

// An inst is an instruction. The next one follows it unless it says otherwise.
type inst struct {
	op    opcode
	depth uint16 // how many groups it is in
	loop  int32  // the innermost loop that it is in, or -1
	tok   int32
	a, b  int32
}

// The instructions that every program begins with.
const (
	pcBacktrack int32 = iota
	pcAttempt
	pcNoMatch
	pcMatch
	pcFirst // where the pattern begins
)

// A loop is a repeat.
type loop struct {
	min, max     int32 // max is math.MaxInt32 without one
	lazy         bool
	mayBeEmpty   bool  // a round
	count, start int32 // registers: the rounds begun, and where the last one began
	exit         int32 // where it goes on
	outer        int32 // the loop around it, or -1
	token        int32
	// forget is the registers that a round begins with unset: from, to.
	forget [2]int32
}

// A call is a call of a group.
type call struct {
	target, ret int32
	token       int32
	group       int
	// end is the instruction that closes the group, which returns.
	end int32
}

// A charSet is a set of characters.
type charSet struct {
	low   [4]uint64 // below 256
	above syntax.CharSet
}

func newCharSet(s syntax.CharSet) charSet {
	var set charSet
	for i, r := range s {
		for c := r.First; c <= min(r.Last, 0xFF); c++ {
			set.low[c>>6] |= 1 << (c & 63)
		}
		if r.Last > 0xFF && set.above == nil {
			set.above = s[i:]
		}
	}
	return set
}

func (s *charSet) has(r rune) bool {
	if uint32(r) < 256 {
		return s.low[r>>6]&(1<<(r&63)) != 0
	}
	return s.above.Contains(r)
}

// Tokens are the parts of the pattern that steps are of. The caller must not change them.
func (p *Program) Tokens() []Token { return p.tokens }

// Groups are the capture groups, the whole match first. The caller must not change them.
func (p *Program) Groups() []Group { return p.groups }

// Tree is what the program was compiled from.
func (p *Program) Tree() *syntax.Tree { return p.tree }

// An UnsupportedError says that a pattern has a construct that the machine does not have.
type UnsupportedError struct {
	Span syntax.Span // in bytes of the pattern
	What string      // the construct, such as "a callout"
}

func (e *UnsupportedError) Error() string {
	return fmt.Sprintf("%s at %d cannot be shown step by step yet", e.What, e.Span.Start)
}

// MaxInsts is the largest program: a pattern of a megabyte needs no more unless it repeats what is compiled again.
const MaxInsts = 1 << 24

// maxRune is the last character of a unit's texts.
func maxRune(u flavor.Unit) rune {
	switch u {
	case flavor.Byte:
		return 0xFF
	case flavor.UTF16:
		return 0xFFFF
	}
	return unicode.MaxRune
}

func limitOf(most int) int32 {
	if most == syntax.Unlimited || most > math.MaxInt32 {
		return math.MaxInt32
	}
	return int32(most)
}
