package syntax

import (
	"cmp"
	"slices"
	"sync"
	"unicode"
)

// A CharRange is the characters from First to Last, both included.
type CharRange struct{ First, Last rune }

// A CharSet is a set of characters: ranges in ascending order with gaps between
// them, so that equal sets are equal slices. What a character is depends on the
// flavor, see [Universe]. Sets are not changed once they are made, and may be
// shared.
type CharSet []CharRange

// charSet makes a set of ranges in any order, which it takes over.
func charSet(ranges []CharRange) CharSet {
	ascending := func(a, b CharRange) int { return cmp.Compare(a.First, b.First) }
	if !slices.IsSortedFunc(ranges, ascending) {
		slices.SortFunc(ranges, ascending)
	}
	set := ranges[:0]
	for _, r := range ranges {
		switch last := len(set) - 1; {
		case r.First > r.Last:
		case last >= 0 && r.First <= set[last].Last+1:
			set[last].Last = max(set[last].Last, r.Last)
		default:
			set = append(set, r)
		}
	}
	return CharSet(set)
}

// charsOf returns the set of some characters.
func charsOf(chars ...rune) CharSet {
	ranges := make([]CharRange, len(chars))
	for i, r := range chars {
		ranges[i] = CharRange{r, r}
	}
	return charSet(ranges)
}

// Contains reports whether r is in the set, in time logarithmic in its ranges.
func (s CharSet) Contains(r rune) bool {
	i, found := slices.BinarySearchFunc(s, r, func(x CharRange, r rune) int { return cmp.Compare(x.First, r) })
	return found || i > 0 && r <= s[i-1].Last
}

// Len returns the number of characters in the set.
func (s CharSet) Len() int {
	n := 0
	for _, r := range s {
		n += int(r.Last-r.First) + 1
	}
	return n
}

// Union returns the characters that are in s or in other.
func (s CharSet) Union(other CharSet) CharSet {
	switch {
	case len(s) == 0:
		return other
	case len(other) == 0:
		return s
	}
	out := make(CharSet, 0, len(s)+len(other))
	for len(s) > 0 || len(other) > 0 {
		var next CharRange
		if len(other) == 0 || len(s) > 0 && s[0].First <= other[0].First {
			next, s = s[0], s[1:]
		} else {
			next, other = other[0], other[1:]
		}
		if last := len(out) - 1; last >= 0 && next.First <= out[last].Last+1 {
			out[last].Last = max(out[last].Last, next.Last)
		} else {
			out = append(out, next)
		}
	}
	return out
}

// within returns the characters of s that are in the universe.
func (s CharSet) within(universe CharRange) CharSet {
	if len(s) == 0 || s[len(s)-1].Last <= universe.Last {
		return s
	}
	return s.Intersect(CharSet{universe})
}

// Not returns the characters of the universe that are not in s. All that are in
// s have to be in the universe, which is one range from 0.
func (s CharSet) Not(universe CharRange) CharSet {
	out := make(CharSet, 0, len(s)+1)
	next := universe.First
	for _, r := range s {
		if r.First > next {
			out = append(out, CharRange{next, min(r.First-1, universe.Last)})
		}
		next = r.Last + 1
	}
	if next <= universe.Last {
		out = append(out, CharRange{next, universe.Last})
	}
	return out
}

// Intersect returns the characters that are in both s and other.
func (s CharSet) Intersect(other CharSet) CharSet {
	var out CharSet
	for i, j := 0, 0; i < len(s) && j < len(other); {
		both := CharRange{max(s[i].First, other[j].First), min(s[i].Last, other[j].Last)}
		if both.First <= both.Last {
			out = append(out, both)
		}
		if s[i].Last < other[j].Last {
			i++
		} else {
			j++
		}
	}
	return out
}

// Minus returns the characters that are in s and not in other.
func (s CharSet) Minus(other CharSet) CharSet {
	return s.Intersect(other.Not(CharRange{0, unicode.MaxRune}))
}

// tables are the sets of tables of package unicode.
var tables sync.Map // *unicode.RangeTable to CharSet

// tableSet returns the characters of a table of package unicode.
func tableSet(table *unicode.RangeTable) CharSet {
	if set, ok := tables.Load(table); ok {
		return set.(CharSet)
	}
	var ranges []CharRange
	add := func(lo, hi, stride rune) {
		if stride == 1 {
			ranges = append(ranges, CharRange{lo, hi})
			return
		}
		for r := lo; r <= hi; r += stride {
			ranges = append(ranges, CharRange{r, r})
		}
	}
	for _, r := range table.R16 {
		add(rune(r.Lo), rune(r.Hi), rune(r.Stride))
	}
	for _, r := range table.R32 {
		add(rune(r.Lo), rune(r.Hi), rune(r.Stride))
	}
	set := charSet(ranges)
	tables.Store(table, set)
	return set
}

// tablesSet returns the characters that are in any of the tables.
func tablesSet(tables ...*unicode.RangeTable) CharSet {
	var set CharSet
	for _, table := range tables {
		set = set.Union(tableSet(table))
	}
	return set
}
