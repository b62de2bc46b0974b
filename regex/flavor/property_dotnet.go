package flavor

import (
	"maps"
	"slices"
	"strings"
	"unicode"
)

// dotnetTable is the properties of regexp2 v2.12: those of package unicode of the
// toolchain that builds this, by their exact names, and those of properties/dotnet.txt.
// It has no blocks such as IsGreek, which .NET has.
func dotnetTable() *propertyTable {
	t := readProperties("dotnet")
	listed := t.list
	t.list = nil
	aliases := map[string][]string{}
	for _, alias := range slices.Sorted(maps.Keys(unicode.CategoryAliases)) {
		aliases[unicode.CategoryAliases[alias]] = append(aliases[unicode.CategoryAliases[alias]], alias)
	}
	for _, name := range slices.Sorted(maps.Keys(unicode.Categories)) {
		t.list = append(t.list, CharProperty{"category", name, aliases[name]})
	}
	for _, name := range slices.Sorted(maps.Keys(unicode.Scripts)) {
		t.list = append(t.list, CharProperty{"script", name, nil})
	}
	for _, name := range slices.Sorted(maps.Keys(unicode.Properties)) {
		t.list = append(t.list, CharProperty{"binary", name, nil})
	}
	t.list = append(t.list, listed...)
	t.index()
	return t
}

// hasDotNet is what canonicalUnicodeCatName of regexp2 takes.
func (t *propertyTable) hasDotNet(name string) bool {
	if t.exact[name] != nil {
		return true
	}
	if strings.ContainsAny(name, " \t\n\v\f\r") {
		return false // no name has them, though comparing does not look at them
	}
	if property, value, pair := strings.Cut(name, "="); pair {
		_, ok := t.valued[LooseName(property)].values[LooseName(value)]
		return ok
	}
	p := t.names[LooseName(name)]
	return p != nil && p.Kind == "other"
}
