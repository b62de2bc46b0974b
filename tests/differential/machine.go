package differential

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/regexdbg/regexdbg/regex/syntax"
	"github.com/regexdbg/regexdbg/regex/trace"
)

// Stepped is a source with what the machine of regex/trace finds in its texts.
type Stepped struct {
	*Source
	// Unsupported is the construct that the machine does not have, or "".
	Unsupported string
	// Differs are the texts in which the engine finds something else.
	Differs []Differing
	// Compared is how many texts both found out about: neither the engine nor the machine gave up.
	Compared int
}

const (
	// machineSteps is after how many steps the machine gives up a text: some engines remember what failed, and are
	// done with what takes the machine exponentially many.
	machineSteps = 1_000_000
	// machineMemory is what a machine may take for it.
	machineMemory = 64 << 20
)

// Step runs the machine on the texts of a source.
func Step(ctx context.Context, source *Source) (*Stepped, error) {
	s := &Stepped{Source: source}
	p, err := trace.Compile(source.tree)
	if unsupported, ok := errors.AsType[*trace.UnsupportedError](err); ok {
		s.Unsupported = unsupported.What
		return s, nil
	}
	if err != nil {
		return nil, err
	}
	for i, text := range source.Texts {
		want := source.Found.Texts[i]
		if want.Unknown {
			continue
		}
		got, err := stepText(ctx, p, text)
		if err != nil {
			return nil, err
		}
		if got.Unknown {
			continue
		}
		s.Compared++
		if !slices.EqualFunc(got.Spans, want.Spans, slices.Equal[[]int]) {
			s.Differs = append(s.Differs, Differing{text, want, got})
		}
	}
	return s, nil
}

// stepText returns the matches that a search of an oracle returns.
func stepText(ctx context.Context, p *trace.Program, text string) (Matches, error) {
	r, err := p.NewRun([]byte(text), trace.Limits{Steps: machineSteps, Memory: machineMemory, Matches: MaxMatches})
	if err != nil {
		return Matches{}, err
	}
	outcome, err := r.Advance(ctx, -1)
	spans := r.Matches()
	for i := range spans {
		spans[i] = numbered(p.Groups(), spans[i])
	}
	if empty := slices.IndexFunc(spans, func(m []int) bool { return m[0] == m[1] }); empty >= 0 {
		return Matches{Spans: spans[:empty+1]}, err
	}
	return Matches{Unknown: outcome == trace.OutOfSteps || outcome == trace.OutOfMemory, Spans: spans}, err
}

// numbered spreads the spans of groups by their numbers, as oracles tell them: a number that there is no group of took no
// part.
func numbered(groups []trace.Group, spans []int) []int {
	all := make([]int, 2*groups[len(groups)-1].Number+2)
	for i := range all {
		all[i] = -1
	}
	for i, g := range groups {
		all[2*g.Number], all[2*g.Number+1] = spans[2*i], spans[2*i+1]
	}
	return all
}

// BeginsWithCommit reports whether a pattern begins with (*COMMIT). PCRE2 and Perl look for what has to be in a match before they
// begin, and do not come by it, as the exceptions on corpora say; generated patterns are not listed there.
func BeginsWithCommit(source *Source) bool {
	first := source.tree.Root
	for first.Kind == syntax.KindConcat {
		i := slices.IndexFunc(first.Sub, func(n *syntax.Node) bool { return !n.Kind.IsTrivia() })
		if i < 0 {
			return false
		}
		first = first.Sub[i]
	}
	return first.Kind == syntax.KindVerb && first.Text == "COMMIT"
}

// Stepping are the flavors whose machine backtracks.
var Stepping = []string{"dotnet", "pcre2", "js", "python", "perl", "java", "ruby"}

// A Rate is how many sources the machine finds the same for as the engine.
type Rate struct {
	// Same and Other are those that it runs; Missing those that it does not, and Unknown those that one of both gave up.
	Same, Other, Missing, Unknown int
}

// Add counts a source.
func (r *Rate) Add(s *Stepped) {
	switch {
	case s.Unsupported != "":
		r.Missing++
	case len(s.Differs) > 0:
		r.Other++
	case s.Compared == 0:
		r.Unknown++
	default:
		r.Same++
	}
}

// Share is the part that it finds the same for, what it does not run counted as if it found something else.
func (r *Rate) Share() float64 {
	return float64(r.Same) / float64(max(1, r.Same+r.Other+r.Missing))
}

func (r *Rate) String() string {
	return fmt.Sprintf("%.2f %%: %d the same, %d not, %d with what the machine does not have, %d unknown", 100*r.Share(), r.Same, r.Other, r.Missing, r.Unknown)
}
