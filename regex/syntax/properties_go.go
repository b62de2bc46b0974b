package syntax

import (
	"strings"
	"sync"
	"unicode"
)

// goProperty reports whether Go's regexp has a property of this name: a general
// category or script of package unicode, or an alias of a category. Case,
// blanks, hyphens and underscores do not matter.
func goProperty(name string) bool {
	_, ok := goProperties()[looseName(name)]
	return ok
}

var goProperties = sync.OnceValue(func() map[string]struct{} {
	// The first three are no tables of package unicode: see regexp/syntax.
	names := map[string]struct{}{"any": {}, "assigned": {}, "ascii": {}}
	for _, tables := range []map[string]*unicode.RangeTable{unicode.Categories, unicode.Scripts} {
		for name := range tables {
			// Of the names with a second capital or an underscore, such as
			// Linear_B, regexp/syntax only finds LC: it looks for Linearb.
			if name == "LC" || name == name[:1]+strings.ToLower(looseName(name[1:])) {
				names[looseName(name)] = struct{}{}
			}
		}
	}
	for name := range unicode.CategoryAliases {
		names[looseName(name)] = struct{}{}
	}
	return names
})

// looseName is a name as Unicode compares them: without the case of ASCII
// letters, blanks, hyphens and underscores.
func looseName(name string) string {
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
