package engine

import (
	"fmt"

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

// refused is the error of a pattern that an engine refuses. Engines say little of
// where and why: the first error of the tree does. Whether a pattern is good, the
// engine decides, and where the tree finds nothing wrong the words are its.
func refused(tree *syntax.Tree, err error) *syntax.Error {
	if len(tree.Errors) > 0 {
		return tree.Errors[0]
	}
	return &syntax.Error{Code: "invalid", Message: clip(err.Error()), Span: syntax.Span{Start: 0, End: len(tree.Pattern)}}
}

// recoverAs makes a panic of an engine's parser or compiler an error.
func recoverAs(err *error) {
	if e := recover(); e != nil {
		*err = fmt.Errorf("the engine failed: %s", clip(fmt.Sprint(e)))
	}
}
