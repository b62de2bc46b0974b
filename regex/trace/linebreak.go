package trace

import (
	"sync"
	"unicode"

	"github.com/regexdbg/regexdbg/regex/syntax"
)

// Perl's \b{lb}: the places where a line may break of UAX 14, rules LB1 to LB31 of Unicode 14, with numbers as in the
// example of its section 8.2 (LB25).

// The values of Line_Break, but for those that LB1 makes others of: AI, SG, XX, SA and CJ.
const (
	lineAL breakClass = iota
	lineB2
	lineBA
	lineBB
	lineBK
	lineCB
	lineCL
	lineCM
	lineCP
	lineCR
	lineEB
	lineEM
	lineEX
	lineGL
	lineH2
	lineH3
	lineHL
	lineHY
	lineID
	lineIN
	lineIS
	lineJL
	lineJT
	lineJV
	lineLF
	lineNL
	lineNS
	lineNU
	lineOP
	linePO
	linePR
	lineQU
	lineRI
	lineSP
	lineSY
	lineWJ
	lineZW
	lineZWJ
	lineSA
	lineCJ
	// lineWideOP and lineWideCP are of those that are wide in East Asia: LB30.
	lineWideOP
	lineWideCP
	// linePictogram is of pictograms that are not assigned yet: LB30b.
	linePictogram
)

// A lineTable is a breakTable, and what the classes depend on besides.
type lineTable struct {
	breakTable
	wide syntax.CharSet // East_Asian_Width F, W or H
}

var lineTables = sync.OnceValue(func() lineTable {
	t := lineTable{breakTable: newBreakTable("linebreak", []string{
		"AL", "B2", "BA", "BB", "BK", "CB", "CL", "CM", "CP", "CR", "EB", "EM", "EX", "GL", "H2", "H3", "HL", "HY", "ID", "IN", "IS", "JL", "JT",
		"JV", "LF", "NL", "NS", "NU", "OP", "PO", "PR", "QU", "RI", "SP", "SY", "WJ", "ZW", "ZWJ", "SA", "CJ",
	})}
	for _, value := range []string{"F", "W", "H"} {
		set, _ := syntax.ValueSet("eastasianwidth", value)
		t.wide = t.wide.Union(set)
	}
	return t
})

func lineClassOf(r rune) breakClass {
	t := lineTables()
	switch class := t.of(r); {
	case class == lineSA && unicode.In(r, unicode.Mn, unicode.Mc):
		return lineCM
	case class == lineSA:
		return lineAL
	case class == lineCJ:
		return lineNS
	case class == lineOP && t.wide.Contains(r):
		return lineWideOP
	case class == lineCP && t.wide.Contains(r):
		return lineWideCP
	case class == lineID && pictograms.Contains(r) && !unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z, unicode.C):
		return linePictogram
	default:
		return class
	}
}

var (
	lineMarks    = breaksOf(lineCM, lineZWJ)
	lineNewlines = breaksOf(lineBK, lineCR, lineLF, lineNL)
	lineNoMarks  = lineNewlines | breaksOf(lineSP, lineZW) // marks do not belong to them: LB9
	lineLetters  = breaksOf(lineAL, lineHL)
	lineOpening  = breaksOf(lineOP, lineWideOP)
	lineClosing  = breaksOf(lineCL, lineCP, lineWideCP)
	lineHangul   = breaksOf(lineJL, lineJV, lineJT, lineH2, lineH3)
	lineIdeo     = breaksOf(lineID, lineEB, lineEM, linePictogram)
	linePrefix   = breaksOf(linePR, linePO)
	lineInNumber = breaksOf(lineSY, lineIS)
)

// atLineBreak reports whether a line may break at an offset, in time linear in the spaces, marks, regional indicators and
// parts of numbers before it.
func (m *machine) atLineBreak(pos int32) bool {
	if pos == 0 { // LB2
		return false
	}
	if int(pos) == len(m.text) { // LB3
		return true
	}
	t := breakText{m, lineClassOf}
	before, start := t.before(pos)
	after, next := t.at(pos)
	switch {
	case before == lineCR && after == lineLF: // LB5
		return false
	case lineNewlines.has(before): // LB4, LB5
		return true
	case lineNewlines.has(after), after == lineSP, after == lineZW: // LB6, LB7
		return false
	}
	spaces := before == lineSP
	for before == lineSP {
		before, start = t.before(start)
	}
	switch {
	case before == lineZW: // LB8
		return true
	case before == lineZWJ && !spaces: // LB8a
		return false
	}
	before, start = t.withMarks(before, start)
	if lineMarks.has(after) {
		if !spaces && !lineNoMarks.has(before) && before != breakEdge { // LB9
			return false
		}
		after = lineAL // LB10
	}
	if spaces {
		return !lineUnbrokenBySpaces(before, after)
	}
	return !t.lineUnbroken(before, after, start, next)
}

