package flavor

import "iter"

// A Feature is a piece of syntax that some flavors have: the key of the feature
// table, from which the parser, the reference and the conversions are made.
type Feature uint8

// A Set is a set of flavors.
type Set uint16

// Sets of one flavor each, in the order of the table of flavors.
const (
	InGo Set = 1 << iota
	InDotNet
	InPCRE2
	InJS
	InPython
	InPerl
	InJava
	InRuby

	Everywhere = 1<<iota - 1
)

// A Row is what the feature table says of one feature.
type Row struct {
	Feature Feature
	// ID is the stable name, such as "lookbehind".
	ID string
	// Category is the heading that it stands under.
	Category Category
	// Title is what it is called, such as "Lookbehind".
	Title string
	// Syntax is how it is written, such as "(?<=...)".
	Syntax string
	// Meaning is one or two sentences that say what it matches or does.
	Meaning string
	// Pattern and Text are an example without flags: the pattern matches in the
	// text in every flavor that has the feature and no example of its own.
	Pattern, Text string
	// Examples are those of flavors that need another one, by their names.
	Examples map[string]Example
	// In is the set of the flavors that have it.
	In Set
	// Notes are what is particular in a flavor, by its name. A note of a flavor
	// that is not in In says why, or what the same text means there.
	Notes map[string]string
}

// An Example is a pattern, its flags, and a text in which it matches.
type Example struct{ Pattern, Flags, Text string }

// Example returns the example for a flavor, which should be one of those in In.
func (r *Row) Example(f *Flavor) Example {
	if own, ok := r.Examples[f.Name]; ok {
		return own
	}
	return Example{Pattern: r.Pattern, Text: r.Text}
}

// A Category is a heading of the feature table.
type Category string

// The categories, in the order in which the reference shows them.
const (
	Characters  Category = "Characters"
	Classes     Category = "Character classes"
	Anchors     Category = "Anchors and boundaries"
	Groups      Category = "Groups"
	Lookaround  Category = "Lookaround"
	Repeats     Category = "Repeats"
	References  Category = "References and calls"
	Conditions  Category = "Conditionals"
	Modes       Category = "Flags and comments"
	ControlFlow Category = "Control and code"
)

// Categories are all of them in order.
func Categories() []Category {
	return []Category{Characters, Classes, Anchors, Groups, Lookaround, Repeats, References, Conditions, Modes, ControlFlow}
}

// Features yields the rows of the feature table in order.
func Features() iter.Seq[*Row] {
	return func(yield func(*Row) bool) {
		for i := range rows {
			if !yield(&rows[i]) {
				return
			}
		}
	}
}

// Row returns the feature's row.
func (f Feature) Row() *Row { return &rows[rowOf[f]] }

// In returns the set of the flavors that have the feature.
func (f Feature) In() Set { return having[f] }

// Has reports whether the flavor has the feature.
func (f *Flavor) Has(feature Feature) bool { return having[feature]&f.Set != 0 }

// having are the sets of the flavors that have each feature, apart from the rows,
// because the parser asks for every few bytes of a pattern.
var having = func() (sets [featureCount]Set) {
	for i := range rows {
		sets[rows[i].Feature] = rows[i].In
	}
	return sets
}()

var rowOf = func() (index [featureCount]uint8) {
	for i := range rows {
		index[rows[i].Feature] = uint8(i)
	}
	return index
}()
