package engine

import (
	"fmt"

	"github.com/regexdbg/regexdbg/regex/syntax"
)

func checkLength(pattern []byte) error {
	if len(pattern) <= MaxPattern {
		return nil
	}
	return &syntax.Error{
		Code:    "pattern-too-long",
		Message: fmt.Sprintf("the pattern has %d bytes, more than the limit of %d", len(pattern), MaxPattern),
		Span:    syntax.Span{Start: 0, End: len(pattern)},
	}
}
