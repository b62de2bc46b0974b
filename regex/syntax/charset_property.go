package syntax

import (
	"strings"
	"sync"
	"unicode"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// property evaluates \p{Name}.
func (e *evaluator) property(n *Node) CharSet {
	name := flavor.LooseName(n.Text)
	set, ok := e.named(name, n.Flags)
	if !ok {
		e.unknown = true
		return nil
	}
	set = set.within(Universe(e.flavor, n.Flags))
	if n.Flags.Has('i') {
		switch {
		case e.is(flavor.InGo) && (name == "lc" || name == "casedletter"):
			// Its table of what this folds to is missing.
		case e.is(flavor.InGo), e.is(flavor.InJS) && n.Flags.Has('v'):
			set = foldSimple(set)
		case !casedLetters[name]:
		case e.is(flavor.InDotNet) && n.Negated:
			// regexp2 takes the union of what is no Ll, no Lu and no Lt.
			return CharSet{Universe(e.flavor, n.Flags)}
		case e.is(flavor.InDotNet | flavor.InPerl | flavor.InJava):
			set = tablesSet(unicode.Lu, unicode.Ll, unicode.Lt)
		}
	}
	if n.Negated {
		set = e.not(set, n)
	}
	if e.is(flavor.InJS) && n.Flags.Has('u') {
		set = e.fold(set, n.Flags)
	}
	return set
}

// casedLetters are the names of the categories that are one when case is
// ignored.
var casedLetters = map[string]bool{
	"lu": true, "ll": true, "lt": true, "uppercaseletter": true, "lowercaseletter": true, "titlecaseletter": true,
}

// named finds the set of a property.
func (e *evaluator) named(name string, flags flavor.Flags) (CharSet, bool) {
	key, value, pair := cutAny(name, "=:")
	if pair {
		switch key {
		case "gc", "generalcategory", "category":
			return categorySet(value)
		case "sc", "script":
			return scriptSet(value)
		}
		return nil, false
	}
	if e.is(flavor.InJava) {
		if set, ok := javaProperty(name, flags); ok {
			return set, true
		}
		name = strings.TrimPrefix(name, "is")
	}
	switch name {
	case "any", "all":
		return CharSet{{0, unicode.MaxRune}}, true
	case "assigned":
		return unassigned().Not(CharRange{0, unicode.MaxRune}), true
	case "ascii":
		return asciiPosix["ascii"], true
	}
	if set, ok := categorySet(name); ok {
		return set, true
	}
	if e.is(flavor.InPCRE2) {
		if set, ok := pcre2Property(name); ok {
			return set, true
		}
	}
	if e.is(flavor.InRuby | flavor.InPerl) {
		if _, ok := asciiPosix[name]; ok && name != "punct" {
			return e.unicodePosixSet(name), true
		}
		if ascii, ok := strings.CutPrefix(name, "posix"); ok && asciiPosix[ascii] != nil && e.is(flavor.InPerl) {
			return asciiPosix[ascii], true
		}
	}
	if !e.is(flavor.InPCRE2 | flavor.InPerl) { // there, scripts are with their extensions
		if set, ok := scriptSet(name); ok {
			return set, true
		}
	}
	if e.is(flavor.InGo) {
		return nil, false
	}
	return binarySet(name)
}

// cutAny cuts s at the first of some bytes.
func cutAny(s, bytes string) (before, after string, found bool) {
	i := strings.IndexAny(s, bytes)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+1:], true
}

// categoryTables and scriptTables are package unicode's by their loose names.
var (
	categoryTables = sync.OnceValue(func() map[string]*unicode.RangeTable {
		m := make(map[string]*unicode.RangeTable, 2*len(unicode.Categories))
		for name, table := range unicode.Categories {
			m[flavor.LooseName(name)] = table
		}
		for name, category := range unicode.CategoryAliases {
			m[flavor.LooseName(name)] = unicode.Categories[category]
		}
		m["l&"] = unicode.Categories["LC"]
		return m
	})
	scriptTables = sync.OnceValue(func() map[string]*unicode.RangeTable {
		m := make(map[string]*unicode.RangeTable, len(unicode.Scripts))
		for name, table := range unicode.Scripts {
			m[flavor.LooseName(name)] = table
		}
		return m
	})
	propertyTables = sync.OnceValue(func() map[string]*unicode.RangeTable {
		m := make(map[string]*unicode.RangeTable, len(unicode.Properties))
		for name, table := range unicode.Properties {
			m[flavor.LooseName(name)] = table
		}
		return m
	})
)

func categorySet(name string) (CharSet, bool) {
	table, ok := categoryTables()[name]
	if !ok {
		return nil, false
	}
	return tableSet(table), true
}

func scriptSet(name string) (CharSet, bool) {
	table, ok := scriptTables()[name]
	if !ok {
		return nil, false
	}
	return tableSet(table), true
}

