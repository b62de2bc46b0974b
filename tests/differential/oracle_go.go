package differential

import (
	"context"
	_ "embed"
	"errors"
	"regexp"
	"regexp/syntax"
	"runtime"
	"strings"
)

// goOracle is the toolchain's regexp.
type goOracle struct{}

func (goOracle) Flavor() string { return "go" }
func (goOracle) Engine() string { return "regexp " + runtime.Version() }
func (goOracle) Text() bool     { return false } // it refuses what is not valid UTF-8 itself

// Fingerprint changes with this file too.
func (o goOracle) Fingerprint() string { return o.Engine() + "\n" + oracleGoSource }

//go:embed oracle_go.go
var oracleGoSource string

func (goOracle) Close() error { return nil }

func (goOracle) Ask(ctx context.Context, queries []Query) ([]Answer, error) {
	answers := make([]Answer, len(queries))
	for i, q := range queries {
		if err := context.Cause(ctx); err != nil {
			return nil, err
		}
		answers[i] = askGo(q)
	}
	return answers, nil
}

func askGo(q Query) Answer {
	source := q.Pattern
	if q.Flags != "" {
		source = "(?" + q.Flags + ")" + source
	}
	re, err := regexp.Compile(source)
	if err != nil {
		a := Answer{Error: err.Error(), Offset: -1}
		if bad, ok := errors.AsType[*syntax.Error](err); ok {
			a.Error = bad.Code.String()
			// The offending part is a piece of the pattern; when there is only one such piece, that is the place.
			if bad.Expr != q.Pattern && bad.Expr != "" && strings.Count(q.Pattern, bad.Expr) == 1 {
				a.Offset = strings.Index(q.Pattern, bad.Expr)
			}
		}
		return a
	}
	a := Answer{OK: true, Offset: -1, Groups: re.NumSubexp()}
	for number, name := range re.SubexpNames() {
		if name != "" {
			a.Names = append(a.Names, Name{number, name})
		}
	}
	return a
}
