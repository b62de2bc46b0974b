package convert

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// set writes one character out of a set. The first spelling is taken that is the
// same set in the other flavor.
func (w *writer) set(n *syntax.Node) {
	want, ok := w.setOf(w.from.Source(n), w.from.Flavor, w.sourceFlags(n))
	if !ok {
		w.verbatim(n)
		return
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
		candidates = append(candidates, w.itemwise(n))
	}
	for i, text := range candidates {
		got, ok := w.setOf(text, w.to, w.targetFlags())
		if !ok || !w.sameSet(want, got) {
			continue
		}
		w.put(w.cased(n, text, want))
		if i > 0 && n.Kind != syntax.KindClass {
			w.change(n, syntax.SeverityHint, "%s is %s in %s", w.from.Source(n), text, w.to.Label)
		}
		return
	}
	w.ranges(n, want)
}

// sourceFlags are a node's flags without i: case is compared by flags, because
// engines differ in a few letters that nobody means.
func (w *writer) sourceFlags(n *syntax.Node) flavor.Flags { return n.Flags.Without('i') }

func (w *writer) targetFlags() flavor.Flags { return w.flags.Without('i') }

// A setKey is what a set depends on.
type setKey struct {
	pattern string
	flavor  *flavor.Flavor
	flags   flavor.Flags
}

// setOf returns the set that a pattern is, or nil when it is none. A pattern says
// the same things many times, and sets of properties take long to make.
func (w *writer) setOf(pattern string, f *flavor.Flavor, flags flavor.Flags) (syntax.CharSet, bool) {
	key := setKey{pattern, f, flags}
	set, known := w.sets[key]
	if !known {
		set = makeSet(key)
		w.sets[key] = set
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
	if ok && set == nil {
		set = syntax.CharSet{}
	}
	return set
}

// sameSet compares sets. Flavors that see bytes or UTF-16 units see only a part of
// the characters: there, all characters beyond are as those that they see.
func (w *writer) sameSet(a, b syntax.CharSet) bool {
	if w.bytesOnly() {
		const last = 0xFF
		return sameBelow(a, b, unicode.MaxASCII+1) && beyond(a, last) == beyond(b, unicode.MaxRune) && beyond(a, last) != mixed
	}
	if w.fromIs(flavor.InJS) && !w.from.Flags.Has('u') && !w.from.Flags.Has('v') {
		return sameBelow(a, b, 0xD800)
	}
	return sameSets(withoutSurrogates(a), withoutSurrogates(b))
}

func (w *writer) bytesOnly() bool { return w.fromIs(flavor.InPCRE2) && !w.from.Flags.Has('u') }

var everything = syntax.CharSet{{First: 0, Last: 0xD7FF}, {First: 0xE000, Last: unicode.MaxRune}}

func withoutSurrogates(s syntax.CharSet) syntax.CharSet { return s.Intersect(everything) }

func sameBelow(a, b syntax.CharSet, end rune) bool {
	low := syntax.CharSet{{First: 0, Last: end - 1}}
	return sameSets(a.Intersect(low), b.Intersect(low))
}

func sameSets(a, b syntax.CharSet) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// What a set has of the characters beyond ASCII.
const (
	none = iota
	all
	mixed
)

func beyond(s syntax.CharSet, last rune) int {
	high := s.Intersect(syntax.CharSet{{First: unicode.MaxASCII + 1, Last: last}})
	if last > 0xDFFF {
		high = high.Union(syntax.CharSet{{First: 0xD800, Last: 0xDFFF}})
	}
	switch {
	case len(s.Intersect(syntax.CharSet{{First: unicode.MaxASCII + 1, Last: last}})) == 0:
		return none
	case len(high) == 1 && high[0] == syntax.CharRange{First: unicode.MaxASCII + 1, Last: last}:
		return all
	}
	return mixed
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
		return pair(`\p{`+n.Text+`}`, `\p{Script=`+n.Text+`}`, `\p{Is`+n.Text+`}`, `\p{`+strings.TrimPrefix(n.Text, "Is")+`}`,
			`\p{`+strings.TrimPrefix(strings.TrimPrefix(n.Text, "Script="), "sc=")+`}`)
	}
	switch n.Rune {
	case 'd':
		return pair(`[0-9]`, `\p{Nd}`)
	case 'w':
		return pair(`[0-9A-Za-z_]`, `[\p{L}\p{M}\p{Nd}\p{Pc}]`, `[\p{L}\p{N}_]`, `[\p{L}\p{Nd}_]`)
	case 's':
		return pair(`[\t\n\f\r ]`, `[\t\n\x0b\f\r ]`, `[\t\n\x0b\f\r\x85\p{Z}]`)
	case 'h':
		return pair(`[\t ]`, `[\t\p{Zs}]`, `[0-9A-Fa-f]`)
	case 'v':
		return pair(`[\n\x0b\f\r\x85\u2028\u2029]`, `[\n\x0b\f\r\x85\x{2028}\x{2029}]`)
	case 'N':
		return []string{`.`, `[^\n]`}
	}
	return nil
}

