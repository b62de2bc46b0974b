//go:build (linux && (386 || amd64 || arm || arm64 || riscv64)) || (darwin && (amd64 || arm64))

package engine

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/engine/pcre2"
)

// pcre2Entry is PCRE2's place in the registry.
func pcre2Entry() Entry { return present(PCRE2()) }

// PCRE2 returns PCRE2 itself, translated to Go, without the just-in-time compiler.
//
// It backtracks: a search can take time exponential in the text, up to
// [pcre2.MatchLimit] steps for each start, and memory up to [pcre2.HeapLimit].
// A search that PCRE2 gives up for such a limit ends with the outcome Limit. It
// ends soon after ctx's end or the deadline: a step over the whole text, which is
// what it takes to notice, takes some 3 ms a megabyte.
//
// With u, or (*UTF) in the pattern, a text that is not valid UTF-8 is an error,
// as it is for PCRE2.
func PCRE2() Engine { return pcre2Engine{} }

type pcre2Engine struct{}

func (pcre2Engine) Info() Info {
	return Info{Flavor: "pcre2", Name: "PCRE2", Version: pcre2.Version, Note: "translated to Go, without JIT"}
}

// pcre2Options are the options of the flavor's flags.
var pcre2Options = map[rune]pcre2.Options{
	'i': pcre2.Caseless,
	'm': pcre2.Multiline,
	's': pcre2.DotAll,
	'x': pcre2.Extended,
	'n': pcre2.NoAutoCapture,
	'u': pcre2.UTF | pcre2.UCP,
	'U': pcre2.Ungreedy,
	'J': pcre2.DupNames,
	'A': pcre2.Anchored,
	'D': pcre2.DollarEndOnly,
}

func (pcre2Engine) Compile(pattern []byte, flags string) (_ Program, err error) {
	if err := checkLength(pattern); err != nil {
		return nil, err
	}
	flags, err = checkFlags("pcre2", flags)
	if err != nil {
		return nil, err
	}
	var options pcre2.Options
	for _, letter := range flags {
		options |= pcre2Options[letter]
	}
	defer recoverAs(&err)
	code, err := pcre2.Compile(pattern, options)
	if bad, ok := errors.AsType[*pcre2.Error](err); ok {
		return nil, diagnosePCRE2(string(pattern), flags, bad)
	}
	if err != nil {
		return nil, err
	}
	p := &pcre2Program{code: code, groups: make([]Group, code.Groups()+1), keeps: bytes.Contains(pattern, []byte(`\K`))}
	for i := range p.groups {
		p.groups[i].Number = i
	}
	for _, name := range code.Names() {
		p.groups[name.Number].Name = name.Name
	}
	return p, nil
}

type pcre2Program struct {
	code   *pcre2.Code
	groups []Group
	keeps  bool // the pattern may contain \K
}

func (p *pcre2Program) Groups() []Group { return p.groups }

func (p *pcre2Program) Search(ctx context.Context, text *Text, from Cursor, budget Budget, yield func(groups []int) bool) (result Result) {
	run, end := begin(ctx, text, from, budget, yield)
	defer end()
	s := pcre2Search{pcre2Program: p, run: run, b: text.Bytes(), matcher: p.code.NewMatcher(text.Bytes())}
	defer s.matcher.Close()
	defer func() {
		if !s.searching {
			return // it is not PCRE2 that panics, if anybody does
		}
		if e := recover(); e != nil {
			result = s.run.result
			result.Outcome, result.Err = Error, fmt.Errorf("PCRE2 failed: %s", clip(fmt.Sprint(e)))
		}
	}()
	if run.done != nil {
		defer context.AfterFunc(run.limited, s.matcher.Interrupt)()
	}
	return s.search()
}

// A pcre2Search is one call of pcre2Program.Search.
type pcre2Search struct {
	*pcre2Program
	run       *run
	b         []byte
	matcher   *pcre2.Matcher
	searching bool // PCRE2 is running, and not yield: whose panic it is
}

