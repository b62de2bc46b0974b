package compare

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/convert"
	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// edits are the ways to write a part on one side as it is meant on the other.
func (d *dispute) edits(p pair) (edits []edit) {
	for _, on := range []*party{d.a, d.b} {
		as, here, there := d.b, p.a, p.b
		if on == d.b {
			as, here, there = d.a, p.b, p.a
		}
		flags := on.tree.Flags
		if len(here) > 0 {
			flags = here[0].Flags
		}
		if text, ok := d.written(on, as, there, flags); ok {
			edits = append(edits, edit{on: on, as: as, span: p.span, text: text})
		}
	}
	return edits
}

// written writes nodes of one party's tree for the other, so that they mean the
// same there: in general, or else for the characters of this text.
func (d *dispute) written(on, as *party, nodes []*syntax.Node, flags flavor.Flags) (text string, ok bool) {
	if len(nodes) == 0 {
		return "", true
	}
	if text, ok := convert.Node(as.tree, nodes, on.Side.Flavor, flags); ok {
		return text, true
	}
	if n := nodes[0]; len(nodes) == 1 && n.Kind == syntax.KindAssertion && n.Rune == 'B' && d.text.Len() == 0 {
		return emptyBoundary(on, as)
	}
	var b strings.Builder
	b.WriteString("(?:")
	for _, n := range nodes {
		text, ok := d.forThisText(on, as, n, flags)
		if !ok {
			return "", false
		}
		b.WriteString(text)
	}
	b.WriteByte(')')
	return b.String(), true
}

// forThisText writes a node so that it means the same in this text, though perhaps
// not in another one.
func (d *dispute) forThisText(on, as *party, n *syntax.Node, flags flavor.Flags) (text string, ok bool) {
	if text, ok := convert.Node(as.tree, []*syntax.Node{n}, on.Side.Flavor, flags); ok {
		return text, true
	}
	var b strings.Builder
	switch n.Kind {
	case syntax.KindLiteral:
		for _, r := range n.Runes() {
			class, ok := d.class(on, as, as.tree.RuneSet(n, r), n.Flags, flags)
			if !ok {
				return "", false
			}
			b.WriteString(class)
		}
		return b.String(), true
	case syntax.KindRepetition:
		child := n.Sub[0]
		inner, ok := d.forThisText(on, as, child, flags)
		return "(?:" + inner + ")" + d.pattern[child.Span.End:n.Span.End], ok && len(n.Sub) == 1
	case syntax.KindConcat:
		for _, sub := range meaningful(n.Sub) {
			inner, ok := d.forThisText(on, as, sub, flags)
			if !ok {
				return "", false
			}
			b.WriteString(inner)
		}
		return b.String(), true
	case syntax.KindAssertion:
		return d.lookaround(on, as, n, flags)
	}
	if set, ok := as.tree.CharSet(n); ok {
		return d.class(on, as, set, n.Flags, flags)
	}
	return "", false
}

// lookaround writes an assertion with lookarounds for the characters of this text.
func (d *dispute) lookaround(on, as *party, n *syntax.Node, flags flavor.Flags) (string, bool) {
	s := as.Side.Flavor.Semantics
	switch {
	case !on.Side.Flavor.Has(flavor.Lookbehind):
		return "", false
	case (n.Rune == 'b' || n.Rune == 'B') && n.Text == "":
		return d.boundary(on, as, n, flags)
	case n.Rune != '^' && n.Rune != '$' || !s.AtLines.With(n.Flags):
		return "", false
	}
	ends, ok := d.class(on, as, syntax.LineEnds(as.Side.Flavor, n.Flags), n.Flags, flags)
	if !ok {
		return "", false
	}
	text := "(?:(?=" + ends + `)|(?![\s\S]))`
	switch {
	case n.Rune == '^' && s.StartNeverAtEnd:
		text = `(?:(?<![\s\S])|(?<=` + ends + `))(?=[\s\S])`
	case n.Rune == '^' && !s.StartBehindLast:
		text = `(?:(?<![\s\S])|(?<=` + ends + `)(?=[\s\S]))`
	case n.Rune == '^':
		text = `(?:(?<![\s\S])|(?<=` + ends + `))`
	}
	if s.PairIsOne.With(n.Flags) {
		text = `(?!(?<=\r)\n)` + text
	}
	return text, true
}

// maxClass is how many characters, or ranges of them, a class is written with: a text that
// needs more of them is no test of one class.
const maxClass = 4096

