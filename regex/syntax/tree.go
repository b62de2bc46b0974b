package syntax

import "github.com/regexdbg/regexdbg/regex/flavor"

// A Tree is what a pattern means in a flavor, with the place of everything. It
// does not change after Parse and is safe for concurrent use.
type Tree struct {
	Pattern string
	Flavor  *flavor.Flavor
	// Flags are those that the whole pattern was given.
	Flags flavor.Flags
	// Root is never nil, whatever is wrong with the pattern.
	Root *Node
	// Groups are the capture groups by their numbers, from 0, the whole match.
	Groups []Group
	// Errors are what the flavor's engines refuse the pattern for, in the order in
	// which a reader from left to right meets them: what is never closed comes at
	// the end. A pattern is good when there are none.
	Errors []*Error

	tokens tokens
	bytes  bool // the pattern is bytes instead of characters
}

// A Group is one capture group.
type Group struct {
	// Name is "" for a group without one.
	Name string
	// Node is where the group is written: the first place, when several have
	// its number; nil for group 0 and for numbers that are not there.
	Node *Node
}

// Walk calls visit for n and everything below it, parents first, in the
// order of the pattern. It goes below a node when visit returns true.
func (n *Node) Walk(visit func(*Node) bool) {
	if visit(n) {
		for _, sub := range n.Sub {
			sub.Walk(visit)
		}
	}
}

// Source returns the text of a node.
func (t *Tree) Source(n *Node) string { return t.Pattern[n.Span.Start:n.Span.End] }

// At returns the path of nodes at an offset in bytes, from the root to the
// innermost one. At the border of two, it is the one that starts there.
func (t *Tree) At(offset int) []*Node {
	path := []*Node{t.Root}
	for n := t.Root; ; {
		var next *Node
		for _, sub := range n.Sub {
			if sub.Span.Start <= offset && (offset < sub.Span.End || offset == sub.Span.End && next == nil) {
				next = sub
			}
		}
		if next == nil {
			return path
		}
		path, n = append(path, next), next
	}
}
