// Package differential asks the real engines what they think of a pattern: whether they accept it, how many groups it
// has and how these are called. It is what our parser has to agree with.
//
// An [Oracle] is one engine; [Open] starts it. [Load] collects patterns that we did not write, from the toolchain, from
// package registries and from Debian's sources. Of them this repository has only what the lists of exceptions quote: patterns
// of 60 bytes at most, and of longer ones how they begin, with a hash. [Generate] makes more. [Compare] puts a parser's
// answers beside an oracle's.
package differential

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// A Query is a pattern, as bytes, with the flags that its whole has, as the letters of regex/flavor.
type Query struct {
	Flags   string
	Pattern string
}

// An Answer is what an engine says of a pattern.
type Answer struct {
	OK bool
	// Unknown says why there is no answer: the engine crashed, hung, or ran out of memory or stack. Then OK is false,
	// and that says nothing about the pattern.
	Unknown string
	// Error is the engine's own text when it refused the pattern, without a copy of the pattern.
	Error string
	// Offset is where the engine puts the error, in bytes from the start of the pattern; -1 where it does not say.
	Offset int
	// Groups is how many groups capture, without the whole match. Where numbers can have gaps (.NET) the gaps do not
	// count.
	Groups int
	// Names are the groups that have a name, in the order of their numbers. One name can be that of several groups.
	Names []Name
}

// A Name is a named group. Number is 0 where the engine only tells the order (node).
type Name struct {
	Number int    `json:"number"`
	Name   string `json:"name"`
}

func (a Answer) String() string {
	switch {
	case a.Unknown != "":
		return "unknown: " + a.Unknown
	case !a.OK:
		return fmt.Sprintf("refused at %d: %s", a.Offset, a.Error)
	}
	return fmt.Sprintf("groups %d, names %v", a.Groups, a.Names)
}

// sortNames sorts by number, and the names of one number, whose order engines do not tell, as text. Where numbers are
// not known, the order stays.
func sortNames(names []Name) {
	slices.SortStableFunc(names, func(a, b Name) int {
		if a.Number != b.Number || a.Number == 0 {
			return a.Number - b.Number
		}
		return strings.Compare(a.Name, b.Name)
	})
}

// An Oracle is a real engine of a flavor. Its methods are for one goroutine at a time.
type Oracle interface {
	Flavor() string
	// Engine is the engine's name and version, such as "perl 5.36.0".
	Engine() string
	// Text says that the engine takes patterns as text: those that are not valid UTF-8 cannot be asked about.
	Text() bool
	// Ask answers each query, in order. A pattern that an engine dies of gets an answer too, with Unknown. The error
	// is ctx's, or that the engine does not work at all.
	Ask(ctx context.Context, queries []Query) ([]Answer, error)
	// Search searches each of the texts for its pattern, in order. The error is as that of Ask.
	Search(ctx context.Context, searches []Search) ([]Found, error)
	// Fingerprint is of all that the answers depend on besides the question: the engine and how it is asked.
	Fingerprint() string
	// Close ends the engine's processes.
	Close() error
}

// Flavors are those that have an oracle.
var Flavors = []string{"go", "dotnet", "pcre2", "js", "python", "perl", "java", "ruby"}

// FlagSets are the sets of flags that a flavor's oracle is asked with: those that change the syntax.
var FlagSets = map[string][]string{
	"go":     {""},
	"dotnet": {"", "x", "n"},
	"pcre2":  {"", "x", "u"},
	"js":     {"", "u", "v"},
	"python": {"", "x"},
	"perl":   {"", "x", "n"},
	"java":   {"", "x"},
	"ruby":   {"", "x"},
}

// Open starts the oracle of a flavor. The error is [ErrUnavailable] where its engine is missing.
func Open(ctx context.Context, flavor string) (Oracle, error) {
	switch flavor {
	case "go":
		return goOracle{}, nil
	case "dotnet":
		return openDotNet(ctx)
	}
	program, ok := children[flavor]
	if !ok {
		return nil, fmt.Errorf("no oracle for flavor %q", flavor)
	}
	o, err := openChild(ctx, flavor, program)
	if err != nil {
		return nil, err // not o, which would be a nil pointer in an interface
	}
	return o, nil
}
