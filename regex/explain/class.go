package explain

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// maxEntries is how many entries of a class are in its title.
const maxEntries = 6

// class explains a class, and what is in one.
func (x *explainer) class(n *syntax.Node) phrase {
	if n.Kind != syntax.KindClass {
		return x.classOf(n, []*syntax.Node{n}, false)
	}
	key := classKey{x.tree.Source(n), n.Flags}
	p, ok := x.classes[key]
	if !ok {
		p = x.classOf(n, n.Sub, n.Negated)
		x.classes[key] = p
	}
	return p
}

// A classKey is what the words for a class depend on: a pattern has the same one
// again and again, and the sets of some take long.
type classKey struct {
	source string
	flags  flavor.Flags
}

// classOf is the phrase of a class with these items.
func (x *explainer) classOf(n *syntax.Node, items []*syntax.Node, negated bool) phrase {
	entries := x.entries(items)
	set, known := x.tree.CharSet(n)
	strings := x.tree.ClassStrings(n)
	var p phrase
	switch only := single(items); {
	case len(entries) == 0 && !x.flavor.Grammar.EmptyClass:
		return phrase{one: "a class that is not finished", many: "times a class that is not finished"}
	case len(entries) == 0 && negated:
		return phrase{one: "any character", many: "characters of any kind", details: []string{"Line ends too."}}
	case len(entries) == 0:
		return phrase{one: "no character at all", many: "times no character", details: []string{"An empty class never matches."}}
	case only != nil && len(entries) == 1 && !negated:
		return x.phrase(only)
	case negated:
		p.one, p.many = "any character but "+list(entries, "and"), "characters other than "+list(entries, "and")
	case len(entries) == 2 && allLiterals(items):
		p.one, p.many = list(entries, "or"), "of "+list(entries, "or")
	case len(entries) == 1 && strings == nil && firstKind(items) == syntax.KindRange:
		p.one, p.many = "a character from "+entries[0], "characters from "+entries[0]
	default:
		p.one, p.many = "one of "+list(entries, "or"), "of "+list(entries, "or")
	}
	if x.caseMatters(n) {
		p.one, p.many, p.flags = p.one+", ignoring case", p.many+", ignoring case", "i"
	}
	p.details = append(x.members(n, set, known, negated), x.ignored(items)...)
	if len(p.details) == 1 && p.flags == "" && len(entries) <= maxEntries && allLiterals(items) && (!negated && set.Len() == len(entries) ||
		negated && set.Not(x.universe(n)).Len() == len(entries)) {
		p.details = nil // as the title says
	}
	if slices.ContainsFunc(strings, func(s string) bool { return s != "" }) {
		p.details = append(p.details, longerFirst)
	}
	if slices.Contains(strings, "") {
		p.details = append(p.details, "The empty text is tried last.")
	}
	return p
}

// longerFirst is which of the strings of a class or a property are tried first.
const longerFirst = "Strings of several characters are tried first, longer ones before shorter ones."

