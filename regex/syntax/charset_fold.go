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

// A caseTable says which characters match others when case is ignored, in one of
// the ways of flavors.
type caseTable struct {
	chars []rune // that have a family, in order
	index map[rune]int
	// matches are, for each of chars, those that match it, by their index.
	matches [][]int
}

// newCaseTable makes the table of a relation between characters of one family:
// whether a character of a text matches one of a pattern.
func newCaseTable(matches func(pattern, text rune) bool) func() *caseTable {
	return sync.OnceValue(func() *caseTable {
		t := &caseTable{chars: slices.Sorted(maps.Keys(families())), index: make(map[rune]int, len(families()))}
		for i, r := range t.chars {
			t.index[r] = i
		}
		t.matches = make([][]int, len(t.chars))
		for i, r := range t.chars {
			for _, f := range families()[r] {
				if f != r && matches(r, f) {
					t.matches[i] = append(t.matches[i], t.index[f])
				}
			}
		}
		return t
	})
}

// close adds to a set what matches its characters. It takes time linear in the
// size of the set or of the table, whichever is smaller.
func (t *caseTable) close(set CharSet) CharSet {
	if set.Len() < 512 {
		var more []CharRange
		for _, x := range set {
			for r := x.First; r <= min(x.Last, unicode.MaxRune); r++ { // Perl has characters up to the largest rune
				if i, ok := t.index[r]; ok {
					for _, j := range t.matches[i] {
						more = append(more, CharRange{t.chars[j], t.chars[j]})
					}
				}
			}
		}
		return set.Union(charSet(more))
	}
	matched := make([]bool, len(t.chars))
	i := 0
	for k, r := range t.chars {
		for i < len(set) && set[i].Last < r {
			i++
		}
		if i < len(set) && set[i].First <= r {
			for _, j := range t.matches[k] {
				matched[j] = true
			}
		}
	}
	more := make(CharSet, 0, 64)
	for k, r := range t.chars {
		switch last := len(more) - 1; {
		case !matched[k]:
		case last >= 0 && more[last].Last+1 == r:
			more[last].Last = r
		default:
			more = append(more, CharRange{r, r})
		}
	}
	return set.Union(more)
}

// The tables, by the names of flavor's foldings.
var (
	simpleCase = newCaseTable(sameSimple)
	fullCase   = newCaseTable(func(pattern, text rune) bool {
		return sameSimple(pattern, text) || samePairs[pattern] == text || samePairs[text] == pattern
	})
	upperCase = newCaseTable(func(pattern, text rune) bool { return canonicalizeJS(pattern) == canonicalizeJS(text) })
	javaCase  = newCaseTable(func(pattern, text rune) bool { return lowerOfUpper(pattern) == lowerOfUpper(text) })
	// javaRangeCase is a range: a character matches whose upper case is in it, or
	// the lower case of that.
	javaRangeCase = newCaseTable(func(pattern, text rune) bool {
		return unicode.ToUpper(text) == pattern || lowerOfUpper(text) == pattern
	})
	// pythonCase is what sre does: it looks for the lower case of a character among
	// the lower cases of the set, and those that have the same upper case.
	pythonCase = newCaseTable(func(pattern, text rune) bool {
		p, t := unicode.ToLower(pattern), unicode.ToLower(text)
		return p == t || unicode.ToUpper(p) == unicode.ToUpper(t) || samePairs[p] == t || samePairs[t] == p
	})
	// pythonRangeCase is a range beyond U+FFFF with i and a: sre compares it with
	// the upper case, whatever a says.
	pythonRangeCase = newCaseTable(func(pattern, text rune) bool { return unicode.ToUpper(pattern) == unicode.ToUpper(text) })
)

func sameSimple(a, b rune) bool {
	for f := unicode.SimpleFold(a); f != a; f = unicode.SimpleFold(f) {
		if f == b {
			return true
		}
	}
	return false
}

// folding is what ignoring case means where flags are in force.
func folding(f *flavor.Flavor, flags flavor.Flags) flavor.Folding {
	if f.Set == flavor.InPCRE2 && flags&(flavor.UTF|flavor.UCP) != 0 {
		flags = flags.With('u')
	}
	return f.Semantics.Fold.With(flags)
}

// fold adds to a set what matches its characters when case is ignored, if it is.
func (e *evaluator) fold(set CharSet, flags flavor.Flags) CharSet {
	if !flags.Has('i') || e.unfolded {
		return set
	}
	switch folding(e.flavor, flags) {
	case flavor.FoldASCII:
		return foldASCII(set)
	case flavor.FoldSimple:
		if e.is(flavor.InJS) {
			return fullCase().close(set) // with Unicode's data of this day
		}
		return simpleCase().close(set).within(Universe(e.flavor, flags))
	case flavor.FoldLetters:
		return simpleCase().close(foldLower(set))
	case flavor.FoldUpper:
		return upperCase().close(set)
	case flavor.FoldPython:
		return pythonCase().close(set)
	case flavor.FoldJava:
		return javaCase().close(set)
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

// foldFull closes a set under those full case foldings that are one character.
func foldFull(set CharSet) CharSet { return fullCase().close(set) }

// foldApart is foldFull that never takes an ASCII letter for another one.
func foldApart(set CharSet) CharSet {
	ascii := asciiPosix["ascii"]
	return foldASCII(set.Intersect(ascii)).Union(foldFull(set.Minus(ascii)).Minus(ascii))
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
