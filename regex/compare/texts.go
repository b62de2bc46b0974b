package compare

import (
	"math/rand/v2"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/syntax"
)

// maxText is the longest text that Texts makes, in characters: what backtracks does so exponentially in it.
const maxText = 40

// telling are characters by which flavors differ: line ends, white space, digits, letters and marks beyond ASCII, those
// with unusual cases, and one beyond U+FFFF.
var telling = []rune("\n\r\t\v\f\x00\u0085\u2028\u00a0 aAbzkKsSiI019_-.,/\"'éÉßẞſ\u212aıİσςΣµμ٣²½\u0301\u200d日ǅ\u1f88😀")

// Texts makes texts that the pattern mostly matches, or almost: of each construct some border is chosen. Every second text is to match. The same
// random numbers make the same texts of the same tree.
func Texts(t *syntax.Tree, count int, random *rand.Rand) []string {
	texts := []string{""}
	for len(texts) < count {
		texts = append(texts, textFor(t, random, len(texts)%2 == 0, nil))
	}
	return texts
}

// textFor makes one text. prefer are characters to take, mostly, where the pattern takes one out of a set there.
func textFor(t *syntax.Tree, random *rand.Rand, faithful bool, prefer map[syntax.Span][]rune) string {
	w := textWriter{Rand: random, tree: t, groups: map[int]string{}, faithful: faithful, prefer: prefer}
	w.write(t.Root)
	return string(w.around())
}

type textWriter struct {
	*rand.Rand
	tree   *syntax.Tree
	text   []rune
	groups map[int]string // what they wrote last
	depth  int            // of calls
	// faithful is that every choice is one that matches, where that is simple.
	faithful bool
	prefer   map[syntax.Span][]rune
}

// strays reports, once in n times, that something is done that mostly does not match.
func (w *textWriter) strays(n int) bool { return w.oneIn(n) && !w.faithful }

func (w *textWriter) add(runes ...rune) {
	for _, r := range runes {
		if len(w.text) < maxText && utf8.ValidRune(r) && r&0xfffe != 0xfffe { // no character: Perl takes it for bytes
			w.text = append(w.text, r)
		}
	}
}

func (w *textWriter) oneIn(n int) bool { return w.IntN(n) == 0 }

func (w *textWriter) any() rune { return telling[w.IntN(len(telling))] }

// around adds something before and behind, or changes something.
func (w *textWriter) around() []rune {
	text := w.text
	if w.strays(3) {
		text = slices.Concat([]rune{w.any()}, text)
	}
	if w.oneIn(4) {
		text = append(text, w.any())
	}
	if w.strays(2) && len(text) > 0 {
		switch at := w.IntN(len(text)); w.IntN(5) {
		case 0:
			text = slices.Delete(text, at, at+1)
		case 1:
			text = slices.Insert(text, at, w.any())
		case 2:
			text[at] = w.any()
		case 3:
			text[at] = unicode.SimpleFold(text[at])
		case 4:
			text = slices.Concat(text, []rune{w.any()}, text)
		}
	}
	return text[:min(len(text), maxText)]
}

func (w *textWriter) write(n *syntax.Node) {
	switch n.Kind {
	case syntax.KindLiteral:
		if preferred := w.prefer[n.Span]; len(preferred) > 0 && n.Len() == 1 && !w.oneIn(3) {
			w.add(preferred[w.IntN(len(preferred))])
			return
		}
		for _, r := range n.Runes() {
			w.add(w.cased(n, r))
		}
	case syntax.KindDot, syntax.KindProperty, syntax.KindClass:
		w.member(n)
	case syntax.KindClassEscape:
		w.escape(n)
	case syntax.KindAssertion:
		if w.strays(4) {
			w.add(w.any())
		}
		if (n.Rune == '$' || n.Rune == '^' || n.Rune == 'Z') && w.strays(2) {
			w.add([][]rune{{'\n'}, {'\n'}, {'\n'}, {'\n'}, {'\r', '\n'}, {'\r'}, {'\u0085'}, {'\u2028'}, {'\n', '\n'}}[w.IntN(9)]...)
		}
	case syntax.KindGroup:
		if n.IsLook() && w.oneIn(2) {
			return
		}
		start := len(w.text)
		w.write(n.Body())
		w.groups[n.Number] = string(w.text[min(start, len(w.text)):])
	case syntax.KindRepetition:
		for range w.rounds(n) {
			w.write(n.Sub[0])
		}
	case syntax.KindAlternation:
		w.write(n.Sub[w.IntN(len(n.Sub))])
	case syntax.KindConditional:
		w.write(n.Sub[1+w.IntN(len(n.Sub)-1)])
	case syntax.KindBackreference:
		for _, r := range w.groups[n.Number] {
			w.add(w.cased(n, r))
		}
	case syntax.KindCall:
		w.call(n)
	case syntax.KindConcat:
		for _, sub := range n.Sub {
			w.write(sub)
		}
	}
}

