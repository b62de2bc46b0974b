package convert

import (
	"fmt"
	"slices"
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A writer writes a source with one mode.
type writer struct {
	*source
	mode     mode
	flags    flavor.Flags // in force in the whole result
	icase    bool         // whether case is ignored where the writer is
	b        []byte
	changes  []Change
	numbers  map[int]int    // groups' numbers in the result by those in the source
	names    map[int]string // groups' names in the result by numbers in the source
	added    int            // groups that only the result has
	explicit bool           // all groups are written with their numbers
	dropped  int            // groups that only the source has
	unrolled int            // sets that are written as their ranges
	calls    []*syntax.Node // groups that are being written out where they are called
	said     map[string]bool
	known    map[writtenSet]string // sets as they are written
	runs     int                   // how many groups for case are open
	begin    int                   // where the pattern itself begins in b
	comment  bool                  // what was written last is a comment up to the end of its line

	onlySource, onlyTarget foldNote
}

func newWriter(s *source, m mode) *writer {
	w := &writer{source: s, mode: m, flags: s.flags | flavor.FlagsOf(m.flags) | flavor.FlagsOf(strings.Trim(m.prefix, "(?)")), said: map[string]bool{}, known: map[writtenSet]string{}}
	w.icase = w.flags.Has('i')
	w.dropDefinitions()
	w.chooseNumbers()
	w.chooseGroups()
	return w
}

func (w *writer) put(parts ...string) {
	for _, part := range parts {
		if w.comment && part != "" {
			if part[0] != '\n' {
				w.b = append(w.b, '\n')
			}
			w.comment = false
		}
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

// whole writes the whole pattern.
func (w *writer) whole() {
	w.checkRounds()
	w.checkUnits()
	w.checkLocale()
	w.begin = len(w.b)
	root := w.from.Root
	if !w.isSticky() || w.flags.Has('y') || w.flags.Has('A') {
		w.alternatives(root)
		return
	}
	if !w.to.Has(flavor.SearchStart) {
		w.lost(root, "flag for matching only where the search begins")
		w.alternatives(root)
		return
	}
	w.change(root, syntax.SeverityHint, `\G stands for the flag by which a pattern matches only where the search begins`)
	w.put(`\G`)
	if root.Kind != syntax.KindAlternation {
		w.alternatives(root)
		return
	}
	w.put("(?:")
	w.alternatives(root)
	w.put(")")
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

// sequence writes one alternative.
func (w *writer) sequence(n *syntax.Node) {
	if n.Kind == syntax.KindConcat {
		w.items(n.Sub)
	} else {
		w.items([]*syntax.Node{n})
	}
}

// items writes nodes one after another. A run of them that ignores case, or heeds
// it, unlike what is in force, gets a group with a flag around it.
func (w *writer) items(nodes []*syntax.Node) {
	nodes = w.joinSurrogates(nodes)
	for i := 0; i < len(nodes); {
		if end := w.asBranches(nodes, i); end > 0 {
			i = end
			continue
		}
		end := w.otherCase(nodes[i:])
		if end == 0 {
			w.item(nodes, i)
			i++
			continue
		}
		outer := w.icase
		w.icase = !outer
		w.runs++
		w.put(map[bool]string{true: "(?i:", false: "(?-i:"}[w.icase])
		for last := i + end; i < last; i++ {
			w.item(nodes, i)
		}
		w.put(")")
		w.icase = outer
		w.runs--
	}
}

// otherCase returns how many of the nodes belong into a group with the other case.
func (w *writer) otherCase(nodes []*syntax.Node) int {
	other := heeds
	if !w.icase {
		other = ignores
	}
	end := 0
	if !w.to.Has(flavor.FlagsGroup) {
		return 0
	}
	for i, n := range nodes {
		switch c := w.caseOf(n); {
		case c == other:
			end = i + 1
		case c != caseless || i == 0:
			return end
		}
	}
	return end
}

// item writes one node of a sequence.
func (w *writer) item(nodes []*syntax.Node, i int) {
	n := nodes[i]
	if n.Kind == syntax.KindAlternation && len(nodes) == 1 {
		w.node(n, 0)
		return
	}
	next := byte(0)
	if i+1 < len(nodes) {
		next = firstByte(nodes[i+1])
	}
	w.node(n, next)
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
	case syntax.KindConcat:
		w.sequence(n)
	case syntax.KindAlternation:
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
		w.keep(n)
	case syntax.KindGroup:
		w.group(n, next)
	case syntax.KindRepetition:
		w.repetition(n, next)
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
	case w.spaced && n.Kind == syntax.KindSpace:
		w.put(strings.Map(plainSpace, text))
	case w.spaced && strings.HasPrefix(text, "#"):
		w.put(text)
		w.comment = !strings.HasSuffix(text, "\n")
	case strings.HasPrefix(text, "(?#") && w.to.Has(flavor.Comment):
		w.put(text)
	case n.Kind == syntax.KindComment:
		w.change(n, syntax.SeverityHint, "comments are left out")
	}
}

// plainSpace is white space that all flavors ignore with x.
func plainSpace(r rune) rune {
	if r == '\n' || r == '\t' {
		return r
	}
	return ' '
}

// control writes verbs, callouts and code, which mean the same where they are.
func (w *writer) control(n *syntax.Node) {
	text := w.from.Source(n)
	isVerb := n.Kind == syntax.KindVerb
	switch {
	case isVerb && w.isOption(n):
		w.startOption(n)
	case isVerb && w.to.Has(flavor.Verb) && n.Text != "FAIL" && n.Text != "F":
		w.put(text)
		w.change(n, syntax.SeverityWarning, "%s can do something else in %s than in %s", text, w.to.Label, w.from.Flavor.Label)
	case isVerb && w.to.Has(flavor.Verb), n.Kind == syntax.KindCallout && w.to.Has(flavor.Callout), n.Kind == syntax.KindCode && w.to.Has(flavor.Code):
		w.put(text)
	case isVerb && (n.Text == "FAIL" || n.Text == "F") && w.to.Has(flavor.LookaheadNot):
		w.put("(?!)")
	case isVerb && (n.Text == "FAIL" || n.Text == "F"):
		w.put(w.emptyClass())
	default:
		w.lost(n, text)
	}
}

// isOption reports whether a verb is an option at the start.
func (w *writer) isOption(n *syntax.Node) bool {
	name, _, _ := strings.Cut(n.Text, "=")
	return !slices.Contains([]string{"ACCEPT", "FAIL", "F", "COMMIT", "PRUNE", "SKIP", "THEN", "MARK", ""}, name)
}

// startOption leaves out what is no difference to matches.
func (w *writer) startOption(n *syntax.Node) {
	name, _, _ := strings.Cut(n.Text, "=")
	switch name {
	case "NO_AUTO_POSSESS", "NO_START_OPT", "NO_JIT", "NO_DOTSTAR_ANCHOR", "LIMIT_HEAP", "LIMIT_MATCH", "LIMIT_DEPTH", "LIMIT_RECURSION":
		w.change(n, syntax.SeverityHint, "(*%s) is left out: it is no difference to what matches", n.Text)
	case "UTF", "UTF8", "UCP", "LF", "BSR_UNICODE":
		w.change(n, syntax.SeverityHint, "(*%s) is left out: what it means is written at each place", n.Text)
	default:
		w.lost(n, "option (*"+n.Text+")")
	}
}

// repetition writes a repeat. One without backtracking becomes an atomic group
// where there is no such repeat.
func (w *writer) repetition(n *syntax.Node, next byte) {
	counts := repeatCounts(n)
	w.checkEmptyRounds(n)
	if n.Greed == syntax.Possessive && n.Sub[0].Kind == syntax.KindGroup && w.fromIs(flavor.InPython) {
		w.change(n, syntax.SeverityWarning, "Python 3.11 is wrong about some possessive repeats of groups, %s is not", w.to.Label)
	}
	if n.Max == 0 && w.fromIs(flavor.InPerl) {
		w.change(n, syntax.SeverityWarning, "Perl 5.36 repeats %s once in a pattern that is not ASCII", w.from.Source(n.Sub[0]))
	}
	if n.Max == 0 && w.is(flavor.InPerl) { // which is why
		w.put("(?:(?!)")
		w.node(n.Sub[0], 0)
		w.put(")?")
		w.change(n, syntax.SeverityHint, "Perl 5.36 is wrong about repeats of 0 times: this one is written otherwise")
		return
	}
	if n.Max > w.to.Grammar.MaxRepeat || n.Min > w.to.Grammar.MaxRepeat {
		w.change(n, syntax.SeverityError, "%s repeats %d times at most", w.to.Label, w.to.Grammar.MaxRepeat)
	}
	switch {
	case n.Greed == syntax.Lazy && w.is(flavor.InRuby) && counts[0] == '{' && n.Min == n.Max:
		// {n}? is optional in Ruby; with one count, lazy is no difference.
	case n.Greed == syntax.Lazy:
		counts += "?"
	case n.Greed == syntax.Possessive && w.hasPossessive(n, counts):
		counts += "+"
	case n.Greed == syntax.Possessive:
		w.atomic(n, next, "a possessive repeat", func() { w.repeat(n.Sub[0], counts) })
		return
	}
	w.repeat(n.Sub[0], counts)
}

// hasPossessive reports whether the other flavor has possessive repeats. regexp2
// has them, but .NET itself has not. Those of Python 3.11 are wrong for groups
// that end in a lookaround.
func (w *writer) hasPossessive(n *syntax.Node, counts string) bool {
	return (!w.is(flavor.InPython) || n.Sub[0].Kind != syntax.KindGroup) && !w.is(flavor.InDotNet) && w.to.Has(flavor.Possessive) && (counts[0] != '{' || w.to.Has(flavor.PossessiveCounted))
}

func (w *writer) repeat(child *syntax.Node, counts string) {
	start := len(w.b)
	w.node(child, 0)
	if text := string(w.b[start:]); !w.isOneItem(text) {
		w.wrap(start)
	}
	w.put(counts)
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
	switch root.Kind {
	case syntax.KindConcat, syntax.KindAlternation, syntax.KindEmpty, syntax.KindRepetition, syntax.KindAssertion, syntax.KindKeep:
		return false
	case syntax.KindLiteral:
		return root.Len() == 1
	}
	return !root.IsLook()
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
