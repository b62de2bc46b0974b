package convert

import (
	"fmt"
	"slices"
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A place is what an anchor means.
type place struct {
	kind placeKind
	// lines says that it is also at line ends, and not only at the text's.
	lines bool
	// ends are the characters that end a line, where that matters, and pair says
	// that \r\n is one end.
	ends *flavor.CharSet
	pair bool
	// behindLast says that the start of a line is also behind a line end that
	// ends the text.
	behindLast bool
	// inEmpty says that the start of a line is also in the empty text.
	inEmpty bool
}

type placeKind uint8

const (
	placeOther   placeKind = iota
	startOf                // the start of the text, or of a line
	endOf                  // the end of the text, or of a line
	endOrNewline           // the end of the text, or before a line end that ends it
	searchStart            // where the search began
)

// placeOf returns what an anchor means in a flavor.
func placeOf(f *flavor.Flavor, n *syntax.Node) place {
	s := f.Semantics
	p := place{ends: s.LineEnds.With(n.Flags), pair: s.PairIsOne.With(n.Flags)}
	lines := s.AtLines.With(n.Flags)
	switch n.Rune {
	case '^':
		if p.kind, p.lines = startOf, lines; lines {
			p.behindLast, p.inEmpty = s.StartBehindLast, !s.StartNeverAtEnd
			return p
		}
		return place{kind: startOf}
	case '$':
		if p.kind, p.lines = endOf, lines; lines {
			return p
		}
		if s.EndBeforeLast.With(n.Flags) {
			p.kind = endOrNewline
			return p
		}
		return place{kind: endOf}
	case 'A':
		return place{kind: startOf}
	case 'z':
		return place{kind: endOf}
	case 'Z':
		if s.UpperZ == flavor.UpperZEnd {
			return place{kind: endOf}
		}
		p.kind = endOrNewline
		return p
	case 'G':
		return place{kind: searchStart}
	}
	return place{}
}

// spellings are how the places of a kind can be written, the plainest first. The
// first one that means it in the other flavor, with the flags in force there, is
// taken.
var spellings = map[placeKind][]string{
	startOf:      {`^`, `\A`},
	endOf:        {`$`, `\z`, `\Z`},
	endOrNewline: {`$`, `\Z`},
	searchStart:  {`\G`},
}

// place writes an anchor or a boundary.
func (w *writer) place(n *syntax.Node) {
	want := placeOf(w.from.Flavor, n)
	if want.kind == placeOther {
		w.boundary(n)
		return
	}
	if want.lines && want.kind == startOf && w.followed(n) {
		want.behindLast, want.inEmpty = w.to.Semantics.StartBehindLast, !w.to.Semantics.StartNeverAtEnd // nothing could match there
	}
	texts := w.placeTexts(n, want)
	for _, near := range []func(a, b place) bool{exactly, sameButEnds, sameButLast} {
		for _, text := range texts {
			if got, ok := w.readPlace(text); ok && near(want, got) {
				w.put(text)
				w.placeDiffers(n, want, got)
				return
			}
		}
		if text := w.lookaround(want); text != "" && w.accepts(text) {
			w.put(text)
			w.change(n, syntax.SeverityHint, "%s has no anchor for this place: it is written as a lookaround", w.to.Label)
			return
		}
	}
	if want.kind == endOrNewline {
		for _, text := range append([]string{w.from.Source(n)}, spellings[endOf]...) {
			if got, ok := w.readPlace(text); ok && got.kind == endOf && !got.lines {
				w.put(text)
				w.inOnly(n, "before a line end that ends the text", false)
				return
			}
		}
	}
	w.lost(n, w.from.Source(n))
}

// placeTexts are the anchors that may mean a place: first as the source has it.
func (w *writer) placeTexts(n *syntax.Node, want place) []string {
	texts := append([]string{w.from.Source(n)}, spellings[want.kind]...)
	if want.lines && w.to.Has(flavor.FlagsGroup) && !w.is(flavor.InRuby) {
		texts = append(texts, "(?m:"+spellings[want.kind][0]+")")
	}
	return texts
}

// readPlace returns what a text means in the result.
func (w *writer) readPlace(text string) (place, bool) {
	t := syntax.Parse(text, w.to, w.flags)
	n := t.Root
	if n.Kind == syntax.KindGroup && n.Op == syntax.OpFlagsGroup {
		n = n.Body()
	}
	if len(t.Errors) > 0 || n.Kind != syntax.KindAssertion {
		return place{}, false
	}
	return placeOf(w.to, n), true
}

func exactly(a, b place) bool { return a == b }

func sameButEnds(a, b place) bool {
	a.ends, a.pair = b.ends, b.pair
	return a == b
}

func sameButLast(a, b place) bool {
	a.behindLast, a.inEmpty = b.behindLast, b.inEmpty
	return sameButEnds(a, b)
}

// placeDiffers says what differs between two places.
func (w *writer) placeDiffers(n *syntax.Node, want, got place) {
	if want.ends != got.ends || want.pair != got.pair {
		w.change(n, syntax.SeverityWarning, "lines end at %s in %s, at %s in %s", endsText(got), w.to.Label, endsText(want), w.from.Flavor.Label)
	}
	if want.behindLast != got.behindLast {
		w.inOnly(n, "behind a line end that ends the text", got.behindLast)
	}
	if want.inEmpty != got.inEmpty {
		w.inOnly(n, "in the empty text", got.inEmpty)
	}
}

func (w *writer) inOnly(n *syntax.Node, where string, inTarget bool) {
	in := w.from.Flavor
	if inTarget {
		in = w.to
	}
	w.change(n, syntax.SeverityWarning, "%s also matches %s in %s only", w.from.Source(n), where, in.Label)
}

func endsText(p place) string {
	if p.pair {
		return `\r\n, ` + p.ends.Words
	}
	return p.ends.Words
}

// lookaround returns what means a place without an anchor, where that is short,
// or "".
func (w *writer) lookaround(p place) string {
	class := ""
	if p.ends != nil && p.ends != lineFeed && w.to.Semantics.Unit.With(w.flags) == flavor.Byte {
		return "" // which sees line ends as several
	}
	if p.ends != nil {
		for _, r := range p.ends.Ranges() {
			for c := r[0]; c <= r[1]; c++ {
				class += w.char(c, true)
			}
		}
	}
	single := class
	if len(class) > 2 {
		single = "[" + class + "]"
	}
	end := `\z`
	switch {
	case w.is(flavor.InJS) && w.flags.Has('m'): // not only the lookahead, with which V8 also finds places within a character
		end = `$(?![\s\S])`
	case w.is(flavor.InJS):
		end = "$"
	case w.is(flavor.InPython):
		end = `\Z`
	}
	switch {
	case p.kind == startOf && !p.lines:
		return `(?<![\s\S])`
	case p.kind == endOf && !p.lines:
		return end
	case p.kind == endOrNewline && p.pair: // not within \r\n
		return `(?!(?<=\r)\n)(?=(?:\r\n|` + single + `)?` + end + ")"
	case p.kind == endOrNewline:
		return "(?=" + single + "?" + end + ")"
	case p.kind == startOf && p.ends == lineFeed && p.behindLast && p.inEmpty && w.to.Semantics.LineEnds.With(w.flags) == lineFeed:
		return `(?<![^\n])`
	}
	return ""
}

// lineFeed is the line end of most flavors.
var lineFeed = mustLookup("go").Semantics.LineEnds.Plain

func mustLookup(name string) *flavor.Flavor {
	f, err := flavor.Lookup(name)
	if err != nil {
		panic(err)
	}
	return f
}

// followed reports whether what matches behind a node takes some text, whatever
// way the match goes.
func (w *writer) followed(n *syntax.Node) bool {
	for up := w.parent[n]; up != nil; n, up = up, w.parent[up] {
		switch {
		case up.IsLook() || up.Kind == syntax.KindConditional || up.IsCapture() && w.isCalled(up):
			return false
		case up.Kind == syntax.KindConcat:
			for _, sub := range up.Sub[slices.Index(up.Sub, n)+1:] {
				if least, _ := w.from.Width(sub); least > 0 {
					return true
				}
			}
		}
	}
	return false
}

// boundary writes \b and its kin.
func (w *writer) boundary(n *syntax.Node) {
	source := w.from.Source(n)
	if n.Rune == '<' || n.Rune == '>' {
		source = map[rune]string{'<': `\b(?=\w)`, '>': `\b(?<=\w)`}[n.Rune]
		if w.to.Has(flavor.WordStart) {
			source = w.from.Source(n)
		}
	}
	t := syntax.Parse(source, w.to, w.flags)
	got := t.Root
	if got.Kind == syntax.KindConcat && (n.Rune == '<' || n.Rune == '>') {
		got = got.Sub[0]
	}
	if len(t.Errors) > 0 || got.Kind != syntax.KindAssertion || got.Text != n.Text {
		w.lost(n, w.from.Source(n))
		return
	}
	w.put(source)
	if least, _ := w.from.Width(w.from.Root); n.Rune == 'B' && least == 0 && w.onlyOne(flavor.InPython) {
		w.change(n, syntax.SeverityWarning, `\B does not match in the empty text in Python`)
	}
	if least, _ := w.from.Width(w.from.Root); n.Text != "" && least == 0 {
		w.change(n, syntax.SeverityWarning, "flavors differ in whether %s matches in the empty text", w.from.Source(n))
	}
	if n.Rune == 'y' || n.Rune == 'Y' || n.Text != "" {
		return
	}
	from, to := w.from.Flavor, w.to
	a, b := syntax.WordChars(from, n.Flags), syntax.WordChars(to, w.boundaryFlags())
	w.wordsDiffer(n, a, b)
	if marks := from.Semantics.BoundaryMarks.With(n.Flags); marks != to.Semantics.BoundaryMarks.With(w.flags) {
		java, other := to, from
		if marks {
			java, other = from, to
		}
		w.change(n, syntax.SeverityWarning, `%s differs only beside marks such as U+0301 behind letters (in words in %s, not in %s)`, w.from.Source(n), java.Label, other.Label)
	}
}

// wordsDiffer says beside which characters a boundary is another one.
func (w *writer) wordsDiffer(n *syntax.Node, source, target syntax.CharSet) {
	var parts []string
	for _, side := range []struct {
		only    syntax.CharSet
		in, not *flavor.Flavor
	}{{target.Minus(source), w.to, w.from.Flavor}, {source.Minus(target), w.from.Flavor, w.to}} {
		if len(side.only) > 0 {
			parts = append(parts, fmt.Sprintf("beside %s (in words in %s, not in %s)", samplesText(side.only), side.in.Label, side.not.Label))
		}
	}
	if len(parts) > 0 {
		w.change(n, syntax.SeverityWarning, "%s differs only %s", w.from.Source(n), strings.Join(parts, ", and "))
	}
}

// boundaryFlags are the flags in force where the writer is.
func (w *writer) boundaryFlags() flavor.Flags {
	if w.icase {
		return w.flags.With('i')
	}
	return w.flags.Without('i')
}
