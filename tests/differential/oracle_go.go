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

func compileGo(q Query) (*regexp.Regexp, error) {
	source := q.Pattern
	if q.Flags != "" {
		source = "(?" + q.Flags + ")" + source
	}
	return regexp.Compile(source)
}

func (goOracle) Search(ctx context.Context, searches []Search) ([]Found, error) {
	found := make([]Found, len(searches))
	for i, s := range searches {
		if err := context.Cause(ctx); err != nil {
			return nil, err
		}
		re, err := compileGo(s.Query)
		if err != nil {
			found[i].Refused = err.Error()
			continue
		}
		found[i].Texts = make([]Matches, len(s.Texts))
		for j, text := range s.Texts {
			for _, span := range re.FindAllStringSubmatchIndex(text, MaxMatches) {
				found[i].Texts[j].Spans = append(found[i].Texts[j].Spans, span)
				if span[0] == span[1] {
					break
				}
			}
		}
	}
	return found, nil
}

func askGo(q Query) Answer {
	re, err := compileGo(q)
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
