package compare

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A Search looks for a text on which sides find something else. It tries texts
// that are made from the pattern as each side reads it: borders of classes,
// characters that one side's class has and another's has not, line ends, letters
// in other case, empty rounds of repeats, parts left out; and pieces of the user's
// text with something changed.
type Search struct {
	Sides   []Side
	Pattern string
	// Text is the user's, or nil.
	Text []byte
	// Seed makes the same texts each time.
	Seed uint64
	// Candidates is how many texts are tried; 0 means DefaultCandidates.
	Candidates int
	// Time bounds the search; 0 means DefaultSearchTime. What is found by then is
	// still made smaller and blamed, which takes a few seconds at most.
	Time time.Duration
	// Progress, when not nil, is called now and then with the texts tried.
	Progress func(tried, of int)
}

const (
	// DefaultCandidates are tried in a few seconds on a dozen engines, of which
	// those in processes of their own take about 0.2 ms for each. Of the differences
	// that the tests know, all are found in the first few hundred.
	DefaultCandidates = 3000
	// DefaultSearchTime is as long as people wait for something that shows how far
	// it is.
	DefaultSearchTime = 20 * time.Second
	// candidateTime bounds one search of one side in a short text: what takes so
	// long there backtracks, and the text is left out.
	candidateTime = 500 * time.Millisecond
	// shrinkTime bounds making a text smaller.
	shrinkTime = 3 * time.Second
	// maxPiece is how long a piece of the user's text is, in bytes.
	maxPiece = 200
)

// A Disagreement is a text on which sides differ.
type Disagreement struct {
	Text []byte
	// Smallest says that A and B agree on all shorter texts, of characters that stand for all that the pattern tells
	// apart. Otherwise there were too many of those, or the time was over, and what is known is that no character of
	// Text can be left out, if there was time for that.
	Smallest bool
	// Reports are what all sides find in it; A and B are two that differ.
	Reports    []*Report
	A, B       int
	Difference *Difference
}

// ErrTooFew says that fewer than two sides take the pattern: there is nothing to
// compare.
var ErrTooFew = errors.New("fewer than two engines take the pattern")

// Run searches until it has found a disagreement, or tried everything: then it
// returns nil. tried is the number of texts. The error is ErrTooFew, or the cause
// of ctx when that ended the search.
func (s *Search) Run(ctx context.Context) (found *Disagreement, tried int, err error) {
	x := &seeker{Search: s, random: rand.New(rand.NewPCG(s.Seed, 0))}
	if err := x.prepare(ctx); err != nil {
		return nil, 0, err
	}
	of := s.Candidates
	if of == 0 {
		of = DefaultCandidates
	}
	deadline := time.Now().Add(DefaultSearchTime)
	if s.Time > 0 {
		deadline = time.Now().Add(s.Time)
	}
	for ; tried < of && time.Now().Before(deadline); tried++ {
		if err := context.Cause(ctx); err != nil {
			return nil, tried, err
		}
		if s.Progress != nil && tried%20 == 0 {
			s.Progress(tried, of)
		}
		text := x.candidate(tried)
		if a, b, differ := x.differ(ctx, text); differ {
			found, err := x.finish(ctx, text, a, b)
			return found, tried + 1, err
		}
	}
	return nil, tried, context.Cause(ctx)
}

// A seeker is a search under way.
type seeker struct {
	*Search
	random   *rand.Rand
	programs []*prepared // of the sides that take the pattern
	trees    []*syntax.Tree
	prefer   map[syntax.Span][]rune
}

// prepared is a side with its program.
type prepared struct {
	side    int
	program engine.Program
	order   []int
}

func (x *seeker) prepare(ctx context.Context) error {
	for i, side := range x.Sides {
		if err := context.Cause(ctx); err != nil {
			return err
		}
		program, err := side.Engine.Compile([]byte(x.Pattern), side.Flags)
		if err != nil {
			continue
		}
		x.programs = append(x.programs, &prepared{i, program, byNumber(program.Groups())})
		tree := syntax.Parse(x.Pattern, side.Flavor, flavor.FlagsOf(side.Flags))
		known := slices.ContainsFunc(x.trees, func(t *syntax.Tree) bool { return t.Flavor == tree.Flavor && t.Flags == tree.Flags })
		if len(tree.Errors) == 0 && !known {
			x.trees = append(x.trees, tree)
		}
	}
	if len(x.programs) < 2 {
		return ErrTooFew
	}
	x.prefer = preferred(x.trees)
	return nil
}

