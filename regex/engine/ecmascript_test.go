package engine

import (
	"errors"
	"fmt"
	"testing"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// What it has not it says, as itself and as an unknown flag.
func TestECMAScriptFlags(t *testing.T) {
	for flags, want := range map[string]string{
		"iv": "this engine, regexp2-ecmascript, has no flag v (it has: i, m, s, u, d, g)",
		"y":  "this engine, regexp2-ecmascript, has no flag y (it has: i, m, s, u, d, g)",
		"x":  `unknown JavaScript flag "x" (there are: i, m, s, u, v, y, d, g)`,
	} {
		_, err := ECMAScript().Compile([]byte("a"), flags)
		if _, ok := errors.AsType[*flavor.UnknownError](err); !ok || fmt.Sprint(err) != want {
			t.Errorf("flags %s: got %v, want %s", flags, err, want)
		}
	}
}

func TestECMAScriptErrors(t *testing.T) {
	checkErrors(t, ECMAScript(), []string{"", "i"}, []string{
		"missing-paren a«(»b",
		"unsupported-atomic «(?>»a)",
		"unsupported-comment a«(?#»x)",
	})
}

// A runtime of the flavor comes before it, and it is there where there is none.
func TestECMAScriptIsAStopgap(t *testing.T) {
	engine, err := Local().Lookup("js", "")
	if err != nil || engine.Info().Name != "regexp2-ecmascript" {
		t.Errorf("got %v, %v", engine, err)
	}
}
