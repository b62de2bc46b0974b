package differential

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/compare"
	"github.com/regexdbg/regexdbg/regex/convert"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A Source is a pattern of a flavor with what its engine finds in some texts.
type Source struct {
	Corpus string
	Search
	Found Found
	tree  *syntax.Tree
}

// A Conversion is a source written for another flavor.
type Conversion struct {
	*Source
	From, To string
	Result   *convert.Result
	// Refused is why the other engine does not take the result.
	Refused string
	// Differs are the texts in which the two engines find something else; nothing is known of those that one gave up.
	Differs []Differing
}

// Differing is a text with what is found in it.
type Differing struct {
	Text      string
	Want, Got Matches
}

func (d Differing) String() string { return fmt.Sprintf("%+q: %v, and not %v", d.Text, d.Got, d.Want) }

func (m Matches) String() string { return fmt.Sprint(m.Spans) }

// Kept says what a conversion says of itself: "exact", "warned" or "lost".
func (c *Conversion) Kept() string {
	switch lost := func(c convert.Change) bool { return c.Severity == syntax.SeverityError }; {
	case c.Result.Exact():
		return "exact"
	case slices.ContainsFunc(c.Result.Changes, lost):
		return "lost"
	}
	return "warned"
}

func (c *Conversion) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s to %s, %s: %+q %q becomes %+q %q", c.From, c.To, c.Kept(), c.Pattern, c.Flags, c.Result.Pattern, c.Result.Flags)
	if c.Refused != "" {
		fmt.Fprintf(&b, ", which is refused: %s", c.Refused)
	}
	if len(c.Differs) > 0 {
		fmt.Fprintf(&b, ", which finds in %s", c.Differs[0])
	}
	for _, change := range c.Result.Changes {
		fmt.Fprintf(&b, "\n\t%s: %s", change.Severity, change.Message)
	}
	return b.String()
}

// searchFlags are flags that change what patterns mean: each pattern gets some of those of its flavor.
var searchFlags = map[string][]string{
	"go":     {"", "", "i", "m", "s", "U", "im"},
	"dotnet": {"", "", "i", "m", "s", "x", "n", "im"},
	"pcre2":  {"u", "u", "u", "ui", "um", "us", "ux", "uU", "uD", "un", "", "i", "uim"},
	"js":     {"", "", "i", "m", "s", "u", "ui", "um", "us", "v", "vi", "uim"},
	"python": {"", "", "i", "m", "s", "x", "a", "ia", "im"},
	"perl":   {"", "", "i", "m", "s", "x", "a", "ia", "n", "im"},
	"java":   {"", "", "i", "iu", "m", "s", "x", "d", "U", "iU", "md", "im"},
	"ruby":   {"", "", "i", "m", "x", "im"},
}

// textsEach is how many texts a pattern is searched in.
const textsEach = 12

// Sources makes sources of patterns: those that the flavor's engine and our parser both take. Flags and texts are chosen
// by the pattern alone.
func Sources(ctx context.Context, o Oracle, patterns []Pattern) ([]*Source, error) {
	f, err := flavor.Lookup(o.Flavor())
	if err != nil {
		return nil, err
	}
	var sources []*Source
	var searches []Search
	for _, p := range patterns {
		if !utf8.ValidString(p.Text) || len(p.Text) > convert.MaxPattern {
			continue
		}
		random := rand.New(rand.NewPCG(hashOf(p.Text), 1))
		flags := searchFlags[f.Name][random.IntN(len(searchFlags[f.Name]))]
		tree := syntax.Parse(p.Text, f, flavor.FlagsOf(flags))
		if len(tree.Errors) > 0 {
			continue
		}
		s := &Source{Corpus: p.Corpus, Search: Search{Query{flags, p.Text}, compare.Texts(tree, textsEach, random)}, tree: tree}
		sources, searches = append(sources, s), append(searches, s.Search)
	}
	found, err := o.Search(ctx, searches)
	if err != nil {
		return nil, err
	}
	for i, s := range sources {
		s.Found = found[i]
	}
	return slices.DeleteFunc(sources, func(s *Source) bool { return s.Found.Refused != "" || s.Found.Unknown != "" }), nil
}

// Conversions converts sources for the flavor of an oracle, and compares what its engine finds.
func Conversions(ctx context.Context, to Oracle, sources []*Source) ([]*Conversion, error) {
	f, err := flavor.Lookup(to.Flavor())
	if err != nil {
		return nil, err
	}
	all := make([]*Conversion, len(sources))
	searches := make([]Search, len(sources))
	for i, s := range sources {
		r, err := convert.Convert(s.tree, f)
		if err != nil {
			return nil, fmt.Errorf("%q: %w", s.Pattern, err)
		}
		all[i] = &Conversion{Source: s, From: s.tree.Flavor.Name, To: f.Name, Result: r}
		searches[i] = Search{Query{r.Flags, r.Pattern}, s.Texts}
	}
	found, err := to.Search(ctx, searches)
	if err != nil {
		return nil, err
	}
	for i, c := range all {
		c.Refused = found[i].Refused
		if c.Refused == "" && found[i].Unknown == "" {
			c.compare(found[i], f)
		}
	}
	return all, nil
}

func (c *Conversion) compare(found Found, to *flavor.Flavor) {
	result := syntax.Parse(c.Result.Pattern, to, flavor.FlagsOf(c.Result.Flags))
	// Behind a match, engines differ in what they do about empty ones.
	onlyFirst := mayBeEmpty(c.tree) || mayBeEmpty(result)
	for i, got := range found.Texts {
		want := c.Found.Texts[i]
		if onlyFirst {
			got.Spans, want.Spans = got.Spans[:min(1, len(got.Spans))], want.Spans[:min(1, len(want.Spans))]
		}
		if !got.Unknown && !want.Unknown && !slices.EqualFunc(got.Spans, want.Spans, c.same) {
			c.Differs = append(c.Differs, Differing{c.Texts[i], want, got})
		}
	}
}

// same compares the spans of a match: those of the groups that the source has. Groups that only calls run are left out
// where there are no calls.
func (c *Conversion) same(got, want []int) bool {
	for len(got) < len(want) {
		got = append(got[:len(got):len(got)], -1)
	}
	return slices.Equal(got[:len(want)], want)
}

// mayBeEmpty reports whether a pattern may match nothing, or what begins elsewhere than it says.
func mayBeEmpty(t *syntax.Tree) bool {
	least, _ := t.Width(t.Root)
	t.Root.Walk(func(n *syntax.Node) bool {
		if n.Kind == syntax.KindKeep || n.Kind == syntax.KindVerb {
			least = 0
		}
		return least > 0
	})
	return least == 0
}

// Sample takes so many patterns of each corpus at most, from all over it.
func Sample(patterns []Pattern, most int) []Pattern {
	sizes, seen := map[string]int{}, map[string]int{}
	for _, p := range patterns {
		sizes[p.Corpus]++
	}
	return slices.DeleteFunc(slices.Clone(patterns), func(p Pattern) bool {
		n, size := seen[p.Corpus], sizes[p.Corpus]
		seen[p.Corpus]++
		return size > most && n*most/size == (n+1)*most/size
	})
}
