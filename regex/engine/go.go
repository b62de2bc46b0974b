package engine

import (
	"context"
	"regexp"
	"runtime"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// Go returns the regexp package of the toolchain that built this program.
func Go() Engine { return goEngine{} }

type goEngine struct{}

func (goEngine) Info() Info {
	return Info{Flavor: "go", Name: "regexp", Version: runtime.Version()}
}

func (goEngine) Compile(pattern []byte, flags string) (Program, error) {
	f, err := flavor.Lookup("go")
	if err != nil {
		return nil, err
	}
	flags, err = f.CheckFlags(flags)
	if err != nil {
		return nil, err
	}
	source := string(pattern)
	if flags != "" {
		source = "(?" + flags + ")" + source
	}
	re, err := regexp.Compile(source)
	if err != nil {
		return nil, &syntax.Error{Code: "invalid", Message: err.Error(), Span: syntax.Span{End: len(pattern)}}
	}
	return &goProgram{re: re}, nil
}

type goProgram struct{ re *regexp.Regexp }

func (p *goProgram) Groups() []Group {
	names := p.re.SubexpNames()
	groups := make([]Group, len(names))
	for i, name := range names {
		groups[i] = Group{Number: i, Name: name}
	}
	return groups
}

func (p *goProgram) Search(ctx context.Context, text *Text, from Cursor, budget Budget, yield func(groups []int) bool) Result {
	run := begin(ctx, text, from, budget, yield)
	for _, m := range p.re.FindAllSubmatchIndex(text.Bytes(), -1) {
		if m[0] < from.pos || m[0] == from.pos && from.state != 0 {
			continue
		}
		next := Cursor{pos: m[1]}
		if m[0] == m[1] {
			next.state = 1
		}
		if !run.match(m, next) {
			return run.result
		}
		if run.over() {
			return run.result
		}
	}
	return run.finish()
}
