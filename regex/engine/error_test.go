package engine

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/syntax"
)

func errorOf(tb testing.TB, e Engine, pattern, flags string) *syntax.Error {
	tb.Helper()
	_, err := e.Compile([]byte(pattern), flags)
	bad, ok := errors.AsType[*syntax.Error](err)
	if !ok {
		tb.Fatalf("%s: %q: got %v, want a syntax error", e.Info().Name, pattern, err)
	}
	if bad.Span.Start < 0 || bad.Span.End < bad.Span.Start || bad.Span.End > len(pattern) {
		tb.Fatalf("%s: %q: span %v", e.Info().Name, pattern, bad.Span)
	}
	return bad
}

// The marked part of each pattern, between « and », is where the error is.
func checkErrors(t *testing.T, e Engine, flags []string, cases []string) {
	for _, c := range cases {
		code, marked, _ := strings.Cut(c, " ")
		pattern := strings.NewReplacer("«", "", "»", "").Replace(marked)
		for _, f := range flags {
			bad := errorOf(t, e, pattern, f)
			got := pattern[:bad.Span.Start] + "«" + pattern[bad.Span.Start:bad.Span.End] + "»" + pattern[bad.Span.End:]
			if got != marked || string(bad.Code) != code {
				t.Errorf("%s, flags %q: got %s %s (%s), want %s", e.Info().Name, f, bad.Code, got, bad.Message, c)
			}
		}
	}
}

func TestGoErrors(t *testing.T) {
	checkErrors(t, Go(), []string{"", "i", "imsU"}, []string{
		`missing-paren a«(»b`,
		`missing-paren (a)«(?:»b(c)`,
		`missing-paren \(«(»[)]\)\Q)\E`,
		`missing-paren «(?<name>»`,
		`unexpected-paren a«)»b`,
		`unexpected-paren (a)[(]«)»(`,
		`missing-bracket a«[»b`,
		`missing-bracket (a«[»^b`,
		`invalid-escape a«\y»b`,
		`invalid-escape a«\Z»`,
		`invalid-escape [«\Z»]`,
		`invalid-escape «\x»`,
		`invalid-escape [a«\b»]`,
		`invalid-escape a«\p{Lu»`,
		`invalid-range [«a-\d»]`,
		`invalid-range [«a-\p{L}»]`,
		`unsupported-backreference (a)«\1»`,
		`unsupported-backreference (?<n>a)«\k»<n>`,
		`trailing-backslash ab«\»`,
		`invalid-range é[«z-a»]`,
		`unknown-property «\p{Foo}»`,
		`unknown-property [a«\pX»]`,
		`unknown-class [«[:foo:]»]`,
		`unsupported-lookaround a«(?=»b)`,
		`unsupported-lookaround a«(?!»b)`,
		`unsupported-lookaround a«(?<=»b)c`,
		`unsupported-lookaround a«(?<!»b>)c`,
		`unsupported-atomic «(?>»a)`,
		`unsupported-comment «(?#»a)`,
		`unsupported-group «(?'»n'a)`,
		`unsupported-recursion a«(?R»)`,
		`invalid-group «(?x»)a`,
		`invalid-group-name «(?<a-b>»c)`,
		`unsupported-possessive a«++»`,
		`nested-repeat a«**»`,
		`invalid-repeat a«{1001}»`,
		`invalid-repeat a«{2,1}»`,
		`missing-repeat-argument a|«*»`,
		`missing-repeat-argument («+»)`,
		`invalid-escape [a«\8»]`,
	})
	for pattern, code := range map[string]syntax.Code{
		"a\xffb": "invalid-utf8",
		strings.Repeat("(", 1001) + strings.Repeat(")", 1001): "too-deep",
		strings.Repeat("a", MaxPattern+1):                     "pattern-too-long",
		`((((a{100}){100}){100}){100})`:                       "invalid-repeat",
	} {
		if bad := errorOf(t, Go(), pattern, ""); bad.Code != code {
			t.Errorf("%.20q: got %s, want %s", pattern, bad.Code, code)
		}
	}
	if bad := errorOf(t, Go(), "aé\xffb", ""); bad.Span != (syntax.Span{Start: 3, End: 4}) {
		t.Errorf("invalid UTF-8: at %v", bad.Span)
	}
	if _, err := Go().Compile([]byte("a"), "x"); err == nil || fmt.Sprint(err) != `unknown Go flag "x" (there are: i, m, s, U)` {
		t.Errorf("unknown flag: %v", err)
	}
}

