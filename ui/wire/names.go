package wire

import (
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// NewNames says what can stand in a flavor's classes by its name: properties as the
// flavor takes them, so that scripts may come as Script=Greek.
func NewNames(f *flavor.Flavor) Names {
	names := Names{Posix: syntax.PosixClasses(f), Properties: []Property{}}
	if names.Posix == nil {
		names.Posix = []string{}
	}
	var flags flavor.Flags
	if f.Set == flavor.InJS {
		flags = flavor.FlagsOf("v") // with u all of them but those of strings
	}
	for _, p := range f.Properties() {
		for _, name := range spellings(p) {
			if !f.HasProperty(name, flags) {
				continue
			}
			property := Property{Name: name, Kind: p.Kind}
			if len(p.Aliases) > 0 {
				property.Also = p.Aliases[0]
			}
			names.Properties = append(names.Properties, property)
			break
		}
	}
	return names
}

// spellings are how flavors may want the name of a property.
func spellings(p flavor.CharProperty) []string {
	switch p.Kind {
	case "script":
		return []string{p.Name, "Script=" + p.Name}
	case "block":
		return []string{"In" + p.Name, p.Name, "Block=" + p.Name}
	}
	return []string{p.Name}
}
