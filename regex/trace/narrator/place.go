package narrator

import (
	"strconv"
	"strings"

	"github.com/regexdbg/regexdbg/regex/trace"
)

// A Mention is an offset that a sentence has, so that it can be said in another unit.
type Mention struct {
	// Start and End are its place in the sentence, in bytes of that.
	Start, End int
	// Offset is the offset, in bytes of the text.
	Offset int
}

// A place is an offset in a sentence that is being made. It stands between marks, which are control characters: nothing
// else in a sentence is.
type place int

const (
	placeStart = "\x01"
	placeEnd   = "\x02"
)

func (p place) String() string { return placeStart + strconv.Itoa(int(p)) + placeEnd }

// SayPlaced is [Narrator.Say], and where in the sentence offsets of the text are, in order.
func (n *Narrator) SayPlaced(e *trace.Event) (string, []Mention) {
	var b strings.Builder
	var all []Mention
	for left := n.say(e); left != ""; {
		before, rest, ok := strings.Cut(left, placeStart)
		b.WriteString(before)
		if !ok {
			break
		}
		digits, behind, _ := strings.Cut(rest, placeEnd)
		offset, _ := strconv.Atoi(digits)
		all = append(all, Mention{b.Len(), b.Len() + len(digits), offset})
		b.WriteString(digits)
		left = behind
	}
	return b.String(), all
}
