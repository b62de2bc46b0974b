package differential

import (
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A Place is where an engine says that an error is, and how that differs from what we mark.
type Place struct {
	Record  Record
	Code    string // of our first error
	Message string // the engine's, generalized
	Marked  syntax.Span
}

// elsewhere are the errors that an engine puts at a place that we do not mark, with the reason: the flavor, our code of the
// first error or * for any, and how the engine's message begins.
var elsewhere = []struct{ flavor, code, message, reason string }{
	{"pcre2", "duplicate-name", "#: two named subpatterns", "it has read what ends the name; the name is marked"},
	{"pcre2", "duplicate-name", "#: different names", "it has read what ends the name; the name is marked"},
	{"pcre2", "lookbehind-not-fixed", "#: two named subpatterns", "it has read what ends the name; the name is marked"},
	{"pcre2", "undefined-group", "#: two named subpatterns", "it looks for names that are there twice before it looks for references"},
	{"pcre2", "invalid-escape", "#: ... is not allowed in lookarounds", "it looks for \\K when the pattern is read whole; the \\K is marked"},
	{"pcre2", "undefined-group", "#: reference to non-existent", "it names the parenthesis of a condition; the group's name is marked"},
	{"pcre2", "invalid-group-name", "#: ... is not followed by a braced", "it goes back to what opens the name; the name is marked"},
	{"pcre2", "*", "#: assertion expected after", "it has read the group's name; what is marked is the condition's parenthesis"},
	{"pcre2", "*", "#: atomic assertion expected after", "it has read the group's name; what is marked is the condition's parenthesis"},
	{"pcre2", "unknown-verb", "#: (*VERB) not recognized", "it names the character behind the digits; the option is marked"},
	{"pcre2", "too-deep", "#: parentheses are too deeply", "it has read what opens the group; the parenthesis is marked"},
	{"perl", "*", "Unknown ...", "it reads the argument of (*name:...) before it looks at the name; the name is marked"},
	{"perl", "*", "Illegal pattern", "it has read one character more behind (?+"},
	{"perl", "*", "Sequence (??)", "it has read one character more behind (??"},
	{"perl", "invalid-escape", "Unterminated ", "it has read the sign of a number that is not there; what stands before it is marked"},
	{"perl", "*", "Unmatched (", "it has skipped blanks with x, or a comment, behind the parenthesis that is marked"},
	{"perl", "invalid-group-name", "Group name must start", "it has read what ends the empty name; the place for one is marked"},
	{"perl", "invalid-escape", "Reference to nonexistent group", "it has read to the brace; the part that it takes for a number is marked"},
	// (?[...]) is read twice: for its end, and for what is in it.
	{"perl", "*", "Operand with no preceding operator", perlTwice},
	{"perl", "*", "Incomplete expression within", perlTwice},
	{"perl", "*", "Unexpected ", perlTwice},
	{"perl", "*", "Need exactly # octal digits", perlTwice},
	{"perl", "*", "Invalid [] range", perlTwice},
	{"perl", "*", "Unrecognized escape", perlTwice},
	{"perl", "*", "Syntax error in (?[", perlTwice},
}

const perlTwice = "it has read what follows in (?[...]); the item that is wrong is marked"

// Places compares the places of the errors that both an engine and our parser see and that the engine places. It returns
// how many there are, of how many one of our errors is marked there, and the others that elsewhere does not explain, by
// what it says of those that it does. Marked is what an error's span has in it, or an end of it; what is missing is also
// at the end of the pattern.
func Places(flavorName string, records []Record) (all, same int, explained map[string]int, others []Place) {
	f, err := flavor.Lookup(flavorName)
	if err != nil {
		panic(err) // the caller has it from Flavors
	}
	explained = map[string]int{}
	for _, r := range records {
		if r.Unknown != "" || r.OK || r.Offset < 0 {
			continue
		}
		tree := syntax.Parse(string(r.Bytes), f, flavor.FlagsOf(r.Flags))
		if len(tree.Errors) == 0 {
			continue // which Compare counts
		}
		all++
		if marks(tree, r.Offset) {
			same++
			continue
		}
		first := tree.Errors[0]
		place := Place{r, string(first.Code), generalize(r.Error), first.Span}
		if reason := place.reason(flavorName); reason != "" {
			explained[reason]++
		} else {
			others = append(others, place)
		}
	}
	return all, same, explained, others
}

// marks reports whether one of the errors is at an offset.
func marks(tree *syntax.Tree, offset int) bool {
	for _, e := range tree.Errors {
		if e.Span.Start <= offset && offset <= e.Span.End || strings.HasPrefix(string(e.Code), "missing-") && offset == len(tree.Pattern) {
			return true
		}
	}
	return false
}

// reason is why an engine puts an error elsewhere, or "".
func (p Place) reason(flavorName string) string {
	for _, e := range elsewhere {
		if e.flavor == flavorName && (e.code == "*" || e.code == p.Code) && strings.HasPrefix(p.Message, e.message) {
			return e.reason
		}
	}
	return ""
}
