package syntax

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// Universe returns all characters that a text of the flavor is made of: code
// points; UTF-16 units in JavaScript without u and v; bytes in PCRE2 without u.
// Flags are those in force.
func Universe(f *flavor.Flavor, flags flavor.Flags) CharRange {
	unit := f.Semantics.Unit.With(flags)
	if f.Set == flavor.InPCRE2 && flags&flavor.UTF != 0 {
		unit = flavor.CodePoint
	}
	switch unit {
	case flavor.UTF16:
		return CharRange{0, 0xFFFF}
	case flavor.Byte:
		return CharRange{0, 0xFF}
	}
	return CharRange{0, unicode.MaxRune}
}

// CharSet returns the set of the characters of which a node matches one, with
// the flags in force there: of a dot, an escape, a property, a POSIX class, a
// range, a class, or a literal of one character. It reports false for other
// nodes, and for sets that are not known: a property that the program defines or
// whose values a pattern gives, and a class with a sequence by its numbers, in Perl; a
// property that regexp2 takes without its value; what is no one set, such as the
// dot where CR LF is one.
//
// Properties are those of the Unicode version that [Tree.PropertyVersion] says; an
// engine's may be older or newer, and then it differs in the characters that were
// added in between.
//
// Of the sequences of several characters that JavaScript's classes can hold
// with v, [Tree.ClassStrings] tells. In Perl and Ruby, ignoring case, there are
// more that match, such as ss for [ß].
func (t *Tree) CharSet(n *Node) (CharSet, bool) {
	e := t.evaluator()
	set := e.eval(n)
	return set.chars, !e.unknown
}

// RuneSet returns the set of the characters that match r where a literal stands
// that has it: r, and those that differ from it in case only, if that is ignored.
func (t *Tree) RuneSet(literal *Node, r rune) CharSet {
	return t.evaluator().literal(r, literal.Flags)
}

func (t *Tree) evaluator() *evaluator {
	e := &evaluator{flavor: t.Flavor}
	if t.Flavor.Set == flavor.InPCRE2 {
		e.newlineOption(t.Root)
	}
	return e
}

// ClassStrings returns the sequences of several characters, and the empty one,
// that a class or a property of JavaScript's flag v matches, in the order in which they are
// tried: longer ones first. Strings of the class that are one character are in
// its CharSet.
func (t *Tree) ClassStrings(n *Node) []string {
	if !n.Flags.Has('v') || t.Flavor.Set != flavor.InJS {
		return nil
	}
	switch n.Kind {
	case KindClass, KindClassString, KindProperty:
	default:
		return nil
	}
	return t.evaluator().eval(n).strings
}

// An evaluator computes the sets of nodes.
type evaluator struct {
	flavor  *flavor.Flavor
	unknown bool // some set is not known
	// lineEnds are those that an option such as (*CR) asks for, or nil.
	lineEnds CharSet
	// pairEnds says that CR LF is one, so that the dot matches a CR that is alone:
	// then it is no set.
	pairEnds   bool
	inClass    bool
	negated    bool // in a negative class
	subtracted bool // in what is subtracted from a class of .NET
	operand    bool // directly in an operation of sets
	unfolded   bool // in a negative class in another one of Ruby, whose complement Onigmo folds, and not its characters
}

// newlineOption looks for an option of PCRE2 that says what ends a line.
func (e *evaluator) newlineOption(root *Node) {
	for _, n := range root.Sub {
		if n.Kind != KindVerb {
			return
		}
		kind, ok := newlines[n.Text]
		if !ok {
			continue
		}
		e.pairEnds, e.lineEnds = false, nil // the last one counts
		switch kind {
		case newlineCR:
			e.lineEnds = charsOf('\r')
		case newlineCRLF:
			e.pairEnds = true
		case newlineAnyCRLF:
			e.lineEnds = charsOf('\n', '\r')
		case newlineAny:
			e.lineEnds = vertical
		case newlineNUL:
			e.lineEnds = charsOf(0)
		}
	}
}

// charsAndStrings is what a class of JavaScript's v matches.
type charsAndStrings struct {
	chars   CharSet
	strings []string // longest first
	// open says that a property of strings is among them, whose strings are others in other versions of Unicode.
	open bool
}

func (e *evaluator) is(set flavor.Set) bool { return e.flavor.Set&set != 0 }

func (e *evaluator) eval(n *Node) charsAndStrings {
	switch n.Kind {
	case KindClass:
		return e.class(n)
	case KindClassString:
		return e.classString(n)
	case KindProperty:
		if set, ok := e.stringProperty(n); ok {
			return set
		}
	case KindLiteral:
		if units := e.units(n); len(units) == 1 {
			return charsAndStrings{chars: e.literal(units[0], n.Flags)}
		}
		e.unknown = true
		return charsAndStrings{}
	}
	return charsAndStrings{chars: e.item(n)}
}

