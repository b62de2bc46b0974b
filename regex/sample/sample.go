// Package sample makes texts that a pattern is likely to match, or a part of it: which of them it does match has to be
// found out by running it. It writes what a tree says from left to right, and knows nothing of what lookarounds and
// anchors ask of what is around them.
package sample

import (
	"math/rand/v2"
	"unicode"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/syntax"
)

// maxText is the longest text in characters: enough for what people write, and few enough for a machine that backtracks.
const maxText = 200

// maxCalls is how deep groups that call themselves are written.
const maxCalls = 3

// ordinary are characters that people type, of each common kind of set, before others.
const ordinary = "a0 _-.A1bz9Z,:/@\"'!#\n\tx%$&()*+;<=>?[]{|}~^`\\é日😀"

// A Sampler makes texts of one tree. It does not change after New and is safe for concurrent use.
type Sampler struct {
	tree *syntax.Tree
	// chars are, for each node that is a set of characters, some of it, those first that are in most of the other sets.
	chars map[*syntax.Node][]rune
}

// New prepares the sets of a tree, in time linear in it.
func New(tree *syntax.Tree) *Sampler {
	s := &Sampler{tree: tree, chars: map[*syntax.Node][]rune{}}
	var nodes []*syntax.Node
	var sets []syntax.CharSet
	alphabet := []rune(ordinary)
	tree.Root.Walk(func(n *syntax.Node) bool {
		switch n.Kind {
		case syntax.KindLiteral:
			for _, r := range n.Runes() {
				if len(alphabet) < maxAlphabet && utf8.ValidRune(r) {
					alphabet = append(alphabet, r)
				}
			}
		case syntax.KindDot, syntax.KindClassEscape, syntax.KindProperty, syntax.KindClass:
			if set, ok := tree.CharSet(n); ok && len(nodes) < maxSets {
				nodes, sets = append(nodes, n), append(sets, set)
			}
			return false
		}
		return true
	})
	weight := map[rune]int{}
	for _, r := range alphabet {
		for _, set := range sets {
			if set.Contains(r) {
				weight[r]++
			}
		}
	}
	for i, n := range nodes {
		s.chars[n] = choose(sets[i], alphabet, weight)
	}
	return s
}

const (
	maxAlphabet = 256 // characters that are looked for in the sets
	maxSets     = 512 // sets that are looked at; others are written as any character
	maxChosen   = 12  // characters of a set that are written
)

// choose returns characters of a set, the one with the most weight first and then in the order of the alphabet.
func choose(set syntax.CharSet, alphabet []rune, weight map[rune]int) (chosen []rune) {
	seen := map[rune]bool{}
	add := func(r rune) {
		if !seen[r] && set.Contains(r) && utf8.ValidRune(r) && len(chosen) < maxChosen {
			seen[r] = true
			chosen = append(chosen, r)
		}
	}
	best := rune(-1)
	for _, r := range alphabet {
		if set.Contains(r) && (best < 0 || weight[r] > weight[best]) {
			best = r
		}
	}
	add(best)
	for _, r := range alphabet {
		add(r)
	}
	for _, r := range set {
		add(r.First)
		add(r.Last)
	}
	return chosen
}

// A Wish is what a text is to have at one node: an alternation's alternative, a repetition's number of rounds, or a
// character.
type Wish struct {
	Node        *syntax.Node
	Alternative int  // of an alternation, from 0
	Rounds      int  // of a repetition
	Char        rune // of a set, or 0 for any
}

// Text makes a text for the whole pattern, with what is wished, or without a wish when that is nil. The same random
// numbers make the same text.
func (s *Sampler) Text(random *rand.Rand, wish *Wish) string {
	w := s.writer(random)
	w.wish = wish
	w.write(s.tree.Root)
	return string(w.text)
}

// Before makes a text for what comes before a node.
func (s *Sampler) Before(random *rand.Rand, n *syntax.Node) string {
	w := s.writer(random)
	w.wish, w.stop = &Wish{Node: n}, n
	w.write(s.tree.Root)
	return string(w.text)
}

// Part makes a text for one node.
func (s *Sampler) Part(random *rand.Rand, n *syntax.Node) string {
	w := s.writer(random)
	w.write(n)
	return string(w.text)
}

