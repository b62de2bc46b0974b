package syntax

import (
	"maps"
	"slices"
	"sync"
	"unicode"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// Case. Flavors agree on what ignoring it means for ASCII, and on little else:
// Go, .NET, PCRE2, Perl and Ruby go by the simple folding of Unicode, JavaScript
// by it or by upper case, Python by lower case, Java by both.

// onceSet makes a function that computes its set once.
func onceSet(compute func() CharSet) func() CharSet { return sync.OnceValue(compute) }

// families are the characters that differ in case only, by any of its mappings,
// for each of them: some 2,900. They are the orbits of Unicode's simple folding,
// and dotted and dotless i are in one with i.
var families = sync.OnceValue(func() map[rune][]rune {
	all := make(map[rune][]rune, 3000)
	join := func(a, b rune) {
		if a == b || slices.Contains(all[a], b) {
			return
		}
		family := slices.Concat(family(all, a), family(all, b))
		slices.Sort(family)
		for _, r := range family {
			all[r] = family
		}
	}
	for _, mapping := range unicode.CaseRanges {
		for r := rune(mapping.Lo); r <= rune(mapping.Hi); r++ {
			join(r, unicode.SimpleFold(r))
			join(r, unicode.ToUpper(r))
			join(r, unicode.ToLower(r))
		}
	}
	return all
})

func family(all map[rune][]rune, r rune) []rune {
	if family, ok := all[r]; ok {
		return family
	}
	return []rune{r}
}

// cased are the characters that have a family, in order.
var cased = sync.OnceValue(func() []rune { return slices.Sorted(maps.Keys(families())) })

// fold adds to the set of one item what matches it when case is ignored, where
// the flavor goes by items.
func (e *evaluator) fold(set CharSet, flags flavor.Flags) CharSet {
	switch {
	case !flags.Has('i'):
		return set
	case e.is(flavor.InJava):
		return foldJava(set, flags)
	case e.is(flavor.InPCRE2) && !flags.Has('u'):
		return foldASCII(set)
	case e.is(flavor.InPython):
		return foldPython(set, flags)
	case e.is(flavor.InJS) && !flags.Has('u') && !flags.Has('v'):
		return foldBy(set, canonicalizeJS)
	case e.is(flavor.InGo | flavor.InPCRE2 | flavor.InRuby | flavor.InJS):
		return foldSimple(set)
	case e.is(flavor.InPerl):
		if flags&flavor.ASCIIMore != 0 {
			return foldApart(set)
		}
		return foldSimple(set)
	case e.is(flavor.InDotNet):
		return foldSimple(foldLower(set))
	}
	return set
}

// foldSimple closes a set under Unicode's simple case folding.
func foldSimple(set CharSet) CharSet {
	var more []CharRange
	for _, r := range casedIn(set) {
		for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
			more = append(more, CharRange{f, f})
		}
	}
	return set.Union(charSet(more))
}

// foldApart is foldSimple that never takes an ASCII letter for another one.
func foldApart(set CharSet) CharSet {
	var more []CharRange
	for _, r := range casedIn(set) {
		for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
			if (f < 0x80) == (r < 0x80) {
				more = append(more, CharRange{f, f})
			}
		}
	}
	return set.Union(charSet(more))
}

// casedIn returns the characters of a set that have a family, in the time that
// the smaller of the set and all those characters takes.
func casedIn(set CharSet) []rune {
	var found []rune
	if set.Len() < 512 {
		all := families()
		for _, x := range set {
			for r := x.First; r <= x.Last; r++ {
				if all[r] != nil {
					found = append(found, r)
				}
			}
		}
		return found
	}
	i := 0
	for _, r := range cased() {
		for i < len(set) && set[i].Last < r {
			i++
		}
		if i < len(set) && set[i].First <= r {
			found = append(found, r)
		}
	}
	return found
}

// foldASCII closes a set under the case of ASCII letters.
func foldASCII(set CharSet) CharSet {
	upper, lower := CharSet{{'A', 'Z'}}, CharSet{{'a', 'z'}}
	return set.Union(set.Intersect(upper).shift('a' - 'A')).Union(set.Intersect(lower).shift('A' - 'a'))
}

