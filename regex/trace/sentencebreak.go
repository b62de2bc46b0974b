package trace

import "sync"

// Perl's \b{sb}: the breaks between sentences of UAX 29, rules SB1 to SB998 of Unicode 14.

// The values of Sentence_Break.
const (
	sentenceOther breakClass = iota
	sentenceCR
	sentenceLF
	sentenceSep
	sentenceExtend
	sentenceFormat
	sentenceSpace
	sentenceLower
	sentenceUpper
	sentenceLetter
	sentenceNumeric
	sentenceATerm
	sentenceContinue
	sentenceSTerm
	sentenceClose
)

var sentenceTable = sync.OnceValue(func() breakTable {
	return newBreakTable("sentencebreak", []string{
		"Other", "CR", "LF", "Sep", "Extend", "Format", "Sp", "Lower", "Upper", "OLetter", "Numeric", "ATerm", "SContinue", "STerm", "Close",
	})
})

var (
	sentenceIgnored = breaksOf(sentenceExtend, sentenceFormat)
	sentenceEnds    = breaksOf(sentenceSep, sentenceCR, sentenceLF)
	sentenceTerms   = breaksOf(sentenceATerm, sentenceSTerm)
	sentenceCased   = breaksOf(sentenceUpper, sentenceLower)
	// sentenceStops are where the search for a lower case letter ends, of rule SB8.
	sentenceStops = breaksOf(sentenceLetter, sentenceUpper, sentenceLower, sentenceSep, sentenceCR, sentenceLF, sentenceSTerm, sentenceATerm)
)

// atSentenceBreak reports whether a sentence begins or ends at an offset, in time linear in how far the next letter, and the
// end of the sentence before, are.
func (m *machine) atSentenceBreak(pos int32) bool {
	if pos == 0 || int(pos) == len(m.text) { // SB1, SB2
		return len(m.text) > 0
	}
	t := breakText{m, func(r rune) breakClass { return sentenceTable().of(r) }}
	before, start := t.before(pos)
	after, next := t.at(pos)
	switch {
	case before == sentenceCR && after == sentenceLF: // SB3
		return false
	case sentenceEnds.has(before): // SB4
		return true
	case sentenceIgnored.has(after): // SB5
		return false
	}
	if sentenceIgnored.has(before) { // SB5
		if before, start = t.beforePast(start, sentenceIgnored); sentenceEnds.has(before) {
			return false
		}
	}
	if before == sentenceATerm {
		if after == sentenceNumeric { // SB6
			return false
		}
		if earlier, _ := t.beforePast(start, sentenceIgnored); after == sentenceUpper && sentenceCased.has(earlier) { // SB7
			return false
		}
	}
	spaces := before == sentenceSpace
	for before == sentenceSpace {
		before, start = t.beforePast(start, sentenceIgnored)
	}
	for before == sentenceClose {
		before, start = t.beforePast(start, sentenceIgnored)
	}
	if !sentenceTerms.has(before) { // SB998
		return false
	}
	if before == sentenceATerm { // SB8
		later, end := after, next
		for later != breakEdge && !sentenceStops.has(later) {
			later, end = t.at(end)
		}
		if later == sentenceLower {
			return false
		}
	}
	switch {
	case after == sentenceContinue || sentenceTerms.has(after): // SB8a
		return false
	case after == sentenceClose && !spaces: // SB9
		return false
	case after == sentenceSpace || sentenceEnds.has(after): // SB9, SB10
		return false
	}
	return true // SB11
}
