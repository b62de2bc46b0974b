package compare

import (
	"fmt"
	"slices"
	"strings"

	"github.com/regexdbg/regexdbg/regex/convert"
	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// place looks at an anchor or a boundary that is another place on the two sides.
func (d *dispute) place(p pair) []suspect {
	a, b := p.a[0], p.b[0]
	source := d.source(p)
	if a.Rune == 'G' {
		return d.searchStart(p)
	}
	if text, ok := convert.Node(d.b.tree, p.b, d.a.Side.Flavor, a.Flags); ok && text == "(?:"+source+")" {
		return nil
	}
	if a.Rune == 'B' && d.text.Len() == 0 {
		return d.emptyBoundary(p)
	}
	if a.Rune == 'b' || a.Rune == 'B' {
		return d.wordPlace(p)
	}
	chars, near := d.alphabet()
	ends := syntax.LineEnds(d.a.Side.Flavor, a.Flags).Union(syntax.LineEnds(d.b.Side.Flavor, b.Flags))
	if len(ends.Intersect(chars)) == 0 && d.text.Len() > 0 {
		return nil
	}
	return []suspect{{span: p.span, near: len(ends.Intersect(near)) > 0 || d.text.Len() == 0, reason: d.placeWords(source, a, b), edits: d.edits(p)}}
}

// placeWords says how the places of an anchor differ.
func (d *dispute) placeWords(source string, a, b *syntax.Node) string {
	x, y := d.a.Side.Flavor.Semantics, d.b.Side.Flavor.Semantics
	source = quoted(source)
	only := func(inA bool, where string) string {
		in, out, node := d.a, d.b, b
		if !inA {
			in, out, node = d.b, d.a, a
		}
		return fmt.Sprintf("%s also matches %s in %s, not in %s", source, where, in.name, out.withLines(node))
	}
	start := a.Rune == '^'
	lines := func(s *flavor.Semantics, n *syntax.Node) bool {
		return (n.Rune == '^' || n.Rune == '$') && s.AtLines.With(n.Flags)
	}
	before := func(s *flavor.Semantics, n *syntax.Node) bool {
		return n.Rune == '$' && s.EndBeforeLast.With(n.Flags) || n.Rune == 'Z' && s.UpperZ == flavor.UpperZLastLine
	}
	linesA, linesB := lines(x, a), lines(y, b)
	endsA, endsB := x.LineEnds.With(a.Flags), y.LineEnds.With(b.Flags)
	switch {
	case linesA != linesB && start:
		return only(linesA, "at the start of every line")
	case linesA != linesB:
		return only(linesA, "at the end of every line")
	case !linesA && !start && before(x, a) != before(y, b):
		return only(before(x, a), "before the final line end")
	case endsA != endsB || x.PairIsOne.With(a.Flags) != y.PairIsOne.With(b.Flags):
		return fmt.Sprintf("%s goes by line ends, which are %s in %s, %s in %s", source, endsText(x, a), d.a.name, endsText(y, b), d.b.name)
	case start && x.StartBehindLast != y.StartBehindLast:
		return only(x.StartBehindLast, "behind a line end that ends the text")
	case start && x.StartNeverAtEnd != y.StartNeverAtEnd:
		return only(!x.StartNeverAtEnd, "in the empty text")
	}
	return fmt.Sprintf("%s is another place in %s than in %s", source, d.a.name, d.b.name)
}

func endsText(s *flavor.Semantics, n *syntax.Node) string {
	words := s.LineEnds.With(n.Flags).Words
	if s.PairIsOne.With(n.Flags) {
		words = `\r\n, ` + words
	}
	return words
}

// withLines is the party's name, and that it has no m where that would change what
// ^ and $ are.
func (p *party) withLines(n *syntax.Node) string {
	if (n.Rune == '^' || n.Rune == '$') && len(p.Side.Flavor.Semantics.AtLines.When) > 0 && !n.Flags.Has('m') && !strings.Contains(p.name, " with") {
		return p.name + " without m"
	}
	return p.name
}

// emptyBoundary looks at \B in the empty text.
func (d *dispute) emptyBoundary(p pair) []suspect {
	python, other := d.a, d.b
	if d.b.Side.Flavor.Set == flavor.InPython {
		python, other = d.b, d.a
	}
	if python.Side.Flavor.Set != flavor.InPython || other.Side.Flavor.Set == flavor.InPython {
		return nil
	}
	return []suspect{{span: p.span, near: true, edits: d.edits(p), reason: fmt.Sprintf("%s matches in the empty text in %s, not in %s", quoted(d.source(p)), other.name, python.name)}}
}

// wordPlace looks at which characters make a word.
func (d *dispute) wordPlace(p pair) []suspect {
	a, b := p.a[0], p.b[0]
	x, y := d.a.Side.Flavor, d.b.Side.Flavor
	words := func(in, out *party, chars string) string {
		return fmt.Sprintf("%s takes %s for a part of a word in %s, not in %s: words are %s in %s, %s in %s",
			quoted(d.source(p)), chars, in.name, out.name, wordText(x, a), d.a.name, wordText(y, b), d.b.name)
	}
	s, ok := d.setsDiffer(p.span, syntax.WordChars(x, a.Flags), syntax.WordChars(y, b.Flags), d.narrow(a, b), words)
	if !ok && x.Semantics.BoundaryMarks.With(a.Flags) == y.Semantics.BoundaryMarks.With(b.Flags) {
		return nil
	}
	if !ok {
		s = suspect{span: p.span, reason: fmt.Sprintf("for %s, words are %s in %s, %s in %s", quoted(d.source(p)), wordText(x, a), d.a.name, wordText(y, b), d.b.name)}
	}
	s.edits, s.within = d.edits(p), false // it takes no character
	return []suspect{s}
}

func wordText(f *flavor.Flavor, n *syntax.Node) string {
	words := f.Semantics.Boundary.With(n.Flags).Words
	if f.Semantics.BoundaryMarks.With(n.Flags) {
		words += ", with marks behind them"
	}
	return words
}

// reference looks at a backreference to a group that took no part, and at one that
// ignores case.
func (d *dispute) reference(p pair) (all []suspect) {
	a, b := p.a[0], p.b[0]
	x, y := d.a.Side.Flavor.Semantics, d.b.Side.Flavor.Semantics
	matches, fails, n := d.a, d.b, b
	if y.UnsetMatches {
		matches, fails, n = d.b, d.a, a
	}
	if x.UnsetMatches != y.UnsetMatches && mayBeUnset(fails.tree, n) {
		s := suspect{span: p.span, near: true, reason: fmt.Sprintf("%s matches the empty text in %s while its group took no part, and fails in %s",
			quoted(d.source(p)), matches.name, fails.name)}
		if fails.Side.Flavor.Has(flavor.ConditionNumber) && n.Number > 0 {
			s.edits = []edit{{on: fails, as: matches, span: p.span, text: fmt.Sprintf("(?(%d)%s)", n.Number, d.source(p))}}
		}
		all = append(all, s)
	}
	foldA, foldB := x.Fold.With(a.Flags), y.Fold.With(b.Flags)
	if a.Flags.Has('i') && b.Flags.Has('i') && foldA != foldB {
		all = append(all, suspect{span: p.span, reason: fmt.Sprintf("ignoring case, %s takes other characters for the same in %s than in %s", quoted(d.source(p)), d.a.name, d.b.name)})
	}
	return all
}

// mayBeUnset reports whether the group of a backreference may have taken no part
// when the search gets there.
func mayBeUnset(t *syntax.Tree, reference *syntax.Node) bool {
	may := false
	var visit func(n *syntax.Node, optional bool)
	visit = func(n *syntax.Node, optional bool) {
		if n.IsCapture() && (n.Number == reference.Number || n.Text != "" && n.Text == reference.Text) {
			may = may || optional || reference.Span.Start < n.Span.End
		}
		optional = optional || n.Kind == syntax.KindAlternation || n.Kind == syntax.KindConditional || n.Kind == syntax.KindRepetition && n.Min == 0 || n.IsLook() && n.Negated
		for _, sub := range n.Sub {
			visit(sub, optional)
		}
	}
	visit(t.Root, false)
	return may
}

// units looks at whether a character is one or several on a side.
func (d *dispute) units() []suspect {
	a, b := syntax.NewNode(syntax.KindEmpty, 0, d.a.tree.Flags, syntax.Span{}), syntax.NewNode(syntax.KindEmpty, 0, d.b.tree.Flags, syntax.Span{})
	x, y := d.a.character(a.Flags), d.b.character(b.Flags)
	chars, near := d.alphabet()
	if d.a.tree.Flags.Has('i') || d.b.tree.Flags.Has('i') { // those of the pattern have a case only as characters
		chars = chars.Union(charsOf([]byte(d.pattern)))
	}
	beyond := syntax.CharSet{{First: d.narrow(a, b) + 1, Last: 0x10FFFF}}
	if x == y || len(chars.Intersect(beyond)) == 0 {
		return nil
	}
	span := d.whole()
	d.a.tree.Root.Walk(func(n *syntax.Node) bool {
		if _, ok := d.a.tree.CharSet(n); ok && n.Kind != syntax.KindLiteral && span == d.whole() {
			span = n.Span
		}
		return n.Kind != syntax.KindClass
	})
	example := chars.Intersect(beyond)
	if close := near.Intersect(beyond); len(close) > 0 {
		example = close
	}
	s := suspect{
		span: span, near: len(near.Intersect(beyond)) > 0,
		reason: fmt.Sprintf("one character is a %s in %s, a %s in %s: %s is several in one of them", x, d.a.withUnit(), y, d.b.withUnit(), named(example[:1])),
	}
	for _, on := range []*party{d.a, d.b} {
		if on.Side.Flavor.HasFlag('u') && on.Side.Flavor.Semantics.Unit.Plain != flavor.CodePoint && !strings.Contains(on.Side.Flags, "u") {
			flags := on.Side.Flags + "u"
			s.edits = append(s.edits, edit{on: on, as: d.other(on), flags: &flags})
		}
	}
	return []suspect{s}
}

// character is what one character is to the party under flags.
func (p *party) character(flags flavor.Flags) flavor.Unit {
	return engine.Character(p.Side.Engine, p.Side.Flavor, flags)
}

// withUnit is the party's name, and that it has no u where that would make
// characters whole.
func (p *party) withUnit() string {
	if p.Side.Flavor.HasFlag('u') && p.Side.Flavor.Semantics.Unit.Plain != flavor.CodePoint && !strings.Contains(p.Side.Flags, "u") && !strings.Contains(p.name, " with") {
		return p.name + " without u"
	}
	return p.name
}

// other returns the other party.
func (d *dispute) other(p *party) *party {
	if p == d.a {
		return d.b
	}
	return d.a
}

func (d *dispute) whole() syntax.Span { return syntax.Span{Start: 0, End: len(d.pattern)} }

func (d *dispute) source(p pair) string { return d.pattern[p.span.Start:p.span.End] }

// numbersOf are the numbers of groups by their places in the pattern.
func numbersOf(t *syntax.Tree) map[syntax.Span]int {
	numbers := map[syntax.Span]int{}
	t.Root.Walk(func(n *syntax.Node) bool {
		if n.IsCapture() {
			numbers[n.Span] = n.Number
		}
		return true
	})
	return numbers
}

// group returns the offsets of a group by its number.
func (p *party) group(m Match, number int) (start, end int) {
	if i := slices.IndexFunc(p.Groups, func(g engine.Group) bool { return g.Number == number }); i >= 0 && m != nil {
		return m[2*i], m[2*i+1]
	}
	return -1, -1
}
