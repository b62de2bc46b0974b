package syntax

import (
	"strings"
	"sync"
	"unicode"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// PropertyOf returns what a [KindProperty] names: the property of the flavor, and
// for a script whether characters count that have it among others (its script
// extensions). It reports false for a property that the flavor does not list.
func (t *Tree) PropertyOf(n *Node) (property flavor.CharProperty, extended, ok bool) {
	return (&evaluator{flavor: t.Flavor}).resolve(n.Text)
}

// PropertyVersion returns the version of Unicode, such as 15.0, of which the set of
// a [KindProperty] is: that of package unicode, or that of the data of an engine. It
// is that of the flavor's own engine where the set is from there.
func (t *Tree) PropertyVersion(n *Node) string {
	e := t.evaluator()
	property, extended, _ := e.resolve(n.Text)
	name := flavor.LooseName(property.Name)
	switch property.Kind {
	case "value", "age", "break", "bidi":
		key, _, _ := strings.Cut(name, "=")
		if e.is(flavor.InDotNet) || property.Kind == "age" { // what a version has does not change
			return e.flavor.Semantics.Unicode
		}
		if property.Kind != "value" || propertyValues()[key] != nil {
			return perlVersion
		}
	case "script":
		name = "script=" + name
		if extended {
			name = "scriptextensions" + strings.TrimPrefix(name, "script")
		}
	}
	if _, newest := derivedProperties()["17"+name]; newest && e.is(flavor.InJS|flavor.InDotNet) {
		return e.flavor.Semantics.Unicode // regexp2's table of these is newer than its others
	}
	return strings.TrimSuffix(unicode.Version, ".0")
}

// perlVersion is the version of Unicode of which values.txt is.
const perlVersion = "14.0"

// resolve finds a property by the text between the braces, without ^.
func (e *evaluator) resolve(text string) (property flavor.CharProperty, extended, ok bool) {
	if e.is(flavor.InPerl) {
		text = strings.TrimPrefix(text, "utf8::")
	}
	key, value, pair := cutAny(text, "=:")
	if !pair {
		key, value = "", text
	}
	value = strings.TrimSpace(value)
	kind := ""
	switch flavor.LooseName(key) {
	case "gc", "generalcategory", "category":
		kind = "category"
		if e.is(flavor.InJava) {
			return e.javaValue(value)
		}
	case "sc", "script":
		kind = "script"
	case "scx", "scriptextensions":
		kind, extended = "script", true
	case "blk", "block":
		return flavor.CharProperty{Kind: "block", Name: value}, false, true
	case "bidiclass", "bc":
		if e.is(flavor.InPCRE2) {
			property, ok = e.find("bidi"+value, "") // as it looks for it: bc=C is Bidi_C
			return property, false, ok
		}
		return e.valued(text)
	case "na", "name":
		return flavor.CharProperty{Kind: "value", Name: "Name=" + value}, false, e.is(flavor.InPerl)
	default:
		if pair {
			return e.valued(text)
		}
		if special[flavor.LooseName(value)] {
			return flavor.CharProperty{Kind: "special", Name: value}, false, true
		}
	}
	if (kind == "category" || !pair) && e.is(flavor.InPerl) && strings.HasSuffix(value, "_") && flavor.LooseName(value) == "l" {
		value = "LC" // L_ is not L
	}
	property, ok = e.find(value, kind)
	if bare, cut := strings.CutPrefix(value, "In"); cut && !ok && kind == "" && bare != "" && e.is(flavor.InJava|flavor.InPerl|flavor.InRuby) {
		return flavor.CharProperty{Kind: "block", Name: strings.TrimPrefix(bare, "_")}, false, true
	}
	if bare, cut := cutIs(value); cut && !ok && kind == "" && e.is(flavor.InPerl|flavor.InJava) {
		property, ok = e.find(bare, "")
		if property.Kind == "posix" || e.is(flavor.InJava) && property.Name == "Word" {
			property.Kind = "posix by Unicode"
		}
	}
	extended = extended || !pair && property.Kind == "script" && e.is(flavor.InPCRE2|flavor.InPerl)
	if e.is(flavor.InPCRE2) && (property.Name == "Common" || property.Name == "Inherited") {
		extended = false // PCRE2 takes the script itself
	}
	return property, extended, ok
}

// cutIs cuts an Is in front of a name, of whatever case: in Java none but Is gets
// here, which the parser sees to.
func cutIs(name string) (bare string, ok bool) {
	for i := range len(name) {
		if loose := flavor.LooseName(name[:i+1]); loose == "is" {
			return name[i+1:], true
		}
	}
	return name, false
}

// valued finds Property=Value.
func (e *evaluator) valued(text string) (property flavor.CharProperty, extended, ok bool) {
	if e.is(flavor.InRuby) { // whose list has the pairs
		property, ok = e.find(text, "")
		return property, false, ok
	}
	name, value, ok := e.flavor.PropertyValue(text)
	if !ok {
		return flavor.CharProperty{}, false, false
	}
	return flavor.CharProperty{Kind: "value", Name: name + "=" + value}, false, true
}

// javaValue finds what Java takes behind gc=, which is any name that needs no Is or
// In; POSIX classes are by ASCII there, whatever the flags.
func (e *evaluator) javaValue(name string) (property flavor.CharProperty, extended, ok bool) {
	if property, ok = e.find(name, ""); property.Kind == "posix" {
		property.Kind = "posix by ASCII"
	}
	return property, false, ok
}

// find looks for a name in the flavor's list, of a kind or of any.
func (e *evaluator) find(name, kind string) (flavor.CharProperty, bool) {
	property, ok := e.flavor.FindProperty(name)
	if kind == "script" && e.is(flavor.InJS) {
		property, ok = e.flavor.FindProperty("Script=" + name)
		property.Name = strings.TrimPrefix(property.Name, "Script=")
	}
	return property, ok && (kind == "" || kind == property.Kind)
}

// special are names that flavors list as this or that, if they do.
var special = map[string]bool{"any": true, "all": true, "assigned": true, "ascii": true, "l&": true, "l1": true}

// cutAny cuts s at the first of some bytes.
func cutAny(s, bytes string) (before, after string, found bool) {
	i := strings.IndexAny(s, bytes)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+1:], true
}

