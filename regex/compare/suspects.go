package compare

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/regexdbg/regexdbg/regex/convert"
	"github.com/regexdbg/regexdbg/regex/explain"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// suspects are what may make the difference, as the table of flavors knows it.
// Parts that could only differ in characters that the text does not have are none.
func (d *dispute) suspects(ctx context.Context) (all []suspect) {
	all = slices.Concat(d.lacks(), d.emptyRule(), d.keeps(ctx))
	if d.a.Side.Flavor == d.b.Side.Flavor && d.a.Side.Flags == d.b.Side.Flags {
		return append(all, d.units()...)
	}
	all = append(all, d.numbering()...)
	for _, p := range pairs(d.a.tree, d.b.tree) {
		all = append(all, d.ofPair(p)...)
	}
	return slices.Concat(all, d.units(), d.rounds(), d.converted(all))
}

func (d *dispute) ofPair(p pair) []suspect {
	if !p.same() || p.a[0].Kind == syntax.KindRepetition && p.a[0].Greed != p.b[0].Greed {
		return d.reading(p)
	}
	switch a, b := p.a[0], p.b[0]; a.Kind {
	case syntax.KindLiteral:
		return d.literal(p)
	case syntax.KindDot, syntax.KindClassEscape, syntax.KindProperty, syntax.KindPosix, syntax.KindClass:
		return d.set(p)
	case syntax.KindAssertion:
		return d.place(p)
	case syntax.KindKeep:
		if d.before != nil && d.a.Side.Flavor != d.b.Side.Flavor {
			return []suspect{{span: p.span, near: true, reason: fmt.Sprintf("behind a match that %s has shortened, the search goes on elsewhere in %s than in %s", quoted(d.source(p)), d.a.name, d.b.name)}}
		}
	case syntax.KindBackreference:
		return d.reference(p)
	case syntax.KindRepetition:
		if a.Min != b.Min || a.Max != b.Max {
			return d.reading(p)
		}
	case syntax.KindGroup:
		if a.IsCapture() == b.IsCapture() && (a.Op != b.Op || a.Negated != b.Negated) {
			return d.reading(p)
		}
	}
	return nil
}

// lacks are flags that one side was asked for and has not: the other is tried
// without them.
func (d *dispute) lacks() (all []suspect) {
	for _, on := range []*party{d.a, d.b} {
		with := d.other(on)
		for _, lack := range on.Side.Lacks {
			m := meaningOf(lack.Letter, nil)
			if m == nil {
				m = meaningOf(lack.Letter, with.Side.Flavor)
			}
			if m == nil || len(m.in[with.Side.Flavor.Name]) != 1 || m.in[with.Side.Flavor.Name] == "=" {
				continue
			}
			flags := strings.ReplaceAll(with.Side.Flags, m.in[with.Side.Flavor.Name], "")
			all = append(all, suspect{
				span: d.whole(), near: true,
				reason: fmt.Sprintf("%s has no flag %s, %s runs with it", on.Side.Flavor.Label, lack, with.name),
				edits:  []edit{{on: with, as: on, flags: &flags}},
			})
		}
	}
	return all
}

// literal looks at the characters of a literal where case is ignored.
func (d *dispute) literal(p pair) (all []suspect) {
	a, b := p.a[0], p.b[0]
	switch {
	case string(a.Runes()) != string(b.Runes()): // an escape, such as \e
		inA, inB := explain.NewWording(d.a.tree).Of(a), explain.NewWording(d.b.tree).Of(b)
		return []suspect{{span: p.span, near: true, edits: d.edits(p), reason: fmt.Sprintf("%s is %s in %s, %s in %s", quoted(d.source(p)), inA, d.a.name, inB, d.b.name)}}
	case !a.Flags.Has('i') && !b.Flags.Has('i'):
		return nil
	}
	verbatim := d.a.tree.Source(a) == string(a.Runes())
	at := a.Span.Start
	for _, r := range a.Runes() {
		span := a.Span
		if verbatim {
			span = syntax.Span{Start: at, End: at + len(string(r))}
		}
		at = span.End
		if r > d.narrow(a, b) {
			continue
		}
		setA, setB := d.a.tree.RuneSet(a, r), d.b.tree.RuneSet(b, r)
		words := func(in, out *party, chars string) string {
			return fmt.Sprintf("%s matches %s in %s, not in %s: case is %s", quoted(string(r)), chars, in.name, out.name, d.caseWords(a, b))
		}
		s, ok := d.setsDiffer(span, setA, setB, d.narrow(a, b), words)
		if !ok {
			continue
		}
		for _, way := range []struct {
			on, as     *party
			here, from *syntax.Node
			set        syntax.CharSet
		}{{d.a, d.b, a, b, setB}, {d.b, d.a, b, a, setA}} {
			if text, ok := d.class(way.on, way.as, way.set, way.from.Flags, way.here.Flags); ok && (verbatim || a.Len() == 1) {
				s.edits = append(s.edits, edit{on: way.on, as: way.as, span: span, text: text})
			}
		}
		all = append(all, s)
	}
	return append(all, d.longCase(p)...)
}

