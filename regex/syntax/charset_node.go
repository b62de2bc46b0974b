package syntax

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// Universe returns all characters that a text of the flavor is made of: code
// points; UTF-16 units in JavaScript without u and v; bytes in PCRE2 without u.
// Flags are those in force.
func Universe(f *flavor.Flavor, flags flavor.Flags) CharRange {
	switch {
	case f.Set == flavor.InJS && !flags.Has('u') && !flags.Has('v'):
		return CharRange{0, 0xFFFF}
	case f.Set == flavor.InPCRE2 && !flags.Has('u'):
		return CharRange{0, 0xFF}
	}
	return CharRange{0, unicode.MaxRune}
}

// CharSet returns the set of the characters of which a node matches one, with
// the flags in force there: of a dot, an escape, a property, a POSIX class, a
// range, a class, or a literal of one character. It reports false for other
// nodes, and for sets that are not known: those of properties that neither
// package unicode nor this package has data for.
//
// Properties are those of the Unicode version of package unicode,
// [unicode.Version]; an engine's may be older or newer, and then it differs in
// the characters that were added in between.
//
// Of the sequences of several characters that JavaScript's classes can hold
// with v, [Tree.ClassStrings] tells.
func (t *Tree) CharSet(n *Node) (CharSet, bool) {
	e := &evaluator{flavor: t.Flavor}
	set := e.eval(n)
	return set.chars, !e.unknown
}

// ClassStrings returns the sequences of several characters, and the empty one,
// that a class of JavaScript's flag v matches, in the order in which they are
// tried: longer ones first. Strings of the class that are one character are in
// its CharSet.
func (t *Tree) ClassStrings(n *Node) []string {
	if !n.Flags.Has('v') || t.Flavor.Set != flavor.InJS || n.Kind != KindClass && n.Kind != KindClassString {
		return nil
	}
	e := &evaluator{flavor: t.Flavor}
	return e.eval(n).strings
}

// An evaluator computes the sets of nodes.
type evaluator struct {
	flavor  *flavor.Flavor
	unknown bool // some set is not known
}

// charsAndStrings is what a class of JavaScript's v matches.
type charsAndStrings struct {
	chars   CharSet
	strings []string // longest first
}

func (e *evaluator) is(set flavor.Set) bool { return e.flavor.Set&set != 0 }

func (e *evaluator) eval(n *Node) charsAndStrings {
	switch n.Kind {
	case KindClass:
		return e.class(n)
	case KindClassString:
		return e.classString(n)
	}
	return charsAndStrings{chars: e.item(n)}
}

// class evaluates a class in brackets.
func (e *evaluator) class(n *Node) charsAndStrings {
	set := e.items(n.Sub)
	if n.Negated {
		set.chars, set.strings = e.not(set.chars, n), nil
	}
	return set
}

// items evaluates the union of some items.
func (e *evaluator) items(items []*Node) charsAndStrings {
	var all charsAndStrings
	var few []CharRange // of the items that are a range or so, which are many
	for _, sub := range items {
		var set charsAndStrings
		switch sub.Kind {
		case KindClass:
			set = e.class(sub)
		case KindClassOp:
			set = e.operation(sub)
		case KindClassSet:
			set = e.items(sub.Sub)
		case KindClassString:
			set = e.classString(sub)
		case KindComment, KindSpace, KindQuoteMark, KindError:
			continue
		case KindLiteral:
			for _, r := range e.units(sub) {
				few = append(few, e.fold(charsOf(r), sub.Flags)...)
			}
			if sub.Op == OpNamed {
				e.unknown = true
			}
			continue
		default:
			set.chars = e.item(sub)
		}
		if len(set.chars) <= 4 {
			few = append(few, set.chars...)
		} else {
			all.chars = all.chars.Union(set.chars)
		}
		all.strings = append(all.strings, set.strings...)
	}
	all.chars = all.chars.Union(charSet(few))
	all.sortStrings()
	return all
}

