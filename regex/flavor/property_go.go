package flavor

import (
	"maps"
	"slices"
	"strings"
	"unicode"
)

// goTable is the properties of Go's regexp: the categories and scripts of package
// unicode of the toolchain that builds this, and aliases of categories. Case,
// blanks, hyphens and underscores do not matter.
func goTable() *propertyTable {
	t := newPropertyTable()
	aliases := map[string][]string{}
	for _, alias := range slices.Sorted(maps.Keys(unicode.CategoryAliases)) {
		aliases[unicode.CategoryAliases[alias]] = append(aliases[unicode.CategoryAliases[alias]], alias)
	}
	for _, name := range slices.Sorted(maps.Keys(unicode.Categories)) {
		t.list = append(t.list, CharProperty{"category", name, aliases[name]})
	}
	for _, name := range slices.Sorted(maps.Keys(unicode.Scripts)) {
		// Names with a second capital or an underscore are not found: of Linear_B,
		// regexp/syntax looks for Linearb.
		if name == name[:1]+strings.ToLower(goLoose(name[1:])) {
			t.list = append(t.list, CharProperty{"script", name, nil})
		}
	}
	for _, name := range []string{"Any", "Assigned", "ASCII"} {
		t.list = append(t.list, CharProperty{"other", name, nil})
	}
	for i := range t.list {
		p := &t.list[i]
		for _, name := range append([]string{p.Name}, p.Aliases...) {
			t.names[goLoose(name)] = p
		}
	}
	return t
}

// goLoose is a name as Go compares them: without the case of ASCII letters, blanks,
// hyphens and underscores.
func goLoose(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '_' || r == '-' || r == ' ':
			return -1
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return r
	}, name)
}
