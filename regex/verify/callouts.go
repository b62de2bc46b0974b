package verify

import (
	"context"
	"errors"
	"fmt"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
	"github.com/regexdbg/regexdbg/regex/trace"
)

// A Try is that a part of the pattern is tried at a place of the text: offsets in bytes.
type Try struct {
	Pattern, Text int
}

// A StepReport is what came of comparing the steps of our machine with those of PCRE2.
type StepReport struct {
	// Compared is how many tries are the same, from the first one on.
	Compared int
	// Same says that all are, up to the first match or to the limit, if Cut says that this ended it.
	Same, Cut bool
	// Theirs and Ours are the first tries that differ, nil for the one that has no more.
	Theirs, Ours *Try
}

// Callouts compares the tries of our machine with PCRE2's own callouts, from the start of the text to the first match, at
// most so many, both with some of PCRE2's optimisations. The error is that one of both does not take the pattern, that PCRE2
// reached a limit of its own, or the cause of ctx.
//
// PCRE2 has a callout before each item of a pattern, and none when it backtracks into one. So these are compared:
//
//   - A try is an item that asks for a character, a place or the text of a group. Parentheses, bars, the pattern's end,
//     callouts and verbs are left out: they are tried by no text.
//   - Of a repeat of one such item, the first try each time that the match comes to it: PCRE2 runs through the others,
//     and gives characters back, without a callout.
//   - Such a repeat is left out when it is lazy and may have no round, as PCRE2 has a callout before it knows whether
//     there is one; so is one that never has a round, before which PCRE2 has one too; and so is a repeat of a place,
//     which PCRE2 tries once.
//   - Of \R and \X, which are several steps, the first one.
//   - Without the flag u, the bytes of a character in the pattern are at its first one.
//   - What is behind a callout of the pattern is left out, as PCRE2 has no other one there.
//   - What PCRE2 knows to be anchored is tried at one start.
func Callouts(ctx context.Context, tree *syntax.Tree, letters string, with engine.Optimizations, text *engine.Text, limit int) (*StepReport, error) {
	optimized, err := Optimized(tree, letters, with)
	if err != nil {
		return nil, err
	}
	run, err := trace.NewOptimized(tree, text.Bytes(), trace.Limits{}, optimized)
	if err != nil {
		return nil, err
	}
	items := newItems(tree, run.Tokens())
	var theirs []Try
	anchored, err := engine.Callouts(ctx, []byte(tree.Pattern), letters, with, text, func(c engine.Callout) bool {
		if at, ok := items.place[c.Pattern]; ok {
			theirs = append(theirs, Try{at, c.Text})
		}
		return len(theirs) < limit
	})
	if err != nil {
		return nil, err
	}
	limits := trace.Limits{Matches: 1}
	if anchored {
		limits.Attempts = 1
	}
	if run, err = trace.NewOptimized(tree, text.Bytes(), limits, optimized); err != nil {
		return nil, err
	}
	r := &StepReport{Same: true}
	return r, r.compare(ctx, items, run, theirs, limit)
}

// stepSlice is how many steps are run and compared at a time: most runs end in the first.
const stepSlice = 1 << 14

// compare runs the machine until a try differs, or there are no more.
func (r *StepReport) compare(ctx context.Context, items *items, run trace.Trace, theirs []Try, limit int) error {
	tries := tries{items: items, before: [2]trace.Event{{Token: -1}, {Token: -1}}}
	for from := int64(0); r.Same; from = run.Steps() {
		outcome, err := run.Advance(ctx, stepSlice)
		if err != nil {
			return err
		}
		err = run.Window(ctx, from, int(run.Steps()-from), func(e *trace.Event) bool {
			ours, ok := tries.of(e)
			switch {
			case !ok:
			case r.Compared == limit:
				r.Cut = true
				return false
			case r.Compared == len(theirs):
				r.Same, r.Ours = false, &ours
			case theirs[r.Compared] != ours:
				r.Same, r.Ours, r.Theirs = false, &ours, &theirs[r.Compared]
			default:
				r.Compared++
			}
			return r.Same
		})
		switch {
		case err != nil:
			return err
		case r.Cut:
			return nil
		case outcome == trace.OutOfSteps || outcome == trace.OutOfMemory:
			return errors.New("the machine reached a limit")
		case outcome != trace.Running:
			if r.Same && r.Compared < len(theirs) {
				r.Same, r.Theirs = false, &theirs[r.Compared]
			}
			return nil
		}
	}
	return nil
}

