package engine

import (
	resyntax "regexp/syntax"

	"github.com/regexdbg/regexdbg/regex/syntax"
)

func (s goSource) diagnose(bad *resyntax.Error) *syntax.Error {
	return &syntax.Error{Code: "invalid", Message: bad.Error(), Span: syntax.Span{End: len(s.pattern)}}
}
