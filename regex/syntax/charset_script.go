package syntax

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"unicode"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

//go:embed unicode/scriptextensions.txt
var scriptExtensionsText string

// A scriptExtension is how the characters that are used with a script differ from
// those whose script it is.
type scriptExtension struct{ more, less CharSet }

// scriptExtensions are those that differ, by the loose names of the scripts.
var scriptExtensions = sync.OnceValue(func() map[string]scriptExtension {
	all := map[string]scriptExtension{}
	for line := range strings.Lines(scriptExtensionsText) {
		fields := strings.Fields(line)
		if fields[0] == "#" {
			continue
		}
		var more, less []CharRange
		to := &more
		for _, field := range fields[1:] {
			if field[0] == '-' {
				to = &less
			}
			var r CharRange
			if _, err := fmt.Sscanf(strings.TrimLeft(field, "+-"), "%x-%x", &r.First, &r.Last); err != nil {
				panic(fmt.Sprintf("scriptextensions.txt: %q: %v", line, err)) // it is embedded
			}
			*to = append(*to, r)
		}
		all[flavor.LooseName(fields[0])] = scriptExtension{charSet(more), charSet(less)}
	}
	return all
})

// scriptSet is the characters of a script; extended, all that are used with it.
func scriptSet(name string, extended bool) (CharSet, bool) {
	if name == "unknown" {
		return unknownScript(), true
	}
	table, ok := scriptTables()[name]
	if !ok && extended { // JavaScript's are newer
		return derivedSet("17scriptextensions=" + name)
	}
	if !ok {
		return derivedSet("17script=" + name)
	}
	set := tableSet(table)
	if extension, ok := scriptExtensions()[name]; ok && extended {
		set = set.Union(extension.more).Minus(extension.less)
	}
	return set, true
}

// unknownScript is the characters that have no script.
var unknownScript = onceSet(func() CharSet {
	var all CharSet
	for _, table := range unicode.Scripts {
		all = append(all, tableSet(table)...)
	}
	return charSet(all).Not(CharRange{0, unicode.MaxRune})
})
