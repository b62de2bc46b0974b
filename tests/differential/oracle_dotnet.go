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
	return patiently(ctx, o, queries, askDotNet, Answer{Unknown: "hangs", Offset: -1})
}

// patiently asks about each question, and leaves those behind that hang.
func patiently[Q, A any](ctx context.Context, o *dotnetOracle, questions []Q, ask func(Q) A, unknown A) ([]A, error) {
	answers := make([]A, len(questions))
	for i, q := range questions {
		if o.stuck == maxStuck {
			return nil, fmt.Errorf("regexp2 hung %d times, the last time before %+v", maxStuck, q)
		}
		done := make(chan A, 1)
		go func() { done <- ask(q) }()
		deadline := time.NewTimer(compileTime)
		select {
		case answers[i] = <-done:
		case <-deadline.C:
			o.stuck++
			answers[i] = unknown
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
	re, err := compileDotNet(q)
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

// searchLimit ends a search: the clock behind it ticks each 100 ms.
const searchLimit = 100 * time.Millisecond

func (o *dotnetOracle) Search(ctx context.Context, searches []Search) ([]Found, error) {
	return patiently(ctx, o, searches, searchDotNet, Found{Unknown: "hangs"})
}

func searchDotNet(s Search) (f Found) {
	defer func() {
		if e := recover(); e != nil {
			f = Found{Unknown: fmt.Sprint("panics: ", e)}
		}
	}()
	re, err := compileDotNet(s.Query)
	if err != nil {
		return Found{Refused: err.Error()}
	}
	re.MatchTimeout = searchLimit
	for _, text := range s.Texts {
		f.Texts = append(f.Texts, findDotNet(re, text))
	}
	return f
}

func findDotNet(re *regexp2.Regexp, text string) (found Matches) {
	m, err := re.FindStringMatch(text)
	for err == nil && m != nil && len(found.Spans) < MaxMatches {
		var spans []int
		for _, number := range re.GetGroupNumbers() {
			for len(spans) < 2*number { // a number that is not there
				spans = append(spans, -1, -1)
			}
			start, end := -1, -1
			if group := m.GroupByNumber(number); len(group.Captures) > 0 {
				index, length := group.ByteRange()
				start, end = index, index+length
			}
			spans = append(spans, start, end)
		}
		found.Spans = append(found.Spans, spans)
		if spans[0] == spans[1] {
			return found
		}
		m, err = re.FindNextMatch(m)
	}
	if err != nil {
		return Matches{Unknown: true}
	}
	return found
}

func compileDotNet(q Query) (*regexp2.Regexp, error) {
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
	return regexp2.Compile(q.Pattern, options)
}
