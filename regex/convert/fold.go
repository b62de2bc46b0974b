package convert

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// Flavors agree on what ignoring case means for A to Z, but for what else these
// letters match: U+017F for s, U+212A for k, U+0130 and U+0131 for i.

// hasCase reports whether a character matches another one when case is ignored,
// in some flavor.
func hasCase(r rune) bool {
	return unicode.SimpleFold(r) != r || r == 0x130 || r == 0x131 || unicode.ToLower(r) != r || syntax.LongFold(r) != ""
}

// foldMatters reports whether ignoring case makes another set of a node, in one
// of the two flavors.
func (s *source) foldMatters(n *syntax.Node) bool {
	key := setKey{s.from.Source(n), s.from.Flavor, n.Flags.Without('i')}
	if matters, known := s.closed[key]; known {
		return matters
	}
	matters := false
	plain, ok := s.nodeSet(n, n.Flags.Without('i'))
	if folded, ok2 := s.nodeSet(n, n.Flags.With('i')); ok && ok2 {
		matters = !slices.Equal(plain, folded)
	}
	if !matters && ok && len(plain) <= maxRanges {
		// Closed in the source's flavor, it need not be in the other one.
		for _, r := range plain {
			for c := r.First; c <= r.Last && c < r.First+0x80 && !matters; c++ {
				for _, folded := range foldChar(s.to, flavor.FlagsOf("iu"), c) {
					matters = matters || !plain.Contains(folded.First)
				}
			}
		}
	}
	s.closed[key] = matters
	return matters
}

// nodeSet returns the set of a node as if other flags were in force there.
func (s *source) nodeSet(n *syntax.Node, flags flavor.Flags) (syntax.CharSet, bool) {
	return s.setOf(s.from.Source(n), s.from.Flavor, flags)
}

// foldChar returns what one character of a pattern matches when case is ignored.
func foldChar(f *flavor.Flavor, flags flavor.Flags, r rune) syntax.CharSet {
	n := syntax.NewNode(syntax.KindLiteral, syntax.OpHex, flags.With('i'), syntax.Span{})
	n.Rune = r
	set, _ := (&syntax.Tree{Flavor: f, Root: n}).CharSet(n)
	return set
}

// foldsTo compares what a part of the pattern matches in both flavors, where both
// ignore case, and notes what differs.
func (w *writer) foldsTo(n *syntax.Node, want, got syntax.CharSet) {
	from, to := w.units()
	if want, got = want.Intersect(noSurrogates), got.Intersect(noSurrogates); w.beyond(want, from) == allBeyond && w.beyond(got, to) == allBeyond {
		want, got = w.common(want), w.common(got)
	}
	w.noteFold(n, &w.onlySource, want.Minus(got))
	w.noteFold(n, &w.onlyTarget, got.Minus(want))
}

// A foldNote is the characters that one flavor matches and the other does not.
type foldNote struct {
	first *syntax.Node
	chars syntax.CharSet
	long  []string // texts that one of them takes for a character
}

// charsText is some characters with their numbers.
func charsText(s syntax.CharSet) string {
	const most = 4
	var words []string
	for _, r := range s {
		for c := r.First; c <= r.Last && len(words) < most; c++ {
			words = append(words, charText(c))
		}
	}
	return listText(words, s.Len()-len(words))
}

// familiar are characters that people know, one or two of a kind.
var familiar = []rune("éж中٣²½৴ªº\u0301ः‿ⓐſ\u212a\u200d")

// samplesText is some of many characters, those first that people know.
func samplesText(s syntax.CharSet) string {
	const most = 2
	if s.Len() <= most+1 {
		return charsText(s)
	}
	var words []string
	for _, c := range familiar {
		switch {
		case !s.Contains(c) || len(words) == most:
		case unicode.IsPrint(c) && !unicode.Is(unicode.M, c) && c != 0x212A: // which looks like a K
			words = append(words, string(c))
		default:
			words = append(words, charText(c))
		}
	}
	if len(words) == 0 {
		return charsText(s)
	}
	return listText(words, s.Len()-len(words))
}

// charText is a character and its number.
func charText(c rune) string {
	if unicode.IsPrint(c) && !unicode.Is(unicode.M, c) {
		return fmt.Sprintf("%c (U+%04X)", c, c)
	}
	return fmt.Sprintf("U+%04X", c)
}