// caseWords says how two sides ignore case.
func (d *dispute) caseWords(a, b *syntax.Node) string {
	switch {
	case !a.Flags.Has('i'):
		return "ignored in " + d.b.name + " only"
	case !b.Flags.Has('i'):
		return "ignored in " + d.a.name + " only"
	}
	return "ignored by other rules"
}

// longCased are ranges around the characters whose full case folding is several
// characters, in Unicode's CaseFolding.txt those with the status F.
var longCased = syntax.CharSet{
	{First: 0xDF, Last: 0xDF}, {First: 0x130, Last: 0x130}, {First: 0x149, Last: 0x149}, {First: 0x1F0, Last: 0x1F0}, {First: 0x390, Last: 0x390}, {First: 0x3B0, Last: 0x3B0},
	{First: 0x587, Last: 0x587}, {First: 0x1E96, Last: 0x1E9E}, {First: 0x1F50, Last: 0x1F56}, {First: 0x1F80, Last: 0x1FFC}, {First: 0xFB00, Last: 0xFB17},
}

// longCase is a literal of which a character may match several ones.
func (d *dispute) longCase(p pair) []suspect {
	a, b := p.a[0], p.b[0]
	foldA, foldB := d.a.Side.Flavor.Semantics.Fold.With(a.Flags), d.b.Side.Flavor.Semantics.Fold.With(b.Flags)
	long := func(f flavor.Folding) bool { return f == flavor.FoldFull || f == flavor.FoldFullNoASCII }
	chars, near := d.alphabet()
	inPattern := slices.ContainsFunc(a.Runes(), longCased.Contains)
	if !a.Flags.Has('i') || !b.Flags.Has('i') || long(foldA) == long(foldB) || !inPattern && len(chars.Intersect(longCased)) == 0 {
		return nil
	}
	in := d.a
	if long(foldB) {
		in = d.b
	}
	return []suspect{{span: p.span, near: inPattern || len(near.Intersect(longCased)) > 0, edits: d.edits(p), reason: fmt.Sprintf(
		"ignoring case, %s can match a text of another length in %s, where ß also matches ss", quoted(d.source(p)), in.name)}}
}

// set looks at what one character out of a set is.
func (d *dispute) set(p pair) []suspect {
	a, b := p.a[0], p.b[0]
	setA, okA := d.a.tree.CharSet(a)
	setB, okB := d.b.tree.CharSet(b)
	if !okA || !okB {
		return nil
	}
	narrow := d.narrow(a, b)
	part, inA, inB := p.span, a, b
	if a.Kind == syntax.KindClass {
		part, inA, inB = d.item(a, b)
	}
	words := func(in, out *party, chars string) string {
		return fmt.Sprintf("%s matches %s in %s, not in %s%s", quoted(d.a.tree.Source(a)), chars, in.name, out.name, d.setWords(inA, inB))
	}
	s, ok := d.setsDiffer(part, setA, setB, narrow, words)
	if !ok {
		return nil
	}
	s.edits = d.edits(p)
	return []suspect{s}
}

// item returns the item of two classes that makes them differ, if it is one.
func (d *dispute) item(a, b *syntax.Node) (syntax.Span, *syntax.Node, *syntax.Node) {
	for i, x := range a.Sub {
		if i >= len(b.Sub) || b.Sub[i].Span != x.Span {
			break
		}
		setA, okA := d.a.tree.CharSet(x)
		setB, okB := d.b.tree.CharSet(b.Sub[i])
		if okA && okB && len(d.telling(setA, setB, d.narrow(x, b.Sub[i]))) > 0 {
			return x.Span, x, b.Sub[i]
		}
	}
	return a.Span, a, b
}