func (s *Sampler) writer(random *rand.Rand) *writer {
	return &writer{Sampler: s, random: random, groups: map[int]string{}}
}

type writer struct {
	*Sampler
	random  *rand.Rand
	text    []rune
	groups  map[int]string // what they wrote last
	wish    *Wish
	stop    *syntax.Node
	stopped bool
	depth   int // of calls
}

func (w *writer) add(runes ...rune) {
	for _, r := range runes {
		if len(w.text) < maxText && utf8.ValidRune(r) {
			w.text = append(w.text, r)
		}
	}
}

// wished reports whether the wish is about this node, or about one in it.
func (w *writer) wished(n *syntax.Node) (this, inside bool) {
	if w.wish == nil {
		return false, false
	}
	target := w.wish.Node
	return n == target, n != target && n.Span.Start <= target.Span.Start && target.Span.End <= n.Span.End
}

func (w *writer) write(n *syntax.Node) {
	if w.stopped || n == w.stop {
		w.stopped = true
		return
	}
	this, inside := w.wished(n)
	switch n.Kind {
	case syntax.KindLiteral:
		for _, r := range n.Runes() {
			if n.Flags.Has('i') && w.random.IntN(3) == 0 {
				r = unicode.SimpleFold(r)
			}
			w.add(r)
		}
	case syntax.KindDot, syntax.KindClassEscape, syntax.KindProperty, syntax.KindClass:
		w.set(n, this)
	case syntax.KindGroup:
		if n.IsLook() && !inside && w.random.IntN(2) == 0 {
			return
		}
		start := len(w.text)
		w.write(n.Body())
		w.groups[n.Number] = string(w.text[min(start, len(w.text)):])
	case syntax.KindRepetition:
		for range w.rounds(n, this, inside) {
			w.write(n.Sub[0])
		}
	case syntax.KindAlternation:
		w.write(n.Sub[w.branch(n, 0, this, inside)])
	case syntax.KindConditional:
		w.write(n.Sub[w.branch(n, 1, this, inside)])
	case syntax.KindBackreference:
		w.add([]rune(w.groups[n.Number])...)
	case syntax.KindCall:
		w.call(n)
	case syntax.KindConcat:
		for _, sub := range n.Sub {
			w.write(sub)
		}
	}
}

func (w *writer) set(n *syntax.Node, this bool) {
	if this && w.wish.Char != 0 {
		w.add(w.wish.Char)
		return
	}
	chars := w.chars[n]
	switch {
	case n.Kind == syntax.KindClassEscape && (n.Rune == 'R' || n.Rune == 'X'):
		w.add('\n')
	case len(chars) == 0:
		w.add('a')
	case w.random.IntN(2) == 0:
		w.add(chars[0])
	default:
		w.add(chars[w.random.IntN(len(chars))])
	}
}

// branch chooses one of a node's children, from first on.
func (w *writer) branch(n *syntax.Node, first int, this, inside bool) int {
	if this {
		return min(first+w.wish.Alternative, len(n.Sub)-1)
	}
	if inside {
		for i, sub := range n.Sub[first:] {
			if own, in := w.wished(sub); own || in {
				return first + i
			}
		}
	}
	return first + w.random.IntN(len(n.Sub)-first)
}

func (w *writer) rounds(n *syntax.Node, this, inside bool) int {
	rounds := n.Min + []int{0, 0, 1, 2}[w.random.IntN(4)]
	switch {
	case this:
		rounds = w.wish.Rounds
	case inside:
		rounds = max(rounds, 1)
	}
	if n.Max != syntax.Unlimited {
		rounds = min(rounds, n.Max)
	}
	return min(rounds, maxText)
}

func (w *writer) call(n *syntax.Node) {
	if w.depth == maxCalls {
		return
	}
	w.depth++
	defer func() { w.depth-- }()
	if n.Number == 0 {
		w.write(w.tree.Root)
	} else if n.Number > 0 && n.Number < len(w.tree.Groups) && w.tree.Groups[n.Number].Node != nil {
		w.write(w.tree.Groups[n.Number].Node)
	}
}
