package verify

import (
	"fmt"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/syntax"
	"github.com/regexdbg/regexdbg/regex/trace"
)

// Optimized asks PCRE2 what it knows of a pattern, for the machine to do with some of its optimisations. The error is that
// the flavor's engine does not tell, or that PCRE2 does not take the pattern.
func Optimized(tree *syntax.Tree, letters string, with engine.Optimizations) (trace.Optimizations, error) {
	var o trace.Optimizations
	if with == (engine.Optimizations{}) || len(tree.Errors) > 0 {
		return o, nil // the machine does not take what has errors
	}
	if !HasCallouts(tree.Flavor) {
		return o, fmt.Errorf("only the engine of the flavor pcre2 tells its optimisations, not that of %s", tree.Flavor.Name)
	}
	starts, possessive, err := engine.Optimized([]byte(tree.Pattern), letters)
	if err != nil {
		return o, err
	}
	if with.AutoPossess {
		o.Possessive = possessive
	}
	if with.StartOptimize {
		converted := trace.Starts(starts)
		o.Starts = &converted
	}
	return o, nil
}
