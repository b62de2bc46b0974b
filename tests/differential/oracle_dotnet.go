package differential

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/dlclark/regexp2/v2"
)

// dotnetOracle is regexp2, in this process. Nothing can stop it: a pattern that takes longer than compileTime keeps its
// goroutine and a core until it is through. maxStuck bounds how many may.
type dotnetOracle struct {
	version string
	stuck   int // goroutines
}

const regexp2Module = "github.com/dlclark/regexp2/v2"

const (
	compileTime = 5 * time.Second
	maxStuck    = 4
)

func (*dotnetOracle) Flavor() string { return "dotnet" }
func (*dotnetOracle) Text() bool     { return true }
func (*dotnetOracle) Close() error   { return nil }

func (o *dotnetOracle) Engine() string { return "regexp2 " + o.version }

func openDotNet(ctx context.Context) (Oracle, error) {
	version, err := command(ctx, ".", "go", "list", "-m", "-f", "{{.Version}}", regexp2Module)
	if err != nil {
		return nil, err
	}
	return &dotnetOracle{version: strings.TrimSpace(string(version))}, nil
}

// Fingerprint changes with this file too.
func (o *dotnetOracle) Fingerprint() string { return o.Engine() + "\n" + oracleDotNetSource }

//go:embed oracle_dotnet.go
var oracleDotNetSource string

func (o *dotnetOracle) Ask(ctx context.Context, queries []Query) ([]Answer, error) {
	answers := make([]Answer, len(queries))
	for i, q := range queries {
		if o.stuck == maxStuck {
			return nil, fmt.Errorf("regexp2 hung %d times, the last time before %q", maxStuck, q.Pattern)
		}
		done := make(chan Answer, 1)
		go func() { done <- askDotNet(q) }()
		deadline := time.NewTimer(compileTime)
		select {
		case answers[i] = <-done:
		case <-deadline.C:
			o.stuck++
			answers[i] = Answer{Unknown: "hangs", Offset: -1}
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
		deadline.Stop()
	}
	return answers, nil
}

func askDotNet(q Query) (a Answer) {
	a.Offset = -1
	defer func() {
		if e := recover(); e != nil {
			a = Answer{Unknown: fmt.Sprint("panics: ", e), Offset: -1}
		}
	}()
	options := regexp2.None
	for _, letter := range q.Flags {
		switch letter {
		case 'i':
			options |= regexp2.IgnoreCase
		case 'm':
			options |= regexp2.Multiline
		case 'n':
			options |= regexp2.ExplicitCapture
		case 's':
			options |= regexp2.Singleline
		case 'x':
			options |= regexp2.IgnorePatternWhitespace
		default:
			panic(errors.New("no flag " + string(letter)))
		}
	}
	re, err := regexp2.Compile(q.Pattern, options)
	if err != nil {
		// regexp2 says "error parsing regexp: REASON in `PATTERN`".
		a.Error = strings.TrimPrefix(strings.TrimSuffix(err.Error(), " in `"+q.Pattern+"`"), "error parsing regexp: ")
		return a
	}
	a.OK = true
	for _, number := range re.GetGroupNumbers() {
		if number == 0 {
			continue
		}
		a.Groups++
		if name := re.GroupNameFromNumber(number); name != strconv.Itoa(number) {
			a.Names = append(a.Names, Name{number, name})
		}
	}
	sortNames(a.Names)
	return a
}
