// Package lint warns of what a pattern hardly means: it is valid, but does
// something else than it looks like, or can never do anything.
package lint

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A Rule is one kind of warning.
type Rule struct {
	// Code is its stable name.
	Code syntax.Code
	// Severity is that of its warnings.
	Severity syntax.Severity
	// Title is what it warns of, in a few words.
	Title string
	// Why is what is wrong with that, in a few sentences.
	Why string
	// Flavor, Bad and Good are an example: a pattern with this warning, and one
	// to write instead.
	Flavor, Bad, Good string

	kinds []syntax.Kind // that check is called for
	check func(l *linter, n *syntax.Node)
}

// Rules are all rules, by their codes.
func Rules() []*Rule { return rules }

// A Text is what is known of the text that a pattern is for.
type Text struct {
	// NonASCII says that it has letters or digits beyond ASCII.
	NonASCII bool
}

// Limits of one call of [Warnings].
const (
	// MaxPattern is the longest pattern in bytes that is looked at: what is
	// longer is generated, and its author does not read warnings. Some rules
	// measure a part of the pattern several times.
	MaxPattern = 64 << 10
	// MaxWarnings is how many are returned: more is not read.
	MaxWarnings = 100
)

// Warnings returns what is suspicious in a pattern without errors, by position,
// MaxWarnings at most. It returns nothing for a pattern with errors or longer
// than MaxPattern.
func Warnings(t *syntax.Tree, text Text) []*syntax.Error {
	if len(t.Errors) > 0 || len(t.Pattern) > MaxPattern {
		return nil
	}
	l := &linter{tree: t, text: text, used: usedGroups(t)}
	l.walk(t.Root)
	slices.SortStableFunc(l.warnings, func(a, b *syntax.Error) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	return l.warnings[:min(len(l.warnings), MaxWarnings)]
}

// linter is a walk over a tree.
type linter struct {
	tree     *syntax.Tree
	text     Text
	rule     *Rule
	path     []*syntax.Node // the node's ancestors, from the root
	used     map[int]bool   // groups that the pattern refers to
	warnings []*syntax.Error
}

// byKind are the rules that look at a kind of node.
var byKind = func() [][]*Rule {
	table := make([][]*Rule, syntax.Kinds())
	for _, rule := range rules {
		for _, kind := range rule.kinds {
			table[kind] = append(table[kind], rule)
		}
	}
	return table
}()

func (l *linter) walk(n *syntax.Node) {
	for _, rule := range byKind[n.Kind] {
		l.rule = rule
		rule.check(l, n)
	}
	l.path = append(l.path, n)
	for _, sub := range n.Sub {
		l.walk(sub)
	}
	l.path = l.path[:len(l.path)-1]
}

func (l *linter) is(set flavor.Set) bool { return l.tree.Flavor.Set&set != 0 }

// warn adds a warning of the rule that is being checked.
func (l *linter) warn(span syntax.Span, fix *syntax.Fix, hint, format string, args ...any) *syntax.Error {
	e := &syntax.Error{
		Code: l.rule.Code, Severity: l.rule.Severity, Message: fmt.Sprintf(format, args...), Span: span, Hint: hint, Fix: fix,
	}
	l.warnings = append(l.warnings, e)
	return e
}

// parent returns the node's parent, or nil for the root.
func (l *linter) parent() *syntax.Node {
	if len(l.path) == 0 {
		return nil
	}
	return l.path[len(l.path)-1]
}

// usedGroups are the groups that a backreference, a call or a condition names.
func usedGroups(t *syntax.Tree) map[int]bool {
	used := map[int]bool{}
	t.Root.Walk(func(n *syntax.Node) bool {
		switch n.Kind {
		case syntax.KindBackreference, syntax.KindCall, syntax.KindCondition:
			used[n.Number] = true
		}
		return true
	})
	return used
}

// meaning returns a node's children without those that mean nothing.
func meaning(n *syntax.Node) []*syntax.Node {
	return slices.DeleteFunc(slices.Clone(n.Sub), func(sub *syntax.Node) bool { return sub.Kind.IsTrivia() })
}

// literalStart returns the characters that a node begins with, whatever the
// text, and whether they are all that it matches.
func literalStart(n *syntax.Node) (text string, whole bool) {
	switch n.Kind {
	case syntax.KindEmpty:
		return "", true
	case syntax.KindLiteral:
		return string(n.Runes()), true
	case syntax.KindConcat:
		for _, sub := range meaning(n) {
			t, whole := literalStart(sub)
			text += t
			if !whole {
				return text, false
			}
		}
		return text, true
	}
	return "", false
}
