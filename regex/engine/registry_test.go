package engine

import (
	"math/rand/v2"
	"os"
	"strings"
	"testing"
)

func TestRegistry(t *testing.T) {
	absent := Entry{Info: Info{Flavor: "dotnet", Name: "dotnet"}, Missing: "install the .NET runtime"}
	r := NewRegistry(present(Go()), absent)
	for _, test := range []struct{ flavor, name, want, err string }{
		{"go", "", "regexp", ""},
		{"golang", "REGEXP", "regexp", ""},
		{"go", "trace", "", `unknown Go engine "trace" (there are: regexp)`},
		{"dotnet", "", "", "no engine for .NET: dotnet is not on this machine: install the .NET runtime"},
		{"cobol", "", "", `unknown flavor "cobol" (there are: go, dotnet, pcre2, js, python, perl, java, ruby)`},
	} {
		e, err := r.Lookup(test.flavor, test.name)
		switch {
		case test.err != "" && (err == nil || err.Error() != test.err):
			t.Errorf("%s %q: got %v, want %s", test.flavor, test.name, err, test.err)
		case test.err == "" && (err != nil || e.Info().Name != test.want):
			t.Errorf("%s %q: got %v, %v", test.flavor, test.name, e, err)
		}
	}
	if e, err := NewRegistry(absent, present(DotNet())).Lookup("dotnet", ""); err != nil || e.Info().Name != "regexp2" {
		t.Errorf("an engine that is missing hides the one that is not: %v, %v", e, err)
	}
	var names []string
	for _, e := range Local().Entries() {
		names = append(names, e.Info.Flavor+": "+e.Info.Name)
	}
	if got := strings.Join(names, ", "); got != "go: regexp, dotnet: regexp2, pcre2: PCRE2, js: regexp2-ecmascript" {
		t.Errorf("got %s", got)
	}
}

// The version that a test binary shows must be the one that is built in.
func TestRegexp2Version(t *testing.T) {
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(mod), regexp2Module+" "+regexp2Version+"\n") {
		t.Errorf("go.mod does not ask for %s %s", regexp2Module, regexp2Version)
	}
	if got := DotNet().Info().Version; got != regexp2Version {
		t.Errorf("got %s, want %s", got, regexp2Version)
	}
}

func TestOffsets(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	for range 50 {
		s := randomText(rng, 400)
		text := NewText([]byte(s))
		var starts []int
		for i := range s {
			starts = append(starts, i)
		}
		starts = append(starts, len(s))
		if got := len(text.Runes()); got != len(starts)-1 {
			t.Fatalf("%q: %d runes, want %d", s, got, len(starts)-1)
		}
		o := text.offsets()
		for range 200 {
			i := rng.IntN(len(starts))
			if got := o.byte(i); got != starts[i] {
				t.Fatalf("%q: rune %d is at %d, want %d", s, i, got, starts[i])
			}
			if i = rng.IntN(len(starts)); o.rune(starts[i]) != i {
				t.Fatalf("%q: byte %d is rune %d, want %d", s, starts[i], o.rune(starts[i]), i)
			}
		}
	}
}

// Searches of one text at a time find out once what they need of it.
func TestTextConcurrently(t *testing.T) {
	text := NewText([]byte(strings.Repeat("aé\xff", 1000)))
	counts := make(chan int)
	engines := inProcess()
	for i := range 8 {
		p := compile(t, engines[i%len(engines)], "a")
		go func() { counts <- len(collect(t, p, text, 100)) }()
	}
	for range 8 {
		if count := <-counts; count != 1000 {
			t.Errorf("%d matches", count)
		}
	}
	if text.Valid() || text.IsASCII() || text.Len() != 4000 {
		t.Errorf("valid %v, ASCII %v, %d bytes", text.Valid(), text.IsASCII(), text.Len())
	}
}
