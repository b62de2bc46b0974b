package explain

import (
	"fmt"
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// unbounded is the length that has no limit. Sums and products stop at it.
const unbounded = 1 << 40

// A length is how many characters something matches.
type length struct{ min, max int }

func (l length) plus(other length) length {
	return length{min(l.min+other.min, unbounded), min(l.max+other.max, unbounded)}
}

func (l length) times(low, high int) length {
	if high == syntax.Unlimited {
		high = unbounded
	}
	return length{multiply(l.min, low), multiply(l.max, high)}
}

func multiply(a, b int) int {
	switch {
	case a == 0 || b == 0:
		return 0
	case a > unbounded/b:
		return unbounded
	}
	return a * b
}

func (l length) or(other length) length { return length{min(l.min, other.min), max(l.max, other.max)} }

// summary says what is to be said of the whole pattern.
func (x *explainer) summary() []string {
	var words []string
	if len(x.tree.Errors) > 0 {
		words = append(words, fmt.Sprintf("This is no pattern of %s: it has %s.", x.flavor.Label, plural(len(x.tree.Errors), "error")))
	} else {
		words = append(words, x.lengthWords())
	}
	words = append(words, x.groupWords())
	if x.keeps {
		return append(words, `What is matched before \K is not part of the match that is reported.`)
	}
	if anchored := x.anchorWords(); anchored != "" && !x.accepts {
		words = append(words, anchored)
	}
	return words
}

func (x *explainer) lengthWords() string {
	l := x.lengthOf(x.tree.Root)
	unit := "character"
	switch syntax.Universe(x.flavor, x.tree.Root.Flags).Last {
	case 0xFF:
		unit = "byte"
	case 0xFFFF:
		unit = "UTF-16 unit"
	}
	switch {
	case l.max == 0:
		return "Matches places in the text, and takes no text."
	case l.min == 0 && l.max == unbounded:
		return "Matches a text of any length, also the empty one."
	case l.min == 0:
		return fmt.Sprintf("Matches at most %s, and may match the empty text.", plural(l.max, unit))
	case l.max == unbounded:
		return fmt.Sprintf("Matches at least %s.", plural(l.min, unit))
	case l.min == l.max:
		return fmt.Sprintf("Matches exactly %s.", plural(l.min, unit))
	}
	return fmt.Sprintf("Matches at least %s and at most %s %ss.", count(l.min), count(l.max), unit)
}

// groupWords counts the groups and names them.
func (x *explainer) groupWords() string {
	total := 0
	var names []string
	for _, g := range x.tree.Groups[1:] {
		if g.Node == nil {
			continue
		}
		total++
		if g.Name != "" {
			names = append(names, g.Name)
		}
	}
	switch {
	case total == 0:
		return "It has no capture groups."
	case len(names) == 0:
		return fmt.Sprintf("It has %s.", plural(total, "capture group"))
	case total == 1:
		return fmt.Sprintf("It has 1 capture group, named %s.", names[0])
	case len(names) == total:
		return fmt.Sprintf("It has %s, named %s.", plural(total, "capture group"), andList(names))
	case len(names) == 1:
		return fmt.Sprintf("It has %s; one is named %s.", plural(total, "capture group"), names[0])
	}
	return fmt.Sprintf("It has %s; %d are named %s.", plural(total, "capture group"), len(names), andList(names))
}

// andList joins all words.
func andList(words []string) string {
	if len(words) == 1 {
		return words[0]
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// anchorWords says whether every match is at a start or an end.
func (x *explainer) anchorWords() string {
	start, end := x.anchored(x.tree.Root, true), x.anchored(x.tree.Root, false)
	switch {
	case start && end:
		return "A match is always the whole text, from its start to its end."
	case start:
		return "A match is always at the start of the text."
	case end:
		return "A match always goes to the end of the text."
	}
	return ""
}

// anchored reports whether every match of a node begins at the start, or ends at
// the end, of the text.
func (x *explainer) anchored(n *syntax.Node, atStart bool) bool {
	switch n.Kind {
	case syntax.KindAssertion:
		title, _, _ := x.place(n)
		return atStart && title == "the start of the text" || !atStart && title == "the end of the text"
	case syntax.KindConcat:
		for i := range n.Sub {
			sub := n.Sub[i]
			if !atStart {
				sub = n.Sub[len(n.Sub)-1-i]
			}
			switch {
			case x.anchored(sub, atStart):
				return true
			case sub.Kind.IsTrivia(), sub.Kind == syntax.KindFlags, sub.Kind == syntax.KindVerb && startOptionWords[sub.Text] != "":
			case sub.Kind == syntax.KindAssertion, sub.IsLook():
			default:
				return false
			}
		}
	case syntax.KindAlternation:
		for _, sub := range n.Sub {
			if !x.anchored(sub, atStart) {
				return false
			}
		}
		return true
	case syntax.KindGroup:
		switch n.Op {
		case syntax.OpCapture, syntax.OpNonCapture, syntax.OpFlagsGroup, syntax.OpAtomic, syntax.OpBranchReset, syntax.OpBalancing:
			return x.anchored(n.Body(), atStart)
		}
	case syntax.KindRepetition:
		return n.Min > 0 && x.anchored(n.Sub[0], atStart)
	}
	return false
}

// lengthOf returns how long the texts are that the root matches.
func (x *explainer) lengthOf(root *syntax.Node) length {
	first := measure{x: x, groups: map[int]length{}}
	l := first.of(root)
	if len(first.groups) > 0 {
		// Backreferences need the lengths of groups that may come later.
		second := measure{x: x, groups: map[int]length{}, known: first.groups}
		l = second.of(root)
	}
	if x.accepts {
		l.min = 0
	}
	return l
}

// A measure finds out how long matches are.
type measure struct {
	x      *explainer
	groups map[int]length // by number: those of all groups that have it
	known  map[int]length // groups of an earlier measure
}

func (m *measure) of(n *syntax.Node) length {
	switch n.Kind {
	case syntax.KindLiteral:
		return m.literal(n)
	case syntax.KindDot, syntax.KindProperty, syntax.KindPosix, syntax.KindRange:
		return length{1, 1}
	case syntax.KindClassEscape:
		switch n.Rune {
		case 'R':
			return length{1, 2}
		case 'X':
			return length{1, unbounded}
		}
		return length{1, 1}
	case syntax.KindClass:
		return m.class(n)
	case syntax.KindConcat:
		var sum length
		for _, sub := range n.Sub {
			sum = sum.plus(m.of(sub))
		}
		return sum
	case syntax.KindAlternation:
		l := m.of(n.Sub[0])
		for _, sub := range n.Sub[1:] {
			l = l.or(m.of(sub))
		}
		return l
	case syntax.KindConditional:
		return m.conditional(n)
	case syntax.KindGroup:
		return m.group(n)
	case syntax.KindRepetition:
		low, high := n.Min, n.Max
		if high != syntax.Unlimited && low > high { // in Ruby
			low, high = high, low
		}
		return m.of(n.Sub[0]).times(low, high)
	case syntax.KindBackreference:
		return m.reference(n)
	case syntax.KindCall, syntax.KindCode, syntax.KindError:
		if n.Kind == syntax.KindCode && n.Op == syntax.OpCode {
			return length{}
		}
		return length{0, unbounded}
	}
	return length{}
}

// literal counts characters, or bytes or UTF-16 units where the flavor does.
func (m *measure) literal(n *syntax.Node) length {
	l := n.Len()
	switch m.x.universe(n).Last {
	case 0xFF:
		if n.Op == syntax.OpVerbatim {
			l = len(n.Text)
		}
	case 0xFFFF:
		for _, r := range n.Runes() {
			if r > 0xFFFF {
				l++
			}
		}
	}
	return length{l, l}
}

func (m *measure) class(n *syntax.Node) length {
	l := length{1, 1}
	for _, s := range m.x.tree.ClassStrings(n) {
		size := len([]rune(s))
		l = l.or(length{size, size})
	}
	return l
}

func (m *measure) conditional(n *syntax.Node) length {
	if c := n.Sub[0]; c.Kind == syntax.KindCondition && c.Op == syntax.OpDefine {
		for _, branch := range n.Sub[1:] {
			m.of(branch)
		}
		return length{}
	}
	var l length
	for i, branch := range n.Sub[1:] {
		if i == 0 {
			l = m.of(branch)
		} else {
			l = l.or(m.of(branch))
		}
	}
	if len(n.Sub) == 2 {
		l.min = 0
	}
	return l
}

func (m *measure) group(n *syntax.Node) length {
	l := m.of(n.Body())
	switch {
	case n.IsLook():
		return length{}
	case n.Op == syntax.OpAbsent:
		return length{0, unbounded}
	case n.IsCapture():
		kept := l
		if n.Op == syntax.OpBalancing {
			kept = length{0, unbounded} // it keeps another text than it matches
		}
		if other, ok := m.groups[n.Number]; ok {
			kept = kept.or(other)
		}
		m.groups[n.Number] = kept
	}
	return l
}

// reference is the length of a backreference.
func (m *measure) reference(n *syntax.Node) length {
	l, ok := m.known[n.Number]
	for _, g := range m.x.tree.Groups { // which of them it is, only a match knows
		if n.Text != "" && g.Name == n.Text && g.Node != nil {
			l = l.or(m.known[g.Node.Number])
		}
	}
	switch {
	case !ok:
		return length{0, unbounded}
	case m.x.is(flavor.InJS): // a group that took no part matches the empty text
		l.min = 0
	}
	return l
}
