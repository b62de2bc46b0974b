// Package verify compares what a trace has found with what a real engine finds in the same text.
package verify

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/trace"
)

// A Verdict is what came of comparing.
type Verdict string

// The verdicts.
const (
	// Agrees says that both found the same matches, with the same groups.
	Agrees Verdict = "agrees"
	// Differs says that they did not.
	Differs Verdict = "differs"
	// Unknown says that one of them did not get to the end, or did not run at all. What both found until then is the same.
	Unknown Verdict = "unknown"
)

// A Reason is why a verdict is [Unknown].
type Reason string

// The reasons.
const (
	NoEngine Reason = "no-engine" // there is none on this machine
	Refused  Reason = "refused"   // it does not take the pattern, or the flags
	Failed   Reason = "failed"    // it broke off, or cannot read the text
	Timeout  Reason = "timeout"   // it took too long
	Limit    Reason = "limit"     // it reached a limit of its own
	Cut      Reason = "cut"       // the trace ended at a limit, or has not ended
	Groups   Reason = "groups"    // it numbers the groups in another way
)

// A Report is what came of comparing a trace with an engine. It is plain data.
type Report struct {
	Verdict Verdict
	// Engine is the engine, and zero when there is none.
	Engine engine.Info
	// Reason is why the verdict is Unknown, and Err what the engine said, if anything.
	Reason Reason
	Err    error
	// Compared is how many matches are the same, from the first one on.
	Compared int
	// First says that the trace was to find so many matches only, and the engine's others were not looked at.
	First bool
	// Theirs and Ours are, for Differs, the groups of the first match that differs, in the order of the trace's groups;
	// nil for the one that has no more matches.
	Theirs, Ours []int
}

// A Subject is what is compared.
type Subject struct {
	Pattern string
	Flags   string // letters of the flavor
	Text    *engine.Text
	Trace   trace.Trace
	// Outcome is what the trace's Advance returned last.
	Outcome trace.Outcome
	// Timeout bounds the engine's search; 0 means no bound.
	Timeout time.Duration
}

// With compares a trace with an engine, nil for one that is not there, by running the engine. It returns soon after ctx
// is done, as the engine permits; then the verdict is Unknown for the reason Failed, with the context's cause as Err.
func With(ctx context.Context, eng engine.Engine, s Subject) *Report {
	r := &Report{Verdict: Unknown}
	if eng == nil {
		r.Reason = NoEngine
		return r
	}
	r.Engine = eng.Info()
	program, err := eng.Compile([]byte(s.Pattern), s.Flags)
	if err != nil {
		r.Reason, r.Err = Refused, err
		return r
	}
	places, ok := places(s.Trace.Groups(), program.Groups())
	if !ok {
		r.Reason = Groups
		return r
	}
	ours := s.Trace.Matches()
	theirs := make([]int, 2*len(places))
	result := program.Search(ctx, s.Text, engine.Cursor{}, engine.Budget{Timeout: s.Timeout}, func(groups []int) bool {
		if r.Compared == len(ours) && s.Outcome != trace.Matched && s.Outcome != trace.NoMatch {
			return false // nobody knows what the trace would find
		}
		for i, place := range places {
			theirs[2*i], theirs[2*i+1] = groups[2*place], groups[2*place+1]
		}
		if r.Compared < len(ours) && slices.Equal(theirs, ours[r.Compared]) {
			r.Compared++
			return true
		}
		r.Verdict, r.Theirs = Differs, slices.Clone(theirs)
		if r.Compared < len(ours) {
			r.Ours = slices.Clone(ours[r.Compared])
		}
		return false
	})
	r.conclude(s.Outcome, ours, result)
	return r
}

// conclude says what it means that the engine's search ended, and how.
func (r *Report) conclude(outcome trace.Outcome, ours [][]int, result engine.Result) {
	searched := result.Outcome == engine.Match || result.Outcome == engine.NoMatch
	switch {
	case r.Verdict == Differs:
	case searched && r.Compared < len(ours):
		r.Verdict, r.Ours = Differs, slices.Clone(ours[r.Compared])
	case r.Compared == len(ours) && outcome == trace.OutOfMatches:
		r.Verdict, r.First = Agrees, true
	case searched && (outcome == trace.Matched || outcome == trace.NoMatch):
		r.Verdict = Agrees
	case searched, result.Outcome == engine.Stopped:
		r.Reason = Cut
	case result.Outcome == engine.Timeout:
		r.Reason = Timeout
	case result.Outcome == engine.Limit:
		r.Reason, r.Err = Limit, result.Err
	default:
		r.Reason, r.Err = Failed, result.Err
		if r.Err == nil {
			r.Err = errors.New(string(result.Outcome))
		}
	}
}

// places are, for each group of a trace, where the engine has the group of this number. It returns false when one of
// them has a group that the other has not.
func places(ours []trace.Group, theirs []engine.Group) ([]int, bool) {
	if len(ours) != len(theirs) {
		return nil, false
	}
	all := make([]int, len(ours))
	for i, group := range ours {
		all[i] = slices.IndexFunc(theirs, func(g engine.Group) bool { return g.Number == group.Number })
		if all[i] < 0 {
			return nil, false
		}
	}
	return all, true
}

// String says it in some words, such as "agrees with PCRE2 10.40".
func (r *Report) String() string {
	name := r.Engine.Name + " " + r.Engine.Version
	switch r.Verdict {
	case Agrees:
		if r.First {
			return fmt.Sprintf("agrees with %s on the first %s", name, counted(r.Compared, "match", "matches"))
		}
		return fmt.Sprintf("agrees with %s", name)
	case Differs:
		return fmt.Sprintf("differs from %s at match %d: theirs %s, ours %s", name, r.Compared+1, groupsText(r.Theirs), groupsText(r.Ours))
	}
	why := map[Reason]string{
		NoEngine: "there is no real engine of this flavor on this machine",
		Refused:  "it does not take the pattern",
		Failed:   "it failed",
		Timeout:  "it took too long",
		Limit:    "it reached a limit of its own",
		Cut:      "the trace did not get to the end",
		Groups:   "it has other groups",
	}[r.Reason]
	switch {
	case r.Reason == NoEngine:
		return "not compared: " + why
	case r.Err != nil:
		why = fmt.Sprintf("%s (%v)", why, r.Err)
	}
	text := fmt.Sprintf("not known whether it agrees with %s: %s", name, why)
	if r.Compared > 0 {
		text += fmt.Sprintf("; what both found, %s, is the same", counted(r.Compared, "match", "matches"))
	}
	return text
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// groupsText is a match as the corpus writes it, "0-7 0-4 -", or "none".
func groupsText(groups []int) string {
	if groups == nil {
		return "none"
	}
	var b []byte
	for i := 0; i < len(groups); i += 2 {
		if i > 0 {
			b = append(b, ' ')
		}
		if groups[i] < 0 {
			b = append(b, '-')
			continue
		}
		b = fmt.Appendf(b, "%d-%d", groups[i], groups[i+1])
	}
	return string(b)
}
