package wire

import (
	"fmt"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/trace"
	"github.com/regexdbg/regexdbg/regex/trace/finder"
)

// Search is what the page looks for in words, with offsets in "bytes", "utf16" or "runes". Of the results one is nil,
// unless the error says that there is no such unit.
func (v *DebugView) Search(words, unit string) (trace.Condition, *DebugProblem, error) {
	offset := v.offsets(unit)
	if offset == nil {
		return trace.Condition{}, nil, fmt.Errorf("there is no unit %.40q", unit)
	}
	c, err := finder.Parse(words, finder.Subject{Pattern: v.tree.Pattern, Trace: v.trace, Say: v.narrator.Say, Offset: offset})
	if err != nil {
		return trace.Condition{}, &DebugProblem{Span: NewPositions(words).Range(err.Span.Start, err.Span.End), Message: err.Message}, nil
	}
	return c, nil, nil
}

// offsets returns what makes byte offsets of numbers in a unit, or nil when there is no such unit.
func (v *DebugView) offsets(unit string) func(n int) (int, bool) {
	switch unit {
	case "bytes":
		return func(n int) (int, bool) { return n, n <= v.text.Len() }
	case "utf16":
		return v.text.Offset
	case "runes":
		return v.text.RuneOffset
	}
	return nil
}

// RuneOffset returns the byte offset of a position in characters, each byte that is not UTF-8 being one, or false beyond
// the text. It takes time linear in the offset.
func (p *TextPositions) RuneOffset(runes int) (offset int, ok bool) {
	for range runes {
		if offset == len(p.text) {
			return 0, false
		}
		_, size := utf8.DecodeRune(p.text[offset:])
		offset += size
	}
	return offset, true
}
