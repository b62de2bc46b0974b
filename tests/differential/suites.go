package differential

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A Suite is a set of searches that we did not write, with what has to be found.
type Suite struct {
	Name string
	// Flags are those with which each flavor that the suite is for is run. Where the suite is not the flavor's own, what an
	// engine refuses is not its syntax, and not applicable.
	Flags map[string]string
	Own   string // the flavor that it was written for, "" for none here
	// load returns what can be asked of engines of a flavor, and how many searches of the suite cannot.
	load  func(ctx context.Context, flavor string) (trials []Trial, left int, err error)
	floor int // a loader that finds fewer trials is broken
	// Words are the engines whose words the suite has for what is refused. Others have to refuse it.
	Words []string
}

// Suites are those with results of their own.
var Suites = []Suite{
	{"re2-search", alike, "go", trialsRE2, 1800, nil},
	{"re2-search, whole texts", map[string]string{"go": ""}, "go", trialsRE2Whole, 1800, nil},
	{"re2-exhaustive, each 41st", map[string]string{"go": ""}, "go", trialsExhaustive, 100_000, nil},
	{"Fowler's", map[string]string{"go": ""}, "", trialsFowler, 250, nil},
	{"Rust's regex", map[string]string{"go": "", "dotnet": ""}, "", trialsRust, 300, nil},
	{"Mono's trials", map[string]string{"dotnet": ""}, "dotnet", trialsMono, 700, nil},
	{"testoutput1", map[string]string{"pcre2": "", "perl": "", "dotnet": ""}, "pcre2", trialsPCRE2("1"), 2000, []string{"PCRE2", "php"}},
	{"testoutput2", map[string]string{"pcre2": ""}, "pcre2", trialsPCRE2("2"), 1000, []string{"PCRE2", "php"}},
	{"testoutput4", map[string]string{"pcre2": ""}, "pcre2", trialsPCRE2("4"), 1000, []string{"PCRE2", "php"}},
	{"testoutput5", map[string]string{"pcre2": ""}, "pcre2", trialsPCRE2("5"), 400, []string{"PCRE2", "php"}},
	{"re_tests.py", map[string]string{"python": ""}, "python", trialsPython, 400, nil},
	{"test_re.py", map[string]string{"python": ""}, "python", trialsTestRe, 440, []string{"python"}},
	{"test_regexp.rb", map[string]string{"ruby": ""}, "ruby", trialsRuby, 500, nil},
	{"re_tests", map[string]string{"perl": ""}, "perl", trialsPerl, 1500, nil},
}

// alike are the flags under which flavors are most alike: with code points as characters.
var alike = map[string]string{"go": "", "dotnet": "", "pcre2": "u", "js": "u", "python": "", "perl": "", "java": "", "ruby": ""}

// Trials are the searches for engines of a flavor.
func (s Suite) Trials(ctx context.Context, flavor string) (trials []Trial, left int, err error) {
	trials, left, err = s.load(ctx, flavor)
	if err == nil && len(trials) < s.floor {
		err = fmt.Errorf("%d searches, which is less than %d: is its loader still right?", len(trials), s.floor)
	}
	if err != nil {
		err = fmt.Errorf("suite %s: %w", s.Name, err)
	}
	return trials, left, err
}

// A Trial is a pattern, a text, and what has to be found.
type Trial struct {
	Name                 string // where it is in the suite; no other trial has it
	Pattern, Flags, Text string
	All                  bool   // all matches are wanted; otherwise the first
	Want                 string // what the suite says; what is refused for a reason has it behind a colon
	// Place is where the suite sees the error of a pattern that is refused, in bytes, where it says so.
	Place *int
	// Says says in the suite's words what was found.
	Says func(Finding) string
}

// refused and noMatch are what every suite says in some way.
const (
	refused = "refused"
	noMatch = "no match"
)

// A Finding is what an engine finds in a text.
type Finding struct {
	Text string
	// Spans has, for each match, the start and the end of the whole and of every group by its number, in bytes, or -1.
	Spans [][]int
	Names map[string][]int // the numbers of the groups that have the name
	// GaveUp says why there may be more matches.
	GaveUp string
}

// group is the text of a group of the first match; false when it took no part, or there is none.
func (f Finding) group(number int) (string, bool) {
	m := f.Spans[0]
	if 2*number >= len(m) || m[2*number] < 0 {
		return "", false
	}
	return f.Text[m[2*number]:m[2*number+1]], true
}

// suiteTime is what a search may take. Nearly all take microseconds.
const suiteTime = 20 * time.Second

