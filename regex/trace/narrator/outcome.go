package narrator

import (
	"fmt"

	"github.com/regexdbg/regexdbg/regex/explain"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
	"github.com/regexdbg/regexdbg/regex/trace"
)

// testsUnit reports whether a node asks for one unit of text after another.
func testsUnit(node *syntax.Node) bool {
	switch node.Kind {
	case syntax.KindLiteral, syntax.KindDot, syntax.KindClassEscape, syntax.KindProperty, syntax.KindPosix, syntax.KindClass:
		return true
	}
	return false
}

// isScriptRun reports whether a node is a group whose text has to be of one script.
func isScriptRun(node *syntax.Node) bool {
	return node.Kind == syntax.KindGroup && (node.Op == syntax.OpScriptRun || node.Op == syntax.OpAtomicScriptRun)
}

// matched is a step in which a token holds.
func (n *Narrator) matched(e *trace.Event, node *syntax.Node) string {
	switch {
	case testsUnit(node):
		if node.Kind == syntax.KindLiteral && node.Op <= syntax.OpIdentity && !node.Flags.Has('i') {
			return fmt.Sprintf("%s matches at offset %v.", n.token(e), place(e.From))
		}
		return fmt.Sprintf("%s matches %s at offset %v.", n.named(e, node), n.taken(e), place(e.From))
	case node.Kind == syntax.KindAssertion:
		return fmt.Sprintf("%s holds %s.", n.named(e, node), n.at(e.Pos))
	case node.Kind == syntax.KindKeep:
		return fmt.Sprintf("%s: the match is to start at offset %v.", n.token(e), place(e.Pos))
	case node.Kind == syntax.KindCondition:
		return fmt.Sprintf("The condition %s holds.", n.named(e, node))
	case node.Kind == syntax.KindGroup && node.IsLook():
		return fmt.Sprintf("%s holds at offset %v.", n.group(node), place(e.Pos))
	case isScriptRun(node):
		return fmt.Sprintf("%s ends at offset %v: its text is of one script.", n.group(node), place(e.Pos))
	case node.Kind == syntax.KindClass || node.Kind == syntax.KindProperty:
		return fmt.Sprintf("Takes a shorter string of %s, and goes on at offset %v.", n.source(node), place(e.Pos))
	case node.Kind == syntax.KindVerb:
		return fmt.Sprintf("Passes %s at offset %v.", n.named(e, node), place(e.Pos))
	case e.From == e.Pos && node.Kind == syntax.KindBackreference:
		return fmt.Sprintf("%s matches the empty text at offset %v.", n.named(e, node), place(e.Pos))
	case e.From == e.Pos:
		return fmt.Sprintf("%s holds %s.", n.named(e, node), n.at(e.Pos))
	}
	return fmt.Sprintf("%s matches %s at %v–%v.", n.named(e, node), n.taken(e), place(min(e.From, e.Pos)), place(max(e.From, e.Pos)))
}

// taken is the text that a token took.
func (n *Narrator) taken(e *trace.Event) string {
	if back := e.Pos < e.From; max(e.From-e.Pos, e.Pos-e.From) == 2 && (n.inPair(e.From) || n.inPair(e.Pos)) {
		return n.unitAt(e.From, back)
	}
	return explain.Quote(string(n.text[min(e.From, e.Pos):max(e.From, e.Pos)]))
}

// failed is a step in which a token does not hold.
func (n *Narrator) failed(e *trace.Event, node *syntax.Node) string {
	switch {
	case e.Token == 0:
		return fmt.Sprintf("This match does not count: an empty one is not allowed at offset %v.", place(e.Pos))
	case testsUnit(node):
		return n.mismatch(e, node)
	case node.Kind == syntax.KindAssertion:
		return fmt.Sprintf("%s does not hold %s.", n.named(e, node), n.at(e.From))
	case node.Kind == syntax.KindCondition:
		return fmt.Sprintf("The condition %s does not hold.", n.named(e, node))
	case node.Kind == syntax.KindBackreference:
		return n.noReference(e, node)
	case node.Kind == syntax.KindRepetition:
		return fmt.Sprintf("A round of %s that matches nothing does not count at offset %v.", n.source(node), place(e.From))
	case node.Kind == syntax.KindGroup && node.IsLook():
		return n.noLook(e, node)
	case node.Kind == syntax.KindGroup && node.Op == syntax.OpAbsent:
		return fmt.Sprintf("What %s must not contain is there, up to offset %v.", n.source(node), place(e.From))
	case isScriptRun(node):
		return fmt.Sprintf("The text of %s up to offset %v is not of one script.", n.source(node), place(e.From))
	}
	return fmt.Sprintf("%s fails %s.", n.named(e, node), n.at(e.From))
}

// mismatch is that a token asks for another character.
func (n *Narrator) mismatch(e *trace.Event, node *syntax.Node) string {
	back := n.back[node]
	unit := n.unitAt(e.From, back)
	switch {
	case unit == "" && back:
		return fmt.Sprintf("%s fails at offset 0, the start of the text.", n.named(e, node))
	case unit == "":
		return fmt.Sprintf("%s fails %s.", n.named(e, node), n.at(e.From))
	case back:
		return fmt.Sprintf("%s does not match %s before offset %v.", n.named(e, node), unit, place(e.From))
	}
	return fmt.Sprintf("%s does not match %s at offset %v.", n.named(e, node), unit, place(e.From))
}

