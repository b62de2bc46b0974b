package syntax

import (
	"regexp"
	resyntax "regexp/syntax"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// setOf is the set of a pattern that is one node.
func setOf(t testing.TB, name, flags, pattern string) CharSet {
	t.Helper()
	f, err := flavor.Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	tree := Parse(pattern, f, flavor.FlagsOf(flags))
	if len(tree.Errors) > 0 {
		t.Fatalf("%s %q: %v", name, pattern, tree.Errors[0])
	}
	set, ok := tree.CharSet(tree.Root)
	if !ok {
		t.Fatalf("%s %q: the set is not known", name, pattern)
	}
	for i, r := range set {
		if r.First > r.Last || i > 0 && r.First <= set[i-1].Last+1 {
			t.Fatalf("%s %q: range %d is %v behind %v", name, pattern, i, r, set[max(0, i-1)])
		}
	}
	return set
}

var goSets = []string{
	`.`, `\d`, `\D`, `\w`, `\W`, `\s`, `\S`, `a`, `\.`, `\x{212A}`, `[abc]`, `[^abc]`, `[a-z\d_]`, `[^\W\d]`, `[[:alpha:][:^ascii:]]`,
	`[[:word:]]`, `[[:punct:]]`, `\pL`, `\PL`, `\p{^Lu}`, `\p{Greek}`, `\P{Latin}`, `[^\p{Cyrillic}a]`, `[\x00-\x{10FFFF}]`, `[K-ſ]`, `\p{Any}`,
	`\p{Lu}`, `\p{Uppercase_Letter}`, `\p{LC}`, `\p{Cn}`, `[\x{10400}-\x{10410}é]`, `[[:cntrl:]]`, `[[:graph:]]`,
}

// The sets are those of the instructions that regexp compiles them to; and regexp
// itself is asked for some code points.
func TestCharSet_Go(t *testing.T) {
	for _, pattern := range goSets {
		for _, flags := range []string{"", "i", "s"} {
			set, what := setOf(t, "go", flags, pattern), flags+" "+pattern
			parsed, err := resyntax.Parse("(?"+flags+":"+pattern+")", resyntax.Perl)
			if err != nil {
				t.Fatal(err)
			}
			prog, err := resyntax.Compile(parsed)
			if err != nil {
				t.Fatal(err)
			}
			if want := instructionSet(&prog.Inst[prog.Start]); !slices.Equal(set, want) {
				t.Errorf("%s: has %x and lacks %x", what, set.Minus(want), want.Minus(set))
			}
			re := regexp.MustCompile("^(?" + flags + ":" + pattern + ")$")
			for r := rune(0); r <= unicode.MaxRune; r += 1 + r/32 {
				if r < 0xD800 || r >= 0xE000 {
					if got := re.MatchString(string(r)); got != set.Contains(r) {
						t.Errorf("%s: %U is %v for regexp", what, r, got)
					}
				}
			}
		}
	}
}

// instructionSet is what an instruction of regexp matches.
func instructionSet(inst *resyntax.Inst) CharSet {
	switch all := (CharRange{0, unicode.MaxRune}); {
	case inst.Op == resyntax.InstRuneAny:
		return CharSet{all}
	case inst.Op == resyntax.InstRuneAnyNotNL:
		return charsOf('\n').Not(all)
	case len(inst.Rune) == 1:
		set := charsOf(inst.Rune[0])
		for r := unicode.SimpleFold(inst.Rune[0]); resyntax.Flags(inst.Arg)&resyntax.FoldCase != 0 && r != inst.Rune[0]; r = unicode.SimpleFold(r) {
			set = set.Union(charsOf(r))
		}
		return set
	}
	var ranges []CharRange
	for i := 0; i < len(inst.Rune); i += 2 {
		ranges = append(ranges, CharRange{inst.Rune[i], inst.Rune[i+1]})
	}
	return charSet(ranges)
}

// The algebra of sets, against a list of booleans.
func TestCharSet(t *testing.T) {
	const last = 40
	universe := CharRange{0, last}
	parse := func(s string) CharSet {
		var ranges []CharRange
		for i, c := range s {
			if c == 'x' {
				ranges = append(ranges, CharRange{rune(i), rune(i)})
			}
		}
		return charSet(ranges)
	}
	sets := []string{
		"", strings.Repeat("x", last+1), "x", strings.Repeat(".", last) + "x", "xx..xx..x", "..xx..xx.x", strings.Repeat("x.", last/2),
		strings.Repeat(".x", last/2), "....xxxxxxxxxxxxxxxxx", "xxxxxxxxxx..........xxxxxxxxxx",
	}
	for _, a := range sets {
		for _, b := range sets {
			x, y := parse(a), parse(b)
			union, both, minus, not := x.Union(y), x.Intersect(y), x.Minus(y), x.Not(universe)
			count := 0
			for r := range rune(last + 1) {
				inX, inY := int(r) < len(a) && a[r] == 'x', int(r) < len(b) && b[r] == 'x'
				if inX {
					count++
				}
				if x.Contains(r) != inX || union.Contains(r) != (inX || inY) || both.Contains(r) != (inX && inY) ||
					minus.Contains(r) != (inX && !inY) || not.Contains(r) == inX {
					t.Errorf("%q and %q: wrong for %d", a, b, r)
				}
			}
			if x.Len() != count {
				t.Errorf("%q has %d, and not %d", a, count, x.Len())
			}
		}
	}
}
