package wire

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// NativeMatches is a frame of matches that a page has sent, not read yet.
type NativeMatches struct {
	Run  int
	rest []byte // behind the number of the run
}

// ParseNativeMatches reads whose matches a frame holds. frame is kept.
func ParseNativeMatches(frame []byte) (NativeMatches, error) {
	run, n := binary.Uvarint(frame[1:])
	if n <= 0 || run > 1<<52 {
		return NativeMatches{}, errors.New("a frame of matches without its run")
	}
	return NativeMatches{Run: int(run), rest: frame[1+n:]}, nil
}

// errFrame says that a frame of matches is not what the encoder makes.
var errFrame = errors.New("a frame of matches is broken")

// Decode hands over the matches of the frame, two byte offsets for each of as many
// groups, until yield returns false; the slice is reused. first is the index that
// the first match has to have. What a page sends is checked: each match lies in a
// text of that many bytes and does not begin before the one before it, which began
// at last.
func (m NativeMatches) Decode(groups, bytes, first, last int, yield func([]int) bool) error {
	r := reader{rest: m.rest}
	index, count := r.number(), r.number()
	r.number() // how far the search is
	holds := r.number()
	if r.bad || index != first || count == 0 || holds&^frameWide != 0 {
		return errFrame
	}
	found := make([]int, 2*groups)
	base := 0
	for range count {
		r.columns(found, base, bytes)
		if r.bad || found[0] < 0 {
			return errFrame
		}
		if base = found[0]; base < last {
			return fmt.Errorf("%w: a match at %d behind one at %d", errFrame, base, last)
		}
		last = base
		if holds&frameWide != 0 {
			for range groups {
				if r.number() != 0 {
					r.number()
				}
			}
		}
		if r.bad {
			return errFrame
		}
		if !yield(found) {
			return nil
		}
	}
	if len(r.rest) > 0 {
		return errFrame
	}
	return nil
}

// A reader reads varints until one is broken.
type reader struct {
	rest []byte
	bad  bool
}

func (r *reader) number() int {
	n, size := binary.Uvarint(r.rest)
	if size <= 0 || n > 1<<40 {
		r.bad, r.rest = true, nil
		return 0
	}
	r.rest = r.rest[size:]
	return int(n)
}

// columns reads a match in bytes.
func (r *reader) columns(found []int, base, bytes int) {
	for i := 0; i < len(found); i += 2 {
		n := r.number()
		if n == 0 {
			found[i], found[i+1] = -1, -1
			continue
		}
		n--
		start := base + (n>>1 ^ -(n & 1))
		end := start + r.number()
		if start < 0 || end > bytes {
			r.bad = true
		}
		found[i], found[i+1] = start, end
		if i == 0 {
			base = start
		}
	}
}
