package regextest

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A Difference is one thing that is not as expected.
type Difference struct {
	Message string // one line
	// Excerpt is the place in the text with marks below: ^ what was found, - what was expected; lines with ends, or "".
	Excerpt string
}

// A comparison compares the matches of a text with those expected.
type comparison struct {
	text        []byte
	groups      []engine.Group
	differences []Difference
}

func (c *comparison) add(d Difference) { c.differences = append(c.differences, d) }

// match compares one match.
func (c *comparison) match(number int, want Expected, got []int) {
	what := fmt.Sprintf("match %d", number)
	c.part(what, got[0], got[1], want.Span, want.Text)
	for _, group := range want.Groups {
		at := c.place(group.Key)
		name := fmt.Sprintf("group %s of match %d", group.Key, number)
		if at < 0 {
			c.add(Difference{Message: fmt.Sprintf("the pattern has no group %s", group.Key)})
			continue
		}
		start, end := got[2*at], got[2*at+1]
		switch {
		case group.None && start >= 0:
			c.add(Difference{fmt.Sprintf("%s is %s, and has to take no part", name, c.said(start, end)), c.excerpt(start, end, nil)})
		case start < 0 && !group.None:
			c.add(Difference{fmt.Sprintf("%s takes no part, expected is %s", name, c.expected(group.Span, group.Text)), c.excerpt(got[0], got[1], group.Span)})
		case !group.None:
			c.part(name, start, end, group.Span, group.Text)
		}
	}
}

// part compares a match or a group that takes part.
func (c *comparison) part(what string, start, end int, span *[2]int, text *string) {
	if (span == nil || *span == [2]int{start, end}) && (text == nil || *text == string(c.text[start:end])) {
		return
	}
	c.add(Difference{fmt.Sprintf("%s is %s, expected is %s", what, c.said(start, end), c.expected(span, text)), c.excerpt(start, end, span)})
}

// place returns which group has a number or a name, or -1.
func (c *comparison) place(key string) int {
	return slices.IndexFunc(c.groups, func(g engine.Group) bool { return g.Name == key || strconv.Itoa(g.Number) == key })
}

// unexpected is about a match beyond those expected.
func (c *comparison) unexpected(number, expected int, got []int) {
	message := fmt.Sprintf("there is a match, %s, and there may be none", c.said(got[0], got[1]))
	if expected > 0 {
		message = fmt.Sprintf("there is a match %d, %s, and %d expected", number, c.said(got[0], got[1]), expected)
	}
	c.add(Difference{message, c.excerpt(got[0], got[1], nil)})
}

// missing is about the first match that there is not.
func (c *comparison) missing(found int, want Expected) Difference {
	d := Difference{Message: fmt.Sprintf("there is no match %d", found+1)}
	if want.Span != nil || want.Text != nil {
		d.Message += ", expected is " + c.expected(want.Span, want.Text)
	}
	if want.Span != nil && want.Span[1] <= len(c.text) {
		d.Excerpt = picture(c.text, syntax.Span{Start: want.Span[0], End: want.Span[1]}, nil)
	}
	return d
}

// said is a place of the text and what is there.
func (c *comparison) said(start, end int) string {
	return fmt.Sprintf("%d-%d %s", start, end, quoted(c.text[start:end]))
}

func (c *comparison) expected(span *[2]int, text *string) string {
	s := ""
	if span != nil {
		s = fmt.Sprintf("%d-%d", span[0], span[1])
		if span[1] > len(c.text) {
			s += fmt.Sprintf(", beyond the text of %d bytes", len(c.text))
		} else if text == nil {
			s += " " + quoted(c.text[span[0]:span[1]])
		}
	}
	if text != nil {
		if s != "" {
			s += " "
		}
		s += quoted([]byte(*text))
	}
	return s
}

func (c *comparison) excerpt(start, end int, want *[2]int) string {
	if want != nil && want[1] > len(c.text) {
		want = nil
	}
	return picture(c.text, syntax.Span{Start: start, End: end}, want)
}

// maxPicture is the longest text that a place is shown in: a longer one would be copied for each difference.
const maxPicture = 64 << 10

// picture shows a place, and another one that was expected.
func picture(text []byte, at syntax.Span, want *[2]int) string {
	if len(text) > maxPicture {
		return ""
	}
	mark := &syntax.Error{Span: at}
	if want != nil {
		mark.Aux = &syntax.Note{Span: syntax.Span{Start: want[0], End: want[1]}, Message: "expected"}
	}
	_, lines, _ := bytes.Cut([]byte(syntax.Caret(mark, text)), []byte("\n"))
	return string(lines)
}

// maxQuoted is how many bytes of a text are shown in quotes.
const maxQuoted = 60

func quoted(b []byte) string {
	if len(b) > maxQuoted {
		return strconv.Quote(string(b[:maxQuoted])) + "..."
	}
	return strconv.Quote(string(b))
}

// replacedDifference says where a text that was replaced is another.
func replacedDifference(got []byte, want string) Difference {
	at := 0
	for at < len(got) && at < len(want) && got[at] == want[at] {
		at++
	}
	tail := 0
	for tail < len(got)-at && tail < len(want)-at && got[len(got)-1-tail] == want[len(want)-1-tail] {
		tail++
	}
	return Difference{
		fmt.Sprintf("the replaced text has %s at byte %d, expected is %s", quoted(got[at:len(got)-tail]), at, quoted([]byte(want[at:len(want)-tail]))),
		picture(got, syntax.Span{Start: at, End: len(got) - tail}, nil),
	}
}
