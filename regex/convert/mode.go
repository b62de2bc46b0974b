package convert

import (
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A mode is the flags that a result could have besides those for what the source
// says: they decide what \d, \b, ^ and ignoring case mean.
type mode struct {
	flags  string // letters of the flavor
	prefix string // what sets further ones at the start of the pattern
	cost   int    // how much it has to save: see Result.cost
}

// What a mode has to save. Those that people do not expect have to save a
// warning, the others two hints.
const (
	unusual   = 500
	lessUsual = 15
	// setsOnly is for flags that only add operations on sets: they have to save a
	// set from being written as its ranges, which is the set of one version of
	// Unicode, or a warning.
	setsOnly = 250
)

// modesOf are the modes of a flavor, the usual one first.
var modesOf = map[flavor.Set][]mode{
	flavor.InGo:     {{}},
	flavor.InDotNet: {{}},
	flavor.InPCRE2:  {{flags: "u"}, {cost: unusual}},
	flavor.InJS:     {{flags: "u"}, {flags: "v", cost: setsOnly}, {cost: unusual}},
	flavor.InPython: {{}, {flags: "a", cost: lessUsual}},
	flavor.InPerl:   {{}, {flags: "a", cost: lessUsual}},
	flavor.InJava:   {{}, {flags: "d", cost: lessUsual}, {flags: "U", cost: lessUsual}, {flags: "dU", cost: 2 * lessUsual}},
	flavor.InRuby:   {{}, {prefix: "(?a)", cost: unusual}},
}

// modes are those that are worth trying.
func (s *source) modes() []mode {
	modes := modesOf[s.to.Set]
	if s.to.Set == flavor.InJava && s.flags.Has('i') { // which is for ASCII without u
		for _, m := range modes {
			modes = append(modes[:len(modes):len(modes)], mode{flags: m.flags + "u", cost: m.cost})
		}
	}
	return modes
}

// A source is a pattern that is to be written, with what all writers of it need.
type source struct {
	from *syntax.Tree
	to   *flavor.Flavor
	// start are the flags in force where the pattern begins.
	start flavor.Flags
	// flags are those of the whole result that its mode does not decide.
	flags  flavor.Flags
	spaced bool // the result keeps white space and comments
	cases  map[*syntax.Node]letterCase
	parent map[*syntax.Node]*syntax.Node
	sets   map[setKey]syntax.CharSet
	closed map[setKey]bool
	// captures is how many groups have a number, and called the numbers of groups
	// that calls run.
	captures map[int]int
	called   map[int]bool
	depths   map[*syntax.Node]int // see callDepth
}

// survey looks at a pattern before it is written.
func survey(t *syntax.Tree, to *flavor.Flavor) *source {
	s := &source{
		from: t, to: to, start: t.Flags, sets: map[setKey]syntax.CharSet{}, closed: map[setKey]bool{},
		cases: map[*syntax.Node]letterCase{}, parent: map[*syntax.Node]*syntax.Node{},
		captures: map[int]int{}, called: map[int]bool{}, depths: map[*syntax.Node]int{},
	}
	if first := firstMeaning(t.Root); first != nil {
		s.start = first.Flags
	}
	t.Root.Walk(func(n *syntax.Node) bool {
		for _, sub := range n.Sub {
			s.parent[sub] = n
		}
		switch {
		case n.IsCapture():
			s.captures[n.Number]++
		case n.Kind == syntax.KindCall:
			s.called[n.Number] = true
		}
		return true
	})
	s.chooseFlags()
	return s
}

// is and fromIs report whether the flavors are in a set.
func (s *source) is(set flavor.Set) bool     { return s.to.Set&set != 0 }
func (s *source) fromIs(set flavor.Set) bool { return s.from.Flavor.Set&set != 0 }

// chooseFlags chooses the flags that fit most of the pattern. What they do not
// fit is written otherwise.
func (s *source) chooseFlags() {
	var lines, ends, all, some, ignoring, heeding int
	s.from.Root.Walk(func(n *syntax.Node) bool {
		switch {
		case n.Kind == syntax.KindAssertion && (n.Rune == '^' || n.Rune == '$'):
			if placeOf(s.from.Flavor, n).lines {
				lines++
			} else {
				ends++
			}
		case n.Kind == syntax.KindDot:
			if dotAll(s.from.Flavor, n.Flags) {
				all++
			} else {
				some++
			}
		}
		switch c := s.caseOf(n); {
		case n.Kind == syntax.KindConcat || n.Kind == syntax.KindAlternation || n.Kind == syntax.KindGroup || n.Kind == syntax.KindRepetition:
		case c == ignores:
			ignoring++
		case c == heeds:
			heeding++
		}
		return n.Kind != syntax.KindClass
	})
	choose := func(letter byte, yes, no int, given bool) {
		if s.to.HasFlag(rune(letter)) && (yes > no || yes == no && given) {
			s.flags = s.flags.With(letter)
		}
	}
	given := s.from.Flags
	if heeding == 0 || s.to.Has(flavor.FlagsGroup) && (given|s.start).Has('i') {
		choose('i', ignoring, heeding, given.Has('i'))
	}
	dotFlag := byte('s')
	if s.is(flavor.InRuby) {
		dotFlag = 'm'
	} else {
		choose('m', lines, ends, given.Has('m') && !s.fromIs(flavor.InRuby))
		if s.is(flavor.InJS) && lines > 0 {
			s.flags = s.flags.With('m') // which is the only way
		}
	}
	choose(dotFlag, all, some, dotAll(s.from.Flavor, given))
	s.spaced = s.start.Has('x') && s.to.HasFlag('x') && s.to.Has(flavor.FreeSpacing) && s.from.Flavor.Has(flavor.FreeSpacing)
	if s.spaced {
		s.flags = s.flags.With('x')
	}
	if s.isSticky() {
		switch {
		case s.is(flavor.InJS):
			s.flags = s.flags.With('y')
		case s.is(flavor.InPCRE2):
			s.flags = s.flags.With('A')
		}
	}
}

// isSticky reports whether the source matches only where a search begins.
func (s *source) isSticky() bool {
	return s.fromIs(flavor.InJS) && s.from.Flags.Has('y') || s.fromIs(flavor.InPCRE2) && s.from.Flags.Has('A')
}

// flagLetters are the flags of the result in the order of its flavor.
func (w *writer) flagLetters() string {
	var b strings.Builder
	for _, f := range w.to.Flags {
		if w.flags.Has(f.Letter) && !strings.ContainsRune(w.mode.prefix, rune(f.Letter)) {
			b.WriteByte(f.Letter)
		}
	}
	return b.String()
}

// firstMeaning returns the first leaf that means something, or nil.
func firstMeaning(n *syntax.Node) *syntax.Node {
	if n.Kind.IsTrivia() || n.Kind == syntax.KindFlags || n.Kind == syntax.KindEmpty || n.Kind == syntax.KindVerb {
		return nil
	}
	if n.Kind == syntax.KindConcat || n.Kind == syntax.KindAlternation || n.Kind == syntax.KindGroup || n.Kind == syntax.KindRepetition {
		for _, sub := range n.Sub {
			if first := firstMeaning(sub); first != nil {
				return first
			}
		}
		return nil
	}
	return n
}

// A letterCase says what a part of a pattern does about case.
type letterCase uint8

const (
	caseless letterCase = iota // it makes no difference: there are no letters
	heeds
	ignores
	mixed
)

// caseOf returns what a node does about case.
func (s *source) caseOf(n *syntax.Node) letterCase {
	if c, known := s.cases[n]; known {
		return c
	}
	c := caseless
	switch n.Kind {
	case syntax.KindLiteral:
		for _, r := range n.Runes() {
			if hasCase(r) {
				c = caseUnder(n)
			}
		}
	case syntax.KindBackreference:
		c = caseUnder(n)
	case syntax.KindProperty, syntax.KindClass, syntax.KindClassEscape:
		if s.foldMatters(n) {
			c = caseUnder(n)
		}
	default:
		for _, sub := range n.Sub {
			switch other := s.caseOf(sub); {
			case c == caseless:
				c = other
			case other != caseless && other != c:
				c = mixed
			}
		}
	}
	s.cases[n] = c
	return c
}

func caseUnder(n *syntax.Node) letterCase {
	if n.Flags.Has('i') {
		return ignores
	}
	return heeds
}

// dotAll reports whether the dot matches every character.
func dotAll(f *flavor.Flavor, flags flavor.Flags) bool {
	return len(f.Semantics.DotExcludes.With(flags).Ranges()) == 0
}
