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
		`invalid-range [a-«\d»]`,
		`invalid-range [a-«\p»{L}]`,
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
		`nested-repeat a*«*»`,
		`nested-repeat a{2}«{3}»b`,
		`invalid-repeat a«{2,1}»b`,
		`missing-repeat-argument (a|«*»)b`,
		`number-too-large a«{99999999999}»b`,
		`invalid-group (?:a)«(?z»)b`,
		`invalid-group (?:a)«(?P<»n>a)`,
		`unsupported-recursion (a«(?R»)b)`,
		`invalid-group-name (?<a>b)«(?<1x>»c)`,
		`undefined-group (?<a>b)«(?<x-y>»c)`,
		`undefined-group a(?(«9»)b|c)d`,
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
