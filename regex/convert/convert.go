package convert

import (
	"errors"
	"fmt"
	"slices"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A Result is a pattern for another flavor.
type Result struct {
	Pattern string
	// Flags are letters of the other flavor.
	Flags string
	// Changes are what is not simply the same, by place: with SeverityError what
	// the other flavor cannot say, so that the pattern matches something else;
	// with SeverityWarning what may match something else, as it says; with
	// SeverityHint what is written otherwise and means the same.
	Changes []Change
	// unrolled is how many sets are written as their ranges.
	unrolled int
}

// A Change is one thing that a conversion does to a pattern.
type Change struct {
	Span     syntax.Span // in the pattern that is converted
	Severity syntax.Severity
	Message  string
}

// Exact reports whether the result means the same, as far as is known: what is
// not looked at is that engines have data of different versions of Unicode.
func (r *Result) Exact() bool {
	return r.count(syntax.SeverityError)+r.count(syntax.SeverityWarning) == 0
}

// count returns how many changes are of a severity.
func (r *Result) count(s syntax.Severity) int {
	n := 0
	for _, c := range r.Changes {
		if c.Severity == s {
			n++
		}
	}
	return n
}

// MaxPattern is the longest pattern in bytes that is converted: parts of it are
// read several times, and nobody would read the changes of a longer one.
const MaxPattern = 64 << 10

// Convert writes a pattern for another flavor. What is not the same there is
// among the changes of the result. A pattern with errors, or longer than
// MaxPattern, is not converted. For its own flavor it stays as it is.
//
// Sets of characters are compared as sets: \d of .NET becomes \p{Nd} in Go,
// because it matches other digits than 0 to 9. Anchors and the dot are compared
// by what they mean with the flags in force. Of the flags that could be set in
// the other flavor, those are taken with which the least is lost: in JavaScript u,
// or v for a set that could not be written without its operations but as its ranges.
func Convert(t *syntax.Tree, to *flavor.Flavor) (*Result, error) {
	if len(t.Errors) > 0 {
		return nil, errors.New("a pattern with errors cannot be converted")
	}
	if len(t.Pattern) > MaxPattern {
		return nil, fmt.Errorf("a pattern of more than %d bytes is not converted", MaxPattern)
	}
	if to == t.Flavor {
		return &Result{Pattern: t.Pattern, Flags: t.Flags.String()}, nil
	}
	return best(t, to), nil
}

// best writes the pattern with each mode, and takes the best result.
func best(t *syntax.Tree, to *flavor.Flavor) *Result {
	s := survey(t, to)
	var chosen *Result
	least := 0
	for _, m := range s.modes() {
		r := newWriter(s, m).result()
		if cost := r.cost() + m.cost; chosen == nil || cost < least {
			chosen, least = r, cost
		}
		if least == 0 {
			break
		}
	}
	return chosen
}

// unrolledCost is what a set costs that nobody can read any more: more than setsOnly.
const unrolledCost = 300

// cost is the less the more of the pattern is kept, and the plainer.
func (r *Result) cost() int {
	return 1_000_000*r.count(syntax.SeverityError) + 1_000*r.count(syntax.SeverityWarning) + 10*r.count(syntax.SeverityHint) + unrolledCost*r.unrolled
}

// result writes the whole pattern.
func (w *writer) result() *Result {
	w.put(w.mode.prefix)
	w.whole()
	r := &Result{Pattern: string(w.b), Flags: w.flagLetters(), unrolled: w.unrolled}
	w.noteCases()
	w.verify(r)
	r.Changes = w.changes
	slices.SortStableFunc(r.Changes, func(a, b Change) int { return a.Span.Start - b.Span.Start })
	return r
}

// verify reads the result as the other flavor does: what that refuses is lost.
func (w *writer) verify(r *Result) {
	tree := syntax.Parse(r.Pattern, w.to, flavor.FlagsOf(r.Flags))
	whole := syntax.NewNode(syntax.KindEmpty, 0, 0, syntax.Span{Start: 0, End: len(w.from.Pattern)})
	for _, e := range tree.Errors {
		w.change(whole, syntax.SeverityError, "%s refuses the result: %s", w.to.Label, e.Message)
	}
	lost := slices.ContainsFunc(w.changes, func(c Change) bool { return c.Severity == syntax.SeverityError })
	if want := len(w.from.Groups) + w.added - w.dropped; !lost && len(tree.Groups) != want {
		w.change(whole, syntax.SeverityWarning, "the result has %d groups instead of %d", len(tree.Groups)-1, want-1)
	}
}
