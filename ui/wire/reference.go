package wire

import (
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/lint"
)

// NewReference says what there is to look up.
func NewReference() Reference {
	var r Reference
	for _, category := range flavor.Categories() {
		r.Categories = append(r.Categories, string(category))
	}
	for row := range flavor.Features() {
		f := Feature{
			ID: row.ID, Category: string(row.Category), Title: row.Title, Syntax: row.Syntax, Meaning: row.Meaning,
			Examples: []Example{}, Flavors: []string{}, Notes: []Note{},
		}
		if row.Pattern != "" {
			f.Examples = append(f.Examples, Example{Pattern: row.Pattern, Text: row.Text})
		}
		for _, fl := range flavor.All() {
			if row.In&fl.Set != 0 {
				f.Flavors = append(f.Flavors, fl.Name)
			}
			if own, ok := row.Examples[fl.Name]; ok {
				f.Examples = append(f.Examples, Example{
					Flavor: fl.Name, Pattern: own.Pattern, Flags: own.Flags, Text: own.Text,
				})
			}
			if note := row.Notes[fl.Name]; note != "" {
				f.Notes = append(f.Notes, Note{Flavor: fl.Name, Text: note})
			}
		}
		r.Features = append(r.Features, f)
	}
	for _, rule := range lint.Rules() {
		r.Rules = append(r.Rules, Rule{
			Code: string(rule.Code), Severity: rule.Severity.String(), Title: rule.Title, Why: rule.Why,
			Flavor: rule.Flavor, Bad: rule.Bad, Good: rule.Good,
		})
	}
	return r
}
