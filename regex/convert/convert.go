package convert

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A Result is a pattern for another flavor.
type Result struct {
	Pattern string
	// Flags are letters of the other flavor.
	Flags string
	// Changes are what is not simply the same, by place: with SeverityError what
	// the other flavor cannot say, so that the pattern matches something else;
	// with SeverityWarning what may match something else, as it says; with
	// SeverityHint what is written otherwise and means the same.
	Changes []Change
}

// A Change is one thing that a conversion does to a pattern.
type Change struct {
	Span     syntax.Span // in the pattern that is converted
	Severity syntax.Severity
	Message  string
}

// Exact reports whether the result means the same, as far as is known.
func (r *Result) Exact() bool {
	return !slices.ContainsFunc(r.Changes, func(c Change) bool { return c.Severity != syntax.SeverityHint })
}

// MaxPattern is the longest pattern in bytes that is converted: parts of it are
// read several times, and nobody would read the changes of a longer one.
const MaxPattern = 64 << 10

// Convert writes a pattern for another flavor. What is not the same there is
// among the changes of the result. A pattern with errors, or longer than
// MaxPattern, is not converted.
//
// Sets of characters are compared as sets: \d of .NET becomes \p{Nd} in Go,
// because it matches other digits than 0 to 9. Anchors and the dot are compared
// by what they mean with the flags in force.
func Convert(t *syntax.Tree, to *flavor.Flavor) (*Result, error) {
	if len(t.Errors) > 0 {
		return nil, errors.New("a pattern with errors cannot be converted")
	}
	if len(t.Pattern) > MaxPattern {
		return nil, fmt.Errorf("a pattern of more than %d bytes is not converted", MaxPattern)
	}
	w := newWriter(t, to)
	w.alternatives(t.Root)
	r := &Result{Pattern: string(w.b), Flags: w.flagLetters(), Changes: w.changes}
	w.verify(r)
	slices.SortStableFunc(r.Changes, func(a, b Change) int { return a.Span.Start - b.Span.Start })
	return r, nil
}

// writer writes a tree for another flavor.
type writer struct {
	from    *syntax.Tree
	to      *flavor.Flavor
	flags   flavor.Flags // of the whole result
	icase   bool         // in force where the writer is
	spaced  bool         // the result keeps white space and comments
	b       []byte
	changes []Change
	numbers map[int]int    // groups' numbers in the result by those in the source
	names   map[int]string // groups' names in the result by numbers in the source
	said    map[string]bool
	sets    map[setKey]syntax.CharSet
}

func newWriter(t *syntax.Tree, to *flavor.Flavor) *writer {
	w := &writer{from: t, to: to, said: map[string]bool{}, sets: map[setKey]syntax.CharSet{}}
	w.chooseFlags()
	w.chooseGroups()
	return w
}

func (w *writer) is(set flavor.Set) bool { return w.to.Set&set != 0 }

func (w *writer) fromIs(set flavor.Set) bool { return w.from.Flavor.Set&set != 0 }

func (w *writer) put(parts ...string) {
	for _, part := range parts {
		w.b = append(w.b, part...)
	}
}

// change notes a change, once for each message.
func (w *writer) change(n *syntax.Node, severity syntax.Severity, format string, args ...any) {
	message := fmt.Sprintf(format, args...)
	if key := fmt.Sprint(severity, message); !w.said[key] {
		w.said[key] = true
		w.changes = append(w.changes, Change{Span: n.Span, Severity: severity, Message: message})
	}
}

// lost notes what the other flavor does not have.
func (w *writer) lost(n *syntax.Node, what string) {
	w.change(n, syntax.SeverityError, "%s has no %s", w.to.Label, what)
}

