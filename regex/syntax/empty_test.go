package syntax

import (
	"strings"
	"testing"
)

func TestCanBeEmpty(t *testing.T) {
	for _, test := range []struct {
		flavor, pattern string
		want            bool
	}{
		{"go", `a*`, true},
		{"go", `a+|b`, false},
		{"go", `\b`, true},
		{"pcre2", `\((?:[^()]++|(?R))*+\)`, false},
		{"pcre2", `[^()]++|\((?R)*\)`, false},
		{"pcre2", `(?:a|(?R))`, false},
		{"pcre2", `(?:a?|(?R)b)`, true},
		{"pcre2", `(?1)(a(?1)?)`, false},
		{"pcre2", `(?1)((?2))((?3))(x|(?1))`, false},
		{"pcre2", `(?1)((?2))((?3))(x*|(?1))`, true},
		{"pcre2", `(?(DEFINE)(?<n>\d+))(?&n)`, false},
		{"pcre2", `(*ACCEPT)a(?R)`, true},
		{"ruby", `(?<p>\((?:[^()]|\g<p>)*\))`, false},
		{"perl", `(?<x>(?&x)|)`, true},
		{"pcre2", `(?1)` + strings.Repeat(`((?+1))`, 40) + `(a)`, false},
	} {
		tree := Parse(test.pattern, lookup(t, test.flavor), 0)
		if len(tree.Errors) > 0 {
			t.Fatalf("%s: %v", test.pattern, tree.Errors[0])
		}
		if got := tree.CanBeEmpty(tree.Root); got != test.want {
			t.Errorf("%s %s: %v", test.flavor, test.pattern, got)
		}
	}
}

// A call of a group that there is not is an error, and the tree is there all the same.
func TestCanBeEmptyOfErrors(t *testing.T) {
	for _, f := range []string{"pcre2", "perl", "ruby"} {
		for _, pattern := range []string{`(?5)`, `(?&x)`, `(?P>x)`, `\g<7>`, `\g<x>`, `(?+3)`, `(?-3)`, `(a(?99999)?)*`} {
			tree := Parse(pattern, lookup(t, f), 0)
			tree.Root.Walk(func(n *Node) bool {
				if least, _ := tree.Width(n); tree.CanBeEmpty(n) && least > 0 {
					t.Errorf("%s %s: %s", f, pattern, tree.Source(n))
				}
				return true
			})
		}
	}
}
