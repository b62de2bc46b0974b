package nomatch

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/explain"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
	"github.com/regexdbg/regexdbg/regex/trace"
)

// A change is one of a part of the pattern. The whole pattern and the words are made when they are needed: a long
// pattern has a change or more for each of its characters, of which few are tried.
type change struct {
	span        syntax.Span
	replacement string
	flag        byte
	format      string // of the words, with args
	args        []any
	cost        int
}

// of returns the changed pattern.
func (c *change) of(pattern string) string {
	if c.flag != 0 {
		return pattern
	}
	return pattern[:c.span.Start] + c.replacement + pattern[c.span.End:]
}

// says is the change in words.
func (c *change) says() string { return fmt.Sprintf(c.format, c.args...) }

// The costs of changes: the bytes that change, and what makes a pattern less exact.
const (
	costOptional = 2
	costWider    = 3
	costDrop     = 4
)

// changes are those that may help, the parts that failed first.
func (x *explanation) changes(failed []trace.Token) []change {
	w := &writer{explanation: x, single: map[*syntax.Node]bool{}}
	x.tree.Root.Walk(func(n *syntax.Node) bool {
		if n.Kind == syntax.KindRepetition {
			w.single[n.Sub[0]] = true
		}
		return true
	})
	w.flags()
	x.tree.Root.Walk(func(n *syntax.Node) bool {
		w.node(n)
		return n.Kind != syntax.KindClass && !(n.IsLook() && n.Negated)
	})
	near := func(c change) int {
		for _, token := range failed {
			if token.Span.Start <= c.span.Start && c.span.End <= token.Span.End || c.span.Start <= token.Span.Start && token.Span.End <= c.span.End {
				return 0
			}
		}
		return 1
	}
	slices.SortStableFunc(w.all, func(a, b change) int { return cmp.Compare(near(a), near(b)) })
	return w.all
}

// A writer writes changes.
type writer struct {
	*explanation
	single map[*syntax.Node]bool // what is repeated
	all    []change
}

// add adds a change of a part of the pattern.
func (w *writer) add(span syntax.Span, replacement string, cost int, format string, args ...any) {
	old := w.tree.Pattern[span.Start:span.End]
	if old == replacement {
		return
	}
	bytes := len(replacement) - len(old)
	if bytes <= 0 {
		bytes = max(1, -bytes)
	}
	w.all = append(w.all, change{
		span: span, replacement: replacement, format: format, args: args, cost: bytes + cost,
	})
}

// A part is one of the pattern as it is written, with its place when it is written in several. It is put into words late:
// that looks through the whole pattern.
type part struct {
	pattern string
	span    syntax.Span
}

func (p part) String() string {
	source := p.pattern[p.span.Start:p.span.End]
	if strings.Count(p.pattern, source) > 1 {
		return fmt.Sprintf("%s at %d", quote(source), p.span.Start)
	}
	return quote(source)
}

func (x *explanation) at(span syntax.Span) part { return part{x.tree.Pattern, span} }

func quote(source string) string { return "`" + explain.Escape(source) + "`" }

// flags adds the flags that let patterns match more.
func (w *writer) flags() {
	ruby := w.tree.Flavor.Set == flavor.InRuby
	dots, lines, letters := false, false, false
	w.tree.Root.Walk(func(n *syntax.Node) bool {
		dots = dots || n.Kind == syntax.KindDot
		lines = lines || n.Kind == syntax.KindAssertion && (n.Rune == '^' || n.Rune == '$')
		letters = letters || n.Kind == syntax.KindClass || n.Kind == syntax.KindLiteral && slices.ContainsFunc(n.Runes(), func(r rune) bool { return unicode.SimpleFold(r) != r })
		return true
	})
	add := func(letter byte, says string) {
		if w.tree.Flavor.HasFlag(rune(letter)) && !w.tree.Flags.Has(letter) {
			w.all = append(w.all, change{flag: letter, format: "%s (flag %c)", args: []any{says, letter}, cost: 1})
		}
	}
	if letters {
		add('i', "ignore case")
	}
	if lines && !ruby {
		add('m', "let `^` and `$` match at line ends too")
	}
	if dots && ruby {
		add('m', "let `.` match line ends too")
	} else if dots {
		add('s', "let `.` match line ends too")
	}
}