// search goes on from match to match as the section "Finding all matches in a
// subject string" of pcre2demo prescribes: behind an empty match the same place
// is tried for one that is not empty, and only then the next character.
func (s *pcre2Search) search() Result {
	var check pcre2.Options // what says that no more checks of UTF-8 are needed
	if s.code.UTF() && s.run.text.Valid() {
		check = pcre2.NoUTFCheck // PCRE2 would check all of the text for every match
	}
	found := make([]int, 2*len(s.groups))
	if s.run.over() {
		return s.run.result
	}
	for at := s.run.result.Cursor; at.state != stateEnd; {
		options := check
		if at.state == stateEmpty {
			options |= pcre2.NotEmptyAtStart | pcre2.Anchored
		}
		if check != 0 && at.pos < len(s.b) && !utf8.RuneStart(s.b[at.pos]) {
			options &^= pcre2.NoUTFCheck // \C ended a match within a character: PCRE2 refuses to go on
		}
		s.searching = true
		ok, err := s.matcher.Match(at.pos, options)
		s.searching = false
		switch {
		case err != nil:
			return s.fail(err)
		case ok:
			s.matcher.Offsets(found)
			if found[0] > found[1] {
				return s.refuse(found)
			}
			at = s.after(found)
			if s.run.budget.Mark != nil {
				s.run.mark(s.matcher.Mark())
			}
			if !s.run.match(found, at) {
				return s.run.result
			}
		case at.state == stateEmpty:
			at = Cursor{pos: s.next(at.pos)}
			s.run.advance(at)
			if s.run.over() {
				return s.run.result
			}
		default:
			at = Cursor{state: stateEnd}
		}
	}
	return s.run.finish()
}

// after returns where to go on after a match.
func (s *pcre2Search) after(m []int) Cursor {
	switch end := m[1]; {
	case m[0] == end && end == len(s.b):
		return Cursor{pos: end, state: stateEnd}
	case m[0] == end:
		return Cursor{pos: end, state: stateEmpty}
	case !s.keeps:
		return Cursor{pos: end}
	default:
		// \K in a lookbehind can end a match where it began, or before.
		began := s.matcher.StartChar()
		switch {
		case end > began:
			return Cursor{pos: end}
		case began >= len(s.b):
			return Cursor{pos: len(s.b), state: stateEnd}
		}
		return Cursor{pos: s.nextChar(began)}
	}
}

// next returns where the character ends that starts at pos, or the line end.
func (s *pcre2Search) next(pos int) int {
	if s.code.PairIsNewline() && pos+1 < len(s.b) && s.b[pos] == '\r' && s.b[pos+1] == '\n' {
		return pos + 2
	}
	return s.nextChar(pos)
}

func (s *pcre2Search) nextChar(pos int) int {
	pos++
	for s.code.UTF() && pos < len(s.b) && !utf8.RuneStart(s.b[pos]) {
		pos++
	}
	return pos
}

// refuse ends a search at a match that starts behind its end, as the programs do
// that use PCRE2: pcre2demo and PHP go no further either.
func (s *pcre2Search) refuse(m []int) Result {
	s.run.result.Outcome = Error
	s.run.result.Err = fmt.Errorf("PCRE2: there is a match that starts at byte %d and ends before, at %d, because of \\K in a lookahead", m[0], m[1])
	return s.run.result
}

// fail ends a search that PCRE2 has given up.
func (s *pcre2Search) fail(err error) Result {
	result := &s.run.result
	bad, ok := errors.AsType[*pcre2.Error](err)
	switch {
	case !ok: // interrupted
		if !s.run.over() {
			panic("a match was interrupted, and nobody wanted it")
		}
	case bad.Number == pcre2.ErrorMatchLimit:
		result.Outcome, result.Err = Limit, fmt.Errorf("PCRE2: %s: the attempt at one start takes more than %s steps", bad.Message, grouped(s.code.MatchLimit()))
	case bad.Number == pcre2.ErrorHeapLimit:
		result.Outcome, result.Err = Limit, fmt.Errorf("PCRE2: %s: the attempt at one start needs more than %s bytes to backtrack", bad.Message, grouped(s.code.HeapLimit()))
	case bad.Number == pcre2.ErrorDepthLimit || bad.Number == pcre2.ErrorNoMemory:
		result.Outcome, result.Err = Limit, fmt.Errorf("PCRE2: %s", bad.Message)
	case s.code.UTF() && !s.run.text.Valid():
		result.Outcome, result.Err = Error, fmt.Errorf("PCRE2: %s, at byte %d: with UTF it takes no text that is not valid UTF-8", bad.Message, bad.Offset)
	default:
		result.Outcome, result.Err = Error, fmt.Errorf("PCRE2: %s", bad.Message)
	}
	return *result
}

// grouped writes a number with commas.
func grouped(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
