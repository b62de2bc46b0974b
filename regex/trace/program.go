package trace

import (
	"fmt"
	"math"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A Program is a compiled pattern. It does not change and is safe for concurrent use.
type Program struct {
	tree      *syntax.Tree
	unit      flavor.Unit
	tokens    []Token
	groups    []Group
	insts     []inst
	sets      []charSet
	strings   []stringSet
	loops     []loop
	places    []place
	refs      []reference
	levelRefs []levelReference
	calls     []call
	verbs     []verb
	accepts   []accept
	tries     []trie // of each token, in Perl
	balances  []balance
	// slots are, for each of groups, where its start is among the registers; its end is behind it.
	slots []int32
	// stacks are, for each of groups, the register of the stack of its captures, or -1 when only the last one counts.
	stacks []int32
	// registerCount is how many registers a machine has.
	registerCount int32
	// isGroup says which registers are those of groups.
	isGroup []bool
	// hasVerbs says that there are verbs that backtracking runs into, and namesSkips that a (*SKIP) has a name that PCRE2
	// looks for among the choices.
	hasVerbs, namesSkips bool
	// asksWide says that it matters whether a text has characters beyond U+00FF: in Perl.
	asksWide bool
	// hasThen says that there is a (*THEN).
	hasThen bool
	rules   rules
	// restores says, with rules.marks, what of groups is restored at the choices of each instruction; firstOpen is the register
	// in which the first group remembers where it began, followed by those of the others.
	restores  []restoring
	firstOpen int32
	onigmo    onigmo
	// anew is the register of the list of groups to set once more, or -1: in Java.
	anew int32
	// hidden is the first register of what is hidden of each group, see hidden.go, or -1.
	hidden int32
	starts *Starts // that are looked for, or nil
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
	// keepsLooked says that groups that were set in a lookaround or an atomic group that matched stay set, whatever fails
	// later, up to the next match: Java restores no others than those it is in.
	keepsLooked bool
	opens       bool // a group is unset when it begins, see onigmo
	// lazyGroups says that backtracking restores groups by the kind of the choice: in Perl.
	lazyGroups bool
	// marks says that backtracking restores groups as CPython does, see marks.go.
	marks       bool
	keepsCalled bool // groups keep what they matched in a call
	// copies says that a repeat with a bound is so many copies, which may match nothing each, and one of an empty text a
	// single one: in PCRE2.
	copies bool
}

// The registers that every machine has before those of groups: the numbers of the machine's own.
const (
	regDepth  int32 = iota // of calls, in groups and calls
	regFrame               // the innermost call, an index of machine.frames, or -1
	regThen                // how many choices (*THEN) leaves, or -1 when it leaves none
	regMark                // the list of the names that verbs set, in machine.frames, or -1
	regLast                // the largest place of a group that is set: in Perl
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
	opPlace     // holds at places[a]
	opRef       // the text of refs[a]
	opRefBack   // the same, to the left
	opRefLevel  // the text of levelRefs[a]
	opAbsent    // an absent group begins, a is its first register; b is where it goes on
	opAbsentEnd // what must be absent has matched
	opRefEmpty  // when refs[a] is set and empty, that is all of its repeat, which ends at b
	opEnter     // a step and nothing else
	opOpen      // remember in a where the group b begins
	opClose     // set group b from a; call frame when it is one's end
	opCloseBack
	opKeep
	opAlt      // go on here, or else at a; b is how many alternatives are left
	opLoopInit // loops[a] begins
	opLoop     // loops[a] decides
	opLoopMore // loops[a] goes on, after all
	opRunInit  // loops[a] begins, of one character
	opRun
	opAtomic         // remember in a how many choices there are, and behind it how long the undo log is
	opCut            // drop those that came since
	opLook           // a lookaround begins, a is its first register; b is where it goes on when it fails
	opNot            // the same of a negative one; b is where it goes on when it holds
	opLookEnd        // its body matched
	opLookDone       // the same of one that is not atomic
	opNotEnd         // the body of a negative one matched: it goes on at b
	opNotKept        // the same in a condition of PCRE2, where groups stay set
	opStepBack       // go back widths[a]
	opLookAt         // holds where the lookaround of register a began
	opCondition      // go on here when group a is set, or else at b
	opInCall         // go on here when the innermost call is of the group number a, or of any when that is -1, or else at b
	opCall           // calls[a]
	opReturn         // the end of a group: of a call of it, too
	opEnd            // the end of the pattern, likewise
	opPass           // a step and nothing else, that always holds
	opVerb           // verbs[a]
	opAlternation    // remember in a what verbs need of an alternation
	opAlternative    // one of its alternatives begins; b is 1 when there is another one
	opAlternationEnd // it is through
	opAccept         // accepts[a]
	opBalance        // balances[a] is through
	opBalanceBack
	opLine // any character but a CR before a LF
	opLineBack
	opUnit    // any byte
	opStrings // a string of strings[a]
	opStringsBack
	opCluster // a grapheme cluster
	opClusterBack
	opIfWide    // go on at a unless the text has characters beyond U+00FF
	opScript    // remember in a where a script run begins
	opScriptEnd // the text from a on is of one script
	opAnew      // loops[a] has stopped, which repeats group b, see anew.go
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
	mayBeEmpty   bool       // a round
	run          choiceKind // of a repeat of one character
	count, start int32      // registers: the rounds begun, and where the last one began
	exit         int32      // where it goes on
	outer        int32      // the loop around it, or -1
	token        int32
	// emptyFails is that of rules, of this loop.
	emptyFails bool
	// emptyEnds says that a round that matched nothing ends the repeat although there are fewer than min: in Java.
	emptyEnds bool
	// restores says what of groups is restored where it stops with fewer rounds: in Perl.
	restores restoring
	// unset is the place of the group that is all of it, or -1, and unsets says that it is unset when it stops before its
	// first round: in Perl.
	unset  int32
	unsets bool
	// unchecked is how many rounds may match nothing without ending the repeat: in Ruby and Python.
	unchecked int32
	// mems is the register of what groups were when the round began, or -1, see onigmo.
	mems int32
	// forget is the registers that a round begins with unset: from, to.
	forget [2]int32
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

func limitOf(most int) int32 {
	if most == syntax.Unlimited || most > math.MaxInt32 {
		return math.MaxInt32
	}
	return int32(most)
}
