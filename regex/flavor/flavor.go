// Package flavor says what each dialect of regular expressions has, as data.
//
// A flavor is a dialect: its syntax and its meaning. The programs that run a
// dialect are engines, and live in regex/engine; a flavor may have several of
// them, or none on a given machine. Everything here is a row of a table, so
// that a new flavor is a new row.
package flavor

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// A Flavor is one dialect. The values that this package returns are shared and
// must not be changed.
type Flavor struct {
	// Name is the canonical name, as in --flavor and in the batch contract.
	Name string
	// Label is the name as people write it.
	Label string
	// Aliases are other names that Lookup accepts.
	Aliases []string
	// Set is the set of this flavor alone, as in [Row.In].
	Set Set
	// Flags are the flags that a user may set for a whole pattern, in the order
	// in which they are shown.
	Flags []Flag
	// Grammar is what else the parser has to know.
	Grammar Grammar
	// Semantics is what the same syntax means here and not elsewhere.
	Semantics *Semantics
}

// A Flag is one single-letter flag with the flavor's own meaning of it.
type Flag struct {
	// Letter is an ASCII letter. Case matters: Go's U is not u.
	Letter byte
	// Name is a word or two, such as "ignore case".
	Name string
	// Meaning is one sentence for a tooltip.
	Meaning string
}

// All returns every flavor, in the order in which they are shown.
func All() []*Flavor { return slices.Clone(table) }

// Lookup finds a flavor by its name or one of its aliases, whatever the case.
// The error is an [*UnknownError] that names the flavors there are.
func Lookup(name string) (*Flavor, error) {
	for _, f := range table {
		if strings.EqualFold(f.Name, name) {
			return f, nil
		}
		for _, alias := range f.Aliases {
			if strings.EqualFold(alias, name) {
				return f, nil
			}
		}
	}
	return nil, &UnknownError{Kind: "flavor", Got: name, Have: names(), Also: aliases()}
}

// CheckFlags returns flags with each letter once, in the order of the flavor's
// table, so that equal sets of flags are equal strings. A letter that the
// flavor does not have is an [*UnknownError] that names those it has.
func (f *Flavor) CheckFlags(flags string) (string, error) {
	for i, letter := range flags {
		if !f.HasFlag(letter) {
			_, size := utf8.DecodeRuneInString(flags[i:])
			return "", &UnknownError{Kind: f.Label + " flag", Got: flags[i : i+size], Have: f.letters()}
		}
	}
	set := make([]byte, 0, len(f.Flags))
	for _, flag := range f.Flags {
		if strings.IndexByte(flags, flag.Letter) >= 0 {
			set = append(set, flag.Letter)
		}
	}
	return string(set), nil
}

// HasFlag reports whether the flavor has a flag of this letter.
func (f *Flavor) HasFlag(letter rune) bool {
	return slices.ContainsFunc(f.Flags, func(flag Flag) bool { return rune(flag.Letter) == letter })
}

func (f *Flavor) letters() []string {
	letters := make([]string, len(f.Flags))
	for i, flag := range f.Flags {
		letters[i] = string(flag.Letter)
	}
	return letters
}

func names() []string {
	all := make([]string, len(table))
	for i, f := range table {
		all[i] = f.Name
	}
	return all
}

func aliases() (all []string) {
	for _, f := range table {
		all = append(all, f.Aliases...)
	}
	return all
}

// An UnknownError says that there is no such flavor or flag.
type UnknownError struct {
	Kind string   // what was looked up: "flavor", "Go flag"
	Got  string   // the name that nobody knows
	Have []string // the names there are
	Also []string // their other names, which are not listed
	// Elsewhere is the name of the flavor that has what was looked up in another, or "".
	Elsewhere string
}

// Error names what there is, and what may have been meant.
func (e *UnknownError) Error() string {
	meant := ""
	if near := Nearest(e.Got, append(slices.Clone(e.Have), e.Also...)); near != "" {
		meant = fmt.Sprintf(": did you mean %s?", near)
	}
	message := fmt.Sprintf("unknown %s %q%s (there are: %s)", e.Kind, e.Got, meant, strings.Join(e.Have, ", "))
	if e.Elsewhere != "" {
		message += fmt.Sprintf("; the flavor %s has it", e.Elsewhere)
	}
	return message
}
