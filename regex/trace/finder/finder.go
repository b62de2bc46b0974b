// Package finder reads what somebody types to look for steps of a trace, such as
//
//	group 2 changes
//	failed token \d offset 12
//	backtrack 3 token a+ or match
//	"ignoring case"
//
// Terms beside each other all have to hold for a step, and of what stands between the word or, one. They are:
//
//   - group and its number or name: it is set, or loses its text by backtracking or a new attempt; changes may follow.
//   - token and a part of the pattern as it is written there, in quotes when it has spaces; or token and @12, the smallest
//     part at offset 12 of the pattern, in bytes.
//   - offset 12, or any of 12-20: where the machine is in the text behind the step.
//   - the name of a [trace.Kind]; backtrack may have a number, which backtrack of the token it is.
//   - words in double quotes, in which \" is a quote: the step's sentence has them, in any case.
package finder

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/syntax"
	"github.com/regexdbg/regexdbg/regex/trace"
)

// MaxQuery is the longest text in bytes that is read: nobody types more.
const MaxQuery = 4096

// A Subject is what is searched.
type Subject struct {
	Pattern string
	Trace   trace.Trace
	// Say says a step in a sentence.
	Say func(*trace.Event) string
	// Offset returns the byte offset of a number that somebody types for a place in the text, or false for none.
	Offset func(n int) (int, bool)
}

// An Error says what in a query is wrong. Its span is in bytes of the query.
type Error struct {
	Span    syntax.Span
	Message string
}

func (e *Error) Error() string { return fmt.Sprintf("%s (at %d)", e.Message, e.Span.Start) }

// Parse reads a query. It takes time linear in the query and the pattern. The condition is good for the subject's trace
// and belongs to its goroutine.
func Parse(query string, s Subject) (trace.Condition, *Error) {
	if len(query) > MaxQuery {
		return trace.Condition{}, &Error{syntax.Span{Start: MaxQuery, End: len(query)}, fmt.Sprintf("a search has at most %d bytes", MaxQuery)}
	}
	words, err := split(query)
	if err != nil {
		return trace.Condition{}, err
	}
	p := parser{Subject: s, words: words, end: len(query)}
	return p.alternatives()
}

// A word is a word of a query, or what is in quotes.
type word struct {
	span   syntax.Span
	text   string
	quoted bool
}

// split makes words. In quotes a backslash is itself, as in a pattern, but before a quote.
func split(query string) ([]word, *Error) {
	var words []word
	for i := 0; i < len(query); {
		r, size := utf8.DecodeRuneInString(query[i:])
		switch {
		case unicode.IsSpace(r):
			i += size
		case r == '"':
			text, end, ok := quoted(query, i)
			if !ok {
				return nil, &Error{syntax.Span{Start: i, End: len(query)}, "the closing quote is missing"}
			}
			words = append(words, word{syntax.Span{Start: i, End: end}, text, true})
			i = end
		default:
			end := strings.IndexFunc(query[i:], unicode.IsSpace)
			if end < 0 {
				end = len(query) - i
			}
			words = append(words, word{syntax.Span{Start: i, End: i + end}, query[i : i+end], false})
			i += end
		}
	}
	return words, nil
}

// quoted reads what is in quotes from a place on: \" is a quote.
func quoted(query string, at int) (text string, end int, ok bool) {
	var b strings.Builder
	for i := at + 1; i < len(query); i++ {
		switch {
		case query[i] == '"':
			return b.String(), i + 1, true
		case strings.HasPrefix(query[i:], `\"`):
			i++
		}
		b.WriteByte(query[i])
	}
	return "", 0, false
}

type parser struct {
	Subject
	words []word
	at    int
	end   int // of the query
}

// alternatives reads all of it.
func (p *parser) alternatives() (trace.Condition, *Error) {
	var all []trace.Condition
	for {
		one, err := p.together()
		if err != nil {
			return trace.Condition{}, err
		}
		all = append(all, one)
		if p.at == len(p.words) {
			break
		}
		p.at++ // or
	}
	if len(all) == 1 {
		return all[0], nil
	}
	return trace.Condition{Any: all}, nil
}

