package syntax

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// propertyNames are all names that a flavor's list makes, each as it can stand between the braces of \p{...}: alone,
// behind a prefix, and as the value of a property.
func propertyNames(t *testing.T, name string) []string {
	t.Helper()
	f, err := flavor.Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, p := range f.Properties() {
		for _, n := range append([]string{p.Name}, p.Aliases...) {
			for _, prefix := range []string{"", "Is", "In", "In_", "In ", "gc=", "sc=", "scx=", "blk=", "block=", "bc=", "Script_Extensions="} {
				names = append(names, prefix+n)
			}
		}
	}
	data, err := os.ReadFile(filepath.Join("..", "flavor", "properties", name+".txt"))
	if err != nil && name != "go" {
		t.Fatal(err)
	}
	var keys []string
	valued := false
	for line := range strings.Lines(string(data)) {
		fields := strings.Split(strings.TrimRight(line, "\n"), "\t")
		switch fields[0] {
		case "=":
			if valued {
				keys = nil
			}
			keys, valued = append(keys, fields[1:]...), false
		case ".":
			valued = true
			for _, key := range keys {
				for _, value := range fields[1:] {
					names = append(names, key+"="+value, key+": "+strings.ToLower(value))
				}
			}
		}
	}
	return names
}

// unknownSets are the sets that an engine has and that are not known here, with the reason.
var unknownSets = map[string]map[string]string{
	"dotnet": {
		"GCB": regexp2Breaks, "Grapheme_Cluster_Break": regexp2Breaks, "InCB": regexp2Breaks, "Indic_Conjunct_Break": regexp2Breaks,
		"SB": regexp2Breaks, "Sentence_Break": regexp2Breaks, "WB": regexp2Breaks, "Word_Break": regexp2Breaks,
	},
}

const regexp2Breaks = "regexp2 takes the property without a value, and panics when it matches"

// perlOwn are names that Perl takes for properties which the program defines, and fails with when it matches.
func perlOwn(f *flavor.Flavor, name string) bool {
	return f.Set == flavor.InPerl && (strings.HasPrefix(name, "In") || strings.HasPrefix(name, "Is")) && !strings.ContainsAny(name, "=:")
}

// The set of every property is known that a flavor's list has.
func TestCharSet_Known(t *testing.T) {
	for _, of := range []struct {
		flavor, flags string
		least         int
	}{
		{"go", "", 200}, {"dotnet", "", 440}, {"pcre2", "u", 1400}, {"js", "u", 600}, {"js", "v", 600}, {"perl", "", 16000},
		{"java", "", 3700}, {"java", "U", 3700}, {"ruby", "", 1250},
	} {
		t.Run(of.flavor+of.flags, func(t *testing.T) {
			f, err := flavor.Lookup(of.flavor)
			if err != nil {
				t.Fatal(err)
			}
			known := 0
			for _, name := range propertyNames(t, of.flavor) {
				tree := Parse(`\p{`+name+`}`, f, flavor.FlagsOf(of.flags))
				if len(tree.Errors) > 0 {
					continue
				}
				_, ok := tree.CharSet(charsetNode(tree.Root))
				switch reason := unknownSets[of.flavor][name]; {
				case ok && reason != "":
					t.Errorf("the set of %s is known", tree.Pattern)
				case !ok && reason == "" && !perlOwn(f, name):
					t.Errorf("the set of %s is not known", tree.Pattern)
				case ok:
					known++
				}
			}
			if known < of.least {
				t.Errorf("only %d sets are known", known)
			}
		})
	}
}
