package engine

import (
	"bytes"
	"io"
	"regexp"
	"unicode/utf8"
)

// attemptCredit is how many bytes attempts at one place may read in vain
// before the search falls back to one that is linear; progress adds to it.
const attemptCredit = 64 << 10

// searchNext finds the next match. It returns where to go on, or false when the
// search is over.
func (s *goSearch) searchNext(at Cursor) (Cursor, bool) {
	if s.prefix != "" {
		// No match is empty, and none starts before the literal.
		i := bytes.Index(s.b[at.pos:], []byte(s.prefix))
		switch {
		case i < 0:
			return Cursor{pos: len(s.b), state: stateEnd}, true
		case i > 0:
			return Cursor{pos: at.pos + i}, true
		}
		if credit := s.credit + 2*(at.pos-s.tried) - s.wasted; credit > 0 {
			if next, more, tried := s.tryHere(at.pos, credit); tried {
				return next, more
			}
		}
	}
	re, start, lead := s.re, at.pos, 0
	if s.looks && at.pos > 0 {
		re, start, lead = s.variants.next(), s.runeBefore(at.pos), 2
		if re == nil {
			return s.searchPiece(at, len(s.b), len(s.b))
		}
	}
	m, ok := s.read(re, start, len(s.b))
	switch {
	case !ok:
		return Cursor{}, false
	case m == nil:
		return Cursor{pos: len(s.b), state: stateEnd}, true
	}
	m = m[lead:]
	if m[0] == m[1] && m[0] == at.pos && at.state == stateMatched {
		return s.step(at.pos), true
	}
	next := s.after(m)
	return next, s.run.match(m, next)
}

// tryHere looks for a match at pos only, reading at most about credit bytes.
// tried is false when that was not enough to know. regexp skips from one
// literal to the next at memory speed as long as no attempt is under way, but
// cannot where it reads; this gives most of it back. Each attempt can read far
// in vain, so the caller bounds what they may waste together.
func (s *goSearch) tryHere(pos, credit int) (next Cursor, more, tried bool) {
	variant, start := s.variants.here, pos
	if s.looks && pos > 0 {
		variant, start = s.variants.hereAfter, s.runeBefore(pos)
	}
	re := variant()
	if re == nil {
		return Cursor{}, false, false
	}
	m, ok := s.read(re, start, min(pos+credit, len(s.b)))
	if m == nil {
		s.wasted += s.reader.pos - start
	}
	switch {
	case !ok:
		return Cursor{}, false, s.run.result.Outcome != ""
	case m == nil:
		return s.step(pos), true, true
	}
	m = m[2:]
	next = s.after(m)
	return next, s.run.match(m, next), true
}

// read runs re over the text from start on. It returns false when it was
// interrupted, with the outcome set, or when it had to read beyond limit, with
// no outcome.
func (s *goSearch) read(re *regexp.Regexp, start, limit int) (m []int, ok bool) {
	s.reader = goReader{run: s.run, b: s.b, pos: start, limit: limit, look: start + pollBytes}
	defer func() {
		switch e := recover(); e {
		case nil:
		case any(interrupted{}):
			m, ok = nil, false
		default:
			panic(e)
		}
	}()
	m = re.FindReaderSubmatchIndex(&s.reader)
	shift(m, start)
	return m, true
}

// pollBytes is the distance of two looks at the clock: at 20 to 1,000 ns a
// byte a look every 0.1 to 4 ms.
const pollBytes = 4 << 10

// interrupted is what goReader panics with: regexp has no other way out, and
// would take an error for the end of the text.
type interrupted struct{}

// A goReader gives the text to regexp, rune by rune and decoded as regexp
// itself decodes it: a byte that is not UTF-8 is one U+FFFD of width 1.
type goReader struct {
	run   *run
	b     []byte
	pos   int
	limit int // interrupt when this is reached, unless it is the end
	look  int // look at the clock when this is reached
}

func (r *goReader) ReadRune() (rune, int, error) {
	if r.pos >= r.look {
		r.look = r.pos + pollBytes
		if r.run.over() {
			panic(interrupted{})
		}
	}
	if r.pos >= r.limit {
		if r.limit == len(r.b) {
			return 0, 0, io.EOF
		}
		panic(interrupted{})
	}
	if c := r.b[r.pos]; c < utf8.RuneSelf {
		r.pos++
		return rune(c), 1, nil
	}
	c, width := utf8.DecodeRune(r.b[r.pos:])
	r.pos += width
	return c, width, nil
}
