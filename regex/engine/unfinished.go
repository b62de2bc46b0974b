package engine

import (
	"regexp"
	"strings"

	"github.com/regexdbg/regexdbg/regex/syntax"
)

// An unfinishedGroup is a start of a group that a pattern may end in. Whoever
// types a pattern sees its error at every keystroke, and engines only say that
// there is no such group.
type unfinishedGroup struct {
	start         *regexp.Regexp // what the pattern has from the ( on
	missing, hint string
}

var goUnfinished = []unfinishedGroup{
	{regexp.MustCompile(`^\(\?$`), "its kind has to follow", "as in (?:...), (?i) and (?<name>...)"},
	{regexp.MustCompile(`^\(\?[imsU]*-?[imsU]*$`), ") or : has to follow the flags", goFlags},
	{regexp.MustCompile(`^\(\?(?:P|P?<\w*)$`), "its name has to end with >", "as in (?<name>...) and (?P<name>...)"},
}

// dotnetName is a group's name or number in regexp2.
const dotnetName = `(?:[1-9][0-9]*|[\pL\p{Mn}\p{Pc}][\pL\p{Mn}\p{Nd}\p{Pc}]*)`

var dotnetUnfinished = []unfinishedGroup{
	{regexp.MustCompile(`^\(\?$`), "its kind has to follow", "as in (?:...), (?i), (?<name>...) and (?=...)"},
	{regexp.MustCompile(`^\(\?[imnsx+-]*$`), ") or : has to follow the flags", dotnetFlags},
	{regexp.MustCompile(`^\(\?<` + dotnetName + `?(?:-` + dotnetName + `?)?$`), "its name has to end with >", "as in (?<name>...)"},
	{regexp.MustCompile(`^\(\?'` + dotnetName + `?(?:-` + dotnetName + `?)?$`), "its name has to end with '", "as in (?'name'...)"},
	{regexp.MustCompile(`^\(\?\(\?<?$`), "the kind of its condition has to follow", "as in (?(?=a)yes|no) and (?(?<!a)yes|no)"},
}

// explainUnfinished explains the error of a group that the pattern ends in the
// start of. It returns false when it is not such an error.
func explainUnfinished(e *syntax.Error, pattern string, groups []unfinishedGroup) bool {
	// No start has another ( in it but that of a condition.
	open := strings.LastIndexByte(pattern[:e.Span.Start+1], '(')
	if open < 0 {
		return false
	}
	for _, group := range groups {
		if group.start.MatchString(pattern[open:]) {
			e.Code, e.Message, e.Hint = "unfinished-group", "this group is not finished: "+group.missing, group.hint
			e.Span = syntax.Span{Start: open, End: len(pattern)}
			return true
		}
	}
	return false
}
