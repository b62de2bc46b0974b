package explain

import (
	"fmt"
	"slices"
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// summary says what is to be said of the whole pattern.
func (x *explainer) summary() []string {
	var words []string
	if len(x.tree.Errors) > 0 {
		words = append(words, fmt.Sprintf("%s does not accept this pattern: it has %s.", x.flavor.Label, plural(len(x.tree.Errors), "error")))
	} else {
		length := x.lengthWords()
		if x.foldsTexts {
			length = "Letter for letter, it m" + strings.TrimPrefix(length, "M")
		}
		words = append(words, length)
		if x.universe(x.tree.Root).Last == 0xFFFF && x.beyondBMP {
			words = append(words, bmpOnly)
		}
		if x.foldsTexts {
			words = append(words, foldsLongWords)
		}
	}
	words = append(words, x.groupWords())
	if x.keeps {
		return append(words, `What is matched before \K is not part of the match that is reported.`)
	}
	if flags := x.tree.Flags; x.is(flavor.InPCRE2) && flags.Has('A') || x.is(flavor.InJS) && flags.Has('y') {
		words = append(words, "A match is always where the search begins.")
	}
	if anchored := x.anchorWords(); anchored != "" && !x.accepts {
		words = append(words, anchored)
	}
	return words
}

func (x *explainer) lengthWords() string {
	least, most := x.tree.Width(x.tree.Root)
	unit := x.unit(x.tree.Root)
	switch {
	case x.tree.Root.Kind == syntax.KindEmpty:
		return "The pattern is empty: it matches at every place in the text, and takes no text."
	case most == 0:
		return "Matches a place in the text, and takes no text."
	case least == 0 && most == syntax.Unlimited:
		return "Matches a text of any length, even an empty one."
	case least == 0:
		return fmt.Sprintf("Matches at most %s, and may match the empty text.", plural(most, unit))
	case most == syntax.Unlimited:
		return fmt.Sprintf("Matches at least %s.", plural(least, unit))
	case least == most:
		return fmt.Sprintf("Matches exactly %s.", plural(least, unit))
	}
	return fmt.Sprintf("Matches at least %s and at most %s.", count(least), plural(most, unit))
}

// groupWords counts the groups and names them.
func (x *explainer) groupWords() string {
	total, named := 0, 0
	var names []string
	for _, g := range x.tree.Groups[1:] {
		if g.Node == nil {
			continue
		}
		total++
		if g.Name != "" {
			named++
			if !slices.Contains(names, g.Name) {
				names = append(names, g.Name)
			}
		}
	}
	switch {
	case total == 0:
		return "It has no capture groups."
	case len(names) == 0:
		return fmt.Sprintf("It has %s.", plural(total, "capture group"))
	case total == 1:
		return fmt.Sprintf("It has 1 capture group, named %s.", names[0])
	case named == total:
		return fmt.Sprintf("It has %s, named %s.", plural(total, "capture group"), andList(names))
	case named == 1:
		return fmt.Sprintf("It has %s; one is named %s.", plural(total, "capture group"), names[0])
	}
	return fmt.Sprintf("It has %s; %d are named %s.", plural(total, "capture group"), named, andList(names))
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
