package engine

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"github.com/dlclark/regexp2/v2"

	"github.com/regexdbg/regexdbg/regex/syntax"
)

const (
	regexp2Module = "github.com/dlclark/regexp2/v2"
	// regexp2Version is what go.mod asks for; a test compares them. It is only
	// used where the program has no build information.
	regexp2Version = "v2.12.0"

	// maxBacktrack is the bound of regexp2's backtracking stack in its entries
	// of eight bytes: 64 MiB. Its own default of 100,000 rejects simple loops
	// over a group at some 40 KB of text.
	maxBacktrack = 8 << 20

	// clockPeriod is how often regexp2's clock ticks, and so how late its
	// timeouts are: up to twice this. Its default is 100 ms.
	clockPeriod = 5 * time.Millisecond

	// firstSlice is the time that the search for one match gets before it is
	// interrupted to see whether anybody still wants it.
	firstSlice = 250 * time.Millisecond
)

func init() {
	// The clock is one for the whole program, and this is not synchronized
	// with searches that are under way: there are none yet.
	regexp2.SetTimeoutCheckPeriod(clockPeriod)
}

// DotNet returns the regexp2 package: the design of .NET's engine in Go.
//
// It backtracks: a search can take time exponential in the text. Nothing can
// interrupt its search for one match but a timeout fixed in advance, and then
// the search starts over. So where ctx can end, a search has slices of time, of
// 250 ms for each match, and twice as long each time that this was too short.
// It notices the end of ctx at the end of a slice: after at most as long as the
// search for this match has taken until then, or 250 ms. This makes a match
// that takes longer than that up to three times as expensive. Where ctx cannot
// end, such as context.Background(), there are no slices, and no such cost.
//
// It takes runes, which are made when a text is first searched: 4 bytes a rune, in 1 to 4 ms
// a MB, and 15 for a text of a GB. That is part of the search's time, and ends with it;
// the next search of the text goes on from there.
func DotNet() Engine { return dotnetEngine{} }

type dotnetEngine struct{}

func (dotnetEngine) Info() Info {
	return Info{
		Flavor: "dotnet", Name: "regexp2", Version: builtRegexp2(),
		Note: "the .NET design, not Microsoft's binary",
	}
}

// builtRegexp2 is the version of regexp2 in this program.
func builtRegexp2() string {
	if build, ok := debug.ReadBuildInfo(); ok {
		for _, dep := range build.Deps {
			if dep.Path == regexp2Module {
				return dep.Version
			}
		}
	}
	return regexp2Version
}

func (dotnetEngine) Compile(pattern []byte, flags string) (Program, error) {
	if err := checkLength(pattern); err != nil {
		return nil, err
	}
	flags, err := checkFlags("dotnet", flags)
	if err != nil {
		return nil, err
	}
	tree, err := treeOf("dotnet", string(pattern), flags)
	if err != nil {
		return nil, err
	}
	if err := dotnetStands(tree); err != nil {
		return nil, err
	}
	p, err := compileProgram(tree, tree.Pattern, dotnetOptions(flags))
	if err != nil {
		return nil, err
	}
	p.rewinds = strings.Contains(string(pattern), `\G`)
	return p, nil
}

// compileProgram compiles a pattern with regexp2, the tree's or what stands for it.
func compileProgram(tree *syntax.Tree, pattern string, options regexp2.RegexOptions) (*dotnetProgram, error) {
	re, err := compileDotNet(pattern, options)
	if err != nil {
		return nil, refused(tree, err)
	}
	p := &dotnetProgram{re: re, slice: firstSlice, numbers: re.GetGroupNumbers()}
	slices.Sort(p.numbers)
	for i, number := range p.numbers {
		name := re.GroupNameFromNumber(number)
		if name == strconv.Itoa(number) && number == i {
			name = "" // that it is called by its place goes without saying
		}
		p.groups = append(p.groups, Group{Number: number, Name: name})
	}
	p.groups[0].Name = ""
	return p, nil
}

// dotnetStands refuses what regexp2 would take but not stand, or not take as
// meant: it has no limit on how deep groups and classes are in each other, but
// takes time quadratic in the depth to compile, which nothing can interrupt: 22 s
// at 100,000. And bytes that are not UTF-8 would be other characters to it.
func dotnetStands(tree *syntax.Tree) error {
	for _, e := range tree.Errors {
		if e.Code == "too-deep" || e.Code == "invalid-utf8" {
			return e
		}
	}
	return nil
}

// compileDotNet compiles a pattern. A panic of regexp2's compiler is an error.
func compileDotNet(pattern string, options regexp2.RegexOptions) (re *regexp2.Regexp, err error) {
	defer recoverAs(&err)
	return regexp2.Compile(pattern, options, regexp2.OptionMaxBacktrackingStackSize(maxBacktrack))
}

func dotnetOptions(flags string) regexp2.RegexOptions {
	options := regexp2.None
	for _, letter := range flags {
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
		}
	}
	return options
}

type dotnetProgram struct {
	re      *regexp2.Regexp // never searched with: each slice has a copy with its own timeout
	groups  []Group
	numbers []int // the group numbers in the order of groups
	slice   time.Duration
	// rewinds says that the pattern may contain \G. It is true where the last
	// search started, and after an empty match that is one rune before the
	// place where the next can match. FindRunesMatches cannot start so; such a
	// search starts at the last place where it can and drops matches.
	rewinds bool
	// units says that regexp2 sees UTF-16 units instead of characters.
	units bool
}

