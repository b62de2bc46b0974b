package syntax

import (
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

func TestWidth(t *testing.T) {
	for _, test := range []struct {
		flavor, flags, pattern string
		least, most            int
	}{
		{"pcre2", "", ``, 0, 0},
		{"pcre2", "", `abc`, 3, 3},
		{"pcre2", "u", `é😀`, 2, 2},
		{"pcre2", "", `a|bcd|`, 0, 3},
		{"pcre2", "", `a.[b-z]\d\p{L}[[:alpha:]]`, 6, 6},
		{"pcre2", "", `^\bab\b$(?=cd)(?<!e)`, 2, 2},
		{"pcre2", "", `a{2,5}b?c+`, 3, Unlimited},
		{"pcre2", "", `(?:a{3}){4}`, 12, 12},
		{"pcre2", "", `(?:a*){0}`, 0, 0},
		{"pcre2", "", `(?:a{65535}){65535}`, MaxWidth, Unlimited},
		{"pcre2", "", `\R\X`, 2, Unlimited},
		{"pcre2", "", `\R`, 1, 2},
		{"pcre2", "x", ` a b # c`, 2, 2},
		{"pcre2", "", `\Qa.b\E`, 3, 3},
		{"pcre2", "", `(a|bc)\1`, 2, 4},
		{"pcre2", "", `(a|bc)(?1)d`, 3, 5},
		{"pcre2", "", `(?2)(a)(bc)`, 5, 5},
		{"pcre2", "", `(a(?1)?b)`, 2, Unlimited},
		{"pcre2", "", `a(?R)?`, 1, Unlimited},
		{"pcre2", "J", `(?<n>a)(?<n>bcd)\k<n>`, 5, 7},
		{"pcre2", "", `(?|(a)|(bcd))\1`, 2, 6},
		{"pcre2", "", `(?(1)ab|c)()`, 1, 2},
		{"pcre2", "", `(?(1)ab)()`, 0, 2},
		{"pcre2", "", `(?(DEFINE)(?<x>abc))(?&x)`, 3, 3},
		{"pcre2", "", `ab(?:c(*ACCEPT)d|ef)g`, 3, 5},
		{"pcre2", "", `(a(*ACCEPT)b)(?1)c`, 1, 5},
		{"perl", "", `a(?{ 1 })b`, 2, 2},
		{"perl", "", `a(??{ 1 })b`, 2, Unlimited},
		{"ruby", "", `(?~ab)`, 0, Unlimited},
		{"js", "", `(a)\1`, 1, 2},
		{"js", "v", `[\q{abc|d}e]`, 1, 3},
		{"js", "v", `[\q{abc|d}&&[a-d]]`, 1, 1},
		{"js", "v", `[\q{abc|d}&&\q{abc|ef}]`, 3, 3},
		{"js", "v", `[\q{abc|d|}--\q{abc}]`, 0, 1},
		{"js", "v", `[\q{abc|d}--[a-d]]`, 3, 3},
		{"js", "v", `[\q{abc|de}--\q{DE}]`, 2, 3},
		{"js", "iv", `[\q{abc|de}--\q{DE}]`, 3, 3},
		{"js", "iv", `[\q{ABC|de}&&\q{abc|f}]`, 3, 3},
		{"js", "v", `[[\q{abc|d}&&[a-d]]\q{ef}]`, 1, 2},
		{"js", "v", `[\q{abc}&&[a-d]]`, 1, 1}, // matches nothing
		{"js", "v", `[^[a-z]&&\q{d}]`, 1, 1},
		{"js", "v", `[\p{RGI_Emoji}&&[#-9]]`, 1, 1},
		{"js", "v", `[\p{RGI_Emoji}--\q{#}]`, 1, Unlimited},
		{"js", "v", `[[\p{RGI_Emoji}\q{}]--\q{#}]`, 0, Unlimited},
		{"js", "v", `[a-z]`, 1, 1},
		{"js", "v", `[^]`, 1, 1},
		{"js", "v", `\p{RGI_Emoji}`, 1, Unlimited},
		{"dotnet", "", `(?<n>ab)(?<m-n>c)`, 3, 3},
	} {
		f, err := flavor.Lookup(test.flavor)
		if err != nil {
			t.Fatal(err)
		}
		tree := Parse(test.pattern, f, flavor.FlagsOf(test.flags))
		for _, e := range tree.Errors {
			if e.Code == "code" {
				continue // no engine here runs it, and it has a width
			}
			t.Errorf("%s %q: %v", test.flavor, test.pattern, e)
		}
		if least, most := tree.Width(tree.Root); least != test.least || most != test.most {
			t.Errorf("%s %q: %d to %d characters, want %d to %d", test.flavor, test.pattern, least, most, test.least, test.most)
		}
	}
}

// A chain of calls as long as the pattern needs no deep stack, and each group is measured once.
func TestWidthOfCallChain(t *testing.T) {
	const groups = 20000
	pattern := strings.Repeat("((?+1)(?+1))", groups) + "(a)"
	f, err := flavor.Lookup("pcre2")
	if err != nil {
		t.Fatal(err)
	}
	tree := Parse(pattern, f, 0)
	least, most := tree.Width(tree.Groups[1].Node)
	if least != MaxWidth || most != Unlimited {
		t.Errorf("%d to %d characters", least, most)
	}
}
