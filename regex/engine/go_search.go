package engine

import (
	"regexp"
	"unicode/utf8"
)

// How a search of regexp is cut into steps that can be interrupted
//
// regexp's FindAll cannot be stopped, tells nothing before it is done, and
// cannot start in the middle of a text. So a search takes one of two steps
// again and again, each exact, until it is through:
//
//   - a piece: FindAll on a short piece of the text, which ends behind a
//     character that no match can contain (goShape.breaks) or at the end of the
//     text. Most patterns have such characters, \n at least. Where matches have
//     a bound (goShape.longest) a piece may end anywhere: FindAll gets so much of
//     what follows that no match which begins in the piece can tell that this is
//     not all.
//   - a read: the next match only, with the text coming through an
//     io.RuneReader that watches the clock and can stop the search
//     (go_reader.go). Some percent slower than FindAll.
//
// The state between steps is a place and whether a match has just ended there:
// FindAll does not accept an empty match right after a match.

const (
	stateFresh   = 0 // an empty match at the place counts
	stateMatched = 1 // it does not: a match has just ended there
)

const (
	// pieceBytes is the length of a piece. regexp has a faster matcher for
	// short texts (up to 256 Ki divided by the program's size), and measured
	// over 1 to 256 KiB, 2 to 4 KiB are best for all kinds of patterns.
	pieceBytes = 4 << 10
	// prefixPieceBytes is the same for patterns that start with a literal,
	// which regexp looks for at memory speed.
	prefixPieceBytes = 64 << 10
	// pieceWork bounds the bytes of a piece times the program's size: what
	// regexp takes for its faster matcher, and an upper bound of the time that
	// a piece can take, about 40 ms for the longest at the worst 20 ns.
	pieceWork = 256 << 10
	// pieceMin keeps the cost of a step small against the cost of the piece.
	pieceMin = 64
	// pieceReach is how many times its length a piece may have, to find a
	// place where it may end.
	pieceReach = 8
)

// goCuts says how a search is cut into steps, in bytes.
type goCuts struct {
	piece  int // a piece has at least this length
	reach  int // and at most this
	credit int // what attempts at one place may waste, see attemptCredit
}

func cutsOf(shape goShape, prefix string) goCuts {
	piece := pieceBytes
	if prefix != "" {
		piece = prefixPieceBytes
	}
	piece = max(pieceMin, min(piece, pieceWork/shape.size))
	return goCuts{piece: piece, reach: pieceReach * piece, credit: attemptCredit}
}

// A goSearch is one call of goProgram.Search.
type goSearch struct {
	*goProgram
	run *run
	b   []byte

	noBreak int // before here, from the last place looked at, there is no break

	tried  int // where the search was when wasted was 0
	wasted int // bytes read by attempts at one place that failed

	reader goReader
}

func (s *goSearch) search(from Cursor) Result {
	s.tried = from.pos
	for at := from; at.state != stateEnd; s.run.advance(at) {
		if s.anchored && at.pos > 0 {
			break
		}
		if s.run.over() {
			return s.run.result
		}
		var more bool
		if end, ok := s.cut(at.pos); ok {
			at, more = s.searchPiece(at, end, end)
		} else if s.longest >= 0 && s.piece > 0 && (!s.looks || s.variants.from() != nil) { // or each piece would begin at 0
			end = s.runeFrom(at.pos + s.piece)
			at, more = s.searchPiece(at, end, end+utf8.UTFMax*s.longest)
		} else {
			at, more = s.searchNext(at)
		}
		if !more {
			return s.run.result
		}
	}
	return s.run.finish()
}

// cut returns where a piece that starts at pos may end, if there is such a
// place within reach. Over a whole search it looks at each byte once.
func (s *goSearch) cut(pos int) (end int, ok bool) {
	reach := pos + s.reach
	if reach >= len(s.b) {
		return len(s.b), true
	}
	if s.hasBreaks {
		for i := max(pos+s.piece, s.noBreak); i < reach; i++ {
			if s.breaks[s.b[i]] {
				return i + 1, true
			}
		}
		s.noBreak = reach
	}
	return 0, false
}

// searchPiece finds all matches that start in [at, end), and at end too when
// that is the end of the text. No match that starts there looks at what is behind
// seen. It returns where to go on, or false when the search is over.
func (s *goSearch) searchPiece(at Cursor, end, seen int) (Cursor, bool) {
	re, start := s.re, at.pos
	if s.looks && at.pos > 0 {
		re, start = s.withContext(at)
	}
	last := seen >= len(s.b)
	if last {
		end, seen = len(s.b), len(s.b)
	}
	next := Cursor{pos: end}
	for _, m := range re.FindAllSubmatchIndex(s.b[start:seen], -1) {
		shift(m, start)
		empty := m[0] == m[1]
		if m[0] < at.pos || empty && m[0] == at.pos && at.state == stateMatched {
			continue // what stands for the context, or an empty match that does not count
		}
		if m[0] >= end && !last {
			break // the next piece sees what follows
		}
		after := s.after(m)
		if !s.run.match(m, after) {
			return Cursor{}, false
		}
		if after.pos >= end {
			next = after // a match that goes beyond the piece
		}
	}
	if last {
		return Cursor{pos: end, state: stateEnd}, true
	}
	return next, true
}

// runeFrom returns the first place from pos on at which no rune of several bytes goes on.
func (s *goSearch) runeFrom(pos int) int {
	for end := pos + utf8.UTFMax; pos < end && pos < len(s.b) && !utf8.RuneStart(s.b[pos]); {
		pos++
	}
	return pos
}

// withContext returns a regexp and where its text has to start for matches from
// at on to see the rune before. Matches that it finds before at are to drop.
func (s *goSearch) withContext(at Cursor) (*regexp.Regexp, int) {
	if s.breaks[s.b[at.pos-1]] {
		// The pattern can match nothing but empty before at, so it can run over
		// the rune before itself.
		return s.re, at.pos - 1
	}
	if re := s.variants.from(); re != nil {
		return re, s.runeBefore(at.pos)
	}
	return s.re, 0 // slow, and it cannot be interrupted
}

// after returns where to go on after a match.
func (s *goSearch) after(m []int) Cursor {
	if m[0] != m[1] {
		return Cursor{pos: m[1], state: stateMatched}
	}
	// Going on from the same place would find the same empty match, not count
	// it, and step over one rune.
	return s.step(m[1])
}

// step returns the state one rune after pos.
func (s *goSearch) step(pos int) Cursor {
	if pos == len(s.b) {
		return Cursor{pos: pos, state: stateEnd}
	}
	_, width := utf8.DecodeRune(s.b[pos:])
	return Cursor{pos: pos + width}
}

func (s *goSearch) runeBefore(pos int) int {
	_, width := utf8.DecodeLastRune(s.b[:pos])
	return pos - width
}

func shift(m []int, by int) {
	for i, offset := range m {
		if offset >= 0 {
			m[i] = offset + by
		}
	}
}