// A Tried is a suite that an engine has run.
type Tried struct {
	Passed, NotApplicable int
	Differs               []TrialDiffers
}

// A TrialDiffers is a trial in which something else was found.
type TrialDiffers struct {
	Trial
	Got string
}

func (d TrialDiffers) String() string {
	return fmt.Sprintf("%s: %.300q %q on %.200q: got %.300q, want %.300q", d.Name, d.Pattern, d.Flags, d.Text, d.Got, d.Want)
}

// Run runs the suite on an engine.
func (s Suite) Run(ctx context.Context, e engine.Engine) (Tried, error) {
	info := e.Info()
	name, _, _ := strings.Cut(info.Name, "@")
	trials, left, err := s.Trials(ctx, info.Flavor)
	if err != nil {
		return Tried{}, err
	}
	tried := Tried{NotApplicable: left}
	var program engine.Program
	var why error
	for i, t := range trials {
		t.Flags = s.Flags[info.Flavor] + t.Flags
		if strings.HasPrefix(t.Want, refused) && !slices.Contains(s.Words, name) {
			t.Want, t.Place = refused, nil
		}
		if i == 0 || t.Pattern != trials[i-1].Pattern || trials[i-1].Flags != trials[i].Flags {
			program, why = e.Compile([]byte(t.Pattern), t.Flags)
		}
		var got string
		switch {
		case why == nil:
			got = t.Says(search(ctx, program, t))
		case s.Own != info.Flavor && !strings.HasPrefix(t.Want, refused):
			tried.NotApplicable++
			continue
		case t.Want == refused:
			got = refused // whatever for
		default:
			got = refusal(why, t.Place)
			if t.Place != nil {
				t.Want += fmt.Sprintf(" at %d", *t.Place)
			}
		}
		if got == t.Want {
			tried.Passed++
			continue
		}
		tried.Differs = append(tried.Differs, TrialDiffers{t, got})
	}
	return tried, ctx.Err()
}

// refusal is an engine's own text for a pattern that it refuses, and the place where the error is expected when that is in
// or at the part of the pattern that we mark.
func refusal(err error, place *int) string {
	bad, ok := errors.AsType[*syntax.Error](err)
	switch {
	case !ok:
		return refused + ": " + err.Error()
	case place == nil:
		return refused + ": " + bad.Message
	case bad.Span.Start <= *place && *place <= bad.Span.End:
		return fmt.Sprintf("%s: %s at %d", refused, bad.Message, *place)
	}
	return fmt.Sprintf("%s: %s in %d-%d", refused, bad.Message, bad.Span.Start, bad.Span.End)
}

// search finds what a trial wants.
func search(ctx context.Context, program engine.Program, t Trial) Finding {
	f := Finding{Text: t.Text, Names: map[string][]int{}}
	groups := program.Groups()
	last := 0
	for _, g := range groups {
		last = max(last, g.Number)
		if g.Name != "" {
			f.Names[g.Name] = append(f.Names[g.Name], g.Number)
		}
	}
	budget := engine.Budget{Timeout: suiteTime}
	if !t.All {
		budget.MaxMatches = 1
	}
	result := program.Search(ctx, engine.NewText([]byte(t.Text)), engine.Cursor{}, budget, func(m []int) bool {
		spans := slices.Repeat([]int{-1}, 2*last+2)
		for i, g := range groups {
			copy(spans[2*g.Number:], m[2*i:2*i+2])
		}
		f.Spans = append(f.Spans, spans)
		return true
	})
	switch {
	case result.Err != nil:
		f.GaveUp = result.Err.Error()
	case result.Outcome == engine.Timeout:
		f.GaveUp = "timeout"
	}
	return f
}

// saysSpans writes the spans of the first match as Go's tests do.
func saysSpans(f Finding) string {
	switch {
	case len(f.Spans) > 0:
		return spansWords(f.Spans[0])
	case f.GaveUp != "":
		return f.GaveUp
	}
	return noMatch
}

func spansWords(spans []int) string {
	var words []string
	for i := 0; i < len(spans); i += 2 {
		if spans[i] < 0 {
			words = append(words, "-")
		} else {
			words = append(words, fmt.Sprintf("%d-%d", spans[i], spans[i+1]))
		}
	}
	return strings.Join(words, " ")
}

// saysWords is what words say of the first match, one behind the other.
func saysWords(words []func(Finding) string) func(Finding) string {
	return func(f Finding) string {
		if len(f.Spans) == 0 {
			return saysSpans(f)
		}
		var said strings.Builder
		for _, word := range words {
			said.WriteString(word(f))
		}
		return said.String()
	}
}
