package wire

import "github.com/regexdbg/regexdbg/regex/explain"

// NewExplanation says in one list what an explanation says in a tree. It takes
// time linear in the number of items.
func NewExplanation(version int, e *explain.Explanation, positions *Positions) Explanation {
	x := Explanation{Type: TypeExplanation, Version: version, Summary: e.Summary, Items: []ExplanationItem{}}
	if x.Summary == nil {
		x.Summary = []string{}
	}
	x.add(e.Items, 0, positions)
	return x
}

func (x *Explanation) add(items []*explain.Item, depth int, positions *Positions) {
	for _, item := range items {
		x.Items = append(x.Items, ExplanationItem{
			Depth: depth, Kind: item.Kind, Title: item.Title, Details: item.Details,
			From: positions.Unit(item.Span[0]), To: positions.Unit(item.Span[1]),
			Group: item.Group, Flags: item.Flags, Error: item.Error,
		})
		x.add(item.Children, depth+1, positions)
	}
}