// property evaluates \p{Name}.
func (e *evaluator) property(n *Node) CharSet {
	property, extended, ok := e.resolve(n.Text)
	set, known := e.propertySet(property, n.Flags)
	if extended {
		set, known = scriptSet(flavor.LooseName(property.Name), true)
	}
	if !ok || !known {
		e.unknown = true
		return nil
	}
	set = set.within(Universe(e.flavor, n.Flags))
	if n.Flags.Has('i') {
		set = e.casedProperty(set, property, n.Negated)
	}
	switch {
	case e.is(flavor.InGo) && n.Flags.Has('i') && property.Name != "LC": // its table of what LC folds to is missing
		set = e.fold(set, n.Flags)
	case e.is(flavor.InJS) && n.Flags.Has('v'):
		set = e.fold(set, n.Flags)
	case e.is(flavor.InRuby) && n.Flags.Has('i') && !(e.inClass && n.Negated):
		fold := foldFull
		if flavor.LooseName(property.Name) == "ascii" {
			fold = foldApart
		}
		set = foldRuby(set, e.negated || n.Negated, fold)
	}
	if n.Negated {
		set = e.not(set, n)
	}
	switch {
	case e.is(flavor.InJS) && n.Flags.Has('u'):
		set = e.fold(set, n.Flags)
	case e.is(flavor.InRuby) && n.Flags.Has('i') && e.inClass && n.Negated:
		set = foldRuby(set, e.negated, foldFull)
	}
	return set
}