func (s CharSet) shift(by rune) CharSet {
	out := slices.Clone(s)
	for i := range out {
		out[i].First += by
		out[i].Last += by
	}
	return out
}

// foldLower is what regexp2 does before anything else: single characters become
// their lower case.
func foldLower(set CharSet) CharSet {
	if len(set) == 1 && set[0].First == set[0].Last {
		return charsOf(unicode.ToLower(set[0].First))
	}
	return set
}

// subtracted is a class that is subtracted from another one in .NET: regexp2
// adds the lower case of its ranges, and no upper case.
func (e *evaluator) subtracted(n *Node) CharSet {
	if !n.Flags.Has('i') || n.Kind != KindClass {
		return e.items([]*Node{n}).chars
	}
	var set CharSet
	for _, sub := range n.Sub {
		switch sub.Kind {
		case KindLiteral:
			set = set.Union(foldLower(charsOf(charOf(sub))))
		case KindRange:
			span := e.span(sub)
			for _, r := range casedIn(span) {
				set = set.Union(charsOf(unicode.ToLower(r)))
			}
			set = set.Union(span)
		case KindClassOp:
			inner := e.subtracted(&Node{Kind: KindClass, Flags: sub.Flags, Sub: sub.Sub[:1]})
			for _, other := range sub.Sub[1:] {
				inner = inner.Minus(e.subtracted(other))
			}
			set = set.Union(inner)
		case KindClassSet:
			set = set.Union(e.subtracted(&Node{Kind: KindClass, Flags: sub.Flags, Sub: sub.Sub}))
		default:
			set = set.Union(e.items([]*Node{sub}).chars)
		}
	}
	if n.Negated {
		return e.not(set, n)
	}
	return set
}

// foldJava is what java.util.regex does: with u it compares the lower case of the
// upper case, and without only ASCII letters have a case.
func foldJava(set CharSet, flags flavor.Flags) CharSet {
	if !flags.Has('u') && !flags.Has('U') {
		return foldASCII(set)
	}
	return foldBy(set, func(r rune) rune { return unicode.ToLower(unicode.ToUpper(r)) })
}

// canonicalizeJS is ECMAScript's Canonicalize without u: the upper case of a UTF-16 unit, where that is one unit, and
// not an ASCII character for another one.
func canonicalizeJS(r rune) rune {
	upper := unicode.ToUpper(r)
	if r > 0xFFFF || upper > 0xFFFF || hasLongUpper(r) || r >= 0x80 && upper < 0x80 {
		return r
	}
	return upper
}

// hasLongUpper reports whether the upper case of a character is several
// characters although its simple one is another character: the Greek letters
// with an iota below.
func hasLongUpper(r rune) bool {
	switch r {
	case 0x1FB3, 0x1FBC, 0x1FC3, 0x1FCC, 0x1FF3, 0x1FFC:
		return true
	}
	return r >= 0x1F80 && r <= 0x1FAF
}

// foldBy closes a set under a function: those characters of a family are the same
// whose values are.
func foldBy(set CharSet, canonical func(rune) rune) CharSet {
	var more []CharRange
	for _, r := range casedIn(set) {
		value := canonical(r)
		for _, f := range families()[r] {
			if canonical(f) == value {
				more = append(more, CharRange{f, f})
			}
		}
	}
	return set.Union(charSet(more))
}

// foldPython is what sre does: it looks for the lower case of a character among
// the lower cases of the set, and those that have the same upper case.
func foldPython(set CharSet, flags flavor.Flags) CharSet {
	if flags.Has('a') {
		return foldASCII(set)
	}
	var more []CharRange
	for _, r := range casedIn(set) {
		lower := unicode.ToLower(r)
		for _, f := range families()[r] {
			if other := unicode.ToLower(f); other == lower || unicode.ToUpper(other) == unicode.ToUpper(lower) {
				more = append(more, CharRange{f, f})
			}
		}
	}
	return set.Union(charSet(more))
}
