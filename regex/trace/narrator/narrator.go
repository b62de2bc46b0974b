// Package narrator says what happens in a step of a trace, in one plain sentence.
package narrator

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/explain"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
	"github.com/regexdbg/regexdbg/regex/trace"
)

// A Narrator knows a pattern and a text. It is for one goroutine at a time.
type Narrator struct {
	tree   *syntax.Tree
	text   []byte
	words  *explain.Wording
	unit   flavor.Unit
	tokens []trace.Token
	// groups are the places of groups in an event, by their numbers, and names those of each name.
	groups map[int]int
	names  map[string][]int
	// back are the nodes that are matched to the left.
	back map[*syntax.Node]bool
}

// New takes time linear in the size of the pattern. The tokens and groups are those of the trace, the text must not
// change.
func New(tree *syntax.Tree, tokens []trace.Token, groups []trace.Group, text []byte) *Narrator {
	n := &Narrator{
		tree: tree, text: text, words: explain.NewWording(tree), unit: flavor.CodePoint, tokens: tokens,
		groups: map[int]int{}, names: map[string][]int{}, back: map[*syntax.Node]bool{},
	}
	switch syntax.Universe(tree.Flavor, tree.Root.Flags|tree.Flags).Last {
	case 0xFF:
		n.unit = flavor.Byte
	case 0xFFFF:
		n.unit = flavor.UTF16
	}
	for i, g := range groups {
		n.groups[g.Number] = i
		if g.Name != "" {
			n.names[g.Name] = append(n.names[g.Name], g.Number)
		}
	}
	if tree.Flavor.Set&(flavor.InDotNet|flavor.InJS) != 0 {
		n.turn(tree.Root, false)
	}
	return n
}

// turn notes what is in lookbehinds, which .NET and JavaScript match to the left.
func (n *Narrator) turn(node *syntax.Node, back bool) {
	if back {
		n.back[node] = true
	}
	if node.IsLook() {
		back = node.IsBehind()
	}
	for _, sub := range node.Sub {
		n.turn(sub, back)
	}
}

// Say returns what happens in a step: a sentence in English with its period, without line ends or control characters.
// Offsets are in bytes. A piece of the pattern or the text that is longer than 40 characters is cut.
func (n *Narrator) Say(e *trace.Event) string {
	words, _ := n.SayPlaced(e)
	return words
}

// say is the sentence with its offsets between marks.
func (n *Narrator) say(e *trace.Event) string {
	node := n.tokens[e.Token].Node
	if said := n.thread(e, node); said != "" {
		return said
	}
	switch e.Kind {
	case trace.KindAttempt:
		return fmt.Sprintf("Tries the pattern %s.", n.at(e.Pos))
	case trace.KindNoMatch:
		if e.Reason == trace.ReasonAgain {
			return fmt.Sprintf("There is no mark of the (*SKIP)'s name: tries once more at offset %v, without that.", place(e.Attempt))
		}
		if e.Reason == trace.ReasonRejected {
			return fmt.Sprintf("No match from offset %v on: what has to be in it is not there, so that no attempt is made.", place(e.Attempt))
		}
		return fmt.Sprintf("No match at offset %v.", place(e.Attempt))
	case trace.KindMatch:
		return n.match(e)
	case trace.KindMatched:
		return n.matched(e, node)
	case trace.KindFailed:
		return n.failed(e, node)
	case trace.KindBacktrack:
		return n.backtrack(e, node)
	case trace.KindEnter:
		return fmt.Sprintf("%s begins at offset %v.", n.group(node), place(e.Pos))
	case trace.KindRound:
		return fmt.Sprintf("A round of %s begins at offset %v.", n.source(node), place(e.Pos))
	case trace.KindCapture:
		return n.capture(e)
	case trace.KindCall:
		return fmt.Sprintf("%s calls %s at offset %v.", n.source(node), n.called(node), place(e.Pos))
	case trace.KindReturn:
		return fmt.Sprintf("The call %s of %s is through at offset %v.", n.source(node), n.called(node), place(e.Pos))
	case trace.KindCut:
		return n.cut(e, node)
	}
	return fmt.Sprintf("%s is at offset %v.", n.token(e), place(e.Pos))
}

// at is a place in the text.
func (n *Narrator) at(pos int) string {
	if pos == len(n.text) {
		return fmt.Sprintf("at offset %v, the end of the text", place(pos))
	}
	return fmt.Sprintf("at offset %v", place(pos))
}

// source is a node as it is written.
func (n *Narrator) source(node *syntax.Node) string {
	return "`" + explain.Escape(n.tree.Source(node)) + "`"
}

// token is the token of a step as it is written.
func (n *Narrator) token(e *trace.Event) string {
	return "`" + explain.Escape(n.tree.Pattern[e.Span.Start:e.Span.End]) + "`"
}

// named is the token of a step as it is written, and what it means unless it stands for itself.
func (n *Narrator) named(e *trace.Event, node *syntax.Node) string {
	if node.Kind == syntax.KindLiteral && node.Op <= syntax.OpIdentity {
		if node.Flags.Has('i') && n.cased(e, node) {
			return n.token(e) + " (ignoring case)"
		}
		return n.token(e)
	}
	if words := n.words.Of(node); words != "" {
		return n.token(e) + " (" + words + ")"
	}
	return n.token(e)
}

