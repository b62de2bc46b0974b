package trace

import (
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

func TestGoMatcher(t *testing.T) {
	f, err := flavor.Lookup("go")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		pattern, flags string
		bytes          int
		name, why      string
		prefix         string
		whole          bool
	}{
		{`^a(b|c)d$`, "", 10, "one-pass", "begins with ^", "a", false},
		{`abc`, "", 10, "backtracker", "the text 10 bytes", "abc", true},
		{`abc+`, "", 1 << 20, "threads", "this one has 1048576", "abc", false},
		{`abc`, "i", 10, "backtracker", "never tries one twice", "", false},
		{`(?:a|b+){400}`, "", 10, "threads", "too many", "", false},
	} {
		got, err := GoMatcherOf(syntax.Parse(test.pattern, f, flavor.FlagsOf(test.flags)), test.bytes)
		if err != nil || got.Name != test.name || !strings.Contains(got.Why, test.why) || got.Prefix != test.prefix || got.Whole != test.whole || got.Insts < 3 {
			t.Errorf("%q: got %+v, %v", test.pattern, got, err)
		}
	}
	if _, err := GoMatcherOf(syntax.Parse("(", f, 0), 0); err == nil {
		t.Error("a pattern that Go does not take has a matcher")
	}
}