// class writes a set as a class of those characters of the text that are in it.
func (d *dispute) class(on, as *party, set syntax.CharSet, from, flags flavor.Flags) (string, bool) {
	chars, _ := d.alphabet()
	narrow := min(syntax.Universe(as.Side.Flavor, from).Last, syntax.Universe(on.Side.Flavor, flags).Last)
	if narrow == 0xFF {
		narrow = 0x7F
	}
	if len(chars) > 0 && chars[len(chars)-1].Last > narrow {
		return "", false // the same character is not the same number of units
	}
	want := set.Intersect(chars)
	var ways []string
	switch {
	case len(want) == 0:
		ways = []string{`[^\s\S]`}
	case want.Len() <= maxClass:
		ways = []string{"[" + members(want) + "]"}
	default:
		ways = []string{"[" + ranges(want, chars) + "]"}
	}
	for _, written := range append(ways, "(?-i:"+ways[0]+")") {
		if len(written) > engine.MaxPattern {
			return "", false
		}
		tree := syntax.Parse(written, on.Side.Flavor, flags)
		n := tree.Root
		if n.Kind == syntax.KindGroup {
			n = n.Body()
		}
		if got, ok := tree.CharSet(n); ok && len(tree.Errors) == 0 && slices.Equal(got.Intersect(chars), want) {
			return written, true
		}
	}
	return "", false
}

// members writes characters so that they mean themselves in a class of any flavor.
func members(set syntax.CharSet) string {
	var b strings.Builder
	for _, r := range set {
		for c := r.First; c <= r.Last; c++ {
			switch {
			case c >= '0' && c <= '9', c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z', c > 0x7F:
				b.WriteRune(c)
			default:
				fmt.Fprintf(&b, `\x%02x`, c)
			}
		}
	}
	return b.String()
}

// ranges writes characters as ranges, with those between them that are not in the text. Behind the ones that a class
// is written with it stops, and what is left is no such class.
func ranges(set, text syntax.CharSet) string {
	var b strings.Builder
	member := func(c rune) { b.WriteString(members(syntax.CharSet{{First: c, Last: c}})) }
	var run syntax.CharRange
	count, open := 0, false
	end := func() {
		if member(run.First); run.Last > run.First {
			b.WriteByte('-')
			member(run.Last)
		}
		open = false
		count++
	}
	for _, r := range text {
		for c := r.First; c <= r.Last && count < maxClass; c++ {
			switch in := set.Contains(c); {
			case in && open:
				run.Last = c
			case in:
				run, open = syntax.CharRange{First: c, Last: c}, true
			case open:
				end()
			}
		}
	}
	if open {
		end()
	}
	return b.String()
}

// boundary writes \b or \B with lookarounds for the characters of words there are
// in the text.
func (d *dispute) boundary(on, as *party, n *syntax.Node, flags flavor.Flags) (string, bool) {
	f := as.Side.Flavor
	word, ok := d.class(on, as, syntax.WordChars(f, n.Flags), n.Flags, flags)
	if !ok || f.Semantics.BoundaryMarks.With(n.Flags) {
		return "", false
	}
	return boundaryOf(word, n.Rune), true
}

// boundaryOf writes \b or \B for words of the characters of a class.
func boundaryOf(word string, kind rune) string {
	if kind == 'B' {
		return "(?:(?<=" + word + ")(?=" + word + ")|(?<!" + word + ")(?!" + word + "))"
	}
	return "(?:(?<=" + word + ")(?!" + word + ")|(?<!" + word + ")(?=" + word + "))"
}

// emptyBoundary writes \B as it is in the empty text, in which Python's does not
// match.
func emptyBoundary(on, as *party) (string, bool) {
	switch flavor.InPython {
	case on.Side.Flavor.Set:
		return `(?:\B|\A\Z)`, true
	case as.Side.Flavor.Set:
		return `(?=[\s\S])\B`, on.Side.Flavor.Has(flavor.Lookahead)
	}
	return "", false
}

// around is how many bytes before and behind a difference are looked at for what
// makes it.
const around = 16

// alphabet returns the characters of the text, and those around the difference.
// The first call takes time linear in the text.
func (d *dispute) alphabet() (chars, near syntax.CharSet) {
	if d.known {
		return d.chars, d.near
	}
	d.known = true
	text := d.text.Bytes()
	start, end := d.difference.Offset, d.difference.Offset
	for _, m := range []Match{d.difference.A, d.difference.B} {
		if m != nil {
			start, end = min(start, m[0]), max(end, m[1])
			if m[0] <= d.difference.Offset {
				d.within = d.within.Union(charsOf(text[m[0]:m[1]]))
			}
		}
	}
	start, end = max(start-around, 0), min(end+around, len(text))
	d.chars, d.near = charsOf(text), charsOf(text[start:end])
	return d.chars, d.near
}

// charsOf returns the characters of a text; bytes that are not UTF-8 are U+FFFD.
func charsOf(text []byte) syntax.CharSet {
	var low [utf8.RuneSelf]bool
	high := map[rune]bool{}
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			low[text[i]] = true
			i++
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		high[r] = true
		i += size
	}
	var runes []rune
	for r, there := range low {
		if there {
			runes = append(runes, rune(r))
		}
	}
	for r := range high {
		runes = append(runes, r)
	}
	slices.Sort(runes)
	var set syntax.CharSet
	for _, r := range runes {
		if last := len(set) - 1; last >= 0 && set[last].Last+1 == r {
			set[last].Last = r
		} else {
			set = append(set, syntax.CharRange{First: r, Last: r})
		}
	}
	return set
}
