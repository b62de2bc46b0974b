package syntax

import (
	"math"
	"slices"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// MaxWidth is the largest width that is told from an unlimited one: what engines
// count with fits in 31 bits.
const MaxWidth = math.MaxInt32

// Width returns the least and the largest number of characters, as [Universe] has
// them, that a node of the tree can match; most is [Unlimited] when there is no
// limit, or one above [MaxWidth]. Both are bounds that hold, and exact for what has
// no calls of groups, with these exceptions:
//
//   - Matching that ignores case is taken to keep the number of characters, as it
//     does but for a few letters, such as the German ß, in Perl and Ruby.
//   - What a group matches through a recursion counts from 0 to unlimited.
//   - A backreference is as wide as its group; in JavaScript also 0.
//   - What code makes, and a property of strings in JavaScript, is unlimited.
//
// It takes time linear in the size of what n may run.
func (t *Tree) Width(n *Node) (least, most int) {
	w := widths{tree: t}
	return w.of(n)
}

// widths measures nodes of one tree. What is known of groups is kept for the next
// measurement.
type widths struct {
	tree *Tree
	// groups are the capture groups that have been measured or are about to be.
	groups map[*Node]*width
	// numbers and names are the capture groups by both, made when needed.
	numbers map[int][]*Node
	names   map[string][]*Node
	frames  []widthFrame
	// openReferences makes backreferences count as unlimited, as some engines do.
	openReferences bool
}

// A width is the measure of a node.
type width struct {
	min int // MaxWidth at most
	max int // or Unlimited
	// early is the least number of characters before an (*ACCEPT) in it ends the
	// match, or [Unlimited] when there is none.
	early int
	open  bool // being measured: a group that is called within itself
}

// A widthFrame is a node that is being measured.
type widthFrame struct {
	node *Node
	subs []*Node // what it is made of; the groups it may run, for a reference
	done int
	sum  width
}

func (w *widths) of(n *Node) (least, most int) {
	got := w.measure(n)
	if got.early != Unlimited {
		got.min = min(got.min, got.early)
	}
	return got.min, got.max
}

// measure goes below a node with a stack of its own: calls can make a chain of as
// many groups as the pattern has.
func (w *widths) measure(n *Node) width {
	base := len(w.frames)
	result, ready := w.enter(n)
	for !ready || len(w.frames) > base {
		if !ready {
			f := &w.frames[len(w.frames)-1]
			if f.done < len(f.subs) {
				f.done++
				result, ready = w.enter(f.subs[f.done-1])
				continue
			}
			result, ready = w.leave(f), true
			w.frames = w.frames[:len(w.frames)-1]
			continue
		}
		w.frames[len(w.frames)-1].add(result)
		ready = false
	}
	return result
}

// enter returns a node's width when it needs no other's, and opens a frame for it
// otherwise.
func (w *widths) enter(n *Node) (width, bool) {
	subs := n.Sub
	start := width{early: Unlimited}
	switch n.Kind {
	case KindLiteral:
		return exactly(w.tree.units(n)), true
	case KindDot, KindPosix, KindRange:
		return exactly(1), true
	case KindClassEscape:
		return classEscapeWidth(n.Rune), true
	case KindProperty:
		if w.tree.isStringProperty(n) {
			return width{min: 1, max: Unlimited, early: Unlimited}, true
		}
		return exactly(1), true
	case KindClass:
		if !w.tree.hasStrings() || n.Negated {
			return exactly(1), true
		}
	case KindClassOp:
		return w.tree.widthOfClassOp(n), true
	case KindVerb:
		if n.Text == "ACCEPT" {
			return width{early: 0}, true
		}
		return exactly(0), true
	case KindCode:
		if n.Op == OpCodePattern {
			return width{max: Unlimited, early: Unlimited}, true
		}
		return exactly(0), true
	case KindGroup:
		if n.IsLook() {
			return exactly(0), true
		}
		if n.Op == OpAbsent {
			return width{max: Unlimited, early: Unlimited}, true
		}
		if n.IsCapture() {
			if known := w.groups[n]; known != nil {
				return known.use(), true
			}
			w.open(n)
		}
	case KindConditional:
		subs = subs[1:]
		if n.Sub[0].Op == OpDefine && n.Sub[0].Kind == KindCondition {
			return exactly(0), true
		}
	case KindCall:
		if n.Number == 0 && n.Text == "" {
			return width{max: Unlimited, early: Unlimited}, true
		}
		subs = w.targets(n)
		subs = subs[:min(1, len(subs))]
	case KindBackreference:
		if w.openReferences {
			return width{max: Unlimited, early: Unlimited}, true
		}
		subs = w.targets(n)
	case KindConcat, KindAlternation, KindRepetition, KindClassSet, KindClassString:
	default: // places in the text, trivia, errors
		return exactly(0), true
	}
	w.frames = append(w.frames, widthFrame{node: n, subs: subs, sum: start})
	return width{}, false
}

func exactly(n int) width { return width{min: n, max: n, early: Unlimited} }

func classEscapeWidth(letter rune) width {
	switch letter {
	case 'R': // CR LF is one line break
		return width{min: 1, max: 2, early: Unlimited}
	case 'X':
		return width{min: 1, max: Unlimited, early: Unlimited}
	}
	return exactly(1)
}

// open notes that a group is being measured.
func (w *widths) open(n *Node) {
	if w.groups == nil {
		w.groups = map[*Node]*width{}
	}
	w.groups[n] = &width{open: true}
}

// use returns a group's width, which is a guess while it is being measured.
func (k *width) use() width {
	if k.open {
		return width{max: Unlimited, early: Unlimited}
	}
	return *k
}

// targets returns the groups that a reference or a call may mean.
func (w *widths) targets(n *Node) []*Node {
	if w.numbers == nil {
		w.numbers, w.names = map[int][]*Node{}, map[string][]*Node{}
		w.tree.Root.Walk(func(n *Node) bool {
			if n.IsCapture() {
				w.numbers[n.Number] = append(w.numbers[n.Number], n)
				w.names[n.Text] = append(w.names[n.Text], n)
			}
			return true
		})
	}
	if n.Text != "" {
		return w.names[n.Text]
	}
	return w.numbers[n.Number]
}

// add adds the width of the part that has just been measured.
func (f *widthFrame) add(sub width) {
	switch f.node.Kind {
	case KindAlternation, KindConditional, KindBackreference, KindClass, KindClassSet, KindClassString:
		if f.done == 1 {
			f.sum = sub
			return
		}
		f.sum.min = min(f.sum.min, sub.min)
		f.sum.max = maxWidth(f.sum.max, sub.max)
		f.sum.early = minEarly(f.sum.early, sub.early)
	default:
		f.sum.early = minEarly(f.sum.early, addEarly(f.sum.min, sub.early))
		f.sum.min = min(f.sum.min+sub.min, MaxWidth)
		f.sum.max = addMax(f.sum.max, sub.max)
	}
}

// leave returns the width of a node whose parts have all been measured.
func (w *widths) leave(f *widthFrame) width {
	n, got := f.node, f.sum
	switch n.Kind {
	case KindRepetition:
		if child := n.Sub[0]; child.Kind == KindLiteral && w.tree.units(child) == 2 {
			// Of two UTF-16 units, only the second is repeated.
			got = exactly(1 + min(n.Min, MaxWidth-1))
			if n.Max == Unlimited || n.Max >= MaxWidth {
				got.max = Unlimited
			} else {
				got.max = 1 + n.Max
			}
			return got
		}
		if n.Min == 0 {
			got.min = 0
		} else if got.min > 0 {
			got.min = mulWidth(got.min, n.Min, MaxWidth)
		}
		switch {
		case n.Max == 0 || got.max == 0:
			got.max = 0
		case n.Max == Unlimited || got.max == Unlimited:
			got.max = Unlimited
		default:
			got.max = mulWidth(got.max, n.Max, Unlimited)
		}
		if n.Max == 0 {
			got.early = Unlimited
		}
	case KindConditional:
		if len(n.Sub) < 3 {
			got.min = 0
		}
	case KindGroup:
		if n.IsCapture() {
			*w.groups[n] = got
		}
	case KindCall: // (*ACCEPT) ends the call only
		if got.early != Unlimited {
			got.min = min(got.min, got.early)
		}
		got.early = Unlimited
	case KindBackreference:
		got.early = Unlimited
		if slices.ContainsFunc(f.subs, func(g *Node) bool { return g.Op == OpBalancing }) {
			return width{max: Unlimited, early: Unlimited} // it has another text than it matches
		}
		if w.tree.Flavor.Set == flavor.InJS {
			got.min = 0 // a group that took no part
		}
	case KindClass, KindClassSet:
		if len(n.Sub) == 0 {
			return exactly(1)
		}
	}
	return got
}

func maxWidth(a, b int) int {
	if a == Unlimited || b == Unlimited {
		return Unlimited
	}
	return max(a, b)
}

func addMax(a, b int) int {
	if a == Unlimited || b == Unlimited || a+b > MaxWidth {
		return Unlimited
	}
	return a + b
}

func minEarly(a, b int) int {
	if a == Unlimited {
		return b
	}
	if b == Unlimited {
		return a
	}
	return min(a, b)
}

func addEarly(before, early int) int {
	if early == Unlimited {
		return Unlimited
	}
	return min(before+early, MaxWidth)
}

// mulWidth returns a*b, both positive, or over when that is above MaxWidth.
func mulWidth(a, b, over int) int {
	if a > MaxWidth/b {
		return over
	}
	return a * b
}

// hasStrings reports whether a class may match other than one character.
func (t *Tree) hasStrings() bool { return t.Flavor.Set == flavor.InJS && t.Flags.Has('v') }

// isStringProperty reports whether the property is one of strings, as JavaScript
// has with v.
func (t *Tree) isStringProperty(n *Node) bool {
	p, ok := t.Flavor.FindProperty(n.Text)
	return ok && p.Kind == "strings"
}
