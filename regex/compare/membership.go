package compare

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// maxAsked is how many parts of a pattern the engines are asked about for one
// difference: a search on each side for each part.
const maxAsked = maxProofs

// maxAskedChars is how many characters of a text they are asked about: a report keeps the offsets of so many matches of
// one character.
const maxAskedChars = keptNumbers / 2

// A membership is which characters of the text a part of the pattern takes on each
// side, as the engines themselves say when they are given the part alone. The table of
// flavors is of one version of each; this is of those that are compared.
type membership struct {
	span syntax.Span
	a, b syntax.CharSet
}

// asked are suspects that no table knows: what two versions of an engine, or two
// engines of a flavor, take for other characters, or other places; and what it knows and cannot write otherwise.
func (d *dispute) asked(ctx context.Context, known []suspect) (all []suspect) {
	chars, _ := d.alphabet()
	askable := len(chars) > 0 && chars.Len() <= maxAskedChars
	left := maxAsked
	for _, p := range pairs(d.a.tree, d.b.tree) {
		if !p.same() || left == 0 || ctx.Err() != nil {
			continue
		}
		s, ok := suspect{}, false
		switch n := p.a[0]; n.Kind {
		case syntax.KindDot, syntax.KindClassEscape, syntax.KindProperty, syntax.KindPosix, syntax.KindClass:
			if askable {
				left--
				s, ok = d.askedSet(ctx, p)
			}
		case syntax.KindLiteral:
			if askable && n.Flags.Has('i') && n.Len() == 1 {
				left--
				s, ok = d.askedSet(ctx, p)
			}
		case syntax.KindAssertion:
			if n.Rune == 'G' {
				continue // it is where a search has begun, which is no place of the text
			}
			left--
			words := known
			if askable && (n.Rune == 'b' || n.Rune == 'B') && n.Text == "" {
				if s, ok = d.askedWords(ctx, p); ok {
					words = append([]suspect{s}, known...)
				}
			}
			if placed, other := d.askedPlace(ctx, p, words); other {
				placed.edits = append(s.edits, placed.edits...)
				s, ok = placed, true
			}
		}
		if ok {
			all = append(all, s)
		}
	}
	return all
}

// askedSet asks what a part takes that is one character.
func (d *dispute) askedSet(ctx context.Context, p pair) (suspect, bool) {
	source := d.source(p)
	m, ok := d.ask(ctx, p, source, p.span)
	if !ok || !m.differs() {
		return suspect{}, false
	}
	whole := m
	if n := p.a[0]; n.Kind == syntax.KindClass {
		for _, item := range n.Sub {
			part, ok := d.ask(ctx, p, "["+d.a.tree.Source(item)+"]", item.Span)
			if ok && part.differs() {
				m = part
				break
			}
		}
	}
	suffix := d.unicodeWords()
	if p.a[0].Kind == syntax.KindLiteral {
		suffix = ", ignoring case" + suffix
	}
	words := func(in, out *party, chars string) string {
		return fmt.Sprintf("%s matches %s in %s, not in %s%s", quoted(source), chars, in.name, out.name, suffix)
	}
	s, ok := d.setsDiffer(m.span, m.a, m.b, d.narrow(p.a[0], p.b[0]), words)
	s.edits = d.membersWritten(p, whole, func(class string) string { return class })
	return s, ok
}

// askedWords asks which characters \b takes for parts of words.
func (d *dispute) askedWords(ctx context.Context, p pair) (suspect, bool) {
	a, b := p.a[0], p.b[0]
	m, ok := d.ask(ctx, p, `\b`, p.span)
	if !ok {
		return suspect{}, false
	}
	words := func(in, out *party, chars string) string {
		return fmt.Sprintf("%s takes %s for a part of a word in %s, not in %s%s", quoted(d.source(p)), chars, in.name, out.name, d.unicodeWords())
	}
	s, ok := d.setsDiffer(p.span, m.a, m.b, d.narrow(a, b), words)
	s.within = false // it takes no character
	if d.a.Side.Flavor.Has(flavor.Lookbehind) && d.b.Side.Flavor.Has(flavor.Lookbehind) {
		s.edits = d.membersWritten(p, m, func(class string) string { return boundaryOf(class, a.Rune) })
	}
	return s, ok
}

// differs reports whether the sides take other characters.
func (m membership) differs() bool { return len(m.a.Minus(m.b))+len(m.b.Minus(m.a)) > 0 }

// membersWritten are the ways to write a part on one side with the characters that it
// takes on the other.
func (d *dispute) membersWritten(p pair, m membership, write func(class string) string) (edits []edit) {
	for _, way := range []struct {
		on, as     *party
		here, from *syntax.Node
		set        syntax.CharSet
	}{{d.a, d.b, p.a[0], p.b[0], m.b}, {d.b, d.a, p.b[0], p.a[0], m.a}} {
		if class, ok := d.class(way.on, way.as, way.set, way.from.Flags, way.here.Flags); ok {
			edits = append(edits, edit{on: way.on, as: way.as, span: p.span, text: write(class)})
		}
	}
	return edits
}

// ask runs a part of the pattern, or for \b that alone, on both sides, on each character
// of the text. It reports false when one side does not answer for each character, as
// when the part means something else without the rest of the pattern.
func (d *dispute) ask(ctx context.Context, p pair, source string, span syntax.Span) (m membership, ok bool) {
	chars, _ := d.alphabet()
	narrow := d.narrow(p.a[0], p.b[0])
	chars = chars.Intersect(syntax.CharSet{{First: 0, Last: narrow}})
	m.span = span
	if m.a, ok = d.taken(ctx, d.a, p.a[0], source, chars); !ok {
		return m, false
	}
	m.b, ok = d.taken(ctx, d.b, p.b[0], source, chars)
	return m, ok
}

// taken are the characters that a part takes on one side.
func (d *dispute) taken(ctx context.Context, on *party, n *syntax.Node, source string, chars syntax.CharSet) (set syntax.CharSet, ok bool) {
	side, ok := on.sideOf(n)
	limits := Limits{Timeout: d.left()}
	if !ok || limits.Timeout <= 0 {
		return nil, false
	}
	// Between line ends each character begins and ends a word if it is one of a word.
	var text strings.Builder
	at := map[int]rune{}
	for _, r := range chars {
		for c := r.First; c <= r.Last; c++ {
			if n.Kind == syntax.KindAssertion {
				text.WriteByte('\n')
			}
			at[text.Len()] = c
			text.WriteRune(c)
		}
	}
	r := Run(ctx, side, source, engine.NewText([]byte(text.String())), limits)
	if !r.Ran() || !r.Complete() || len(r.Groups) != 1 || len(r.first) != 2*r.Count {
		return nil, false
	}
	var found []byte
	for i := 0; i < len(r.first); i += 2 {
		start, end := r.first[i], r.first[i+1]
		c, begins := at[start]
		switch {
		case n.Kind == syntax.KindAssertion && start != end, n.Kind != syntax.KindAssertion && (!begins || end-start != utf8.RuneLen(c)):
			return nil, false
		case begins && (c != '\n' || n.Kind != syntax.KindAssertion): // a line end is between others
			found = utf8.AppendRune(found, c)
		}
	}
	return charsOf(found), true
}

// unicodeWords says which versions of Unicode's data the two sides have, where both say so
// and they differ.
func (d *dispute) unicodeWords() string {
	x, y := d.unicodes()
	if x == y || x == "" || y == "" {
		return ""
	}
	return fmt.Sprintf(": %s has Unicode %s, %s has %s", d.a.name, x, d.b.name, y)
}