// telling are the characters of the text that are in one of two sets only.
func (d *dispute) telling(a, b syntax.CharSet, narrow rune) syntax.CharSet {
	chars, _ := d.alphabet()
	return a.Minus(b).Union(b.Minus(a)).Intersect(chars).Intersect(syntax.CharSet{{First: 0, Last: narrow}})
}

// setsDiffer makes a suspect of two sets that differ in characters of the text.
func (d *dispute) setsDiffer(span syntax.Span, a, b syntax.CharSet, narrow rune, words func(in, out *party, chars string) string) (suspect, bool) {
	tell := d.telling(a, b, narrow)
	if len(tell) == 0 {
		return suspect{}, false
	}
	_, near := d.alphabet()
	s := suspect{span: span}
	if close := tell.Intersect(near); len(close) > 0 {
		tell, s.near = close, true
	}
	if taken := tell.Intersect(d.within); len(taken) > 0 {
		tell, s.within = taken, true
	}
	in, out, set := d.a, d.b, tell.Intersect(a)
	if len(set) == 0 {
		in, out, set = d.b, d.a, tell.Intersect(b)
	}
	s.reason = words(in, out, named(set))
	return s, true
}

// narrow is the last character that is one unit on both sides.
func (d *dispute) narrow(a, b *syntax.Node) rune {
	last := min(syntax.Universe(d.a.Side.Flavor, a.Flags).Last, syntax.Universe(d.b.Side.Flavor, b.Flags).Last)
	if last == 0xFF {
		return unicode.MaxASCII
	}
	if d.a.character(a.Flags) == flavor.UTF16 || d.b.character(b.Flags) == flavor.UTF16 {
		return min(last, 0xFFFF)
	}
	return last
}

// setWords says what a set is on each side, where the table of flavors has words.
func (d *dispute) setWords(a, b *syntax.Node) string {
	x, y := wordsOf(d.a.Side.Flavor, a), wordsOf(d.b.Side.Flavor, b)
	switch {
	case x == "" || x == y:
		return ""
	case a.Kind == syntax.KindDot:
		return fmt.Sprintf(": it leaves out %s in %s, %s in %s", x, d.a.name, y, d.b.name)
	}
	name := strings.ToLower(d.a.tree.Source(a))
	return fmt.Sprintf(": %s is %s in %s, %s in %s", name, x, d.a.name, y, d.b.name)
}

func wordsOf(f *flavor.Flavor, n *syntax.Node) string {
	flags := n.Flags
	if f.Set == flavor.InPCRE2 && flags&flavor.UCP != 0 {
		flags = flags.With('u')
	}
	switch {
	case n.Kind == syntax.KindDot:
		return f.Semantics.DotExcludes.With(n.Flags).Words
	case n.Kind != syntax.KindClassEscape:
	case n.Rune == 'd':
		return f.Semantics.Digit.With(flags).Words
	case n.Rune == 'w':
		return f.Semantics.Word.With(flags).Words
	case n.Rune == 's':
		return f.Semantics.Space.With(flags).Words
	}
	return ""
}

// converted are what conversions warn of for groups and repeats that are no
// suspects yet.
func (d *dispute) converted(known []suspect) (all []suspect) {
	if d.a.Side.Flavor == d.b.Side.Flavor {
		return nil
	}
	result, err := convert.Convert(d.a.tree, d.b.Side.Flavor)
	if err != nil {
		return nil
	}
	structure := map[syntax.Span]bool{}
	d.a.tree.Root.Walk(func(n *syntax.Node) bool {
		if n.Kind == syntax.KindRepetition || n.Kind == syntax.KindGroup {
			structure[n.Span] = true
		}
		return true
	})
	for _, change := range result.Changes {
		taken := slices.ContainsFunc(known, func(s suspect) bool { return s.span == change.Span })
		if change.Severity == syntax.SeverityWarning && structure[change.Span] && !taken {
			all = append(all, suspect{span: change.Span, reason: change.Message})
		}
	}
	return all
}
