package convert

import (
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A place is what an anchor means.
type place uint8

const (
	placeOther     place = iota
	textStart            // the start of the text
	textEnd              // its end
	textEndNewline       // its end, or before a last line end
	lineStart            // there, or behind a line end
	lineEnd              // its end, or before a line end
	searchStart          // where the search began
)

// placeOf returns what an anchor means in a flavor.
func placeOf(f *flavor.Flavor, n *syntax.Node) place {
	is := func(set flavor.Set) bool { return f.Set&set != 0 }
	lines := is(flavor.InRuby) || n.Flags.Has('m')
	switch n.Rune {
	case '^':
		if lines {
			return lineStart
		}
		return textStart
	case '$':
		switch {
		case lines:
			return lineEnd
		case is(flavor.InGo|flavor.InJS) || is(flavor.InPCRE2) && n.Flags.Has('D'):
			return textEnd
		}
		return textEndNewline
	case 'A':
		return textStart
	case 'z':
		return textEnd
	case 'Z':
		if is(flavor.InPython) {
			return textEnd
		}
		return textEndNewline
	case 'G':
		return searchStart
	}
	return placeOther
}

// needsLines reports whether the source has an anchor at lines.
func (w *writer) needsLines() bool {
	found := false
	w.from.Root.Walk(func(n *syntax.Node) bool {
		if n.Kind == syntax.KindAssertion {
			p := placeOf(w.from.Flavor, n)
			found = found || p == lineStart || p == lineEnd
		}
		return !found
	})
	return found
}

// spellings are how a place can be written, the plainest first. The first one
// that means it in the other flavor, with the flags in force there, is taken.
var spellings = map[place][]string{
	textStart:      {`^`, `\A`},
	textEnd:        {`$`, `\z`, `\Z`},
	textEndNewline: {`$`, `\Z`},
	lineStart:      {`^`},
	lineEnd:        {`$`},
	searchStart:    {`\G`},
}

// rewrites are what means a place where no anchor does.
var rewrites = map[place]string{
	textStart:      `(?<![\s\S])`,
	textEnd:        `(?![\s\S])`,
	textEndNewline: `(?=\n?(?![\s\S]))`,
	lineStart:      `(?<![^\n])`,
	lineEnd:        `(?![^\n])`,
}

// place writes an anchor or a boundary.
func (w *writer) place(n *syntax.Node) {
	want := placeOf(w.from.Flavor, n)
	if want == placeOther {
		w.boundary(n)
		return
	}
	source := w.from.Source(n)
	for _, text := range append([]string{source}, spellings[want]...) {
		root := syntax.Parse(text, w.to, w.flags)
		if len(root.Errors) == 0 && root.Root.Kind == syntax.KindAssertion && placeOf(w.to, root.Root) == want {
			w.put(text)
			w.lineEnds(n, want)
			return
		}
	}
	if lines := want == lineStart || want == lineEnd; lines && w.to.Has(flavor.FlagsGroup) && !w.is(flavor.InRuby) {
		w.put("(?m:", spellings[want][0], ")")
		w.lineEnds(n, want)
		return
	}
	if text, ok := rewrites[want]; ok && w.accepts(text) {
		w.put(text)
		w.change(n, syntax.SeverityHint, "%s has no anchor for this place: it is written as a lookaround", w.to.Label)
		return
	}
	if want == textEndNewline {
		w.put(`\z`)
		w.change(n, syntax.SeverityError, "%s has no anchor for the end before a last line feed: the result wants the very end", w.to.Label)
		return
	}
	w.lost(n, source)
}

// lineEnds warns when the flavors end lines at different characters.
func (w *writer) lineEnds(n *syntax.Node, p place) {
	ends := func(f *flavor.Flavor, flags flavor.Flags) string {
		switch {
		case f.Set&flavor.InJS != 0:
			return `\n, \r, U+2028 and U+2029`
		case f.Set&flavor.InJava != 0 && !flags.Has('d'):
			return `\n, \r\n, \r, U+0085, U+2028 and U+2029`
		}
		return `\n`
	}
	if p != lineStart && p != lineEnd && p != textEndNewline {
		return
	}
	if a, b := ends(w.from.Flavor, n.Flags), ends(w.to, w.flags); a != b && !(p == textEndNewline && w.is(flavor.InJS)) {
		w.change(n, syntax.SeverityWarning, "lines end at %s in %s, at %s in %s", b, w.to.Label, a, w.from.Flavor.Label)
	}
}

// boundary writes \b and its kin.
func (w *writer) boundary(n *syntax.Node) {
	source := w.from.Source(n)
	if n.Rune == '<' || n.Rune == '>' {
		if w.to.Has(flavor.WordStart) {
			w.put(source)
			return
		}
		source = map[rune]string{'<': `\b(?=\w)`, '>': `\b(?<=\w)`}[n.Rune]
	}
	if !w.accepts(source) {
		w.lost(n, w.from.Source(n))
		return
	}
	w.put(source)
	if n.Rune != 'y' && n.Rune != 'Y' && n.Text == "" && unicodeWords(w.from.Flavor, n.Flags) != unicodeWords(w.to, w.flags) {
		ascii := w.to
		if unicodeWords(w.to, w.flags) {
			ascii = w.from.Flavor
		}
		w.change(n, syntax.SeverityWarning, `%s goes by ASCII in %s: the flavors differ beside other letters`, `\b`, ascii.Label)
	}
}

// unicodeWords reports whether \b knows words beyond ASCII.
func unicodeWords(f *flavor.Flavor, flags flavor.Flags) bool {
	switch {
	case f.Set&(flavor.InGo|flavor.InJS) != 0:
		return false
	case f.Set&flavor.InPCRE2 != 0:
		return flags.Has('u')
	case f.Set&(flavor.InPython|flavor.InPerl) != 0:
		return !flags.Has('a')
	}
	return true
}
