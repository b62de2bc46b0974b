package convert

import (
	"fmt"
	"slices"
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// chooseGroups gives every group of the source its number and name in the
// result.
func (w *writer) chooseGroups() {
	w.numbers, w.names = map[int]int{0: 0}, map[int]string{}
	var order []*syntax.Node // captures as they come, one of each number
	seen := map[int]bool{}
	anyNamed := false
	w.from.Root.Walk(func(n *syntax.Node) bool {
		if n.Kind == syntax.KindConditional && isDefine(n) && w.dropped > 0 {
			return false
		}
		if n.IsCapture() && !seen[n.Number] {
			seen[n.Number] = true
			order = append(order, n)
			anyNamed = anyNamed || n.Text != ""
		}
		return true
	})
	used := map[string]bool{}
	for _, n := range order {
		if n.Text != "" {
			w.names[n.Number] = w.nameFor(n, used)
		} else if anyNamed && w.is(flavor.InRuby) {
			w.names[n.Number] = unusedName(fmt.Sprintf("g%d", n.Number), used)
			w.change(n, syntax.SeverityHint, "beside named groups, plain ones do not capture in Ruby: they get names")
		}
	}
	next := 1
	number := func(named bool) {
		for _, n := range order {
			if (w.names[n.Number] != "") == named {
				w.numbers[n.Number] = next
				next++
			}
		}
	}
	if w.is(flavor.InDotNet) { // plain groups first
		number(false)
		number(true)
	} else {
		for _, n := range order {
			w.numbers[n.Number] = next
			next++
		}
	}
	for _, n := range order {
		if w.numbers[n.Number] != n.Number {
			w.change(n, syntax.SeverityWarning, "groups have other numbers in the result: group %d is group %d, and so on", n.Number, w.numbers[n.Number])
			break
		}
	}
}

// nameFor returns a group's name as the other flavor takes it.
func (w *writer) nameFor(n *syntax.Node, used map[string]bool) string {
	if used[n.Text] {
		if w.to.Grammar.DuplicateNames {
			return n.Text
		}
		w.change(n, syntax.SeverityWarning, "%s has a name once only: further groups named %q get others", w.to.Label, n.Text)
	}
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		case r == '_' && !w.is(flavor.InJava):
			return r
		}
		return -1
	}, n.Text)
	if name == "" || name[0] >= '0' && name[0] <= '9' || w.is(flavor.InJava) && name[0] == '_' {
		name = "g" + name
	}
	if most := w.to.Grammar.MaxName; most > 0 && len(name) > most {
		name = name[:most]
	}
	if w.accepts("(?<"+n.Text+">)") || w.accepts("(?P<"+n.Text+">)") {
		name = n.Text
	}
	if name != n.Text {
		w.change(n, syntax.SeverityWarning, "%s does not take the name %q: it becomes %q", w.to.Label, n.Text, name)
	}
	return unusedName(name, used)
}

// unusedName returns a name that no group has yet, and marks it used.
func unusedName(name string, used map[string]bool) string {
	for i := 2; used[name]; i++ {
		name = fmt.Sprintf("%s%d", strings.TrimRight(name, "0123456789"), i)
	}
	used[name] = true
	return name
}

// accepts reports whether the other flavor takes a pattern.
func (w *writer) accepts(pattern string) bool {
	return len(syntax.Parse(pattern, w.to, w.flags).Errors) == 0
}

