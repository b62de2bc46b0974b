package trace

import (
	"fmt"
	"reflect"
	"regexp"
	goregexp "regexp/syntax"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A GoMatcher is how the regexp package of the running toolchain matches a pattern. It has three ways, which find the
// same: the machine of threads is the one that works for all patterns and texts.
type GoMatcher struct {
	// Name is "one-pass", "backtracker" or "threads", or "" when this toolchain does not tell.
	Name string
	// Why says in a sentence why it is this one.
	Why string
	// Prefix is the text that every match begins with. Where no thread is alive, a search goes on at the next place
	// where it stands, which the machine of threads here does not do. Whole says that it is all of the pattern.
	Prefix string
	Whole  bool
	// Insts is the number of instructions of its program.
	Insts int
}

// GoMatcherOf says how Go matches a pattern in a text of so many bytes. The pattern must be a valid one of flavor go.
// It asks the package itself, by looking into the compiled pattern.
func GoMatcherOf(tree *syntax.Tree, textBytes int) (GoMatcher, error) {
	pattern := tree.Pattern
	if flags := tree.Flags.String(); flags != "" {
		pattern = "(?" + flags + ")" + pattern
	}
	if tree.Flavor.Set != flavor.InGo {
		return GoMatcher{}, fmt.Errorf("%s is not Go", tree.Flavor.Label)
	}
	re, err := regexp.Compile(pattern)
	if err != nil {
		return GoMatcher{}, err
	}
	parsed, err := goregexp.Parse(pattern, goregexp.Perl)
	if err != nil {
		return GoMatcher{}, err
	}
	program, err := goregexp.Compile(parsed.Simplify())
	if err != nil {
		return GoMatcher{}, err
	}
	g := GoMatcher{Insts: len(program.Inst)}
	g.Prefix, g.Whole = re.LiteralPrefix()
	compiled := reflect.ValueOf(re).Elem()
	onePass, longest := compiled.FieldByName("onepass"), compiled.FieldByName("maxBitStateLen")
	switch {
	case !onePass.IsValid() || onePass.Kind() != reflect.Pointer || !longest.CanInt():
		g.Why = "This toolchain's regexp is not one that could be looked into."
	case !onePass.IsNil():
		g.Name, g.Why = "one-pass", "The pattern begins with ^ or \\A, and at every place the next character decides what to do: no second thread is ever needed."
	case longest.Int() == 0:
		g.Name, g.Why = "threads", fmt.Sprintf("The program has %d instructions, too many for Go's backtracker.", g.Insts)
	case textBytes >= int(longest.Int()):
		g.Name, g.Why = "threads", fmt.Sprintf("With a program of %d instructions, Go backtracks in texts of less than %d bytes, and this one has %d.", g.Insts, longest.Int(), textBytes)
	default:
		g.Name, g.Why = "backtracker", fmt.Sprintf("The program has %d instructions and the text %d bytes, few enough to remember every pair of both that was tried: it backtracks, and never tries one twice.", g.Insts, textBytes)
	}
	return g, nil
}
