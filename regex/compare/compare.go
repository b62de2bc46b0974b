// Package compare runs one pattern on one text on several engines, and says which
// of them find the same; where two do not, at which match they part, and which
// part of the pattern is to blame.
//
// Nothing here starts a goroutine: each function runs on the goroutine that calls
// it, so that its caller decides which thread pays for which engine, and shows
// what one engine has found while others still search.
package compare

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A Side is an engine with its flags: one of those that are compared.
type Side struct {
	Engine engine.Engine
	Flavor *flavor.Flavor
	Flags  string // letters of the flavor
	// Lacks are the flags that were asked for and that the flavor has not.
	Lacks []Lack
}

// Limits bound what a side may cost.
type Limits struct {
	// Timeout is the wall time of a side's search; 0 means no bound.
	Timeout time.Duration
	// Matches is the number of matches after which a side's search ends; 0 means
	// MaxMatches, which is also the most.
	Matches int
}

const (
	// MaxMatches is the most matches of a side that are compared. A report keeps 8
	// bytes of each: 8 MB, as much as a text that has so many matches.
	MaxMatches = 1_000_000
	// keptNumbers is how many offsets of first matches a report keeps, 512 KiB:
	// differences that come later are searched for once more.
	keptNumbers = 64 << 10
)

func (l Limits) matches() int {
	if l.Matches <= 0 || l.Matches > MaxMatches {
		return MaxMatches
	}
	return l.Matches
}

// A Report is what became of one side.
type Report struct {
	Side Side
	// Outcome is how its search ended; [engine.Error] also when it never began.
	Outcome engine.Outcome
	// Refused is why the engine does not take the pattern, nil when it does.
	Refused *syntax.Error
	// Err is what went wrong otherwise: a flag that the engine has not, a text that
	// it cannot read, or a crash.
	Err      error
	Groups   []engine.Group
	Count    int           // of matches
	Searched int           // bytes
	Wall     time.Duration // of the search; Compiling is not in it
	Compiled time.Duration // wall time of compiling the pattern

	program engine.Program
	order   []int    // the places of the groups by ascending number
	hashes  []uint64 // of each match
	first   []int    // offsets of the first matches, by place
}

// Run runs a pattern on one side. It returns soon after ctx is done, as the engine
// permits. It never returns nil.
func Run(ctx context.Context, side Side, pattern string, text *engine.Text, limits Limits) *Report {
	r := &Report{Side: side, Outcome: engine.Error}
	start := time.Now()
	program, err := side.Engine.Compile([]byte(pattern), side.Flags)
	r.Compiled = time.Since(start)
	if refused, ok := errors.AsType[*syntax.Error](err); ok {
		r.Refused = refused
		return r
	}
	if err != nil {
		r.Err = err
		return r
	}
	r.program, r.Groups = program, program.Groups()
	r.order = byNumber(r.Groups)
	start = time.Now()
	result := program.Search(ctx, text, engine.Cursor{}, engine.Budget{Timeout: limits.Timeout, MaxMatches: limits.matches()}, func(groups []int) bool {
		r.hashes = append(r.hashes, hash(groups, r.order))
		if len(r.first)+len(groups) <= keptNumbers {
			r.first = append(r.first, groups...)
		}
		return true
	})
	r.Wall = time.Since(start)
	r.Outcome, r.Count, r.Searched, r.Err = result.Outcome, result.Count, result.Searched, result.Err
	return r
}

// byNumber returns the places of groups by their numbers: engines differ in the
// order in which they hold them, and what is compared is the numbers.
func byNumber(groups []engine.Group) []int {
	order := make([]int, len(groups))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(groups[a].Number, groups[b].Number) })
	return order
}

// hash is of a match with its groups: FNV-1a's steps with whole numbers instead of
// bytes, each followed by one that brings high bits down, which the product does
// not. Two matches that differ have the same about once in 2^64.
func hash(groups, order []int) uint64 {
	const basis, prime = 14695981039346656037, 1099511628211
	h := uint64(basis)
	mix := func(n int) {
		h = (h ^ uint64(n+1)) * prime // -1 is 0, and not the complement of all
		h ^= h >> 32
	}
	for _, place := range order {
		mix(groups[2*place])
		mix(groups[2*place+1])
	}
	return h
}

// Ran reports whether the side has searched, to the end or not: only then there
// is something to compare.
func (r *Report) Ran() bool { return r.program != nil && r.Outcome != engine.Error }

// Complete reports whether all of the text is searched.
func (r *Report) Complete() bool { return r.Outcome == engine.Match || r.Outcome == engine.NoMatch }
