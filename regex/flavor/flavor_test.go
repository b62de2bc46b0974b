package flavor

import (
	"errors"
	"slices"
	"testing"
)

func TestLookup(t *testing.T) {
	for name, want := range map[string]string{
		"go": "go", "Golang": "go", "re2": "go", "dotnet": "dotnet", ".NET": "dotnet", "csharp": "dotnet", "regexp2": "dotnet",
	} {
		if f, err := Lookup(name); err != nil || f.Name != want {
			t.Errorf("%s: got %v, %v", name, f, err)
		}
	}
	_, err := Lookup("cobol")
	unknown, ok := errors.AsType[*UnknownError](err)
	if !ok || unknown.Got != "cobol" || !slices.Equal(unknown.Have, names()) {
		t.Errorf("got %v", err)
	}
}

func TestCheckFlags(t *testing.T) {
	for _, test := range []struct{ flavor, flags, want, bad string }{
		{"go", "", "", ""},
		{"go", "Ui", "iU", ""},
		{"go", "iii", "i", ""},
		{"go", "u", "", "u"},
		{"go", "ix", "", "x"},
		{"go", "ié", "", "é"},
		{"go", "i\xff", "", "\xff"},
		{"dotnet", "xnsmi", "imnsx", ""},
		{"dotnet", "U", "", "U"},
	} {
		f, err := Lookup(test.flavor)
		if err != nil {
			t.Fatal(err)
		}
		got, err := f.CheckFlags(test.flags)
		if test.bad == "" && (err != nil || got != test.want) {
			t.Errorf("%s %q: got %q, %v, want %q", test.flavor, test.flags, got, err, test.want)
		}
		if unknown, ok := errors.AsType[*UnknownError](err); test.bad != "" && (!ok || unknown.Got != test.bad) {
			t.Errorf("%s %q: got %v, want unknown %q", test.flavor, test.flags, err, test.bad)
		}
	}
}

// Names must be found whatever they are, and by one flavor only.
func TestTable(t *testing.T) {
	seen := map[string]string{}
	for _, f := range All() {
		for _, name := range append([]string{f.Name}, f.Aliases...) {
			if other, ok := seen[name]; ok {
				t.Errorf("%s is a name of %s and of %s", name, other, f.Name)
			}
			seen[name] = f.Name
		}
		for _, flag := range f.Flags {
			if flag.Name == "" || flag.Meaning == "" || !f.HasFlag(rune(flag.Letter)) {
				t.Errorf("%s: flag %+v", f.Name, flag)
			}
		}
	}
}
