package lint

import (
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// checkAnchors warns of a^ and $a: anchors with something before or behind them
// in the same sequence that takes characters.
func checkAnchors(l *linter, n *syntax.Node) {
	items := meaning(n)
	for i, item := range items {
		if item.Kind != syntax.KindAssertion {
			continue
		}
		if before := l.fixed(items[:i]); before != nil && l.wantsStart(item, before) {
			l.anchorWarning(item, before, "the start cannot be behind what has been matched")
		}
		if i+1 < len(items) && l.wantsEnd(item, items[i+1]) {
			if least, _ := l.tree.Width(items[i+1]); least > 0 {
				l.anchorWarning(item, items[i+1], "the end cannot be before what is still to be matched")
			}
		}
	}
}

func (l *linter) anchorWarning(anchor, other *syntax.Node, message string) {
	hint := ""
	if anchor.Rune == '^' || anchor.Rune == '$' {
		hint = "put a backslash before it for the character itself"
		if !l.is(flavor.InRuby) {
			hint += ", or set the flag m for lines"
		}
	}
	e := l.warn(anchor.Span, nil, hint, "this anchor can never match: %s", message)
	e.Aux = &syntax.Note{Span: other.Span, Message: "this takes characters"}
}

// fixed returns the last of the nodes, when it always takes characters. Nodes
// before it do not matter.
func (l *linter) fixed(nodes []*syntax.Node) *syntax.Node {
	if len(nodes) == 0 {
		return nil
	}
	last := nodes[len(nodes)-1]
	if least, _ := l.tree.Width(last); least == 0 || last.Kind == syntax.KindRepetition && last.Min == 0 {
		return nil
	}
	return last
}

// wantsStart reports whether the anchor cannot be behind that node: it is the
// start of the text, or of a line and the node is no line end.
func (l *linter) wantsStart(anchor, before *syntax.Node) bool {
	switch anchor.Rune {
	case 'A':
		return true
	case '^':
		if !l.atLines(anchor) {
			return true
		}
		return before.Kind == syntax.KindLiteral && !isLineEnd(before.Runes()[before.Len()-1])
	}
	return false
}

// wantsEnd reports whether the anchor cannot be before that node: what may be
// a last line end is not enough.
func (l *linter) wantsEnd(anchor, after *syntax.Node) bool {
	switch anchor.Rune {
	case 'z':
		return true
	case '$', 'Z':
		return after.Kind == syntax.KindLiteral && !isLineEnd(after.Runes()[0])
	}
	return false
}

// atLines reports whether ^ and $ match at lines there.
func (l *linter) atLines(n *syntax.Node) bool { return l.is(flavor.InRuby) || n.Flags.Has('m') }

// isLineEnd reports whether some flavor ends a line at r.
func isLineEnd(r rune) bool {
	return r == '\n' || r == '\r' || r == '\v' || r == '\f' || r == 0x85 || r == 0x2028 || r == 0x2029
}

// checkAlternatives warns of a|ab at the end of the pattern, and of an
// alternative that is there twice.
func checkAlternatives(l *linter, n *syntax.Node) {
	last := l.isLast(n)
	texts := map[string]*syntax.Node{} // of alternatives, by what is written
	whole := map[string]*syntax.Node{} // of alternatives that are characters only
	for _, branch := range n.Sub {
		source := l.tree.Source(branch)
		if first := texts[source]; first != nil && first.Flags == branch.Flags && !hasCapture(branch) {
			l.unreachable(branch, first, "this alternative is there already")
			continue
		}
		texts[source] = branch
		if !last {
			continue
		}
		text, all := literalStart(branch)
		if first := prefixIn(whole, text, branch); first != nil {
			l.unreachable(branch, first, "this alternative is never reached")
			continue
		}
		if all && whole[text] == nil {
			whole[text] = branch
		}
	}
}

func (l *linter) unreachable(branch, first *syntax.Node, message string) {
	span := branch.Span
	if span.Start == span.End && span.Start > 0 {
		span.Start-- // the bar before an empty one
	}
	e := l.warn(span, nil, "", "%s", message)
	e.Aux = &syntax.Note{Span: first.Span, Message: "this one is taken first"}
}

// maxPrefix is how many bytes of an alternative are compared with those before
// it: words are shorter.
const maxPrefix = 256

// prefixIn returns the alternative whose characters a text begins with, or nil.
func prefixIn(whole map[string]*syntax.Node, text string, branch *syntax.Node) *syntax.Node {
	for i := range min(len(text), maxPrefix) + 1 {
		if first := whole[text[:i]]; first != nil && first.Flags == branch.Flags {
			return first
		}
	}
	return nil
}

func hasCapture(n *syntax.Node) bool {
	found := false
	n.Walk(func(sub *syntax.Node) bool {
		found = found || sub.IsCapture() || sub.Kind == syntax.KindCode || sub.Kind == syntax.KindCallout || sub.Kind == syntax.KindVerb
		return !found
	})
	return found
}

// isLast reports whether nothing that comes behind the node can make a match
// fail: it ends the pattern, or a group that is not backtracked into.
func (l *linter) isLast(n *syntax.Node) bool {
	for i := len(l.path) - 1; i >= 0; i-- {
		parent := l.path[i]
		switch parent.Kind {
		case syntax.KindConcat:
			items := meaning(parent)
			if items[len(items)-1] != n {
				return false
			}
		case syntax.KindAlternation:
		case syntax.KindGroup:
			switch {
			case parent.Op == syntax.OpAtomic || parent.Op == syntax.OpLookahead:
				return true
			case parent.Op != syntax.OpCapture && parent.Op != syntax.OpNonCapture && parent.Op != syntax.OpFlagsGroup:
				return false
			case parent.IsCapture() && l.used[parent.Number]:
				return false // what calls it goes on elsewhere
			}
		default:
			return false
		}
		n = parent
	}
	return true
}
