// Package engine runs patterns on the real engines of each flavor.
//
// Every engine, in process or in a child process, is an [Engine]: it compiles
// pattern and flags to a [Program], and a program searches a [Text]. A search
// hands over one match at a time and can end early in several ways; a
// [Cursor] then says where to go on, and going on yields exactly the matches
// that an uninterrupted search would have yielded.
//
// Offsets are bytes of the text, half-open, whatever the engine counts in.
//
// The package starts no goroutine of its own: a search runs on the goroutine
// that calls it, so that its caller decides which thread pays for it.
package engine

import (
	"context"
	"sync/atomic"
	"time"
)

// MaxPattern is the longest pattern in bytes that an engine of this package
// compiles. Compiling is the one step that no engine can interrupt; at one
// mebibyte it takes well under a second for both, and patterns that long are
// generated word lists, which is what leaves room for them at all.
const MaxPattern = 1 << 20

// An Engine compiles patterns of one flavor. It is safe for concurrent use.
type Engine interface {
	Info() Info
	// Compile compiles a pattern. flags are letters of the flavor, see
	// [flavor.Flavor.CheckFlags]. For a pattern that the engine rejects the
	// error is a [*syntax.Error]; for a flag, a [*flavor.UnknownError] or, where the flavor
	// has it and the engine has not, a [*FlagError].
	Compile(pattern []byte, flags string) (Program, error)
}

// Info names an engine.
type Info struct {
	Flavor  string `json:"flavor"`         // canonical name of the flavor that it runs
	Name    string `json:"name"`           // the program's own name
	Version string `json:"version"`        // the version that is running
	Note    string `json:"note,omitempty"` // what a user should know about it, or ""
	// Unicode is the version of Unicode's data in it, as it says itself, or "".
	Unicode string `json:"unicode,omitempty"`
}

// A Program is a compiled pattern. It is safe for concurrent use.
type Program interface {
	// Groups returns the groups in the order in which matches hold them; the
	// first is the whole match. The caller must not change the slice.
	Groups() []Group

	// Search looks for all matches of text from the cursor on and calls yield
	// with each, in the engine's own order and with the engine's own rule for
	// empty matches. groups holds two byte offsets a group, start and end, or
	// -1, -1 for a group that took no part; it is reused for the next match.
	// yield returns false to stop.
	//
	// Search returns when everything is searched, when yield stops it, when
	// the budget is spent, or soon after ctx is done. How soon depends on the
	// engine, see its own documentation. The matches of a search that ended
	// early are good: nothing is taken back.
	Search(ctx context.Context, text *Text, from Cursor, budget Budget, yield func(groups []int) bool) Result
}

// A Group is a capturing group of a pattern.
type Group struct {
	Number int    // as in \1 and $1; with gaps where the flavor has them
	Name   string // "" for a group that has only a number
}

// A Budget bounds one call of Search. The zero value sets no bound.
type Budget struct {
	// Timeout is the wall time of this call; 0 means no bound. Time spent
	// in yield counts.
	Timeout time.Duration
	// MaxMatches is the number of matches after which this call ends with the
	// outcome Limit, be there more or not; 0 means no bound.
	MaxMatches int
	// Progress, when not nil, is kept at Result.Searched while the search
	// runs, also where there are no matches to tell it by, as far as the
	// engine can know it. It never says more than is known: every match that
	// starts before it has been handed to yield, which has returned.
	Progress *atomic.Int64
	// Mark, when not nil, holds the name of the last (*MARK) on the path of each
	// match while yield has it, or "" where there is none. Engines without marks
	// leave it alone. PCRE2, PHP and Perl have them.
	Mark *string
}

// An Outcome says how a search ended. The strings are those of the batch
// contract, except Stopped, which only a caller sees who stopped it.
type Outcome string

// The outcomes of a search.
const (
	Match     Outcome = "match"     // all is searched, and this call found matches
	NoMatch   Outcome = "no-match"  // all is searched, and this call found none
	Error     Outcome = "error"     // the engine failed; Result.Err says how
	Timeout   Outcome = "timeout"   // the time of the budget is spent
	Limit     Outcome = "limit"     // the matches of the budget, or the engine's own memory limit, are spent
	Cancelled Outcome = "cancelled" // ctx is done
	Stopped   Outcome = "stopped"   // yield returned false
)

// A Result says how a call of Search ended.
type Result struct {
	Outcome Outcome
	// Count is the number of matches that this call handed to yield.
	Count int
	// Searched is the number of bytes of the text for which all matches that
	// start there are known. It is the text's length when all is searched.
	Searched int
	// Cursor is where to go on. After the last match of a text it goes on to
	// nothing.
	Cursor Cursor
	// ChildCPU is the CPU time that a local runtime has used in a process of its own,
	// besides that of the goroutine that called Search; -1 where the system does not
	// tell, as it does on Linux. It is 0 for engines of this process.
	ChildCPU time.Duration
	// Err is not nil for the outcome Error, for Cancelled (the cause of ctx),
	// and for Limit where the engine's own limit ended it.
	Err error
}

// A Cursor is a place in a search to go on from. It is only good for the same
// program and text. The zero value is the start. Cursors are comparable.
type Cursor struct {
	pos   int   // the search has got here, bytes
	state uint8 // what the engine has to remember of the last match
	// Where skip is not 0 the search starts at anchor (bytes) and drops as many
	// matches: for regexp2 and \G, see dotnetProgram.rewinds.
	anchor, skip int
}

// Offset returns the byte offset at which the search goes on.
func (c Cursor) Offset() int { return c.pos }
