package explain

import (
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/syntax"
)

// everything has all kinds of nodes, and all Ops of those that have several.
var everything = []struct{ flavor, flags, pattern string }{
	{"go", "", ""},
	{"go", "i", `(a|b\.)(?:a)\n\x41.\d\pL[[:alpha:]a-z\D](?i)x+`},
	{"dotnet", "x", "(?<a-b>x)(?<-b>x)[a-z0-9-[x]] # c"},
	{"dotnet", "", `(?<b>x)(?(b)x|y)(?(?=a)b)`},
	{"pcre2", "u", `(*UTF)(?|a|b)(?>a)(?=a)(?<!a)(*napla:a)(*naplb:a)(*sr:a)(*asr:a)\K(?R)(?1)(x)(?+1)(y)(?(R)a)(?(DEFINE)b)(?(VERSION>=10)a)(?C1)(?C'x')`},
	{"pcre2", "", `(*COMMIT)(*MARK:a)(*SKIP:a)(*ACCEPT)(*F)(*THEN)(*PRUNE)\R\X\C\N\h\v\o{12}\g{-1}(?(R1)a)()`},
	{"js", "v", `[\q{ab|c}&&a][a--b]\u{41}\cA`},
	{"python", "", `(?P<n>a)(?P=n)(?(n)a|b)(?i-s:c)(?#c)`},
	{"perl", "", `(?{ x })(??{ y })(?[ [a] + [b] ])\b{wb}\N{BULLET}`},
	{"java", "", `\Qa.b\E`},
	{"ruby", "", `(?~ab)(?<n>a)\k<n+1>\g<n>`},
	{"go", "", `a**`},
	{"go", "", `)`},
}

func TestKinds(t *testing.T) {
	seen := map[syntax.Kind]bool{}
	groups := map[syntax.Op]bool{}
	conditions := map[syntax.Op]bool{}
	literals := map[syntax.Op]bool{}
	for _, test := range everything {
		tree := parse(t, test.flavor, test.flags, test.pattern)
		tree.Root.Walk(func(n *syntax.Node) bool {
			seen[n.Kind] = true
			switch n.Kind {
			case syntax.KindGroup:
				groups[n.Op] = true
			case syntax.KindCondition:
				conditions[n.Op] = true
			case syntax.KindLiteral:
				literals[n.Op] = true
			}
			// Each has words of its own, also where Explain says them at its parent.
			if item := newExplainer(tree).explain(n); item.Title == "" {
				t.Errorf("%s %s: no title for %v", test.flavor, test.pattern, n.Kind)
			}
			return true
		})
		check(t, tree, Explain(tree))
	}
	for kind := range syntax.Kinds() {
		if !seen[kind] {
			t.Errorf("nothing was explained of the kind %v", kind)
		}
	}
	for op := syntax.OpCapture; op <= syntax.OpAbsent; op++ {
		if !groups[op] {
			t.Errorf("no group %d was explained", op)
		}
	}
	for op := syntax.OpGroup; op <= syntax.OpVersion; op++ {
		if !conditions[op] {
			t.Errorf("no condition %d was explained", op)
		}
	}
	for op := syntax.OpVerbatim; op <= syntax.OpNamed; op++ {
		if !literals[op] {
			t.Errorf("no literal %d was explained", op)
		}
	}
}

// check fails when an explanation is not as it promises to be.
func check(t *testing.T, tree *syntax.Tree, explanation *Explanation) {
	t.Helper()
	count := 0
	var walk func(items []*Item, from, to int)
	walk = func(items []*Item, from, to int) {
		for _, item := range items {
			count++
			if item.Title == "" || item.Kind == "" || strings.HasSuffix(item.Title, ".") && item.Kind != "comment" && item.Kind != "literal" {
				t.Errorf("%s %q: item %+v", tree.Flavor.Name, tree.Pattern, item)
			}
			for _, detail := range item.Details {
				if !strings.HasSuffix(detail, ".") {
					t.Errorf("%s %q: %q is no sentence", tree.Flavor.Name, tree.Pattern, detail)
				}
			}
			if item.Span[0] < from || item.Span[1] < item.Span[0] || item.Span[1] > to {
				t.Fatalf("%s %q: %q is at %v, between %d and %d", tree.Flavor.Name, tree.Pattern, item.Title, item.Span, from, to)
			}
			walk(item.Children, item.Span[0], item.Span[1])
			from = item.Span[1]
		}
	}
	walk(explanation.Items, 0, len(tree.Pattern))
	if count > 2*MaxItems {
		t.Errorf("%d items", count)
	}
}

// Long and deep patterns are cut, and do not use up the stack.
func TestLimits(t *testing.T) {
	for _, test := range []struct{ name, flavor, pattern string }{
		{"long", "go", strings.Repeat("a+", 200_000)},
		{"alternatives", "go", strings.Repeat("a+|", 200_000)},
		{"deep", "pcre2", "a" + strings.Repeat("{1}", 200_000)},
		{"groups", "js", strings.Repeat("(", 1000) + strings.Repeat(")", 1000)},
		{"classes", "java", strings.Repeat("[a", 1000) + strings.Repeat("]", 1000)},
	} {
		tree := parse(t, test.flavor, "", test.pattern)
		explanation := Explain(tree)
		check(t, tree, explanation)
		cut := false
		var find func(items []*Item)
		find = func(items []*Item) {
			for _, item := range items {
				cut = cut || item.Kind == "cut"
				find(item.Children)
			}
		}
		find(explanation.Items)
		if want := test.name != "classes"; cut != want {
			t.Errorf("%s: cut is %v", test.name, cut)
		}
	}
}

func FuzzExplain(f *testing.F) {
	for i, test := range everything {
		f.Add(test.pattern, uint8(i), test.flags)
	}
	f.Fuzz(func(t *testing.T, pattern string, which uint8, flags string) {
		names := []string{"go", "dotnet", "pcre2", "js", "python", "perl", "java", "ruby"}
		tree := parse(t, names[int(which)%len(names)], flags, pattern)
		check(t, tree, Explain(tree))
	})
}

// What a page waits for at each keystroke.
func BenchmarkExplain(b *testing.B) {
	sets := "" // of a thousand ranges each, and no two the same
	for r := rune(0x4E00); len(sets) < 2000; r++ {
		sets += `[^\W\p{Lu}` + string(r) + `][\p{L}\d` + string(r) + `]`
	}
	for _, pattern := range []struct{ name, text string }{
		{"usual", strings.Repeat(`(?<year>\d{4})-[\w.+-]+|\s*(?:foo|bar)?`, 52)[:2000]},
		{"sets", sets[:2000]},
	} {
		for _, name := range []string{"go", "dotnet", "js", "perl"} {
			b.Run(pattern.name+"/"+name, func(b *testing.B) {
				for b.Loop() {
					Explain(parse(b, name, "iu", pattern.text))
				}
			})
		}
	}
}