// listText joins words, of which more are not there.
func listText(words []string, more int) string {
	if more > 0 {
		words = append(words, fmt.Sprintf("%d others", more))
	}
	if len(words) == 1 {
		return words[0]
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

// isFull reports whether a folding takes one character for several.
func isFull(f flavor.Folding) bool { return f == flavor.FoldFull || f == flavor.FoldFullNoASCII }

// longFold compares what literals match of which a character is several ones
// when case is ignored, as ß and ss: Perl and Ruby do so.
func (w *writer) longFold(n *syntax.Node, text string) {
	full, other := w.from.Flavor, w.to
	if !isFull(full.Semantics.Fold.With(n.Flags)) {
		full, other = other, full
	}
	flags := n.Flags
	if full == w.to {
		flags = w.flags
	}
	if !isFull(full.Semantics.Fold.With(flags)) || w.fromIs(flavor.InPerl|flavor.InRuby) && w.is(flavor.InPerl|flavor.InRuby) {
		return
	}
	note := &w.onlyTarget
	if full != w.to {
		note = &w.onlySource
	}
	lower := strings.ToLower(text)
	for _, r := range syntax.LongFolders() {
		long := syntax.LongFold(r)
		if strings.ContainsRune(text, r) || strings.Contains(lower, long) && !slices.Contains(note.long, long) {
			note.add(n)
			note.long = append(note.long, long)
		}
	}
}

// noteFold notes characters that only one of the flavors matches.
func (w *writer) noteFold(n *syntax.Node, note *foldNote, chars syntax.CharSet) {
	if len(chars) > 0 {
		note.add(n)
		note.chars = note.chars.Union(chars)
	}
}

func (f *foldNote) add(n *syntax.Node) {
	if f.first == nil {
		f.first = n
	}
}

// noteCases says what ignoring case does otherwise in the whole pattern.
func (w *writer) noteCases() {
	for _, side := range []struct {
		note *foldNote
		f    *flavor.Flavor
	}{{&w.onlyTarget, w.to}, {&w.onlySource, w.from.Flavor}} {
		if note := side.note; len(note.chars) > 0 {
			w.change(note.first, syntax.SeverityWarning, "where case is ignored, only %s matches %s", side.f.Label, charsText(note.chars))
		}
		if note := side.note; len(note.long) > 0 {
			w.change(note.first, syntax.SeverityWarning, "where case is ignored, one character matches several, in %s only: %s", side.f.Label, longText(note.long))
		}
	}
}

// longText says which characters match several.
func longText(texts []string) string {
	const most = 3
	slices.Sort(texts)
	texts = slices.Compact(texts)
	var words []string
	for _, text := range texts[:min(len(texts), most)] {
		i := slices.IndexFunc(syntax.LongFolders(), func(r rune) bool { return syntax.LongFold(r) == text })
		words = append(words, fmt.Sprintf("U+%04X matches %s", syntax.LongFolders()[i], text))
	}
	if more := len(texts) - len(words); more > 0 {
		words = append(words, fmt.Sprintf("and %d others", more))
	}
	return strings.Join(words, ", ")
}

// shortInRuby warns of letters that match others of another length in UTF-8, as s
// does U+017F: Onigmo's search misses some of them.
func (w *writer) shortInRuby(n *syntax.Node) {
	if !w.onlyOne(flavor.InRuby) {
		return
	}
	other, flags := w.from.Flavor, n.Flags
	if w.fromIs(flavor.InRuby) {
		other, flags = w.to, w.flags
	}
	for _, r := range n.Runes() {
		for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
			small, large := min(r, f), max(r, f)
			switch {
			case utf8.RuneLen(small) == utf8.RuneLen(large):
				continue
			case small >= utf8.RuneSelf: // even of the letter itself
				w.change(n, syntax.SeverityWarning, "where case is ignored, Ruby misses some matches of U+%04X and U+%04X", small, large)
			case foldChar(other, flags, r).Contains(f): // elsewhere they do not match each other, which is said
				w.change(n, syntax.SeverityWarning, "where case is ignored, Ruby misses some matches of U+%04X for %c", large, small)
			default:
				continue
			}
			return
		}
	}
}
