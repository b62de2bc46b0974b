package lint

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// checkRange warns of [A-z] and [0-z].
func checkRange(l *linter, n *syntax.Node) {
	low, high := n.Sub[0].Runes()[0], n.Sub[1].Runes()[0]
	var fix string
	switch {
	case isUpper(low) && isLower(high):
		fix = fmt.Sprintf("%c-Za-%c", low, high)
	case isDigit(low) && isUpper(high):
		fix = fmt.Sprintf("%c-9A-%c", low, high)
	case isDigit(low) && isLower(high):
		fix = fmt.Sprintf("%c-9A-Za-%c", low, high)
	default:
		return
	}
	l.warn(n.Span, &syntax.Fix{Span: n.Span, Text: fix}, "write "+fix, "the range %s has other characters than letters and digits in it", l.tree.Source(n))
}

func isUpper(r rune) bool { return r >= 'A' && r <= 'Z' }
func isLower(r rune) bool { return r >= 'a' && r <= 'z' }
func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// checkBars warns of [a|b|c]: single characters with bars between them, two at
// least.
func checkBars(l *linter, n *syntax.Node) {
	if n.Negated || len(n.Sub) < 5 || len(n.Sub)%2 == 0 {
		return
	}
	fix := "["
	for i, item := range n.Sub {
		bar := item.Kind == syntax.KindLiteral && item.Op == syntax.OpVerbatim && item.Text == "|"
		if bar != (i%2 == 1) {
			return
		}
		if !bar {
			fix += l.tree.Source(item)
		}
	}
	fix += "]"
	l.warn(n.Span, &syntax.Fix{Span: n.Span, Text: fix}, "write "+fix+" if no bar is meant", "this class matches a bar too")
}

// endings are what comes behind a dot in host and file names.
var endings = []string{
	"com", "org", "net", "edu", "gov", "io", "de", "uk", "html", "htm", "js", "css", "png", "jpg", "jpeg", "gif", "svg", "txt", "log",
	"json", "xml", "csv", "php", "py", "exe", "zip", "gz", "pdf", "example", "localhost",
}

// checkDots warns of a dot between numbers, or between a word and an ending.
func checkDots(l *linter, n *syntax.Node) {
	items := meaning(n)
	for i := 1; i+1 < len(items); i++ {
		if items[i].Kind != syntax.KindDot {
			continue
		}
		before, after := items[i-1], items[i+1]
		if isNumber(before) && isNumber(after) || endsInWord(before) && startsWithEnding(after) {
			l.warn(items[i].Span, &syntax.Fix{Span: items[i].Span, Text: `\.`}, `write \. for the dot itself`, "this dot matches any character")
		}
	}
}

// isNumber reports whether a node is repeated digits.
func isNumber(n *syntax.Node) bool {
	if n.Kind == syntax.KindGroup && (n.Op == syntax.OpCapture || n.Op == syntax.OpNonCapture) {
		return isNumber(n.Body())
	}
	if n.Kind != syntax.KindRepetition || n.Max == 1 {
		return false
	}
	switch digit := n.Sub[0]; digit.Kind {
	case syntax.KindClassEscape:
		return digit.Rune == 'd' && !digit.Negated
	case syntax.KindClass:
		if digit.Negated || len(digit.Sub) != 1 || digit.Sub[0].Kind != syntax.KindRange {
			return false
		}
		ends := digit.Sub[0].Sub
		return isDigit(ends[0].Runes()[0]) && isDigit(ends[1].Runes()[0])
	}
	return false
}

func endsInWord(n *syntax.Node) bool {
	if n.Kind != syntax.KindLiteral || n.Len() < 2 {
		return false
	}
	runes := n.Runes()
	return unicode.IsLetter(runes[len(runes)-1]) && unicode.IsLetter(runes[len(runes)-2])
}

func startsWithEnding(n *syntax.Node) bool {
	if n.Kind != syntax.KindLiteral || n.Op != syntax.OpVerbatim {
		return false
	}
	word := strings.ToLower(n.Text[:len(n.Text)-len(strings.TrimLeftFunc(n.Text, unicode.IsLetter))])
	for _, ending := range endings {
		if word == ending {
			return true
		}
	}
	return false
}

// checkEmptyRepeat warns of \b+ and (?:)*.
func checkEmptyRepeat(l *linter, n *syntax.Node) {
	if _, most := l.tree.Width(n.Sub[0]); most == 0 {
		hint := "leave the repeat out"
		if n.Min == 0 {
			hint = "leave the repeat out if it has to be there, or all of it"
		}
		l.warn(n.Span, nil, hint, "what is repeated here takes no characters")
	}
}

// checkZero warns of a{0}, but not of a group that is there to be called.
func checkZero(l *linter, n *syntax.Node) {
	if n.Max != 0 {
		return
	}
	captures := false
	n.Walk(func(sub *syntax.Node) bool {
		captures = captures || sub.IsCapture()
		return !captures
	})
	if !captures {
		l.warn(n.Span, &syntax.Fix{Span: n.Span}, "leave it out", "zero times is never")
	}
}

// checkRepeatedGroup hints at (a)+, where the group is one character: longer ones
// hold something together more often than they are wanted.
func checkRepeatedGroup(l *linter, n *syntax.Node) {
	group := n.Sub[0]
	if !group.IsCapture() || n.Max == 0 || n.Max == 1 || l.used[group.Number] || l.is(flavor.InDotNet) { // .NET keeps all
		return
	}
	if _, most := l.tree.Width(group); most != 1 {
		return
	}
	l.warn(n.Span, nil, "put the group around the repeat to have all of it", "group %d keeps only what it matched the last time", group.Number)
}

// checkUnused hints at groups without a name that hold alternatives or a
// repeat together, in a pattern that shows by names or references that its
// author means some groups and not these.
func checkUnused(l *linter, n *syntax.Node) {
	if !n.IsCapture() || n.Text != "" || l.used[n.Number] || n.Op != syntax.OpCapture {
		return
	}
	body := n.Body()
	parent := l.parent()
	holds := body.Kind == syntax.KindAlternation || parent != nil && parent.Kind == syntax.KindRepetition
	if !holds || !l.meansGroups() {
		return
	}
	at := syntax.Span{Start: n.Span.Start, End: n.Span.Start + 1}
	l.warn(at, &syntax.Fix{Span: at, Text: "(?:"}, "write (?: if no capture is meant", "nothing in the pattern uses group %d", n.Number)
}

// meansGroups reports whether the pattern names or uses a group.
func (l *linter) meansGroups() bool {
	if len(l.used) > 0 {
		return true
	}
	for _, g := range l.tree.Groups {
		if g.Name != "" {
			return true
		}
	}
	return false
}