// group writes a pair of parentheses.
func (w *writer) group(n *syntax.Node, next byte) {
	switch n.Op {
	case syntax.OpCapture:
		w.capture(n)
		return
	case syntax.OpNonCapture:
		w.put("(?:")
	case syntax.OpFlagsGroup:
		w.flagsGroup(n)
		return
	case syntax.OpAtomic:
		w.atomic(n, next, "an atomic group", func() { w.alternatives(n.Body()) })
		return
	case syntax.OpLookahead, syntax.OpNonAtomicLookahead:
		w.look(n, flavor.Lookahead, "(?=", "(?!")
		return
	case syntax.OpLookbehind, syntax.OpNonAtomicLookbehind:
		w.look(n, flavor.Lookbehind, "(?<=", "(?<!")
		return
	case syntax.OpBranchReset:
		if w.to.Has(flavor.BranchReset) {
			w.put("(?|")
			break
		}
		if w.branchReset(n) {
			return
		}
		w.put("(?:")
	case syntax.OpBalancing:
		if w.to.Has(flavor.Balancing) {
			w.put("(?<", n.Text, "-", n.Other, ">")
			break
		}
		w.lost(n, "balancing groups")
		w.put("(?:")
	case syntax.OpScriptRun, syntax.OpAtomicScriptRun:
		if w.to.Has(flavor.ScriptRun) {
			w.put(map[bool]string{true: "(*asr:", false: "(*sr:"}[n.Op == syntax.OpAtomicScriptRun])
			break
		}
		w.lost(n, "script runs")
		w.put("(?:")
	case syntax.OpAbsent:
		if w.to.Has(flavor.Absent) {
			w.put("(?~")
			break
		}
		w.lost(n, "absent operator")
		return
	}
	w.alternatives(n.Body())
	w.put(")")
}

// branchReset writes (?|(a)|(b)) as (a|b), or says what to do without, and reports
// whether all is written.
func (w *writer) branchReset(n *syntax.Node) bool {
	branches := []*syntax.Node{n.Body()}
	if n.Body().Kind == syntax.KindAlternation {
		branches = n.Body().Sub
	}
	simple := len(w.calls) == 0
	for _, branch := range branches {
		simple = simple && branch.IsCapture() && branch.Op == syntax.OpCapture && branch.Text == "" && !refers(branch.Body())
	}
	switch {
	case simple:
		w.change(n, syntax.SeverityHint, "%s has no branch reset: the branches are alternatives in one group", w.to.Label)
		choice := syntax.NewNode(syntax.KindAlternation, 0, n.Flags, n.Span, bodies(branches)...)
		group := syntax.NewNode(syntax.KindGroup, syntax.OpCapture, n.Flags, n.Span, choice)
		group.Number = branches[0].Number
		w.capture(group)
		return true
	case w.explicit:
		w.change(n, syntax.SeverityHint, "%s has no branch reset: groups are written with their numbers", w.to.Label)
	default:
		w.change(n, syntax.SeverityError, "%s has no branch reset: groups of different branches have different numbers", w.to.Label)
	}
	return false
}

// bodies are what is in groups: of an alternation its branches.
func bodies(groups []*syntax.Node) []*syntax.Node {
	var all []*syntax.Node
	for _, group := range groups {
		if body := group.Body(); body.Kind == syntax.KindAlternation {
			all = append(all, body.Sub...)
		} else {
			all = append(all, body)
		}
	}
	return all
}

// chooseNumbers decides whether all groups get explicit numbers, as .NET has them,
// since several have the same one.
func (w *writer) chooseNumbers() {
	resets, named := false, false
	w.from.Root.Walk(func(n *syntax.Node) bool {
		resets = resets || n.Kind == syntax.KindGroup && n.Op == syntax.OpBranchReset
		named = named || n.IsCapture() && n.Text != ""
		return true
	})
	w.explicit = resets && !named && w.is(flavor.InDotNet)
}

func (w *writer) capture(n *syntax.Node) {
	switch name := w.names[n.Number]; {
	case len(w.calls) > 0: // what a call sets is undone behind it
		w.put("(?:")
	case w.explicit:
		w.put(fmt.Sprintf("(?<%d>", w.numbers[n.Number]))
	case name == "":
		w.put("(")
	case w.to.Has(flavor.NamedAngle) && !(w.to.Has(flavor.NamedP) && strings.HasPrefix(w.from.Source(n), "(?P")):
		w.put("(?<", name, ">")
	default:
		w.put("(?P<", name, ">")
	}
	w.alternatives(n.Body())
	w.put(")")
}

// flagsGroup writes what is in (?i:...): what its flags do is written at each
// letter, anchor and dot.
func (w *writer) flagsGroup(n *syntax.Node) {
	if n.Body().Kind != syntax.KindAlternation {
		w.sequence(n.Body())
		return
	}
	w.put("(?:")
	w.alternatives(n.Body())
	w.put(")")
}

