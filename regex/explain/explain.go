// Package explain says in words what a pattern means: an [Item] for each part,
// with its place, in the order in which it is written.
//
// The words are plain English and exact: what \w, ., $ and the like mean is said
// for the flavor and the flags in force where they stand.
package explain

import (
	"fmt"
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// An Explanation is a pattern in words. It is plain data, for JSON too, and
// shares nothing with the tree that it was made from.
type Explanation struct {
	// Summary is what is to be said of the whole pattern, a sentence each.
	Summary []string `json:"summary"`
	// Items are the parts of the pattern in order.
	Items []*Item `json:"items"`
}

// An Item is one part of a pattern.
type Item struct {
	// Kind is the kind of the node, such as "class-escape", see [syntax.Kind];
	// or "alternative", or "cut" for parts that are left out, see [MaxItems].
	Kind string `json:"kind"`
	// Title is a few words without a final period.
	Title string `json:"title"`
	// Details are sentences that say more.
	Details []string `json:"details,omitempty"`
	// Span is the place in bytes, half-open.
	Span [2]int `json:"span"`
	// Group is the number of a capture group, or of the one that is referred to.
	Group int `json:"group,omitempty"`
	// Flags are the letters of the flags that change what this part means.
	Flags string `json:"flags,omitempty"`
	// Error says what is wrong here, if anything is.
	Error    string  `json:"error,omitempty"`
	Children []*Item `json:"children,omitempty"`
}

const (
	// MaxItems is how many items an explanation has at most; an item of the kind
	// "cut" stands for those that are left out. Nobody reads more, and they
	// are about one megabyte of JSON.
	MaxItems = 5000
	// MaxNesting is how deep items are in each other. It keeps a pattern such as
	// a{1}{1}{1}... from using up the stack.
	MaxNesting = 250
)

// Explain says what a pattern means. What could not be read of it is said to be
// so, and the rest is explained nevertheless. It takes time linear in the size of
// the tree, and is safe for concurrent use.
func Explain(tree *syntax.Tree) *Explanation {
	x := newExplainer(tree)
	items := x.sequence(tree.Root)
	x.placeErrors(items)
	return &Explanation{Summary: x.summary(), Items: items}
}

// An explainer makes one explanation.
type explainer struct {
	tree   *syntax.Tree
	flavor *flavor.Flavor
	room   int // items that may still be made
	depth  int
	// newline is the start option of PCRE2 that says what a line end is, or "".
	newline       string
	captureStarts []int // of the capture groups, in order
	keeps         bool  // there is a \K
	accepts       bool  // there is an (*ACCEPT)
	crlfOnly      bool  // there is a (*BSR_ANYCRLF)
	foldsTexts    bool  // a literal matches texts of other lengths, see foldsLong
	beyondBMP     bool  // a character beyond U+FFFF is written
	defined       map[setKey][]string
	classes       map[classKey]phrase
}

// A setKey is a set of characters by its name: what its definition depends on.
type setKey struct {
	kind    syntax.Kind
	letter  rune
	name    string
	flags   flavor.Flags
	subject string
}

func newExplainer(tree *syntax.Tree) *explainer {
	x := &explainer{tree: tree, flavor: tree.Flavor, room: MaxItems, defined: map[setKey][]string{}, classes: map[classKey]phrase{}}
	x.survey()
	return x
}

func (x *explainer) is(set flavor.Set) bool { return x.flavor.Set&set != 0 }

// survey notes what has to be known of the whole pattern.
func (x *explainer) survey() {
	x.tree.Root.Walk(func(n *syntax.Node) bool {
		switch n.Kind {
		case syntax.KindGroup:
			if n.IsCapture() {
				x.captureStarts = append(x.captureStarts, n.Span.Start)
			}
		case syntax.KindKeep:
			x.keeps = true
		case syntax.KindVerb:
			switch n.Text {
			case "CR", "LF", "CRLF", "ANYCRLF", "ANY", "NUL":
				x.newline = n.Text
			case "ACCEPT":
				x.accepts = true
			case "BSR_ANYCRLF", "BSR_UNICODE":
				x.crlfOnly = n.Text == "BSR_ANYCRLF"
			}
		case syntax.KindLiteral:
			x.foldsTexts = x.foldsTexts || x.foldsLong(n)
			x.beyondBMP = x.beyondBMP || strings.ContainsFunc(literalText(n), func(r rune) bool { return r > 0xFFFF })
		}
		return true
	})
}

// item is a new item for a node.
func (x *explainer) item(n *syntax.Node, title string, details ...string) *Item {
	x.room--
	return &Item{Kind: n.Kind.String(), Title: title, Details: details, Span: [2]int{n.Span.Start, n.Span.End}}
}

// sequence explains the parts of a concatenation, or one node as a sequence of
// one.
func (x *explainer) sequence(n *syntax.Node) []*Item {
	switch n.Kind {
	case syntax.KindEmpty:
		return nil
	case syntax.KindConcat:
	default:
		return []*Item{x.explain(n)}
	}
	var items []*Item
	nodes := flat(n)
	for i := 0; i < len(nodes); {
		if x.room <= 0 {
			rest := syntax.Span{Start: nodes[i].Span.Start, End: n.Span.End}
			return append(items, x.cut(rest, fmt.Sprintf("more than %d parts: not explained", MaxItems)))
		}
		run := x.literalRun(nodes[i:])
		switch sub := nodes[i]; {
		case run > 1:
			items = append(items, x.literals(nodes[i:i+run]))
			i += run
			continue
		case sub.Kind == syntax.KindSpace, sub.Kind == syntax.KindQuoteMark:
		default:
			items = append(items, x.explain(sub))
		}
		i++
	}
	return items
}

// flat is the parts of a concatenation, and of one that is its last part, as behind
// options and flags.
func flat(n *syntax.Node) []*syntax.Node {
	nodes := n.Sub
	for last := len(nodes) - 1; last >= 0 && nodes[last].Kind == syntax.KindConcat; last = len(nodes) - 1 {
		nodes = append(nodes[:last:last], nodes[last].Sub...)
	}
	return nodes
}

func (x *explainer) cut(span syntax.Span, title string) *Item {
	x.room--
	return &Item{Kind: "cut", Title: title, Span: [2]int{span.Start, span.End}}
}

// explain explains one node.
func (x *explainer) explain(n *syntax.Node) *Item {
	if x.depth >= MaxNesting {
		return x.cut(n.Span, fmt.Sprintf("deeper than %d levels: not explained", MaxNesting))
	}
	x.depth++
	defer func() { x.depth-- }()
	switch n.Kind {
	case syntax.KindEmpty, syntax.KindConcat:
		return x.part(n)
	case syntax.KindAlternation:
		return x.alternation(n)
	case syntax.KindLiteral, syntax.KindDot, syntax.KindClassEscape, syntax.KindProperty, syntax.KindPosix,
		syntax.KindClass, syntax.KindRange, syntax.KindClassOp, syntax.KindClassSet, syntax.KindClassString:
		return x.characters(n)
	case syntax.KindAssertion, syntax.KindKeep:
		return x.assertion(n)
	case syntax.KindGroup:
		return x.group(n)
	case syntax.KindConditional:
		return x.conditional(n)
	case syntax.KindCondition:
		return x.item(n, x.condition(n))
	case syntax.KindFlags:
		return x.flags(n)
	case syntax.KindBackreference:
		return x.backreference(n)
	case syntax.KindCall:
		return x.call(n)
	case syntax.KindRepetition:
		return x.repetition(n)
	case syntax.KindVerb:
		return x.verb(n)
	case syntax.KindCallout:
		return x.callout(n)
	case syntax.KindCode:
		return x.code(n)
	case syntax.KindComment, syntax.KindSpace, syntax.KindQuoteMark:
		return x.trivia(n)
	case syntax.KindError:
		return x.broken(n)
	}
	panic(fmt.Sprintf("explain: no words for a node of the kind %d", n.Kind))
}

// part is an empty text or a sequence as one item.
func (x *explainer) part(n *syntax.Node) *Item {
	if n.Kind == syntax.KindEmpty {
		return x.item(n, "nothing", "Matches the empty text, anywhere.")
	}
	item := x.item(n, "one after another")
	item.Children = x.sequence(n)
	return item
}

func (x *explainer) trivia(n *syntax.Node) *Item {
	switch n.Kind {
	case syntax.KindSpace:
		return x.item(n, "white space that is ignored")
	case syntax.KindQuoteMark:
		if x.tree.Source(n) == `\Q` {
			return x.item(n, `what follows stands for itself, up to \E`)
		}
		return x.item(n, `the end of what \Q begins`)
	}
	return x.item(n, "a comment: "+commentText(x.tree.Source(n)))
}

func (x *explainer) broken(n *syntax.Node) *Item {
	item := x.item(n, "not understood")
	for _, sub := range n.Sub {
		item.Children = append(item.Children, x.explain(sub))
	}
	return item
}

// placeErrors gives each error of the tree to the innermost item around it.
func (x *explainer) placeErrors(items []*Item) {
	for _, e := range x.tree.Errors {
		if item := innermost(items, e.Span); item != nil && item.Error == "" {
			item.Error = e.Error()
		}
	}
}

// innermost finds the smallest item that covers a span.
func innermost(items []*Item, span syntax.Span) *Item {
	var found *Item
	for {
		var next *Item
		for _, item := range items {
			if item.Span[0] <= span.Start && span.End <= item.Span[1] {
				next = item
			}
		}
		if next == nil {
			return found
		}
		found, items = next, next.Children
	}
}
