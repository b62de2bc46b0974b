package flavor

import (
	"embed"
	"fmt"
	"strings"
	"sync"
)

// A CharProperty is a named set of characters, as \p{Name}.
type CharProperty struct {
	// Kind is what it goes by: "category", "script", "block", "binary", "posix",
	// and others.
	Kind string
	// Name is as the flavor's manual writes it, Aliases are other names.
	Name    string
	Aliases []string
}

// Properties returns the properties of the flavor by their plain names, in the
// order in which they are shown; nil for flavors without a list. Callers must not
// change it.
func (f *Flavor) Properties() []CharProperty {
	if t := propertyTables[f.Name]; t != nil {
		return t().list
	}
	return nil
}

// FindProperty returns the property that has a name when case, white space, hyphens
// and underscores do not matter, and reports whether there is one.
func (f *Flavor) FindProperty(name string) (CharProperty, bool) {
	if t := propertyTables[f.Name]; t != nil {
		if p := t().names[LooseName(name)]; p != nil {
			return *p, true
		}
	}
	return CharProperty{}, false
}

// HasProperty reports whether the flavor's engine takes a name between the braces
// of \p{...}, without a ^ in front; flags are those in force. Flavors without a
// list of properties have none.
func (f *Flavor) HasProperty(name string, flags Flags) bool {
	table := propertyTables[f.Name]
	if table == nil {
		return false
	}
	switch t := table(); f.Set {
	case InGo:
		return t.names[goLoose(name)] != nil
	case InDotNet:
		return t.hasDotNet(name)
	case InJS:
		return t.hasJS(name, flags)
	case InPCRE2:
		return t.hasPCRE2(name)
	case InPerl:
		return t.hasPerl(name)
	case InJava:
		return t.hasJava(name, flags)
	default:
		return t.names[LooseName(name)] != nil
	}
}

// PropertyValue returns the property and the value that the text between the braces
// of \p{Property=Value} names, each by the first of its names, and reports whether
// there are such. It knows those of the flavors whose list has values, which are
// Perl's and .NET's.
func (f *Flavor) PropertyValue(text string) (property, value string, ok bool) {
	table := propertyTables[f.Name]
	if table == nil {
		return "", "", false
	}
	switch f.Set {
	case InPerl:
		if property, value, ok = cutValue(strings.TrimPrefix(text, "utf8::")); ok {
			return table().perlValue(property, value)
		}
	case InDotNet:
		if property, value, ok = strings.Cut(text, "="); ok {
			p := table().valued[LooseName(property)]
			value, ok = p.values[LooseName(value)]
			return p.name, value, ok
		}
	}
	return "", "", false
}

//go:embed properties/*.txt
var propertyFiles embed.FS

// propertyTables are the flavors that have a list, read when first asked for.
var propertyTables = map[string]func() *propertyTable{
	"go": sync.OnceValue(goTable), "dotnet": sync.OnceValue(dotnetTable), "js": sync.OnceValue(jsTable),
	"pcre2": propertiesOf("pcre2"), "perl": propertiesOf("perl"), "java": propertiesOf("java"), "ruby": propertiesOf("ruby"),
}

func propertiesOf(name string) func() *propertyTable {
	return sync.OnceValue(func() *propertyTable { return readProperties(name) })
}

// A propertyTable is one of the files in the folder properties.
type propertyTable struct {
	list []CharProperty
	// exact has the properties by all of their names, names by their loose ones.
	exact map[string]*CharProperty
	names map[string]*CharProperty
	// kinds has the names in lower case, behind their kind and a blank.
	kinds map[string]bool
	// valued has the properties that have values by their loose names.
	valued map[string]valuedProperty
}

// A valuedProperty is one of which a name has a value, as Age=6.0.
type valuedProperty struct {
	name string
	// values has the first of the listed names of a value by all of its loose ones.
	values map[string]string
}

func newPropertyTable() *propertyTable {
	return &propertyTable{
		exact: map[string]*CharProperty{}, names: map[string]*CharProperty{}, kinds: map[string]bool{},
		valued: map[string]valuedProperty{},
	}
}

func readProperties(name string) *propertyTable {
	data, err := propertyFiles.ReadFile("properties/" + name + ".txt")
	if err != nil {
		panic(err) // it is embedded
	}
	t := newPropertyTable()
	var values map[string]string
	valued := false // the last line was a value's
	for line := range strings.Lines(string(data)) {
		fields := strings.Split(strings.TrimRight(line, "\n"), "\t")
		switch kind := fields[0]; {
		case strings.HasPrefix(kind, "#"):
		case len(fields) < 2:
			panic(fmt.Sprintf("properties/%s.txt: %q", name, line))
		case kind == "=":
			if values == nil || valued {
				values, valued = map[string]string{}, false
			}
			for _, property := range fields[1:] {
				t.valued[LooseName(property)] = valuedProperty{fields[1], values}
			}
		case kind == ".":
			valued = true
			for _, value := range fields[1:] {
				values[LooseValue(value)] = fields[1]
			}
		default:
			t.list = append(t.list, CharProperty{Kind: kind, Name: fields[1], Aliases: fields[2:]})
		}
	}
	t.index()
	return t
}

// index fills the maps of names from the list.
func (t *propertyTable) index() {
	for i := range t.list {
		p := &t.list[i]
		for _, name := range append([]string{p.Name}, p.Aliases...) {
			if t.exact[name] == nil {
				t.exact[name] = p
			}
			if key := LooseName(name); t.names[key] == nil {
				t.names[key] = p
			}
			t.kinds[p.Kind+" "+strings.ToLower(name)] = true
		}
	}
}

// LooseName returns a name of a property in the form in which names are compared
// where case, white space, hyphens and underscores do not matter.
func LooseName(name string) string {
	loose := make([]byte, 0, len(name))
	for i := range len(name) {
		switch c := name[i]; {
		case c == '_' || c == '-' || c == ' ' || c >= '\t' && c <= '\r':
		case c >= 'A' && c <= 'Z':
			loose = append(loose, c+'a'-'A')
		default:
			loose = append(loose, c)
		}
	}
	return string(loose)
}

// LooseValue is LooseName for a property's value, which may be a negative number.
func LooseValue(value string) string {
	if strings.HasPrefix(value, "-") && len(value) > 1 && value[1] >= '0' && value[1] <= '9' {
		return "-" + LooseName(value)
	}
	return LooseName(value)
}