func (w *writer) look(n *syntax.Node, f flavor.Feature, plain, negated string) {
	if !w.to.Has(f) {
		name := map[flavor.Feature]string{flavor.Lookahead: "lookahead", flavor.Lookbehind: "lookbehind"}[f]
		w.lost(n, name+": "+w.from.Source(n)+" is left out")
		return
	}
	if n.Op == syntax.OpNonAtomicLookahead || n.Op == syntax.OpNonAtomicLookbehind {
		if w.to.Has(flavor.NonAtomicLook) {
			plain = strings.Replace(plain, "=", "*", 1)
		} else {
			w.change(n, syntax.SeverityError, "%s does not backtrack into lookarounds", w.to.Label)
		}
	}
	if n.Negated {
		plain = negated
	}
	if n.IsBehind() && w.onlyOne(backwards) && refers(n) {
		w.change(n, syntax.SeverityWarning, "%s matches lookbehinds from their end to their start: groups in them may match something else", map[bool]*flavor.Flavor{true: w.from.Flavor, false: w.to}[w.fromIs(backwards)].Label)
	}
	if n.IsBehind() && w.onlyOne(flavor.InJava) && w.hasPartial(n) {
		w.change(n, syntax.SeverityWarning, "Java looks behind by UTF-16 units, and misses some characters beyond U+FFFF there")
	}
	start := len(w.b)
	w.put(plain)
	w.alternatives(n.Body())
	w.put(")")
	if n.IsBehind() && n.Body().Kind == syntax.KindAlternation && !w.accepts(string(w.b[start:])) {
		w.splitBehind(n, start, plain)
	}
}

// hasPartial reports whether there is a set in a node that has some characters
// beyond U+FFFF, or one of several that has all.
func (w *writer) hasPartial(n *syntax.Node) bool {
	_, most := w.from.Width(n.Body())
	found := false
	n.Walk(func(sub *syntax.Node) bool {
		switch sub.Kind {
		case syntax.KindDot, syntax.KindClass, syntax.KindClassEscape, syntax.KindProperty:
			set, _ := w.nodeSet(sub, sub.Flags)
			last := len(set) - 1
			found = found || last >= 0 && set[last].Last > 0xFFFF && (most != 1 || set[last].First > 0xD800)
			return false
		}
		return true
	})
	return found
}

// backwards are the flavors that match a lookbehind from its end to its start.
const backwards = flavor.InJS | flavor.InDotNet

// refers reports whether there are groups or references in a node.
func refers(n *syntax.Node) bool {
	found := false
	n.Walk(func(sub *syntax.Node) bool {
		found = found || sub.IsCapture() || sub.Kind == syntax.KindBackreference
		return !found
	})
	return found
}

// splitBehind writes a lookbehind for each alternative, for flavors that want
// them to be of one width.
func (w *writer) splitBehind(n *syntax.Node, start int, plain string) {
	whole := string(w.b[start:])
	w.b = w.b[:start]
	if !n.Negated {
		w.put("(?:")
	}
	for i, alternative := range n.Body().Sub {
		if i > 0 && !n.Negated {
			w.put("|")
		}
		w.put(plain)
		w.sequence(alternative)
		w.put(")")
	}
	if !n.Negated {
		w.put(")")
	}
	if !w.accepts(string(w.b[start:])) {
		w.b = append(w.b[:start], whole...)
		return
	}
	w.change(n, syntax.SeverityHint, "a lookbehind in %s is of one width: each alternative gets its own", w.to.Label)
}

// keep writes \K. As a lookbehind it is the same where what stands before it is
// of one width.
func (w *writer) keep(n *syntax.Node) {
	if w.to.Has(flavor.KeepOut) {
		w.put(`\K`)
		return
	}
	root := w.from.Root
	if w.parent[n] == root && root.Kind == syntax.KindConcat && w.runs == 0 && w.to.Has(flavor.Lookbehind) {
		before := syntax.NewNode(syntax.KindConcat, 0, 0, syntax.Span{}, root.Sub[:slices.Index(root.Sub, n)]...)
		least, most := w.from.Width(before)
		behind := "(?<=" + string(w.b[w.begin:]) + ")"
		if least == most && !refers(before) && w.accepts(behind) {
			w.b = append(w.b[:w.begin], behind...)
			w.change(n, syntax.SeverityWarning, `\K is written as a lookbehind, which also sees what an earlier match took`)
			return
		}
	}
	w.lost(n, `\K: use a group for the part that is wanted`)
}