func TestDotNetErrors(t *testing.T) {
	checkErrors(t, DotNet(), []string{"", "i", "ims"}, []string{
		`missing-paren a«(»b`,
		`missing-paren (a)«(?:»b(c)`,
		`missing-paren \(«(»[)]\)`,
		`missing-paren a«(?<=»b`,
		`missing-paren a«(?#»b`,
		`unexpected-paren a«)»b`,
		`unexpected-paren (?#()a«)»`,
		`missing-bracket a«[»b`,
		`missing-bracket (a«[»^]b`,
		`missing-bracket «[»a-[b]`,
		`invalid-range é[«z-a»]`,
		`invalid-range [x«a-\d»]`,
		`invalid-class [a-[b]«c»]`,
		`undefined-group (a)«\2»b`,
		`undefined-group (?<n>a)\k<n>«\k<m>»`,
		`invalid-escape (?<n>a)\k<n>«\k»<m`,
		`invalid-escape a«\y»b`,
		`invalid-escape a«\x4»`,
		`invalid-escape a«\x{110000}»`,
		`unknown-property \p{L}«\p{Foo}»`,
		`trailing-backslash \d\w«\»`,
		`nested-repeat a«**»`,
		`nested-repeat a«{2}{3}»b`,
		`invalid-repeat a«{2,1}»b`,
		`missing-repeat-argument (a|«*»)b`,
		`number-too-large a«{99999999999}»b`,
		`invalid-group (?:a)«(?z»)b`,
		`invalid-group (?:a)«(?P<»n>a)`,
		`unsupported-recursion (a«(?R»)b)`,
		`invalid-group-name (?<a>b)«(?<1x>»c)`,
		`undefined-group (?<a>b)«(?<x-y>»c)`,
		`undefined-group a(?(«9»)b|c)d`,
		`number-too-large a«\99999999999»b`,
		`number-too-large (?(«99999999999»)a)`,
		`invalid-escape a«\x{4z»z}`,
		`invalid-escape [a«\x{4é»}]`,
		`invalid-escape a«\p{L»(a)`,
		`invalid-escape «\p{}»`,
		`unknown-property a«\pX»b`,
		`trailing-backslash [a-«\»`,
		`invalid-range [«z-a»][\`,
		`invalid-group «(?P=»a)`,
	})
	for pattern, code := range map[string]syntax.Code{
		"a\xffb": "invalid-utf8",
		strings.Repeat("(?=", 2000) + strings.Repeat(")", 2000): "too-deep",
		strings.Repeat("a", MaxPattern+1):                       "pattern-too-long",
	} {
		if bad := errorOf(t, DotNet(), pattern, ""); bad.Code != code {
			t.Errorf("%.20q: got %s, want %s", pattern, bad.Code, code)
		}
	}
}

// What a pattern ends in while it is typed: the error says what is missing.
func TestUnfinished(t *testing.T) {
	const (
		paren, bracket, brace = "missing closing )", "missing closing ]", "missing closing }"
		kind, flags, name     = "its kind has to follow", ") or : has to follow the flags", "its name has to end with >"
	)
	for _, test := range []struct {
		pattern         string // the error is from « on
		code            string
		goSays, netSays string // contained in the message; "" where the pattern is good
	}{
		{`a«(`, "missing-paren", paren, paren},
		{`«(?:`, "missing-paren", paren, paren},
		{`a(b«(?`, "unfinished-group", kind, kind},
		{`é«(?i`, "unfinished-group", flags, flags},
		{`«(?-i`, "unfinished-group", flags, flags},
		{`(?i)«(?s-`, "unfinished-group", flags, flags},
		{`(?<x>a)«(?<`, "unfinished-group", name, name},
		{`«(?<x1`, "unfinished-group", name, name},
		{`«(?P`, "", name, "(?P<name>...) is not in .NET"},
		{`«(?P<`, "", name, "(?P<name>...) is not in .NET"},
		{`«(?P<n`, "", name, "(?P<name>...) is not in .NET"},
		{`«(?'`, "", "(?'name'...) is not in Go's regexp", "its name has to end with '"},
		{`(?<x>a)«(?'x`, "", "(?'name'...) is not in Go's regexp", "its name has to end with '"},
		{`«(?<x-`, "", "a group's name is ASCII letters, digits and _", name},
		{`«(?<x-y`, "", "a group's name is ASCII letters, digits and _", name},
		{`«(?(?<`, "", "conditional (?(...)...) is not in Go's regexp", "the kind of its condition has to follow"},
		{`«(?#`, "", "comment (?#...) is not in Go's regexp", paren},
		{`a«[`, "missing-bracket", bracket, bracket},
		{`a«[a`, "missing-bracket", bracket, bracket},
		{`a«[^`, "missing-bracket", bracket, bracket},
		{`a«[a-`, "missing-bracket", bracket, bracket},
		{`a{`, "", "", ""},
		{`a{2`, "", "", ""},
		{`a{2,`, "", "", ""},
		{`a«\`, "trailing-backslash", "single backslash", "single backslash"},
		{`[a«\`, "trailing-backslash", "single backslash", "single backslash"},
		{`a«\x`, "invalid-escape", `\x needs two hexadecimal digits`, `\x needs two hexadecimal digits`},
		{`a«\x4`, "invalid-escape", `\x needs two hexadecimal digits`, `\x needs two hexadecimal digits`},
		{`a«\x{`, "invalid-escape", brace, brace},
		{`[a«\x{4`, "invalid-escape", brace, brace},
		{`a«\p`, "invalid-escape", `\p needs a letter, or a name in braces`, `\p needs a letter, or a name in braces`},
		{`a«\p{`, "invalid-escape", brace, brace},
		{`[a«\P{L`, "invalid-escape", brace, brace},
	} {
		before, after, _ := strings.Cut(test.pattern, "«")
		for e, says := range map[Engine]string{Go(): test.goSays, DotNet(): test.netSays} {
			if says == "" {
				compile(t, e, before+after)
				continue
			}
			bad := errorOf(t, e, before+after, "")
			if !strings.Contains(bad.Error(), says) || test.code != "" && string(bad.Code) != test.code || bad.Span.Start != len(before) {
				t.Errorf("%s: %s: got %s at %v: %s", e.Info().Name, test.pattern, bad.Code, bad.Span, bad)
			}
			if bad.Code == "unfinished-group" && bad.Span.End != len(before+after) {
				t.Errorf("%s: %s: at %v", e.Info().Name, test.pattern, bad.Span)
			}
		}
	}
	// These will not do, however they go on.
	checkErrors(t, Go(), []string{"", "i"}, []string{`invalid-group «(?z»`, `invalid-group «(?i-s-»`, `invalid-group-name «(?<é»`})
	checkErrors(t, DotNet(), []string{"", "i"}, []string{`invalid-group «(?z»`, `invalid-group-name «(?<1a»`})
}

// The words are the engine's own, and those of our parser a hint where they are others.
func TestOwnWords(t *testing.T) {
	for _, test := range []struct {
		e                             Engine
		flags, pattern, message, hint string
	}{
		{Go(), "i", "a(b", "missing closing )", ""},
		{Go(), "", "a(?=b)", "invalid or unsupported Perl syntax: `(?=`", "lookahead (?=...) is not in Go's regexp"},
		{Go(), "i", `a\y`, "invalid escape sequence: `\\y`", ""},
		{Go(), "", `a\`, "trailing backslash at end of expression", `write \\ for a backslash`},
		{DotNet(), "", "a[b", "unterminated [] set", "missing closing ]: the class starts here"},
		{DotNet(), "", `a\2`, "reference to undefined group number 2", ""},
	} {
		bad := errorOf(t, test.e, test.pattern, test.flags)
		if !strings.HasPrefix(bad.Message, test.message) || !strings.Contains(bad.Hint, test.hint) {
			t.Errorf("%s: %s: %s, hint %s", test.e.Info().Name, test.pattern, bad.Message, bad.Hint)
		}
	}
}

// The engine decides what is good: where the tree finds nothing wrong, the words
// are the engine's, about the whole pattern.
func TestRefused(t *testing.T) {
	tree, err := treeOf("go", "a", "")
	if err != nil {
		t.Fatal(err)
	}
	bad := refused(tree, errors.New("no a"))
	if bad.Code != "invalid" || bad.Message != "no a" || bad.Span != (syntax.Span{Start: 0, End: 1}) {
		t.Errorf("got %+v", bad)
	}
}
