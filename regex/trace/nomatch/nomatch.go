// Package nomatch says why a pattern matches nothing: how far it got, what it expected there, and which small changes
// of the pattern would let it match.
package nomatch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/explain"
	"github.com/regexdbg/regexdbg/regex/syntax"
	"github.com/regexdbg/regexdbg/regex/trace"
)

// A Report is why a pattern matched nothing. It is plain data.
type Report struct {
	// Attempt is the offset of the attempt that got furthest from where it began, the first of several, and Furthest how
	// far it got, in bytes of the text. What a negative lookaround looks at does not count: what is in it must not match.
	Attempt, Furthest int
	// Expected are the parts of the pattern that failed there, in the order of the pattern.
	Expected []Expected
	// Found is what stood there, in words: a character in quotes or by its name, or "the end of the text".
	Found string
	// Fixes are changes of one part each with which the pattern matches, the smallest first, [MaxFixes] at most. Each has
	// been tried on the machine.
	Fixes []Fix
	// Complete says that all changes were tried that there are; otherwise the time was over, or there are too many.
	Complete bool
}

// An Expected is a part of the pattern that failed.
type Expected struct {
	Span  syntax.Span
	Words string // such as "`\d` (a digit)"
}

// A Fix is a change of the pattern with which it matches.
type Fix struct {
	// Span is the part that is changed, and Replacement what comes in its place. With Flag, the pattern stays as it is and
	// gets this flag.
	Span        syntax.Span
	Replacement string
	Flag        byte
	// Pattern is the whole pattern afterwards.
	Pattern string
	// Says is the change in words, such as "make `;` optional".
	Says string
	// Match is what it matches then.
	Match [2]int
}

const (
	// MaxFixes is how many fixes are given: more is no help.
	MaxFixes = 3
	// maxChanges is how many changes are tried at most.
	maxChanges = 2000
	// maxTime is for how long.
	maxTime = time.Second
	// attemptSteps bound a try at the place that got furthest, and textSteps one in the whole text: 5 and 50 ms.
	attemptSteps = 100_000
	textSteps    = 1_000_000
	// maxEvents is how many steps of the attempt are looked at for what failed: some 0.2 s.
	maxEvents = 1_000_000
	// maxExpected is how many parts are named that failed.
	maxExpected = 8
)

// Explain says why a trace that has ended without a match found none. The tree is that of its pattern. It takes two
// seconds at most. The error is the cause of ctx, or that the trace has a match or has not ended.
func Explain(ctx context.Context, tree *syntax.Tree, text []byte, run trace.Trace) (*Report, error) {
	counters := run.Counters()
	if counters.Matches > 0 || counters.Closest == nil {
		return nil, errors.New("nothing is to be explained: no attempt has failed, or something matches")
	}
	x := &explanation{tree: tree, text: text, run: run, attempt: *counters.Closest, words: explain.NewWording(tree)}
	failed, err := x.failed(ctx)
	if err != nil {
		return nil, err
	}
	x.report = &Report{Attempt: x.attempt.Offset, Furthest: x.attempt.Furthest, Found: found(text, x.attempt.Furthest)}
	for _, node := range failed {
		x.report.Expected = append(x.report.Expected, Expected{node.Span, x.describe(node)})
	}
	if err := x.fix(ctx, failed); err != nil {
		return nil, err
	}
	return x.report, nil
}

// An explanation is one under way.
type explanation struct {
	tree    *syntax.Tree
	text    []byte
	run     trace.Trace
	attempt trace.Attempt
	words   *explain.Wording
	report  *Report
}

// found is what stands at an offset.
func found(text []byte, at int) string {
	if at >= len(text) {
		return "the end of the text"
	}
	_, size := utf8.DecodeRune(text[at:])
	return explain.Quote(string(text[at : at+size]))
}

// describe names a part of the pattern.
func (x *explanation) describe(token trace.Token) string {
	source := x.at(token.Span).String()
	if token.Node.Kind == syntax.KindLiteral && token.Node.Op <= syntax.OpIdentity {
		return source
	}
	if words := x.words.Of(token.Node); words != "" {
		return source + " (" + words + ")"
	}
	return source
}

