package wire

import (
	"encoding/binary"
	"unicode/utf8"
)

// FrameTarget is the size in bytes at which a frame of matches is full: 64 KiB
// keep the page's work for one frame under a millisecond or two.
const FrameTarget = 64 << 10

// What a frame of matches holds besides bytes.
const (
	frameWide   = 1 << iota // UTF-16 units
	frameMarked             // names of marks
)

// Encoder turns the matches of one search into frames (docs/protocol.md,
// "Matches"). It is not safe for concurrent use.
type Encoder struct {
	version int
	cursor  cursor
	wide    bool // units follow the bytes: the text is not all ASCII
	next    int  // index of the next match
	body    []byte
	marks   []byte         // of the matches in body
	marked  int            // how many of them have one
	after   int            // how many are behind the last of those
	names   map[string]int // the marks that were sent, by when
	count   int            // matches in body
	bytes   int            // start of the match before in body, in bytes
	units   int            // the same in units
}

// NewEncoder encodes the matches of version in text, the first of which has
// the index first. ascii and valid say what is known of text.
func NewEncoder(version, first int, text []byte, ascii, valid bool) *Encoder {
	return &Encoder{
		version: version, next: first, wide: !ascii,
		cursor: cursor{text: text, valid: valid},
	}
}

// Add appends a match: pairs of byte offsets, one pair a group, -1 for a group
// that took no part; the first pair is the match itself. mark is its mark's name,
// or "".
func (e *Encoder) Add(groups []int, mark string) {
	if mark != "" {
		e.mark(mark)
	} else {
		e.after++
	}
	e.body, e.bytes = appendMatch(e.body, groups, e.bytes)
	if e.wide {
		e.units = e.appendUnits(groups)
	}
	e.count++
	e.next++
}

// mark appends the mark of the match that comes next.
func (e *Encoder) mark(name string) {
	e.marks = binary.AppendUvarint(e.marks, uint64(e.after))
	index, known := e.names[name]
	if !known {
		index = len(e.names)
		if e.names == nil {
			e.names = make(map[string]int)
		}
		e.names[name] = index
	}
	e.marks = binary.AppendUvarint(e.marks, uint64(index))
	if !known {
		e.marks = binary.AppendUvarint(e.marks, uint64(len(name)))
		e.marks = append(e.marks, name...)
	}
	e.marked, e.after = e.marked+1, 0
}

// Next returns the index of the next match: the number of matches added, when
// the first had the index 0.
func (e *Encoder) Next() int { return e.next }

// Full reports whether the frame has reached its target size.
func (e *Encoder) Full() bool { return len(e.body)+len(e.marks) >= FrameTarget }

// Frame returns what was added since the last call as one frame of its own, or
// nil when there is nothing. searched is the number of bytes searched so far.
func (e *Encoder) Frame(searched int) []byte {
	if e.count == 0 {
		return nil
	}
	frame := make([]byte, 0, len(e.body)+len(e.marks)+6*binary.MaxVarintLen64)
	frame = append(frame, FrameMatches)
	frame = binary.AppendUvarint(frame, uint64(e.version))
	frame = binary.AppendUvarint(frame, uint64(e.next-e.count))
	frame = binary.AppendUvarint(frame, uint64(e.count))
	frame = binary.AppendUvarint(frame, uint64(searched))
	holds := byte(0)
	if e.wide {
		holds |= frameWide
	}
	if e.marked > 0 {
		holds |= frameMarked
	}
	frame = append(frame, holds)
	frame = append(frame, e.body...)
	if e.marked > 0 {
		frame = binary.AppendUvarint(frame, uint64(e.marked))
		frame = append(frame, e.marks...)
	}
	e.body, e.count, e.bytes, e.units = e.body[:0], 0, 0, 0
	e.marks, e.marked, e.after = e.marks[:0], 0, 0
	return frame
}

func appendMatch(b []byte, groups []int, base int) ([]byte, int) {
	start := groups[0]
	for i := 0; i < len(groups); i += 2 {
		b = appendGroup(b, groups[i], groups[i+1], base)
		base = start
	}
	return b, start
}

func appendGroup(b []byte, start, end, base int) []byte {
	if start < 0 {
		return append(b, 0)
	}
	b = binary.AppendUvarint(b, 1+zigzag(start-base))
	return binary.AppendUvarint(b, uint64(end-start))
}

// appendUnits appends the match in units. The ends of groups are converted on a
// copy of the cursor that starts at the match, so that going back and forth
// inside one match does not walk the text from match to match.
func (e *Encoder) appendUnits(groups []int) int {
	start := e.cursor.at(groups[0])
	inner, base := e.cursor, e.units
	for i := 0; i < len(groups); i += 2 {
		if groups[i] < 0 {
			e.body = append(e.body, 0)
			continue
		}
		from := inner.at(groups[i])
		e.body = appendGroup(e.body, from, inner.at(groups[i+1]), base)
		base = start
	}
	return start
}

// zigzag maps signed to unsigned so that small distances stay small.
func zigzag(n int) uint64 {
	return uint64(n<<1) ^ uint64(n>>63)
}

// IsASCII reports whether text has no byte above 0x7F.
func IsASCII(text []byte) bool {
	for len(text) >= 8 {
		if binary.LittleEndian.Uint64(text)&high != 0 {
			return false
		}
		text = text[8:]
	}
	for _, b := range text {
		if b >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
