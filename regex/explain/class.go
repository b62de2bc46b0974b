package explain

import (
	"fmt"
	"strings"

	"github.com/regexdbg/regexdbg/regex/syntax"
)

// maxEntries is how many entries of a class are in its title.
const maxEntries = 6

// class explains a class, and what is in one.
func (x *explainer) class(n *syntax.Node) phrase {
	if n.Kind != syntax.KindClass {
		return x.classOf(n, []*syntax.Node{n}, false)
	}
	return x.classOf(n, n.Sub, n.Negated)
}

// classOf is the phrase of a class with these items.
func (x *explainer) classOf(n *syntax.Node, items []*syntax.Node, negated bool) phrase {
	entries := x.entries(items)
	set, known := x.tree.CharSet(n)
	strings := x.tree.ClassStrings(n)
	var p phrase
	switch {
	case len(entries) == 0 && !x.flavor.Grammar.EmptyClass:
		return phrase{one: "a class that is not finished", many: "times a class that is not finished"}
	case len(entries) == 0 && negated:
		p.one, p.many = "any character", "characters of any kind"
		p.details = []string{"Line ends too."}
		return p
	case len(entries) == 0:
		return phrase{one: "no character at all", many: "times no character", details: []string{"An empty class never matches."}}
	case negated:
		p.one, p.many = "any character but "+list(entries, "and"), "characters other than "+list(entries, "and")
	case len(entries) == 1 && single(items) != nil:
		inner := x.phrase(single(items))
		p.one, p.many = inner.one, inner.many
	case len(entries) == 1 && strings == nil && only(items) == syntax.KindRange:
		p.one, p.many = "a character from "+entries[0], "characters from "+entries[0]
	default:
		p.one, p.many = "one of "+list(entries, "or"), "of "+list(entries, "or")
	}
	if x.caseMatters(n) {
		p.one, p.many, p.flags = p.one+", ignoring case", p.many+", ignoring case", "i"
	}
	p.details = x.members(n, set, known, negated)
	if len(strings) > 0 {
		p.details = append(p.details, "Strings are tried before single characters, longer ones first.")
	}
	return p
}

// single is the only item of a class that is one character or escape, or nil.
func single(items []*syntax.Node) *syntax.Node {
	var only *syntax.Node
	for _, n := range items {
		switch n.Kind {
		case syntax.KindSpace, syntax.KindComment, syntax.KindQuoteMark:
			continue
		case syntax.KindLiteral, syntax.KindClassEscape, syntax.KindProperty, syntax.KindPosix:
			if only != nil {
				return nil
			}
			only = n
			continue
		}
		return nil
	}
	return only
}

// only is the kind of the first item, trivia left out.
func only(items []*syntax.Node) syntax.Kind {
	for _, n := range items {
		if !n.Kind.IsTrivia() {
			return n.Kind
		}
	}
	return syntax.KindEmpty
}

// members says which characters a class matches in all.
func (x *explainer) members(n *syntax.Node, set syntax.CharSet, known, negated bool) []string {
	if !known {
		return []string{"Which characters those are in all, only the engine knows."}
	}
	universe := x.universe(n)
	shown, what := set, "matches "
	if negated {
		shown, what = set.Not(universe), "does not match "
	}
	if shown.Len() == 0 && negated {
		return []string{"It matches any character."}
	}
	details := []string{sentence("it " + what + describe(shown, universe))}
	if negated && set.Contains('\n') {
		details = append(details, "It matches line ends too.")
	}
	return details
}

// entries are the items of a class in words.
func (x *explainer) entries(items []*syntax.Node) []string {
	var entries []string
	for _, n := range items {
		switch n.Kind {
		case syntax.KindSpace, syntax.KindComment, syntax.KindQuoteMark:
		case syntax.KindError:
			entries = append(entries, "something not understood")
		case syntax.KindLiteral:
			entries = append(entries, x.classChar(n)...)
		case syntax.KindRange:
			low, high := x.classChar(n.Sub[0]), x.classChar(n.Sub[1])
			entries = append(entries, trimQuotes(low[0])+" to "+trimQuotes(high[0]))
		case syntax.KindClass:
			if n.Negated {
				entries = append(entries, "all but ("+list(x.entries(n.Sub), "and")+")")
			} else {
				entries = append(entries, x.entries(n.Sub)...)
			}
		case syntax.KindClassSet:
			entries = append(entries, x.entries(n.Sub)...)
		case syntax.KindClassOp:
			entries = append(entries, x.operation(n))
		case syntax.KindClassString:
			for _, branch := range n.Sub {
				var b strings.Builder
				for _, sub := range branch.Sub {
					if sub.Kind == syntax.KindLiteral {
						b.WriteString(string(sub.Runes()))
					}
				}
				entries = append(entries, quoted(b.String()))
			}
		default:
			entries = append(entries, x.phrase(n).many)
		}
	}
	return entries
}

// classChar is a literal of a class: characters, of which \Q...\E has several.
func (x *explainer) classChar(n *syntax.Node) []string {
	switch {
	case n.Op == syntax.OpNamed:
		return []string{n.Text}
	case n.Op > syntax.OpIdentity && !visible(n.Rune):
		return []string{x.charByNumber(n)}
	}
	var all []string
	for _, r := range n.Runes() {
		all = append(all, quoted(string(r)))
	}
	return all
}

// trimQuotes shows the ends of a range without quotes, where they are letters or
// digits.
func trimQuotes(s string) string {
	if len(s) == 3 && (s[1] >= '0' && s[1] <= '9' || s[1] >= 'A' && s[1] <= 'Z' || s[1] >= 'a' && s[1] <= 'z') {
		return s[1:2]
	}
	return s
}

var operationWords = map[syntax.Op]string{
	syntax.OpIntersection: "that are also", syntax.OpDifference: "that are not",
	syntax.OpUnion: "or", syntax.OpSymmetric: "or, but not both,",
}

func (x *explainer) operation(n *syntax.Node) string {
	parts := make([]string, len(n.Sub))
	for i, sub := range n.Sub {
		parts[i] = "(" + list(x.entries([]*syntax.Node{sub}), "or") + ")"
	}
	return strings.Join(parts, " "+operationWords[n.Op]+" ")
}

// list joins entries with commas and a word before the last one.
func list(entries []string, word string) string {
	last := len(entries) - 1
	switch {
	case last < 0:
		return "nothing"
	case last == 0:
		return entries[0]
	case last >= maxEntries:
		return fmt.Sprintf("%s and %s", strings.Join(entries[:maxEntries-1], ", "), plural(last+2-maxEntries, "other"))
	}
	return strings.Join(entries[:last], ", ") + " " + word + " " + entries[last]
}

// caseMatters reports whether a class with the flag i has letters written in it.
func (x *explainer) caseMatters(n *syntax.Node) bool {
	if !n.Flags.Has('i') {
		return false
	}
	found := false
	n.Walk(func(sub *syntax.Node) bool {
		switch sub.Kind {
		case syntax.KindLiteral:
			for _, r := range sub.Runes() {
				found = found || isCased(r)
			}
		case syntax.KindRange:
			low, high := sub.Sub[0].Runes(), sub.Sub[1].Runes()
			if len(low) == 1 && len(high) == 1 {
				for r := low[0]; r <= min(high[0], low[0]+0x100) && !found; r++ {
					found = isCased(r)
				}
			}
		case syntax.KindProperty:
			found = true
		}
		return !found
	})
	return found
}
