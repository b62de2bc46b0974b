package trace

import (
	"strings"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// literal compiles characters, each with a token of its own.
func (c *compiler) literal(n *syntax.Node) {
	if c.foldsLong(n) {
		c.longLiteral(n, c.units(n))
		return
	}
	c.literalUnits(n, c.units(n))
}

func (c *compiler) literalUnits(n *syntax.Node, units []literalUnit) {
	for i := range units {
		if c.back {
			i = len(units) - 1 - i
		}
		c.char(n, units[i])
	}
}

// A literalUnit is one unit of text that a literal matches, with the place where its character is written.
type literalUnit struct {
	r    rune
	span syntax.Span
}

// units are the units that a literal matches.
func (c *compiler) units(n *syntax.Node) []literalUnit {
	verbatim := n.Op == syntax.OpVerbatim && len(n.Text) == n.Span.End-n.Span.Start
	if n.Op == syntax.OpVerbatim && c.unit == flavor.Byte {
		return byteUnits(n, verbatim)
	}
	var units []literalUnit
	at := n.Span.Start
	for _, r := range n.Runes() {
		span := n.Span
		if verbatim {
			_, size := utf8.DecodeRuneInString(c.tree.Pattern[at:])
			span = syntax.Span{Start: at, End: at + size}
			at += size
		}
		if c.unit == flavor.UTF16 && r > 0xFFFF {
			units = append(units, literalUnit{0xD800 + (r-0x10000)>>10, span}, literalUnit{0xDC00 + (r-0x10000)&0x3FF, span})
			continue
		}
		units = append(units, literalUnit{r, span})
	}
	return units
}

// byteUnits are the bytes of a literal. Those of one character are shown as one token.
func byteUnits(n *syntax.Node, verbatim bool) []literalUnit {
	var units []literalUnit
	for i := 0; i < len(n.Text); {
		_, size := utf8.DecodeRuneInString(n.Text[i:])
		span := n.Span
		if verbatim {
			span = syntax.Span{Start: n.Span.Start + i, End: n.Span.Start + i + size}
		}
		for ; size > 0; size-- {
			units = append(units, literalUnit{rune(n.Text[i]), span})
			i++
		}
	}
	return units
}

// char compiles one character of a literal.
func (c *compiler) char(n *syntax.Node, u literalUnit) {
	token := c.charToken(n, u)
	set := c.tree.RuneSet(n, u.r)
	switch {
	case set.Len() != 1:
		c.emit(c.directed(opSet, opSetBack), token, c.setOf(setKey{n, u.r}, set), 0)
	case u.r < utf8.RuneSelf:
		c.emit(c.directed(opByte, opByteBack), token, u.r, 0)
	default:
		c.emit(c.directed(opRune, opRuneBack), token, u.r, 0)
	}
}

func (c *compiler) charToken(n *syntax.Node, u literalUnit) int32 {
	if u.span == n.Span {
		return c.token(n)
	}
	return c.tokenAt(n, u.span)
}

// foldsLong reports whether one character of a literal can match several, and several one, as ß and ss do.
func (c *compiler) foldsLong(n *syntax.Node) bool {
	if !n.Flags.Has('i') || c.unit != flavor.CodePoint {
		return false
	}
	fold := c.tree.Flavor.Semantics.Fold.With(n.Flags)
	return fold == flavor.FoldFull || fold == flavor.FoldFullNoASCII
}

// longLiteral compiles characters where one matches several, and several match one: at each place, what one character
// of the text can stand for is tried first.
func (c *compiler) longLiteral(n *syntax.Node, units []literalUnit) {
	jumps := make([][]int32, len(units)+1) // to each place, to be told where that is
	for i, u := range units {
		for _, jump := range jumps[i] {
			c.insts[jump].a = c.here()
		}
		for _, many := range c.oneForMany(n, units[i:]) {
			token := c.charToken(n, u)
			alt := c.emit(opAlt, token, 0, 1)
			c.emit(opSet, token, c.setOf(setKey{n, -2 - u.r<<8 - rune(many.count)}, many.set), 0)
			jumps[i+many.count] = append(jumps[i+many.count], c.emit(opJump, token, 0, 0))
			c.insts[alt].a = c.here()
		}
		long := c.manyForOne(n, u.r)
		if long == "" {
			c.char(n, u)
			continue
		}
		c.alternatives(n, 2, func(branch int) {
			if branch == 0 {
				c.char(n, u)
				return
			}
			for _, r := range long {
				c.char(n, literalUnit{r, u.span})
			}
		})
	}
	for _, jump := range jumps[len(units)] {
		c.insts[jump].a = c.here()
	}
}

// manyForOne is the several characters that match one, or "".
func (c *compiler) manyForOne(n *syntax.Node, r rune) string {
	long := syntax.LongFold(r)
	if c.apart(n) && strings.ContainsFunc(long, func(r rune) bool { return r < utf8.RuneSelf }) {
		return ""
	}
	return long
}

// apart reports whether no character beyond ASCII matches one of ASCII.
func (c *compiler) apart(n *syntax.Node) bool {
	return c.tree.Flavor.Semantics.Fold.With(n.Flags) == flavor.FoldFullNoASCII
}

// A manyMatch is the characters that match so many of a literal.
type manyMatch struct {
	count int
	set   syntax.CharSet
}

// oneForMany are the single characters that match the first ones of a literal, of which there are two or three, longer
// ones first.
func (c *compiler) oneForMany(n *syntax.Node, units []literalUnit) []manyMatch {
	var all []manyMatch
	for count := min(3, len(units)); count >= 2; count-- {
		var set syntax.CharSet
		for _, r := range syntax.LongFolders() {
			long := []rune(c.manyForOne(n, r))
			if len(long) != count {
				continue
			}
			same := true
			for i, want := range long {
				same = same && c.tree.RuneSet(n, want).Contains(units[i].r)
			}
			if same {
				set = set.Union(syntax.CharSet{{First: r, Last: r}})
			}
		}
		if len(set) > 0 {
			all = append(all, manyMatch{count, set})
		}
	}
	return all
}
