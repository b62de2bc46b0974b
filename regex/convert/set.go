package convert

import (
	"slices"
	"strings"
	"unicode"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// set writes one character out of a set, as the last time when it has been written
// before: a pattern says the same things many times.
func (w *writer) set(n *syntax.Node) {
	key := writtenSet{setKey{w.from.Source(n), w.from.Flavor, n.Flags}, w.icase}
	text, known := w.known[key]
	if known {
		w.put(text)
		return
	}
	outer, comment := w.b, w.comment
	w.b, w.comment = nil, false
	w.newSet(n)
	text = string(w.b)
	w.b, w.comment = outer, comment
	w.put(text)
	w.known[key] = text
}

// A writtenSet is what the text of a set depends on.
type writtenSet struct {
	setKey
	icase bool
}

// newSet writes one character out of a set. The first spelling is taken that is the
// same set in the other flavor.
func (w *writer) newSet(n *syntax.Node) {
	if strings := w.from.ClassStrings(n); len(strings) > 0 {
		w.classStrings(n, strings)
		return
	}
	want, ok := w.nodeSet(n, n.Flags.Without('i'))
	if !ok {
		w.verbatim(n)
		return
	}
	if n.Flags.Has('i') && !w.icase && w.caseOf(n) == ignores { // the other flavor can only ignore case as a whole
		if folded, ok := w.nodeSet(n, n.Flags); ok {
			w.ranges(n, folded)
			return
		}
	}
	candidates := []string{w.from.Source(n)}
	switch n.Kind {
	case syntax.KindDot:
		candidates = append(candidates, `[^\n]`, `[\s\S]`)
		if w.to.Has(flavor.FlagsGroup) && w.to.Set&flavor.InRuby == 0 {
			candidates = append(candidates, "(?s:.)")
		}
	case syntax.KindClassEscape, syntax.KindProperty:
		candidates = append(candidates, alternativesOf(n)...)
	case syntax.KindClass:
		if len(n.Sub) != 1 || n.Sub[0].Kind != syntax.KindPosix { // which may be one escape
			candidates = append(candidates, w.itemwise(n, true), w.itemwise(n, false))
		}
		if text := w.classOperation(n); text != "" {
			candidates = append(candidates, text)
		}
		if text := w.setNotation(n); text != "" {
			candidates = append(candidates, text)
		}
	}
	for i, text := range candidates {
		got, ok := w.setOf(text, w.to, w.targetFlags())
		if !ok || !w.sameSet(want, got) || w.is(flavor.InDotNet) && (strings.Contains(text, `-\-`) || strings.Contains(text, `\--`)) {
			continue // see rangeEnds
		}
		w.putSet(n, text)
		if i > 0 && n.Kind != syntax.KindClass {
			w.change(n, syntax.SeverityHint, "%s is %s in %s", w.from.Source(n), text, w.to.Label)
		}
		return
	}
	w.ranges(n, want)
}

// putSet writes a text that is a set, and looks at what it is where case is ignored.
func (w *writer) putSet(n *syntax.Node, text string) {
	if !w.icase {
		w.put(text)
		return
	}
	want, ok := w.nodeSet(n, n.Flags)
	got, ok2 := w.setOf(text, w.to, w.flags.With('i'))
	if ok && ok2 && w.caseOf(n) == caseless && !w.sameSet(want, got) && w.to.Has(flavor.FlagsGroup) {
		w.put("(?-i:", text, ")")
		return
	}
	w.put(text)
	if ok && ok2 {
		w.foldsTo(n, want, got)
	}
	if n.Kind == syntax.KindClass {
		for _, item := range n.Sub {
			if item.Kind == syntax.KindLiteral {
				for _, r := range item.Runes() {
					w.longFold(n, string(r))
				}
			}
		}
	}
}

// classStrings writes a class that also matches texts of several characters: those
// of JavaScript's v.
func (w *writer) classStrings(n *syntax.Node, texts []string) {
	w.change(n, syntax.SeverityHint, "the texts in %s are alternatives in %s", w.from.Source(n), w.to.Label)
	chars, ok := w.nodeSet(n, n.Flags.Without('i'))
	if !ok {
		w.verbatim(n)
		return
	}
	w.put("(?:")
	for _, text := range texts {
		for _, r := range text {
			w.put(w.char(r, false))
		}
		if text != "" {
			w.put("|")
		}
	}
	if len(chars) > 0 {
		w.put("[", w.rangeText(chars), "]")
	} else if texts[len(texts)-1] != "" {
		w.b = w.b[:len(w.b)-1]
	}
	if len(chars) > 0 && texts[len(texts)-1] == "" {
		w.put("|")
	}
	w.put(")")
}

func (w *writer) targetFlags() flavor.Flags { return w.flags.Without('i') }

// A setKey is what a set depends on.
type setKey struct {
	pattern string
	flavor  *flavor.Flavor
	flags   flavor.Flags
}

// setOf returns the set that a pattern is, or nil when it is none. A pattern says
// the same things many times, and sets of properties take long to make.
func (s *source) setOf(pattern string, f *flavor.Flavor, flags flavor.Flags) (syntax.CharSet, bool) {
	key := setKey{pattern, f, flags}
	set, known := s.sets[key]
	if !known {
		set = makeSet(key)
		s.sets[key] = set
	}
	return set, set != nil
}

func makeSet(key setKey) syntax.CharSet {
	t := syntax.Parse(key.pattern, key.flavor, key.flags)
	if len(t.Errors) > 0 {
		return nil
	}
	n := t.Root
	for n.Kind == syntax.KindGroup && n.Op == syntax.OpFlagsGroup {
		n = n.Body()
	}
	if n.Kind == syntax.KindLiteral && n.Len() != 1 || n.Kind == syntax.KindConcat {
		return nil
	}
	set, ok := t.CharSet(n)
	switch {
	case !ok:
		return nil
	case set == nil:
		return syntax.CharSet{}
	}
	return set
}

// limits are the last characters that a unit holds: what is beyond is several.
var limits = map[flavor.Unit]rune{flavor.Byte: 0x7F, flavor.UTF16: 0xFFFF, flavor.CodePoint: unicode.MaxRune}

// units are the units of the source and of the result.
func (w *writer) units() (from, to flavor.Unit) {
	return w.sourceUnit(), w.to.Semantics.Unit.With(w.flags)
}

func (w *writer) sourceUnit() flavor.Unit { return w.from.Flavor.Semantics.Unit.With(w.start) }

// narrow is the last character that is one unit in both flavors.
func (w *writer) narrow() rune {
	from, to := w.units()
	return min(limits[from], limits[to])
}

var noSurrogates = syntax.CharSet{{First: 0, Last: 0xD7FF}, {First: 0xE000, Last: unicode.MaxRune}}

// common is the part of a set that both flavors see as characters.
func (w *writer) common(s syntax.CharSet) syntax.CharSet {
	narrow := w.narrow()
	return s.Intersect(noSurrogates).Intersect(syntax.CharSet{{First: 0, Last: narrow}})
}

// sameSet compares a set of the source with one of the result. Where one of the
// flavors sees the units of characters, the others see them all or none.
func (w *writer) sameSet(a, b syntax.CharSet) bool {
	from, to := w.units()
	if !slices.Equal(w.common(a), w.common(b)) {
		return false
	}
	return from == to || w.beyond(a, from) == w.beyond(b, to) && w.beyond(a, from) != someBeyond
}

// What a set has of the characters beyond those that both flavors see as one.
type beyond uint8

const (
	noneBeyond beyond = iota
	allBeyond
	someBeyond
)

// beyond looks at the characters, or at their units, that only the wider of the
// two flavors sees as one.
func (w *writer) beyond(s syntax.CharSet, unit flavor.Unit) beyond {
	narrow := w.narrow()
	part := syntax.CharRange{First: narrow + 1, Last: unicode.MaxRune}
	switch {
	case unit == flavor.Byte:
		part = syntax.CharRange{First: 0x80, Last: 0xFF}
	case limits[unit] == narrow: // UTF-16
		part = syntax.CharRange{First: 0xD800, Last: 0xDFFF}
	}
	whole := syntax.CharSet{part}
	if unit == flavor.CodePoint {
		whole = whole.Intersect(noSurrogates)
	}
	switch got := s.Intersect(whole); {
	case len(got) == 0:
		return noneBeyond
	case slices.Equal(got, whole):
		return allBeyond
	}
	return someBeyond
}

// alternativesOf are other ways to write what an escape mostly means.
func alternativesOf(n *syntax.Node) []string {
	pair := func(plain ...string) []string {
		if n.Negated {
			for i, text := range plain {
				switch {
				case strings.HasPrefix(text, "["):
					plain[i] = "[^" + text[1:]
				case strings.HasPrefix(text, `\p`):
					plain[i] = `\P` + text[2:]
				}
			}
		}
		return plain
	}
	if n.Kind == syntax.KindProperty {
		return append(likeLetters(n), pair(`\p{`+n.Text+`}`, `\p{Script=`+strings.TrimPrefix(n.Text, "Is")+`}`, `\p{Script_Extensions=`+n.Text+`}`, `\p{Is`+n.Text+`}`, `\p{`+strings.TrimPrefix(n.Text, "Is")+`}`,
			`\p{`+strings.TrimPrefix(strings.TrimPrefix(n.Text, "Script="), "sc=")+`}`)...)
	}
	switch n.Rune {
	case 'd':
		return pair(`[0-9]`, `\p{Nd}`)
	case 'w':
		return pair(`[0-9A-Za-z_]`, `[\p{L}\p{M}\p{Nd}\p{Pc}]`, `[\p{L}\p{N}_]`, `[\p{L}\p{Nd}_]`)
	case 's':
		return pair(`[\s\x0b]`, `[\t\n\f\r ]`, `[\t\n\x0b\f\r ]`, `[\t\n\x0b\f\r\x85\p{Z}]`)
	case 'h':
		return pair(`[\t ]`, `[\t\p{Zs}]`, `[0-9A-Fa-f]`)
	case 'v':
		return pair(`[\n\x0b\f\r\x85\u2028\u2029]`, `[\n\x0b\f\r\x85\x{2028}\x{2029}]`)
	case 'N':
		return []string{`.`, `[^\n]`}
	}
	return nil
}

// likeLetters is what is near to \p{L}.
func likeLetters(n *syntax.Node) []string {
	switch {
	case n.Text != "L" && n.Text != "Letter":
		return nil
	case n.Negated:
		return []string{`[\W\d_]`}
	}
	return []string{lettersOnly}
}

// itemwise writes a class with each item as the other flavor has it, and its
// characters as the source has them or escaped.
func (w *writer) itemwise(n *syntax.Node, asSource bool) string {
	var b strings.Builder
	b.WriteByte('[')
	if n.Negated {
		b.WriteByte('^')
	}
	for _, item := range n.Sub {
		text, ok := w.classItem(item, asSource)
		if !ok {
			return "[" // is refused
		}
		b.WriteString(text)
	}
	b.WriteByte(']')
	return b.String()
}

// classItem writes an item of a class that is no class.
func (w *writer) classItem(item *syntax.Node, asSource bool) (string, bool) {
	switch item.Kind {
	case syntax.KindLiteral:
		return w.classChars(item, asSource), true
	case syntax.KindRange:
		return w.rangeOf(item, asSource), true
	case syntax.KindClassEscape, syntax.KindProperty, syntax.KindPosix:
		return w.classPart(item), true
	}
	return "", false
}

// classChars writes a literal within a class.
func (w *writer) classChars(n *syntax.Node, asSource bool) string {
	text := w.from.Source(n)
	if isEscape := n.Op == syntax.OpIdentity && !isAlphanumeric(text[1]) && text != `\/`; asSource && (n.Op == syntax.OpVerbatim || isEscape) {
		return text
	}
	var b strings.Builder
	for _, r := range n.Runes() {
		if asSource {
			b.WriteString(w.written(n, r, true))
		} else {
			b.WriteString(w.char(r, true))
		}
	}
	return b.String()
}

// rangeOf writes a range as the source has it, or with its ends escaped.
func (w *writer) rangeOf(n *syntax.Node, asSource bool) string {
	if asSource {
		return w.classChars(n.Sub[0], true) + "-" + w.classChars(n.Sub[1], true)
	}
	return w.rangeEnd(n.Sub[0].Runes()[0]) + "-" + w.rangeEnd(n.Sub[1].Runes()[0])
}

// classPart writes an escape within a class.
func (w *writer) classPart(n *syntax.Node) string {
	source := w.from.Source(n)
	want, ok := w.setOf("["+source+"]", w.from.Flavor, n.Flags.Without('i'))
	if !ok {
		return source
	}
	for _, text := range append([]string{source}, alternativesOf(n)...) {
		inner := strings.TrimSuffix(strings.TrimPrefix(text, "["), "]")
		if strings.HasPrefix(inner, "^") {
			continue
		}
		if got, ok := w.setOf("["+inner+"]", w.to, w.targetFlags()); ok && w.sameSet(want, got) {
			return inner
		}
	}
	if from, to := w.units(); from == flavor.CodePoint && to == from {
		want = want.Intersect(noSurrogates)
	}
	if text := w.compose(n, want); text != "" {
		return text
	}
	return source
}

// maxRanges is how many ranges are written out: more nobody can read.
const maxRanges = 40

// ranges writes a set as its ranges, or what is nearest when they are too many.
func (w *writer) ranges(n *syntax.Node, want syntax.CharSet) {
	from, to := w.units()
	have := w.common(want)
	if from != to {
		switch w.beyond(want, from) {
		case someBeyond:
			w.nearest(n, want)
			return
		case allBeyond:
			have = have.Union(w.common(syntax.CharSet{{First: 0, Last: unicode.MaxRune}}).Not(syntax.CharRange{First: 0, Last: unicode.MaxRune}))
		}
	}
	have = have.Intersect(noSurrogates)
	not := noSurrogates.Minus(have)
	if to == flavor.Byte {
		have, not = byBytes(have), byBytes(not)
	}
	text := ""
	switch {
	case len(have) == 0:
		text = w.emptyClass()
	case len(not) == 0:
		text = `[\s\S]`
	default:
		if text = shorter(w.compose(n, have), caret(w.compose(n, not))); text != "" {
			text = bracketed(text)
		}
	}
	if text == "" || !w.accepts(text) {
		w.nearest(n, want)
		return
	}
	if n.Flags.Has('i') && !w.icase {
		w.put(text)
	} else {
		w.putSet(n, text)
	}
	if n.Kind != syntax.KindClass || len(n.Sub) > 0 && n.Sub[0].Kind == syntax.KindClassOp {
		if runes(text) > maxShown {
			text = "written as its ranges"
			w.unrolled++
		}
		w.change(n, syntax.SeverityHint, "%s is %s in %s", w.from.Source(n), text, w.to.Label)
	}
}

// maxShown is the longest set that a message shows: about a line.
const maxShown = 80

// byBytes is a set for a flavor that sees bytes.
func byBytes(s syntax.CharSet) syntax.CharSet {
	ascii := s.Intersect(syntax.CharSet{{First: 0, Last: 0x7F}})
	if slices.Equal(ascii, s) {
		return s
	}
	return ascii.Union(syntax.CharSet{{First: 0x80, Last: 0xFF}})
}

// emptyClass matches no character.
func (w *writer) emptyClass() string {
	if w.is(flavor.InJS) {
		return "[]"
	}
	return `[^\s\S]`
}

// rangeText writes a set as ranges, beyond ASCII by numbers: few of those letters
// can be told from their neighbours.
func (w *writer) rangeText(s syntax.CharSet) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteString(w.rangeEnd(r.First))
		if r.Last > r.First+1 {
			b.WriteByte('-')
		}
		if r.Last > r.First {
			b.WriteString(w.rangeEnd(r.Last))
		}
	}
	return b.String()
}