// literal is a character outside of a class.
func (e *evaluator) literal(r rune, flags flavor.Flags) CharSet {
	if flags.Has('i') && e.is(flavor.InDotNet) {
		if unicode.IsLower(r) || unicode.IsUpper(r) { // regexp2 looks at no others
			return simpleCase().close(charsOf(r))
		}
		return charsOf(r)
	}
	return e.foldChar(r, flags)
}

// foldChar is one character, in a class or not.
func (e *evaluator) foldChar(r rune, flags flavor.Flags) CharSet {
	set := charsOf(r)
	if r == 0xDF && flags.Has('i') && folding(e.flavor, flags) == flavor.FoldJava {
		return set // sharp s is among the characters that Java looks up as bytes
	}
	return e.fold(set, flags)
}

// class evaluates a class in brackets.
func (e *evaluator) class(n *Node) charsAndStrings {
	outer, negated := e.inClass, e.negated
	e.inClass, e.negated = true, n.Negated
	defer func() { e.inClass, e.negated = outer, negated }()
	if e.is(flavor.InDotNet) {
		return charsAndStrings{chars: e.dotnetClass(n)}
	}
	if e.is(flavor.InRuby) && len(n.Sub) == 1 && n.Sub[0].Kind == KindLiteral && !outer {
		e.inClass = false // Onigmo makes a literal of it
	}
	unfolded, operand := e.unfolded, e.operand
	defer func() { e.unfolded, e.operand = unfolded, operand }()
	e.unfolded = unfolded || e.is(flavor.InRuby) && n.Negated && outer && !operand
	e.operand = false
	set := e.items(n.Sub)
	if n.Negated {
		set = charsAndStrings{chars: e.not(set.chars, n)}
	}
	if e.unfolded && !unfolded {
		e.unfolded, e.negated = false, negated
		set.chars = e.fold(set.chars, n.Flags)
	}
	return set
}

// items evaluates the union of some items.
func (e *evaluator) items(items []*Node) charsAndStrings {
	var all charsAndStrings
	var few []CharRange // of the items that are a range or so, which are many
	for i, sub := range items {
		var set charsAndStrings
		switch sub.Kind {
		case KindClass:
			set = e.class(sub)
		case KindClassOp:
			set = e.operation(sub)
		case KindClassSet:
			set = e.items(sub.Sub)
		case KindClassString:
			set = e.classString(sub)
		case KindProperty:
			var ok bool
			if set, ok = e.stringProperty(sub); !ok {
				set.chars = e.property(sub)
			}
		case KindComment, KindSpace, KindQuoteMark, KindError:
			continue
		case KindLiteral:
			units := e.units(sub)
			if isSequence(sub) {
				units = e.lettersOf(sub)
				if i >= 2 && items[i-2].Kind == KindLiteral && items[i-1].Kind == KindLiteral && string(items[i-1].Runes()) == "-" {
					few = append(few, e.foldRange(CharSet{{items[i-2].Runes()[0], 'N'}}, sub.Flags)...)
				}
			}
			for _, r := range units {
				few = append(few, e.foldChar(r, sub.Flags)...)
			}
			continue
		default:
			set.chars = e.item(sub)
		}
		if len(set.chars) <= 4 {
			few = append(few, set.chars...)
		} else {
			all.chars = all.chars.Union(set.chars)
		}
		all.strings = append(all.strings, set.strings...)
		all.open = all.open || set.open
	}
	all.chars = all.chars.Union(charSet(few))
	all.sortStrings()
	return all
}

func (e *evaluator) operation(n *Node) charsAndStrings {
	operand := e.operand
	e.operand = true
	defer func() { e.operand = operand }()
	sets := make([]charsAndStrings, len(n.Sub))
	for i, sub := range n.Sub {
		sets[i] = e.items([]*Node{sub})
	}
	set := sets[0]
	for _, other := range sets[1:] {
		switch n.Op {
		case OpIntersection:
			set.chars = set.chars.Intersect(other.chars)
			set.strings = e.within(set.strings, other.strings, true, n.Flags)
			set.open = set.open && other.open
		case OpDifference:
			set.chars = set.chars.Minus(other.chars)
			set.strings = e.within(set.strings, other.strings, false, n.Flags)
		case OpUnion:
			set.chars = set.chars.Union(other.chars)
		case OpSymmetric:
			set.chars = set.chars.Minus(other.chars).Union(other.chars.Minus(set.chars))
		}
	}
	return set
}

// within returns those of some strings that are among others, or that are not. Where case is ignored, strings that differ
// in it only are the same.
func (e *evaluator) within(some, others []string, are bool, flags flavor.Flags) []string {
	among := make(map[string]bool, len(others))
	for _, s := range others {
		among[e.caseless(s, flags)] = true
	}
	return slices.DeleteFunc(some, func(s string) bool { return among[e.caseless(s, flags)] != are })
}

