package engine

import (
	"errors"
	"fmt"
	resyntax "regexp/syntax"
	"strings"

	dotnetSyntax "github.com/dlclark/regexp2/v2/syntax"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// treeOf parses a pattern as the flavor does.
func treeOf(name, pattern, flags string) (*syntax.Tree, error) {
	f, err := flavor.Lookup(name)
	if err != nil {
		return nil, err
	}
	return syntax.Parse(pattern, f, flavor.FlagsOf(flags)), nil
}

// refused is the error of a pattern that an engine refuses, in its own words. It says little
// of where: the first error of the tree does, and its words are a hint, unless they are the
// same. Whether a pattern is good, the engine decides: where the tree finds nothing wrong,
// the error is about the whole pattern.
func refused(tree *syntax.Tree, err error) *syntax.Error {
	own := clip(ownWords(tree.Pattern, err))
	if len(tree.Errors) == 0 {
		return &syntax.Error{Code: "invalid", Message: own, Span: syntax.Span{Start: 0, End: len(tree.Pattern)}}
	}
	e := *tree.Errors[0]
	if strings.HasPrefix(e.Message, own) {
		return &e
	}
	hint := e.Message
	if e.Hint != "" {
		hint += "; " + e.Hint
	}
	e.Message, e.Hint = own, hint
	return &e
}

// ownWords are those of Go's regexp or of regexp2, without the pattern.
func ownWords(pattern string, err error) string {
	if bad, ok := errors.AsType[*resyntax.Error](err); ok {
		if bad.Expr == "" || bad.Expr == pattern || !strings.Contains(pattern, bad.Expr) { // with our flags before it
			return string(bad.Code)
		}
		return fmt.Sprintf("%s: `%s`", bad.Code, bad.Expr)
	}
	words := strings.TrimPrefix(err.Error(), "error parsing regexp: ")
	if bad, ok := errors.AsType[*dotnetSyntax.Error](err); ok {
		words = strings.TrimSuffix(words, " in `"+bad.Expr+"`")
	}
	return words
}

// recoverAs makes a panic of an engine's parser or compiler an error.
func recoverAs(err *error) {
	if e := recover(); e != nil {
		*err = fmt.Errorf("the engine failed: %s", clip(fmt.Sprint(e)))
	}
}