// String says it in some words.
func (r *StepReport) String() string {
	switch {
	case r.Cut:
		return fmt.Sprintf("the first %d tries are those of PCRE2's own callouts", r.Compared)
	case r.Same:
		return fmt.Sprintf("all %d tries up to the first match are those of PCRE2's own callouts", r.Compared)
	}
	return fmt.Sprintf("after %d tries, PCRE2's own callouts are others: theirs %s, ours %s", r.Compared, r.Theirs, r.Ours)
}

func (t *Try) String() string {
	if t == nil {
		return "none"
	}
	return fmt.Sprintf("%d at offset %d", t.Pattern, t.Text)
}

// items are the parts of a pattern whose tries are compared.
type items struct {
	// place are, for each offset of the pattern at which PCRE2 may have a callout for one, where we have its token.
	place map[int]int
	// repeats are the repeats of items, by the item's node; and tokens those of the trace.
	repeats map[*syntax.Node]*syntax.Node
	tokens  []trace.Token
}

func newItems(tree *syntax.Tree, tokens []trace.Token) *items {
	x := &items{place: map[int]int{}, repeats: map[*syntax.Node]*syntax.Node{}, tokens: tokens}
	tree.Root.Walk(func(n *syntax.Node) bool {
		if n.Kind == syntax.KindRepetition && isItem(n.Sub[0]) {
			x.repeats[n.Sub[0]] = n
		}
		return true
	})
	x.placeTokens(tree)
	tree.Root.Walk(func(n *syntax.Node) bool {
		for i := 1; i < len(n.Sub); i++ {
			if n.Kind == syntax.KindConcat && n.Sub[i-1].Kind == syntax.KindCallout {
				delete(x.place, n.Sub[i].Span.Start)
			}
		}
		return true
	})
	return x
}

// placeTokens notes where the items are.
func (x *items) placeTokens(tree *syntax.Tree) {
	bytes := syntax.Universe(tree.Flavor, tree.Root.Flags|tree.Flags).Last == 0xFF
	for _, token := range x.tokens {
		repeat := x.repeats[token.Node]
		switch {
		case !isItem(token.Node):
		case repeat != nil && (repeat.Greed == syntax.Lazy && repeat.Min == 0 || repeat.Max == 0 || token.Node.Kind == syntax.KindAssertion):
		case bytes && token.Node.Kind == syntax.KindLiteral && token.Node.Op == syntax.OpVerbatim:
			for at := token.Span.Start; at < token.Span.End; at++ {
				x.place[at] = token.Span.Start
			}
		default:
			x.place[token.Span.Start] = token.Span.Start
		}
	}
}

// isItem reports whether a node asks the text.
func isItem(n *syntax.Node) bool {
	switch n.Kind {
	case syntax.KindLiteral, syntax.KindDot, syntax.KindClassEscape, syntax.KindProperty, syntax.KindPosix, syntax.KindClass,
		syntax.KindAssertion, syntax.KindKeep, syntax.KindBackreference:
		return true
	}
	return false
}

// tries are those of a trace, one event after the other.
type tries struct {
	items  *items
	before [2]trace.Event // the last two, the latest first
}

// of is the try that an event is, if it is one that is compared.
func (t *tries) of(e *trace.Event) (Try, bool) {
	last, second := t.before[0], t.before[1]
	t.before[1], t.before[0] = last, *e
	t.before[0].Groups = nil // which the next event overwrites
	if e.Kind != trace.KindMatched && e.Kind != trace.KindFailed {
		return Try{}, false
	}
	node := t.items.tokens[e.Token].Node
	at, ok := t.items.place[e.Span.Start]
	if !ok || !isItem(node) {
		return Try{}, false
	}
	repeat := t.items.repeats[node]
	several := node.Kind == syntax.KindClassEscape && (node.Rune == 'R' || node.Rune == 'X')
	again := repeat != nil && last.Token >= 0 && t.items.tokens[last.Token].Node == repeat &&
		(last.Kind == trace.KindBacktrack || last.Kind == trace.KindRound && second.Token == e.Token)
	if (repeat != nil || several) && last.Token == e.Token || again {
		return Try{}, false
	}
	return Try{at, e.From}, true
}

// HasCallouts reports whether the steps in a flavor can be compared with an engine's.
func HasCallouts(f *flavor.Flavor) bool { return f.Set == flavor.InPCRE2 }
