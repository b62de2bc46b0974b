package flavor

import "strings"

// hasPCRE2 is what get_ucp of pcre2_compile.c takes: a name, or a script or bidi
// class as the value of its property.
func (t *propertyTable) hasPCRE2(name string) bool {
	name = LooseName(name)
	if i := strings.IndexAny(name, ":="); i >= 0 {
		value := name[i+1:]
		switch name[:i] {
		case "bidiclass", "bc":
			return t.names["bidi"+value] != nil
		case "script", "sc", "scriptextensions", "scx":
			p := t.names[value]
			return p != nil && p.Kind == "script"
		}
		return false
	}
	return t.names[name] != nil
}
