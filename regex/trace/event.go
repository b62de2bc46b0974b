package trace

import "github.com/regexdbg/regexdbg/regex/syntax"

// A Kind is what happens in a step.
type Kind uint8

// The kinds of steps. The package's documentation says when they occur.
const (
	KindAttempt Kind = iota
	KindMatched
	KindFailed
	KindEnter
	KindRound
	KindCapture
	KindCall
	KindReturn
	KindCut
	KindBacktrack
	KindMatch
	KindNoMatch
	KindCharacter
	KindMerge
	KindReach

	kinds
)

var kindNames = [kinds]string{
	"attempt", "matched", "failed", "enter", "round", "capture", "call", "return", "cut", "backtrack", "match", "no-match",
	"character", "merge", "reach",
}

// String returns the kind's stable name, such as "no-match".
func (k Kind) String() string { return kindNames[k] }

// Kinds returns all kinds.
func Kinds() []Kind {
	all := make([]Kind, kinds)
	for i := range all {
		all[i] = Kind(i)
	}
	return all
}

// KindOf returns the kind of a name.
func KindOf(name string) (Kind, bool) {
	for i, known := range kindNames {
		if known == name {
			return Kind(i), true
		}
	}
	return 0, false
}

// An Event is one step.
type Event struct {
	// Step counts from 0.
	Step int64
	Kind Kind
	// Token is the index of the token in [Trace.Tokens], and Span its place in bytes of the pattern.
	Token int
	Span  syntax.Span
	// Attempt is the offset at which the attempt began, in bytes of the text.
	Attempt int
	// From is where the token was tried (that of a lookaround's end where its body ended) and Pos where the machine is
	// behind the step, in bytes of the text. A place in
	// the middle of a character, which JavaScript without u and v has between two UTF-16 units of one, is two bytes
	// behind its start.
	From, Pos int
	// Group is the number of the group that changed, or -1.
	Group int
	// Groups are the starts and ends of all groups behind the step, two numbers each in the order of [Trace.Groups], or
	// -1, -1. That of the whole match is set by the step match. The slice is reused for the next event.
	Groups []int
	// Before are the groups before the step, of an event that [Trace.Find] returns: nil for the first one, and of other events.
	Before []int
	// Depth is how many groups and calls the token is in.
	Depth int
	// Level is how many calls of groups are open behind the step.
	Level int
	// Left is, when one of some alternatives is taken up, how many there are behind the one before it: at least 1, this
	// one. It is 1 when an absent group gets to its next place, and 0 in all other steps.
	Left int
	// Reason says more of why a step failed, or an attempt.
	Reason Reason
}

// A Reason is why a token, or an attempt, failed, where it does not say it.
type Reason uint8

// The reasons.
const (
	ReasonNone Reason = iota
	// ReasonShort is that of a lookbehind before which the text is too short for what it looks for.
	ReasonShort
	// ReasonElsewhere is that of a lookbehind whose body matched a text that ends elsewhere.
	ReasonElsewhere
	// ReasonAgain is that of an attempt of PCRE2 that is made once more, as a (*SKIP) has found no mark of its name: without
	// it.
	ReasonAgain
	// ReasonPossessive is that of a step back to a lazy repeat that an optimization has made possessive: it is through.
	ReasonPossessive
	// ReasonRejected is that of the end of a run in which no more attempt is made, as the engine's start optimization finds
	// no place for a match.
	ReasonRejected
)
