package replace

import (
	"context"
	"fmt"

	"github.com/regexdbg/regexdbg/regex/engine"
)

// A Mode says what the result is.
type Mode struct {
	// List is true for what stands for each match, and false for the text with it in
	// the place of the matches.
	List bool
	// Separator stands between what is listed.
	Separator string
}

// chunk is how many bytes are gathered before they are written.
const chunk = 32 << 10

// Run searches a text and writes the result of a template as it comes, in pieces of
// some 32 KiB: the text with all matches replaced, or a list. write may keep
// nothing of what it is given, and returns false to stop.
//
// The result is whole when the outcome is Match or NoMatch; or Limit where budget
// had a MaxMatches that was reached, and then the text from the last match on is as
// it was. Any other outcome ends it behind what stands for the last match. The
// outcome is Error too where matches overlap, which an engine's own function
// refuses as well: \K in a lookbehind can do so.
func Run(ctx context.Context, program engine.Program, t *Template, text *engine.Text, mode Mode, budget engine.Budget, write func([]byte) bool) engine.Result {
	if t.Syntax.units {
		h := halves{write: write}
		write = h.add
		defer h.end()
	}
	r := runner{expander: t.Expander(), text: text.Bytes(), mode: mode, write: write, buffer: make([]byte, 0, chunk+chunk/4)}
	result := program.Search(ctx, text, engine.Cursor{}, budget, r.add)
	if r.overlap != nil {
		result.Outcome, result.Err = engine.Error, r.overlap
	}
	limited := result.Outcome == engine.Limit && result.Err == nil
	if whole := result.Outcome == engine.Match || result.Outcome == engine.NoMatch || limited; whole && !mode.List {
		r.copy(len(r.text))
	}
	if !r.flush() && result.Outcome != engine.Error {
		result.Outcome = engine.Stopped
	}
	return result
}

// A runner is one call of Run.
type runner struct {
	expander *Expander
	text     []byte
	mode     Mode
	write    func([]byte) bool
	buffer   []byte
	end      int // of the match before
	any      bool
	stopped  bool
	overlap  error
}

// add takes a match.
func (r *runner) add(match []int) bool {
	if match[0] < r.end {
		r.overlap = fmt.Errorf("the match from byte %d to %d begins before the end of the one before, at %d: there is nothing that could be replaced", match[0], match[1], r.end)
		return false
	}
	switch {
	case !r.mode.List:
		r.copy(match[0])
	case r.any:
		r.buffer = append(r.buffer, r.mode.Separator...)
	}
	r.any, r.end = true, match[1]
	r.buffer = r.expander.Append(r.buffer, r.text, match)
	return len(r.buffer) < chunk || r.flush()
}

// copy copies the text up to a place.
func (r *runner) copy(to int) {
	if to-r.end < chunk {
		r.buffer = append(r.buffer, r.text[r.end:to]...)
		return
	}
	if r.flush() {
		r.stopped = !r.write(r.text[r.end:to])
	}
}

// flush writes what there is, and reports whether more is wanted.
func (r *runner) flush() bool {
	if len(r.buffer) > 0 && !r.stopped {
		r.stopped = !r.write(r.buffer)
	}
	r.buffer = r.buffer[:0]
	return !r.stopped
}
