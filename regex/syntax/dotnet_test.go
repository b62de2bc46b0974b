package syntax

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	r2syntax "github.com/dlclark/regexp2/v2/syntax"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// sameAsDotNet fails unless the tree and regexp2 agree on whether a pattern is
// good, and on its groups.
func sameAsDotNet(t *testing.T, pattern, flags string) {
	t.Helper()
	// Accidents of regexp2 that we do not follow: in a class, a quote as the end of
	// a range, and a hyphen behind a quote; and groups
	// that it counts in classes that are subtracted.
	for _, accident := range []string{`\Q`, `-[]`, `\-[]`} {
		if strings.Contains(pattern, "[") && strings.Contains(pattern, accident) {
			return
		}
	}
	options := r2syntax.RegexOptions(0)
	for _, letter := range flags {
		options |= map[rune]r2syntax.RegexOptions{'x': r2syntax.IgnorePatternWhitespace, 'n': r2syntax.ExplicitCapture}[letter]
	}
	want, err := r2syntax.Parse(pattern, r2syntax.ParseOptions{RegexOptions: options})
	tree := Parse(pattern, lookup(t, "dotnet"), flavor.FlagsOf(flags))
	if len(tree.Errors) == 1 && tree.Errors[0].Code == "number-too-large" {
		return // our own limit on the numbers of groups
	}
	if (err == nil) != (len(tree.Errors) == 0) {
		t.Fatalf("%.200q with flags %q: regexp2 says %v, the tree %v", pattern, flags, err, tree.Errors)
	}
	if err != nil {
		return
	}
	var names, wantNames []string
	for i, g := range tree.Groups {
		if g.Node == nil && i > 0 {
			continue
		}
		if g.Name == "" {
			g.Name = strconv.Itoa(i)
		}
		names = append(names, strconv.Itoa(i)+":"+g.Name)
	}
	for number := range want.Caps {
		name := strconv.Itoa(number)
		for n, k := range want.Capnames {
			if k == number {
				name = n
			}
		}
		wantNames = append(wantNames, strconv.Itoa(number)+":"+name)
	}
	slices.Sort(names)
	slices.Sort(wantNames)
	if !slices.Equal(names, wantNames) {
		t.Fatalf("%.200q with flags %q: regexp2 has the groups %q, the tree %q", pattern, flags, wantNames, names)
	}
}

