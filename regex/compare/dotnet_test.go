package compare

import (
	"context"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/engine"
)

// Where .NET itself finds something else than regexp2 because its characters are UTF-16 units, this is what is said.
func TestDotNetCharacters(t *testing.T) {
	runtimes, err := engine.NewRuntimes("dotnet")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := runtimes.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	}()
	entry := runtimes.Entries("dotnet")[0]
	if entry.Engine == nil {
		t.Skip(entry.Missing)
	}
	design := side(t, "dotnet")
	real := Side{Engine: entry.Engine, Flavor: design.Flavor}
	for pattern, token := range map[string]string{`a.b`: `.`, `a[^x]b`: `[^x]`, ``: ``} {
		text := engine.NewText([]byte("a😀b"))
		a, b := Run(t.Context(), design, pattern, text, testLimits), Run(t.Context(), real, pattern, text, testLimits)
		if agreement, _ := Agree(a, b); agreement != Differs {
			t.Fatalf("%q: %v: %+v, %+v", pattern, agreement, a, b)
		}
		d, err := Differ(t.Context(), a, b, pattern, text, testLimits)
		if err != nil {
			t.Fatal(err)
		}
		if len(d.Blames) != 1 || pattern[d.Blames[0].Span.Start:d.Blames[0].Span.End] != token ||
			!strings.Contains(d.Blames[0].Reason, "one character is a code point in regexp2") ||
			!strings.Contains(d.Blames[0].Reason, "a UTF-16 unit in dotnet") {
			t.Errorf("%q: blamed %+v", pattern, d.Blames)
		}
	}
}
