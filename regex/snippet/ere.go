package snippet

import (
	"errors"
	"fmt"
	"regexp/syntax"
	"strings"
	"unicode"
)

// An extended is a pattern as POSIX's extended regular expression, as GNU's grep -E and sed -E read it.
type extended struct {
	pattern string
	// locale is the one in which it means the same.
	locale string
	// groups are the numbers of the pattern's groups: each that only groups has become one that captures.
	groups []int
	// single says that groups hold the same as well.
	single bool
}

// extend writes a pattern of Go's for tools that look at one line after another and take the longest of the leftmost
// matches. The error says what they cannot express, or that they may find something else.
func extend(pattern, flags string) (*extended, error) {
	tree, err := parseGo(pattern, flags)
	if err != nil {
		return nil, err
	}
	a, err := newAutomaton(tree)
	if err != nil {
		return nil, err
	}
	e := &extended{locale: "C.UTF-8", groups: make([]int, tree.MaxCap()+1)}
	if a.asks(syntax.EmptyWordBoundary | syntax.EmptyNoWordBoundary) {
		if e.locale = "C"; !a.ascii() {
			return nil, errors.New(`\b and \B are not written beside what matches letters outside ASCII: these tools take such letters for parts of words, and Go does not`)
		}
	}
	if !longest(a.prog) {
		return nil, errors.New("these tools take the longest match: this pattern may take a shorter one, by the order of its alternatives or a lazy repeat")
	}
	e.single = a.single()
	w := extendedWriter{groups: e.groups}
	if err := w.write(tree); err != nil {
		return nil, err
	}
	e.pattern = w.b.String()
	return e, nil
}

// errLineFeed says that a tool of lines cannot find what has a line feed in it.
var errLineFeed = errors.New("it has a line feed, and this tool looks at one line after another")

// parseGo reads a pattern as Go does.
func parseGo(pattern, flags string) (*syntax.Regexp, error) {
	if flags != "" {
		pattern = "(?" + flags + ")" + pattern
	}
	return syntax.Parse(pattern, syntax.Perl)
}

type extendedWriter struct {
	b      strings.Builder
	groups []int
	last   int // number of the last group
}

func (w *extendedWriter) write(n *syntax.Regexp) error {
	switch n.Op {
	case syntax.OpEmptyMatch:
		w.open()
		w.b.WriteByte(')')
	case syntax.OpLiteral:
		for _, r := range n.Rune {
			if err := w.literal(r, n.Flags&syntax.FoldCase != 0); err != nil {
				return err
			}
		}
	case syntax.OpCharClass:
		return w.class(n.Rune)
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL: // a line has no line feed
		w.b.WriteByte('.')
	case syntax.OpBeginLine, syntax.OpBeginText:
		w.b.WriteByte('^')
	case syntax.OpEndLine, syntax.OpEndText:
		w.b.WriteByte('$')
	case syntax.OpWordBoundary:
		w.b.WriteString(`\b`)
	case syntax.OpNoWordBoundary:
		w.b.WriteString(`\B`)
	case syntax.OpCapture:
		w.open()
		w.groups[n.Cap] = w.last
		if err := w.write(n.Sub[0]); err != nil {
			return err
		}
		w.b.WriteByte(')')
	case syntax.OpStar, syntax.OpPlus, syntax.OpQuest, syntax.OpRepeat:
		if err := w.grouped(n.Sub[0], !atom(n.Sub[0])); err != nil {
			return err
		}
		w.b.WriteString(repeat(n))
	case syntax.OpConcat:
		for _, sub := range n.Sub {
			if err := w.grouped(sub, sub.Op == syntax.OpAlternate); err != nil {
				return err
			}
		}
	case syntax.OpAlternate:
		for i, sub := range n.Sub {
			if i > 0 {
				w.b.WriteByte('|')
			}
			if err := w.write(sub); err != nil {
				return err
			}
		}
	default:
		return errors.New("it has a part that matches nothing")
	}
	return nil
}

// open begins a group: there are none that do not capture.
func (w *extendedWriter) open() {
	w.b.WriteByte('(')
	w.last++
}

func (w *extendedWriter) grouped(n *syntax.Regexp, in bool) error {
	if !in {
		return w.write(n)
	}
	w.open()
	if err := w.write(n); err != nil {
		return err
	}
	w.b.WriteByte(')')
	return nil
}