// rangeEnd writes a character that may be the end of a range. In .NET that is not
// \-: regexp2 reads [*-\-/] as the range of * to /.
func (w *writer) rangeEnd(r rune) string {
	switch {
	case r == '-' && w.is(flavor.InDotNet):
		return `\x2d`
	case r > 0x7F:
		return w.number(r)
	}
	return w.char(r, true)
}

// verbatim writes a node as it is, where the other flavor has it too.
func (w *writer) verbatim(n *syntax.Node) {
	text := w.from.Source(n)
	if read := syntax.Parse(text, w.to, w.flags); len(read.Errors) == 0 && read.Root.Kind == n.Kind {
		w.put(text)
		w.change(n, syntax.SeverityWarning, "%s is taken over as it is: whether it means the same is not known", text)
	} else {
		w.lostSet(n, nil)
	}
}

// classEscape writes \d and the like, and those that are more than one
// character.
func (w *writer) classEscape(n *syntax.Node) {
	has := map[rune]flavor.Feature{'R': flavor.NewlineSequence, 'X': flavor.Grapheme, 'C': flavor.SingleUnit}
	feature, sequence := has[n.Rune]
	switch {
	case !sequence:
		w.set(n)
	case n.Rune == 'R':
		w.newline(n)
	case w.to.Has(feature):
		w.put(w.from.Source(n))
	default:
		w.lost(n, w.from.Source(n))
	}
}

// newline writes \R. Only Java's can match \r alone before \n, when what follows
// needs that.
func (w *writer) newline(n *syntax.Node) {
	backtracks := w.fromIs(flavor.InJava)
	text := `\R`
	if !w.to.Has(flavor.NewlineSequence) || backtracks {
		text = `\r\n|[\n-\r` + w.char(0x85, true) + w.char(0x2028, true) + w.char(0x2029, true) + "]"
		w.change(n, syntax.SeverityHint, `\R is written out`)
	}
	switch {
	case backtracks:
		w.put("(?:", text, ")")
	case w.is(flavor.InJava) || text != `\R` && w.to.Has(flavor.Atomic):
		w.put("(?>", text, ")")
	case text != `\R` && w.to.Has(flavor.LookaheadNot):
		w.put("(?:", strings.Replace(text, "|", `|(?!\r\n)`, 1), ")")
	case text != `\R`:
		w.put("(?:", text, ")")
		w.change(n, syntax.SeverityWarning, `the result can match \r alone before \n, where what follows \R fails otherwise`)
	default:
		w.put(text)
	}
}
