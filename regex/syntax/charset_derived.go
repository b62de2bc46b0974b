package syntax

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"unicode"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

//go:embed unicode/properties.txt
var derivedText string

//go:embed unicode/blocks.txt
var blocksText string

// A derivedProperty is a set of characters as it differs from that of a class in
// Perl's syntax.
type derivedProperty struct {
	base string
	// text has the ranges behind + and -, not read yet.
	text string
}

// derivedProperties are those that package unicode does not have, by loose name.
var derivedProperties = sync.OnceValue(func() map[string]derivedProperty {
	all := map[string]derivedProperty{}
	for line := range strings.Lines(derivedText) {
		if fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t"); len(fields) == 3 {
			all[flavor.LooseName(fields[0])] = derivedProperty{fields[1], fields[2]}
		}
	}
	return all
})

// derivedSets are the sets that were asked for, by loose name.
var derivedSets sync.Map

// derivedSet finds the set of a property that package unicode does not have, by its
// loose name. Callers must not change it.
func derivedSet(name string) (CharSet, bool) {
	if set, ok := derivedSets.Load(name); ok {
		return set.(CharSet), true
	}
	property, ok := derivedProperties()[name]
	if !ok {
		return nil, false
	}
	var base CharSet
	if property.base != "[]" {
		base = perlClass(property.base)
	}
	var more, less []CharRange
	for _, field := range strings.Fields(property.text) {
		to := &more
		if field[0] == '-' {
			to = &less
		}
		*to = append(*to, rangeOf(field[1:]))
	}
	set := base.Union(charSet(more)).Minus(charSet(less))
	derivedSets.Store(name, set)
	return set, true
}

// perlClass is the set of a class in Perl's syntax, which has to be one.
func perlClass(class string) CharSet {
	perl, err := flavor.Lookup("perl")
	if err != nil {
		panic(err) // it is a flavor
	}
	tree := Parse(class, perl, flavor.FlagsOf(""))
	set, ok := tree.CharSet(tree.Root)
	if !ok {
		panic(fmt.Sprintf("properties.txt: %q is not known", class)) // it is embedded
	}
	return set
}

// rangeOf reads a range, or one code point, in hexadecimal; it has to be one, since
// the files are embedded.
func rangeOf(text string) CharRange {
	first, last, ok := strings.Cut(text, "-")
	if !ok {
		last = first
	}
	var r CharRange
	if _, err := fmt.Sscanf(first+" "+last, "%x %x", &r.First, &r.Last); err != nil {
		panic(fmt.Sprintf("%q: %v", text, err))
	}
	return r
}

// blocks are the blocks of Unicode by their loose names.
var blocks = sync.OnceValue(func() map[string]CharRange {
	all := map[string]CharRange{}
	for line := range strings.Lines(blocksText) {
		fields := strings.Split(strings.TrimSpace(line), "\t")
		if len(fields) < 2 {
			continue // a comment
		}
		for _, name := range fields[1:] {
			all[flavor.LooseName(name)] = rangeOf(fields[0])
		}
	}
	return all
})

// blockSet finds a block by one of the names that the flavor has for it.
func (e *evaluator) blockSet(name string) (CharSet, bool) {
	names := []string{name}
	for _, p := range e.flavor.Properties() {
		if p.Kind == "block" && (strings.EqualFold(p.Name, name) || hasFold(p.Aliases, name)) {
			names = append(append(names, p.Name), p.Aliases...)
		}
	}
	for _, name := range names {
		loose := flavor.LooseName(name)
		block, ok := blocks()[loose]
		if !ok {
			block, ok = blocks()[strings.TrimPrefix(loose, "in")]
		}
		switch {
		case !ok:
		case block.First == 0x18D00 && e.is(flavor.InJava|flavor.InRuby):
			return CharSet{{0x18D00, 0x18D8F}}, true // Tangut Supplement, which Unicode 14 made smaller
		default:
			return CharSet{block}, true
		}
	}
	if loose := strings.TrimPrefix(flavor.LooseName(name), "in"); loose == "noblock" || loose == "nb" {
		var all CharSet
		for _, block := range blocks() {
			all = append(all, block)
		}
		return charSet(all).Not(CharRange{0, unicode.MaxRune}), true
	}
	if flavor.LooseName(name) == "surrogatesarea" {
		return nil, true // Java keeps the name, and no character is in it
	}
	return nil, false
}

func hasFold(names []string, name string) bool {
	for _, n := range names {
		if strings.EqualFold(n, name) {
			return true
		}
	}
	return false
}

// javaProperty is what the method of java.lang.Character says for which a name
// stands, in lower case, as Java 17 documents them.
func javaProperty(name string) (CharSet, bool) {
	ignorable := CharSet{{0, 8}, {0xE, 0x1B}, {0x7F, 0x9F}}.Union(tableSet(unicode.Cf))
	switch name {
	case "javalowercase":
		return lowercase(), true
	case "javauppercase":
		return uppercase(), true
	case "javaalphabetic":
		return alphabetic(), true
	case "javaideographic":
		return tableSet(unicode.Ideographic), true
	case "javatitlecase":
		return tableSet(unicode.Lt), true
	case "javadigit":
		return tableSet(unicode.Nd), true
	case "javadefined":
		return tableSet(unicode.Categories["Cn"]).Not(CharRange{0, unicode.MaxRune}), true
	case "javaletter":
		return tableSet(unicode.L), true
	case "javaletterordigit", "ld":
		return tablesSet(unicode.L, unicode.Nd), true
	case "javajavaidentifierstart":
		return tablesSet(unicode.L, unicode.Nl, unicode.Sc, unicode.Pc), true
	case "javajavaidentifierpart":
		return tablesSet(unicode.L, unicode.Nl, unicode.Sc, unicode.Pc, unicode.Nd, unicode.Mc, unicode.Mn).Union(ignorable), true
	case "javaunicodeidentifierstart":
		return tablesSet(unicode.L, unicode.Nl, unicode.Other_ID_Start), true
	case "javaunicodeidentifierpart":
		return tablesSet(unicode.L, unicode.Nl, unicode.Other_ID_Start, unicode.Pc, unicode.Nd, unicode.Mc, unicode.Mn,
			unicode.Other_ID_Continue).Union(ignorable), true
	case "javaidentifierignorable":
		return ignorable, true
	case "javaspacechar":
		return tableSet(unicode.Z), true
	case "javawhitespace":
		return tableSet(unicode.Z).Minus(charsOf(0xA0, 0x2007, 0x202F)).Union(CharSet{{'\t', '\r'}, {0x1C, 0x1F}}), true
	case "javaisocontrol":
		return tableSet(unicode.Cc), true
	case "javamirrored":
		return derivedSet("bidimirrored")
	}
	return nil, false
}
