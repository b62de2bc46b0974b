package syntax

import (
	"errors"
	"fmt"
	resyntax "regexp/syntax"
	"strings"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// The limits of Go's regexp/syntax (parse.go of Go 1.26) on what a pattern
// becomes. They hold for the tree that regexp/syntax simplifies while it
// parses, which ours is not: what is here are bounds from above, and a pattern
// beyond one is given to regexp/syntax itself to judge.
const (
	goMaxCopies = 1000           // of the innermost thing, by counts in counts
	goMaxHeight = 1000           // levels of its tree
	goMaxSize   = 128 << 20 / 40 // instructions
	goMaxRunes  = 128 << 20 / 4  // in all classes

	// Bounds of the runes, two for each range, of one property, of which \pL,
	// among the largest, has 1,292, or of a large range of which the case is
	// ignored; of one class escape or POSIX class; and of one character.
	goPropertyRunes, goEscapeRunes, goFoldRunes = 4096, 64, 8
)

// A goSize bounds what a node becomes in Go's regexp.
type goSize struct {
	copies int // of the innermost thing
	size   int // instructions; goMaxSize+1 for more
	height int
	length int // runes and items one after another: how deep an alternation of it can be factored
	runes  int // in classes; goMaxRunes+1 for more
}

// goTotals are what the parser counts while it reads, of which [goTotals.bound] makes
// bounds for the whole pattern. They are all that most patterns need: to bound each
// node took a third of the time of a parse.
type goTotals struct {
	depth   int   // groups in each other
	longest int   // items of an alternative, with the bytes of literals
	repeats int   // repeats right below one
	large   int   // properties, and ranges whose case is ignored
	copies  int64 // instructions of what counts in braces write out again, or more
	last    int   // where the braces of the last of them are
	nested  bool  // one is in another
}

// counted notes a repeat with counts of a child, and where its braces are. A class, and
// what has no parts, is one instruction, if no flags stand between the two.
func (t *goTotals) counted(c counts, child *Node, braces int) {
	start := child.Span.Start
	t.nested = t.nested || t.last > start
	t.last = braces
	size := 1
	if child.Kind != KindClass && len(child.Sub) > 0 || child.Span.End < braces {
		size = 2 * (braces - start)
	}
	t.copies += int64(max(c.min, c.max)) * int64(size+1)
}

// goLength bounds the length, as goSize has it, of an alternative in Go.
func (p *parser) goLength(n *Node) int {
	switch {
	case !p.is(flavor.InGo):
		return 0
	case n.Kind == KindLiteral:
		return len(n.Text) + 1
	case n.Kind != KindConcat:
		return 1
	}
	sum := 0
	for _, sub := range n.Sub {
		if sub.Kind == KindLiteral {
			sum += len(sub.Text)
		}
		sum++
	}
	return sum
}

// bound is what goBound says of the root of a pattern of that many bytes at most, if
// counts are not nested. Without counts no node is more than two instructions for each
// of its bytes, but for one more of an alternation, which || has and the parentheses
// around it make up for. Groups in each other are four levels each, with an alternation,
// a concatenation and a repeat, and what is in the innermost one.
func (t *goTotals) bound(size int) goSize {
	return goSize{
		copies: goMaxCopies,
		size:   int(min(goMaxSize+1, 2*int64(size)+t.copies+1)),
		height: (t.depth + 1) * (2*t.longest + 4 + t.repeats),
		runes:  min(goMaxRunes+1, size*(goEscapeRunes/len(`\d`))+t.large*goPropertyRunes),
	}
}

func (b *goSize) fits() bool {
	return b.size <= goMaxSize && b.height <= goMaxHeight && b.runes <= goMaxRunes
}

// checkGo refuses what is too large for Go's regexp.
func (p *parser) checkGo() {
	if bound := p.goes.bound(len(p.s)); !p.goes.nested && bound.fits() {
		return
	}
	bound := p.goBound(p.tree.Root)
	if bound.fits() || len(p.tree.Errors) > 0 {
		return
	}
	prefix := ""
	if p.tree.Flags != 0 {
		prefix = "(?" + p.tree.Flags.String() + ")"
	}
	_, err := resyntax.Parse(prefix+p.s, resyntax.Perl)
	bad, ok := errors.AsType[*resyntax.Error](err)
	if !ok {
		return
	}
	e := &Error{Code: "too-large", Message: "the pattern is too large for Go's regexp once its repeats are written out", Span: Span{0, len(p.s)}}
	if bad.Code == resyntax.ErrNestingDepth {
		e.Code, e.Message = "too-deep", fmt.Sprintf("the pattern nests too deeply (more than %d levels)", goMaxHeight)
	}
	p.failWith(e)
}

// goBound bounds a node, and refuses repeats in it that make too many copies.
func (p *parser) goBound(n *Node) goSize {
	switch n.Kind {
	case KindClass:
		return goSize{copies: 1, size: 1, height: 1, length: 1, runes: p.goClassRunes(n)}
	case KindClassEscape, KindProperty:
		return goSize{copies: 1, size: 1, height: 1, length: 1, runes: goRunes(n)}
	}
	b := goSize{copies: 1}
	longest := 0
	for _, sub := range n.Sub {
		s := p.goBound(sub)
		b.copies = max(b.copies, s.copies)
		b.size += s.size
		b.height = max(b.height, s.height)
		b.length += s.length
		b.runes = min(b.runes+s.runes, goMaxRunes+1)
		longest = max(longest, s.length)
	}
	b.height++
	switch n.Kind {
	case KindLiteral:
		b.length = 1
		if n.Op == OpVerbatim {
			b.length = utf8.RuneCountInString(n.Text)
		}
		b.size = b.length
	case KindAlternation:
		b.size += len(n.Sub) - 1
		// A common prefix is taken out of alternatives, and again out of the rest.
		b.height += 2 * longest
		b.length = longest
	case KindGroup:
		b.size += 2
		b.length = 1
	case KindRepetition:
		b.length = 1
		b.size = goRepeatSize(n, b.size)
		p.goCopies(n, &b)
	default:
		b.size = max(1, b.size)
	}
	b.size = min(b.size, goMaxSize+1)
	return b
}

// goClassRunes bounds the runes of a class. Where it has no property and no case is
// ignored, nothing in it has more for its length than an escape, and a look at its
// text is enough: [MaxPattern] of that stays in the limit.
func (p *parser) goClassRunes(n *Node) int {
	text := p.tree.Source(n)
	if n.Flags.Has('i') || strings.IndexByte(text, 'p') >= 0 || strings.IndexByte(text, 'P') >= 0 {
		return goRunes(n)
	}
	return len(text) * goEscapeRunes / len(`\d`)
}

// goRunes bounds the runes of a class, or of a part of one.
func goRunes(n *Node) int {
	switch n.Kind {
	case KindProperty:
		return goPropertyRunes
	case KindRange:
		if !n.Flags.Has('i') {
			return 2
		}
		return min(goPropertyRunes, goFoldRunes*(1+int(charOf(n.Sub[1])-charOf(n.Sub[0]))))
	case KindLiteral:
		return goFoldRunes
	case KindClass:
		sum := 4 // what negation adds at both ends, and \n
		for _, sub := range n.Sub {
			sum += goRunes(sub)
		}
		return sum
	}
	return goEscapeRunes
}

// goRepeatSize bounds a repeat of something of a size.
func goRepeatSize(n *Node, size int) int {
	switch {
	case n.Rune != '{':
		return size + 2
	case n.Max == Unlimited:
		return max(n.Min, 1)*size + 2
	}
	return n.Max*(size+1) + 1
}

// goCopies counts how often a repeat and those in it copy the innermost thing.
func (p *parser) goCopies(n *Node, b *goSize) {
	if n.Rune != '{' {
		return
	}
	times := n.Max
	if times == Unlimited {
		times = n.Min
	} else if times == 0 {
		b.copies = 1
		return
	}
	b.copies *= max(times, 1)
	if b.copies > goMaxCopies && times > 1 {
		p.failWith(&Error{
			Code: "invalid-repeat", Message: "the repeat counts are too large together", Span: n.Operator(),
			Hint: "1,000 is the most, also for repeats in repeats taken together",
		})
		b.copies = 1
	}
}

// goOctal reports whether digits behind a backslash, of which the first is not 0,
// are an octal number in Go: there have to be two octal digits.
func goOctal(digits string) bool {
	return len(digits) > 1 && digits[0] <= '7' && digits[1] <= '7'
}

// goFlagsRepeated reports whether a repeat goes past an item to the one before,
// as it does past flags in Go: a(?i)* is a*.
func (p *parser) goFlagsRepeated(n *Node) bool { return n.Kind == KindFlags && p.is(flavor.InGo) }