// node adds the changes of one node.
func (w *writer) node(n *syntax.Node) {
	source := w.tree.Source(n)
	switch n.Kind {
	case syntax.KindLiteral:
		w.literal(n)
	case syntax.KindDot, syntax.KindClassEscape, syntax.KindProperty, syntax.KindClass, syntax.KindBackreference:
		w.characters(n, n.Span)
	case syntax.KindAssertion:
		w.add(n.Span, "", costDrop, "leave %s out", w.at(n.Span))
		if source == "^" || source == "$" {
			w.add(n.Span, `\`+source, 0, `take %s as the character that it is: \%s`, w.at(n.Span), source)
		}
	case syntax.KindRepetition:
		w.repetition(n)
	case syntax.KindAlternation:
		for _, sub := range n.Sub[:len(n.Sub)-1] {
			if at := sub.Span.End; w.tree.Pattern[at] == '|' {
				w.add(syntax.Span{Start: at, End: at + 1}, `\|`, 0, "take the `|` at %d as the character that it is", at)
			}
		}
	case syntax.KindGroup:
		w.group(n, source)
	}
	if n.Kind == syntax.KindClass && strings.HasPrefix(source, "[") && strings.HasSuffix(source, "]") && len(source) > 2 {
		w.add(n.Span, `\[`+source[1:len(source)-1]+`\]`, 1, "take the brackets of %s as the characters that they are", w.at(n.Span))
	}
}

func (w *writer) group(n *syntax.Node, source string) {
	inner := w.tree.Pattern[n.Body().Span.Start:n.Body().Span.End]
	switch {
	case n.IsLook():
		w.add(n.Span, "", costDrop, "leave %s out", w.at(n.Span))
	case n.Op == syntax.OpAtomic && strings.HasPrefix(source, "(?>"):
		w.add(n.Span, "(?:"+source[3:], costWider, "let %s give back what it has taken", w.at(n.Span))
	case n.IsCapture() && n.Text == "" && source == "("+inner+")":
		w.add(n.Span, `\(`+inner+`\)`, 1, "take the parentheses of %s as the characters that they are", w.at(n.Span))
	}
	if !n.IsLook() && !w.single[n] {
		w.add(syntax.Span{Start: n.Span.End, End: n.Span.End}, "?", costOptional+len(inner), "make %s optional", w.at(n.Span))
	}
}

// literal adds the changes of each character of a literal.
func (w *writer) literal(n *syntax.Node) {
	if n.Op != syntax.OpVerbatim || len(n.Text) != n.Span.End-n.Span.Start {
		w.characters(n, n.Span)
		return
	}
	at := n.Span.Start
	for _, r := range n.Text {
		size := utf8.RuneLen(r)
		if size < 0 || at+size > n.Span.End {
			return // bytes that are not UTF-8
		}
		w.characters(n, syntax.Span{Start: at, End: at + size})
		at += size
	}
}

// characters adds the changes of what matches one character, or a group's text.
func (w *writer) characters(n *syntax.Node, span syntax.Span) {
	source := w.tree.Pattern[span.Start:span.End]
	if !w.single[n] {
		w.add(syntax.Span{Start: span.End, End: span.End}, "?", costOptional, "make %s optional", w.at(span))
	}
	before := syntax.Span{Start: span.Start, End: span.Start}
	if w.atSpace() {
		w.add(before, `\s*`, costOptional, "allow white space before %s: `\\s*`", w.at(span))
	}
	there, words := w.there()
	if there == "" || n.Kind == syntax.KindDot || n.Kind == syntax.KindBackreference {
		return
	}
	switch {
	case n.Kind != syntax.KindClass:
		replacement := "[" + inClass(source, n) + there + "]"
		w.add(span, replacement, 1, "let %s be %s too: %s", w.at(span), words, quote(replacement))
		if n.Kind == syntax.KindClassEscape && n.Rune == 'd' && !n.Negated {
			w.add(span, `\w`, costWider, "let %s be any word character: `\\w`", w.at(span))
		}
	case !n.Negated && strings.HasSuffix(source, "]"):
		replacement := source[:len(source)-1] + there + "]"
		w.add(span, replacement, 1, "let %s be %s too: %s", w.at(span), words, quote(replacement))
	}
}

// inClass is a character or an escape as a class has it.
func inClass(source string, n *syntax.Node) string {
	if n.Kind == syntax.KindLiteral && n.Op == syntax.OpVerbatim && strings.ContainsAny(source, `-^[]\`) {
		return `\` + source
	}
	return source
}

// atSpace reports whether there is white space where the attempt got to.
func (w *writer) atSpace() bool {
	r, _ := utf8.DecodeRune(w.text[min(w.attempt.Furthest, len(w.text)):])
	return unicode.IsSpace(r)
}

// there is the character where the attempt got to, as it is written in a class, and in words; "" when there is none that
// can be written simply.
func (w *writer) there() (written, words string) {
	if w.attempt.Furthest >= len(w.text) {
		return "", ""
	}
	r, size := utf8.DecodeRune(w.text[w.attempt.Furthest:])
	text := string(w.text[w.attempt.Furthest : w.attempt.Furthest+size])
	words = explain.Quote(text)
	switch {
	case r == utf8.RuneError:
		return "", ""
	case r == '\n':
		return `\n`, words
	case r == '\r':
		return `\r`, words
	case r == '\t':
		return `\t`, words
	case r == ' ' || r == '#':
		if w.tree.Flags.Has('x') {
			return fmt.Sprintf(`\x%02x`, r), words
		}
	case strings.ContainsRune(`-^[]\`, r):
		return `\` + text, words
	case !unicode.IsPrint(r):
		return "", ""
	}
	return text, words
}

// repetition adds the changes of how often something is.
func (w *writer) repetition(n *syntax.Node) {
	operator := n.Operator()
	greed := map[syntax.Greed]string{syntax.Lazy: "?", syntax.Possessive: "+"}[n.Greed]
	if text := w.tree.Pattern[operator.Start:operator.End]; len(text) == 1 && strings.Contains("*+?", text) {
		w.add(operator, `\`+text, 0, "take the `%s` of %s as the character that it is: `\\%s`", text, w.at(n.Span), text)
	}
	count := func(least, most int, says string) {
		text := written(least, most)
		w.add(operator, text+greed, costOptional, "%s of %s: %s", says, w.at(n.Span), quote(w.tree.Pattern[n.Span.Start:operator.Start]+text+greed))
	}
	for _, least := range []int{n.Min - 1, 1, 0} {
		if least >= 0 && least < n.Min {
			count(least, n.Max, "allow fewer rounds")
		}
	}
	if n.Max != syntax.Unlimited {
		count(n.Min, syntax.Unlimited, "allow more rounds")
	}
	if n.Greed == syntax.Possessive {
		w.add(operator, strings.TrimSuffix(w.tree.Pattern[operator.Start:operator.End], "+"), costWider, "let %s give back what it has taken", w.at(n.Span))
	}
}

// written is a repeat's operator.
func written(least, most int) string {
	switch {
	case least == 0 && most == syntax.Unlimited:
		return "*"
	case least == 1 && most == syntax.Unlimited:
		return "+"
	case least == 0 && most == 1:
		return "?"
	case most == syntax.Unlimited:
		return fmt.Sprintf("{%d,}", least)
	case least == most:
		return fmt.Sprintf("{%d}", least)
	}
	return fmt.Sprintf("{%d,%d}", least, most)
}
