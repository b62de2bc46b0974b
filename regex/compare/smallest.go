package compare

import (
	"slices"
	"time"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

const (
	// mostShorter is how many texts are tried for one that is shorter than what is left when no character can be left
	// out: a second on two engines in processes of their own.
	mostShorter = 4000
	// shorterTime bounds trying them.
	shorterTime = 2 * time.Second
)

// shorter looks for a shorter text that keeps what is asked, in all texts of an alphabet, the shortest first. It returns
// the text itself where there is none. all says that it has tried all that are shorter than what it returns.
func shorter(text []byte, alphabet []rune, deadline time.Time, keeps func([]byte) bool) (shortest []byte, all bool) {
	left := mostShorter
	for length := range len([]rune(string(text))) {
		places := make([]int, length) // of the characters in the alphabet
		for {
			if left--; left < 0 || time.Now().After(deadline) {
				return text, false
			}
			try := make([]rune, length)
			for i, place := range places {
				try[i] = alphabet[place]
			}
			if keeps([]byte(string(try))) {
				return []byte(string(try)), true
			}
			at := length - 1
			for ; at >= 0; at-- {
				if places[at]++; places[at] < len(alphabet) {
					break
				}
				places[at] = 0
			}
			if at < 0 {
				break // all of this length
			}
		}
	}
	return text, true
}

// alphabet returns characters of which each stands for all that no part of the pattern tells from it, as both trees read
// it: those that are in the same of its sets, words and line ends, and as long. Those of the text come first, all of
// them. Without trees, it is the text's.
func alphabet(trees []*syntax.Tree, text []byte, prefer map[syntax.Span][]rune) []rune {
	sets := []syntax.CharSet{{{First: 0, Last: 0x7F}}, {{First: 0, Last: 0x7FF}}, {{First: 0, Last: 0xFFFF}}, {{First: '\n', Last: '\n'}}}
	for _, t := range trees {
		t.Root.Walk(func(n *syntax.Node) bool {
			switch {
			case n.Kind == syntax.KindLiteral:
				for _, r := range n.Runes() {
					sets = append(sets, t.RuneSet(n, r))
				}
			case n.Kind == syntax.KindAssertion && (n.Rune == 'b' || n.Rune == 'B'):
				sets = append(sets, syntax.WordChars(t.Flavor, n.Flags))
			case n.Kind == syntax.KindAssertion:
				sets = append(sets, syntax.LineEnds(t.Flavor, n.Flags))
			default:
				if set, ok := t.CharSet(n); ok {
					sets = append(sets, set)
				}
			}
			return n.Kind != syntax.KindClass
		})
	}
	var chars []rune
	known := map[string]bool{}
	sign := func(r rune) string {
		in := make([]byte, len(sets))
		for i, set := range sets {
			if set.Contains(r) {
				in[i] = 1
			}
		}
		return string(in)
	}
	for _, r := range string(text) {
		if known[sign(r)] = true; !slices.Contains(chars, r) {
			chars = append(chars, r)
		}
	}
	if len(trees) == 0 {
		return chars
	}
	pool := []rune("ab0_ -.\n\r")
	for _, t := range trees {
		t.Root.Walk(func(n *syntax.Node) bool {
			if n.Kind == syntax.KindLiteral {
				pool = append(pool, n.Runes()...)
			}
			return true
		})
	}
	for r := rune(0); r < 0x80; r++ {
		pool = append(pool, r)
	}
	pool = append(pool, telling...)
	var spans []syntax.Span
	for span := range prefer {
		spans = append(spans, span)
	}
	slices.SortFunc(spans, func(a, b syntax.Span) int { return a.Start - b.Start })
	for _, span := range spans {
		pool = append(pool, prefer[span]...)
	}
	for _, r := range pool {
		if s := sign(r); !known[s] && settled(r) {
			known[s], chars = true, append(chars, r)
		}
	}
	return chars
}

// treesOf are the trees of two sides of a search, those that our parser reads without an error.
func (x *seeker) treesOf(a, b *prepared) (trees []*syntax.Tree) {
	for _, p := range []*prepared{a, b} {
		side := x.Sides[p.side]
		if t := syntax.Parse(x.Pattern, side.Flavor, flavor.FlagsOf(side.Flags)); len(t.Errors) == 0 {
			trees = append(trees, t)
		}
	}
	return trees
}