// maxCalls is how deep calls go.
const maxCalls = 3

func (w *textWriter) call(n *syntax.Node) {
	if w.depth == maxCalls {
		return
	}
	w.depth++
	if n.Number == 0 {
		w.write(w.tree.Root)
	} else if group := w.tree.Groups[n.Number].Node; group != nil {
		w.write(group)
	}
	w.depth--
}

// rounds is how often a repeat runs: as few as it may, one more, some, as many as it may, or one more than that.
func (w *textWriter) rounds(n *syntax.Node) int {
	rounds := n.Min + []int{0, 0, 1, 1, 2, 3}[w.IntN(6)]
	if n.Max != syntax.Unlimited && (rounds > n.Max || w.oneIn(4)) {
		rounds = n.Max
		if w.strays(4) {
			rounds++
		}
	}
	return min(rounds, maxText)
}

// cased is a character, or one that differs in case only where case is ignored.
func (w *textWriter) cased(n *syntax.Node, r rune) rune {
	if !n.Flags.Has('i') && !w.strays(20) {
		return r
	}
	for range w.IntN(3) {
		r = unicode.SimpleFold(r)
	}
	return r
}

func (w *textWriter) escape(n *syntax.Node) {
	switch n.Rune {
	case 'R':
		w.add([][]rune{{'\r', '\n'}, {'\n'}, {'\r'}, {'\u0085'}, {'\u2028'}, {'\v'}}[w.IntN(6)]...)
	case 'X':
		w.add([][]rune{{'e', '\u0301'}, {'\r', '\n'}, {'a'}}[w.IntN(3)]...)
	default:
		w.member(n)
	}
}

// member adds a character of a set, mostly: one of those that tell flavors apart, one at a border of the set, or the
// character beside it.
func (w *textWriter) member(n *syntax.Node) {
	set, ok := w.tree.CharSet(n)
	if !ok || len(set) == 0 || w.strays(10) {
		w.add(w.any())
		return
	}
	if preferred := w.prefer[n.Span]; len(preferred) > 0 && !w.oneIn(3) {
		w.add(preferred[w.IntN(len(preferred))])
		return
	}
	for range 8 {
		border := set[w.IntN(min(len(set), 1+w.IntN(60)))]
		choices := []rune{border.First, border.Last, w.any(), w.any()}
		if w.strays(5) {
			choices = []rune{border.First - 1, border.Last + 1}
		} else {
			choices = slices.DeleteFunc(choices, func(r rune) bool { return !set.Contains(r) })
		}
		if r := choices[w.IntN(len(choices))]; settled(r) {
			w.add(w.cased(n, r))
			return
		}
	}
	w.add('x')
}

// settled reports whether a character is in a part of Unicode that has not changed between the versions of the engines,
// from 13 to 17, or is among those that tell flavors apart. Differences between the others are not the flavors'.
func settled(r rune) bool {
	return r >= 0 && r < 0x800 && r != 0x295 && r != 0x61d || r >= 0x1e00 && r < 0x20c0 || r >= 0x2100 && r < 0x2400 || r >= 0x3000 && r < 0x3100 ||
		slices.Contains(telling, r)
}
