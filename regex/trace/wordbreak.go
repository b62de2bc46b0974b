package trace

import "sync"

// Perl's \b{wb}: the breaks between words of UAX 29, rules WB1 to WB16 of Unicode 14, but that white space, line ends included, is not broken.

// The values of Word_Break.
const (
	wordOther breakClass = iota
	wordCR
	wordLF
	wordNewline
	wordExtend
	wordJoiner
	wordFormat
	wordKatakana
	wordHebrew
	wordLetter
	wordSingleQuote
	wordDoubleQuote
	wordMidNumLet
	wordMidLetter
	wordMidNum
	wordNumeric
	wordConnector
	wordRegional
	wordSpace // that Perl does not break: \h, unless it has another value
)

var wordTable = sync.OnceValue(func() breakTable {
	return newBreakTable("wordbreak", []string{
		"Other", "CR", "LF", "Newline", "Extend", "ZWJ", "Format", "Katakana", "Hebrew_Letter", "ALetter", "Single_Quote", "Double_Quote",
		"MidNumLet", "MidLetter", "MidNum", "Numeric", "ExtendNumLet", "Regional_Indicator", "WSegSpace",
	})
})

func wordClassOf(r rune) breakClass {
	class := wordTable().of(r)
	if class == wordOther && isBlank(r) {
		return wordSpace
	}
	return class
}

var (
	wordIgnored  = breaksOf(wordExtend, wordFormat, wordJoiner)
	wordEnds     = breaksOf(wordCR, wordLF, wordNewline)
	wordSpaces   = wordEnds | breaksOf(wordSpace)
	wordLetters  = breaksOf(wordLetter, wordHebrew)
	wordInWord   = breaksOf(wordMidLetter, wordMidNumLet, wordSingleQuote)
	wordInNumber = breaksOf(wordMidNum, wordMidNumLet, wordSingleQuote)
	wordJoined   = breaksOf(wordLetter, wordHebrew, wordNumeric, wordKatakana) // with connectors
)

// atWordBreak reports whether a word begins or ends at an offset. It looks at the characters up to the next that is not
// ignored, and back to the one before the last that is not, or at all regional indicators.
func (m *machine) atWordBreak(pos int32) bool {
	if pos == 0 || int(pos) == len(m.text) {
		return len(m.text) > 0
	}
	t := breakText{m, wordClassOf}
	before, start := t.before(pos)
	after, next := t.at(pos)
	switch {
	case wordSpaces.has(before) && wordSpaces.has(after): // Perl's own; a mark takes the blank before it
		further, _ := t.at(next)
		return after == wordSpace && (further == wordExtend || further == wordFormat)
	case wordEnds.has(before) || wordSpaces.has(after): // WB3a, WB3b
		return true
	case wordIgnored.has(after): // WB4
		return false
	case before == wordJoiner: // WB3c
		if r, _ := m.decode(pos); pictograms.Contains(r) {
			return false
		}
	}
	if wordIgnored.has(before) { // WB4
		before, start = t.beforePast(pos, wordIgnored)
	}
	switch {
	case wordLetters.has(before) && wordLetters.has(after), // WB5
		before == wordHebrew && after == wordSingleQuote,  // WB7a
		before == wordNumeric && after == wordNumeric,     // WB8
		wordLetters.has(before) && after == wordNumeric,   // WB9
		before == wordNumeric && wordLetters.has(after),   // WB10
		before == wordKatakana && after == wordKatakana,   // WB13
		wordJoined.has(before) && after == wordConnector,  // WB13a
		before == wordConnector && after == wordConnector, // WB13a
		before == wordConnector && wordJoined.has(after):  // WB13b
		return false
	case before == wordRegional && after == wordRegional: // WB15, WB16
		return !t.evenBefore(start, wordRegional, wordIgnored)
	}
	further, _ := t.atPast(next, breaksOf(wordExtend, wordFormat))
	earlier, _ := t.beforePast(start, wordIgnored)
	switch {
	case wordLetters.has(before) && wordInWord.has(after) && wordLetters.has(further), // WB6
		wordLetters.has(earlier) && wordInWord.has(before) && wordLetters.has(after), // WB7
		before == wordHebrew && after == wordDoubleQuote && further == wordHebrew,    // WB7b
		earlier == wordHebrew && before == wordDoubleQuote && after == wordHebrew,    // WB7c
		earlier == wordNumeric && wordInNumber.has(before) && after == wordNumeric,   // WB11
		before == wordNumeric && wordInNumber.has(after) && further == wordNumeric:   // WB12
		return false
	}
	return true
}
