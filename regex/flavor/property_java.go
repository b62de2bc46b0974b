package flavor

import "strings"

// hasJava is what Pattern.family takes: a category, POSIX class or method of
// Character by its exact name, or a script, block or binary property behind Is, In
// or the name of its property.
func (t *propertyTable) hasJava(name string, flags Flags) bool {
	if i := strings.IndexByte(name, '='); i >= 0 {
		value := name[i+1:]
		switch strings.ToLower(name[:i]) {
		case "sc", "script":
			return t.hasKind(value, "script")
		case "blk", "block":
			return t.hasKind(value, "block")
		case "gc", "general_category":
			return t.hasExactly(value)
		}
		return false
	}
	if block, ok := strings.CutPrefix(name, "In"); ok {
		return t.hasKind(block, "block")
	}
	if rest, ok := strings.CutPrefix(name, "Is"); ok {
		return t.hasKind(rest, "binary") || t.hasJavaPosix(rest) || t.hasExactly(rest) || t.hasKind(rest, "script")
	}
	return flags.Has('U') && t.hasJavaPosix(name) || t.hasExactly(name)
}

// hasKind reports whether there is a property of a kind by this name, whatever its
// case.
func (t *propertyTable) hasKind(name, kind string) bool {
	return t.kinds[kind+" "+strings.ToLower(name)]
}

// hasJavaPosix reports whether there is a POSIX class of this name, whatever its
// case. ASCII is none of them.
func (t *propertyTable) hasJavaPosix(name string) bool {
	return t.hasKind(name, "posix") && !strings.EqualFold(name, "ASCII")
}

// hasExactly reports whether there is a property whose name is known without Is or
// In.
func (t *propertyTable) hasExactly(name string) bool {
	p := t.names[LooseName(name)]
	if p == nil || p.Name != name {
		return false
	}
	return p.Kind == "category" || p.Kind == "special" || p.Kind == "posix" || p.Kind == "java"
}