// chooseFlags chooses the flags of the whole result: those that the source
// begins with, where the other flavor has the same.
func (w *writer) chooseFlags() {
	start := w.from.Flags
	first := firstMeaning(w.from.Root)
	if first != nil {
		start = first.Flags
	}
	keep := func(letter byte) {
		if w.to.HasFlag(rune(letter)) {
			w.flags = w.flags.With(letter)
		}
	}
	if start.Has('i') {
		keep('i')
		w.icase = w.flags.Has('i')
		if w.is(flavor.InJava) {
			keep('u') // Java's i is for ASCII without it
		}
	}
	if start.Has('m') && !w.is(flavor.InRuby) && !w.fromIs(flavor.InRuby) || w.is(flavor.InJS) && w.needsLines() {
		keep('m')
	}
	if start.Has('s') && w.fromIs(allButRuby) || start.Has('m') && w.fromIs(flavor.InRuby) {
		if w.is(flavor.InRuby) {
			keep('m')
		} else {
			keep('s')
		}
	}
	if w.is(flavor.InJS | flavor.InPCRE2) {
		w.flags = w.flags.With('u') // characters, not units of an encoding
		if w.fromIs(flavor.InJS) && w.from.Flags.Has('v') && w.is(flavor.InJS) {
			w.flags = w.flags.Without('u').With('v')
		}
	}
	w.spaced = start.Has('x') && w.to.HasFlag('x') && w.to.Has(flavor.FreeSpacing) && w.fromIs(allButJS)
	if w.spaced {
		w.flags = w.flags.With('x')
	}
}

const (
	allButRuby = flavor.Everywhere &^ flavor.InRuby
	allButJS   = flavor.Everywhere &^ (flavor.InJS | flavor.InGo)
)

// flagLetters are the flags of the result in the order of its flavor.
func (w *writer) flagLetters() string {
	var b strings.Builder
	for _, f := range w.to.Flags {
		if w.flags.Has(f.Letter) {
			b.WriteByte(f.Letter)
		}
	}
	return b.String()
}

// firstMeaning returns the first leaf that means something, or nil.
func firstMeaning(n *syntax.Node) *syntax.Node {
	if n.Kind.IsTrivia() || n.Kind == syntax.KindFlags || n.Kind == syntax.KindEmpty {
		return nil
	}
	if n.Kind == syntax.KindConcat || n.Kind == syntax.KindAlternation || n.Kind == syntax.KindGroup || n.Kind == syntax.KindRepetition {
		for _, sub := range n.Sub {
			if first := firstMeaning(sub); first != nil {
				return first
			}
		}
		return nil
	}
	return n
}

// alternatives writes a node that may be an alternation.
func (w *writer) alternatives(n *syntax.Node) {
	if n.Kind != syntax.KindAlternation {
		w.sequence(n)
		return
	}
	for i, sub := range n.Sub {
		if i > 0 {
			w.put("|")
		}
		w.sequence(sub)
	}
}

// sequence writes one alternative. Runs of nodes that ignore case, or do not,
// unlike what is in force, get a group with a flag around them.
func (w *writer) sequence(n *syntax.Node) {
	nodes := []*syntax.Node{n}
	if n.Kind == syntax.KindConcat {
		nodes = n.Sub
	}
	outer := w.icase
	open := false
	for i, sub := range nodes {
		if sub.Kind == syntax.KindAlternation { // behind (?i) in Ruby
			w.put("(?:")
			w.alternatives(sub)
			w.put(")")
			continue
		}
		if want, matters := w.wantsCase(sub); matters && want != w.icase && w.to.Has(flavor.FlagsGroup) {
			if open {
				w.put(")")
				w.icase, open = outer, false
			}
			if want != w.icase {
				w.put(map[bool]string{true: "(?i:", false: "(?-i:"}[want])
				w.icase, open = want, true
			}
		}
		next := byte(0)
		if i+1 < len(nodes) {
			next = firstByte(nodes[i+1])
		}
		w.node(sub, next)
	}
	if open {
		w.put(")")
	}
	w.icase = outer
}

