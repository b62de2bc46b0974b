package wire

import (
	"strings"

	"github.com/regexdbg/regexdbg/regex/explain"
)

// NewExplanation says in one list what an explanation says in a tree. It takes
// time linear in the number of items.
func NewExplanation(version int, e *explain.Explanation, positions *Positions) Explanation {
	x := Explanation{Type: TypeExplanation, Version: version, Summary: e.Summary, Words: []ExplanationWords{}, Items: []int{}}
	if x.Summary == nil {
		x.Summary = []string{}
	}
	x.add(e.Items, 0, positions, map[string]int{})
	return x
}

// add adds items and what is in them. said has the indexes of the words so far.
func (x *Explanation) add(items []*explain.Item, depth int, positions *Positions, said map[string]int) {
	for _, item := range items {
		key := strings.Join(append([]string{item.Kind, item.Title, item.Flags, item.Error}, item.Details...), "\x00")
		words, ok := said[key]
		if !ok {
			words = len(x.Words)
			said[key] = words
			x.Words = append(x.Words, ExplanationWords{
				Kind: item.Kind, Title: item.Title, Details: item.Details, Flags: item.Flags, Error: item.Error,
			})
		}
		x.Items = append(x.Items, depth, positions.Unit(item.Span[0]), positions.Unit(item.Span[1]), item.Group, words)
		x.add(item.Children, depth+1, positions, said)
	}
}