// backreference writes the text of a group again.
func (w *writer) backreference(n *syntax.Node, next byte) {
	if !w.to.Has(flavor.Backreference) {
		w.lost(n, "backreferences: "+w.from.Source(n)+" is left out")
		return
	}
	if n.Other != "" && !w.to.Has(flavor.BackreferenceLevel) {
		w.lost(n, "recursion levels")
	}
	from, to := w.from.Flavor.Semantics, w.to.Semantics
	if n.Flags.Has('i') && (from.Fold.With(n.Flags) != to.Fold.With(w.flags) || w.onlyOne(flavor.InRuby)) {
		w.change(n, syntax.SeverityWarning, "%s ignores case by other rules in %s than in %s", w.from.Source(n), w.to.Label, w.from.Flavor.Label)
	}
	if n.Flags.Has('i') && !w.icase {
		w.change(n, syntax.SeverityError, "%s cannot ignore case in a part of the pattern: %s heeds it", w.to.Label, w.from.Source(n))
	}
	text := w.reference(n, next)
	if missing, within := w.mayMiss(n); missing && from.UnsetMatches != to.UnsetMatches {
		condition := w.groupCondition(n.Number)
		if from.UnsetMatches && !within && condition != "" {
			w.put("(?(", condition, ")", text, ")")
			w.change(n, syntax.SeverityHint, "a reference to a group that took no part matches in %s: hence the condition", w.from.Flavor.Label)
			return
		}
		matches, fails := w.from.Flavor, w.to
		if to.UnsetMatches {
			matches, fails = w.to, w.from.Flavor
		}
		w.change(n, syntax.SeverityWarning, "when group %d took no part, %s matches nothing in %s and fails in %s", n.Number, w.from.Source(n), matches.Label, fails.Label)
	} else if within && w.onlyOne(flavor.InRuby) {
		w.change(n, syntax.SeverityWarning, "%s is within its group: in Ruby it fails, elsewhere it is what the group matched in the round before", w.from.Source(n))
	}
	w.put(text)
}

// reference is a reference to the group that n refers to.
func (w *writer) reference(n *syntax.Node, next byte) string {
	name, number := w.names[n.Number], w.numbers[n.Number]
	switch {
	case name != "" && w.to.Has(flavor.BackreferenceK) && !(w.to.Has(flavor.BackreferenceP) && strings.HasPrefix(w.from.Source(n), "(?P")):
		return `\k<` + name + n.Other + ">"
	case name != "":
		return "(?P=" + name + ")"
	case next != 0 && w.to.Has(flavor.BackreferenceG):
		return fmt.Sprintf(`\g{%d}`, number)
	case next != 0 || number > 9:
		return fmt.Sprintf(`(?:\%d)`, number)
	}
	return fmt.Sprintf(`\%d`, number)
}

// mayMiss reports whether the group that n refers to need not have taken part in
// the match where n stands, and whether n is within it.
func (w *writer) mayMiss(n *syntax.Node) (misses, within bool) {
	w.from.Root.Walk(func(group *syntax.Node) bool {
		if !group.IsCapture() || group.Number != n.Number {
			return true
		}
		misses = misses || group.Span.End > n.Span.Start
		within = within || group.Span.Start < n.Span.Start && n.Span.End <= group.Span.End
		for up := w.parent[group]; up != nil; up = w.parent[up] {
			misses = misses || up.IsBehind() && w.inside(n, up) // which some flavors match backwards
			if up.Span.Start <= n.Span.Start && n.Span.End <= up.Span.End && up.Kind != syntax.KindRepetition && up.Kind != syntax.KindAlternation {
				continue // both are in it
			}
			misses = misses || up.Kind == syntax.KindAlternation || up.Kind == syntax.KindConditional ||
				up.Kind == syntax.KindRepetition && up.Min == 0 || up.IsLook() && up.Negated
		}
		return true
	})
	return misses, within
}

// inside reports whether a node is below another one.
func (w *writer) inside(n, outer *syntax.Node) bool {
	for ; n != nil; n = w.parent[n] {
		if n == outer {
			return true
		}
	}
	return false
}
