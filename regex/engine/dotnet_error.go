package engine

import (
	"fmt"

	"github.com/dlclark/regexp2/v2"

	"github.com/regexdbg/regexdbg/regex/syntax"
)

type dotnetSource struct {
	pattern string
	options regexp2.RegexOptions
}

func (s dotnetSource) check() error { return nil }

func (s dotnetSource) compile() (re *regexp2.Regexp, err error) {
	defer func() {
		if e := recover(); e != nil {
			err = fmt.Errorf("regexp2 failed: %s", clip(fmt.Sprint(e)))
		}
	}()
	return regexp2.Compile(s.pattern, s.options, regexp2.OptionMaxBacktrackingStackSize(maxBacktrack))
}

func (s dotnetSource) diagnose(err error) *syntax.Error {
	return &syntax.Error{Code: "invalid", Message: clip(err.Error()), Span: syntax.Span{End: len(s.pattern)}}
}
