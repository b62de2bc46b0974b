package flavor

import "strings"

// hasJS is what ECMA-262 calls a UnicodePropertyValueExpression: a category by
// itself or as a value, a script as a value, a binary property, and with v one of
// strings.
func (t *propertyTable) hasJS(name string, flags Flags) bool {
	key, value, pair := strings.Cut(name, "=")
	kind := ""
	switch {
	case !pair:
		p := t.exact[name]
		return p != nil && p.Kind != "script" && (p.Kind != "strings" || flags.Has('v'))
	case key == "General_Category", key == "gc":
		kind, name = "category", value
	case key == "Script", key == "sc", key == "Script_Extensions", key == "scx":
		kind, name = "script", "Script="+value
	}
	p := t.exact[name]
	return p != nil && p.Kind == kind
}

// jsTable is properties/js.txt. Scripts are also found by their values alone.
func jsTable() *propertyTable {
	t := readProperties("js")
	for i := range t.list {
		p := &t.list[i]
		for _, name := range append([]string{p.Name}, p.Aliases...) {
			if value, ok := strings.CutPrefix(name, "Script="); ok && t.names[LooseName(value)] == nil {
				t.names[LooseName(value)] = p
			}
		}
	}
	return t
}