// ignored says what regexp2 does not look at: in a class, the escapes behind a
// negative one.
func (x *explainer) ignored(items []*syntax.Node) []string {
	if !x.is(flavor.InDotNet) {
		return nil
	}
	var decisive *syntax.Node
	for _, n := range items {
		if n.Kind != syntax.KindClassEscape && n.Kind != syntax.KindProperty {
			continue
		}
		if decisive != nil {
			return []string{fmt.Sprintf("regexp2 does not look at %s here, because %s is before it.", x.tree.Source(n), x.tree.Source(decisive))}
		}
		if n.Negated {
			decisive = n
		}
	}
	return nil
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

// allLiterals reports whether the items of a class are single characters.
func allLiterals(items []*syntax.Node) bool {
	return !slices.ContainsFunc(items, func(n *syntax.Node) bool { return n.Kind != syntax.KindLiteral && !n.Kind.IsTrivia() })
}

// firstKind is the kind of the first item, trivia left out.
func firstKind(items []*syntax.Node) syntax.Kind {
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
	if len(x.tree.Errors) > 0 {
		return nil
	}
	universe := x.universe(n)
	missing := set.Not(universe)
	if more := len(x.tree.ClassStrings(n)); more > maxShown && len(set) > 0 { // which are not listed above
		return []string{fmt.Sprintf("It matches %s and %s.", plural(set.Len(), "character"), plural(more, "sequence"))}
	} else if more > maxShown {
		return []string{fmt.Sprintf("It matches %s.", plural(more, "sequence"))}
	}
	if !negated || set.Len() < missing.Len() {
		return []string{sentence("it matches " + describe(set, universe))}
	}
	details := []string{"It matches any character."}
	if missing.Len() > 1 {
		details[0] = sentence("it does not match " + describe(missing, universe))
	} else if missing.Len() == 1 {
		details = nil // as the title says
	}
	if set.Contains('\n') && missing.Len() > 0 {
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
			entries = append(entries, rangeEnd(n.Sub[0])+" to "+rangeEnd(n.Sub[1]))
		case syntax.KindClass:
			if n.Negated {
				entries = append(entries, "all but "+bracketed(x.entries(n.Sub), "and"))
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
						b.WriteString(literalText(sub))
					}
				}
				if text := b.String(); text == "" {
					entries = append(entries, "the empty text")
				} else {
					entries = append(entries, quoted(text))
				}
			}
		default:
			p := x.phrase(n)
			if p.entry == "" {
				p.entry = p.many
			}
			entries = append(entries, p.entry)
		}
	}
	return entries
}

// classChar is a literal of a class: characters, of which \Q...\E has several.
func (x *explainer) classChar(n *syntax.Node) []string {
	switch {
	case n.Op == syntax.OpNamed:
		return []string{n.Text}
	case n.Op > syntax.OpIdentity:
		if name, ok := charNames[n.Rune]; ok {
			return []string{article(name)}
		}
		return []string{x.charByNumber(n)}
	}
	var all []string
	for text := n.Text; n.Op == syntax.OpVerbatim && text != ""; {
		r, size := utf8.DecodeRuneInString(text)
		switch name, named := charNames[r]; {
		case named:
			all = append(all, article(name))
		case r > 0xFFFF && x.universe(n).Last == 0xFFFF:
			high, low := utf16.EncodeRune(r)
			all = append(all, number(high), number(low))
		default:
			all = append(all, quoted(text[:size]))
		}
		text = text[size:]
	}
	if n.Op == syntax.OpIdentity {
		all = append(all, quoted(string(n.Rune)))
	}
	return all
}

// rangeEnd is an end of a range: a letter or digit without quotes, and what has no
// shape by its number.
func rangeEnd(n *syntax.Node) string {
	text := literalText(n)
	r, size := utf8.DecodeRuneInString(text)
	switch {
	case n.Op == syntax.OpNamed:
		return n.Text
	case r == utf8.RuneError && size == 1:
		return fmt.Sprintf(`\x%02X`, text[0])
	case !visible(r):
		return number(r)
	case r >= '0' && r <= '9', r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z':
		return text
	}
	return quoted(text)
}

// bracketed is a list, in parentheses when it is longer than one.
func bracketed(entries []string, word string) string {
	if len(entries) == 1 {
		return entries[0]
	}
	return "(" + list(entries, word) + ")"
}

var operationWords = map[syntax.Op]string{
	syntax.OpIntersection: "that are also", syntax.OpDifference: "that are not",
	syntax.OpUnion: "or", syntax.OpSymmetric: "or, but not both,",
}

func (x *explainer) operation(n *syntax.Node) string {
	var b strings.Builder
	for i, sub := range n.Sub {
		entries, words := x.entries([]*syntax.Node{sub}), operationWords[n.Op]
		if i > 0 && n.Op == syntax.OpIntersection && sub.Kind == syntax.KindClass && sub.Negated {
			entries, words = x.entries(sub.Sub), "that are not" // also all but these
		}
		if i > 0 {
			b.WriteString(" " + words + " ")
		}
		b.WriteString(bracketed(entries, "or"))
	}
	return b.String()
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