// itemwise writes a class with each item as the other flavor has it.
func (w *writer) itemwise(n *syntax.Node) string {
	var b strings.Builder
	b.WriteByte('[')
	if n.Negated {
		b.WriteByte('^')
	}
	for _, item := range n.Sub {
		switch item.Kind {
		case syntax.KindLiteral:
			for _, r := range item.Runes() {
				b.WriteString(w.char(r, true))
			}
		case syntax.KindRange:
			b.WriteString(w.char(item.Sub[0].Runes()[0], true) + "-" + w.char(item.Sub[1].Runes()[0], true))
		case syntax.KindClassEscape, syntax.KindProperty, syntax.KindPosix:
			b.WriteString(w.classPart(item))
		default:
			return "[" // is refused
		}
	}
	b.WriteByte(']')
	return b.String()
}

// classPart writes an escape within a class.
func (w *writer) classPart(n *syntax.Node) string {
	source := w.from.Source(n)
	want, ok := w.setOf("["+source+"]", w.from.Flavor, w.sourceFlags(n))
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
	if len(want) <= maxRanges {
		return w.rangeText(want)
	}
	return source
}

// maxRanges is how many ranges are written out: more nobody can read.
const maxRanges = 40

// ranges writes a set as its ranges, or what is nearest when they are too many.
func (w *writer) ranges(n *syntax.Node, want syntax.CharSet) {
	not := want.Not(syntax.CharRange{First: 0, Last: w.lastChar()})
	if w.bytesOnly() {
		// What is there of the bytes beyond ASCII is there of all characters beyond.
		if beyond(want, 0xFF) == all {
			want = want.Union(syntax.CharSet{{First: 0x80, Last: unicode.MaxRune}})
		}
		not = want.Not(syntax.CharRange{First: 0, Last: unicode.MaxRune})
	}
	text := ""
	switch {
	case len(want) == 0:
		text = "[^" + w.char(0, true) + "-" + w.char(unicode.MaxRune, true) + "]"
	case len(not) == 0:
		text = `[\s\S]`
	case len(not) < len(want) && len(not) <= maxRanges:
		text = "[^" + w.rangeText(not) + "]"
	case len(want) <= maxRanges:
		text = "[" + w.rangeText(want) + "]"
	}
	if text != "" && w.accepts(text) {
		w.put(w.cased(n, text, want))
		w.change(n, syntax.SeverityHint, "%s is written as its ranges", w.from.Source(n))
		return
	}
	w.nearest(n, want)
}

func (w *writer) lastChar() rune {
	if w.fromIs(flavor.InJS) && !w.from.Flags.Has('u') && !w.from.Flags.Has('v') {
		return 0xFFFF
	}
	return unicode.MaxRune
}

// nearest writes the source's own text where the other flavor takes it, and says
// with an example what differs.
func (w *writer) nearest(n *syntax.Node, want syntax.CharSet) {
	for _, text := range append([]string{w.from.Source(n), w.itemwise(n)}, alternativesOf(n)...) {
		got, ok := w.setOf(text, w.to, w.targetFlags())
		if !ok {
			continue
		}
		w.put(text)
		only, in := want.Minus(got), w.from.Flavor
		if len(only) == 0 {
			only, in = got.Minus(want), w.to
		}
		if len(only) > 0 {
			w.change(n, syntax.SeverityWarning, "%s matches U+%04X in %s only", w.from.Source(n), only[0].First, in.Label)
		}
		return
	}
	w.lost(n, w.from.Source(n))
}

func (w *writer) rangeText(s syntax.CharSet) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteString(w.char(r.First, true))
		if r.Last > r.First+1 {
			b.WriteByte('-')
		}
		if r.Last > r.First {
			b.WriteString(w.char(r.Last, true))
		}
	}
	return b.String()
}

