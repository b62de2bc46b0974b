package convert

import (
	"fmt"
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// conditional writes (?(1)yes|no).
func (w *writer) conditional(n *syntax.Node) {
	condition := n.Sub[0]
	text := ""
	switch {
	case condition.Kind == syntax.KindGroup:
		w.lookCondition(n, condition)
		return
	case condition.Op == syntax.OpGroup && condition.Number >= len(w.from.Groups):
		w.change(n, syntax.SeverityHint, "there is no group %d: only the second branch is kept", condition.Number)
		if len(n.Sub) > 2 {
			w.put("(?:")
			w.sequence(n.Sub[2])
			w.put(")")
		}
		return
	case condition.Op == syntax.OpGroup:
		if name := w.from.Groups[condition.Number].Name; name != "" && w.sharesName(name) {
			w.change(condition, syntax.SeverityWarning, "several groups are named %s: flavors ask about another one", name)
		}
		text = w.groupCondition(condition.Number)
	case condition.Op == syntax.OpDefine && w.to.Has(flavor.ConditionDefine):
		text = "DEFINE"
	case condition.Op == syntax.OpDefine && w.dropped > 0:
		w.change(n, syntax.SeverityHint, "%s has no DEFINE: the groups in it are written out where they are called", w.to.Label)
		return
	case condition.Op == syntax.OpDefine:
		w.change(n, syntax.SeverityHint, "%s has no DEFINE: what is in it is repeated 0 times", w.to.Label)
		w.put("(?:")
		w.alternatives(n.Sub[1])
		w.put("){0}")
		return
	case condition.Op == syntax.OpRecursion && w.to.Has(flavor.ConditionRecursion):
		text = strings.Trim(w.from.Source(condition), "()")
	}
	if text == "" {
		w.lost(n, "such conditionals: "+w.from.Source(n)+" is left out")
		return
	}
	w.put("(?(", text, ")")
	w.branches(n)
}

// sharesName reports whether several groups of the source have the name.
func (w *writer) sharesName(name string) bool {
	count := 0
	w.from.Root.Walk(func(n *syntax.Node) bool {
		if n.IsCapture() && n.Text == name {
			count++
		}
		return true
	})
	return count > 1
}

// groupCondition asks whether a group took part, or is "" where that cannot be
// asked.
func (w *writer) groupCondition(number int) string {
	name := w.names[number]
	switch {
	case !w.to.Has(flavor.ConditionNumber):
		return ""
	case name == "":
		return fmt.Sprint(w.numbers[number])
	case w.to.Has(flavor.ConditionName):
		return "<" + name + ">"
	}
	return name
}

// lookCondition writes a conditional that asks a lookaround: as two alternatives
// where there is none.
func (w *writer) lookCondition(n, condition *syntax.Node) {
	if w.onlyOne(flavor.InDotNet) && refers(condition) {
		w.change(condition, syntax.SeverityWarning, ".NET forgets what groups in a condition matched")
	}
	if w.to.Has(flavor.ConditionLook) && w.to.Has(flavor.ConditionNumber) {
		w.put("(?")
		w.group(condition, 0)
		w.branches(n)
		return
	}
	if !w.to.Has(flavor.Lookahead) || refers(condition) {
		w.lost(n, "such conditionals: "+w.from.Source(n)+" is left out")
		return
	}
	w.change(n, syntax.SeverityHint, "%s has no such conditionals: the branches are alternatives", w.to.Label)
	if !condition.IsLook() { // .NET's: an expression that is looked for
		condition = syntax.NewNode(syntax.KindGroup, syntax.OpLookahead, condition.Flags, condition.Span, condition.Sub...)
	}
	opposite := *condition
	opposite.Negated = !condition.Negated
	w.put("(?:")
	for i, look := range []*syntax.Node{condition, &opposite} {
		if i > 0 {
			w.put("|")
		}
		w.group(look, 0)
		if i+1 < len(n.Sub) {
			w.sequence(n.Sub[i+1])
		}
	}
	w.put(")")
}

// branches writes the branches of a conditional and its ).
func (w *writer) branches(n *syntax.Node) {
	for i, branch := range n.Sub[1:] {
		if i > 0 {
			w.put("|")
		}
		w.sequence(branch)
	}
	w.put(")")
}

// asBranches writes an optional group and what follows it, up to a conditional on
// the group, as two alternatives for a flavor without conditionals: (a)?b(?(1)c|d)
// is (?:(a)bc|bd). It returns the index behind the conditional, or 0 where that is
// not the same.
func (w *writer) asBranches(nodes []*syntax.Node, i int) int {
	optional := nodes[i]
	if w.to.Has(flavor.ConditionNumber) || optional.Kind != syntax.KindRepetition || optional.Min != 0 || optional.Max != 1 || optional.Greed == syntax.Possessive {
		return 0
	}
	group := optional.Sub[0]
	if !group.IsCapture() || w.captures[group.Number] > 1 || w.isCalled(group) || len(w.calls) > 0 || w.repeats(optional) {
		return 0
	}
	for j := i + 1; j < len(nodes); j++ {
		n := nodes[j]
		if n.Kind == syntax.KindConditional && n.Sub[0].Op == syntax.OpGroup && n.Sub[0].Kind == syntax.KindCondition && n.Sub[0].Number == group.Number {
			w.writeBranches(optional, nodes[i+1:j], n)
			return j + 1
		}
		if refers(n) || n.Kind == syntax.KindConditional {
			return 0
		}
	}
	return 0
}

func (w *writer) writeBranches(optional *syntax.Node, between []*syntax.Node, conditional *syntax.Node) {
	w.change(conditional, syntax.SeverityHint, "%s has no conditionals: with the group and without it are alternatives", w.to.Label)
	with := func() {
		w.items(append([]*syntax.Node{optional.Sub[0]}, between...))
		w.sequence(conditional.Sub[1])
	}
	without := func() {
		w.items(between)
		if len(conditional.Sub) > 2 {
			w.sequence(conditional.Sub[2])
		}
	}
	if optional.Greed == syntax.Lazy {
		with, without = without, with
	}
	w.put("(?:")
	with()
	w.put("|")
	without()
	w.put(")")
}

// repeats reports whether a node is in a repeat of several times.
func (w *writer) repeats(n *syntax.Node) bool {
	for up := w.parent[n]; up != nil; up = w.parent[up] {
		if up.Kind == syntax.KindRepetition && up.Max != 1 {
			return true
		}
	}
	return false
}
