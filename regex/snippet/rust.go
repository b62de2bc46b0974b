package snippet

import (
	"errors"
	"fmt"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"
)

// rust writes a pattern of Go's for the regex crate, which ripgrep has as well. Both find the first of the leftmost
// matches by priority; but \d, \w, \s and \b are of all letters there, a class has operators, and not every name of a
// group is one there. lines is for a tool that looks at one line after another.
func rust(pattern, flags string, lines bool) (string, error) {
	tree, err := parseGo(pattern, flags)
	if err != nil {
		return "", err
	}
	a, err := newAutomaton(tree)
	if err != nil {
		return "", err
	}
	if a.blind(lines) {
		return "", errBlind
	}
	if a.crowded() {
		return "", errCrowded
	}
	w := rustWriter{lines: lines}
	if err := w.write(tree); err != nil {
		return "", err
	}
	return w.b.String(), nil
}

// errBlind is rust-lang/regex issue 579, which regex 1.7.1 and ripgrep 13 have; newer ones are not at hand to be tried.
var errBlind = errors.New(`regex 1.7 and ripgrep 13 may miss matches of it, or let them begin too early: they go on behind a match without what is before, at which \b and ^ look where a match begins (rust-lang/regex issue 579)`)

var errCrowded = errors.New(`regex 1.7 and ripgrep 13 may miss matches of it: ^ is behind $ or \b, at the same place`)

type rustWriter struct {
	b     strings.Builder
	lines bool
}

// fixedRust are the nodes that are always written the same.
var fixedRust = map[syntax.Op]string{
	syntax.OpNoMatch: `[a&&b]`, syntax.OpEmptyMatch: `(?:)`, syntax.OpAnyCharNotNL: `.`, syntax.OpAnyChar: `(?s:.)`,
	syntax.OpBeginLine: `(?m:^)`, syntax.OpEndLine: `(?m:$)`, syntax.OpBeginText: `\A`, syntax.OpEndText: `\z`,
	syntax.OpWordBoundary: `(?-u:\b)`,
}

func (w *rustWriter) write(n *syntax.Regexp) error {
	if w.lines {
		switch {
		case n.Op == syntax.OpBeginText:
			n = &syntax.Regexp{Op: syntax.OpBeginLine}
		case n.Op == syntax.OpEndText:
			n = &syntax.Regexp{Op: syntax.OpEndLine}
		case n.Op == syntax.OpLiteral && slices.Contains(n.Rune, '\n'), n.Op == syntax.OpCharClass && len(without(n.Rune, '\n')) == 0:
			return errLineFeed
		}
	}
	if text, ok := fixedRust[n.Op]; ok {
		w.b.WriteString(text)
		return nil
	}
	switch n.Op {
	case syntax.OpNoWordBoundary:
		return errors.New(`\B is not written: the regex crate has one of all letters only, where the text is characters`)
	case syntax.OpLiteral:
		w.literal(n)
	case syntax.OpCharClass:
		w.class(n.Rune)
	case syntax.OpCapture:
		open := "("
		if n.Name != "" {
			if n.Name[0] >= '0' && n.Name[0] <= '9' {
				return fmt.Errorf("no name of a group begins with a digit in Rust: %s", n.Name)
			}
			open = "(?P<" + n.Name + ">"
		}
		return w.group(open, n.Sub[0])
	case syntax.OpStar, syntax.OpPlus, syntax.OpQuest, syntax.OpRepeat:
		if err := w.grouped(n.Sub[0], !atom(n.Sub[0])); err != nil {
			return err
		}
		w.b.WriteString(repeat(n))
		if n.Flags&syntax.NonGreedy != 0 {
			w.b.WriteByte('?')
		}
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
			if sub.Op == syntax.OpEmptyMatch {
				continue
			}
			if err := w.write(sub); err != nil {
				return err
			}
		}
	default:
		return errors.New("a part of the pattern is none that Rust has")
	}
	return nil
}

func (w *rustWriter) group(open string, n *syntax.Regexp) error {
	w.b.WriteString(open)
	if n.Op != syntax.OpEmptyMatch {
		if err := w.write(n); err != nil {
			return err
		}
	}
	w.b.WriteByte(')')
	return nil
}

func (w *rustWriter) grouped(n *syntax.Regexp, in bool) error {
	if in {
		return w.group("(?:", n)
	}
	return w.write(n)
}

func (w *rustWriter) literal(n *syntax.Regexp) {
	fold := false
	for _, r := range n.Rune {
		fold = fold || n.Flags&syntax.FoldCase != 0 && len(folded(r)) > 2
	}
	if fold {
		w.b.WriteString("(?i:")
	}
	for _, r := range n.Rune {
		if fold && r <= unicode.MaxASCII {
			r = unicode.ToLower(r)
		}
		w.character(r, `\.+*?()|[]{}^$`)
	}
	if fold {
		w.b.WriteByte(')')
	}
}

// character writes one, behind a backslash where it is special, and by its number where it cannot be seen.
func (w *rustWriter) character(r rune, special string) {
	switch {
	case strings.ContainsRune(special, r):
		w.b.WriteByte('\\')
		w.b.WriteRune(r)
	case unicode.IsGraphic(r) && !unicode.IsMark(r) && (r == ' ' || !unicode.IsSpace(r)):
		w.b.WriteRune(r)
	default:
		fmt.Fprintf(&w.b, `\x{%X}`, r)
	}
}

func (w *rustWriter) class(ranges []rune) {
	w.b.WriteByte('[')
	if ranges[0] == 0 && ranges[len(ranges)-1] == unicode.MaxRune {
		if others := complement(ranges); len(others) > 0 {
			w.b.WriteByte('^')
			ranges = others
		}
	}
	for i := 0; i < len(ranges); i += 2 {
		const special = `\[]^-&~`
		w.character(ranges[i], special)
		if ranges[i+1] > ranges[i]+1 {
			w.b.WriteByte('-')
		}
		if ranges[i+1] > ranges[i] {
			w.character(ranges[i+1], special)
		}
	}
	w.b.WriteByte(']')
}