// cased returns a text for a set, or the set with both cases written out where
// the result can only ignore case as a whole.
func (w *writer) cased(n *syntax.Node, text string, set syntax.CharSet) string {
	if n.Flags.Has('i') == w.icase || w.to.Has(flavor.FlagsGroup) || len(set) > maxRanges {
		return text
	}
	if !n.Flags.Has('i') {
		w.lostCase(n)
		return text
	}
	for _, r := range set {
		for c := r.First; c <= r.Last && c-r.First < 0x100; c++ {
			for f := unicode.SimpleFold(c); f != c; f = unicode.SimpleFold(f) {
				set = set.Union(syntax.CharSet{{First: f, Last: f}})
			}
		}
	}
	return "[" + w.rangeText(set) + "]"
}

func (w *writer) lostCase(n *syntax.Node) {
	w.change(n, syntax.SeverityError, "%s cannot heed case in a part of a pattern that ignores it", w.to.Label)
}

// literal writes characters.
func (w *writer) literal(n *syntax.Node) {
	if n.Op == syntax.OpNamed && w.from.Flavor == w.to {
		w.verbatim(n)
		return
	}
	expand := n.Flags.Has('i') != w.icase && !w.to.Has(flavor.FlagsGroup)
	for _, r := range n.Runes() {
		folds := unicode.SimpleFold(r) != r
		switch {
		case expand && folds && n.Flags.Has('i'):
			w.put(w.cased(n, "", syntax.CharSet{{First: r, Last: r}}))
		case expand && folds:
			w.lostCase(n)
			w.put(w.char(r, false))
		default:
			w.put(w.char(r, false))
		}
	}
}

// verbatim writes a node as it is, where the other flavor has it too.
func (w *writer) verbatim(n *syntax.Node) {
	if text := w.from.Source(n); w.accepts(text) {
		w.put(text)
		w.change(n, syntax.SeverityWarning, "%s is taken over as it is: whether it means the same is not known", text)
	} else {
		w.lost(n, text)
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
	case w.to.Has(feature):
		w.put(w.from.Source(n))
	case n.Rune == 'R':
		text := `\r\n|[\n-\r` + w.char(0x85, true) + w.char(0x2028, true) + w.char(0x2029, true) + "]"
		if w.to.Has(flavor.Atomic) {
			w.put("(?>", text, ")")
			w.change(n, syntax.SeverityHint, `\R is written out`)
		} else {
			w.put("(?:", text, ")")
			w.change(n, syntax.SeverityWarning, `\R is written out: it can match \r alone before \n when what follows fails`)
		}
	default:
		w.lost(n, w.from.Source(n))
	}
}

// char writes one character so that it means itself, in a class or outside.
func (w *writer) char(r rune, class bool) string {
	special := `\^$.[|()*+?{`
	if class {
		special = `\^]-[&~`
		if w.flags.Has('v') {
			special += "(){}/|!#$%*+,.:;<=>?@`"
		}
	} else if w.is(flavor.InJS) {
		special += "]}/"
	}
	switch {
	case r == '\n':
		return `\n`
	case r == '\r':
		return `\r`
	case r == '\t':
		return `\t`
	case r == '&' && class && !w.is(flavor.InJava|flavor.InRuby) && !w.flags.Has('v'), r == '~' && !w.flags.Has('v'):
		return string(r)
	case strings.ContainsRune(special, r):
		return `\` + string(r)
	case w.spaced && (r == ' ' || r == '#'):
		if w.is(flavor.InJava) { // whose x ignores white space in classes too
			return fmt.Sprintf(`\x%02x`, r)
		}
		return `\` + string(r)
	case r < ' ' || r == 0x7F:
		return fmt.Sprintf(`\x%02x`, r)
	case r < 0x7F || unicode.IsPrint(r):
		return string(r)
	}
	return w.number(r)
}

// number writes a character by its number.
func (w *writer) number(r rune) string {
	switch {
	case r <= 0xFF:
		return fmt.Sprintf(`\x%02x`, r)
	case w.to.Has(flavor.EscapeHexBraces):
		return fmt.Sprintf(`\x{%x}`, r)
	case w.to.Has(flavor.EscapeUnicodeBraces):
		return fmt.Sprintf(`\u{%x}`, r)
	case r <= 0xFFFF:
		return fmt.Sprintf(`\u%04x`, r)
	}
	return fmt.Sprintf(`\U%08x`, r)
}
