package convert

import (
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// Node writes parts of a pattern that follow one another for another flavor, or for
// their own under other flags, as one item to stand in the place of a part of a
// pattern where these flags are in force. It reports false where the flavor cannot
// say the same. Groups that capture are not written: they would change the numbers
// of others.
func Node(t *syntax.Tree, nodes []*syntax.Node, to *flavor.Flavor, flags flavor.Flags) (text string, ok bool) {
	if len(t.Errors) > 0 || len(t.Pattern) > MaxPattern {
		return "", false
	}
	for _, n := range nodes {
		captures := false
		n.Walk(func(n *syntax.Node) bool {
			captures = captures || n.IsCapture()
			return !captures
		})
		if captures {
			return "", false
		}
	}
	s := survey(t, to)
	s.flags, s.spaced = flags, flags.Has('x') && to.HasFlag('x')
	w := newWriter(s, mode{})
	w.changes = nil // about groups, which are not written
	w.put("(?:")
	w.items(nodes)
	w.put(")")
	w.noteCases()
	r := &Result{Changes: w.changes}
	return string(w.b), r.Exact() && w.added == 0
}