// casedProperty is a property that goes by case where case is ignored: some
// flavors make those one.
func (e *evaluator) casedProperty(set CharSet, property flavor.CharProperty, negated bool) CharSet {
	switch name := flavor.LooseName(property.Name); {
	case e.is(flavor.InDotNet | flavor.InPerl | flavor.InJava):
		switch name {
		case "lu", "ll", "lt":
			if e.is(flavor.InPerl) && name == "lt" {
				return casedSet()
			}
			if e.is(flavor.InDotNet) && negated {
				return tableSet(unicode.Ll) // the first of three negative ones decides, see dotnetClass
			}
			return tablesSet(unicode.Lu, unicode.Ll, unicode.Lt)
		case "upper", "lower", "uppercase", "lowercase", "titlecase", "title", "xposixupper", "xposixlower", "javalowercase", "javauppercase", "javatitlecase":
			if set[len(set)-1].Last < 0x80 {
				return asciiPosix["alpha"]
			}
			if !e.is(flavor.InDotNet) {
				return casedSet()
			}
		case "posixupper", "posixlower":
			return asciiPosix["alpha"]
		}
	}
	return set
}

// propertySet finds the set of a property by its kind and name.
func (e *evaluator) propertySet(property flavor.CharProperty, flags flavor.Flags) (CharSet, bool) {
	name := flavor.LooseName(property.Name)
	switch property.Kind {
	case "category":
		table, ok := categoryTables()[name]
		if !ok && name == "l1" {
			return CharSet{{0, 0xFF}}, true
		}
		if !ok && e.is(flavor.InJava) {
			return javaProperty(name)
		}
		if !ok {
			return nil, false
		}
		return tableSet(table), true
	case "script":
		return scriptSet(name, false)
	case "block":
		return e.blockSet(property.Name)
	case "value", "age", "break":
		return e.valueOf(property.Name)
	case "bidi":
		return valueSet("bidiclass", strings.TrimPrefix(name, "bidi"))
	case "posix by ASCII":
		return asciiPosix[name], asciiPosix[name] != nil
	case "posix":
		return e.posixProperty(name, flags)
	case "posix by Unicode":
		return e.posixProperty(name, flags.With('U'))
	}
	switch name {
	case "any", "all":
		return CharSet{{0, unicode.MaxRune}}, true
	case "assigned":
		return tableSet(unicode.Categories["Cn"]).Not(CharRange{0, unicode.MaxRune}), true
	case "ascii":
		return asciiPosix["ascii"], true
	case "l&", "l":
		return tableSet(unicode.Categories["LC"]), true
	case "l1":
		return CharSet{{0, 0xFF}}, true
	}
	if e.is(flavor.InPCRE2) {
		if set, ok := pcre2Property(name); ok {
			return set, true
		}
		if name == "bidimirrored" {
			return derivedSet("pcre2" + name) // only characters with a mirror image in BidiMirroring.txt
		}
	}
	if e.is(flavor.InPerl) {
		if ascii, ok := strings.CutPrefix(name, "posix"); ok && asciiPosix[ascii] != nil {
			return asciiPosix[ascii], true
		}
		switch name {
		case "horizspace":
			name = "blank"
		case "spaceperl", "xperlspace":
			name = "space"
		case "title":
			name = "titlecase"
		case "perlspace", "perlword":
			return asciiPosix[strings.TrimPrefix(name, "perl")], true
		case "unicode":
			return CharSet{{0, unicode.MaxRune}}, true
		case "vertspace":
			return CharSet{{'\n', '\r'}, {0x85, 0x85}, {0x2028, 0x2029}}, true
		}
		name = strings.TrimPrefix(name, "xposix")
		if asciiPosix[name] != nil && name != "punct" || property.Name == "XPosixPunct" {
			return e.unicodePosixSet(name), true
		}
	}
	return e.binarySet(name)
}

// categoryTables, scriptTables and binaryTables are package unicode's by their
// loose names.
var (
	categoryTables = sync.OnceValue(func() map[string]*unicode.RangeTable {
		m := loosely(unicode.Categories)
		m["l&"] = unicode.Categories["LC"]
		return m
	})
	scriptTables = sync.OnceValue(func() map[string]*unicode.RangeTable { return loosely(unicode.Scripts) })
	binaryTables = sync.OnceValue(func() map[string]*unicode.RangeTable { return loosely(unicode.Properties) })
)