// unassigned is what has no character yet.
func unassigned() CharSet { return tableSet(unicode.Categories["Cn"]) }

// binarySet finds a yes-or-no property. Of those that are derived from others,
// it knows those of which package unicode has the parts.
func binarySet(name string) (CharSet, bool) {
	switch name {
	case "alphabetic", "alpha":
		return alphabetic(), true
	case "lowercase", "lower":
		return tablesSet(unicode.Ll, unicode.Other_Lowercase), true
	case "uppercase", "upper":
		return tablesSet(unicode.Lu, unicode.Other_Uppercase), true
	case "whitespace", "space", "wspace":
		return tableSet(unicode.White_Space), true
	case "cased":
		return tablesSet(unicode.Lu, unicode.Ll, unicode.Lt, unicode.Other_Lowercase, unicode.Other_Uppercase), true
	}
	table, ok := propertyTables()[name]
	if !ok || strings.HasPrefix(name, "other") {
		return nil, false
	}
	return tableSet(table), true
}

// pcre2Property is what PCRE2 adds.
func pcre2Property(name string) (CharSet, bool) {
	switch name {
	case "xan":
		return tablesSet(unicode.L, unicode.N), true
	case "xwd":
		return wordSets[flavor.InPCRE2](), true
	case "xsp", "xps":
		return tableSet(unicode.White_Space).Union(mongolianVowelSeparator), true
	case "xuc":
		return charsOf('$', '@', '`').Union(CharSet{{0xA0, 0xD7FF}, {0xE000, unicode.MaxRune}}), true
	}
	return nil, false
}

// javaProperty is what Java has with other meanings: POSIX classes, which are
// ASCII without U.
func javaProperty(name string, flags flavor.Flags) (CharSet, bool) {
	ascii, ok := asciiPosix[name]
	switch {
	case name == "l1":
		return CharSet{{0, 0xFF}}, true
	case !ok || name == "word":
		return nil, false
	case !flags.Has('U') || name == "ascii":
		if flags.Has('i') && (name == "lower" || name == "upper") {
			return asciiPosix["alpha"], true
		}
		return ascii, true
	}
	switch name {
	case "alpha":
		return alphabetic(), true
	case "lower":
		return tablesSet(unicode.Ll, unicode.Other_Lowercase), true
	case "upper":
		return tablesSet(unicode.Lu, unicode.Other_Uppercase), true
	case "digit":
		return tableSet(unicode.Nd), true
	case "alnum":
		return alphabetic().Union(tableSet(unicode.Nd)), true
	case "space":
		return tableSet(unicode.White_Space), true
	case "cntrl":
		return tableSet(unicode.Cc), true
	case "punct":
		return tableSet(unicode.P), true
	}
	return nil, false
}

// A PropertyKind says what a name in \p{...} is the name of.
type PropertyKind uint8

// The kinds of properties.
const (
	PropertyOther    PropertyKind = iota // a kind that this package has no table of
	PropertyCategory                     // a general category, such as Lu
	PropertyScript                       // a script, such as Greek
	PropertyBlock                        // a range of code points, such as InGreek
	PropertyBinary                       // a yes-or-no property, such as White_Space
)

// PropertyName returns what kind of property a [KindProperty] names, and its name:
// for a category and a script that of package unicode, and else as written
// without what says the kind.
func (t *Tree) PropertyName(n *Node) (PropertyKind, string) {
	key, value, pair := cutAny(n.Text, "=:")
	if !pair {
		value = n.Text
	}
	value = strings.TrimSpace(value)
	name := flavor.LooseName(value)
	in := func(m map[string]*unicode.RangeTable, all map[string]*unicode.RangeTable) (string, bool) {
		table, ok := m[name]
		if !ok && t.Flavor.Set == flavor.InJava {
			table, ok = m[strings.TrimPrefix(name, "is")]
		}
		if !ok {
			return "", false
		}
		for canonical, other := range all {
			if other == table && (flavor.LooseName(canonical) == name || len(canonical) <= 2) {
				return canonical, true
			}
		}
		return value, true
	}
	switch flavor.LooseName(key) {
	case "gc", "generalcategory", "category", "sc", "script", "scx", "scriptextensions":
	case "blk", "block":
		return PropertyBlock, value
	default:
		if pair {
			return PropertyOther, n.Text
		}
	}
	if canonical, ok := in(categoryTables(), unicode.Categories); ok {
		return PropertyCategory, canonical
	}
	if canonical, ok := in(scriptTables(), unicode.Scripts); ok {
		return PropertyScript, canonical
	}
	if bare, ok := strings.CutPrefix(value, "In"); ok && bare != "" && t.Flavor.Set&(flavor.InPerl|flavor.InJava|flavor.InRuby) != 0 {
		return PropertyBlock, strings.TrimPrefix(bare, "_")
	}
	if _, ok := binarySet(strings.TrimPrefix(name, "is")); ok {
		return PropertyBinary, value
	}
	return PropertyOther, value
}
