package trace

import (
	"context"
	"errors"

	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A Trace is a run of a pattern on a text that can be looked at. It is for one goroutine at a time; different traces
// are independent of each other, also those of one program.
//
// Steps count from 0, offsets are in bytes. What takes long polls its context every [PollSteps] steps and then returns
// the context's cause.
type Trace interface {
	// Tokens are the parts of the pattern that steps are of. The first is the whole pattern.
	Tokens() []Token
	// Groups are the capture groups in the order in which events and matches have them.
	Groups() []Group
	// Advance runs on for at most so many steps, or to the end when steps is negative, and returns the outcome: that of
	// the whole when it has ended, and [Running] otherwise. It may be called again after an error.
	Advance(ctx context.Context, steps int64) (Outcome, error)
	// Allow raises the limit of steps: a run that has ended with [OutOfSteps] goes on from there with the next Advance. It
	// does nothing when the limit is as high already.
	Allow(steps int64)
	// Steps is how many steps have been run, which are those that can be looked at.
	Steps() int64
	// Counters are those of the steps that have been run.
	Counters() *Counters
	// Matches are those found so far, as Event.Groups. The caller must not change them.
	Matches() [][]int
	// Window calls visit with the events from a step on, at most n, until it returns false.
	Window(ctx context.Context, from int64, n int, visit func(*Event) bool) error
	// State is what the machine holds behind a step, or before the first one when step is -1.
	State(ctx context.Context, step int64) (*State, error)
	// Find returns the first event behind a step that meets the condition, or with backward the last one before it. Only
	// steps that have been run are looked at. It returns false when there is none.
	Find(ctx context.Context, step int64, backward bool, c Condition) (Event, bool, error)
}

// A Token is a part of the pattern that steps are of.
type Token struct {
	// Span is its place in bytes of the pattern: one character of a run of literals, the whole of other nodes, and
	// the operator of a repeat.
	Span syntax.Span
	Node *syntax.Node
}

// A Group is a capture group.
type Group struct {
	Number int
	Name   string // or ""
}

// An Outcome is how a run ended.
type Outcome string

// The outcomes of a run.
const (
	// Running is a run that has not ended.
	Running Outcome = "running"
	// Matched and NoMatch are those of a run that searched the whole text.
	Matched Outcome = "match"
	NoMatch Outcome = "no-match"
	// OutOfSteps and OutOfMemory are those of a run that reached a limit of its [Limits].
	OutOfSteps  Outcome = "step-limit"
	OutOfMemory Outcome = "memory-limit"
	// Endless is that of a run in which a group called itself without getting further.
	Endless Outcome = "endless-recursion"
	// Backward is that of a run that found a match that starts behind its end, as \K in a lookahead makes them: the
	// programs that use PCRE2 go no further.
	Backward Outcome = "backward-match"
	// OutOfMatches is that of a run that has found as many matches as it may.
	OutOfMatches Outcome = "match-limit"
)

// PollSteps is how many steps there are at most between two looks at the context: some 0.2 ms.
const PollSteps = 8192

// Limits bound a run. Zero values are the defaults.
type Limits struct {
	// Steps is the largest number of steps, 10^9 by default: some half a minute.
	Steps int64
	// Memory is what the machine's stacks may take in bytes, 256 MiB by default: some ten million open choices, more
	// than engines keep. What checkpoints take comes on top, see Checkpoints.
	Memory int64
	// Checkpoints is what all checkpoints may take in bytes, 64 MiB by default: with stacks of ordinary size this is
	// room for the ten thousand or so that there are of a long run.
	Checkpoints int64
	// Matches is how many matches are looked for, a million by default.
	Matches int
	// Start is where the search begins, in bytes of the text, at the start of a character; what is before is seen by
	// lookbehinds and anchors. Attempts is how many attempts there are at most, 0 for as many as the text has.
	Start    int
	Attempts int64
}

func (l Limits) withDefaults() Limits {
	if l.Steps <= 0 {
		l.Steps = 1e9
	}
	if l.Memory <= 0 {
		l.Memory = 256 << 20
	}
	if l.Checkpoints <= 0 {
		l.Checkpoints = 64 << 20
	}
	if l.Matches <= 0 {
		l.Matches = 1e6
	}
	return l
}

// ErrStep says that a step has not been run.
var ErrStep = errors.New("there is no such step")
