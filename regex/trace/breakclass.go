package trace

import (
	"cmp"
	"fmt"
	"slices"
	"unicode"

	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A breakClass is a value of one of the properties Word_Break, Sentence_Break and Line_Break: its place in a list.
type breakClass uint8

// breakEdge is the class of what is beyond the text's ends.
const breakEdge breakClass = 0xFF

// A breakTable has the classes of characters, in ascending order; those that are in no range have class 0.
type breakTable []breakRange

type breakRange struct {
	first, last rune
	class       breakClass
}

// newBreakTable makes a table of the values of a property in Unicode 14, by their names from the second on.
func newBreakTable(property string, names []string) breakTable {
	var table breakTable
	for i, name := range names[1:] {
		set, ok := syntax.ValueSet(property, name)
		if !ok {
			panic(fmt.Sprintf("no %s=%s", property, name)) // the names are those of the property
		}
		for _, r := range set {
			table = append(table, breakRange{r.First, r.Last, breakClass(i + 1)})
		}
	}
	slices.SortFunc(table, func(a, b breakRange) int { return cmp.Compare(a.first, b.first) })
	return table
}

// of is the class of a character.
func (t breakTable) of(r rune) breakClass {
	i, found := slices.BinarySearchFunc(t, r, func(x breakRange, r rune) int { return cmp.Compare(x.first, r) })
	if !found {
		i--
	}
	if i >= 0 && r <= t[i].last {
		return t[i].class
	}
	return 0
}

// A breakText is a text as a rule of breaks looks at it: in classes.
type breakText struct {
	m     *machine
	class func(rune) breakClass
}

// at is the class of the character that begins at an offset, and where it ends.
func (t breakText) at(pos int32) (breakClass, int32) {
	r, next := t.m.decode(pos)
	if next == pos {
		return breakEdge, pos
	}
	return t.class(r), next
}

// before is the class of the character that ends at an offset, and where it begins.
func (t breakText) before(pos int32) (breakClass, int32) {
	r, start := t.m.decodeLast(pos)
	if start == pos {
		return breakEdge, pos
	}
	return t.class(r), start
}

// atPast is the class of the first character from an offset on that is none of some, and where it ends.
func (t breakText) atPast(pos int32, past breakSet) (breakClass, int32) {
	class, next := t.at(pos)
	for past.has(class) {
		class, next = t.at(next)
	}
	return class, next
}

// beforePast is the class of the last character up to an offset that is none of some, and where it begins.
func (t breakText) beforePast(pos int32, past breakSet) (breakClass, int32) {
	class, start := t.before(pos)
	for past.has(class) {
		class, start = t.before(start)
	}
	return class, start
}

// A breakSet is a set of classes.
type breakSet uint64

func breaksOf(classes ...breakClass) breakSet {
	var set breakSet
	for _, c := range classes {
		set |= 1 << c
	}
	return set
}

func (s breakSet) has(c breakClass) bool { return c < 64 && s&(1<<c) != 0 }

// evenBefore reports whether the characters of a class that end at an offset, those of some classes left out, are an even
// number.
func (t breakText) evenBefore(pos int32, class breakClass, past breakSet) bool {
	count := 0
	for {
		c, start := t.beforePast(pos, past)
		if c != class {
			return count%2 == 0
		}
		count++
		pos = start
	}
}

// isBlank reports whether a character is horizontal white space: \h.
func isBlank(r rune) bool { return r == '\t' || unicode.Is(unicode.Zs, r) }