// wantsCase reports whether a node ignores case, and whether that matters: for
// groups it is their contents' business.
func (w *writer) wantsCase(n *syntax.Node) (ignores, matters bool) {
	switch n.Kind {
	case syntax.KindLiteral, syntax.KindClass, syntax.KindProperty, syntax.KindBackreference:
		return n.Flags.Has('i'), true
	case syntax.KindRepetition:
		return w.wantsCase(n.Sub[0])
	}
	return false, false
}

// firstByte returns the digit that a node begins with, or 0: a number before it
// would become another one.
func firstByte(n *syntax.Node) byte {
	for n.Kind == syntax.KindRepetition {
		n = n.Sub[0]
	}
	if n.Kind == syntax.KindLiteral && n.Op == syntax.OpVerbatim && n.Text[0] >= '0' && n.Text[0] <= '9' {
		return n.Text[0]
	}
	return 0
}

// node writes one item of a sequence. next is the digit behind it, or 0.
func (w *writer) node(n *syntax.Node, next byte) {
	switch n.Kind {
	case syntax.KindEmpty, syntax.KindFlags, syntax.KindQuoteMark, syntax.KindError:
	case syntax.KindConcat, syntax.KindAlternation:
		w.put("(?:")
		w.alternatives(n)
		w.put(")")
	case syntax.KindSpace, syntax.KindComment:
		w.trivia(n)
	case syntax.KindLiteral:
		w.literal(n)
	case syntax.KindDot, syntax.KindProperty, syntax.KindClass:
		w.set(n)
	case syntax.KindClassEscape:
		w.classEscape(n)
	case syntax.KindAssertion:
		w.place(n)
	case syntax.KindKeep:
		if w.to.Has(flavor.KeepOut) {
			w.put(`\K`)
		} else {
			w.lost(n, `\K: use a lookbehind, or a group for the part that is wanted`)
		}
	case syntax.KindGroup:
		w.group(n)
	case syntax.KindRepetition:
		w.repetition(n)
	case syntax.KindBackreference:
		w.backreference(n, next)
	case syntax.KindCall:
		w.call(n)
	case syntax.KindConditional:
		w.conditional(n)
	case syntax.KindVerb, syntax.KindCallout, syntax.KindCode:
		w.control(n)
	default: // what stands in classes only, which are sets
		w.set(n)
	}
}

// trivia writes white space and comments where the result keeps them.
func (w *writer) trivia(n *syntax.Node) {
	text := w.from.Source(n)
	switch {
	case w.spaced && (n.Kind == syntax.KindSpace || strings.HasPrefix(text, "#")):
		w.put(text)
	case strings.HasPrefix(text, "(?#") && w.to.Has(flavor.Comment):
		w.put(text)
	case n.Kind == syntax.KindComment:
		w.change(n, syntax.SeverityHint, "comments are left out")
	}
}

// control writes verbs, callouts and code, which mean the same where they are.
func (w *writer) control(n *syntax.Node) {
	text := w.from.Source(n)
	switch {
	case n.Kind == syntax.KindVerb && w.to.Has(flavor.Verb) && (!w.isOption(n) || w.to.Has(flavor.StartOption)),
		n.Kind == syntax.KindCallout && w.to.Has(flavor.Callout), n.Kind == syntax.KindCode && w.to.Has(flavor.Code):
		w.put(text)
	case n.Kind == syntax.KindVerb && (n.Text == "FAIL" || n.Text == "F") && w.to.Has(flavor.LookaheadNot):
		w.put("(?!)")
	default:
		w.lost(n, text)
	}
}

// isOption reports whether a verb is an option at the start.
func (w *writer) isOption(n *syntax.Node) bool {
	name, _, _ := strings.Cut(n.Text, "=")
	return !slices.Contains([]string{"ACCEPT", "FAIL", "F", "COMMIT", "PRUNE", "SKIP", "THEN", "MARK", ""}, name)
}