func (e *evaluator) operation(n *Node) charsAndStrings {
	sets := make([]charsAndStrings, len(n.Sub))
	for i, sub := range n.Sub {
		if i > 0 && e.is(flavor.InDotNet) {
			sets[i].chars = e.subtracted(sub)
		} else {
			sets[i] = e.items([]*Node{sub})
		}
	}
	set := sets[0]
	for _, other := range sets[1:] {
		switch n.Op {
		case OpIntersection:
			set.chars = set.chars.Intersect(other.chars)
			set.strings = slices.DeleteFunc(set.strings, func(s string) bool { return !slices.Contains(other.strings, s) })
		case OpDifference:
			set.chars = set.chars.Minus(other.chars)
			set.strings = slices.DeleteFunc(set.strings, func(s string) bool { return slices.Contains(other.strings, s) })
		case OpUnion:
			set.chars = set.chars.Union(other.chars)
		case OpSymmetric:
			set.chars = set.chars.Minus(other.chars).Union(other.chars.Minus(set.chars))
		}
	}
	return set
}

// sortStrings puts longer strings first, and drops repeated ones.
func (c *charsAndStrings) sortStrings() {
	slices.SortStableFunc(c.strings, func(a, b string) int { return len([]rune(b)) - len([]rune(a)) })
	seen := make(map[string]bool, len(c.strings))
	c.strings = slices.DeleteFunc(c.strings, func(s string) bool {
		dropped := seen[s]
		seen[s] = true
		return dropped
	})
}

func (e *evaluator) classString(n *Node) charsAndStrings {
	var all charsAndStrings
	for _, branch := range n.Sub {
		var b strings.Builder
		var last *Node
		count := 0
		for _, sub := range branch.Sub {
			if sub.Kind == KindLiteral {
				b.WriteString(string(sub.Runes()))
				count += sub.Len()
				last = sub
			}
		}
		if count == 1 {
			all.chars = all.chars.Union(e.item(last))
			continue
		}
		all.strings = append(all.strings, b.String())
	}
	all.sortStrings()
	return all
}

// item evaluates what is neither a class nor an operation.
func (e *evaluator) item(n *Node) CharSet {
	switch n.Kind {
	case KindLiteral:
		units := e.units(n)
		if n.Op == OpNamed || len(units) != 1 {
			e.unknown = true
			return nil
		}
		return e.fold(charsOf(units...), n.Flags)
	case KindRange:
		return e.fold(e.span(n), n.Flags)
	case KindDot:
		return e.dot(n.Flags)
	case KindClassEscape:
		return e.classEscape(n)
	case KindProperty:
		return e.property(n)
	case KindPosix:
		return e.posix(n)
	}
	e.unknown = true
	return nil
}

// units returns the characters of the universe that a literal is written with:
// in PCRE2 without u the bytes, and in JavaScript without u the UTF-16 units.
func (e *evaluator) units(n *Node) []rune {
	switch universe := Universe(e.flavor, n.Flags); {
	case universe.Last == 0xFF && n.Op == OpVerbatim:
		units := make([]rune, len(n.Text))
		for i := range len(n.Text) {
			units[i] = rune(n.Text[i])
		}
		return units
	case universe.Last == 0xFFFF:
		var units []rune
		for _, r := range n.Runes() {
			if high, low := utf16.EncodeRune(r); high != unicode.ReplacementChar {
				units = append(units, high, low)
			} else {
				units = append(units, r)
			}
		}
		return units
	}
	return n.Runes()
}

// span evaluates a range. Where its ends are several units each, those between
// the last of the first and the first of the last are the range.
func (e *evaluator) span(n *Node) CharSet {
	low, high := e.units(n.Sub[0]), e.units(n.Sub[1])
	ranges := []CharRange{{low[len(low)-1], high[0]}}
	for _, r := range slices.Concat(low[:len(low)-1], high[1:]) {
		ranges = append(ranges, CharRange{r, r})
	}
	return charSet(ranges)
}

// not is the complement in the universe of where n stands.
func (e *evaluator) not(set CharSet, n *Node) CharSet {
	return set.Not(Universe(e.flavor, n.Flags))
}