// noReference is that the text of a group does not stand here.
func (n *Narrator) noReference(e *trace.Event, node *syntax.Node) string {
	numbers := []int{node.Number}
	if named := n.names[node.Text]; node.Text != "" && len(named) > 0 {
		numbers = named
	}
	set := ""
	for _, number := range numbers {
		if i, ok := n.groups[number]; ok && e.Groups[2*i] >= 0 && set == "" {
			set = explain.Quote(string(n.text[e.Groups[2*i]:e.Groups[2*i+1]]))
		}
	}
	switch {
	case set == "":
		return fmt.Sprintf("%s fails at offset %v: the group has no text.", n.named(e, node), place(e.From))
	case len(numbers) > 1:
		return fmt.Sprintf("%s does not match %s.", n.named(e, node), n.at(e.From))
	case n.back[node]:
		return fmt.Sprintf("%s does not match before offset %v: %s is not there.", n.named(e, node), place(e.From), set)
	}
	return fmt.Sprintf("%s does not match %s: %s is not there.", n.named(e, node), n.at(e.From), set)
}

// noLook is that a lookaround does not hold, or one of the ways in which a lookbehind may.
func (n *Narrator) noLook(e *trace.Event, node *syntax.Node) string {
	switch e.Reason {
	case trace.ReasonShort:
		return fmt.Sprintf("There is too little text before offset %v for %s.", place(e.From), n.source(node))
	case trace.ReasonElsewhere:
		return fmt.Sprintf("What %s looks for ends at offset %v, and not where it has to.", n.source(node), place(e.From))
	}
	if node.Negated {
		return fmt.Sprintf("%s does not hold at offset %v, as what is in it matches.", n.group(node), place(e.Pos))
	}
	return fmt.Sprintf("%s does not hold at offset %v.", n.group(node), place(e.Pos))
}

// backtrack is a step in which a choice is taken up.
func (n *Narrator) backtrack(e *trace.Event, node *syntax.Node) string {
	switch {
	case node.Kind == syntax.KindRepetition:
		return n.otherCount(e, node)
	case node.Kind == syntax.KindAlternation && e.Left > 0 && e.Left < len(node.Sub):
		i := len(node.Sub) - e.Left
		what := n.source(node.Sub[i])
		if node.Sub[i].Kind == syntax.KindEmpty {
			what = "the empty text"
		}
		return fmt.Sprintf("Backtracks to offset %v, and tries alternative %d of %d: %s.", place(e.Pos), i+1, len(node.Sub), what)
	case node.Kind == syntax.KindVerb:
		return fmt.Sprintf("Backtracks to %s at offset %v, which takes effect.", n.named(e, node), place(e.Pos))
	case node.Kind == syntax.KindGroup && node.IsBehind() && n.tree.Flavor.Set == flavor.InPerl:
		return fmt.Sprintf("Begins %s one character further on, at offset %v.", n.source(node), place(e.Pos))
	case node.Kind == syntax.KindGroup && node.IsBehind():
		return fmt.Sprintf("Begins %s one character further back, at offset %v.", n.source(node), place(e.Pos))
	case node.Kind == syntax.KindGroup && node.Op == syntax.OpAbsent && e.Left > 0:
		return fmt.Sprintf("%s gets to offset %v, and looks there for what it must not contain.", n.source(node), place(e.Pos))
	case node.Kind == syntax.KindGroup && node.Op == syntax.OpAbsent:
		return fmt.Sprintf("%s ends at offset %v.", n.source(node), place(e.Pos))
	}
	return fmt.Sprintf("Backtracks to offset %v, and tries %s in another way.", place(e.Pos), n.source(node))
}

// otherCount is that a repeat is tried with another number of rounds.
func (n *Narrator) otherCount(e *trace.Event, node *syntax.Node) string {
	once := node.Min == 0 && node.Max == 1
	source := n.source(node)
	switch {
	case e.Reason == trace.ReasonPossessive:
		return fmt.Sprintf("%s, which is lazy and was made possessive, ends here, and what follows it is tried at offset %d.", source, e.Pos)
	case node.Greed == syntax.Lazy && once:
		return fmt.Sprintf("Tries %s (lazy) after all, at offset %v.", source, place(e.Pos))
	case node.Greed == syntax.Lazy:
		return fmt.Sprintf("Tries one more round of %s (lazy) at offset %v.", source, place(e.Pos))
	case once:
		return fmt.Sprintf("Leaves %s out, and goes on behind it at offset %v.", source, place(e.Pos))
	case !n.single(node.Sub[0]):
		return fmt.Sprintf("Does without the last round of %s, and goes on behind it at offset %v.", source, place(e.Pos))
	case e.From == e.Pos: // nothing was tried since but the round that did not come about
		return fmt.Sprintf("%s ends here, and what follows it is tried at offset %v.", source, place(e.Pos))
	}
	unit := "character"
	if n.unit == flavor.Byte {
		unit = "byte"
	}
	return fmt.Sprintf("Gives back one %s of %s (greedy), and goes on at offset %v.", unit, source, place(e.Pos))
}

// single reports whether a repeat of a node is one of characters.
func (n *Narrator) single(node *syntax.Node) bool {
	switch {
	case !testsUnit(node):
		return false
	case node.Kind == syntax.KindClassEscape:
		return node.Rune != 'R' && node.Rune != 'X' && node.Rune != 'C'
	case node.Kind == syntax.KindClass || node.Kind == syntax.KindProperty:
		return len(n.tree.ClassStrings(node)) == 0
	case node.Kind == syntax.KindLiteral && node.Flags.Has('i'): // ß can match ss
		fold := n.tree.Flavor.Semantics.Fold.With(node.Flags)
		return fold != flavor.FoldFull && fold != flavor.FoldFullNoASCII || syntax.LongFold(node.Runes()[0]) == ""
	}
	return true
}