func (p *dotnetProgram) Groups() []Group { return p.groups }

// stateEmpty is the state of a cursor after an empty match.
const stateEmpty = 1

func (p *dotnetProgram) Search(ctx context.Context, text *Text, from Cursor, budget Budget, yield func(groups []int) bool) (result Result) {
	run, end := begin(ctx, text, from, budget, yield)
	defer end()
	unit, prepare, units := unitRunes, text.makeRunes, text.Runes
	if p.units {
		unit, prepare, units = unitUTF16, text.makeUTF16Units, text.utf16Units
	}
	if !unit.prepare(text, run.done) || !prepare(run.done) {
		run.over()
		return run.result
	}
	s := dotnetSearch{dotnetProgram: p, run: run, offsets: unit.converter(text)}
	s.found = make([]int, 2*len(p.numbers))
	defer func() {
		if e := recover(); e != nil && s.searching {
			result = s.run.result
			result.Outcome, result.Err = Error, fmt.Errorf("regexp2 failed: %s", clip(fmt.Sprint(e)))
		} else if e != nil {
			panic(e)
		}
	}()
	return s.search(units())
}

// A dotnetSearch is one call of dotnetProgram.Search.
type dotnetSearch struct {
	*dotnetProgram
	run     *run
	offsets converter
	found   []int // the match handed to yield
	// searching says whether regexp2 is running, and not yield: whose panic it is.
	searching bool
}

func (s *dotnetSearch) search(runes []rune) Result {
	slice := s.slice
	for s.run.result.Cursor.state != stateEnd {
		if s.run.over() {
			return s.run.result
		}
		timeout := regexp2.DefaultMatchTimeout
		if s.run.ctx.Done() != nil {
			timeout = slice
		}
		end, err := s.searchSlice(runes, timeout, slice > s.slice)
		switch {
		case end == sliceOver:
			return s.run.result
		case end == sliceReset:
			slice = s.slice
		case err == nil:
			return s.run.finish()
		case strings.HasPrefix(err.Error(), "match timeout after"):
			slice *= 2 // the next look at the clock says whether there is a next time
		case errors.Is(err, regexp2.ErrBacktrackingStackLimit):
			s.run.result.Outcome = Limit
			s.run.result.Err = fmt.Errorf("the search for one match needs more than %d MiB to backtrack", maxBacktrack*8>>20)
			return s.run.result
		default:
			s.run.result.Outcome, s.run.result.Err = Error, fmt.Errorf("regexp2 failed: %s", clip(err.Error()))
			return s.run.result
		}
	}
	return s.run.finish()
}

type sliceEnd int

const (
	sliceThrough sliceEnd = iota // regexp2 returned
	sliceReset                   // there is a match, and the next one needs another timeout
	sliceOver                    // the search is over
)

// searchSlice searches on from the run's cursor, each match within timeout, and
// within the deadline; for one match only when once is set.
func (s *dotnetSearch) searchSlice(runes []rune, timeout time.Duration, once bool) (sliceEnd, error) {
	var late atomic.Bool // from when on timeout goes too far beyond the deadline
	if !s.run.deadline.IsZero() {
		left := time.Until(s.run.deadline)
		timeout = min(timeout, left)
		defer time.AfterFunc(left-timeout/2, func() { late.Store(true) }).Stop()
	}
	re := *s.re
	re.MatchTimeout = timeout
	at := s.run.result.Cursor
	skip := at.skip
	start := s.offsets.index(at.pos)
	switch {
	case skip > 0:
		start = s.offsets.index(at.anchor)
	case at.state == stateEmpty:
		start++
	}
	end := sliceThrough
	s.searching = true
	err := re.FindRunesMatches(runes, start, func(view regexp2.MatchView) bool {
		if skip--; skip >= 0 {
			return true
		}
		for i, number := range s.numbers {
			s.found[2*i], s.found[2*i+1] = -1, -1
			if index, length, ok := view.GroupRange(number); ok {
				s.found[2*i], s.found[2*i+1] = s.offsets.byte(index), s.offsets.byte(index+length)
			}
		}
		s.searching = false
		more := s.run.match(s.found, s.after(s.found))
		s.searching = true
		if !more {
			end = sliceOver
			return false
		}
		if once || late.Load() {
			end = sliceReset
			return false
		}
		return true
	})
	s.searching = false
	return end, err
}

// after returns where to go on after a match.
func (s *dotnetSearch) after(m []int) Cursor {
	switch last := s.run.result.Cursor; {
	case m[0] != m[1]:
		return Cursor{pos: m[1]}
	case m[1] == s.run.text.Len():
		return Cursor{pos: m[1], state: stateEnd}
	case !s.rewinds:
		return Cursor{pos: m[1], state: stateEmpty}
	case last.skip > 0:
		return Cursor{pos: m[1], anchor: last.anchor, skip: last.skip + 1}
	default:
		return Cursor{pos: m[1], anchor: last.pos, skip: 1}
	}
}

// clip shortens a message that may hold the whole text.
func clip(message string) string {
	const longest = 200
	if len(message) <= longest {
		return message
	}
	message = message[:longest]
	for len(message) > 0 && !utf8.ValidString(message) {
		message = message[:len(message)-1]
	}
	return message + "..."
}
