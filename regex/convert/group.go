package convert

import (
	"fmt"
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
func (w *writer) group(n *syntax.Node) {
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
		switch {
		case w.to.Has(flavor.Atomic):
			w.put("(?>")
		default:
			w.change(n, syntax.SeverityError, "%s has no atomic groups: a plain one may match more", w.to.Label)
			w.put("(?:")
		}
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
		w.change(n, syntax.SeverityError, "%s has no branch reset: groups of different branches have different numbers", w.to.Label)
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

func (w *writer) capture(n *syntax.Node) {
	switch name := w.names[n.Number]; {
	case name == "":
		w.put("(")
	case w.to.Has(flavor.NamedAngle):
		w.put("(?<", name, ">")
	default:
		w.put("(?P<", name, ">")
	}
	w.alternatives(n.Body())
	w.put(")")
}

// flagsGroup writes (?i:...): only case is a flag of the result, what the others
// do is written at each anchor and dot.
func (w *writer) flagsGroup(n *syntax.Node) {
	outer := w.icase
	opener := "(?:"
	if first := firstMeaning(n.Body()); first != nil && first.Flags.Has('i') != w.icase && w.to.Has(flavor.FlagsGroup) {
		w.icase = !w.icase
		opener = map[bool]string{true: "(?i:", false: "(?-i:"}[w.icase]
	}
	w.put(opener)
	w.alternatives(n.Body())
	w.put(")")
	w.icase = outer
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
	w.put(plain)
	w.alternatives(n.Body())
	w.put(")")
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
	if w.fromIs(flavor.InJS) != w.is(flavor.InJS) && w.mayMiss(n.Number) {
		w.change(n, syntax.SeverityWarning, "when group %d took no part, %s matches nothing there and the others fail", w.numbers[n.Number], "JavaScript")
	}
	name := w.names[n.Number]
	switch {
	case name != "" && w.to.Has(flavor.BackreferenceK):
		w.put(`\k<`, name, n.Other, ">")
	case name != "":
		w.put("(?P=", name, ")")
	case next != 0 && w.to.Has(flavor.BackreferenceG):
		w.put(fmt.Sprintf(`\g{%d}`, w.numbers[n.Number]))
	case next != 0 || w.numbers[n.Number] > 9:
		w.put(fmt.Sprintf(`(?:\%d)`, w.numbers[n.Number]))
	default:
		w.put(fmt.Sprintf(`\%d`, w.numbers[n.Number]))
	}
}

// mayMiss reports whether a group need not take part in a match.
func (w *writer) mayMiss(number int) bool {
	misses := false
	var visit func(n *syntax.Node, optional bool)
	visit = func(n *syntax.Node, optional bool) {
		if n.IsCapture() && n.Number == number && optional {
			misses = true
		}
		optional = optional || n.Kind == syntax.KindAlternation || n.Kind == syntax.KindConditional ||
			n.Kind == syntax.KindRepetition && n.Min == 0 || n.IsLook() && n.Negated
		for _, sub := range n.Sub {
			visit(sub, optional)
		}
	}
	visit(w.from.Root, false)
	return misses
}

// call writes a recursion.
func (w *writer) call(n *syntax.Node) {
	number, name := w.numbers[n.Number], w.names[n.Number]
	switch {
	case w.is(flavor.InRuby) && name != "":
		w.put(`\g<`, name, ">")
	case w.is(flavor.InRuby):
		w.put(fmt.Sprintf(`\g<%d>`, number))
	case w.to.Has(flavor.CallName) && name != "":
		w.put("(?&", name, ")")
	case w.to.Has(flavor.CallNumber) && n.Number == 0:
		w.put("(?R)")
	case w.to.Has(flavor.CallNumber):
		w.put(fmt.Sprintf("(?%d)", number))
	default:
		w.lost(n, "recursion: "+w.from.Source(n)+" is left out")
	}
}

// conditional writes (?(1)yes|no).
func (w *writer) conditional(n *syntax.Node) {
	condition := n.Sub[0]
	text := ""
	switch {
	case !w.to.Has(flavor.ConditionNumber):
	case condition.Kind == syntax.KindGroup:
		if w.to.Has(flavor.ConditionLook) && condition.IsLook() {
			w.put("(?")
			w.group(condition)
			w.branches(n)
			return
		}
	case condition.Op == syntax.OpGroup:
		name := w.names[condition.Number]
		switch {
		case name == "":
			text = fmt.Sprint(w.numbers[condition.Number])
		case w.to.Has(flavor.ConditionName):
			text = "<" + name + ">"
		case w.to.Has(flavor.ConditionNameBare):
			text = name
		}
	case condition.Op == syntax.OpDefine && w.to.Has(flavor.ConditionDefine):
		text = "DEFINE"
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