// withMarks is the class of the last character up to an offset, which has some class, with its marks: LB9 and LB10.
func (t breakText) withMarks(class breakClass, start int32) (breakClass, int32) {
	if !lineMarks.has(class) {
		return class, start
	}
	if base, from := t.beforePast(start, lineMarks); base != breakEdge && !lineNoMarks.has(base) {
		return base, from
	}
	return lineAL, start
}

// lineUnbrokenBySpaces reports whether a line does not break behind spaces between two classes.
func lineUnbrokenBySpaces(before, after breakClass) bool {
	switch {
	case after == lineWJ, // LB11
		lineClosing.has(after), after == lineEX, after == lineIS, after == lineSY, // LB13
		lineOpening.has(before),                    // LB14
		before == lineQU && lineOpening.has(after), // LB15
		lineClosing.has(before) && after == lineNS, // LB16
		before == lineB2 && after == lineB2:        // LB17
		return true
	}
	return false // LB18
}

// lineUnbroken reports whether a line does not break between two characters, of which one begins at start and the other
// ends at next.
func (t breakText) lineUnbroken(before, after breakClass, start, next int32) bool {
	if lineUnbrokenBySpaces(before, after) {
		return true
	}
	switch {
	case before == lineWJ, // LB11
		before == lineGL, // LB12
		after == lineGL && before != lineBA && before != lineHY, // LB12a
		after == lineQU, before == lineQU: // LB19
		return true
	case after == lineCB, before == lineCB: // LB20
		return false
	case after == lineBA, after == lineHY, after == lineNS, before == lineBB: // LB21
		return true
	case before == lineHY || before == lineBA: // LB21a
		if earlier, at := t.before(start); earlier != breakEdge {
			if earlier, _ = t.withMarks(earlier, at); earlier == lineHL {
				return true
			}
		}
	}
	switch {
	case before == lineSY && after == lineHL, // LB21b
		after == lineIN, // LB22
		lineLetters.has(before) && after == lineNU, before == lineNU && lineLetters.has(after), // LB23
		before == linePR && lineIdeo.has(after), lineIdeo.has(before) && after == linePO, // LB23a
		linePrefix.has(before) && lineLetters.has(after), lineLetters.has(before) && linePrefix.has(after), // LB24
		t.inNumber(before, after, start, next),                                               // LB25
		before == lineJL && lineHangul.has(after) && after != lineJT,                         // LB26
		(before == lineJV || before == lineH2) && (after == lineJV || after == lineJT),       // LB26
		(before == lineJT || before == lineH3) && after == lineJT,                            // LB26
		lineHangul.has(before) && after == linePO, before == linePR && lineHangul.has(after), // LB27
		lineLetters.has(before) && lineLetters.has(after),                // LB28
		before == lineIS && lineLetters.has(after),                       // LB29
		(lineLetters.has(before) || before == lineNU) && after == lineOP, // LB30
		before == lineCP && (lineLetters.has(after) || after == lineNU),  // LB30
		(before == lineEB || before == linePictogram) && after == lineEM: // LB30b
		return true
	case before == lineRI && after == lineRI: // LB30a
		return t.evenBefore(start, lineRI, lineMarks)
	}
	return false // LB31
}

// inNumber is LB25: the parts of a number are not parted.
func (t breakText) inNumber(before, after breakClass, start, next int32) bool {
	switch {
	case linePrefix.has(before) && after == lineNU, (lineOpening.has(before) || before == lineHY) && after == lineNU,
		before == lineNU && (after == lineNU || lineInNumber.has(after)):
		return true
	case linePrefix.has(before) && (lineOpening.has(after) || after == lineHY):
		further, _ := t.atPast(next, lineMarks)
		return further == lineNU
	case lineInNumber.has(before) && (after == lineNU || lineInNumber.has(after) || lineClosing.has(after)):
		return t.numberBefore(start)
	case linePrefix.has(after) && lineClosing.has(before):
		return t.numberBefore(start)
	case linePrefix.has(after) && (before == lineNU || lineInNumber.has(before)):
		return before == lineNU || t.numberBefore(start)
	}
	return false
}

// numberBefore reports whether a digit with signs behind it ends at an offset.
func (t breakText) numberBefore(pos int32) bool {
	for {
		class, start := t.beforePast(pos, lineMarks)
		if !lineInNumber.has(class) {
			return class == lineNU
		}
		pos = start
	}
}
