package diagram

import (
	"fmt"
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// Words in a diagram are short: what exactly is meant is for the explanation.

func join(a, b string) string {
	if b == "" {
		return a
	}
	return a + ": " + b
}

// name is a group's name or a reference's text in a label.
func name(text string) string {
	short, _ := shorten(text, 32)
	return short
}

// setWords says which characters a named set is.
func (d *drawing) setWords(n *syntax.Node) string {
	switch n.Kind {
	case syntax.KindDot:
		if n.Flags.Has(d.dotAll()) {
			return "any character"
		}
		return "any but a line end"
	case syntax.KindClassEscape:
		words := d.escapeWords(n.Rune)
		if n.Negated {
			return "no " + words
		}
		return words
	case syntax.KindProperty, syntax.KindPosix:
		if n.Negated {
			return "the others"
		}
	}
	return ""
}

// dotAll is the flag with which a dot matches line ends.
func (d *drawing) dotAll() byte {
	if d.is(flavor.InRuby) {
		return 'm'
	}
	return 's'
}

func (d *drawing) escapeWords(letter rune) string {
	switch letter {
	case 'd':
		return "digit"
	case 'w':
		return "word character"
	case 's':
		return "space"
	case 'h':
		if d.is(flavor.InRuby) {
			return "hex digit"
		}
		return "horizontal space"
	case 'v':
		return "vertical space"
	case 'N':
		return "any but a line end"
	case 'R':
		return "line break"
	case 'X':
		return "grapheme"
	case 'C':
		return "one unit"
	}
	return ""
}

// assertion says which place in the text is meant, in a word and in full.
func (d *drawing) assertion(n *syntax.Node) (words, title string) {
	source := d.tree.Source(n)
	if n.Kind == syntax.KindKeep {
		return "match starts here", join(source, "what was matched so far is not part of the match")
	}
	lines := n.Flags.Has('m') || d.is(flavor.InRuby)
	switch n.Rune {
	case '^':
		words = "start of text"
		if lines {
			words = "start of line"
		}
	case '$':
		words = "end of text"
		switch {
		case lines && !d.is(flavor.InRuby) || d.is(flavor.InRuby):
			words = "end of line"
		case !d.is(flavor.InGo | flavor.InJS):
			return words, join(source, "the end of the text, or before a line end that ends it")
		}
	case 'A':
		words = "start of text"
	case 'Z':
		words = "end of text"
		if !d.is(flavor.InPython) {
			return words, join(source, "the end of the text, or before a line end that ends it")
		}
	case 'z':
		words = "end of text"
		return words, join(source, "the very end of the text")
	case 'b':
		words = "word boundary"
	case 'B':
		words = "no word boundary"
	case 'G':
		words = "end of last match"
		return words, join(source, "where the match before ended")
	case 'y':
		words = "grapheme boundary"
	case 'Y':
		words = "no grapheme boundary"
	case '<':
		words = "start of word"
	case '>':
		words = "end of word"
	}
	if n.Text != "" {
		words += " (" + name(n.Text) + ")"
	}
	return words, join(visible(source), words)
}

// group says what kind of group it is, on its frame and in full. Groups that
// only group have no label.
func (d *drawing) group(n *syntax.Node) (label, title string) {
	switch n.Op {
	case syntax.OpCapture:
		label = captureLabel(n)
		return label, "captures what it matches"
	case syntax.OpBalancing:
		label = "takes back " + name(n.Other)
		if n.Text != "" {
			label = captureLabel(n) + ", " + label
		}
		return label, "takes back the last capture of " + visible(n.Other) + ", and fails when there is none"
	case syntax.OpNonCapture:
		return "", "groups without capturing"
	case syntax.OpFlagsGroup:
		return "flags " + name(n.Text), "flags for what is in the group"
	case syntax.OpAtomic:
		return "atomic", "once it has matched, it tries no other way"
	case syntax.OpLookahead, syntax.OpNonAtomicLookahead:
		label = "followed by"
		if n.Negated {
			label = "not followed by"
		}
		title = "looks at what follows, and takes nothing of it"
	case syntax.OpLookbehind, syntax.OpNonAtomicLookbehind:
		label = "preceded by"
		if n.Negated {
			label = "not preceded by"
		}
		title = "looks at what comes before"
	case syntax.OpBranchReset:
		return "same numbers in each branch", "every branch counts its groups from the same number"
	case syntax.OpScriptRun:
		return "characters of one script", "a script run"
	case syntax.OpAtomicScriptRun:
		return "characters of one script, atomic", "a script run that tries no other way"
	case syntax.OpAbsent:
		return "anything that does not contain", "the longest text in which this does not match"
	}
	if n.Op == syntax.OpNonAtomicLookahead || n.Op == syntax.OpNonAtomicLookbehind {
		label += ", not atomic"
		title += "; other ways through it are tried when what follows fails"
	}
	return label, title
}

// groupPlace is the place of a group, with a class for its kind.
func (d *drawing) groupPlace(n *syntax.Node, title string) place {
	at := d.at(n, title)
	switch {
	case n.IsCapture():
		// As many colors as the page has for groups.
		at.class += fmt.Sprintf(" rr-capture rr-g%d", 1+(n.Number+7)%8)
	case n.IsLook():
		at.class += " rr-look"
	}
	if n.Negated {
		at.class += " rr-not"
	}
	return at
}

func captureLabel(n *syntax.Node) string {
	label := fmt.Sprintf("group %d", n.Number)
	if n.Text != "" {
		label += " " + name(n.Text)
	}
	return label
}

// target is the group that a node refers to.
func target(n *syntax.Node) string {
	if n.Text != "" {
		return "group " + name(n.Text)
	}
	return fmt.Sprintf("group %d", n.Number)
}

// reference says what a reference to a group does.
func (d *drawing) reference(n *syntax.Node) (words, title string) {
	source := visible(d.tree.Source(n))
	switch n.Kind {
	case syntax.KindBackreference:
		return "text of " + target(n), source + ": the same text as " + target(n) + " has captured"
	case syntax.KindCall:
		if n.Text == "" && n.Number == 0 {
			return "whole pattern again", source + ": the whole pattern, from its start"
		}
		return target(n) + " again", source + ": what is in " + target(n) + ", run again"
	}
	switch n.Op {
	case syntax.OpRecursion:
		switch {
		case n.Text == "" && n.Number < 0:
			return "in a recursion", source
		case n.Text == "" && n.Number == 0:
			return "in a recursion of the whole pattern", source
		}
		return "in a recursion of " + target(n), source
	case syntax.OpDefine:
		return "never: definitions", source + ": what follows is only run by calls"
	case syntax.OpVersion:
		return "version " + name(n.Text), source
	}
	return target(n) + " took part", source
}

// remark says what else is written in a pattern.
func (d *drawing) remark(n *syntax.Node) (words, title string) {
	source, _ := shorten(strings.TrimSpace(d.tree.Source(n)), textColumns)
	switch n.Kind {
	case syntax.KindFlags:
		return "flags " + name(n.Text), "flags for what follows in the group"
	case syntax.KindVerb:
		return source, "an instruction to the engine"
	case syntax.KindCallout:
		return source, "calls the program that runs the pattern"
	case syntax.KindCode:
		if n.Op == syntax.OpCodePattern {
			return source, "code whose result is a pattern"
		}
		return source, "code that runs here"
	}
	full, _ := shorten(d.tree.Source(n), 1000)
	return source, full // a comment
}

// times says how often a repetition matches, in a few words and in full.
func times(n *syntax.Node) (label, title string) {
	switch {
	case n.Min == 0 && n.Max == syntax.Unlimited:
		label = "0 or more times"
	case n.Max == syntax.Unlimited && n.Min == 1:
		label = "1 or more times"
	case n.Max == syntax.Unlimited:
		label = fmt.Sprintf("%d or more times", n.Min)
	case n.Min == 0 && n.Max == 1:
		label = "optional"
	case n.Max == 0:
		label = "never"
	case n.Min == n.Max && n.Min == 1:
		label = "once"
	case n.Min == n.Max:
		label = fmt.Sprintf("%d times", n.Min)
	default:
		label = fmt.Sprintf("%d to %d times", n.Min, n.Max)
	}
	switch n.Greed {
	case syntax.Lazy:
		return label + ", lazy", label + ": as few as possible, more when what follows fails"
	case syntax.Possessive:
		return label + ", possessive", label + ": as many as possible, and never fewer"
	}
	if n.Min == n.Max {
		return label, label
	}
	return label, label + ": as many as possible, fewer when what follows fails"
}
