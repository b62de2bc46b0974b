package explain

import (
	"fmt"
	"slices"
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// alternation explains alternatives.
func (x *explainer) alternation(n *syntax.Node) *Item {
	title := fmt.Sprintf("one of %d alternatives", len(n.Sub))
	if len(n.Sub) == 2 {
		title = "either of 2 alternatives"
	}
	item := x.item(n, title, "Tried from left to right; the first one with which the rest matches too is taken.")
	for i, branch := range n.Sub {
		if x.room <= 0 {
			rest := syntax.Span{Start: branch.Span.Start, End: n.Span.End}
			item.Children = append(item.Children, x.cut(rest, fmt.Sprintf("more than %d parts: not explained", MaxItems)))
			break
		}
		item.Children = append(item.Children, x.alternative(i+1, branch))
	}
	return item
}

// alternative is one branch. A branch of one part is that part.
func (x *explainer) alternative(number int, branch *syntax.Node) *Item {
	label := fmt.Sprintf("alternative %d", number)
	parts := x.sequence(branch)
	if len(parts) == 1 && len(parts[0].Children) == 0 {
		only := parts[0]
		only.Title = label + ": " + only.Title
		return only
	}
	item := x.item(branch, label)
	item.Kind = "alternative"
	item.Children = parts
	if len(parts) == 0 {
		item.Title += ": nothing"
		item.Details = []string{"It matches the empty text, so that this always succeeds."}
	}
	return item
}

// group explains a pair of parentheses.
func (x *explainer) group(n *syntax.Node) *Item {
	if n.IsLook() && n.Body().Kind == syntax.KindEmpty {
		if n.Negated {
			return x.item(n, "fail: never matches", "The empty text is everywhere, so that it is never missing.")
		}
		return x.item(n, "always matches", "The empty text is everywhere.")
	}
	item := x.item(n, "", x.groupDetails(n)...)
	item.Title = x.groupTitle(n)
	if n.IsCapture() {
		item.Group = n.Number
	}
	item.Children = x.sequence(n.Body())
	if len(item.Children) == 0 {
		item.Details = append(item.Details, "There is nothing in it, so that it matches the empty text.")
	}
	return item
}

func groupName(number int, name string) string {
	switch {
	case name == "":
		return fmt.Sprintf("group %d", number)
	case number == 0:
		return "the group named " + name
	}
	return fmt.Sprintf("group %d, named %s", number, name)
}

func (x *explainer) groupTitle(n *syntax.Node) string {
	not := ""
	if n.Negated {
		not = "not "
	}
	switch n.Op {
	case syntax.OpCapture:
		return groupName(n.Number, n.Text)
	case syntax.OpNonCapture:
		return "a group that captures nothing"
	case syntax.OpFlagsGroup:
		return "a group with other flags: " + x.flagWords(n.Text)
	case syntax.OpAtomic:
		return "an atomic group"
	case syntax.OpLookahead:
		return not + "followed by"
	case syntax.OpLookbehind:
		return not + "preceded by"
	case syntax.OpNonAtomicLookahead:
		return "followed by, and tried in other ways too"
	case syntax.OpNonAtomicLookbehind:
		return "preceded by, and tried in other ways too"
	case syntax.OpBranchReset:
		return "a group whose alternatives number their groups alike"
	case syntax.OpBalancing:
		if n.Text == "" {
			return "balancing group: takes the last text of " + n.Other + " away"
		}
		return fmt.Sprintf("balancing %s, in exchange for the last text of %s", groupName(n.Number, n.Text), n.Other)
	case syntax.OpScriptRun:
		return "a script run"
	case syntax.OpAtomicScriptRun:
		return "an atomic script run"
	case syntax.OpAbsent:
		return "any text that does not contain"
	}
	panic(fmt.Sprintf("explain: no words for a group of the kind %d", n.Op))
}

func (x *explainer) groupDetails(n *syntax.Node) []string {
	switch n.Op {
	case syntax.OpAtomic:
		return []string{"The first way in which it matches is final: when what follows fails, no other way is tried."}
	case syntax.OpLookahead, syntax.OpLookbehind:
		return x.lookDetails(n)
	case syntax.OpNonAtomicLookahead, syntax.OpNonAtomicLookbehind:
		return []string{"It takes no text (lookaround).", "When what follows fails, other ways to match it are tried."}
	case syntax.OpBranchReset:
		return []string{"The groups of each alternative have the same numbers as those of the others."}
	case syntax.OpBalancing:
		details := []string{fmt.Sprintf("It matches only if %s has a text; the last one is taken away, so that the one before it counts again.", n.Other)}
		if n.Text != "" {
			details = append(details, fmt.Sprintf("Group %s gets what is between the end of that text and the start of this group.", n.Text))
		}
		return details
	case syntax.OpScriptRun:
		return []string{"What it matches has to be of one script, such as Latin or Greek, as Unicode defines it."}
	case syntax.OpAtomicScriptRun:
		return []string{
			"What it matches has to be of one script, such as Latin or Greek, as Unicode defines it.",
			"The first way in which it matches is final.",
		}
	case syntax.OpAbsent:
		return []string{"As long as possible, shorter when what follows fails."}
	}
	return nil
}

func (x *explainer) lookDetails(n *syntax.Node) []string {
	side, name := "that begins here", "lookahead"
	if n.IsBehind() {
		side, name = "that ends here", "lookbehind"
	}
	captures := x.captures(n)
	if n.Negated {
		details := []string{fmt.Sprintf("It matches where no text %s matches what is in it, and takes no text (negative %s).", side, name)}
		switch {
		case captures && x.is(flavor.InPerl):
			details = append(details, "A group in it can keep what it matched before the rest failed.")
		case captures:
			details = append(details, "Groups in it have no text afterwards.")
		}
		return details
	}
	details := []string{fmt.Sprintf("It matches where a text %s matches what is in it, and takes no text (%s).", side, name)}
	if captures {
		details = append(details, "Groups in it keep their text.")
	}
	return details
}

// captures reports whether there is a capture group in a node.
func (x *explainer) captures(n *syntax.Node) bool {
	i, _ := slices.BinarySearch(x.captureStarts, n.Span.Start)
	return i < len(x.captureStarts) && x.captureStarts[i] < n.Span.End
}

// conditional explains a conditional. Its branches are alternatives.
func (x *explainer) conditional(n *syntax.Node) *Item {
	item := x.item(n, "a condition")
	condition := n.Sub[0]
	define := condition.Kind == syntax.KindCondition && condition.Op == syntax.OpDefine
	if condition.Kind == syntax.KindCondition {
		item.Title = "if " + x.condition(condition)
		if define {
			item.Title = "definitions, for calls from elsewhere"
			item.Details = []string{"What is in here is never matched at this place."}
		}
	} else {
		item.Title = "if this matches"
		below := x.explain(condition)
		below.Title = "the condition: " + below.Title
		if condition.Kind == syntax.KindGroup && !condition.IsLook() {
			below.Details = append(below.Details, "It takes no text.")
		}
		item.Children = append(item.Children, below)
	}
	for i, branch := range n.Sub[1:] {
		label := "then"
		switch {
		case define:
			label = "defined"
		case i > 0:
			label = "else"
		}
		below := x.item(branch, label)
		below.Kind = "alternative"
		below.Children = x.sequence(branch)
		if len(below.Children) == 0 {
			below.Title += ": nothing"
		}
		item.Children = append(item.Children, below)
	}
	if len(n.Sub) == 2 && !define {
		item.Details = append(item.Details, "Otherwise it matches the empty text.")
	}
	return item
}

func (x *explainer) condition(n *syntax.Node) string {
	name := groupOf(n)
	switch n.Op {
	case syntax.OpGroup:
		if x.is(flavor.InDotNet) { // where a balancing group can have taken it away again
			return name + " has a text"
		}
		return name + " has matched before"
	case syntax.OpRecursion:
		switch {
		case n.Text != "" || n.Number > 0:
			return "this is within a call of " + name
		case n.Number == 0:
			return "this is within a recursion of the whole pattern"
		}
		return "this is within a recursion or a call"
	case syntax.OpDefine:
		return "never: what follows is only for calls"
	case syntax.OpVersion:
		return "the version of PCRE2 is " + strings.TrimPrefix(strings.Replace(n.Text, ">=", "at least ", 1), "=")
	}
	panic(fmt.Sprintf("explain: no words for a condition of the kind %d", n.Op))
}

// groupOf names the group that a node refers to.
func groupOf(n *syntax.Node) string {
	if n.Text != "" {
		return "group " + n.Text
	}
	return fmt.Sprintf("group %d", n.Number)
}

// flags explains (?i).
func (x *explainer) flags(n *syntax.Node) *Item {
	item := x.item(n, "flags: "+x.flagWords(n.Text))
	where := "to the end of the group, or of the pattern"
	if x.is(flavor.InPython) {
		where = "in the whole pattern"
	}
	item.Details = []string{"From here " + where + "."}
	if x.is(flavor.InPython) {
		item.Details = []string{"They apply to the whole pattern."}
	}
	return item
}

// flagWords says what flags such as i-m do, or ^i.
func (x *explainer) flagWords(text string) string {
	var words []string
	text = strings.TrimSuffix(text, ":")
	if rest, ok := strings.CutPrefix(text, "^"); ok {
		words, text = append(words, "back to the defaults"), rest
	}
	on, off, _ := strings.Cut(text, "-")
	add := func(letters, state string) {
		for i := 0; i < len(letters); i++ {
			letter := letters[i]
			name := x.flagName(letter)
			if i+1 < len(letters) && letters[i+1] == letter {
				name += " (twice)"
				i++
			}
			words = append(words, name+" "+state)
		}
	}
	add(on, "on")
	add(off, "off")
	if words == nil {
		return "none changed"
	}
	return strings.Join(words, ", ")
}

// inlineFlags are the flags that can only be set within a pattern.
var inlineFlags = map[string]string{
	"python L": "locale", "python u": "Unicode", "perl p": "keep the match", "perl d": "native rules", "perl l": "locale",
	"perl u": "Unicode rules", "ruby a": "ASCII", "ruby d": "Ruby's default rules", "ruby u": "Unicode",
}

func (x *explainer) flagName(letter byte) string {
	for _, flag := range x.flavor.Flags {
		if flag.Letter == letter {
			return flag.Name
		}
	}
	if name, ok := inlineFlags[x.flavor.Name+" "+string(letter)]; ok {
		return name
	}
	return string(letter)
}