// What corpora have little of, and what regexp2 says of odd things.
var dotnetPatterns = []string{
	`a**`, `a*(?#c)*`, `a*(?#c)?`, `a* ?`, `a * + b`, `a{2} # c` + "\n?", `a*?+`, `a*++`, `a++`, `a{2,3}+`, `^*`, `\b+`, `(?i)*`, `a(?i)*`,
	`\Q\E*`, `a\Q\E*`, `a*\Q\E*`, `a|\Q\E*`, `a(?i)\Q\E*`, `\Qab\E*`, `\Qa`, `\E`, `\Qa\E\E`,
	`(?)`, `(?-)`, `(?+)`, `(?i+m-s)`, `(?I)`, `(?u)`, `(?r)`, `(?e)`, `(?i`, `(?i-`, `(?i:a)`, `(?:a)`, `(?P<a>b)`, `(?=`,
	`(?<a>b)(c)`, `(?<5>b)(c)(?<a>d)`, `(?<1>a)(b)`, `(?<2>a)(b)(?<n>c)(?<m>d)`, `(?<0>a)`, `(?<01>a)`, `(?<1a>b)`, `(?<a1>b)`,
	`(?<a-a>b)`, `(?<a>b)(?<c-a>d)(?<-c>e)`, `(?<-1>a)`, `(a)(?<-1>a)`, `(?<a->b)`, `(?<->b)`, `(?<a-b-c>d)`, `(?<1-0>a)`, `(?<2-1>a)`,
	`(?'a'b)`, `(?'a>b)`, `(?'=b)`, `(?<a>b)(?<a>c)`, `(?<n>a)\k<n>`, `\k<n>`, `\k'1'`, `(a)\k<1>`, `(a)\k<-1>`, `\k`, `\k{a}`, `\k<`,
	`(a)\<1>`, `\<1>`, `\<a>`, `(?<a>b)\'a'`, `\<a`, `\<1a>`, `\<`, `\'`, `\1`, `(a)\1`, `\10`, `\18`, `\8`, `\80`, `\400`, `\01`,
	`(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)\10`, `(?<10>a)\10`, `(?<20>a)\20\21`, `\99999999999`, `(a\1)`,
	`(?(1)a|b)`, `(a)(?(1)b|c)`, `(a)(?(1)b|c|d)`, `(?(1a)b)`, `(?(a)b|c)`, `(?<a>b)?(?(a)c|d)`, `(?(a)b|c)(?<a>d)`, `(?()a)`, `(?(?=a)b|c)`,
	`(?(?#c)a)`, `(?(?<a>b)c)`, `(?(?'a'b)c)`, `(?(?<=a)b)`, `(?(?i:a)b)`, `(?(?=a)(?i:b)|c)`, `(?(?=a)((?i:b))|c)`, `(?(?=a)b|(?i)c)`,
	`(x)(?(1)(?i)a|b)`, `(?(?=(a))b)(c)`, `(?(?=(a)(b))c)(d)(?<n>e)`, `(?(a)b|c|d)`, `(?(a)*b)`, `(?(?(a)b)c)`, `(?(`, `(?(a`, `(?(?`,
	`[a-[b]]`, `[a-z-[aeiou]]`, `[a-[b]c]`, `[-[a]]`, `[^-[a]]`, `[\d-[5]]`, `[a--[b]]`, `[+--[b]]`, `[a-[b-[c]]]`, `[a-[`, `[a-[b]`,
	`[[:alpha:]]`, `[[:alpha:]`, `[[:^alpha:]-z]`, `[a-[:b:]]`, `[[:]]`, `[a-\d]`, `[\d-a]`, `[a-\-z]`, `[z-\-a]`, `[a-\-]`, `[a\--b]`, `[a-\-[b]]`, `[a-\-[b]c]`, `[\-[a]`, `[a\-[b]`, `[\--\-[a]]`, `[\-[a\-\-[[]`, `[a-\p{L}]`,
	`[]a]`, `[^]a]`, `[]`, `[z-a]`, `[a-]`, `[\b]`, `[\B]`, `[\A]`, `[\1]`, `[\8]`, `[\k]`, `[\c@]`, `[\`, `\`, `[\Qa]`, `[\Q]\E]`,
	`\x4`, `\x41`, `\x{}`, `\x{41}`, `\x{110000}`, `\x{4z}`, `\u004`, `\u0041`, `\u{41}`, `\cA`, `\ca`, `\c[`, `\c_`, `\c@`, "\\c`", `\c`, `\cé`,
	`\_`, `\é`, `\-`, `\e`, `\a`, `\h`, `\R`, `\X`, `[\R]`, `\G\A\Z\z`, `\p{L}`, `\pL`, `\p{Lu`, `\p`, `\p{}`, `\p{^L}`, `\p{IsGreek}`, `\p{Greek}`,
	`\p{greek}`, `\p{Letter}`, `\p{Uppercase_Letter}`, `\p{Emoji}`, `\p{emoji}`, `\p{wb=katakana}`, `\p{Alphabetic}`, `\p{White_Space}`, `\px`,
	`{2}`, `a{2`, `a{,2}`, `a{2,1}`, `a{99999999999}`, `a{1,99999999999}`, `a{2147483647}`, `x{`, `}`, `]`, `)`, `(`, `(a`, `a)`,
	`(?#c)a`, `(?#c`, `a(?#c)*`, `( # c` + "\n" + `a)`, `# (`, `(?x)# (` + "\n", `(?x:# )` + "\n)", `(?-x)# (`, `(?n)(a)(?<b>c)`, `(?n:(a))(b)`,
	"a\u200d", "(?<a\u0301>b)", "(?<a\u0903>b)", "(?<٣>a)",
}

func TestSameAsDotNet(t *testing.T) {
	for _, pattern := range dotnetPatterns {
		for _, flags := range []string{"", "x", "n"} {
			sameAsDotNet(t, pattern, flags)
		}
	}
}

func FuzzSameAsDotNet(f *testing.F) {
	for _, pattern := range dotnetPatterns {
		f.Add(pattern, false)
		f.Add(pattern, true)
	}
	f.Fuzz(func(t *testing.T, pattern string, spaced bool) {
		if !utf8.ValidString(pattern) || len(pattern) > 500 {
			t.Skip("regexp2 takes runes, and its time grows with the square of the depth")
		}
		flags := ""
		if spaced {
			flags = "x"
		}
		sameAsDotNet(t, pattern, flags)
	})
}

// The groups that the parser has registered are those of the tree, in its order.
func TestCaptures(t *testing.T) {
	for _, pattern := range []string{
		`(a)(?<b>c(d))(?<-b>e)(?<f-b>g)(?<12>h)(?<3-b>i)`, `(?(a)(b)|(c))(?(?=(d))(e))(?(1)(f))`, `(?n)(a)(?<b>c)`, `(?<0>a)(?<0-b>c)(?<b>)`, `((((a)|b)*)`,
		`(?<=(a)(?!(b)))(?>(c))`, `(?<a`, `(?<a>(b`,
	} {
		p := parse(pattern, lookup(t, "dotnet"), 0, facts{})
		var want []*Node
		p.tree.Root.Walk(func(n *Node) bool {
			if n.IsCapture() {
				want = append(want, n)
			}
			return true
		})
		if !slices.Equal(p.captures, want) {
			t.Errorf("%q: registered are %v, the tree has %v", pattern, p.captures, want)
		}
	}
}
