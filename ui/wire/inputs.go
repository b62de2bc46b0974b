package wire

import "github.com/regexdbg/regexdbg/regex/engine"

// InputPlaces makes rows of inputs of one text, in its order: then all of them take time linear in the text.
type InputPlaces struct{ at cursor }

// NewInputPlaces is for a text.
func NewInputPlaces(text *engine.Text) *InputPlaces {
	return &InputPlaces{cursor{text: text.Bytes(), valid: text.Valid()}}
}

// Row is the row of the input at the bytes [start, end), whose first match has these groups, relative to start.
func (p *InputPlaces) Row(start, end int, first []int) InputRow {
	r := InputRow{From: p.at.at(start), Spans: []int{}}
	for _, offset := range first {
		if offset < 0 {
			r.Spans = append(r.Spans, -1)
		} else {
			r.Spans = append(r.Spans, p.at.at(start+offset))
		}
	}
	r.To = p.at.at(end)
	return r
}
