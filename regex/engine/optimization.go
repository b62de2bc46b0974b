package engine

import (
	"fmt"
	"strings"
)

// Optimizations are what PCRE2 does less than a pattern says, by the names that its options have without NO_.
type Optimizations struct {
	// StartOptimize has it look for where a match can begin and for what has to be in it, AutoPossess make repeats
	// possessive where that changes no match.
	StartOptimize, AutoPossess bool
}

// The names of them.
const (
	startOptimize = "start-optimize"
	autoPossess   = "auto-possess"
)

// ParseOptimizations reads names with commas between them, "all", or "" for none.
func ParseOptimizations(names string) (Optimizations, error) {
	var o Optimizations
	if names == "" {
		return o, nil
	}
	for name := range strings.SplitSeq(names, ",") {
		switch strings.TrimSpace(name) {
		case startOptimize:
			o.StartOptimize = true
		case autoPossess:
			o.AutoPossess = true
		case "all":
			o = Optimizations{StartOptimize: true, AutoPossess: true}
		default:
			return o, fmt.Errorf("no optimisation %q: there are %s and %s, and all", name, startOptimize, autoPossess)
		}
	}
	return o, nil
}

// String returns the names, as ParseOptimizations reads them.
func (o Optimizations) String() string {
	var names []string
	if o.StartOptimize {
		names = append(names, startOptimize)
	}
	if o.AutoPossess {
		names = append(names, autoPossess)
	}
	return strings.Join(names, ",")
}

// Starts are what PCRE2 knows of where matches can be.
type Starts struct {
	// First are the bytes with which each match begins, or nil when they are not known. OneFirst says that they are one
	// character's, and not a set's.
	First    *[256]bool
	OneFirst bool
	// LineStart says that matches begin at the start of a line, and Anchored that they begin where the search does.
	LineStart, Anchored bool
	MinLength           int // in bytes at least
	// Last are the bytes of which there is one in each match, or nil when they are not known. In a rest of LastLimit bytes
	// it is not looked for, when the pattern is anchored; else in one of a thousand times that.
	Last      *[256]bool
	LastLimit int
}
