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

// checkGo refuses what is too large for Go's regexp.
func (p *parser) checkGo() {
	bound := p.goBound(p.tree.Root)
	if bound.size <= goMaxSize && bound.height <= goMaxHeight && bound.runes <= goMaxRunes || len(p.tree.Errors) > 0 {
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
			Code: "invalid-repeat", Message: "the repeat counts are too large together", Span: n.Aux,
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
