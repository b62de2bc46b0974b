package syntax

import (
	"maps"
	"slices"
	"sync"
	"unicode"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// families are the characters that differ in case only, by any of its mappings,
// for each of them: some 2,900. They are the orbits of Unicode's simple folding;
// dotted and dotless i are in one with i, and so are three pairs that have the
// same full folding.
var families = sync.OnceValue(func() map[rune][]rune {
	all := make(map[rune][]rune, 3000)
	join := func(a, b rune) {
		if a == b || slices.Contains(all[a], b) {
			return
		}
		joined := slices.Concat(family(all, a), family(all, b))
		slices.Sort(joined)
		for _, r := range joined {
			all[r] = joined
		}
	}
	for _, mapping := range unicode.CaseRanges {
		for r := rune(mapping.Lo); r <= rune(mapping.Hi); r++ {
			join(r, unicode.SimpleFold(r))
			join(r, unicode.ToUpper(r))
			join(r, unicode.ToLower(r))
		}
	}
	for a, b := range samePairs {
		join(a, b)
	}
	return all
})

func family(all map[rune][]rune, r rune) []rune {
	if known, ok := all[r]; ok {
		return known
	}
	return []rune{r}
}

// samePairs have the same full case folding; from Unicode 15.1 on their simple
// foldings are the same too.
var samePairs = map[rune]rune{0x390: 0x1FD3, 0x3B0: 0x1FE3, 0xFB05: 0xFB06}

// cased are the characters that have a family, in order.
var cased = sync.OnceValue(func() []rune { return slices.Sorted(maps.Keys(families())) })

// folding is what ignoring case means where flags are in force.
func folding(f *flavor.Flavor, flags flavor.Flags) flavor.Folding {
	if f.Set == flavor.InPCRE2 && flags&(flavor.UTF|flavor.UCP) != 0 {
		flags = flags.With('u')
	}
	return f.Semantics.Fold.With(flags)
}

// fold adds to a set what matches its characters when case is ignored, if it is.
func (e *evaluator) fold(set CharSet, flags flavor.Flags) CharSet {
	if !flags.Has('i') {
		return set
	}
	switch folding(e.flavor, flags) {
	case flavor.FoldASCII:
		return foldASCII(set)
	case flavor.FoldSimple:
		if e.is(flavor.InJS) {
			return foldFull(set) // with Unicode's data of this day
		}
		return foldSimple(set).within(Universe(e.flavor, flags))
	case flavor.FoldLetters:
		return foldSimple(foldLower(set))
	case flavor.FoldUpper:
		return foldBy(set, canonicalizeJS)
	case flavor.FoldPython:
		return foldPython(set)
	case flavor.FoldJava:
		return foldBy(set, lowerOfUpper)
	case flavor.FoldFull:
		if e.is(flavor.InRuby) && e.inClass {
			return foldRuby(set, e.negated, foldFull)
		}
		return foldFull(set)
	case flavor.FoldFullNoASCII:
		return foldApart(set)
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

// foldFull closes a set under those full case foldings that are one character.
func foldFull(set CharSet) CharSet {
	var more []CharRange
	set = foldSimple(set)
	for a, b := range samePairs {
		if set.Contains(a) {
			more = append(more, CharRange{b, b})
		}
		if set.Contains(b) {
			more = append(more, CharRange{a, a})
		}
	}
	return set.Union(charSet(more))
}

// foldApart is foldFull that never takes an ASCII letter for another one.
func foldApart(set CharSet) CharSet {
	ascii := asciiPosix["ascii"]
	return foldASCII(set.Intersect(ascii)).Union(foldFull(set.Minus(ascii)).Minus(ascii))
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
	upper, lower := set.Intersect(asciiPosix["upper"]), set.Intersect(asciiPosix["lower"])
	return set.Union(upper.shift('a' - 'A')).Union(lower.shift('A' - 'a'))
}

func (s CharSet) shift(by rune) CharSet {
	out := slices.Clone(s)
	for i := range out {
		out[i].First += by
		out[i].Last += by
	}
	return out
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

// canonicalizeJS is ECMAScript's Canonicalize without u: the upper case of a
// UTF-16 unit, where that is one unit, and not an ASCII character for another one.
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

// lowerOfUpper is what java.util.regex compares.
func lowerOfUpper(r rune) rune { return unicode.ToLower(unicode.ToUpper(r)) }

// foldRangeJava is a range with Java's flags i and u: a character matches that is
// in the range itself, or whose upper case is, or the lower case of that.
func foldRangeJava(set CharSet) CharSet {
	var more []CharRange
	for _, r := range casedIn(set) {
		for _, f := range families()[r] {
			if upper := unicode.ToUpper(f); set.Contains(upper) || set.Contains(unicode.ToLower(upper)) {
				more = append(more, CharRange{f, f})
			}
		}
	}
	return set.Union(charSet(more))
}

// foldPython is what sre does: it looks for the lower case of a character among
// the lower cases of the set, and those that have the same upper case.
func foldPython(set CharSet) CharSet {
	var more []CharRange
	for _, r := range casedIn(set) {
		lower := unicode.ToLower(r)
		for _, f := range families()[r] {
			other := unicode.ToLower(f)
			if other == lower || unicode.ToUpper(other) == unicode.ToUpper(lower) || samePairs[other] == lower || samePairs[lower] == other {
				more = append(more, CharRange{f, f})
			}
		}
	}
	return set.Union(charSet(more))
}

// foldRangePython is a range beyond U+FFFF in Python with i and a: sre compares it
// with the upper case, whatever a says.
func foldRangePython(set CharSet) CharSet {
	return foldASCII(set).Union(foldBy(set, unicode.ToUpper))
}

// foldLower is what regexp2 does in classes before anything else: single
// characters become their lower case.
func foldLower(set CharSet) CharSet {
	if len(set) == 1 && set[0].First == set[0].Last {
		return charsOf(unicode.ToLower(set[0].First))
	}
	return set
}

// foldRuby is the case of what is in a class of Ruby. Of what it adds, U+0080 to
// U+00FF gets lost, because Onigmo takes these for bytes; but sharp s is found by
// its full folding, ss, where the class is not a negative one.
func foldRuby(set CharSet, negated bool, fold func(CharSet) CharSet) CharSet {
	folded := fold(set).Minus(CharSet{{0x80, 0xFF}}).Union(set)
	if set.Contains(0x1E9E) && !negated {
		folded = folded.Union(charsOf(0xDF))
	}
	return folded
}
