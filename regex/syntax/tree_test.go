package syntax

import (
	"fmt"
	"testing"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// operators are the counts of the repetitions that have a sign for themselves.
var operators = map[rune][2]int{'*': {0, Unlimited}, '+': {1, Unlimited}, '?': {0, 1}}

// checkOperator looks whether a repetition, which may share its counts with others, has
// those that are written, and where.
func checkOperator(tree *Tree, n *Node, bad func(string, ...any)) {
	operator := n.Operator()
	if text := tree.Pattern[operator.Start:operator.End]; text == "" || rune(text[0]) != n.Rune || operator.End != n.Span.End {
		bad("%v has the operator %q at %v", n.Span, text, operator)
	}
	if counts, ok := operators[n.Rune]; ok && counts != [2]int{n.Min, n.Max} {
		bad("%v is from %d to %d times", n.Span, n.Min, n.Max)
	}
}

// checkTree fails when the tree or its tokens do not cover the pattern as they
// promise.
func checkTree(t *testing.T, tree *Tree) {
	t.Helper()
	bad := func(format string, args ...any) {
		t.Helper()
		t.Fatalf("%s %q with flags %q: %s", tree.Flavor.Name, tree.Pattern, tree.Flags, fmt.Sprintf(format, args...))
	}
	if tree.Root.Span != (Span{0, len(tree.Pattern)}) {
		bad("the root is %v", tree.Root.Span)
	}
	at := 0
	tokens := tree.Tokens()
	for i, token := range tokens {
		span := token.Span()
		if span.Start != at || span.End <= at {
			bad("token %d is %v behind %d", i, span, at)
		}
		at = span.End
		if pair := token.Pair; pair >= 0 && (int(pair) >= len(tokens) || tokens[pair].Pair != int32(i)) {
			bad("token %d has no pair", i)
		}
	}
	if tree.tokens.gap {
		bad("some tokens were not made end to end")
	}
	if at != len(tree.Pattern) {
		bad("the tokens end at %d", at)
	}
	tree.Root.Walk(func(n *Node) bool {
		at := n.Span.Start
		for _, sub := range n.Sub {
			if sub.Span.Start < at || sub.Span.End < sub.Span.Start || sub.Span.End > n.Span.End {
				bad("%v %v has %v %v behind %d", n.Kind, n.Span, sub.Kind, sub.Span, at)
			}
			at = sub.Span.End
		}
		if n.Kind == KindRepetition {
			checkOperator(tree, n, bad)
		}
		if n.Text != "" && textless[n.Kind] {
			bad("%v %v has the text %q", n.Kind, n.Span, n.Text)
		}
		if n.Kind == KindLiteral && n.Op == OpVerbatim && n.Text != tree.Source(n) && n.Text != "[" && n.Span.Start < n.Span.End {
			bad("%v is not %q", n.Span, n.Text)
		}
		return true
	})
	if got := tree.Print(nil); got != tree.Pattern {
		bad("printed as %q", got)
	}
	if last := flagless[len(flagless)-1]; last != (Details{Rare: &noRare}) {
		bad("the details of nodes without flags and text are %+v", last)
	}
	if noRare != (Rare{}) {
		bad("the rare fields of nodes that have none are %+v", noRare)
	}
	for _, e := range tree.Errors {
		if e.Span.Start < 0 || e.Span.End > len(tree.Pattern) || e.Span.End < e.Span.Start {
			bad("error %s at %v", e.Code, e.Span)
		}
	}
}

// textless are the kinds whose nodes never have a Text: one of them has it when that
// which all share is changed.
var textless = [kinds]bool{
	KindEmpty: true, KindConcat: true, KindAlternation: true, KindDot: true, KindClassEscape: true, KindClass: true, KindRange: true,
	KindClassOp: true, KindClassSet: true, KindClassString: true, KindKeep: true, KindConditional: true, KindRepetition: true,
	KindComment: true, KindSpace: true, KindQuoteMark: true, KindError: true,
}

func FuzzParse(f *testing.F) {
	for _, pattern := range []string{
		`(?<year>\d{4})-(?:0[1-9]|1[0-2])`, `[a-z&&[^aeiou]]`, `(?x) a # b`, `(?|(a)|(b))\1`, `\Qa.b\E+`, `(?(1)a|b)`, `[[:alpha:]-[x]]`,
		`(*UTF)a(*SKIP)b`, `(?{ { } })`, `\p{L}\x{41}\u{42}\012`, `a{2,3}+?`, `(?'n'a)\k'n'(?P=n)(?&n)`, `(?i-s:x)(?^m)`, "[\\q{ab|c}--d]",
	} {
		for i := range flavor.All() {
			f.Add(pattern, uint8(i), "x")
			f.Add(pattern, uint8(i), "v")
		}
	}
	f.Fuzz(func(t *testing.T, pattern string, which uint8, flags string) {
		all := flavor.All()
		tree := Parse(pattern, all[int(which)%len(all)], flavor.FlagsOf(flags))
		checkTree(t, tree)
		// Every prefix is a pattern that is being typed.
		for i := range min(len(pattern), 40) {
			checkTree(t, Parse(pattern[:i], tree.Flavor, tree.Flags))
		}
	})
}

// A pattern is read twice only where something in it means something else by what groups
// there are, and then as these say.
func TestReadOnce(t *testing.T) {
	for _, c := range []struct {
		flavor, pattern string
		twice           bool
		groups          int
	}{
		{"ruby", `(a)(b)`, false, 2},
		{"ruby", `(a)(?<n>b)`, false, 1},
		{"ruby", `(?<n>b)(a)`, false, 1},
		{"ruby", `(a)(?'n'b)`, false, 1},
		{"ruby", `(?<n>b)`, false, 1},
		{"ruby", `(a)(?<=b)(?<!c)(?:d)(?`, false, 1},
		{"ruby", `(a)\(?<n>b`, true, 1},
		{"ruby", `(a)[(?<n>b]`, true, 1},
		{"js", `(a)\1`, true, 1},
		{"js", `(a)\k<n>(?<n>b)`, true, 2},
		{"js", `(a)(?<n>b)`, false, 2},
		{"js", `(a)\k<n>`, false, 1},
		{"java", `(a)\1`, false, 1},
		{"dotnet", `(a)\1`, false, 1},
		{"dotnet", `(a)\10`, true, 1},
		{"dotnet", `(?<n>a)(?(n)b)`, true, 1},
		{"pcre2", `(a)(?<n>b)\1\k<n>`, false, 2},
	} {
		f := lookup(t, c.flavor)
		p := parse(c.pattern, f, 0, guess(c.pattern, f))
		if p.mistaken() != c.twice {
			t.Errorf("%s %s: read twice: %t, want %t", c.flavor, c.pattern, p.mistaken(), c.twice)
		}
		if groups := len(Parse(c.pattern, f, 0).Groups) - 1; groups != c.groups {
			t.Errorf("%s %s: %d groups, want %d", c.flavor, c.pattern, groups, c.groups)
		}
	}
}
