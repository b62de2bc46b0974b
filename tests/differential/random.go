package differential

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// corpusRandom is the corpus of Random.
const corpusRandom = "random"

// Random makes patterns for the machine: not tricky to read, as those of Generate, but to match, of what the flavor has. The
// same seed makes the same patterns.
func Random(f *flavor.Flavor, seed uint64, count int) []Pattern {
	random := rand.New(rand.NewPCG(seed, uint64(f.Set)))
	patterns := make([]Pattern, count)
	for i := range patterns {
		w := patternWriter{Rand: random, flavor: f, groups: 1 + random.IntN(3)}
		w.alternation(3)
		patterns[i] = Pattern{corpusRandom, w.String()}
	}
	return patterns
}

type patternWriter struct {
	*rand.Rand
	strings.Builder
	flavor *flavor.Flavor
	// groups is how many groups there may be references to, be they there or not.
	groups int
}

// pieces are what a pattern is made of besides groups, with the flavors that have it.
var pieces = []struct {
	text string
	in   flavor.Set
}{
	{"a", ^flavor.Set(0)}, {"b", ^flavor.Set(0)}, {"a", ^flavor.Set(0)}, {"ab", ^flavor.Set(0)}, {".", ^flavor.Set(0)}, {`[ab]`, ^flavor.Set(0)},
	{`[^a]`, ^flavor.Set(0)}, {`\w`, ^flavor.Set(0)}, {"^", ^flavor.Set(0)}, {"$", ^flavor.Set(0)}, {`\b`, ^flavor.Set(0)}, {`\B`, ^flavor.Set(0)},
	{"é", ^flavor.Set(0)}, {`\n`, ^flavor.Set(0)}, {"😀", ^flavor.Set(0)},
	{`\R`, flavor.InPCRE2 | flavor.InPerl | flavor.InJava | flavor.InRuby}, {`\X`, flavor.InPCRE2 | flavor.InPerl | flavor.InRuby},
	{`\Z`, ^(flavor.InJS | flavor.InGo)}, {`\z`, ^(flavor.InJS | flavor.InPython)}, {`\G`, ^(flavor.InJS | flavor.InPython | flavor.InGo | flavor.InPerl)},
	{`(*ACCEPT)`, flavor.InPCRE2}, {`(*COMMIT)`, flavor.InPCRE2}, {`(*PRUNE)`, flavor.InPCRE2}, {`(*SKIP)`, flavor.InPCRE2},
	{`(*THEN)`, flavor.InPCRE2}, {`(?1)?`, flavor.InPCRE2 | flavor.InPerl},
}

// openers are what groups begin with.
var openers = []struct {
	text string
	in   flavor.Set
}{
	{"(", ^flavor.Set(0)}, {"(", ^flavor.Set(0)}, {"(?:", ^flavor.Set(0)}, {"(?=", ^flavor.Set(0)}, {"(?!", ^flavor.Set(0)},
	{"(?<=", flavor.InJS | flavor.InDotNet}, {"(?<!", flavor.InJS | flavor.InDotNet},
	{"(?>", ^flavor.InJS}, {"(?(1)", flavor.InPCRE2 | flavor.InPerl | flavor.InDotNet | flavor.InRuby}, {"(?i:", ^flavor.InJS}, {"(?|", flavor.InPCRE2 | flavor.InPerl},
}

func (w *patternWriter) alternation(depth int) {
	for i := range 1 + w.IntN(3)*w.IntN(2) {
		if i > 0 {
			w.WriteByte('|')
		}
		for range w.IntN(4) {
			w.item(depth)
		}
	}
}

func (w *patternWriter) item(depth int) {
	switch kind := w.IntN(10); {
	case kind < 4 && depth > 0:
		w.group(depth)
	case kind == 4:
		fmt.Fprintf(w, `(?:\%d)`, 1+w.IntN(w.groups))
	case kind == 5 && w.flavor.Set&(flavor.InJS|flavor.InDotNet) == 0:
		w.WriteString([]string{"(?<=a)", "(?<!ab)", "(?<=[ab]b)", "(?<!^)"}[w.IntN(4)])
		return
	default:
		for {
			if p := pieces[w.IntN(len(pieces))]; p.in&w.flavor.Set != 0 {
				w.WriteString(p.text)
				break
			}
		}
	}
	w.quantifier()
}

func (w *patternWriter) group(depth int) {
	for {
		if p := openers[w.IntN(len(openers))]; p.in&w.flavor.Set != 0 {
			w.WriteString(p.text)
			break
		}
	}
	w.alternation(depth - 1)
	w.WriteByte(')')
}

func (w *patternWriter) quantifier() {
	all := []string{"", "", "", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,3}?", "{2,}"}
	if w.flavor.Set&(flavor.InJS|flavor.InDotNet) == 0 {
		all = append(all, "*+", "++", "?+")
	}
	w.WriteString(all[w.IntN(len(all))])
}

// maxShrinks bounds the rounds in which a difference is made smaller: each takes a fraction of a second.
const maxShrinks = 100

// Shrink makes a source for which the machine finds something else smaller, as long as it still does: with one part of the
// pattern or one character of the text less.
func Shrink(ctx context.Context, o Oracle, s *Stepped) (*Stepped, error) {
	for range maxShrinks {
		var searches []Search
		for _, pattern := range smaller(s.tree) {
			searches = append(searches, Search{Query{s.Flags, pattern}, []string{s.Differs[0].Text, "x"}}) // one empty text alone cannot be asked about
		}
		text := []rune(s.Differs[0].Text)
		for i := range text {
			searches = append(searches, Search{s.Query, []string{string(slices.Concat(text[:i], text[i+1:])), "x"}})
		}
		next, err := firstDiffering(ctx, o, searches)
		if err != nil || next == nil {
			return s, err
		}
		s = next
	}
	return s, nil
}

// smaller is a pattern without each of its parts, and with the body of each group instead of the group.
func smaller(t *syntax.Tree) []string {
	var all []string
	t.Root.Walk(func(n *syntax.Node) bool {
		if n != t.Root {
			all = append(all, t.Pattern[:n.Span.Start]+t.Pattern[n.Span.End:])
		}
		if n.Kind == syntax.KindGroup || n.Kind == syntax.KindRepetition {
			all = append(all, t.Pattern[:n.Span.Start]+t.Source(n.Sub[0])+t.Pattern[n.Span.End:])
		}
		return true
	})
	return all
}

// firstDiffering returns the first of some searches for which the machine and an engine find something else, or nil.
func firstDiffering(ctx context.Context, o Oracle, searches []Search) (*Stepped, error) {
	f, err := flavor.Lookup(o.Flavor())
	if err != nil {
		return nil, err
	}
	var good []*Source
	for _, s := range searches {
		if tree := syntax.Parse(s.Pattern, f, flavor.FlagsOf(s.Flags)); len(tree.Errors) == 0 {
			good = append(good, &Source{Corpus: corpusRandom, Search: s, tree: tree})
		}
	}
	searches = searches[:0:0]
	for _, s := range good {
		searches = append(searches, s.Search)
	}
	found, err := o.Search(ctx, searches)
	if err != nil {
		return nil, err
	}
	for i, source := range good {
		source.Found = found[i]
		if found[i].Refused != "" || found[i].Unknown != "" {
			continue
		}
		if s, err := Step(ctx, source); err != nil || len(s.Differs) > 0 {
			return s, err
		}
	}
	return nil, nil
}