// preferred are characters that the sets of one tree have and those of another
// have not, by the places of these: the ends of the first ranges in which they
// differ.
func preferred(trees []*syntax.Tree) map[syntax.Span][]rune {
	const most = 8
	prefer := map[syntax.Span][]rune{}
	for i, a := range trees {
		for _, b := range trees[i+1:] {
			for _, p := range pairs(a, b) {
				if !p.same() {
					continue
				}
				setA, okA := a.CharSet(p.a[0])
				setB, okB := b.CharSet(p.b[0])
				if !okA || !okB {
					continue
				}
				for _, r := range setA.Minus(setB).Union(setB.Minus(setA)) {
					for _, c := range []rune{r.First, r.Last} {
						if settled(c) && utf8.ValidRune(c) && len(prefer[p.span]) < most && !slices.Contains(prefer[p.span], c) {
							prefer[p.span] = append(prefer[p.span], c)
						}
					}
				}
			}
		}
	}
	return prefer
}

// candidate is the text of a number.
func (x *seeker) candidate(number int) []byte {
	if len(x.trees) == 0 || len(x.Text) > 0 && number%4 == 3 {
		return x.mutated()
	}
	tree := x.trees[x.random.IntN(len(x.trees))]
	return []byte(textFor(tree, x.random, number%2 == 0, x.prefer))
}

// mutated is a piece of the user's text with one to three changes.
func (x *seeker) mutated() []byte {
	text := []byte{}
	if size := len(x.Text); size > 0 {
		start := x.random.IntN(size)
		for start > 0 && !utf8.RuneStart(x.Text[start]) {
			start--
		}
		piece := x.Text[start:min(size, start+1+x.random.IntN(maxPiece))]
		text = []byte(string([]rune(string(piece)))) // without halves of characters
	}
	runes := []rune(string(text))
	for range 1 + x.random.IntN(3) {
		at := x.random.IntN(len(runes) + 1)
		switch c := telling[x.random.IntN(len(telling))]; {
		case len(runes) == at || x.random.IntN(3) == 0:
			runes = slices.Insert(runes, at, c)
		case x.random.IntN(2) == 0:
			runes[at] = c
		default:
			runes = slices.Delete(runes, at, at+1)
		}
	}
	return []byte(string(runes))
}

// differ runs all sides on a text, and returns the first two that differ. Sides
// that are stopped there or fail are left out.
func (x *seeker) differ(ctx context.Context, text []byte) (a, b *prepared, differ bool) {
	t := engine.NewText(text)
	var first []uint64
	for _, p := range x.programs {
		found, ok := p.find(ctx, t)
		switch {
		case !ok:
		case a == nil:
			a, first = p, found
		case !slices.Equal(found, first):
			return a, p, true
		}
	}
	return nil, nil, false
}

// find returns the hashes of all matches.
func (p *prepared) find(ctx context.Context, text *engine.Text) (found []uint64, ok bool) {
	result := p.program.Search(ctx, text, engine.Cursor{}, engine.Budget{Timeout: candidateTime}, func(groups []int) bool {
		found = append(found, hash(groups, p.order))
		return true
	})
	return found, result.Outcome == engine.Match || result.Outcome == engine.NoMatch
}

// finish makes a text smaller and says what all sides find in it.
func (x *seeker) finish(ctx context.Context, text []byte, a, b *prepared) (*Disagreement, error) {
	answered := true
	keeps := func(smaller []byte) bool {
		t := engine.NewText(smaller)
		foundA, okA := a.find(ctx, t)
		foundB, okB := b.find(ctx, t)
		answered = answered && okA && okB
		return okA && okB && !slices.Equal(foundA, foundB)
	}
	text = shrink(text, time.Now().Add(shrinkTime), keeps)
	answered = true // by both, on each shorter text
	text, smallest := shorter(text, alphabet(x.treesOf(a, b), text, x.prefer), time.Now().Add(shorterTime), keeps)
	found := &Disagreement{Text: text, Smallest: smallest && answered, A: a.side, B: b.side}
	t := engine.NewText(text)
	limits := Limits{Timeout: candidateTime}
	for _, side := range x.Sides {
		found.Reports = append(found.Reports, Run(ctx, side, x.Pattern, t, limits))
	}
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	var err error
	if agreement, _ := Agree(found.Reports[a.side], found.Reports[b.side]); agreement == Differs {
		found.Difference, err = Differ(ctx, found.Reports[a.side], found.Reports[b.side], x.Pattern, t, limits)
	}
	return found, err
}

// shrink makes a text smaller as long as it keeps what is asked of it: leaves out
// halves, quarters and so on, down to single characters, until none can be left
// out any more (delta debugging, Zeller 1999, in its simple form).
func shrink(text []byte, deadline time.Time, keeps func([]byte) bool) []byte {
	runes := []rune(string(text))
	for size := max(1, len(runes)/2); size > 0; {
		smaller := false
		for at := 0; at < len(runes); {
			if time.Now().After(deadline) {
				return []byte(string(runes))
			}
			without := slices.Delete(slices.Clone(runes), at, min(at+size, len(runes)))
			if keeps([]byte(string(without))) {
				runes, smaller = without, true
			} else {
				at += size
			}
		}
		if !smaller || size > 1 {
			size /= 2
		}
	}
	return []byte(string(runes))
}
