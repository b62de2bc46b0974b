package syntax

import (
	resyntax "regexp/syntax"
	"slices"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

func lookup(tb testing.TB, name string) *flavor.Flavor {
	tb.Helper()
	f, err := flavor.Lookup(name)
	if err != nil {
		tb.Fatal(err)
	}
	return f
}

// sameAsGo fails unless the tree and Go's regexp agree on whether a pattern is
// good, and on its groups.
func sameAsGo(t *testing.T, pattern, flags string) {
	t.Helper()
	tree := Parse(pattern, lookup(t, "go"), flavor.FlagsOf(flags))
	prefix := ""
	if flags != "" {
		prefix = "(?" + flags + ")"
	}
	re, err := resyntax.Parse(prefix+pattern, resyntax.Perl)
	if (err == nil) != (len(tree.Errors) == 0) {
		t.Fatalf("%.200q with flags %q: regexp says %v, the tree %v", pattern, flags, err, tree.Errors)
	}
	if err != nil {
		return
	}
	names := make([]string, len(tree.Groups))
	for i, g := range tree.Groups {
		names[i] = g.Name
	}
	if !slices.Equal(names, re.CapNames()) {
		t.Fatalf("%.200q with flags %q: regexp has the groups %q, the tree %q", pattern, flags, re.CapNames(), names)
	}
}

// What corpora have little of: limits, and what regexp says of odd things.
var goPatterns = []string{
	`a**`, `a*\Q\E*`, `a*(?i)*`, `a(?i)*`, `(?i)*`, `|(?i)*`, `a(?i)b(?-i)*`, `(a*)*`, `a{2}{3}`, `^*`, `(?:)*`, `()*`, `(|*)`,
	`a{1000}`, `a{1001}`, `(a{10}){100}`, `(a{10}){101}`, `((a{10}){10}){10}`, `((a{0,10}){10}){11}`, `((a{10,}){10}){11}`,
	`(a{1000}){1}`, `(a{1000}){0,1}`, `((a{1000}){0}){1000}`, `(a{1000}){0,}`, `(a{1000}){2,}`, `(a{500}|b{600}){2}`,
	`a{01}`, `a{0,01}`, `a{2,1}`, `a{,2}`, `a{`, `a{2`, `a{2,`, `{2}`, `a{99999999999}`, `a{1,99999999999}`,
	`\1`, `\01`, `\11`, `\18`, `\8`, `\777`, `[\1]`, `[\11]`, `[\8]`, `\x4`, `\x{}`, `\x{110000}`, `\x{10FFFF}`, `\x{4z}`,
	`\E`, `\Qa`, `\Qa\E`, `\Qa\E\E`, `\Q\E`, `[\Qa\E]`, `\Q\Qa\E`, `\C`, `\_`, `\é`, `\`, `[\`, `\Q\`,
	`[[:alpha:]]`, `[[:^alpha:]]`, `[[:foo:]]`, `[a[:alpha]b:]`, `[[:]`, `[[:a]`, `[A-[:digit:]]`, `[a-\d]`, `[\d-z]`, `[--a]`, `[a-`,
	`[]a]`, `[^]a]`, `[]`, `[^]`, `[z-a]`, `[[:word:]-z]`, `(?<a>x)(?<a>y)`, `(?<>x)`, `(?<é>x)`, `(?P<1>x)`, `(?P<a`, `(?P<`, `(?P=a)`,
	`(?)`, `(?-)`, `(?i-)`, `(?-i)`, `(?i-s:a)`, `(?--i)`, `(?i-i)`, `(?:`, `(?i`, `(?x)`, `(?^)`, `(?i:a)b`, `)`, `(`, `a)b`,
	`\p{Lu}`, `\p{lu}`, `\p{ l_U }`, `\p{^Lu}`, `\P{^Lu}`, `\pL`, `\pl`, `\p^`, `\p{}`, `\p{Greek}`, `\p{Linear_B}`, `\p{SignWriting}`,
	`\p{Letter}`, `\p{Uppercase_Letter}`, `\p{uppercaseletter}`, `\p{Any}`, `\p{Assigned}`, `\p{ASCII}`, `\p{LC}`, `\p{lc}`, `\p{Cn}`,
	`\p`, `\p{L`, `[\p{L]`, "\xff", "a\xff*", "(?<\xff>a)", `\p{` + "\xff" + `}`, "[\xff]", "\\Q\xff",
	strings.Repeat("(", 999) + strings.Repeat(")", 999), strings.Repeat("(", 1000) + strings.Repeat(")", 1000),
	strings.Repeat("(a|b", 400) + strings.Repeat(")", 400), strings.Repeat("(a|bb", 400) + strings.Repeat(")", 400),
	strings.Repeat("(?:a*", 400) + strings.Repeat(")", 400), strings.Repeat("(?:ab)?", 2000), strings.Repeat("((a)", 300) + strings.Repeat(")", 300),
	staircase(300), staircase(600), "(" + strings.Repeat("a{1000}", 4000) + ")", strings.Repeat("a{1000}", 3000),
}

// staircase is an alternation that regexp factors into a tree as deep as it has
// branches.
func staircase(n int) string {
	branches := make([]string, n)
	for i := range branches {
		branches[i] = strings.Repeat("a", i+1)
	}
	return strings.Join(branches, "|")
}

func TestSameAsGo(t *testing.T) {
	for _, pattern := range goPatterns {
		for _, flags := range []string{"", "i", "imsU"} {
			sameAsGo(t, pattern, flags)
		}
	}
}

// What bounds the whole pattern without a look at its nodes is never less than what
// bounds each of them.
func TestGoTotals(t *testing.T) {
	patterns := slices.Concat(goPatterns, []string{
		"|", "(|)", "(||)*", "(?:(|)|(|))", "a||b*|", `(?:\d{4}-(?:0[1-9]|1[0-2])|)`, `[\w\pL[:alpha:]\d]`, `(?i)[a-z][A-é]`, "(?:[a]*|(?:b|[c]*))?",
		`[a-z\d]{9}\d{2,}\pL{3}.{1000}^{4}\.{5}(?:ab){1000}(?:){1000}`, `a(?i)(?s)(?m){1000}`, `[a](?i)(?s)(?m){0,1000}`,
	})
	for _, unit := range hostile {
		patterns = append(patterns, strings.Repeat(unit, 50))
	}
	for _, long := range longPatterns {
		patterns = append(patterns, long.pattern[:5000])
	}
	passed := 0
	for _, pattern := range patterns {
		for _, flags := range []string{"", "i"} {
			p := parse(pattern, lookup(t, "go"), flavor.FlagsOf(flags), facts{})
			all := p.goes.bound(len(pattern))
			errors := len(p.tree.Errors)
			each := p.goBound(p.tree.Root)
			if p.goes.nested || errors > 0 {
				continue
			}
			passed++
			if len(p.tree.Errors) > 0 || each.copies > all.copies || each.size > all.size || each.height > all.height || each.runes > all.runes {
				t.Errorf("%.100q with flags %q: %+v, its nodes %+v, %d errors", pattern, flags, all, each, len(p.tree.Errors))
			}
		}
	}
	if passed < 150 {
		t.Errorf("only %d patterns were compared", passed)
	}
}

// What people write is far from the limits, and its nodes are not looked at for them.
func TestGoTotalsSuffice(t *testing.T) {
	patterns := []string{"((?i)" + strings.Repeat(`(?:[a-z0-9]+|[A-Z0-9_.\-]{2,64})@`, 20) + "|(b|" + strings.Repeat("c", 40) + "))"}
	for _, long := range longPatterns {
		patterns = append(patterns, long.pattern)
	}
	for _, pattern := range patterns {
		p := parse(pattern, lookup(t, "go"), 0, facts{})
		if bound := p.goes.bound(len(pattern)); p.goes.nested || !bound.fits() {
			t.Errorf("%.100q: %+v, counts nested: %t", pattern, bound, p.goes.nested)
		}
	}
}

func FuzzSameAsGo(f *testing.F) {
	for _, pattern := range goPatterns {
		if len(pattern) < 100 {
			f.Add(pattern, false)
		}
	}
	f.Fuzz(func(t *testing.T, pattern string, fold bool) {
		if len(pattern) > 1000 {
			t.Skip("longer than 1,000 bytes: limits on size are for the table")
		}
		flags := ""
		if fold {
			flags = "i"
		}
		sameAsGo(t, pattern, flags)
		p := parse(pattern, lookup(t, "go"), flavor.FlagsOf(flags), facts{})
		all, errors := p.goes.bound(len(pattern)), len(p.tree.Errors)
		each := p.goBound(p.tree.Root)
		if !p.goes.nested && errors == 0 && (len(p.tree.Errors) > 0 || each.size > all.size || each.height > all.height || each.runes > all.runes) {
			t.Fatalf("%+v, its nodes %+v, %d errors", all, each, len(p.tree.Errors))
		}
	})
}