// A conjunction is what has to hold together.
type conjunction struct {
	trace.Condition
	tokens [][]int // for each part that was named, those that are written so
	groups []int   // of which one changes: several that share a name
	whens  []func(*trace.Event) bool
	count  *word // of backtrack 3
}

// together reads terms up to the word or, or the end.
func (p *parser) together() (trace.Condition, *Error) {
	var c conjunction
	begun := p.at
	for ; p.at < len(p.words) && !p.is("or"); p.at++ {
		if err := p.term(&c); err != nil {
			return trace.Condition{}, err
		}
	}
	if p.at == begun {
		return trace.Condition{}, p.missing("say what to look for, such as group 2 changes, failed, token x, or \"words\"")
	}
	if c.count != nil && len(c.tokens) == 0 {
		return trace.Condition{}, &Error{c.count.span, "say of which part: backtrack 3 token a+"}
	}
	return c.condition(), nil
}

// condition puts together what was read.
func (c *conjunction) condition() trace.Condition {
	all, count := c.Condition, c.Backtrack
	all.Backtrack = 0
	one := []trace.Condition{{}}
	if len(c.tokens) > 0 {
		one = nil
		for _, token := range c.tokens[0] {
			one = append(one, trace.Condition{Token: &token, Backtrack: count})
		}
	}
	if len(c.groups) > 0 {
		var both []trace.Condition
		for _, condition := range one {
			for _, number := range c.groups {
				condition.Group = &number
				both = append(both, condition)
			}
		}
		one = both
	}
	if len(c.tokens)+len(c.groups) > 0 {
		all.Any = one
	}
	whens := c.whens
	for _, more := range c.tokens[min(1, len(c.tokens)):] {
		whens = append(whens, func(e *trace.Event) bool { return slices.Contains(more, e.Token) })
	}
	if len(whens) > 0 {
		all.When = func(e *trace.Event) bool {
			return !slices.ContainsFunc(whens, func(when func(*trace.Event) bool) bool { return !when(e) })
		}
	}
	return all
}

func (p *parser) is(text string) bool {
	return p.at < len(p.words) && !p.words[p.at].quoted && strings.EqualFold(p.words[p.at].text, text)
}

// next goes to the word behind a keyword.
func (p *parser) next(what string) (word, *Error) {
	if p.at++; p.at == len(p.words) || p.is("or") {
		return word{}, p.missing(what)
	}
	return p.words[p.at], nil
}

// missing says at the present place that something is not there.
func (p *parser) missing(message string) *Error {
	if p.at < len(p.words) {
		return &Error{p.words[p.at].span, message}
	}
	return &Error{syntax.Span{Start: p.end, End: p.end}, message}
}

// kinds are the words for kinds of steps besides their names.
var kinds = map[string]trace.Kind{
	"fails": trace.KindFailed, "failure": trace.KindFailed, "matches": trace.KindMatched, "backtracks": trace.KindBacktrack,
	"backtracked": trace.KindBacktrack,
}

// term reads one, and leaves the parser at its last word.
func (p *parser) term(c *conjunction) *Error {
	w := p.words[p.at]
	name := strings.ToLower(w.text)
	if w.quoted {
		c.whens = append(c.whens, p.says(w.text))
		return nil
	}
	kind, ok := kinds[name]
	if !ok {
		kind, ok = trace.KindOf(name)
	}
	switch {
	case ok:
		return p.kind(c, w, kind)
	case name == "and":
		return nil
	case name == "group":
		return p.group(c)
	case name == "token":
		return p.token(c)
	case name == "offset":
		return p.offset(c)
	}
	return &Error{w.span, fmt.Sprintf("%q is no term of a search: words of a step's sentence are in quotes", w.text)}
}

// says looks for words in sentences.
func (p *parser) says(text string) func(*trace.Event) bool {
	text = strings.ToLower(text)
	return func(e *trace.Event) bool { return strings.Contains(strings.ToLower(p.Say(e)), text) }
}

