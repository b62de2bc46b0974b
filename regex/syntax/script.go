package syntax

import (
	"cmp"
	"slices"
	"sync"
	"unicode"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// A Script is one that characters are of: a number that stays the same as long as the program runs.
type Script uint8

// ScriptUnknown is that of characters that have none.
const ScriptUnknown Script = 0

// The mixtures of scripts that UTS 39 gives names, as further scripts, which no character is of: Han with Bopomofo, with
// Hiragana and Katakana, and with Hangul.
const (
	ScriptHanb Script = 189 + iota
	ScriptJpan
	ScriptKore
)

// A ScriptSet is a set of scripts, a bit each. Unicode has some 170.
type ScriptSet [3]uint64

// ScriptsOf makes a set.
func ScriptsOf(scripts ...Script) ScriptSet {
	var set ScriptSet
	for _, s := range scripts {
		set[s>>6] |= 1 << (s & 63)
	}
	return set
}

// IsEmpty reports whether there is no script in the set.
func (s ScriptSet) IsEmpty() bool { return s == ScriptSet{} }

// Has reports whether a script is in the set.
func (s ScriptSet) Has(script Script) bool { return s[script>>6]&(1<<(script&63)) != 0 }

// Intersect returns the scripts that are in both.
func (s ScriptSet) Intersect(other ScriptSet) ScriptSet {
	for i := range s {
		s[i] &= other[i]
	}
	return s
}

// Without returns the scripts but one.
func (s ScriptSet) Without(script Script) ScriptSet {
	s[script>>6] &^= 1 << (script & 63)
	return s
}

// Union returns the scripts that are in any of both.
func (s ScriptSet) Union(other ScriptSet) ScriptSet {
	for i := range s {
		s[i] |= other[i]
	}
	return s
}

// scriptNames are the scripts by their numbers; that of 0 is the unknown one.
var scriptNames = sync.OnceValue(func() []string {
	names := make([]string, 1, len(unicode.Scripts)+1)
	for name := range unicode.Scripts {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
})

// ScriptNamed returns the script of a name as package unicode has it, such as Han, or ScriptUnknown.
func ScriptNamed(name string) Script {
	i, ok := slices.BinarySearch(scriptNames(), name)
	if !ok {
		return ScriptUnknown
	}
	return Script(i)
}

// A scriptRange is characters from first on, up to the next range, of the same scripts.
type scriptRange struct {
	first rune
	own   Script
	used  ScriptSet
}

// scriptRanges are in ascending order, and the first begins with 0. They are made when a pattern first asks for them, in
// some 4 ms with reading values.txt, and take 54 KiB.
var scriptRanges = sync.OnceValue(func() []scriptRange {
	type change struct {
		at     rune
		script Script
		own    bool
		begins bool
	}
	var changes []change
	assigned, _ := presentIn(perlVersion)
	for i, name := range scriptNames()[1:] {
		for _, own := range []bool{true, false} {
			set, _ := scriptSet(flavor.LooseName(name), !own)
			for _, r := range set.Intersect(assigned) {
				changes = append(changes, change{r.First, Script(i + 1), own, true}, change{r.Last + 1, Script(i + 1), own, false})
			}
		}
	}
	slices.SortFunc(changes, func(a, b change) int {
		if a.at == b.at && a.begins != b.begins { // what ends, first
			if b.begins {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.at, b.at)
	})
	ranges := []scriptRange{{}}
	for _, c := range changes {
		if last := ranges[len(ranges)-1]; last.first != c.at {
			last.first = c.at
			ranges = append(ranges, last)
		}
		r := &ranges[len(ranges)-1]
		switch {
		case c.own && c.begins:
			r.own = c.script
		case c.own:
			r.own = ScriptUnknown
		default:
			r.used[c.script>>6] ^= 1 << (c.script & 63)
		}
	}
	return ranges
})

// Scripts returns the script of a character and all those that it is used with, its Script and Script_Extensions in
// Unicode 14, which PCRE2 10.40 and Perl 5.36 have. The latter may lack its own, when that is Common or Inherited, and is
// empty for characters without a script. It takes time logarithmic in the number of ranges, 1,738.
func Scripts(r rune) (own Script, used ScriptSet) {
	ranges := scriptRanges()
	i, found := slices.BinarySearchFunc(ranges, r, func(s scriptRange, r rune) int { return cmp.Compare(s.first, r) })
	if !found {
		i--
	}
	return ranges[i].own, ranges[i].used
}
