package trace

import (
	"unicode"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A place is what an anchor or a boundary asks.
type place struct {
	kind placeKind
	// ends are the characters that end a line.
	ends charSet
	// pair says that CR LF is one line end, onlyPair that nothing else is one.
	pair, onlyPair bool
	// behindLast and neverAtEnd are those of flavor.Semantics.
	behindLast, neverAtEnd bool
	// word are the characters that make words; marks says that marks behind one of them belong to it.
	word  charSet
	marks bool
	// notEmpty says that \B, or \b{gcb}, does not hold in the empty text.
	notEmpty bool
	// negated says that it holds everywhere but at such a place: \B{...}.
	negated bool
	// alone says that the pattern is nothing else: Perl's search for \b{lb} does not look behind a text of one character.
	alone bool
}

type placeKind uint8

const (
	placeTextStart placeKind = iota
	placeTextEnd
	placeLastEnd // the end, or before a line end that ends the text
	placeLineStart
	placeLineEnd
	placeSearchStart
	placeBoundary
	placeNoBoundary
	placeWordStart
	placeWordEnd
	placeCluster
	placeWordBreak
	placeSentenceBreak
	placeLineBreak
)

// breakPlaces are the kinds of \b{...}.
var breakPlaces = map[string]placeKind{
	"g": placeCluster, "gcb": placeCluster, "wb": placeWordBreak, "sb": placeSentenceBreak, "lb": placeLineBreak,
}

// assertion compiles an anchor or a boundary.
func (c *compiler) assertion(n *syntax.Node) {
	f, s := c.tree.Flavor, c.tree.Flavor.Semantics
	if n.Text != "" {
		kind, ok := breakPlaces[n.Text]
		if !ok {
			c.unsupported(n, `\b{`+n.Text+`}`)
			return
		}
		c.places = append(c.places, place{kind: kind, notEmpty: f.Set != flavor.InJava, negated: n.Rune == 'B', alone: c.isAll(n)})
		c.emit(opPlace, c.token(n), int32(len(c.places)-1), 0)
		return
	}
	p := place{pair: s.PairIsOne.With(n.Flags), behindLast: s.StartBehindLast, neverAtEnd: s.StartNeverAtEnd}
	ends := syntax.LineEnds(f, n.Flags)
	switch option := c.newline(); option {
	case "":
	case "CR":
		ends = syntax.CharSet{{First: '\r', Last: '\r'}}
	case "LF":
		ends = syntax.CharSet{{First: '\n', Last: '\n'}}
	case "CRLF":
		ends, p.pair, p.onlyPair = nil, true, true
	case "ANYCRLF":
		ends, p.pair = syntax.CharSet{{First: '\n', Last: '\n'}, {First: '\r', Last: '\r'}}, true
	case "ANY":
		ends, p.pair = anyNewline(c.unit), true
	case "NUL":
		ends = syntax.CharSet{{First: 0, Last: 0}}
	}
	p.ends = newCharSet(ends)
	atLines := s.AtLines.With(n.Flags)
	switch n.Rune {
	case '^':
		p.kind = placeTextStart
		if atLines {
			p.kind = placeLineStart
		}
	case '$':
		switch {
		case atLines:
			p.kind = placeLineEnd
		case s.EndBeforeLast.With(n.Flags):
			p.kind = placeLastEnd
		default:
			p.kind = placeTextEnd
		}
	case 'A':
		p.kind = placeTextStart
	case 'z':
		p.kind = placeTextEnd
	case 'Z':
		p.kind = placeLastEnd
		if s.UpperZ == flavor.UpperZEnd {
			p.kind = placeTextEnd
		}
	case 'G':
		p.kind = placeSearchStart
	case 'b', 'B', '<', '>':
		p.kind = map[rune]placeKind{'b': placeBoundary, 'B': placeNoBoundary, '<': placeWordStart, '>': placeWordEnd}[n.Rune]
		p.word = newCharSet(syntax.WordChars(f, n.Flags))
		p.marks = s.BoundaryMarks.With(n.Flags)
		p.notEmpty = f.Set == flavor.InPython
	default:
		c.unsupported(n, `\`+string(n.Rune))
		return
	}
	c.places = append(c.places, p)
	c.emit(opPlace, c.token(n), int32(len(c.places)-1), 0)
}

// isAll reports whether a pattern is nothing but a node, in groups or not.
func (c *compiler) isAll(n *syntax.Node) bool {
	all := true
	c.tree.Root.Walk(func(other *syntax.Node) bool {
		group := other.Kind == syntax.KindGroup && !other.IsLook()
		all = all && (other == n || group || other.Kind == syntax.KindConcat || other.Kind.IsTrivia() || other.Kind == syntax.KindFlags)
		return all && other != n
	})
	return all
}

// anyNewline is what ends a line with (*ANY), besides CR LF.
func anyNewline(unit flavor.Unit) syntax.CharSet {
	set := syntax.CharSet{{First: '\n', Last: '\r'}, {First: 0x85, Last: 0x85}}
	if unit != flavor.Byte {
		set = append(set, syntax.CharRange{First: 0x2028, Last: 0x2029})
	}
	return set
}

// newline is the last option at the pattern's start that says what ends a line, or "".
func (c *compiler) newline() string {
	name := ""
	for _, n := range c.tree.Root.Sub {
		if n.Kind != syntax.KindVerb {
			break
		}
		switch n.Text {
		case "CR", "LF", "CRLF", "ANYCRLF", "ANY", "NUL":
			name = n.Text
		}
	}
	return name
}

// holds reports whether the machine is at such a place.
func (m *machine) holds(p *place) bool {
	switch p.kind {
	case placeTextStart:
		return m.pos == 0
	case placeTextEnd:
		return int(m.pos) == len(m.text)
	case placeSearchStart:
		return m.pos == m.from
	case placeLastEnd:
		size := m.lineEndAt(p, m.pos)
		return int(m.pos) == len(m.text) || size > 0 && int(m.pos+size) == len(m.text)
	case placeLineStart:
		return m.atLineStart(p)
	case placeCluster:
		return m.atCluster(p) != p.negated
	case placeWordBreak:
		return m.atWordBreak(m.pos) != p.negated
	case placeSentenceBreak:
		return m.atSentenceBreak(m.pos) != p.negated
	case placeLineBreak:
		if p.alone && !p.negated {
			if _, next := m.decode(0); int(next) == len(m.text) {
				return false
			}
		}
		return m.atLineBreak(m.pos) != p.negated
	case placeLineEnd:
		return int(m.pos) == len(m.text) || m.lineEndAt(p, m.pos) > 0
	}
	before, after := m.wordBefore(p), m.wordAfter(p)
	switch p.kind {
	case placeBoundary:
		return before != after
	case placeNoBoundary:
		return before == after && !(p.notEmpty && len(m.text) == 0)
	case placeWordStart:
		return !before && after
	}
	return before && !after
}

// lineEndAt returns how many bytes the line end has that begins at an offset, or 0.
func (m *machine) lineEndAt(p *place, pos int32) int32 {
	r, next := m.decode(pos)
	if next == pos {
		return 0
	}
	if p.pair {
		if r == '\r' && int(next) < len(m.text) && m.text[next] == '\n' {
			return next + 1 - pos
		}
		if p.onlyPair || r == '\n' && pos > 0 && m.text[pos-1] == '\r' {
			return 0 // within a pair
		}
	}
	if !p.ends.has(r) {
		return 0
	}
	return next - pos
}

func (m *machine) atLineStart(p *place) bool {
	atEnd := int(m.pos) == len(m.text)
	if atEnd && p.neverAtEnd {
		return false
	}
	if m.pos == 0 {
		return true
	}
	if atEnd && !p.behindLast {
		return false
	}
	r, before := m.decodeLast(m.pos)
	if p.pair {
		if r == '\n' && before > 0 && m.text[before-1] == '\r' {
			return true
		}
		if p.onlyPair || r == '\r' && !atEnd && m.text[m.pos] == '\n' {
			return false
		}
	}
	return p.ends.has(r)
}

func (m *machine) wordBefore(p *place) bool {
	r, before := m.decodeLast(m.pos)
	if before == m.pos {
		return false
	}
	return p.word.has(r) || p.marks && m.markOfWord(r, before)
}

func (m *machine) wordAfter(p *place) bool {
	r, next := m.decode(m.pos)
	if next == m.pos {
		return false
	}
	return p.word.has(r) || p.marks && m.markOfWord(r, m.pos)
}

// markOfWord reports whether a character at an offset is a mark of a letter or a digit before it.
func (m *machine) markOfWord(r rune, pos int32) bool {
	for unicode.Is(unicode.Mn, r) {
		var before int32
		if r, before = m.decodeLast(pos); before == pos {
			return false
		}
		if unicode.In(r, unicode.L, unicode.Nd) {
			return true
		}
		pos = before
	}
	return false
}