// cased reports whether the character of a token has another case.
func (n *Narrator) cased(e *trace.Event, node *syntax.Node) bool {
	r := node.Rune
	if node.Op == syntax.OpVerbatim {
		r, _ = utf8.DecodeRuneInString(n.tree.Pattern[e.Span.Start:e.Span.End])
	}
	return unicode.SimpleFold(r) != r || syntax.LongFold(r) != ""
}

// group names a node that has parts.
func (n *Narrator) group(node *syntax.Node) string {
	switch node.Kind {
	case syntax.KindConditional:
		return "The conditional " + n.source(node)
	case syntax.KindGroup:
	default:
		return n.source(node)
	}
	switch {
	case node.IsCapture():
		return n.numbered(node.Number)
	case node.IsLook():
		return "The " + LookName(node) + " " + n.source(node)
	case node.Op == syntax.OpAtomic:
		return "The atomic group " + n.source(node)
	case isScriptRun(node):
		return "The script run " + n.source(node)
	}
	return "The group " + n.source(node)
}

// numbered names a capture group.
func (n *Narrator) numbered(number int) string {
	if number > 0 && number < len(n.tree.Groups) && n.tree.Groups[number].Name != "" {
		return fmt.Sprintf("Group %d (%s)", number, n.tree.Groups[number].Name)
	}
	return fmt.Sprintf("Group %d", number)
}

// called names what a call calls.
func (n *Narrator) called(node *syntax.Node) string {
	switch {
	case node.Text != "":
		return "group " + node.Text
	case node.Number == 0:
		return "the whole pattern"
	}
	return fmt.Sprintf("group %d", node.Number)
}

// LookName is what a lookaround is, such as "negative lookbehind".
func LookName(node *syntax.Node) string {
	name := "lookahead"
	if node.IsBehind() {
		name = "lookbehind"
	}
	if node.Negated {
		return "negative " + name
	}
	return name
}

func (n *Narrator) match(e *trace.Event) string {
	start, end := e.Groups[0], e.Groups[1]
	switch {
	case start == end:
		return fmt.Sprintf("Match: the empty text at offset %v.", place(start))
	case start > end: // of a \K in a lookahead
		return fmt.Sprintf("Match from %v, set by \\K, to %v.", place(start), place(end))
	}
	return fmt.Sprintf("Match %v–%v: %s.", place(start), place(end), explain.Quote(string(n.text[start:end])))
}

func (n *Narrator) capture(e *trace.Event) string {
	name := n.numbered(e.Group)
	i, ok := n.groups[e.Group]
	if !ok {
		return fmt.Sprintf("%s is set at offset %v.", name, place(e.Pos))
	}
	start, end := e.Groups[2*i], e.Groups[2*i+1]
	switch {
	case start < 0:
		return fmt.Sprintf("%s has no text any more.", name)
	case start >= end:
		return fmt.Sprintf("%s is set to the empty text at offset %v.", name, place(end))
	}
	return fmt.Sprintf("%s is set to %v–%v: %s.", name, place(start), place(end), explain.Quote(string(n.text[start:end])))
}

func (n *Narrator) cut(e *trace.Event, node *syntax.Node) string {
	switch {
	case node.Kind == syntax.KindRepetition:
		return fmt.Sprintf("%s (possessive) is through at offset %v, and gives nothing back.", n.source(node), place(e.Pos))
	case node.Kind == syntax.KindGroup:
		return fmt.Sprintf("%s is through at offset %v: its open choices are dropped.", n.group(node), place(e.Pos))
	}
	return fmt.Sprintf("%s is through at offset %v, and is not tried in another way.", n.source(node), place(e.Pos))
}

// unitAt is the unit of text that a token is tried on at an offset, in words; "" when there is none.
func (n *Narrator) unitAt(pos int, back bool) string {
	switch {
	case back && pos == 0, !back && pos >= len(n.text):
		return ""
	case n.unit == flavor.Byte && back:
		return explain.Quote(string(n.text[pos-1 : pos]))
	case n.unit == flavor.Byte:
		return explain.Quote(string(n.text[pos : pos+1]))
	case !utf8.RuneStart(n.text[min(pos, len(n.text)-1)]) && n.inPair(pos):
		half := "the second half of "
		if back {
			half = "the first half of "
		}
		return half + explain.Quote(string(n.text[pos-2:pos+2]))
	}
	start, size := pos, 0
	if back {
		_, size = utf8.DecodeLastRune(n.text[:pos])
		start -= size
	} else {
		_, size = utf8.DecodeRune(n.text[pos:])
	}
	words := explain.Quote(string(n.text[start : start+size]))
	if size == utf8.UTFMax && n.unit == flavor.UTF16 {
		if back {
			return "the second half of " + words
		}
		return "the first half of " + words
	}
	return words
}

// inPair reports whether an offset is between the two UTF-16 units of a character.
func (n *Narrator) inPair(pos int) bool {
	if pos < 2 || pos >= len(n.text) {
		return false
	}
	_, size := utf8.DecodeRune(n.text[pos-2:])
	return size == utf8.UTFMax
}
