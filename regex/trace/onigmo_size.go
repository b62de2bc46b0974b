package trace

import (
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/syntax"
)

// Onigmo makes copies of what is repeated when the code of them is short: QUANTIFIER_EXPAND_LIMIT_SIZE of its regcomp.c.
// What a round that matches nothing does depends on it.
const (
	onigmoExpands = 50
	onigmoJump    = 5  // bytes of a jump, and of a push
	onigmoClass   = 33 // bytes of a class
)

// onigmoSize is how many bytes Onigmo's code of a node has, by compile_length_tree. Strings in which case is ignored, and
// classes of long characters, are taken to be as long as others.
func (c *compiler) onigmoSize(n *syntax.Node) int {
	switch n.Kind {
	case syntax.KindConcat:
		sum, text := 0, 0
		for i, sub := range n.Sub {
			if sub.Kind != syntax.KindLiteral {
				sum += c.onigmoSize(sub)
				continue
			}
			text += utf8.RuneLen(sub.Runes()[0]) * len(sub.Runes())
			if i+1 == len(n.Sub) || n.Sub[i+1].Kind != syntax.KindLiteral {
				sum += onigmoString(text)
				text = 0
			}
		}
		return sum
	case syntax.KindAlternation:
		sum := 2 * onigmoJump * (len(n.Sub) - 1)
		for _, sub := range n.Sub {
			sum += c.onigmoSize(sub)
		}
		return sum
	case syntax.KindLiteral:
		return onigmoString(len(string(n.Runes())))
	case syntax.KindDot, syntax.KindAssertion, syntax.KindKeep:
		return 1
	case syntax.KindClassEscape:
		if n.Rune == 'w' || n.Rune == 'W' {
			return 1
		}
		return onigmoExpands
	case syntax.KindClass, syntax.KindProperty, syntax.KindPosix:
		if set, ok := c.tree.CharSet(n); ok && (len(set) == 0 || set[len(set)-1].Last < utf8.RuneSelf) {
			return onigmoClass
		}
		return onigmoExpands
	case syntax.KindBackreference:
		return c.onigmoReference(n)
	case syntax.KindCall:
		return onigmoJump
	case syntax.KindGroup, syntax.KindConditional:
		return c.onigmoGroup(n)
	case syntax.KindRepetition:
		return c.onigmoRepeat(n)
	}
	return 0
}

// onigmoString is the size of a string of so many bytes.
func onigmoString(bytes int) int {
	if bytes > 5 {
		return 5 + bytes
	}
	return 1 + bytes
}

func (c *compiler) onigmoReference(n *syntax.Node) int {
	switch slots := c.targets(n); {
	case n.Other != "":
		return 13 + 2*len(slots)
	case len(slots) > 1:
		return 5 + 2*len(slots)
	case n.Number <= 2 && !n.Flags.Has('i'):
		return 1
	}
	return 3
}

// onigmoGroup is the size of parentheses.
func (c *compiler) onigmoGroup(n *syntax.Node) int {
	if n.Kind == syntax.KindConditional {
		sum := 2 + onigmoJump
		for _, branch := range n.Sub[1:] {
			sum += onigmoJump + c.onigmoSize(branch)
		}
		return sum
	}
	size := c.onigmoSize(n.Body())
	switch {
	case n.IsCapture():
		if c.isCalled(n) {
			size += 2*onigmoJump + 1
		}
		return size + 6
	case n.Op == syntax.OpAtomic:
		return size + 2
	case n.Op == syntax.OpAbsent:
		return size + onigmoJump + 2
	case n.IsBehind() && n.Negated:
		return size + 10
	case n.IsBehind():
		return size + 5
	case n.IsLook() && n.Negated:
		return size + 6
	case n.IsLook():
		return size + 2
	}
	return size
}

// onigmoRepeat is the size of a repeat.
func (c *compiler) onigmoRepeat(n *syntax.Node) int {
	size := c.onigmoSize(n.Sub[0])
	checked := size
	if least, _ := c.tree.Width(n.Sub[0]); least == 0 {
		checked += 6
	}
	most, possessive := n.Max, 0
	if n.Greed == syntax.Possessive {
		possessive = 2
	}
	switch {
	case most == syntax.Unlimited && n.Sub[0].Kind == syntax.KindDot && n.Greed != syntax.Lazy:
		return 1 + size*n.Min + possessive
	case most == syntax.Unlimited && n.Min == 1 && size > onigmoExpands:
		return onigmoJump + checked + 2*onigmoJump + possessive
	case most == syntax.Unlimited && (n.Min <= 1 || size*n.Min <= onigmoExpands):
		return size*n.Min + checked + 2*onigmoJump + possessive
	case most == 0:
		return 0
	case most != syntax.Unlimited && n.Greed != syntax.Lazy && (most == 1 || (size+onigmoJump)*most <= onigmoExpands):
		return size*n.Min + (onigmoJump+size)*(most-n.Min) + possessive
	case n.Greed == syntax.Lazy && most == 1 && n.Min == 0:
		return 2*onigmoJump + size
	}
	return 3 + checked + 7 + possessive
}