func (p *parser) kind(c *conjunction, w word, kind trace.Kind) *Error {
	if len(c.Kinds) > 0 && c.Kinds[0] != kind {
		return &Error{w.span, fmt.Sprintf("no step is both %s and %s: write or between them", c.Kinds[0], kind)}
	}
	c.Kinds = []trace.Kind{kind}
	if kind != trace.KindBacktrack || p.at+1 == len(p.words) || p.words[p.at+1].quoted {
		return nil
	}
	next := p.words[p.at+1]
	n, err := strconv.ParseInt(next.text, 10, 64)
	if err != nil {
		return nil
	}
	if n < 1 {
		return &Error{next.span, "backtracks are counted from 1"}
	}
	p.at++
	c.Backtrack, c.count = n, &next
	return nil
}

func (p *parser) group(c *conjunction) *Error {
	w, err := p.next("which group: its number or name")
	if err != nil {
		return err
	}
	var numbers []int
	var known []string
	for _, g := range p.Trace.Groups() {
		if number := strconv.Itoa(g.Number); number == w.text || g.Name != "" && g.Name == w.text {
			numbers = append(numbers, g.Number)
		}
		known = append(known, strings.TrimSpace(fmt.Sprint(g.Number, " ", g.Name)))
	}
	if len(numbers) == 0 {
		return &Error{w.span, fmt.Sprintf("there is no group %s: the groups are %s", w.text, strings.Join(known, ", "))}
	}
	if p.at+1 < len(p.words) && !p.words[p.at+1].quoted && strings.EqualFold(p.words[p.at+1].text, "changes") {
		p.at++
	}
	if c.groups != nil {
		return &Error{w.span, "one group at a time: write or between them"}
	}
	c.groups = numbers
	return nil
}

func (p *parser) token(c *conjunction) *Error {
	w, err := p.next(`which part of the pattern: as it is written there`)
	if err != nil {
		return err
	}
	tokens := p.Trace.Tokens()
	var found []int
	if place, ok := strings.CutPrefix(w.text, "@"); ok && !w.quoted {
		at, err := strconv.Atoi(place)
		if err != nil || at < 0 || at >= len(p.Pattern) {
			return &Error{w.span, fmt.Sprintf("there is no offset %s in the pattern", place)}
		}
		best := -1
		for i, t := range tokens {
			if t.Span.Start <= at && at < t.Span.End && (best < 0 || t.Span.End-t.Span.Start <= tokens[best].Span.End-tokens[best].Span.Start) {
				best = i
			}
		}
		if best >= 0 {
			found = []int{best}
		}
	} else {
		for i, t := range tokens {
			whole := t.Node != nil && t.Node.Span != t.Span && p.Pattern[t.Node.Span.Start:t.Node.Span.End] == w.text
			if i > 0 && (whole || p.Pattern[t.Span.Start:t.Span.End] == w.text) {
				found = append(found, i)
			}
		}
	}
	if len(found) == 0 {
		return &Error{w.span, fmt.Sprintf("no part of the pattern that steps are of is written %s", w.text)}
	}
	c.tokens = append(c.tokens, found)
	return nil
}

func (p *parser) offset(c *conjunction) *Error {
	w, err := p.next("which offset of the text")
	if err != nil {
		return err
	}
	first, last, isRange := strings.Cut(w.text, "-")
	from, ok := p.place(first)
	if !ok {
		return &Error{w.span, fmt.Sprintf("there is no offset %s in the text", first)}
	}
	if !isRange {
		if c.Pos != nil && *c.Pos != from {
			return &Error{w.span, "no step ends at two offsets: write or between them"}
		}
		c.Pos = &from
		return nil
	}
	to, ok := p.place(last)
	if !ok {
		return &Error{w.span, fmt.Sprintf("there is no offset %s in the text", last)}
	}
	c.whens = append(c.whens, func(e *trace.Event) bool { return from <= e.Pos && e.Pos <= to })
	return nil
}

func (p *parser) place(text string) (int, bool) {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return 0, false
	}
	return p.Offset(n)
}