// atom reports whether a repeat behind the node is about all of it.
func atom(n *syntax.Regexp) bool {
	switch n.Op {
	case syntax.OpLiteral:
		return len(n.Rune) == 1
	case syntax.OpCharClass, syntax.OpAnyChar, syntax.OpAnyCharNotNL, syntax.OpCapture:
		return true
	}
	return false
}

// repeat writes the operator of a repeat, without what makes it lazy.
func repeat(n *syntax.Regexp) string {
	switch {
	case n.Op == syntax.OpStar:
		return "*"
	case n.Op == syntax.OpPlus:
		return "+"
	case n.Op == syntax.OpQuest:
		return "?"
	case n.Max < 0:
		return fmt.Sprintf("{%d,}", n.Min)
	case n.Min == n.Max:
		return fmt.Sprintf("{%d}", n.Min)
	}
	return fmt.Sprintf("{%d,%d}", n.Min, n.Max)
}

func (w *extendedWriter) literal(r rune, fold bool) error {
	switch {
	case fold && len(folded(r)) > 2:
		return w.class(folded(r))
	case r == '\n':
		return errLineFeed
	case r == 0:
		return errors.New("it has the character NUL, which no argument of a program can hold")
	case strings.ContainsRune(`\.[]()*+?{}|^$`, r):
		w.b.WriteByte('\\')
	}
	w.b.WriteRune(r)
	return nil
}

// class writes a bracket expression. In it a backslash is itself, so that what means something has a place: ] is first, and
// \, [, ^ and - are last.
func (w *extendedWriter) class(ranges []rune) error {
	not := ""
	if ranges[0] == 0 && ranges[len(ranges)-1] == unicode.MaxRune {
		not = "^"
		ranges = complement(ranges)
	}
	ranges = without(ranges, '\n') // it is in no line
	switch {
	case len(ranges) == 0 && not == "":
		return errLineFeed
	case len(ranges) == 0:
		w.b.WriteByte('.')
		return nil
	case ranges[0] == 0:
		return errors.New("it has the character NUL, which no argument of a program can hold")
	}
	special := map[rune]bool{}
	for before := 0; before != len(special)+1; {
		before = len(special) + 1
		for _, r := range "]\\[^-" {
			if written(ranges, r) {
				special[r] = true
				ranges = without(ranges, r)
			}
		}
	}
	ranges, ok := spread(ranges)
	if !ok {
		return errors.New("it has a long range of letters outside ASCII, which these tools may read by the rules of the locale")
	}
	body := ""
	if special[']'] {
		body = "]"
	}
	for i := 0; i < len(ranges); i += 2 {
		from, to := ranges[i], ranges[i+1]
		body += string(from)
		if to > from+1 {
			body += "-"
		}
		if to > from {
			body += string(to)
		}
	}
	for _, r := range "\\[^-" {
		if special[r] {
			body += string(r)
		}
	}
	switch {
	case body == "^" && not == "":
		body = `\^`
	case body == "^-" && not == "":
		body = "[-^]"
	default:
		body = "[" + not + body + "]"
	}
	w.b.WriteString(body)
	return nil
}

// written reports whether a character of ranges would be read in a bracket expression: it is not when it is within a long
// range.
func written(ranges []rune, r rune) bool {
	for i := 0; i < len(ranges); i += 2 {
		from, to := ranges[i], ranges[i+1]
		if from <= r && r <= to {
			return from == r || to == r || to-from < 8
		}
	}
	return false
}

// maxSpread is how many characters outside ASCII a bracket expression names one by one.
const maxSpread = 64

// spread makes ranges outside ASCII single characters: glibc's C.UTF-8 has no order for them, and says so as an error.
func spread(ranges []rune) (all []rune, ok bool) {
	count := 0
	for i := 0; i < len(ranges); i += 2 {
		from, to := ranges[i], ranges[i+1]
		if from <= unicode.MaxASCII {
			all = append(all, from, min(to, unicode.MaxASCII))
			from = unicode.MaxASCII + 1
		}
		if count += max(0, int(to-from+1)); count > maxSpread {
			return nil, false
		}
		for ; from <= to; from++ {
			all = append(all, from, from)
		}
	}
	return all, true
}
