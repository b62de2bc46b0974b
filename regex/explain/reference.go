package explain

import (
	"fmt"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// target is the number of the group that a node refers to, and its name.
func (x *explainer) target(n *syntax.Node) string {
	if n.Text == "" && n.Number > 0 && n.Number < len(x.tree.Groups) {
		if name := x.tree.Groups[n.Number].Name; name != "" {
			return fmt.Sprintf("group %d (named %s)", n.Number, name)
		}
	}
	return groupOf(n)
}

// backreference explains \1.
func (x *explainer) backreference(n *syntax.Node) *Item {
	item := x.item(n, "the text of "+x.target(n)+", once more")
	item.Group = n.Number
	if n.Op == syntax.OpRelative {
		item.Details = append(item.Details, "The number counts from here.")
	}
	if n.Other != "" {
		item.Details = append(item.Details, fmt.Sprintf("The text that it had at the level %s of the recursion, counted from this one.", n.Other))
	}
	if n.Flags.Has('i') {
		item.Flags = "i"
		item.Title += ", ignoring case"
	}
	if n.Text != "" && x.sharedName(n.Text) {
		switch {
		case x.is(flavor.InPerl | flavor.InPCRE2):
			item.Details = append(item.Details, "Several groups have this name: the first of them that has a text counts.")
		case x.is(flavor.InRuby):
			item.Details = append(item.Details, "Several groups have this name: they are tried from the last one to the first.")
		}
	}
	if x.flavor.Semantics.UnsetMatches {
		item.Details = append(item.Details, "When the group has no text, because it took no part, this matches the empty text.")
	} else {
		item.Details = append(item.Details, "When the group has no text, because it took no part, this does not match.")
	}
	return item
}

// sharedName reports whether several groups have a name.
func (x *explainer) sharedName(name string) bool {
	count := 0
	for _, g := range x.tree.Groups {
		if g.Name == name && g.Node != nil {
			count++
		}
	}
	return count > 1
}

// call explains (?1), (?&name), (?R) and \g<name>.
func (x *explainer) call(n *syntax.Node) *Item {
	item := x.item(n, "")
	if n.Number == 0 && n.Text == "" {
		item.Title = "the whole pattern, again (recursion)"
	} else {
		item.Title = "what " + x.target(n) + " matches, again"
		item.Details = append(item.Details, "The pattern of the group is tried here, and may match another text than the group has.")
		item.Group = n.Number
	}
	if n.Op == syntax.OpRelative {
		item.Details = append(item.Details, "The number counts from here.")
	}
	if !x.is(flavor.InRuby) && len(x.captureStarts) > 0 {
		item.Details = append(item.Details, "Groups that are set in it have their old text again afterwards.")
	}
	return item
}

// verbWords are what the verbs that control backtracking do.
var verbWords = map[string][2]string{
	"ACCEPT": {"accept: the match ends here, successfully", "Within a call, only the call ends."},
	"FAIL":   {"fail: never matches", "What is before it is tried in other ways."},
	"F":      {"fail: never matches", "What is before it is tried in other ways."},
	"COMMIT": {"commit: no second try", "When what follows fails, there is no match at all, from no later place of the text either."},
	"PRUNE":  {"prune: no way back", "When what follows fails, there is no match from this start of the match; the next start is tried."},
	"SKIP":   {"skip: no way back, and no match before here", "When what follows fails, the next start that is tried is this place in the text."},
	"THEN":   {"then: on to the next alternative", "When what follows fails, the next alternative is tried at once, of the innermost group that has alternatives."},
	"MARK":   {"a mark", "Its name is reported with the match, and (*SKIP:name) can refer to it."},
	"":       {"a mark", "Its name is reported with the match, and (*SKIP:name) can refer to it."},
}

// startOptionWords are what PCRE2's options at the start of a pattern do.
var startOptionWords = map[string]string{
	"UTF": "the text is UTF-8", "UCP": "classes go by Unicode",
	"NOTEMPTY": "the empty text is no match", "NOTEMPTY_ATSTART": "the empty text is no match where the search begins",
	"NO_AUTO_POSSESS": "no repeat is made possessive to save time", "NO_START_OPT": "nothing is skipped to find a start sooner",
	"NO_JIT": "no machine code is made", "NO_DOTSTAR_ANCHOR": "a .* at the start is no anchor",
	"LIMIT_HEAP": "a limit of memory", "LIMIT_MATCH": "a limit of steps", "LIMIT_DEPTH": "a limit of depth", "LIMIT_RECURSION": "a limit of depth",
	"CR": "lines end with a carriage return", "LF": "lines end with a line feed", "CRLF": "lines end with a carriage return and a line feed",
	"ANYCRLF": "lines end with a carriage return, a line feed, or both", "ANY": "lines end with all that Unicode has for it",
	"NUL": "lines end with NUL", "BSR_ANYCRLF": `\R is a carriage return, a line feed, or both`, "BSR_UNICODE": `\R is any line break of Unicode`,
}

// verb explains (*NAME:argument).
func (x *explainer) verb(n *syntax.Node) *Item {
	name, limit := n.Text, ""
	for i := range len(name) {
		if name[i] == '=' {
			name, limit = name[:i], name[i+1:]
			break
		}
	}
	if words, ok := startOptionWords[name]; ok {
		item := x.item(n, "option: "+words)
		if limit != "" {
			item.Title += ": " + limit
		}
		return item
	}
	words, ok := verbWords[name]
	if !ok {
		return x.item(n, "a verb that is not known")
	}
	item := x.item(n, words[0], words[1])
	if n.Other != "" {
		item.Title += fmt.Sprintf(", named %s", n.Other)
	}
	if name == "SKIP" && n.Other != "" {
		item.Details = []string{fmt.Sprintf("When what follows fails, the next start that is tried is where the mark %s was passed.", n.Other)}
	}
	return item
}

// callout explains (?C1).
func (x *explainer) callout(n *syntax.Node) *Item {
	what := fmt.Sprintf("with the number %d", n.Number)
	if n.Text != "" {
		what = "with the text " + quoted(n.Text)
	}
	return x.item(n, "a callout "+what, "The program that uses the pattern is told when the match comes here, if it wants to know.")
}

// code explains (?{...}) and (??{...}).
func (x *explainer) code(n *syntax.Node) *Item {
	if n.Op == syntax.OpCodePattern {
		return x.item(n, "a pattern that Perl code makes", "The code is run, and what it returns is matched as a pattern.")
	}
	return x.item(n, "Perl code", "It is run when the match comes here, and matches the empty text.")
}