// repetition writes a repeat. One without backtracking becomes an atomic group.
func (w *writer) repetition(n *syntax.Node) {
	counts := repeatCounts(n)
	if n.Max > w.to.Grammar.MaxRepeat || n.Min > w.to.Grammar.MaxRepeat {
		w.change(n, syntax.SeverityError, "%s repeats %d times at most", w.to.Label, w.to.Grammar.MaxRepeat)
	}
	child := n.Sub[0]
	needsGroup := child.Kind == syntax.KindRepetition || child.Kind == syntax.KindConcat || child.Kind == syntax.KindAlternation ||
		child.Kind == syntax.KindAssertion || child.IsLook()
	suffix := ""
	atomic := false
	switch n.Greed {
	case syntax.Lazy:
		suffix = "?"
	case syntax.Possessive:
		switch {
		case w.is(flavor.InDotNet): // regexp2 has possessive repeats, .NET itself has not
			atomic = true
		case w.to.Has(flavor.Possessive) && (counts[0] != '{' || w.to.Has(flavor.PossessiveCounted)):
			suffix = "+"
		case w.to.Has(flavor.Atomic):
			atomic = true
		default:
			w.change(n, syntax.SeverityError, "%s has no possessive repeats: without one it may match more", w.to.Label)
		}
	}
	if w.is(flavor.InRuby) && counts[0] == '{' && suffix == "?" && n.Min == n.Max {
		suffix = "" // {n}? is optional in Ruby; with one count, lazy is no difference
	}
	if atomic {
		w.change(n, syntax.SeverityHint, "a possessive repeat is an atomic group in %s", w.to.Label)
		w.put("(?>")
	}
	start := len(w.b)
	if needsGroup {
		w.put("(?:")
	}
	w.node(child, 0)
	if needsGroup {
		w.put(")")
	}
	if text := string(w.b[start:]); !needsGroup && !w.isOneItem(text) {
		w.wrap(start)
	}
	w.put(counts, suffix)
	if atomic {
		w.put(")")
	}
}

// wrap puts what was written from start on into a group.
func (w *writer) wrap(start int) {
	w.b = slices.Insert(w.b, start, []byte("(?:")...)
	w.put(")")
}

// isOneItem reports whether a text is one thing that a repeat behind it would
// repeat whole.
func (w *writer) isOneItem(text string) bool {
	root := syntax.Parse(text, w.to, w.flags).Root
	return root.Kind != syntax.KindConcat && root.Kind != syntax.KindAlternation && root.Kind != syntax.KindEmpty &&
		root.Kind != syntax.KindRepetition && !(root.Kind == syntax.KindLiteral && root.Len() > 1)
}

func repeatCounts(n *syntax.Node) string {
	switch {
	case n.Min == 0 && n.Max == syntax.Unlimited:
		return "*"
	case n.Min == 1 && n.Max == syntax.Unlimited:
		return "+"
	case n.Min == 0 && n.Max == 1:
		return "?"
	case n.Max == syntax.Unlimited:
		return fmt.Sprintf("{%d,}", n.Min)
	case n.Min == n.Max:
		return fmt.Sprintf("{%d}", n.Min)
	}
	return fmt.Sprintf("{%d,%d}", n.Min, n.Max)
}

// verify reads the result as the other flavor does: what that refuses is lost.
func (w *writer) verify(r *Result) {
	tree := syntax.Parse(r.Pattern, w.to, flavor.FlagsOf(r.Flags))
	whole := &syntax.Node{Span: syntax.Span{Start: 0, End: len(w.from.Pattern)}}
	for _, e := range tree.Errors {
		w.change(whole, syntax.SeverityError, "%s refuses the result: %s", w.to.Label, e.Message)
	}
	if len(tree.Errors) == 0 && len(tree.Groups) != len(w.from.Groups) {
		w.change(whole, syntax.SeverityWarning, "the result has %d groups instead of %d", len(tree.Groups)-1, len(w.from.Groups)-1)
	}
	r.Changes = w.changes
}