func loosely(tables map[string]*unicode.RangeTable) map[string]*unicode.RangeTable {
	m := make(map[string]*unicode.RangeTable, len(tables))
	for name, table := range tables {
		m[flavor.LooseName(name)] = table
	}
	return m
}

// binarySet finds a yes-or-no property. Of those that are derived from others,
// it puts together those of which package unicode has the parts, as
// DerivedCoreProperties.txt does; others are in a file.
func (e *evaluator) binarySet(name string) (CharSet, bool) {
	switch name {
	case "alphabetic", "letter": // Java's letter is a category
		if name == "letter" {
			return tableSet(unicode.L), true
		}
		return alphabetic(), true
	case "lowercase":
		return lowercase(), true
	case "uppercase":
		return uppercase(), true
	case "titlecase":
		return tableSet(unicode.Lt), true
	case "cased":
		return casedSet(), true
	case "whitespace":
		return tableSet(unicode.White_Space), true
	case "math":
		return tablesSet(unicode.Sm, unicode.Other_Math), true
	case "idstart":
		return idStart(), true
	case "idcontinue":
		return idStart().Union(tablesSet(unicode.Mn, unicode.Mc, unicode.Nd, unicode.Pc, unicode.Other_ID_Continue)).Minus(patternSyntax()), true
	}
	if e.is(flavor.InJava) {
		switch name {
		case "hexdigit":
			return tablesSet(unicode.Nd, unicode.Hex_Digit), true
		case "digit":
			return tableSet(unicode.Nd), true
		case "punctuation":
			return tableSet(unicode.P), true
		case "control":
			return tableSet(unicode.Cc), true
		}
	}
	if e.is(flavor.InJava) {
		if set, ok := javaProperty(name); ok {
			return set, true
		}
	}
	table, ok := binaryTables()[name]
	if !ok {
		if e.is(flavor.InDotNet) {
			if set, ok := valueSet("17wordbreak", name); ok {
				return set, true // of which it takes some values without the property
			}
		}
		if e.is(flavor.InJS | flavor.InDotNet) {
			if set, ok := derivedSet("17" + name); ok {
				return set, true // their Unicode is newer than the others'
			}
		}
		return derivedSet(name)
	}
	if strings.HasPrefix(name, "other") && !e.is(flavor.InDotNet|flavor.InRuby) {
		return nil, false
	}
	return tableSet(table), true
}

var (
	idStart = onceSet(func() CharSet {
		return tablesSet(unicode.L, unicode.Nl, unicode.Other_ID_Start).Minus(patternSyntax())
	})
	patternSyntax = onceSet(func() CharSet { return tablesSet(unicode.Pattern_Syntax, unicode.Pattern_White_Space) })
)

// pcre2Property is what PCRE2 adds.
func pcre2Property(name string) (CharSet, bool) {
	switch name {
	case "xan":
		return tablesSet(unicode.L, unicode.N), true
	case "xwd":
		return pcre2PosixSet("word"), true
	case "xsp", "xps":
		return pcre2PosixSet("space"), true
	case "xuc":
		return charsOf('$', '@', '`').Union(CharSet{{0xA0, 0xD7FF}, {0xE000, unicode.MaxRune}}), true
	}
	return nil, false
}

// posixProperty is a POSIX class as a property: by Unicode in Ruby, and by ASCII
// in Java without U.
func (e *evaluator) posixProperty(name string, flags flavor.Flags) (CharSet, bool) {
	switch {
	case name == "xposixpunct":
		return posixPunct(), true
	case e.is(flavor.InRuby) && name == "punct":
		return tableSet(unicode.P), true
	case e.is(flavor.InRuby) && asciiPosix[name] != nil && name != "ascii":
		return e.unicodePosixSet(name), true
	case e.is(flavor.InJava) && flags.Has('U') && name != "ascii":
		switch name {
		case "punct":
			return tableSet(unicode.P), true
		case "xdigit":
			return tablesSet(unicode.Nd, unicode.Hex_Digit), true
		}
		return e.unicodePosixSet(name), asciiPosix[name] != nil
	}
	return asciiPosix[name], asciiPosix[name] != nil
}