// caseless is the same for all strings that differ in case only, if that is ignored: the first of each character's.
func (e *evaluator) caseless(s string, flags flavor.Flags) string {
	if !flags.Has('i') {
		return s
	}
	return strings.Map(func(r rune) rune { return e.foldChar(r, flags)[0].First }, s)
}

// sortStrings puts longer strings first, and drops repeated ones.
func (c *charsAndStrings) sortStrings() {
	slices.SortStableFunc(c.strings, func(a, b string) int { return utf8.RuneCountInString(b) - utf8.RuneCountInString(a) })
	seen := make(map[string]bool, len(c.strings))
	c.strings = slices.DeleteFunc(c.strings, func(s string) bool {
		dropped := seen[s]
		seen[s] = true
		return dropped
	})
}

func (e *evaluator) classString(n *Node) charsAndStrings {
	var all charsAndStrings
	for _, branch := range n.Sub {
		var b strings.Builder
		var last *Node
		count := 0
		for _, sub := range branch.Sub {
			if sub.Kind == KindLiteral {
				b.WriteString(string(sub.Runes()))
				count += sub.Len()
				last = sub
			}
		}
		if count == 1 {
			all.chars = all.chars.Union(e.foldChar(last.Runes()[0], last.Flags))
			continue
		}
		all.strings = append(all.strings, b.String())
	}
	all.sortStrings()
	return all
}

// item evaluates what is neither a literal, nor a class, nor an operation.
func (e *evaluator) item(n *Node) CharSet {
	switch n.Kind {
	case KindRange:
		return e.foldRange(e.span(n), n.Flags)
	case KindDot:
		return e.dot(n)
	case KindClassEscape:
		return e.classEscape(n)
	case KindProperty:
		return e.property(n)
	case KindPosix:
		return e.posix(n)
	}
	e.unknown = true
	return nil
}

func (e *evaluator) foldRange(set CharSet, flags flavor.Flags) CharSet {
	switch {
	case !flags.Has('i'):
		return set
	case e.is(flavor.InPython) && flags.Has('a') && set[len(set)-1].Last > 0xFFFF:
		return foldASCII(pythonRangeCase().close(set))
	case folding(e.flavor, flags) == flavor.FoldJava:
		return javaRangeCase().close(set)
	}
	return e.fold(set, flags)
}

// units returns the characters of the universe that a literal is written with:
// in PCRE2 without u the bytes, and in JavaScript without u the UTF-16 units.
func (e *evaluator) units(n *Node) []rune {
	switch universe := Universe(e.flavor, n.Flags); {
	case universe.Last == 0xFF && n.Op == OpVerbatim:
		units := make([]rune, len(n.Text))
		for i := range len(n.Text) {
			units[i] = rune(n.Text[i])
		}
		return units
	case universe.Last == 0xFFFF:
		var units []rune
		for _, r := range n.Runes() {
			if high, low := utf16.EncodeRune(r); high != unicode.ReplacementChar {
				units = append(units, high, low)
			} else {
				units = append(units, r)
			}
		}
		return units
	}
	return n.Runes()
}

// isSequence reports whether a literal is a named sequence of Perl's, which a class matches whole.
func isSequence(literal *Node) bool { return literal.Op == OpNamed && literal.Other != "" }

// lettersOf is what Perl 5.36 makes of a named sequence in a negated class or at the end of a range: the letters that it is
// written with, but for the bracket that opens. One that is written with numbers is not known.
func (e *evaluator) lettersOf(sequence *Node) []rune {
	if strings.HasPrefix(sequence.Text, "U+") || !e.is(flavor.InPerl) {
		e.unknown = true
	}
	return []rune("N" + sequence.Text + "}")
}

// span evaluates a range. Where its ends are several units each, those between
// the last of the first and the first of the last are the range.
func (e *evaluator) span(n *Node) CharSet {
	low, high := e.units(n.Sub[0]), e.units(n.Sub[1])
	ranges := []CharRange{{low[len(low)-1], high[0]}}
	for _, r := range slices.Concat(low[:len(low)-1], high[1:]) {
		ranges = append(ranges, CharRange{r, r})
	}
	return charSet(ranges)
}

// not is the complement in the universe of where n stands.
func (e *evaluator) not(set CharSet, n *Node) CharSet {
	return set.Not(Universe(e.flavor, n.Flags))
}

// units is how many characters of the universe a literal matches.
func (t *Tree) units(literal *Node) int {
	if Universe(t.Flavor, literal.Flags).Last == unicode.MaxRune {
		return literal.Len()
	}
	return len((&evaluator{flavor: t.Flavor}).units(literal))
}