// failed returns the tokens that failed at the furthest place of the attempt, which it sets to the furthest outside of
// negative lookarounds. What fails in one of those is none: there it has to.
func (x *explanation) failed(ctx context.Context) ([]trace.Token, error) {
	negative := map[*syntax.Node]bool{}
	x.tree.Root.Walk(func(n *syntax.Node) bool {
		if n.IsLook() && n.Negated {
			n.Body().Walk(func(n *syntax.Node) bool { negative[n] = true; return true })
		}
		return true
	})
	tokens := x.run.Tokens()
	seen := map[int]bool{}
	at, reached := -1, x.attempt.Offset // where those in seen failed, and how far it got
	left := x.attempt.Steps
	err := x.run.Window(ctx, x.attempt.First, maxEvents, func(e *trace.Event) bool {
		if e.Attempt != x.attempt.Offset {
			return true // of another thread
		}
		if left--; !negative[tokens[e.Token].Node] {
			from := e.From
			if n := tokens[e.Token].Node; n != nil && n.IsLook() && n.Negated {
				from = e.Pos // and not where its body ended
			}
			reached = max(reached, from, e.Pos)
			if e.Kind == trace.KindFailed && e.Token > 0 && from >= at {
				if from > at {
					clear(seen)
					at = from
				}
				if len(seen) < maxExpected {
					seen[e.Token] = true
				}
			}
		}
		return left > 0
	})
	if err != nil {
		return nil, err
	}
	if x.attempt.Furthest = min(x.attempt.Furthest, reached); at != x.attempt.Furthest {
		clear(seen)
	}
	if len(seen) == 0 && x.attempt.Failed > 0 {
		seen[x.attempt.Failed] = true
	}
	var failed []trace.Token
	for token := range seen {
		failed = append(failed, tokens[token])
	}
	slices.SortFunc(failed, func(a, b trace.Token) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	return slices.CompactFunc(failed, func(a, b trace.Token) bool { return a.Span == b.Span }), nil
}

// fix tries changes: first at the attempt that got furthest, then in the whole text.
func (x *explanation) fix(ctx context.Context, failed []trace.Token) error {
	changes := x.changes(failed)
	x.report.Complete = len(changes) <= maxChanges
	changes = changes[:min(len(changes), maxChanges)]
	limited, cancel := context.WithTimeoutCause(ctx, maxTime, errSpent)
	defer cancel()
	var fixes []fix
	for _, everywhere := range []bool{false, true} {
		if everywhere && len(fixes) >= MaxFixes {
			break
		}
		for _, c := range changes {
			match, ok, err := x.try(limited, c, everywhere)
			if errors.Is(err, errSpent) {
				x.report.Complete = false
				break
			}
			if err != nil {
				return err
			}
			if ok {
				fixes = append(fixes, fix{c, match, everywhere})
			}
		}
	}
	slices.SortStableFunc(fixes, func(a, b fix) int {
		return cmp.Or(compareBool(a.elsewhere, b.elsewhere), cmp.Compare(a.cost, b.cost))
	})
	seen := map[string]bool{}
	for _, f := range fixes {
		pattern := f.of(x.tree.Pattern)
		key := pattern + string(rune(f.flag))
		if seen[key] || len(x.report.Fixes) == MaxFixes {
			continue
		}
		seen[key] = true
		x.report.Fixes = append(x.report.Fixes, Fix{f.span, f.replacement, f.flag, pattern, f.says(), f.match})
	}
	return nil
}

// A fix is a change that works.
type fix struct {
	change
	match     [2]int
	elsewhere bool // it matches elsewhere than where the attempt was
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

var errSpent = errors.New("the time is over")

// try runs a changed pattern. It has to match at least what the attempt had matched, and not nothing: each pattern that
// can be empty matches.
func (x *explanation) try(ctx context.Context, c change, everywhere bool) ([2]int, bool, error) {
	if err := context.Cause(ctx); err != nil {
		return [2]int{}, false, err
	}
	flags := x.tree.Flags
	if c.flag != 0 {
		flags = flags.With(c.flag)
	}
	tree := syntax.Parse(c.of(x.tree.Pattern), x.tree.Flavor, flags)
	if len(tree.Errors) > 0 {
		return [2]int{}, false, nil
	}
	limits := trace.Limits{Start: x.attempt.Offset, Attempts: 1, Steps: attemptSteps, Matches: 1}
	if everywhere {
		limits = trace.Limits{Steps: textSteps, Matches: 1}
	}
	run, err := trace.New(tree, x.text, limits)
	if err != nil {
		return [2]int{}, false, nil // the machine does not have it: nobody can know
	}
	if _, err := run.Advance(ctx, -1); err != nil {
		return [2]int{}, false, err
	}
	matches := run.Matches()
	if len(matches) == 0 {
		return [2]int{}, false, nil
	}
	start, end := matches[0][0], matches[0][1]
	if start >= end || end-start < x.attempt.Furthest-x.attempt.Offset {
		return [2]int{}, false, nil
	}
	return [2]int{start, end}, true, nil
}

// String says it in some sentences, each on a line.
func (r *Report) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "The attempt at offset %d got furthest: to offset %d, where there is %s.\n", r.Attempt, r.Furthest, r.Found)
	if len(r.Expected) > 0 {
		words := make([]string, len(r.Expected))
		for i, e := range r.Expected {
			words[i] = e.Words
		}
		fmt.Fprintf(&b, "Expected there: %s.\n", strings.Join(words, ", or "))
	}
	for i, f := range r.Fixes {
		if i == 0 {
			b.WriteString("It would match, if you\n")
		}
		fmt.Fprintf(&b, "  - %s: it matches %d–%d\n", f.Says, f.Match[0], f.Match[1])
	}
	if len(r.Fixes) == 0 && r.Complete {
		b.WriteString("No small change that was tried lets it match.\n")
	} else if len(r.Fixes) == 0 {
		b.WriteString("No small change that was tried lets it match; there are more.\n")
	}
	return b.String()
}
